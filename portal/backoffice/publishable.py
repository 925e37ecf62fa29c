"""The admin of everything a board publishes: rights from the policy, changes through the workflow."""

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.forms import modelform_factory
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Media
from modeltranslation.admin import TranslationAdmin

from portal.agencies.models import Agency
from portal.backoffice.comparison import compare
from portal.backoffice.events import action_name, describe
from portal.backoffice.filters import AgencyFilter, StateFilter
from portal.backoffice.forms import PublishableForm, TransitionForm, clean_note
from portal.backoffice.inlines import AttachmentInline, GalleryInline
from portal.backoffice.readonly import with_fact, with_person
from portal.backoffice.richtext import RichTextAdmin
from portal.backoffice.searching import FoldedSearch
from portal.backoffice.timeleft import shown_duties, site_prefix
from portal.editorial import policy
from portal.editorial.models import AuditEvent
from portal.editorial.roles import State
from portal.obligations import ledger
from portal.publishing import editing, workflow
from portal.publishing.models import Revision
from portal.subsites.models import Site
from portal.text.html import plain_text


def _in_brief(value):
    """A form value as the audit keeps it: its words, shortened."""
    if value is None:
        return ""
    if isinstance(value, QuerySet | list):
        value = ", ".join(str(row) for row in value)
    return Truncator(plain_text(str(value))).chars(200)


