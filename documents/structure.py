"""The structure of a legal text: parts, chapters, Articles, clauses and points, each with its address.

Two series of Articles stand in one text when a decision issues a regulation. Then the regulation, which is what people
cite, has the plain anchors, and those of the decision carry a prefix.
"""

import re
from dataclasses import dataclass, field

from documents.anchors import ORDINALS, arabic, provision_name, step
from documents.lines import Line, read, without_reference_lists
from documents.missing import with_missing_articles

__all__ = ["Block", "Entry", "contents", "find", "parse", "passage", "provision_name", "without_reference_lists"]

LEVELS = {
    "appendix": 1,
    "part": 1,
    "chapter": 2,
    "heading": 2,
    "section": 3,
    "subsection": 4,
    "article": 5,
    "numeral": 6,
    "clause": 7,
    "point": 8,
}
NAMES = {
    "appendix": "Phụ lục",
    "part": "Phần",
    "chapter": "Chương",
    "section": "Mục",
    "subsection": "Tiểu mục",
    "article": "Điều",
}
CONTENTS = {*NAMES, "numeral"}
STEPS = {"part": "phan", "chapter": "chuong", "section": "muc", "subsection": "tieu-muc"}
INSIDE = {"section": ("chapter",), "subsection": ("section", "chapter")}
LONGEST_APPENDIX_TITLE = 4
ORDINAL_WORDS = rf"(?i)\b(?:thứ|số|{'|'.join(ORDINALS)})\b"


@dataclass(frozen=True)
class Block:
    """`number` and `mark` are as printed; an `inferred` Article is missing from the text itself."""

    kind: str
    number: str = ""
    heading: str = ""
    text: str = ""
    anchor: str = ""
    level: int = 0
    inferred: bool = False
    rows: tuple = ()
    mark: str = ""

    @property
    def label(self):
        """What is printed before heading or text: "Điều 9", "1.", "đ)"."""
        if self.kind in NAMES:
            return f"{NAMES[self.kind]} {_lower_words(self.number)}".strip()
        return f"{self.number}{self.mark}"

    @property
    def title(self):
        return (". " if self.kind in NAMES else " ").join(filter(None, [self.label, self.heading]))


def _lower_words(number):
    """ "PHẦN THỨ NHẤT" is Phần thứ nhất, "PHỤ LỤC SỐ IV" Phụ lục số IV."""
    return re.sub(ORDINAL_WORDS, lambda word: word[0].lower(), number)


@dataclass(frozen=True)
class Entry:
    """One line of a table of contents; without an anchor for a heading that has no number."""

    title: str
    anchor: str
    children: list = field(default_factory=list)


@dataclass
class _Text:
    """The lines of one series of Articles: the issuing text, what it issues, or an appendix."""

    lines: list
    appendix: Line | None = None
    anchor: str = ""


def parse(text, *, prefix="vb"):
    """The blocks of a text in their order. `prefix` begins the anchors of an issuing text."""
    texts = _divided(read(text))
    main = _main(texts)
    anchors, blocks = _Anchors(), []
    for part in texts:
        first = prefix if part is texts[0] else part.anchor
        blocks += _Builder(anchors, "" if part is main else f"{first}-", part.anchor).blocks(part.lines)
    return tuple(blocks)


def _divided(lines):
    """A mark of attachment or a "Phụ lục" begins another text; below "Phụ lục" the mark belongs to its title."""
    texts, appendices, attachments = [_Text([])], 0, 0
    for line in lines:
        now = texts[-1]
        if line.kind == "appendix":
            appendices += 1
            texts.append(_Text([], appendix=line, anchor=f"phu-luc-{arabic(line.number) or appendices}"))
        elif line.is_mark_of_attachment and not (now.appendix and len(now.lines) <= LONGEST_APPENDIX_TITLE):
            attachments += 1
            texts.append(_Text([], anchor=f"phu-luc-{attachments}"))
        texts[-1].lines.append(line)
    return texts


def _main(texts):
    """Who owns the plain anchors: the first attached text with Articles of its own, otherwise the issuing text."""
    attached = (text for text in texts[1:] if not text.appendix)
    return next((text for text in attached if any(line.kind == "article" for line in text.lines)), texts[0])


class _Anchors:
    """Hands out every anchor once: the second dieu-9 is dieu-9-2."""

    def __init__(self):
        self.taken, self.next = set(), {}

    def unique(self, wanted):
        anchor, count = wanted, self.next.get(wanted, 2)
        while anchor in self.taken:
            anchor, count = f"{wanted}-{count}", count + 1
        self.next[wanted] = count
        self.taken.add(anchor)
        return anchor


