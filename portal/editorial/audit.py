from portal.editorial.models import AuditEvent


def record(action, item, *, by, note="", changes=None, at=None):
    """Adds one audit row. `by=None` is the system itself, which publishes and expires on time."""
    fields = {"at": at} if at else {}
    return AuditEvent.objects.create(
        actor=by,
        actor_name=by.get_full_name() if by else "Hệ thống",
        agency=getattr(item, "agency", None),
        action=action,
        item=item,
        item_title=str(item)[:300],
        note=note,
        changes=changes or {},
        **fields,
    )
