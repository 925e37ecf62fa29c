import re
from contextlib import suppress
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.text.fields import GatedCharField, GatedEmailField, GatedTextField
from portal.text.folded import FoldedField

ATTEMPTS = 10
STAMP = "%Y%m%d%H%M%S%f"
MESSAGE_ID = re.compile(r"<(\d{1,18})\.(\d{20})@[^\s<>@]+>")


class MessageQuerySet(models.QuerySet):
    def about(self, item):
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def called(self, message_id):
        """The letter that went out under this Message-ID, if one did."""
        found = MESSAGE_ID.fullmatch(message_id)
        with suppress(ValueError):  # digits that are no moment
            if found and message_id.endswith(f"@{settings.PORTAL_HOST}>"):
                moment = datetime.strptime(found[2], STAMP).replace(tzinfo=UTC)
                return self.filter(pk=int(found[1]), created_at=moment)
        return self.none()

    def unsent(self):
        return self.filter(sent_at=None)

    def waiting(self, now=None):
        """What a worker may take at this moment: due, in nobody's hands, neither refused for good nor given up."""
        now = now or timezone.now()
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        return self.unsent().filter(free, send_after__lte=now, attempts__lt=ATTEMPTS, refusal="")

    def given_up(self):
        """Refused so often that a person has to look: `last_error` says why."""
        return self.unsent().filter(attempts__gte=ATTEMPTS, refusal="")

    def ended(self):
        """Those that leave no more: sent, refused for good, or given up."""
        return self.filter(Q(sent_at__isnull=False) | Q(refusal__gt="") | Q(attempts__gte=ATTEMPTS))

    def bounced(self):
        """Those that did not reach the receiver and will not; one that is only late is not among them."""
        return self.filter(Exists(_final_bounces()))

    def with_state(self):
        return self.annotate(
            state=Case(
                When(Exists(_final_bounces()), then=Value(Message.State.BOUNCED)),
                When(sent_at__isnull=False, then=Value(Message.State.SENT)),
                When(attempts__gte=ATTEMPTS, then=Value(Message.State.GIVEN_UP)),
                default=Value(Message.State.WAITING),
                output_field=models.CharField(),
            )
        )


def _final_bounces():
    return Bounce.objects.filter(message=OuterRef("pk"), is_permanent=True)


class Message(models.Model):
    """A mail that is to go out, or has gone. `key` says what makes it one message; a second one is not stored."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be sent")
        SENT = "sent", _("sent out")
        GIVEN_UP = "given_up", _("given up after all attempts")
        BOUNCED = "bounced", _("returned undelivered")

    key = GatedCharField(max_length=200, unique=True)
    recipient = GatedEmailField()
    subject = GatedCharField(max_length=250)
    body = GatedTextField(blank=True)  # empty once it was forgotten
    folded = FoldedField(of=["subject", "recipient"], max_length=510)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    about = GenericForeignKey()
    created_at = models.DateTimeField(default=timezone.now)
    send_after = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # those that failed
    last_error = GatedCharField(max_length=300, blank=True)
    refusal = GatedCharField(max_length=300, blank=True)  # the last word of a mail server: never tried again
    lease_until = models.DateTimeField(null=True, blank=True)  # in the hands of a worker until then

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing letter")
        verbose_name_plural = _("outgoing letters")
        ordering = ["send_after", "pk"]
        indexes = [
            models.Index(fields=["send_after"], condition=Q(sent_at=None), name="message_unsent"),
            models.Index(fields=["content_type", "object_id"], name="message_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__gt="") | Q(sent_at__isnull=False) | Q(refusal__gt="") | Q(attempts__gte=ATTEMPTS),
                name="message_that_may_go_out_has_words",
            )
        ]

    def __str__(self):
        return self.key

    @property
    def message_id(self):
        """The name under which it goes out, every time: mail programs know a duplicate by it, and we our bounces."""
        return f"<{self.pk}.{self.created_at.astimezone(UTC):{STAMP}}@{settings.PORTAL_HOST}>"


class Bounce(models.Model):
    """What a mail server said of a letter that did not arrive, at once or in a report. Said twice, it is one row."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="bounces")
    at = models.DateTimeField(default=timezone.now)
    is_permanent = models.BooleanField()  # otherwise the other server still tries
    status = GatedCharField(max_length=11, blank=True)  # RFC 3463, as 5.1.1
    words = GatedCharField(max_length=300)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "is_permanent", "status"], name="bounce_stored_once"),
        ]

    def __str__(self):
        return self.words
