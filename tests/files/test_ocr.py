"""Scans are read where tesseract knows Vietnamese, each text on its page, and never for ever."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from portal.files import ocr
from portal.files.reading import scan_name
from portal.files.texts import TextStatus, extract
from tests.files.documents import scan_pdf, text_pdf
from tests.files.samples import file

REAL = shutil.which("tesseract")
LANGUAGES = 'if [ "$1" = --list-langs ]; then echo eng; echo vie; exit; fi\n'


@pytest.fixture
def tesseract(tmp_path, monkeypatch):
    """Put a shell script in the place of tesseract, with the shell's own commands only."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def install(script):
        program = folder / "tesseract"
        program.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
        program.chmod(0o755)

    return install


def test_a_scan_is_read_and_each_text_stands_on_its_page(tesseract):
    tesseract(LANGUAGES + 'echo "Trang ${1##*/} bằng $4"')
    found = extract(file(scan_pdf(*"abcdefg"), "a.pdf"))
    expected = tuple(f"Trang 00000{page}-000.png bằng vie" for page in range(7))
    assert found == (expected, 7, TextStatus.SCANNED, "")


def test_what_is_read_is_composed_and_without_invisible_signs(tesseract):
    tesseract(LANGUAGES + "printf 'Quye\u0302\u0301t \u200edinh\\f'")
    assert extract(file(scan_pdf("a"), "a.pdf")).pages == ("Quyết dinh",)


def test_a_page_without_a_picture_keeps_the_little_text_it_has(tesseract):
    tesseract(LANGUAGES + "echo Không")
    found = extract(file(text_pdf("Bìa"), "a.pdf"))
    assert found == (("Bìa",), 1, TextStatus.NO_TEXT, "")


def test_a_page_that_is_laid_sideways_is_turned_upright(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(scan_pdf("Quyết định", rotation=90))
    assert ocr.run("images", path, tmp_path, 0, 1, seconds=30) == ((), 1, "")
    (picture,) = tmp_path.glob("*.png")
    assert _size(picture) == (1200, 400)


def _size(path):
    with Image.open(path) as picture:
        return picture.size


def test_a_pdf_with_text_is_not_read_by_machine(tesseract):
    tesseract(LANGUAGES + "echo Không")
    assert extract(file(text_pdf("Quyết định ban hành Quy chế"), "a.pdf")).outcome == TextStatus.FOUND


@pytest.mark.parametrize("script", [LANGUAGES, LANGUAGES + "echo Dở; exit 1", LANGUAGES + "kill -9 $$"])
def test_a_scan_on_which_nothing_is_recognised_has_no_text(tesseract, script):
    tesseract(script)
    assert extract(file(scan_pdf("a"), "a.pdf")) == (("",), 1, TextStatus.NO_TEXT, "")


def test_without_vietnamese_tesseract_is_not_used(tesseract):
    tesseract('if [ "$1" = --list-langs ]; then echo eng; exit; fi\necho Sai')
    assert not ocr.is_available()
    assert extract(file(scan_pdf("a"), "a.pdf")) == (("",), 1, TextStatus.NO_TEXT, "")


def test_a_page_that_takes_too_long_stays_empty(tesseract, monkeypatch):
    monkeypatch.setattr(ocr, "PAGE_SECONDS", 0.5)
    tesseract(LANGUAGES + "case $1 in */000000-*) while :; do :; done;; esac\necho Hai")
    assert extract(file(scan_pdf("a", "b"), "a.pdf")) == (("", "Hai"), 2, TextStatus.SCANNED, "")


def test_a_file_that_takes_too_long_keeps_what_was_read(tesseract, monkeypatch):
    tesseract(LANGUAGES + "echo Một")
    moments = iter([0, 1, ocr.FILE_SECONDS + 1])
    monkeypatch.setattr(ocr.time, "monotonic", lambda: next(moments))
    monkeypatch.setattr(ocr, "run", _save_two)
    scan = ocr.read_scan("a.pdf", 2)
    assert scan == (("Một", ""), "too_much")


def _save_two(kind, path, folder, first, last, *, seconds):
    for page in range(2):
        Path(folder, scan_name(page, 0)).touch()


@pytest.mark.skipif(not (REAL and "vie" in ocr._languages(REAL)), reason="tesseract is not installed with Vietnamese")
def test_the_real_tesseract_reads_vietnamese():
    found = extract(file(scan_pdf("Quyết định", "Quảng Ngãi"), "a.pdf"))
    assert found == (("Quyết định", "Quảng Ngãi"), 2, TextStatus.SCANNED, "")
