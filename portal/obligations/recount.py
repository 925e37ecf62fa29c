"""Counts open duties anew after the calendar or a rule has changed; the old date stays in the audit."""

from collections import defaultdict

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Concat

from portal.editorial import audit
from portal.obligations.counting import due_date
from portal.obligations.models import Obligation, Pause
from portal.obligations.rules import RuleBook
from portal.workdays.calendars import read_calendar
from portal.workdays.models import Edition

BATCH = 20_000
CHUNK = 500
FIELDS = ["pk", "code", "rule_id", "triggered_on", "promised", "due"]


def recount(batch=BATCH):
    """Returns how many duties have another date now. Safe to break off: the next run goes on where it was left."""
    edition, moved = Edition.current(), 0  # before the calendar: a change in between is counted by the next run
    calendar, book = read_calendar(), RuleBook()
    while found := _recount_some(edition, calendar, book, batch):
        moved += found[1]
    return moved


@transaction.atomic
def _recount_some(edition, calendar, book, batch):
    """(how many were counted, how many moved), or None when nothing is left."""
    waiting = Obligation.objects.open().filter(edition__lt=edition).order_by("pk")[:batch]
    rows = list(waiting.select_for_update().values_list(*FIELDS, named=True))
    if not rows:
        return None
    pauses, outcomes = _pauses(edition), defaultdict(list)
    known = {}
    for row in rows:
        key = (row.code, row.triggered_on, row.promised, row.pk if row.pk in pauses else None)
        if key not in known:
            known[key] = _outcome(row, book, calendar, pauses.get(row.pk, ()))
        rule, due = known[key] or (row.rule_id, row.due)  # no row in force: the duty stays as it is
        outcomes[rule, row.due, due].append(row.pk)
    moved = 0
    for (rule, old, new), keys in outcomes.items():
        for start in range(0, len(keys), CHUNK):
            chunk = Obligation.objects.filter(pk__in=keys[start : start + CHUNK])
            if old == new:
                chunk.update(rule_id=rule, edition=edition)
            else:
                _move(chunk, old, new)
                moved += chunk.update(rule_id=rule, due=new, edition=edition, reminded=None)
    return len(rows), moved


def _pauses(edition):
    """{duty: [(first, last)]} of what is to be counted."""
    found = defaultdict(list)
    for pause in Pause.objects.filter(obligation__edition__lt=edition, obligation__status=Obligation.Status.OPEN):
        found[pause.obligation_id].append((pause.first, pause.last))
    return found


def _outcome(row, book, calendar, pauses):
    """(rule, due date) by the table of today; None where no row is in force on the day of the event."""
    rule = book.rule(row.code, row.triggered_on)
    if rule is None:
        return None
    return rule.pk, due_date(rule, row.triggered_on, promised=row.promised, pauses=pauses, calendar=calendar)


def _move(duties, old, new):
    """One audit line for each duty."""
    title = Concat("code", Value(": "), "item_title", output_field=CharField())
    days = [day and day.isoformat() for day in (old, new)]
    audit.record_each("redate", duties, title=title, changes={"due": days})
