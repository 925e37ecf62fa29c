"""What a hit shows: the words of the query marked, whatever their diacritics, and the place where they stand."""

import re

from django.utils.html import escape
from django.utils.safestring import mark_safe

from portal.text.fold import fold

SNIPPET = 240  # characters of the excerpt
BEFORE = 80  # of them before the first hit
LONGEST = 60_000  # characters of a text in which the place is looked for
BETWEEN = r"[\W_]+"


def mark(text, query):
    """The text, escaped, with the words of the query and their synonyms in <mark>."""
    out, at = [], 0
    for start, end, _which in _hits(fold(text), query):
        out += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*out, escape(text[at:])]))


def snippet(text, query):
    """The part of the text that holds most of the words, marked; the beginning where it holds none."""
    text = text[:LONGEST]
    begin = text.rfind(" ", 0, max(_best(fold(text), query) - BEFORE, 0)) + 1
    end = text.find(" ", begin + SNIPPET)
    piece = text[begin : end if end > 0 else len(text)]
    before, after = "… " if begin else "", " …" if end > 0 else ""
    return mark_safe(before + mark(piece, query) + after)


def holds(text, query):
    """Whether the text has a hit for every word of the query, or a synonym of it."""
    return {which for _start, _end, which in _hits(fold(text), query)} >= _needed(query)


def _best(folded, query):
    """Where the excerpt begins to be worth most: the first of the places with the most different words near."""
    hits = list(_hits(folded, query))
    best, most, last = 0, 0, 0
    for first, (start, _end, _which) in enumerate(hits):
        while last < len(hits) and hits[last][1] <= start + SNIPPET - BEFORE:
            last += 1
        found = len({which for _s, _e, which in hits[first:last]})
        if found > most:
            best, most = start, found
        if most == len(_needed(query)):
            break
    return best


def _needed(query):
    """One word for each quoted phrase, every other word."""
    wordings = [term.wordings[0] for term in query.terms]
    return {word for row in wordings for word in (row.folded[:1] if row.adjacent else row.folded)}


def _hits(folded, query):
    """(start, end, which word or phrase) in their order; none overlaps another."""
    if not query:
        return
    meant = _wordings(query)
    for match in _pattern(meant, query).finditer(folded):
        words = tuple(re.split(BETWEEN, match[0]))
        yield match.start(), match.end(), meant.get(words, query.folded[-1])


def _wordings(query):
    """{words that are marked together: the first word of their term}"""
    rows = [(wording, term.wordings[0].folded) for term in query.terms for wording in term.wordings]
    together = {wording.folded: own[0] for wording, own in rows if wording.adjacent}
    apart = {(word,): word for wording, _own in rows if not wording.adjacent for word in wording.folded}
    return apart | together


def _pattern(meant, query):
    """Longer wordings before shorter ones; the last word may only be begun."""
    longest_first = sorted(meant, key=len, reverse=True)
    words = "|".join(f"{BETWEEN.join(map(re.escape, row))}(?![^\\W_])" for row in longest_first)
    begun = f"|{re.escape(query.folded[-1])}" if query.open_end else ""
    return re.compile(rf"(?<![^\W_])(?:{words}{begun})")
