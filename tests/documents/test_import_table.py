"""The table of an import as it is read: CSV and XLSX as spreadsheets save them, and what is refused with a sentence."""

import io
import re
import unicodedata
import zipfile
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from documents import import_rows, import_template
from documents.import_rows import Fault, check_table
from tests.documents.tables import HEADER, ROW, csv_bytes, row, saved, table, workbook
from tests.files.samples import OLE, PDF, XLSX, archive, encrypted, file

pytestmark = pytest.mark.usefixtures("english")

NAMES = ["number", "event_date", "summary_vi", "effective_on", "signer"]
STRAY = Fault("A cell of this row stands under no column. Check commas and quotation marks.")
UNREADABLE = ["This workbook cannot be read. Save it again as XLSX."]


def cells(content, name="bang.csv"):
    return [(read.number, read.cells) for read in table(content, name)]


def refusal(content, name="bang.csv"):
    with pytest.raises(ValidationError) as refused:
        table(content, name)
    return refused.value.messages


def as_read(*typed):
    return dict(zip(NAMES, typed, strict=True))


# --- CSV --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_table_is_read_whatever_divides_its_cells(delimiter, encoding):
    typed = row(c3='Về việc; gồm 2 phần, có “ngoặc” và "nháy"')
    assert cells(csv_bytes(typed, delimiter=delimiter, encoding=encoding)) == [(2, as_read(*typed))]


def test_rows_have_the_numbers_that_a_spreadsheet_shows():
    typed = csv_bytes(row(1, c3="Hai\ndòng"), [], ["", " ", ""], row(2))
    assert [number for number, _cells in cells(typed)] == [2, 5]


@pytest.mark.parametrize(
    ("content", "rows", "first"),
    [
        ("Sô ky hiêu;Ngay;Trich yêu\n1;2;3\n4;5;quy đi\u0323nh\n".encode("cp1258"), "1, 3", "1"),
        ("So;Ngay;Trich yeu\n1;2;Ban hµnh quy ®Þnh\n".encode("latin-1"), "2", "2"),
    ],
    ids=["cp1258", "tcvn3"],
)
def test_a_csv_table_in_another_encoding_is_refused_with_its_rows(content, rows, first):
    words = f"This file is not in UTF-8 (Article 7.1), first in row {first}. Rows: {rows}. Save it as CSV UTF-8."
    assert refusal(content) == [words]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_table_in_utf_16_is_refused(encoding):
    beginning = "This file is not in UTF-8 (Article 7.1), first in row 1."
    assert refusal(csv_bytes(row(), encoding=encoding))[0].startswith(beginning)


def test_of_many_rows_in_another_encoding_the_first_ones_are_named():
    content = ("So\n" + "hµnh\n" * 30).encode("latin-1")
    assert "Rows: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …." in refusal(content)[0]


# --- XLSX -------------------------------------------------------------------------------------------------------------


def test_dates_are_read_as_dates_and_as_text():
    typed = [date(2018, 3, 1), datetime(2018, 3, 1, 9, 30), "01/03/2018"]
    book = workbook(*[row(place, c2=day) for place, day in enumerate(typed)])
    read = [found["event_date"] for _number, found in cells(saved(book), "bang.xlsx")]
    assert read == [date(2018, 3, 1), date(2018, 3, 1), "01/03/2018"]


def test_a_formula_and_an_error_of_the_spreadsheet_are_faults_of_their_cells():
    book = workbook(row(c2="=TODAY()", c3="#N/A"), row(2, c3="=1+1"))
    (_, first), (_, second) = cells(saved(book), "bang.xlsx")
    assert first["event_date"] == Fault("This cell holds a formula. Paste its value instead.")
    assert first["summary_vi"] == Fault("This cell holds an error of the spreadsheet.")
    assert second["summary_vi"] == Fault("This cell holds a formula. Paste its value instead.")


def test_numbers_are_read_as_they_are_shown():
    (found,) = cells(saved(workbook(row(c1=16.0, c3=2.5))), "bang.xlsx")
    assert (found[1]["number"], found[1]["summary_vi"]) == ("16", "2.5")


def test_empty_rows_keep_their_numbers_in_a_workbook_too():
    book = workbook(row(1))
    book.active.cell(row=9, column=1, value="7/2018/QĐ-UBND")
    assert [number for number, _cells in cells(saved(book), "bang.xlsx")] == [2, 9]


