"""The outbox: mail is stored with the change that causes it, and sent afterwards by the worker, with patience.

A message goes out once. Only a worker killed between the mail server's yes and the row that says so sends it again,
under the same Message-ID, by which mail programs know a duplicate.
"""

import logging
from datetime import timedelta
from time import monotonic

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator

from portal.notices import bounces
from portal.notices.faults import describe, final_reply
from portal.notices.letters import compose
from portal.notices.models import ATTEMPTS, Message
from portal.text.normalise import normalise

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # longer than EMAIL_TIMEOUT for every step of one delivery
# before the second attempt, the third and so on; the last one is repeated
PAUSES = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6)]
# Seconds. A mail server that hangs must not keep the worker from its other tasks; the rest goes with the next sweep.
PATIENCE = 30
# Letters hold secret links and what citizens wrote. So long an answer to "I got no letter" needs the words, no longer.
KEPT = timedelta(days=30)


def enqueue(key, *, to, subject, body, language="vi", about=None):
    """Stores a message, as part of the caller's transaction. Whether it is new: the same key twice is one message.

    `language` is that in which subject and body are written, `about` the row that causes it. Raises ValidationError
    for an address that is none, an empty subject or body, an unknown language, and text in a legacy encoding.
    """
    now = timezone.now()
    fields = {"recipient": to, "subject": _one_line(subject), "body": body, "language": language, "about": about}
    fields |= {"created_at": now, "send_after": now}
    Message(key=key, **fields).clean_fields()
    if not body.strip():
        raise ValidationError({"body": Message._meta.get_field("body").error_messages["blank"]})
    _message, is_new = Message.objects.get_or_create(key=key, defaults=fields)
    return is_new


def _one_line(subject):
    """A line break in a subject would begin another header."""
    length = Message._meta.get_field("subject").max_length
    return Truncator(" ".join(normalise(subject).split())).chars(length)


def send_waiting(limit=50):
    """Sends what waits, the longest first. Returns how many went out. Safe to run twice, or in two places."""
    sent, end = 0, monotonic() + PATIENCE
    for _ in range(limit):
        message = _take() if monotonic() < end else None
        if message is None:
            break
        sent += _send(message)
    return sent


def _take():
    """The next message, which is nobody else's until its lease ends. None when nothing waits."""
    now = timezone.now()
    with transaction.atomic():
        # SQLite ignores the lock: its transactions are exclusive (IMMEDIATE)
        message = Message.objects.waiting(now).select_for_update(skip_locked=True).first()
        if message:
            message.lease_until = now + LEASE
            message.save(update_fields=["lease_until"])
    return message


def _send(message):
    """Whether the message went out. Runs outside a transaction, because a mail server takes its time."""
    try:
        compose(message).send()
    except Exception as error:  # whatever the mail server does to this message, the others go
        _note_failure(message, error)
        return False
    Message.objects.filter(pk=message.pk).update(sent_at=timezone.now(), lease_until=None, last_error="")
    return True


def _note_failure(message, error):
    logger.warning("Message %s was not sent: %s", message.pk, describe(error))
    # with the lease it was taken with: when that has ended, the message is another worker's
    mine = Message.objects.unsent().filter(pk=message.pk, lease_until=message.lease_until)
    failed = {"attempts": F("attempts") + 1, "last_error": describe(error), "lease_until": None}
    reply = final_reply(error)
    with transaction.atomic():
        if not reply:
            mine.update(**failed, send_after=timezone.now() + PAUSES[min(message.attempts, len(PAUSES) - 1)])
        elif mine.update(**failed):
            bounces.record(message, bounces.refused(reply))


def forget(now=None):
    """Empties the messages that went out, or were given up, longer ago than KEPT. Returns how many; run again, none."""
    limit = (now or timezone.now()) - KEPT
    ended = Q(sent_at__lte=limit)
    ended |= Q(sent_at=None, send_after__lte=limit) & (Q(refusal__gt="") | Q(attempts__gte=ATTEMPTS))
    return Message.objects.filter(ended, body__gt="").update(body="")
