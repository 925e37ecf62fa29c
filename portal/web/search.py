"""The search of the portal: one box over all categories and sites, its suggestions, its feed, what browsers ask."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.notices.feeds import write_feed
from portal.publishing.registry import categories
from portal.search import counting, facets, lookup, pages, wordings
from portal.search.models import IndexEntry
from portal.search.query import LONGEST, parse
from portal.search.snippets import holds, mark, snippet
from portal.subsites.links import canonical_url, root_url, site_url
from portal.subsites.models import Site
from portal.text.fold import words
from portal.web.cards import files_url, short_name
from portal.web.context import sections_of
from portal.web.fields import DayField
from portal.web.views import PER_PAGE, crumbs

PATH = "/tim-kiem/"
MOST_PLACES = 3
MOST_SUGGESTIONS = 8
FEED_LENGTH = 30
NEWEST = "moi-nhat"


class SearchForm(forms.Form):
    """The words and what narrows them; every value is in the address."""

    q = forms.CharField(label=gettext_lazy("Words to search for"), required=False)
    tu = DayField(label=gettext_lazy("From"), required=False)
    den = DayField(label=gettext_lazy("Until"), required=False)
    xep = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[("", gettext_lazy("Best match first")), (NEWEST, gettext_lazy("Newest first"))],
    )

    def __init__(self, data, dimensions):
        super().__init__(data)
        self.dimensions = {row.name: row for row in dimensions}
        for row in dimensions:
            choices = [("", _("All")), *[(choice.code, choice.label) for choice in row.choices]]
            self.fields[row.name] = forms.ChoiceField(label=row.title, required=False, choices=choices)

    @cached_property
    def chosen(self):
        """The values that are filled in and sound; the errors of the others stand beside their fields."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrowed(self):
        chosen = {row: row.choice(self.chosen[name]) for name, row in self.dimensions.items() if name in self.chosen}
        return facets.Narrowed(chosen, self.chosen.get("tu"), self.chosen.get("den"))

    @property
    def is_narrowed(self):
        return bool(set(self.chosen) - {"q", "xep"})

    def with_counts(self, found, counts):
        """Says in each choice how many results it has; choices without any are left out."""
        for row, counted in counts.items():
            kept = [row for row in self.fields[row.name].choices if not row[0]]
            for choice in row.choices:
                number = counted.get(choice.code, 0)
                if number or found.is_capped or self.chosen.get(row.name) == choice.code:
                    kept.append((choice.code, _labelled(choice.label, number, found.is_capped)))
            if len(kept) > 1:
                self.fields[row.name].choices = kept
            else:
                del self.fields[row.name]

    def further_fields(self):
        order = [name for name in self.fields if name in self.dimensions] + ["tu", "den", "xep"]
        return [self[name] for name in order]


def _labelled(label, number, at_least):
    return f"{label} ({_number(number)}{'+' if at_least else ''})" if number else label


def _number(number):
    return f"{number:,}".replace(",", "," if get_language() == "en" else ".")


