from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.text.fields import GatedCharField, GatedEmailField, GatedTextField

ATTEMPTS = 10


class MessageQuerySet(models.QuerySet):
    def unsent(self):
        return self.filter(sent_at=None)

    def waiting(self, now=None):
        """What a worker may take at this moment: due, in nobody's hands and not given up."""
        now = now or timezone.now()
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        return self.unsent().filter(free, send_after__lte=now, attempts__lt=ATTEMPTS)

    def given_up(self):
        """Refused so often that a person has to look: `last_error` says why."""
        return self.unsent().filter(attempts__gte=ATTEMPTS)


class Message(models.Model):
    """A mail that is to go out, or has gone. `key` says what makes it one message; a second one is not stored."""

    key = GatedCharField(max_length=200, unique=True)
    recipient = GatedEmailField()
    subject = GatedCharField(max_length=250)
    body = GatedTextField()
    created_at = models.DateTimeField(default=timezone.now)
    send_after = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # those that failed
    last_error = GatedCharField(max_length=300, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)  # in the hands of a worker until then

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["send_after", "pk"]
        indexes = [models.Index(fields=["send_after"], condition=Q(sent_at=None), name="message_unsent")]

    def __str__(self):
        return self.key
