"""The published questions in the back office, and the tables that answers rest on."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from portal.backoffice.audited import AuditedAdmin
from portal.backoffice.publishable import PublishableAdmin
from qa import inbox
from qa.models import Paragraph, Question, Term


@admin.register(Question)
class QuestionAdmin(PublishableAdmin):
    inlines = []  # files are not published with a question: what stands in them cannot be masked
    list_display = ["shown_title", "shown_state", "answered_by", "event_date", "shown_edit"]
    list_select_related = ["agency", "answered_by", "last_edited_by"]
    list_filter = [*PublishableAdmin.list_filter, "kind"]
    autocomplete_fields = ["documents"]
    readonly_fields = ["case"]
    revisable = (
        *PublishableAdmin.revisable,
        "question_vi",
        "question_en",
        "answer_vi",
        "answer_en",
        "event_date",
        "sector",
        "expire_at",
    )
    fieldsets = [
        (None, {"fields": ["version", "agency", "case", "kind", "sector", "answered_by", "signatory"]}),
        (
            gettext_lazy("Vietnamese"),
            {
                "fields": ["title_vi", "summary_vi", "question_vi", "answer_vi"],
                "description": gettext_lazy("No personal data: what was masked in the case is refused here too."),
            },
        ),
        (gettext_lazy("Dates and name"), {"fields": ["asked_on", "event_date", "asker"]}),
        (gettext_lazy("Legal documents"), {"fields": ["interprets_law", "documents"]}),
        (gettext_lazy("Author and source (Article 5.3)"), {"fields": ["author", "source"]}),
        (
            gettext_lazy("English"),
            {"fields": ["title_en", "summary_en", "question_en", "answer_en"], "classes": ["english"]},
        ),
        (gettext_lazy("Display"), {"fields": ["expire_at"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """What the case says is not written over here."""
        fields = super().get_readonly_fields(request, obj)
        from_the_case = ["agency", "kind", "answered_by", "asked_on", "event_date", "asker"]
        return [*dict.fromkeys([*fields, *from_the_case])] if obj and obj.case_id else fields

    def further_tasks(self, user):
        return inbox.groups(user)


# --- tables -----------------------------------------------------------------------------------------------------------


@admin.register(Term)
class TermAdmin(AuditedAdmin):
    audited_as = "term"
    audited = ("subject", "days", "unit", "legal_basis", "valid_from", "valid_to")
    list_display = ["subject", "days", "unit", "valid_from", "valid_to", "legal_basis"]
    list_filter = ["subject"]
    fields = audited


@admin.register(Paragraph)
class ParagraphAdmin(AuditedAdmin):
    audited_as = "paragraph"
    audited = ("title", "agency", "text", "is_active")
    list_display = ["title", "agency", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["title"]
    autocomplete_fields = ["agency"]
