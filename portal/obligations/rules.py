"""Which row of the table measures an event, and how the table is changed."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal.editorial import audit
from portal.obligations.models import Rule
from portal.workdays.calendars import Calendar, read_calendar
from portal.workdays.models import Edition


class RuleBook:
    """The rows that are switched on, read once."""

    def __init__(self):
        self.rows = {}
        for rule in Rule.objects.switched_on():
            self.rows.setdefault(rule.code, []).append(rule)

    def rule(self, code, day):
        """The row of that code in force on the day of the event; None if there is none."""
        return next((row for row in self.rows.get(code, []) if row.is_in_force(day)), None)


@dataclass(frozen=True)
class Law:
    """What due dates are counted with."""

    edition: int
    book: RuleBook
    calendar: Calendar

    @classmethod
    def read(cls):
        # the edition first: what changes after it was read is counted again
        return cls(Edition.current(), RuleBook(), read_calendar())


def save_rule(rule, *, by):
    """Stores a row of the table; open duties are counted anew by the worker. Raises ValidationError."""
    with transaction.atomic():
        rule.full_clean()
        rule.save()
        note, changes = _in_words(rule), {"days": rule.days, "unit": rule.unit, "valid_from": str(rule.valid_from)}
        audit.record("rule", rule, by=by, note=note, changes=changes)
        Edition.advance(note)


def _in_words(rule):
    limit = _("no number of days") if rule.days is None else f"{rule.days} {rule.get_unit_display()}"
    facts = {"code": rule.code, "limit": limit, "date": f"{rule.valid_from:%d/%m/%Y}"}
    return _("Rule %(code)s was changed: %(limit)s from %(date)s.") % facts
