"""Where uploads lie: outside of every URL, under names that tell nothing; views ask who may see them."""

import uuid
from pathlib import PurePosixPath

from django.core.files.storage import FileSystemStorage
from django.utils import timezone

FULL_WIDTH = 1600


class PrivateStorage(FileSystemStorage):
    base_url = None


def private_storage():
    """In MEDIA_ROOT, as it is when a file is read or written."""
    return PrivateStorage()


def picture_path(instance, filename):
    return _path("anh", ".jpg")


def attachment_path(instance, filename):
    return _path("tep", PurePosixPath(filename).suffix.lower())


def _path(folder, extension):
    return f"{folder}/{timezone.now().year}/{uuid.uuid4().hex}{extension}"


def rendition_name(name, width):
    """The file beside the stored picture `name` that is at most `width` pixels wide."""
    if width == FULL_WIDTH:
        return name
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{width}{path.suffix}"))
