"""The figures of Article 9, counted by hand over Tết 2026, and the duties that stand behind each of them."""

from datetime import date, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from news.models import Article
from portal.obligations import ledger
from portal.obligations.counting import delay, due_date
from portal.obligations.models import Obligation, Rule
from portal.publishing import editing
from portal.reports import timeliness
from portal.reports.timeliness import Figures
from portal.workdays.calendars import read_calendar
from tests.makers import frozen, make_article, make_rubric, publish, withdraw
from tests.obligations.test_ledger import duty, guidance, moment

pytestmark = pytest.mark.usefixtures("law", "english")

TODAY = date(2026, 3, 10)  # a Tuesday
NAMES = ["due", "on_time", "late", "overdue", "waiting", "waived", "delay_days"]

# Days off beside Saturday and Sunday: Thursday 01/01 and Friday 02/01/2026, the latter made up for on Saturday 10/01;
# Tết from Monday 16/02 to Friday 20/02/2026; in 2022 the compensation days 11/04, 02/05 and 03/05.
ENTERED = """
agency   code counted from  due         result   kept        delay
portal   D9   05/04/2022    20/04/2022  on_time  20/04/2022  0
district L7   22/04/2022    29/04/2022  late     04/05/2022  1
portal   D7   26/12/2025    30/12/2025  on_time  30/12/2025  0
portal   D7   29/12/2025    31/12/2025  late     05/01/2026  1
portal   D7   31/12/2025    06/01/2026  on_time  06/01/2026  0
portal   D7   30/12/2025    05/01/2026  late     10/01/2026  5
portal   D7   08/01/2026    10/01/2026  on_time  10/01/2026  0
portal   D7   08/01/2026    10/01/2026  late     12/01/2026  1
portal   D9   14/01/2026    28/01/2026  late     30/01/2026  2
portal   D7   12/02/2026    23/02/2026  open     -           0
portal   D7   05/03/2026    09/03/2026  open     -           0
portal   D7   06/03/2026    10/03/2026  open     -           0
portal   D9   11/02/2026    04/03/2026  on_time  04/03/2026  0
district D15  26/12/2025    26/01/2026  on_time  26/01/2026  0
district L7   02/01/2026    09/01/2026  late     12/01/2026  2
district L7   31/12/2025    09/01/2026  open     -           0
district D8   29/01/2026    12/02/2026  on_time  12/02/2026  0
district D8   30/01/2026    13/02/2026  late     17/02/2026  1
district D8   03/02/2026    24/02/2026  late     06/03/2026  8
district D8   03/02/2026    24/02/2026  void     -           0
district L8   05/02/2026    23/02/2026  on_time  23/02/2026  0
district D8   24/02/2026    10/03/2026  on_time  09/03/2026  0
district D8   05/03/2026    19/03/2026  open     -           0
district D15  10/03/2026    07/04/2026  open     -           0
portal   D2   12/02/2026    23/02/2026  on_time  23/02/2026  0
portal   D2   12/02/2026    23/02/2026  late     25/02/2026  2
district D2   05/03/2026    09/03/2026  open     -           0
"""

