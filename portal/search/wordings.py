"""What editors add to the index: wordings that mean the same, and results that they recommend."""

from portal.search.models import BestBet, SynonymGroup, lines
from portal.search.query import Synonyms

MOST_BETS = 3


def synonyms():
    rows = SynonymGroup.objects.filter(is_active=True).order_by("pk").values_list("wordings", flat=True)
    return Synonyms([lines(row) for row in rows])


def best_bets(query):
    """What is recommended to those who ask exactly this."""
    folded = query.folded
    return [row for row in BestBet.objects.in_force() if row.answers(folded)][:MOST_BETS] if query else []
