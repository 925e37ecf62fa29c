"""A report is entered once, with a dated duty of the owner; its answer keeps the duty and writes to the reader."""

import unicodedata
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from portal.editorial.models import AuditEvent
from portal.editorial.roles import Role, State
from portal.feedback import reports
from portal.feedback.models import ErrorReport
from portal.notices.models import Message
from portal.obligations import ledger
from portal.obligations.models import Obligation, Rule
from tests.feedback.samples import DUE, TCVN3, TEXT, TODAY, entered, make_public, make_report, nothing_entered
from tests.makers import archive, bring_to, frozen, make_article, make_member, make_user, withdraw
from tests.obligations.test_ledger import moment
from tests.together import together

pytestmark = pytest.mark.usefixtures("law", "english")

NOT_IN_ROLE = "Your role on the editorial board of this site does not include this action."
MEANWHILE = "This report was answered meanwhile. Read the answer below."
TOO_MANY = (
    "Many reports about this item have come in within the last 24 hours and are being looked at. "
    "Please send yours tomorrow, or use the contact page."
)


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


def close(report, by, *, state="corrected", answer="Đã sửa ngày khởi công."):
    return reports.answer(report, by=by, state=state, answer=answer)


def duty(report):
    return Obligation.objects.of(report).get()


def actions(report):
    return [(row.action, row.actor, row.agency) for row in AuditEvent.objects.of(report).order_by("pk")]


# --- received ---------------------------------------------------------------------------------------------------------


def test_a_report_is_a_task_of_the_owner_due_in_five_working_days(portal, district):
    item = make_public(district, title_vi="Khởi công cầu")
    report = make_report(item, email="ban.doc@example.vn")
    report.refresh_from_db()
    assert (report.item, report.item_title, report.agency) == (item, "Khởi công cầu", district.agency)
    assert (report.state, report.text, report.email, report.received_at) == ("open", TEXT, "ban.doc@example.vn", TODAY)
    owed = duty(report)
    assert (owed.code, owed.agency, owed.triggered_on, owed.due) == ("L9", district.agency, date(2026, 3, 10), DUE)
    assert (owed.status, owed.item_title) == ("open", "Khởi công cầu")
    assert actions(report) == [("report_error", None, district.agency)]


def test_the_audit_keeps_neither_the_words_nor_the_address_of_the_reader(portal):
    report = make_report(make_public(portal), email="ban.doc@example.vn")
    (row,) = AuditEvent.objects.of(report)
    assert (row.note, row.changes, row.actor_name) == ("", {}, "Hệ thống")


def test_an_archived_item_may_be_wrong_too(portal):
    assert duty(make_report(archive(make_public(portal)))).due == DUE


def test_the_same_form_sent_twice_is_one_report(portal):
    item, token = make_public(portal), uuid4()
    first = make_report(item, token=token)
    with nothing_entered():
        assert make_report(item, text="Khác", token=token) == first


def test_without_a_rule_in_force_there_is_a_report_and_no_duty(portal):
    Rule.objects.filter(code="L9").update(is_active=False)
    report = make_report(make_public(portal))
    assert report.duty() is None
    assert not Obligation.objects.of(report).exists()
    assert close(report, portal.editor).state == "corrected"


def test_before_the_law_was_in_force_there_is_no_duty(portal):
    with frozen(moment(date(2018, 6, 29))):
        report = make_report(make_public(portal))
    assert not Obligation.objects.of(report).exists()


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.APPROVED, State.WITHDRAWN])
def test_what_readers_cannot_open_takes_no_report(state, portal):
    item = bring_to(state, make_article(portal.agency, by=portal.editor), by=portal.head)
    with nothing_entered(), pytest.raises(ValidationError) as refused:
        make_report(item)
    assert refused.value.messages == ["This item is not public any more."]


