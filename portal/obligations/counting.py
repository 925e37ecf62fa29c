"""Until when a duty is owed, and why: the rule, its event and the pauses, put before the calendar."""

from operator import itemgetter

from django.utils import timezone

from portal.obligations.models import Rule
from portal.workdays.calendars import ONE_DAY, add_days, add_working_days, explain, working_days_between


def due_date(rule, triggered_on, *, calendar, promised=None, pauses=()):
    """The last day of the duty; None where no date can be told: no number anywhere, or a pause without an end.

    `promised`: the date that the order or the answer itself names; it goes before the rule's number, and pauses move it
    by their working days.
    """
    if promised is not None:
        return _moved(promised, pauses, calendar)
    if rule.days is None:
        return None
    add = add_working_days if rule.unit == Rule.Unit.WORKING_DAYS else add_days
    return add(triggered_on, rule.days, calendar=calendar, paused=pauses)


def _moved(promised, pauses, calendar):
    due = promised
    for first, last, *_reason in sorted(pauses, key=itemgetter(0)):
        if first > due:
            break
        if last is None:
            return None
        lost = working_days_between(first - ONE_DAY, last, calendar=calendar)
        due = add_working_days(due, lost, calendar=calendar) if lost else due
    return due


def days_left(due, *, calendar, today=None):
    """Working days from today to the due date, 0 on the day itself, negative after it, None without a date."""
    today = today or timezone.localdate()
    if due is None or today <= due:
        return due and working_days_between(today, due, calendar=calendar)
    return -delay(due, today, calendar=calendar)


def delay(due, day, *, calendar):
    """Working days by which `day` is later than the due date; on the days off that follow it, it is one already."""
    if due is None or day <= due:
        return 0
    return max(1, working_days_between(due, day, calendar=calendar))


def explanation(obligation, *, calendar):
    """The days of the duty one by one, counted or skipped and why; empty where a date was simply given."""
    if obligation.promised is not None or obligation.rule.days is None:
        return []
    pauses = [(row.first, row.last, row.reason) for row in obligation.pauses.counted()]
    rule = obligation.rule
    return explain(obligation.triggered_on, rule.days, calendar=calendar, unit=rule.unit, paused=pauses)
