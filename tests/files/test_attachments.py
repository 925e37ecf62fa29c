"""What may be attached: listed types only, and only when the content is what the name says."""

import pytest
from django.core.exceptions import ValidationError

from portal.files import attachments
from portal.files.attachments import check_attachment
from tests.files.samples import (
    CONTENT_TYPES,
    DOCX,
    EXE,
    GIF_AND_HTML,
    HTML,
    OLE,
    PDF,
    PPTX,
    SVG,
    XLSX,
    archive,
    encrypted,
    file,
    opendocument,
    picture,
)

JPEG = picture("JPEG").read()
PNG = picture("PNG").read()
WEBP = picture("WEBP").read()
MANIFEST = "META-INF/manifest.xml"
ZEROS = bytes(1_000_000)
NUMBERS = b" ".join(b"%d" % number for number in range(6000))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Quyết định 16.pdf", PDF),
        ("HOA.PDF", PDF),
        ("a.docx", archive(DOCX)),
        ("a.xlsx", archive(XLSX)),
        ("a.pptx", archive(PPTX)),
        ("a.odt", opendocument("text")),
        ("a.ods", opendocument("spreadsheet")),
        ("a.odp", opendocument("presentation", (MANIFEST, b"<manifest/>"))),
        ("a.txt", "Kính gửi: Ủy ban nhân dân tỉnh\n".encode()),
        ("a.txt", "\ufeffCó dấu thứ tự byte".encode()),
        ("a.csv", "mã,tên\n1,Lý Sơn\n".encode()),
        ("chặt.docx", archive([*DOCX, ("word/styles.xml", NUMBERS)])),
    ],
)
def test_listed_types_are_accepted(name, content):
    upload = file(content, name)
    check_attachment(upload)
    assert upload.tell() == 0


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", EXE, "not_allowed"),
        ("a.html", HTML, "not_allowed"),
        ("a.svg", SVG, "not_allowed"),
        ("a.gif", GIF_AND_HTML, "not_allowed"),
        ("a.zip", archive(DOCX), "not_allowed"),
        ("a.docm", archive(DOCX), "not_allowed"),
        ("a.pdf.exe", PDF, "not_allowed"),
        ("pdf", PDF, "not_allowed"),
        (".pdf", PDF, "not_allowed"),
        ("a.pdf", EXE, "not_what_it_says"),
        ("a.pdf", HTML, "not_what_it_says"),
        ("a.pdf", HTML + PDF, "not_what_it_says"),
        ("a.pdf", b"\n" + PDF, "not_what_it_says"),
        ("a.docx", PDF, "not_what_it_says"),
        ("a.docx", archive(XLSX), "not_what_it_says"),
        ("a.docx", archive([("a.txt", b"a")]), "not_what_it_says"),
        ("a.docx", archive([CONTENT_TYPES]), "not_what_it_says"),
        ("a.docx", opendocument("text"), "not_what_it_says"),
        ("a.docx", HTML + archive(DOCX), "not_what_it_says"),
        ("a.docx", archive(DOCX)[:-30], "not_what_it_says"),
        ("a.odt", opendocument("spreadsheet"), "not_what_it_says"),
        ("a.pdf", archive([("mimetype", b"application/pdf")]), "not_what_it_says"),
        ("a.txt", archive([("mimetype", b"text/plain")]), "not_utf8"),
        ("a.odt", opendocument("text-web"), "not_what_it_says"),
        ("a.jpg", JPEG, "a_picture"),
        ("a.JPEG", JPEG, "a_picture"),
        ("a.png", PNG, "a_picture"),
        ("a.webp", WEBP, "a_picture"),
        ("a.pdf", PNG, "not_what_it_says"),
        ("a.pdf", b"", "empty"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"  \n", "not_utf8"),
        ("a.txt", HTML, "not_utf8"),
        ("a.txt", b"\xef\xbb\xbf\n <svg onload=alert(1)>", "not_utf8"),
        ("a.txt", EXE, "not_utf8"),
        ("a.txt", GIF_AND_HTML, "not_utf8"),
        ("a.txt", "Quảng Ngãi".encode("utf-16"), "not_utf8"),
        ("a.csv", "Qu¶ng Ng·i".encode("latin-1"), "not_utf8"),
        ("a.txt", b"#!/bin/sh\nrm -rf /", "not_utf8"),
        ("a.txt", ("a" * 100_000).encode() + b"\xe1", "not_utf8"),
        ("a.doc", OLE, "old_or_locked"),
        ("a.xls", OLE, "old_or_locked"),
        ("a.ppt", b"?", "old_or_locked"),
        ("a.docx", OLE, "old_or_locked"),
        ("a.pdf", OLE, "old_or_locked"),
        ("a.docx", encrypted(archive(DOCX)), "locked"),
        ("a.odt", opendocument("text", (MANIFEST, b"<encryption-data/>")), "locked"),
        ("a.docx", archive([*DOCX, ("word/vbaProject.bin", b"x")]), "macros"),
        ("a.xlsx", archive([*XLSX, ("xl/VBAPROJECT.BIN", b"x")]), "macros"),
        ("a.odt", opendocument("text", ("Basic/Standard/Module1.xml", b"x")), "macros"),
        ("a.ods", opendocument("spreadsheet", ("Scripts/python/a.py", b"x")), "macros"),
        ("a.docx", archive([*DOCX, ("word/zeros.xml", ZEROS)]), "packed_too_tight"),
    ],
)
def test_everything_else_is_refused(name, content, code):
    with pytest.raises(ValidationError) as refusal:
        check_attachment(file(content, name))
    assert refusal.value.code == code


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(attachments, "UNPACKED_MAX_BYTES", 20_000)
    with pytest.raises(ValidationError) as refusal:
        check_attachment(file(archive([*DOCX, ("word/a.xml", NUMBERS)]), "a.docx"))
    assert refusal.value.code == "packed_too_tight"


def test_an_archive_of_very_many_members_is_refused(monkeypatch):
    monkeypatch.setattr(attachments, "MAX_MEMBERS", 3)
    many = [(f"word/{number}.xml", b"a") for number in range(2)]
    with pytest.raises(ValidationError) as refusal:
        check_attachment(file(archive(DOCX + many), "a.docx"))
    assert refusal.value.code == "packed_too_tight"


def test_a_file_that_is_too_heavy_is_refused(settings, english):
    settings.ATTACHMENT_MAX_BYTES = 50
    with pytest.raises(ValidationError) as refusal:
        check_attachment(file(PDF, "a.pdf"))
    assert refusal.value.messages == [
        f"This file has {len(PDF)}\xa0bytes; at most 50\xa0bytes are accepted. "
        "Please make it smaller and upload it again."
    ]


def test_the_sentences_say_what_to_do(english):
    sentences = {
        ("a.doc", OLE): "This is an Office file in an old format or protected by a password. "
        "Please save it without a password as .docx, .xlsx, .pptx or PDF and upload it again.",
        ("a.exe", EXE): "Files of this type are not accepted. Please use one of these types: "
        ".pdf, .docx, .xlsx, .pptx, .odt, .ods, .odp, .txt, .csv.",
        ("a.pdf", EXE): "The content of this file does not fit its name, which ends in .pdf. "
        "Please save it again in that format and upload it again.",
    }
    for (name, content), sentence in sentences.items():
        with pytest.raises(ValidationError) as refusal:
            check_attachment(file(content, name))
        assert refusal.value.messages == [sentence]
