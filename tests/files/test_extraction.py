"""The text of a file is found page by page, and no file harms who reads it."""

import json
import subprocess
import sys
import unicodedata
import zlib

import docx
import pytest
from django.core.files.base import ContentFile
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from portal.files import sandbox, texts
from portal.files.texts import Extracted, TextStatus, extract
from tests.files import samples
from tests.files.documents import locked, odt, saved, scan_pdf, text_pdf, word
from tests.files.models import Upload
from tests.files.samples import OLE, XLSX, archive, file, pdf

VIETNAMESE = "ẰẮẲẴẶ Quyết định đường phố"
TCVN3 = "ñy ban nh©n d©n tØnh Qu¶ng Ng·i"
FONT_OF_PAGE = b"/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


@pytest.fixture(autouse=True)
def no_tesseract(monkeypatch):
    monkeypatch.setenv("PATH", "")


@pytest.fixture
def reader(monkeypatch):
    """Another program in place of the reader: `reader("print(1)")`."""

    def replace(source):
        monkeypatch.setattr(sandbox, "COMMAND", (sys.executable, "-c", source))

    return replace


def flate_bomb(size):
    painted = zlib.compress(b"BT /F 12 Tf (abc) Tj ET " * (size // 24), 9)
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n" % len(painted) + painted + b"\nendstream"
    return pdf(stream, page=FONT_OF_PAGE)


@pytest.mark.parametrize(
    ("name", "content", "count"),
    [
        ("a.pdf", text_pdf(VIETNAMESE), 1),
        ("a.docx", word(VIETNAMESE), None),
        ("a.docx", word(unicodedata.normalize("NFD", VIETNAMESE)), None),
        ("a.docx", word("ẰẮẲẴẶ\u202e Quy\u200bết \u200fđịnh\xad đường phố"), None),
        ("a.odt", odt(f"<text:p>{VIETNAMESE}</text:p>"), None),
        ("a.txt", f"{VIETNAMESE}\r\n".encode("utf-8-sig"), 1),
    ],
)
def test_vietnamese_comes_back_as_it_was_written(name, content, count):
    assert extract(file(content, name)) == Extracted((VIETNAMESE,), count, TextStatus.FOUND, "")


def test_each_page_of_a_pdf_has_its_own_text():
    found = extract(file(text_pdf(*[f"Trang số {number} của Quyết định này" for number in range(1, 8)]), "a.pdf"))
    assert (found.count, len(found.pages), found.outcome) == (7, 7, "found")
    assert found.pages[6] == "Trang số 7 của Quyết định này"


def test_tables_of_word_stand_between_their_paragraphs():
    document = docx.Document()
    document.add_paragraph("Trước")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Đất ở", "1.200"
    document.add_paragraph("Sau\tcùng")
    assert extract(file(saved(document), "a.docx")).pages == ("Trước\nĐất ở\n1.200\nSau\tcùng",)


def test_a_break_that_word_noted_beside_a_typed_one_is_no_second_page():
    document = docx.Document()
    document.add_paragraph("Một").add_run().add_break(WD_BREAK.PAGE)
    for text in ("Hai", "Ba"):
        run = document.add_paragraph().add_run(text)
        run._r.insert(0, OxmlElement("w:lastRenderedPageBreak"))
    assert extract(file(saved(document), "a.docx"))[:2] == (("Một", "Hai", "Ba"), 3)


def test_how_many_pages_a_text_without_breaks_takes_nobody_knows():
    assert extract(file(word(*[VIETNAMESE] * 400), "a.docx")).count is None


def test_what_old_word_shows_instead_of_a_text_box_is_not_read_twice():
    box = "<w:txbxContent><w:p><w:r><w:t>Khung</w:t></w:r></w:p></w:txbxContent>"
    names = nsdecls("w") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    document = docx.Document()
    run = f"<w:r {names}><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    document.add_paragraph("Đầu ")._p.append(parse_xml(run))
    assert extract(file(saved(document), "a.docx")).pages == ("Đầu \nKhung",)


def test_spaces_and_breaks_of_opendocument_are_signs_of_its_own():
    body = '<text:h>Điều 1</text:h><text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d\n  e</text:p>'
    assert extract(file(odt(body), "a.odt")).pages == ("Điều 1\na  b\tc\nd e",)


def test_opendocument_breaks_its_pages_softly_and_by_style():
    styles = '<style:style style:name="P1"><style:paragraph-properties fo:break-before="page"/></style:style>'
    body = '<text:p>Một <text:soft-page-break/>hai</text:p><text:p text:style-name="P1">ba</text:p>'
    assert extract(file(odt(body, styles), "a.odt"))[:2] == (("Một", "hai", "ba"), 3)


def test_what_was_deleted_or_remarked_in_opendocument_is_no_text():
    deleted = "<text:tracked-changes><text:p>Đã xóa</text:p></text:tracked-changes>"
    body = f"{deleted}<text:p>Còn<office:annotation><text:p>Sửa lại</text:p></office:annotation> lại</text:p>"
    assert extract(file(odt(body), "a.odt")).pages == ("Còn lại",)


def test_a_form_feed_ends_a_page_of_plain_text():
    assert extract(file("Một\fHai".encode(), "a.txt"))[:3] == (("Một", "Hai"), 2, "found")


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", text_pdf("Trang đầu bằng Unicode", TCVN3, font=None)), ("a.docx", word(TCVN3))]
)
def test_legacy_pages_are_converted_and_the_file_stays_as_it_is(name, content):
    upload = file(content, name)
    found = extract(upload)
    assert (found.pages[-1], found.converted) == ("ủy ban nhân dân tỉnh Quảng Ngãi", "TCVN3")
    assert upload.read() == content


def test_the_soft_hyphens_of_tcvn3_are_letters():
    found = extract(file(word("Quy ®Þnh vÒ th\xad viÖn, ®\xadêng phè"), "a.docx"))
    assert found.pages == ("Quy định về thư viện, đường phố",)


def test_a_scan_without_a_reader_of_scans_has_no_text():
    assert extract(file(scan_pdf("Quyết định", "Điều 1"), "a.pdf")) == Extracted(("", ""), 2, TextStatus.NO_TEXT, "")


@pytest.mark.parametrize(("letters", "outcome"), [(19, "no_text"), (20, "found")])
def test_fewer_than_twenty_letters_per_page_are_a_stamp(letters, outcome):
    found = extract(file(text_pdf("2026 " + "đ" * letters, "1" + "a" * 20), "a.pdf"))
    assert (found.outcome, found.pages[1]) == (outcome, "1" + "a" * 20)


def test_a_short_letter_is_a_text_and_an_empty_one_is_none():
    assert extract(file(word("Vâng"), "a.docx")).outcome == TextStatus.FOUND
    assert extract(file(word("– 1 –"), "a.docx")).outcome == TextStatus.NO_TEXT


def test_word_files_with_macros_are_read_like_others():
    with_macros = archive([*_members(word(VIETNAMESE)), ("word/vbaProject.bin", b"x")])
    assert extract(file(with_macros, "a.docx")).pages == (VIETNAMESE,)


def _members(content):
    with samples.zipfile.ZipFile(samples.BytesIO(content)) as packed:
        return [(name, packed.read(name)) for name in packed.namelist()]


@pytest.mark.parametrize(
    ("name", "content", "outcome"),
    [
        ("a.pdf", locked(text_pdf(VIETNAMESE), user="bí mật"), "locked"),
        ("a.docx", OLE, "locked"),
        ("a.docx", samples.encrypted(word(VIETNAMESE)), "locked"),
        ("a.odt", odt("", "", ("META-INF/manifest.xml", b"<encryption-data/>")), "locked"),
        ("a.pdf", text_pdf(VIETNAMESE)[:-2000], "broken"),
        ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40, "broken"),
        ("a.pdf", pdf(kids=b"[2 0 R]"), "broken"),
        ("a.pdf", b"", "broken"),
        ("a.docx", word(VIETNAMESE)[:-100], "broken"),
        ("a.docx", archive(samples.DOCX), "broken"),
        ("a.odt", odt("<text:p>"), "broken"),
        ("a.odt", odt('<text:p><text:s text:c="nhiều"/></text:p>'), "broken"),
        ("a.txt", "Quảng Ngãi".encode("utf-16"), "broken"),
        ("a.xlsx", archive(XLSX), "not_text"),
        ("a.doc", OLE, "not_text"),
        ("anh.jpg", samples.picture().read(), "not_text"),
    ],
)
def test_a_file_without_readable_text_says_why(name, content, outcome):
    assert extract(file(content, name)) == Extracted((), None, TextStatus(outcome), "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", flate_bomb(300_000_000)),
        ("a.docx", archive([*samples.DOCX[:1], ("word/document.xml", b"<d>" + b"<p>a</p>" * 12_500_000 + b"</d>")])),
        ("a.odt", odt("<text:p>" + "a" * 100_000_000 + "</text:p>")),
    ],
)
def test_what_unpacks_to_very_much_is_not_read(name, content):
    assert len(content) < 3_000_000
    assert extract(file(content, name)) == Extracted((), None, TextStatus.TOO_MUCH, "")


