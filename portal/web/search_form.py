"""By what readers narrow a search, as a form: every value is in the address."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.search import facets
from portal.web.fields import DayField

NEWEST = "moi-nhat"
DAYS = ("tu", "den")


class SearchForm(forms.Form):
    tu = DayField(label=gettext_lazy("From"), required=False)
    den = DayField(label=gettext_lazy("Until"), required=False)
    xep = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[("", gettext_lazy("Best match first")), (NEWEST, gettext_lazy("Newest first"))],
        error_messages={"invalid_choice": gettext_lazy("There is no such choice.")},
    )

    def __init__(self, data, dimensions):
        super().__init__(data.copy())
        self.dimensions = {row.name: row for row in dimensions}
        for row in dimensions:
            self.fields[row.name] = self._choice(row)
        self._keep_days()

    def _choice(self, dimension):
        choices = [("", _("All")), *[(choice.code, choice.label) for choice in dimension.choices]]
        return forms.ChoiceField(
            label=dimension.title,
            required=False,
            choices=choices,
            error_messages={"invalid_choice": _("There is no such choice.")},
        )

    def _keep_days(self):
        """A browser's picker shows days as yyyy-mm-dd and drops what is no day."""
        for name in DAYS:
            if name in self.errors:
                self.fields[name].widget.input_type = "text"
            elif name in self.chosen:
                self.data[name] = self.chosen[name].isoformat()

    def clean(self):
        days = [self.cleaned_data.get(name) for name in DAYS]
        if all(days) and days[1] < days[0]:
            self.add_error("den", _("The last day lies before the first."))

    @cached_property
    def chosen(self):
        """The values that are filled in and sound; the errors of the others stand beside their fields."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrowed(self):
        chosen = {row: row.choice(self.chosen[name]) for name, row in self.dimensions.items() if name in self.chosen}
        return facets.Narrowed(chosen, self.chosen.get("tu"), self.chosen.get("den"))

    @property
    def is_narrowed(self):
        return bool(set(self.chosen) - {"xep"})

    def with_counts(self, found, counts):
        """Says in each choice how many results it has; choices without any are left out."""
        for row, counted in counts.items():
            kept = [("", _("All")), *self._counted(row, counted, found.is_capped)]
            if len(kept) > 1 or row.name in self.errors:
                self.fields[row.name].choices = kept
            else:
                del self.fields[row.name]

    def _counted(self, dimension, counted, at_least):
        for choice in dimension.choices:
            number = counted.get(choice.code, 0)
            if number or at_least or self.chosen.get(dimension.name) == choice.code:
                yield choice.code, _labelled(choice.label, number, at_least)

    def further_fields(self):
        order = [name for name in self.fields if name in self.dimensions] + [*DAYS, "xep"]
        return [self[name] for name in order]

    def removable(self):
        """{name: what was chosen}, in words."""
        rows = {
            name: f"{row.title}: {row.choice(self.chosen[name]).label.lstrip('– ')}"
            for name, row in self.dimensions.items()
            if name in self.chosen
        }
        days = {"tu": _("From"), "den": _("Until")}
        return rows | {name: f"{days[name]} {self.chosen[name]:%d/%m/%Y}" for name in DAYS if name in self.chosen}


def _labelled(label, number, at_least):
    return f"{label} ({_number(number)}{'+' if at_least else ''})" if number else label


def _number(number):
    return f"{number:,}".replace(",", "," if get_language() == "en" else ".")
