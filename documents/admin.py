from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationAdmin
from mptt.forms import TreeNodeChoiceField

from documents import desk, import_admin, relating, sharing, statistics_admin  # noqa: F401 the last registers
from documents.admin_forms import DocumentForm, RelationForm, RelationRowForm, RelationRows, ShowingForm
from documents.bulk import BulkStepsMixin
from documents.models import Document, DocumentType, Issuer, Relation, Sector
from portal.agencies.models import Agency
from portal.backoffice.choices import RowChoice
from portal.backoffice.forms import clean_note
from portal.backoffice.inlines import AttachmentInline, RowsOfItem
from portal.backoffice.publishable import PublishableAdmin
from portal.backoffice.readonly import with_fact
from portal.backoffice.trees import TreeAdmin
from portal.editorial import policy
from portal.editorial.roles import State


@admin.register(DocumentType)
class DocumentTypeAdmin(TranslationAdmin):
    list_display = ["name", "abbreviation", "normative", "position"]
    fields = ["code", "name_vi", "name_en", "abbreviation", "normative", "position"]
    actions = None


@admin.register(Issuer)
class IssuerAdmin(TranslationAdmin):
    list_display = ["name", "level", "agency"]
    list_filter = ["level"]
    list_select_related = ["agency"]
    fields = ["code", "name_vi", "name_en", "level", "agency", "position"]
    autocomplete_fields = ["agency"]
    actions = None


@admin.register(Sector)
class SectorAdmin(TreeAdmin, TranslationAdmin):
    list_display = ["indented", "code"]
    fields = ["parent", "code", "name_vi", "name_en"]