def test_of_an_endless_text_the_beginning_is_kept():
    found = extract(file(("a" * 3_000_000 + "\f" + "b" * 3_000_000 + "\fc").encode(), "a.txt"))
    assert ([len(page) for page in found.pages], found.count, found.outcome) == ([3_000_000, 2_000_000], 3, "too_much")


@pytest.mark.parametrize(
    "source",
    [
        "import os; os.kill(os.getpid(), 9)",
        "import os; os.abort()",
        "raise SystemExit(1)",
        "print('{')",
        "import time; time.sleep(60)",
    ],
)
def test_a_reader_that_dies_or_never_ends_has_met_too_much(reader, monkeypatch, source):
    monkeypatch.setattr(texts, "SECONDS", 1)
    reader(source)
    assert extract(file(text_pdf(VIETNAMESE), "a.pdf")) == Extracted((), None, TextStatus.TOO_MUCH, "")


def test_the_reader_limits_itself(reader):
    reader(
        "import resource, json\n"
        "from portal.files.extraction import _answer, _limit, _result\n"
        "_limit(file_bytes=0)\n"
        "names = ['AS', 'CPU', 'CORE', 'FSIZE']\n"
        "limits = [str(resource.getrlimit(getattr(resource, 'RLIMIT_' + name))[0]) for name in names]\n"
        "greedy = _answer(lambda: bytes(2_000_000_000))\n"
        "print(json.dumps(_result(limits, problem=greedy['problem'])))"
    )
    assert sandbox.run("pdf", "/", seconds=20) == (("1500000000", "60", "0", "0"), None, "too_much")


