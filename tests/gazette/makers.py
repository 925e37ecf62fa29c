"""Documents, issues and submissions, made the way people make them."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count

from django.utils import timezone

from documents.models import Document, DocumentType, Issuer, Relation
from gazette import printing, submissions
from gazette.models import Entry, Issue, Submission
from portal.obligations.models import Obligation
from portal.publishing import editing
from portal.publishing.models import Attachment
from tests import makers
from tests.files.samples import PDF, file
from tests.makers import frozen, publish
from tests.unchanged import nothing_changed

TODAY = timezone.make_aware(datetime(2018, 3, 5, 8, 30))  # a Monday
ISSUED = date(2018, 3, 1)
TEXT = "Điều 1. Phạm vi\nQuyết định này quy định về quản lý đường bộ.\nĐiều 2. Hiệu lực\nCó hiệu lực từ ngày ký."
_numbers = count(2001)  # tests give small numbers themselves


def moment(day, hour=8, minute=30):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


def make_issuer(agency=None, *, code="ubnd-tinh", level="province", **fields):
    names = {"name_vi": "Ủy ban nhân dân tỉnh", "name_en": "Provincial People's Committee"}
    defaults = names | {"level": level, "agency": agency} | fields
    return Issuer.objects.get_or_create(code=code, defaults=defaults)[0]


def make_type(code="quyet-dinh", name_vi="Quyết định", name_en="Decision", abbreviation="QĐ"):
    defaults = {"name_vi": name_vi, "name_en": name_en, "abbreviation": abbreviation, "normative": True}
    return DocumentType.objects.get_or_create(code=code, defaults=defaults)[0]


def make_document(agency, *, by, number="", normative=True, event_date=ISSUED, **fields):
    """A draft that lacks nothing, with its file."""
    serial = next(_numbers)
    year = f"{event_date.year}/" if normative else ""
    issuer = fields.pop("issuer", None) or make_issuer(agency if agency.parent_id is None else None)
    defaults = {
        "number": number or f"{serial}/{year}QĐ-UBND",
        "kind": Document.Kind.NORMATIVE if normative else Document.Kind.ADMINISTRATIVE,
        "type": make_type(),
        "issuer": issuer,
        "summary_vi": f"Ban hành quy định số {serial} về quản lý đường bộ",
        "event_date": event_date,
        "effective_on": event_date + timedelta(days=10) if normative else None,
        "source": "Công báo tỉnh",
        "full_text": TEXT,
    }
    fields.pop("title_vi", None)
    document = Document(agency=agency, **defaults | fields)
    editing.store(document, by=by)
    Attachment.objects.create(item=document, file=file(PDF, "van-ban.pdf"), title_vi="Bản ký")
    return document


def make_public(agency, *, by, when=None, approved_by=None, **fields):
    document = make_document(agency, by=by, **fields)
    return publish(document, by=approved_by, when=when)


def make_issue(agency, *, by, first=None, documents=(), issued_on=date(2018, 3, 12), **fields):
    """A planned issue with the next number of its year and with these documents."""
    fields.pop("title_vi", None)
    first = first or Issue.objects.expected_number(issued_on.year)
    issue = Issue(agency=agency, **{"first_number": first, "last_number": first, "issued_on": issued_on} | fields)
    editing.store(issue, by=by)
    for document in documents:
        Entry.objects.create(issue=issue, document=document)
    return issue


def with_pdf(issue, *, by):
    printing.want(issue, by=by)
    printing.make_wanted()
    issue.refresh_from_db()
    return issue


def make_printed(place, *, documents, when=None, at=None, **fields):
    """A public issue: composed by the editor, its PDF made, approved by the head."""
    with frozen(when or timezone.now()):
        issue = with_pdf(make_issue(place.agency, by=place.editor, documents=documents, **fields), by=place.editor)
        issue = makers.submit(issue, by=place.editor)
        return makers.approve(issue, by=place.head, at=at)


def correct(source, target):
    return Relation.objects.create(source=source, target=target, kind=Relation.Kind.CORRECTS)


def send(document, *, by, when):
    with frozen(when):
        return submissions.send(document, by=by)


MODELS = [Issue, Entry, Submission, Obligation, Document]


def stored():
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


@contextmanager
def nothing_changed_in_the_gazette():
    before = stored()
    with nothing_changed():
        yield
    assert stored() == before
