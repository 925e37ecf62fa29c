"""The form in which text is stored: TCVN 6909:2001, composed, without invisible characters (Article 7.1)."""

import unicodedata

LINE_BREAKS = "\r\v\f\x85\u2028\u2029"
NO_BREAK_SPACES = "\u2007\u202f"
# soft hyphen, zero-width space and non-joiner, word joiner, byte order mark; U+200D stays: emoji need it
INVISIBLE = "\xad\u200b\u200c\u2060\ufeff"
DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"]
# half of a character outside the basic plane; UTF-8 cannot store it
SURROGATES = range(0xD800, 0xE000)
NO_CHARACTERS = [*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF]  # XML refuses them
# Icelandic and African letters that look like the Vietnamese ones and are typed for them
LOOKALIKES = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ"}

REPLACEMENTS = {
    **dict.fromkeys(CONTROLS),
    **dict.fromkeys(SURROGATES),
    **dict.fromkeys(NO_CHARACTERS),
    **dict.fromkeys(map(ord, INVISIBLE + DIRECTION_MARKS)),
    **dict.fromkeys(map(ord, LINE_BREAKS), "\n"),
    **dict.fromkeys(map(ord, NO_BREAK_SPACES), "\xa0"),
    **{ord(typed): meant for typed, meant in LOOKALIKES.items()},
}


def normalise(value):
    """`value` as the portal stores it. Applying it twice changes nothing more."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").translate(REPLACEMENTS))
