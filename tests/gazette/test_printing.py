"""The worker makes the PDFs that were asked for; one that cannot be made says why, and the others are made."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents.models import Document
from gazette import printing
from gazette.models import Entry, Issue
from portal.publishing.models import Attachment
from portal.publishing.workflow import Refused
from portal.worker.loop import run_all
from tests.gazette.makers import (
    TODAY,
    make_issue,
    make_public,
    nothing_changed_in_the_gazette,
    with_pdf,
)
from tests.makers import frozen

pytestmark = pytest.mark.usefixtures("law", "english")


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def write(portal):
    return lambda **fields: make_public(portal.agency, by=portal.editor, when=TODAY, **fields)


@pytest.fixture
def issue(portal, write):
    documents = [write(number="15/2018/QĐ-UBND"), write(number="223/QĐ-UBND", normative=False)]
    return make_issue(portal.agency, by=portal.editor, documents=documents, first=1, last_number=2)


def state(issue):
    issue.refresh_from_db()
    return issue.pdf_state, issue.pdf_error


def reader(issue):
    return PdfReader(BytesIO(issue.attachments.get().file.read()))


def test_the_pdf_holds_number_date_contents_and_every_document_on_its_pages(portal, issue):
    with_pdf(issue, by=portal.editor)
    assert state(issue) == ("made", "")
    pages = [page.extract_text() for page in reader(issue).pages]
    assert "Số 1 + 2" in pages[0] and "QUẢNG NGÃI" in pages[0]
    assert "MỤC LỤC" in pages[1]
    for entry in issue.entries.in_order():
        assert entry.document.number in pages[entry.first_page - 1]
    assert [(row.first_page, row.last_page) for row in issue.entries.in_order()] == [(3, 3), (4, 4)]
    assert issue.attachments.get().page_count == len(pages) == 4


def test_each_line_of_the_contents_leads_to_the_right_page(portal, issue):
    with_pdf(issue, by=portal.editor)
    found = reader(issue)
    pages = {row.title: found.get_destination_page_number(row) + 1 for row in found.outline[-1]}
    pages |= {row.title: found.get_destination_page_number(row) + 1 for row in found.outline[2]}
    for entry in issue.entries.in_order():
        assert pages[f"Quyết định số {entry.document.number}"] == entry.first_page


def test_a_document_without_full_text_is_printed_from_its_pdf(portal, write):
    document = write(full_text="")
    issue = make_issue(portal.agency, by=portal.editor, documents=[document])
    with_pdf(issue, by=portal.editor)
    assert (state(issue), issue.entries.get().pages) == (("made", ""), "3")


def test_the_worker_makes_what_was_asked_for_once(portal, issue):
    printing.want(issue, by=portal.editor)
    assert state(issue) == ("wanted", "")
    results = {run.name: run.result for run in run_all()}
    assert results["gazette_pdf"] == 1
    assert printing.make_wanted() == 0
    assert state(issue) == ("made", "")


def test_a_new_pdf_takes_the_place_of_the_old_one_and_the_entries_keep_their_keys(portal, issue, write):
    with_pdf(issue, by=portal.editor)
    before, keys = issue.attachments.get(), list(issue.entries.values_list("pk", flat=True))
    Entry.objects.create(issue=issue, document=write(number="16/2018/QĐ-UBND"))
    with_pdf(issue, by=portal.editor)
    after = issue.attachments.get()
    assert (after.pk, after.page_count) == (before.pk, 5)
    assert after.file.name != before.file.name
    assert list(issue.entries.order_by("pk").values_list("pk", flat=True))[:2] == keys


def test_the_old_file_goes_when_the_new_one_is_stored(portal, issue, django_capture_on_commit_callbacks):
    with_pdf(issue, by=portal.editor)
    before = issue.attachments.get().file
    with django_capture_on_commit_callbacks(execute=True):
        with_pdf(issue, by=portal.editor)
    assert not before.storage.exists(before.name)
    assert issue.attachments.get().file.storage.exists(issue.attachments.get().file.name)


def test_what_cannot_be_printed_says_so_and_the_others_are_made(portal, issue, write):
    silent = write(full_text="", number="17/2018/QĐ-UBND")
    Attachment.objects.filter(object_id=silent.pk, content_type__model="document").delete()
    broken = make_issue(portal.agency, by=portal.editor, documents=[silent])
    for row in (broken, issue):
        printing.want(row, by=portal.editor)
    assert printing.make_wanted() == 2
    assert state(broken) == ("failed", "Quyết định 17/2018/QĐ-UBND has neither a full text nor a PDF.")
    assert state(issue) == ("made", "")
    assert broken.problems() == [
        "The PDF could not be made: Quyết định 17/2018/QĐ-UBND has neither a full text nor a PDF."
    ]


def test_an_unforeseen_failure_leaves_a_sentence_and_no_file(portal, issue, monkeypatch):
    monkeypatch.setattr(printing, "typeset", lambda printed: 1 / 0)
    with_pdf(issue, by=portal.editor)
    words = "A text or a file cannot be printed. Check the files of the documents, or upload a PDF."
    assert (state(issue), issue.attachments.count()) == (("failed", words), 0)


def test_what_changes_while_the_pdf_is_made_is_made_again(portal, issue, write, monkeypatch):
    real = printing.typeset

    def meanwhile(printed):
        monkeypatch.setattr(printing, "typeset", real)
        Entry.objects.create(issue=issue, document=write(number="18/2018/QĐ-UBND"))
        return real(printed)

    monkeypatch.setattr(printing, "typeset", meanwhile)
    with_pdf(issue, by=portal.editor)
    assert (state(issue), issue.attachments.count()) == (("wanted", ""), 0)
    printing.make_wanted()
    assert (state(issue), issue.attachments.get().page_count) == (("made", ""), 5)


def test_an_upload_meanwhile_wins(portal, issue, monkeypatch):
    real = printing.typeset

    def meanwhile(printed):
        Issue.objects.filter(pk=issue.pk).update(pdf_state="uploaded")
        return real(printed)

    monkeypatch.setattr(printing, "typeset", meanwhile)
    with_pdf(issue, by=portal.editor)
    assert (state(issue), issue.attachments.count()) == (("uploaded", ""), 0)


def test_an_empty_issue_and_one_of_others_is_not_made(portal, district, issue):
    empty = make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 3, 19))
    for row, person in ((empty, portal.editor), (issue, portal.translator), (issue, district.head)):
        with nothing_changed_in_the_gazette(), pytest.raises(Refused):
            printing.want(row, by=person)


@pytest.mark.parametrize("text", ["\u202e\u0000" + "Điều 1. " * 4000, "|" * 3000, "e\u0302\u0301" * 5000, "<b>&"])
def test_hostile_texts_are_printed_or_refused_with_a_sentence(portal, write, text):
    document = write()
    Document.objects.filter(pk=document.pk).update(full_text=text.replace("\u0000", ""))
    issue = make_issue(portal.agency, by=portal.editor, documents=[document])
    with_pdf(issue, by=portal.editor)
    assert issue.pdf_state in ("made", "failed")
