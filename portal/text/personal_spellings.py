"""Whether a string stands in a text, in whatever spelling: this one rule finds, and later refuses, personal data."""

import re
from bisect import bisect_left, bisect_right
from itertools import product
from typing import NamedTuple

from portal.text.fold import canonical_tone, fold
from portal.text.personal_words import FAMILIES

BARRIER = "\0"
# letters apart from digits, so that "SĐT0905" is two words
TOKEN = re.compile(rf"[^\W\d_]+|\d+|{BARRIER}+")
BRACKETED_AT = r"(?:\s{0,2}@\s{0,2}|\s{0,2}[(\[{]\s{0,2}(?:at|a|a còng|a cong|@)\s{0,2}[)\]}]\s{0,2})"
SPOKEN_AT = r"\s{1,2}(?:at|a còng|a cong)\s{1,2}"
EMAIL = re.compile(rf"(?P<local>[^@\s]{{1,64}})(?:{BRACKETED_AT}|{SPOKEN_AT})(?P<domain>[^@]{{1,250}})", re.IGNORECASE)
AT = ("", "at", "a", "acong")
DOT = ("", "dot", "cham")
DOTS = re.compile(r"\W+(?:(?:dot|cham)\W+)?")
PHONE = re.compile("(?:00840|0084|840|84|0)(?P<national>[1-9][0-9]{8,9})")
PHONE_PREFIXES = ("0", "84", "840", "0084", "00840")
SHORT = 4
FEW_DIGITS = 4
LOCAL = 7


class Form(NamedTuple):
    """One spelling to look for: `written` is empty, or what the words must be like where they are typed in full."""

    stream: str
    key: str
    written: str = ""


def forms(string):
    """The spellings of a string, as keys of a Reading. Equal strings have equal forms, nothing has none."""
    tokens = TOKEN.findall(string)
    email = EMAIL.fullmatch(string.strip())
    if not tokens or BARRIER in string:
        return frozenset()
    if email:
        return frozenset([Form("letters", _squeezed(string)), *_of_an_email(**email.groupdict())])
    if _is_number(tokens):
        return frozenset(_of_a_number(fold("".join(tokens))))
    return frozenset([_of_words(tokens)])


def public_forms(string):
    """A phone number that everybody may know is known without its area code too."""
    digits = "".join(filter(str.isdecimal, string))
    return forms(string) | (forms(digits[-LOCAL:]) if _is_number(TOKEN.findall(string)) else frozenset())


def _of_an_email(local, domain):
    labels = [_squeezed(label) for label in DOTS.split(fold(domain))]
    for at, dot in product(AT, DOT):
        yield Form("letters", _squeezed(local) + at + dot.join(filter(None, labels)))


def _squeezed(value):
    return "".join(TOKEN.findall(fold(value)))


def _is_number(tokens):
    length = sum(map(len, tokens))
    digits = sum(len(token) for token in tokens if token.isdecimal())
    return digits >= FEW_DIGITS and 2 * digits > length


def _of_a_number(digits):
    phone = PHONE.fullmatch(digits)
    keys = {digits, *(prefix + phone["national"] for prefix in PHONE_PREFIXES)} if phone else {digits}
    return (Form("letters", key) for key in keys)


def _of_words(tokens):
    """Two words that begin with no family name may be everyday words: "Công An", "Văn Hoa" for "văn hóa"."""
    key = fold(" ".join(tokens))
    if sum(map(len, tokens)) < SHORT:
        return Form("typed", " ".join(tokens))
    if len(tokens) > 2 or tokens[0].lower() in FAMILIES or key.isdecimal():
        return Form("words", key)
    return Form("words", key, canonical_tone(" ".join(tokens)))


class Reading:
    """A text as words; what stands between them does not count."""

    def __init__(self, text):
        matches = list(TOKEN.finditer(text))
        self.typed = [match[0] for match in matches]
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        folded = [fold(word) for word in self.typed]
        self.streams = {
            "words": _Stream(folded, " "),
            "letters": _Stream(folded, ""),
            "typed": _Stream(self.typed, " "),
        }

    def whole_words(self, start, end):
        """The words that a part of the text touches: (start, end)."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end) - 1
        return min(start, self.starts[first]), max(end, self.ends[last])

    def spans(self, form):
        """Where it stands: (start, end)."""
        for first, last in self.streams[form.stream].find(form.key):
            if not form.written or _is_meant(form.written, " ".join(self.typed[first : last + 1])):
                yield self.starts[first], self.ends[last]


class _Stream:
    def __init__(self, words, glue):
        self.text = glue.join(words)
        self.first, self.last, position = {}, {}, 0
        for index, word in enumerate(words):
            self.first[position] = index
            self.last[position + len(word)] = index
            position += len(word) + len(glue)

    def find(self, key):
        """The first and last word of each place where whole words make up the key."""
        position = self.text.find(key)
        while position >= 0:
            first, last = self.first.get(position), self.last.get(position + len(key))
            if first is not None and last is not None:
                yield first, last
            position = self.text.find(key, position + 1)


def _is_meant(written, typed):
    """Without diacritics every spelling counts; with them the letters and the capital of the name have to agree."""
    if typed.isascii() or written.isascii():
        return True
    same = canonical_tone(typed).lower() == written.lower()
    return same and not (typed.split()[-1].islower() and not written.split()[-1].islower())
