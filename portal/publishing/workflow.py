"""The way of an item from draft to reader: the table of transitions, and the one function that walks it."""

import logging
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.editorial import audit, policy
from portal.editorial.roles import State
from portal.publishing import duties
from portal.publishing.signals import changing, transitioned

logger = logging.getLogger(__name__)


class Refused(ValidationError):
    """A transition that was not carried out; the message is a sentence for the person who tried."""


@dataclass(frozen=True)
class Transition:
    """One row of the table. `name` is also the action that the policy is asked about."""

    name: str
    label: str
    sources: frozenset
    target: State
    needs_note: bool = False
    needs_complete: bool = False
    needs_declaration: bool = False
    takes_time: bool = False


def _row(name, label, sources, target, **needs):
    return Transition(name, label, frozenset(sources), target, **needs)


D, S, A, P, W, R = (
    State.DRAFT,
    State.SUBMITTED,
    State.APPROVED,
    State.PUBLISHED,
    State.WITHDRAWN,
    State.ARCHIVED,
)
TRANSITIONS = {
    row.name: row
    for row in [
        _row("submit", _("Submit for approval"), [D], S, needs_complete=True, needs_declaration=True),
        _row("return", _("Return to the writer"), [S], D, needs_note=True),
        _row("approve", _("Approve"), [S], A, needs_complete=True, needs_declaration=True, takes_time=True),
        _row(
            "publish_urgently",
            _("Publish urgently"),
            [D, S],
            P,
            needs_note=True,
            needs_complete=True,
            needs_declaration=True,
        ),
        _row("check", _("Confirm the urgent publication"), [P, R], P),
        _row("recall", _("Recall before publication"), [A], D, needs_note=True),
        _row("withdraw", _("Withdraw"), [P, R], W, needs_note=True),
        _row("archive", _("Archive"), [P], R),
        _row("reopen", _("Reopen as a draft"), [W], D, needs_note=True),
        _row("restore", _("Show again"), [R], P, needs_note=True),
    ]
}


def available(item, user):
    """The transitions that lead on from here, each with the sentence that refuses it to this person, or ""."""
    rows = [row for row in TRANSITIONS.values() if item.current_state in row.sources]
    rows = [row for row in rows if row.name != "check" or item.needs_check]
    return [(row, policy.refusal(user, row.name, item)) for row in rows]


def carry_out(name, item, *, by, note="", at=None, declared=False, version=None):
    """Carries out one transition on the row as it is now, not as `item` was read. Returns the changed item.

    `at`: when an approved item goes public (none: at once). `declared`: the person declares that the item holds no
    state, business or personal secret (Article 3.2). `version`: what the person saw; another one is refused.
    Raises Refused with a sentence; then nothing has changed.
    """
    row = TRANSITIONS[name]
    with transaction.atomic():
        fresh = type(item).objects.select_for_update().get(pk=item.pk)
        settle(fresh)
        policy.forget(by)
        _refuse(row, fresh, by=by, note=note, at=at, declared=declared, version=version)
        before, now = fresh.current_state, timezone.now()
        _apply(row, fresh, by=by, note=note, at=at, now=now)
        audit.record(name, fresh, by=by, note=note, at=now, changes=_summary(before, fresh, declared))
        settle(fresh)
        duties.keep(fresh)
        if name == "withdraw":
            duties.owe_again(fresh, by=by, reason=note)
        changing.send(type(fresh), item=fresh)
        transaction.on_commit(lambda: transitioned.send(type(fresh), item=fresh, name=name, by=by))
    return fresh


def _refuse(row, item, *, by, note, at, declared, version):
    if version is not None and version != item.version:
        raise Refused(gettext("The item was changed meanwhile. Read it again before you decide."))
    if item.current_state not in row.sources:
        raise Refused(
            gettext("“%(action)s” is not possible: the item is now “%(state)s”.")
            % {"action": row.label, "state": item.current_state.label}
        )
    if sentence := policy.refusal(by, row.name, item):
        raise Refused(sentence)
    if row.name == "check" and not item.needs_check:
        raise Refused(gettext("This item was not published urgently; there is nothing to check."))
    if row.needs_note and not note.strip():
        raise Refused(gettext("Give the reason."))
    if row.needs_complete and (problems := item.problems()):
        raise Refused(problems)
    if row.needs_declaration and not declared:
        raise Refused(
            gettext("Declare that the item holds no state secret, business secret or personal secret (Article 3.2).")
        )
    if at is not None:
        _refuse_time(row, item, at)


