"""Documents on their way to the gazette: sent within three days, printed within seven (L1, L2)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from documents.models import Document
from gazette import submissions
from gazette.models import Entry, Submission
from portal.editorial.models import AuditEvent
from portal.obligations.models import Obligation
from portal.publishing.workflow import Refused
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
)
from tests.makers import approve, frozen, submit, withdraw

pytestmark = pytest.mark.usefixtures("law", "english")


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def document(portal):
    return make_public(portal.agency, by=portal.editor, when=TODAY)


def duty(item, code):
    return Obligation.objects.of(item).get(code=code)


def refused(step, *what, **how):
    with nothing_changed_in_the_gazette(), pytest.raises(ValidationError) as error:
        step(*what, **how)
    return error.value.messages


# --- sending ----------------------------------------------------------------------------------------------------------


def test_sending_keeps_the_three_days_and_begins_the_seven(portal, document):
    assert (duty(document, "L1").due, duty(document, "L1").status) == (date(2018, 3, 5), "open")  # 4 March is a Sunday
    sent = send(document, by=portal.editor, when=TODAY)
    assert (duty(document, "L1").status, duty(document, "L1").fulfilled_by) == ("on_time", portal.editor)
    received = duty(sent, "L2")
    assert (received.agency, received.triggered_on, received.due) == (portal.agency, TODAY.date(), date(2018, 3, 12))
    assert (sent.state, sent.received_at, sent.by) == ("waiting", TODAY, portal.editor)
    assert list(AuditEvent.objects.of(sent).values_list("action", "actor")) == [("gazette_send", portal.editor.pk)]


@pytest.mark.parametrize(
    ("issued", "due"),
    [
        (date(2018, 3, 5), date(2018, 3, 8)),
        (date(2018, 3, 7), date(2018, 3, 12)),  # the third day is a Saturday
        (date(2018, 2, 12), date(2018, 2, 21)),  # the third day is Tết, which lasts until the 20th
    ],
)
def test_three_calendar_days_that_end_on_a_day_off_end_on_the_next_working_day(portal, issued, due):
    with frozen(moment(issued)):
        document = make_document(portal.agency, by=portal.editor, event_date=issued)
    assert duty(document, "L1").due == due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2018, 3, 5), date(2018, 3, 12)),
        (date(2018, 3, 17), date(2018, 3, 26)),  # the seventh day is a Saturday
        (date(2018, 4, 23), date(2018, 5, 2)),  # 30 April and 1 May are holidays
    ],
)
def test_seven_calendar_days_that_end_on_a_day_off_end_on_the_next_working_day(portal, document, received, due):
    assert duty(send(document, by=portal.editor, when=moment(received)), "L2").due == due


def test_who_sends_late_is_late(portal, document):
    send(document, by=portal.editor, when=moment(date(2018, 3, 7)))
    assert (duty(document, "L1").status, duty(document, "L1").delay) == ("late", 2)


def test_the_law_of_2015_ended_in_march_2025(portal):
    for day, owed in ((date(2025, 3, 31), {"D7", "L1"}), (date(2025, 4, 1), {"D7"}), (date(2026, 3, 2), {"D7"})):
        with frozen(moment(day)):
            document = make_document(portal.agency, by=portal.editor, event_date=day)
        assert set(Obligation.objects.of(document).values_list("code", flat=True)) == owed
    with frozen(moment(day)):
        document = approve(submit(document, by=portal.editor), by=portal.head)
    sent = send(document, by=portal.editor, when=moment(date(2026, 3, 3)))
    assert not Obligation.objects.of(sent).exists()


def test_before_the_regulation_nothing_is_owed_to_the_gazette(portal):
    with frozen(moment(date(2017, 6, 1))):
        document = make_document(portal.agency, by=portal.editor, event_date=date(2017, 4, 28))
    assert [row.code for row in Obligation.objects.of(document)] == ["D7"]


def test_an_approved_document_may_be_sent_before_its_time(portal):
    document = submit(make_document(portal.agency, by=portal.editor))
    document = approve(document, by=portal.head, at=moment(date(2018, 3, 6)))
    assert send(document, by=portal.editor, when=TODAY).state == "waiting"


def test_a_draft_is_not_sent(portal):
    document = make_document(portal.agency, by=portal.editor)
    words = ["The document is neither public nor approved."]
    assert refused(submissions.send, document, by=portal.editor) == words
    assert refused(submissions.send, submit(document), by=portal.editor) == words


def test_a_withdrawn_document_is_not_sent(portal, document):
    withdraw(document, by=portal.head)
    assert refused(submissions.send, document, by=portal.editor) == ["The document is neither public nor approved."]


@pytest.mark.parametrize("role", ["translator", "inspector", "technician", "reporter_of_another_board"])
def test_who_may_not_edit_the_documents_of_the_agency_does_not_send_them(portal, district, document, role):
    person = district.head if role == "reporter_of_another_board" else getattr(portal, role)
    words = ["Your role on the editorial board of this site does not include this action."]
    assert refused(submissions.send, document, by=person) == words


def test_a_document_is_sent_once(portal, document):
    sent = send(document, by=portal.editor, when=TODAY)
    assert refused(submissions.send, document, by=portal.head) == ["The document was sent to the gazette already."]
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(document=document, by=sent.by)


def test_what_is_printed_is_not_sent_again(portal, document):
    send(document, by=portal.editor, when=TODAY)
    make_printed(portal, documents=[document], when=TODAY)
    assert refused(submissions.send, document, by=portal.editor) == ["The document was sent to the gazette already."]


def test_a_district_sends_its_own_documents_to_the_province(portal, district):
    issuer = make_issuer(district.agency, code="ubnd-tu-nghia", level="district")
    document = make_public(district.agency, by=district.editor, when=TODAY, issuer=issuer)
    assert not Obligation.objects.of(document).filter(code="L1").exists()
    sent = send(document, by=district.editor, when=TODAY)
    assert duty(sent, "L2").agency == portal.agency
    assert sent.agency == district.agency


# --- into which issue -------------------------------------------------------------------------------------------------


def test_it_goes_into_the_next_issue_that_takes_documents(portal, document):
    later = make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 3, 19))
    issue = make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 3, 12), closes_on=date(2018, 3, 9))
    sent = send(document, by=portal.editor, when=moment(date(2018, 3, 9), 23, 59))
    assert (sent.state, sent.issue, sent.note) == ("placed", issue, "")
    assert later.submissions.count() == 0


def test_what_comes_late_goes_to_the_issue_after_it_and_says_so(portal, document):
    make_issue(portal.agency, by=portal.editor, closes_on=date(2018, 3, 9))
    after = make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 3, 19), closes_on=date(2018, 3, 16))
    sent = send(document, by=portal.editor, when=moment(date(2018, 3, 10), 0, 0))
    assert (sent.state, sent.issue) == ("placed", after)
    assert sent.note == ("Công báo số 1 năm 2018 took documents until 09/03/2018. It goes into Công báo số 2 năm 2018.")


def test_what_comes_late_waits_where_no_further_issue_is_planned(portal, document):
    make_issue(portal.agency, by=portal.editor, closes_on=date(2018, 3, 9))
    sent = send(document, by=portal.editor, when=moment(date(2018, 3, 12)))
    assert (sent.state, sent.issue) == ("waiting", None)
    assert sent.note == "Công báo số 1 năm 2018 took documents until 09/03/2018. It waits for the issue after it."
    issue = make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 3, 19))
    with frozen(moment(date(2018, 3, 13))):
        assert submissions.place_waiting() == 1
        assert submissions.place_waiting() == 0
    sent.refresh_from_db()
    assert (sent.state, sent.issue) == ("placed", issue)


def test_an_issue_before_the_board_takes_nothing_any_more(portal, document):
    other = make_public(portal.agency, by=portal.editor, when=TODAY)
    issue = make_issue(portal.agency, by=portal.editor, documents=[other])
    issue.attachments.all().delete()
    type(issue).objects.update(state="submitted")
    sent = send(document, by=portal.editor, when=TODAY)
    words = "Công báo số 1 năm 2018 takes no documents any more. It waits for the issue after it."
    assert (sent.issue, sent.note) == (None, words)


# --- what the province does with it -----------------------------------------------------------------------------------


def test_a_rejection_has_a_reason_and_ends_the_seven_days(portal, document):
    sent = send(document, by=portal.editor, when=TODAY)
    row = submissions.reject(sent, by=portal.head, reason="Thiếu phụ lục")
    assert (row.state, row.reason, row.issue) == ("rejected", "Thiếu phụ lục", None)
    assert duty(sent, "L2").status == "void"
    notes = AuditEvent.objects.filter(action="void").values_list("note", "actor")
    assert list(notes) == [("Thiếu phụ lục", portal.head.pk)]
    assert duty(document, "L1").status == "on_time"
    again = submissions.send(document, by=portal.editor)
    assert (again.pk != sent.pk, duty(again, "L2").status) == (True, "open")


def test_a_rejection_without_a_reason_is_refused(portal, document):
    sent = send(document, by=portal.editor, when=TODAY)
    assert refused(submissions.reject, sent, by=portal.head, reason="  ") == ["Give the reason."]


def test_only_the_province_rejects_and_moves(portal, district):
    issuer = make_issuer(district.agency, code="ubnd-tu-nghia", level="district")
    document = make_public(district.agency, by=district.editor, when=TODAY, issuer=issuer)
    sent = send(document, by=district.editor, when=TODAY)
    issue = make_issue(portal.agency, by=portal.editor)
    words = ["The editorial board of the province decides on this."]
    for person in (district.head, portal.translator, portal.inspector):
        assert refused(submissions.reject, sent, by=person, reason="Không") == words
        assert refused(submissions.move, sent, issue, by=person) == words


def test_an_overdue_document_is_rejected_by_a_head_alone(portal, document):
    sent = send(document, by=portal.editor, when=TODAY)
    with frozen(moment(date(2018, 3, 20))):
        assert refused(submissions.reject, sent, by=portal.editor, reason="Muộn")[0].startswith("A time limit of this")
        assert submissions.reject(sent, by=portal.head, reason="Muộn").state == "rejected"


def test_a_document_is_moved_to_another_planned_issue(portal, document):
    make_issue(portal.agency, by=portal.editor)
    sent = send(document, by=portal.editor, when=TODAY)
    goal = make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 3, 19))
    assert submissions.move(sent, goal, by=portal.secretary).issue == goal
    assert refused(submissions.move, sent, goal, by=portal.secretary) == ["Nothing was changed."]


def test_nothing_is_moved_into_a_public_issue(portal, document):
    printed = make_printed(portal, documents=[make_public(portal.agency, by=portal.editor, when=TODAY)], when=TODAY)
    sent = send(document, by=portal.editor, when=TODAY)
    words = ["“Công báo số 1 năm 2018” takes no documents any more."]
    assert refused(submissions.move, sent, printed, by=portal.head) == words


def test_what_stands_in_a_planned_issue_is_taken_out_of_it_first(portal, document):
    issue = make_issue(portal.agency, by=portal.editor)
    goal = make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 3, 19))
    sent = send(document, by=portal.editor, when=TODAY)
    assert submissions.take_over(issue, by=portal.editor) == 1
    words = ["The document stands in “Công báo số 1 năm 2018”. Take it out of it first."]
    assert refused(submissions.move, sent, goal, by=portal.head) == words
    assert refused(submissions.reject, sent, by=portal.head, reason="Không") == words


def test_what_was_decided_on_is_not_decided_on_again(portal, document):
    sent = send(document, by=portal.editor, when=TODAY)
    submissions.reject(sent, by=portal.head, reason="Không")
    assert refused(submissions.reject, sent, by=portal.head, reason="Không") == ["This was decided on meanwhile."]


def test_what_was_placed_is_taken_over_once(portal, document):
    issue = make_issue(portal.agency, by=portal.editor)
    send(document, by=portal.editor, when=TODAY)
    version = issue.version
    assert submissions.take_over(issue, by=portal.editor) == 1
    entry = Entry.objects.get()
    assert (entry.document, entry.part) == (document, "normative")
    assert submissions.take_over(issue, by=portal.editor) == 0
    issue.refresh_from_db()
    assert issue.version == version + 1
    with pytest.raises(Refused):
        submissions.take_over(issue, by=portal.translator)


def test_a_deleted_plan_gives_its_documents_back(portal, document):
    issue = make_issue(portal.agency, by=portal.editor)
    sent = send(document, by=portal.editor, when=TODAY)
    submissions.release(issue)
    issue.delete()
    sent.refresh_from_db()
    assert (sent.state, sent.issue) == ("waiting", None)
    assert Document.objects.get() == document
