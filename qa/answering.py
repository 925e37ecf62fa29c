"""The answer: the agency's respondents draft it, its head signs, and the sender has it (Articles 5.5 and 9.1 đ)."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.intake import uploads
from portal.obligations import ledger
from portal.publishing.workflow import Refused
from qa import clock, letters, steps
from qa.models import Answer, Case, CaseFile, Clarification, Extension, State
from qa.routing import named_in

AT_WORK = (State.FORWARDED, State.TO_SIGN)
LONGEST_PROMISE = timedelta(days=366)


def write(case, *, by, text, interprets_law=False, documents=(), version=None):
    """Stores the draft of an answer; who changed it last cannot sign it. `version` is that of the draft: 0 for none."""
    with transaction.atomic():
        row = steps.begin(case, by=by, action="answer_case", states=AT_WORK)
        draft = row.draft or Answer(case=row, number=row.answers.count() + 1, agency=row.agency, version=0)
        if version is not None and version != draft.version:
            raise Refused(_("The draft was changed meanwhile. Compare yours with it and store again."))
        draft.text, draft.interprets_law = text, interprets_law
        draft.agency, draft.drafted_by, draft.drafted_at = row.agency, by, timezone.now()
        draft.version += 1
        draft.submitted_at = None
        draft.full_clean()
        draft.save()
        draft.documents.set(documents)
        row.state = State.FORWARDED
        steps.end(row, "case_draft", by=by)
    return draft


def submit(case, *, by, version=None):
    """Lays the draft before the head of the agency. Raises Refused."""
    with transaction.atomic():
        row = steps.begin(case, by=by, action="answer_case", states=[State.FORWARDED], version=version)
        _refuse_incomplete(row)
        row.answers.filter(signed_at=None).update(submitted_at=timezone.now())
        row.state = State.TO_SIGN
        steps.end(row, "case_submit", by=by)
        letters.to_sign(row)
    return row


def _refuse_incomplete(case):
    draft = case.draft
    if draft is None or not draft.text.strip():
        raise Refused(_("Write the answer first."))
    if draft.interprets_law and not draft.documents.exists():
        raise Refused(_("The answer interprets the law: cite the document of the portal that it rests on."))
    if named := named_in(case, case.merged.all(), draft.text):
        raise Refused(named)


def send_back(case, *, by, reason, version=None):
    """The head wants the draft changed. Raises Refused."""
    with transaction.atomic():
        row = steps.begin(case, by=by, action="sign_case", states=[State.TO_SIGN], version=version)
        if not reason.strip():
            raise Refused(_("Give the reason."))
        row.answers.filter(signed_at=None).update(submitted_at=None)
        row.state = State.FORWARDED
        steps.end(row, "case_send_back", by=by, note=reason)
    return row


def sign(case, *, by, version=None):
    """The head of the agency signs; the sender has the answer and the duty is kept. Raises Refused."""
    with transaction.atomic():
        row = steps.begin(case, by=by, action="sign_case", states=[State.TO_SIGN], version=version)
        _refuse_incomplete(row)
        draft = row.draft
        if draft.drafted_by_id == by.pk:
            raise Refused(_("You wrote this draft. Another person of the agency signs it (Article 5.4)."))
        draft.signed_by, draft.signed_at = by, timezone.now()
        draft.net_days = clock.net_days(row, timezone.localdate())
        draft.save()
        clock.keep(row, [*clock.ANSWERING, clock.PROMISE], by=by)
        if row.concerns_all and row.answered_at:  # the public version says an answer that this one follows
            ledger.reopen(row, [clock.PUBLISH], by=by, reason=_("the sender was answered once more"))
        row.answered_at = draft.signed_at
        steps.close(row, State.ANSWERED)
        steps.end(row, "case_answer", by=by, changes={"agency": row.agency.name_vi})
        for reader in [row, *row.merged.all()]:
            letters.answered(reader, draft)
    return row


def extend(case, promised, *, by, words, version=None):
    """Tells the sender of the progress and promises a date: the first duty is kept, a second one begins.

    From the second notice on the head of the agency decides. Raises Refused.
    """
    with transaction.atomic():
        before = steps.locked(case).last_extension
        action = "sign_case" if before else "answer_case"
        row = steps.begin(case, by=by, action=action, states=AT_WORK, version=version)
        _refuse_promise(row, promised, words)
        round_ = 2 if hasattr(row, "reopening") else 1
        number = before.number + 1 if before else 1
        clock.keep(row, clock.ANSWERING, by=by)
        facts = {
            "promised": promised,
            "words": words,
            "by": by,
            "number": number,
            "round": round_,
            "told_at": timezone.now(),
        }
        extension = Extension(case=row, **facts)
        extension.full_clean()
        extension.save()
        row.last_extension = extension
        steps.end(row, "case_extend", by=by, changes={"promised": promised.isoformat(), "number": number})
        for reader in [row, *row.merged.all()]:
            letters.extended(reader, extension)
    return row


def _refuse_promise(case, promised, words):
    today = timezone.localdate()
    if not words.strip():
        raise Refused(_("Tell the sender how far the matter is and why it takes longer."))
    if not today < promised <= today + LONGEST_PROMISE:
        raise Refused(_("Promise a date after today and within a year."))
    if named := named_in(case, case.merged.all(), words):
        raise Refused(named)
    latest = clock.latest_promise(case)
    if latest and promised > latest:
        words = _("The law allows %(date)s at the latest for complex information.")
        raise Refused(words % {"date": f"{latest:%d/%m/%Y}"})


def declare_complex(case, *, by, words, version=None):
    """Tells within the first days that the information is complex: it is owed within the longer time of the law."""
    with transaction.atomic():
        row = steps.begin(case, by=by, action="answer_case", states=AT_WORK, version=version)
        if row.is_extended or clock.codes(row, timezone.localdate(row.received_at)) != [clock.INFORM]:
            raise Refused(_("This is only for requests for information under the Law on Access to Information."))
        if not words.strip():
            raise Refused(_("Give the reason; the sender reads it."))
        clock.keep(row, [clock.INFORM], by=by)
        row.is_complex = True
        steps.end(row, "case_complex", by=by)
        letters.complex_information(row, words)
    return row


# --- the sender owes something ----------------------------------------------------------------------------------------


def ask_back(case, *, by, words, reply_by=None, version=None):
    """Asks the sender to clarify; the clock stands still until the reply, at the latest until the day of `reply_by`.

    Raises Refused.
    """
    with transaction.atomic():
        action = "answer_case" if steps.locked(case).agency_id else "sort_case"
        states = (State.FORWARDED, State.RECEIVED, State.RETURNED)
        row = steps.begin(case, by=by, action=action, states=states, version=version)
        today = timezone.localdate()
        reply_by = reply_by or clock.end_of("reply", today)
        if not words.strip():
            raise Refused(_("Write what the sender is to add."))
        if reply_by is None or not today < reply_by <= today + timedelta(days=60):
            raise Refused(_("Give the sender a day after today and within sixty days."))
        asked = {"asked_by": by, "asked_at": timezone.now(), "words": words, "reply_by": reply_by}
        Clarification.objects.create(case=row, **asked)
        row.state = State.WAITING
        steps.end(row, "case_ask_back", by=by, changes={"reply_by": reply_by.isoformat()})
        letters.asked_back(row, words, reply_by)
    return row


def reply(case, *, text, token):
    """The sender's reply. The same token again changes nothing. Raises Refused."""
    with transaction.atomic():
        row = steps.locked(case)
        if sent := row.clarifications.filter(token=token).first():
            if sent.reply == text:
                return row
            token = uuid4()  # another reply, written on a page of the former one
        waiting = row.clarifications.filter(ended_at=None).first()
        if row.state != State.WAITING or waiting is None:
            raise Refused(_("No clarification is expected any more. You may write to the agency, or ask anew."))
        waiting.reply, waiting.replied_at, waiting.token = text, timezone.now(), token
        waiting.full_clean()
        for name, facts in uploads.claim(token):
            CaseFile.objects.create(case=row, file=name, **facts)
        _end_waiting(row, waiting, "case_reply", by=None, reason=gettext_lazy("the sender has replied"))
        letters.replied(row)
    return row


