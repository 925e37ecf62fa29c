"""Documents with what they do to each other and to whom they apply; the rest comes from the gazette's makers."""

from datetime import date

from documents.models import Document
from documents.validity import Status
from portal.obligations.models import Obligation
from portal.publishing import editing
from tests.gazette.makers import make_document
from tests.makers import frozen, publish

LATEST = date(2030, 12, 31)


def status(document, day=None):
    return Document.objects.with_status(day).get(pk=document.pk).status


def in_status(value, day=None):
    """The numbers of the documents that a list filtered by this status shows."""
    return set(Document.objects.in_status(value, day).values_list("number", flat=True))


def lists(document, day=None):
    """The statuses under which lists show the document."""
    return [value for value in Status if Document.objects.in_status(value, day).filter(pk=document.pk).exists()]


def life(document, *days):
    """Its status on each of the days."""
    return [str(status(document, day)) for day in days]


def make_scoped(place, *agencies, **fields):
    """A draft that applies to these agencies."""
    document = make_document(place.agency, by=place.editor, **fields)
    document.in_scope.set(agencies)
    editing.store(document, by=place.editor)
    return document


def publish_scoped(place, *agencies, when, **fields):
    with frozen(when):
        return publish(make_scoped(place, *agencies, **fields), by=place.head)


def duty(document, code, agency):
    return Obligation.objects.of(document).get(code=code, agency=agency)


def duties(document):
    """{(rule, agency): (due, status)} of what is owed for the document or was."""
    rows = Obligation.objects.of(document).select_related("agency")
    return {(row.code, row.agency.code): (row.due, str(row.status)) for row in rows}