# Lines that are not obvious:
# portal 2022-04: Monday 11/04 makes up for a Sunday, so that the tenth working day after 05/04 is the 20th.
# district 2022-04: 30/04 and 01/05 were a weekend, 02/05 and 03/05 made up for it; Wednesday 04/05 is one day late.
# portal 2026-01: 1 by midnight of the 13th, 5 from 05/01 to Saturday 10/01, 1 from that Saturday to Monday 12/01, 2.
# portal 2026-02: 3 from 23/02, 1 from the order's 13/02 across Tết to 23/02, 11 from 23/02 to today.
# portal 2026-03: what is due today is not overdue; a waived duty and a deleted draft are left out.
# district 2026-01: 2 from Friday 09/01 over the Saturday worked, 38 from there to today.
# district 2026-02: 2 from 13/02 across Tết to 24/02, 12 from 13/02 to today, 1 for a day of Tết, which is too late even
# if no working day has passed, 8; the complaint of 05/02 has 15 days of the calendar, which end in Tết and so on 23/02.
# district 2026-03: 6 from 02/03 to today, of an item that was withdrawn; the duty that is paused has no month.
FIGURES = """
agency   month    due on_time late overdue waiting waived delay  rate average
portal   2022-04    1       1    0       0       0      0     0 100.0       -
portal   2025-12    2       1    1       0       0      0     1  50.0    1.00
portal   2026-01    7       3    4       0       0      0     9  42.9    2.25
portal   2026-02    3       0    2       1       0      0    15   0.0    5.00
portal   2026-03    4       2    0       1       1      2     1  66.7    1.00
district 2022-04    1       0    1       0       0      0     1   0.0    1.00
district 2026-01    3       1    1       1       0      0    40  33.3   20.00
district 2026-02    7       3    3       1       0      1    23  42.9    5.75
district 2026-03    4       1    0       1       2      0     6  50.0    6.00
district 2026-04    1       0    0       0       1      0     0     -       -
"""
AGENCIES = """
agency   month    due on_time late overdue waiting waived delay  rate average
portal   all       17       7    7       2       1      2    26  43.8    2.89
district all       16       5    5       3       3      1    70  38.5    8.75
"""
MONTHS = """
agency   month    due on_time late overdue waiting waived delay  rate average
both     2022-04    2       1    1       0       0      0     1  50.0    1.00
both     2025-12    2       1    1       0       0      0     1  50.0    1.00
both     2026-01   10       4    5       1       0      0    49  40.0    8.17
both     2026-02   10       3    5       2       0      1    38  30.0    5.43
both     2026-03    8       3    0       2       3      2     7  60.0    3.50
both     2026-04    1       0    0       0       1      0     0     -       -
"""
TOTAL = """
agency   month    due on_time late overdue waiting waived delay  rate average
both     all       33      12   12       5       4      3    96  41.4    5.65
"""
INTERNAL = """
agency   month    due on_time late overdue waiting waived delay  rate average
portal   2026-02    2       1    1       0       0      0     2  50.0    2.00
district 2026-03    1       0    0       1       0      0     1   0.0    1.00
"""
# From 10/03 to 05/05/2026 there are 37 working days: 27/04 makes up for Sunday 26/04, 30/04 and 01/05 are holidays.
# The overdue duties of before have 37 more each. Of those that were waiting, due 10/03: 37, 13/03: 34, 19/03: 30,
# 07/04: 17.
EIGHT_WEEKS_LATER = """
agency   month    due on_time late overdue waiting waived delay  rate average
portal   2022-04    1       1    0       0       0      0     0 100.0       -
portal   2025-12    2       1    1       0       0      0     1  50.0    1.00
portal   2026-01    7       3    4       0       0      0     9  42.9    2.25
portal   2026-02    3       0    2       1       0      0    52   0.0   17.33
portal   2026-03    4       2    0       2       0      2    75  50.0   37.50
district 2022-04    1       0    1       0       0      0     1   0.0    1.00
district 2026-01    3       1    1       1       0      0    77  33.3   38.50
district 2026-02    7       3    3       1       0      1    60  42.9   15.00
district 2026-03    4       1    0       3       0      0   107  25.0   35.67
district 2026-04    1       0    0       1       0      0    17   0.0   17.00
"""


def day(text):
    return None if text == "-" else datetime.strptime(text, "%d/%m/%Y").date()


def lines(table):
    """The lines of a table as lists of words, without its head."""
    return [line.split() for line in table.strip().splitlines()[1:]]


def rounded(number, digits):
    return "-" if number is None else f"{number:.{digits}f}"


def words(row):
    """Figures as the tables write them."""
    numbers = [str(getattr(row, name)) for name in NAMES]
    return [*numbers, rounded(row.rate, 1), rounded(row.average_delay, 2)]


