"""What every step of a case begins and ends with: the row is locked and read anew, the person is asked for, the change
is audited, the duties follow. Letters go into the outbox in the same transaction."""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.editorial import audit, policy
from portal.publishing.workflow import Refused
from qa import clock, letters
from qa.models import Case, State

READING = "read"  # what everybody may who may open the case


def locked(case):
    """The row as it is now, held to the end of the transaction."""
    # without what it refers to: who waited for the lock would get that as it was before
    return Case.objects.select_for_update().get(pk=case.pk)


def begin(case, *, by, action, states, version=None):
    """The locked row, for a step that the person may take. Raises Refused. `version`: what the person saw."""
    row = locked(case)
    policy.forget(by)
    agency = row.receiver_id if action == "sort_case" else row.agency_id
    if not policy.agencies(by, action).filter(pk=agency).exists():
        raise Refused(_("Your role at this agency does not include this step."))
    if row.state not in states:
        raise Refused(_("This step is not possible: the case is now “%(state)s”.") % {"state": row.get_state_display()})
    if version is not None and version != row.version:
        raise Refused(_("The case was changed meanwhile. Read it again before you decide."))
    return row


def end(case, action, *, by, note="", changes=None):
    """Stores the row after its step, audits it and brings its duties into agreement."""
    case.version += 1
    case.full_clean(exclude=["masked"])
    case.save()
    with translation.override(settings.LANGUAGE_CODE):  # what is kept is Vietnamese, whatever its sender reads
        clock.settle(case, by=by, reason=note or _("The case went on."))
        audit.record(action, case, by=by, note=str(note), changes=changes)
    return case


def close(case, state):
    """No more is done for the case; its personal data is kept for the time that the table says."""
    case.state, case.closed_at = state, timezone.now()
    kept = "keep_spam" if state == State.SPAM else f"keep_{case.kind}"
    case.keep_until = clock.end_of(kept, timezone.localdate())


def set_free(main, *, by):
    """Nobody answers the case any more: other senders who were joined to it are in the hands of the board again."""
    if main.answers.signed().exists():
        return  # they have their answer
    for row in main.merged.filter(same_sender=False, erased_at=None).order_by("pk").select_for_update():
        row.state, row.merged_into, row.reason = State.RECEIVED, None, ""
        row.closed_at = row.keep_until = None
        end(row, "case_set_free", by=by)
        letters.set_free(row)


def may(user, action, case):
    """Whether the person may take steps of this kind in this case."""
    agency = case.receiver_id if action == "sort_case" else case.agency_id
    return policy.agencies(user, action).filter(pk=agency).exists()


def readable_by(user):
    """The cases that the person may open: those that their board received, those that they answer. A superuser without
    a place at an agency opens none."""
    mine = Q(receiver__in=policy.agencies(user, "sort_case")) | Q(agency__in=policy.agencies(user, "answer_case"))
    return Case.objects.filter(mine)


def agencies_of(user):
    """Whose cases the person may open."""
    return policy.agencies(user, "sort_case") | policy.agencies(user, "answer_case")
