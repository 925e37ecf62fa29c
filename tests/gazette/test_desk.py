"""The gazette in the back office: composing, numbering, sending; an issued number changes in no way."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gazette.models import Entry, Issue, Submission
from portal.editorial.models import AuditEvent
from portal.obligations.models import Obligation
from portal.publishing import workflow
from portal.publishing.models import Attachment
from tests.backoffice import pages
from tests.backoffice.pages import address, errors, listing, signed_in
from tests.files.samples import PDF, file, pdf
from tests.gazette.makers import (
    TODAY,
    make_document,
    make_issue,
    make_issuer,
    make_printed,
    make_public,
    moment,
    nothing_changed_in_the_gazette,
    send,
    with_pdf,
)
from tests.makers import frozen, make_user, withdraw

pytestmark = pytest.mark.usefixtures("law", "english")


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


def fill_in(response, field, **changes):
    """The form without the empty choices of rows that a script would add."""
    return {name: value for name, value in pages.fill_in(response, field, **changes).items() if value is not None}


@pytest.fixture
def document(portal):
    return make_public(portal.agency, by=portal.editor, when=TODAY, number="15/2018/QĐ-UBND")


@pytest.fixture
def add(portal):
    """Sends the add form of an issue as an editor fills it in."""
    client, url = signed_in(portal.editor), listing(Issue, "add")
    return lambda **changes: client.post(url, fill_in(client.get(url), "version", **changes))


def change(user, issue, **changes):
    client, url = signed_in(user), address(issue, "change")
    return client.post(url, fill_in(client.get(url), "version", **changes))


def page(user, url, **query):
    return signed_in(user).get(url, query)


# --- planning ---------------------------------------------------------------------------------------------------------


def test_the_add_form_proposes_the_next_number_and_a_date_a_week_later(portal):
    make_issue(portal.agency, by=portal.editor, first=1, last_number=2, issued_on=date(2018, 3, 9))
    form = fill_in(page(portal.editor, listing(Issue, "add")), "version")
    assert (form["first_number"], form["issued_on"], form["closes_on"]) == ("3", "16/03/2018", "14/03/2018")
    assert form["agency"] == str(portal.agency.pk)


def test_an_issue_is_planned_with_one_number_or_two(portal, add):
    assert add().status_code == 302
    assert add(last_number="3").status_code == 302
    rows = Issue.objects.order_by("pk").values_list("first_number", "last_number", "title_vi")
    assert list(rows) == [(1, 1, "Công báo số 1 năm 2018"), (2, 3, "Công báo số 2 + 3 năm 2018")]


def test_a_number_out_of_sequence_needs_its_reason(portal, add):
    with nothing_changed_in_the_gazette():
        refused = add(first_number="4")
    words = "The next number of 2018 is 1. Take it, or give the reason for another one."
    assert errors(refused) == {"first_number": [words]}
    assert add(first_number="4", sequence_reason="Ba số đầu chỉ phát hành bản in").status_code == 302


def test_planning_an_issue_places_what_waits(portal, document, add):
    sent = send(document, by=portal.editor, when=TODAY)
    add()
    sent.refresh_from_db()
    assert (sent.state, sent.issue) == ("placed", Issue.objects.get())
    assert AuditEvent.objects.of(sent).filter(action="gazette_place", actor=None).count() == 1


def test_deleting_a_plan_lets_its_documents_wait_or_go_to_the_next(portal, document):
    issue = make_issue(portal.agency, by=portal.editor)
    after = make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 3, 19))
    sent = send(document, by=portal.editor, when=TODAY)
    for plan, expected in ((issue, ("placed", after)), (after, ("waiting", None))):
        assert signed_in(portal.editor).post(address(plan, "delete"), {"post": "yes"}).status_code == 302
        sent.refresh_from_db()
        assert (sent.state, sent.issue) == expected


def test_districts_plan_no_issue_and_see_none(portal, district):
    issue = make_issue(portal.agency, by=portal.editor)
    with nothing_changed_in_the_gazette():
        assert page(district.head, listing(Issue, "add")).status_code == 404
        assert signed_in(district.head).post(listing(Issue, "add"), {"first_number": 1}).status_code == 404
        for name in ("change", "pdf", "take_over", "history"):
            assert page(district.head, address(issue, name)).status_code == 404
            assert signed_in(district.head).post(address(issue, name), {"post": "yes"}).status_code == 404
    assert list(page(district.head, listing(Issue)).context["cl"].result_list) == []
    assert reverse("admin:gazette_issue_add") not in page(district.head, reverse("admin:index")).content.decode()


# --- composing --------------------------------------------------------------------------------------------------------


def entry_rows(*documents, initial=0, **fields):
    rows = {"entries-TOTAL_FORMS": len(documents), "entries-INITIAL_FORMS": initial}
    for at, document in enumerate(documents):
        rows |= {f"entries-{at}-document": document.pk, f"entries-{at}-part": "", f"entries-{at}-position": ""}
    return rows | fields


def test_documents_are_added_and_the_part_follows_from_their_kind(portal, document):
    other = make_public(portal.agency, by=portal.editor, when=TODAY, normative=False)
    issue = make_issue(portal.agency, by=portal.editor)
    assert change(portal.editor, issue, **entry_rows(document, other)).status_code == 302
    assert [(row.document, row.part) for row in issue.entries.in_order()] == [
        (document, "normative"),
        (other, "other"),
    ]
    issue.refresh_from_db()
    assert issue.summary_vi == f"Ra ngày 12/03/2018, đăng 2 văn bản: {document}, {other}"
    assert issue.summary_en == f"Issued on 12/03/2018, with 2 documents: {document.title_en}, {other.title_en}"
    assert issue.version == 2


def test_drafts_of_any_board_are_no_entries(portal):
    draft = make_document(portal.agency, by=portal.editor)
    issue = make_issue(portal.agency, by=portal.editor)
    with nothing_changed_in_the_gazette():
        assert change(portal.editor, issue, **entry_rows(draft)).status_code == 200


def test_the_number_of_queries_of_the_form_does_not_grow_with_the_entries(portal, django_assert_num_queries):
    issues = []
    for count in (2, 12):
        documents = [make_public(portal.agency, by=portal.editor, when=TODAY) for _ in range(count)]
        issue = make_issue(portal.agency, by=portal.editor, documents=documents)
        issues.append(with_pdf(issue, by=portal.editor))
    client = signed_in(portal.editor)
    client.get(address(issues[0], "change"))
    with CaptureQueriesContext(connection) as few:
        client.get(address(issues[0], "change"))
    with django_assert_num_queries(len(few)):
        assert client.get(address(issues[1], "change")).status_code == 200


def test_the_pdf_is_asked_for_on_a_page_of_its_own(portal, document):
    issue = make_issue(portal.agency, by=portal.editor, documents=[document])
    assert page(portal.editor, address(issue, "pdf")).status_code == 200
    assert Issue.objects.get().pdf_state == "none"
    assert signed_in(portal.editor).post(address(issue, "pdf")).status_code == 302
    assert Issue.objects.get().pdf_state == "wanted"
    with nothing_changed_in_the_gazette():
        for person in (portal.translator, portal.inspector, make_user(is_superuser=True)):
            assert signed_in(person).post(address(issue, "pdf")).status_code == 404


def test_an_empty_issue_says_that_nothing_can_be_made(portal):
    issue = make_issue(portal.agency, by=portal.editor)
    with nothing_changed_in_the_gazette():
        answer = signed_in(portal.editor).post(address(issue, "pdf"))
    assert (answer.status_code, answer.context["errors"]) == (200, ["The issue holds no document."])


def test_a_pdf_is_uploaded_and_its_pages_are_typed(portal, document):
    issue = make_issue(portal.agency, by=portal.editor, documents=[document])
    entry = issue.entries.get()
    prefix = "publishing-attachment-content_type-object_id"
    rows = {
        "entries-0-first_page": 2,
        "entries-0-last_page": 3,
        f"{prefix}-TOTAL_FORMS": 1,
        f"{prefix}-0-file": file(pdf(kids=b"[3 0 R 3 0 R 3 0 R]"), "cong-bao.pdf"),
        f"{prefix}-0-title_vi": "Công báo số 1",
    }
    assert change(portal.editor, issue, **rows).status_code == 302
    issue.refresh_from_db()
    entry.refresh_from_db()
    assert (issue.pdf_state, issue.attachments.count(), entry.pages) == ("uploaded", 1, "2–3")
    assert issue.problems() == []


def test_what_was_received_is_taken_over_on_a_page_of_its_own(portal, document):
    issue = make_issue(portal.agency, by=portal.editor)
    send(document, by=portal.editor, when=TODAY)
    text = page(portal.editor, address(issue, "change")).content.decode()
    assert "Take over what was received (1)" in text
    assert signed_in(portal.editor).post(address(issue, "take_over")).status_code == 302
    assert issue.entries.get().document == document


# --- an issued number is not editable ---------------------------------------------------------------------------------


@pytest.fixture(params=["published", "withdrawn", "reopened"])
def issued(request, portal, document):
    issue = make_printed(portal, documents=[document], when=TODAY)
    if request.param != "published":
        issue = withdraw(issue, by=portal.head)
    if request.param == "reopened":
        issue = workflow.carry_out("reopen", issue, by=portal.head, note="Đăng lại")
    return issue


def test_no_form_changes_an_issued_number(portal, issued, document):
    other = make_public(portal.agency, by=portal.editor, when=TODAY)
    entry, kept = issued.entries.get(), issued.attachments.get()
    files = "publishing-attachment-content_type-object_id"
    forged = {
        "version": issued.version,
        "agency": portal.agency.pk,
        "first_number": 9,
        "last_number": 9,
        "issued_on": "20/03/2018",
        "closes_on": "",
        "sequence_reason": "Sửa",
        "entries-TOTAL_FORMS": 2,
        "entries-INITIAL_FORMS": 1,
        "entries-0-id": entry.pk,
        "entries-0-issue": issued.pk,
        "entries-0-document": document.pk,
        "entries-0-first_page": 1,
        "entries-0-last_page": 1,
        "entries-0-DELETE": "on",
        "entries-1-issue": issued.pk,
        "entries-1-document": other.pk,
        f"{files}-TOTAL_FORMS": 1,
        f"{files}-INITIAL_FORMS": 1,
        f"{files}-0-id": kept.pk,
        f"{files}-0-title_vi": "Khác",
        f"{files}-0-file": file(PDF, "khac.pdf"),
        f"{files}-0-DELETE": "on",
    }
    for person in (portal.head, portal.editor, portal.translator, make_user(is_superuser=True)):
        client = signed_in(person)
        with nothing_changed_in_the_gazette():
            assert client.post(address(issued, "change"), forged).status_code in (200, 404)
            for name in ("pdf", "take_over", "revise"):
                assert client.get(address(issued, name)).status_code == 404
                assert client.post(address(issued, name), forged).status_code == 404
            assert client.post(address(issued, "delete"), {"post": "yes"}).status_code in (302, 403, 404)
    assert kept.file.storage.exists(Attachment.objects.get(pk=kept.pk).file.name)


def test_the_form_of_an_issued_number_says_why(portal, document):
    issue = make_printed(portal, documents=[document], when=TODAY)
    issue = workflow.carry_out("reopen", withdraw(issue, by=portal.head), by=portal.head, note="Đăng lại")
    client = signed_in(portal.editor)
    data = fill_in(client.get(address(issue, "change")), "version")
    assert {name for name in data if name.startswith(("first", "last", "issued", "closes", "sequence"))} == set()
    with nothing_changed_in_the_gazette():
        refused = client.post(address(issue, "change"), data)
    words = "An issue that was public is never changed: put errors right by a document in a later issue."
    assert errors(refused)["__all__"] == [words]


# --- sending ----------------------------------------------------------------------------------------------------------


def sending(user, document):
    return signed_in(user).post(listing(Submission, "add"), {"document": document.pk}, follow=True)


def test_a_document_is_sent_from_a_form_that_knows_it_already(portal, document):
    form = page(portal.editor, listing(Submission, "add"), document=document.pk)
    assert fill_in(form, "document")["document"] == str(document.pk)
    answer = sending(portal.editor, document)
    assert "The document was sent to the gazette." in answer.content.decode()
    assert Submission.objects.get().document == document


def test_the_message_says_that_the_document_came_too_late(portal, document):
    make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 3, 5), closes_on=date(2018, 3, 2))
    make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 3, 12))
    words = "Công báo số 1 năm 2018 took documents until 02/03/2018. It goes into Công báo số 2 năm 2018."
    assert words in sending(portal.editor, document).content.decode()


@pytest.mark.parametrize("query", ["abc", "²", "9" * 400, "-1", "0"])
def test_nonsense_in_the_address_of_the_form_does_no_harm(portal, query):
    assert page(portal.editor, listing(Submission, "add"), document=query).status_code == 200


def test_documents_of_others_and_drafts_are_not_on_offer(portal, district, document):
    draft = make_document(portal.agency, by=portal.editor)
    with nothing_changed_in_the_gazette():
        for person, row in ((district.editor, document), (portal.editor, draft)):
            assert list(errors(sending(person, row))) == ["document"]
        for role in ("translator", "inspector", "technician"):
            assert sending(getattr(portal, role), document).status_code == 404


def steps(user, row, **answers):
    return signed_in(user).post(address(row, "change"), answers)


def test_the_province_rejects_and_the_sender_reads_why(portal, district):
    issuer = make_issuer(district.agency, code="ubnd-tu-nghia", level="district")
    theirs = make_public(district.agency, by=district.editor, when=TODAY, issuer=issuer)
    row = send(theirs, by=district.editor, when=TODAY)
    assert steps(portal.secretary, row, step="reject", reason="Thiếu phụ lục").status_code == 302
    assert "Thiếu phụ lục" in page(district.editor, address(row, "change")).content.decode()
    assert Submission.objects.get().state == "rejected"


def test_the_province_moves(portal, document):
    make_issue(portal.agency, by=portal.editor)
    goal = make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 3, 19))
    row = send(document, by=portal.editor, when=TODAY)
    assert steps(portal.head, row, step="move", issue=goal.pk).status_code == 302
    assert Submission.objects.get().issue == goal


def test_a_refused_step_says_why_and_changes_nothing(portal, document):
    row = send(document, by=portal.editor, when=TODAY)
    with nothing_changed_in_the_gazette():
        assert steps(portal.head, row, step="reject", reason="").status_code == 200
        assert steps(portal.head, row, step="khong-co").status_code == 200
        assert steps(portal.head, row, step="move", issue="9").status_code == 200
        assert signed_in(portal.head).post(address(row, "delete"), {"post": "yes"}).status_code == 404


def test_senders_see_their_own_submissions_and_take_no_steps(portal, district, document):
    issuer = make_issuer(district.agency, code="ubnd-tu-nghia", level="district")
    theirs = make_public(district.agency, by=district.editor, when=TODAY, issuer=issuer)
    own, foreign = send(theirs, by=district.editor, when=TODAY), send(document, by=portal.editor, when=TODAY)
    assert list(page(district.editor, listing(Submission)).context["cl"].result_list) == [own]
    assert set(page(portal.inspector, listing(Submission)).context["cl"].result_list) == {own, foreign}
    with nothing_changed_in_the_gazette():
        assert page(district.editor, address(own, "change")).status_code == 200
        assert page(district.editor, address(foreign, "change")).status_code == 404
        assert steps(district.head, own, step="reject", reason="Không").status_code == 404
        assert steps(portal.inspector, own, step="reject", reason="Không").status_code == 404
        for url in (listing(Submission), listing(Submission, "add"), address(own, "change")):
            assert page(make_user(), url).status_code == 404


def test_the_list_of_submissions_costs_the_same_whatever_there_is(portal, django_assert_num_queries):
    client, url = signed_in(portal.head), listing(Submission)
    for _ in range(2):
        send(make_public(portal.agency, by=portal.editor, when=TODAY), by=portal.editor, when=TODAY)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _ in range(5):
        send(make_public(portal.agency, by=portal.editor, when=TODAY), by=portal.editor, when=TODAY)
    with django_assert_num_queries(len(few)):
        assert client.get(url).status_code == 200


# --- the start page ---------------------------------------------------------------------------------------------------


def groups(user):
    found = page(user, reverse("admin:index")).context["queue"]
    return {group["title"]: [(row["title"], row.get("left", "")) for row in group["items"]] for group in found}


def test_the_start_page_shows_what_is_to_be_sent_and_what_was_received(portal, district, document):
    assert groups(portal.editor)["To be sent to the gazette"] == [("Quyết định 15/2018/QĐ-UBND", "due today")]
    assert "To be sent to the gazette" not in groups(district.editor)
    send(document, by=portal.editor, when=TODAY)
    found = groups(portal.editor)
    assert "To be sent to the gazette" not in found
    assert found["Received for the gazette"] == [("Quyết định 15/2018/QĐ-UBND", "5 working days left")]
    assert "Received for the gazette" not in groups(district.editor)


def test_the_start_page_tells_the_sender_of_a_rejection_until_it_is_sent_again(portal, document):
    row = send(document, by=portal.editor, when=TODAY)
    steps(portal.head, row, step="reject", reason="Thiếu phụ lục")
    assert [title for title, _left in groups(portal.editor)["Rejected by the gazette"]] == [
        "Quyết định 15/2018/QĐ-UBND – Thiếu phụ lục"
    ]
    sending(portal.editor, document)
    assert "Rejected by the gazette" not in groups(portal.editor)


def test_an_overdue_printing_presses_the_province(portal, document):
    row = send(document, by=portal.editor, when=TODAY)
    with frozen(moment(date(2018, 3, 14))):
        assert groups(portal.head)["Received for the gazette"][0][1] == "overdue by 2 working days"
        text = page(portal.head, address(row, "change")).content.decode()
    assert "12/03/2018" in text
    assert Obligation.objects.of(row).get().agency == portal.agency
    assert Entry.objects.count() == 0