class RelationInline(RowsOfItem, admin.StackedInline):
    model = Relation
    form = RelationRowForm
    formset = RelationRows
    fk_name = "source"
    fields = ["kind", "target", ("target_number", "target_date"), "provision", ("effective_on", "until"), "note"]
    autocomplete_fields = ["target"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """What readers know, and what the person may see: drafts of other boards are named to nobody."""
        if db_field.name == "target":
            documents = Document.objects.all()
            known = documents.in_state(State.PUBLISHED, State.ARCHIVED, State.WITHDRAWN)
            kwargs["queryset"] = policy.scope(request.user, documents) | known
            kwargs["widget"] = RowChoice(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(state=Relation.State.REMOVED).select_related("source", "target")


@admin.register(Document)
class DocumentAdmin(BulkStepsMixin, PublishableAdmin):
    form = DocumentForm
    inlines = [AttachmentInline, RelationInline]
    list_display = ["number", "shown_state", "shown_summary", "event_date", "shown_edit"]
    list_display_links = ["number"]
    list_select_related = ["agency", "issuer", "last_edited_by"]
    list_filter = [*PublishableAdmin.list_filter, "kind"]
    search_fields = ["title_folded", "number_key"]
    revisable = (
        "summary_vi",
        "summary_en",
        "number",
        "event_date",
        "kind",
        "type",
        "issuer",
        "effective_on",
        "expires_on",
        "signer",
        "signer_office",
        "sector",
        "in_scope",
        "full_text",
        "source",
        "expire_at",
    )
    fieldsets = [
        (None, {"fields": ["version", "agency"]}),
        (
            gettext_lazy("What Article 8.2 e asks for"),
            {"fields": ["number", "event_date", "effective_on", "summary_vi", "type", "kind", "issuer"]},
        ),
        (
            gettext_lazy("Further facts"),
            {"fields": ["expires_on", "signer", "signer_office", "sector", "source"]},
        ),
        (
            gettext_lazy("Agencies that it applies to (Article 9.1 c)"),
            {"fields": ["all_departments", "all_districts", "in_scope"]},
        ),
        (gettext_lazy("Full text"), {"fields": ["full_text"]}),
        (gettext_lazy("English"), {"fields": ["summary_en"], "classes": ["english"]}),
        (gettext_lazy("Display"), {"fields": ["expire_at"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        """Boxes for groups of agencies stand where agencies can be chosen."""
        if obj is None or "in_scope" not in self.get_readonly_fields(request, obj):
            return self.fieldsets
        return [(title, options | {"fields": _without_groups(options["fields"])}) for title, options in self.fieldsets]

    @admin.display(description=gettext_lazy("subject"))
    def shown_summary(self, document):
        return with_fact(Truncator(document.summary_vi or "").chars(160), document.issuer)

    def get_queryset(self, request):
        """The choice of the other document of a relation reaches what is public, on whatever site."""
        documents, page = super().get_queryset(request), request.resolver_match.url_name
        if page == "autocomplete":
            return documents | Document.objects.readable()
        return documents.defer("full_text") if page.endswith("_changelist") else documents

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "event_date":
            field.label, field.required = capfirst(_("date of issue")), True
        if db_field.name == "full_text":
            field.widget.attrs |= {"rows": 30, "class": "vLargeTextField law-input"}
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "sector":
            label = capfirst(db_field.verbose_name)
            return TreeNodeChoiceField(queryset=Sector.objects.all(), label=label, level_indicator="–", required=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "in_scope":
            kwargs |= {"queryset": Agency.objects.filter(site__isnull=False), "widget": desk.AgencyChoice()}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def changeform_view(self, request, *args, **kwargs):
        """Of two who enter the same document at the same moment the second one is told so, as later ones are."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)

    def save_formset(self, request, form, formset, change):
        for row in formset.save(commit=False):
            if isinstance(row, Relation):
                row.proposed_by = request.user
        super().save_formset(request, form, formset, change)

    # --- further pages ------------------------------------------------------------------------------------------------

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"documents_document_{name}")

        return [
            page("can-dang/", self.showings_view, "showings"),
            page("<int:pk>/quan-he/", self.relations_view, "relations"),
            page("<int:pk>/lay-noi-dung/", self.text_view, "text"),
            *super().get_urls(),
        ]

    def _workflow_context(self, request, item):
        links = []
        if item.is_readable:
            links.append({"label": _("Relations of the public document"), "url": self._address("relations", item.pk)})
        if policy.can(request.user, "edit", item) and not item.full_text and item.file_text():
            links.append({"label": _("Take over the text of the file"), "url": self._address("text", item.pk)})
        return super()._workflow_context(request, item) | {"further_links": links}

    def further_tasks(self, user):
        return desk.groups(user)

    def text_view(self, request, pk):
        """Shows what was read from the file, and puts it into the draft."""
        item = self._item_or_404(request, str(pk))
        if not policy.can(request.user, "edit", item):
            raise Http404
        text, errors = item.file_text(), []
        if request.method == "POST" and text:
            try:
                desk.take_over(item, text, by=request.user)
            except ValidationError as refused:
                errors = refused.messages
            else:
                messages.success(request, _("The text stands in the draft now. Compare it with the file."))
                return redirect(self._address("change", item.pk))
        title = _("Take over the text of the file")
        return self._page(request, "admin/documents/text.html", item, title=title, text=text, errors=errors)

    def relations_view(self, request, pk):
        """Relations of a public document: proposed by one, confirmed by another."""
        item = self._item_or_404(request, str(pk))
        if not item.is_readable:
            raise Http404
        form = RelationForm(request.POST if "add" in request.POST else None, instance=Relation(source=item))
        form.fields["target"].widget = RowChoice(Relation._meta.get_field("target"), self.admin_site)
        form.fields["target"].queryset = Document.objects.readable().exclude(pk=item.pk)
        errors = []
        if request.method == "POST":
            try:
                if self._changed_relation(request, item, form):
                    return redirect(self._address("relations", item.pk))
            except ValidationError as refused:
                errors = refused.messages
        return self._page(
            request,
            "admin/documents/relations.html",
            item,
            title=_("Relations of %(document)s") % {"document": item},
            form=form,
            errors=errors,
            rows=item.relations_out.exclude(state=Relation.State.REMOVED).select_related("target", "proposed_by"),
            may_propose=policy.can(request.user, "propose", item),
            may_confirm=policy.can(request.user, "correct", item),
            media=self.media + form.media,
        )

    def _changed_relation(self, request, item, form):
        """Carries out what was asked for. False: the form has errors."""
        if "add" in request.POST:
            if not form.is_valid():
                return False
            relating.propose(form.instance, by=request.user, note=clean_note(form.cleaned_data["note_on_change"]))
            messages.success(request, _("The change is stored and waits for another member's approval."))
            return True
        row = item.relations_out.filter(pk=_number(request.POST.get("relation"))).first()
        if row is None:
            raise Http404
        note = clean_note(request.POST.get("note", ""))
        if "remove" in request.POST:
            relating.propose_removal(row, by=request.user, note=note)
        else:
            relating.decide(row, by=request.user, confirm="confirm" in request.POST, note=note)
        messages.success(request, _("Done."))
        return True

    def showings_view(self, request):
        """Documents of other agencies on one's own sites: what is owed, and what is shown already."""
        agencies = policy.agencies(request.user, "show")
        if not agencies:
            raise Http404
        errors = []
        if request.method == "POST":
            try:
                self._show_or_hide(request, agencies)
                return redirect(self._address("showings"))
            except ValidationError as refused:
                errors = refused.messages
        form = ShowingForm(request.GET or None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Documents to be shown on our site"),
            "agencies": agencies,
            "owed": desk.owed(agencies),
            "shown": desk.shown(agencies),
            "found": desk.found(form, agencies),
            "form": form,
            "errors": errors,
        }
        return TemplateResponse(request, "admin/documents/showings.html", context)

    def _show_or_hide(self, request, agencies):
        document = Document.objects.readable().filter(pk=_number(request.POST.get("document"))).first()
        agency = agencies.filter(pk=_number(request.POST.get("agency"))).first()
        if document is None or agency is None:
            raise Http404
        if "show" in request.POST:
            sharing.show(document, agency, by=request.user)
            messages.success(request, _("%(agency)s shows the document now.") % {"agency": agency})
        else:
            sharing.hide(document, agency, by=request.user, note=clean_note(request.POST.get("note", "")))
            messages.success(request, _("The document was taken from the site."))


def _without_groups(names):
    return [name for name in names if name not in DocumentForm.GROUPS]


def _number(value):
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None