def test_the_reader_knows_nothing_of_the_portal(reader, monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "bí mật")
    reader(
        "import json, os, sys, portal.files.extraction\n"
        "django = [name for name in sys.modules if name.split('.')[0] == 'django']\n"
        "print(json.dumps({'pages': sorted(os.environ) + django, 'count': 0, 'problem': ''}))"
    )
    known = set(sandbox.run("pdf", "/", seconds=20).pages)
    assert known - {"LC_CTYPE"} == {"LANG", "PATH", "PYTHONDONTWRITEBYTECODE"}


def test_the_reader_is_a_program_of_its_own(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(text_pdf(VIETNAMESE))
    command = [sys.executable, "-m", "portal.files.extraction", "pdf", path]
    done = subprocess.run(command, capture_output=True, check=True, cwd=sandbox.PROJECT, env={})
    assert json.loads(done.stdout) == {"pages": [VIETNAMESE + "\n"], "count": 1, "problem": ""}


def test_an_upload_is_left_at_its_beginning():
    upload = file(text_pdf(VIETNAMESE), "a.pdf")
    upload.seek(7)
    extract(upload)
    assert (upload.tell(), upload.closed) == (0, False)


def test_a_stored_file_is_read_where_it_lies_and_closed_again():
    upload = Upload()
    upload.attachment.save("a.pdf", ContentFile(text_pdf(VIETNAMESE)), save=False)
    stored = Upload(attachment=upload.attachment.name).attachment
    assert extract(stored).pages == (VIETNAMESE,)
    assert stored.closed


def test_a_file_that_is_gone_from_the_disk_is_broken():
    assert extract(Upload(attachment="tep/2026/khong-co.pdf").attachment).outcome == TextStatus.BROKEN
