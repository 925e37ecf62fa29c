"""What an issue lacks, who publishes it, and what its documents know of it then."""

from datetime import date

import pytest

from documents.models import Document
from gazette import printing, submissions
from gazette.models import Entry, Issue
from portal.obligations.models import Obligation
from portal.publishing import editing, workflow
from portal.publishing.models import Attachment
from portal.publishing.workflow import Refused
from portal.worker.jobs import settle_categories
from tests.files.samples import PDF, file, pdf
from tests.gazette.makers import (
    TODAY,
    make_document,
    make_issue,
    make_printed,
    make_public,
    moment,
    nothing_changed_in_the_gazette,
    send,
    with_pdf,
)
from tests.makers import approve, archive, frozen, submit, withdraw

pytestmark = pytest.mark.usefixtures("law", "english")


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def document(portal):
    return make_public(portal.agency, by=portal.editor, when=TODAY, number="15/2018/QĐ-UBND")


def printed_in(document):
    document = Document.objects.get(pk=document.pk)
    return document.gazette_number, document.gazette_date, document.gazette_path


def duty(item):
    return Obligation.objects.of(item).get(code="L2")


# --- what is missing --------------------------------------------------------------------------------------------------


def test_an_issue_without_documents_and_pdf_is_not_submitted(portal):
    issue = make_issue(portal.agency, by=portal.editor)
    assert issue.problems() == ["The issue holds no document.", "The PDF is missing: make it, or upload it."]
    with nothing_changed_in_the_gazette(), pytest.raises(Refused):
        submit(issue)


def test_a_document_without_subject_or_not_public_is_named(portal):
    draft = make_document(portal.agency, by=portal.editor, number="7/2018/QĐ-UBND")
    blank = make_public(portal.agency, by=portal.editor, when=TODAY, number="8/2018/QĐ-UBND")
    Document.objects.filter(pk=blank.pk).update(summary_vi=" ")
    issue = with_pdf(make_issue(portal.agency, by=portal.editor, documents=[draft, blank]), by=portal.editor)
    assert issue.problems() == [
        "Quyết định 7/2018/QĐ-UBND is not public.",
        "Quyết định 8/2018/QĐ-UBND has no subject (Article 8.2 g).",
    ]


def test_a_document_is_printed_in_one_issue(portal, document):
    make_printed(portal, documents=[document], when=TODAY)
    issue = with_pdf(make_issue(portal.agency, by=portal.editor, documents=[document]), by=portal.editor)
    assert issue.problems() == ["Quyết định 15/2018/QĐ-UBND was printed in an earlier issue."]


def test_what_was_received_for_the_issue_is_not_forgotten(portal, document):
    other = make_public(portal.agency, by=portal.editor, when=TODAY)
    issue = make_issue(portal.agency, by=portal.editor, documents=[other])
    send(document, by=portal.editor, when=TODAY)
    words = "Quyết định 15/2018/QĐ-UBND was received for this issue and is not in it: take it over, or move it."
    assert with_pdf(issue, by=portal.editor).problems() == [words]


def test_a_pdf_older_than_the_issue_is_made_again(portal, document):
    issue = with_pdf(make_issue(portal.agency, by=portal.editor, documents=[document]), by=portal.editor)
    assert issue.problems() == []
    Entry.objects.create(issue=issue, document=make_public(portal.agency, by=portal.editor, when=TODAY))
    assert issue.problems() == ["The PDF is older than the issue. Make it again."]
    assert with_pdf(issue, by=portal.editor).problems() == []
    Document.objects.filter(pk=document.pk).update(summary_vi="Trích yếu đã sửa")
    assert issue.problems() == ["The PDF is older than the issue. Make it again."]
    with_pdf(issue, by=portal.editor)
    issue.entries.filter(document=document).update(last_page=1)
    assert issue.problems() == ["The PDF is older than the issue. Make it again."]


