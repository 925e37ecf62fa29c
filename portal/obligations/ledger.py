"""The book of duties: entered when their event is known, kept by publication, paused, waived. Each change is audited.

The caller holds the transaction in which the item itself changes. The server's clock decides; nothing is back-dated.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.agencies.models import Agency
from portal.editorial import audit
from portal.obligations.counting import delay, due_date
from portal.obligations.models import Obligation, Pause
from portal.obligations.rules import RuleBook
from portal.workdays.calendars import read_calendar
from portal.workdays.models import Edition

Status = Obligation.Status


@dataclass(frozen=True)
class Claim:
    """An event that starts a rule: what an item says it owes."""

    code: str
    agency: Agency
    triggered_on: date
    promised: date | None = None


def expect(item, claims, *, by, reason=""):
    """Brings the duties of an item into agreement with its events. Raises ValidationError with a sentence.

    `reason`: why an event's date is changed after the duty was kept; without one that is refused.
    """
    known = {(row.code, row.agency_id): row for row in Obligation.objects.select_for_update().of(item)}
    if not claims and not known:
        return
    book = RuleBook()
    for claim in claims:
        _refuse_future(claim.triggered_on)
        if rule := book.rule(claim.code, claim.triggered_on):
            row = known.pop((claim.code, claim.agency.pk), None) or Obligation(item=item, agency=claim.agency)
            _enter(row, claim, rule, item, by=by, reason=reason)
    for row in known.values():
        if row.status == Status.OPEN:
            row.status = Status.VOID
            row.save(update_fields=["status"])
            audit.record("void", row, by=by, note=reason)


def _refuse_future(day):
    if day > timezone.localdate():
        raise ValidationError(_("The event lies in the future. A duty begins with an event that has happened."))


def _enter(row, claim, rule, item, *, by, reason):
    before = (row.triggered_on, row.promised)
    if row.pk and before == (claim.triggered_on, claim.promised) and row.status != Status.VOID:
        return
    if row.fulfilled_at and not reason.strip():
        raise ValidationError(
            _("This duty was kept already. Give the reason why the date of its event is changed (Article 9).")
        )
    old_due = row.due
    row.code, row.rule, row.item_title = rule.code, rule, str(item)[:300]
    row.triggered_on, row.promised = claim.triggered_on, claim.promised
    if row.status == Status.VOID:
        row.status = Status.OPEN
    _count(row)
    row.save()
    if before[0] is not None:
        changes = {"triggered_on": _days(before[0], row.triggered_on), "due": _days(old_due, row.due)}
        audit.record("retrigger", row, by=by, note=reason, changes=changes)


def _count(row):
    """Counts the due date, and for a duty that was kept whether it was kept in time."""
    row.edition = Edition.current()  # before the calendar, which may change in between: then it is counted again
    calendar = read_calendar()
    pauses = [(pause.first, pause.last) for pause in row.pauses.all()] if row.pk else []
    before = row.due
    row.due = due_date(row.rule, row.triggered_on, promised=row.promised, pauses=pauses, calendar=calendar)
    if row.due != before:
        row.reminded = None
    if row.fulfilled_at:
        row.delay = delay(row.due, timezone.localdate(row.fulfilled_at), calendar=calendar)
        row.status = Status.LATE if row.delay else Status.ON_TIME


def _days(*days):
    return [day.isoformat() if day else None for day in days]


def fulfil(item, *, at, by):
    """The item is before the public since `at`, approved by a person: its open duties are kept, in time or late."""
    for row in Obligation.objects.select_for_update().of(item).open().select_related("rule"):
        day = timezone.localdate(at)
        row.pauses.filter(last=None).update(last=day)
        row.fulfilled_at, row.fulfilled_by, row.item_title = at, by, str(item)[:300]
        _count(row)
        row.save()


def reopen(item, *, by, reason):
    """The item is before the public no more: what publication had kept is owed again."""
    for row in Obligation.objects.select_for_update().of(item).exclude(fulfilled_at=None):
        changes = {"fulfilled_at": row.fulfilled_at.isoformat(), "status": row.status}
        row.status, row.fulfilled_at, row.fulfilled_by, row.delay = Status.OPEN, None, None, 0
        row.edition = 0  # counted anew with the calendar of today
        row.save()
        audit.record("reopen_duty", row, by=by, note=reason, changes=changes)


def waive(obligation, *, by, reason):
    """Releases the agency from a duty, for a reason that everybody can read. Raises ValidationError."""
    with transaction.atomic():
        row = _locked(obligation, reason)
        row.status, row.waiver = Status.WAIVED, reason
        row.save(update_fields=["status", "waiver"])
        audit.record("waive", row, by=by, note=reason)
    return row


def pause(obligation, first, last=None, *, by, reason):
    """Stops the clock from `first` to `last` (both included; None: until it is resumed). Raises ValidationError."""
    with transaction.atomic():
        row = _locked(obligation, reason)
        if first < timezone.localdate():
            raise ValidationError(_("A pause begins today or later; nothing is back-dated."))
        if last and last < first:
            raise ValidationError(_("The last day lies before the first."))
        if any(_overlap(first, last, other) for other in row.pauses.all()):
            raise ValidationError(_("The clock already stands still in that time."))
        Pause.objects.create(obligation=row, first=first, last=last, reason=reason, by=by)
        _recounted(row, "pause", by=by, note=reason)
    return row


def _overlap(first, last, other):
    return (last is None or other.first <= last) and (other.last is None or first <= other.last)


def resume(obligation, *, by, reason):
    """Lets the clock run again from today. The day on which it was stopped stays out. Raises ValidationError."""
    with transaction.atomic():
        row = _locked(obligation, reason)
        running = row.pauses.filter(last=None).first()
        if running is None:
            raise ValidationError(_("The clock is not stopped."))
        running.last = max(running.first, timezone.localdate() - timedelta(days=1))
        running.save(update_fields=["last"])
        _recounted(row, "resume", by=by, note=reason)
    return row


def _locked(obligation, reason):
    row = Obligation.objects.select_for_update().select_related("rule", "agency").get(pk=obligation.pk)
    if row.status != Status.OPEN:
        raise ValidationError(_("This duty is not open any more."))
    if not reason.strip():
        raise ValidationError(_("Give the reason."))
    return row


def _recounted(row, action, *, by, note):
    old = row.due
    _count(row)
    row.save()
    audit.record(action, row, by=by, note=note, changes={"due": _days(old, row.due)})
