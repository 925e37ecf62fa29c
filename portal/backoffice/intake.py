"""What public forms say and ask: the texts to accept, and the questions that tell people from programs."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationAdmin

from portal.backoffice.audited import AuditedAdmin
from portal.backoffice.readonly import with_fact
from portal.intake.models import Challenge, Statement


@admin.register(Statement)
class StatementAdmin(AuditedAdmin, TranslationAdmin):
    """A text that somebody has accepted is ended and followed by a new one, never changed or removed."""

    audited_as = "statement"
    audited = (*Statement.FIXED, "valid_to")

    list_display = ["shown_item", "shown_validity", "legal_basis"]
    search_fields = ["code"]
    fieldsets = [
        (None, {"fields": ["code", "legal_basis", "valid_from", "valid_to"]}),
        (gettext_lazy("Vietnamese"), {"fields": ["purpose_vi", "text_vi"]}),
        (gettext_lazy("English"), {"fields": ["purpose_en", "text_en"], "classes": ["english"]}),
    ]

    def words(self, row):
        return f"{row.code} {row.purpose_vi} {row.purpose_en} {row.text_vi} {row.legal_basis}"

    @admin.display(description=gettext_lazy("purpose"), ordering="code")
    def shown_item(self, statement):
        return with_fact(statement.purpose, statement.code)

    @admin.display(description=gettext_lazy("Validity"), ordering="valid_from")
    def shown_validity(self, statement):
        days = {"first": date_format(statement.valid_from, "d/m/Y")}
        if statement.valid_to is None:
            return _("from %(first)s") % days
        return f"{days['first']} – {date_format(statement.valid_to, 'd/m/Y')}"

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.acceptances.exists())


@admin.register(Challenge)
class ChallengeAdmin(AuditedAdmin, TranslationAdmin):
    audited_as = "challenge"
    audited = ("question_vi", "question_en", "answers", "is_active")
    list_display = ["question", "shown_answers", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["question_vi"]
    fieldsets = [(None, {"fields": ["question_vi", "question_en", "answers", "is_active"]})]

    def words(self, row):
        return f"{row.question_vi} {row.question_en} {row.answers}"

    @admin.display(description=gettext_lazy("answers"))
    def shown_answers(self, challenge):
        return format_html_join(", ", "{}", [(line,) for line in challenge.answers.splitlines()])
