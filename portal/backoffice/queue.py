"""What waits for a person: the start page of the back office."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.backoffice.timeleft import time_left
from portal.editorial import policy
from portal.editorial.roles import State
from portal.obligations.counting import days_left
from portal.obligations.models import Obligation
from portal.publishing.models import Revision
from portal.publishing.registry import categories
from portal.workdays.calendars import add_working_days, read_calendar, working_days_between

SHOWN = 10
WARN_BEFORE = timedelta(days=30)
SOON = 5  # working days


def queue(user):
    """Groups of items by what is to be done with them, the most pressing task first, in it what is overdue longest; a
    constant number of queries per category."""
    calendar = read_calendar()
    groups = [_owed(user, category, calendar) for category in categories()]
    groups += [
        _group(title, category, find(user, category.model.objects.select_related("agency", "last_edited_by")), calendar)
        for title, find in _tasks()
        for category in categories()
    ]
    return [group for group in groups if group["items"]]


def _owed(user, category, calendar):
    """Time limits of the person's items that have passed or end within a few working days."""
    soon = add_working_days(timezone.localdate(), SOON, calendar=calendar)
    kind = ContentType.objects.get_for_model(category.model)
    duties = Obligation.objects.open().filter(content_type=kind, due__lte=soon)
    items = policy.scope(user, category.model.objects.all()).values("pk")
    found = duties.filter(object_id__in=items).select_related("rule", "agency").pressing_first()
    rows = list(found[: SHOWN + 1])
    return {
        "title": _("Time limits passed or about to end"),
        "kind": category.title,
        "items": [_duty_row(duty, category, calendar) for duty in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
        "url": reverse("admin:obligations_obligation_changelist") + "?ket-qua=open",
    }


def _duty_row(duty, category, calendar):
    left = days_left(duty, calendar=calendar)
    return {
        "title": duty.item_title,
        "url": reverse(_admin(category.model, "change"), args=[duty.object_id]),
        "agency": duty.agency,
        "person": duty.rule.name,
        "date": None,
        "due": duty.due,
        "left": time_left(left),
        "overdue": left < 0,
        "internal": duty.is_internal,
    }


def _tasks():
    return [
        (_("Published urgently, waiting for a second check"), _checkable),
        (_("Waiting for your approval"), _approvable),
        (_("Changes waiting for your approval"), _with_revision),
        (_("Your drafts"), _drafts),
        (_("Drafts of your boards"), _drafts_of_others),
        (_("To be translated into English"), _untranslated),
        (_("Going public at a set time"), _timed),
    ]


def warnings(user):
    """Sentences about boards of the person that have ended or are about to: without a board nothing is published."""
    return [sentence for board in _boards(user) if (sentence := _warning(board))]


def _boards(user):
    return {row.board_id: row.board for row in policy.memberships(user)}.values()


def _warning(board):
    today = timezone.localdate()
    if board.valid_to is None or board.valid_to > today + WARN_BEFORE:
        return ""
    facts = {"board": board, "number": board.decision_number, "date": f"{board.valid_to:%d/%m/%Y}"}
    if board.valid_to < today:
        return _("%(board)s: decision %(number)s ended on %(date)s. Nothing can be changed or published.") % facts
    return _("%(board)s: decision %(number)s ends on %(date)s. A new decision is needed.") % facts


def _checkable(user, items):
    return policy.scope(user, items, "check").filter(needs_check=True)


def _untranslated(user, items):
    """For who may translate and not edit: open items without English."""
    others = items.exclude(pk__in=policy.scope(user, items, "edit").values("pk"))
    return policy.scope(user, others, "translate").filter(Q(title_en=None) | Q(title_en=""))


def _approvable(user, items):
    return policy.scope(user, items, "approve")


def _with_revision(user, items):
    content_type = ContentType.objects.get_for_model(items.model)
    waiting = Revision.objects.filter(content_type=content_type, outcome=Revision.Outcome.PROPOSED)
    return policy.scope(user, items, "correct").filter(pk__in=waiting.exclude(proposed_by=user).values("object_id"))


def _drafts(user, items):
    return policy.scope(user, items, "edit").filter(created_by=user, state=State.DRAFT)


def _drafts_of_others(user, items):
    return policy.scope(user, items, "edit").filter(state=State.DRAFT).exclude(created_by=user)


def _timed(user, items):
    return policy.scope(user, items).in_state(State.APPROVED)


def _group(title, category, items, calendar):
    kind = ContentType.objects.get_for_model(category.model)
    open_duties = Obligation.objects.open().filter(content_type=kind, object_id=OuterRef("pk")).order_by()
    earliest = open_duties.values("object_id").annotate(earliest=Min("due")).values("earliest")
    by_due = items.annotate(due=Subquery(earliest)).order_by(F("due").asc(nulls_last=True), "last_edited_at")
    rows = list(by_due[: SHOWN + 1])
    return {
        "title": title,
        "kind": category.title,
        "items": [_row(item, calendar) for item in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
        "url": reverse(_admin(category.model, "changelist")),
    }


def _row(item, calendar):
    left = working_days_between(timezone.localdate(), item.due, calendar=calendar) if item.due else None
    return {
        "title": str(item),
        "url": reverse(_admin(type(item), "change"), args=[item.pk]),
        "agency": item.agency,
        "person": item.last_edited_by,
        "date": item.publish_at or item.last_edited_at,
        "due": item.due,
        "left": time_left(left) if item.due else "",
        "overdue": item.due is not None and left < 0,
    }


def _admin(model, page):
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
