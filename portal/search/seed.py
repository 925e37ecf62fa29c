"""Synonyms and recommended results as an installation begins with them."""

import json
from pathlib import Path

from portal.search.models import BestBet, SynonymGroup, lines
from portal.search.tokens import folded_words, typed_words

FIXTURES = Path(__file__).parent / "fixtures"


def seed():
    """Adds what is not there yet; a row that shares a wording, a query or an address with it counts as it, in use or
    not: what editors changed or switched off stays as they want it."""
    return {"groups of synonyms": _synonyms(), "recommended results": _best_bets()}


def _read(name):
    return json.loads((FIXTURES / f"{name}.json").read_text())


def _keys(texts):
    return {tuple(folded_words(typed_words(text))) for text in texts}


def _known(texts):
    return _keys(line for text in texts for line in lines(text))


def _synonyms():
    known = _known(SynonymGroup.objects.values_list("wordings", flat=True))
    rows = [SynonymGroup(wordings="\n".join(row)) for row in _read("synonyms") if known.isdisjoint(_keys(row))]
    return len(SynonymGroup.objects.bulk_create(rows))


def _best_bets():
    known = _known(BestBet.objects.values_list("queries", flat=True))
    addresses = set(BestBet.objects.values_list("address", flat=True))
    rows = [
        BestBet(**row | {"queries": "\n".join(row["queries"]), "position": position})
        for position, row in enumerate(_read("best_bets"), start=1)
        if row["address"] not in addresses and known.isdisjoint(_keys(row["queries"]))
    ]
    return len(BestBet.objects.bulk_create(rows))
