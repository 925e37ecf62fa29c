"""Shows two versions of a field beside each other, with the changed words marked."""

import re
from difflib import SequenceMatcher

from django.db import models
from django.utils import formats, timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe

from portal.text.html import RichTextField, sanitise

TOKENS = re.compile(r"<[^>]+>|\s+|[^<\s]+")


def compare(field, old, new):
    """(old, new) as safe markup. Both are plain values as a revision keeps them."""
    if isinstance(field, RichTextField):
        return _marked(sanitise(old), sanitise(new))
    return _marked(escape(in_words(field, old)), escape(in_words(field, new)))


def in_words(field, value):
    if value == "":
        return value
    if field.many_to_many:
        rows = field.related_model.objects.filter(pk__in=[int(pk) for pk in str(value).split(",")])
        return ", ".join(str(row) for row in rows)
    if isinstance(field, models.ForeignKey):
        return str(field.related_model.objects.filter(pk=value).first() or value)
    if isinstance(field, models.DateTimeField):
        return formats.date_format(timezone.localtime(field.to_python(value)), "H:i d/m/Y")
    if isinstance(field, models.DateField):
        return formats.date_format(field.to_python(value), "d/m/Y")
    return dict(field.flatchoices).get(value, value)


def _marked(old, new):
    before, after = TOKENS.findall(old), TOKENS.findall(new)
    left, right = [], []
    for kind, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        left += before[a:b] if kind == "equal" else _wrapped(before[a:b], "del")
        right += after[c:d] if kind == "equal" else _wrapped(after[c:d], "ins")
    return mark_safe("".join(left)), mark_safe("".join(right))


def _wrapped(tokens, tag):
    """Words in the tag; markup and space stay as they are, so that the nesting stays right."""
    return [token if token[0] == "<" or token.isspace() else f"<{tag}>{token}</{tag}>" for token in tokens]
