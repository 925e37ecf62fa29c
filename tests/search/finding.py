"""What the search answers, as tests compare it: titles, best first."""

from portal.search import lookup
from portal.search.models import IndexEntry
from portal.search.query import Synonyms, parse


def find(text, language="vi", *, synonyms=(), **narrowed):
    return lookup.find(IndexEntry.objects.findable(), parse(text, Synonyms(synonyms)), language=language, **narrowed)


def titles(rows):
    known = IndexEntry.objects.in_bulk([row["pk"] for row in rows])
    return [known[row["pk"]].title for row in rows]


def found(text, language="vi", **options):
    return titles(find(text, language, **options).rows)


def suggested(text, language="vi", *, limit=8):
    return titles(lookup.suggest(IndexEntry.objects.findable(), parse(text), language=language, limit=limit))


def near(text, language="vi", **options):
    return titles(lookup.near(IndexEntry.objects.findable(), parse(text), language=language, **options))
