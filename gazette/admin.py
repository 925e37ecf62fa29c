from datetime import timedelta

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Document
from gazette import desk, printing, submission_admin, submissions  # noqa: F401 registers its table
from gazette.models import Entry, Issue
from portal.agencies.models import Agency
from portal.backoffice.choices import RowChoice, RowForm
from portal.backoffice.forms import PublishableForm
from portal.backoffice.inlines import AttachmentInline, RowsOfItem
from portal.backoffice.publishable import PublishableAdmin, StateFilter
from portal.editorial import policy
from portal.editorial.roles import State
from portal.publishing.models import Attachment
from portal.publishing.workflow import Refused
from portal.workdays.calendars import add_working_days, read_calendar

RHYTHM, CLOSES_BEFORE = timedelta(days=7), timedelta(days=2)  # what is proposed for the next issue


class IssueForm(PublishableForm):
    """An issue with one number names it once; who numbers issues waits for whoever does so at the same moment."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "last_number" in self.fields:
            self.fields["last_number"].required = False

    def clean(self):
        list(Agency.objects.select_for_update().filter(parent=None))
        cleaned = super().clean()
        if "last_number" in self.fields and not cleaned.get("last_number"):
            cleaned["last_number"] = cleaned.get("first_number")
        return cleaned

    def _refusal(self):
        return submissions.refusal_of_change(self.instance) or super()._refusal()


class NeverIssued(RowsOfItem):
    """Rows that belong to an issue stand still with it."""

    def _may(self, request, item):
        return super()._may(request, item) and not (item and item.is_issued)


class EntryInline(NeverIssued, admin.TabularInline):
    model = Entry
    form = RowForm
    fields = ["document", "part", "position", "first_page", "last_page"]
    autocomplete_fields = ["document"]

    def get_queryset(self, request):
        return super().get_queryset(request).in_order().select_related("issue")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Public documents, and those that were received or stand in an issue and are about to be public."""
        if db_field.name == "document":
            kwargs["widget"] = RowChoice(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "document":
            known = Document.objects.filter(gazette_entries__isnull=False) | Document.objects.filter(
                gazette_submissions__isnull=False
            )
            documents = Document.objects.filter(pk__in=known.values("pk")) | Document.objects.readable()
            field.queryset = documents.defer("full_text")
        return field


class PdfInline(NeverIssued, AttachmentInline):
    fields = ["file", "title_vi"]
    max_num = 1
    verbose_name_plural = gettext_lazy("PDF of the issue")


@admin.register(Issue)
class IssueAdmin(PublishableAdmin):
    form = IssueForm
    inlines = [EntryInline, PdfInline]
    list_display = ["shown_title", "shown_state", "issued_on", "closes_on", "pdf_state", "shown_edit"]
    list_select_related = ["agency", "last_edited_by"]
    list_filter = [StateFilter, "year"]
    ordering = ["-issued_on", "-first_number"]
    readonly_fields = ["shown_pdf"]
    revisable = ()
    fieldsets = [
        (None, {"fields": ["version", "agency"]}),
        (
            gettext_lazy("Number and date (Article 8.2 g)"),
            {"fields": ["first_number", "last_number", "issued_on", "closes_on", "sequence_reason", "shown_pdf"]},
        ),
    ]

    # --- who may, and what --------------------------------------------------------------------------------------------

    def has_add_permission(self, request):
        """The province alone has a gazette."""
        return self._offered_agencies(request).filter(parent=None).exists()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "agency":
            field.queryset = field.queryset.filter(parent=None)
        return field

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj is None or not obj.is_issued:
            return fields
        return [*fields, "agency", "first_number", "last_number", "issued_on", "closes_on", "sequence_reason"]

    def get_changeform_initial_data(self, request):
        """The next number of the year, a week after the last issue."""
        last = Issue.objects.order_by("-issued_on", "-last_number").first()
        today = timezone.localdate()
        day = max(last.issued_on if last else today, today) + RHYTHM
        day = add_working_days(day, 0, calendar=read_calendar())
        return super().get_changeform_initial_data(request) | {
            "agency": submissions.province().pk,
            "first_number": Issue.objects.expected_number(day.year),
            "issued_on": day,
            "closes_on": day - CLOSES_BEFORE,
        }

    # --- saving -------------------------------------------------------------------------------------------------------

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        issue, touched = form.instance, {rows.model for rows in formsets if rows.has_changed()}
        if Attachment in touched:
            printing.follow_upload(issue)
        if Entry in touched:
            issue.save()  # its summary names them
        if not change:
            submissions.place_waiting()

    def delete_model(self, request, obj):
        with transaction.atomic():
            submissions.release(obj)
            super().delete_model(request, obj)
            submissions.place_waiting()

    @admin.display(description=gettext_lazy("PDF"))
    def shown_pdf(self, issue):
        if not issue or issue.pk is None:
            return ""
        file = issue.attachments.first()
        words = (
            f"{issue.get_pdf_state_display()}. {issue.pdf_error}" if issue.pdf_error else issue.get_pdf_state_display()
        )
        return format_html('{} <a href="{}">{}</a>', words, file.path(), file.file_name) if file else words

    # --- further pages ------------------------------------------------------------------------------------------------

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"gazette_issue_{name}")

        return [
            page("<path:object_id>/tao-pdf/", self.pdf_view, "pdf"),
            page("<path:object_id>/tiep-nhan/", self.take_over_view, "take_over"),
            *super().get_urls(),
        ]

    def _workflow_context(self, request, item):
        links = []
        if self._is_open_to(request, item):
            links.append({"label": _("Make the PDF"), "url": self._address("pdf", item.pk)})
            if count := submissions.to_take_over(item).count():
                words = _("Take over what was received (%(count)d)") % {"count": count}
                links.append({"label": words, "url": self._address("take_over", item.pk)})
        return super()._workflow_context(request, item) | {"further_links": links}

    def _is_open_to(self, request, item):
        return not item.is_issued and policy.can(request.user, "edit", item)

    def further_tasks(self, user):
        return desk.groups(user)

    def pdf_view(self, request, object_id):
        """Asks the worker for the PDF; what stands there is replaced."""
        return self._asked(request, object_id, lambda item: self._want(request, item), title=_("Make the PDF"))

    def _want(self, request, item):
        printing.want(item, by=request.user)
        messages.success(request, _("The PDF is being made. It will stand here in a moment."))

    def take_over_view(self, request, object_id):
        """Puts the documents that were placed into the issue among its entries."""
        title = _("Take over what was received")
        return self._asked(request, object_id, lambda item: self._take_over(request, item), title=title)

    def _take_over(self, request, item):
        count = submissions.take_over(item, by=request.user)
        messages.success(request, _("Documents taken over: %(count)d.") % {"count": count})

    def _asked(self, request, object_id, carry_out, *, title):
        item, errors = self._item_or_404(request, object_id), []
        if not self._is_open_to(request, item):
            raise Http404
        if request.method == "POST":
            try:
                carry_out(item)
                return redirect(self._address("change", item.pk))
            except Refused as refused:
                errors = refused.messages
        context = {
            "title": title,
            "errors": errors,
            "rows": submissions.to_take_over(item) if "tiep-nhan" in request.path else (),
            "entries": item.entries.in_order() if "tao-pdf" in request.path else (),
            "replaces": item.attachments.exists(),
            "waits_for_approval": item.state == State.SUBMITTED,
        }
        return self._page(request, "admin/gazette/asked.html", item, **context)
