"""What a request asks the search for, among what its site may find, and what is shown of the hits."""

from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.publishing.registry import categories, category
from portal.search import facets, lookup, pages, wordings
from portal.search.models import IndexEntry
from portal.search.query import parse, readable
from portal.search.snippets import holds, mark, snippet
from portal.search.tokens import folded_words, typed_words
from portal.subsites.links import root_url, site_url
from portal.subsites.models import Site
from portal.web.cards import files_url, short_name
from portal.web.context import sections_of
from portal.web.search_form import NEWEST, SearchForm

MOST_PLACES = 3


class Search:
    """Everything is asked of the database only where it is needed."""

    def __init__(self, request):
        self.request, self.language = request, get_language()
        self.typed = readable(request.GET.get("q", "")).strip()
        self.query = self.parse(self.typed)

    @cached_property
    def _synonyms(self):
        return wordings.synonyms()

    def parse(self, text):
        return parse(text, self._synonyms)

    @cached_property
    def sites(self):
        return {row.agency_id: row for row in Site.objects.filter(is_active=True).select_related("agency")}

    @cached_property
    def form(self):
        """Without what only narrows kinds that are not asked for."""
        kinds = [row for row in categories() if self.request.site.is_root or not row.portal_only]
        kind = self.request.GET.get(facets.KIND)
        rows = list(facets.dimensions(kinds, self._site_choices()))
        if kind in [row.code for row in kinds]:
            rows = [row for row in rows if row.kind in ("", kind)]
        return SearchForm(self.request.GET, rows)

    def _site_choices(self):
        if not self.request.site.is_root:
            return []
        return [(row.agency_id, row.agency.code, short_name(row)) for row in self.sites.values()]

    @cached_property
    def entries(self):
        entries = IndexEntry.objects.findable().on_sites_of(list(self.sites))
        return entries if self.request.site.is_root else entries.found_on(self.request.site.agency)

    @property
    def is_asked(self):
        return bool(self.query or self.form.is_narrowed)

    def find(self, narrowed=None):
        narrowed = self.form.narrowed() if narrowed is None else narrowed
        by_day = self.form.chosen.get("xep") == NEWEST
        return narrowed.find(self.entries, self.query, language=self.language, by_day=by_day)

    @cached_property
    def found(self):
        return self.find() if self.is_asked else lookup.Found()

    def counts(self):
        return facets.counts(self.found, list(self.form.dimensions.values()), self.form.narrowed(), self._newest)

    def _newest(self, narrowed):
        return narrowed.newest(self.entries, self.query, language=self.language)

    def entries_of(self, rows):
        """The entries of found rows, in their order."""
        known = IndexEntry.objects.for_hits().in_bulk([row["pk"] for row in rows])
        return [known[row["pk"]] for row in rows if row["pk"] in known]

    # --- what is shown of an entry ------------------------------------------------------------------------------------

    def hits(self, entries):
        """With the words marked, and for words that stand in a file alone with their page."""
        in_files = self._pages(entries)
        badges = facets.badges(entries, self.found)
        shown = [(entry, in_files.get((entry.category, entry.object_id))) for entry in entries]
        return [self._hit(entry, badges) | self._words(entry, page) for entry, page in shown]

    def plain_hits(self, entries):
        """As they begin: for what comes near a long text, of which every third word would be marked."""
        badges = facets.badges(entries, self.found)
        return [
            self._hit(entry, badges) | {"title_html": entry.title, "summary_html": entry.summary} for entry in entries
        ]

    def _pages(self, entries):
        silent = [entry for entry in entries if not holds(_readable(entry), self.query)] if self.query else []
        rows = [{"category": entry.category, "object_id": entry.object_id} for entry in silent]
        return pages.best_pages(rows, [term.wordings[0].folded for term in self.query.terms])

    def _hit(self, entry, badges):
        site = self.sites[entry.agency_id]
        return {
            "entry": entry,
            "url": self.url_of(entry),
            "date": entry.dated_on,
            "site_name": short_name(site) if self.request.site.is_root or site.label != self.request.site.label else "",
            "category": self._titles.get(entry.category, ""),
            "lang": entry.lang,
            "is_archived": entry.is_archived,
            "status": badges.get(entry.pk),
        }

    def _words(self, entry, page):
        """The summary where the title does not say what it is about; an excerpt where that has not all the words."""
        told = page is not None or not category(entry.category).headlines
        text = page.text if page else entry.body if told else _readable(entry)
        spoken = told and (page is not None or not holds(f"{entry.title} {entry.summary}", self.query))
        return {
            "title_html": mark(entry.title, self.query),
            "summary_html": mark(entry.summary, self.query) if told else "",
            "snippet_html": snippet(text, self.query) if spoken or not told else "",
            "page": page and self._place(entry, page),
        }

    def _place(self, entry, page):
        url = self._page_url(self.sites[entry.agency_id], page)
        return {"number": page.number, "title": page.attachment.title, "url": url}

    def url_of(self, entry):
        return site_url(self.request, self.sites[entry.agency_id].label, entry.path)

    def _page_url(self, site, page):
        """Of the file as its own site serves it; browsers open a PDF on that page."""
        path = page.attachment.path()
        if site.label != self.request.site.label:
            return f"{site_url(self.request, site.label, path, language='vi')}#page={page.number}"
        return f"{files_url(path)}#page={page.number}"

    @cached_property
    def _titles(self):
        return {row.code: row.title for row in categories()}

    def url_of_page(self, path):
        """Of a page that the portal has: that of this site where it has one too, as its contacts are its own."""
        own = {known for _title, known in _fixed_pages()} | {row.path for row in sections_of(self.request).values()}
        return site_url(self.request, self.request.site.label, path) if path in own else root_url(self.request, path)

    # --- what people call for by its name -----------------------------------------------------------------------------

    def places(self):
        """Sites, sections and pages whose name holds all the words."""
        return self._shortest(self.query.terms, "")

    def begun_places(self):
        """The same while the last word is still in the typing."""
        if not self.query.open_end:
            return self.places()
        *whole, last = self.query.terms
        return self._shortest(whole, last.wordings[0].folded[-1])

    def _shortest(self, terms, beginning):
        if not (terms or beginning):
            return []
        found = [row for row, called in self._known_places() if _names(called, terms, beginning)]
        return sorted(found, key=lambda row: len(row["title"]))[:MOST_PLACES]

    def _known_places(self):
        """(what is shown, what it is called by)"""
        label = self.request.site.label
        if self.request.site.is_root:
            for site in self.sites.values():
                if not site.is_root:
                    title, name = short_name(site), site.agency.name
                    yield {"title": title, "url": site_url(self.request, site.label)}, f"{title} {name}"
        pages = [(section.title, section.path) for section in sections_of(self.request).values()]
        for title, path in [*pages, *_fixed_pages()]:
            yield {"title": title, "url": site_url(self.request, label, path)}, title


def _names(called, terms, beginning):
    """Whether the name holds every term in one of its wordings, and a word that begins so.

    What is typed with diacritics means what is written so, "sổ đỏ" no "sơ đồ"; only đ and d may stand for each other.
    """
    typed = typed_words(called)
    known = {*folded_words(typed), *map(_with_d, typed)}
    begun = not beginning or any(word.startswith(beginning) for word in known)
    return begun and all(any(known.issuperset(map(_with_d, row.typed)) for row in term.wordings) for term in terms)


def _with_d(word):
    return word.replace("đ", "d")


def _fixed_pages():
    return [
        (_("Introduction"), "/gioi-thieu/"),
        (_("Contact"), "/lien-he/"),
        (_("Online public services"), "/dich-vu-cong-truc-tuyen/"),
        (_("Progress of duties"), "/cong-khai-tien-do/"),
        (_("Site map"), "/so-do-cong/"),
    ]


def _readable(entry):
    return f"{entry.summary} {entry.body}"
