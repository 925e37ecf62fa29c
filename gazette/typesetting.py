"""An issue of the gazette as a PDF whose page numbers are those of the file, so that `#page=7` opens page 7."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import NamedTuple

from reportlab.platypus import PageBreak

from gazette.inclusion import Slot, include, map_pages, read_pages
from gazette.pages import PART, Bookmark, contents, cover, template
from portal.typesetting.body import lines_of
from portal.typesetting.document import PrintedDocument, written
from portal.typesetting.lettering import CENTRED_ITALIC, paragraphs

__all__ = ["PrintedDocument", "PrintedIssue", "PrintedPart", "Typeset", "map_pages", "typeset"]


@dataclass(frozen=True, kw_only=True)
class PrintedPart:
    title: str
    documents: list[PrintedDocument]


@dataclass(frozen=True, kw_only=True)
class PrintedIssue:
    """`province` is its bare name, `numbers` are as printed ("Số 15 + 16"), `publisher` is the imprint by lines."""

    province: str
    numbers: str
    issued_on: date
    publisher: list[str]
    parts: list[PrintedPart]
    title: str = "CÔNG BÁO"

    @property
    def documents(self):
        return [document for part in self.parts for document in part.documents]


class Typeset(NamedTuple):
    """`ranges` are the first and last page of each document, in the order of printing."""

    content: bytes
    pages: int
    ranges: list[tuple[int, int]]


def typeset(issue):
    """The issue as PDF, byte by byte the same for the same issue.

    Raises ValueError for an issue without documents, a document that has neither text nor PDF, an unreadable PDF.
    """
    if not issue.documents:
        raise ValueError("an issue without documents cannot be set")
    included = [_pages_to_include(document) for document in issue.documents]
    pages = {}
    _set(issue, included, pages)
    # the numbers stand in a column of fixed width: the second time all pages are as they were
    content, number_of_pages = _set(issue, included, pages)
    return Typeset(content, number_of_pages, _ranges([pages[key] for key in _keys(issue)], number_of_pages))


def _pages_to_include(document):
    if lines_of(document.text):
        return []
    if not document.pdf:
        raise ValueError(f"{document.heading} has neither text nor PDF")
    return read_pages(document.pdf)


def _set(issue, included, pages):
    """One pass: the PDF and its number of pages; `pages` gives the page of each key and takes what this pass finds."""
    buffer, filled = BytesIO(), []
    document = template(issue, buffer)
    document.build(list(_story(issue, included, pages, filled)))
    return include(buffer.getvalue(), filled), document.page


def _story(issue, included, pages, filled):
    yield from cover(issue)
    yield from contents(issue, _keys(issue), pages)
    numbered = zip(_keys(issue), included, strict=True)
    for at, part in enumerate(issue.parts, start=1):
        for document in part.documents:
            yield PageBreak()
            if document is part.documents[0]:
                yield Bookmark(f"phan-{at}", part.title, level=0, pages=pages)
                yield from paragraphs(part.title, PART)
            key, own_pages = next(numbered)
            yield Bookmark(key, document.heading, level=1, pages=pages)
            yield from _included(document, own_pages, filled) if own_pages else written(document, issue.province)


def _keys(issue):
    return [f"van-ban-{at}" for at in range(1, len(issue.documents) + 1)]


def _included(document, own_pages, filled):
    """The document's own pages, one on each; its heading above them, since they may be pictures without text."""
    yield from paragraphs(document.heading, CENTRED_ITALIC)
    for at, page in enumerate(own_pages):
        yield from [PageBreak()] if at else []
        yield Slot(page, filled)


def _ranges(firsts, number_of_pages):
    lasts = [*(first - 1 for first in firsts[1:]), number_of_pages]
    return list(zip(firsts, lasts, strict=True))
