"""Which queries are asked, which find nothing and what is opened then, without a trace of who asked."""

import re
from datetime import date

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.search.expressions import without_waiting
from portal.search.models import ClickCount, IndexEntry, QueryCount

OFTEN = 3  # asked that often in a month, the words of a query are stored
YEARS_KEPT = 1  # beside the present month
# the number of a telephone, an identity card or an account, in words however it was grouped
PERSONAL = re.compile(r"\d(?: ?\d){8}")


def count_search(query, language, *, found):
    """Counts the query of a reader. One that cannot be counted at once is not counted: the reader does not wait."""
    if not query or _is_personal(query):
        return
    first = {"searches": 1, "without_result": int(not found)}
    change = {
        "searches": F("searches") + 1,
        "without_result": F("without_result") + int(not found),
        "query": Case(When(searches__gte=OFTEN - 1, then=Value(_words(query))), default=F("query")),
    }
    _add(QueryCount.objects.filter(**_row(query, language)), _row(query, language) | first, change)


def count_click(query, language, *, category, object_id):
    """Counts that a result was opened; only of queries that are counted and of items that are found."""
    asked = QueryCount.objects.filter(**_row(query, language)).first() if query else None
    known = IndexEntry.objects.findable().filter(category=category, object_id=object_id, language=language)
    if asked is None or not known.exists():
        return
    item = {"asked": asked, "category": category, "object_id": object_id}
    _add(ClickCount.objects.filter(**item), item | {"times": 1}, {"times": F("times") + 1})
    _add(QueryCount.objects.filter(pk=asked.pk), None, {"clicks": F("clicks") + 1})


def _row(query, language):
    month = timezone.localdate().replace(day=1)
    key = salted_hmac("portal.search.counting", _words(query), secret=settings.SECRET_KEY, algorithm="sha256")
    return {"month": month, "language": language, "key": key.hexdigest()}


def _is_personal(query):
    return "@" in query.text or PERSONAL.search(" ".join(query.typed)) is not None


def _words(query):
    return " ".join(query.typed)[:200]


def _add(rows, first, change):
    try:
        with without_waiting():
            if not rows.update(**change) and first:
                rows.model.objects.bulk_create([rows.model(**first)], ignore_conflicts=True)
    except DatabaseError:  # busy: the figure is worth less than the reader's time
        pass


def months_kept():
    """The first days of the months whose counts are kept, the newest first."""
    today = timezone.localdate()
    newest = today.year * 12 + today.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(newest, newest - 12 * YEARS_KEPT - 1, -1)]


def forget():
    """Deletes the counts of long ago, and of the last month what was asked too rarely to be read. Returns how many."""
    month, *_others, oldest = months_kept()
    rare = QueryCount.objects.filter(month__lt=month, query="")
    deleted, _rows = (QueryCount.objects.filter(month__lt=oldest) | rare).delete()
    return deleted
