"""What a reader typed: words and quoted phrases with what means the same, and the number of a document."""

import re
from dataclasses import dataclass
from functools import cached_property

from portal.search.courtesy import EVERYWHERE, asks
from portal.search.expressions import Token, every, some
from portal.search.tokens import folded_words, key_token, pairs, typed_words, written
from portal.text.fold import fold
from portal.text.legacy import convert, legacy_encoding
from portal.text.normalise import normalise
from portal.text.numbers import NumberQuery, number_key, partial

LONGEST = 200
MOST_WORDS = 12
SHORTEST_BEGINNING = 2
QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')


@dataclass(frozen=True)
class Wording:
    """Words to be found. `adjacent`: beside each other, in this order; `literal`: with the diacritics typed."""

    typed: tuple
    adjacent: bool = False
    literal: bool = False

    @cached_property
    def folded(self):
        return tuple(folded_words(self.typed))

    @cached_property
    def marked(self):
        """The words that were typed with diacritics."""
        return [typed for typed, folded in zip(self.typed, self.folded, strict=True) if typed != folded]

    # each asks for as few tokens as tell it: a pair tells of both its words, a word of the title of one in the text

    def anywhere(self):
        return _all([*self._together(), *(map(written, self.marked) if self.literal else [])])

    def as_written(self):
        if self.literal:
            return self.anywhere()
        return _all([*(self._together() if self.adjacent else []), *map(written, self.typed)])

    def in_zone(self, mark):
        tokens = [f"{mark}{word}" for word in self.folded]
        return every(*map(Token, tokens), self.anywhere()) if self.adjacent else _all(tokens)

    def _together(self):
        return pairs(self.folded) if self.adjacent and len(self.folded) > 1 else self.folded


@dataclass(frozen=True)
class Term:
    """One of these wordings must be found; the first is what was typed, the others are its synonyms."""

    wordings: tuple

    def anywhere(self):
        return _any([wording.anywhere() for wording in self.wordings])

    def as_written(self):
        return _any([wording.as_written() for wording in self.wordings])

    def in_zone(self, mark):
        return _any([wording.in_zone(mark) for wording in self.wordings])


def _all(tokens):
    return every(*map(Token, dict.fromkeys(tokens)))


def _any(expressions):
    return expressions[0] if len(expressions) == 1 else some(*expressions)


@dataclass(frozen=True)
class Query:
    """`open_end`: the last word may still be in the typing. `number` is None where the words are no number. `words` are
    those typed, where `terms` leave some out."""

    text: str
    terms: tuple = ()
    number: NumberQuery | None = None
    open_end: bool = False
    words: tuple = ()

    def __bool__(self):
        return bool(self.terms)

    @cached_property
    def typed(self):
        """The words as typed, the quoted ones among them."""
        return [*self.words] or _typed(self.terms)

    @cached_property
    def folded(self):
        return folded_words(self.typed)

    @property
    def phrases(self):
        """The phrases that were quoted and whose words may stand beside each other only by twos."""
        wordings = [term.wordings[0] for term in self.terms]
        return [wording for wording in wordings if wording.adjacent and len(wording.typed) > 2]

    @cached_property
    def has_diacritics(self):
        return self.typed != self.folded

    def anywhere(self):
        return every(*[term.anywhere() for term in self.terms])

    def as_written(self):
        return every(*[term.as_written() for term in self.terms])

    def in_title(self):
        return every(*[term.in_zone("^") for term in self.terms])

    def in_title_as_written(self):
        return _all([f"^{written(word)}" for word in _typed(self.terms)])

    def in_lead(self):
        return every(*[term.in_zone("+") for term in self.terms])

    def side_by_side(self):
        """The words beside each other, as they were typed."""
        if len(self.terms) == 1 and self.terms[0].wordings[0].adjacent:
            return self.anywhere()
        literal = [term.anywhere() for term in self.terms if term.wordings[0].literal]
        return every(*map(Token, pairs(self.folded) or self.folded), *literal)

    def begun(self):
        """The last word is the beginning of one in a title or a summary."""
        *whole, last = self.folded
        return every(*map(Token, whole), Token(f"+{last}", begins=True))

    def but_for_the_last(self):
        """None where there is one word alone."""
        return _all(self.folded[:-1]) if len(self.folded) > 1 else None

    def begun_in_title(self):
        *whole, last = self.folded
        return every(*[Token(f"^{word}") for word in whole], Token(f"^{last}", begins=True))

    def numbered(self):
        """Documents of this number, or of the part of one that was typed; None for words."""
        said, tokens = self.number, []
        if said is None:
            return None
        if said.serial is not None:
            tokens.append(Token(f"#s{said.serial}"))
        if said.year:
            tokens.append(some(Token(f"#y{said.year}"), Token(f"#d{said.year}")))
        if said.type_code:
            tokens.append(Token(f"#t{fold(said.type_code)}"))
        return every(*tokens) if tokens else None

    def of_key(self):
        return Token(key_token(number_key(self.text)))


