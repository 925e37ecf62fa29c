"""The calendar of every year from 2016 to 2030, written out; what is in the table goes before it."""

from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from portal.workdays import changes
from portal.workdays.calendars import is_working_day, read_calendar
from portal.workdays.models import CalendarDay, CalendarYear, Edition
from portal.workdays.seed import days, seed
from tests.together import together

pytestmark = pytest.mark.django_db

EVERY_YEAR = "1/1 30/4 1/5"
# year: Tết, 10/3 of the lunar year, National Day, days that make up for a holiday on a Saturday or Sunday
TABLE = {
    2016: ("7/2 8/2 9/2 10/2 11/2", "16/4", "2/9", "12/2 18/4 2/5 3/5"),
    2017: ("26/1 27/1 28/1 29/1 30/1", "6/4", "2/9", "2/1 31/1 1/2 2/5 4/9"),
    2018: ("14/2 15/2 16/2 17/2 18/2", "25/4", "2/9", "19/2 20/2 3/9"),
    2019: ("4/2 5/2 6/2 7/2 8/2", "14/4", "2/9", "15/4"),
    2020: ("23/1 24/1 25/1 26/1 27/1", "2/4", "2/9", "28/1 29/1"),
    2021: ("10/2 11/2 12/2 13/2 14/2", "21/4", "2/9 3/9", "15/2 16/2 3/5"),
    2022: ("31/1 1/2 2/2 3/2 4/2", "10/4", "1/9 2/9", "3/1 11/4 2/5 3/5"),
    2023: ("20/1 21/1 22/1 23/1 24/1", "29/4", "1/9 2/9", "2/1 25/1 26/1 2/5 3/5 4/9"),
    2024: ("8/2 9/2 10/2 11/2 12/2", "18/4", "2/9 3/9", "13/2 14/2"),
    2025: ("27/1 28/1 29/1 30/1 31/1", "7/4", "1/9 2/9", ""),
    2026: ("16/2 17/2 18/2 19/2 20/2", "26/4", "1/9 2/9", "27/4"),
    2027: ("4/2 5/2 6/2 7/2 8/2", "16/4", "2/9 3/9", "9/2 10/2 3/5"),
    2028: ("24/1 25/1 26/1 27/1 28/1", "4/4", "1/9 2/9", "3/1 2/5 4/9"),
    2029: ("12/2 13/2 14/2 15/2 16/2", "23/4", "2/9 3/9", "4/9"),
    2030: ("31/1 1/2 2/2 3/2 4/2", "12/4", "2/9 3/9", "5/2 6/2"),
}
SWAPS = {  # the Mondays and Fridays off, and the Saturdays worked for them
    2018: ("31/12", ""),
    2019: ("29/4", "5/1 4/5"),
    2024: ("29/4", "4/5"),
    2025: ("2/5", "26/4"),
    2026: ("2/1 31/8", "10/1 22/8"),
}
UNCONFIRMED = {
    date(2026, 11, 24): "holiday",
    date(2027, 11, 24): "holiday",
    date(2028, 11, 24): "holiday",
    date(2029, 11, 24): "holiday",
    date(2029, 11, 26): "compensation",
    date(2030, 11, 24): "holiday",
    date(2030, 11, 25): "compensation",
}
# holidays, compensation days, swapped days off, swapped working days: those that count
TOTALS = {
    2016: (10, 4, 0, 0),
    2017: (10, 5, 0, 0),
    2018: (10, 3, 1, 0),
    2019: (10, 1, 1, 2),
    2020: (10, 2, 0, 0),
    2021: (11, 3, 0, 0),
    2022: (11, 4, 0, 0),
    2023: (11, 6, 0, 0),
    2024: (11, 2, 1, 1),
    2025: (11, 0, 1, 1),
    2026: (11, 1, 2, 2),
    2027: (11, 3, 0, 0),
    2028: (11, 3, 0, 0),
    2029: (11, 1, 0, 0),
    2030: (11, 2, 0, 0),
}
# Mondays to Fridays of the year, less 10 days, from 2021 on 11; the swap of 31/12/2018 and 5/1/2019 moves one
WORKING_DAYS = {
    2016: 251,
    2017: 250,
    2018: 250,
    2019: 252,
    2020: 252,
    2021: 250,
    2022: 249,
    2023: 249,
    2024: 251,
    2025: 250,
    2026: 250,
    2027: 250,
    2028: 249,
    2029: 250,
    2030: 250,
}


def dates(year, text):
    return [date(year, int(month), int(day)) for day, month in (part.split("/") for part in text.split())]


def kinds(rows):
    return {row.date: row.kind for row in rows}


def everything():
    return list(CalendarDay.objects.values()), list(CalendarYear.objects.values()), Edition.current()


# --- what is seeded ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", TABLE)
def test_the_days_of_a_year(seeded, year):
    tet, ancestors, national, compensations = TABLE[year]
    off, worked = SWAPS.get(year, ("", ""))
    expected = dict.fromkeys(dates(year, f"{EVERY_YEAR} {tet} {ancestors} {national}"), "holiday")
    expected |= dict.fromkeys(dates(year, compensations), "compensation")
    expected |= dict.fromkeys(dates(year, off), "swapped_off") | dict.fromkeys(dates(year, worked), "swapped_work")
    assert kinds(CalendarDay.objects.confirmed().filter(date__year=year)) == expected


@pytest.mark.parametrize("year", TABLE)
def test_nothing_is_counted_twice(calendar, year):
    found = Counter(row.kind for row in calendar.days.values() if row.date.year == year)
    assert tuple(found[kind] for kind in CalendarDay.Kind.values) == TOTALS[year]
    first = date(year, 1, 1)
    whole_year = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    assert sum(is_working_day(day, calendar=calendar) for day in whole_year) == WORKING_DAYS[year]


