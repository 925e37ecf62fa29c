"""What is owed for a case, by whom and until when: kept in the ledger of Article 9.

The clock starts with the receipt at the server, or with the sender's asking again. Another agency takes over the same
date. Whoever held a case past a date keeps the record of it: that duty ends late and is not taken away.
"""

from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.obligations import ledger
from portal.obligations.models import Obligation
from portal.obligations.rules import RuleBook
from portal.workdays.calendars import add_days, add_working_days, read_calendar, working_days_between
from qa.models import Kind, State, Term

NOT_COMPETENT, ANSWER, PROMISE, PUBLISH, FORWARD = "D11", "D12", "D13", "D14", "L6"
INFORM, INFORM_COMPLEX, INFORM_LATER = "L10", "L10.2", "L10.3"
ANSWERING = (ANSWER, INFORM, INFORM_COMPLEX)
# nothing is owed for these any more
DROPPED = (State.MERGED, State.SPAM, State.WITHDRAWN)


def settle(case, *, by, reason=""):
    """After a step: the duties of the case agree with where it stands."""
    for item, wanted in _wanted(case):
        _agree(item, wanted, by=by, reason=reason)


def _wanted(case):
    """[(item of the ledger, its claims)]: the case itself, its reopening, and the notices of progress."""
    reopening = getattr(case, "reopening", None)
    yield case, [*([] if reopening else _to_answer(case, timezone.localdate(case.received_at))), *_of_the_board(case)]
    if reopening:
        yield reopening, _to_answer(case, timezone.localdate(reopening.at))
    for extension in case.extensions.all():
        is_last = extension.pk == case.last_extension_id and case.is_open
        told = timezone.localdate(extension.told_at)
        promise = ledger.Claim(PROMISE, case.holder, told, extension.promised)
        yield extension, [promise] if is_last else []


def _to_answer(case, day):
    """Until the sender has an answer or was told of a date; a notice of progress has satisfied this."""
    if not case.is_open or case.is_extended:
        return []
    return [ledger.Claim(code, case.holder, day) for code in codes(case, day)]


def codes(case, day):
    """The rules under which the answer is owed. Before the Law on Access to Information requests were questions."""
    if case.kind != Kind.INFORMATION or RuleBook().rule(INFORM, day) is None:
        return [ANSWER]
    return [INFORM_COMPLEX if case.is_complex else INFORM]


def _of_the_board(case):
    received = timezone.localdate(case.received_at)
    if case.concerns_all and case.answered_at:  # also when the sender asks again, or is content without more
        yield ledger.Claim(PUBLISH, case.receiver, timezone.localdate(case.answered_at))
    if case.state in DROPPED:
        return
    if case.state == State.OUT_OF_SCOPE:
        reopening = getattr(case, "reopening", None)
        yield ledger.Claim(NOT_COMPETENT, case.receiver, timezone.localdate(reopening.at) if reopening else received)
    elif case.kind == Kind.PETITION and case.agency is None:
        yield ledger.Claim(FORWARD, case.receiver, received)


def _agree(item, wanted, *, by, reason):
    keys = {(claim.code, claim.agency.pk) for claim in wanted}
    rows = list(Obligation.objects.of(item))
    for row in rows:
        if (row.code, row.agency_id) in keys:
            if row.fulfilled_at and row.code in (*ANSWERING, PROMISE):  # it came back to who had it before
                ledger.reopen(item, [row.code], by=by, reason=reason, agency=row.agency)
        elif row.is_overdue() and row.code in (*ANSWERING, PROMISE, FORWARD):
            ledger.fulfil(item, [row.code], {row.agency_id: (timezone.now(), by)})
    kept = [
        ledger.Claim(row.code, row.agency, row.triggered_on, row.promised)
        for row in Obligation.objects.of(item).exclude(fulfilled_at=None).select_related("agency")
        if (row.code, row.agency_id) not in keys
    ]
    ledger.expect(item, [*wanted, *kept], by=by, reason=reason)
    if spans := list(_spans(item)):
        for row in Obligation.objects.of(item).open().exclude(code=PUBLISH):
            _stand_still(row, spans)