class PublishableAdmin(FoldedSearch, RichTextAdmin, TranslationAdmin):
    form = PublishableForm
    exclude = ["version"]  # the form's own field of that name says what the person saw
    inlines = [GalleryInline, AttachmentInline]
    list_display = ["shown_title", "shown_state", "shown_edit", "publish_at"]
    list_display_links = ["shown_title"]
    list_filter = [StateFilter, AgencyFilter]
    list_select_related = ["agency", "last_edited_by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["title_folded"]
    ordering = ["-last_edited_at", "-pk"]
    actions = None
    view_on_site = False
    revisable = ("title_vi", "summary_vi", "title_en", "summary_en", "author", "source")
    change_form_template = "admin/publishable_change_form.html"

    # --- which rows, and who may -------------------------------------------------------------------------

    def get_queryset(self, request):
        return policy.scope(request.user, super().get_queryset(request))

    def get_object(self, request, object_id, from_field=None):
        """Whoever saves holds the row's lock from reading it to the end of the request."""
        item = super().get_object(request, object_id, from_field)
        if item is not None and request.method == "POST":
            type(item).objects.select_for_update().get(pk=item.pk)
            item.refresh_from_db()
        return item

    def has_module_permission(self, request):
        return request.user.is_superuser or bool(policy.memberships(request.user))

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request) if obj is None else policy.can(request.user, "view", obj)

    def has_add_permission(self, request):
        """Saving is let through to the form also for whose board has ended meanwhile."""
        ended = request.method == "POST" and policy.lapsed(request.user, "create")
        return bool(ended) or policy.agencies(request.user, "create").exists()

    def has_change_permission(self, request, obj=None):
        """Saving is let through to the form for whoever may read the item, so that a refusal loses no text."""
        if obj is None:
            return self.has_module_permission(request)
        if request.method == "POST":
            return policy.can(request.user, "view", obj)
        return policy.can(request.user, "edit", obj) or policy.can(request.user, "translate", obj)

    def has_delete_permission(self, request, obj=None):
        if obj is None or not policy.can(request.user, "delete", obj):
            return False
        return not ledger.objection(obj, [], by=request.user)

    def lookup_allowed(self, lookup, value, request):
        """The filters of the list, and no question about other columns."""
        offered = [row if isinstance(row, str) else row.parameter_name for row in self.list_filter]
        return lookup.removesuffix("__exact") in offered

    # --- the form ----------------------------------------------------------------------------------------

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"user": request.user})

    def get_readonly_fields(self, request, obj=None):
        """A translator without the right to edit writes the English fields only. Only its writer moves a draft."""
        fields = list(super().get_readonly_fields(request, obj))
        if obj and (obj.state != State.DRAFT or obj.first_published_at or obj.created_by_id != request.user.pk):
            fields.append("agency")
        if obj is None or policy.can(request.user, "edit", obj) or not policy.can(request.user, "translate", obj):
            return fields
        names = [name for _title, options in self.fieldsets for name in options["fields"]]
        own = [name for name in names if name not in self.form.declared_fields]
        return [*fields, *[name for name in own if not name.endswith("_en")]]

    def get_inlines(self, request, obj):
        return self.inlines if obj is None or policy.can(request.user, "view", obj) else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "agency":
            kwargs["queryset"] = self._offered_agencies(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _offered_agencies(self, request):
        """On saving also the sites whose board has ended meanwhile: the form says so."""
        own = policy.agencies(request.user, "create")
        if request.method != "POST":
            return own
        return own | Agency.objects.filter(pk__in=policy.lapsed(request.user, "create"))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.remote_field.model is self.model:
            objects = self.model.objects
            kwargs["queryset"] = policy.scope(request.user, objects.all()) | objects.readable()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        agencies = list(policy.agencies(request.user, "create")[:2])
        initial = {"author": request.user.full_name, "version": 1}
        if len(agencies) == 1:
            site = Site.objects.filter(agency=agencies[0]).first()
            initial |= {"agency": agencies[0].pk, "source": site.name_vi if site else agencies[0].name_vi}
        return initial

    def save_model(self, request, obj, form, change):
        if not change:
            if not policy.agencies(request.user, "create").filter(pk=obj.agency_id).exists():
                raise PermissionDenied
            self._store(request, obj, form)

    def save_related(self, request, form, formsets, change):
        """A save that changes nothing is no edit: it names nobody as the last to have edited."""
        touched = {rows.model._meta.model_name: "" for rows in formsets if rows.has_changed()}
        if change and (touched or set(form.changed_data) - {"version"}):
            self._store(request, form.instance, form, touched)
        super().save_related(request, form, formsets, change)

    def _store(self, request, obj, form, touched=None):
        changed = [name for name in form.changed_data if name != "version"]
        changes = {name: _in_brief(form.cleaned_data.get(name)) for name in changed}
        editing.store(obj, by=request.user, changes=changes | (touched or {}))

    def log_addition(self, request, obj, message):
        """The audit keeps what happened; Django's own log is not written."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        pass

    def delete_model(self, request, obj):
        try:
            editing.discard(obj, by=request.user)
        except workflow.Refused as refused:
            raise PermissionDenied from refused

    def further_tasks(self, user):
        """Groups for the start page: {"title", "kind", "items", "more", "url"}, items like those of the queue."""
        return []

    # --- lists -------------------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("title"), ordering="title_vi")
    def shown_title(self, item):
        return with_fact(item.title_vi, item.agency)

    @admin.display(description=gettext_lazy("last edited"), ordering="last_edited_at")
    def shown_edit(self, item):
        return with_person(item.last_edited_at, item.last_edited_by)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, item):
        state = item.current_state
        return format_html('<span class="state state-{}">{}</span>', state.value, state.label)

    # --- further pages -----------------------------------------------------------------------------------

    def get_urls(self):
        def page(route, view, name):
            name = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
            return path(route, self.admin_site.admin_view(view), name=name)

        return [
            page("<path:object_id>/buoc/<slug:name>/", self.transition_view, "transition"),
            page("<path:object_id>/sua-doi/", self.revise_view, "revise"),
            page("<path:object_id>/sua-doi/<int:revision>/", self.decide_view, "decide"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Whose right to write has ended is told so; strangers get 404."""
        ended = policy.lapsed(request.user, "create")
        if self.has_add_permission(request) or not ended:
            return super().add_view(request, form_url, extra_context)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "sentences": ended.values()}
        context["title"] = _("Nothing can be written now")
        return TemplateResponse(request, "admin/ended.html", context, status=403)

    def _address(self, name, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def _item_or_404(self, request, object_id):
        item = super().get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        return item

    def _page(self, request, template, item, **context):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": item,
            "item": item,
            "preview_url": self._preview_url(item),
            "change_url": self._address("change", item.pk),
            **context,
        }
        return TemplateResponse(request, template, context)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404

    def _preview_url(self, item):
        return f"{site_prefix(item.agency_id)}{item.path()}?xem-truoc=1"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self._workflow_context(request, obj)
        form = context["adminform"].form
        context["conflict"] = getattr(form, "conflict", ())
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _workflow_context(self, request, item):
        steps = [
            {"label": row.label, "url": self._address("transition", item.pk, row.name), "refusal": refusal}
            for row, refusal in workflow.available(item, request.user)
        ]
        return {
            "item": item,
            "state": item.current_state,
            "steps": steps,
            "problems": item.problems() if item.current_state == State.DRAFT else [],
            "preview_url": self._preview_url(item),
            "may_revise": policy.can(request.user, "revise", item),
            "revise_url": self._address("revise", item.pk),
            "open_revision": self._open_revision(item),
            "last_note": self._last_note(item),
            "duties": shown_duties(item),
        }

    def _last_note(self, item):
        """Why the draft came back, if it did."""
        last = AuditEvent.objects.of(item).exclude(action="edit").first()
        return last if last and last.note and item.current_state == State.DRAFT else None

    def _open_revision(self, item):
        revision = item.revisions.filter(outcome=Revision.Outcome.PROPOSED).select_related("proposed_by").first()
        return revision and {"revision": revision, "url": self._address("decide", item.pk, revision.pk)}

    def transition_view(self, request, object_id, name):
        item = self._item_or_404(request, object_id)
        row = workflow.TRANSITIONS.get(name)
        if row is None:
            raise Http404
        form = TransitionForm(request.POST or None, row=row, initial={"version": item.version})
        if request.method == "POST" and form.is_valid():
            answer = form.cleaned_data
            try:
                workflow.carry_out(name, item, by=request.user, **answer)
            except ValidationError as refused:
                form.add_error(None, refused.messages)
            else:
                messages.success(request, _("Done: %(step)s.") % {"step": row.label})
                return redirect(self._address("change", item.pk))
        refusal = policy.refusal(request.user, name, item)
        media = self.media + form.media
        return self._page(
            request, "admin/transition.html", item, title=row.label, row=row, form=form, refusal=refusal, media=media
        )

    def revise_view(self, request, object_id):
        """A proposed change to a public item; the same fields, checked by the same form fields."""
        item = self._item_or_404(request, object_id)
        if not policy.can(request.user, "revise", item):
            raise Http404
        names = [name for name in flatten_fieldsets(self.fieldsets) if self._may_revise(request, item, name)]
        if not names:
            raise Http404
        form_class = modelform_factory(self.model, fields=names, formfield_callback=self._callback(request))
        form = form_class(request.POST or None, instance=item)
        note = request.POST.get("note", "")
        if request.method == "POST" and form.is_valid():
            after = editing.plain(form.instance, names, form.cleaned_data)
            try:
                editing.propose(item, after, by=request.user, note=clean_note(note))
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, _("The change is stored and waits for another member's approval."))
                return redirect(self._address("change", item.pk))
        media = Media(nonce=str(request.csp_nonce)) + self.media + form.media
        title = _("Propose a change to the published text")
        return self._page(request, "admin/revise.html", item, title=title, form=form, note=note, media=media)

    def _may_revise(self, request, item, name):
        return name in self.revisable and (name.endswith("_en") or policy.can(request.user, "propose", item))

    def _callback(self, request):
        return lambda db_field, **kwargs: self.formfield_for_dbfield(db_field, request, **kwargs)

    def decide_view(self, request, object_id, revision):
        item = self._item_or_404(request, object_id)
        found = item.revisions.filter(pk=revision).select_related("proposed_by").first()
        if found is None:
            raise Http404
        errors = []
        if request.method == "POST":
            try:
                self._decide(request, found)
            except ValidationError as refused:
                errors = refused.messages
            else:
                return redirect(self._address("change", item.pk))
        before = found.before or editing.plain(item, found.after)
        fields = [
            (self.model._meta.get_field(name), old, new) for name, old, new in editing.differences(before, found.after)
        ]
        rows = [(field.verbose_name, *compare(field, old, new)) for field, old, new in fields]
        return self._page(
            request,
            "admin/decide.html",
            item,
            title=str(found),
            revision=found,
            refusal=policy.refusal(request.user, "revise" if found.proposed_by == request.user else "correct", item),
            differences=rows,
            errors=errors,
        )

    def _decide(self, request, revision):
        if "apply" in request.POST:
            editing.apply(revision, by=request.user)
            messages.success(request, _("The change is public; the superseded text stays readable."))
        else:
            editing.refuse(revision, by=request.user, note=clean_note(request.POST.get("note", "")))
            messages.success(request, _("The change was refused."))

    def history_view(self, request, object_id, extra_context=None):
        item = self._item_or_404(request, object_id)
        events = AuditEvent.objects.of(item)[:500]
        rows = [(event, action_name(event.action), describe(event, self.model)) for event in events]
        return self._page(
            request,
            "admin/publishable_history.html",
            item,
            title=_("History of “%(item)s”") % {"item": item},
            events=rows,
        )
