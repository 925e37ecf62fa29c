"""The texts and questions that people keep for public forms: each change is audited with its author."""

from django.db import transaction

from portal.editorial import audit
from portal.intake.models import Challenge, Statement

KINDS = {Statement: "statement", Challenge: "challenge"}
FIELDS = {
    Statement: [*Statement.FIXED, "valid_to"],
    Challenge: ["question_vi", "question_en", "answers", "is_active"],
}


def save(row, *, by):
    """Raises ValidationError for a text that was accepted meanwhile; then nothing changed."""
    with transaction.atomic():
        # who accepts a text locks its row too: one of the two comes first
        before = type(row).objects.select_for_update().filter(pk=row.pk).first()
        row.full_clean()
        row.save()
        if moved := audit.moved(before, row, FIELDS[type(row)]):
            audit.record(f"{KINDS[type(row)]}_{'changed' if before else 'added'}", row, by=by, changes=moved)


def remove(row, *, by):
    """Raises ProtectedError for a text that was accepted."""
    with transaction.atomic():
        moved = audit.moved(row, None, FIELDS[type(row)])
        audit.record(f"{KINDS[type(row)]}_removed", row, by=by, changes=moved)
        row.delete()
