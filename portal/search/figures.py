"""What was counted of the search, as the back office reads it."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from portal.search.models import IndexEntry, QueryCount

MOST_OPENED = 50


@dataclass(frozen=True)
class Totals:
    """Of all searches that were counted, those too rare to be read included."""

    searches: int
    without_result: int

    @property
    def share(self):
        """Without a result, in percent."""
        return round(100 * self.without_result / self.searches) if self.searches else 0


def totals(month=None):
    """Of one month; without one, of all that are kept."""
    rows = QueryCount.objects.filter(month=month) if month else QueryCount.objects.all()
    sums = rows.aggregate(searches=Sum("searches", default=0), without_result=Sum("without_result", default=0))
    return Totals(**sums)


def opened(asked):
    """[(times, entry)] of what readers opened for a query, the most often first. `entry` holds title, path and label
    of the site; None where the item is not public any more."""
    counts = list(asked.opened.all()[:MOST_OPENED])
    entries = _public(counts, asked.language) if counts else {}
    return [(row.times, entries.get((row.category, row.object_id))) for row in counts]


def _public(counts, language):
    wanted = Q()
    for category in {row.category for row in counts}:
        wanted |= Q(category=category, object_id__in=[row.object_id for row in counts if row.category == category])
    rows = IndexEntry.objects.findable().filter(wanted, language=language, agency__site__is_active=True)
    names = ("category", "object_id", "title", "path", "text_language", "agency__site__label")
    return {(row["category"], row["object_id"]): row for row in rows.values(*names)}
