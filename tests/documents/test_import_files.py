"""The files that come with an import: found by name in a folder or an archive, checked before they are stored."""

import hashlib
import io
import unicodedata
import zipfile

import pytest
from django.core.exceptions import ValidationError

from documents.import_files import Archive, Folder, check_archive
from documents.models import Document
from portal.publishing.models import Attachment
from tests.documents.tables import (
    HEADER,
    TODAY,
    counts,
    files_on_disk,
    found,
    importer,
    make_choices,
    nothing_imported,
    row,
)
from tests.files.documents import locked
from tests.files.samples import DOCX, EXE, PDF, archive, encrypted, file, pdf
from tests.makers import frozen

pytestmark = pytest.mark.usefixtures("law", "english", "today", "choices")

NAME = "Quyết định 16.pdf"
LEADS_OUT = "The archive holds a path that leads out of it. Pack the files anew."


@pytest.fixture
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def choices(portal):
    return make_choices(portal)


@pytest.fixture
def enter(portal):
    """Stores one row that names these files."""

    def store(names, files):
        work = importer(portal, [*row(1), names], header=[*HEADER, "Tệp"], files=files)
        return work.store(work.rows)

    return store


def zipped(*members):
    return Archive(file(archive(members), "tep.zip"))


def folder(path, **contents):
    for name, content in contents.items():
        (path / name).write_bytes(content)
    return Folder(path)


def refused(outcome):
    assert counts(outcome) == (0, 0, 1)
    return found(outcome)


def test_files_are_attached_in_the_order_of_the_cell(enter):
    files = zipped(("phu-luc.docx", archive(DOCX)), ("van-ban/16.pdf", PDF), ("khac.pdf", PDF))
    assert counts(enter("16.PDF; phu-luc.docx ;16.pdf", files)) == (1, 0, 0)
    document = Document.objects.get()
    rows = list(document.attachments.order_by("position"))
    assert [(row.title_vi, row.position, row.media_type) for row in rows] == [
        ("Quyết định 1/2018/QĐ-UBND", 0, "application/pdf"),
        ("phu-luc", 1, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ]
    assert (rows[0].size, rows[0].file.read()) == (len(PDF), PDF)
    assert len(files_on_disk()) == 2


def test_files_are_taken_from_a_folder(enter, tmp_path):
    assert counts(enter("16.pdf", folder(tmp_path, **{"16.pdf": PDF}))) == (1, 0, 0)
    assert Attachment.objects.get().sha256 == hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_found_however_the_archive_writes_it(enter, form):
    """Windows says that it writes UTF-8, the Finder writes decomposed UTF-8 and does not say so."""
    name = unicodedata.normalize(form, NAME)
    for content in (archive([(name, PDF)]), without_the_flag(archive([(name, PDF)]))):
        files = Archive(file(content, "tep.zip"))
        files.check(NAME)
        with files.open(NAME) as found:
            assert found.read() == PDF
    assert counts(enter(NAME, files)) == (1, 0, 0)


def without_the_flag(content):
    """The archive as the Finder packs it: the names are UTF-8, the flag that says so is missing."""
    marked = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        start = marked.find(signature)
        while start >= 0:
            marked[start + offset] &= ~8
            start = marked.find(signature, start + 4)
    assert bytes(marked) != content
    return bytes(marked)


def test_a_name_in_the_letters_of_dos_is_found_by_them():
    content = without_the_flag(archive([("Caf€.pdf", PDF)])).replace("Caf€".encode(), b"Caf\x82\x82\x82")
    files = Archive(file(content, "tep.zip"))
    files.check("Cafééé.pdf")


def test_what_a_mac_packs_beside_a_file_is_not_taken_for_it(enter):
    files = zipped(("16.pdf", PDF), ("__MACOSX/16.pdf", b"resource"), ("van-ban/", b""))
    assert counts(enter("16.pdf", files)) == (1, 0, 0)


@pytest.mark.parametrize("name", ["17.pdf", "../16.pdf", "van-ban/16.pdf", "/etc/passwd", "..", "C:\\16.pdf"])
def test_a_file_that_the_archive_does_not_hold_is_missing(enter, name):
    with nothing_imported():
        outcome = enter(name, zipped(("van-ban/16.pdf", PDF)))
    assert refused(outcome) == [(2, "Tệp", f"The file “{name}” is missing.")]


def test_without_an_archive_every_file_is_missing(enter):
    with nothing_imported():
        assert refused(enter("16.pdf", None)) == [(2, "Tệp", "The file “16.pdf” is missing.")]


def test_two_files_of_one_name_are_told(enter):
    with nothing_imported():
        outcome = enter("16.pdf", zipped(("a/16.pdf", PDF), ("b/16.PDF", PDF)))
    assert refused(outcome) == [(2, "Tệp", "There are several files “16.pdf”.")]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("16.pdf", PDF[: len(PDF) // 2], "damaged"),
        ("16.pdf", locked(PDF, user="mở"), "password"),
        ("16.pdf", b"", "empty"),
        ("16.pdf", EXE, "does not fit its name"),
        ("16.exe", EXE, "not accepted"),
        ("16.docx", archive([*DOCX, ("word/vbaProject.bin", b"x")]), "macros"),
    ],
)
def test_a_file_that_would_be_refused_as_an_upload_is_refused_with_its_name(enter, name, content, sentence):
    with nothing_imported():
        ((line, column, said),) = refused(enter(name, zipped((name, content))))
    assert (line, column) == (2, "Tệp")
    assert said.startswith(f"{name}: ")
    assert sentence in said


def test_one_bad_file_among_several_keeps_the_row_out_and_leaves_no_file_behind(enter):
    with nothing_imported():
        outcome = enter("16.pdf; hong.pdf", zipped(("16.pdf", PDF), ("hong.pdf", PDF[:60])))
    assert len(refused(outcome)) == 1


def test_a_member_whose_bytes_are_damaged_is_refused(enter):
    content = bytearray(archive([("16.pdf", pdf(b"<</Quang/Ngai>>"))]))
    content[60] ^= 0xFF
    with nothing_imported():
        outcome = enter("16.pdf", Archive(file(bytes(content), "tep.zip")))
    assert refused(outcome) == [(2, "Tệp", "The file “16.pdf” is damaged.")]


def test_a_file_heavier_than_an_attachment_may_be_is_refused(enter, monkeypatch, tmp_path):
    monkeypatch.setattr("documents.import_files.ATTACHMENT_MAX_BYTES", 100)
    for files in (zipped(("16.pdf", PDF)), folder(tmp_path, **{"16.pdf": PDF})):
        with nothing_imported():
            ((_row, _column, sentence),) = refused(enter("16.pdf", files))
        assert sentence == "The file “16.pdf” is larger than 100\xa0bytes."


def test_a_link_in_the_folder_leads_nowhere(enter, tmp_path):
    (tmp_path / "that").write_bytes(PDF)
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "16.pdf").symlink_to(tmp_path / "that")
    with nothing_imported():
        assert refused(enter("16.pdf", Folder(tmp_path / "files"))) == [(2, "Tệp", "The file “16.pdf” is missing.")]