def test_the_first_sheet_that_is_not_hidden_is_read():
    book = workbook(row())
    hidden = book.create_sheet("Danh mục ẩn", 0)
    hidden.append(["Ghi chú"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Trang sau").append(["Khác"])
    assert [number for number, _cells in cells(saved(book), "bang.xlsx")] == [2]


def test_what_stands_under_a_merged_header_has_no_column():
    book = workbook(row(), header=[*HEADER[:4], "Người ký", None])
    book.active.merge_cells("E1:F1")
    book.active["F2"] = "Chủ tịch"
    assert cells(saved(book), "bang.xlsx")[0][1] == as_read(*row()) | {"": STRAY}


def test_a_title_above_the_header_is_refused_as_an_unknown_column():
    book = workbook(row())
    book.active.insert_rows(1)
    book.active["A1"] = "DANH MỤC VĂN BẢN NĂM 2018"
    book.active.merge_cells("A1:E1")
    assert refusal(saved(book), "bang.xlsx") == [
        "These columns are not known: DANH MỤC VĂN BẢN NĂM 2018. Take the names from the template."
    ]


def test_the_template_is_a_table_that_is_understood():
    read = table(import_template.template(), "mau.xlsx")
    assert [found.cells["number"] for found in read] == ["16/2017/QĐ-UBND", "1234/UBND-KGVX"]
    assert not any(isinstance(cell, Fault) for found in read for cell in found.cells.values())


# --- what is refused --------------------------------------------------------------------------------------------------

WHOLE = saved(workbook(row()))
MACROS = "This file contains macros. Please save it without macros, for example as .docx, .xlsx or PDF."
LOCKED = (
    "This is an Office file in an old format or protected by a password. "
    "Please save it without a password as .docx, .xlsx, .pptx or PDF and upload it again."
)
TIGHT = "This file unpacks to far more than is accepted. Please save it as PDF and upload it again."
WRONG_NAME = "Choose a table in the format XLSX or CSV (UTF-8)."
NOT_WHAT_IT_SAYS = (
    "The content of this file does not fit its name, which ends in .xlsx. "
    "Please save it again in that format and upload it again."
)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bang.xlsm", WHOLE, WRONG_NAME),
        ("bang.xls", OLE, WRONG_NAME),
        ("bang.ods", WHOLE, WRONG_NAME),
        ("bang", WHOLE, WRONG_NAME),
        ("bang.xlsx", archive([*XLSX, ("xl/vbaProject.bin", b"x")]), MACROS),
        ("bang.xlsx", OLE, LOCKED),
        ("bang.xlsx", archive([*XLSX, ("xl/worksheets/sheet1.xml", bytes(1_000_000))]), TIGHT),
        ("bang.xlsx", PDF, NOT_WHAT_IT_SAYS),
        ("bang.xlsx", csv_bytes(row()), NOT_WHAT_IT_SAYS),
        ("bang.csv", b"", "This file is empty. Please choose another one."),
        ("bang.xlsx", b"", "This file is empty. Please choose another one."),
    ],
)
def test_other_files_are_refused_with_a_sentence(name, content, sentence):
    assert refusal(content, name) == [sentence]


def test_an_encrypted_archive_is_refused():
    with pytest.raises(ValidationError) as refused:
        check_table(file(encrypted(archive(XLSX)), "bang.xlsx"))
    assert refused.value.code == "locked"


def test_a_workbook_under_the_name_of_a_csv_table_is_refused_as_no_utf_8():
    assert refusal(WHOLE, "bang.csv")[0].startswith("This file is not in UTF-8 (Article 7.1)")


def test_a_table_that_is_said_to_have_200_megabytes_is_refused_unread():
    class Unread(SimpleNamespace):
        def read(self, *length):
            raise AssertionError("it was read")

        seek = read

    for name in ("bang.xlsx", "bang.csv"):
        with pytest.raises(ValidationError) as refused:
            check_table(Unread(name=name, size=200 * 1024 * 1024))
        sizes = filesizeformat(200 * 1024 * 1024), filesizeformat(40 * 1024 * 1024)
        assert refused.value.messages == ["This table has {}; at most {} are accepted. Divide it.".format(*sizes)]


