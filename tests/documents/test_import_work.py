"""The worker's part of an import: checked, ordered, stored in pieces, and taken up again where it was broken off."""

from itertools import count

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError

from documents import import_work, importing
from documents.imports import DocumentImport
from documents.models import Document, DocumentType
from portal.editorial.models import AuditEvent, Membership
from portal.obligations import ledger
from portal.obligations.models import Obligation
from portal.publishing.models import Attachment
from portal.worker import jobs
from tests.documents.legal import nothing_changed_in_documents
from tests.documents.tables import (
    HEADER,
    TODAY,
    checked,
    csv_bytes,
    files_on_disk,
    make_choices,
    make_import,
    nothing_imported,
    numbers,
    order,
    row,
    work,
)
from tests.files.samples import PDF, archive
from tests.makers import frozen
from tests.together import together

pytestmark = pytest.mark.usefixtures("law", "english", "today", "choices")

ROWS = [row(number) for number in range(1, 8)]
ALL = [f"{number}/2018/QĐ-UBND" for number in range(1, 8)]
WITH_FILES = csv_bytes(*[[*cells, f"{place}.pdf"] for place, cells in enumerate(ROWS, 1)], header=[*HEADER, "Tệp"])
FILES = archive([(f"{place}.pdf", PDF) for place in range(1, 8)])


@pytest.fixture
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def choices(portal):
    return make_choices(portal)


@pytest.fixture
def small_pieces(monkeypatch):
    """Three rows at a time."""
    monkeypatch.setattr(importing, "CHUNK", 3)
    monkeypatch.setattr(importing, "FILES_AT_ONCE", 3)


@pytest.fixture
def one_piece_a_turn(small_pieces, monkeypatch):
    """The worker's time is over after each piece."""
    monkeypatch.setattr(import_work, "SECONDS", 0)


@pytest.fixture
def break_at(monkeypatch):
    """The duties of the n-th piece are not entered: `error` is raised in the midst of its transaction."""
    enter, pieces = ledger.expect_new, count(1)

    def breaks(number, error):
        def expect_new(*args, **kwargs):
            if next(pieces) == number:
                raise error
            return enter(*args, **kwargs)

        monkeypatch.setattr(ledger, "expect_new", expect_new)

    return breaks


def facts(entry):
    return (entry.state, entry.done, entry.new, entry.known, entry.refused)


def refused(entry, **options):
    with nothing_imported(), pytest.raises(ValidationError) as refusal:
        order(entry, **options)
    return refusal.value.messages


# --- the way of an import ---------------------------------------------------------------------------------------------


def test_the_worker_looks_after_imports(portal):
    assert "imports" in [task.name for task in jobs.tasks()]


def test_a_check_counts_and_stores_nothing(portal):
    entry = make_import(portal, *ROWS, row("x"))
    with nothing_changed_in_documents():
        work(entry)
    assert (*facts(entry), entry.total) == ("checked", 8, 7, 0, 1, 8)
    words = "This is no document number. Type it as it is printed on the document."
    assert entry.errors == [[9, "Số ký hiệu", words]]


def test_what_was_ordered_is_stored_with_its_files_and_the_archive_goes(portal):
    entry = work(order(checked(portal, content=WITH_FILES, archive=FILES)))
    assert facts(entry) == ("done", 7, 7, 0, 0)
    assert (entry.finished_at, bool(entry.archive)) == (TODAY, False)
    assert numbers() == ALL
    assert sorted(Attachment.objects.values_list("object_id", flat=True)) == sorted(
        Document.objects.values_list("pk", flat=True)
    )
    assert len(files_on_disk()) == 8  # and the table itself
    event = AuditEvent.objects.get(action="import")
    assert (event.actor, event.agency, event.changes) == (
        portal.editor,
        portal.agency,
        {"new": 7, "known": 0, "refused": 0},
    )


