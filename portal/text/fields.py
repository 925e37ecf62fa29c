"""The gate of Article 7.1: text reaches the database in Unicode and normalised, or not at all."""

import html
import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from portal.text.legacy import convert, legacy_encoding
from portal.text.lookups import normalises_patterns
from portal.text.normalise import normalise

SAMPLE_LENGTH = 300
BEFORE_THE_SAMPLE = 40
CHARACTER_REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
LEGACY_TEXT = _(
    "This text is in the old %(encoding)s encoding, which the portal does not store (Article 7.1). "
    "Converted it would read: %(converted)s"
)


def refuse_legacy(value):
    """Raise ValidationError for text in TCVN3 or VNI; ask before normalising, which drops TCVN3's ư."""
    # as normalised too, or what passes here could be refused when it is saved
    for text in dict.fromkeys([value, normalise(value)]):
        if encoding := legacy_encoding(text):
            found = {"encoding": encoding, "converted": _sample(text, convert(text, encoding))}
            raise ValidationError(LEGACY_TEXT, code="legacy_encoding", params=found)


def _sample(value, converted):
    """The beginning of what the conversion changed, cut to a length that fits into a message."""
    pairs = enumerate(zip(value, converted, strict=False))
    changed = next((at for at, (old, new) in pairs if old != new), 0)
    start = max(0, changed - BEFORE_THE_SAMPLE)
    sample = converted[start : start + SAMPLE_LENGTH]
    return f"{'…' if start else ''}{sample}{'…' if start + SAMPLE_LENGTH < len(converted) else ''}"


def gate(value):
    """`value` normalised. Raises ValidationError for a legacy encoding."""
    refuse_legacy(value)
    return normalise(value)


def gate_html(value):
    """Rich text normalised, markup untouched. Raises ValidationError for a legacy encoding in its text."""
    spelled_out = CHARACTER_REFERENCE.sub(_spell_out, value)
    refuse_legacy(html.unescape(strip_tags(spelled_out)))
    return normalise(spelled_out)


def _spell_out(reference):
    """The character itself, unless markup needs the reference."""
    characters = html.unescape(reference[0])
    return reference[0] if set(characters) & set("&<>\"'\xa0") else characters


class GateFormMixin:
    """A form field that shows the refusal beside the field and measures lengths after normalising."""

    def to_python(self, value):
        return super().to_python(gate(value) if isinstance(value, str) else value)


class GatedCharFormField(GateFormMixin, forms.CharField):
    pass


class GatedSlugFormField(GateFormMixin, forms.SlugField):
    pass


class GatedEmailFormField(GateFormMixin, forms.EmailField):
    pass


class GatedURLFormField(GateFormMixin, forms.URLField):
    pass


class GateMixin:
    """A model field whose values pass the gate however they are written; its look-ups are normalised."""

    form_class = GatedCharFormField

    def to_python(self, value):
        value = super().to_python(value)
        return normalise(value) if isinstance(value, str) else value

    def clean(self, value, model_instance):
        if isinstance(value, str):
            refuse_legacy(value)
        return super().clean(value, model_instance)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return normalise(value) if isinstance(value, str) else value

    def get_db_prep_save(self, value, connection):
        """Also what update(), bulk_create() and bulk_update() write with; they call no validator."""
        if isinstance(value, str):
            refuse_legacy(value)
        return super().get_db_prep_save(value, connection)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if not isinstance(value, str):
            return value
        # not setattr: on a translated field that would write the fallback text into the active language
        model_instance.__dict__[self.attname] = gated = gate(value)
        return gated

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": self.form_class, **kwargs})


@normalises_patterns
class GatedCharField(GateMixin, models.CharField):
    pass


@normalises_patterns
class GatedTextField(GateMixin, models.TextField):
    pass


@normalises_patterns
class GatedSlugField(GateMixin, models.SlugField):
    form_class = GatedSlugFormField


@normalises_patterns
class GatedEmailField(GateMixin, models.EmailField):
    form_class = GatedEmailFormField


@normalises_patterns
class GatedURLField(GateMixin, models.URLField):
    form_class = GatedURLFormField

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})
