"""A reader reports an error in a public item, its owner answers: entered, dated, kept and audited here alone."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.editorial import audit, policy
from portal.feedback.models import RULE, ErrorReport
from portal.notices.outbox import enqueue
from portal.obligations import ledger
from portal.subsites.links import PATH_PREFIX
from portal.subsites.models import Site

AT_MOST = 20  # reports about one item
WITHIN = timedelta(hours=24)
State = ErrorReport.State


def receive(item, *, text, email, token):
    """Enters a report and what is owed for it. The same token again gives the first row. Raises ValidationError."""
    with transaction.atomic():
        # the lock puts those who write about one item at one moment into a row: they are counted
        item = type(item).objects.select_for_update().get(pk=item.pk)
        if first := ErrorReport.objects.filter(token=token).first():
            return first
        _refuse(item)
        facts = {"item": item, "item_title": str(item)[:300], "agency": item.agency, "received_at": timezone.now()}
        report = ErrorReport(**facts, text=text, email=email, token=token)
        report.full_clean()
        report.save()
        audit.record("report_error", report, by=None)
        today = timezone.localdate(report.received_at)
        ledger.expect(report, [ledger.Claim(code=RULE, agency=item.agency, triggered_on=today)], by=None)
    return report


def _refuse(item):
    if not item.is_readable:
        raise ValidationError(_("This item is not public any more."))
    if ErrorReport.objects.about(item).filter(received_at__gt=timezone.now() - WITHIN).count() >= AT_MOST:
        raise ValidationError(
            _(
                "Many reports about this item have come in within the last 24 hours and are being looked at. "
                "Please send yours tomorrow, or use the contact page."
            )
        )


def answer(report, *, by, state, answer):
    """Closes a report with words for the reader, and keeps the duty. Raises ValidationError; then nothing changed."""
    with transaction.atomic():
        row = ErrorReport.objects.select_for_update().get(pk=report.pk)
        policy.forget(by)
        _refuse_answer(row, by=by, state=state, answer=answer)
        row.state, row.answer, row.answered_by, row.answered_at = state, answer, by, timezone.now()
        row.full_clean()
        row.save()
        ledger.fulfil(row, [RULE], {row.agency_id: (row.answered_at, by)})
        audit.record("answer_report", row, by=by, note=row.answer, changes={"state": row.state})
        if row.email:
            _write(row)
    return row


def _refuse_answer(row, *, by, state, answer):
    if not policy.agencies(by, "answer_report").filter(pk=row.agency_id).exists():
        raise ValidationError(_("Your role on the editorial board of this site does not include this action."))
    if row.state != State.OPEN:
        raise ValidationError(_("This report was answered meanwhile. Read the answer below."))
    if state not in (State.CORRECTED, State.NO_ERROR):
        raise ValidationError(_("Say whether the error was corrected or there is none."))
    if not answer.strip():
        raise ValidationError(_("Write an answer: the reader wants to know what became of the report."))


def _write(report):
    """The letter to the reader, in Vietnamese whatever language the editor works in."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Your report of an error: %(title)s") % {"title": report.item_title}
        context = {"report": report, "url": _address(report), "agency": report.agency}
        body = render_to_string("feedback/answer.txt", context)
        enqueue(f"error report {report.pk}", to=report.email, subject=subject, body=body)


def _address(report):
    """The item before the public; empty while readers cannot open it."""
    site = Site.objects.filter(agency=report.agency_id, is_active=True).first()
    if site is None or report.item is None or not report.item.is_readable:
        return ""
    mount = f"{PATH_PREFIX}{site.label}" if site.label else ""
    return settings.PORTAL_ADDRESS + mount + report.item.path()
