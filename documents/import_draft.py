"""One row of an import as a draft: type, kind and issuing body follow from the number where their cells are empty."""

from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from documents import errors, import_columns, import_values
from documents.import_files import key_of
from documents.models import Document
from portal.text.fold import fold
from portal.text.numbers import number_key
from portal.text.slugs import slugify_vi

DAYS = ("event_date", "effective_on", "expires_on")
TEXTS = ("number", "summary_vi", "summary_en", "signer", "signer_office", "source", "full_text")
# checked by hand: asking the database about each of them would take longer than everything else
RELATED = ("agency", "type", "issuer", "sector", "created_by", "last_edited_by", "submitted_by", "approved_by")
LONGEST_CHANGE = 200  # characters that the audit keeps of a cell


@dataclass
class Draft:
    document: Document
    changes: dict
    files: list = field(default_factory=list)
    source: object = None

    def open_files(self):
        for name in self.files:
            yield self.source.open(name)


def identity(row, lookups):
    """What makes two rows the same document: number, issuing body, day. None for a row that does not say it."""
    try:
        number = import_values.number(import_values.text(row.cells["number"], name="number"))
        issuer = row.cells.get("issuer")
        issuer = import_values.named(issuer, lookups.issuers) if issuer else lookups.own_issuer
        return issuer and (number_key(number.text), issuer.pk, import_values.day(row.cells["event_date"]))
    except (KeyError, ValueError, ValidationError):
        return None


def draft(row, *, lookups, agency, files, source):
    """The unsaved document of a row, examined as the form would. Raises ValidationError with a dictionary by column."""
    reader = _Reader(row, lookups)
    values = reader.values()
    if not reader.problems:
        values["source"] = values["source"] or source
        document = Document(agency=agency, **{name: value for name, value in values.items() if name in FIELDS})
        document.chosen_scope = values["in_scope"]
        _complete(document)
        reader.problems |= _faults(document)
    reader.add_file_problems(values["files"], files)
    if reader.problems:
        raise ValidationError(reader.problems)
    return Draft(document, reader.changes(values), values["files"], files)


FIELDS = (*TEXTS, *DAYS, "type", "issuer", "kind", "sector")


def _complete(document):
    """The columns that `save()` derives; many rows are written without it."""
    document.derive()
    document.slug = slugify_vi(document.title_vi)
    document.title_folded = fold(f"{document.title_vi} {document.title_en}")


def _faults(document):
    """{column: sentences} of what the model objects to. Not asked again: the texts, which have passed the gate, and
    whether the document is there already, which is looked up for many rows at once."""
    found = {}
    try:
        document.clean_fields(exclude=[*RELATED, *TEXTS])
    except ValidationError as refused:
        found = refused.message_dict
    found |= {name: [sentence] for name, sentence in errors.of_facts(document).items()}
    return {name if name in FIELDS else NON_FIELD_ERRORS: sentences for name, sentences in found.items()}


def _shortened(text):
    return text if len(text) <= LONGEST_CHANGE else f"{text[: LONGEST_CHANGE - 1]}…"


class _Reader:
    """Reads the cells of one row and keeps what is wrong with each."""

    def __init__(self, row, lookups):
        self.row, self.lookups, self.problems = row, lookups, {}

    def values(self):
        self._refuse_stray_cells()
        values = {name: self._read(name, import_values.day) for name in DAYS}
        values |= {name: self._text(name) for name in TEXTS}
        values["sector"] = self._read("sector", lambda cell: import_values.named(cell, self.lookups.sectors))
        values["in_scope"] = self._read("in_scope", self._agencies) or []
        values["files"] = self._read("files", self._files) or []
        self._refuse_gaps(values)
        return values | self._derived(self._number(values))

    def _refuse_stray_cells(self):
        if stray := self.row.cells.get(""):
            self.problems[NON_FIELD_ERRORS] = [stray.sentence]

    def _refuse_gaps(self, values):
        """A cell of nothing but invisible characters is empty too."""
        for name in import_columns.REQUIRED:
            if not values[name]:
                self.problems.setdefault(name, [_("This cell must not be empty.")])

    def _read(self, name, convert):
        """The value of a cell; None when it is empty or wrong."""
        if not (cell := self.row.cells.get(name)):
            return None
        try:
            return convert(cell)
        except ValidationError as refused:
            self.problems[name] = refused.messages
            return None

    def _text(self, name):
        value = self._read(name, lambda cell: import_values.text(cell, name=name)) or ""
        longest = Document._meta.get_field(name).max_length
        if longest and len(value) > longest:
            words = _("This text has %(count)d characters; at most %(limit)d are accepted.")
            self.problems[name] = [words % {"count": len(value), "limit": longest}]
        return value

    def _agencies(self, cell):
        found = [import_values.named(part, self.lookups.agencies) for part in import_values.several(cell)]
        return list({agency.pk: agency for agency in found}.values())

    def _files(self, cell):
        return list({key_of(name): name for name in import_values.several(cell)}.values())

    def _number(self, values):
        try:
            found = import_values.number(values["number"])
        except ValueError:
            words = _("This is no document number. Type it as it is printed on the document.")
            self.problems.setdefault("number", [words])
            return None
        values["number"] = found.text
        return found

    def _derived(self, number):
        """Type, kind and issuing body, from their cells or from the number, as the form derives them."""
        lookups = self.lookups
        found = {
            "type": self._read("type", lambda cell: import_values.named(cell, lookups.types)),
            "issuer": self._read("issuer", lambda cell: import_values.named(cell, lookups.issuers)),
            "kind": self._read("kind", import_values.kind),
        }
        found["type"] = found["type"] or (number and lookups.type_of(number))
        found["issuer"] = found["issuer"] or lookups.own_issuer
        normative = number and number.year and found["type"] and found["type"].normative
        found["kind"] = found["kind"] or (Document.Kind.NORMATIVE if normative else Document.Kind.ADMINISTRATIVE)
        for name in ("type", "issuer"):
            if number and not found[name]:
                self.problems.setdefault(name, [_("This does not follow from the number. Fill in this column.")])
        return found

    def add_file_problems(self, names, files):
        for name in names:
            try:
                files.check(name)
            except ValidationError as refused:
                self.problems["files"] = self.problems.get("files", []) + refused.messages

    def changes(self, values):
        """What the audit keeps of the cells, shortened, by the names of the model's fields."""
        shown = {name: value for name, value in values.items() if value and name != "files"}
        shown["in_scope"] = ", ".join(agency.code for agency in values["in_scope"])
        brief = {name: _shortened(str(value)) for name, value in shown.items() if value}
        return brief | ({"attachment": ""} if values["files"] else {})