class Search:
    """What a request asks for, among what this site may find."""

    def __init__(self, request):
        self.request, self.language = request, get_language()
        self.sites = {row.agency_id: row for row in Site.objects.filter(is_active=True).select_related("agency")}
        self.kinds = [row for row in categories() if request.site.is_root or not row.portal_only]
        dimensions = list(facets.dimensions(self.kinds, self._site_choices()))
        self.form = SearchForm(request.GET, dimensions)
        self.typed = self.form.chosen.get("q", "")
        self.query = parse(self.typed, wordings.synonyms())
        self.narrowed = self.form.narrowed()

    def _site_choices(self):
        if not self.request.site.is_root:
            return []
        return [(row.agency_id, row.agency.code, short_name(row)) for row in self.sites.values()]

    @cached_property
    def entries(self):
        entries = IndexEntry.objects.findable().filter(agency__in=list(self.sites))
        return entries if self.request.site.is_root else entries.found_on(self.request.site.agency)

    def find(self, narrowed=None, *, by_day=None):
        by_day = self.form.chosen.get("xep") == NEWEST if by_day is None else by_day
        return (narrowed or self.narrowed).find(self.entries, self.query, language=self.language, by_day=by_day)

    @cached_property
    def found(self):
        return self.find() if self.query or self.form.is_narrowed else lookup.Found()

    def counts(self):
        return facets.counts(self.found, list(self.form.dimensions.values()), self.narrowed, self.find)

    def entries_of(self, rows):
        """The entries of found rows, in their order."""
        known = IndexEntry.objects.defer("facets", "lead_exact", "text_folded", "words")
        known = known.in_bulk([row["pk"] for row in rows])
        return [known[row["pk"]] for row in rows if row["pk"] in known]

    def hits(self, entries):
        """What the page shows of entries."""
        silent = [entry for entry in entries if not holds(_readable(entry), self.query)] if self.query else []
        rows = [{"category": entry.category, "object_id": entry.object_id} for entry in silent]
        in_files = pages.best_pages(rows, [term.wordings[0].folded for term in self.query.terms])
        badges = facets.badges(entries)
        return [
            self._hit(entry, in_files.get((entry.category, entry.object_id)), badges.get(entry.pk)) for entry in entries
        ]

    def _hit(self, entry, page, badge):
        site = self.sites[entry.agency_id]
        text = page.text if page else _readable(entry)
        return {
            "entry": entry,
            "title_html": mark(entry.title, self.query),
            "summary": entry.summary if page else "",
            "snippet_html": snippet(text, self.query),
            "url": site_url(self.request, site.label, entry.path),
            "date": entry.dated_on,
            "site_name": short_name(site),
            "category": self._titles.get(entry.category, ""),
            "lang": entry.lang,
            "is_archived": entry.is_archived,
            "page": page and {"number": page.number, "title": page.attachment.title, "url": self._page_url(site, page)},
            "status": badge,
        }

    def _page_url(self, site, page):
        """Of the file as its own site serves it; browsers open a PDF on that page."""
        path = page.attachment.path()
        if site.label != self.request.site.label:
            return f"{site_url(self.request, site.label, path, language='vi')}#page={page.number}"
        return f"{files_url(path)}#page={page.number}"

    @cached_property
    def _titles(self):
        return {row.code: row.title for row in categories()}

    def places(self):
        """Sites, sections and pages whose name holds all the words: what people call for by its name."""
        wanted = self.query.folded
        if not wanted:
            return []
        found = [row for row in self._known_places() if set(wanted) <= set(words(row["title"]))]
        return sorted(found, key=lambda row: len(row["title"]))[:MOST_PLACES]

    def _known_places(self):
        label = self.request.site.label
        if self.request.site.is_root:
            for site in self.sites.values():
                if not site.is_root:
                    title, short = site.agency.name, short_name(site)
                    yield {"title": title if short in title else short, "url": site_url(self.request, site.label)}
        for section in sections_of(self.request).values():
            yield {"title": section.title, "url": site_url(self.request, label, section.path)}
        for title, path in _pages():
            yield {"title": title, "url": site_url(self.request, label, path)}


def _pages():
    return [
        (_("Introduction"), "/gioi-thieu/"),
        (_("Contact"), "/lien-he/"),
        (_("Online public services"), "/dich-vu-cong-truc-tuyen/"),
        (_("Progress of duties"), "/cong-khai-tien-do/"),
        (_("Site map"), "/so-do-cong/"),
    ]


def _readable(entry):
    return f"{entry.summary} {entry.body}"


# --- pages ------------------------------------------------------------------------------------------------------------


def search(request):
    """Over all categories; on a member site over what that site shows."""
    asked = Search(request)
    found, form = asked.found, asked.form
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("trang"))
    entries = asked.entries_of(page.object_list)
    page.object_list = asked.hits(entries)
    if asked.query or form.is_narrowed:
        form.with_counts(found, asked.counts())
    if asked.query and "trang" not in request.GET and not form.is_narrowed:
        counting.count_search(asked.query, asked.language, found=bool(found.rows))
    context = {
        "q": asked.typed[:LONGEST],
        "form": form,
        "asked": bool(asked.query or form.is_narrowed),
        "page": page,
        "found": found,
        "kinds": _kinds(request, asked, found),
        "removable": _removable(request, asked),
        "advice": _advice(request.GET.get("q", "").strip()),
        "bets": _bets(request, asked) if page.number == 1 else [],
        "places": asked.places() if page.number == 1 else [],
        "near": [] if found.rows else _near(asked),
        "portal_search_url": "" if request.site.is_root else root_url(request, PATH),
        "results_feed_url": f"{reverse('search_feed')}?{_without(request, 'trang', 'xep')}",
        "breadcrumbs": crumbs(request, (_("Search"), PATH)),
    }
    return render(request, "web/search.html", context)


