"""Says in words what the audit keeps in codes."""

import re
from contextlib import suppress

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
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
    "load_demo": gettext_lazy("Demonstration data loaded"),
    "calendar_added": gettext_lazy("Calendar day added"),
    "calendar_changed": gettext_lazy("Calendar day changed"),
    "calendar_confirmed": gettext_lazy("Calendar day confirmed"),
    "calendar_removed": gettext_lazy("Calendar day removed"),
    "calendar_year": gettext_lazy("Calendar year changed"),
    "board_added": gettext_lazy("Board entered"),
    "board_changed": gettext_lazy("Board changed"),
    "board_removed": gettext_lazy("Board removed"),
    "place_added": gettext_lazy("Place on a board given"),
    "place_changed": gettext_lazy("Place on a board changed"),
    "place_removed": gettext_lazy("Place on a board removed"),
    "synonyms_added": gettext_lazy("Synonyms entered"),
    "synonyms_changed": gettext_lazy("Synonyms changed"),
    "synonyms_removed": gettext_lazy("Synonyms removed"),
    "bet_added": gettext_lazy("Recommended result entered"),
    "bet_changed": gettext_lazy("Recommended result changed"),
    "bet_removed": gettext_lazy("Recommended result removed"),
    "statement_added": gettext_lazy("Text to accept entered"),
    "statement_changed": gettext_lazy("Text to accept changed"),
    "statement_removed": gettext_lazy("Text to accept removed"),
    "challenge_added": gettext_lazy("Question for people entered"),
    "challenge_changed": gettext_lazy("Question for people changed"),
    "challenge_removed": gettext_lazy("Question for people removed"),
    "report_error": gettext_lazy("Error reported by a reader"),
    "answer_report": gettext_lazy("Report of an error answered"),
}


def action_name(action):
    return ACTIONS.get(action, action)


def describe(event, model):
    """[(what, value)] of an audit row's changes."""
    changes = event.changes
    if "from" in changes and "to" in changes:
        return _step(changes)
    fields = {field.name: field for field in model._meta.get_fields()}
    if "after" in changes:
        changed = differences(changes["before"], changes["after"])
        changes = {name: in_words(fields[name], value) for name, _old, value in changed}
    return [(_label(fields, name), _shown(fields.get(name), value)) for name, value in changes.items()]


def _shown(field, value):
    """One value; of what the audit keeps as [old, new] both."""
    if isinstance(value, list):
        return " → ".join(_shown(field, side) or "–" for side in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = "" if value is None else str(value)
    if field is None and text == "":
        return _("changed")  # rows that belong to the item, as its files
    if text and isinstance(field, models.DateField):
        with suppress(ValidationError):
            return in_words(field, text)
    return _short(str(dict(getattr(field, "flatchoices", ())).get(text, text)))


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
    if name in fields:
        return getattr(fields[name], "verbose_name", name)
    names = {model._meta.model_name: model._meta.verbose_name_plural for model in apps.get_models()}
    return names.get(name, name)


def _short(value):
    return "" if value == "None" else Truncator(plain_text(CUT_TAG.sub("", value))).words(60)
