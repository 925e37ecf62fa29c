"""What a file is, judged by its bytes and never by its name."""

import codecs
import hashlib
import zipfile
from typing import NamedTuple

UNKNOWN = "application/octet-stream"
OLD_OFFICE = "application/x-ole-storage"
ZIP = "application/zip"
TEXT = "text/plain"
OPENXML = "application/vnd.openxmlformats-officedocument."
DOCX = OPENXML + "wordprocessingml.document"
XLSX = OPENXML + "spreadsheetml.sheet"
PPTX = OPENXML + "presentationml.presentation"
OPENDOCUMENT = "application/vnd.oasis.opendocument."
ODT = OPENDOCUMENT + "text"
ODS = OPENDOCUMENT + "spreadsheet"
ODP = OPENDOCUMENT + "presentation"

SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF8": "image/gif",
    b"PK\x03\x04": ZIP,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLD_OFFICE,
}
MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
OPENDOCUMENTS = (ODT, ODS, ODP)
MARKUP_OR_SCRIPT = (b"<", b"%!", b"#!", b"{\\rtf")
MIMETYPE_LENGTH = 80


class Inspected(NamedTuple):
    content_type: str
    size: int
    sha256: str


def inspect(file):
    """Type, length and checksum of `file`, read in pieces and left at its beginning."""
    digest, size = hashlib.sha256(), 0
    for chunk in file.chunks():
        digest.update(chunk)
        size += len(chunk)
    return Inspected(content_type(file), size, digest.hexdigest())


def content_type(file):
    """The media type that the bytes of `file` show; the signature must stand at the very beginning."""
    file.seek(0)
    head = file.read(512)
    found = _by_signature(head) or (TEXT if _is_text(file, head) else UNKNOWN)
    if found == ZIP:
        found = _by_members(file)
    file.seek(0)
    return found


def _by_signature(head):
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for signature, kind in SIGNATURES.items() if head.startswith(signature)), "")


def _by_members(file):
    try:
        with zipfile.ZipFile(file) as archive:
            return _office_type(archive)
    except Exception:  # zipfile lets through whatever the damaged bytes cause
        return UNKNOWN


def _office_type(archive):
    names = set(archive.namelist())
    if "mimetype" in names:
        named = read_start(archive, "mimetype", MIMETYPE_LENGTH).decode("ascii", "replace").strip()
        return named if named in OPENDOCUMENTS else ZIP
    if "[Content_Types].xml" not in names:
        return ZIP
    return next((kind for part, kind in MAIN_PARTS.items() if part in names), ZIP)


def read_start(archive, name, length):
    """The first `length` bytes of a member; none when it is missing, damaged or encrypted."""
    try:
        with archive.open(name) as member:
            return member.read(length)
    except Exception:  # as above, and the decompressors add errors of their own
        return b""


def _is_text(file, head):
    """Whether all of it is UTF-8 text that no browser or system would take for something to execute."""
    if not head.strip() or head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(MARKUP_OR_SCRIPT):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in file.chunks():
            if "\0" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
