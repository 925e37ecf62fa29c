"""Which words are syllables of written Vietnamese: how legacy encodings are told from other languages."""

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"
STOPPED = ("p", "t", "c", "ch")
STOPPED_TONES = "\u0301\u0323"

RIMES = """
a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc âm ân âng âp ât âc âu ây
e eo em en eng ep et ec ê êu êm ên ênh êp êt êch êng
i ia iu im in inh ip it ich iêu iêm iên iêng iêp iêt iêc y yt yn ynh ych yêu yêm yên yêng yêt
o oi om on ong op ot oc oong ooc oa oai oao oay oam oan oang oanh oap oat oac oach oăm oăn oăng oăt oăc
oe oeo oen oet ô ôi ôm ôn ông ôp ôt ôc ơ ơi ơm ơn ơp ơt
u ua ui um un ung up ut uc uân uâng uât uây uê uên uênh uêch uơ uôi uôm uôn uông uôt uôc
uy uya uyu uyn uynh uyp uyt uych uyên uyêt
ư ưa ưi ưu ưm ưng ưt ưc ươi ươu ươm ươn ương ươp ươt ươc
"""
RIME = "|".join(sorted(RIMES.split(), key=len, reverse=True))
ONSETS = "(?:ngh|gh|k)(?=[eêiy])|(?:ng|c)(?![eêiy])|g(?![eêy])|gi|qu|nh|kh|ph|th|tr|ch|[bdđhlmnprstvx]|"
SYLLABLE = re.compile(f"(?:{ONSETS})(?:{RIME})")


@lru_cache(maxsize=8192)
def is_syllable(word):
    """Whether `word` (composed, any case) is an onset, a rime, and at most one tone that the final allows."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [part for part in parts if part in TONES]
    plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
    if len(tones) > 1 or not SYLLABLE.fullmatch(plain):
        return False
    return not plain.endswith(STOPPED) or bool(tones and tones[0] in STOPPED_TONES)
