"""The search in the back office: what people add to it."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationAdmin

from portal.backoffice.audited import AuditedAdmin
from portal.backoffice.readonly import with_fact
from portal.search import upkeep
from portal.search.models import BestBet, SynonymGroup, lines


def try_url(query):
    return f"{reverse('search')}?{urlencode({'q': query})}"


@admin.register(SynonymGroup)
class SynonymGroupAdmin(AuditedAdmin):
    audited_as = "synonyms"
    audited = ("wordings", "is_active")
    list_display = ["shown_item", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["wordings"]

    @admin.display(description=gettext_lazy("wordings"), ordering="wordings")
    def shown_item(self, group):
        return str(group)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        sentence = _("“%(wording)s” also stands in the group “%(group)s”: who types it finds what both groups say.")
        for wording, other in upkeep.shared_wordings(obj):
            messages.warning(request, sentence % {"wording": wording, "group": other})


@admin.register(BestBet)
class BestBetAdmin(AuditedAdmin, TranslationAdmin):
    audited_as = "bet"
    audited = (
        "queries",
        "title_vi",
        "title_en",
        "description_vi",
        "description_en",
        "address",
        "valid_from",
        "valid_to",
        "position",
    )
    list_display = ["shown_item", "shown_queries", "shown_validity", "position", "shown_try"]
    search_fields = ["title_vi"]
    readonly_fields = ["shown_try"]
    fieldsets = [
        (None, {"fields": ["queries", "shown_try", "address"]}),
        (gettext_lazy("Vietnamese"), {"fields": ["title_vi", "description_vi"]}),
        (gettext_lazy("English"), {"fields": ["title_en", "description_en"], "classes": ["english"]}),
        (gettext_lazy("Display"), {"fields": ["valid_from", "valid_to", "position"]}),
    ]

    def words(self, row):
        return f"{row.title_vi} {row.title_en} {row.queries} {row.address}"

    @admin.display(description=gettext_lazy("title"), ordering="title_vi")
    def shown_item(self, bet):
        return with_fact(bet.title, bet.address)

    @admin.display(description=gettext_lazy("queries"))
    def shown_queries(self, bet):
        return format_html_join("", "<div>{}</div>", [(line,) for line in lines(bet.queries)])

    @admin.display(description=gettext_lazy("Display"), ordering="valid_from")
    def shown_validity(self, bet):
        return with_fact(_period(bet), _stage(bet, timezone.localdate()))

    @admin.display(description=gettext_lazy("test"))
    def shown_try(self, bet):
        typed = lines(bet.queries)
        return format_html('<a href="{}">{}</a>', try_url(typed[0]), _("Try it")) if typed else "–"


def _period(bet):
    days = {"first": _day(bet.valid_from), "last": _day(bet.valid_to)}
    if all(days.values()):
        return f"{days['first']} – {days['last']}"
    if not any(days.values()):
        return _("always")
    return _("from %(first)s") % days if days["first"] else _("until %(last)s") % days


def _day(day):
    return date_format(day, "d/m/Y") if day else ""


def _stage(bet, day):
    if bet.valid_from and bet.valid_from > day:
        return _("not yet shown")
    return _("no longer shown") if bet.valid_to and bet.valid_to < day else _("shown now")
