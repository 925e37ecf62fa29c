"""Which files may be attached: the allowed types, and the proof that a file is what its name says."""

import zipfile
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from portal.files.inspection import (
    DOCX,
    ODP,
    ODS,
    ODT,
    OLD_OFFICE,
    PPTX,
    TEXT,
    XLSX,
    content_type,
    read_start,
)
from portal.files.office import check_office
from portal.files.pdf import check_pdf
from portal.files.reading import LOCKED
from portal.files.refusals import SENTENCES

# Pictures are none of them: they go through PictureField, which takes out where and with what they were taken.
ALLOWED = {
    ".pdf": "application/pdf",
    ".docx": DOCX,
    ".xlsx": XLSX,
    ".pptx": PPTX,
    ".odt": ODT,
    ".ods": ODS,
    ".odp": ODP,
    ".txt": TEXT,
    ".csv": TEXT,
}
PICTURE_EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp")
OLD_OFFICE_EXTENSIONS = (".doc", ".xls", ".ppt")
ATTACHMENT_MAX_BYTES = 50 * 1024 * 1024
UNPACKED_MAX_BYTES = 300 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 20_000
MANIFEST_LENGTH = 1_000_000
ENCRYPTED = 0x1

EMPTY = _("This file is empty. Please choose another one.")
TOO_HEAVY = _("This file has %(size)s; at most %(limit)s are accepted. Please make it smaller and upload it again.")
A_PICTURE = _("This is a picture. Please add it to the pictures of the item, with words for those who do not see it.")
NOT_ALLOWED = _("Files of this type are not accepted. Please use one of these types: %(allowed)s.")
NOT_WHAT_IT_SAYS = _(
    "The content of this file does not fit its name, which ends in %(extension)s. "
    "Please save it again in that format and upload it again."
)
NOT_UTF8 = _("This is not a plain text file in UTF-8. Please save it with the encoding UTF-8 and upload it again.")
OLD_OR_LOCKED = _(
    "This is an Office file in an old format or protected by a password. "
    "Please save it without a password as .docx, .xlsx, .pptx or PDF and upload it again."
)
MACROS = _("This file contains macros. Please save it without macros, for example as .docx, .xlsx or PDF.")
PACKED_TOO_TIGHT = _("This file unpacks to far more than is accepted. Please save it as PDF and upload it again.")


def check_attachment(upload, *, name=""):
    """Raise ValidationError unless `upload` is of an allowed type, by its (or the given) name and its content."""
    _check_size(upload)
    extension = PurePosixPath(name or upload.name).suffix.lower()
    found = content_type(upload)
    if found == OLD_OFFICE or extension in OLD_OFFICE_EXTENSIONS:
        raise ValidationError(OLD_OR_LOCKED, code="old_or_locked")
    if extension in PICTURE_EXTENSIONS:
        raise ValidationError(A_PICTURE, code="a_picture")
    if extension not in ALLOWED:
        raise ValidationError(NOT_ALLOWED, code="not_allowed", params={"allowed": ", ".join(ALLOWED)})
    if found != ALLOWED[extension]:
        raise _mismatch(extension)
    _check_inside(upload, found)


def _check_size(upload):
    limit = getattr(settings, "ATTACHMENT_MAX_BYTES", ATTACHMENT_MAX_BYTES)
    if not upload.size:
        raise ValidationError(EMPTY, code="empty")
    if upload.size > limit:
        sizes = {"size": filesizeformat(upload.size), "limit": filesizeformat(limit)}
        raise ValidationError(TOO_HEAVY, code="too_heavy", params=sizes)


def _mismatch(extension):
    if ALLOWED[extension] == TEXT:
        return ValidationError(NOT_UTF8, code="not_utf8")
    return ValidationError(NOT_WHAT_IT_SAYS, code="not_what_it_says", params={"extension": extension})


def _check_inside(upload, found):
    if found == ALLOWED[".pdf"]:
        check_pdf(upload)
    elif found.startswith("application/vnd."):
        with zipfile.ZipFile(upload) as archive:
            _check_archive(archive)
        upload.seek(0)
        check_office(upload)


def _check_archive(archive):
    members = archive.infolist()
    _check_unpacked_size(members)
    if any(member.flag_bits & ENCRYPTED for member in members) or _is_locked_opendocument(archive):
        raise ValidationError(SENTENCES[LOCKED], code=LOCKED)
    if any(_is_macro(member.filename) for member in members):
        raise ValidationError(MACROS, code="macros")


def _check_unpacked_size(members):
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > UNPACKED_MAX_BYTES or unpacked > MAX_RATIO * packed or len(members) > MAX_MEMBERS:
        raise ValidationError(PACKED_TOO_TIGHT, code="packed_too_tight")


def _is_macro(name):
    """vbaProject.bin of Microsoft Office; the Basic and Scripts folders of OpenDocument."""
    return name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/"))


def _is_locked_opendocument(archive):
    return b"encryption-data" in read_start(archive, "META-INF/manifest.xml", MANIFEST_LENGTH)
