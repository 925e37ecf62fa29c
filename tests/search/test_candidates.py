"""The walk backwards: whatever lies where in time, it ends with the newest rows, and says whether these are all."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.search.candidates import Candidates
from portal.search.expressions import Token, every, some
from portal.search.models import IndexEntry
from portal.search.tokens import joined, language_token, month_token, year_token

LONG_AGO, TODAY = date(1975, 3, 24), date(2018, 3, 20)
NOW = timezone.make_aware(datetime(2018, 3, 20, 9, 0))
RARE = Token("hiem")
TEXTS = ["text_language", "section", "path", "title", "summary", "body", "author", "source", "picture", "picture_alt"]


def fill(agency, rows, language="vi"):
    """An entry for each (day, is it found); the dates by primary key."""
    IndexEntry.objects.all().delete()
    entries = []
    for number, (day, holds) in enumerate(rows, 1):
        place = [language_token(language), year_token(language, day.year), month_token(language, day.year, day.month)]
        entries.append(
            IndexEntry(
                category="news",
                object_id=number,
                language=language,
                agency=agency,
                visible_from=NOW,
                archived=False,
                dated_on=day,
                words=joined(place, ["thuong", "hiem"] if holds else ["thuong"]),
                **dict.fromkeys(TEXTS, ""),
            )
        )
    IndexEntry.objects.bulk_create(entries)
    return entries


def expected(since=None, until=None, *, only_rare=True):
    """The same in plain Python: [pk], the newest first."""
    rows = IndexEntry.objects.filter(words__match=RARE) if only_rare else IndexEntry.objects.all()
    rows = [(row.dated_on, row.pk) for row in rows]
    return [pk for day, pk in sorted(rows, reverse=True) if (since or day) <= day <= (until or day)]


def newest(cap, expression=RARE, **period):
    rows, complete = Candidates(IndexEntry.objects.all(), language="vi", **period).newest(expression, cap)
    return [row["pk"] for row in rows], complete


def assert_newest(caps=range(1, 12), **period):
    whole = expected(**period)
    for cap in caps:
        found, complete = newest(cap, **period)
        assert found == whole[:cap], (cap, period)
        if len(whole) != cap:  # that case has a test of its own
            assert complete is (len(whole) < cap), (cap, period)


def months_back(*counts):
    return [TODAY - timedelta(days=30 * count) for count in counts]


SPREADS = {
    "one day": [TODAY] * 8,
    "the last months": months_back(0, 0, 1, 1, 2, 2, 3, 3),
    "within the recent months only some": months_back(0, 1, 2, 40, 41, 90, 91),
    "a year each": months_back(*range(0, 120, 12)),
    "a gap of decades": [TODAY, *months_back(480, 481, 482, 490, 491, 492)],
    "all of them long ago": [date(year, 6, 1) for year in range(1976, 1986)],
    "around a new year": [date(2017, 12, 31), date(2018, 1, 1), date(2016, 12, 31), date(2017, 1, 1), date(2015, 1, 1)],
    "the ends of months": [date(2018, 2, 28), date(2018, 3, 1), date(2017, 12, 17), date(2017, 12, 18)],
    "the oldest alone": [LONG_AGO],
    "none": [],
}
PERIODS = [
    {},
    {"since": date(2017, 1, 1)},
    {"until": date(2016, 12, 31)},
    {"since": date(1976, 1, 1), "until": date(2017, 12, 31)},
    {"since": TODAY, "until": TODAY},
    {"since": TODAY, "until": LONG_AGO},
    {"since": date(2019, 1, 1)},
    {"until": date(1945, 9, 2)},
]


@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("spread", SPREADS)
def test_the_newest_are_found_whatever_lies_between_them(portal, spread, period):
    bounds = [(TODAY, False), (LONG_AGO, False)]  # the index reaches from one to the other
    fill(portal.agency, [*[(day, True) for day in SPREADS[spread]], *bounds])
    assert_newest(**period)


days = st.one_of(
    st.dates(LONG_AGO, TODAY),
    st.dates(date(2017, 10, 1), TODAY),
    st.sampled_from([TODAY, LONG_AGO, date(2017, 12, 31), date(2018, 1, 1)]),
)
spreads = st.lists(st.tuples(days, st.booleans()), max_size=25)
bounds = st.one_of(st.none(), days)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=spreads, since=bounds, until=bounds, cap=st.integers(1, 12))
@example(rows=[(TODAY, True)] * 3, since=None, until=None, cap=3)
def test_any_rows_in_any_period_give_the_newest(portal, rows, since, until, cap):
    fill(portal.agency, rows)
    assert_newest([cap, 1, 100], since=since, until=until)


def test_exactly_as_many_as_are_wanted_are_all_of_them(portal):
    fill(portal.agency, [(TODAY, True)] * 3)
    assert newest(3)[1] is True
    assert newest(2)[1] is False


def test_rows_of_another_language_are_not_met_and_do_not_bound_the_walk(portal):
    fill(portal.agency, [(TODAY, True), (LONG_AGO, True)], language="en")
    assert newest(5) == ([], True)
    english = Candidates(IndexEntry.objects.all(), language="en").newest(RARE, 5)
    assert [row["pk"] for row in english[0]] == expected()


def test_only_the_given_entries_are_found(portal):
    fill(portal.agency, [(day, True) for day in months_back(0, 1, 50, 51, 200, 300)])
    kept = expected()[1::2]
    rows, complete = Candidates(IndexEntry.objects.filter(pk__in=kept), language="vi").newest(RARE, 2)
    assert ([row["pk"] for row in rows], complete) == (kept[:2], False)


def test_conditions_are_joined(portal):
    fill(portal.agency, [(day, number % 2 == 0) for number, day in enumerate(months_back(*range(0, 100, 7)))])
    whole = expected(only_rare=False)
    assert newest(6, some(RARE, Token("thuong"))) == (whole[:6], False)
    assert newest(6, every(RARE, Token("thuong"))) == (expected()[:6], False)
    assert newest(6, every(RARE, Token("khac"))) == ([], True)
    assert newest(6, Token("hie", begins=True)) == (expected()[:6], False)


def test_the_number_of_queries_grows_with_the_years_only_as_its_logarithm(portal, django_assert_max_num_queries):
    fill(portal.agency, [(date(year, 6, 1), True) for year in range(1976, 1986)] + [(TODAY, False)])
    with django_assert_max_num_queries(9):  # bounds, recent months, all of them, then 1, 2, 4, 8, 16, 32 years
        newest(9)
