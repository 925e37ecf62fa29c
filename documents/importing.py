"""Documents from a table: rows are examined as the form examines them, and stored as drafts in chunks.

What is there already is passed over, so that an import that was broken off anywhere is simply repeated.
"""

from dataclasses import dataclass, field
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import import_columns
from documents.import_attachments import attach, kept_files
from documents.import_draft import draft, identity
from documents.import_files import Files
from documents.import_values import Lookups
from documents.imports import DocumentImport
from documents.models import Document
from portal.editorial import audit, policy
from portal.obligations import ledger
from portal.publishing import duties
from portal.subsites.models import Site

CHUNK = 500
FILES_AT_ONCE = 25  # each is examined by a process of its own
ATTEMPTS = 3
State = DocumentImport.State


@dataclass(frozen=True)
class Problem:
    """`column` as the template names it; empty where the row as a whole is meant."""

    row: int
    column: str
    sentence: str


@dataclass
class Outcome:
    """What examining or storing rows came to."""

    new: int = 0
    known: int = 0
    refused: int = 0  # rows; one row may have several problems
    problems: list = field(default_factory=list)

    def add(self, other):
        self.new, self.known = self.new + other.new, self.known + other.known
        self.refused += other.refused
        self.problems += other.problems


class Importer:
    """One table on its way into the drafts of an agency. `rows` as `import_rows.read_table` gives them."""

    def __init__(self, rows, *, agency, by, files=None):
        self.rows, self.agency, self.by, self.files = rows, agency, by, files or Files()
        self.lookups = Lookups(agency)
        site = Site.objects.filter(agency=agency).first()
        self.source = site.name_vi if site else agency.name_vi
        self.keys = {row.number: identity(row, self.lookups) for row in rows}
        self.first_rows = self._first_rows()

    def _first_rows(self):
        """{row: the earlier row that names the same document}"""
        seen, repeated = {}, {}
        for number, key in self.keys.items():
            if key and seen.setdefault(key, number) != number:
                repeated[number] = seen[key]
        return repeated

    def chunks(self, start=0):
        """[rows] from the position on, of a size that is dealt with in seconds."""
        chunk, files = [], 0
        for row in self.rows[start:]:
            chunk.append(row)
            files += bool(row.cells.get("files"))
            if len(chunk) == CHUNK or files == FILES_AT_ONCE:
                yield chunk
                chunk, files = [], 0
        if chunk:
            yield chunk

    def examine(self, rows):
        """(what can be stored, outcome). Nothing is stored."""
        ready, outcome = [], Outcome()
        there = _there([key for row in rows if (key := self.keys[row.number])])
        for row in rows:
            self._examine(row, there, ready, outcome)
        outcome.new = len(ready)
        return ready, outcome

    def _examine(self, row, there, ready, outcome):
        if row.number in self.first_rows:
            words = _("Row %(row)d names the same document already. Keep one of the two.")
            found = {"number": [words % {"row": self.first_rows[row.number]}]}
        elif self.keys[row.number] in there:
            outcome.known += 1
            return
        else:
            found = self._try(row, ready)
        if found:
            outcome.refused += 1
            outcome.problems += _problems(row, found)

    def _try(self, row, ready):
        try:
            ready.append(draft(row, lookups=self.lookups, agency=self.agency, files=self.files, source=self.source))
        except ValidationError as refused:
            return refused.message_dict
        return {}

    def store(self, rows, *, guard=lambda outcome: None):
        """Examines the rows anew and stores the sound ones. `guard` is called within the transaction.

        Raises ValidationError when the person may not write for the agency any more.
        """
        for attempt in range(1, ATTEMPTS + 1):
            ready, outcome = self.examine(rows)
            try:
                with kept_files(ready) as attachments, transaction.atomic():
                    self._refuse_strangers()
                    self._enter(ready, attachments)
                    guard(outcome)
                return outcome
            except IntegrityError:  # somebody entered one of them at the same moment: the next look finds it
                if attempt == ATTEMPTS:
                    raise

    def _refuse_strangers(self):
        policy.forget(self.by)
        if not policy.agencies(self.by, "create").filter(pk=self.agency.pk).exists():
            raise ValidationError(_("This person may not write for this agency."))

    def _enter(self, ready, attachments):
        """What `editing.store` does for one item, for all of them."""
        now = timezone.now()
        documents = [row.document for row in ready]
        for document in documents:
            document.created_by = document.last_edited_by = self.by
            document.last_edited_at = now
        Document.objects.bulk_create(documents, batch_size=CHUNK)
        scope = Document.in_scope.through
        pairs = [(document, agency) for document in documents for agency in document.chosen_scope]
        scope.objects.bulk_create([scope(document=document, agency=agency) for document, agency in pairs])
        attach(attachments)
        for row in ready:
            audit.record("create", row.document, by=self.by, at=now, changes=row.changes)
        ledger.expect_new([(document, duties.claims(document)) for document in documents], by=self.by)


def _there(keys):
    """Those of the keys whose documents are stored."""
    numbers = {number for number, _issuer, _day in keys}
    columns = ("number_key", "issuer_id", "event_date")
    return set(keys) & set(Document.objects.filter(number_key__in=numbers).values_list(*columns))


def _problems(row, found):
    """The messages of a ValidationError as rows of the list of problems."""
    return [
        Problem(row.number, import_columns.label(name), sentence)
        for name, sentences in found.items()
        for sentence in sentences
    ]


def run(importer, *, dry, skip_errors=False, progress=lambda state, done, total: None):
    """The whole import at once. Nothing is stored in a dry run, nor when a row has an error, unless it is skipped."""
    examined = _walk(importer, lambda rows: importer.examine(rows)[1], partial(progress, State.CHECKING))
    if dry or (examined.problems and not skip_errors):
        return examined
    return _walk(importer, importer.store, partial(progress, State.RUNNING))


def _walk(importer, work, progress):
    outcome, done = Outcome(), 0
    for rows in importer.chunks():
        outcome.add(work(rows))
        done += len(rows)
        progress(done, len(importer.rows))
    return outcome
