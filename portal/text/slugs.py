"""Names in addresses: slugs, and the host labels of Article 6."""

import re

from portal.text.fold import WORD, canonical_tone, words
from portal.text.normalise import normalise

FALLBACK = "muc"
COMMITTEE = r"(?:(?:ủy ban nhân dân|ubnd)\s+)?"
UNIT_TYPE = r"(?:(?:tỉnh|thành phố|thị xã|huyện|quận|phường|xã|thị trấn|đặc khu)\s+)?"
BEFORE_THE_NAME = re.compile(COMMITTEE + UNIT_TYPE)


def slugify_vi(value, max_length=80):
    """An ASCII slug, cut at the border of a word; never empty."""
    slug = "-".join(word for word in _ascii_words(value))
    if len(slug) > max_length:
        whole_words = slug[: max_length + 1].rpartition("-")[0]
        slug = whole_words or slug[:max_length]
    return slug or FALLBACK


def host_label(name):
    """The full name without type, diacritics and blanks: "Huyện Tư Nghĩa" is "tunghia" (Article 6)."""
    plain = canonical_tone(normalise(name).strip().lower())
    return "".join(_ascii_words(plain[BEFORE_THE_NAME.match(plain).end() :]))


def abbreviation_label(name):
    """The initials of a department, "và" left out: "Sở Thông tin và Truyền thông" is "stttt" (Article 6)."""
    spoken = [word for word in WORD.findall(normalise(name).lower()) if word != "và"]
    return "".join(word[0] for word in _ascii_words(" ".join(spoken)))


def _ascii_words(value):
    return [word for part in words(normalise(value)) for word in re.findall("[a-z0-9]+", part)]
