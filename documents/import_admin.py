"""The pages of an import: upload, what the check found, the order, and how far it is."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import import_template, import_work
from documents.imports import DocumentImport
from portal.backoffice.readonly import with_fact, with_person
from portal.editorial import policy
from portal.files.inspection import XLSX
from portal.files.serving import serve
from portal.text.fields import gate


class ImportForm(forms.ModelForm):
    def clean(self):
        """The name is shown only: one in an old encoding is not worth a refusal."""
        cleaned = super().clean()
        try:
            self.instance.name = gate(cleaned["file"].name)[:200] if "file" in cleaned else ""
        except ValidationError:
            self.instance.name = import_template.NAME
        return cleaned


@admin.register(DocumentImport)
class DocumentImportAdmin(admin.ModelAdmin):
    form = ImportForm
    fields = ["agency", "file", "archive"]
    list_display = ["shown_name", "state", "total", "new", "known", "refused", "shown_upload"]
    list_display_links = ["shown_name"]
    list_select_related = ["agency", "by"]
    list_per_page = 50
    show_full_result_count = False
    actions = None
    change_form_template = "admin/documents/import_form.html"

    @admin.display(description=gettext_lazy("table"))
    def shown_name(self, entry):
        return with_fact(entry.name, entry.agency)

    @admin.display(description=gettext_lazy("uploaded at"), ordering="created_at")
    def shown_upload(self, entry):
        return with_person(entry.created_at, entry.by)

    # --- who may ----------------------------------------------------------------------------------------------------

    def get_queryset(self, request):
        agencies = policy.agencies(request.user, "create")
        return super().get_queryset(request).filter(agency__in=agencies).select_related("agency", "by")

    def has_module_permission(self, request):
        return policy.agencies(request.user, "create").exists()

    has_add_permission = has_module_permission

    def has_view_permission(self, request, obj=None):
        agencies = policy.agencies(request.user, "create")
        return agencies.exists() if obj is None else agencies.filter(pk=obj.agency_id).exists()

    def has_change_permission(self, request, obj=None):
        return False

    has_delete_permission = has_change_permission

    # --- upload -----------------------------------------------------------------------------------------------------

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "agency":
            kwargs["queryset"] = policy.agencies(request.user, "create")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        agencies = list(policy.agencies(request.user, "create")[:2])
        return {"agency": agencies[0].pk} if len(agencies) == 1 else {}

    def save_model(self, request, obj, form, change):
        obj.by = request.user
        super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        """The audit names who imported what; Django's own log is not written."""

    def response_add(self, request, obj, post_url_continue=None):
        return redirect("admin:documents_documentimport_change", obj.pk)

    def render_change_form(self, request, context, *args, **kwargs):
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    # --- further pages ----------------------------------------------------------------------------------------------

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"documents_documentimport_{name}")

        return [
            page("mau/", self.template_view, "template"),
            page("<int:pk>/tep/", self.file_view, "file"),
            page("<int:pk>/loi/", self.errors_view, "errors"),
            *super().get_urls(),
        ]

    def template_view(self, request):
        if not self.has_add_permission(request):
            raise Http404
        return _download(import_template.template(), import_template.NAME)

    def errors_view(self, request, pk):
        entry = self._entry_or_404(request, pk)
        return _download(import_template.list_of_errors(entry.errors), import_template.NAME_OF_ERRORS)

    def file_view(self, request, pk):
        entry = self._entry_or_404(request, pk)
        return serve(request, entry.file, name=entry.name, content_type="application/octet-stream", inline=False)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What the check found or how far the import is; a POST orders it."""
        entry = self._entry_or_404(request, object_id)
        errors = []
        if request.method == "POST":
            try:
                import_work.start(entry, by=request.user, skip_errors="skip" in request.POST)
                messages.success(request, _("The import has been ordered."))
                return redirect("admin:documents_documentimport_change", entry.pk)
            except ValidationError as refused:
                errors = refused.messages
        return TemplateResponse(request, "admin/documents/import_state.html", self._context(request, entry, errors))

    def history_view(self, request, object_id, extra_context=None):
        raise Http404

    def _entry_or_404(self, request, key):
        entry = self.get_object(request, str(key))
        if entry is None:
            raise Http404
        return entry

    def _context(self, request, entry, errors):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": capfirst(_("import of documents")),
            "entry": entry,
            "errors": errors,
            "is_mine": entry.by_id == request.user.pk,
            "drafts_url": f"{reverse('admin:documents_document_changelist')}?trang-thai=draft",
        }


def _download(workbook, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(workbook, content_type=XLSX, headers=headers)
