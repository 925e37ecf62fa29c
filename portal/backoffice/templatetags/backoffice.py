from django import template
from django.utils.safestring import mark_safe

from portal.text.html import RichTextField, sanitise

register = template.Library()


@register.filter
def readable(line):
    """The contents of a field that cannot be changed; rich text as text, not as markup."""
    fields = {field.name: field for field in line.form.instance._meta.fields}
    name = line.field["name"]
    if isinstance(fields.get(name), RichTextField) and (value := getattr(line.form.instance, name)):
        return mark_safe(sanitise(value))
    return line.contents()
