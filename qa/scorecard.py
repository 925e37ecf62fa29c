"""How the agencies answer, by the year in which the cases were received: figures only, and every one with its formula.

Share in time = kept in time ÷ (kept in time + kept late + overdue and open), over the duties that the law gives for
these cases: D12, D13, L10. What was no real request, joined to another case or withdrawn is not counted as received.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time
from statistics import median

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.obligations.models import Obligation
from qa import clock
from qa.models import Answer, Case, Extension, Rating, Reopening, State

MEASURED = (*clock.ANSWERING, clock.PROMISE)
Status = Obligation.Status


@dataclass
class Line:
    """What the table says of one agency, or of all."""

    received: int = 0
    answered: int = 0
    out_of_scope: int = 0
    open: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0
    second_extensions: int = 0
    satisfied: int = 0
    rated: int = 0
    days: list = field(default_factory=list)  # net working days of each answer

    def __add__(self, other):
        return Line(*[getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__])

    @property
    def ended(self):
        return self.on_time + self.late + self.overdue

    @property
    def rate(self):
        """Per cent in time; None where nothing has come to an end yet."""
        return 100 * self.on_time / self.ended if self.ended else None

    @property
    def satisfaction(self):
        return 100 * self.satisfied / self.rated if self.rated else None

    @property
    def median(self):
        return median(self.days) if self.days else None


def received_in(year):
    """The cases of the year that count, by the calendar of the province."""
    first, last = (timezone.make_aware(datetime.combine(date(at, 1, 1), time())) for at in (year, year + 1))
    cases = Case.objects.filter(received_at__gte=first, received_at__lt=last)
    return cases.exclude(state__in=clock.DROPPED)


def lines(year, agency=None, today=None):
    """{agency's key: Line}; seven queries whatever the number of cases."""
    today = today or timezone.localdate()
    found, cases = defaultdict(Line), received_in(year)
    _count_cases(found, cases)
    _count_duties(found, cases, today)
    for pk, days in Answer.objects.signed().filter(case__in=cases).values_list("agency", "net_days"):
        found[pk].days.append(days)
    second = Extension.objects.filter(case__in=cases, number__gt=1, case__agency__isnull=False).order_by()
    for row in second.values("case__agency").annotate(count=Count("pk")):
        found[row["case__agency"]].second_extensions = row["count"]
    rated = Rating.objects.filter(answer__case__in=cases).order_by().values("answer__agency")
    for row in rated.annotate(count=Count("pk"), satisfied=Count("pk", filter=Q(satisfied=True))):
        line = found[row["answer__agency"]]
        line.rated, line.satisfied = row["count"], row["satisfied"]
    return {pk: line for pk, line in found.items() if agency in (None, pk)}


def _count_cases(found, cases):
    held = cases.order_by().annotate(holder=Coalesce("agency", "receiver")).values("holder")
    counts = held.annotate(
        received=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        out_of_scope=Count("pk", filter=Q(state=State.OUT_OF_SCOPE)),
        open=Count("pk", filter=Q(closed_at=None)),
    )
    for row in counts:
        line = found[row.pop("holder")]
        for name, count in row.items():
            setattr(line, name, count)


def _count_duties(found, cases, today):
    kinds = ContentType.objects.get_for_models(Case, Reopening, Extension)
    parts = {
        Case: cases,
        Reopening: Reopening.objects.filter(case__in=cases),
        Extension: Extension.objects.filter(case__in=cases),
    }
    ours = Q(pk__in=[])
    for model, rows in parts.items():
        ours |= Q(content_type=kinds[model], object_id__in=rows.order_by().values("pk"))
    duties = Obligation.objects.filter(ours, code__in=MEASURED).order_by().values("agency")
    counts = duties.annotate(
        on_time=Count("pk", filter=Q(status=Status.ON_TIME)),
        late=Count("pk", filter=Q(status=Status.LATE)),
        overdue=Count("pk", filter=Q(status=Status.OPEN, due__lt=today)),
    )
    for row in counts:
        line = found[row.pop("agency")]
        for name, count in row.items():
            setattr(line, name, count)


def years():
    """Those in which cases were received, newest first; at least the present one."""
    first = Case.objects.order_by("received_at").values_list("received_at", flat=True).first()
    this = timezone.localdate().year
    return list(range(this, (timezone.localtime(first).year if first else this) - 1, -1))
