"""The story of a case in the words of its sender: what happened when, and where it was."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.editorial.models import AuditEvent

# what the sender reads; drafts, notes and readings are the agency's own
TOLD = (
    "case_receive",
    "case_forward",
    "case_return",
    "case_ask_back",
    "case_reply",
    "case_no_reply",
    "case_go_on",
    "case_extend",
    "case_complex",
    "case_answer",
    "case_out_of_scope",
    "case_merge",
    "case_set_free",
    "case_reopen",
    "case_withdraw",
    "case_correct",
    "case_consent",
    "case_consent_given",
)


def timeline(case):
    """[(time, sentence)], the first first."""
    events = AuditEvent.objects.of(case).filter(action__in=TOLD).order_by("at", "pk")
    return [(event.at, _sentence(event)) for event in events]


def _sentence(event):
    agency = event.changes.get("agency", "")
    facts = {"agency": agency[1] or agency[0] if isinstance(agency, list) else agency}
    facts["date"] = "/".join(reversed(event.changes.get("promised", event.changes.get("reply_by", "")).split("-")))
    return {
        "case_receive": pgettext("case", "Received"),
        "case_forward": _("Forwarded to %(agency)s"),
        "case_return": _("%(agency)s is not the one to answer: the board looks for another"),
        "case_ask_back": _("You were asked to add something by %(date)s; the clock stood still"),
        "case_reply": _("You replied"),
        "case_no_reply": _("The day for your reply passed; the clock ran again"),
        "case_go_on": _("The agency went on without waiting longer"),
        "case_extend": _("You were told of the progress; the answer is promised by %(date)s"),
        "case_complex": _("The information was found to be complex"),
        "case_answer": _("Answered by %(agency)s"),
        "case_out_of_scope": _("Another body is competent"),
        "case_merge": _("Joined to an earlier request"),
        "case_set_free": _("Taken out of the other request again: the board classifies it anew"),
        "case_reopen": _("You asked again"),
        "case_withdraw": _("You withdrew it"),
        "case_correct": _("You corrected your data"),
        "case_consent": _("You took a consent back"),
        "case_consent_given": _("You gave a consent"),
    }[event.action] % facts
