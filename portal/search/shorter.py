"""Which of several queries would find something, asked of the database at once."""

from django.db.models import Exists

from portal.agencies.models import Agency
from portal.search.expressions import Token, every, through_the_index
from portal.search.tokens import language_token


def which_find(entries, queries, *, language):
    """Those of the queries whose words an entry holds, in their order."""
    spoken = Token(language_token(language))
    asked = {f"query_{at}": query for at, query in enumerate(queries)}
    found = {
        name: Exists(entries.filter(words__match=every(query.anywhere(), spoken))) for name, query in asked.items()
    }
    if not found:
        return []
    with through_the_index():
        # any row will do: it only carries the answers
        row = Agency.objects.order_by().values(**found)[:1].get()
    return [query for name, query in asked.items() if row[name]]
