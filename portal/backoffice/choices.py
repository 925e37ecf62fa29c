"""Choices in rows of a form, of which there may be many: the form asks for nothing that its rows have read already."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect


class RowChoice(AutocompleteSelect):
    """Names the chosen object without a query, as `RowForm` tells it; of what was sent it shows what can be a key."""

    chosen = None

    def optgroups(self, name, value, attrs=None):
        value = [key for key in map(str, value) if key.isascii() and key.isdigit() and len(key) < 10]
        if self.chosen is None or value != [str(self.chosen.pk)]:
            return super().optgroups(name, value, attrs)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        return [(None, [*options, self.create_option(name, value[0], str(self.chosen), True, len(options))], 0)]


class RowForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)  # within the links to add and change the object
            if isinstance(widget, RowChoice) and self.instance.pk:
                widget.chosen = getattr(self.instance, name)
