"""The head of a document: who issued it, its number, its place and date, what it is and what it is about."""

import re

from reportlab.lib.units import mm
from reportlab.platypus import HRFlowable, Spacer

from portal.text.fold import words
from portal.typesetting.lettering import BOLD, CENTRED, CENTRED_BOLD, ITALIC, WIDTH, columns, paragraphs, plain, style

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# what is attached may have a head too; only the document's own is left out
LINES_OF_A_HEAD = 14
AUTHORITY = re.compile(r"((?:ỦY BAN|UỶ BAN|HỘI ĐỒNG) NHÂN DÂN)\s+(\S.*)")
LEADING_ZERO = re.compile(r"\b0+(?=\d)")

SIDE = style("side of a head", CENTRED, fontSize=10.5, leading=14.5, spaceAfter=0)
SIDE_BOLD = style("side of a head, bold", SIDE, fontName=BOLD)
SIDE_ITALIC = style("side of a head, italic", SIDE, fontName=ITALIC, spaceBefore=3)
NUMBER = style("number of a document", SIDE, spaceBefore=3)
KIND = style("kind of a document", CENTRED_BOLD, fontSize=14, leading=19, spaceBefore=12)


def head(document, place):
    """The flowables above a document's body."""
    left = [*_issuer(document.issuer.upper()), _rule(22 * mm), *paragraphs(_number(document), NUMBER)]
    right = [
        *paragraphs(NATION, SIDE_BOLD),
        *paragraphs(MOTTO, SIDE_BOLD),
        _rule(44 * mm),
        *paragraphs(f"{place}, {long_date(document.issued_on)}", SIDE_ITALIC),
    ]
    yield columns([left, right], [WIDTH * 0.42, WIDTH * 0.58])
    yield from paragraphs(kind(document).upper(), KIND)
    yield from paragraphs(_capitalised(document.summary), CENTRED_BOLD)
    yield from [_rule(40 * mm), Spacer(0, 4 * mm)]


def _issuer(issuer):
    """The kind of authority on one line, what it is an authority of on the next."""
    authority = AUTHORITY.match(issuer)
    parts = [authority[1], authority[2]] if authority else [issuer]
    return [paragraph for part in parts for paragraph in paragraphs(part, SIDE_BOLD)]


def kind(document):
    """The kind alone: what stands before the number in the heading."""
    return plain(document.heading).partition(" số ")[0]


def long_date(date):
    return f"ngày {_two_digits(date.day, 9)} tháng {_two_digits(date.month, 2)} năm {date.year}"


def short_date(date):
    return f"{_two_digits(date.day, 9)}-{_two_digits(date.month, 2)}-{date.year}"


def _two_digits(number, highest):
    """Up to `highest` a zero stands before it, so that no digit can be written in (Circular 01/2011/TT-BNV)."""
    return f"{number:02}" if number <= highest else str(number)


def _number(document):
    return f"Số: {document.number}" if document.number else ""


def _capitalised(text):
    text = plain(text)
    return text[:1].upper() + text[1:]


def _rule(width):
    return HRFlowable(width, thickness=0.6, color="black", spaceBefore=3, spaceAfter=3)


def without_head(lines, document, place):
    """The lines after those that only repeat what the head above them says."""
    nation = _words(NATION)
    if not any(nation in _words(line) for line in lines[:LINES_OF_A_HEAD]):
        return lines
    said = [_words(text) for text in _said(document, place)]
    for at, line in enumerate(lines):
        if not all(_takes_away(cell, said) for cell in line.split("|")):
            return lines[at:]
    return []


def _said(document, place):
    date = f"{place}, {long_date(document.issued_on)}"
    return [document.issuer, _number(document), date, NATION, MOTTO, kind(document), document.summary]


def _takes_away(cell, said):
    """Whether `cell` begins, or goes on with, something in `said`; that much is then said no longer."""
    beginning = _words(cell).removeprefix("ve viec ")
    for at, rest in enumerate(said):
        if f"{rest} ".startswith(f"{beginning} "):
            said[at] = rest[len(beginning) :].lstrip()
            return True
    return not beginning


def _words(text):
    """What two ways of writing the same have in common: no tone marks, no signs, no leading zeros."""
    return LEADING_ZERO.sub("", " ".join(words(text)))
