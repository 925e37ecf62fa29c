"""Where somebody lives, as far as it leads to a household: house, hamlet, plot of land.

The commune and the district that follow are no personal data and stay: without them a petition has no place.
"""

import re

from portal.text.fold import fold
from portal.text.personal_names import is_commemorated
from portal.text.personal_words import one_of

UPPER = "".join(chr(code) for code in (*range(0x41, 0x1B1), *range(0x1EA0, 0x1EFA)) if chr(code).isupper())
ADMINISTRATIVE = one_of(
    "xã, phường, thị trấn, tt, huyện, thị xã, tx, quận, thành phố, tp, tỉnh, đặc khu, phuong, huyen"
)
NO_CAPITAL = rf"(?!(?i:{ADMINISTRATIVE}|ông|bà|tôi|kính|điện|số|cmnd|đt|sđt)(?!\w))"
CAPITAL = rf"{NO_CAPITAL}[{UPPER}][^\W\d_]*+"
BLANK = r"[ \xa0]{1,2}"
PROPER = rf"{CAPITAL}(?:{BLANK}{CAPITAL}){{0,3}}+"
NUMBER = r"[0-9]{1,4}[A-Za-z]?(?:[/-][0-9]{1,4}[A-Za-z]?){0,4}+(?![\w/])"
# 3/2 and 30/4 are names of streets
STREET = rf"(?i:đường|phố|hẻm|ngõ|kiệt|duong){BLANK}(?:(?i:số|so){BLANK})?(?:{PROPER}|{NUMBER})"
TO_STREET = r"[ \xa0]{0,2},?[ \xa0]{0,2}"
NO_COUNT = rf"(?!{BLANK}(?i:người|hộ|em|thành{BLANK}viên|công{BLANK}nhân|tháng|năm|lần)(?!\w))"
HOUSE = (
    rf"(?i:số{BLANK}nhà|nhà{BLANK}số|so{BLANK}nha|sn)[ :.]{{0,2}}{NUMBER}(?:{TO_STREET}(?:{STREET}|{PROPER}))?"
    rf"|(?i:số|so){BLANK}{NUMBER}{TO_STREET}{STREET}|{NUMBER}{BLANK}{STREET}"
    rf"|(?i:số){BLANK}{NUMBER}{BLANK}{CAPITAL}(?:{BLANK}{CAPITAL}){{1,3}}+"
)
NAMED = one_of("thôn, xóm, ấp, kdc, khu dân cư, khu phố, tổ dân phố, xom, thon")
NUMBERED = one_of("tổ, tdp, đội, khối phố, căn hộ")
HAMLET = (
    rf"(?i:hẻm|ngõ|ngách|kiệt|hem){BLANK}(?:(?i:số){BLANK})?{NUMBER}(?:{TO_STREET}(?:{STREET}|{PROPER}))?"
    rf"|(?i:{NUMBERED}|{NAMED})[ :]{{1,2}}(?:(?i:số|so){BLANK})?[A-Z]{{0,2}}{NUMBER}{NO_COUNT}"
    rf"|(?i:to|doi){BLANK}[0-9]{{1,2}}(?=,?{BLANK}(?:thon|xom|khu|phuong|xa)(?!\w))"
    rf"|(?i:{NAMED})[ :]{{1,2}}{PROPER}(?:{BLANK}[1-9](?![\w/]))?"
    rf"|làng{BLANK}{PROPER}|(?i:lô){BLANK}(?:(?i:số){BLANK})?[A-Z]{{1,2}}[0-9]{{1,3}}(?!\w)"
)
PLOT = (
    rf"(?i:(?:số{BLANK})?thửa(?:{BLANK}đất)?|(?:số{BLANK})?tờ{BLANK}bản{BLANK}đồ(?:{BLANK}địa{BLANK}chính)?)"
    rf"(?:{BLANK}(?i:số))?[ :]{{0,2}}[0-9]{{1,5}}(?![\w/])"
)
PIECE = rf"(?<!\w)(?:{HOUSE}|{HAMLET}|{PLOT})"
NEXT = rf"\s{{0,3}}+(?:[,;–-]\s{{0,3}}+)?(?:{PIECE}|(?<!\w)(?:{STREET}|(?i:chung{BLANK}cư){BLANK}{PROPER}))"
ADDRESS = re.compile(rf"{PIECE}(?:{NEXT})*+")
# schools, decisions and distances have numbers too, hamlets have heads and halls
NOT_AT_HOME = one_of(
    """
    quyết định, nghị quyết, nghị định, công văn, văn bản, thông báo, biên bản, tờ trình, trường, tiểu học, mầm non,
    mẫu giáo, thcs, thpt, chợ, trạm, cơ sở, nhà máy, xe buýt, tuyến, ngày, tháng, năm, km, quốc lộ, tỉnh lộ, lúc,
    khoảng, cả, các, mỗi, từng, già, đình, dự án, nhà văn hóa, nhà văn hoá, trưởng, bí thư chi bộ, chi bộ, cán bộ, liên,
    ban nhân dân, ban cán sự
    """
)
NO_HOME = re.compile(rf"(?<!\w)(?:{NOT_AT_HOME})\s{{1,2}}(?:số\s{{1,2}})?$", re.IGNORECASE)
NUMBER_AND_NAME = re.compile(rf"(?<![\w/-]){NUMBER}{BLANK}(?P<street>{PROPER})")
PART = r"[^,;.\n–-]{1,40}"
LABELS = one_of(
    "địa chỉ, thường trú, tạm trú, cư trú, chỗ ở, nơi ở, hộ khẩu, hộ khẩu thường trú, trú quán, trú, ngụ, đ/c, dia chi"
)
LABELLED = re.compile(
    rf"(?<!\w)(?i:{LABELS})(?:{BLANK}(?:liên{BLANK}hệ|hiện{BLANK}nay|nhà|của{BLANK}tôi|tôi))?"
    rf"(?:{BLANK}(?:tại|ở|là))?[ ]?:?[ ]{{0,2}}(?P<parts>{PART}(?:[,–-]{PART}){{0,5}})"
)
NUMBER_FIRST = re.compile(rf"\s{{0,2}}{NUMBER}{BLANK}(?:đường{BLANK})?{PROPER}")
UNTYPED = re.compile(rf"\s{{0,2}}{PROPER}\s{{0,2}}")
WHOLE = {"quang ngai", "viet nam"}
LEVELS = 3
HOUSE_WORD = re.compile(rf"(?<!\w)(?:số{BLANK}nhà|nhà{BLANK}số|số|đường)(?!\w)\s*", re.IGNORECASE)


