"""The newest rows that hold certain tokens, without reading all of them: a common word stands in a third of the rows.

The tokens of a row name its month and its year. From the newest month backwards, in growing steps, the rows of a step
are found by those tokens, until there are enough; what is rare is found at once.
"""

from datetime import timedelta
from itertools import count

from django.db.models import Max, Min

from portal.search.expressions import Token, every, some
from portal.search.tokens import language_token, month_token, year_token

CAP = 1000  # of the newest rows that hold all the words: they are counted, ranked and shown
COLUMNS = ("pk", "dated_on", "lead_exact", "lead_folded", "category", "object_id", "agency_id", "facets")
RECENT_MONTHS = 3
OFTEN, FEW_TIMES = 10, 5
MOST_MONTHS = 24


class Candidates:
    """Of entries in one language, dated within [since, until] where those are given."""

    def __init__(self, entries, *, language, since=None, until=None):
        bounds = entries.model.objects.filter(language=language).aggregate(first=Min("dated_on"), last=Max("dated_on"))
        self.language = language
        self.first, self.last = _later(bounds["first"], since), _earlier(bounds["last"], until)
        entries = entries.filter(dated_on__gte=since) if since else entries
        self.entries = entries.filter(dated_on__lte=until) if until else entries
        self.period = self._period() if since or until else None

    def newest(self, expression, cap=CAP):
        """(the newest rows that hold the tokens, whether these are all of them)."""
        if self.first is None or self.last is None or self.first > self.last:
            return [], True
        recent = self._rows(every(expression, some(*self._recent())), cap + 1)
        if len(recent) > cap:
            return recent[:cap], False
        if len(recent) * OFTEN < cap:  # so rare of late that all there are may be few
            places = self.places(expression, FEW_TIMES * cap + 1)
            if len(places) <= FEW_TIMES * cap:
                newest = [pk for _day, pk in sorted(places, reverse=True)[:cap]]
                return self._sorted(pk__in=newest), len(places) <= cap
        rows = self._backwards(expression, cap + 1)
        return rows[:cap], len(rows) <= cap

    def some_of(self, expression, cap):
        """Up to `cap` of the rows, whichever the index has first: for what stands at the end."""
        return self._sorted(pk__in=[pk for _day, pk in self.places(expression, cap)])

    def places(self, expression, cap):
        """[(day, primary key)] of up to `cap` of the rows, whichever come first; all where there are no more."""
        parts = [Token(language_token(self.language)), *([self.period] if self.period else [])]
        found = self.entries.filter(words__match=every(expression, *parts)).order_by()
        return list(found.values_list("dated_on", "pk")[:cap])

    def _rows(self, expression, cap):
        return self._sorted(cap, words__match=expression)

    def _sorted(self, cap=None, **condition):
        return list(self.entries.filter(**condition).order_by("-dated_on", "-pk").values(*COLUMNS)[:cap])

    def _backwards(self, expression, cap):
        rows, last = [], self.last.year
        for step in count():
            first = max(last - (2**step - 1), self.first.year)
            years = [Token(year_token(self.language, year)) for year in range(first, last + 1)]
            rows += self._rows(every(expression, some(*years)), cap - len(rows))
            last = first - 1
            if len(rows) == cap or last < self.first.year:
                return rows

    def _recent(self):
        return [Token(token) for token in self._months(max(self.first, self.last - timedelta(days=31 * RECENT_MONTHS)))]

    def _months(self, first):
        month = self.last.year * 12 + self.last.month - 1
        while month >= first.year * 12 + first.month - 1:
            yield month_token(self.language, month // 12, month % 12 + 1)
            month -= 1

    def _period(self):
        """The months or years of the period, so that what is old is found as fast as what is new."""
        if self.first is None or self.last is None or self.first > self.last:
            return None
        months = list(self._months(self.first))
        if len(months) > MOST_MONTHS:
            months = [year_token(self.language, year) for year in range(self.first.year, self.last.year + 1)]
        return some(*map(Token, months))


def _later(day, other):
    return max(filter(None, [day, other]), default=None) if day else None


def _earlier(day, other):
    return min(filter(None, [day, other]), default=None) if day else None
