"""Articles whose line "Điều n" is missing from a text: found where clauses begin again and a number is left out.

Where the numbers of the Articles follow each other, nothing is added.
"""

from itertools import pairwise

from documents.anchors import arabic
from documents.lines import Line

DIVISIONS = {"part", "chapter", "section", "subsection"}
BOUNDARIES = DIVISIONS | {"heading", "numeral"}


def with_missing_articles(lines):
    """The lines of one series of Articles, with a line for each missing Article before what belongs to it."""
    articles = [at for at, line in enumerate(lines) if line.kind == "article"]
    added = {}
    for start, end in pairwise([-1, *articles, len(lines)]):
        added |= _missing(lines, start, end)
    for at, line in enumerate(lines):
        if at in added:
            yield Line("article", number=str(added[at]), inferred=True)
        yield line


def _missing(lines, start, end):
    """{position: number} of the Articles missing between two that are there, or behind the last."""
    before = arabic(lines[start].number) if start >= 0 else 0
    if end < len(lines):
        beginnings = list(_beginnings(lines, start, end))
        left_out = arabic(lines[end].number) - before - 1
    else:
        beginnings = list(_beginnings(lines, start, _end_of_articles(lines, start), least=2)) if start >= 0 else []
        left_out = 1
    numbers = range(before + 1, before + 1 + left_out)
    return dict(zip(beginnings, numbers, strict=True)) if 0 < left_out == len(beginnings) else {}


def _end_of_articles(lines, start):
    """Where signature, addressees or what is not numbered follows the last Article."""
    for at in range(start, len(lines)):
        line = lines[at]
        if at > start and (line.kind in ("heading", "numeral", "table") or line.text.startswith("Nơi nhận")):
            return at
        if line.text.endswith("./."):
            return at + 1
    return len(lines)


def _beginnings(lines, start, end, *, least=1):
    """Where clause 1 comes again after at least `least` clauses, or after a heading below the content of an Article."""
    last, mark, boundary, content = 0, None, None, start < 0 or bool(lines[start].text)
    for at in range(start + 1, end):
        line = lines[at]
        if line.kind in BOUNDARIES and content:
            boundary = at
        content = content or line.kind not in BOUNDARIES
        if line.kind != "clause" or line.mark != (mark or line.mark):
            continue
        if line.number == "1" and boundary is not None:
            yield boundary + 1
        elif line.number == "1" and last >= least:
            yield at - 1 if _introduces(lines[at - 1]) else at
        last, mark, boundary = arabic(line.number), line.mark, None


def _introduces(line):
    """An unnumbered sentence belongs to the clauses below it; an indent "- " to what is above."""
    return line.kind == "paragraph" and not line.text.startswith(("-", "+", "*"))
