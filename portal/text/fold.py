"""Two ways to compare Vietnamese text: without diacritics (`fold`) and with them (`exact`)."""

import re
import unicodedata

from portal.text.normalise import normalise

WORD = re.compile(r"[^\W_]+")
NEW_STYLE = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"
OLD_STYLE = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"
# only at the end of a syllable is there a choice; in "quý" the u belongs to the consonant
LATE_TONE = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W_])", re.IGNORECASE)
EARLY_TONE = dict(zip(NEW_STYLE.split(), OLD_STYLE.split(), strict=True))


class FoldedCharacters(dict):
    """Code point to folded character, filled as characters are met."""

    def __missing__(self, code):
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character):
    letters = [part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part)]
    base = letters[0] if len(letters) == 1 else character
    lower = base.lower()
    return lower if len(lower) == 1 else base


FOLDED = FoldedCharacters({ord("đ"): "d", ord("Đ"): "d", ord("İ"): "i"})


def fold(value):
    """`value` in lower case without diacritics, one character for each: offsets stay true in NFC text."""
    return value.translate(FOLDED)


def words(value):
    """The folded alphanumeric words: a document number gives its parts."""
    return WORD.findall(fold(value))


def searchable(value):
    """What is searched without diacritics. The outer blanks make LIKE '% duong%' mean a word's start."""
    return f" {' '.join(words(normalise(value)))} "


def exact(value):
    """Like `searchable`, with diacritics: hoà and hòa are the same, hoa is another word."""
    return f" {' '.join(WORD.findall(canonical_tone(normalise(value).lower())))} "


def canonical_tone(value):
    """`value` with the tone mark where the old style puts it: hoà, thuỷ, khoẻ become hòa, thủy, khỏe."""
    return LATE_TONE.sub(_move_tone, value)


def _move_tone(match):
    typed = match[0]
    moved = EARLY_TONE[typed.lower()]
    return "".join(new.upper() if old.isupper() else new for old, new in zip(typed, moved, strict=True))