def _stand_still(row, spans):
    """The days of the sender go with the case, whoever holds it and whichever rule it is under."""
    known = list(row.pauses.counted())
    for first, last, by in spans:
        if not any(pause.first <= last and (pause.last is None or first <= pause.last) for pause in known):
            ledger.take_over_pause(row, first, last, by=by, reason=_("waiting for the sender's clarification"))


def _spans(item):
    """[(first day, last day, who asked)] in which the sender owed something since the item of the ledger began."""
    case = getattr(item, "duty_of", item)
    start = getattr(item, "told_at", None) or getattr(item, "at", None) or case.received_at
    free = date.min
    for row in case.clarifications.filter(asked_at__gte=start).select_related("asked_by").order_by("asked_at", "pk"):
        first = max(timezone.localdate(row.asked_at), free)
        last = min(timezone.localdate(row.ended_at), row.reply_by) if row.ended_at else row.reply_by
        if first <= last:
            yield first, last, row.asked_by
            free = last + timedelta(days=1)


def keep(case, codes, *, by, agency=None):
    """What the agency owed under these rules is done, at this moment: for the case, its reopening, its promises."""
    done = {(agency or case.holder).pk: (timezone.now(), by)}
    for item, _claims in _wanted(case):
        ledger.fulfil(item, codes, done)


def duties(case):
    """The duties of the case and its parts, the most pressing first."""
    ours = Q(pk__in=[])
    for item, _claims in _wanted(case):
        ours |= Q(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)
    found = Obligation.objects.filter(ours).select_related("rule", "agency")
    shown = [row for row in found if row.status not in Obligation.NOT_MEASURED]
    return sorted(shown, key=lambda row: (row.status != Obligation.Status.OPEN, row.due is None, row.due, row.pk))


# --- while the sender owes something ----------------------------------------------------------------------------------


def go_on(case, *, by, reason):
    """The sender has replied: the day of the reply is not counted, like that of the receipt."""
    today = timezone.localdate()
    for row in _running(case):
        if row.pauses.counted().unfinished(today + timedelta(days=1)).exists():
            ledger.resume(row, by=by, reason=reason, last=today)


def _running(case):
    return [row for row in duties(case) if row.status == Obligation.Status.OPEN]


# --- periods ----------------------------------------------------------------------------------------------------------


def term(subject, day=None):
    """The row of the table in force on the day; None where there is none."""
    return Term.objects.in_force(day).filter(subject=subject).first()


def end_of(subject, start):
    """The last day of a period that begins with `start`; None where the table says nothing."""
    row = term(subject, start)
    if row is None:
        return None
    if row.unit == Term.Unit.WORKING_DAYS:
        return add_working_days(start, row.days, calendar=read_calendar())
    return start + timedelta(days=row.days)


def latest_promise(case):
    """Complex information may be extended once, by the days of the law; None: no such bound."""
    item = getattr(case, "reopening", None) or case
    start = timezone.localdate(item.received_at if item is case else item.at)
    book = RuleBook()
    rule, more = book.rule(INFORM_COMPLEX, start), book.rule(INFORM_LATER, start)
    if case.kind != Kind.INFORMATION or rule is None or more is None:
        return None
    calendar = read_calendar()
    due = add_working_days(start, rule.days, calendar=calendar, paused=[span[:2] for span in _spans(item)])
    return add_days(due, more.days, calendar=calendar)


def net_days(case, day):
    """Working days from the receipt, or the last asking again, to `day`, without those of the sender."""
    item = getattr(case, "reopening", None) or case
    start = timezone.localdate(item.received_at if item is case else item.at)
    calendar = read_calendar()
    spent = working_days_between(start, day, calendar=calendar)
    for first, last, _by in _spans(item):
        first, last = max(first, start + timedelta(days=1)), min(last, day)
        if first <= last:
            spent -= working_days_between(first - timedelta(days=1), last, calendar=calendar)
    return max(0, spent)