def _advice(q):
    if len(q) > LONGEST:
        return _("Only the first %(count)d characters were used.") % {"count": LONGEST}
    if q and not any(character.isalnum() for character in q):
        return _("Type at least one word or number.")
    return ""


def _without(request, *names, **others):
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    for name, value in others.items():
        query[name] = value
    return query.urlencode()


def _kinds(request, asked, found):
    """The kinds of what was found, as links."""
    field = asked.form.fields.get(facets.KIND)
    if field is None or not asked.query:
        return []
    present = asked.form.chosen.get(facets.KIND, "")
    rows = [
        {"title": label, "url": f"?{_without(request, 'trang', facets.KIND, **({facets.KIND: code} if code else {}))}"}
        | {"current": code == present}
        for code, label in field.choices
    ]
    return rows if len(rows) > 2 or present else []


def _removable(request, asked):
    """What was chosen, each with the address without it."""
    chosen = asked.form.chosen
    rows = [
        (name, f"{row.title}: {row.choice(chosen[name]).label.lstrip('– ')}")
        for name, row in asked.form.dimensions.items()
        if name in chosen
    ]
    days = {"tu": _("From"), "den": _("Until")}
    rows += [(name, f"{title} {chosen[name]:%d/%m/%Y}") for name, title in days.items() if name in chosen]
    return [{"title": title, "url": f"?{_without(request, 'trang', name)}"} for name, title in rows]


def _bets(request, asked):
    return [
        {
            "title": row.title,
            "description": row.description,
            "url": root_url(request, row.address) if row.is_of_the_portal else row.address,
        }
        for row in wordings.best_bets(asked.query)
        if row.is_safe
    ]


def _near(asked):
    if not asked.query:
        return []
    rows = lookup.near(asked.entries, asked.query, language=asked.language)
    return asked.hits(asked.entries_of(rows))


def suggest(request):
    """Titles that hold the words so far, in the form that browsers and the box of the pages understand."""
    asked = Search(request)
    rows = lookup.suggest(asked.entries, asked.query, language=asked.language, limit=MOST_SUGGESTIONS)
    entries = asked.entries_of(rows)
    places = asked.places()
    titles = [row["title"] for row in places] + [entry.title for entry in entries]
    urls = [row["url"] for row in places]
    urls += [site_url(request, asked.sites[entry.agency_id].label, entry.path) for entry in entries]
    notes = [_("Page") for _row in places] + [_note(asked, entry) for entry in entries]
    body = [asked.typed, titles[:MOST_SUGGESTIONS], notes[:MOST_SUGGESTIONS], urls[:MOST_SUGGESTIONS]]
    return JsonResponse(body, safe=False, content_type="application/x-suggestions+json")


def _note(asked, entry):
    return f"{asked.sites[entry.agency_id]} · {entry.dated_on:%d/%m/%Y}"


def search_feed(request):
    """What the words and choices find, the newest first: to follow a matter in a feed reader."""
    asked = Search(request)
    if not (asked.query or asked.form.is_narrowed):
        raise Http404
    rows = asked.find(by_day=True).rows[:FEED_LENGTH]
    title = _("Search: %(words)s") % {"words": asked.typed or _("newest")}
    labels = {agency: site.label for agency, site in asked.sites.items()}
    path = f"{PATH}?{_without(request, 'trang')}"
    entries = [(entry, labels[entry.agency_id]) for entry in asked.entries_of(rows)]
    return write_feed(request, entries, f"{title} – {request.site.name}", path)


def open_search(request):
    """What a browser needs to offer the search of this site in its address bar."""
    label = request.site.label
    context = {
        "short_name": request.site.name[:16].strip(),
        "address": canonical_url(request, label, PATH),
        "suggestions": canonical_url(request, label, f"{PATH}goi-y/"),
        "feed": canonical_url(request, label, f"{PATH}rss/"),
        "icon": canonical_url(request, "", "/favicon.ico", language="vi"),
    }
    content_type = "application/opensearchdescription+xml"
    return render(request, "web/opensearch.xml", context, content_type=content_type)


@csrf_exempt  # counts and nothing else; no cookie is read
@require_POST
def result_opened(request):
    """A script of the results page tells which result was opened; nothing tells who did."""
    pk = request.POST.get("ma", "")
    if pk.isascii() and pk.isdigit() and len(pk) < 19:
        query = parse(request.POST.get("q", ""))
        kind = request.POST.get("muc", "")
        counting.count_click(query, get_language(), category=kind, object_id=int(pk))
    return HttpResponse(status=204)
