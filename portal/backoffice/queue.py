"""What waits for a person: the start page of the back office."""

from collections import defaultdict
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, Q, Subquery
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
from portal.workdays.calendars import add_working_days, read_calendar
from portal.worker.models import Job, worker_is_alive

SHOWN = 10
WARN_BEFORE = timedelta(days=30)
SOON = 5  # working days
TO_THE_READER = ["edit", "submit", "return", "approve", "recall", "reopen"]  # what keeps a duty, or leads to it


def queue(user):
    """Groups of items by what is to be done with them, the most pressing task first, in it what is overdue longest; an
    item is shown once. A constant number of queries per category."""
    calendar, groups, shown = read_calendar(), [], defaultdict(list)
    for title, find in [(_("Time limits passed or about to end"), _pressing(calendar)), *_tasks()]:
        for category in categories():
            items = find(user, _with_due(category.model)).exclude(pk__in=shown[category])
            group = _group(title, category, items, calendar)
            shown[category] += [row["pk"] for row in group["items"]]
            groups.append(group)
    return [group for group in groups if group["items"]]


def _with_due(model):
    """The items with the earliest date by which something is owed for them, and whether it is an internal target."""
    kind = ContentType.objects.get_for_model(model)
    duties = Obligation.objects.open().filter(content_type=kind, object_id=OuterRef("pk"), due__isnull=False)
    duties = duties.filter(agency=OuterRef("agency"))  # what others owe for it is their work
    earliest = duties.annotate(internal=Obligation.IS_INTERNAL).pressing_first()
    return model.objects.select_related("agency", "last_edited_by").annotate(
        due=Subquery(earliest.values("due")[:1]), internal=Subquery(earliest.values("internal")[:1])
    )


def _pressing(calendar):
    soon = add_working_days(timezone.localdate(), SOON, calendar=calendar)
    return lambda user, items: policy.scope_any(user, items, TO_THE_READER).filter(due__lte=soon)


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
    """Sentences about boards of the person that have ended or are about to: without a board nothing is published.
    Administrators hear of a worker that stands still."""
    found = [sentence for board in _boards(user) if (sentence := _warning(board))]
    return [*found, *_standstill()] if user.is_superuser else found


def _standstill():
    lately = timezone.now() - timedelta(minutes=15)  # where the worker runs by cron it shows no other sign of life
    if worker_is_alive() or Job.objects.filter(finished_at__gte=lately).exists():
        return []
    return [_("The background worker is not running: letters are not sent and time limits are not counted anew.")]


def _boards(user):
    return {row.board_id: row.board for row in policy.memberships(user)}.values()


def _warning(board):
    today = timezone.localdate()
    if board.valid_to is None or board.valid_to > today + WARN_BEFORE:
        return ""
    facts = {"board": board, "number": board.decision_number, "date": f"{board.valid_to:%d/%m/%Y}"}
    if board.valid_to < today:
        return _("%(board)s: %(date)s was the last day of decision %(number)s. Nothing can be published.") % facts
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
    by_due = items.order_by(F("due").asc(nulls_last=True), "last_edited_at")
    rows = list(by_due[: SHOWN + 1])
    return {
        "title": title,
        "kind": category.title,
        "items": [_row(item, calendar) for item in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
        "url": reverse(_admin(category.model, "changelist")),
    }


def _row(item, calendar):
    left = days_left(item.due, calendar=calendar)
    return {
        "pk": item.pk,
        "title": str(item),
        "state": item.current_state,
        "url": reverse(_admin(type(item), "change"), args=[item.pk]),
        "agency": item.agency,
        "person": item.last_edited_by,
        "edited_at": item.last_edited_at,
        "publish_at": item.publish_at if item.current_state in (State.APPROVED, State.PUBLISHED) else None,
        "due": item.due,
        "left": time_left(left) if item.due else "",
        "overdue": item.due is not None and left < 0,
        "internal": item.internal,
    }


def _admin(model, page):
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
