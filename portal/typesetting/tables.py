"""Rows written as "a | b | c", set as tables."""

import re

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Spacer, Table

from portal.typesetting.lettering import BODY, BOLD, CELLS, CENTRED, LEFT, WHOLE, WIDTH, markup, paragraphs, style

COLUMNS = range(2, 13)
# a row stands on one page: what is longer is set as paragraphs
LINES_OF_A_CELL = 22
POINTS_OF_A_LETTER = 5.5
# splitting a table over pages costs its whole length for each page
ROWS_OF_A_TABLE = 200
NARROWEST, LEAST_WEIGHT, GREATEST_WEIGHT = 12 * mm, 3, 60
RULES_BELOW_HEADINGS = re.compile(r"[-: ]+")

CELL = style("cell", LEFT, fontSize=9.5, leading=12.5, spaceAfter=0)
FIGURE = style("figure", CENTRED, fontSize=9.5, leading=12.5, spaceAfter=0)
HEADING = style("column heading", FIGURE, fontName=BOLD)
GRID = [
    *CELLS,
    ("GRID", *WHOLE, 0.4, colors.black),
    ("VALIGN", *WHOLE, "MIDDLE"),
    ("TOPPADDING", *WHOLE, 2),
    ("BOTTOMPADDING", *WHOLE, 4),
    ("LEFTPADDING", *WHOLE, 3),
    ("RIGHTPADDING", *WHOLE, 3),
]


def cells_of(line):
    """The cells of a row; none where the line is no row."""
    if " | " not in line and not line.endswith("|"):
        return []
    cells = [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]
    return cells if len(cells) in COLUMNS else []


def table(rows):
    """The rows as tables; a row that is too high for a page as paragraphs between them."""
    rows = [row for row in rows if any(row) and not all(RULES_BELOW_HEADINGS.fullmatch(cell) for cell in row)]
    columns = max(map(len, rows), default=0)
    rows = [row + [""] * (columns - len(row)) for row in rows]
    widths = _widths(rows)
    yield Spacer(0, 4)
    for number, (fits, group) in enumerate(_groups(rows, widths)):
        yield from [_grid(group, widths, headed=number == 0)] if fits else _as_paragraphs(group)
    yield Spacer(0, 8)


def _groups(rows, widths):
    """Runs of rows that fit on a page or do not."""
    group, fitting = [], True
    for row in rows:
        fits = all(
            len(cell) <= LINES_OF_A_CELL * width // POINTS_OF_A_LETTER for cell, width in zip(row, widths, strict=True)
        )
        if group and (fits != fitting or len(group) == ROWS_OF_A_TABLE):
            yield fitting, group
            group = []
        group.append(row)
        fitting = fits
    if group:
        yield fitting, group


def _widths(rows):
    """Widths by the longest cell, within bounds."""
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    weights = [min(max(length, LEAST_WEIGHT), GREATEST_WEIGHT) for length in longest]
    spare = WIDTH - NARROWEST * len(weights)
    return [NARROWEST + spare * weight / sum(weights) for weight in weights]


def _grid(rows, widths, *, headed):
    headed = headed and len(rows) > 1
    cells = [[Paragraph(markup(cell), _style_of(cell)) for cell in row] for row in rows]
    if headed:
        cells[0] = [Paragraph(markup(cell), HEADING) for cell in rows[0]]
    return Table(cells, widths, style=GRID, repeatRows=int(headed))


def _style_of(cell):
    return FIGURE if not any(map(str.isalpha, cell)) else CELL


def _as_paragraphs(rows):
    for row in rows:
        yield from paragraphs(" | ".join(filter(None, row)), BODY)