def test_sound_rows_alone_are_stored_when_that_is_asked_for(portal):
    entry = checked(portal, *ROWS[:2], row(3, c2="x"))
    assert refused(entry) == ["The table has errors. Correct them, or import the sound rows only."]
    assert facts(work(order(entry, skip_errors=True))) == ("done", 3, 2, 0, 1)
    assert numbers() == ALL[:2]


def test_the_same_table_again_has_nothing_to_store(portal):
    work(order(checked(portal, *ROWS)))
    again = checked(portal, *ROWS)
    assert facts(again) == ("checked", 7, 0, 7, 0)
    assert refused(again) == ["There is nothing to import."]


def test_only_who_uploaded_the_table_orders_it_and_only_once(portal):
    entry = checked(portal, *ROWS)
    assert refused(entry, by=portal.head) == ["Only who uploaded the table imports it."]
    order(entry)
    assert refused(entry) == ["There is nothing to import."]
    assert refused(make_import(portal, *ROWS)) == ["There is nothing to import."]


def test_errors_beyond_the_first_ones_are_counted_only(portal, monkeypatch):
    monkeypatch.setattr("documents.imports.SHOWN_ERRORS", 2)
    entry = checked(portal, *[row(number, c2="x") for number in range(1, 6)])
    assert (entry.refused, len(entry.errors), entry.has_more_errors) == (5, 2, True)


# --- broken off -------------------------------------------------------------------------------------------------------


def test_an_import_is_done_a_turn_at_a_time(portal, one_piece_a_turn):
    entry = make_import(portal, *ROWS)
    turns = [facts(work(entry)) for _turn in range(3)]
    assert turns == [("checking", 3, 3, 0, 0), ("checking", 6, 6, 0, 0), ("checked", 7, 7, 0, 0)]
    order(entry)
    turns = [(facts(work(entry)), len(numbers())) for _turn in range(3)]
    assert turns == [(("running", 3, 3, 0, 0), 3), (("running", 6, 6, 0, 0), 6), (("done", 7, 7, 0, 0), 7)]


