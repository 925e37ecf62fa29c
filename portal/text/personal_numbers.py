"""Numbers that lead to a person, and e-mail: identity documents, phones, accounts, plates, births.

Each function gives (start, end). Document numbers, dates and money are told apart by their separators and by what
stands around them.
"""

import re

from portal.text.personal_spellings import BRACKETED_AT, SPOKEN_AT

NO_LETTER = r"(?![^\W\d_])"
NEXT = r"(?:[ .\xa0-]?[0-9])"
LOOSE_NEXT = r"(?:[ .)\xa0–-]{0,3}[0-9])"
GAP = r"[^0-9;?!]{0,80}?"
NO_MONEY = r"(?![ \xa0]{0,2}(?:đồng|đ|vnđ|vnd|dong|triệu|tỷ|tỉ|usd|m2|m²|ha|%)(?![^\W\d_]))"

DOCUMENT = (
    "cmnd|cmtnd|cmt|cccd|chứng minh|chung minh|căn cước|can cuoc|hộ chiếu|ho chieu|passport|định danh|bhxh|bhyt|"
    "bảo hiểm|bao hiem|giấy phép lái xe|gplx|bằng lái|hộ khẩu"
)
LAND_TITLE = "quyền sử dụng đất|qsdđ|gcnqsdđ|gcn|sổ đỏ|sổ hồng"
ACCOUNT = "stk|số tk|so tk|tài khoản|tai khoan|tk"
PHONE = "điện thoại|dien thoai|đthoại|sđt|sdt|đt|dt|tel|phone|zalo|di động|máy bàn|số máy"
DOCUMENT_NUMBER = re.compile(
    rf"(?<!\w)(?:{DOCUMENT}){NO_LETTER}(?P<gap>{GAP})(?P<number>[0-9]{{8,15}}(?![0-9])"
    rf"|[0-9]{NEXT}{{11}}(?![0-9])|[0-9]{NEXT}{{9}}(?![0-9])|[0-9]{NEXT}{{8}}(?![0-9])"
    rf"|(?<![^\W_])[A-Z]{{1,2}}[ ]?[0-9]{NEXT}{{6,14}}+(?![0-9]))",
    re.IGNORECASE,
)
LAND_TITLE_NUMBER = re.compile(
    rf"(?<!\w)(?:{LAND_TITLE}){NO_LETTER}(?P<gap>{GAP})(?P<number>(?<![^\W_])[A-ZĐ]{{1,2}}[ ]?[0-9]{{6,8}}(?!\w))",
    re.IGNORECASE,
)
UNLABELLED = [
    # a year, a date or a price has no such length
    re.compile(r"(?<![\w.,/-])[0-3][0-9]{8}(?<!000)(?![\w/-]|[.,][0-9])" + NO_MONEY, re.IGNORECASE),
    re.compile(r"(?<![\w.,/-])0(?:[0-9]{11}|[0-9]{2}(?:([ .])[0-9]{3}(?:\1[0-9]{3}){2}|[ .]?[0-9]{9}))(?!\w|[/-])"),
    re.compile(r"(?<![\w.,/-])0[0-9]{3}([ .])[0-9]{4}\1[0-9]{4}(?!\w|[/-])"),
    re.compile(r"(?<![\w/-])[A-Z][0-9]{7,8}(?![\w/-])"),
]
ACCOUNT_NUMBER = re.compile(
    rf"(?<!\w)(?:{ACCOUNT}){NO_LETTER}(?P<gap>{GAP})(?P<number>[0-9]{{3}}[ ]?[A-Z]{NEXT}{{8}}(?!\w)"
    rf"|[0-9]{{10,19}}(?![0-9])|[0-9]{NEXT}{{5,18}}+(?![ .-]?[0-9]|/)){NO_MONEY}",
    re.IGNORECASE,
)
OTHER_THAN_DOCUMENT = re.compile(rf"(?<!\w)(?:{ACCOUNT}|{PHONE}|tiền|diện tích)(?!\w)", re.IGNORECASE)
OTHER_THAN_ACCOUNT = re.compile(rf"(?<!\w)(?:{DOCUMENT}|{PHONE}|tiền)(?!\w)", re.IGNORECASE)