def written(found, places):
    """What `figures` found, as the tables write it."""
    names = {place.agency.pk: name for name, place in places.items()}
    return {(names[agency], f"{month:%Y-%m}"): words(row) for (agency, month), row in found.items()}


def expected(table):
    return {(agency, month): numbers for agency, month, *numbers in lines(table)}


@pytest.fixture
def places(portal, district):
    return {"portal": portal, "district": district}


@pytest.fixture
def book(places):
    """Forty duties: 27 entered as the table has them, 13 by way of the workflow."""
    _enter(places)
    _walk(places["portal"], places["district"])
    assert Obligation.objects.count() == 40


def _enter(places):
    kind, rules = ContentType.objects.get_for_model(Article), {row.code: row for row in Rule.objects.all()}
    rows = [
        Obligation(
            rule=rules[code],
            code=code,
            agency=places[place].agency,
            content_type=kind,
            object_id=900_000 + number,
            item_title=f"Văn bản số {number}",
            triggered_on=day(start),
            due=day(due),
            status=status,
            fulfilled_at=moment(day(kept)) if day(kept) else None,
            delay=int(late),
        )
        for number, (place, code, start, due, status, kept, late) in enumerate(lines(ENTERED))
    ]
    Obligation.objects.bulk_create(rows)


def _walk(portal, district):
    """What boards do with an item that explains a law (D6: 15 working days) or follows an order (D20)."""
    december, january, tet = date(2025, 12, 22), date(2026, 1, 23), date(2026, 2, 13)
    publish(_guidance(portal, december), when=at(2026, 1, 13, 23, 59))  # due on that day
    publish(_guidance(portal, december), when=at(2026, 1, 14, 0, 0))
    publish(_guidance(portal, date(2026, 1, 26)), when=at(2026, 2, 26))  # due 23/02, the first day after Tết
    publish(_guidance(portal, date(2026, 2, 2)), when=at(2026, 2, 13))  # due 02/03
    publish(_guidance(district, january), when=at(2026, 2, 24))  # due 13/02, the last day before Tết
    _guidance(district, january)  # due the same, and still a draft
    _guidance(district, tet)  # due 13/03
    with frozen(at(2026, 2, 6)):
        ledger.waive(duty(_guidance(portal, date(2026, 2, 5))), by=portal.head, reason="Nhắc lại")  # due 05/03
        editing.discard(_guidance(portal, date(2026, 2, 6)), by=portal.editor)  # due 06/03
    with frozen(at(2026, 2, 24)):
        ledger.pause(duty(_guidance(district, date(2026, 2, 9))), date(2026, 2, 24), by=district.head, reason="Chờ")
    gone = publish(_guidance(district, date(2026, 2, 2)), when=at(2026, 2, 27))  # due 02/03
    with frozen(at(2026, 3, 9)):
        withdraw(gone)
    publish(_ordered(portal, on=date(2026, 2, 12), until=tet), when=at(2026, 2, 23))
    publish(_ordered(district, on=date(2026, 2, 11), until=date(2026, 2, 12)), when=at(2026, 2, 12, 23, 59))


def at(year, month, number, hour=9, minute=0):
    return timezone.make_aware(datetime(year, month, number, hour, minute))


def _guidance(place, event):
    return guidance(place, event=event, on=event)


def _ordered(place, *, on, until):
    rubric = make_rubric("chi-dao", point="8.2.m")
    order = {"order_reference": "Công điện số 1/CĐ-UBND", "order_due": until}
    with frozen(moment(on)):
        return make_article(place.agency, by=place.editor, rubric=rubric, event_date=on, **order)


def figures(duties, today=TODAY):
    return timeliness.figures(duties, calendar=read_calendar(), today=today)


def by_law():
    return Obligation.objects.by_law()


# --- the figures ------------------------------------------------------------------------------------------------------


