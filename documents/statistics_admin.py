from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from documents.models import StatisticalReport
from portal.backoffice.inlines import AttachmentInline
from portal.backoffice.publishable import PublishableAdmin

LABELS = {"event_date": _("Date of the decision to publish")}
HELP_TEXTS = {
    "event_date": _("The day on which the head of the agency decided to publish: the ten working days begin with it."),
    "period_from": _("First day of the time in which the survey was carried out or which the figures cover."),
    "figures": _("The figures themselves, best as tables whose first row names the columns."),
    "report": _("What the figures say."),
    "method": _("How the figures were collected and computed: kind of survey, sample, units, sources."),
    "analysis": _("What explains the figures: comparison with earlier periods, causes, outlook."),
}


@admin.register(StatisticalReport)
class StatisticalReportAdmin(PublishableAdmin):
    inlines = [AttachmentInline]  # charts are attached as files: the public page has no gallery
    list_display = ["shown_title", "shown_state", "shown_decision", "publish_at", "shown_edit"]
    revisable = (
        *PublishableAdmin.revisable,
        *[f"{name}_{language}" for name in StatisticalReport.PARTS for language in ("vi", "en")],
        "event_date",
        "decision",
        "period_from",
        "period_to",
        "expire_at",
    )
    fieldsets = [
        (None, {"fields": ["version", "agency"]}),
        (
            _("Decision to publish (Article 9.1 g)"),
            {
                "fields": ["event_date", "decision"],
                "description": _(
                    "Article 9.1 g: “For statistical information and reports: the time for updating is no more than "
                    "10 (ten) working days after the head of the agency decided to publish the statistics.”"
                ),
            },
        ),
        (_("Vietnamese"), {"fields": ["title_vi", "summary_vi"]}),
        (
            _("Contents (Article 12 of Decree 43/2011)"),
            {
                "fields": ["figures_vi", "report_vi", "method_vi", "analysis_vi", "period_from", "period_to"],
                "description": _(
                    "Article 12 of Decree 43/2011 asks for all of these: figures, statistical report, statistical "
                    "method, analysis of the figures, time of implementation. Without one of them the report cannot "
                    "be submitted."
                ),
            },
        ),
        (_("Author and source (Article 5.3)"), {"fields": ["author", "source"]}),
        (
            _("English"),
            {
                "fields": ["title_en", "summary_en", "figures_en", "report_en", "method_en", "analysis_en"],
                "classes": ["english"],
                "description": _("The English page shows the translation once all of its parts are there."),
            },
        ),
        (_("Display"), {"fields": ["expire_at"]}),
    ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Labels for the fields that are only shown, too."""
        words = {"labels": LABELS, "help_texts": {name: HELP_TEXTS[name] for name in LABELS}}
        return super().get_form(request, obj, change=change, **words | kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Also for the form of a proposed change, which is not made by get_form."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            name = db_field.name.removesuffix("_vi").removesuffix("_en")
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP_TEXTS.get(name, field.help_text)
        return field

    @admin.display(description=_("decision to publish"), ordering="event_date")
    def shown_decision(self, item):
        return f"{item.decision}, {item.event_date:%d/%m/%Y}"
