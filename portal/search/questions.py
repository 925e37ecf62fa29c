"""What a question in whole sentences is about: its words without those that every question has."""

from portal.search.courtesy import EVERYWHERE
from portal.search.query import Query, Term, Wording
from portal.search.tokens import folded_words, typed_words

LONGEST_TEXT = 4000  # characters that are read
MOST_WORDS = 40


def about(text):
    """The query of a question; an empty one where it says nothing."""
    typed = typed_words(text[:LONGEST_TEXT])
    known = EVERYWHERE if typed != folded_words(typed) else set(folded_words(EVERYWHERE))
    kept = tuple([word for word in typed if word not in known][:MOST_WORDS])
    return Query(text=" ".join(kept), terms=(Term((Wording(kept),)),) if kept else ())
