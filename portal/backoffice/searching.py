"""Looking for words without diacritics and capitals, however they were typed."""

from portal.text.fold import fold
from portal.text.normalise import normalise


class FoldedSearch:
    """For tables whose search fields are folded columns."""

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(normalise(search_term)))


class ShortTableSearch:
    """For tables of a few hundred rows at most: they are read, and compared by `words(row)`."""

    def words(self, row):
        return str(row)

    def get_search_results(self, request, queryset, search_term):
        wanted = fold(normalise(search_term)).split()
        found = [row.pk for row in queryset if all(word in fold(self.words(row)) for word in wanted)]
        return queryset.filter(pk__in=found), False
