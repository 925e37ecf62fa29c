"""Issues that should be out and are not: told to the heads of the province's board at nine in the morning."""

from datetime import time

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gazette.models import Issue
from portal.editorial.models import Membership
from portal.editorial.roles import Role
from portal.notices.outbox import enqueue
from portal.workdays.calendars import add_working_days, is_working_day, read_calendar

AT = time(9)
HEADS = (Role.HEAD, Role.DEPUTY)


def late_issues(now=None):
    """Planned issues whose day, or the first working day from it on, has come to nine o'clock. None on a day off."""
    now = timezone.localtime(now)
    planned = Issue.objects.planned(now).filter(issued_on__lte=now.date())
    if now.time() < AT or not (issues := list(planned.select_related("agency", "last_edited_by").in_sequence())):
        return []
    calendar = read_calendar()
    if not is_working_day(now.date(), calendar=calendar):
        return []
    return [row for row in issues if add_working_days(row.issued_on, 0, calendar=calendar) <= now.date()]


@transaction.atomic
def sound(now=None):
    """Puts the letters of the day into the outbox. Returns how many; run again, none."""
    now = now or timezone.now()
    late = late_issues(now)
    return sum(_write(issue, user, timezone.localdate(now)) for issue in late for user in _heads(issue.agency))


def _heads(agency):
    rows = Membership.objects.in_force().filter(board__agency=agency, role__in=HEADS).select_related("user", "board")
    people = {row.user for row in rows if row.board.is_in_force() and row.user.is_active and row.user.email}
    return sorted(people, key=lambda user: user.pk)


def _write(issue, user, today):
    facts = {
        "person": user.full_name,
        "issue": issue.title_vi,
        "date": f"{issue.issued_on:%d/%m/%Y}",
        "state": issue.current_state.label,
        "url": settings.PORTAL_ADDRESS + reverse("admin:gazette_issue_change", args=[issue.pk]),
    }
    body = _(
        "Dear %(person)s,\n\n%(issue)s is dated %(date)s and is not public yet. Its state: %(state)s.\n\n%(url)s\n"
    )
    subject = _("%(issue)s is late") % facts
    return enqueue(f"gazette {issue.pk} {user.pk} {today}", to=user.email, subject=subject, body=body % facts)
