"""“Công khai tiến độ”: how the time limits of Article 9 are kept, down to each day of each duty."""

from calendar import monthrange
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.agencies.models import Agency
from portal.editorial import policy
from portal.obligations.counting import days_left, delay, explanation
from portal.obligations.models import Obligation
from portal.publishing.models import Publishable
from portal.reports import timeliness
from portal.reports.charts import stacked
from portal.subsites.links import site_url
from portal.web.cards import site_names
from portal.web.views import crumbs
from portal.workdays.calendars import read_calendar

PATH = "/cong-khai-tien-do/"
PER_PAGE = 50
INTERNAL = "noi-bo"
TITLES = {
    "phai-thuc-hien": gettext_lazy("Duties due"),
    "dung-han": gettext_lazy("Kept in time"),
    "tre-han": gettext_lazy("Kept late"),
    "qua-han": gettext_lazy("Overdue and still open"),
    "con-han": gettext_lazy("Open, not yet due"),
    "khong-tinh": gettext_lazy("Waived or no longer applicable"),
}


class PeriodForm(forms.Form):
    """Which duties the figures are about; every value is in the address."""

    loai = forms.ChoiceField(
        label=gettext_lazy("Measured by"),
        required=False,
        choices=[("", gettext_lazy("Time limits of the law")), (INTERNAL, gettext_lazy("Internal targets"))],
    )
    nam = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    thang = forms.ChoiceField(label=gettext_lazy("Month"), required=False)
    co_quan = forms.ChoiceField(label=gettext_lazy("Agency"), required=False)

    def __init__(self, data, *, years, agencies):
        super().__init__(data)
        self.fields["nam"].choices = [(str(year), str(year)) for year in years]
        months = [f"{month:02}" for month in range(1, 13)]
        self.fields["thang"].choices = [("", _("All months")), *zip(months, months, strict=True)]
        if agencies:
            self.fields["co_quan"].choices = [("", _("All agencies")), *[(row.code, row.name) for row in agencies]]
        else:
            del self.fields["co_quan"]


class Selection:
    """What the reader asked to see: kind, year, month, agency; nonsense counts as not asked."""

    def __init__(self, request):
        self.agencies = {row.pk: row for row in Agency.objects.all()} if request.site.is_root else {}
        duties = Obligation.objects.all()
        if not request.site.is_root:
            duties = duties.filter(agency=request.site.agency_id)
        self.internal = request.GET.get("loai") == INTERNAL
        duties = duties.internal() if self.internal else duties.by_law()
        this_year = timezone.localdate().year
        self.years = timeliness.years(duties) or [this_year]
        latest = next((year for year in self.years if year <= this_year), self.years[-1])
        self.year = self._number(request, "nam", self.years) or latest
        self.month = self._number(request, "thang", range(1, 13))
        asked = request.GET.get("co_quan", "")
        self.agency = next((row for row in self.agencies.values() if row.code == asked), None)
        self.duties = duties.filter(agency=self.agency) if self.agency else duties

    @staticmethod
    def _number(request, name, offered):
        return next((number for number in offered if request.GET.get(name, "").lstrip("0") == str(number)), None)

    def days(self):
        """First and last day of the period."""
        end = self.month or 12
        return date(self.year, self.month or 1, 1), date(self.year, end, monthrange(self.year, end)[1])

    def values(self):
        """The choice as addresses write it."""
        return {
            "loai": INTERNAL if self.internal else "",
            "nam": str(self.year),
            "thang": f"{self.month:02}" if self.month else "",
            "co_quan": self.agency.code if self.agency else "",
        }

    def form(self):
        return PeriodForm(self.values(), years=self.years, agencies=self.agencies.values())

    def query(self, **changes):
        """The query of an address with these changes."""
        return urlencode({name: value for name, value in (self.values() | changes).items() if value})


def progress(request):
    chosen = Selection(request)
    duties = timeliness.within(chosen.duties, *chosen.days())
    found = timeliness.figures(duties, calendar=read_calendar())
    months = timeliness.by_month(found)
    context = {
        "breadcrumbs": crumbs(request, (_("Progress of duties"), PATH)),
        "form": chosen.form(),
        "internal": chosen.internal,
        "period": f"{chosen.month:02}/{chosen.year}" if chosen.month else chosen.year,
        "agency": chosen.agency,
        "total": _line(chosen, _("Total"), timeliness.total(found)),
        "by_month": [_month_line(chosen, month, row) for month, row in months.items()],
        "by_agency": [] if chosen.agency or not chosen.agencies else _agency_lines(chosen, timeliness.by_agency(found)),
        "chart": stacked(_whole_year(months)) if not chosen.month else None,
        "empty": not found,
    }
    return render(request, "web/progress.html", context)


def _whole_year(months):
    """(label, Figures) of all twelve months, those without duties too."""
    by_number = {month.month: row for month, row in months.items()}
    return [(f"{number:02}", by_number.get(number, timeliness.Figures())) for number in range(1, 13)]


