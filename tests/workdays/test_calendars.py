"""When a period ends: the vectors of the requirements, the law's special cases, and what holds for all calendars."""

from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from portal.workdays import changes
from portal.workdays.calendars import (
    Calendar,
    add_days,
    add_working_days,
    explain,
    is_working_day,
    next_working_day,
    read_calendar,
    working_days_between,
)
from portal.workdays.models import CalendarDay
from portal.workdays.seed import days

ONE_DAY = timedelta(days=1)
LIMITS = (2, 5, 10, 15, 20)
# part 6.3 of the requirements: the event, and the due dates for those limits
VECTORS = [
    ("19/4/2017", "21/4/2017 26/4/2017 5/5/2017 12/5/2017 19/5/2017"),
    ("24/1/2017", "2/2/2017 7/2/2017 14/2/2017 21/2/2017 28/2/2017"),
    ("31/8/2017", "5/9/2017 8/9/2017 15/9/2017 22/9/2017 29/9/2017"),
    ("31/12/2025", "6/1/2026 9/1/2026 15/1/2026 22/1/2026 29/1/2026"),
    ("12/2/2026", "23/2/2026 26/2/2026 5/3/2026 12/3/2026 19/3/2026"),
    ("24/4/2026", "29/4/2026 6/5/2026 13/5/2026 20/5/2026 27/5/2026"),
    ("20/8/2026", "22/8/2026 26/8/2026 7/9/2026 14/9/2026 21/9/2026"),
    # 24/11/2026 is in the calendar, but not confirmed
    ("23/11/2026", "25/11/2026 30/11/2026 7/12/2026 14/12/2026 21/12/2026"),
]


def day(text):
    return datetime.strptime(text, "%d/%m/%Y").date()


def due(start, limit, calendar, **paused):
    return add_working_days(day(start), limit, calendar=calendar, **paused).strftime("%a %-d/%-m/%Y")


def row(kind, name="", legal_basis=""):
    return SimpleNamespace(kind=kind, name=name, legal_basis=legal_basis)


# --- the vectors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "ends"), VECTORS)
def test_the_vectors_of_the_requirements(calendar, start, ends):
    found = [add_working_days(day(start), limit, calendar=calendar) for limit in LIMITS]
    assert found == [day(text) for text in ends.split()]


def test_the_day_of_culture_counts_once_it_is_confirmed(seeded):
    row = CalendarDay.objects.get(date=date(2026, 11, 24))
    row.confirmed = True
    changes.save_day(row)
    calendar = read_calendar()
    found = [due("23/11/2026", limit, calendar) for limit in LIMITS]
    assert found == ["Thu 26/11/2026", "Tue 1/12/2026", "Tue 8/12/2026", "Tue 15/12/2026", "Tue 22/12/2026"]


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("19/04/2017", 2, "Fri 21/4/2017"),
        ("19/04/2017", 10, "Fri 5/5/2017"),
        ("23/01/2017", 10, "Mon 13/2/2017"),
        ("16/04/2025", 10, "Tue 29/4/2025"),
        ("20/08/2026", 2, "Sat 22/8/2026"),
    ],
)
def test_the_vectors_of_the_acceptance_list(calendar, start, limit, end):
    assert due(start, limit, calendar) == end


def test_without_its_working_saturday_a_period_ends_later(seeded):
    changes.delete_day(CalendarDay.objects.get(date=date(2025, 4, 26)))
    assert due("16/04/2025", 10, read_calendar()) == "Mon 5/5/2025"


