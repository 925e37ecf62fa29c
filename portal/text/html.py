"""Rich text: what editors may write, and the allow-list that the server keeps to."""

import html
import re

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField, create_sanitizer

from portal.text.fields import GateMixin, gate_html

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Subscript": True,
    "Superscript": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableCell": True,
    "TableHeader": True,
    "SpecialCharacters": True,
    "History": True,
}
MAX_LENGTH = 300_000
_clean = create_sanitizer(EXTENSIONS)
_BLOCK_END = re.compile(r"</(p|h2|h3|li|td|th|tr|blockquote)>|<br\s*/?>", re.IGNORECASE)


def sanitise(value):
    """The text with only the allowed tags, attributes and link schemes."""
    return _clean(value) if value else value


def plain_text(value):
    """The words of a rich text, blocks apart from each other."""
    return " ".join(html.unescape(strip_tags(_BLOCK_END.sub(" ", value or ""))).split())


class RichTextFormField(ProseEditorFormField):
    def to_python(self, value):
        if len(value or "") > MAX_LENGTH:  # before the work that grows with it
            raise ValidationError(_("This text is too long for one page. Attach it as a file, or divide it."))
        return super().to_python(gate_html(value) if isinstance(value, str) else value)


class RichTextField(GateMixin, ProseEditorField):
    """Rich text that is sanitised on every way into the database, not only by forms."""

    form_class = RichTextFormField

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("config", {"extensions": EXTENSIONS})
        kwargs.setdefault("sanitize", True)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value):
        return sanitise(super().get_prep_value(value))

    def pre_save(self, model_instance, add):
        value = sanitise(super().pre_save(model_instance, add))
        model_instance.__dict__[self.attname] = value
        return value
