"""One document as it is printed: head, text and closing in the form of Vietnamese administrative documents."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from portal.typesetting.body import body, lines_of
from portal.typesetting.header import head, without_head
from portal.typesetting.lettering import SERIF, WIDTH, load_fonts, plain

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN, EDGE = (PAGE_WIDTH - WIDTH) / 2, 22 * mm
ABOVE = PAGE_HEIGHT - 14 * mm
SIDES = ("left", "right", "top", "bottom")


@dataclass(frozen=True, kw_only=True)
class PrintedDocument:
    """`heading` names it ("Quyết định số 16/2017/QĐ-UBND"); its `text` is printed, or else the pages of its `pdf`."""

    heading: str
    issuer: str
    issued_on: date
    number: str
    summary: str
    text: str = ""
    pdf: Path | BinaryIO | None = None
    place: str = ""


def written(document, place):
    """The flowables of the document's text; `place` stands before its date where it names none."""
    place = document.place or place
    yield from head(document, place)
    yield from body(without_head(lines_of(document.text), document, place))


def typeset_document(document, *, place):
    """The document as PDF, byte by byte the same for the same document."""
    load_fonts()
    buffer = BytesIO()
    frame = Frame(MARGIN, EDGE, WIDTH, PAGE_HEIGHT - 2 * EDGE, **{f"{side}Padding": 0 for side in SIDES})
    made = BaseDocTemplate(
        buffer,
        pagesize=A4,
        pageTemplates=[PageTemplate("page", [frame], onPage=_draw_number)],
        title=plain(document.heading),
        author=plain(document.issuer),
        creator="",
        lang="vi",
        initialFontName=SERIF,
        invariant=1,
        displayDocTitle=1,
    )
    made.build(list(written(document, place)))
    return buffer.getvalue()


def _draw_number(canvas, _template):
    if canvas.getPageNumber() > 1:
        canvas.setFont(SERIF, 11)
        canvas.drawCentredString(PAGE_WIDTH / 2, ABOVE, str(canvas.getPageNumber()))
