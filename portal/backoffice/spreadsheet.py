"""Tables that people open in a spreadsheet."""

import csv
import io

from django.http import HttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name, header, rows):
    """A CSV file to be saved, `name` in ASCII; the mark at its beginning tells spreadsheets that it is in UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(map(harmless, row) for row in [map(str, header), *rows])
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=named)


def harmless(cell):
    """A cell of text that a spreadsheet shows and does not compute."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