def go_on(case, *, by, reason, version=None):
    """The agency goes on without waiting longer. Raises Refused."""
    with transaction.atomic():
        action = "answer_case" if steps.locked(case).agency_id else "sort_case"
        row = steps.begin(case, by=by, action=action, states=[State.WAITING], version=version)
        waiting = row.clarifications.get(ended_at=None)
        _end_waiting(row, waiting, "case_go_on", by=by, reason=reason or gettext_lazy("the agency waits no longer"))
    return row


def end_waiting():
    """The worker's chore: the day for the reply has passed, the clock runs again. Returns in how many cases."""
    ended = 0
    late = Clarification.objects.filter(ended_at=None, reply_by__lt=timezone.localdate())
    for pk in list(late.values_list("case", flat=True)):
        with transaction.atomic():
            row = steps.locked(Case(pk=pk))
            waiting = row.clarifications.filter(ended_at=None, reply_by__lt=timezone.localdate()).first()
            if waiting is None:
                continue
            _end_waiting(
                row, waiting, "case_no_reply", by=None, reason=gettext_lazy("the day for the reply has passed")
            )
            letters.no_reply(row)
            ended += 1
    return ended


def _end_waiting(case, waiting, action, *, by, reason):
    waiting.ended_at = timezone.now()
    waiting.save()
    case.state = State.FORWARDED if case.agency_id else State.RECEIVED
    with translation.override(settings.LANGUAGE_CODE):
        clock.go_on(case, by=by, reason=str(reason))
    steps.end(case, action, by=by)
