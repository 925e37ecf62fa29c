"""Tables for people: the one they fill in, with two examples, and what is wrong with theirs. Every cell is text that no
spreadsheet computes."""

import io
from string import ascii_uppercase

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from documents.import_columns import COLUMNS, REQUIRED, label

NAME, NAME_OF_ERRORS = "mau-nhap-van-ban.xlsx", "loi-nhap-van-ban.xlsx"
EXAMPLES = [
    {
        "number": "16/2017/QĐ-UBND",
        "event_date": "16/03/2017",
        "summary_vi": "Ban hành Quy định về cung cấp thông tin trên Cổng thông tin điện tử tỉnh",
        "type": "Quyết định",
        "issuer": "Ủy ban nhân dân tỉnh Quảng Ngãi",
        "kind": "quy phạm pháp luật",
        "effective_on": "01/04/2017",
        "signer": "Trần Ngọc Căng",
        "signer_office": "Chủ tịch",
        "files": "16-2017-QD-UBND.pdf",
    },
    {
        "number": "1234/UBND-KGVX",
        "event_date": "20/03/2017",
        "summary_vi": "V/v triển khai kế hoạch cải cách hành chính năm 2017",
        "type": "Công văn",
        "issuer": "Ủy ban nhân dân tỉnh Quảng Ngãi",
        "kind": "hành chính",
        "files": "1234-UBND-KGVX.pdf; phu-luc.xlsx",
    },
]


def template():
    """The bytes of the XLSX file."""
    header = [label(name) + "*" * (name in REQUIRED) for name in COLUMNS]
    rows = [[example.get(name, "") for name in COLUMNS] for example in EXAMPLES]
    return _workbook("Văn bản", header, rows, widths=[24] * len(COLUMNS))


def list_of_errors(errors):
    """The bytes of an XLSX file. `errors`: [row, column, sentence]; a sentence may quote a formula, and stays text."""
    header = [_("Row"), _("Column"), _("What is wrong")]
    return _workbook(capfirst(_("Errors")), header, errors, widths=[8, 24, 110])


def _workbook(title, header, rows, *, widths):
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for letter, width in zip(ascii_uppercase, widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.append([_cell(sheet, text, bold=True) for text in header])
    for row in rows:
        sheet.append([_cell(sheet, str(text)) for text in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(sheet, text, **font):
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type, cell.number_format, cell.font = "s", "@", Font(**font)
    return cell
