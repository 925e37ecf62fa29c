from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Sector
from portal.agencies.models import Agency
from portal.web.fields import DayField


class FilterForm(forms.Form):
    """By what readers narrow the published questions; every value is in the address."""

    linh_vuc = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    co_quan = forms.ChoiceField(label=gettext_lazy("Answering agency"), required=False)
    tu = DayField(label=gettext_lazy("Answered from"), required=False)
    den = DayField(label=gettext_lazy("Answered until"), required=False)

    def __init__(self, data, questions):
        super().__init__(data)
        used = questions.order_by()
        sectors = Sector.objects.filter(pk__in=used.values("sector"))
        agencies = Agency.objects.filter(pk__in=used.values("answered_by"))
        self.fields["linh_vuc"].choices = [("", _("All fields")), *[(row.code, row.name) for row in sectors]]
        self.fields["co_quan"].choices = [("", _("All agencies")), *[(row.code, row.name) for row in agencies]]

    def chosen(self):
        """The values that are filled in and sound; the errors of the others stand beside their fields."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


NARROWING = {
    "linh_vuc": "sector__code",
    "co_quan": "answered_by__code",
    "tu": "event_date__gte",
    "den": "event_date__lte",
}


def narrowed(questions, chosen):
    return questions.filter(**{NARROWING[name]: value for name, value in chosen.items()})
