"""The three lawful outcomes stop the right clock, and nobody is late by the days of the sender (Article 9.1 đ)."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from portal.obligations.counting import explanation
from portal.obligations.models import Obligation
from portal.workdays.calendars import add_working_days, read_calendar
from qa import afterwards, answering, clock, privacy, routing
from qa.models import Kind, State
from tests.makers import frozen
from tests.qa.makers import answer, ask_back, extend, forward, fresh, make_case, reply


def at(day, hour=9, minute=0):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


def duties(case):
    """{(code, agency's code): (status, due)} of a case and its parts."""
    rows = [row for item, _claims in clock._wanted(fresh(case)) for row in Obligation.objects.of(item)]
    return {(row.code, row.agency.code): (row.status, row.due) for row in rows}


MONDAY = date(2018, 3, 5)  # 15 working days later: 26/03/2018
DUE = date(2018, 3, 26)


@pytest.fixture
def case(desk):
    with frozen(at(MONDAY)):
        return make_case(desk.agency)


def test_a_question_of_24_january_2017_is_due_on_21_february(desk):
    with frozen(at(date(2017, 1, 24))):
        duty = clock.duties(make_case(desk.agency))[0]
        days = explanation(duty, calendar=read_calendar())
    assert (duty.code, duty.due) == ("D12", date(2017, 2, 21))
    assert [day.date for day in days] == [date(2017, 1, 24) + timedelta(days=n) for n in range(29)]
    assert [day.date.day for day in days if day.counted] == [25, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21]
    assert all(
        day.legal_basis for day in days if date(2017, 1, 26) <= day.date <= date(2017, 2, 1) and day.date.weekday() < 5
    )


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (17, 1), (23, 59)])
def test_the_day_of_receipt_is_not_counted_whatever_the_hour(hour, minute, desk):
    with frozen(at(MONDAY, hour, minute)):
        assert clock.duties(make_case(desk.agency))[0].due == DUE


def test_before_it_is_forwarded_the_board_that_received_it_owes_the_answer(case):
    assert duties(case) == {("D12", "quangngai"): ("open", DUE)}


def test_forwarding_hands_the_same_date_on(case, desk, district):
    with frozen(at(date(2018, 3, 20))):
        forward(case, district, by=desk.editor)
    assert duties(case) == {("D12", "quangngai"): ("void", DUE), ("D12", "tunghia"): ("open", DUE)}


def test_the_answer_keeps_the_duty(case, desk, district):
    with frozen(at(DUE, 23, 59)):
        forward(case, district, by=desk.editor)
        answer(case, district)
    assert duties(case)["D12", "tunghia"] == ("on_time", DUE)
    assert fresh(case).answer.net_days == 15


def test_a_notice_of_progress_keeps_the_first_duty_and_begins_a_second_one(case, desk, district):
    with frozen(at(DUE)):
        forward(case, district, by=desk.editor)
        extend(case, district, days=7)
    promised = DUE + timedelta(days=7)
    assert duties(case) == {
        ("D12", "quangngai"): ("void", DUE),
        ("D12", "tunghia"): ("on_time", DUE),
        ("D13", "tunghia"): ("open", promised),
    }
    with frozen(at(promised + timedelta(days=1))):
        answer(case, district)
    assert duties(case)["D13", "tunghia"] == ("late", promised)
    assert duties(case)["D12", "tunghia"] == ("on_time", DUE)


def test_telling_that_another_body_is_competent_stops_the_clock_of_the_answer(case, desk):
    with frozen(at(MONDAY, 15)):
        routing.declare_out_of_scope(case, by=desk.editor, reason="Thuộc Bộ Công an", competent_body="Bộ Công an")
    assert duties(case) == {
        ("D12", "quangngai"): ("void", DUE),
        ("D11", "quangngai"): ("on_time", MONDAY + timedelta(days=1)),
    }


def test_who_says_so_only_after_the_date_was_late(case, desk):
    with frozen(at(DUE + timedelta(days=1))):
        routing.declare_out_of_scope(case, by=desk.editor, reason="Thuộc Bộ Công an", competent_body="Bộ Công an")
    assert duties(case)["D12", "quangngai"] == ("late", DUE)
    assert duties(case)["D11", "quangngai"][0] == "late"


