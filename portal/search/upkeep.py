"""The wordings and recommendations that people keep for the search: each change is audited with its author."""

from django.db import transaction

from portal.editorial import audit
from portal.search.models import BestBet, SynonymGroup, lines
from portal.search.tokens import folded_words, typed_words

KINDS = {SynonymGroup: "synonyms", BestBet: "bet"}
FIELDS = {
    SynonymGroup: ["wordings", "is_active"],
    BestBet: [
        "queries",
        "title_vi",
        "title_en",
        "description_vi",
        "description_en",
        "address",
        "valid_from",
        "valid_to",
        "position",
    ],
}


def save(row, *, by):
    """Stores a group of synonyms or a recommended result; the caller has validated it."""
    with transaction.atomic():
        before = type(row).objects.filter(pk=row.pk).first() if row.pk else None
        row.save()
        if moved := audit.moved(before, row, FIELDS[type(row)]):
            audit.record(f"{KINDS[type(row)]}_{'changed' if before else 'added'}", row, by=by, changes=moved)


def remove(row, *, by):
    with transaction.atomic():
        moved = audit.moved(row, None, FIELDS[type(row)])
        audit.record(f"{KINDS[type(row)]}_removed", row, by=by, changes=moved)
        row.delete()


def shared_wordings(group):
    """[(wording, other group)] of what stands in another group that is in use too: a search finds what both say."""
    own = {_key(line): line for line in lines(group.wordings)} if group.is_active else {}
    others = SynonymGroup.objects.filter(is_active=True).exclude(pk=group.pk) if own else []
    keys = {other: {_key(line) for line in lines(other.wordings)} for other in others}
    return [(own[key], other) for other in others for key in own if key in keys[other]]


def _key(line):
    return tuple(folded_words(typed_words(line)))