def test_the_day_of_culture_waits_for_the_law(seeded):
    rows = CalendarDay.objects.filter(confirmed=False)
    assert kinds(rows) == UNCONFIRMED
    basis = "Nghị quyết số 80-NQ/TW ngày 07/01/2026; chờ sửa khoản 1 Điều 112 Bộ luật Lao động"
    assert {row.legal_basis for row in rows} == {basis}


@pytest.mark.parametrize(
    ("day", "name_vi", "name_en", "basis"),
    [
        (date(2020, 9, 2), "Quốc khánh", "National Day", "Bộ luật Lao động số 10/2012/QH13, Điều 115"),
        (date(2021, 1, 1), "Tết Dương lịch", "New Year's Day", "Bộ luật Lao động số 45/2019/QH14, Điều 112"),
        (
            date(2018, 9, 3),
            "Quốc khánh (nghỉ bù)",
            "National Day (compensation day)",
            "Bộ luật Lao động số 10/2012/QH13, khoản 3 Điều 115",
        ),
        (
            date(2023, 5, 2),
            "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)",
            "Hung Kings' Commemoration Day (compensation day)",
            "Bộ luật Lao động số 45/2019/QH14, khoản 3 Điều 111",
        ),
        (
            date(2025, 1, 27),
            "Ngày trước Giao thừa Tết Nguyên Đán",
            "Day before Lunar New Year's Eve",
            "Bộ luật Lao động số 45/2019/QH14, Điều 112",
        ),
        (
            date(2018, 12, 31),
            "Nghỉ, làm bù ngày 05/01/2019",
            "Day off, made up for on 5 January 2019",
            "Công văn số 6519/VPCP-KGVX ngày 11/7/2018 của Văn phòng Chính phủ",
        ),
        (
            date(2024, 5, 4),
            "Làm bù cho ngày 29/04/2024",
            "Working day that makes up for 29 April 2024",
            "Công văn số 2450/VPCP-KGVX ngày 12/4/2024 của Văn phòng Chính phủ",
        ),
        (
            date(2026, 1, 10),
            "Làm bù cho ngày 02/01/2026",
            "Working day that makes up for 2 January 2026",
            "Văn bản số 12729/VPCP-KGVX ngày 25/12/2025 của Văn phòng Chính phủ",
        ),
        (
            date(2026, 8, 31),
            "Nghỉ, làm bù ngày 22/08/2026",
            "Day off, made up for on 22 August 2026",
            "Phương án nghỉ lễ được Thủ tướng Chính phủ đồng ý (hoán đổi)",
        ),
    ],
)
def test_a_day_has_its_names_and_its_legal_basis(seeded, day, name_vi, name_en, basis):
    row = CalendarDay.objects.get(date=day)
    assert (row.name_vi, row.name_en, row.legal_basis) == (name_vi, name_en, basis)


def test_every_row_is_one_that_the_table_accepts():
    for row in days():
        row.full_clean()
        assert row.name_vi and row.name_en
    assert len(days()) == len(kinds(days()))


def test_years_are_provisional_from_2027_on(seeded):
    decided = dict(CalendarYear.objects.values_list("year", "decided"))
    assert decided == {year: year <= 2026 for year in range(2016, 2031)}


def test_the_names_do_not_depend_on_the_language_of_the_one_who_seeds():
    with translation.override("en"):
        seed()
    row = CalendarDay.objects.rewrite(False).values("name", "name_vi", "name_en").get(date=date(2026, 9, 2))
    assert row == {"name": "Quốc khánh", "name_vi": "Quốc khánh", "name_en": "National Day"}


# --- the table wins ---------------------------------------------------------------------------------------------------


def test_seeding_again_changes_nothing():
    assert seed() == (219, 15)
    before = everything()
    assert before[2] == 1
    assert seed() == (0, 0)
    assert everything() == before


def test_the_command_says_what_it_added():
    out = StringIO()
    call_command("seed_calendar", stdout=out)
    call_command("seed_calendar", stdout=out)
    assert out.getvalue() == "219 calendar days and 15 years added.\n0 calendar days and 0 years added.\n"


def test_what_was_there_before_stays():
    changes.save_day(CalendarDay(date=date(2026, 2, 16), kind="swapped_off", name_vi="Nghỉ", legal_basis="Công điện"))
    changes.save_year(CalendarYear(year=2027, decided=True, legal_basis="Công văn"))
    [row], [year], _edition = everything()
    assert seed() == (218, 14)
    rows, years, _edition = everything()
    assert row in rows and year in years


def test_what_was_changed_by_hand_stays(seeded):
    confirmed = CalendarDay.objects.get(date=date(2026, 11, 24))
    confirmed.confirmed, confirmed.legal_basis = True, "Luật sửa đổi"
    changes.save_day(confirmed)
    moved = CalendarDay.objects.get(date=date(2027, 9, 3))
    moved.date = date(2027, 9, 1)
    changes.save_day(moved)
    changes.delete_day(CalendarDay.objects.get(date=date(2026, 8, 22)))
    before = everything()
    assert seed() == (0, 0)
    assert everything() == before


def test_seeding_twice_at_the_same_moment_adds_nothing_twice(two_connections):
    assert sorted(together(seed, seed)) == [(0, 0), (219, 15)]
    assert (CalendarDay.objects.count(), Edition.current()) == (219, 1)


def test_removing_a_swap_is_seen_by_the_next_reader(seeded):
    saturday = date(2026, 8, 22)
    assert is_working_day(saturday, calendar=read_calendar())
    changes.delete_day(CalendarDay.objects.get(date=saturday))
    assert not is_working_day(saturday, calendar=read_calendar())
    assert Edition.current() == 2
