import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.files.inspection import DOCX, Inspected, inspect
from tests.files import samples
from tests.files.samples import EXE, HTML, PDF, archive, file, opendocument


def test_inspection_tells_type_size_and_checksum():
    assert inspect(file(b"Quang Ngai\n", "a.pdf")) == Inspected(
        content_type="text/plain",
        size=11,
        sha256="546d0833c19b3fe07ea27b4c3926fb588cbd505521f14196b58132523870ffe1",
    )


def test_inspection_believes_the_bytes_and_neither_the_name_nor_the_browser():
    upload = SimpleUploadedFile("a.txt", archive(samples.DOCX), content_type="text/plain")
    assert inspect(upload).content_type == DOCX


@pytest.mark.parametrize("content", [EXE, HTML, b"", b"PK\x03\x04" + bytes(50)])
def test_what_has_no_use_here_is_unknown(content):
    assert inspect(file(content, "a.pdf")).content_type == "application/octet-stream"


@pytest.mark.parametrize("claim", [b"application/pdf", b"text/html", b"image/png", b"\xff\xfe" * 500])
def test_an_archive_cannot_claim_to_be_something_else(claim):
    assert inspect(file(archive([("mimetype", claim)]), "a.odt")).content_type == "application/zip"


@pytest.mark.parametrize("kind", ["text", "spreadsheet", "presentation"])
def test_opendocument_names_its_kind(kind):
    found = inspect(file(opendocument(kind), "a.odt")).content_type
    assert found == f"application/vnd.oasis.opendocument.{kind}"


def test_the_file_is_read_in_pieces_and_left_at_its_beginning():
    upload = file(PDF + bytes(200_000), "a.pdf")
    upload.DEFAULT_CHUNK_SIZE = 1000
    upload.seek(77)
    inspected = inspect(upload)
    assert (inspected.content_type, inspected.size) == ("application/pdf", len(PDF) + 200_000)
    assert upload.tell() == 0
