"""A pasted or extracted legal text, line by line: what a line begins, and which lines are one."""

import re
from dataclasses import dataclass, replace
from itertools import groupby

from documents.anchors import ORDINALS, arabic
from documents.quotes import UNCLOSED, quotations
from portal.text.fold import fold
from portal.text.normalise import normalise

ALPHABET = "abcdđeghiklmnopqrstuvxy"
ROMAN_OR_DIGITS = r"(?:[IVXL]{1,8}|[0-9]{1,3})"
ORDINAL = "|".join(word for name in ORDINALS for word in (name, name.upper()))
# both cases are spelled out: with re.IGNORECASE i would stand for ı and İ too
HEADS = {
    "part": rf"(?:PHẦN|Phần) (?P<number>(?:(?:THỨ|thứ|Thứ) )?(?:{ORDINAL})|{ROMAN_OR_DIGITS})",
    "chapter": rf"(?:CHƯƠNG|Chương) (?P<number>{ROMAN_OR_DIGITS}[a-zđ]?)",
    "section": rf"(?:MỤC|Mục) (?P<number>{ROMAN_OR_DIGITS}[a-zđ]?)",
    "subsection": rf"(?:TIỂU MỤC|Tiểu mục|Tiểu Mục) (?P<number>{ROMAN_OR_DIGITS}[a-zđ]?)",
    "appendix": rf"(?:PHỤ LỤC|Phụ lục|Phụ Lục)(?: (?P<number>(?:(?:SỐ|số|Số) )?(?:{ROMAN_OR_DIGITS}|[A-H])))?",
}
HEADS = {kind: re.compile(rf"{head}(?!\w)(?P<mark> ?[.:-](?![0-9]))? ?(?P<rest>.*)") for kind, head in HEADS.items()}
LEADS = {
    "article": r"(?:ĐIỀU|Điều) (?P<number>[0-9]{1,4}[a-zđ]?)(?: ?(?P<mark>[.:-])(?![0-9]) ?(?P<rest>.*))?",
    "clause": r"(?P<number>[0-9]{1,3}[a-zđ]?)(?P<mark>[.)]|/(?= [^\W\d_]))(?: |(?=[^\W\d_]|\[))(?P<rest>.+)",
    "numeral": r"(?P<number>[IVXL]{1,8})(?P<mark>[.)]|/(?= ))(?: |(?=[^\W\d_]{2}))(?P<rest>.+)",
    "point": rf"(?P<number>[{ALPHABET}][0-9]?)(?P<mark>\)|[./](?= )) ?(?P<rest>.*)",
}
LEADS = {kind: re.compile(lead) for kind, lead in LEADS.items()}
# most lines are none of these, which their first letter tells
HEADS_BY_LETTER = {"P": ("part", "appendix"), "C": ("chapter",), "M": ("section",), "T": ("subsection",)}
LETTERS_OF_LEADS = {"article": "Đ", "numeral": "IVXL", "clause": "0123456789", "point": ALPHABET}
LEADS_BY_LETTER = {letter: kind for kind, letters in LETTERS_OF_LEADS.items() for letter in letters}
LETTERED = re.compile(r"[A-Z][.)/] ")
ATTACHED = re.compile(r"\( ?(?:duoc )?(?:ban hanh )?kem theo |ban hanh kem theo [a-z ]{5,20} so ?:? ?[0-9]")
SITE_LIST_ENTRY = re.compile(r"\s{0,9}- (?P<number>[0-9]{1,3}) [^\W\d_]")
# a line that ends like this goes on in the next, whatever that begins with
UNFINISHED = re.compile(r"\b(?:tại|của|và|hoặc|theo|khoản|điểm)$", re.IGNORECASE)
WITH_A_NUMBER = re.compile(r"\b(?:số|ngày|điều)$", re.IGNORECASE)
WITH_AN_ARTICLE = re.compile(r"\b(?:khoản [0-9]{1,3}[a-zđ]?|điểm [a-zđ][0-9]?)$", re.IGNORECASE)
CLOSED = (".", ";", ":", "!", "?", "…")
SHORTEST_WRAPPED_LINE = 40
LONGEST_HEADING = 300
COUNTED = {"article", "chapter"}
JOINABLE = {"article", "numeral", "clause", "point", "paragraph"}
UNSURE = {*HEADS, "article", "paragraph"}


