"""The worker's part of an import: a minute of it at a time, so that the other tasks have their turn too."""

import logging
import time
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.import_files import Archive, Files
from documents.import_rows import read_table
from documents.importing import Importer
from documents.imports import DocumentImport
from portal.editorial import audit

logger = logging.getLogger(__name__)

SECONDS = 60
State = DocumentImport.State


class Overtaken(Exception):
    """Another worker has taken the import up meanwhile."""


class Errors(ValidationError):
    """Sound when it was checked, and not any more: nothing with errors is stored unless it is asked for."""


def start(entry, *, by, skip_errors):
    """Orders the import of a checked table. Raises ValidationError with a sentence."""
    with transaction.atomic():
        row = DocumentImport.objects.select_for_update().get(pk=entry.pk)
        if row.by_id != by.pk:
            raise ValidationError(_("Only who uploaded the table imports it."))
        if row.state != State.CHECKED or not row.new:
            raise ValidationError(_("There is nothing to import."))
        if row.refused and not skip_errors:
            raise ValidationError(_("The table has errors. Correct them, or import the sound rows only."))
        row.begin(State.RUNNING)
        row.skip_errors = skip_errors
        row.save()


def work():
    """Goes on with what is uploaded or ordered. Returns how many rows it dealt with."""
    ends, count = time.monotonic() + SECONDS, 0
    for entry in DocumentImport.objects.in_work().select_related("agency", "by"):
        before = entry.done if entry.state != State.UPLOADED else 0
        _try_to_go_on(entry, ends)
        count += max(0, entry.done - before)
        if time.monotonic() >= ends:
            break
    return count


def _try_to_go_on(entry, ends):
    try:
        with _opened(entry) as importer:
            _go_on(entry, importer, ends)
    except Overtaken:
        logger.warning("The import %s is in the hands of another worker.", entry.pk)
    except (OperationalError, InterfaceError):
        raise  # the database, not the import: the next round tries again
    except ValidationError as refused:
        _fail(entry, " ".join(refused.messages))
    except Exception:  # one import must not keep the others from their turn
        logger.exception("The import %s failed.", entry.pk)
        _fail(entry, _("The import was broken off by an error of the portal. Tell its administrators."))


@contextmanager
def _opened(entry):
    with entry.file.open("rb") as table:
        rows = read_table(table, name=entry.file.name)
    files = Archive(entry.archive.open("rb")) if entry.archive else Files()
    try:
        yield Importer(rows, agency=entry.agency, by=entry.by, files=files)
    finally:
        files.close()
        if entry.archive:
            entry.archive.close()


def _go_on(entry, importer, ends):
    if entry.state == State.UPLOADED:
        with _locked(entry):
            entry.begin(State.CHECKING)
            entry.total = len(importer.rows)
    for rows in importer.chunks(entry.done):
        if entry.state == State.CHECKING:
            _examine(entry, importer, rows)
        else:
            importer.store(rows, guard=lambda outcome, rows=rows: _note(entry, rows, outcome))
        if time.monotonic() >= ends and entry.done < entry.total:
            return
    _finish(entry)


def _examine(entry, importer, rows):
    _ready, outcome = importer.examine(rows)
    with _locked(entry):
        entry.add(len(rows), outcome)


def _note(entry, rows, outcome):
    """Within the transaction that stores the rows: they and the position are true together."""
    if outcome.problems and not entry.skip_errors:
        first = outcome.problems[0]
        raise Errors(_("Row %(row)d: %(sentence)s") % {"row": first.row, "sentence": first.sentence})
    with _locked(entry):
        entry.add(len(rows), outcome)


@contextmanager
def _locked(entry):
    """The row is as this worker left it, and what is changed within the block is stored. Raises Overtaken."""
    with transaction.atomic():
        row = DocumentImport.objects.select_for_update().get(pk=entry.pk)
        if (row.state, row.done) != (entry.state, entry.done):
            raise Overtaken
        yield
        entry.save()


def _finish(entry):
    with _locked(entry):
        if entry.state == State.CHECKING:
            entry.state = State.CHECKED
            return
        entry.state, entry.finished_at = State.DONE, timezone.now()
        changes = {"new": entry.new, "known": entry.known, "refused": entry.refused}
        audit.record("import", entry, by=entry.by, changes=changes)
    if entry.archive:
        entry.archive.delete(save=True)  # its files are attached to the documents now


def _fail(entry, sentence):
    with transaction.atomic():
        row = DocumentImport.objects.select_for_update().get(pk=entry.pk)
        if row.state in DocumentImport.IN_WORK:
            if row.state != State.RUNNING:
                row.begin(row.state)  # what had been found was not stored
            row.state, row.failure, row.finished_at = State.FAILED, sentence, timezone.now()
            row.save()
