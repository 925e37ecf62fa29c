"""Relations to documents that were not on the portal when they were entered: found again when those come."""

from django.db import transaction

from documents.models import Document, Relation
from portal.editorial import audit
from portal.publishing.signals import changing


def _find(relation):
    """The one document that was meant; None when there is none, or more than one of that number."""
    found = Document.objects.readable().filter(
        number_key=relation.target_key, event_date__lte=relation.source.event_date
    )
    if relation.target_date:
        found = found.filter(event_date=relation.target_date)
    rows = list(found[:2])
    return rows[0] if len(rows) == 1 else None


def link_relations():
    """Gives relations their documents as these become public. Returns how many."""
    known = Document.objects.readable().values("number_key")
    waiting = _standing().filter(target=None, target_key__in=known).order_by("pk").values_list("pk", flat=True)
    return sum(_link(pk) for pk in list(waiting))


def _link(pk):
    """True when the relation is linked now. People may have changed or removed it meanwhile."""
    with transaction.atomic():
        relation = _standing().select_for_update().filter(pk=pk, target=None).first()
        target = relation and _find(relation)
        if not target or target.pk == relation.source_id or _exists(relation, target):
            return False
        relation.target = target
        relation.save(update_fields=["target"])
        audit.record("link", relation.source, by=None, changes={"relation": str(relation)})
        changing.send(Document, item=relation.source)
        return True


def _standing():
    return Relation.objects.exclude(state=Relation.State.REMOVED)


def _exists(relation, target):
    same = _standing().filter(source=relation.source, kind=relation.kind, provision=relation.provision)
    return same.filter(target=target).exists()
