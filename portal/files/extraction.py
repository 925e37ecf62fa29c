"""What parsers make of an uploaded file, in a process of its own: what damages or exhausts it ends with it.

    python -m portal.files.extraction KIND PATH [FOLDER FIRST LAST]

It needs no settings and prints one JSON object: `pages` with their text, their `count`, and a `problem` or "". The
output must go to a pipe: the process may write no files but the pictures of the kind `images`.
"""

import json
import logging
import resource
import sys
import time
import warnings
from functools import partial

from portal.files import office_reading, pdf_dangers, pdf_reading
from portal.files.reading import BROKEN, TOO_MUCH, Refused

MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 60
# what has been read by then is handed over; a single page that takes longer runs into the limit above
READING_SECONDS = 45
PICTURE_BYTES = 200_000_000
MAX_CHARACTERS = 5_000_000

READERS = {
    "pdf": pdf_reading.pages,
    "docx": office_reading.word_pages,
    "odt": office_reading.opendocument_pages,
    "txt": office_reading.plain_pages,
}
CHECKS = {"check-pdf": pdf_dangers.check, "check-office": office_reading.check}


def main(kind, path, *rest):
    _limit(file_bytes=PICTURE_BYTES if kind == "images" else 0)
    json.dump(_answer(partial(_carry_out, kind, path, *rest)), sys.stdout)  # ASCII: a page may hold half characters


def _limit(*, file_bytes):
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    _lower(resource.RLIMIT_AS, MEMORY_BYTES)
    _lower(resource.RLIMIT_CPU, CPU_SECONDS)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, file_bytes)


def _lower(which, value):
    limit = resource.getrlimit(which)[1]
    value = value if limit == resource.RLIM_INFINITY else min(value, limit)
    resource.setrlimit(which, (value, value))


def _answer(work):
    try:
        return work()
    except Refused as refusal:
        return _result(problem=refusal.problem)
    except MemoryError:
        return _result(problem=TOO_MUCH)
    except Exception:  # parsers let through whatever the damaged bytes cause
        return _result(problem=BROKEN)


def _carry_out(kind, path, *rest):
    if kind in READERS:
        return _collect(READERS[kind](path))
    if kind in CHECKS:
        return _result(count=CHECKS[kind](path))
    folder, first, last = rest
    return _result(count=pdf_reading.save_images(path, folder, first=int(first), last=int(last)))


def _collect(source):
    """All pages, or what came before a limit with the problem."""
    pages, left = [], MAX_CHARACTERS
    for text in source.texts:
        pages.append(text[:left])
        left -= len(text)
        if left < 0 or time.process_time() > READING_SECONDS:
            return _result(pages, source.count, TOO_MUCH)
    return _result(pages, source.count)


def _result(pages=(), count=None, problem=""):
    return {"pages": list(pages), "count": count, "problem": problem}


if __name__ == "__main__":
    main(*sys.argv[1:])