@dataclass
class Line:
    """`mark` is the punctuation behind the number; `inferred` lines are missing from the text."""

    kind: str
    text: str = ""
    number: str = ""
    mark: str = ""
    heading: str = ""
    rows: tuple = ()
    inferred: bool = False

    @property
    def is_bare(self):
        """A number that stands alone; its heading is on the next line."""
        return self.kind == "article" and not self.text and not self.mark

    @property
    def is_mark_of_attachment(self):
        """ "(Ban hành kèm theo Quyết định số …)": another text begins, with its own Articles."""
        return self.kind == "paragraph" and self.text[:1] in "(B" and bool(ATTACHED.match(fold(self.text[:80])))

    @property
    def is_title(self):
        """Reads like a heading, not like a sentence."""
        short = 0 < len(self.text) <= LONGEST_HEADING and not self.text.endswith(CLOSED)
        return self.kind == "paragraph" and short and not self.is_mark_of_attachment and self.text[0].isupper()


def without_reference_lists(text):
    """The text without the lists "- 1 Luật …" that law sites put before and after it."""
    lines = text.strip().splitlines()
    start = _listed(lines)
    rest = lines[start:]
    return "\n".join(rest[: len(rest) - _listed(rest[::-1], backwards=True)]).strip()


def _listed(lines, *, backwards=False):
    """How many of the first lines are entries of lists, each of them counted from 1."""
    entries = []
    for line in lines:
        entry = SITE_LIST_ENTRY.match(line)
        if not entry and line.strip():
            break
        entries.append(int(entry["number"]) if entry else 0)
    counted = [number for number in (reversed(entries) if backwards else entries) if number]
    sound = all(number in (1, before + 1) for before, number in zip([0, *counted], counted, strict=False))
    return len(entries) if sound else 0


def read(text):
    """What stands in a text: wrapped lines joined, rows gathered into tables, headings put to their numbers."""
    return list(_with_headings(list(_with_tables(_joined(text)))))


def classify(line):
    """What a single line begins."""
    if " | " in line or line.startswith("|") or line.endswith("|"):
        return Line("row", line)
    for kind in HEADS_BY_LETTER.get(line[0], ()):
        found = HEADS[kind].fullmatch(line)
        if found and (not found["rest"] or found["mark"] or found["rest"].isupper()):
            return Line(kind, number=found["number"] or "", mark=found["mark"] or "", heading=found["rest"])
    lead = LEADS_BY_LETTER.get(line[0])
    if lead and (found := LEADS[lead].fullmatch(line)):
        return Line(lead, found["rest"] or "", found["number"], found["mark"] or "")
    return Line("heading" if _is_heading(line) else "paragraph", line)


def _is_heading(line):
    if not line.isupper() or len(line) > LONGEST_HEADING or line[0] in '-+*(0123456789"“«':
        return False
    return sum(map(str.isalpha, line)) > 2


