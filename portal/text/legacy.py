"""Text typed in the encodings from before Unicode, TCVN3 (ABC) and VNI: found and converted (Article 7.1).

Their fonts draw Vietnamese over the characters of Western Europe, so a word counts as legacy when it is no
Vietnamese as it stands and becomes a Vietnamese syllable when converted. What other languages may write by
chance counts little, and nothing beside a word that speaks for another language.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from portal.text.normalise import normalise
from portal.text.syllables import is_syllable

TCVN3 = "TCVN3"
VNI = "VNI"

# \xad, the soft hyphen, is ư
TCVN3_LEGACY = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦"
TCVN3_UNICODE = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
TCVN3_TABLE = dict(zip(TCVN3_LEGACY, TCVN3_UNICODE, strict=True))

VNI_UNITS = """
aù á aø à aû ả aõ ã aï ạ aâ â aá ấ aà ầ aå ẩ aã ẫ aä ậ aê ă aé ắ aè ằ aú ẳ aü ẵ aë ặ
eù é eø è eû ẻ eõ ẽ eï ẹ eâ ê eá ế eà ề eå ể eã ễ eä ệ
où ó oø ò oû ỏ oõ õ oï ọ oâ ô oá ố oà ồ oå ổ oã ỗ oä ộ ôù ớ ôø ờ ôû ở ôõ ỡ ôï ợ
uù ú uø ù uû ủ uõ ũ uï ụ öù ứ öø ừ öû ử öõ ữ öï ự
yù ý yø ỳ yû ỷ yõ ỹ î ỵ í í ì ì æ ỉ ó ĩ ò ị ô ơ ö ư ñ đ
"""
VNI_TABLE = dict(zip(VNI_UNITS.split()[::2], VNI_UNITS.split()[1::2], strict=True))
VNI_UNIT = re.compile("|".join(sorted(VNI_TABLE, key=len, reverse=True)), re.IGNORECASE)

LETTERS = r"[^\W\d_]"
# VNI units that French and Spanish write too (où, coût, thaï, aún, señor)
VNI_EVERYDAY = "où oû aï oï uï aú aë aü aé oá í ì æ ó ò ô ö î ñ"
# drawn by TCVN3 fonts as letters, found inside words of no language
TCVN3_SIGNS = "¡¢§£¤¥¦µ¸¶¹¨»¾¼½©®ª«¬\xad"
# the same, but found in units and formulas: N·m, m×n
TCVN3_OPERATORS = "·×÷"
# at the end of a word they may be a footnote, an abbreviation (Mª) or a separator
TCVN3_ENDINGS = "¹ª·×÷"
# µm, N·m, m×n, x¹, Mª, a letter behind a French quotation mark, a footnote to "cho" or "do", QÐ typed for QĐ
NO_WORD = re.compile("[µ×«»][A-Za-z]|[A-Z]·[a-z]|[a-z]×[a-z]|[A-Za-z]¹|[A-Z]ª|[A-Za-z]+o¹|[A-Z]*Ð[A-Z]*")
SURE, LIKELY = 2, 1


def legacy_encoding(value):
    """The legacy encoding that (part of) `value` is typed in, or an empty string."""
    if value.isascii():
        return ""
    composed = unicodedata.normalize("NFC", value)
    scores = {name: _score(composed, name) for name in ENCODINGS}
    best = max(scores, key=scores.get)
    return best if scores[best] >= SURE else ""


def convert(value, encoding):
    """`value` in Unicode. What is Unicode already, in a text that mixes both, stays as it is."""
    rules, composed = ENCODINGS[encoding], unicodedata.normalize("NFC", value)
    mixed = any(map(_is_unicode, rules["token"].findall(composed)))
    return normalise(rules["token"].sub(lambda match: _convert_token(match[0], rules["decode"], mixed), composed))


def _convert_token(token, decode, mixed):
    """In a mixed text a word that is Vietnamese as it stands is taken for Unicode."""
    return token if mixed and (_is_unicode(token) or _is_vietnamese(token)) else decode(token)


def _is_unicode(token):
    """Whether the token holds a letter that no legacy font draws over."""
    return any(character > "\xff" for character in token)


def _is_vietnamese(token):
    """Whether the token is written Vietnamese as it stands; a capital in the middle of a word is not."""
    return is_syllable(token) and (token[1:] == token[1:].lower() or token.isupper())


def _score(value, encoding):
    """The weight of the words that only make sense in `encoding`; zero when other words outweigh them."""
    weights = [_weigh(token, encoding) for token in ENCODINGS[encoding]["token"].findall(value)]
    hits = sum(weight for weight in weights if weight > 0)
    misses = weights.count(-1)
    only_likely = SURE not in weights
    return 0 if misses * 2 >= hits or (only_likely and misses) else hits


@lru_cache(maxsize=16384)  # a few thousand syllables make up all texts
def _weigh(token, encoding):
    """SURE, LIKELY, 0 for what says nothing, -1 for a word of another language."""
    if token.isascii() or len(token) == 1 or NO_WORD.fullmatch(token):
        return 0
    if _is_unicode(token) or _is_vietnamese(token):
        return 0
    rules = ENCODINGS[encoding]
    decoded = rules["decode"](token)
    if decoded == token or not is_syllable(decoded):
        return -1
    return SURE if rules["sure"](token) else LIKELY


def _decode_tcvn3(token):
    return "".join(TCVN3_TABLE.get(character, character) for character in token)


def _is_surely_tcvn3(token):
    """A sign of no alphabet or a capital within the word, or nothing but what legacy fonts draw over."""
    if not any(map(str.isascii, token)):
        return True
    if any(before.islower() and capital.isupper() for before, capital in pairwise(token)):
        return True
    signs = set(token[1:-1]) | set(token[-1:]).difference(TCVN3_ENDINGS)
    return not signs.isdisjoint(TCVN3_SIGNS + (TCVN3_OPERATORS if len(token) > 3 else ""))


def _decode_vni(token):
    return VNI_UNIT.sub(lambda match: _in_case_of(match[0], VNI_TABLE[match[0].lower()]), token)


def _in_case_of(unit, letter):
    return letter.upper() if unit[0].isupper() else letter


def _is_surely_vni(token):
    """Two legacy letters in one syllable, or one that no other language writes."""
    units = [unit.lower() for unit in VNI_UNIT.findall(token)]
    return len(units) > 1 or not set(units).issubset(VNI_EVERYDAY.split())


ENCODINGS = {
    TCVN3: {
        "token": re.compile(rf"(?:{LETTERS}|[{TCVN3_SIGNS}{TCVN3_OPERATORS}])+"),
        "decode": _decode_tcvn3,
        "sure": _is_surely_tcvn3,
    },
    VNI: {"token": re.compile(f"{LETTERS}+"), "decode": _decode_vni, "sure": _is_surely_vni},
}
