"""What readers ask the search for, as the back office shows it: counts by month, nothing of a person."""

from operator import attrgetter
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.backoffice.readonly import ReadOnlyAdmin, with_fact
from portal.backoffice.search import try_url
from portal.backoffice.searching import ShortTableSearch
from portal.backoffice.spreadsheet import csv_response
from portal.editorial import policy
from portal.search import counting, figures
from portal.search.models import QueryCount
from portal.subsites.links import site_url


class MonthFilter(admin.SimpleListFilter):
    """Without a choice the list shows the present month."""

    title = gettext_lazy("month")
    parameter_name = "thang"
    ALL = "tat-ca"

    def lookups(self, request, model_admin):
        months = [(f"{month:%Y-%m}", f"{month:%m/%Y}") for month in counting.months_kept()]
        return [*months, (self.ALL, _("All months"))]

    def value(self):
        asked = super().value()
        return asked if asked in {key for key, _name in self.lookup_choices} else self.lookup_choices[0][0]

    def month(self):
        """Its first day, None for all."""
        return next((day for day in counting.months_kept() if f"{day:%Y-%m}" == self.value()), None)

    def choices(self, changelist):
        for key, name in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: key})
            yield {"selected": self.value() == key, "query_string": query, "display": name}

    def queryset(self, request, queryset):
        return queryset if self.value() == self.ALL else queryset.filter(month=self.month())


class FoundFilter(admin.SimpleListFilter):
    title = gettext_lazy("result")
    parameter_name = "ket-qua"

    def lookups(self, request, model_admin):
        return [("khong", _("Found nothing")), ("khong-lan-nao", _("Never found anything"))]

    def queryset(self, request, queryset):
        if self.value() == "khong":
            return queryset.filter(without_result__gt=0)
        return queryset.filter(without_result=F("searches")) if self.value() == "khong-lan-nao" else queryset


def month_in_words(asked):
    return f"{asked.month:%m/%Y}"


def language_in_words(asked):
    return dict(settings.LANGUAGES).get(asked.language, asked.language)


def rate(asked):
    """How many results were opened in a hundred searches. One search may lead to several."""
    return round(100 * asked.clicks / asked.searches) if asked.searches else 0


COLUMNS = [  # of the exported table
    (gettext_lazy("month"), month_in_words),
    (gettext_lazy("query"), attrgetter("query")),
    (gettext_lazy("language"), language_in_words),
    (gettext_lazy("asked"), attrgetter("searches")),
    (gettext_lazy("without a result"), attrgetter("without_result")),
    (gettext_lazy("results opened"), attrgetter("clicks")),
    (gettext_lazy("opened in 100 searches"), rate),
]


@admin.register(QueryCount)
class QueryCountAdmin(ShortTableSearch, ReadOnlyAdmin):
    """Read only, for who looks after the platform and for the board of the portal itself. Nothing in it is personal."""

    list_display = ["shown_item", "searches", "without_result", "shown_clicks"]
    list_filter = [MonthFilter, FoundFilter]
    list_per_page = 50
    search_fields = ["query"]
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/search/queries.html"

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(query="")

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term) if search_term else (queryset, False)

    @admin.display(description=gettext_lazy("query"), ordering="query")
    def shown_item(self, asked):
        return with_fact(asked.query, f"{month_in_words(asked)} · {language_in_words(asked)}")

    @admin.display(description=gettext_lazy("results opened"), ordering="clicks")
    def shown_clicks(self, asked):
        return with_fact(asked.clicks, _("%(count)d in 100 searches") % {"count": rate(asked)})

    def get_list_display(self, request):
        return [*self.list_display, shown_remedies(request.user)] if may_help(request.user) else self.list_display

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or is_on_the_portals_board(request.user)

    has_module_permission = has_view_permission

    def get_urls(self):
        export = self.admin_site.admin_view(self.export)
        return [path("xuat/", export, name="search_querycount_export"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        page = super().changelist_view(request, extra_context)
        if changelist := getattr(page, "context_data", {}).get("cl"):
            page.context_data |= {"month": _month(changelist), "totals": figures.totals(_month(changelist))}
        return page

    def export(self, request):
        """The rows of the list as it is narrowed and sorted."""
        if not self.has_view_permission(request):
            raise Http404
        try:
            changelist = self.get_changelist_instance(request)
        except IncorrectLookupParameters as refused:
            raise Http404 from refused
        month = _month(changelist)
        rows = [[read(asked) for _name, read in COLUMNS] for asked in changelist.queryset]
        name = f"tim-kiem-{month:%Y-%m}.csv" if month else "tim-kiem.csv"
        return csv_response(name, [column for column, _read in COLUMNS], rows)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        asked = self.get_object(request, unquote(object_id))
        if asked is None or request.method == "POST" or not self.has_view_permission(request, asked):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": asked,
            "title": str(asked),
            "asked": asked,
            "month": month_in_words(asked),
            "language": language_in_words(asked),
            "rate": rate(asked),
            "opened": [_opened(request, *row, asked.language) for row in figures.opened(asked)],
            "remedies": remedies(request.user, asked.query),
            "try_url": try_url(asked.query),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/search/query.html", context)

    def history_view(self, request, object_id, extra_context=None):
        return redirect("admin:search_querycount_change", object_id)


def is_on_the_portals_board(user):
    """Whether the person answers for the portal itself, where all searches are counted together."""
    return policy.agencies(user, "inspect").filter(site__label="").exists()


def remedies(user, query):
    """[(address, words)] of the forms that the person may fill in to help those who ask this."""
    offered = [
        ("synonymgroup", "wordings", _("Add synonyms")),
        ("bestbet", "queries", _("Recommend a result")),
    ]
    return [
        (f"{reverse(f'admin:search_{model}_add')}?{urlencode({field: query})}", words)
        for model, field, words in offered
        if user.has_perm(f"search.add_{model}")
    ]


def may_help(user):
    return bool(remedies(user, ""))


def shown_remedies(user):
    """A column for this person: the remedies for what found nothing."""

    @admin.display(description=gettext_lazy("help the readers"))
    def shown_remedies(asked):
        rows = remedies(user, asked.query) if asked.without_result else []
        return format_html_join("", '<div><a href="{}">{}</a></div>', rows) or "–"

    return shown_remedies


def _month(changelist):
    return next(row.month() for row in changelist.filter_specs if isinstance(row, MonthFilter))


def _opened(request, times, entry, language):
    if entry is None:
        return {"times": times}
    url = site_url(request, entry["agency__site__label"], entry["path"], language)
    lang = entry["text_language"]
    return {"times": times, "title": entry["title"], "url": url, "lang": lang}
