"""Scans, read by tesseract where it is installed with Vietnamese: an option of the machine, not of the settings."""

import os
import shutil
import subprocess
import time
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from portal.files.reading import TOO_MUCH, scanned_page
from portal.files.sandbox import run

LANGUAGE = "vie"
PAGE_SECONDS = 60
FILE_SECONDS = 1800
# pages whose pictures lie on the disk at the same time
BATCH = 5
BATCH_SECONDS = 90


class Scan(NamedTuple):
    """One text for each page, empty where nothing was read; `problem` when time ran out before the last one."""

    pages: tuple[str, ...]
    problem: str = ""


def is_available():
    program = shutil.which("tesseract")
    return program is not None and LANGUAGE in _languages(program)


@lru_cache(maxsize=4)
def _languages(program):
    return set(_ask([program, "--list-langs"], seconds=10).split())


def read_scan(path, count):
    """The text of the pictures on the `count` pages of the PDF at `path`."""
    ends, texts = time.monotonic() + FILE_SECONDS, [""] * count
    for first in range(0, count, BATCH):
        with TemporaryDirectory(prefix="portal-") as folder:
            run("images", path, folder, first, first + BATCH, seconds=BATCH_SECONDS)
            # also what was written before the reader died
            for picture in sorted(Path(folder).glob("*.png")):
                if time.monotonic() > ends:
                    return Scan(tuple(texts), TOO_MUCH)
                page = scanned_page(picture.name)
                texts[page] = f"{texts[page]}\n{_recognise(picture)}".strip()
    return Scan(tuple(texts))


def _recognise(picture):
    return _ask([shutil.which("tesseract"), str(picture), "-", "-l", LANGUAGE], seconds=PAGE_SECONDS)


def _ask(command, *, seconds):
    """What the program prints; nothing when it fails or takes too long."""
    # one thread: the web server has the other processors
    environment = {**{name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}}
    environment |= {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    try:
        options = {"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": seconds, "env": environment}
        return subprocess.run(command, check=True, **options).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return ""