FOUR_PAGES = pdf(kids=b"[3 0 R 3 0 R 3 0 R 3 0 R]")


def uploaded(portal, *pages, content=FOUR_PAGES):
    documents = [make_public(portal.agency, by=portal.editor, when=TODAY, number=f"{n}/2018/QĐ-UBND") for n in (1, 2)]
    issue = make_issue(portal.agency, by=portal.editor, documents=documents)
    for entry, (first, last) in zip(issue.entries.in_order(), pages, strict=True):
        Entry.objects.filter(pk=entry.pk).update(first_page=first, last_page=last)
    Attachment.objects.create(item=issue, file=file(content, "cong-bao.pdf"), title_vi="Công báo")
    printing.follow_upload(issue)
    return issue


def test_an_uploaded_pdf_has_pages_for_every_document(portal):
    assert uploaded(portal, (2, 3), (3, 4)).problems() == []
    assert Issue.objects.get().pdf_state == "uploaded"


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        (((2, 3), (None, None)), "Give the pages of Quyết định 2/2018/QĐ-UBND."),
        (((2, None), (3, 4)), "Give the pages of Quyết định 1/2018/QĐ-UBND."),
        (((2, 3), (4, 5)), "The pages of Quyết định 2/2018/QĐ-UBND are not among the 4 pages of the PDF."),
        (((3, 2), (4, 4)), "The pages of Quyết định 1/2018/QĐ-UBND are not among the 4 pages of the PDF."),
        (((0, 2), (3, 4)), "Give the pages of Quyết định 1/2018/QĐ-UBND."),
        (
            ((2, 4), (3, 4)),
            "The pages of Quyết định 2/2018/QĐ-UBND begin before the last page of what precedes it.",
        ),
    ],
)
def test_pages_that_cannot_be_right_are_named(portal, pages, words):
    assert uploaded(portal, *pages).problems() == [words]


def test_an_issue_has_one_file_and_it_is_a_pdf(portal):
    issue = uploaded(portal, (2, 3), (3, 4))
    Attachment.objects.create(item=issue, file=file(PDF, "hai.pdf"), title_vi="Hai")
    assert issue.problems() == ["An issue has exactly one file, its PDF."]


# --- publication ------------------------------------------------------------------------------------------------------


def test_two_people_bring_an_issue_out(portal, document):
    issue = submit(with_pdf(make_issue(portal.agency, by=portal.editor, documents=[document]), by=portal.editor))
    with nothing_changed_in_the_gazette(), pytest.raises(Refused):
        approve(issue, by=portal.editor)
    assert approve(issue, by=portal.head).state == "published"


def test_the_head_does_not_approve_an_issue_whose_pdf_the_head_asked_for(portal, document):
    issue = make_issue(portal.agency, by=portal.editor, documents=[document])
    issue = submit(with_pdf(issue, by=portal.head), by=portal.editor)
    with nothing_changed_in_the_gazette(), pytest.raises(Refused):
        approve(issue, by=portal.head)
    assert approve(issue, by=portal.deputy).state == "published"


def test_a_public_issue_is_written_onto_its_documents(portal, document):
    issue = make_printed(portal, documents=[document], when=TODAY, first=1, last_number=2)
    entry = issue.entries.get()
    path = f"/cong-bao/cong-bao-so-1-2-nam-2018-{issue.pk}/van-ban/{entry.pk}/"
    assert printed_in(document) == ("1 + 2/2018", date(2018, 3, 12), path)


def test_publication_keeps_the_seven_days_and_marks_what_was_sent(portal, document):
    sent = send(document, by=portal.editor, when=TODAY)
    issue = make_printed(portal, documents=[document], when=moment(date(2018, 3, 14)))
    sent.refresh_from_db()
    assert (sent.state, sent.issue) == ("printed", issue)
    kept = duty(sent)
    assert (kept.status, kept.delay, kept.fulfilled_at) == ("late", 2, issue.publish_at)
    assert kept.fulfilled_by == portal.head


