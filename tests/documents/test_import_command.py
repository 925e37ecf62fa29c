"""`manage.py import_documents`: what it stores, what it says, and what it refuses."""

import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from documents import importing
from documents.management.commands import import_documents
from documents.models import Document
from tests.documents.tables import (
    HEADER,
    TODAY,
    csv_bytes,
    files_on_disk,
    make_choices,
    nothing_imported,
    numbers,
    row,
    saved,
    workbook,
)
from tests.files.samples import PDF, archive
from tests.makers import frozen, make_user

pytestmark = pytest.mark.usefixtures("law", "today", "choices")

ROWS = [row(number) for number in range(1, 6)]
ALL = [f"{number}/2018/QĐ-UBND" for number in range(1, 6)]


@pytest.fixture
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def choices(portal):
    return make_choices(portal)


@pytest.fixture
def run(portal, tmp_path):
    """Runs the command on a table; what it said, and why it ended with an error."""

    def run(content, *, name="bang.csv", agency="quangngai", by=portal.editor.username, **options):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        out, err, refusal = io.StringIO(), io.StringIO(), ""
        try:
            call_command("import_documents", path, agency=agency, by=by, stdout=out, stderr=err, **options)
        except CommandError as error:
            refusal = str(error)
        return SimpleNamespace(out=out.getvalue().splitlines(), err=err.getvalue().splitlines(), refusal=refusal)

    return run


def digits(line):
    return [int("".join(filter(str.isdigit, word))) for word in line.split() if any(map(str.isdigit, word))]


@pytest.mark.parametrize(
    ("content", "name"),
    [(csv_bytes(*ROWS), "bang.csv"), (saved(workbook(*ROWS)), "bang.xlsx"), (csv_bytes(*ROWS), "B.CSV")],
)
def test_a_table_is_stored_as_drafts_of_the_agency(run, portal, content, name):
    said = run(content, name=name)
    assert (said.refusal, said.err) == ("", [])
    assert numbers() == ALL
    assert set(Document.objects.values_list("agency", "state", "created_by")) == {
        (portal.agency.pk, "draft", portal.editor.pk)
    }
    assert digits(said.out[-1]) == [5, 0, 0]


def test_progress_is_shown_piece_by_piece_first_of_the_check_then_of_the_import(run, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 2)
    lines = run(csv_bytes(*ROWS)).out[:-1]
    assert [line.partition(": ")[2] for line in lines] == ["2/5", "4/5", "5/5"] * 2
    assert len({line.partition(": ")[0] for line in lines[:3]}) == 1
    assert lines[0].partition(": ")[0] != lines[3].partition(": ")[0]


def test_a_dry_run_stores_nothing(run):
    with nothing_imported():
        said = run(csv_bytes(*ROWS), dry_run=True)
    assert (digits(said.out[-1]), said.refusal) == ([5, 0, 0], "")


def test_a_dry_run_says_what_is_wrong_and_ends_badly(run):
    with nothing_imported():
        said = run(csv_bytes(*ROWS, row("x")), dry_run=True)
    assert len(said.err) == 1
    assert said.err[0].startswith("dòng 7, Số ký hiệu: ")
    assert said.refusal


def test_a_table_with_an_error_is_not_stored_in_part_unless_that_is_asked_for(run):
    content = csv_bytes(*ROWS, row(6, c2="x", c4="y"), row(1))
    with nothing_imported():
        said = run(content)
    assert [line.partition(": ")[0] for line in said.err] == [
        "dòng 7, Ngày ban hành",
        "dòng 7, Ngày hiệu lực",
        "dòng 8, Số ký hiệu",
    ]
    assert digits(said.out[-1]) == [5, 0, 2]
    assert said.refusal
    said = run(content, skip_errors=True)
    assert (digits(said.out[-1]), said.refusal, len(said.err)) == ([5, 0, 2], "", 3)
    assert numbers() == ALL


def test_the_command_may_be_repeated_and_broken_off_anywhere(run, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 2)
    enter, calls = importing.Importer._enter, []

    def killed_at_the_second_piece(*args):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return enter(*args)

    monkeypatch.setattr(importing.Importer, "_enter", killed_at_the_second_piece)
    with pytest.raises(KeyboardInterrupt):
        run(csv_bytes(*ROWS))
    assert numbers() == ALL[:2]
    assert digits(run(csv_bytes(*ROWS)).out[-1]) == [3, 2, 0]
    assert numbers() == ALL
    with nothing_imported():
        assert digits(run(csv_bytes(*ROWS)).out[-1]) == [0, 5, 0]


def test_of_many_errors_the_first_are_said_and_the_others_counted(run, monkeypatch):
    monkeypatch.setattr(import_documents, "SHOWN_ERRORS", 2)
    said = run(csv_bytes(*[row(number, c2="x") for number in range(1, 6)]))
    assert len(said.err) == 3
    assert digits(said.err[-1]) == [3]


@pytest.mark.parametrize("kind", ["folder", "archive"])
def test_files_come_from_a_folder_or_an_archive(run, tmp_path, kind):
    place = tmp_path / "tep"
    if kind == "folder":
        place.mkdir()
        (place / "1.pdf").write_bytes(PDF)
    else:
        place = tmp_path / "tep.zip"
        place.write_bytes(archive([("1.pdf", PDF)]))
    content = csv_bytes([*row(1), "1.pdf"], header=[*HEADER, "Tệp"])
    with nothing_imported():
        assert run(content).err[0].startswith("dòng 2, Tệp: ")
    assert run(content, files=place).refusal == ""
    assert Document.objects.get().attachments.get().file.read() == PDF
    assert len(files_on_disk()) == 1


@pytest.mark.parametrize(
    ("content", "options"),
    [
        (csv_bytes(*ROWS), {"agency": "khong-co"}),
        (csv_bytes(*ROWS), {"by": "khong.co"}),
        (csv_bytes(*ROWS), {"by": "nguoi.la"}),
        (csv_bytes(*ROWS), {"agency": "tunghia"}),
        (None, {}),
        (csv_bytes(*ROWS), {"name": "bang.txt"}),
        (csv_bytes(*ROWS, encoding="utf-16"), {}),
        (csv_bytes(*ROWS)[:40], {}),
        (b"", {}),
        (csv_bytes(*ROWS), {"files": Path("/khong/co")}),
        (csv_bytes(*ROWS), {"files": Path(os.devnull)}),
    ],
    ids=["agency", "nobody", "stranger", "foreign", "missing", "name", "utf-16", "cut", "empty", "no files", "no zip"],
)
def test_the_command_refuses_with_a_sentence(run, district, content, options):
    make_user("nguoi.la")
    with nothing_imported():
        said = run(content, **options)
    assert said.refusal
    assert "None" not in said.refusal
    assert said.out == []