def test_an_item_withdrawn_after_it_was_read_takes_no_report(portal):
    item = make_public(portal)
    withdraw(item)
    with nothing_entered(), pytest.raises(ValidationError):
        make_report(item)


def test_the_twenty_first_report_of_a_day_is_refused_and_those_of_other_items_are_not(portal):
    item, other = make_public(portal), make_public(portal)
    for _ in range(20):
        make_report(item)
    with nothing_entered(), pytest.raises(ValidationError) as refused:
        make_report(item)
    assert refused.value.messages == [TOO_MANY]
    make_report(other)
    with frozen(TODAY + timedelta(hours=24)):
        make_report(item)
    assert ErrorReport.objects.count() == 22


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", ""), ("text", "\u200b\u202e"), ("text", "a" * 2001), ("text", TCVN3), ("email", "khong phai dia chi")],
)
def test_words_that_cannot_be_stored_are_refused(field, value, portal):
    item = make_public(portal)
    with nothing_entered(), pytest.raises(ValidationError) as refused:
        make_report(item, **{field: value})
    assert list(refused.value.message_dict) == [field]


def test_words_are_stored_composed_and_without_invisible_characters(portal):
    report = make_report(make_public(portal), text=unicodedata.normalize("NFD", "Sai\u202e tên\x00 đường"))
    report.refresh_from_db()
    assert report.text == "Sai tên đường"


# --- answered ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def report(portal, district):
    return make_report(make_public(district, title_vi="Khởi công cầu"), email="ban.doc@example.vn")


@pytest.mark.parametrize("state", ["corrected", "no_error"])
def test_an_answer_closes_the_report_and_keeps_the_duty_in_time(state, report, district):
    with frozen(moment(DUE, 23)):
        close(report, district.editor, state=state)
    report.refresh_from_db()
    assert (report.state, report.answer, report.answered_by) == (state, "Đã sửa ngày khởi công.", district.editor)
    assert report.answered_at == moment(DUE, 23)
    owed = duty(report)
    assert (owed.status, owed.fulfilled_at, owed.fulfilled_by) == ("on_time", moment(DUE, 23), district.editor)
    assert actions(report)[1:] == [("answer_report", district.editor, district.agency)]


def test_an_answer_on_the_day_after_is_late(report, district):
    with frozen(moment(date(2026, 3, 18))):
        close(report, district.editor)
    assert (duty(report).status, duty(report).delay) == ("late", 1)


def test_the_duties_of_the_item_itself_are_left_alone(report, district):
    of_item = list(Obligation.objects.of(report.item).values())
    assert of_item
    close(report, district.editor)
    assert list(Obligation.objects.of(report.item).values()) == of_item


def test_the_reader_gets_one_letter_with_the_answer(report, district, settings):
    settings.PORTAL_ADDRESS = "https://quangngai.gov.vn"
    close(report, district.editor)
    letter = Message.objects.get()
    assert letter.recipient == "ban.doc@example.vn"
    assert letter.subject.endswith("Khởi công cầu")
    for words in (TEXT, "Đã sửa ngày khởi công.", "10/03/2026", district.agency.name_vi):
        assert words in letter.body
    assert f"https://quangngai.gov.vn/trang/tunghia{report.item.path()}\n" in letter.body
    assert "&" not in letter.body


def test_the_letter_is_in_vietnamese_whatever_language_the_editor_works_in(report, district, monkeypatch):
    spoken = []
    monkeypatch.setattr(reports, "enqueue", lambda *args, **fields: spoken.append(translation.get_language()))
    with translation.override("en"):
        close(report, district.editor)
    assert spoken == ["vi"]


def test_the_letter_does_not_lead_to_what_was_withdrawn_meanwhile(report, district):
    withdraw(report.item)
    close(report, district.editor, answer="Đã gỡ.")
    assert "http" not in Message.objects.get().body


def test_without_an_address_nobody_is_written_to(portal):
    close(make_report(make_public(portal)), portal.editor)
    assert not Message.objects.exists()