def test_a_document_printed_in_another_issue_than_planned_is_printed(portal, document):
    planned = make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 3, 9))
    sent = send(document, by=portal.editor, when=TODAY)
    assert sent.issue == planned
    issue = make_printed(portal, documents=[document], when=TODAY)
    sent.refresh_from_db()
    assert (sent.state, sent.issue) == ("printed", issue)


def test_a_scheduled_issue_is_written_down_when_its_time_has_come(portal, document):
    sent = send(document, by=portal.editor, when=TODAY)
    at = moment(date(2018, 3, 12), 7, 0)
    make_printed(portal, documents=[document], when=TODAY, at=at)
    settle_categories()
    assert (printed_in(document), duty(sent).status) == (("", None, ""), "open")
    with frozen(moment(date(2018, 3, 12), 7, 5)):
        settle_categories()
    assert printed_in(document)[:2] == ("1/2018", date(2018, 3, 12))
    assert (duty(sent).status, duty(sent).fulfilled_at) == ("on_time", at)


def test_a_withdrawn_issue_takes_back_what_it_had_written(portal, document):
    sent = send(document, by=portal.editor, when=TODAY)
    issue = make_printed(portal, documents=[document], when=TODAY)
    withdraw(issue, by=portal.head, note="In nhầm trang")
    sent.refresh_from_db()
    assert printed_in(document) == ("", None, "")
    assert (sent.state, sent.issue, duty(sent).status, duty(sent).fulfilled_at) == ("placed", issue, "open", None)


def test_an_archived_issue_stays_written_on_its_documents(portal, document):
    archive(make_printed(portal, documents=[document], when=TODAY), by=portal.head)
    assert printed_in(document)[0] == "1/2018"


def test_a_withdrawn_issue_comes_out_again_unchanged(portal, document):
    sent = send(document, by=portal.editor, when=TODAY)
    issue = make_printed(portal, documents=[document], when=TODAY)
    issue = workflow.carry_out("reopen", withdraw(issue, by=portal.head), by=portal.head, note="Đăng lại")
    Document.objects.filter(pk=document.pk).update(summary_vi="Trích yếu đã sửa")
    approve(submit(issue, by=portal.editor), by=portal.deputy)
    sent.refresh_from_db()
    assert (printed_in(document)[0], sent.state, duty(sent).status) == ("1/2018", "printed", "on_time")


def test_the_trich_yeu_is_that_of_the_document_in_both_places(portal, document, client):
    issue = make_printed(portal, documents=[document], when=TODAY)
    revision = editing.propose(
        Document.objects.get(pk=document.pk), {"summary_vi": "Trích yếu đã đính chính"}, by=portal.editor, note="Sửa"
    )
    editing.apply(revision, by=portal.head)
    for path in (issue.path(), issue.entries.get().path(), document.path()):
        assert "Trích yếu đã đính chính" in client.get(path).content.decode()


# --- an issued number is not editable ---------------------------------------------------------------------------------


@pytest.fixture(params=["published", "archived", "withdrawn", "reopened"])
def issued(request, portal, document):
    issue = make_printed(portal, documents=[document], when=TODAY)
    if request.param == "published":
        return issue
    if request.param == "archived":
        return archive(issue, by=portal.head)
    issue = withdraw(issue, by=portal.head)
    return workflow.carry_out("reopen", issue, by=portal.head, note="Sửa") if request.param == "reopened" else issue


def test_no_function_changes_an_issued_number(portal, issued):
    for change in (printing.want, submissions.take_over):
        with nothing_changed_in_the_gazette(), pytest.raises(Refused):
            change(issued, by=portal.editor)
    Issue.objects.filter(pk=issued.pk).update(pdf_state="wanted")
    before = list(Attachment.objects.order_by("pk").values())
    printing.make_wanted()
    assert list(Attachment.objects.order_by("pk").values()) == before
