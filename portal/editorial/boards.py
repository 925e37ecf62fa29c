"""Boards and the places on them, from which all rights over content come: each change is audited."""

from django.db import transaction

from portal.editorial import audit
from portal.editorial.models import Board

BOARD = ["agency", "decision_number", "decision_date", "signer", "valid_from", "valid_to"]
PLACE = ["user", "role", "valid_from", "valid_to"]


def save(row, *, by):
    """Stores a board or a place on one; the caller has validated it."""
    with transaction.atomic():
        before = type(row).objects.filter(pk=row.pk).first() if row.pk else None
        row.save()
        if moved := audit.moved(before, row, _names(row)):
            audit.record(f"{_kind(row)}_{'changed' if before else 'added'}", row, by=by, changes=moved)


def remove(row, *, by):
    with transaction.atomic():
        for place in row.memberships.all() if isinstance(row, Board) else []:
            remove(place, by=by)
        audit.record(f"{_kind(row)}_removed", row, by=by, changes=audit.moved(row, None, _names(row)))
        row.delete()


def _kind(row):
    return "board" if isinstance(row, Board) else "place"


def _names(row):
    return BOARD if isinstance(row, Board) else PLACE
