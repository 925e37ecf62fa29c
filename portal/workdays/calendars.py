"""Which days are working days, and when a period ends (Article 9; Civil Code of 2015, Articles 147 and 148)."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from operator import itemgetter

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.workdays.models import SATURDAY, CalendarDay, CalendarYear

ONE_DAY = timedelta(days=1)
UNITS = WORKING_DAYS, DAYS = "wd", "d"


# --- The calendar -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Calendar:
    """The week of Monday to Friday and its exceptions; it knows nothing of the database.

    `days`: {date: anything with kind, name and legal_basis}. `years`: {year: whether it is decided}.
    """

    days: Mapping
    years: Mapping

    @classmethod
    def of(cls, rows, years=()):
        """From rows with a `date`, and years as a mapping or as pairs."""
        return cls({row.date: row for row in rows}, dict(years))

    def is_provisional(self, day):
        return not self.years.get(day.year)

    def count(self, ordinal):
        """How many working days there were since the year 1, up to and including a day."""
        exceptions, shifts, _counts = self._tables
        return _count_weekdays(ordinal) + shifts[bisect_right(exceptions, ordinal)]

    def find(self, number):
        """The day with which `count` reaches a number, as an ordinal."""
        exceptions, shifts, counts = self._tables
        place = bisect_left(counts, number)
        found = _find_weekday(number - shifts[place])
        # the next exception comes first only if it is a Saturday or Sunday that is worked
        return min(found, exceptions[place]) if place < len(exceptions) else found

    @cached_property
    def _tables(self):
        """Exceptions from the week as ordinals, what the first n of them add to its count, the count at each."""
        exceptions = sorted(day.toordinal() for day, row in self.days.items() if _is_exception(day, row.kind))
        shifts = [0, *accumulate(1 if _is_weekend(ordinal) else -1 for ordinal in exceptions)]
        counts = [_count_weekdays(day) + shift for day, shift in zip(exceptions, shifts[1:], strict=True)]
        return exceptions, shifts, counts


def read_calendar():
    """The calendar of the table, confirmed days only. Read `Edition.current()` before it, not after."""
    return Calendar.of(CalendarDay.objects.confirmed(), CalendarYear.objects.values_list("year", "decided"))


def _is_exception(day, kind):
    # a holiday on a Saturday changes nothing; its compensation day is a row of its own
    return (kind == CalendarDay.Kind.SWAPPED_WORK) == (day.weekday() >= SATURDAY)


def _is_weekend(ordinal):
    return (ordinal - 1) % 7 >= SATURDAY  # day 1 of the year 1 is a Monday


def _count_weekdays(ordinal):
    return ordinal // 7 * 5 + min(ordinal % 7, 5)


def _find_weekday(number):
    weeks, rest = divmod(number - 1, 5)
    return weeks * 7 + rest + 1


# --- Counting ---------------------------------------------------------------------------------------------------------


def is_working_day(day, *, calendar):
    ordinal = _ordinal(day)
    return calendar.count(ordinal) > calendar.count(ordinal - 1)


def next_working_day(day, *, calendar):
    """The first working day after `day`. For "`day` itself if it is one" add 0 working days."""
    return add_working_days(day, 1, calendar=calendar)


def working_days_between(start, end, *, calendar):
    """Working days after `start` up to and including `end`; negative when `end` is earlier."""
    return calendar.count(_ordinal(end)) - calendar.count(_ordinal(start))


def add_working_days(start, days, *, calendar, paused=()):
    """The date `days` working days after `start`, which itself is not counted (Article 9).

    0 days end on `start` itself, or on the next working day where `start` is none (Civil Code, Article 148.5).
    `paused`: (first, last) or (first, last, reason), both days included, whose working days are not counted. Without
    a last day the pause is still open, and the answer is None unless the period ends before it begins.
    """
    _check(start, days)
    if days == 0:
        start, days = start - ONE_DAY, 1
    number = _number_of_the_last(start, days, paused, calendar.count)
    return None if number is None else date.fromordinal(calendar.find(number))


def add_days(start, days, *, calendar, paused=()):
    """The same in calendar days; an end on a day off moves to the next working day (Civil Code, Article 148.5)."""
    _check(start, days)
    paused = list(paused)
    end = _number_of_the_last(start, days, paused, int)
    return None if end is None else add_working_days(date.fromordinal(end), 0, calendar=calendar, paused=paused)


def _check(start, days):
    _ordinal(start)
    if days < 0:
        raise ValueError("A period has no negative length.")


def _ordinal(day):
    if isinstance(day, datetime):
        raise TypeError("The date of a moment depends on the place: pass timezone.localdate(moment).")
    return day.toordinal()


def _number_of_the_last(start, days, paused, count):
    """The number that `count` gives to the last day of a period; None where an open pause keeps it from ending."""
    passed = start.toordinal()
    number = count(passed) + days
    for first, last, *_reason in sorted(paused, key=itemgetter(0)):
        begin = max(first.toordinal(), passed + 1)
        if count(begin - 1) >= number:
            break
        if last is None:
            return None
        end = max(last.toordinal(), begin - 1)  # a pause may be empty, or lie within another one
        number, passed = number + count(end) - count(begin - 1), end
    return number


# --- Explaining -------------------------------------------------------------------------------------------------------


class Reason(models.TextChoices):
    """Why a day counts or does not; a day of the calendar has its kind as its reason."""

    START = "start", _("the day of the event is not counted")
    COUNTED = "counted", _("counted")
    WEEKEND = "weekend", _("weekend")
    HOLIDAY = CalendarDay.Kind.HOLIDAY.value, CalendarDay.Kind.HOLIDAY.label
    COMPENSATION = CalendarDay.Kind.COMPENSATION.value, CalendarDay.Kind.COMPENSATION.label
    SWAPPED_OFF = CalendarDay.Kind.SWAPPED_OFF.value, CalendarDay.Kind.SWAPPED_OFF.label
    SWAPPED_WORK = CalendarDay.Kind.SWAPPED_WORK.value, CalendarDay.Kind.SWAPPED_WORK.label
    PAUSED = "paused", _("paused")
    MOVED = "moved", _("the period ended on a day off and therefore ends on this working day")


COUNTING = {Reason.COUNTED, Reason.SWAPPED_WORK}
LAWS = {
    Reason.START: "Bộ luật Dân sự số 91/2015/QH13, khoản 2 Điều 147",
    Reason.MOVED: "Bộ luật Dân sự số 91/2015/QH13, khoản 5 Điều 148",
}


@dataclass(frozen=True)
class ExplainedDay:
    """`counted` is the running number of the day in its period, 0 when it was skipped."""

    date: date
    counted: int
    reason: Reason
    name: str
    legal_basis: str
    provisional: bool


def explain(start, days, *, calendar, unit=WORKING_DAYS, paused=()):
    """Every day from `start` to the due date; where an open pause leaves none, to the first day that it stops.

    As many days are counted as the limit has. `unit`: "wd" as `add_working_days` counts, "d" as `add_days` does.
    """
    if unit not in UNITS:
        raise ValueError(f"Unknown unit: {unit}")
    _check(start, days)
    pauses = sorted(paused, key=itemgetter(0))
    explained = [_explained(start, Reason.START, calendar)]
    day, number = start, 0
    while number < days or _reason(day, calendar, _pause_on(day, pauses)) not in COUNTING:
        day += ONE_DAY
        pause, is_over = _pause_on(day, pauses), number == days
        reason = _reason(day, calendar, pause, every_day=unit == DAYS and not is_over)
        if reason in COUNTING and is_over:
            reason = Reason.MOVED
        elif reason in COUNTING:
            number += 1
        explained.append(_explained(day, reason, calendar, number if reason in COUNTING else 0, pause))
        if reason == Reason.PAUSED and pause[1] is None:
            break
    return explained


def _pause_on(day, pauses):
    return next((pause for pause in pauses if pause[0] <= day and (pause[1] is None or day <= pause[1])), None)


def _reason(day, calendar, pause, *, every_day=False):
    """Why a day counts or not; `every_day`: in a period of calendar days."""
    if not every_day and not is_working_day(day, calendar=calendar):
        return Reason(calendar.days[day].kind) if day in calendar.days else Reason.WEEKEND
    if pause:
        return Reason.PAUSED
    return Reason.SWAPPED_WORK if day.weekday() >= SATURDAY and not every_day else Reason.COUNTED


def _explained(day, reason, calendar, counted=0, pause=None):
    row = calendar.days.get(day)
    name, basis = (row.name, row.legal_basis) if row else ("", "")
    if reason == Reason.PAUSED:
        name, basis = "".join(pause[2:]), ""
    return ExplainedDay(day, counted, reason, name, LAWS.get(reason, basis), calendar.is_provisional(day))
