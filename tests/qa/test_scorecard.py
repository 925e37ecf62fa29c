"""The figures of the agencies, against a set of cases that is written out and counted by hand."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from portal.agencies.models import Agency
from qa import afterwards, answering, privacy, routing, scorecard
from qa.models import Kind
from qa.scorecard import Line
from tests.makers import frozen, make_agency, make_place
from tests.qa.makers import answer, ask_back, extend, forward, fresh, make_case, reply
from tests.web.pages import read
from tests.web.soundness import faults

pytestmark = pytest.mark.usefixtures("english")

TODAY = date(2018, 6, 1)
MONDAY = date(2018, 3, 5)
DUE = date(2018, 3, 26)  # fifteen working days later


def at(day, hour=9, minute=0, second=0):
    return frozen(timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute, second)))


def after(days):
    """Calendar days after the Monday; 7, 14 and 21 are Mondays, after 5, 10 and 15 working days."""
    return MONDAY + timedelta(days=days)


@pytest.fixture
def department(portal):
    return make_place(make_agency("sotnmt", Agency.Kind.DEPARTMENT, portal.agency))


@pytest.fixture
def make(desk, district):
    """A case received on the Monday and forwarded to Tư Nghĩa, unless it says otherwise."""

    def make(*, day=MONDAY, place=district, **facts):
        with at(day):
            case = make_case(desk.agency, **facts)
            if place:
                forward(case, place, by=desk.editor)
        return case

    return make


def answered(case, place, day, *, satisfied=None):
    with at(day):
        answer(case, place)
        if satisfied is not None:
            afterwards.rate(fresh(case).answer, satisfied=satisfied)
    return case


def lines(year=2018, today=TODAY):
    found = scorecard.lines(year, today=today)
    for row in found.values():
        row.days.sort()
    return found


def line(place, year=2018, today=TODAY):
    return lines(year, today)[place.agency.pk]


# --- the whole set ----------------------------------------------------------------------------------------------------


@pytest.fixture
def whole(make, desk, district, department):
    """What Tư Nghĩa, a department and the province had to answer in 2018.

    Tư Nghĩa: received 8. Answered 5: after 5 and 15 days in time, after 16 and 20 late, and one within 10 days after a
    notice of progress, its promised date kept. Open 3: one overdue, one with a promised date that has passed after a
    second notice of progress, one before its date. The department: one, in time. Province: one not forwarded and
    overdue, one out of scope. Not counted: spam, one joined to another, one withdrawn.
    """
    answered(make(), district, after(7), satisfied=True)
    answered(make(), district, after(21), satisfied=False)
    answered(make(), district, after(22), satisfied=True)
    answered(make(), district, after(28))
    told = make()
    with at(after(1)):
        extend(told, district, days=20)
    answered(told, district, after(14), satisfied=True)
    make()
    twice = make()
    with at(after(1)):
        extend(twice, district, days=10)
    with at(after(9)):
        extend(twice, district, days=10, by=district.signatory)
    make(day=date(2018, 5, 28))
    answered(make(place=department), department, after(7))
    make(place=None)
    foreign, spam, joined, main = (make(place=None) for _ in range(4))
    with at(MONDAY):
        routing.declare_out_of_scope(foreign, by=desk.editor, reason="Bộ Công an", competent_body="Bộ Công an")
        routing.discard(spam, by=desk.editor, reason="Quảng cáo")
        routing.merge(joined, main, by=desk.editor, reason="Trùng", same_sender=True)
        privacy.withdraw(main)


def test_the_figures_are_those_counted_by_hand(whole, desk, district, department):
    assert lines() == {
        district.agency.pk: Line(
            received=8,
            answered=5,
            out_of_scope=0,
            open=3,
            on_time=5,  # two answers, two first notices of progress, one promised date; one that was replaced is none
            late=2,
            overdue=2,  # one answer, one promised date
            second_extensions=1,
            satisfied=3,
            rated=4,
            days=[5, 10, 15, 16, 20],
        ),
        department.agency.pk: Line(received=1, answered=1, on_time=1, days=[5]),
        desk.agency.pk: Line(received=2, out_of_scope=1, open=1, overdue=1),
    }


def test_shares_and_the_median_follow_from_them(whole, desk, district, department):
    found = lines()
    row = found[district.agency.pk]
    assert (row.ended, row.rate, row.satisfaction, row.median) == (9, pytest.approx(500 / 9), 75, 15)
    row = found[department.agency.pk]
    assert (row.ended, row.rate, row.satisfaction, row.median) == (1, 100, None, 5)
    row = found[desk.agency.pk]
    assert (row.ended, row.rate, row.satisfaction, row.median) == (1, 0, None, None)
    total = sum(found.values(), Line())
    assert (total.received, total.answered, total.out_of_scope, total.open) == (11, 6, 1, 4)
    assert (total.on_time, total.late, total.overdue, total.second_extensions) == (6, 2, 3, 1)
    assert (total.rated, total.satisfied, sorted(total.days)) == (4, 3, [5, 5, 10, 15, 16, 20])
    assert (total.rate, total.median) == (pytest.approx(600 / 11), 12.5)


def test_where_nothing_came_to_an_end_there_is_no_share(make, district):
    make()
    row = line(district, today=MONDAY)
    assert (row.received, row.open, row.rate, row.satisfaction, row.median) == (1, 1, None, None, None)


def test_one_agency_alone(whole, district, department):
    found = scorecard.lines(2018, department.agency.pk, today=TODAY)
    assert found == {department.agency.pk: lines()[department.agency.pk]}
    assert lines(2017) == {}


def test_the_page_shows_the_figures_with_formula_and_denominator(client, whole, district, department):
    with at(TODAY):
        page = read(client.get("/en/hoi-dap/ket-qua/?nam=2018"))
        own = read(client.get("/trang/tunghia/en/hoi-dap/ket-qua/?nam=2018"))
    assert faults(page) == faults(own) == []
    (mine,) = [cells(own, row) for row in own.all("tr") if district.agency.name in row.text]
    assert mine == ["8", "5", "0", "3", "5", "2", "2", "55,6% (5/9)", "15", "75,0% (3/4)", "1"]
    assert department.agency.name not in own.main
    table = [cells(page, row) for row in page.all("tr")][1:]
    assert table == [
        ["2", "0", "1", "1", "0", "0", "1", "0,0% (0/1)", "–", "–", "0"],
        mine,
        ["1", "1", "0", "0", "1", "0", "0", "100,0% (1/1)", "5", "–", "0"],
        ["11", "6", "1", "4", "6", "2", "3", "54,5% (6/11)", "12,5", "75,0% (3/4)", "1"],
    ]


def cells(page, row):
    return [cell.text for cell in page.all("td") if any(parent is row for parent in cell.parents)]


# --- each rule by itself ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "status"), [(20, "on_time"), (21, "on_time"), (22, "late"), (60, "late")])
def test_the_last_day_is_in_time_to_its_end(days, status, make, district):
    case = make()
    with at(after(days), 23, 59, 59):
        answer(case, district)
    row = line(district)
    assert (row.on_time, row.late, row.overdue) == ((1, 0, 0) if status == "on_time" else (0, 1, 0))


@pytest.mark.parametrize(("today", "overdue"), [(DUE, 0), (DUE + timedelta(days=1), 1), (date(2020, 1, 1), 1)])
def test_what_is_open_is_overdue_from_the_day_after(today, overdue, make, district):
    make()
    row = line(district, today=today)
    assert (row.open, row.overdue) == (1, overdue)


def test_what_stands_still_is_not_overdue(make, district):
    case = make()
    with at(DUE):
        ask_back(case, district, reply_by=DUE + timedelta(days=30))
    assert line(district, today=DUE + timedelta(days=20)).overdue == 0


def test_the_days_of_the_sender_are_none_of_the_agency(make, district):
    case = make()
    with at(after(7)):
        ask_back(case, district)
    with at(after(14)):
        reply(case)
    answered(case, district, after(21))
    # from the asking to the reply, both included, six of the fifteen were the sender's
    assert line(district).days == [9]


def test_a_case_asked_again_is_one_with_two_answers_and_two_duties(make, district):
    case = answered(make(), district, after(7))
    with at(after(10)):
        afterwards.reopen(fresh(case), words="Chưa rõ.")
    row = line(district, today=after(11))
    assert (row.received, row.answered, row.open, row.on_time, row.days) == (1, 1, 1, 1, [5])
    answered(case, district, after(45))
    row = line(district)
    assert (row.received, row.answered, row.open, row.on_time, row.late) == (1, 1, 0, 1, 1)
    assert row.days == [5, 25]


def test_who_held_a_case_past_its_date_keeps_the_record_of_it(make, desk, district, department):
    case = make()
    with at(after(28)):
        routing.give_back(fresh(case), by=district.respondent, reason="Không thuộc thẩm quyền")
        forward(fresh(case), department, by=desk.editor)
    answered(case, department, after(28))
    found = lines()
    assert (found[district.agency.pk].received, found[district.agency.pk].late) == (0, 1)
    row = found[department.agency.pk]
    assert (row.received, row.answered, row.late, row.days) == (1, 1, 1, [20])


def test_a_satisfied_sender_counts_for_the_agency_that_answered(make, district):
    answered(make(), district, after(7), satisfied=True)
    answered(make(), district, after(7), satisfied=False)
    answered(make(), district, after(7), satisfied=False)
    answered(make(), district, after(7))
    row = line(district)
    assert (row.satisfied, row.rated, row.satisfaction) == (1, 3, pytest.approx(100 / 3))


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_median_lies_in_the_middle(number, make, district):
    for days in (7, 14, 21, 28)[:number]:
        answered(make(), district, after(days))
    assert line(district).median == {1: 5, 2: 7.5, 3: 10, 4: 12.5}[number]


@pytest.mark.parametrize(
    "drop",
    [
        lambda case, desk, main: routing.discard(case, by=desk.editor, reason="Quảng cáo"),
        lambda case, desk, main: privacy.withdraw(case),
        lambda case, desk, main: routing.merge(case, main, by=desk.editor, reason="Trùng", same_sender=True),
    ],
    ids=["spam", "withdrawn", "joined"],
)
def test_what_is_dropped_counts_nowhere_though_it_was_overdue(drop, make, desk, district):
    main = make(day=date(2017, 6, 5))
    case = make(place=None)
    with at(DUE + timedelta(days=10)):
        drop(case, desk, main)
    assert lines() == {}


def test_complex_information_has_a_time_of_its_own(make, district):
    day = date(2019, 3, 4)
    case = make(day=day, kind=Kind.INFORMATION)
    with at(date(2019, 3, 7)):
        answering.declare_complex(fresh(case), by=district.respondent, words="Nhiều nguồn.")
    answered(case, district, date(2019, 3, 26))  # owed by the 25th
    row = line(district, year=2019, today=date(2019, 6, 3))
    assert (row.received, row.on_time, row.late) == (1, 1, 1)


def test_the_duties_of_the_board_are_no_answers(make, desk):
    make(place=None, kind=Kind.PETITION)
    row = line(desk, today=DUE + timedelta(days=1))
    assert (row.received, row.overdue, row.ended) == (1, 1, 1)  # L6 is overdue too


def test_the_year_is_that_of_the_province(district, desk):
    for moment in (
        (2017, 12, 31, 23, 59, 59),
        (2018, 1, 1, 0, 0, 0),
        (2018, 12, 31, 23, 59, 59),
        (2019, 1, 1, 0, 0, 0),
    ):
        with frozen(timezone.make_aware(datetime(*moment))):
            make_case(district.agency)
    assert {year: line(district, year, date(2017, 12, 31)).received for year in (2017, 2018, 2019)} == {
        2017: 1,
        2018: 2,
        2019: 1,
    }
    with at(date(2020, 2, 3)):
        assert scorecard.years() == [2020, 2019, 2018, 2017]


def test_without_a_case_there_is_this_year(desk):
    with at(TODAY):
        assert scorecard.years() == [2018]
        assert lines() == {}


@pytest.mark.parametrize("query", ["", "?nam=", "?nam=1999", "?nam=x", "?nam=%00", "?nam=" + "9" * 500])
def test_an_unknown_year_shows_the_newest(query, client, whole):
    with at(TODAY):
        response = client.get(f"/hoi-dap/ket-qua/{query}")
    assert (response.status_code, response.context["year"]) == (200, 2018)
