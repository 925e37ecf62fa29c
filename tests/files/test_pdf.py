"""A PDF that is stored opens, has pages and is nothing but paper; an office file that is stored opens."""

import sys

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from portal.files import sandbox
from portal.files.attachments import check_attachment
from portal.files.pdf import check_pdf
from tests.files.documents import locked, odt, scan_pdf, text_pdf, word
from tests.files.models import Upload
from tests.files.samples import CONTENT_TYPES, DOCX, PDF, XLSX, archive, file, opendocument, pdf

SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
LINK = b"<</S/URI/URI(https://quangngai.gov.vn)>>"
NOTE = b"<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]%s>>"
ATTACHED = b"<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>"
STREAM = b"<</Length 1>>stream\na\nendstream"
# AES-256; which password opens it can only be found out with an AES of one's own
AES = (
    b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 5/R 6/Length 256/P -3904/O<%s>/U<%s>/OE<%s>/UE<%s>/Perms<%s>"
    b"/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen/Length 32>>>>/StmF/StdCF/StrF/StdCF>>"
) % (b"ab" * 48, b"cd" * 48, b"ef" * 32, b"01" * 32, b"23" * 16)


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    monkeypatch.setattr(sandbox, "_harmless", {})


def refusal(content, name="a.pdf"):
    """The code of the refusal; the upload stays as it was, and nothing is stored."""
    upload = file(content, name)
    with pytest.raises(ValidationError) as refused:
        check_attachment(upload)
    assert (upload.tell(), upload.read()) == (0, content)
    with pytest.raises(ValidationError):
        Upload().attachment.save(name, file(content, name), save=False)
    return refused.value.code


@pytest.mark.parametrize(
    "content",
    [
        PDF,
        text_pdf("Quyết định ban hành Quy chế", "Điều 1"),
        scan_pdf("Quyết định"),
        locked(text_pdf("Cấm in, cấm sao chép")),
        pdf(catalog=b"/OpenAction[3 0 R/Fit]"),
        pdf(page=b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A" + LINK + b">>]"),
        pdf(catalog=b"/Names<</EmbeddedFiles<</Names[]>>>>"),
        pdf(page=b"/Resources<</ExtGState<</AA<</SMask<</S/Alpha>>>>>>/Font<</JS<</Type/Font>>>>>>"),
    ],
)
def test_paper_is_accepted(content):
    check_attachment(file(content, "a.pdf"))
    assert len(sandbox._harmless) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (locked(text_pdf("Mật"), user="bí mật"), "locked"),
        (pdf(trailer=AES), "locked"),
        (pdf(trailer=b"/Encrypt<</Filter/Adobe.PubSec/V 4>>"), "locked"),
        (text_pdf("Quyết định")[:-1000], "broken"),
        (b"%PDF-1.7\n" + bytes(2000), "broken"),
        (pdf(kids=b"[2 0 R]"), "broken"),
        (pdf(b"[" * 100_000, catalog=b"/Outlines 4 0 R"), "broken"),
        (pdf(kids=b"[]"), "no_pages"),
        (pdf(SCRIPT, catalog=b"/OpenAction 4 0 R"), "active"),
        (pdf(SCRIPT, catalog=b"/Names<</JavaScript<</Names[(a)4 0 R]>>>>"), "active"),
        (pdf(b"<</S/GoTo/D[3 0 R/Fit]/Next[" + SCRIPT + b"]>>", catalog=b"/OpenAction 4 0 R"), "active"),
        (pdf(catalog=b"/OpenAction<</S/Launch/F(cmd.exe)>>"), "active"),
        (pdf(page=b"/AA<</O" + LINK + b">>"), "active"),
        (pdf(catalog=b"/AA<</WC" + SCRIPT + b">>"), "active"),
        (pdf(NOTE % (b"/A" + SCRIPT), page=b"/Annots[4 0 R]"), "active"),
        (pdf(NOTE % (b"/AA<</K" + SCRIPT + b">>"), catalog=b"/AcroForm<</Fields[4 0 R]>>"), "active"),
        (pdf(STREAM, catalog=b"/AcroForm<</Fields[]/XFA 4 0 R>>"), "active"),
        (pdf(STREAM, catalog=b"/OpenAction<</S/Java#53cript/J#53 4 0 R>>"), "active"),
        (
            pdf(b"<</Type/Catalog/Pages 2 0 R>>", catalog=b"/OpenAction" + SCRIPT).replace(b"/Catalog", b"/Cat", 1),
            "active",
        ),
        (locked(pdf(SCRIPT, catalog=b"/OpenAction 4 0 R")), "active"),
        (pdf(ATTACHED, STREAM, catalog=b"/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>"), "embedded"),
        (pdf(ATTACHED, STREAM, page=b"/Annots[<</Type/Annot/Subtype/FileAttachment/FS 4 0 R>>]"), "embedded"),
    ],
)
def test_everything_else_is_refused(content, code, stored_files):
    assert refusal(content) == code
    assert stored_files() == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", word("Quyết định")),
        ("a.odt", odt("<text:p>Quyết định</text:p>")),
        ("a.docx", archive([CONTENT_TYPES, ("word/document.xml", "<document>Đủ</document>")])),
    ],
)
def test_office_files_that_open_are_accepted(name, content):
    check_attachment(file(content, name))
    assert len(sandbox._harmless) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", archive([CONTENT_TYPES, ("word/document.xml", b"<document>Quang Ngai")])),
        ("a.docx", archive([CONTENT_TYPES, ("word/document.xml", b"")])),
        ("a.docx", archive([CONTENT_TYPES, ("word/document.xml", b"<workbook/>")])),
        ("a.docx", archive([CONTENT_TYPES, ("word/document.xml", b"<!DOCTYPE document><document/>")])),
        ("a.docx", archive(DOCX, compression=0).replace(b"Quang", b"Quanh", 1)),
        ("a.xlsx", archive([*XLSX[:1], ("xl/workbook.xml", b"<workbook>")])),
        ("a.odt", opendocument("text").replace(b"content.xml", b"kontent.xml")),
        ("a.odt", odt("<text:p>")),
    ],
)
def test_office_files_that_do_not_open_are_refused(name, content, stored_files):
    assert refusal(content, name) == "broken"
    assert stored_files() == []


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
@pytest.mark.parametrize("source", ["import os; os.kill(os.getpid(), 9)", "import time; time.sleep(60)", "1 / 0"])
def test_what_cannot_be_examined_is_refused(monkeypatch, name, source, stored_files):
    monkeypatch.setattr(sandbox, "CHECK_SECONDS", 0.5)
    monkeypatch.setattr(sandbox, "COMMAND", (sys.executable, "-c", source))
    assert refusal(PDF if name == "a.pdf" else archive(DOCX), name) == "too_much"
    assert stored_files() == []