def test_the_dates_written_by_hand_are_those_of_the_calendar(book):
    calendar = read_calendar()
    for row in Obligation.objects.select_related("rule").filter(object_id__gte=900_000):
        assert due_date(row.rule, row.triggered_on, calendar=calendar) == row.due, row
        if row.fulfilled_at:
            assert delay(row.due, timezone.localdate(row.fulfilled_at), calendar=calendar) == row.delay, row


def test_each_agency_has_its_figures_in_each_month(book, places):
    assert written(figures(by_law()), places) == expected(FIGURES)


def test_internal_targets_have_figures_of_their_own(book, places):
    assert written(figures(Obligation.objects.internal()), places) == expected(INTERNAL)


def test_what_is_overdue_counts_up_to_the_day_of_the_reading(book, places):
    assert written(figures(by_law(), today=date(2026, 5, 5)), places) == expected(EIGHT_WEEKS_LATER)


def test_the_months_of_an_agency_add_up(book, places):
    sums = timeliness.by_agency(figures(by_law()))
    names = {place.agency.pk: name for name, place in places.items()}
    assert {(names[pk], "all"): words(row) for pk, row in sums.items()} == expected(AGENCIES)


def test_the_agencies_of_a_month_add_up_and_months_come_in_order(book):
    sums = timeliness.by_month(figures(by_law()))
    assert {("both", f"{month:%Y-%m}"): words(row) for month, row in sums.items()} == expected(MONTHS)
    assert list(sums) == [
        date(2022, 4, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
        date(2026, 4, 1),
    ]


def test_the_total_is_that_of_all(book):
    assert {("both", "all"): words(timeliness.total(figures(by_law())))} == expected(TOTAL)


def test_without_duties_there_is_nothing_to_say(law):
    assert figures(by_law()) == {}
    assert timeliness.by_agency({}) == timeliness.by_month({}) == {}
    assert timeliness.total({}) == Figures(0, 0, 0, 0, 0, 0, 0)


def test_the_share_and_the_delay_are_unknown_until_something_ends():
    assert (Figures(due=3, waiting=3, waived=2).rate, Figures(due=3, waiting=3).average_delay) == (None, None)
    assert (Figures(due=4, on_time=3, overdue=1).rate, Figures(due=4, on_time=4).average_delay) == (75, None)
    assert Figures(due=2, late=1, overdue=1, delay_days=5).average_delay == 2.5
    assert Figures(due=2, late=2).rate == 0


def test_the_figures_are_added_one_by_one():
    assert Figures(1, 2, 3, 4, 5, 6, 7) + Figures(10, 20, 30, 40, 50, 60, 70) == Figures(11, 22, 33, 44, 55, 66, 77)


def test_the_figures_cost_two_queries_whatever_the_number_of_duties(book, django_assert_num_queries):
    calendar = read_calendar()
    some = Obligation.objects.filter(pk__in=list(by_law().values_list("pk", flat=True)[:3]))
    for duties in [some, Obligation.objects.all()]:
        with django_assert_num_queries(2):
            timeliness.figures(duties, calendar=calendar, today=TODAY)


def test_the_day_begins_in_viet_nam(book):
    calendar, duties = read_calendar(), by_law().filter(due=date(2026, 3, 10))
    for minute, overdue, waiting in [(at(2026, 3, 10, 23, 59), 0, 1), (at(2026, 3, 11, 0, 0), 1, 0)]:
        with frozen(minute):
            total = timeliness.total(timeliness.figures(duties, calendar=calendar))
            lists = [timeliness.listed(duties, result).count() for result in ("qua-han", "con-han")]
        assert [total.overdue, total.waiting] == lists == [overdue, waiting]
        assert total.delay_days == overdue


def test_a_weekend_after_the_last_day_is_one_working_day_late(book):
    duties = by_law().filter(due=date(2026, 3, 13))  # a Friday
    late = {}
    for number in (13, 14, 15, 16, 17):
        total = timeliness.total(figures(duties, today=date(2026, 3, number)))
        late[number] = (total.overdue, total.delay_days)
    assert late == {13: (0, 0), 14: (1, 1), 15: (1, 1), 16: (1, 1), 17: (1, 2)}


# --- the duties behind them -------------------------------------------------------------------------------------------

RESULTS = ["phai-thuc-hien", "dung-han", "tre-han", "qua-han", "con-han", "khong-tinh"]


def test_every_figure_has_a_list_of_as_many_duties(book, places):
    assert list(timeliness.RESULTS) == RESULTS
    for (agency, month), numbers in expected(FIGURES).items():
        year, number = map(int, month.split("-"))
        ends = {1: 31, 2: 28, 3: 31, 4: 30, 12: 31}
        own = by_law().filter(agency=places[agency].agency)
        duties = timeliness.within(own, date(year, number, 1), date(year, number, ends[number]))
        counts = [str(timeliness.listed(duties, result, today=TODAY).count()) for result in RESULTS]
        assert counts == numbers[:6], (agency, month)


def test_the_lists_of_all_agencies_and_months_are_those_of_the_total(book):
    counts = {result: timeliness.listed(by_law(), result, today=TODAY).count() for result in RESULTS}
    assert counts == {
        "phai-thuc-hien": 33,
        "dung-han": 12,
        "tre-han": 12,
        "qua-han": 5,
        "con-han": 4,
        "khong-tinh": 3,
    }


def test_a_list_holds_the_duties_of_its_name(book, places):
    names = {place.agency.pk: name for name, place in places.items()}

    def listed(result):
        rows = timeliness.listed(by_law(), result, today=TODAY).order_by("due", "code")
        return [(names[row.agency_id], row.code, f"{row.due:%d/%m}") for row in rows]

    assert listed("qua-han") == [
        ("district", "L7", "09/01"),
        ("district", "D6", "13/02"),
        ("portal", "D7", "23/02"),
        ("district", "D6", "02/03"),
        ("portal", "D7", "09/03"),
    ]
    assert listed("con-han") == [
        ("portal", "D7", "10/03"),
        ("district", "D6", "13/03"),
        ("district", "D8", "19/03"),
        ("district", "D15", "07/04"),
    ]
    assert listed("khong-tinh") == [("district", "D8", "24/02"), ("portal", "D6", "05/03"), ("portal", "D6", "06/03")]


def test_a_duty_whose_clock_stands_still_is_in_no_list(book, district):
    paused = Obligation.objects.get(due=None)
    assert (paused.agency, paused.status) == (district.agency, "open")
    for result in RESULTS:
        assert paused not in timeliness.listed(Obligation.objects.all(), result, today=TODAY)


@pytest.mark.parametrize("result", ["", "dung han", "DUNG-HAN", "luat"])
def test_an_unknown_result_is_an_error(result, law):
    with pytest.raises(KeyError):
        timeliness.listed(by_law(), result)


def test_a_period_includes_its_first_and_its_last_day(book):
    for first, last, count in [
        (date(2026, 2, 13), date(2026, 2, 23), 7),
        (date(2026, 2, 14), date(2026, 2, 22), 0),  # Tết with its weekends
        (date(2026, 2, 14), date(2026, 2, 23), 3),
        (date(2026, 2, 13), date(2026, 2, 22), 4),
        (date(2026, 2, 23), date(2026, 2, 23), 3),
        (date(2026, 3, 1), date(2026, 2, 1), 0),
        (date(2000, 1, 1), date(9999, 12, 31), 36),
    ]:
        assert timeliness.within(by_law(), first, last).count() == count, (first, last)


def test_the_years_are_those_in_which_something_is_due_newest_first(book):
    assert timeliness.years(by_law()) == [2026, 2025, 2022]
    assert timeliness.years(Obligation.objects.internal()) == [2026]
    assert timeliness.years(by_law().filter(due=None)) == []
