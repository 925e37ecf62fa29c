"""The PDF of an issue: asked for in the back office, made by the worker, or uploaded."""

import logging
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from gazette.completeness import mark_of_content, mark_of_pdf
from gazette.models import Entry, Issue
from gazette.submissions import refusal_of_change
from gazette.typesetting import PrintedDocument, PrintedIssue, PrintedPart, typeset
from portal.agencies.models import Agency, ContactPoint
from portal.editorial import policy
from portal.publishing import editing
from portal.publishing.models import Attachment
from portal.publishing.workflow import Refused

logger = logging.getLogger(__name__)

PARTS = {
    Entry.Part.NORMATIVE.value: "PHẦN VĂN BẢN QUY PHẠM PHÁP LUẬT",
    Entry.Part.OTHER.value: "PHẦN VĂN BẢN KHÁC",
}
Pdf = Issue.Pdf


class Unprintable(ValueError):
    """Why no PDF can be made, in a sentence for the board."""


def want(issue, *, by):
    """Asks the worker for the PDF of an open issue. Raises Refused."""
    with transaction.atomic():
        fresh = Issue.objects.select_for_update().get(pk=issue.pk)
        policy.forget(by)
        if sentence := policy.refusal(by, "edit", fresh) or refusal_of_change(fresh):
            raise Refused(sentence)
        if not fresh.entries.exists():
            raise Refused(_("The issue holds no document."))
        fresh.pdf_state, fresh.pdf_error = Pdf.WANTED, ""
        editing.store(fresh, by=by, changes={"pdf_state": fresh.get_pdf_state_display()})
    return fresh


def follow_upload(issue):
    """After the files of an open issue were changed by hand."""
    issue.pdf_state = Pdf.UPLOADED if issue.attachments.exists() else Pdf.NONE
    issue.pdf_error = issue.pdf_mark = ""
    issue.save(update_fields=["pdf_state", "pdf_error", "pdf_mark"])


def make_wanted():
    """Makes the PDFs that were asked for. Returns how many issues it dealt with."""
    wanted = list(Issue.objects.filter(pdf_state=Pdf.WANTED).values_list("pk", flat=True))
    for pk in wanted:
        _make(pk)
    return len(wanted)


def _make(pk):
    issue = Issue.objects.select_related("agency").get(pk=pk)
    entries = list(issue.entries.in_order().select_related("document__type", "document__issuer").defer(None))
    mark = mark_of_content(issue, entries)
    try:
        made = typeset(printed_issue(issue, entries))
    except Unprintable as error:
        _fail(pk, mark, str(error))
    except Exception:  # whatever a document's text or file does to the typesetting, the other issues are made
        logger.exception("The PDF of issue %s could not be made.", pk)
        _fail(pk, mark, _("A text or a file cannot be printed. Check the files of the documents, or upload a PDF."))
    else:
        with transaction.atomic():
            if fresh := _unchanged(pk, mark):
                keep(fresh, made)


def _unchanged(pk, mark):
    """The locked issue if it still wants this PDF; what was changed meanwhile is made in the next round."""
    issue = Issue.objects.select_for_update().filter(pk=pk, pdf_state=Pdf.WANTED).first()
    if issue is None or issue.is_issued or mark_of_content(issue, list(issue.entries.in_order())) != mark:
        return None
    return issue


@transaction.atomic
def _fail(pk, mark, sentence):
    if issue := _unchanged(pk, mark):
        issue.pdf_state, issue.pdf_error = Pdf.FAILED, sentence
        issue.save(update_fields=["pdf_state", "pdf_error"])


def keep(issue, made):
    """Stores a typeset issue as its one file, with the pages of its entries."""
    entries = list(issue.entries.in_order())
    for entry, (entry.first_page, entry.last_page) in zip(entries, made.ranges, strict=True):
        entry.save(update_fields=["first_page", "last_page"])
    _put_file(issue, made)
    issue.pdf_state, issue.pdf_error, issue.pdf_mark = Pdf.MADE, "", mark_of_pdf(issue, entries)
    issue.save(update_fields=["pdf_state", "pdf_error", "pdf_mark"])


def _put_file(issue, made):
    row = issue.attachments.first() or Attachment(item=issue)
    issue.attachments.exclude(pk=row.pk).delete()
    before, storage = row.file.name, row.file.storage
    row.title_vi, row.title_en = issue.title_vi, issue.title_en
    row.file = ContentFile(made.content, name="cong-bao.pdf")
    row.save()
    Attachment.objects.filter(pk=row.pk).update(page_count=made.pages)
    if before:
        transaction.on_commit(lambda: storage.delete(before))


# --- what is printed --------------------------------------------------------------------------------------------------


def printed_issue(issue, entries):
    """What the typesetting needs to know. Raises Unprintable."""
    return PrintedIssue(
        province=issue.agency.name_vi.rpartition(" tỉnh ")[2],
        numbers=f"Số {issue.numbers}",
        issued_on=issue.issued_on,
        publisher=_publisher(issue.agency),
        parts=[
            PrintedPart(title=title, documents=documents)
            for part, title in PARTS.items()
            if (documents := [_printed(row.document) for row in entries if row.part == part])
        ],
    )


def _printed(document):
    return PrintedDocument(
        heading=f"{document.type.name_vi} số {document.number}",
        issuer=document.issuer.name_vi,
        issued_on=document.event_date,
        number=document.number,
        summary=document.summary_vi or "",
        text=document.full_text,
        pdf=None if document.full_text.strip() else _pdf_of(document),
    )


def _pdf_of(document):
    for row in document.attachments.all():
        if row.extension == "pdf":
            with row.file.open("rb") as file:
                return BytesIO(file.read())
    raise Unprintable(_("%(document)s has neither a full text nor a PDF.") % {"document": document})


def _publisher(province):
    """The imprint: the office of the province, and where it is reached (8.2 g)."""
    office = Agency.objects.filter(parent=province, kind=Agency.Kind.OFFICE).first()
    place = province.name_vi.rpartition(" tỉnh ")[2]
    name = (
        f"{office.name_vi} {place}".strip() if office and place not in office.name_vi else (office or province).name_vi
    )
    contact = ContactPoint.objects.in_force().filter(agency=office or province).first()
    if contact is None:
        return [name]
    return [name, f"Địa chỉ: {contact.address_vi}", f"Điện thoại: {contact.phone}", f"Thư điện tử: {contact.email}"]
