"""The pages of the search: results, suggestions, a feed, what browsers ask, and what comes near a question."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.notices.feeds import write_feed
from portal.publishing.registry import categories, category
from portal.search import counting, facets, lookup, wordings
from portal.search.models import IndexEntry
from portal.search.query import LONGEST, parse
from portal.search.questions import about
from portal.search.shorter import which_find
from portal.subsites.links import canonical_url, root_url
from portal.web.cards import short_name
from portal.web.search_form import DAYS
from portal.web.searching import Search
from portal.web.views import PER_PAGE, crumbs

PATH = "/tim-kiem/"
MOST_SUGGESTIONS = 8
MOST_TRIED, MOST_FEWER = 9, 3
FEED_LENGTH = 30
NAME_LENGTH = 16  # of a search engine, by OpenSearch 1.1
LONGEST_NOTE = 100


def search(request):
    """Over all categories; on a member site over what that site shows."""
    asked = Search(request)
    page = Paginator(asked.found.rows, PER_PAGE).get_page(request.GET.get("trang"))
    page.object_list = asked.hits(asked.entries_of(page.object_list))
    if asked.is_asked:
        asked.form.with_counts(asked.found, asked.counts())
    _count(request, asked)
    context = _words(request, asked) | _around(request, asked, page) | {"page": page, "found": asked.found}
    if asked.is_asked and not asked.found.rows:
        context |= _instead(request, asked)
    return render(request, "web/search.html", context)


def _count(request, asked):
    if asked.query and "trang" not in request.GET and not asked.form.is_narrowed:
        counting.count_search(asked.query, asked.language, found=bool(asked.found.rows))


def _words(request, asked):
    """What was asked, and how else it can be asked: the kind by links of its own."""
    names = asked.form.removable()
    names.pop(facets.KIND, None)
    return {
        "q": asked.typed[:LONGEST],
        "form": asked.form,
        "asked": asked.is_asked,
        "kinds": _kinds(request, asked),
        "removable": [{"title": names[name], "url": _address(request, asked, name)} for name in names],
        "unnarrowed_url": _address(request, asked, *asked.form.dimensions, *DAYS, "xep"),
        "advice": _advice(asked.typed),
    }


def _around(request, asked, page):
    first = page.number == 1
    bets = _bets(request, asked) if first else []
    places = asked.places() if first and not asked.form.is_narrowed else []
    recommended = {row["url"] for row in bets}
    return {
        "bets": bets,
        "places": [row for row in places if row["url"] not in recommended],
        "portal_search_url": "" if request.site.is_root else root_url(request, PATH),
        "results_feed_url": reverse("search_feed") + _address(request, asked, "xep"),
        "breadcrumbs": crumbs(request, (_("Search"), PATH)),
    }


def _advice(typed):
    if len(typed) > LONGEST:
        return _("Only the first %(count)d characters were used.") % {"count": LONGEST}
    if typed and not any(character.isalnum() for character in typed):
        return _("Type at least one word or number.")
    return ""


def _address(request, asked, *left_out, **others):
    """The query of the present page, from its first page on, without what is empty or out of force."""
    known = {"q", *DAYS, "xep", *asked.form.dimensions} - set(left_out)
    values = {name: value for name, value in request.GET.items() if name in known and value}
    if "q" in values:
        values["q"] = asked.typed[:LONGEST]
    return f"?{urlencode(values | others)}"


def _kinds(request, asked):
    """The kinds of what was found, as links; what narrows only one kind stays behind with it."""
    field = asked.form.fields.get(facets.KIND)
    if field is None or not asked.is_asked:
        return []
    present = asked.form.chosen.get(facets.KIND, "")
    own = {
        code: [row.name for row in asked.form.dimensions.values() if row.kind not in ("", code)] for code in _codes()
    }
    rows = [
        {
            "title": label,
            "url": _address(request, asked, facets.KIND, *own.get(code, ()), **({facets.KIND: code} if code else {})),
            "current": code == present,
        }
        for code, label in field.choices
    ]
    return rows if len(rows) > 2 or present else []


def _codes():
    return [row.code for row in categories()]


def _bets(request, asked):
    return [
        {
            "title": row.title,
            "description": row.description,
            "url": asked.url_of_page(row.address) if row.is_of_the_portal else row.address,
        }
        for row in wordings.best_bets(asked.query)
        if row.is_safe
    ]


# --- when nothing was found -------------------------------------------------------------------------------------------


def _instead(request, asked):
    """What was found without the choices; for words alone fewer of them, and what holds most of them."""
    if not asked.query:
        return {}
    if asked.form.is_narrowed:
        rows = asked.find(facets.Narrowed()).rows
        return {"elsewhere": asked.hits(asked.entries_of(rows[: lookup.MOST_NEAR]))}
    rows = lookup.near(asked.entries, about(asked.typed) or asked.query, language=asked.language)
    return {"fewer": _fewer(request, asked), "near": asked.hits(asked.entries_of(rows))}


def _fewer(request, asked):
    """The query with one word fewer, where that finds something; the quotation marks go first."""
    tried = [asked.parse(words) for words in _with_fewer_words(asked.query)]
    found = [query.text for query in which_find(asked.entries, tried, language=asked.language)]
    return [{"words": words, "url": _address(request, asked, q=words)} for words in found[:MOST_FEWER]]


def _with_fewer_words(query):
    words = query.typed
    quoted = any(term.wordings[0].adjacent for term in query.terms)
    shorter = [words[:at] + words[at + 1 :] for at in reversed(range(len(words)))] if len(words) > 1 else []
    return [" ".join(row) for row in ([words] if quoted else []) + shorter][:MOST_TRIED]


# --- while typing, in feed readers, in browsers -----------------------------------------------------------------------


def suggest(request):
    """Names and titles that hold the words so far, as OpenSearch has suggestions: words, titles, notes, addresses."""
    asked = Search(request)
    rows = lookup.suggest(asked.entries, asked.query, language=asked.language, limit=MOST_SUGGESTIONS)
    found = [(row["title"], _("Page"), row["url"]) for row in asked.begun_places()]
    found += [(entry.title, _note(asked, entry), asked.url_of(entry)) for entry in asked.entries_of(rows)]
    columns = [list(column) for column in zip(*found[:MOST_SUGGESTIONS], strict=True)] or [[], [], []]
    return JsonResponse([asked.typed, *columns], safe=False, content_type="application/x-suggestions+json")


def _note(asked, entry):
    """What the title does not say: that of a document is its number."""
    if not category(entry.category).headlines and entry.summary:
        return Truncator(entry.summary).chars(LONGEST_NOTE)
    return f"{short_name(asked.sites[entry.agency_id])} · {entry.dated_on:%d/%m/%Y}"


def search_feed(request):
    """What the words and choices find, what was published last first: to follow a matter in a feed reader."""
    asked = Search(request)
    if not asked.is_asked:
        raise Http404
    known = IndexEntry.objects.filter(pk__in=[row["pk"] for row in asked.found.rows]).for_cards()
    labels = {agency: site.label for agency, site in asked.sites.items()}
    entries = [(entry, labels[entry.agency_id]) for entry in known.order_by("-visible_from", "-pk")[:FEED_LENGTH]]
    words = asked.typed[:LONGEST] or ", ".join(asked.form.removable().values())
    title = _("Search: %(words)s") % {"words": words}
    return write_feed(request, entries, f"{title} – {request.site.name}", PATH + _address(request, asked))


def open_search(request):
    """What a browser needs to offer the search of this site in its address bar."""
    label = request.site.label
    context = {
        "short_name": _browser_name(request.site),
        "address": canonical_url(request, label, PATH),
        "suggestions": canonical_url(request, label, f"{PATH}goi-y/"),
        "feed": canonical_url(request, label, f"{PATH}rss/"),
        "itself": canonical_url(request, label, f"{PATH}trinh-duyet.xml"),
        "icon": request.build_absolute_uri(static("portal/favicon.ico")),
    }
    content_type = "application/opensearchdescription+xml"
    return render(request, "web/opensearch.xml", context, content_type=content_type)


def _browser_name(site):
    """The name of the place or agency, its abbreviation, or its host: the first that is short enough."""
    agency = site.agency
    names = [site.host] if site.is_root else [short_name(site), "" if agency.is_locality else agency.abbreviation]
    return next((name for name in names if name and len(name) <= NAME_LENGTH), site.label[:NAME_LENGTH])


@csrf_exempt  # counts and nothing else; no cookie is read
@require_POST
def result_opened(request):
    """A script of the results page tells which result was opened; nothing tells who did."""
    kind, pk = request.POST.get("muc", ""), request.POST.get("ma", "")
    if kind in _codes() and pk.isascii() and pk.isdigit() and len(pk) < 19:
        query = parse(request.POST.get("q", "")[:LONGEST])
        counting.count_click(query, get_language(), category=kind, object_id=int(pk))
    return HttpResponse(status=204)


# --- before a question is asked ---------------------------------------------------------------------------------------


def before_asking(request, text):
    """What is public and comes near a question in whole sentences, as `hits` for web/_before_asking.html."""
    asked = Search(request)
    rows = lookup.near(asked.entries, about(text), language=asked.language)
    return asked.plain_hits(asked.entries_of(rows))