# --- the law's special cases ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("22/4/2017", "Mon 24/4/2017"),  # a Saturday
        ("30/4/2017", "Wed 3/5/2017"),  # a holiday on a Sunday
        ("28/1/2017", "Thu 2/2/2017"),  # the first of Tết
        ("2/5/2017", "Wed 3/5/2017"),  # a compensation day
        ("31/8/2026", "Thu 3/9/2026"),  # a swapped day off
        ("22/8/2026", "Mon 24/8/2026"),  # a working Saturday
    ],
)
def test_after_an_event_on_a_day_off_the_next_working_day_is_the_first(calendar, start, end):
    assert due(start, 1, calendar) == end


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("19/4/2017", "Wed 19/4/2017"),
        ("22/4/2017", "Mon 24/4/2017"),
        ("26/1/2017", "Thu 2/2/2017"),
        ("22/8/2026", "Sat 22/8/2026"),
        ("31/8/2026", "Thu 3/9/2026"),
    ],
)
def test_a_limit_of_no_days_ends_the_same_day_or_on_the_next_working_day(calendar, start, end):
    assert due(start, 0, calendar) == end
    assert add_days(day(start), 0, calendar=calendar) == add_working_days(day(start), 0, calendar=calendar)


@pytest.mark.parametrize(
    ("moment", "start", "end"),
    [
        (datetime(2017, 4, 19, 16, 59, tzinfo=UTC), date(2017, 4, 19), date(2017, 4, 21)),  # 23:59 in Viet Nam
        (datetime(2017, 4, 19, 17, 0, tzinfo=UTC), date(2017, 4, 20), date(2017, 4, 24)),  # midnight
        (datetime(2017, 4, 21, 10, 1, tzinfo=UTC), date(2017, 4, 21), date(2017, 4, 25)),  # 17:01 on a Friday
    ],
)
def test_the_day_of_an_event_is_that_of_viet_nam_to_its_last_minute(calendar, moment, start, end):
    assert timezone.localdate(moment) == start
    assert add_working_days(timezone.localdate(moment), 2, calendar=calendar) == end


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("4/4/2017", 3, "7/4/2017"),
        ("24/4/2017", 6, "3/5/2017"),  # ends on Sunday 30/4, which 1/5 and 2/5 follow
        ("24/4/2026", 3, "28/4/2026"),  # Monday 27/4 is a compensation day
        ("10/2/2026", 7, "23/2/2026"),  # the first of Tết
        ("15/8/2026", 7, "22/8/2026"),  # a working Saturday
        ("2/1/2026", 60, "3/3/2026"),
    ],
)
def test_calendar_days_end_on_a_working_day(calendar, start, limit, end):
    assert add_days(day(start), limit, calendar=calendar) == day(end)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("19/4/2017", "19/4/2017", 0),
        ("19/4/2017", "5/5/2017", 10),
        ("19/4/2017", "23/4/2017", 2),
        ("22/4/2017", "23/4/2017", 0),
        ("5/5/2017", "19/4/2017", -10),
        ("21/8/2026", "22/8/2026", 1),
    ],
)
def test_working_days_between_two_dates(calendar, start, end, count):
    assert working_days_between(day(start), day(end), calendar=calendar) == count


@pytest.mark.parametrize(
    ("text", "is_one", "following"),
    [
        ("19/4/2017", True, "20/4/2017"),
        ("28/4/2017", True, "3/5/2017"),
        ("29/4/2017", False, "3/5/2017"),
        ("2/5/2017", False, "3/5/2017"),
        ("21/8/2026", True, "22/8/2026"),
        ("22/8/2026", True, "24/8/2026"),
        ("23/8/2026", False, "24/8/2026"),
    ],
)
def test_the_working_day_that_follows(calendar, text, is_one, following):
    assert is_working_day(day(text), calendar=calendar) is is_one
    assert next_working_day(day(text), calendar=calendar) == day(following)


def test_beyond_the_table_monday_to_friday_count(calendar):
    assert due("1/1/2035", 5, calendar) == "Mon 8/1/2035"
    assert due("31/12/2009", 1, calendar) == "Fri 1/1/2010"
    assert working_days_between(date(1999, 12, 31), date(2000, 12, 31), calendar=calendar) == 260
    assert calendar.is_provisional(date(2035, 1, 1)) and calendar.is_provisional(date(2009, 1, 1))
    assert calendar.is_provisional(date(2027, 1, 1)) and not calendar.is_provisional(date(2026, 12, 31))