def _month_line(chosen, month, row):
    return _line(chosen, f"{month:%m/%Y}", row, thang=f"{month:%m}", nam=month.year)


def _agency_lines(chosen, sums):
    shown = [agency for agency in chosen.agencies.values() if agency.pk in sums]
    return [_line(chosen, agency.name, sums[agency.pk], co_quan=agency.code) for agency in shown]


def _line(chosen, name, row, **changes):
    base = reverse("progress_list")
    counts = [row.due, row.on_time, row.late, row.overdue, row.waiting, row.waived]
    cells = [
        {
            "label": TITLES[result],
            "count": count,
            "url": f"{base}?{chosen.query(ket_qua=result, **changes)}" if count else "",
        }
        for result, count in zip(timeliness.RESULTS, counts, strict=True)
    ]
    url = f"{reverse('progress')}?{chosen.query(**changes)}" if changes else ""
    return {"name": name, "url": url, "cells": cells, "rate": row.rate, "delay": row.average_delay}


def progress_list(request):
    chosen = Selection(request)
    result = request.GET.get("ket_qua", "phai-thuc-hien")
    if result not in timeliness.RESULTS:
        raise Http404
    duties = timeliness.listed(timeliness.within(chosen.duties, *chosen.days()), result)
    duties = duties.select_related("rule", "agency").pressing_first()
    page = Paginator(duties, PER_PAGE).get_page(request.GET.get("trang"))
    page.object_list = _rows(request, list(page.object_list.prefetch_related("item")))
    context = {
        "breadcrumbs": crumbs(request, (_("Progress of duties"), PATH), (TITLES[result], f"{PATH}danh-sach/")),
        "heading": TITLES[result],
        "internal": chosen.internal,
        "first": chosen.days()[0],
        "last": chosen.days()[1],
        "agency": chosen.agency,
        "page": page,
        "back_url": f"{reverse('progress')}?{chosen.query()}",
    }
    return render(request, "web/progress_list.html", context)


def _rows(request, duties):
    calendar, today, names = read_calendar(), timezone.localdate(), site_names(request)
    return [_row(request, duty, calendar, today, names) for duty in duties]


def _row(request, duty, calendar, today, names):
    """Nothing tells of an item that is not public but that it is owed."""
    label = names.get(duty.agency_id, (None, ""))[0]
    public = label is not None and _is_public(duty.item)
    home = names.get(duty.item.agency_id, (None, ""))[0] if public else None
    return {
        "duty": duty,
        "title": str(duty.item) if public else "",
        "url": site_url(request, home, duty.item.path()) if home is not None else "",
        "why_url": site_url(request, label, duty.path()) if public else "",
        **result_of(duty, calendar, today),
    }


def _is_public(item):
    """Duties for what readers never see, as a report of an error, have no page to lead to."""
    return getattr(item, "is_readable", False)


def result_of(duty, calendar, today):
    overdue = duty.is_overdue(today)
    return {
        "overdue": overdue,
        "delay": delay(duty.due, today, calendar=calendar) if overdue else duty.delay,
        "left": days_left(duty.due, calendar=calendar, today=today) if duty.status == Obligation.Status.OPEN else None,
    }


def explain_duty(request, pk):
    """Day by day how a due date was counted; for everybody once the item is public, before that for its board."""
    duties = Obligation.objects.select_related("rule", "agency").prefetch_related("item")
    duty = get_object_or_404(duties, pk=pk, agency=request.site.agency_id)
    public = _is_public(duty.item)
    home = site_names(request).get(duty.item.agency_id, (None, ""))[0] if public else None
    if not public and not _board_reads(request, duty):
        raise Http404
    context = {
        "breadcrumbs": crumbs(request, (_("Progress of duties"), PATH), (_("How the date was counted"), duty.path())),
        "duty": duty,
        "public": public,
        "title": str(duty.item) if duty.item is not None else duty.item_title,
        "item_url": site_url(request, home, duty.item.path()) if home is not None else "",
        **explained(duty),
    }
    return render(request, "web/explanation.html", context)


def explained(duty):
    """What the page of an explanation says of the days of a duty."""
    calendar = read_calendar()
    days = explanation(duty, calendar=calendar)
    return {
        "days": days,
        "counted": max((day.counted for day in days), default=0),
        "provisional": any(day.provisional for day in days),
        "pauses": list(duty.pauses.counted()),
        **result_of(duty, calendar, timezone.localdate()),
    }


def _board_reads(request, duty):
    if isinstance(duty.item, Publishable):
        return policy.can(request.user, "view", duty.item)
    seen_by = getattr(duty.subject, "seen_by", (duty.agency_id,))  # of a case also who received it
    return request.user.is_superuser or policy.agencies(request.user, "view").filter(pk__in=seen_by).exists()
