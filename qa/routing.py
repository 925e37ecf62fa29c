"""How a case finds who answers it: the board that received it classifies, forwards, joins or closes it."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from portal.agencies.models import Agency
from portal.editorial.models import Board, Membership
from portal.editorial.roles import Role
from portal.publishing.workflow import Refused
from portal.text.personal import holds
from qa import clock, letters, publication, steps
from qa.models import Case, State
from qa.models.case import OPEN, WITH_THE_BOARD


def able():
    """The agencies that can answer: they have somebody who drafts and somebody else who signs (Article 5.5)."""
    signs = _places(Role.SIGNATORY).filter(board=OuterRef("board")).exclude(user=OuterRef("user"))
    drafts = _places(Role.RESPONDENT).filter(Exists(signs))
    return Agency.objects.in_force().filter(pk__in=drafts.values("board__agency"))


def holding(*roles):
    """The agencies with somebody in one of these places today."""
    return _places(*roles).values("board__agency")


def _places(*roles):
    places = Membership.objects.in_force().filter(role__in=roles, user__is_active=True)
    return places.filter(board__in=Board.objects.in_force())


def receiver_for(agency):
    """Who receives what is asked on the agency's site: its board, or that of the province where it has none at work."""
    at_work = holding(Role.HEAD, Role.DEPUTY, Role.MEMBER, Role.SECRETARY, Role.EDITOR)
    if Agency.objects.filter(pk=agency.pk, pk__in=at_work).exists():
        return agency
    return agency.get_root()


def forward(case, agency, *, by, reason, concerns_all=False, sector=None, version=None):
    """Hands the case to the agency that answers; the date stays that of the receipt. Raises Refused."""
    with transaction.atomic():
        row = steps.begin(case, by=by, action="sort_case", states=(*WITH_THE_BOARD, State.FORWARDED), version=version)
        _refuse_forwarding(row, agency, reason)
        before = row.agency
        row.answers.filter(signed_at=None).delete()  # a draft of the agency that had the case
        row.agency, row.state = agency, State.FORWARDED
        row.concerns_all, row.sector = concerns_all, sector or row.sector
        clock.keep(row, [clock.FORWARD], by=by, agency=row.receiver)
        changes = {"agency": [str(before or ""), agency.name_vi]}
        steps.end(row, "case_forward", by=by, note=reason, changes=changes)
        publication.agree(row)
        letters.forwarded(row)
    return row


def _refuse_forwarding(case, agency, reason):
    if not reason.strip():
        raise Refused(_("Give the reason."))
    if agency.pk == case.agency_id:
        raise Refused(_("The case is with this agency already."))
    if not able().filter(pk=agency.pk).exists():
        words = _("%(agency)s has nobody who drafts answers and somebody else who signs them. Have them named first.")
        raise Refused(words % {"agency": agency})


def give_back(case, *, by, reason, version=None):
    """The agency is not the one to answer: the board that received the case finds another. Raises Refused."""
    with transaction.atomic():
        states = (State.FORWARDED, State.TO_SIGN)
        row = steps.begin(case, by=by, action="answer_case", states=states, version=version)
        if not reason.strip():
            raise Refused(_("Give the reason."))
        changes = {"agency": [row.agency.name_vi, ""]}
        row.answers.filter(signed_at=None).delete()
        row.agency, row.state = None, State.RETURNED
        steps.end(row, "case_return", by=by, note=reason, changes=changes)
        letters.returned(row)
    return row


def declare_out_of_scope(case, *, by, reason, competent_body, version=None):
    """No body of the province answers it: the sender is told at once who does (Article 9.1 đ). Raises Refused."""
    with transaction.atomic():
        row = steps.begin(case, by=by, action="sort_case", states=WITH_THE_BOARD, version=version)
        if not reason.strip():
            raise Refused(_("Give the reason; the sender reads it."))
        row.reason, row.competent_body = reason, competent_body
        steps.close(row, State.OUT_OF_SCOPE)
        steps.end(row, "case_out_of_scope", by=by)
        clock.keep(row, [clock.NOT_COMPETENT], by=by, agency=row.receiver)
        for reader in [row, *row.merged.all()]:
            letters.out_of_scope(reader, row)
    return row


def discard(case, *, by, reason, version=None):
    """No real request: nobody is told, the reason is kept. Raises Refused."""
    with transaction.atomic():
        row = steps.begin(case, by=by, action="sort_case", states=WITH_THE_BOARD, version=version)
        if not reason.strip():
            raise Refused(_("Give the reason."))
        row.reason = reason
        steps.close(row, State.SPAM)
        steps.end(row, "case_discard", by=by, note=reason)
        steps.set_free(row, by=by)
    return row


def merge(case, main, *, by, reason, same_sender, version=None):
    """Joins the case to an earlier one of the same board: its sender gets the same answer. Raises Refused."""
    with transaction.atomic():
        for pk in sorted([main.pk, case.pk]):  # two who join two cases to each other wait for each other in one order
            steps.locked(Case(pk=pk))
        goal = steps.locked(main)
        row = steps.begin(case, by=by, action="sort_case", states=WITH_THE_BOARD, version=version)
        row.merged_into, row.same_sender, row.reason = goal, same_sender, reason
        _refuse_merging(row, goal, reason)
        steps.close(row, State.MERGED)
        steps.end(row, "case_merge", by=by, changes={"merged_into": goal.code})
        letters.merged(row)
        if goal.state == State.ANSWERED:
            letters.answered(row, goal.answer)
    return row


def _refuse_merging(case, goal, reason):
    if not reason.strip():
        raise Refused(_("Give the reason; the sender reads it."))
    if goal.pk == case.pk:
        raise Refused(_("A case cannot be joined to itself."))
    if goal.receiver_id != case.receiver_id or goal.state not in (*OPEN, State.ANSWERED) or goal.erased_at:
        raise Refused(_("Only an open or answered case of the same board can take in another one."))
    if case.merged.exists():
        raise Refused(_("Other cases are joined to this one already; join them to the other case first."))
    if goal.state == State.ANSWERED and (named := named_in(goal, [case])):
        raise Refused(named)


def named_in(main, others, text=None):
    """Why an answer cannot go to other senders: it names the person who asked first. A sentence, or empty."""
    text = main.answer.text if text is None else text
    known = [value for value in (main.name, main.email, main.phone, main.address) if value]
    if not any(not other.same_sender for other in others):
        return ""
    if said := holds(text, known):
        words = _("The answer also goes to other senders, and it says %(words)s. Take that out of it.")
        return words % {"words": ", ".join(f"“{row}”" for row in said)}
    return ""


def cases_like(case):
    """Earlier cases of the same board with the same contact or the same subject: it may be one of them again."""
    known = Case.objects.filter(receiver=case.receiver_id, received_at__lte=case.received_at).exclude(pk=case.pk)
    known = known.filter(state__in=(*OPEN, State.ANSWERED))
    same = known.none()
    for name in ("email", "phone", "subject"):
        if value := getattr(case, name):
            same |= known.filter(**{name: value})
    return same.order_by("-received_at")[:10]
