"""The order of what was found: the number asked for, what is written as typed, title before text, the newest.

A row says in `lead_exact` what its title and its summary say; what stands further below is told by the flags.
"""

from dataclasses import dataclass, field

TITLE, LEAD, BESIDE, ANYWHERE, BEGUN = 4, 3, 2, 1, 0
SAME_NUMBER, SAME_YEAR, NUMBERED = 3, 2, 1


@dataclass
class Flags:
    """What the index said of rows, as sets of primary keys."""

    written: set = field(default_factory=set)  # all words as they were typed
    beside: set = field(default_factory=set)  # the words beside each other
    begun: set = field(default_factory=set)  # the last word is only begun
    numbered: dict = field(default_factory=dict)  # {pk: how near its number is}


def ranked(rows, query, flags):
    """The rows, best first."""
    return sorted(rows, key=_Rank(query, flags), reverse=True)


class _Rank:
    def __init__(self, query, flags):
        self.query, self.flags = query, flags
        self.typed = f" {' '.join(query.typed)} "
        self.folded = f" {' '.join(query.folded)} "
        # a single word that is only begun says too little
        self.may_be_begun = query.open_end and len(query.folded) > 1

    def __call__(self, row):
        pk, lead, bare = row["pk"], row["lead_exact"], row["lead_folded"]
        title, bare_title = lead.partition("|")[0], bare.partition("|")[0]
        as_written = self.query.has_diacritics and (pk in self.flags.written or self._says_all(lead, bare, True))
        zone = self._zone(pk, (title, bare_title), (lead, bare), as_written)
        words, (own_title, own_lead) = (self.typed, (title, lead)) if as_written else (self.folded, (bare_title, bare))
        return (
            self.flags.numbered.get(pk, 0),
            as_written,
            zone,
            self._follow(own_title if zone == TITLE else own_lead, words),
            (own_title == words) * 2 or own_title.startswith(words),
            row["dated_on"],
            pk,
        )

    def _zone(self, pk, title, lead, as_written):
        if self._says_all(*title, as_written):
            return TITLE
        if self._says_all(*lead, as_written):
            return LEAD
        if pk in self.flags.begun:
            return BEGUN
        return BESIDE if pk in self.flags.beside else ANYWHERE

    def _says_all(self, text, bare, as_written):
        """In the order in which they were typed the last word may be begun, in another one it may not."""
        in_order = self._follow(text, self.typed) if as_written else self._follow(bare, self.folded)
        return in_order > 0 or self._holds(text, bare, as_written)

    def _follow(self, text, words):
        """2 where the words follow each other, 1 where the last of them is only begun."""
        if words in text:
            return 2
        return int(self.may_be_begun and words[:-1] in text)

    def _holds(self, text, bare, as_written):
        """Whether the text holds every term in one of its wordings."""
        return all(
            any(_says(wording, text, bare, as_written) for wording in term.wordings) for term in self.query.terms
        )


def _says(wording, text, bare, as_written):
    if wording.adjacent:
        words = wording.typed if as_written or wording.literal else wording.folded
        return f" {' '.join(words)} " in (text if as_written or wording.literal else bare)
    pairs = zip(wording.typed, wording.folded, strict=True)
    return all(
        f" {folded} " in bare and (not as_written or typed == folded or f" {typed} " in text) for typed, folded in pairs
    )