def test_an_agency_that_sends_a_case_back_late_keeps_the_record_of_it(case, desk, district):
    with frozen(at(MONDAY)):
        forward(case, district, by=desk.editor)
    with frozen(at(DUE + timedelta(days=1))):
        routing.give_back(fresh(case), by=district.respondent, reason="Không thuộc thẩm quyền")
    assert duties(case) == {("D12", "quangngai"): ("open", DUE), ("D12", "tunghia"): ("late", DUE)}
    with frozen(at(DUE + timedelta(days=2))):
        forward(fresh(case), district, by=desk.editor)
    assert duties(case)["D12", "tunghia"] == ("open", DUE)


def test_four_rounds_of_clarification_never_make_a_case_late_by_the_days_of_the_sender(case, desk, district):
    """The agency works on the first fourteen days and on the last; the sender takes four times nine days."""
    calendar = read_calendar()
    with frozen(at(MONDAY)):
        forward(case, district, by=desk.editor)
    day = add_working_days(MONDAY, 14, calendar=calendar)
    for _round in range(4):
        with frozen(at(day)):
            ask_back(case, district)
        day += timedelta(days=9)
        with frozen(at(day, 23, 59)):
            reply(case)
    last = add_working_days(day, 1, calendar=calendar)
    with frozen(at(last, 23)):
        assert clock.duties(fresh(case))[0].due >= last
        answer(case, district)
    assert duties(case)["D12", "tunghia"][0] == "on_time"
    assert fresh(case).answer.net_days <= 15


def test_rounds_on_one_day_pause_it_once(case, desk, district):
    with frozen(at(MONDAY)):
        forward(case, district, by=desk.editor)
    with frozen(at(MONDAY + timedelta(days=1))):
        for _round in range(4):
            ask_back(case, district)
            reply(case)
    assert duties(case)["D12", "tunghia"] == ("open", DUE + timedelta(days=1))


def test_clarifications_move_a_promised_date_too(case, desk, district):
    with frozen(at(MONDAY)):
        forward(case, district, by=desk.editor)
        extend(case, district, days=7)
        ask_back(case, district)
    with frozen(at(MONDAY + timedelta(days=2))):
        reply(case)
    # Monday, Tuesday and Wednesday were the sender's
    assert duties(case)["D13", "tunghia"] == ("open", MONDAY + timedelta(days=10))


def test_the_days_of_the_sender_go_with_the_case_to_another_agency(case, desk, district):
    """Nine days of the sender with one agency, then another one answers; six of them were working days."""
    with frozen(at(MONDAY)):
        forward(case, district, by=desk.editor)
    with frozen(at(MONDAY + timedelta(days=1))):
        ask_back(case, district)
    with frozen(at(MONDAY + timedelta(days=8), 23)):
        reply(case)
        paused = duties(case)["D12", "tunghia"]
        routing.give_back(fresh(case), by=district.respondent, reason="Không thuộc thẩm quyền")
        assert duties(case)["D12", "quangngai"] == paused == ("open", date(2018, 4, 3))
        forward(fresh(case), desk, by=desk.editor)
        assert duties(case)["D12", "quangngai"] == paused
        routing.give_back(fresh(case), by=desk.respondent, reason="Không thuộc thẩm quyền")
        forward(fresh(case), district, by=desk.editor)
    assert duties(case)["D12", "tunghia"] == paused


def test_a_promised_date_goes_with_its_pauses_too(case, desk, district):
    with frozen(at(MONDAY)):
        forward(case, district, by=desk.editor)
        extend(case, district, days=7)
        ask_back(case, district)
    with frozen(at(MONDAY + timedelta(days=2))):
        reply(case)
        routing.give_back(fresh(case), by=district.respondent, reason="Không thuộc thẩm quyền")
    assert duties(case)["D13", "quangngai"] == ("open", MONDAY + timedelta(days=10))


def test_information_that_turns_out_complex_keeps_the_days_of_the_sender(desk, district):
    with frozen(at(date(2019, 3, 4))):
        case = make_case(desk.agency, kind=Kind.INFORMATION)
        forward(case, district, by=desk.editor)
        ask_back(case, district, reply_by=date(2019, 4, 12))
    with frozen(at(date(2019, 4, 11))):
        reply(case)
    with frozen(at(date(2019, 4, 12))):
        answering.declare_complex(fresh(case), by=district.respondent, words="Cần tổng hợp.")
        status, due = duties(case)["L10.2", "tunghia"]
    assert (status, due) == ("open", date(2019, 5, 7))  # 15 working days after 11/04, 15/04 and 30/04-01/05 are off
    with frozen(at(date(2019, 5, 7))):
        extend(case, district, days=15)
    assert duties(case)["D13", "tunghia"] == ("open", date(2019, 5, 22))


