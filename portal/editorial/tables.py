"""Tables that people keep beside the items: each change of a row is audited with its author."""

from django.db import transaction

from portal.editorial import audit


def save(row, *, by, kind, names):
    """Stores a row. `kind` begins the names of the actions, `names` are the columns. Raises ValidationError for what
    has become impossible since the caller validated it; then nothing changed."""
    with transaction.atomic():
        before = type(row).objects.select_for_update().filter(pk=row.pk).first() if row.pk else None
        row.full_clean()
        row.save()
        if moved := audit.moved(before, row, names):
            audit.record(f"{kind}_{'changed' if before else 'added'}", row, by=by, changes=moved)


def remove(row, *, by, kind, names):
    with transaction.atomic():
        audit.record(f"{kind}_removed", row, by=by, changes=audit.moved(row, None, names))
        row.delete()
