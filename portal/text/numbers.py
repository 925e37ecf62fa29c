"""Document numbers (số, ký hiệu): their official spelling, their parts, and what readers type of them.

A number alone does not name a document: it is numbered anew each year, and by each agency.
"""

import re
from dataclasses import dataclass
from itertools import chain

from portal.text.fold import fold
from portal.text.normalise import normalise

# a code that numbers do not print stands here for those who choose a type
UNPRINTED_TYPES = {"Luật": "Luật", "Bộ luật": "Bộ luật", "CV": "Công văn"}
TYPES = {
    "PL": "Pháp lệnh",
    "L": "Lệnh",
    "NQ": "Nghị quyết",
    "NQLT": "Nghị quyết liên tịch",
    "NĐ": "Nghị định",
    "QĐ": "Quyết định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "CT": "Chỉ thị",
    "VBHN": "Văn bản hợp nhất",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "KL": "Kết luận",
    "ĐC": "Đính chính",
    "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
    **UNPRINTED_TYPES,
}
# issuers and drafting units whose spelling is known; others stay as they are typed
BODIES = """
QH UBTVQH CTN CP TTg VPCP TANDTC VKSNDTC KTNN TTCP NHNN UBDT TW TU
BCA BQP BNG BNV BTP BTC BCT BXD BYT BNN BNNPTNT BNNMT BTNMT BGTVT BTTTT BKHCN BKHĐT BGDĐT BVHTTDL BLĐTBXH BDTTG
HĐND UBND UB UBMTTQ VP BQL TTHĐND
STP STC STTTT SNV SXD SYT SCT SKHĐT SKHCN SGDĐT SGTVT SNN SNNPTNT SNNMT STNMT SLĐTBXH SVHTTDL SNgV SDTTG BDT
KGVX KTTH KTN NC NNTN CNXD CNTT ĐTQH HCTC KSTTHC TTTT TH
"""
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
LETTERS = r"[^\W\d_]"
PREFIX = re.compile(r"(?:[Ss][ốoỐO](?:,? ký hiệu)?[ :.]*+)++(?=[0-9])")
BEFORE_THE_ABBREVIATIONS = re.compile("[0-9]+[A-Za-zĐđ]?[/-]")
AROUND_SEPARATORS = re.compile(r" ?([/-]) ?")
SERIAL = r"(?P<serial>[0-9]{1,5})(?P<letter>[A-Za-zĐđ]?)"
YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
TYPED = re.compile(rf"{SERIAL}/(?:{YEAR}/)?(?P<type>{LETTERS}+)[-/](?P<body>[^\s/]{{1,60}})")
OF_THE_PARTY = re.compile(rf"{SERIAL}-(?P<type>{LETTERS}+)/(?P<body>[^\s/]{{1,60}})")
OF_PARLIAMENT = re.compile(rf"{SERIAL}/{YEAR}/(?P<body>(?:QH|UBTVQH)[0-9]{{1,2}})")
LETTER_OF_AN_AGENCY = re.compile(rf"{SERIAL}/(?P<body>{LETTERS}{{2}}[^\s/-]{{0,30}})-(?P<unit>[^\s/]{{1,60}})")


@dataclass(frozen=True)
class Number:
    """`type_code` is empty where the number names no type: a công văn, which has a `unit`, and acts of parliament."""

    text: str
    serial: int
    letter: str
    year: int | None
    type_code: str
    body: str
    unit: str = ""


@dataclass(frozen=True)
class NumberQuery:
    """What a reader remembers of a number; None is what they did not say."""

    serial: int | None = None
    year: int | None = None
    type_code: str | None = None


def _spellings(*tables):
    """Lower case to official spelling; without diacritics too where only one abbreviation is meant."""
    official = {code.lower(): code for code in chain(*tables)}
    folded = {fold(code): code for code in official.values()}
    return folded | official


SPELLINGS = _spellings(TYPES, BODIES.split())
CODES_BY_NAME = {fold(name): code for code, name in TYPES.items()}


def normalise_number(value):
    """The number in its official spelling. What is no number is only tidied."""
    text = " ".join(normalise(value).translate(DASHES).split()).rstrip(" .,;:")
    text = PREFIX.sub("", AROUND_SEPARATORS.sub(r"\1", text), count=1)
    serial = BEFORE_THE_ABBREVIATIONS.match(text)
    return serial[0] + _official(text[serial.end() :]) if serial else text


