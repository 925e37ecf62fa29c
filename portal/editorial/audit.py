from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import DateTimeField, F, JSONField, Value
from django.db.models.functions import Left
from django.utils import timezone

from portal.editorial.models import AuditEvent

SYSTEM = "Hệ thống"


def record(action, item, *, by, note="", changes=None, at=None):
    """Adds one audit row. `by=None` is the system itself, which publishes and expires on time."""
    fields = {"at": at} if at else {}
    return AuditEvent.objects.create(
        actor=by,
        actor_name=by.get_full_name() if by else SYSTEM,
        agency=getattr(item, "agency", None),
        action=action,
        item=item,
        item_title=str(item)[:300],
        note=note,
        changes=changes or {},
        **fields,
    )


def record_each(action, rows, *, title, changes):
    """Adds one audit row of the system for each row of a queryset, inside the database: there may be many.

    `title`: the expression that names a row. The rows have an agency.
    """
    values = {
        "at": Value(timezone.now(), DateTimeField()),
        "actor_name": Value(SYSTEM),
        "agency_id": F("agency_id"),
        "action": Value(action),
        "content_type_id": Value(ContentType.objects.get_for_model(rows.model).pk),
        "object_id": F("pk"),
        "item_title": Left(title, 300),
        "note": Value(""),
        "changes": Value(changes, JSONField()),
    }
    columns = {f"value_{name}": value for name, value in values.items()}
    selection, parameters = rows.order_by().annotate(**columns).values_list(*columns).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {AuditEvent._meta.db_table} ({', '.join(values)}) {selection}", parameters)
