"""Text of Word and OpenDocument files and of plain text. Used by `portal.files.extraction` in its own process only."""

import zipfile
from pathlib import Path
from xml.parsers import expat

import docx
from docx.oxml.ns import qn

from portal.files import opendocument
from portal.files.inspection import read_start
from portal.files.reading import BROKEN, LOCKED, TOO_MUCH, PageWriter, Refused, Source

ROOTS = {
    "word/document.xml": "document",
    "xl/workbook.xml": "workbook",
    "ppt/presentation.xml": "presentation",
    "content.xml": "document-content",
}
MAX_XML_BYTES = 60_000_000
MAX_UNPACKED_BYTES = 300_000_000
MANIFEST_BYTES = 1_000_000
ENCRYPTED = 0x1

PARAGRAPH, TEXT, BREAK = qn("w:p"), qn("w:t"), qn("w:br")
PRINTED_BREAK = qn("w:lastRenderedPageBreak")
WORD_SIGNS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# what old programs are shown instead of a drawing repeats its text
REPEATED = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TAB_STOPS = qn("w:tabs")


def check(path):
    """Raises Refused unless the main part unpacks to whole XML with the root of its format; returns None."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        part = next((name for name in ROOTS if name in names), None)
        if part is None:
            raise Refused(BROKEN)
        with archive.open(part) as stream:
            _parse(stream, root=ROOTS[part])


def _parse(stream, *, root):
    started = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: started or started.append(name)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.ParseFile(stream)
    if started[0].rpartition(" ")[2] != root:
        raise Refused(BROKEN)


def _refuse_doctype(*declaration):
    """No office program writes one there; entities that swell are declared in it."""
    raise Refused(BROKEN)


def word_pages(path):
    _check_archive(path)
    writer = PageWriter()
    _write_word(docx.Document(path).element.body, writer)
    return writer.source()


def _check_archive(path):
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        manifest = read_start(archive, "META-INF/manifest.xml", MANIFEST_BYTES)
    if any(member.flag_bits & ENCRYPTED for member in members) or b"encryption-data" in manifest:
        raise Refused(LOCKED)
    heaviest = max((member.file_size for member in members if member.filename.endswith(".xml")), default=0)
    if heaviest > MAX_XML_BYTES or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise Refused(TOO_MUCH)


def _write_word(body, writer):
    """Every paragraph in its order; a break that Word noted when it last printed repeats one that was typed."""
    typed = False
    for element in body.iter(PARAGRAPH, TEXT, BREAK, PRINTED_BREAK, *WORD_SIGNS):
        if next(element.iterancestors(REPEATED, TAB_STOPS), None) is not None:
            continue
        if element.tag == PRINTED_BREAK and typed and not writer.has_text():
            typed = False
        elif _is_page_break(element):
            writer.start_page()
            typed = element.tag == BREAK
        else:
            _write_word_sign(element, writer)


def _is_page_break(element):
    return element.tag == PRINTED_BREAK or (element.tag == BREAK and element.get(qn("w:type")) == "page")


def _write_word_sign(element, writer):
    if element.tag == PARAGRAPH:
        writer.end_line()
    elif element.tag == TEXT:
        writer.write(element.text or "")
    else:
        writer.write(WORD_SIGNS.get(element.tag, "\n"))


def opendocument_pages(path):
    _check_archive(path)
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        return opendocument.read(stream)


def plain_pages(path):
    """UTF-8, as the check at the upload demands; a form feed ends a page."""
    pages = Path(path).read_text(encoding="utf-8-sig", errors="replace").split("\f")
    return Source(iter(pages), len(pages))