def test_the_head_of_the_board_does_not_stop_the_clock_of_a_case(client, case, desk):
    duty = clock.duties(case)[0]
    client.force_login(desk.head)
    page = f"/quan-tri/obligations/obligation/{duty.pk}/change/"
    assert [step["name"] for step in client.get(page).context["steps"]] == ["waive"]
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert client.post(page, {"step": "pause", "reason": "Chờ", "first": today}).status_code == 404
    assert not duty.pauses.exists()


def test_the_clock_runs_again_by_itself_when_no_reply_comes(case, desk, district):
    with frozen(at(MONDAY)):
        forward(case, district, by=desk.editor)
        ask_back(case, district, reply_by=MONDAY + timedelta(days=4))
    with frozen(at(MONDAY + timedelta(days=4), 23)):
        assert answering.end_waiting() == 0
    with frozen(at(MONDAY + timedelta(days=7))):
        assert answering.end_waiting() == 1
        assert answering.end_waiting() == 0
    assert fresh(case).state == State.FORWARDED
    # four working days of the sender, after the day of receipt
    assert duties(case)["D12", "tunghia"] == ("open", date(2018, 3, 30))


def test_a_petition_is_forwarded_within_five_days_and_answered_within_fifteen(desk, district):
    with frozen(at(MONDAY)):
        case = make_case(desk.agency, kind=Kind.PETITION)
    assert duties(case) == {
        ("L6", "quangngai"): ("open", date(2018, 3, 12)),
        ("D12", "quangngai"): ("open", DUE),
    }
    with frozen(at(date(2018, 3, 13))):
        forward(case, district, by=desk.editor)
    assert duties(case)["L6", "quangngai"] == ("late", date(2018, 3, 12))
    with frozen(at(date(2018, 3, 14))):
        routing.give_back(fresh(case), by=district.respondent, reason="Không thuộc thẩm quyền")
        forward(fresh(case), desk, by=desk.editor)
    assert duties(case)["L6", "quangngai"] == ("late", date(2018, 3, 12))


def test_information_is_given_within_three_days_or_found_complex(desk, district):
    with frozen(at(date(2019, 3, 4))):
        case = make_case(desk.agency, kind=Kind.INFORMATION)
        forward(case, district, by=desk.editor)
    assert duties(case)["L10", "tunghia"] == ("open", date(2019, 3, 7))
    with frozen(at(date(2019, 3, 7))):
        answering.declare_complex(fresh(case), by=district.respondent, words="Cần tổng hợp từ nhiều nguồn.")
    assert duties(case)["L10", "tunghia"] == ("on_time", date(2019, 3, 7))
    assert duties(case)["L10.2", "tunghia"] == ("open", date(2019, 3, 25))


def test_before_its_law_a_request_for_information_was_a_question(desk):
    with frozen(at(MONDAY)):
        assert duties(make_case(desk.agency, kind=Kind.INFORMATION)) == {("D12", "quangngai"): ("open", DUE)}


def test_asking_again_begins_a_clock_of_its_own(case, desk, district):
    with frozen(at(MONDAY)):
        forward(case, district, by=desk.editor)
        answer(case, district)
    with frozen(at(MONDAY + timedelta(days=10))):
        afterwards.reopen(fresh(case), words="Chưa nói rõ lệ phí.")
    reopened = fresh(case)
    assert duties(reopened)["D12", "tunghia"] == ("open", date(2018, 4, 5))
    assert Obligation.objects.of(reopened).get(agency=district.agency).status == "on_time"
    with frozen(at(date(2018, 4, 6))):
        answer(case, district)
    assert [row.status for row in clock.duties(fresh(case)) if row.code == "D12"] == ["on_time", "late"]


@pytest.mark.parametrize(
    "drop",
    [
        lambda case, desk: routing.discard(case, by=desk.editor, reason="Quảng cáo"),
        lambda case, desk: privacy.withdraw(case),
        lambda case, desk: routing.merge(
            case, make_case(desk.agency), by=desk.editor, reason="Trùng", same_sender=True
        ),
    ],
    ids=["spam", "withdrawn", "merged"],
)
def test_what_is_dropped_is_owed_no_more(drop, case, desk):
    with frozen(at(MONDAY + timedelta(days=1))):
        drop(case, desk)
    assert duties(case) == {("D12", "quangngai"): ("void", DUE)}


def test_an_answer_of_general_concern_is_to_be_published(case, desk, district):
    with frozen(at(MONDAY)):
        forward(case, district, by=desk.editor, concerns_all=True)
        answer(case, district)
    assert duties(case)["D14", "quangngai"] == ("open", MONDAY + timedelta(days=2))