@pytest.mark.parametrize("piece", [1, 2, 3])
def test_a_worker_killed_in_the_middle_goes_on_without_doubles_or_losses(portal, small_pieces, break_at, piece):
    entry = order(checked(portal, content=WITH_FILES, archive=FILES))
    break_at(piece, KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        import_work.work()
    entry.refresh_from_db()
    stored = 3 * (piece - 1)
    assert facts(entry) == ("running", stored, stored, 0, 0)
    assert numbers() == ALL[:stored]
    assert len(files_on_disk()) == stored + 2
    assert facts(work(entry)) == ("done", 7, 7, 0, 0)
    assert numbers() == ALL
    assert (Attachment.objects.count(), len(files_on_disk())) == (7, 8)
    assert Obligation.objects.filter(code="D7").count() == 7


def test_a_database_that_does_not_answer_is_waited_for(portal, small_pieces, break_at):
    entry = order(checked(portal, *ROWS))
    break_at(2, OperationalError("the server closed the connection"))
    with pytest.raises(OperationalError):
        import_work.work()
    entry.refresh_from_db()
    assert facts(entry) == ("running", 3, 3, 0, 0)
    assert facts(work(entry)) == ("done", 7, 7, 0, 0)
    assert numbers() == ALL


def test_an_import_that_breaks_is_marked_and_keeps_no_other_from_its_turn(portal, small_pieces, break_at):
    first, second = [order(entry) for entry in [checked(portal, *ROWS[:4]), checked(portal, *ROWS[4:])]]
    break_at(2, ZeroDivisionError)
    work(first)
    second.refresh_from_db()
    assert facts(first) == ("failed", 3, 3, 0, 0)
    assert first.failure == "The import was broken off by an error of the portal. Tell its administrators."
    assert facts(second) == ("done", 3, 3, 0, 0)
    assert numbers() == [*ALL[:3], *ALL[4:]]


def test_a_table_that_cannot_be_read_fails_with_its_sentence(portal):
    entry = checked(portal, content=csv_bytes(header=HEADER))
    assert facts(entry) == ("failed", 0, 0, 0, 0)
    assert entry.failure == "The table has no rows below its header."


def test_what_a_check_had_counted_when_it_failed_was_not_stored(portal, one_piece_a_turn, monkeypatch):
    entry = work(make_import(portal, *ROWS))
    assert facts(entry) == ("checking", 3, 3, 0, 0)
    monkeypatch.setattr(importing, "draft", lambda *args, **kwargs: 1 / 0)
    assert facts(work(entry)) == ("failed", 0, 0, 0, 0)


def test_a_row_that_became_wrong_after_the_check_stops_the_import(portal, small_pieces):
    entry = order(checked(portal, *ROWS[:4]))
    DocumentType.objects.update(abbreviation="XX")
    with nothing_imported():
        work(entry)
    assert entry.state == "failed"
    assert entry.failure == "Row 2: This does not follow from the number. Fill in this column."


# --- several people ---------------------------------------------------------------------------------------------------


def test_a_person_whose_membership_ended_meanwhile_imports_nothing(portal, small_pieces):
    entry = order(checked(portal, *ROWS))
    Membership.objects.filter(user=portal.editor).update(valid_to=TODAY.date().replace(day=19))
    with nothing_imported():
        work(entry)
    assert facts(entry) == ("failed", 0, 0, 0, 0)
    assert entry.failure == "This person may not write for this agency."


def test_a_person_who_may_not_sign_in_any_more_imports_nothing(portal):
    entry = order(checked(portal, *ROWS))
    type(portal.editor).objects.filter(pk=portal.editor.pk).update(is_active=False)
    with nothing_imported():
        work(entry)
    assert entry.failure == "This person may not write for this agency."


def test_two_uploads_of_one_table_that_were_checked_together_store_it_once(portal):
    first, second = make_import(portal, *ROWS), make_import(portal, *ROWS, by=portal.head)
    work(first)
    second.refresh_from_db()
    assert (facts(first), facts(second)) == (("checked", 7, 7, 0, 0), ("checked", 7, 7, 0, 0))
    work(order(first))
    assert facts(work(order(second))) == ("done", 7, 0, 7, 0)
    assert numbers() == ALL


@pytest.mark.usefixtures("two_connections")
def test_two_workers_with_two_imports_of_one_table_store_it_once(portal, small_pieces):
    entries = [order(entry) for entry in [checked(portal, *ROWS), checked(portal, *ROWS[::-1])]]
    results = together(*[lambda entry=entry: import_work._try_to_go_on(entry, float("inf")) for entry in entries])
    assert results == [None, None]
    states = [facts(DocumentImport.objects.get(pk=entry.pk)) for entry in entries]
    assert [state[:2] for state in states] == [("done", 7), ("done", 7)]
    assert sum(state[2] for state in states) == 7
    assert numbers() == ALL


@pytest.mark.usefixtures("two_connections")
def test_two_workers_with_one_import_store_it_once(portal, small_pieces):
    entry = order(checked(portal, content=WITH_FILES, archive=FILES))
    copies = [DocumentImport.objects.select_related("agency", "by").get(pk=entry.pk) for _worker in range(2)]
    results = together(*[lambda copy=copy: import_work._try_to_go_on(copy, float("inf")) for copy in copies])
    assert results == [None, None]
    assert facts(work(entry)) == ("done", 7, 7, 0, 0)
    assert numbers() == ALL
    assert (Attachment.objects.count(), len(files_on_disk())) == (7, 8)


def test_a_worker_that_was_overtaken_stores_nothing_of_its_own(portal, small_pieces):
    entry = order(checked(portal, content=WITH_FILES, archive=FILES))
    late = DocumentImport.objects.select_related("agency", "by").get(pk=entry.pk)
    work(entry)
    with nothing_imported():
        late.done = 0
        import_work._try_to_go_on(late, float("inf"))
    entry.refresh_from_db()
    assert facts(entry) == ("done", 7, 7, 0, 0)
