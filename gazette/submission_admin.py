"""Sending documents to the gazette, and what the board of the province does with them."""

from contextlib import contextmanager

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Document
from gazette import submissions
from gazette.models import Issue, Submission
from portal.backoffice.events import ACTIONS, action_name
from portal.backoffice.filters import StoredStateFilter
from portal.backoffice.readonly import ReadOnlyAdmin, with_fact, with_person
from portal.backoffice.timeleft import shown_duties
from portal.editorial import policy
from portal.editorial.models import AuditEvent
from portal.editorial.roles import State
from portal.text.fields import GatedCharFormField

PAGE = "admin:gazette_submission_change"

# the back office knows the steps of every item; these are the gazette's own
ACTIONS.update(
    {
        "gazette_send": gettext_lazy("Sent to the gazette"),
        "gazette_place": gettext_lazy("Placed into an issue of the gazette"),
        "gazette_move": gettext_lazy("Moved to another issue of the gazette"),
        "gazette_reject": gettext_lazy("Rejected by the gazette"),
    }
)


class SendForm(forms.Form):
    document = forms.ModelChoiceField(
        Document.objects.none(),
        label=gettext_lazy("Legal document"),
        help_text=gettext_lazy("A public or approved document of your own agency. Type its number."),
    )

    def __init__(self, *args, user, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        own = Document.objects.filter(agency__in=policy.agencies(user, "edit"))
        field = self.fields["document"]
        field.widget = AutocompleteSelect(Submission._meta.get_field("document"), admin_site)
        field.queryset = submissions.sendable(own).select_related("agency")


class RejectForm(forms.Form):
    reason = GatedCharFormField(
        label=gettext_lazy("Reason"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The agency that sent the document reads it and may send the document again."),
    )


class MoveForm(forms.Form):
    issue = forms.ModelChoiceField(Issue.objects.none(), label=gettext_lazy("Gazette issue"))

    def __init__(self, *args, submission, **kwargs):
        super().__init__(*args, **kwargs)
        planned = Issue.objects.planned().filter(state=State.DRAFT).in_sequence()
        self.fields["issue"].queryset = planned.exclude(pk=submission.issue_id)


STEPS = {"reject": submissions.reject, "move": submissions.move}


@contextmanager
def _refusals_in(form):
    """Puts the sentences of a refusal into the form."""
    try:
        yield
    except ValidationError as refused:
        form.add_error(None, refused.messages)


class SubmissionStateFilter(StoredStateFilter):
    states = Submission.State


def _is_of_the_province(user, action):
    return policy.agencies(user, action).filter(parent=None).exists()


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """The board of the province sees all, others what their own agencies sent; the steps are pages of their own."""

    list_display = ["shown_document", "shown_state", "shown_receipt", "note"]
    list_filter = [SubmissionStateFilter]
    list_select_related = ["document__agency", "issue", "by"]
    list_per_page = 50
    search_fields = ["document__title_folded", "document__number_key"]

    def get_queryset(self, request):
        rows, user = super().get_queryset(request).defer("document__full_text"), request.user
        if user.is_superuser or _is_of_the_province(user, "view"):
            return rows
        return rows.filter(document__agency__in=policy.agencies(user, "view"))

    @admin.display(description=gettext_lazy("legal document"), ordering="document__title_vi")
    def shown_document(self, row):
        return with_fact(row.document, row.agency)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, row):
        return with_fact(row.get_state_display(), row.issue)

    @admin.display(description=gettext_lazy("received"), ordering="received_at")
    def shown_receipt(self, row):
        return with_person(row.received_at, row.by)

    def has_module_permission(self, request):
        return request.user.is_superuser or bool(policy.memberships(request.user))

    def has_view_permission(self, request, obj=None):
        if obj is None or request.user.is_superuser or not self.has_module_permission(request):
            return self.has_module_permission(request)
        return policy.agencies(request.user, "view").filter(Q(parent=None) | Q(pk=obj.agency.pk)).exists()

    def has_add_permission(self, request):
        return policy.agencies(request.user, "edit").exists()

    # --- sending ------------------------------------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise Http404
        data = request.POST if request.method == "POST" else None
        initial = {"document": _number(request.GET.get("document"))}
        form = SendForm(data, initial=initial, user=request.user, admin_site=self.admin_site)
        if form.is_valid() and (sent := self._send(request, form)):
            sentences = [_("The document was sent to the gazette."), sent.note]
            if sent.issue and not sent.note:
                sentences.append(_("It goes into %(issue)s.") % {"issue": sent.issue})
            messages.success(request, " ".join(filter(None, sentences)))
            return redirect(PAGE, sent.pk)
        context = {"title": _("Send a document to the gazette"), "form": form, "media": self.media + form.media}
        return self._page(request, "admin/gazette/send.html", **context)

    def _send(self, request, form):
        with _refusals_in(form):
            return submissions.send(form.cleaned_data["document"], by=request.user)

    # --- steps --------------------------------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        may = _is_of_the_province(request.user, "edit")
        if request.method == "POST" and not may:
            raise Http404
        name = request.POST.get("step", "")
        steps = self._steps(row, request.POST if request.method == "POST" else None, name)
        if name in steps and self._stepped(request, row, name, steps[name]["form"]):
            return redirect(PAGE, row.pk)
        shown = may and (row.state in Submission.OPEN or name in steps)
        return self._shown(request, row, list(steps.values()) if shown else [])

    def _steps(self, row, data, chosen):
        forms_by_name = {
            "move": (_("Move to another issue"), MoveForm(data if chosen == "move" else None, submission=row)),
            "reject": (_("Reject"), RejectForm(data if chosen == "reject" else None)),
        }
        return {
            name: {"name": name, "label": label, "form": form}
            for name, (label, form) in forms_by_name.items()
            if name != "move" or form.is_bound or form.fields["issue"].queryset.exists()
        }

    def _stepped(self, request, row, name, form):
        if not form.is_valid():
            return False
        with _refusals_in(form):
            STEPS[name](row, **form.cleaned_data, by=request.user)
            messages.success(request, _("Done."))
            return True
        return False

    def _shown(self, request, row, steps):
        events = AuditEvent.objects.of(row)
        context = {
            "title": str(row),
            "original": row,
            "row": row,
            "duties": shown_duties(row),
            "steps": steps,
            "events": [(event, action_name(event.action)) for event in events],
            "document_url": self._document_url(request, row),
        }
        return self._page(request, "admin/gazette/submission.html", **context)

    def _document_url(self, request, row):
        if not policy.can(request.user, "view", row.document):
            return ""
        return reverse("admin:documents_document_change", args=[row.document_id])

    def _page(self, request, template, **context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **context}
        return TemplateResponse(request, template, context)

    def history_view(self, request, object_id, extra_context=None):
        return redirect(PAGE, object_id)

    def delete_view(self, request, object_id, extra_context=None):
        raise Http404


def _number(value):
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None