def test_a_file_of_200_megabytes_is_refused_by_its_size_alone():
    class Huge:
        name, size = "a.pdf", 200 * 1024**2

        def read(self, *length):
            raise AssertionError("it was read")

        chunks = seek = open = read

    with pytest.raises(ValidationError) as refused:
        check_attachment(Huge())
    assert refused.value.code == "too_heavy"


def test_the_same_bytes_are_examined_once_and_others_again(monkeypatch):
    examined = []
    monkeypatch.setattr(sandbox, "run", lambda kind, path, *, seconds: examined.append(kind) or sandbox.Reading())
    for content in (PDF, PDF, pdf(page=b"/Rotate 90")):
        check_pdf(file(content, "a.pdf"))
    assert examined == ["check-pdf", "check-pdf"]


def test_a_refused_file_is_examined_again_and_refused_again():
    upload = file(pdf(kids=b"[]"), "a.pdf")
    for _ in range(2):
        with pytest.raises(ValidationError):
            check_pdf(upload)
    assert sandbox._harmless == {}


def test_the_memory_of_what_was_harmless_stays_small(monkeypatch):
    monkeypatch.setattr(sandbox, "MAX_REMEMBERED", 2)
    monkeypatch.setattr(sandbox, "run", lambda *arguments, seconds: sandbox.Reading())
    for degrees in (0, 90, 180):
        check_pdf(file(pdf(page=b"/Rotate %d" % degrees), "a.pdf"))
    assert len(sandbox._harmless) == 1


def test_uploads_in_memory_and_on_the_disk_are_examined_alike():
    on_disk = TemporaryUploadedFile("a.pdf", "application/pdf", len(PDF), None)
    on_disk.write(PDF)
    on_disk.seek(0)
    for upload in (on_disk, SimpleUploadedFile("a.pdf", PDF, "application/pdf")):
        sandbox._harmless.clear()
        check_pdf(upload)
        assert (upload.tell(), upload.read()) == (0, PDF)


def test_the_sentences_say_what_to_do(english):
    sentences = {
        locked(PDF, user="bí mật"): "This file is protected by a password. "
        "Please save it without one and upload it again.",
        pdf(SCRIPT, catalog=b"/OpenAction 4 0 R"): "This PDF contains scripts or actions that run by themselves. "
        "Please print it to a new PDF and upload that.",
        PDF[:-50]: "This file is damaged or incomplete. Please export the original once more and upload that.",
    }
    for content, sentence in sentences.items():
        with pytest.raises(ValidationError) as refused:
            check_attachment(file(content, "a.pdf"))
        assert refused.value.messages == [sentence]
