"""Letters to the people who answer for a duty: five and two working days before it is due, on the day, and after it."""

from collections import defaultdict
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.editorial.models import Membership
from portal.editorial.roles import Role
from portal.notices.outbox import enqueue
from portal.obligations.counting import days_left
from portal.obligations.models import Obligation
from portal.workdays.calendars import add_working_days, read_calendar

STAGES = (5, 2, 0, -1)  # working days left; the last stage comes once, after the day has passed
RESPONSIBLE = (Role.HEAD, Role.DEPUTY, Role.SECRETARY)


def stage(left):
    """The latest stage that was reached, None before the first: a day without a worker is made up for later."""
    return next((mark for mark in reversed(STAGES) if left <= mark), None)


@transaction.atomic
def remind(today=None):
    """Puts the letters of the day into the outbox, one for each person. Returns how many; run again, none."""
    today = today or timezone.localdate()
    calendar = read_calendar()
    horizon = add_working_days(today, STAGES[0], calendar=calendar)
    duties = Obligation.objects.open().filter(due__lte=horizon).exclude(reminded=STAGES[-1]).pressing_first()
    people = _people()
    letters = defaultdict(list)
    for duty in duties.select_for_update(of=["self"]).select_related("rule", "agency").prefetch_related("item"):
        left = days_left(duty.due, calendar=calendar, today=today)
        reached = stage(left)
        told = _responsible(duty, people[duty.agency_id], reached)
        if not told or (duty.reminded is not None and duty.reminded <= reached):
            continue
        duty.reminded = reached
        duty.save(update_fields=["reminded"])
        for user in told:
            letters[user].append((duty, left))
    return sum(_write(user, lines, today) for user, lines in letters.items())


def _people():
    """{agency: the memberships valid today on its board in force}"""
    found = defaultdict(list)
    for row in Membership.objects.in_force().select_related("user", "board"):
        if row.board.is_in_force() and row.user.is_active and row.user.email:
            found[row.board.agency_id].append(row)
    return found


def _responsible(duty, memberships, reached):
    """Those who lead the board, and the writer of the item while a member of it. Where the item names the places of
    those who work on it, these come first, and the board hears of what has become overdue."""
    writer = getattr(duty.item, "created_by_id", None)
    roles = getattr(duty.subject, "at_work", None)
    roles = (*(roles(duty) if roles else RESPONSIBLE), *(RESPONSIBLE if reached < 0 else ()))
    return {row.user for row in memberships if row.role in roles or row.user_id == writer}


def _write(user, lines, today):
    facts = {"count": len(lines), "overdue": sum(left < 0 for _duty, left in lines)}
    subject = _("%(count)d duties need your attention, %(overdue)d of them overdue") % facts
    if not facts["overdue"]:
        words = ngettext("%(count)d duty needs your attention", "%(count)d duties need your attention", len(lines))
        subject = words % facts
    context = {"user": user, "items": _by_item(lines), "start": settings.PORTAL_ADDRESS + reverse("admin:index")}
    marks = " ".join(f"{duty.pk}:{duty.due}:{duty.reminded}" for duty, _left in lines)
    key = f"duties {today} {user.pk} {sha256(marks.encode()).hexdigest()[:32]}"
    return enqueue(key, to=user.email, subject=subject, body=render_to_string("notices/reminder.txt", context))


def _by_item(lines):
    """Each item once, with all that is owed for it: an item may have several time limits."""
    items = {}
    for duty, left in lines:
        key = duty.content_type_id, duty.object_id
        item = items.setdefault(key, {"title": duty.item_title, "url": _address(duty), "rows": []})
        item["rows"].append({"duty": duty, "left": left, "late": -left})
    return items.values()


def _address(duty):
    """The item in the back office; empty when it was deleted."""
    item = duty.subject
    if item is None:
        return ""
    name = f"admin:{item._meta.app_label}_{item._meta.model_name}_change"
    return settings.PORTAL_ADDRESS + reverse(name, args=[item.pk])
