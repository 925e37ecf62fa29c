"""The table refuses what cannot be, and every change of it is one edition further."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.workdays import changes
from portal.workdays.models import CalendarDay, CalendarYear, Edition
from tests.together import together

pytestmark = pytest.mark.django_db

MONDAY, FRIDAY = date(2026, 1, 5), date(2026, 1, 2)
SATURDAY, SUNDAY = date(2026, 1, 10), date(2026, 1, 11)


def make_day(day, kind="holiday", **fields):
    return CalendarDay(**{"date": day, "kind": kind, "name_vi": "Ngày nghỉ", "legal_basis": "Điều 112"} | fields)


def stored():
    return list(CalendarDay.objects.values_list("date", "kind")), Edition.current()


def refusal(change, row):
    with pytest.raises(ValidationError) as refused:
        change(row)
    return refused.value.message_dict


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "day", "sentence"),
    [
        ("holiday", FRIDAY, "The calendar already has this date as a public holiday."),
        ("compensation", MONDAY, "The calendar already has this date as a compensation day."),
        ("swapped_off", FRIDAY, "The calendar already has this date as a swapped day off."),
        ("swapped_work", SATURDAY, "The calendar already has this date as a swapped working day."),
    ],
)
def test_a_date_is_in_the_calendar_once(english, kind, day, sentence):
    changes.save_day(make_day(day, kind))
    found = refusal(changes.save_day, make_day(day, "holiday", name_vi="Ngày khác"))
    assert found == {"date": [f"{sentence} Change that row instead of adding another."]}
    assert stored() == ([(day, kind)], 1)


def test_a_row_is_not_moved_to_the_date_of_another(english):
    changes.save_day(make_day(FRIDAY, "swapped_off"))
    row = changes.save_day(make_day(MONDAY))
    row.date = FRIDAY
    sentence = "The calendar already has this date as a swapped day off. Change that row instead of adding another."
    assert refusal(changes.save_day, row) == {"date": [sentence]}
    assert stored() == ([(FRIDAY, "swapped_off"), (MONDAY, "holiday")], 2)


def test_the_database_has_a_date_once():
    make_day(FRIDAY).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_day(FRIDAY, "swapped_off").save()
    assert stored() == ([(FRIDAY, "holiday")], 0)


@pytest.mark.parametrize("day", [MONDAY, FRIDAY])
def test_a_swapped_working_day_is_a_saturday_or_a_sunday(english, day):
    sentence = "Monday to Friday are working days anyway: a swapped working day is a Saturday or a Sunday."
    assert refusal(changes.save_day, make_day(day, "swapped_work")) == {"date": [sentence]}
    assert stored() == ([], 0)


@pytest.mark.parametrize("day", [SATURDAY, SUNDAY])
@pytest.mark.parametrize(("kind", "name"), [("compensation", "compensation day"), ("swapped_off", "swapped day off")])
def test_what_is_given_for_a_weekend_is_none_itself(english, kind, name, day):
    sentence = f"Saturday and Sunday are days off anyway: a {name} is one of Monday to Friday."
    assert refusal(changes.save_day, make_day(day, kind)) == {"date": [sentence]}
    assert stored() == ([], 0)


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        ("holiday", MONDAY),
        ("holiday", SATURDAY),
        ("holiday", SUNDAY),
        ("compensation", MONDAY),
        ("compensation", FRIDAY),
        ("swapped_off", MONDAY),
        ("swapped_off", FRIDAY),
        ("swapped_work", SATURDAY),
        ("swapped_work", SUNDAY),
    ],
)
def test_what_agrees_with_the_week_is_stored(kind, day):
    changes.save_day(make_day(day, kind))
    assert stored() == ([(day, kind)], 1)


@pytest.mark.parametrize(
    ("field", "empty", "sentence"),
    [
        ("date", None, "This field cannot be null."),
        ("kind", "", "This field cannot be blank."),
        ("name_vi", "", "This field cannot be blank."),
        ("legal_basis", "", "This field cannot be blank."),
    ],
)
def test_no_day_without_a_date_a_name_and_a_legal_basis(english, field, empty, sentence):
    assert refusal(changes.save_day, make_day(FRIDAY, **{field: empty}))[field] == [sentence]
    assert stored() == ([], 0)


def test_a_year_has_one_row(english):
    changes.save_year(CalendarYear(year=2026, decided=True))
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarYear.objects.create(year=2026)
    assert list(CalendarYear.objects.values_list("year", "decided")) == [(2026, True)]


# --- the edition ------------------------------------------------------------------------------------------------------


def test_there_is_no_edition_before_the_first_change():
    assert Edition.current() == 0


def test_every_change_is_one_edition_further():
    row = changes.save_day(make_day(FRIDAY, "swapped_off"))
    assert Edition.current() == 1
    row.confirmed = False
    changes.save_day(row)
    assert Edition.current() == 2
    changes.delete_day(row)
    assert stored() == ([], 3)
    year = changes.save_year(CalendarYear(year=2027))
    assert Edition.current() == 4
    year.decided = True
    changes.save_year(year)
    assert (Edition.current(), list(CalendarYear.objects.values_list("year", "decided"))) == (5, [(2027, True)])


def test_a_change_that_is_taken_back_takes_its_edition_back():
    row = changes.save_day(make_day(FRIDAY))
    for change, changed in [(changes.save_day, make_day(MONDAY)), (changes.delete_day, row)]:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            change(changed)
            raise ZeroDivisionError
    assert stored() == ([(FRIDAY, "holiday")], 1)


def test_changes_at_the_same_moment_are_all_counted(two_connections):
    together(*[Edition.advance] * 4)
    assert Edition.current() == 4
    assert Edition.objects.count() == 1


def test_of_two_rows_for_a_date_at_the_same_moment_one_is_refused_with_a_sentence(two_connections):
    results = together(*[lambda n=n: changes.save_day(make_day(FRIDAY, name_vi=f"Ngày {n}")) for n in range(2)])
    assert sorted(type(result).__name__ for result in results) == ["CalendarDay", "ValidationError"]
    assert stored() == ([(FRIDAY, "holiday")], 1)


# --- names ------------------------------------------------------------------------------------------------------------


def test_a_day_is_called_by_its_date_and_its_name():
    assert str(make_day(FRIDAY, name_vi="Quốc khánh")) == "02/01/2026 Quốc khánh"
    assert str(CalendarYear(year=2026)) == "2026"
    assert str(Edition(number=7)) == "7"


def test_a_day_is_counted_once_it_is_confirmed():
    changes.save_day(make_day(FRIDAY))
    changes.save_day(make_day(MONDAY, confirmed=False))
    assert [row.date for row in CalendarDay.objects.confirmed()] == [FRIDAY]
    assert make_day(MONDAY).confirmed is True
