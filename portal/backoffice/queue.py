"""What waits for a person: the start page of the back office."""

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.editorial import policy
from portal.editorial.roles import State
from portal.publishing.models import Revision
from portal.publishing.registry import categories

SHOWN = 10


def queue(user):
    """Groups of items by what is to be done with them, oldest first; a constant number of queries per category."""
    groups = []
    for category in categories():
        items = category.model.objects.select_related("agency", "last_edited_by")
        groups += [
            _group(_("Waiting for your approval"), _approvable(user, items)),
            _group(_("Changes waiting for your approval"), _with_revision(user, items)),
            _group(_("Published urgently, waiting for a second check"), _checkable(user, items)),
            _group(_("Your drafts"), policy.scope(user, items, "edit").filter(created_by=user, state=State.DRAFT)),
            _group(_("Drafts of your boards"), _drafts_of_others(user, items)),
            _group(_("Going public at a set time"), policy.scope(user, items).in_state(State.APPROVED)),
        ]
    return [group for group in groups if group["items"]]


def _approvable(user, items):
    found = policy.scope(user, items, "approve")
    return found.exclude(created_by=user).exclude(last_edited_by=user).exclude(submitted_by=user)


def _with_revision(user, items):
    content_type = ContentType.objects.get_for_model(items.model)
    waiting = Revision.objects.filter(content_type=content_type, outcome=Revision.Outcome.PROPOSED)
    return policy.scope(user, items, "correct").filter(pk__in=waiting.exclude(proposed_by=user).values("object_id"))


def _checkable(user, items):
    found = policy.scope(user, items, "check").filter(needs_check=True)
    return found.exclude(created_by=user).exclude(approved_by=user).exclude(last_edited_by=user)


def _drafts_of_others(user, items):
    return policy.scope(user, items, "edit").filter(state=State.DRAFT).exclude(created_by=user)


def _group(title, items):
    rows = list(items.order_by("last_edited_at")[: SHOWN + 1])
    return {"title": title, "items": [_row(item) for item in rows[:SHOWN]], "more": len(rows) > SHOWN}


def _row(item):
    meta = item._meta
    return {
        "title": str(item),
        "url": reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[item.pk]),
        "agency": item.agency,
        "person": item.last_edited_by,
        "date": item.publish_at or item.last_edited_at,
    }
