"""Text of an OpenDocument text file. Used by `portal.files.extraction` in its own process only."""

import re
from xml.etree import ElementTree

from portal.files.reading import BROKEN, PageWriter, Refused

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
BREAK_BEFORE = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}break-before"
LINES = {TEXT + "p", TEXT + "h"}
SIGNS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
# what was deleted, and what editors say about the text
HIDDEN = {TEXT + "tracked-changes", OFFICE + "annotation"}
MAX_SPACES = 1000
BLANKS = re.compile(r"[ \t\r\n]+")


def read(stream):
    target = _Target()
    parser = ElementTree.XMLParser(target=target)
    while piece := stream.read(65_536):
        parser.feed(piece)
    parser.close()
    return target.writer.source()


class _Target:
    """What the parser calls: no tree is built, so that a long text costs no more than its characters."""

    def __init__(self):
        self.writer = PageWriter()
        self.lines = 0
        self.hidden = 0
        self.style = ""
        self.after_blank = False
        self.page_styles = set()

    def doctype(self, *declaration):
        raise Refused(BROKEN)

    def start(self, tag, attributes):
        self.after_blank = False
        if tag in HIDDEN:
            self.hidden += 1
        elif tag in LINES:
            self._start_line(attributes)
        elif tag == TEXT + "soft-page-break":
            self.writer.start_page()
        elif self.lines and not self.hidden:
            self._write_sign(tag, attributes)
        else:
            self._note_style(tag, attributes)

    def end(self, tag):
        self.hidden -= tag in HIDDEN
        self.lines -= tag in LINES

    def data(self, text):
        if self.lines and not self.hidden:
            text = BLANKS.sub(" ", text)
            self.writer.write(text.removeprefix(" ") if self.after_blank else text)
            self.after_blank = text.endswith(" ")

    def close(self):
        return self.writer

    def _start_line(self, attributes):
        self.lines += 1
        if not self.hidden:
            self.writer.end_line()
        if attributes.get(TEXT + "style-name") in self.page_styles and self.writer.has_text():
            self.writer.start_page()

    def _write_sign(self, tag, attributes):
        if tag == TEXT + "s":
            self.writer.write(" " * min(int(attributes.get(TEXT + "c", 1)), MAX_SPACES))
        else:
            self.writer.write(SIGNS.get(tag, ""))

    def _note_style(self, tag, attributes):
        """A page break that was typed is a property of the style of the paragraph behind it."""
        if tag == STYLE + "style":
            self.style = attributes.get(STYLE + "name", "")
        elif tag == STYLE + "paragraph-properties" and attributes.get(BREAK_BEFORE) == "page":
            self.page_styles.add(self.style)