def _refuse_time(row, item, at):
    if not row.takes_time:
        raise Refused(gettext("This step takes no time of publication."))
    if at <= timezone.now():
        raise Refused(gettext("The time of publication has passed. Publication is never back-dated."))
    if item.expire_at and at >= item.expire_at:
        raise Refused(gettext("The item would go public after the end of its display."))


def _apply(row, item, *, by, note, at, now):
    if row.name != "check":  # what was archived meanwhile stays so
        item.state = row.target
    if row.name == "submit":
        item.submitted_by = by
    elif row.target == State.DRAFT:
        item.submitted_by = item.approved_by = item.publish_at = None
        item.needs_check = False  # it goes public again by way of two people
    elif row.name == "approve":
        item.approved_by, item.publish_at = by, at or now
    elif row.name == "publish_urgently":
        item.approved_by, item.publish_at, item.needs_check = by, now, True
        item.first_published_at = item.first_published_at or now
    elif row.name == "check":
        item.needs_check = False
    elif row.name == "withdraw":
        item.withdrawn_at, item.withdrawal_reason = now, note
    elif row.name == "restore":
        item.expire_at = None
    _refuse_expired(item, now)
    item.version += 1
    item.save()


def _refuse_expired(item, now):
    if item.state in (State.APPROVED, State.PUBLISHED) and item.expire_at and item.expire_at <= now:
        raise Refused(gettext("The end of its display has passed. Change “shown until” first."))


def _summary(before, item, declared):
    changes = {"from": before, "to": item.state, "version": item.version}
    if item.publish_at:
        changes["publish_at"] = item.publish_at.isoformat()
    return changes | ({"declared_no_secret": True} if declared else {})


def take_down(item, *, reason):
    """Withdraws what may not be shown any longer, at this moment and whoever is at work; the caller holds the lock.
    What waits for its time goes back to its writer; what is neither stays as it is."""
    if item.current_state == State.APPROVED:
        _send_home(item, reason)
    if not item.is_readable:
        return
    settle(item)
    before, item.state = item.state, State.WITHDRAWN
    item.withdrawn_at, item.withdrawal_reason = timezone.now(), reason
    item.version += 1
    item.save()
    audit.record("withdraw", item, by=None, note=reason, changes=_summary(before, item, declared=False))
    duties.owe_again(item, by=None, reason=reason)
    changing.send(type(item), item=item)
    transaction.on_commit(lambda: transitioned.send(type(item), item=item, name="withdraw", by=None))


def _send_home(item, reason):
    item.state, item.version = State.DRAFT, item.version + 1
    item.submitted_by = item.approved_by = item.publish_at = None
    item.save()
    audit.record("recall", item, by=None, note=reason, changes={"from": State.APPROVED, "to": State.DRAFT})
    changing.send(type(item), item=item)


def settle(item):
    """Brings the column of a locked row to the state the clock has already given it, with its audit rows."""
    state = item.current_state
    if item.state == state:
        return
    if item.state == State.APPROVED and state != State.APPROVED:
        item.state = State.PUBLISHED
        item.first_published_at = item.first_published_at or item.publish_at
        audit.record("publish", item, by=None, at=item.publish_at, changes={"from": "approved", "to": "published"})
    if item.state == State.PUBLISHED and state == State.ARCHIVED:
        item.state = State.ARCHIVED
        audit.record("expire", item, by=None, at=item.expire_at, changes={"from": "published", "to": "archived"})
    item.save(update_fields=["state", "first_published_at"])


def settle_due(model):
    """Settles every row of the model whose time has come. Returns how many. Safe to run twice, or in two places.

    Raises RuntimeError at the end when some rows could not be settled.
    """
    count, failed = 0, []
    for pk in list(model.objects.unsettled().values_list("pk", flat=True)):
        try:
            count += _settle_one(model, pk)
        except Exception:  # one item must not keep the others from their readers' lists
            logger.exception("%s %s could not be settled.", model.__name__, pk)
            failed.append(pk)
    if failed:
        raise RuntimeError(f"{model.__name__} that could not be settled: {failed[:20]}")
    return count


@transaction.atomic
def _settle_one(model, pk):
    item = model.objects.select_for_update().get(pk=pk)
    if item.state == item.current_state:
        return False
    settle(item)
    duties.keep(item)
    changing.send(model, item=item)
    transaction.on_commit(lambda: transitioned.send(model, item=item, name="settle", by=None))
    return True