def addresses(text):
    for match in ADDRESS.finditer(text):
        if not NO_HOME.search(text[max(0, match.start() - 30) : match.start()]):
            yield match.span()
    for match in NUMBER_AND_NAME.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        if is_commemorated(match["street"]) and not NO_HOME.search(before):
            yield match.span()
    for match in LABELLED.finditer(text):
        yield from _labelled(match)


def _labelled(match):
    """A number and a street; or the first of hamlet, commune and district when none of them says what it is."""
    start, parts = match.start("parts"), match["parts"]
    numbered = NUMBER_FIRST.match(parts)
    if numbered:
        yield start + len(parts) - len(parts.lstrip()), start + numbered.end()
        return
    named = re.split("[,–-]", parts)
    untyped = [part for part in named if UNTYPED.fullmatch(part) and fold(part.strip()) not in WHOLE]
    if len(untyped) >= LEVELS and untyped[0] == named[0]:
        yield start + len(named[0]) - len(named[0].lstrip()), start + len(named[0].rstrip())


def household_parts(address):
    """What in somebody's address leads to the household, as it is written and in shorter ways of saying it."""
    labelled = f"địa chỉ: {address}"
    parts = [labelled[start:end] for start, end in addresses(labelled)]
    parts = parts or [part for part in address.split(",")[:1] if any(map(str.isdecimal, part))]
    pieces = [*parts, *(piece for part in parts for piece in part.split(","))]
    pieces += [HOUSE_WORD.sub("", piece) for piece in pieces]
    return [piece for piece in pieces if len(piece.split()) > 1]
