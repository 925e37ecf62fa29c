"""Readers' reports of errors in the back office: what waits for an answer, and the answer itself."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.backoffice.filters import RowAgencyFilter, StoredStateFilter, seen_agencies
from portal.backoffice.queue import SHOWN
from portal.backoffice.readonly import ReadOnlyAdmin
from portal.backoffice.timeleft import site_prefix, time_left, words_left
from portal.editorial import policy
from portal.feedback import reports
from portal.feedback.models import TEXT_MAX, ErrorReport
from portal.obligations.counting import days_left
from portal.publishing.models import Publishable
from portal.text.fields import GatedCharFormField
from portal.workdays.calendars import read_calendar

State = ErrorReport.State
LIST = "admin:feedback_errorreport_changelist"
PAGE = "admin:feedback_errorreport_change"


def waiting_reports(user):
    """The reports that the person may answer, as a group of the start page; none when nothing waits."""
    mine = ErrorReport.objects.open().filter(agency__in=policy.agencies(user, "answer_report"))
    rows = list(mine.pressing_first().select_related("agency")[: SHOWN + 1])
    if not rows:
        return []
    calendar = read_calendar()
    return [
        {
            "title": _("Errors reported by readers"),
            "kind": "",
            "items": [_row(report, calendar) for report in rows[:SHOWN]],
            "more": len(rows) > SHOWN,
            "url": f"{reverse(LIST)}?{StateFilter.parameter_name}={State.OPEN}",
        }
    ]


def _row(report, calendar):
    return {
        "title": str(report),
        "url": reverse(PAGE, args=[report.pk]),
        "agency": report.agency,
        "person": _("a reader"),
        "date": report.received_at,
        "due": report.due,
        "left": time_left(days_left(report.due, calendar=calendar)) if report.due else "",
        "overdue": _is_overdue(report),
        "internal": report.internal,
    }


def _is_overdue(report):
    return report.state == State.OPEN and report.due is not None and report.due < timezone.localdate()


class StateFilter(StoredStateFilter):
    states = State


class AnswerForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("Result"),
        choices=[(state.value, state.label) for state in (State.CORRECTED, State.NO_ERROR)],
        widget=forms.RadioSelect,
    )
    answer = GatedCharFormField(
        label=gettext_lazy("Answer"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("What was corrected, or why nothing had to be. The reader receives these words."),
    )


class ReportList(ChangeList):
    def get_results(self, request):
        """The rows of the page with their working days left, counted with a calendar that is read once."""
        super().get_results(request)
        calendar = read_calendar()
        for report in self.result_list:
            report.left = days_left(report.due, calendar=calendar)


@admin.register(ErrorReport)
class ErrorReportAdmin(ReadOnlyAdmin):
    """Read only but for the answer, which editors of the board give."""

    list_display = ["item_title", "shown_state", "agency", "received_at", "shown_due", "shown_left"]
    list_filter = [StateFilter, RowAgencyFilter]
    list_select_related = ["agency"]
    list_per_page = 50
    search_fields = ["item_title"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_due().filter(agency__in=seen_agencies(request.user))

    def get_ordering(self, request):
        return ErrorReport.objects.pressing_first().query.order_by

    @admin.display(description=gettext_lazy("state"))
    def shown_state(self, report):
        return report.get_state_display()

    @admin.display(description=gettext_lazy("due"))
    def shown_due(self, report):
        return date_format(report.due, "d/m/Y") if report.due else None

    @admin.display(description=gettext_lazy("time left"))
    def shown_left(self, report):
        if report.state != State.OPEN or report.due is None:
            return None
        status = "overdue" if _is_overdue(report) else "open"
        return format_html('<span class="duty duty-{}">{}</span>', status, time_left(report.left))

    def get_changelist(self, request, **kwargs):
        return ReportList

    def further_tasks(self, user):
        return waiting_reports(user)

    def has_module_permission(self, request):
        return request.user.is_superuser or bool(policy.memberships(request.user))

    def has_view_permission(self, request, obj=None):
        if obj is None or request.user.is_superuser:
            return self.has_module_permission(request)
        return seen_agencies(request.user).filter(pk=obj.agency_id).exists()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        report = self.get_object(request, unquote(object_id))
        if report is None:
            raise Http404
        may_answer = policy.agencies(request.user, "answer_report").filter(pk=report.agency_id).exists()
        if request.method == "POST" and not may_answer:
            raise Http404
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._answer(request, report, form):
            return redirect(request.path)
        report.refresh_from_db()
        shows_form = may_answer and (report.state == State.OPEN or form.is_bound)
        return self._page(request, report, form if shows_form else None, may_answer=may_answer)

    def _answer(self, request, report, form):
        try:
            reports.answer(report, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return False
        messages.success(request, _("The answer is stored and the duty kept."))
        return True

    def _page(self, request, report, form, *, may_answer):
        duty = report.duty()
        if duty is not None:
            duty.left = words_left(duty, calendar=read_calendar())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": report,
            "title": str(report),
            "report": report,
            "may_answer": may_answer,
            "duty": duty,
            "explanation_url": site_prefix(duty.agency_id) + duty.path() if duty else "",
            **_item_urls(request.user, report),
            "form": form,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/error_report.html", context)

    def history_view(self, request, object_id, extra_context=None):
        return redirect(PAGE, object_id)


def _item_urls(user, report):
    """Where the item stands before the readers, and where it is corrected; empty where the person finds nothing."""
    item = report.item
    if not isinstance(item, Publishable):
        return {"public_url": "", "item_url": ""}
    edit = f"admin:{item._meta.app_label}_{item._meta.model_name}_change"
    return {
        "public_url": site_prefix(item.agency_id) + item.path() if item.is_readable else "",
        "item_url": reverse(edit, args=[item.pk]) if policy.can(user, "view", item) else "",
    }
