"""How the pages of the back office speak of a duty: the time left, what moved, where it is explained."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.obligations.counting import days_left
from portal.obligations.models import Obligation
from portal.subsites.models import Site
from portal.workdays.calendars import read_calendar


def site_prefix(agency):
    """Where the pages of the agency's site stand on the main host."""
    label = Site.objects.filter(agency=agency).values_list("label", flat=True).first()
    return f"/trang/{label}" if label else ""


def moved(event):
    """[(name, old day, new day)] of an audit row of a duty."""
    names = {"due": _("due"), "triggered_on": _("counted from")}
    return [(names[key], *map(_shown, days)) for key, days in event.changes.items() if key in names]


def _shown(day):
    return date_format(date.fromisoformat(day), "d/m/Y") if day else ""


def time_left(left):
    """How long there is in words; `left` as `days_left` gives it."""
    if left is None:
        return _("the clock stands still")
    if left < 0:
        words = ngettext("overdue by %(count)d working day", "overdue by %(count)d working days", -left)
        return words % {"count": -left}
    if left == 0:
        return _("due today")
    return ngettext("%(count)d working day left", "%(count)d working days left", left) % {"count": left}


def words_left(duty, *, calendar):
    """The same of a duty; empty when it is not open any more."""
    is_open = duty.status == Obligation.Status.OPEN
    return time_left(days_left(duty.due, calendar=calendar)) if is_open else ""


def shown_duties(item):
    """What the item owes and until when, the most pressing first."""
    duties = list(Obligation.objects.of(item).select_related("rule").pressing_first())
    if duties:
        calendar, prefix = read_calendar(), site_prefix(item.agency_id)
        for duty in duties:
            duty.left = words_left(duty, calendar=calendar)
            duty.url = prefix + duty.path()
    return duties
