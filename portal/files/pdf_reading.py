"""Text and pictures of a PDF, page by page. Used by `portal.files.extraction` in its own process only."""

from itertools import islice
from pathlib import Path

from PIL import Image
from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from portal.files.reading import BROKEN, LOCKED, TOO_MUCH, Refused, Source, scan_name

Image.MAX_IMAGE_PIXELS = 40_000_000
# smaller pictures on a page are seals, signatures and emblems
SMALLEST_SCAN = 200
MAX_SCANS = 20


def open_pdf(path):
    """The reader. What is encrypted is read when the empty password opens it: it only forbids to print or to copy.

    pypdf tries the empty password itself. AES needs the package `cryptography`; without it such a file counts as
    locked, because nobody can say what is in it.
    """
    try:
        reader = PdfReader(path)
        len(reader.pages)
    except (DependencyError, FileNotDecryptedError, NotImplementedError) as locked:
        raise Refused(LOCKED) from locked
    except LimitReachedError as limit:
        raise Refused(TOO_MUCH) from limit
    return reader


def pages(path):
    reader = open_pdf(path)
    return Source(_texts(reader), len(reader.pages))


def _texts(reader):
    """A damaged page is empty; raises Refused after the last one if no page could be read."""
    damaged = 0
    for page in reader.pages:
        try:
            yield page.extract_text()
        except (MemoryError, LimitReachedError) as limit:
            raise Refused(TOO_MUCH) from limit
        except Exception:  # pypdf lets through whatever the damaged bytes cause
            damaged += 1
            yield ""
    if damaged == len(reader.pages):
        raise Refused(BROKEN)


def save_images(path, folder, *, first, last):
    """Write the pictures of the pages `first` to `last` (from 0, the last not included); return how many pages are."""
    reader = open_pdf(path)
    for number in range(first, min(last, len(reader.pages))):
        for position, picture in enumerate(islice(_pictures(reader.pages[number]), MAX_SCANS)):
            picture.save(Path(folder) / scan_name(number, position), compress_level=1)
    return len(reader.pages)


def _pictures(page):
    """The pictures that may be scans, grey and upright; what cannot be decoded is left out."""
    try:
        names = page.images.keys()
    except Exception:  # as above
        return
    for name in names:
        try:
            picture = page.images[name].image
            if picture is not None and min(picture.size) >= SMALLEST_SCAN:
                yield picture.convert("L").rotate(-page.rotation, expand=True)
        except Exception:  # as above, and Pillow's decoders add errors of their own
            continue
