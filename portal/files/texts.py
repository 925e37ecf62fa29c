"""The text of an uploaded file, page by page, for the search: the file itself is never touched."""

from pathlib import PurePosixPath
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.files import ocr
from portal.files.inspection import DOCX, ODT, OLD_OFFICE, TEXT, content_type
from portal.files.reading import BROKEN, LOCKED, TOO_MUCH
from portal.files.sandbox import Reading, local_path, run
from portal.text.legacy import convert, legacy_encoding
from portal.text.normalise import normalise

PDF = "pdf"
KINDS = {"application/pdf": PDF, DOCX: "docx", ODT: "odt", TEXT: "txt"}
EXTENSIONS = (".pdf", ".docx", ".odt", ".txt", ".csv")
SECONDS = 90
# a stamp or a page number on a scan is no text
LETTERS_PER_PAGE = 20
# enough of a page to tell its encoding; to weigh each word of a novel takes a minute
SAMPLE_CHARACTERS = 100_000


class TextStatus(models.TextChoices):
    WAITING = "waiting", _("waiting")
    FOUND = "found", _("text found")
    SCANNED = "scanned", _("a scan, read by machine")
    NO_TEXT = "no_text", _("a scan without text")
    LOCKED = "locked", _("protected by a password")
    BROKEN = "broken", _("damaged")
    TOO_MUCH = "too_much", _("too large or too complicated to be read")
    NOT_TEXT = "not_text", _("a type of file without text")


PROBLEMS = {LOCKED: TextStatus.LOCKED, BROKEN: TextStatus.BROKEN, TOO_MUCH: TextStatus.TOO_MUCH}


class Extracted(NamedTuple):
    """`pages` hold what was read before a limit, too; `converted` names the legacy encoding of some of them."""

    pages: tuple[str, ...] = ()
    count: int | None = None
    outcome: TextStatus = TextStatus.FOUND
    converted: str = ""


def extract(file):
    """The text of a stored or uploaded file. Takes up to minutes, for a scan longer: work for the worker only."""
    was_closed = file.closed
    try:
        found = content_type(file)
    except FileNotFoundError:  # gone from the disk
        return Extracted(outcome=TextStatus.BROKEN)
    try:
        return _extract(file, found)
    finally:
        if was_closed:
            file.close()


def _extract(file, found):
    if found not in KINDS:
        return Extracted(outcome=_without_kind(file, found))
    with local_path(file) as path:
        return _read(path, KINDS[found])


def _without_kind(file, found):
    """Damaged when its name promises a text, locked when Word has wrapped it in its old format to encrypt it."""
    extension = PurePosixPath(file.name or "").suffix.lower()
    if extension == ".docx" and found == OLD_OFFICE:
        return TextStatus.LOCKED
    return TextStatus.BROKEN if extension in EXTENSIONS else TextStatus.NOT_TEXT


def _read(path, kind):
    reading = run(kind, path, seconds=SECONDS)
    if reading.problem:
        return _extracted(reading, PROBLEMS[reading.problem])
    if _has_text(reading, LETTERS_PER_PAGE if kind == PDF else 1):
        return _extracted(reading, TextStatus.FOUND)
    if kind != PDF or not ocr.is_available():
        return _extracted(reading, TextStatus.NO_TEXT)
    return _read_scan(path, reading)


def _read_scan(path, reading):
    scan = ocr.read_scan(path, reading.count)
    seen = [read or layer for read, layer in zip(scan.pages, reading.pages, strict=True)]
    outcome = TextStatus.SCANNED if any(scan.pages) else TextStatus.NO_TEXT
    return _extracted(Reading(seen, reading.count), PROBLEMS.get(scan.problem, outcome))


def _has_text(reading, letters_per_page):
    letters = sum(sum(map(str.isalpha, page)) for page in reading.pages)
    return letters >= letters_per_page * max(1, len(reading.pages))


def _extracted(reading, outcome):
    # before it is normalised: that takes the ư of TCVN3, a soft hyphen, for nothing
    encodings = [legacy_encoding(page[:SAMPLE_CHARACTERS]) for page in reading.pages]
    pages = [
        (convert(page, encoding) if encoding else normalise(page)).strip()
        for page, encoding in zip(reading.pages, encodings, strict=True)
    ]
    return Extracted(tuple(pages), reading.count, outcome, next(filter(None, encodings), ""))
