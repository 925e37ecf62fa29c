"""Runs `portal.files.extraction` on an upload: whatever the file does to its reader, the portal gets an answer."""

import json
import logging
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from portal.files.inspection import inspect
from portal.files.reading import TOO_MUCH

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "portal.files.extraction")
# nothing of the portal's own: neither its key nor its database
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
CHECK_SECONDS = 15
MAX_REMEMBERED = 1000

logger = logging.getLogger(__name__)
# SHA-256 of what a check found nothing in: a form checks an upload, and its field does so again before it is stored
_harmless = {}


class Reading(NamedTuple):
    pages: tuple[str, ...] = ()
    count: int | None = None
    problem: str = ""


def run(kind, path, *more, seconds):
    """The reading of the file at `path`; a reader that dies or is too slow has met too much."""
    command = [*COMMAND, kind, str(path), *map(str, more)]
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    try:
        done = subprocess.run(command, timeout=seconds, cwd=PROJECT, env=ENVIRONMENT, check=False, **options)
    except subprocess.TimeoutExpired:
        return Reading(problem=TOO_MUCH)
    return _parse(done, kind)


def _parse(done, kind):
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        logger.warning("The reader of a file (%s) ended with %s and no answer.", kind, done.returncode)
        return Reading(problem=TOO_MUCH)
    return Reading(tuple(answer["pages"]), answer["count"], answer["problem"])


def find_problem(kind, upload):
    """What speaks against `upload`, a name from `portal.files.reading`, or an empty string."""
    key = (kind, inspect(upload).sha256)
    if key in _harmless:
        return ""
    with local_path(upload) as path:
        problem = run(kind, path, seconds=CHECK_SECONDS).problem
    if not problem:
        _remember(key)
    return problem


def _remember(key):
    if len(_harmless) >= MAX_REMEMBERED:
        _harmless.clear()
    _harmless[key] = True


@contextmanager
def local_path(file):
    """A path at which the content of `file` can be read; a copy where it has none of its own."""
    if path := _own_path(file):
        yield path
        return
    with NamedTemporaryFile(prefix="portal-") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        yield copy.name


def _own_path(file):
    if hasattr(file, "temporary_file_path"):
        return file.temporary_file_path()
    if not getattr(file, "_committed", False):  # the path of a field whose file is not stored yet is not there
        return None
    try:
        return file.path
    except NotImplementedError:  # a storage that is no folder
        return None
