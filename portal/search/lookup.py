"""Look-up without diacritics: `quyet dinh` finds “Quyết định”; what was typed with diacritics ranks first."""

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.html import escape
from django.utils.safestring import mark_safe

from portal.text.fold import exact, fold, searchable

MAX_WORDS = 12
SNIPPET = 240  # characters around the first hit


def find(entries, query):
    """The entries that hold every word of the query (as a word or its beginning), best first."""
    folded = _words(searchable(query))
    if not folded:
        return entries.none()
    typed = _words(exact(query))
    for word in folded:
        entries = entries.filter(text_folded__contains=f" {word}")
    return entries.annotate(rank=_rank(typed, folded)).order_by("-rank", "-visible_from", "-object_id")


def _words(padded):
    return list(dict.fromkeys(padded.split()))[:MAX_WORDS]


def _rank(typed, folded):
    """All words as typed in the title, then as typed in the text, then folded in the title, then folded in the text."""
    if typed == folded:  # nothing was typed with diacritics, so nothing can be preferred by them
        return _case([(2, "title_folded", folded)])
    return _case([(3, "title_exact", typed), (2, "text_exact", typed), (1, "title_folded", folded)])


def _case(rules):
    whens = [
        When(Q(*[(f"{field}__contains", f" {word}") for word in wanted]), then=Value(points))
        for points, field, wanted in rules
    ]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def mark(text, query):
    """The text, escaped, with the query's words in <mark>, whatever their diacritics."""
    wanted = _words(searchable(query))
    folded = fold(text)
    out, position = [], 0
    for start, end in _word_spans(folded):
        length = max((len(word) for word in wanted if folded[start:end].startswith(word)), default=0)
        if length:
            out += [escape(text[position:start]), "<mark>", escape(text[start : start + length]), "</mark>"]
            position = start + length
    return mark_safe("".join([*out, escape(text[position:])]))


def _word_spans(folded):
    start = None
    for place, character in enumerate(folded + " "):
        if character.isalnum():
            start = place if start is None else start
        elif start is not None:
            yield start, place
            start = None


def snippet(text, query):
    """The part of the text around the first hit, marked."""
    wanted = tuple(_words(searchable(query)))
    folded = fold(text)
    hit = next((start for start, end in _word_spans(folded) if folded[start:end].startswith(wanted)), 0)
    begin = text.rfind(" ", 0, max(hit - SNIPPET // 3, 0)) + 1
    end = text.find(" ", begin + SNIPPET)
    piece = text[begin : end if end > 0 else len(text)]
    before, after = "… " if begin else "", " …" if end > 0 else ""
    return mark_safe(before + mark(piece, query) + after)
