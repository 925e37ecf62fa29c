"""The platform's own tables. Django's permissions guard them; what boards publish is guarded by the policy."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from portal.accounts.models import User
from portal.agencies.models import Agency, ContactPoint
from portal.backoffice import deadlines, feedback, intake, mail, queries, search  # noqa: F401 they register their tables
from portal.backoffice.events import ACTIONS, action_name, describe
from portal.backoffice.readonly import ReadOnlyAdmin, with_fact
from portal.backoffice.richtext import RichTextAdmin
from portal.backoffice.searching import FoldedSearch, ShortTableSearch
from portal.backoffice.trees import TreeAdmin
from portal.editorial import boards, policy
from portal.editorial.models import AuditEvent, Board, Membership
from portal.subsites.models import FormerLabel, Site


@admin.register(User)
class UserAdmin(FoldedSearch, DjangoUserAdmin):
    list_display = ["username", "full_name", "email", "is_active", "is_staff", "is_superuser"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    search_fields = ["folded"]
    ordering = ["username"]
    fieldsets = [
        (None, {"fields": ["username", "password", "full_name", "email"]}),
        (_("Rights on the platform"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "full_name",
                    "email",
                    "is_staff",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        )
    ]
    filter_horizontal = ["groups"]

    def has_delete_permission(self, request, obj=None):
        return False  # the audit names people; an account is switched off instead


class ContactPointInline(TranslationStackedInline):
    model = ContactPoint
    extra = 0


@admin.register(Agency)
class AgencyAdmin(TreeAdmin, TranslationAdmin):
    list_display = ["indented", "code", "kind", "abbreviation", "valid_from", "valid_to"]
    list_filter = ["kind"]
    inlines = [ContactPointInline]
    fieldsets = [
        (None, {"fields": ["parent", "kind", "code", "abbreviation", "position"]}),
        (_("Vietnamese"), {"fields": ["name_vi", "place_name_vi"]}),
        (_("English"), {"fields": ["name_en", "place_name_en"], "classes": ["english"]}),
        (_("Validity"), {"fields": ["valid_from", "valid_to", "legal_basis"]}),
    ]


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["user"]


@admin.register(Board)
class BoardAdmin(ShortTableSearch, admin.ModelAdmin):
    list_display = ["agency", "decision_number", "decision_date", "valid_from", "valid_to"]
    list_select_related = ["agency"]
    search_fields = ["decision_number"]
    autocomplete_fields = ["agency"]
    inlines = [MembershipInline]
    actions = None

    def words(self, row):
        return f"{row.agency.name_vi} {row.agency.name_en} {row.decision_number}"

    def save_model(self, request, obj, form, change):
        boards.save(obj, by=request.user)

    def save_formset(self, request, form, formset, change):
        for place in formset.save(commit=False):
            boards.save(place, by=request.user)
        for place in formset.deleted_objects:
            boards.remove(place, by=request.user)

    def delete_model(self, request, obj):
        boards.remove(obj, by=request.user)


class FormerLabelInline(admin.TabularInline):
    model = FormerLabel
    extra = 0


@admin.register(Site)
class SiteAdmin(ShortTableSearch, RichTextAdmin, TranslationAdmin):
    list_display = ["name", "shown_host", "responsible_name", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["label"]
    autocomplete_fields = ["agency"]
    inlines = [FormerLabelInline]
    actions = None
    fieldsets = [
        (None, {"fields": ["agency", "label", "exception_reason", "is_active"]}),
        (
            _("Vietnamese"),
            {"fields": ["name_vi", "responsible_name", "responsible_title_vi", "introduction_vi"]},
        ),
        (
            _("English"),
            {"fields": ["name_en", "responsible_title_en", "introduction_en"], "classes": ["english"]},
        ),
    ]

    def save_model(self, request, obj, form, change):
        """A name that is given up leads to the new one; one that is taken back is no former name any more."""
        before = Site.objects.filter(pk=obj.pk).values_list("label", flat=True).first()
        super().save_model(request, obj, form, change)
        if before and before != obj.label:
            obj.former_labels.filter(label=obj.label).delete()
            FormerLabel.objects.create(site=obj, label=before, used_until=timezone.localdate())

    def words(self, row):
        return f"{row.name_vi} {row.label}"

    @admin.display(description=_("host name"))
    def shown_host(self, site):
        return site.host


class ActionFilter(admin.SimpleListFilter):
    title = _("action")
    parameter_name = "viec"

    def lookups(self, request, model_admin):
        return list(ACTIONS.items())

    def queryset(self, request, queryset):
        return queryset.filter(action=self.value()) if self.value() in ACTIONS else queryset


@admin.register(AuditEvent)
class AuditEventAdmin(FoldedSearch, ReadOnlyAdmin):
    """Read only. Board members see what happened on their own sites."""

    list_display = ["shown_at", "shown_action", "shown_item", "note"]
    fields = ["at", "actor_name", "shown_action", "item_title", "agency", "note", "shown_changes"]
    list_filter = [ActionFilter]
    list_select_related = ["agency"]
    search_fields = ["folded"]
    date_hierarchy = "at"

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        if request.user.is_superuser:
            return queryset
        return queryset.filter(agency__in=policy.agencies(request.user, "inspect"))

    @admin.display(description=_("action"), ordering="action")
    def shown_action(self, event):
        return action_name(event.action)

    @admin.display(description=_("time"), ordering="at")
    def shown_at(self, event):
        return with_fact(f"{timezone.localtime(event.at):%H:%M %d/%m/%Y}", event.actor_name)

    @admin.display(description=_("item"), ordering="item_title")
    def shown_item(self, event):
        return with_fact(event.item_title, event.agency)

    @admin.display(description=_("changes"))
    def shown_changes(self, event):
        rows = describe(event, event.content_type.model_class())
        return format_html_join("", "<div><strong>{}</strong>: {}</div>", [(capfirst(a), b or "–") for a, b in rows])

    def has_view_permission(self, request, obj=None):
        if request.user.is_superuser:
            return True
        agencies = policy.agencies(request.user, "inspect")
        return agencies.exists() if obj is None else agencies.filter(pk=obj.agency_id).exists()

    has_module_permission = has_view_permission
