"""What senders accept: which text, when, and until when."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from portal.intake.models import Acceptance


def accept(item, statements, at=None):
    """Writes down that the sender of `item` accepts these texts. One that stands already stays as it is."""
    facts = {"content_type": ContentType.objects.get_for_model(item), "object_id": item.pk}
    facts["accepted_at"] = at or timezone.now()
    rows = [Acceptance(statement=statement, **facts) for statement in statements]
    Acceptance.objects.bulk_create(rows, ignore_conflicts=True)


def withdraw(item, code, at=None):
    """The sender takes the consent back. Whether there was one."""
    standing = Acceptance.objects.of(item).standing().filter(statement__code=code)
    return standing.update(withdrawn_at=at or timezone.now()) > 0


def holds(item, code):
    """Whether the sender has accepted a text of that code, in whatever wording, and not taken it back."""
    return Acceptance.objects.of(item).standing().filter(statement__code=code).exists()