@pytest.mark.parametrize("role", [Role.HEAD, Role.DEPUTY, Role.MEMBER, Role.SECRETARY, Role.EDITOR])
def test_editors_and_those_above_answer(role, report, district):
    assert close(report, getattr(district, role)).answered_by == getattr(district, role)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.TRANSLATOR, Role.TECHNICIAN, Role.INSPECTOR])
def test_other_roles_do_not_answer(role, report, district):
    with nothing_entered(), pytest.raises(ValidationError) as refused:
        close(report, getattr(district, role))
    assert refused.value.messages == [NOT_IN_ROLE]


def test_neither_another_board_nor_a_superuser_answers(report, portal):
    for user in (portal.head, make_user(is_superuser=True)):
        with nothing_entered(), pytest.raises(ValidationError) as refused:
            close(report, user)
        assert refused.value.messages == [NOT_IN_ROLE]


def test_a_right_that_has_ended_meanwhile_ends(report, district):
    leaving = make_member(district.board, Role.EDITOR, valid_to=date(2026, 3, 10))
    reports.policy.memberships(leaving)
    with frozen(moment(date(2026, 3, 11))), nothing_entered(), pytest.raises(ValidationError):
        close(report, leaving)


def test_a_second_answer_is_refused(report, district):
    close(report, district.editor)
    with nothing_entered(), pytest.raises(ValidationError) as refused:
        close(report, district.head, state="no_error", answer="Không sai.")
    assert refused.value.messages == [MEANWHILE]


@pytest.mark.parametrize(
    "words", [{"answer": ""}, {"answer": " \n"}, {"state": "open"}, {"state": "khac"}, {"answer": TCVN3}]
)
def test_an_answer_without_words_or_result_is_refused(words, report, district):
    with nothing_entered(), pytest.raises(ValidationError):
        close(report, district.editor, **words)


@pytest.mark.parametrize("by_row", [{"state": "corrected"}, {"answer": "Đã sửa"}, {"answered_at": TODAY}])
def test_the_database_keeps_no_half_answer(by_row, report):
    with pytest.raises(IntegrityError), transaction.atomic():
        ErrorReport.objects.filter(pk=report.pk).update(**by_row)


def test_the_heads_may_stop_the_clock_and_waive_the_duty_of_a_report(report, district):
    ledger.pause(duty(report), date(2026, 3, 12), date(2026, 3, 13), by=district.head, reason="Chờ sở trả lời")
    assert duty(report).due == date(2026, 3, 19)
    ledger.waive(duty(report), by=district.head, reason="Gửi nhầm")
    close(report, district.editor, state="no_error")
    assert duty(report).status == "waived"


# --- at the same moment -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("two_connections")
def test_two_clicks_at_the_same_moment_are_one_report(portal):
    item, token = make_public(portal), uuid4()
    first, second = together(*[lambda: make_report(item, token=token).pk] * 2)
    assert first == second
    assert (ErrorReport.objects.count(), Obligation.objects.filter(code="L9").count()) == (1, 1)


@pytest.mark.usefixtures("two_connections")
def test_of_two_answers_at_the_same_moment_one_stands(portal):
    report = make_report(make_public(portal), email="ban.doc@example.vn")

    def attempt(by):
        try:
            with translation.override("en"):  # of this thread
                return close(report, by, answer=by.username).answer
        except ValidationError as refused:
            return refused.messages[0]

    found = together(lambda: attempt(portal.editor), lambda: attempt(portal.head))
    report.refresh_from_db()
    assert sorted(found) == sorted([MEANWHILE, report.answer])
    assert Message.objects.count() == 1


def test_the_samples_see_what_they_promise(portal):
    before = entered()
    make_report(make_public(portal))
    assert {name for name, rows in entered().items() if rows != before[name]} == {
        "ErrorReport",
        "Obligation",
        "AuditEvent",
    }
