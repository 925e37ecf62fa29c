"""How documents come to the gazette: sent by their agency, placed into an issue, rejected or moved by the province.

Sending keeps the three days of L1 and begins the seven days of L2.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document
from gazette.models import Entry, Issue, Submission
from portal.agencies.models import Agency
from portal.editorial import audit, policy
from portal.editorial.roles import State
from portal.obligations import ledger
from portal.publishing import editing
from portal.publishing.workflow import Refused

SENT, PRINTED = "L1", "L2"


def province():
    return Agency.objects.get(parent=None)


def sendable(documents):
    """Those that may be sent: public or approved, neither on their way to the gazette nor printed in it."""
    on_their_way = Submission.objects.exclude(state=Submission.State.REJECTED).values("document")
    ready = documents.in_state(State.APPROVED, State.PUBLISHED, State.ARCHIVED)
    return ready.exclude(pk__in=on_their_way).exclude(pk__in=Entry.objects.printed().values("document"))


def send(document, *, by):
    """Sends the document to the gazette, where it is placed into the next planned issue. Raises Refused."""
    with transaction.atomic():
        planned = _locked_plan()
        fresh = Document.objects.select_for_update().get(pk=document.pk)
        policy.forget(by)
        _refuse_sending(fresh, by)
        now = timezone.now()
        submission = Submission(document=fresh, by=by, received_at=now)
        _place(submission, planned, timezone.localdate(now))
        submission.save()
        ledger.fulfil(fresh, [SENT], {fresh.agency_id: (now, by)})
        ledger.expect(submission, [ledger.Claim(PRINTED, province(), timezone.localdate(now))], by=by)
        audit.record("gazette_send", submission, by=by, at=now, note=submission.note)
    return submission


def _refuse_sending(document, by):
    if not policy.agencies(by, "edit").filter(pk=document.agency_id).exists():
        raise Refused(_("Your role on the editorial board of this site does not include this action."))
    if not sendable(Document.objects.filter(pk=document.pk)).exists():
        if not document.is_readable and document.current_state != State.APPROVED:
            raise Refused(_("The document is neither public nor approved."))
        raise Refused(_("The document was sent to the gazette already."))


def _locked_plan():
    """The planned issues; issues are locked before documents and submissions, as publication does."""
    return list(Issue.objects.planned().in_sequence().select_for_update())


def _place(submission, planned, day):
    """Into the first planned issue that still takes documents; the note says which one came too early for it."""
    missed = []
    for issue in planned:
        if issue.takes_documents(day):
            submission.issue, submission.state = issue, Submission.State.PLACED
            break
        missed.append(issue)
    submission.note = _note(submission.issue, missed)


def _note(issue, missed):
    parts = [_closed(row) for row in missed]
    if issue and missed:
        parts.append(_("It goes into %(issue)s.") % {"issue": issue.title_vi})
    elif missed:
        parts.append(_("It waits for the issue after it."))
    return " ".join(parts)[:600]


def _closed(issue):
    if issue.closes_on and issue.closes_on < timezone.localdate():
        words = _("%(issue)s took documents until %(date)s.")
        return words % {"issue": issue.title_vi, "date": f"{issue.closes_on:%d/%m/%Y}"}
    return _("%(issue)s takes no documents any more.") % {"issue": issue.title_vi}


def place_waiting():
    """Places what waits for an issue, in the order of arrival. Returns how many."""
    placed = 0
    with transaction.atomic():
        planned = _locked_plan()
        waiting = Submission.objects.open().filter(issue=None).order_by("received_at", "pk")
        for row in waiting.select_for_update(of=["self"]).select_related("document__agency"):
            _place(row, planned, timezone.localdate())
            if row.issue:
                row.save()
                audit.record("gazette_place", row, by=None, changes={"issue": row.issue.title_vi})
                placed += 1
    return placed


def release(issue):
    """Before a planned issue is deleted: what was placed into it waits again."""
    issue.submissions.open().update(issue=None, state=Submission.State.WAITING)


def reject(submission, *, by, reason):
    """Turns a document down; its agency may send it again. Raises ValidationError."""
    with transaction.atomic():
        row = _locked(submission, by)
        if not reason.strip():
            raise Refused(_("Give the reason."))
        _refuse_if_composed(row)
        row.state, row.issue, row.reason = Submission.State.REJECTED, None, reason
        row.save()
        ledger.expect(row, [], by=by, reason=reason)
        audit.record("gazette_reject", row, by=by, note=reason)
    return row


def move(submission, issue, *, by):
    """Places a document into another planned issue. Raises Refused."""
    with transaction.atomic():
        goal = Issue.objects.select_for_update().get(pk=issue.pk)
        row = _locked(submission, by)
        if goal.is_issued or goal.state != State.DRAFT:
            raise Refused(_("“%(issue)s” takes no documents any more.") % {"issue": goal.title_vi})
        if goal.pk == row.issue_id:
            raise Refused(_("Nothing was changed."))
        _refuse_if_composed(row)
        row.state, row.issue, row.note = Submission.State.PLACED, goal, ""
        row.save()
        audit.record("gazette_move", row, by=by, changes={"issue": goal.title_vi})
    return row


def _locked(submission, by):
    row = Submission.objects.select_for_update(of=["self"]).select_related("document__agency").get(pk=submission.pk)
    policy.forget(by)
    if not policy.agencies(by, "edit").filter(parent=None).exists():
        raise Refused(_("The editorial board of the province decides on this."))
    if row.state not in Submission.OPEN:
        raise Refused(_("This was decided on meanwhile."))
    return row


def _refuse_if_composed(row):
    held = Entry.objects.filter(issue__in=Issue.objects.planned(), document=row.document_id).select_related("issue")
    if entry := held.first():
        raise Refused(_("The document stands in “%(issue)s”. Take it out of it first.") % {"issue": entry.issue})


def take_over(issue, *, by):
    """Puts the documents that were received for the issue into it. Returns how many. Raises Refused."""
    with transaction.atomic():
        fresh = Issue.objects.select_for_update().get(pk=issue.pk)
        policy.forget(by)
        if sentence := policy.refusal(by, "edit", fresh) or refusal_of_change(fresh):
            raise Refused(sentence)
        rows = list(to_take_over(fresh))
        for row in rows:
            Entry.objects.create(issue=fresh, document=row.document)
        if rows:
            editing.store(fresh, by=by, changes={"entries": ", ".join(str(row) for row in rows)[:200]})
    return len(rows)


def to_take_over(issue):
    rows = issue.submissions.open().exclude(document__in=issue.entries.values("document"))
    return rows.select_related("document__issuer", "document__agency").order_by("received_at", "pk")


def refusal_of_change(issue):
    """Why an issue cannot be changed any more: a sentence, or empty."""
    if not issue.is_issued:
        return ""
    return _("An issue that was public is never changed: put errors right by a document in a later issue.")
