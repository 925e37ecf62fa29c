"""The body of a document: which line is what, judged by how Vietnamese legal texts are written."""

import re
from collections import deque

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak

from portal.typesetting import closing
from portal.typesetting.lettering import (
    ARTICLE,
    BASIS,
    BODY,
    CENTRED_BOLD,
    CENTRED_ITALIC,
    POINT,
    SUBPOINT,
    paragraphs,
    plain,
    style,
)
from portal.typesetting.tables import cells_of, table

DIVISION = re.compile(
    r"(?:PHẦN|Phần|CHƯƠNG|Chương|TIỂU MỤC|Tiểu mục|MỤC|Mục|PHỤ LỤC|Phụ lục)"
    r"\s+(?:(?:THỨ|thứ)\s\w+|[IVXLC]+|\d+|[A-Z])\b(?P<title>[.:]?\s.+)?[.:]?"
)
ARTICLE_NUMBER = re.compile(r"Điều\s+\d+[a-zđ]?\s*[.:]")
CLAUSE_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]\s")
BASES = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét Tờ trình)\s")
ISSUED_WITH = re.compile(r"\((?:Ban hành|Kèm theo|Phê duyệt)\b.*\)", re.IGNORECASE)
PARTS_OF_A_CLAUSE = [
    (re.compile(r"[a-zđ]{1,2}\)\s"), POINT),
    (re.compile(r"[-–]\s"), POINT),
    (re.compile(r"[+*•]\s"), SUBPOINT),
]
ENDS_OF_A_SENTENCE = (".", ";", ":", ",")
LONGEST_TITLE, LONGEST_ISSUED_WITH = 160, 300
# a heading at the foot of a page keeps company with what follows
ROOM_BELOW_A_HEADING = 22 * mm
# what is attached begins on a new page unless its page has hardly begun
ROOM_BELOW_A_CLOSING = 170 * mm

HEADING = style("heading", CENTRED_BOLD, spaceBefore=5)


def lines_of(text):
    """The lines of a text that say something."""
    return [line for line in map(plain, text.splitlines()) if line]


def body(lines):
    """The flowables of a document's lines."""
    lines, enacted, above = deque(lines), False, None
    while lines:
        enacted = enacted or bool(ARTICLE_NUMBER.match(lines[0]))
        take = _taker(lines[0], enacted=enacted, above=above)
        yield from take(lines)
        above = take


def _taker(line, *, enacted, above):
    """The function that takes the block which `line` begins, and returns its flowables."""
    if cells_of(line):
        return _rows
    if _begins_closing(line, enacted=enacted):
        return _closing
    if DIVISION.fullmatch(line) and _is_title(line):
        return _attached if above is _closing else _division
    if _is_capital(line):
        return _attached if above is _closing else _heading
    if above is _division and _is_title(line):
        return _heading
    return _basis if not enacted and BASES.match(line) else _line


def _begins_closing(line, *, enacted):
    signed = closing.signs_on_behalf(line) or (enacted and closing.signs_as_head(line))
    return signed or closing.names_recipients(line)


def _is_title(line):
    numbered = ARTICLE_NUMBER.match(line) or CLAUSE_NUMBER.match(line)
    return len(line) <= LONGEST_TITLE and not numbered and not line.endswith(ENDS_OF_A_SENTENCE)


def _is_capital(line):
    return line.isupper() and len(line) <= LONGEST_TITLE and not CLAUSE_NUMBER.match(line)


def _rows(lines):
    rows = []
    while lines and (cells := cells_of(lines[0])):
        rows.append(cells)
        lines.popleft()
    if not closing.names_recipients(rows[0][0]):
        return table(rows)
    return closing.closing([row[0] for row in rows if row[0]], [cell for row in rows for cell in row[1:] if cell])


def _closing(lines):
    recipients, signers = [], []
    for _side in range(2):  # either may come first
        if lines and not recipients and closing.names_recipients(lines[0]):
            recipients = closing.take_recipients(lines)
        elif lines and not signers and (closing.signs_on_behalf(lines[0]) or closing.signs_as_head(lines[0])):
            signers = closing.take_signature(lines)
    return closing.closing(recipients, signers)


def _attached(lines):
    return [CondPageBreak(ROOM_BELOW_A_CLOSING), *paragraphs(lines.popleft(), HEADING)]


def _division(lines):
    return _heading(lines)


def _heading(lines):
    return [CondPageBreak(ROOM_BELOW_A_HEADING), *paragraphs(lines.popleft(), HEADING)]


def _basis(lines):
    return paragraphs(lines.popleft(), BASIS)


def _line(lines):
    line = lines.popleft()
    if number := ARTICLE_NUMBER.match(line):
        return _article(line, number)
    if len(line) <= LONGEST_ISSUED_WITH and ISSUED_WITH.fullmatch(line):
        return paragraphs(line, CENTRED_ITALIC)
    return paragraphs(line, next((style for begins, style in PARTS_OF_A_CLAUSE if begins.match(line)), BODY))


def _article(line, number):
    """An article's title is bold; of an article without title only its number is."""
    titled = _ends_open(line) and len(line) <= LONGEST_TITLE
    bold = paragraphs(line, ARTICLE) if titled else paragraphs(line, BODY, lead=number.end())
    return [CondPageBreak(ROOM_BELOW_A_HEADING), *bold]


def _ends_open(line):
    return not line.endswith(ENDS_OF_A_SENTENCE)