class _Reader:
    """Joins lines: remembers what is open, which numbers were last, and where an amended text is quoted."""

    def __init__(self, lines):
        self.open, self.parts = None, []
        self.last = dict.fromkeys(COUNTED, 0)
        self.quotations, self.quoted_until = quotations(lines), -1

    def take(self, at, text):
        """The lines that are complete once this one is read."""
        line = self._seen(at, text)
        if line and self.open and self._goes_on(line, text):
            self.parts.append(text)
            return
        yield from self.close()
        if line and line.kind in JOINABLE:
            self.open, self.parts = line, [text]
        elif line:
            yield line
        self._count(line)

    def close(self):
        if self.open and len(self.parts) > 1:
            whole = " ".join(self.parts)
            self.open = Line("paragraph", whole) if self.open.kind == "paragraph" else classify(whole)
        if self.open:
            yield self.open
        self.open = None

    def _seen(self, at, text):
        """What is quoted begins nothing here. A quotation that is never closed ends before the next Article."""
        if not text:
            return None
        line = classify(text)
        if self.quoted_until == UNCLOSED and line.kind == "article" and self._is_in_turn(line, within=2):
            self.quoted_until = -1
        quoted = at <= self.quoted_until and line.kind != "row"
        self.quoted_until = self.quotations.get(at, self.quoted_until)
        return Line("paragraph", text) if quoted else line

    def _is_in_turn(self, line, *, within):
        return 0 < arabic(line.number) - self.last[line.kind] <= within

    def _goes_on(self, line, text):
        """Also with "Điều 8" out of turn, which the sentence then only names."""
        before = self.parts[-1].rstrip("\"'”’» ")
        if before.endswith(CLOSED):
            return False
        if line.kind in UNSURE and _is_unfinished(before, text):
            return True
        if line.kind in COUNTED and self.open.kind != "article":
            in_turn = self._is_in_turn(line, within=3)
            return not in_turn and len(before) >= SHORTEST_WRAPPED_LINE and not before.endswith(")")
        return line.kind == "paragraph" and text[0].islower() and not self.open.is_bare

    def _count(self, line):
        if line and line.kind in COUNTED:
            self.last[line.kind] = arabic(line.number)
        elif line and (line.kind == "appendix" or line.is_mark_of_attachment):
            self.last = dict.fromkeys(COUNTED, 0)


def _is_unfinished(before, text):
    if UNFINISHED.search(before[-20:]):
        return text[0].isalnum()
    return bool(
        (text[0].isdecimal() and WITH_A_NUMBER.search(before[-20:]))
        or (text.startswith(("Điều ", "Khoản ")) and WITH_AN_ARTICLE.search(before[-20:]))
    )


def _joined(text):
    lines = [" ".join(line.split()) for line in normalise(text).split("\n")]
    reader = _Reader(lines)
    for at, line in enumerate(lines):
        yield from reader.take(at, line)
    yield from reader.close()


def _with_tables(lines):
    for is_row, group in groupby(lines, key=lambda line: line.kind == "row"):
        if is_row:
            yield Line("table", rows=tuple(_cells(line.text) for line in group))
        else:
            yield from group


def _cells(row):
    return tuple(cell.strip() for cell in row.removeprefix("|").removesuffix("|").split("|"))


def _with_headings(lines):
    at = 0
    while at < len(lines):
        line, at = lines[at], at + 1
        if line.kind == "article":
            line = _with_own_heading(line, following=lines[at] if at < len(lines) else None)
        if line.kind == "numeral" and not line.text.endswith(CLOSED):
            line = replace(line, heading=line.text, text="")
        if line.kind in HEADS or line.kind in ("article", "numeral"):
            taken = list(_heading_lines(line, lines, at))
            line = replace(line, heading=" ".join(filter(None, [line.heading, *taken])))
            at += len(taken)
        yield line


def _with_own_heading(article, *, following):
    """What stands behind "Điều 9." is its heading, unless it is a sentence; before clause 1 it may end with a dot."""
    text = article.text
    clauses_follow = bool(following) and following.kind == "clause" and following.number == "1"
    closed = text.endswith(CLOSED)
    dotted = text.endswith(".") and clauses_follow and len(text) < 120 and ". " not in text
    is_heading = len(text) <= LONGEST_HEADING and (not closed or dotted)
    return replace(article, heading=text, text="") if is_heading else article


def _heading_lines(line, lines, at):
    """The lines below a number that make up its heading: one title, or several lines in capitals."""
    if line.kind == "article":
        wanted = not line.heading and not line.text and at < len(lines)
        if wanted and (lines[at].is_title or lines[at].kind == "heading"):
            yield lines[at].text
        return
    if line.kind == "numeral" and line.text:
        return
    if not line.heading and at < len(lines) and lines[at].is_title:
        yield lines[at].text
        return
    if line.heading and not line.heading.isupper():
        return
    while at < len(lines) and lines[at].kind == "heading" and not LETTERED.match(lines[at].text):
        yield lines[at].text
        at += 1
