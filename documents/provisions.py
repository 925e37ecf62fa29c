"""One provision as people name it: "điểm đ khoản 1 Điều 9" is dieu-9-khoan-1-diem-dd."""

import re

from documents.anchors import STEP, step
from portal.text.normalise import normalise

# the number of a clause or an article, the letter of a point
WRITTEN = re.compile(
    r"(?:(?:điểm (?P<point>[abcdđeghiklmnopqrstuvxy][0-9]?)[ ,]{1,2})?khoản (?P<clause>[0-9]{1,3}[a-zđ]?)[ ,]{1,2}"
    r"|điểm (?P<lone_point>[abcdđeghiklmnopqrstuvxy][0-9]?)[ ,]{1,2})?điều (?P<article>[0-9]{1,4}[a-zđ]?)"
)
LONGEST = 120


def anchor_of(provision):
    """The anchor of one provision, written out or already an anchor; empty when it is neither."""
    text = " ".join(normalise(provision[: 4 * LONGEST]).lower().split())
    if written := WRITTEN.fullmatch(text):
        point = written["point"] or written["lone_point"]
        return "-".join(_steps(written["article"], written["clause"], point))
    return text if _is_anchor(text) else ""


def _is_anchor(text):
    """One word may stand before the steps: that of an issuing text."""
    steps = "".join(found[0] for found in STEP.finditer(text))
    return bool(steps) and bool(re.fullmatch("[a-z]{0,20}", text.removesuffix(steps)))


def _steps(article, clause, point):
    yield f"dieu-{step(article)}"
    if clause:
        yield f"khoan-{step(clause)}"
    if point:
        yield f"diem-{point.replace('đ', 'dd')}"
