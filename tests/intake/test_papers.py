"""The field for what strangers send: documents as they are, pictures without their place and camera, nothing else."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.migrations.writer import MigrationWriter
from django.utils.datastructures import MultiValueDict
from PIL import Image

from portal.files.fields import PaperField, PaperFormField, check_paper, to_paper
from portal.intake.fields import FilesFormField
from portal.intake.models import Upload
from tests.files.samples import DOCX, EXE, GIF, HTML, OLE, PDF, SVG, archive, file, moving, photo, picture

pytestmark = pytest.mark.usefixtures("english")
GOOD = [(PDF, "don.pdf"), (archive(DOCX), "don.docx"), ("Đơn".encode(), "don.txt"), (b"a,b", "don.CSV")]
BAD = [
    (EXE, "a.exe"),
    (HTML, "a.html"),
    (SVG, "a.svg"),
    (GIF, "a.gif"),
    (OLE, "a.doc"),
    (PDF, "a"),
    (b"", "a.pdf"),
    (b"", "a.jpg"),
    (HTML, "a.pdf"),
    (HTML, "a.jpg"),
    (PDF, "a.png"),
    (photo().read(), "a.pdf"),
    (archive(DOCX), "a.xlsx"),
    (moving("WEBP"), "a.webp"),
]


@pytest.mark.parametrize(("content", "name"), GOOD)
def test_documents_are_stored_as_they_are(content, name):
    check_paper(file(content, name))
    stored_as, stored = to_paper(file(content, name))
    assert (stored_as, stored.read()) == (name, content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("name", ["anh.jpg", "anh.JPEG", "anh.png", "anh.webp"])
def test_pictures_become_one_jpeg_each(kind, name):
    upload = picture(kind, size=(2000, 1000))
    check_paper(upload, name=name)
    stored_as, stored = to_paper(upload, name=name)
    assert stored_as == "anh.jpg"
    with Image.open(stored) as seen:
        assert (seen.format, seen.size) == ("JPEG", (1600, 800))


def test_no_picture_tells_where_and_with_what_it_was_taken():
    _name, stored = to_paper(photo(orientation=6))
    with Image.open(stored) as seen:
        assert (dict(seen.getexif()), seen.size) == ({}, (40, 60))
    assert b"Telephone" not in stored.read() and b"Exif" not in stored.read()


@pytest.mark.parametrize(("content", "name"), BAD)
def test_nothing_else_is_taken(content, name):
    for work in (check_paper, to_paper):
        with pytest.raises(ValidationError):
            work(file(content, name))


def test_the_refusal_names_all_types():
    with pytest.raises(ValidationError) as refused:
        check_paper(file(EXE, "a.exe"))
    (sentence,) = refused.value.messages
    assert ".pdf, .docx, .xlsx, .pptx, .odt, .ods, .odp, .txt, .csv, .jpg, .jpeg, .png, .webp" in sentence


def test_the_field_checks_however_the_row_is_written(db, settings):
    with pytest.raises(ValidationError), transaction.atomic():
        Upload.objects.create(file=file(HTML, "a.pdf"), token="0" * 32, size=1)
    assert not Upload.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))
    row = Upload.objects.create(file=photo(), token="0" * 32, size=1)
    assert row.file.name.startswith("tep/") and row.file.name.endswith(".jpg")
    assert "anh" not in row.file.name
    with Image.open(row.file) as seen:
        assert dict(seen.getexif()) == {}


def test_one_picture_is_one_file(db, settings):
    Upload.objects.create(file=picture(size=(2000, 1000)), token="0" * 32, size=1)
    assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == 1


def test_the_form_field_checks_and_tells_the_browser_what_it_takes():
    field = Upload._meta.get_field("file").formfield()
    assert isinstance(field, PaperFormField)
    assert field.clean(SimpleUploadedFile("anh.jpg", photo().read()))
    with pytest.raises(ValidationError):
        field.clean(SimpleUploadedFile("a.pdf", HTML))
    assert {".pdf", ".jpg", ".webp"} <= set(field.widget.attrs["accept"].split(","))


def test_migrations_name_field_storage_and_path():
    text, _imports = MigrationWriter.serialize(PaperField())
    assert text == (
        "portal.files.fields.PaperField(storage=portal.files.storage.private_storage, "
        "upload_to=portal.files.storage.attachment_path)"
    )


class FilesForm(forms.Form):
    files = FilesFormField(required=False)


def test_a_form_takes_several_files_and_looks_at_none():
    files = [SimpleUploadedFile(name, b"x") for name in ("a.exe", "b.pdf")]
    form = FilesForm({}, MultiValueDict({"files": files}))
    assert form.is_valid() and form.cleaned_data["files"] == files
    assert " multiple" in str(form["files"]) and ".webp" in str(form["files"])


def test_a_form_may_go_without_files_unless_it_asks_for_them():
    assert FilesForm({}, {}).is_valid()
    form = FilesForm({}, MultiValueDict())
    form.fields["files"].required = True
    assert form.errors == {"files": ["This field is required."]}


def test_a_name_of_nothing_but_an_extension_is_no_picture():
    with pytest.raises(ValidationError):
        check_paper(ContentFile(photo().read(), name=".jpg"))