NATIONAL = (
    # mobile, mobile until 2018, landline, landline until 2017 with its code of two or three digits
    rf"(?:[35789]{LOOSE_NEXT}{{8}}|1[ .)-]?[2689]{LOOSE_NEXT}{{8}}|2{LOOSE_NEXT}{{9}}"
    rf"|[4-8]{LOOSE_NEXT}{{8}}|[3-7][0-9][01][ .)-]{{1,2}}[2-6]{LOOSE_NEXT}{{6}})(?![0-9])"
)
PHONE_NUMBERS = [
    re.compile(rf"(?<![0-9])(?<![0-9][.,])\(?0[ .)-]?{NATIONAL}"),
    re.compile(rf"(?<![0-9])(?<![0-9][.,])(?:\(?\+[ ]?84\)?|\(84\)|(?:00)?84)[ .-]?(?:\(0\)|0)?[ .-]?{NATIONAL}"),
    re.compile(
        rf"(?<!\w)(?:{PHONE}){NO_LETTER}[^0-9;?!]{{0,15}}(?P<number>[2-9]{NEXT}{{5,8}}+(?![ .-]?[0-9]|/)){NO_MONEY}",
        re.IGNORECASE,
    ),
]
DOT = r"(?:\.(?:[ ](?=(?:com|vn|net|org)(?!\w)))?|\s?[(\[]\s?(?:\.|dot|chấm|cham)\s?[)\]]\s?|[ ](?:dot|chấm|cham)[ ])"
PROVIDER = r"(?=(?:gmail|yahoo|hotmail|outlook|icloud)(?!\w))"
EMAIL = re.compile(
    rf"(?<![\w.+%-])[\w.+%-]{{1,64}}+(?:{BRACKETED_AT}|{SPOKEN_AT}{PROVIDER})"
    rf"(?P<domain>[a-z0-9-]{{1,63}}+(?!\w)(?:{DOT}[a-z0-9-]{{1,63}}+(?!\w)){{1,5}})",
    re.IGNORECASE,
)
OFFICIAL = re.compile(r"gov\W*vn", re.IGNORECASE)
PLATE = re.compile(r"(?<!\w)[1-9][0-9][ ]?-?[ ]?[A-Z][A-Z0-9]?[ ]?[-. ][ ]?(?:[0-9]{3}\.?[0-9]{2}|[0-9]{4})(?!\w|[/-])")
# "học sinh năm 2017", "phát sinh ngày 2/3/2017"
NOT_BORN = r"(?<!học )(?<!hoc )(?<!thí )(?<!phát )(?<!phat )(?<!vệ )(?<!ve )(?<!tuyển )(?<!hy )(?<!hi )"
DAY = r"[0-9]{1,2}[ ]?[/.-][ ]?[0-9]{1,2}[ ]?[/.-][ ]?(?:19|20)?[0-9]{2}(?![0-9])"
SPOKEN_DAY = r"[0-9]{1,2}[ ]tháng[ ][0-9]{1,2}[ ]năm[ ](?:19|20)[0-9]{2}(?![0-9])"
BIRTH_DAY = re.compile(
    rf"(?<!\w){NOT_BORN}(?:sinh(?: ngày| ngay)?|ngày(?: tháng năm)? sinh|ngày, tháng, năm sinh|ns)\s?:?\s?"
    rf"(?P<number>{DAY}|{SPOKEN_DAY})",
    re.IGNORECASE,
)
# a year alone stands elsewhere too, so it is hidden with its word
BIRTH_YEAR = re.compile(
    rf"(?<!\w){NOT_BORN}(?:sinh năm|sinh nam|năm sinh|sn)\s?:?\s?(?:19|20)[0-9]{{2}}(?![0-9/]| trở)", re.IGNORECASE
)


def id_numbers(text):
    yield from _labelled(DOCUMENT_NUMBER, text, but_not=OTHER_THAN_DOCUMENT)
    yield from _labelled(LAND_TITLE_NUMBER, text, but_not=OTHER_THAN_DOCUMENT)
    for pattern in UNLABELLED:
        yield from (match.span() for match in pattern.finditer(text))


def accounts(text):
    return _labelled(ACCOUNT_NUMBER, text, but_not=OTHER_THAN_ACCOUNT)


def _labelled(pattern, text, *, but_not):
    return (match.span("number") for match in pattern.finditer(text) if not but_not.search(match["gap"]))


def phones(text):
    for pattern in PHONE_NUMBERS:
        group = "number" if "number" in pattern.groupindex else 0
        yield from (match.span(group) for match in pattern.finditer(text))


def emails(text):
    return (match.span() for match in EMAIL.finditer(text) if not OFFICIAL.search(match["domain"]))


def plates(text):
    return (match.span() for match in PLATE.finditer(text))


def birth_dates(text):
    yield from (match.span("number") for match in BIRTH_DAY.finditer(text))
    yield from (match.span() for match in BIRTH_YEAR.finditer(text))
