"""The back office of questions and petitions: cases with their steps, the published questions, the tables."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Sector
from portal.agencies.models import Agency
from portal.backoffice.events import action_name
from portal.backoffice.filters import RowAgencyFilter, StoredStateFilter
from portal.backoffice.readonly import ReadOnlyAdmin, with_fact
from portal.backoffice.searching import FoldedSearch
from portal.backoffice.timeleft import site_prefix, time_left, words_left
from portal.editorial import audit
from portal.editorial.models import AuditEvent
from portal.files.serving import serve
from portal.intake.models import Acceptance
from portal.notices.models import Message
from portal.obligations.counting import days_left
from portal.workdays.calendars import read_calendar
from qa import (
    answering,
    clock,
    desk,
    drafting,
    events,  # noqa: F401 it names the steps
    inbox,
    masking,
    publication,
    question_admin,  # noqa: F401 it registers its tables
    routing,
    steps,
)
from qa.models import Case, CaseFile, Question, State
from qa.models.case import OPEN

PAGE = inbox.PAGE

# --- cases ------------------------------------------------------------------------------------------------------------


class CaseStateFilter(StoredStateFilter):
    """Without a choice the list holds everything, what is open first."""

    states = State
    ALL_OPEN = "con-mo"

    def lookups(self, request, model_admin):
        return [(self.ALL_OPEN, _("All open ones")), *super().lookups(request, model_admin)]

    def queryset(self, request, queryset):
        return queryset.filter(state__in=OPEN) if self.value() == self.ALL_OPEN else super().queryset(request, queryset)


class HolderFilter(RowAgencyFilter):
    """The agencies that received or are to answer what the person sees."""

    def lookups(self, request, model_admin):
        seen = steps.readable_by(request.user).order_by()
        agencies = Agency.objects.filter(Q(pk__in=seen.values("receiver")) | Q(pk__in=seen.values("agency")))
        return [(row.pk, row.name) for row in agencies]

    def queryset(self, request, queryset):
        offered = {str(pk) for pk, _name in self.lookup_choices}
        return queryset.of_agencies([self.value()]) if self.value() in offered else queryset


class SectorFilter(admin.SimpleListFilter):
    title = gettext_lazy("field")
    parameter_name = "linh-vuc"

    def lookups(self, request, model_admin):
        return [(row.code, row.name) for row in Sector.objects.filter(parent=None)]

    def queryset(self, request, queryset):
        top = Sector.objects.filter(code=self.value()).first() if self.value() else None
        return queryset.filter(sector__in=top.get_descendants(include_self=True)) if top else queryset


class CaseList(ChangeList):
    def get_results(self, request):
        """The rows of the page with their working days left, counted with a calendar that is read once."""
        super().get_results(request)
        calendar = read_calendar()
        for case in self.result_list:
            case.left = days_left(case.due, calendar=calendar) if case.is_open else None


@admin.register(Case)
class CaseAdmin(FoldedSearch, ReadOnlyAdmin):
    """Only the agency that received a case and the one that answers it see it; each opening is audited."""

    list_display = ["shown_subject", "shown_left", "shown_state", "received_at"]
    list_filter = [CaseStateFilter, "kind", HolderFilter, SectorFilter]
    list_select_related = ["receiver", "agency"]
    list_per_page = 50
    sortable_by = ()  # by the time left, always
    search_fields = ["folded"]

    def get_queryset(self, request):
        return steps.readable_by(request.user).with_due()

    def get_ordering(self, request):
        return Case.objects.pressing_first().query.order_by

    def get_changelist(self, request, **kwargs):
        return CaseList

    def lookup_allowed(self, lookup, value, request):
        """The filters of the list, and no question about what a case says."""
        offered = [row if isinstance(row, str) else row.parameter_name for row in self.list_filter]
        return lookup.removesuffix("__exact") in offered

    @admin.display(description=gettext_lazy("subject"))
    def shown_subject(self, case):
        return with_fact(case.subject or "–", case)

    @admin.display(description=gettext_lazy("state"))
    def shown_state(self, case):
        state = format_html('<span class="state state-case-{}">{}</span>', case.state, case.get_state_display())
        return with_fact(state, case.holder)

    @admin.display(description=gettext_lazy("time left"))
    def shown_left(self, case):
        if not case.is_open or case.due is None:
            return None
        status = "overdue" if case.left < 0 else "open"
        words = format_html('<span class="duty duty-{}">{}</span>', status, time_left(case.left))
        return with_fact(words, date_format(case.due, "d/m/Y"))

    def has_module_permission(self, request):
        return steps.agencies_of(request.user).exists()

    def has_view_permission(self, request, obj=None):
        if obj is None:
            return self.has_module_permission(request)
        return steps.readable_by(request.user).filter(pk=obj.pk).exists()

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"qa_case_{name}")

        return [
            page("<path:object_id>/tra-loi/", self.draft_view, "draft"),
            page("<path:object_id>/cong-khai/", self.publish_view, "publish"),
            page("<path:object_id>/tep/<int:pk>/", self.file_view, "file"),
            *super().get_urls(),
        ]

    def _case_or_404(self, request, object_id):
        case = self.get_object(request, unquote(object_id))
        if case is None:
            raise Http404
        return case

    # --- the case and its steps ---------------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        case = self._case_or_404(request, object_id)
        name = request.POST.get("step", "")
        offered = desk.offered(case, request.user)
        tried = desk.STEPS.get(name)
        if request.method == "POST" and (tried is None or not self._may_try(request, case, tried)):
            raise Http404
        form = None
        if request.method == "POST":
            form = tried.form(request.POST, case=case, auto_id=f"{name}_%s")
            if form.is_valid() and self._taken(request, case, tried, form):
                return redirect(self._next(request, case))
        audit.record("case_read", case, by=request.user)
        return self._page(request, "admin/qa/case.html", case, **self._context(request, case, offered, name, form))

    def _may_try(self, request, case, step):
        """Whose case it is may have taken the step in another tab, and is told so; who never may finds nothing."""
        return step.action == steps.READING or steps.may(request.user, step.action, case)

    def _taken(self, request, case, step, form):
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            step.work(case, by=request.user, version=form.cleaned_data["version"], **values)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return False
        messages.success(request, _("Done: %(step)s.") % {"step": step.label})
        return True

    def _next(self, request, case):
        """A case that went to another agency may be out of sight for who sent it."""
        visible = steps.readable_by(request.user).filter(pk=case.pk).exists()
        return f"{reverse(PAGE, args=[case.pk])}#content-start" if visible else reverse(inbox.LIST)

    def _context(self, request, case, offered, name, form):
        rows = []
        for code, step in {**offered, **({name: desk.STEPS[name]} if form else {})}.items():
            own = form if form and code == name else step.form(case=case, auto_id=f"{code}_%s")
            rows.append({"name": code, "label": step.label, "form": own, "confirms": step.confirms})
        answers = steps.may(request.user, "answer_case", case) and case.state in answering.AT_WORK
        sorts = steps.may(request.user, "sort_case", case)
        question = Question.objects.filter(case=case).first()
        why_not = publication.why_not(case) if sorts and case.state == State.ANSWERED and not question else ""
        return {
            "title": str(case),
            "steps": rows,
            "errors": bool(form and form.errors),
            "media": sum((row["form"].media for row in rows), self.media),
            "sorts": sorts,
            "duties": self._duties(case),
            "files": case.files.all(),
            "accepted": Acceptance.objects.of(case).select_related("statement"),
            "clarifications": case.clarifications.select_related("asked_by"),
            "extensions": case.extensions.select_related("by"),
            "answers": case.answers.select_related("agency", "drafted_by", "signed_by", "rating").prefetch_related(
                "documents"
            ),
            "notes": case.notes.select_related("by"),
            "letters": _letters(case),
            "merged": case.merged.all(),
            "like": routing.cases_like(case) if sorts and case.is_open else [],
            "draft_url": reverse("admin:qa_case_draft", args=[case.pk]) if answers else "",
            "publish_url": self._publish_url(case) if sorts else "",
            "why_not_published": why_not,
            "question": question,
            "question_url": self._question_url(question, sorts) if question else "",
            "events": [(row, action_name(row.action)) for row in AuditEvent.objects.of(case)[:200]],
        }

    def _duties(self, case):
        calendar, rows = read_calendar(), clock.duties(case)
        for row in rows:
            row.left = words_left(row, calendar=calendar)
            row.url = site_prefix(row.agency_id) + row.path()
        return rows

    def _question_url(self, question, sorts):
        """For the board the form, for who answered what readers see."""
        if sorts:
            return reverse("admin:qa_question_change", args=[question.pk])
        return site_prefix(question.agency_id) + question.path() if question.is_readable else ""

    def _publish_url(self, case):
        return "" if publication.why_not(case) else reverse("admin:qa_case_publish", args=[case.pk])

    def _page(self, request, template, case, **context):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": case,
            "case": case,
            "change_url": reverse(PAGE, args=[case.pk]),
            "list_url": reverse(inbox.LIST),
            "media": self.media,
            **context,
        }
        return TemplateResponse(request, template, context)

    def history_view(self, request, object_id, extra_context=None):
        return redirect(PAGE, object_id)

    def file_view(self, request, object_id, pk):
        case = self._case_or_404(request, object_id)
        found = get_object_or_404(CaseFile, case=case, pk=pk)
        audit.record("case_file", case, by=request.user, changes={"file": found.pk})
        return serve(request, found.file, name=found.title, content_type=found.media_type, inline=True)

    # --- the answer ---------------------------------------------------------------------------------------------------

    def draft_view(self, request, object_id):
        case = self._case_or_404(request, object_id)
        if not steps.may(request.user, "answer_case", case):
            raise Http404
        data = request.POST if request.method == "POST" else None
        if data is None and case.state not in answering.AT_WORK:
            words = _("This step is not possible: the case is now “%(state)s”.")
            messages.warning(request, words % {"state": case.get_state_display()})
            return redirect(PAGE, case.pk)
        form = drafting.DraftForm(data, agency=case.agency, initial=drafting.initial_draft(case))
        if form.is_valid() and self._stored(request, case, form):
            return redirect("admin:qa_case_draft" if "more" in request.POST else PAGE, case.pk)
        audit.record("case_read", case, by=request.user)
        context = {
            "title": _("Answer to %(case)s") % {"case": case},
            "form": form,
            "media": self.media + form.media,
            "current": self._current(case, form),
            "clarifications": case.clarifications.select_related("asked_by"),
            "answers": case.answers.signed(),
            "signs": steps.may(request.user, "sign_case", case),
        }
        return self._page(request, "admin/qa/draft.html", case, **context)

    def _stored(self, request, case, form):
        values = form.cleaned_data
        try:
            answering.write(
                case,
                by=request.user,
                text=values["text"],
                interprets_law=values["interprets_law"],
                documents=values["cites"],
                version=values["version"],
            )
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return False
        messages.success(request, _("The draft is stored."))
        return True

    def _current(self, case, form):
        """What a colleague has stored meanwhile, to compare with; who stores once more has seen it."""
        draft = case.draft
        if not form.is_bound or draft is None or str(draft.version) == form.data.get("version"):
            return None
        form.data = form.data.copy()
        form.data["version"] = draft.version
        return draft

    # --- the public version -------------------------------------------------------------------------------------------

    def publish_view(self, request, object_id):
        case = self._case_or_404(request, object_id)
        if not steps.may(request.user, "sort_case", case):
            raise Http404
        if request.method != "POST" and (sentence := publication.why_not(case)):
            messages.warning(request, sentence)
            return redirect(PAGE, case.pk)
        form = masking.MaskingForm(request.POST if request.method == "POST" else None, case=case)
        if form.is_valid():
            if "store" not in request.POST:
                form.make_anew() if "anew" in request.POST else form.mask_chosen()
            elif question := self._prepared(request, case, form):
                return redirect("admin:qa_question_change", question.pk)
        audit.record("case_read", case, by=request.user)
        return self._page(
            request, "admin/qa/publish.html", case, title=_("Public version of %(case)s") % {"case": case}, form=form
        )

    def _prepared(self, request, case, form):
        try:
            question = publication.prepare(case, by=request.user, texts=form.texts(), masked=form.masked())
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return None
        messages.success(request, _("The public version is a draft now: look at it once more and submit it."))
        return question


def _letters(case):
    """What was written to the sender, and whether it arrived."""
    rows = list(Message.objects.about(case).with_state().order_by("created_at", "pk"))
    for row in rows:
        row.state_words = Message.State(row.state).label
    return rows
