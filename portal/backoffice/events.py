"""Says in words what the audit keeps in codes."""

import re

from django.utils.dateparse import parse_datetime
from django.utils.formats import localize
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.backoffice.comparison import in_words
from portal.editorial.roles import State
from portal.publishing.editing import differences
from portal.publishing.workflow import TRANSITIONS
from portal.text.html import plain_text

CUT_TAG = re.compile(r"<[^>]*$")  # of rich text that was shortened for the audit
ACTIONS = {row.name: row.label for row in TRANSITIONS.values()} | {
    "create": gettext_lazy("Written"),
    "edit": gettext_lazy("Edited"),
    "delete": gettext_lazy("Deleted"),
    "publish": gettext_lazy("Went public"),
    "expire": gettext_lazy("Moved to the archive at the end of its display"),
    "revise": gettext_lazy("Change proposed"),
    "correct": gettext_lazy("Change approved"),
    "refuse_revision": gettext_lazy("Change refused"),
    "redate": gettext_lazy("Time limit counted anew"),
    "retrigger": gettext_lazy("Date of the event changed"),
    "reopen_duty": gettext_lazy("Time limit runs again"),
    "pause": gettext_lazy("Clock stopped"),
    "resume": gettext_lazy("Clock set running again"),
    "waive": gettext_lazy("Duty waived"),
    "void": gettext_lazy("Duty no longer applies"),
    "rule": gettext_lazy("Rule changed"),
}


def action_name(action):
    return ACTIONS.get(action, action)


def describe(event, model):
    """[(what, value)] of an audit row's changes."""
    changes = event.changes
    if "from" in changes:
        return _step(changes)
    fields = {field.name: field for field in model._meta.get_fields()}
    if "after" in changes:
        changed = differences(changes["before"], changes["after"])
        changes = {name: in_words(fields[name], value) for name, _old, value in changed}
    return [(_label(fields, name), _short(value)) for name, value in changes.items()]


def _step(changes):
    rows = [(_("State"), f"{_state(changes['from'])} → {_state(changes['to'])}")]
    if changes.get("publish_at"):
        rows.append((_("Goes public at"), localize(localtime(parse_datetime(changes["publish_at"])))))
    if changes.get("declared_no_secret"):
        rows.append((_("Declared"), _("holds no state secret, business secret or personal secret (Article 3.2)")))
    return rows


def _state(value):
    return State(value).label if value in State.values else value


def _label(fields, name):
    return getattr(fields.get(name), "verbose_name", name)


def _short(value):
    return "" if value == "None" else Truncator(plain_text(CUT_TAG.sub("", value))).words(60)
