"""Letters about a case: to its sender in the language that was chosen, to the people of the agency in Vietnamese.

The sender's letters carry the secret link; those to the agency name nothing but the code. Nobody has proved that an
address is the sender's own: what comes unread by any board says no word of what was typed, so that nobody writes to
others through the portal.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.editorial.models import Board, Membership
from portal.editorial.roles import Role
from portal.intake import keys
from portal.notices.outbox import enqueue
from portal.subsites.links import PATH_PREFIX, language_prefix
from portal.subsites.models import Site
from qa import clock
from qa.models import Answer, Extension

FOLLOW, RATE = "/hoi-dap/theo-doi/", "/hoi-dap/danh-gia/"
RATING = "rate an answer"  # purpose of the link that works once
TOLD = (Answer, Extension)
LINKS = "case links"  # begins the key of a letter about all cases of one address


def address(case, path):
    """An address on the site where the case was received, in the language that is active."""
    site = Site.objects.filter(agency=case.receiver_id, is_active=True).first()
    mount = f"{PATH_PREFIX}{site.label}" if site and site.label else ""
    return settings.PORTAL_ADDRESS + mount + language_prefix() + path


def secret_path(case):
    return f"{FOLLOW}{case.code}/{keys.secret_of(case.code, case.key_edition)}/"


# --- to the sender ----------------------------------------------------------------------------------------------------


def received(case):
    _tell(case, "received", duties=clock.duties(case))


def forwarded(case):
    _tell(case, "forwarded", duties=clock.duties(case))
    _tell_agency(case, "forwarded", Role.RESPONDENT)


def out_of_scope(case, main):
    """`case` may be one that was joined to `main`."""
    _tell(case, "out_of_scope", main=main)


def merged(case):
    _tell(case, "merged")


def extended(case, extension):
    _tell(case, "extended", extension=extension)


def complex_information(case, words):
    _tell(case, "complex", words=words, duties=clock.duties(case))


def asked_back(case, words, reply_by):
    _tell(case, "asked_back", words=words, reply_by=reply_by)


def answered(case, answer):
    """`case` may be one that was joined to the case of the answer."""
    path = f"{RATE}{answer.pk}/{keys.token_of(RATING, answer.pk)}/"
    own = answer.case_id == case.pk
    may_reopen = own and not hasattr(case, "reopening")
    reopen_until = clock.end_of("reopen", timezone.localdate(answer.signed_at))
    with translation.override(case.language):
        rate_url = address(case, path) if own else ""
    _tell(case, "answered", answer=answer, rate_url=rate_url, reopen_until=reopen_until if may_reopen else None)


def reopened(case):
    _tell(case, "reopened", duties=clock.duties(case))
    _tell_holder(case, "reopened")


def set_free(case):
    _tell(case, "set_free", duties=clock.duties(case))
    arrived(case)


def withdrawn(case):
    _tell(case, "withdrawn")
    if case.agency_id:
        _tell_agency(case, "withdrawn", Role.RESPONDENT)


def links(email, cases, language):
    """The links to the cases of one address, which somebody asked for; one letter in an hour."""
    with translation.override(language):
        context = {"rows": [(case, address(case, secret_path(case))) for case in cases]}
        body = render_to_string("qa/letters/links.txt", context)
        hour = f"{timezone.localtime():%Y%m%d%H}"
        key = f"{LINKS} {min(case.pk for case in cases)} {hour}"
        enqueue(key, to=email, subject=_("Links to your questions and petitions"), body=body, language=language)


def address_changed(case, former):
    """To the address that was given before: whoever changed it can be found out."""
    _write(case, "address_changed", former)


def _tell(case, name, **context):
    if case.email:
        _write(case, name, case.email, **context)


def _write(case, name, to, **context):
    with translation.override(case.language):
        context = {
            "case": case,
            "kind": case.get_kind_display(),
            "site_agency": case.receiver,
            "url": address(case, secret_path(case)),
            "secret": keys.secret_of(case.code, case.key_edition),
            **context,
        }
        body = render_to_string(f"qa/letters/{name}.txt", context)
        subject = f"[{case.code}] {_subject(name)}"
        # of who was joined the own version does not move: what is told tells the letters apart
        told = next((f"{row._meta.model_name}{row.pk} " for row in context.values() if isinstance(row, TOLD)), "")
        key = f"case {case.pk} {case.version} {told}{name}"
        enqueue(key, to=to, subject=subject, body=body, language=case.language, about=case)


def _subject(name):
    return {
        "received": _("We have received what you sent"),
        "forwarded": _("Forwarded to the agency that answers"),
        "out_of_scope": _("Another body is competent"),
        "merged": _("Joined to an earlier request"),
        "extended": _("Progress, and the date of the answer"),
        "complex": _("Your request for information is complex"),
        "asked_back": _("Please add what is missing"),
        "answered": _("The answer to what you sent"),
        "reopened": _("Your matter is looked at again"),
        "set_free": _("Your request is dealt with on its own again"),
        "withdrawn": _("Withdrawn as you asked"),
        "address_changed": _("Your e-mail address was changed"),
    }[name]


# --- to the people who work on it -------------------------------------------------------------------------------------


def to_sign(case):
    _tell_agency(case, "to_sign", Role.SIGNATORY)


def replied(case):
    _tell_holder(case, "replied")


def no_reply(case):
    _tell_holder(case, "no_reply")


def _tell_holder(case, name):
    if case.agency_id:
        _tell_agency(case, name, Role.RESPONDENT)
    else:
        _tell_people(case, name, case.receiver_id, Role.SECRETARY, Role.EDITOR)


def returned(case):
    _tell_people(case, "returned", case.receiver_id, Role.SECRETARY, Role.EDITOR)


def arrived(case):
    """To the board, one letter in an hour however many come in."""
    hour = f"{timezone.localtime():%Y%m%d%H}"
    _tell_people(case, "arrived", case.receiver_id, Role.SECRETARY, Role.EDITOR, key=f"cases of {hour}")


def _tell_agency(case, name, *roles):
    _tell_people(case, name, case.agency_id, *roles)


def _tell_people(case, name, agency, *roles, key=None):
    boards = Board.objects.in_force().filter(agency=agency)
    places = Membership.objects.in_force().filter(board__in=boards, role__in=roles, user__is_active=True)
    people = dict.fromkeys(row.user for row in places.select_related("user").order_by("user") if row.user.email)
    with translation.override(settings.LANGUAGE_CODE):
        url = settings.PORTAL_ADDRESS + reverse("admin:qa_case_change", args=[case.pk])
        context = {"case": case, "what": _for_colleagues(name), "url": url, "duties": clock.duties(case)}
        if key:
            context |= {"url": settings.PORTAL_ADDRESS + reverse("admin:qa_case_changelist"), "duties": []}
        for user in people:
            body = render_to_string("qa/letters/colleague.txt", {**context, "user": user})
            subject = context["what"] if key else f"[{case.code}] {context['what']}"
            own_key = f"{key or f'case {case.pk} {case.version} {name}'} to {user.pk}"
            enqueue(own_key, to=user.email, subject=subject, body=body)


def _for_colleagues(name):
    return {
        "arrived": _("New questions or petitions have come in"),
        "forwarded": _("A case was forwarded to your agency"),
        "returned": _("An agency sent a case back"),
        "to_sign": _("An answer waits for your signature"),
        "replied": _("The sender has replied"),
        "no_reply": _("The sender has not replied in time; the clock runs again"),
        "reopened": _("The sender asks again"),
        "withdrawn": _("The sender has withdrawn the case"),
    }[name]
