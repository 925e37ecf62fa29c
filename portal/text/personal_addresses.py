"""Where somebody lives, as far as it leads to a household: house, hamlet, plot of land.

The commune and the district that follow are no personal data and stay: without them a petition has no place.
"""

import re

from portal.text.fold import fold
from portal.text.personal_names import COMMEMORATED

UPPER = "".join(chr(code) for code in (*range(0x41, 0x1B1), *range(0x1EA0, 0x1EFA)) if chr(code).isupper())
ADMINISTRATIVE = (
    r"(?i:xã|phường|thị\s{1,2}trấn|tt|huyện|thị\s{1,2}xã|tx|quận|thành\s{1,2}phố|tp|tỉnh|đặc\s{1,2}khu|xa|phuong|huyen|tinh)"
)
NO_CAPITAL = rf"(?!(?:{ADMINISTRATIVE}|(?i:ông|bà|tôi|kính|điện|số|cmnd|đt|sđt))(?!\w))"
CAPITAL = rf"{NO_CAPITAL}[{UPPER}][^\W\d_]*+"
BLANK = r"[ \xa0]{1,2}"
PROPER = rf"{CAPITAL}(?:{BLANK}{CAPITAL}){{0,3}}+"
NUMBER = r"[0-9]{1,4}[A-Za-z]?(?:[/-][0-9]{1,4}[A-Za-z]?){0,4}+(?![\w/])"
# 3/2 and 30/4 are names of streets
STREET = rf"(?i:đường|phố|hẻm|ngõ|kiệt|duong){BLANK}(?:(?i:số|so){BLANK})?(?:{PROPER}|{NUMBER})"
TO_STREET = r"[ \xa0]{0,2},?[ \xa0]{0,2}"
HOUSE = (
    rf"(?i:số{BLANK}nhà|nhà{BLANK}số|so{BLANK}nha|sn)[ :.]{{0,2}}{NUMBER}(?:{TO_STREET}(?:{STREET}|{PROPER}))?"
    rf"|(?i:số|so){BLANK}{NUMBER}{TO_STREET}{STREET}|{NUMBER}{BLANK}{STREET}"
    rf"|(?i:số){BLANK}{NUMBER}{BLANK}{CAPITAL}(?:{BLANK}{CAPITAL}){{1,3}}+"
)
HAMLET = (
    rf"(?i:hẻm|ngõ|ngách|kiệt|hem){BLANK}(?:(?i:số){BLANK})?{NUMBER}(?:{TO_STREET}(?:{STREET}|{PROPER}))?"
    rf"|(?i:tổ{BLANK}dân{BLANK}phố|tdp|tổ|đội|xóm|thôn|ấp|khối{BLANK}phố|khu{BLANK}phố|khu{BLANK}dân{BLANK}cư|kdc|"
    rf"căn{BLANK}hộ|xom|thon|to)[ :]{{1,2}}(?:(?i:số|so){BLANK})?[A-Z]{{0,2}}{NUMBER}"
    rf"|(?i:thôn|xóm|ấp|kdc|khu{BLANK}dân{BLANK}cư|khu{BLANK}phố|tổ{BLANK}dân{BLANK}phố|xom|thon)[ :]{{1,2}}{PROPER}"
    rf"|làng{BLANK}{PROPER}|(?i:lô){BLANK}(?:(?i:số){BLANK})?[A-Z]{{1,2}}[0-9]{{1,3}}(?!\w)"
)
PLOT = (
    rf"(?i:(?:số{BLANK})?thửa(?:{BLANK}đất)?|(?:số{BLANK})?tờ{BLANK}bản{BLANK}đồ(?:{BLANK}địa{BLANK}chính)?)"
    rf"(?:{BLANK}(?i:số))?[ :]{{0,2}}[0-9]{{1,5}}(?![\w/])"
)
PIECE = rf"(?<!\w)(?:{HOUSE}|{HAMLET}|{PLOT})"
NEXT = rf"\s{{0,3}}+(?:[,;–-]\s{{0,3}}+)?(?:{PIECE}|(?<!\w){STREET})"
ADDRESS = re.compile(rf"{PIECE}(?:{NEXT})*+")
# schools, decisions and distances have numbers too, hamlets have heads and halls
NO_HOME = re.compile(
    r"(?<!\w)(?:quyết định|nghị quyết|nghị định|công văn|văn bản|thông báo|biên bản|tờ trình|trường|tiểu học|mầm non|"
    r"mẫu giáo|thcs|thpt|chợ|trạm|cơ sở|nhà máy|xe buýt|tuyến|ngày|tháng|năm|km|quốc lộ|tỉnh lộ|lúc|khoảng|cả|dự án|"
    r"nhà văn hóa|nhà văn hoá|trưởng|bí thư chi bộ|chi bộ|cán bộ|liên|ban nhân dân|ban cán sự)\s{1,2}(?:số\s{1,2})?$",
    re.IGNORECASE,
)
NUMBER_AND_NAME = re.compile(rf"(?<![\w/-]){NUMBER}{BLANK}(?P<street>{PROPER})")
PART = r"[^,;.\n–-]{1,40}"
LABELLED = re.compile(
    rf"(?<!\w)(?i:địa{BLANK}chỉ|thường{BLANK}trú|tạm{BLANK}trú|cư{BLANK}trú|chỗ{BLANK}ở|nơi{BLANK}ở|hộ{BLANK}khẩu|trú{BLANK}quán|"
    rf"trú|ngụ|đ/c|dia{BLANK}chi)(?:{BLANK}(?:thường{BLANK}trú|liên{BLANK}hệ|hiện{BLANK}nay|nhà|của{BLANK}tôi|tôi))?"
    rf"(?:{BLANK}(?:tại|ở|là))?[ ]?:?[ ]{{0,2}}(?P<parts>{PART}(?:[,–-]{PART}){{0,5}})"
)
NUMBERED = re.compile(rf"\s{{0,2}}{NUMBER}{BLANK}(?:đường{BLANK})?{PROPER}")
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
        if fold(match["street"]) in COMMEMORATED and not NO_HOME.search(before):
            yield match.span()
    for match in LABELLED.finditer(text):
        yield from _labelled(match)


def _labelled(match):
    """A number and a street; or the first of hamlet, commune and district when none of them says what it is."""
    start, parts = match.start("parts"), match["parts"]
    numbered = NUMBERED.match(parts)
    if numbered:
        yield start + len(parts) - len(parts.lstrip()), start + numbered.end()
        return
    named = re.split("[,–-]", parts)
    untyped = [part for part in named if UNTYPED.fullmatch(part) and fold(part.strip()) not in WHOLE]
    if len(untyped) >= LEVELS and untyped[0] == named[0]:
        yield start + len(named[0]) - len(named[0].lstrip()), start + len(named[0].rstrip())


def household_parts(address):
    """What in somebody's address leads to the household: together, part by part, and without the words for house and street."""
    labelled = f"địa chỉ: {address}"
    parts = [labelled[start:end] for start, end in addresses(labelled)]
    parts = parts or [part for part in address.split(",")[:1] if any(map(str.isdecimal, part))]
    parts += [piece for part in parts for piece in part.split(",") if len(piece.split()) > 1]
    return [*parts, *(shorter for part in parts if len((shorter := HOUSE_WORD.sub("", part)).split()) > 1)]
