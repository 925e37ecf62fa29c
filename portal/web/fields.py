from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.text.fields import GatedCharFormField, GatedEmailFormField

PIECES = 4  # of which one letter may consist before it is composed


class DayField(forms.DateField):
    """A day, typed or picked; addresses carry it as yyyy-mm-dd."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    input_formats = ["%Y-%m-%d", "%d/%m/%Y"]


class _Short:
    """Refuses what is too long before the gate reads it: everybody may send, and megabytes take it minutes."""

    def to_python(self, value):
        if len(value or "") > PIECES * self.max_length:
            raise ValidationError(_("At most %(count)d characters, please.") % {"count": self.max_length})
        return super().to_python(value)

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)  # browsers would cut a pasted text without a word
        return attrs


class TextField(_Short, GatedCharFormField):
    pass


class EmailField(_Short, GatedEmailFormField):
    pass
