"""How the time limits of Article 9 are kept: duties by agency and by the month in which they are due.

The share kept in time is: kept in time ÷ (kept + overdue and open). What is open and not yet due says nothing; what is
overdue counts, so that leaving a duty undone is never better than doing it late. Waived duties are shown apart.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from portal.obligations.counting import delay
from portal.obligations.models import Obligation

Status = Obligation.Status


@dataclass
class Figures:
    """What one line of the table says. Delays are in working days, over what was kept late or is overdue."""

    due: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0
    waiting: int = 0
    waived: int = 0
    delay_days: int = 0

    def __add__(self, other):
        return Figures(*[getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__])

    @property
    def rate(self):
        """Per cent kept in time; None where nothing has come to an end yet."""
        ended = self.on_time + self.late + self.overdue
        return 100 * self.on_time / ended if ended else None

    @property
    def average_delay(self):
        behind = self.late + self.overdue
        return self.delay_days / behind if behind else None


def figures(duties, *, calendar, today=None):
    """{(agency, first day of the month): Figures} of the duties; two queries whatever their number."""
    today = today or timezone.localdate()
    overdue = Q(status=Status.OPEN, due__lt=today)
    left_out = Q(status__in=Obligation.NOT_MEASURED)
    by_month = duties.filter(due__isnull=False).order_by().annotate(month=TruncMonth("due")).values("agency", "month")
    rows = by_month.annotate(
        in_all=Count("pk", filter=~left_out),
        on_time=Count("pk", filter=Q(status=Status.ON_TIME)),
        late=Count("pk", filter=Q(status=Status.LATE)),
        overdue=Count("pk", filter=overdue),
        waiting=Count("pk", filter=Q(status=Status.OPEN, due__gte=today)),
        waived=Count("pk", filter=left_out),
        delay_days=Sum("delay", filter=Q(status=Status.LATE), default=0),
    )
    found = {
        (row["agency"], row["month"]): Figures(
            row["in_all"],
            row["on_time"],
            row["late"],
            row["overdue"],
            row["waiting"],
            row["waived"],
            row["delay_days"],
        )
        for row in rows
    }
    for row in duties.filter(overdue).order_by().values("agency", "due").annotate(count=Count("pk")):
        key = row["agency"], row["due"].replace(day=1)
        if key in found:  # unless the duty was moved between the two queries
            found[key].delay_days += delay(row["due"], today, calendar=calendar) * row["count"]
    return found


def by_agency(found):
    return _summed(found, lambda agency, month: agency)


def by_month(found):
    return dict(sorted(_summed(found, lambda agency, month: month).items()))


def total(found):
    return sum(found.values(), Figures())


def _summed(found, key):
    sums = defaultdict(Figures)
    for (agency, month), row in found.items():
        sums[key(agency, month)] += row
    return dict(sums)


# what the addresses of the lists call each figure
RESULTS = {
    "phai-thuc-hien": lambda duties, today: duties.measured(),
    "dung-han": lambda duties, today: duties.filter(status=Status.ON_TIME),
    "tre-han": lambda duties, today: duties.filter(status=Status.LATE),
    "qua-han": lambda duties, today: duties.overdue(today),
    "con-han": lambda duties, today: duties.open().filter(due__gte=today),
    "khong-tinh": lambda duties, today: duties.filter(status__in=Obligation.NOT_MEASURED),
}


def listed(duties, result, *, today=None):
    """The duties behind one figure. Raises KeyError for a result that is none."""
    return RESULTS[result](duties.filter(due__isnull=False), today or timezone.localdate())


def within(duties, first, last):
    """Duties due in these days, both included."""
    return duties.filter(due__gte=first, due__lte=last)


def years(duties):
    """The years in which duties are due, newest first."""
    return sorted({day.year for day in duties.filter(due__isnull=False).order_by().dates("due", "year")}, reverse=True)
