from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CharField, DateTimeField, F, JSONField, Value
from django.db.models.functions import Concat, Left
from django.utils import timezone

from portal.editorial.models import AuditEvent
from portal.text.fold import fold

SYSTEM = "Hệ thống"


def record(action, item, *, by, note="", changes=None, at=None):
    """Adds one audit row. `by=None` is the system itself, which publishes and expires on time."""
    return AuditEvent.objects.create(
        at=at or timezone.now(),
        actor=by,
        actor_name=by.get_full_name() if by else SYSTEM,
        # of what no agency has yet: who holds it
        agency=getattr(item, "agency", None) or getattr(item, "holder", None),
        action=action,
        item=item,
        item_title=str(item)[:300],
        note=note,
        changes=changes or {},
    )


def moved(before, after, names):
    """{name: [old, new]} of the fields that differ; None stands for a row that is not there, before or after."""
    pairs = {name: [_plain(before, name), _plain(after, name)] for name in names}
    return {name: [old, new] for name, (old, new) in pairs.items() if old != new}


def _plain(row, name):
    value = getattr(row, name, None)
    return value if value is None or isinstance(value, bool | int) else str(value)


def record_each(action, rows, *, title, folded, note, changes):
    """Adds one audit row of the system for each row of a queryset, inside the database: there may be many.

    `title`: the expression that names a row, `folded`: the same without diacritics. The rows have an agency.
    """
    values = {
        "at": Value(timezone.now(), DateTimeField()),
        "actor_name": Value(SYSTEM),
        "agency_id": F("agency_id"),
        "action": Value(action),
        "content_type_id": Value(ContentType.objects.get_for_model(rows.model).pk),
        "object_id": F("pk"),
        "item_title": Left(title, 300),
        "folded": Concat(folded, Value(f" {fold(SYSTEM)}"), output_field=CharField()),
        "note": Value(note),
        "changes": Value(changes, JSONField()),
    }
    columns = {f"value_{name}": value for name, value in values.items()}
    selection, parameters = rows.order_by().annotate(**columns).values_list(*columns).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {AuditEvent._meta.db_table} ({', '.join(values)}) {selection}", parameters)
