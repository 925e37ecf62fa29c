"""What the sender may do with an answer: say once whether it satisfies, ask again once within the days of the table."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.workflow import Refused
from qa import clock, letters, steps
from qa.models import Rating, Reopening, State
from qa.routing import able


def rate(answer, *, satisfied, words=""):
    """Raises Refused when the answer was rated before."""
    with transaction.atomic():
        steps.locked(answer.case)
        if Rating.objects.filter(answer=answer).exists():
            raise Refused(_("This answer was rated already. The link works once."))
        rating = Rating(answer=answer, satisfied=satisfied, words=words, at=timezone.now())
        rating.full_clean()
        rating.save()
    return rating


def reopen_until(case):
    """The last day on which the sender may ask again; None where that is not possible (any more)."""
    if case.state != State.ANSWERED or hasattr(case, "reopening") or case.erased_at:
        return None
    last = clock.end_of("reopen", timezone.localdate(case.answered_at))
    return last if last and timezone.localdate() <= last else None


def reopen(case, *, words):
    """The agency answers once more; a clock of its own begins. Raises Refused."""
    with transaction.atomic():
        row = steps.locked(case)
        if reopen_until(row) is None:
            raise Refused(
                _("You may ask again once, within the time that the answer names. A new question is always possible.")
            )
        if not words.strip():
            raise Refused(_("Write what is still open."))
        reopening = Reopening(case=row, words=words, at=timezone.now())
        reopening.full_clean()
        reopening.save()
        row.reopening = reopening
        row.last_extension, row.closed_at, row.keep_until = None, None, None
        row.state = State.FORWARDED
        if not able().filter(pk=row.agency_id).exists():
            row.state, row.agency = State.RETURNED, None
        steps.end(row, "case_reopen", by=None)
        letters.reopened(row)
    return row
