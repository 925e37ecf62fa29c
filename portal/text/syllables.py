"""Which words are syllables of written Vietnamese: how legacy encodings are told from other languages."""

import re
import unicodedata
from functools import lru_cache

# grave, acute, tilde, hook, dot below
TONES = "\u0300\u0301\u0303\u0309\u0323"
STOPPED = ("p", "t", "c", "ch")
STOPPED_TONES = "\u0301\u0323"

# the last line: names from the highlands, Đăk Pék, Ngọk Bay
RIMES = """
a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc âm ân âng âp ât âc âu ây
e eo em en eng ep et ec ê êu êm ên ênh êp êt êch êng
i ia iu im in inh ip it ich iêu iêm iên iêng iêp iêt iêc y yt yn ynh ych yêu yêm yên yêng yêt
o oi om on ong op ot oc oong ooc oa oai oao oay oam oan oang oanh oap oat oac oach oăm oăn oăng oăt oăc
oe oeo oen oet ô ôi ôm ôn ông ôp ôt ôc ơ ơi ơm ơn ơp ơt
u ua ui um un ung up ut uc uân uâng uât uây uê uên uênh uêch uơ uôi uôm uôn uông uôt uôc
uy uya uyu uyn uynh uyp uyt uych uyên uyêt
ư ưa ưi ưu ưm ưng ưt ưc ươi ươu ươm ươn ương ươp ươt ươc
ak ăk ek ok ôk
"""
RIME = "|".join(sorted(RIMES.split(), key=len, reverse=True))
ONSETS = "(?:ngh|gh|k)(?=[eêiy])|(?:ng|c)(?![eêiy])|gi|g(?![eêy])|qu|nh|kh|ph|th|tr|ch|[bdđhlmnprstvx]|"
SYLLABLE = re.compile(f"(?P<onset>{ONSETS})(?P<rime>{RIME})")
VOWELS = "aăâeêioôơuưy"
TONE_ON_EITHER = ("oa", "oe", "uy")
TONE_ON_SECOND = ("uê", "uơ")


@lru_cache(maxsize=8192)
def is_syllable(word):
    """Whether `word` (composed, any case) is an onset and a rime, with at most one tone where one may stand."""
    letters, tones = _part(word.lower())
    match = SYLLABLE.fullmatch(letters)
    if not match or len(tones) > 1:
        return False
    if letters.endswith(STOPPED):
        return bool(tones) and tones[0][1] in STOPPED_TONES
    return not tones or _has_place(tones[0][0] - len(match["onset"]), match["rime"])


def _part(word):
    """The letters without tones, and the tones with the index of the letter each stands on."""
    letters, tones = [], []
    for index, letter in enumerate(word):
        parts = unicodedata.normalize("NFD", letter)
        tones += [(index, part) for part in parts if part in TONES]
        letters.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES)))
    return "".join(letters), tones


def _has_place(index, rime):
    """Whether the tone may stand there. Before a final consonant typists vary, before a final vowel they do not."""
    if index < 0 or len(rime) == 1 or rime[-1] not in VOWELS or rime in TONE_ON_EITHER:
        return True
    return index == 1 if rime in TONE_ON_SECOND else index < len(rime) - 1
