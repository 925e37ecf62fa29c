"""By what readers narrow a search, and how many results each choice has.

What is common to all categories are kind and site; the others are what the categories declare. Counts are taken from
the newest results: where there are more, each is the least there can be.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from portal.publishing.registry import Choice, LiveFacet, category
from portal.search.expressions import Token, some
from portal.search.lookup import find, newest
from portal.search.tokens import facet_token, kind_token, site_token

KIND, SITE = "muc", "don_vi"


@dataclass(frozen=True)
class Dimension:
    """One thing to narrow by; `kind` is the category that declares it, empty for what is common to all."""

    name: str
    title: str
    choices: tuple
    kind: str = ""
    live: LiveFacet | None = None

    def choice(self, code):
        return next((row for row in self.choices if row.code == code), None)

    def tokens(self, choice):
        """The condition of the index for a choice."""
        return some(*[Token(self._token(value)) for value in choice.values])

    def _token(self, value):
        if self.name in (KIND, SITE):
            return kind_token(value) if self.name == KIND else site_token(value)
        return facet_token(self.carried(value))

    def carried(self, value):
        """How an entry says it; facets of two categories may have one name."""
        return value if self.name in (KIND, SITE) else f"{self.name}.{value}"

    def count(self, rows):
        """{code: how many of the rows} of these categories."""
        if self.name in (KIND, SITE):
            column = {KIND: "category", SITE: "agency_id"}[self.name]
            carried = Counter(row[column] for row in rows)
        else:
            carried = Counter(word for row in rows if row["category"] == self.kind for word in row["facets"].split())
        return {row.code: sum(carried[self.carried(value)] for value in row.values) for row in self.choices}


def dimensions(kinds, sites):
    """All there are for these categories and these [(agency, code, name)] of sites."""
    yield Dimension(KIND, _("Kind of content"), tuple(Choice(row.code, str(row.title), (row.code,)) for row in kinds))
    if len(sites) > 1:
        yield Dimension(SITE, _("Site"), tuple(Choice(code, name, (agency,)) for agency, code, name in sites))
    for kind in kinds:
        for facet in kind.facets:
            live = facet if isinstance(facet, LiveFacet) else None
            yield Dimension(facet.name, str(facet.title), tuple(facet.choices()), kind.code, live)


@dataclass(frozen=True)
class Narrowed:
    """What a reader chose: {dimension: choice}, and a period."""

    chosen: dict = field(default_factory=dict)
    since: object = None
    until: object = None

    def without(self, dimension):
        return replace(self, chosen={row: choice for row, choice in self.chosen.items() if row != dimension})

    def find(self, entries, query, *, language, by_day=False):
        found = find(entries, query, language=language, by_day=by_day, **self._conditions())
        for dimension, choice in self.chosen.items():
            if dimension.live:
                _verify(found, dimension, choice)
        return found

    def newest(self, entries, query, *, language):
        return newest(entries, query, language=language, **self._conditions())

    def _conditions(self):
        tokens = [dimension.tokens(choice) for dimension, choice in self.chosen.items()]
        return {"narrowing": tokens, "since": self.since, "until": self.until}


def _verify(found, dimension, choice):
    """Leaves out what has changed since the index looked."""
    codes = _codes(found, dimension.kind, dimension.live, [row["object_id"] for row in [*found.rows, *found.sample]])
    is_so = {pk for pk, (code, _label) in codes.items() if code == choice.code}
    found.rows = [row for row in found.rows if row["object_id"] in is_so]
    found.sample = [row for row in found.sample if row["object_id"] in is_so]


def counts(found, dimensions, narrowed, newest):
    """{dimension: {code: how many}}. Of a dimension in which a choice was made, the others are counted as if it had not
    been: `newest` finds what another choice would."""
    samples = {row: newest(narrowed.without(row)) for row in narrowed.chosen}
    return {row: row.count(samples.get(row, found.sample)) for row in dimensions}


def _codes(found, kind, facet, ids):
    """{item: (code, label)}, asked once for what was found."""
    known = found.codes.setdefault((kind, facet.name), {})
    if unknown := set(ids) - set(known):
        known |= facet.codes(list(unknown))
    return known


def badges(entries, found):
    """{entry: (code, label)} of live facets, as lists show them."""
    shown = {}
    for kind in {entry.category for entry in entries}:
        own = [entry for entry in entries if entry.category == kind]
        for facet in category(kind).facets:
            if isinstance(facet, LiveFacet):
                codes = _codes(found, kind, facet, [entry.object_id for entry in own])
                shown |= {entry.pk: codes[entry.object_id] for entry in own if entry.object_id in codes}
    return shown
