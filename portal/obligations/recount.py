"""Counts duties anew after the calendar or a rule has changed; the old date stays in the audit."""

from collections import defaultdict

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from portal.editorial import audit
from portal.obligations.counting import delay, due_date
from portal.obligations.models import Obligation, Pause
from portal.obligations.rules import Law
from portal.workdays.models import EditionNote

BATCH = 20_000
CHUNK = 500
FIELDS = ["pk", "code", "rule_id", "triggered_on", "promised", "due", "status", "delay", "fulfilled_at", "edition"]
Status = Obligation.Status


def recount(batch=BATCH):
    """Returns how many duties have another date now. Safe to break off: the next run goes on where it was left."""
    law, moved = Law.read(), 0
    while found := _recount_some(law, batch):
        moved += found[1]
    return moved


@transaction.atomic
def _recount_some(law, batch):
    """(how many were counted, how many moved), or None when nothing is left."""
    measured = Obligation.objects.filter(status__in=[Status.OPEN, Status.ON_TIME, Status.LATE])
    waiting = measured.filter(edition__lt=law.edition).order_by("pk")[:batch]
    rows = list(waiting.select_for_update().values_list(*FIELDS, named=True))
    if not rows:
        return None
    pauses, outcomes, known, reasons = _pauses(law), defaultdict(list), {}, Reasons(law.edition)
    for row in rows:
        key = (row.code, row.triggered_on, row.promised, row.pk if row.pk in pauses else None)
        if key not in known:
            known[key] = _outcome(row, law, pauses.get(row.pk, ()))
        rule, due = known[key] or (row.rule_id, row.due)  # no row in force: the duty stays as it is
        outcomes[rule, row.due, due, *_result(row, due, law), row.edition].append(row.pk)
    return len(rows), sum(_store(outcome, keys, law, reasons) for outcome, keys in outcomes.items())


class Reasons:
    """What changed since an edition, as far as it was written down: the last changes of the calendar and the rules."""

    SHOWN = 3

    def __init__(self, edition):
        notes = EditionNote.objects.filter(number__lte=edition).order_by("-number")[: self.SHOWN]
        self.notes = [(row.number, row.text) for row in notes][::-1]

    def since(self, edition):
        return " ".join(text for number, text in self.notes if number > edition)


def _pauses(law):
    """{duty: [(first, last)]} of what is to be counted."""
    found = defaultdict(list)
    for pause in Pause.objects.counted().filter(obligation__edition__lt=law.edition):
        found[pause.obligation_id].append((pause.first, pause.last))
    return found


def _outcome(row, law, pauses):
    """(rule, due date) by the table of today; None where no row is in force on the day of the event."""
    rule = law.book.rule(row.code, row.triggered_on)
    if rule is None:
        return None
    return rule.pk, due_date(rule, row.triggered_on, promised=row.promised, pauses=pauses, calendar=law.calendar)


def _result(row, due, law):
    """(status, working days late)"""
    if row.fulfilled_at is None:
        return row.status, 0
    late = delay(due, timezone.localdate(row.fulfilled_at), calendar=law.calendar)
    return (Status.LATE if late else Status.ON_TIME).value, late


def _store(outcome, keys, law, reasons):
    """Returns how many moved: each of them gets one audit line."""
    rule, old, new, status, late, edition = outcome
    fields = {"rule_id": rule, "due": new, "status": status, "delay": late, "edition": law.edition}
    for start in range(0, len(keys), CHUNK):
        chunk = Obligation.objects.filter(pk__in=keys[start : start + CHUNK])
        if old != new:
            title = Concat("code", Value(": "), "item_title", output_field=CharField())
            folded = Concat(Lower("code"), Value(": "), "title_folded", output_field=CharField())
            days, note = [day and day.isoformat() for day in (old, new)], reasons.since(edition)
            audit.record_each("redate", chunk, title=title, folded=folded, note=note, changes={"due": days})
            fields["reminded"] = None
        chunk.update(**fields)
    return len(keys) if old != new else 0
