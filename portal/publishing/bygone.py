"""Demonstration data: items that went public before this portal kept them, with their own dates and their audit."""

from collections import defaultdict
from datetime import timedelta

from portal.editorial import audit
from portal.editorial.models import Membership
from portal.editorial.roles import Role, State
from portal.publishing import duties
from portal.publishing.signals import changing

STEPS = [(3, "create", "created_by"), (2, "submit", "submitted_by"), (0, "approve", "approved_by")]


def people():
    """{agency: {role: [user]}}"""
    found = defaultdict(lambda: defaultdict(list))
    for row in Membership.objects.select_related("user", "board").order_by("pk"):
        found[row.board.agency_id][row.role].append(row.user)
    return found


def editor(board):
    return (board[Role.EDITOR] or board[Role.SECRETARY])[0]


def head(board):
    return (board[Role.HEAD] or board[Role.DEPUTY])[0]


def enter(item, at, *, board, complete=lambda item: None):
    """Stores what the people of the board brought out at that time. `complete` adds the rows that belong to it."""
    item.created_by = item.last_edited_by = item.submitted_by = editor(board)
    item.last_edited_at = at - timedelta(hours=2)
    item.save()  # some derive their title by it
    item.full_clean()
    complete(item)
    duties.follow(item, by=item.created_by)
    item.approved_by = head(board)
    item.state, item.publish_at, item.first_published_at = State.PUBLISHED, at, at
    item.save()
    duties.keep(item)
    changing.send(type(item), item=item)
    for hours, action, person in STEPS:
        audit.record(action, item, by=getattr(item, person), at=at - timedelta(hours=hours))
    return item
