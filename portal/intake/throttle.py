"""How often strangers may do something: counted per network in fixed stretches of time, and soon forgotten."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from portal.intake.models import Count

LONGEST = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Limit:
    """`at_most` times in each window of the length `within`. Limits of one scope and length share their numbers."""

    scope: str
    at_most: int
    within: timedelta = timedelta(hours=1)

    def __post_init__(self):
        if not timedelta(0) < self.within <= LONGEST:
            raise ValueError("The counts of windows longer than a day would be forgotten before their end.")


def count(limit, network):
    """Adds one. Returns the number in this window, which no other caller gets.

    The row stays locked until the caller's transaction ends: count after what takes long, and never two networks
    or scopes in changing order.
    """
    row = {"scope": limit.scope, "network": network, "window": _window(limit)}
    rows = Count.objects.filter(**row)
    with transaction.atomic():
        if not rows.update(number=F("number") + 1):
            # of those who begin the window at one moment one enters the row, and each adds its own
            Count.objects.bulk_create([Count(**row)], ignore_conflicts=True)
            rows.update(number=F("number") + 1)
        return rows.get().number


def number(limit, network):
    """How often in this window."""
    row = Count.objects.filter(scope=limit.scope, network=network, window=_window(limit)).first()
    return row.number if row else 0


def number_of_all(limit):
    """How often in this window, from all networks together."""
    rows = Count.objects.filter(scope=limit.scope, window=_window(limit))
    return rows.aggregate(total=Sum("number"))["total"] or 0


def is_over(limit, network):
    """Whether the limit is used up: the next time would be one too many.

    Many at one moment pass it together. Where each try counts, as with guessing, count first and compare.
    """
    return number(limit, network) >= limit.at_most


def _window(limit):
    """The beginning of the present one."""
    now = timezone.now()
    return now - (now - EPOCH) % limit.within


def forget():
    """Deletes the counts of windows that have ended. Returns how many."""
    deleted, _rows = Count.objects.filter(window__lte=timezone.now() - LONGEST).delete()
    return deleted