def test_files_that_were_stored_for_rows_that_were_not_are_gone_again(enter, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the power is out")

    monkeypatch.setattr("documents.importing.attach", broken)
    with nothing_imported(), pytest.raises(RuntimeError):
        enter("16.pdf", zipped(("16.pdf", PDF)))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tep.rar", archive([("a.pdf", PDF)]), "Choose a ZIP archive."),
        ("tep.zip", PDF, "This archive is damaged or no ZIP archive."),
        ("tep.zip", b"", "This archive is damaged or no ZIP archive."),
        ("tep.zip", archive([("a.pdf", PDF)])[:-30], "This archive is damaged or no ZIP archive."),
        ("tep.zip", archive([("../a.pdf", PDF)]), LEADS_OUT),
        ("tep.zip", archive([("/etc/a.pdf", PDF)]), LEADS_OUT),
        ("tep.zip", archive([("a\\..\\..\\b.pdf", PDF)]), LEADS_OUT),
        ("tep.zip", archive([("C:\\a.pdf", PDF)]), LEADS_OUT),
        (
            "tep.zip",
            encrypted(archive([("a.pdf", PDF)])),
            "The archive is protected by a password. Pack the files without one.",
        ),
        (
            "tep.zip",
            archive([("a.pdf", bytes(1_000_000))]),
            "The archive unpacks to far more than is accepted. Divide it.",
        ),
    ],
)
def test_an_archive_with_traps_is_refused(name, content, sentence):
    with pytest.raises(ValidationError) as refused:
        check_archive(file(content, name))
    assert refused.value.messages == [sentence]


def test_a_colon_in_a_name_is_no_way_out():
    check_archive(file(archive([("Công văn số: 16.pdf", PDF)]), "tep.zip"))


def test_an_archive_that_is_too_large_is_refused_unread(monkeypatch):
    monkeypatch.setattr("documents.import_files.ARCHIVE_MAX_BYTES", 10)
    with pytest.raises(ValidationError) as refused:
        check_archive(file(b"not looked at", "tep.zip"))
    assert refused.value.messages == ["The archive is too large; at most 10\xa0bytes are accepted."]


def test_an_archive_that_says_less_than_it_holds_is_read_no_further_than_is_accepted(monkeypatch):
    monkeypatch.setattr("documents.import_files.ATTACHMENT_MAX_BYTES", 1000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as writer:
        writer.writestr("16.pdf", PDF * 20)
    files = Archive(file(stream.getvalue(), "tep.zip"))
    files.places["16.pdf"][0].file_size = 10
    with pytest.raises(ValidationError):
        files.open("16.pdf")
