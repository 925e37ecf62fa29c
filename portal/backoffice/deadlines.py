"""The calendar, the rules and the duties of Article 9 in the back office."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db.models import Case, F, When
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationAdmin

from portal.backoffice.events import action_name
from portal.backoffice.filters import RowAgencyFilter, seen_agencies
from portal.backoffice.readonly import ReadOnlyAdmin, with_fact
from portal.backoffice.searching import FoldedSearch
from portal.backoffice.timeleft import moved, site_prefix, words_left
from portal.editorial import policy
from portal.editorial.models import AuditEvent
from portal.obligations import calendar_rows, ledger
from portal.obligations.models import Obligation, Rule
from portal.obligations.rules import save_rule
from portal.text.fields import GatedCharFormField
from portal.workdays.calendars import read_calendar
from portal.workdays.models import CalendarDay, CalendarYear

RECOUNTED = gettext_lazy("Stored. Duties are counted anew within a minute; each date that moves is audited.")

REMOVED = gettext_lazy("Removed. Duties are counted anew within a minute; each date that moves is audited.")


class KeptAdmin(admin.ModelAdmin):
    """A table on which due dates rest: whatever is stored makes the worker count them anew."""

    actions = None

    def save_model(self, request, obj, form, change):
        self.store(obj, request.user)
        messages.info(request, RECOUNTED)


class YearFilter(admin.SimpleListFilter):
    """Without a choice the list shows the year of today."""

    title = gettext_lazy("year")
    parameter_name = "nam"
    ALL = "tat-ca"

    def lookups(self, request, model_admin):
        years = CalendarDay.objects.order_by("-date__year").values_list("date__year", flat=True).distinct()
        return [(self.ALL, _("All years")), *[(str(year), str(year)) for year in years]]

    def value(self):
        asked = super().value()
        return asked if asked in {key for key, _name in self.lookup_choices} else str(timezone.localdate().year)

    def choices(self, changelist):
        for key, name in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: key})
            yield {"selected": self.value() == key, "query_string": query, "display": name}

    def queryset(self, request, queryset):
        return queryset if self.value() == self.ALL else queryset.filter(date__year=self.value())


@admin.register(CalendarDay)
class CalendarDayAdmin(KeptAdmin, TranslationAdmin):
    list_display = ["date", "weekday", "kind", "name", "confirmed", "legal_basis"]
    list_filter = [YearFilter, "kind", "confirmed"]
    fields = ["date", "kind", "name_vi", "name_en", "legal_basis", "confirmed"]

    @admin.display(description=gettext_lazy("day of the week"))
    def weekday(self, day):
        return date_format(day.date, "l")

    def store(self, day, user):
        calendar_rows.save_day(day, by=user)

    def delete_model(self, request, obj):
        calendar_rows.delete_day(obj, by=request.user)
        messages.info(request, REMOVED)


@admin.register(CalendarYear)
class CalendarYearAdmin(KeptAdmin):
    list_display = ["year", "decided", "legal_basis"]

    def get_readonly_fields(self, request, obj=None):
        return ["year"] if obj else []  # it is the key: typed over, it would be another row

    def store(self, year, user):
        calendar_rows.save_year(year, by=user)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Rule)
class RuleAdmin(KeptAdmin, TranslationAdmin):
    """Rows are ended and followed by new ones, never removed: what they measured refers to them."""

    list_display = ["code", "name", "shown_limit", "event", "valid_from", "valid_to", "legal_set", "is_active"]
    list_filter = ["legal_set", "is_active", "point"]
    fieldsets = [
        (None, {"fields": ["code", "legal_set", "point", "is_active"]}),
        (gettext_lazy("Duty"), {"fields": ["name_vi", "name_en", "event", "responsible"]}),
        (gettext_lazy("Limit"), {"fields": ["limit", "target", "unit"]}),
        (gettext_lazy("Legal basis"), {"fields": ["printed", "applied", "valid_from", "valid_to"]}),
    ]

    @admin.display(description=gettext_lazy("limit"))
    def shown_limit(self, rule):
        if rule.days is None:
            return _("as given in each case")
        number = f"{rule.days} {rule.get_unit_display()}"
        return _("%(number)s (internal target)") % {"number": number} if rule.is_internal else number

    def store(self, rule, user):
        save_rule(rule, by=user)

    def has_delete_permission(self, request, obj=None):
        return False


class ResultFilter(admin.SimpleListFilter):
    title = gettext_lazy("result")
    parameter_name = "ket-qua"

    def lookups(self, request, model_admin):
        return [("overdue", _("overdue")), *Obligation.Status.choices]

    def queryset(self, request, queryset):
        if self.value() == "overdue":
            return queryset.overdue()
        return queryset.filter(status=self.value()) if self.value() in Obligation.Status.values else queryset


class StepForm(forms.Form):
    """What happens to a duty, with its reason; a pause has its days."""

    reason = GatedCharFormField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody can read the reason once the item is public."),
    )
    first = forms.DateField(label=gettext_lazy("First day"), widget=AdminDateWidget)
    last = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=AdminDateWidget,
        help_text=gettext_lazy("Empty: until the clock is set running again."),
    )

    def __init__(self, *args, step, **kwargs):
        super().__init__(*args, **kwargs)
        if step != "pause":
            del self.fields["first"], self.fields["last"]


STEPS = {
    "pause": (gettext_lazy("Stop the clock"), ledger.pause),
    "resume": (gettext_lazy("Let the clock run again"), ledger.resume),
    "waive": (gettext_lazy("Waive the duty"), ledger.waive),
}


@admin.register(Obligation)
class ObligationAdmin(FoldedSearch, ReadOnlyAdmin):
    """Read only but for the steps of the ledger, which the heads of the board may take."""

    list_display = ["shown_item", "shown_status", "due", "code", "triggered_on"]
    list_filter = [ResultFilter, RowAgencyFilter, "code"]
    list_select_related = ["agency"]
    list_per_page = 50
    search_fields = ["title_folded"]
    # what is open by its last day, the longest overdue first; then what has ended, the latest first
    ordering = [
        Case(When(status=Obligation.Status.OPEN, then=0), default=1).asc(),
        Case(When(status=Obligation.Status.OPEN, then="due")).asc(nulls_last=True),
        F("due").desc(nulls_last=True),
        "pk",
    ]

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset if request.user.is_superuser else queryset.filter(agency__in=seen_agencies(request.user))

    @admin.display(description=gettext_lazy("item"), ordering="item_title")
    def shown_item(self, duty):
        return with_fact(duty.item_title, duty.agency)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def shown_status(self, duty):
        overdue = duty.is_overdue()
        name = _("overdue") if overdue else duty.get_status_display()
        return format_html('<span class="duty duty-{}">{}</span>', "overdue" if overdue else duty.status, name)

    def has_module_permission(self, request):
        return request.user.is_superuser or bool(policy.memberships(request.user))

    def has_view_permission(self, request, obj=None):
        if obj is None or request.user.is_superuser:
            return self.has_module_permission(request)
        return seen_agencies(request.user).filter(pk=obj.agency_id).exists()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        duty = self.get_object(request, unquote(object_id))
        if duty is None:
            raise Http404
        step = request.POST.get("step", "")
        if request.method == "POST" and (step not in STEPS or not self._may(request, duty, step)):
            raise Http404
        forms_by_step = {
            name: StepForm(request.POST if name == step else None, step=name, auto_id=f"{name}_%s")
            for name in STEPS
            if self._may(request, duty, name)
        }
        if request.method == "POST" and self._carry_out(request, duty, step, forms_by_step[step]):
            return redirect(request.path)
        return self._page(request, duty, forms_by_step)

    def _may(self, request, duty, step):
        if step != "waive" and getattr(duty.subject, "keeps_own_clock", False):
            return False
        action = "waive" if step == "waive" else "pause"
        return policy.agencies(request.user, action).filter(pk=duty.agency_id).exists()

    def _carry_out(self, request, duty, step, form):
        if not form.is_valid():
            return False
        label, carry_out = STEPS[step]
        try:
            carry_out(duty, **form.cleaned_data, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return False
        messages.success(request, _("Done: %(step)s.") % {"step": label})
        return True

    def _page(self, request, duty, forms_by_step):
        running = duty.pauses.counted().unfinished().exists()
        possible = {"pause", "resume", "waive"} if running else {"pause", "waive"}
        is_open = duty.status == Obligation.Status.OPEN
        duty.left = words_left(duty, calendar=read_calendar())
        steps = [
            {"name": name, "label": STEPS[name][0], "form": form}
            for name, form in forms_by_step.items()
            if form.is_bound or (is_open and name in possible)
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": duty,
            "title": str(duty),
            "duty": duty,
            "item": duty,
            "change_url": request.path,
            "pauses": duty.pauses.select_related("by"),
            "explanation_url": site_prefix(duty.agency_id) + duty.path(),
            "events": [(event, action_name(event.action), moved(event)) for event in AuditEvent.objects.of(duty)],
            "steps": steps,
            "media": self.media + StepForm(step="pause").media,
        }
        return TemplateResponse(request, "admin/duty.html", context)

    def history_view(self, request, object_id, extra_context=None):
        return redirect("admin:obligations_obligation_change", object_id)
