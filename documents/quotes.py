"""Where a text quotes the new wording of another document: “Điều 5. …”, whose Articles are not those of this text."""

import math
import re
from itertools import pairwise

# a straight mark opens behind a blank, a colon or a bracket, and closes elsewhere
MARK = re.compile(r'(?P<opens>[“«]|(?<![^\s(:])"(?=\S)|^”(?=\w))|[”»"]')
BEGINS = re.compile(r'(?:^|: ?)["“«”]')
UNCLOSED = math.inf


def quotations(lines):
    """{the line that opens a quotation of several lines: the line that closes it, or UNCLOSED}."""
    depths = [_depth(line) for line in lines]
    openings = [at for at, line in enumerate(lines) if depths[at] > 0 and BEGINS.search(line)]
    found = {}
    for at, limit in pairwise([*openings, len(lines)]):
        end = _end(depths, at, limit)
        # without its end only what begins a line is a quotation for sure
        if end != UNCLOSED or lines[at][0] in '"“«”':
            found[at] = end
    return found


def _depth(line):
    return sum(1 if mark["opens"] else -1 for mark in MARK.finditer(line))


def _end(depths, at, limit):
    """Where as many marks are closed as were opened, before the next quotation begins."""
    depth = 0
    for position in range(at, limit):
        depth += depths[position]
        if depth <= 0:
            return position
    return UNCLOSED
