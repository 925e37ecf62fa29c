from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from mptt.forms import TreeNodeChoiceField

from news.models import Article, Rubric
from portal.backoffice.publishable import PublishableAdmin
from portal.backoffice.trees import TreeAdmin


@admin.register(Rubric)
class RubricAdmin(TreeAdmin, TranslationAdmin):
    list_display = ["indented", "code", "point"]
    fields = ["parent", "code", "point", "name_vi", "name_en", "description_vi", "description_en"]

    def get_readonly_fields(self, request, obj=None):
        """The code stands in public addresses and in the index: it never changes."""
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]


@admin.register(Article)
class ArticleAdmin(PublishableAdmin):
    list_display = ["shown_title", "shown_state", "shown_edit", "publish_at", "rubric"]
    list_select_related = ["agency", "rubric", "last_edited_by"]
    list_filter = [*PublishableAdmin.list_filter, "rubric__point"]
    autocomplete_fields = ["related"]
    revisable = (
        *PublishableAdmin.revisable,
        "body_vi",
        "body_en",
        "rubric",
        "event_date",
        "legal_basis",
        "order_reference",
        "order_due",
        "picture_alt_vi",
        "picture_alt_en",
        "picture_caption_vi",
        "picture_caption_en",
        "picture_source",
        "expire_at",
    )
    fieldsets = [
        (None, {"fields": ["version", "agency", "rubric"]}),
        (_("Vietnamese"), {"fields": ["title_vi", "summary_vi", "body_vi"]}),
        (_("Author and source (Article 5.3)"), {"fields": ["author", "source"]}),
        (
            _("Date and reference"),
            {
                "fields": ["event_date", "legal_basis", "order_reference", "order_due"],
                "description": _("Guidance (d) names its legal basis, information by order (m) the order it follows."),
            },
        ),
        (
            _("Picture"),
            {
                "fields": [
                    "picture",
                    "picture_alt_vi",
                    "picture_alt_en",
                    "picture_caption_vi",
                    "picture_caption_en",
                    "picture_source",
                ]
            },
        ),
        (_("English"), {"fields": ["title_en", "summary_en", "body_en"], "classes": ["english"]}),
        (_("Display"), {"fields": ["expire_at", "related"]}),
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "rubric":
            return TreeNodeChoiceField(
                queryset=Rubric.objects.all(), label=capfirst(db_field.verbose_name), level_indicator="– "
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