class _Builder:
    """Turns the lines of one text into blocks; remembers what is open at each level."""

    def __init__(self, anchors, prefix, own_anchor):
        self.anchors, self.prefix, self.own_anchor = anchors, prefix, own_anchor
        self.open = {}  # kind to anchor, from the outermost in
        self.level = 0
        self.interrupted = False
        self.clause_mark, self.last_clause, self.last_numeral = None, 0, 0

    def blocks(self, lines):
        return [getattr(self, f"_{line.kind}", self._plain)(line) for line in with_missing_articles(lines)]

    def _appendix(self, line):
        self._close("appendix")
        return self._block(line, self.anchors.unique(self.own_anchor))

    def _division(self, line):
        self._close(line.kind)
        self.last_numeral = 0
        parent = self._innermost(*INSIDE.get(line.kind, ()))
        begins = f"{parent}-" if parent else self.prefix
        return self._block(line, self._opened(line.kind, f"{begins}{STEPS[line.kind]}-{step(line.number)}"))

    _part = _chapter = _section = _subsection = _division

    def _article(self, line):
        self._close("article")
        self.interrupted, self.clause_mark, self.last_clause, self.last_numeral = False, None, 0, 0
        return self._block(line, self._opened("article", f"{self.prefix}dieu-{step(line.number)}"))

    def _numeral(self, line):
        """ "I. MỤC TIÊU" divides an Article, or a text that has none; its clauses begin with 1 again."""
        interrupted = self.interrupted and "article" in self.open
        if interrupted or arabic(line.number) != self.last_numeral + 1:
            return self._unnumbered(line)
        self._close("numeral")
        self.interrupted, self.clause_mark, self.last_clause, self.last_numeral = False, None, 0, arabic(line.number)
        begins = f"{self.open['article']}-" if "article" in self.open else self.prefix
        return self._block(line, self._opened("numeral", f"{begins}muc-{step(line.number)}"))

    def _unnumbered(self, line):
        words = f"{line.number}{line.mark} {line.heading or line.text}"
        return self._heading(Line("heading", words)) if words.isupper() else self._plain(Line("paragraph", words))

    def _clause(self, line):
        """Another style of numbers inside an Article, or numbers below a heading, are lists and no clauses."""
        number = arabic(line.number)
        belongs = not self.interrupted or number == self.last_clause + 1
        parent = self._innermost("numeral", "article")
        if not parent or not belongs or line.mark != (self.clause_mark or line.mark):
            return self._sentence(line)
        self._close("clause")
        self.interrupted, self.clause_mark, self.last_clause = False, line.mark, number
        return self._block(line, self._opened("clause", f"{parent}-khoan-{step(line.number)}"))

    def _point(self, line):
        parent = self._innermost("clause", "numeral", "article")
        if not parent or self.interrupted:
            return self._sentence(line)
        self._close("point")
        return self._block(line, self._opened("point", f"{parent}-diem-{line.number.replace('đ', 'dd')}"))

    def _heading(self, line):
        """An Article may go on below it; whether it does, its next clause tells. Without Articles all begins anew."""
        self.interrupted, self.level = True, LEVELS["heading"]
        if "article" not in self.open:
            self._close("heading")
            self.last_numeral = 0
        return Block("heading", heading=line.text, level=self.level)

    def _sentence(self, line):
        return Block("paragraph", text=f"{line.number}{line.mark} {line.text}".strip(), level=self.level + 1)

    def _plain(self, line):
        return Block(line.kind, text=line.text, rows=line.rows, level=self.level + 1)

    def _innermost(self, *kinds):
        """The anchor of the first of these kinds that is open."""
        return next((self.open[kind] for kind in kinds if kind in self.open), None)

    def _close(self, kind):
        self.open = {other: anchor for other, anchor in self.open.items() if LEVELS[other] < LEVELS[kind]}
        self.level = LEVELS[kind]

    def _opened(self, kind, wanted):
        self.open[kind] = self.anchors.unique(wanted)
        return self.open[kind]

    def _block(self, line, anchor):
        return Block(
            kind=line.kind,
            number=line.number,
            heading=line.heading,
            text=line.text,
            anchor=anchor,
            level=LEVELS[line.kind],
            inferred=line.inferred,
            mark=line.mark,
        )


def find(blocks, anchor):
    """The block of an anchor, or None."""
    return next((block for block in blocks if anchor and block.anchor == anchor), None)


def passage(blocks, anchor):
    """The block of an anchor with everything below it; empty when there is none."""
    found = find(blocks, anchor)
    if not found:
        return ()
    start = blocks.index(found)
    after = (at for at in range(start + 1, len(blocks)) if blocks[at].level <= found.level)
    return tuple(blocks[start : next(after, len(blocks))])


def contents(blocks):
    """Nested entries for appendices, parts, chapters, sections and Articles, and for headings with Articles below."""
    root = Entry("", "")
    path = [(0, root)]
    for at, block in enumerate(blocks):
        if block.kind not in CONTENTS and not _opens_articles(blocks, at):
            continue
        entry = Entry(block.title, block.anchor)
        while path[-1][0] >= block.level:
            path.pop()
        path[-1][1].children.append(entry)
        path.append((block.level, entry))
    return root.children


def _opens_articles(blocks, at):
    """A heading directly above an Article, or above the mark of attachment."""
    if blocks[at].kind != "heading" or at + 1 == len(blocks):
        return False
    below = blocks[at + 1]
    marked = Line("paragraph", below.text).is_mark_of_attachment if below.kind == "paragraph" else False
    after = blocks[at + 2] if marked and at + 2 < len(blocks) else below
    return after.kind == "article"
