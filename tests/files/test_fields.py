"""Nothing reaches the disk unchecked, and nothing is to be had by an address."""

import re
from io import BytesIO

import pytest
from django.contrib.admin.utils import display_for_field
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.migrations.writer import MigrationWriter
from django.forms import ClearableFileInput, modelform_factory
from django.utils import timezone
from PIL import Image

from portal.files.fields import AttachmentField, PictureField
from portal.files.storage import private_storage, rendition_name
from tests.files.models import AddressedUpload, Upload
from tests.files.samples import EXE, HTML, PDF, file, photo, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("upload_table")]

UploadForm = modelform_factory(Upload, fields=["picture", "attachment"])
YEAR = timezone.now().year


def test_a_picture_is_stored_in_three_widths_under_a_name_that_tells_nothing(stored_files):
    upload = Upload.objects.create(picture=picture("PNG", (2000, 1000), name="Bí mật.png"))
    stem = re.fullmatch(rf"anh/{YEAR}/([0-9a-f]{{32}})\.jpg", upload.picture.name)[1]
    assert stored_files() == [f"anh/{YEAR}/{stem}{suffix}.jpg" for suffix in ("-400", "-800", "")]
    sizes = {width: Image.open(upload.picture.rendition(width).file).size for width in (400, 800, 1600)}
    assert sizes == {400: (400, 200), 800: (800, 400), 1600: (1600, 800)}
    assert Upload.objects.get().picture.name == upload.picture.name


def test_what_is_stored_carries_no_metadata(stored_files):
    upload = Upload.objects.create(picture=photo())
    assert dict(Image.open(upload.picture.file).getexif()) == {}


@pytest.mark.parametrize("content", [HTML, PDF, b"", picture("PNG").read()[:-30]])
def test_an_invalid_picture_raises_and_stores_nothing(content, stored_files):
    with pytest.raises(ValidationError), transaction.atomic():
        Upload.objects.create(picture=file(content, "anh.jpg"))
    assert stored_files() == []
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(("name", "content"), [("a.pdf", EXE), ("a.exe", EXE), ("a.html", HTML), ("a.pdf", b"")])
def test_an_invalid_attachment_raises_and_stores_nothing(name, content, stored_files):
    with pytest.raises(ValidationError), transaction.atomic():
        Upload.objects.create(attachment=file(content, name))
    assert stored_files() == []
    assert Upload.objects.count() == 0


def test_a_refused_replacement_keeps_the_old_picture(stored_files):
    upload = Upload.objects.create(picture=picture())
    before = stored_files()
    upload.picture = file(HTML, "anh.jpg")
    with pytest.raises(ValidationError), transaction.atomic():
        upload.save()
    assert stored_files() == before
    assert Upload.objects.get().picture.name == before[-1]


def test_saving_again_stores_nothing_new(stored_files):
    upload = Upload.objects.create(picture=picture(), attachment=file(PDF, "a.pdf"))
    before = stored_files()
    upload.save()
    Upload.objects.get().save()
    assert stored_files() == before


def test_a_picture_saved_through_its_file_is_checked_and_saves_the_row(stored_files):
    upload = Upload.objects.create()
    with pytest.raises(ValidationError):
        upload.picture.save("anh.png", file(HTML, "anh.png"))
    assert stored_files() == []
    upload.picture.save("anh.png", picture("PNG"))
    assert Upload.objects.get().picture.name == upload.picture.name
    assert len(stored_files()) == 3


def test_deleting_a_picture_removes_its_renditions(stored_files):
    upload = Upload.objects.create(picture=picture())
    upload.picture.delete()
    assert stored_files() == []
    assert Upload.objects.get().picture.name == ""


def test_an_attachment_is_stored_as_it_is_under_a_name_that_tells_nothing(stored_files):
    upload = Upload.objects.create(attachment=file(PDF, "Đơn của ông A.PDF"))
    assert re.fullmatch(rf"tep/{YEAR}/[0-9a-f]{{32}}\.pdf", upload.attachment.name)
    assert stored_files() == [upload.attachment.name]
    assert upload.attachment.read() == PDF


