"""The book of duties: entered when their event is known, kept by publication, paused, waived. Each change is audited.

The caller holds the transaction in which the item itself changes. The server's clock decides; nothing is back-dated.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.agencies.models import Agency
from portal.editorial import audit, policy
from portal.obligations.counting import delay, due_date
from portal.obligations.models import Obligation, Pause
from portal.obligations.rules import Law

Status = Obligation.Status


@dataclass(frozen=True)
class Claim:
    """An event that starts a rule: what an item says it owes."""

    code: str
    agency: Agency
    triggered_on: date
    promised: date | None = None


def objection(item, claims, *, by, reason=""):
    """Why the duties of an item cannot be brought into agreement with these events: a sentence, or empty.

    `reason`: why an event's date is changed after the duty was kept; without one that is refused.
    """
    return _objection(Obligation.objects.of(item) if item.pk else [], claims, by=by, reason=reason)


def _objection(rows, claims, *, by, reason):
    if any(claim.triggered_on > timezone.localdate() for claim in claims):
        return _("The event lies in the future. A duty begins with an event that has happened.")
    wanted = {(claim.code, claim.agency.pk): (claim.triggered_on, claim.promised) for claim in claims}
    measured = [row for row in rows if row.status not in Obligation.NOT_MEASURED]
    changed = [row for row in measured if wanted.get((row.code, row.agency_id)) != (row.triggered_on, row.promised)]
    if any(row.fulfilled_at for row in changed) and not reason.strip():
        return _("This duty was kept already. Give the reason why the date of its event is changed (Article 9).")
    overdue = {row.agency_id for row in changed if row.is_overdue()}
    if overdue - set(policy.agencies(by, "waive").values_list("pk", flat=True) if overdue else []):
        return _(
            "A time limit of this item has passed. Only the head of the editorial board may take it away or change the "
            "date from which it is counted (Article 9)."
        )
    return ""


def expect(item, claims, *, by, reason=""):
    """Brings the duties of an item into agreement with its events. Raises ValidationError with an objection."""
    known = {(row.code, row.agency_id): row for row in Obligation.objects.select_for_update().of(item)}
    if not claims and not known:
        return
    if sentence := _objection(known.values(), claims, by=by, reason=reason):
        raise ValidationError(sentence)
    law = Law.read()
    for claim in claims:
        row = known.pop((claim.code, claim.agency.pk), None) or Obligation(item=item, agency=claim.agency)
        row.item_title = str(item)[:300]
        if row.pk and _agrees(row, claim) and row.status != Status.VOID:
            row.save(update_fields=["item_title", "title_folded"])
        elif rule := law.book.rule(claim.code, claim.triggered_on):
            _enter(row, claim, rule, law, by=by, reason=reason)
        elif row.pk:
            _void(row, by=by, reason=reason)  # on that day no rule held
    for row in known.values():
        _void(row, by=by, reason=reason)


def expect_new(pairs, *, by):
    """What `expect` enters for items stored a moment ago, which owe nothing yet: there may be many.

    `pairs`: (item, its claims). Raises ValidationError with an objection.
    """
    law, rows = Law.read(), []
    for item, claims in pairs:
        if sentence := _objection([], claims, by=by, reason=""):
            raise ValidationError(sentence)
        for claim in claims:
            if rule := law.book.rule(claim.code, claim.triggered_on):
                row = Obligation(item=item, agency=claim.agency, item_title=str(item)[:300])
                _measure(row, claim, rule, law)
                rows.append(row)
    Obligation.objects.bulk_create(rows, batch_size=500)


def _void(row, *, by, reason):
    if row.status in Obligation.NOT_MEASURED:
        return
    before = {"status": row.status, "due": _days(row.due, None)}
    row.status, row.fulfilled_at, row.fulfilled_by, row.delay = Status.VOID, None, None, 0
    row.save()
    audit.record("void", row, by=by, note=reason, changes=before)


def _agrees(row, claim):
    return (row.triggered_on, row.promised) == (claim.triggered_on, claim.promised)


def _enter(row, claim, rule, law, *, by, reason):
    before, old_due = row.triggered_on, row.due
    _measure(row, claim, rule, law)
    row.save()
    if before is not None:
        changes = {"triggered_on": _days(before, row.triggered_on), "due": _days(old_due, row.due)}
        audit.record("retrigger", row, by=by, note=reason, changes=changes)


def _measure(row, claim, rule, law):
    row.code, row.rule = rule.code, rule
    row.triggered_on, row.promised = claim.triggered_on, claim.promised
    if row.status == Status.VOID:
        row.status = Status.OPEN
    _count(row, law)


def _count(row, law):
    """Counts the due date by the law of today, and for a duty that was kept whether it was kept in time."""
    pauses = [(pause.first, pause.last) for pause in row.pauses.counted()] if row.pk else []
    before, row.edition = row.due, law.edition
    row.rule = law.book.rule(row.code, row.triggered_on) or row.rule
    row.due = due_date(row.rule, row.triggered_on, promised=row.promised, pauses=pauses, calendar=law.calendar)
    if row.due != before:
        row.reminded = None
    if row.fulfilled_at:
        row.delay = delay(row.due, timezone.localdate(row.fulfilled_at), calendar=law.calendar)
        row.status = Status.LATE if row.delay else Status.ON_TIME


def _days(*days):
    return [day.isoformat() if day else None for day in days]


def fulfil(item, codes, done):
    """What agencies owed for the item under these rules was done, in time or late. `done`: {agency's key: (at, by)}."""
    rows = list(Obligation.objects.select_for_update().of(item).open().filter(code__in=codes, agency__in=done))
    law = Law.read() if rows else None
    for row in rows:
        at, by = done[row.agency_id]
        _end_pauses(row, timezone.localdate(at))
        row.fulfilled_at, row.fulfilled_by, row.item_title = at, by, str(item)[:300]
        _count(row, law)
        row.save()


def _end_pauses(row, day):
    """What stands still on the day ends with it; what was to begin later never counts."""
    still_on = row.pauses.counted().filter(Q(last=None) | Q(last__gt=day))
    still_on.filter(first__gt=day).update(cancelled=True)
    still_on.filter(first__lte=day).update(last=day)


def reopen(item, codes, *, by, reason, agency=None):
    """The item is before the public no more, or not on the agency's site: what that had kept is owed again."""
    rows = Obligation.objects.select_for_update().of(item).filter(code__in=codes).exclude(fulfilled_at=None)
    for row in rows.filter(agency=agency) if agency else rows:
        changes = {"fulfilled_at": row.fulfilled_at.isoformat(), "status": row.status}
        row.status, row.fulfilled_at, row.fulfilled_by, row.delay = Status.OPEN, None, None, 0
        row.edition, row.reminded = 0, None  # counted anew with the calendar of today
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
    today = timezone.localdate()
    with transaction.atomic():
        row = _locked(obligation, reason)
        if first < today:
            raise ValidationError(_("A pause begins today or later; nothing is back-dated."))
        if last and last < first:
            raise ValidationError(_("The last day lies before the first."))
        if (last or first) > today + Pause.LONGEST:
            raise ValidationError(_("A pause ends within a year. Check the dates."))
        if any(_overlap(first, last, other) for other in row.pauses.counted()):
            raise ValidationError(_("The clock already stands still in that time."))
        Pause.objects.create(obligation=row, first=first, last=last, reason=reason, by=by)
        _recounted(row, "pause", by=by, note=reason)
    return row


def _overlap(first, last, other):
    return (last is None or other.first <= last) and (other.last is None or first <= other.last)


def take_over_pause(obligation, first, last, *, by, reason):
    """Enters a pause that the matter had, also in the past, under another agency or rule. The caller holds the item."""
    row = Obligation.objects.select_for_update().get(pk=obligation.pk)
    Pause.objects.create(obligation=row, first=first, last=last, reason=reason, by=by)
    _recounted(row, "pause", by=by, note=reason)


def resume(obligation, *, by, reason, last=None):
    """Lets the clock run again after the day `last` (yesterday, unless the caller says today); the day on which it was
    stopped stays out, a pause that has not begun is cancelled. Raises ValidationError."""
    today = timezone.localdate()
    last = last or today - timedelta(days=1)
    with transaction.atomic():
        row = _locked(obligation, reason)
        running = row.pauses.counted().filter(Q(last=None) | Q(last__gt=last)).first()
        if running is None:
            raise ValidationError(_("The clock is not stopped."))
        if running.first > today:
            running.cancelled = True
        else:
            running.last = max(running.first, last)
        running.save(update_fields=["last", "cancelled"])
        _recounted(row, "resume", by=by, note=reason)
    return row


def _locked(obligation, reason):
    row = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if row.status != Status.OPEN or _lags(row.item):
        raise ValidationError(_("This duty is not open any more."))
    if not reason.strip():
        raise ValidationError(_("Give the reason."))
    return row


def _lags(item):
    """The clock has made the item public, and nobody has written it down yet."""
    return getattr(item, "state", None) != getattr(item, "current_state", None)


def _recounted(row, action, *, by, note):
    old = row.due
    _count(row, Law.read())
    row.save()
    audit.record(action, row, by=by, note=note, changes={"due": _days(old, row.due)})
