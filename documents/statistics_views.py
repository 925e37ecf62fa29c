from django import forms
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from documents.models import StatisticalReport
from portal.search.models import IndexEntry
from portal.subsites.links import site_url
from portal.web import items
from portal.web.cards import cards, site_names
from portal.web.context import sections_of
from portal.web.views import PER_PAGE, crumbs

SECTION = "thong-ke"
FACTS = ("pk", "event_date", "decision", "period_from", "period_to")


class FilterForm(forms.Form):
    """Narrows the reports by the year of the decision to publish and, on the portal itself, by agency."""

    nam = forms.ChoiceField(label=gettext_lazy("Year of the decision"), required=False)
    co_quan = forms.ChoiceField(label=gettext_lazy("Agency"), required=False)

    def __init__(self, data, *, years, agencies):
        super().__init__(data)
        self.fields["nam"].choices = [("", _("All years")), *[(f"{year}", f"{year}") for year in years]]
        if agencies:
            self.fields["co_quan"].choices = [("", _("All agencies")), *agencies]
        else:
            del self.fields["co_quan"]

    @classmethod
    def of(cls, request, reports):
        """With the choices that these reports leave open."""
        days = reports.order_by().dates("event_date", "year", order="DESC")
        return cls(
            request.GET,
            years=[day.year for day in days],
            agencies=_agencies(request, reports) if request.site.is_root else [],
        )

    def chosen(self):
        """The values that are on offer; the errors of the others stand beside their fields."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _agencies(request, reports):
    """[(code, name)] of the agencies that have such reports, the portal's own first."""
    names = site_names(request)
    codes = dict(reports.order_by().values_list("agency", "agency__code").distinct())
    rows = [(label, code, name) for pk, (label, name) in names.items() if (code := codes.get(pk))]
    return [(code, name) for label, code, name in sorted(rows, key=lambda row: (row[0] != "", row[2]))]


def statistics_list(request):
    """The reports of this site, archived ones marked; on the portal itself those of all sites that are switched on."""
    entries = _entries(request)
    reports = StatisticalReport.objects.filter(pk__in=entries.values("object_id"))
    form = FilterForm.of(request, reports)
    chosen = form.chosen()
    found = _narrowed(reports, chosen).order_by("-event_date", "-pk").values(*FACTS)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    page.object_list = _rows(request, page.object_list, entries)
    section = sections_of(request)[SECTION]
    context = {
        "heading": section.title,
        "intro": section.description or _("Results of surveys that the heads of agencies decided to make public."),
        "breadcrumbs": crumbs(request, *_trail(request)),
        "filter_form": form,
        "is_narrowed": bool(chosen),
        "page": page,
        "feed_url": reverse("section_feed", args=[SECTION]),
    }
    return render(request, "documents/statistics_list.html", context)


def _entries(request):
    entries = IndexEntry.objects.in_language(get_language()).findable().filter(category="statistics")
    if request.site.is_root:
        return entries.filter(agency__site__is_active=True).for_cards()
    return entries.of(request.site.agency).for_cards()


def _narrowed(reports, chosen):
    if year := chosen.get("nam"):
        reports = reports.filter(event_date__year=year)
    if code := chosen.get("co_quan"):
        reports = reports.filter(agency__code=code)
    return reports


def _rows(request, found, entries):
    """The facts of each report with the card of its title."""
    found = list(found)
    shown = list(entries.filter(object_id__in=[facts["pk"] for facts in found]))
    by_report = dict(zip([row.object_id for row in shown], cards(request, shown, {}), strict=True))
    return [{"card": by_report[facts["pk"]], **facts} for facts in found if facts["pk"] in by_report]


def _trail(request):
    known = sections_of(request)
    section = known[SECTION]
    above = [known[section.parent]] if section.parent in known else []
    return [(row.title, row.path) for row in [*above, section]]


# --- one report -------------------------------------------------------------------------------------------------------


def _report_or_404(request, pk):
    return items.item_or_404(request, StatisticalReport.objects, pk)


def statistics_detail(request, slug, pk):
    item = _report_or_404(request, pk)
    if item.is_gone and not items.is_preview(request, item):
        return items.withdrawn(request, item, *_trail(request))
    if slug != item.slug:
        return redirect(reverse("statistics:detail", args=[item.slug, pk], query=request.GET), permanent=True)
    return render(request, "documents/statistics_detail.html", _context(request, item))


def statistics_print(request, slug, pk):
    item = _report_or_404(request, pk)
    if item.is_gone:
        return items.withdrawn(request, item, *_trail(request))
    return render(request, "documents/statistics_print.html", _shown(request, item))


def statistics_superseded(request, slug, pk, revision):
    """A text that a correction replaced: readable for ever, and marked as superseded."""
    item = _report_or_404(request, pk)
    if item.is_gone:
        return items.withdrawn(request, item, *_trail(request))
    superseded_on = items.put_back(item, revision)
    context = _shown(request, item) | {
        "superseded_on": superseded_on,
        "current_url": site_url(request, request.site.label, item.path()),
        "breadcrumbs": crumbs(request, *_trail(request)),
    }
    return render(request, "documents/statistics_detail.html", context)


def _shown(request, item):
    """What every view of the report needs: its language and the parts of Article 12 of Decree 43/2011."""
    context = items.shown(request, item, ["title", "summary", *item.PARTS])
    return context | {"item": item, "parts": [_part(item, name) for name in item.PARTS]}


def _part(item, name):
    title = capfirst(item._meta.get_field(name).verbose_name)
    return {"anchor": f"part-{name}", "title": title, "html": mark_safe(_one_level_down(getattr(item, name) or ""))}


def _one_level_down(html):
    """Sanitised markup with its headings below that of the part. An h3 before the first h2 is below it already."""
    start, mark, rest = html.partition("<h2")
    rest = mark + rest
    for level in (3, 2):
        rest = rest.replace(f"<h{level}", f"<h{level + 1}").replace(f"</h{level}", f"</h{level + 1}")
    return start + rest


def _context(request, item):
    corrections = items.applied(item)
    context = _shown(request, item) | items.around(request, item, corrections)
    return context | {
        "corrections": [_correction(item, revision) for revision in corrections],
        "citation": items.citation(item, context["canonical_url"]),
        "structured_data": _structured_data(item, context),
        "print_url": reverse("statistics:print", args=[item.slug, item.pk]),
        "breadcrumbs": crumbs(request, *_trail(request)),
    }


def _correction(item, revision):
    url = reverse("statistics:superseded", args=[item.slug, item.pk, revision.pk])
    return {"note": revision.note, "date": revision.decided_at, "url": url}


def _structured_data(item, context):
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": item.title,
        "description": item.summary,
        "temporalCoverage": f"{item.period_from:%Y-%m-%d}/{item.period_to:%Y-%m-%d}",
        "inLanguage": context["text_lang"] or get_language(),
        "datePublished": item.published_at.isoformat() if item.published_at else None,
        "creator": {"@type": "Person", "name": item.author},
        "publisher": {"@type": "GovernmentOrganization", "name": item.agency.name},
        "isAccessibleForFree": True,
        "mainEntityOfPage": context["canonical_url"],
    }
    return items.linked_data(data)
