from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.search.models import IndexEntry

ALL = "tat-ca"  # of the choice of an agency; no choice means the site's own


class FilterForm(forms.Form):
    """Narrows the list by rubric, agency and month; every value is in the address."""

    chuyen_muc = forms.ChoiceField(label=_("Rubric"), required=False)
    co_quan = forms.ChoiceField(label=_("Agency"), required=False)
    thang = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, data, *, sections, sites, agencies, rubric):
        super().__init__(data)
        if rubric:
            del self.fields["chuyen_muc"]
        else:
            rows = [(row.code, f"{'– ' if row.parent else ''}{row.title}") for row in sections]
            self.fields["chuyen_muc"].choices = [("", _("All rubrics")), *rows]
        if sites:
            own = [("", name) for label, name in sites if not label]
            rows = [(label, name) for label, name in sites if label]
            self.fields["co_quan"].choices = [*own, (ALL, _("All agencies")), *rows]
        else:
            del self.fields["co_quan"]
        self.fields["thang"].choices = [("", _("All months")), *months(agencies)]

    def chosen(self, name):
        """The chosen value; empty for none and for one that is not on offer."""
        return self.cleaned_data.get(name, "") if self.is_valid() or hasattr(self, "cleaned_data") else ""


def months(agencies):
    """The months in which these agencies have items, newest first: [("2018-03", "03/2018")]."""
    entries = IndexEntry.objects.in_language("vi").visible().filter(agency__in=agencies)
    found = entries.order_by().datetimes("visible_from", "month", order="DESC", tzinfo=timezone.get_current_timezone())
    return [(f"{month:%Y-%m}", f"{month:%m/%Y}") for month in found]
