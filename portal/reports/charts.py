"""Bars drawn as SVG on the server; the same numbers stand in the table beside them."""

from dataclasses import dataclass

PARTS = ["on_time", "late", "overdue", "waiting"]
HEIGHT = 200
TOP, BOTTOM, LEFT = 16, 28, 36
BAR, GAP = 34, 18


@dataclass(frozen=True)
class Piece:
    part: str
    x: int
    y: float
    height: float
    count: int


@dataclass(frozen=True)
class Bar:
    label: str
    middle: int
    pieces: list
    total: int


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    base: int
    left: int
    bar_width: int
    bars: list
    lines: list  # [(y, number)] of the scale


def stacked(rows):
    """A bar for each (label, Figures), its parts one upon the other; None when there is nothing to draw."""
    rows = list(rows)
    highest = max((row.due for _label, row in rows), default=0)
    if not highest:
        return None
    top = _round_up(highest)
    scale = HEIGHT / top
    base = TOP + HEIGHT
    bars = [_bar(LEFT + GAP + at * (BAR + GAP), label, row, base, scale) for at, (label, row) in enumerate(rows)]
    lines = [(round(base - number * scale, 1), number) for number in sorted({0, top // 2, top})]
    return Chart(LEFT + GAP + len(rows) * (BAR + GAP), base + BOTTOM, base, LEFT, BAR, bars, lines)


def _bar(x, label, row, base, scale):
    pieces, y = [], float(base)
    for part in PARTS:
        count = getattr(row, part)
        if count:
            y -= count * scale
            pieces.append(Piece(part, x, round(y, 1), round(count * scale, 1), count))
    return Bar(label, x + BAR // 2, pieces, row.due)


def _round_up(number):
    """The next number that halves well: 2, 4, 10, 20, 40, 100 …"""
    step = 1
    while True:
        for factor in (2, 4, 10):
            if factor * step >= number:
                return factor * step
        step *= 10
