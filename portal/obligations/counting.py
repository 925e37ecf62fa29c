"""Until when a duty is owed, and why: the rule, its event and the pauses, put before the calendar."""

from django.utils import timezone

from portal.obligations.models import Rule
from portal.workdays.calendars import add_days, add_working_days, explain, working_days_between


def due_date(rule, triggered_on, *, calendar, promised=None, pauses=()):
    """The last day of the duty; None where no date can be told: no number anywhere, or a pause without an end.

    `promised`: the date that the order or the answer itself names; it goes before the rule's number.
    """
    if promised is not None:
        return promised
    if rule.days is None:
        return None
    add = add_working_days if rule.unit == Rule.Unit.WORKING_DAYS else add_days
    return add(triggered_on, rule.days, calendar=calendar, paused=pauses)


def days_left(obligation, *, calendar, today=None):
    """Working days from today to the due date; negative when it has passed, None without a date."""
    if obligation.due is None:
        return None
    return working_days_between(today or timezone.localdate(), obligation.due, calendar=calendar)


def delay(due, day, *, calendar):
    """Working days by which `day` is later than the due date."""
    return 0 if due is None else max(0, working_days_between(due, day, calendar=calendar))


def explanation(obligation, *, calendar):
    """The days of the duty one by one, counted or skipped and why; empty where a date was simply given."""
    if obligation.promised is not None or obligation.rule.days is None:
        return []
    pauses = [(row.first, row.last, row.reason) for row in obligation.pauses.all()]
    rule = obligation.rule
    return explain(obligation.triggered_on, rule.days, calendar=calendar, unit=rule.unit, paused=pauses)