def parse(text, synonyms=None):
    """The query of what was typed; an empty one, which is false, when there is no word in it."""
    text = readable(text)[:LONGEST]
    terms, room = [], MOST_WORDS
    for piece, quoted in _pieces(text):
        typed = typed_words(piece)[:room]
        room -= len(typed)
        terms += _quoted(typed) if quoted else _plain(typed, synonyms)
    needed, words = _needed(text, terms), tuple(_typed(terms))
    return Query(text=text, terms=tuple(needed), number=partial(text), open_end=_is_open(terms, needed), words=words)


def _is_open(terms, needed):
    """Whether the last word may still be in the typing: it is needed, stands in no quotation and has two letters."""
    last = terms[-1] if terms else None
    return (
        last is not None
        and needed[-1] is last
        and not last.wordings[0].adjacent
        and len(last.wordings[0].folded[-1]) >= SHORTEST_BEGINNING
    )


def _typed(terms):
    return [word for term in terms for word in term.wordings[0].typed]


def _needed(text, terms):
    """Without the words that every question has, where it is one; without diacritics they would be other words too."""
    typed = _typed(terms)
    if typed == folded_words(typed) or not asks(text, typed):
        return terms
    needed = [term for term in terms if not _is_courtesy(term)]
    return needed if len(_typed(needed)) > 1 else terms


def _is_courtesy(term):
    """Neither quoted nor with a synonym."""
    first, *others = term.wordings
    return not (others or first.adjacent) and EVERYWHERE.issuperset(first.typed)


def readable(text):
    """Composed; what was typed in an encoding of before Unicode is read as it was meant."""
    encoding = legacy_encoding(text[: 2 * LONGEST])
    return normalise(convert(text, encoding) if encoding else text)


def _pieces(text):
    """[(text, was it quoted)]; a quotation that is never closed quotes nothing."""
    at = 0
    for match in QUOTED.finditer(text):
        yield text[at : match.start()], False
        yield match[1], True
        at = match.end()
    yield text[at:], False


def _quoted(typed):
    if not typed:
        return []
    return [Term((Wording(tuple(typed), adjacent=True, literal=typed != folded_words(typed)),))]


def _plain(typed, synonyms):
    """A term for each word, or for words that have a synonym together."""
    at = 0
    while at < len(typed):
        length, others = synonyms.longest(typed[at:]) if synonyms else (0, ())
        length = length or 1
        own = Wording(tuple(typed[at : at + length]))
        yield Term((own, *map(_synonym, others)))
        at += length


def _synonym(typed):
    """As it is written in the table: without its diacritics a short word would be many others."""
    return Wording(typed, adjacent=True, literal=list(typed) != folded_words(typed))


class Synonyms:
    """Groups of wordings that mean the same, from the table that editors keep."""

    def __init__(self, groups):
        self._others, self._longest = {}, 0
        for wordings in groups:
            rows = [tuple(typed_words(wording)) for wording in wordings]
            for row in filter(None, rows):
                key = tuple(folded_words(row))
                others = [other for other in rows if other and tuple(folded_words(other)) != key]
                self._others.setdefault(key, []).extend(others)
                self._longest = max(self._longest, len(key))

    def longest(self, typed):
        """(how many of the first words have a synonym together, the other wordings); (0, ()) when none have."""
        folded = folded_words(typed)
        for length in range(min(self._longest, len(folded)), 0, -1):
            if others := self._others.get(tuple(folded[:length])):
                return length, tuple(dict.fromkeys(others))
        return 0, ()
