"""What an issue lacks before a board can be asked to publish it (Article 8.2 g)."""

from hashlib import sha256

from django.utils.translation import gettext as _

from documents.models import Document
from gazette.inclusion import map_pages
from portal.publishing.models import Attachment


def problems(issue):
    """Sentences; the issue has never been public."""
    entries = list(issue.entries.in_order())
    if not entries:
        yield _("The issue holds no document.")
    yield from _of_documents(issue, entries)
    yield from _of_submissions(issue, entries)
    yield from _of_pdf(issue, entries)


def _of_documents(issue, entries):
    printed = issue.entries.model.objects.printed().exclude(issue=issue)
    elsewhere = dict(printed.filter(document__in=[row.document_id for row in entries]).values_list("document", "issue"))
    for document in [row.document for row in entries]:
        if not (document.summary_vi or "").strip():
            yield _("%(document)s has no subject (Article 8.2 g).") % {"document": document}
        if not document.is_readable:
            yield _("%(document)s is not public.") % {"document": document}
        if document.pk in elsewhere:
            yield _("%(document)s was printed in an earlier issue.") % {"document": document}


def _of_submissions(issue, entries):
    held = [row.document_id for row in entries]
    if issue.pk:
        for row in issue.submissions.open().exclude(document__in=held).select_related("document"):
            yield _("%(document)s was received for this issue and is not in it: take it over, or move it.") % {
                "document": row.document
            }


def _of_pdf(issue, entries):
    states = issue.Pdf
    if issue.pdf_state in (states.MADE, states.UPLOADED):
        if issue.pdf_state == states.MADE and issue.pdf_mark != mark_of_pdf(issue, entries):
            yield _("The PDF is older than the issue. Make it again.")
            return
        yield from _of_file(issue, entries)
        return
    yield {
        states.NONE: _("The PDF is missing: make it, or upload it."),
        states.WANTED: _("The PDF is being made. Wait a moment."),
        states.FAILED: _("The PDF could not be made: %(reason)s") % {"reason": issue.pdf_error},
    }[issue.pdf_state]


def _of_file(issue, entries):
    files = list(issue.attachments.all())
    if len(files) != 1 or files[0].extension != "pdf":
        yield _("An issue has exactly one file, its PDF.")
        return
    try:
        total = files[0].page_count or map_pages(files[0].file)
    except ValueError:
        yield _("The PDF cannot be read. Upload another one.")
        return
    yield from _of_pages(entries, total)


def _of_pages(entries, total):
    last = 1
    for row in entries:
        if not row.first_page or not row.last_page:
            yield _("Give the pages of %(document)s.") % {"document": row.document}
        elif not row.first_page <= row.last_page <= total:
            words = _("The pages of %(document)s are not among the %(total)d pages of the PDF.")
            yield words % {"document": row.document, "total": total}
        elif row.first_page < last:
            yield _("The pages of %(document)s begin before the last page of what precedes it.") % {
                "document": row.document
            }
        last = max(last, row.last_page or 0)


# --- what a PDF is made from ------------------------------------------------------------------------------------------


def mark_of_content(issue, entries):
    """A checksum of everything that the PDF shows."""
    held = [row.document_id for row in entries]
    texts = dict(Document.objects.filter(pk__in=held).values_list("pk", "full_text"))
    facts = [(issue.first_number, issue.last_number, issue.issued_on), *_files(held)]
    for row in entries:
        document = row.document
        shown = (document.title_vi, document.summary_vi, document.event_date, document.issuer.name_vi)
        facts.append((row.part, row.document_id, *shown, texts.get(row.document_id, "")))
    return sha256(repr(facts).encode()).hexdigest()


def mark_of_pdf(issue, entries):
    """The same, with the pages: one that is typed over makes the PDF wrong too."""
    pages = [(row.pk, row.first_page, row.last_page) for row in entries]
    return sha256(f"{mark_of_content(issue, entries)} {pages}".encode()).hexdigest()


def _files(documents):
    rows = Attachment.objects.filter(content_type__app_label="documents", content_type__model="document")
    return list(rows.filter(object_id__in=documents).order_by("object_id", "pk").values_list("object_id", "sha256"))