def test_the_name_an_attachment_is_stored_under_is_the_one_that_is_checked(stored_files):
    upload = Upload()
    with pytest.raises(ValidationError):
        upload.attachment.save("a.exe", file(PDF, "a.pdf"), save=False)
    assert stored_files() == []
    upload.attachment.save("a.pdf", ContentFile(PDF), save=False)
    assert stored_files() == [upload.attachment.name]


def test_form_shows_each_refusal_at_its_field_and_stores_nothing(stored_files):
    files = {
        "picture": SimpleUploadedFile("anh.jpg", HTML, "image/jpeg"),
        "attachment": SimpleUploadedFile("a.pdf", EXE, "application/pdf"),
    }
    form = UploadForm({}, files)
    assert {name: [error.code for error in errors.as_data()] for name, errors in form.errors.items()} == {
        "picture": ["not_a_picture"],
        "attachment": ["not_what_it_says"],
    }
    assert stored_files() == []


def test_form_stores_what_it_accepts(stored_files):
    files = {
        "picture": SimpleUploadedFile("anh.webp", picture("WEBP").read(), "image/webp"),
        "attachment": SimpleUploadedFile("a.pdf", PDF, "application/pdf"),
    }
    form = UploadForm({}, files)
    assert form.is_valid(), form.errors
    upload = form.save()
    assert Image.open(BytesIO(upload.picture.read())).format == "JPEG"
    assert len(stored_files()) == 4


def test_form_accepts_the_long_names_of_official_files():
    name = "Quyet dinh ban hanh Quy che " * 8 + ".pdf"
    form = UploadForm({}, {"attachment": SimpleUploadedFile(name, PDF, "application/pdf")})
    assert form.is_valid(), form.errors
    assert len(form.save().attachment.name) == 45


def test_form_of_a_stored_row_keeps_its_files_and_can_clear_them():
    upload = Upload.objects.create(picture=picture(), attachment=file(PDF, "a.pdf"))
    UploadForm({}, {}, instance=upload).save()
    assert Upload.objects.get().attachment.name == upload.attachment.name
    assert UploadForm({}, {}, instance=AddressedUpload.objects.get())["attachment"].as_widget().count("/tep/") == 1
    UploadForm({"attachment-clear": "on"}, {}, instance=upload).save()
    assert (Upload.objects.get().attachment.name, bool(Upload.objects.get().picture)) == ("", True)


def test_form_fields_tell_the_browser_what_is_accepted():
    fields = UploadForm().fields
    assert fields["picture"].widget.attrs == {"accept": "image/jpeg,image/png,image/webp"}
    assert ".docx" in fields["attachment"].widget.attrs["accept"].split(",")
    assert isinstance(fields["picture"].widget, ClearableFileInput)


def test_storage_gives_no_address_and_the_owner_names_its_own():
    upload = Upload.objects.create(picture=picture())
    with pytest.raises(ValueError, match="not accessible via a URL"):
        private_storage().url(upload.picture.name)
    assert upload.picture.url == ""
    assert AddressedUpload.objects.get().picture.url == f"/tep/{upload.pk}/picture/"


def test_pages_of_the_admin_show_a_stored_file():
    upload = Upload.objects.create(picture=picture())
    field = Upload._meta.get_field("picture")
    assert upload.picture.name in display_for_field(upload.picture, field, "")
    assert "picture" in str(UploadForm(instance=upload))


def test_uploads_follow_the_media_folder_of_the_settings(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    upload = Upload.objects.create(attachment=file(PDF, "a.pdf"))
    assert (tmp_path / "elsewhere" / upload.attachment.name).read_bytes() == PDF


def test_renditions_lie_beside_the_picture():
    assert rendition_name("anh/2026/abc.jpg", 400) == "anh/2026/abc-400.jpg"
    assert rendition_name("anh/2026/abc.jpg", 1600) == "anh/2026/abc.jpg"


@pytest.mark.parametrize(("field", "path"), [(PictureField(), "picture_path"), (AttachmentField(), "attachment_path")])
def test_migrations_name_field_storage_and_path(field, path):
    text, imports = MigrationWriter.serialize(field)
    assert text == (
        f"portal.files.fields.{type(field).__name__}(storage=portal.files.storage.private_storage, "
        f"upload_to=portal.files.storage.{path})"
    )
    assert imports == {"import portal.files.fields", "import portal.files.storage"}