def _official(rest):
    """Each abbreviation as it is officially spelled, where that is known."""
    return re.sub(f"{LETTERS}+", lambda typed: SPELLINGS.get(typed[0].lower(), typed[0]), rest)


def parse_number(value):
    """Raises ValueError for what is no document number."""
    text = normalise_number(value)
    for pattern in (TYPED, OF_THE_PARTY, LETTER_OF_AN_AGENCY, OF_PARLIAMENT):
        match = pattern.fullmatch(text)
        if match and _is_sound(found := match.groupdict()):
            return _number(text, found)
    raise ValueError(f"no document number: {text[:60]!r}")


def _is_sound(found):
    """An abbreviation has a capital: 5/ngày-đêm is no công văn, and 123/STP-QĐ no decision."""
    named = found["type"] in TYPES if "type" in found else any(map(str.isupper, found["body"]))
    return named and int(found["serial"]) > 0


def _number(text, found):
    return Number(
        text=text,
        serial=int(found["serial"]),
        letter=found["letter"].lower(),
        year=int(found["year"]) if found.get("year") else None,
        type_code=found.get("type", ""),
        body=found["body"],
        unit=found.get("unit", ""),
    )


def number_key(value):
    """What two spellings of one number have in common: no capitals, no diacritics, no leading zeros."""
    return re.sub("^0+(?=[0-9])", "", fold(normalise_number(value)))


def _either(alternatives):
    return "|".join(map(re.escape, sorted(alternatives, key=len, reverse=True)))


NAMES = _either(CODES_BY_NAME)
ABBREVIATIONS = _either({fold(code) for code in SPELLINGS if len(code) > 1})
PRINTED_CODES = _either({fold(code) for code in TYPES if len(code) > 1})
# on folded text, which has the length of the text itself
KIND = rf"(?P<kind>{NAMES}|{PRINTED_CODES})(?![a-z])(?:-(?:{ABBREVIATIONS})(?![a-z]))?[ :./-]*"
DATE = r"(?: ?,? ngay [0-9]{1,2}(?:[/.-][0-9]{1,2}[/.-]| thang [0-9]{1,2} nam )| nam )(?P<dated>[0-9]{4})"
TYPED_QUERY = re.compile(
    rf"(?:{KIND})?(?:so[ :.]*)?(?P<serial>[0-9]{{1,5}})[a-z]?(?![a-z0-9])"
    rf"(?:(?:[/_-]| nam | ){YEAR}(?![0-9]))?"
    rf"(?:[ /_-](?P<tail>{ABBREVIATIONS})(?![a-z])[0-9]{{0,2}}(?:[_-]\w{{0,20}}){{0,4}})?[/-]?(?:{DATE})?"
)
TYPE_AND_YEAR = re.compile(rf"(?:{KIND}) ?nam {YEAR}")
LONGEST_QUERY = 200


def partial(query):
    """What the reader's words say of a number, or None when they are no number: "QĐ 16", "số 16 năm 2017"."""
    text = " ".join(normalise(query[: 2 * LONGEST_QUERY]).translate(DASHES).split())
    text = AROUND_SEPARATORS.sub(r"\1", text)
    if len(text) > LONGEST_QUERY:
        return None
    match = TYPED_QUERY.fullmatch(fold(text)) or TYPE_AND_YEAR.fullmatch(fold(text))
    return _query(text, match) if match else _letter_query(text)


def _query(text, match):
    said = match.groupdict()
    codes = [_code(text[slice(*match.span(part))]) for part in ("tail", "kind") if said.get(part)]
    year = said["year"] or said.get("dated")
    return NumberQuery(
        serial=int(said["serial"]) if said.get("serial") else None,
        year=int(year) if year else None,
        type_code=next(filter(None, codes), None) or _code_of_a_letter(text),
    )


def _code(typed):
    """The code of a type's name or abbreviation, None for an issuer."""
    code = CODES_BY_NAME.get(fold(typed)) or SPELLINGS.get(typed.lower())
    return code if code in TYPES else None


def _letter_query(text):
    """A full number whose abbreviations are not known, such as 12/XYZ-ABC."""
    try:
        number = parse_number(text)
    except ValueError:
        return None
    return NumberQuery(number.serial, number.year, number.type_code or _code_of_a_letter(text))


def _code_of_a_letter(text):
    try:
        return "CV" if parse_number(text).unit else None
    except ValueError:
        return None
