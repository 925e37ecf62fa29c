"""Reads the table of an import, CSV in UTF-8 or XLSX: each row with the number that a spreadsheet shows for it."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

from documents.import_columns import known, read_header
from portal.files.attachments import check_attachment

MAX_ROWS = 50_000
MAX_BYTES = 40 * 1024 * 1024
MAX_COLUMNS = 100
LAST_ROW = 1_048_576  # of a spreadsheet; a number beyond it would have empty rows counted for hours
LONGEST_CELL = 5_000_000
SHOWN_ROWS = 10
DELIMITERS = ",;\t"

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True)
class Fault:
    """Stands for a cell that cannot be used: the sentence that says why."""

    sentence: str


@dataclass(frozen=True)
class Row:
    """`cells`: column name to text, date or Fault; empty cells are left out. The name "" is for what has no column."""

    number: int
    cells: dict


def check_table(upload, *, name=""):
    """Raise ValidationError unless `upload` is a CSV file in UTF-8 or an XLSX workbook of a bearable size."""
    name = name or upload.name
    if PurePosixPath(name).suffix.lower() not in (".csv", ".xlsx"):
        raise ValidationError(_("Choose a table in the format XLSX or CSV (UTF-8)."))
    if upload.size > MAX_BYTES:
        sizes = {"size": filesizeformat(upload.size), "limit": filesizeformat(MAX_BYTES)}
        raise ValidationError(_("This table has %(size)s; at most %(limit)s are accepted. Divide it.") % sizes)
    if name.lower().endswith(".csv"):
        _csv_text(upload)
    check_attachment(upload, name=name)
    upload.seek(0)


def read_table(file, *, name=""):
    """The rows below the header. Raises ValidationError with a sentence for a table that cannot be read."""
    file.seek(0)
    filled = _csv_records(file) if (name or file.name).lower().endswith(".csv") else _workbook_records(file)
    if not filled:
        raise ValidationError(_("The table is empty."))
    names = read_header([cell if isinstance(cell, str) else "" for cell in filled[0][1]])
    if len(filled) == 1:
        raise ValidationError(_("The table has no rows below its header."))
    if len(filled) - 1 > MAX_ROWS:
        raise ValidationError(_("The table has more than %(limit)d rows. Divide it.") % {"limit": MAX_ROWS})
    return [Row(number, _by_name(names, cells)) for number, cells in filled[1:]]


def _filled(records):
    """The header and the rows that hold something; one more than is accepted tells that there are too many."""
    return list(islice((record for record in records if any(map(_is_filled, record[1]))), MAX_ROWS + 2))


def _is_filled(cell):
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _by_name(names, cells):
    """A value without a header above it is a fault: one comma too many moves all that follows into wrong columns."""
    row = {}
    for position, cell in enumerate(cells):
        if not _is_filled(cell):
            continue
        if name := names[position] if position < len(names) else "":
            row[name] = cell
        else:
            row[""] = Fault(_("A cell of this row stands under no column. Check commas and quotation marks."))
    return row


# --- CSV --------------------------------------------------------------------------------------------------------------


def _csv_text(file):
    file.seek(0)
    # bytes that are no UTF-8 become halves of characters, which tell the rows that they stand in
    text = file.read().decode("utf-8-sig", "surrogateescape")
    file.seek(0)
    if not any("\udc80" <= character <= "\udcff" for character in _no_ascii(text)):
        return text
    bad = [str(number) for number, cells in _records(text) if any(map(_is_damaged, cells))]
    rows = ", ".join(bad[:SHOWN_ROWS]) + (", …" if len(bad) > SHOWN_ROWS else "")
    words = _("This file is not in UTF-8 (Article 7.1), first in row %(first)s. Rows: %(rows)s. Save it as CSV UTF-8.")
    raise ValidationError(words % {"first": bad[0], "rows": rows}, code="not_utf8")


def _no_ascii(text):
    return set(text) if not text.isascii() else ()


def _is_damaged(cell):
    return any("\udc80" <= character <= "\udcff" for character in _no_ascii(cell))


def _csv_records(file):
    return _records(_csv_text(file))


def _records(text):
    try:
        return _filled(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), start=1))
    except csv.Error as error:
        raise ValidationError(_("This is no sound CSV file. Save it again as CSV UTF-8 or XLSX.")) from error


def _delimiter(text):
    """The one that divides the header into the most columns that are known."""
    start = text.lstrip()[:20_000]

    def columns(delimiter):
        header = next(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter), [])
        return sum(bool(known(cell)) for cell in header)

    return max(DELIMITERS, key=columns)


# --- XLSX -------------------------------------------------------------------------------------------------------------


def _workbook_records(file):
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), book.worksheets[0])
        sheet.reset_dimensions()  # what the file says of its size need not be true
        rows = enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=LAST_ROW), start=1)
        return _filled((number, _values(row)) for number, row in rows if any(cell is not EMPTY_CELL for cell in row))
    except Exception as error:  # openpyxl and its parsers let through whatever the damaged parts cause
        raise ValidationError(_("This workbook cannot be read. Save it again as XLSX.")) from error


def _values(row):
    """The cells up to the last that holds something."""
    values = [_value(cell) for cell in row]
    while values and not _is_filled(values[-1]):
        values.pop()
    return values


def _value(cell):
    value = cell.value
    if cell.data_type == "f":
        return Fault(_("This cell holds a formula. Paste its value instead."))
    if cell.data_type == "e":
        return Fault(_("This cell holds an error of the spreadsheet."))
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date | str):
        return value
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
