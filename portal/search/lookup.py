"""Finds what a reader asked for. `quyet dinh` finds “Quyết định”; what is written as it was typed comes first."""

import math
from collections import Counter
from dataclasses import dataclass, field

from django.db.models.functions import Substr

from portal.search import pages
from portal.search.candidates import CAP, Candidates
from portal.search.expressions import Token, every, some, through_the_index
from portal.search.query import SHORTEST_BEGINNING, parse
from portal.search.ranking import NUMBERED, SAME_NUMBER, SAME_YEAR, Flags, ranked
from portal.search.tokens import language_token, pairs, year_token

WORTHY = 200  # where there are more: of those that hold the words in their titles, as written, and so on
FEW = 20  # with fewer, the last word may also be the beginning of one
MOST_BEGUN = 200
FEW_ROWS = 100  # are read faster than the index is asked again
READ_AT_ONCE = 100
LONGEST_READ = 100_000  # characters of a text in which a phrase is looked for
NEAR, NEAR_TEXT, MOST_NEAR = 600, 4000, 5
LEAST_SHARE = 0.3  # of what was asked, weighed by rarity


@dataclass
class Found:
    """`rows` are values of entries, best first, at most CAP of them. `is_capped`: there are more."""

    rows: list = field(default_factory=list)
    sample: list = field(default_factory=list)  # what counts by facet are taken from
    is_capped: bool = False
    codes: dict = field(default_factory=dict)  # of live facets, as far as they were asked

    def __len__(self):
        return len(self.rows)


def matching(entries, text, language, synonyms=None):
    """The entries that hold every word, in no order: a condition for other queries."""
    query = parse(text, synonyms)
    if not query:
        return entries.none()
    expression = some(query.anywhere(), query.begun()) if query.open_end else query.anywhere()
    return entries.filter(words__match=every(expression, Token(language_token(language))))


def find(entries, query, *, language, narrowing=(), since=None, until=None, by_day=False):
    """What the query finds among the entries. Without words in it: the newest that `narrowing` leaves."""
    pool = Candidates(entries, language=language, since=since, until=until)
    with through_the_index():
        if not query:
            rows, complete = pool.newest(_without_words(pool, narrowing))
            return Found(rows, rows, not complete)
        return _Search(pool, query, narrowing).found(by_day)


def newest(entries, query, *, language, narrowing=(), since=None, until=None):
    """The newest of what `find` would rank, as values: for counts, which ask for no order."""
    pool = Candidates(entries, language=language, since=since, until=until)
    with through_the_index():
        if not query:
            return pool.newest(_without_words(pool, narrowing))[0]
        rows = pool.newest(every(query.anywhere(), *narrowing))[0]
        if query.open_end and len(rows) < FEW:
            known = {row["pk"] for row in rows}
            rows += [row for row in _begun(pool, query, narrowing) if row["pk"] not in known]
        return rows


def _begun(pool, query, narrowing):
    """Rows of which a title or a summary has a word that begins as the last one. Two letters begin so many words that
    the rows with the other words are read instead."""
    others = query.but_for_the_last()
    if len(query.folded[-1]) > SHORTEST_BEGINNING or others is None:
        return pool.some_of(every(query.begun(), *narrowing), MOST_BEGUN)
    rows = pool.newest(every(others, *narrowing))[0]
    return [row for row in rows if f" {query.folded[-1]}" in row["lead_folded"]][:MOST_BEGUN]


def _without_words(pool, narrowing):
    return every(*narrowing) if narrowing else some(*_any_year(pool))


def _any_year(pool):
    return [Token(year_token(pool.language, year)) for year in _years(pool)] or [Token(language_token(pool.language))]


def _years(pool):
    return range(pool.first.year, pool.last.year + 1) if pool.first and pool.last else []


