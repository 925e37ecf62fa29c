"""Every write to a tree goes through here: django-mptt's numbering breaks under concurrent writers."""

from contextlib import contextmanager

from django.db import connection, transaction

ADVISORY_LOCK = 8_2017  # one number for all trees of the portal; writes to them are rare


@contextmanager
def locked():
    """One writer at a time in all trees. SQLite's transactions are exclusive by themselves (IMMEDIATE)."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        yield


def save_node(node):
    """Inserts or moves a node. Raises mptt's InvalidMove when a node would become its own ancestor."""
    with locked():
        if node.pk:
            fresh = type(node)._default_manager.get(pk=node.pk)
            for name in ("lft", "rght", "tree_id", "level"):
                setattr(node, name, getattr(fresh, name))
        parent = getattr(node, node._mptt_meta.parent_attr)
        if parent is not None:
            parent.refresh_from_db()
        node.save()
    return node


def delete_node(node):
    with locked():
        node.refresh_from_db()
        return node.delete()


def faults(model):
    """Sentences about rows whose numbering contradicts their parent; empty when the tree is sound."""
    found = []
    rows = {row.pk: row for row in model._tree_manager.all()}
    for row in rows.values():
        parent = rows.get(row.parent_id)
        if row.lft >= row.rght:
            found.append(f"{row.pk}: left {row.lft} is not below right {row.rght}")
        if parent and not (parent.tree_id == row.tree_id and parent.lft < row.lft < row.rght < parent.rght):
            found.append(f"{row.pk}: lies outside its parent {parent.pk}")
        if row.level != (parent.level + 1 if parent else 0):
            found.append(f"{row.pk}: level {row.level} does not follow from its parent")
    return found + _repeated_positions(rows.values())


def _repeated_positions(rows):
    positions = [(row.tree_id, edge) for row in rows for edge in (row.lft, row.rght)]
    return [f"position {place} is used twice" for place in sorted(set(positions)) if positions.count(place) > 1]