UNKNOWN = "These columns are not known: %s. Take the names from the template."


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([HEADER], "The table has no rows below its header."),
        ([[*HEADER, "Độ mật", "Ghi chú"], ROW], UNKNOWN % "Độ mật, Ghi chú"),
        ([[*HEADER, "SỐ HIỆU"], ROW], "These columns appear twice: Số ký hiệu."),
        ([[HEADER[0], *HEADER[3:]], ROW], "These columns are missing: Ngày ban hành, Trích yếu."),
        ([["", "", ""]], "The table is empty."),
        ([ROW, ROW], UNKNOWN % ", ".join(ROW)),
    ],
)
def test_a_table_without_rows_or_with_another_header_is_refused(rows, sentence):
    assert refusal(saved(workbook(*rows[1:], header=rows[0])), "bang.xlsx") == [sentence]


@pytest.mark.parametrize(
    "header",
    [
        ["SỐ KÝ HIỆU*", "ngày ban hành", "Trích yếu nội dung", "Ngày có hiệu lực", "người ký"],
        ["so ky hieu", "ngay ban hanh", "trich yeu", "ngay hieu luc", "nguoi ky"],
        ["Number", "Date of issue", "Subject", "Takes effect on", "Signed by"],
        [unicodedata.normalize("NFD", name) for name in HEADER],
        [f"\u200e{name}\u200b" for name in HEADER],
    ],
)
def test_columns_are_known_by_their_words(header):
    assert cells(csv_bytes(ROW, header=header)) == [(2, as_read(*ROW))]


def test_a_comma_too_many_is_a_fault_of_its_row():
    assert cells(csv_bytes([*ROW, "thừa"], [*ROW, "", ""])) == [
        (2, as_read(*ROW) | {"": STRAY}),
        (3, as_read(*ROW)),
    ]


def test_more_rows_than_are_accepted_are_refused_in_both_formats(monkeypatch):
    monkeypatch.setattr(import_rows, "MAX_ROWS", 3)
    rows = [row(number) for number in range(1, 5)]
    assert len(table(csv_bytes(*rows[:3]))) == 3
    assert refusal(csv_bytes(*rows)) == ["The table has more than 3 rows. Divide it."]
    assert refusal(saved(workbook(*rows)), "bang.xlsx") == ["The table has more than 3 rows. Divide it."]


def test_a_cell_longer_than_any_text_is_refused():
    assert refusal(csv_bytes(row(c3="a" * 5_000_001))) == [
        "This is no sound CSV file. Save it again as CSV UTF-8 or XLSX."
    ]


# --- damaged workbooks ------------------------------------------------------------------------------------------------


def with_sheet(change):
    """The workbook with the XML of its sheet as `change` makes it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as whole, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as writer:
        for name in whole.namelist():
            content = whole.read(name)
            writer.writestr(name, change(content) if name == "xl/worksheets/sheet1.xml" else content)
    return stream.getvalue()


def with_shared_text(xml, index):
    """Cell A2 names a text by its place in the list of the workbook, which is empty."""
    return re.sub(rb'(r="A2" t=")inlineStr"><is>.*?</is>', rb'\1s"><v>%s</v>' % index, xml)


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: b"<worksheet>",
        lambda xml: b"",
        lambda xml: with_shared_text(xml, b"999999"),
        lambda xml: with_shared_text(xml, b"x"),
        lambda xml: xml.replace(b'r="A2"', b'r="2A"'),
    ],
    ids=["cut off", "open", "empty", "text that is missing", "no index", "no cell"],
)
def test_a_damaged_sheet_is_refused_with_a_sentence(change):
    content = with_sheet(change)
    assert content != WHOLE
    assert refusal(content, "bang.xlsx") == UNREADABLE


def test_a_workbook_without_a_sheet_is_refused():
    assert refusal(archive(XLSX), "bang.xlsx") == UNREADABLE


def test_entities_that_swell_are_refused():
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(9)
    )
    content = with_sheet(lambda xml: entities + b"]>" + xml.replace(b"<t>01/03/2018</t>", b"<t>&j;</t>"))
    assert refusal(content, "bang.xlsx") == UNREADABLE


def test_a_row_with_a_number_beyond_every_spreadsheet_is_not_waited_for():
    content = with_sheet(lambda xml: xml.replace(b'<row r="2"', b'<row r="2000000000"').replace(b'r="A2"', b""))
    assert refusal(content, "bang.xlsx") == ["The table has no rows below its header."]
