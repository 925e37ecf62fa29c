"""The files that come with an import: from a folder or a ZIP archive, found by their names and never by a path."""

import re
import zipfile
from collections import defaultdict
from contextlib import suppress
from pathlib import Path, PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.files.attachments import ATTACHMENT_MAX_BYTES, ENCRYPTED, MAX_MEMBERS, MAX_RATIO, check_attachment
from portal.text.fields import gate
from portal.text.normalise import normalise

ARCHIVE_MAX_BYTES = 1024**3
UNPACKED_MAX_BYTES = 2 * 1024**3
NAME_IN_UTF8 = 0x800
DRIVE = re.compile("[A-Za-z]:")


def key_of(name):
    """Two spellings of one file's name have it in common."""
    return normalise(name).strip().casefold()


def check_archive(upload, *, name=""):
    """Raise ValidationError unless `upload` is a ZIP archive without traps."""
    if PurePosixPath(name or upload.name).suffix.lower() != ".zip":
        raise ValidationError(_("Choose a ZIP archive."))
    if upload.size > ARCHIVE_MAX_BYTES:
        limit = filesizeformat(ARCHIVE_MAX_BYTES)
        raise ValidationError(_("The archive is too large; at most %(limit)s are accepted.") % {"limit": limit})
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            _check_members(archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ValidationError(_("This archive is damaged or no ZIP archive.")) from error
    upload.seek(0)


def _check_members(members):
    if any(not _is_safe(_path(member)) for member in members):
        raise ValidationError(_("The archive holds a path that leads out of it. Pack the files anew."))
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise ValidationError(_("The archive is protected by a password. Pack the files without one."))
    unpacked, packed = (sum(getattr(row, name) for row in members) for name in ("file_size", "compress_size"))
    if unpacked > UNPACKED_MAX_BYTES or unpacked > MAX_RATIO * packed or len(members) > MAX_MEMBERS:
        raise ValidationError(_("The archive unpacks to far more than is accepted. Divide it."))


def _path(member):
    """Where the archive says that a file lies. The Finder writes UTF-8 without saying so; zipfile reads CP437 then."""
    name = member.filename
    if not member.flag_bits & NAME_IN_UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode()
    return PurePosixPath(name.replace("\\", "/"))


def _is_safe(path):
    return not path.is_absolute() and ".." not in path.parts and not DRIVE.match(str(path)) and "\0" not in str(path)


class Files:
    """No files at all; the base of the others. `places`: key of a name to where the file lies."""

    def __init__(self):
        self.places, self.checked = defaultdict(list), {}

    def open(self, name):
        """The file of that name. Raises ValidationError when there is none, or more than one."""
        found = self.places.get(key_of(name), [])
        if len(found) == 1:
            return self._read(found[0], name)
        words = _("The file “%(name)s” is missing.") if not found else _("There are several files “%(name)s”.")
        raise ValidationError(words % {"name": name[:120]})

    def check(self, name):
        """Raises ValidationError for a file that is missing or would be refused as an upload."""
        if name not in self.checked:
            with self.open(name) as file:
                self.checked[name] = _refusals(file, name)
        if self.checked[name]:
            raise ValidationError(self.checked[name])

    def _read(self, place, name):
        raise NotImplementedError

    def close(self):
        pass


def _refusals(file, name):
    try:
        gate(file.name)
        check_attachment(file)
    except ValidationError as refused:
        return [f"{name[:120]}: {sentence}" for sentence in refused.messages]
    return []


class Folder(Files):
    def __init__(self, path):
        super().__init__()
        for entry in Path(path).iterdir():
            if entry.is_file() and not entry.is_symlink():
                self.places[key_of(entry.name)].append(entry)

    def _read(self, place, name):
        if place.stat().st_size > ATTACHMENT_MAX_BYTES:
            raise _too_heavy(name)
        return ContentFile(place.read_bytes(), name=place.name)


class Archive(Files):
    def __init__(self, file):
        super().__init__()
        check_archive(file)
        self.zip = zipfile.ZipFile(file)
        for member in self.zip.infolist():
            path = _path(member)
            if not member.is_dir() and "__MACOSX" not in path.parts:
                self.places[key_of(path.name)].append(member)

    def _read(self, place, name):
        # what the archive says of a length need not be true
        try:
            with self.zip.open(place) as member:
                data = member.read(ATTACHMENT_MAX_BYTES + 1)
        except Exception as error:  # zipfile and the decompressors let through whatever the damaged bytes cause
            raise ValidationError(_("The file “%(name)s” is damaged.") % {"name": name[:120]}) from error
        if len(data) > ATTACHMENT_MAX_BYTES:
            raise _too_heavy(name)
        return ContentFile(data, name=_path(place).name)

    def close(self):
        self.zip.close()


def _too_heavy(name):
    facts = {"name": name[:120], "limit": filesizeformat(ATTACHMENT_MAX_BYTES)}
    return ValidationError(_("The file “%(name)s” is larger than %(limit)s.") % facts)