MOMENT = datetime(2017, 4, 19, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "count",
    [
        lambda calendar: add_working_days(MOMENT, 2, calendar=calendar),
        lambda calendar: add_working_days(MOMENT, 0, calendar=calendar),
        lambda calendar: add_days(MOMENT, 2, calendar=calendar),
        lambda calendar: working_days_between(MOMENT, date(2017, 5, 1), calendar=calendar),
        lambda calendar: working_days_between(date(2017, 4, 1), MOMENT, calendar=calendar),
        lambda calendar: is_working_day(MOMENT, calendar=calendar),
        lambda calendar: next_working_day(MOMENT, calendar=calendar),
        lambda calendar: explain(MOMENT, 2, calendar=calendar),
    ],
)
def test_a_moment_is_no_date(count):
    with pytest.raises(TypeError, match=r"pass timezone\.localdate"):
        count(Calendar.of([]))


@pytest.mark.parametrize("count", [add_working_days, add_days, explain])
def test_no_period_is_shorter_than_nothing(count):
    with pytest.raises(ValueError, match="no negative length"):
        count(date(2017, 4, 19), -1, calendar=Calendar.of([]))


def test_the_calendar_is_read_with_two_queries(seeded, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = read_calendar()
    with django_assert_num_queries(0):
        assert due("19/4/2017", 10, found) == "Fri 5/5/2017"
        assert len(explain(date(2017, 4, 19), 10, calendar=found)) == 17


# --- pauses -----------------------------------------------------------------------------------------------------------

APRIL = [(date(2017, 4, 21), date(2017, 4, 25))]  # Friday to Tuesday: three working days


@pytest.mark.parametrize(
    ("paused", "end"),
    [
        ([], "Wed 26/4/2017"),
        (APRIL, "Wed 3/5/2017"),
        ([(*APRIL[0], "Chờ bổ sung hồ sơ")], "Wed 3/5/2017"),
        ([(date(2017, 4, 22), date(2017, 4, 23))], "Wed 26/4/2017"),  # a weekend
        ([(date(2017, 4, 10), date(2017, 4, 19))], "Wed 26/4/2017"),  # over before the first day
        ([(date(2017, 4, 10), date(2017, 4, 20))], "Thu 27/4/2017"),
        ([(date(2017, 4, 26), date(2017, 4, 26))], "Thu 27/4/2017"),  # the last day itself
        ([(date(2017, 4, 27), date(2017, 4, 28))], "Wed 26/4/2017"),  # begins when all is over
        ([(date(2017, 4, 24), date(2017, 4, 21))], "Wed 26/4/2017"),  # taken back the day it began
        ([(date(2017, 4, 25), date(2017, 4, 26)), (date(2017, 4, 21), date(2017, 4, 25))], "Thu 4/5/2017"),
        ([(date(2017, 4, 21), date(2017, 4, 28)), (date(2017, 4, 24), date(2017, 4, 25))], "Mon 8/5/2017"),
    ],
)
def test_the_working_days_of_pauses_are_not_counted(calendar, paused, end):
    assert due("19/4/2017", 5, calendar, paused=paused) == end
    assert due("19/4/2017", 5, calendar, paused=iter(paused)) == end


@pytest.mark.parametrize("begin", [date(2017, 4, 1), date(2017, 4, 20), date(2017, 4, 22), date(2017, 4, 26)])
def test_while_a_pause_is_open_no_date_can_be_told(calendar, begin):
    assert add_working_days(date(2017, 4, 19), 5, calendar=calendar, paused=[(begin, None)]) is None
    assert add_days(date(2017, 4, 19), 7, calendar=calendar, paused=[(begin, None)]) is None


def test_a_pause_that_begins_after_the_due_date_does_not_matter(calendar):
    paused = [(date(2017, 4, 27), None)]
    assert add_working_days(date(2017, 4, 19), 5, calendar=calendar, paused=paused) == date(2017, 4, 26)
    assert add_days(date(2017, 4, 19), 7, calendar=calendar, paused=paused) == date(2017, 4, 26)


@pytest.mark.parametrize(
    ("paused", "end"),
    [
        (APRIL, date(2017, 5, 3)),  # 26/4 and five days: Monday 1/5, which moves
        ([(date(2017, 4, 22), date(2017, 4, 23))], date(2017, 4, 28)),
        ([(date(2017, 4, 19), date(2017, 4, 19))], date(2017, 4, 26)),
    ],
)
def test_all_days_of_pauses_are_left_out_of_calendar_days(calendar, paused, end):
    assert add_days(date(2017, 4, 19), 7, calendar=calendar, paused=iter(paused)) == end


def test_a_period_does_not_move_to_a_paused_day(calendar):
    paused = [(date(2017, 4, 24), date(2017, 4, 25))]
    assert add_days(date(2017, 4, 19), 3, calendar=calendar, paused=paused) == date(2017, 4, 26)
    assert due("24/4/2017", 0, calendar, paused=paused) == "Wed 26/4/2017"


# --- explanations -----------------------------------------------------------------------------------------------------


def explained(start, limit, calendar, **options):
    rows = explain(day(start), limit, calendar=calendar, **options)
    return [(f"{row.date:%a %-d/%-m}", row.counted, row.reason) for row in rows]


def test_every_day_is_explained(calendar):
    assert explained("31/12/2025", 10, calendar) == [
        ("Wed 31/12", 0, "start"),
        ("Thu 1/1", 0, "holiday"),
        ("Fri 2/1", 0, "swapped_off"),
        ("Sat 3/1", 0, "weekend"),
        ("Sun 4/1", 0, "weekend"),
        ("Mon 5/1", 1, "counted"),
        ("Tue 6/1", 2, "counted"),
        ("Wed 7/1", 3, "counted"),
        ("Thu 8/1", 4, "counted"),
        ("Fri 9/1", 5, "counted"),
        ("Sat 10/1", 6, "swapped_work"),
        ("Sun 11/1", 0, "weekend"),
        ("Mon 12/1", 7, "counted"),
        ("Tue 13/1", 8, "counted"),
        ("Wed 14/1", 9, "counted"),
        ("Thu 15/1", 10, "counted"),
    ]


def test_an_explanation_names_the_day_and_its_law(calendar):
    found = explain(date(2017, 4, 28), 1, calendar=calendar)
    code = "Bộ luật Lao động số 10/2012/QH13"
    assert [(row.date.day, row.name, row.legal_basis) for row in found] == [
        (28, "", "Bộ luật Dân sự số 91/2015/QH13, khoản 2 Điều 147"),
        (29, "", ""),
        (30, "Ngày Chiến thắng", f"{code}, Điều 115"),
        (1, "Ngày Quốc tế Lao động", f"{code}, Điều 115"),
        (2, "Ngày Chiến thắng (nghỉ bù)", f"{code}, khoản 3 Điều 115"),
        (3, "", ""),
    ]


def test_one_calendar_serves_readers_of_both_languages(calendar):
    def name():
        return explain(date(2017, 9, 1), 1, calendar=calendar)[1].name

    assert name() == "Quốc khánh"
    with translation.override("en"):
        assert name() == "National Day"


def test_days_of_years_that_are_not_decided_are_provisional(calendar):
    found = explain(date(2026, 12, 30), 2, calendar=calendar)
    assert [(row.date.day, row.reason, row.provisional) for row in found] == [
        (30, "start", False),
        (31, "counted", False),
        (1, "holiday", True),
        (2, "weekend", True),
        (3, "weekend", True),
        (4, "counted", True),
    ]


def test_a_pause_is_explained_by_its_reason(calendar):
    paused = [(date(2017, 4, 21), date(2017, 4, 24), "Chờ bổ sung hồ sơ"), (date(2017, 4, 25), date(2017, 4, 25))]
    found = explain(date(2017, 4, 19), 2, calendar=calendar, paused=iter(paused))
    assert [(row.date.day, row.counted, row.reason, row.name) for row in found] == [
        (19, 0, "start", ""),
        (20, 1, "counted", ""),
        (21, 0, "paused", "Chờ bổ sung hồ sơ"),
        (22, 0, "weekend", ""),
        (23, 0, "weekend", ""),
        (24, 0, "paused", "Chờ bổ sung hồ sơ"),
        (25, 0, "paused", ""),
        (26, 2, "counted", ""),
    ]


def test_an_explanation_stops_where_an_open_pause_stops_the_clock(calendar):
    assert explained("19/4/2017", 5, calendar, paused=[(date(2017, 4, 22), None, "Chờ ý kiến")]) == [
        ("Wed 19/4", 0, "start"),
        ("Thu 20/4", 1, "counted"),
        ("Fri 21/4", 2, "counted"),
        ("Sat 22/4", 0, "weekend"),
        ("Sun 23/4", 0, "weekend"),
        ("Mon 24/4", 0, "paused"),
    ]


def test_calendar_days_are_explained_to_the_working_day_they_end_on(calendar):
    paused = [(date(2026, 4, 23), date(2026, 4, 23))]
    assert explained("21/4/2026", 4, calendar, unit="d", paused=paused) == [
        ("Tue 21/4", 0, "start"),
        ("Wed 22/4", 1, "counted"),
        ("Thu 23/4", 0, "paused"),
        ("Fri 24/4", 2, "counted"),
        ("Sat 25/4", 3, "counted"),
        ("Sun 26/4", 4, "counted"),
        ("Mon 27/4", 0, "compensation"),
        ("Tue 28/4", 0, "moved"),
    ]
    [*_others, last] = explain(date(2026, 4, 21), 4, calendar=calendar, unit="d", paused=paused)
    assert last.legal_basis == "Bộ luật Dân sự số 91/2015/QH13, khoản 5 Điều 148"


def test_a_limit_of_no_days_is_explained(calendar):
    assert explained("19/4/2017", 0, calendar) == [("Wed 19/4", 0, "start")]
    assert explained("21/8/2026", 0, calendar, unit="d") == [("Fri 21/8", 0, "start")]
    assert explained("22/4/2017", 0, calendar) == [
        ("Sat 22/4", 0, "start"),
        ("Sun 23/4", 0, "weekend"),
        ("Mon 24/4", 0, "moved"),
    ]


def test_an_unknown_unit_is_an_error():
    with pytest.raises(ValueError, match="Unknown unit: h"):
        explain(date(2017, 4, 19), 4, calendar=Calendar.of([]), unit="h")


# --- what holds for all calendars -------------------------------------------------------------------------------------

DATES = st.dates(date(2024, 12, 20), date(2025, 3, 10))
DAYS_OFF = st.sampled_from(["holiday", "compensation", "swapped_off"])
LIMIT = st.integers(0, 40)


@st.composite
def calendars(draw):
    """The seeded one, or a dense muddle of days off and worked weekends."""
    if draw(st.booleans()):
        return Calendar.of(row for row in days() if row.confirmed)
    kinds = draw(st.dictionaries(DATES, DAYS_OFF | st.just("swapped_work"), max_size=40))
    return Calendar({day: row(kind) for day, kind in kinds.items()}, {})


@st.composite
def pauses(draw):
    ends = draw(st.lists(st.tuples(DATES, st.integers(-1, 12) | st.none()), max_size=4))
    return [(first, None if length is None else first + ONE_DAY * length) for first, length in ends]


def counts(day, calendar):
    """The rule itself, without arithmetic."""
    kind = calendar.days[day].kind if day in calendar.days else ""
    return kind == "swapped_work" if day.weekday() >= 5 else kind in ("", "swapped_work")


def step_by_step(start, limit, calendar, paused=()):
    """The due date found by walking there, None where an open pause is met."""
    day, left = (start, limit) if limit else (start - ONE_DAY, 1)
    while left:
        day += ONE_DAY
        if counts(day, calendar):
            covering = [pause for pause in paused if pause[0] <= day and (pause[1] is None or day <= pause[1])]
            if any(last is None for _first, last in covering):
                return None
            left -= not covering
    return day


@given(calendars(), DATES, LIMIT, pauses())
def test_counting_is_walking(calendar, start, limit, paused):
    found = add_working_days(start, limit, calendar=calendar, paused=paused)
    assert found == step_by_step(start, limit, calendar, paused)


@given(calendars(), DATES, st.integers(1, 200))
def test_what_is_counted_forward_is_measured_back(calendar, start, limit):
    end = add_working_days(start, limit, calendar=calendar)
    assert working_days_between(start, end, calendar=calendar) == limit
    assert working_days_between(end, start, calendar=calendar) == -limit


@given(calendars(), DATES, LIMIT, pauses())
def test_no_due_date_falls_on_a_day_off(calendar, start, limit, paused):
    for add in (add_working_days, add_days):
        end = add(start, limit, calendar=calendar, paused=paused)
        assert end is None or (counts(end, calendar) and is_working_day(end, calendar=calendar))


@given(calendars(), DATES, LIMIT, DATES, DAYS_OFF)
def test_one_more_day_off_moves_no_due_date_earlier(calendar, start, limit, day_off, kind):
    stricter = Calendar(calendar.days | {day_off: row(kind)}, {})
    for add in (add_working_days, add_days):
        assert add(start, limit, calendar=stricter) >= add(start, limit, calendar=calendar)


@given(calendars(), DATES, st.integers(1, 40), st.data())
def test_a_pause_moves_the_due_date_by_its_working_days(calendar, start, limit, data):
    end = add_working_days(start, limit, calendar=calendar)
    first = data.draw(st.dates(start + ONE_DAY, end))
    last = data.draw(st.dates(first, end))
    length = working_days_between(first - ONE_DAY, last, calendar=calendar)
    moved = add_working_days(start, limit, calendar=calendar, paused=[(first, last)])
    assert working_days_between(end, moved, calendar=calendar) == length


@given(calendars(), DATES, LIMIT, pauses(), st.sampled_from([("wd", add_working_days), ("d", add_days)]))
def test_an_explanation_counts_to_the_limit_and_ends_on_the_due_date(calendar, start, limit, paused, unit):
    code, add = unit
    found = explain(start, limit, calendar=calendar, unit=code, paused=paused)
    assert [row.date for row in found] == [start + ONE_DAY * n for n in range(len(found))]
    numbers = [row.counted for row in found if row.counted]
    assert numbers == list(range(1, len(numbers) + 1))
    end = add(start, limit, calendar=calendar, paused=paused)
    if end is None:
        assert found[-1].reason == "paused"
    else:
        assert (len(numbers), found[-1].date) == (limit, end)


# --- speed ------------------------------------------------------------------------------------------------------------


def test_a_million_dates_take_less_than_a_minute(calendar):
    start, paused = date(2017, 4, 19), APRIL

    def seconds():
        begin = perf_counter()
        for n in range(5_000):
            end = add_working_days(start, n % 200, calendar=calendar)
            working_days_between(start, end, calendar=calendar)
            add_working_days(end, 15, calendar=calendar, paused=paused)
            working_days_between(end, start, calendar=calendar)
        return perf_counter() - begin

    assert min(seconds() for _ in range(3)) < 60 * 20_000 / 1_000_000