class _Search:
    def __init__(self, pool, query, narrowing):
        self.pool, self.query, self.narrowing = pool, query, tuple(narrowing)
        self.rows, self.flags = {}, Flags()

    def found(self, by_day):
        sample, complete = self._newest(self.query.anywhere())
        if complete:
            self.flags.written = self._known(self.query.as_written()) if self.query.has_diacritics else set()
            self.flags.beside = self._known(self.query.side_by_side()) if len(self.query.folded) > 1 else set()
        else:
            self._gather()
        self._numbered()
        whole_number = SAME_NUMBER in self.flags.numbered.values()
        if self.query.open_end and len(self.rows) < FEW and not whole_number:
            self._begun()
        rows = list(self.rows.values())
        rows = self._literal(rows) if self.query.phrases else rows
        rows = sorted(rows, key=_day, reverse=True) if by_day else ranked(rows, self.query, self.flags)
        sample = rows if complete else sample
        return Found(rows[:CAP], sample, not complete or len(rows) > CAP)

    def _newest(self, expression, cap=CAP):
        rows, complete = self.pool.newest(every(expression, *self.narrowing), cap)
        for row in rows:
            self.rows.setdefault(row["pk"], row)
        return rows, complete

    def _known(self, expression):
        """Which of the rows that were found, which are all there are, hold more."""
        if expression == self.query.anywhere():
            return set(self.rows)
        if len(self.rows) > FEW_ROWS:
            return {pk for _day, pk in self.pool.places(every(expression, *self.narrowing), CAP)}
        rows = self.pool.entries.filter(pk__in=list(self.rows), words__match=expression)
        return set(rows.order_by().values_list("pk", flat=True))

    def _gather(self):
        """Beside the newest of all rows the newest of those that are worth more."""
        if self.query.has_diacritics:
            self._newest(self.query.in_title_as_written(), WORTHY)
            self.flags.written = {row["pk"] for row in self._newest(self.query.as_written(), WORTHY)[0]}
        self._newest(self.query.in_title(), WORTHY)
        self._newest(self.query.in_lead(), WORTHY)
        if len(self.query.folded) > 1:
            self.flags.beside = {row["pk"] for row in self._newest(self.query.side_by_side(), WORTHY)[0]}

    def _numbered(self):
        """The number itself before those with the year in their number, then what only resembles it."""
        numbered = self.query.numbered()
        if numbered is None:
            return
        nearness = [(NUMBERED, numbered), (SAME_NUMBER, self.query.of_key())]
        if self.query.number.year:
            nearness.insert(1, (SAME_YEAR, every(numbered, Token(f"#y{self.query.number.year}"))))
        for points, expression in nearness:
            for row in self._newest(expression, WORTHY)[0]:
                self.flags.numbered[row["pk"]] = points

    def _begun(self):
        begun = _begun(self.pool, self.query, self.narrowing)
        begun = {row["pk"]: row for row in begun if row["pk"] not in self.rows}
        self.rows |= begun
        self.flags.begun = set(begun)

    def _literal(self, rows):
        """Only those in which the quoted words really follow each other: the index knows them by twos."""
        kept = []
        for start in range(0, len(rows), READ_AT_ONCE):
            part = rows[start : start + READ_AT_ONCE]
            texts = self.pool.entries.filter(pk__in=[row["pk"] for row in part]).order_by()
            texts = dict(texts.values_list("pk", Substr("text_folded", 1, LONGEST_READ)))
            silent = [row for row in part if not self._says_all(texts.get(row["pk"], ""))]
            known = pages.holding(silent, [row.folded for row in self.query.phrases])
            lost = {row["pk"] for row in silent if (row["category"], row["object_id"]) not in known}
            kept += [row for row in part if row["pk"] not in lost]
        return kept

    def _says_all(self, text):
        return len(text) == LONGEST_READ or all(f" {' '.join(row.folded)} " in text for row in self.query.phrases)


def suggest(entries, query, *, language, limit):
    """Rows whose titles hold the words so far, the last of them perhaps only begun; then those whose summaries do, for
    the title of a document is its number. The best first."""
    if not query:
        return []
    pool, rows = Candidates(entries, language=language), {}
    begun = [query.begun_in_title()] if query.open_end else []
    with through_the_index():
        for expression in [query.in_title(), *begun, query.in_lead()]:
            if len(rows) < limit:
                rows |= {row["pk"]: row for row in pool.newest(expression, CAP)[0] if row["pk"] not in rows}
    return ranked(list(rows.values()), query, Flags())[:limit]


def _day(row):
    return row["dated_on"], row["pk"]


def near(entries, query, *, language, limit=MOST_NEAR):
    """What holds most of the words, those rare among it counting most: for a question in whole sentences."""
    wanted = list(dict.fromkeys(pairs(query.folded) or query.folded))
    if not wanted:
        return []
    pool = Candidates(entries, language=language)
    with through_the_index():
        rows, _complete = pool.newest(some(*map(Token, wanted)), NEAR)
    texts = entries.filter(pk__in=[row["pk"] for row in rows]).order_by()
    texts = dict(texts.values_list("pk", Substr("text_folded", 1, NEAR_TEXT)))
    return _nearest(rows, texts, [word.replace("_", " ") for word in wanted])[:limit]


def _nearest(rows, texts, wanted):
    held = {row["pk"]: {words for words in wanted if f" {words} " in texts.get(row["pk"], "")} for row in rows}
    frequency = Counter(words for found in held.values() for words in found)
    worth = {words: math.log((len(rows) + 1) / frequency[words]) + 0.1 for words in frequency}
    whole = sum(worth.values())

    def score(row):
        return sum(worth[words] * (2 if f" {words} " in row["lead_folded"] else 1) for words in held[row["pk"]])

    def is_near(found):
        """One common pair of several brings nothing near, however rare the others are."""
        return len(found) >= min(2, len(wanted) // 2) and sum(map(worth.get, found)) >= LEAST_SHARE * whole

    good = [row for row in rows if is_near(held[row["pk"]])]
    return sorted(good, key=lambda row: (score(row), row["dated_on"], row["pk"]), reverse=True)
