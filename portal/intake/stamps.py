"""The stamp of a form: signed, so that nobody makes one up, and good for a day."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer
from django.utils import timezone

LIFETIME = timedelta(hours=24)
LONGEST = 300


class BadStamp(Exception):
    """It is missing, or was not issued here."""


class OldStamp(BadStamp):
    """It was issued more than a day ago, for the form `token`."""

    def __init__(self, token):
        super().__init__()
        self.token = token


@dataclass(frozen=True)
class Stamp:
    """`token` belongs to one form as it was shown: what is sent twice with it is one. `question`: which one it asks."""

    token: UUID
    issued_at: datetime
    question: int | None = None

    @classmethod
    def issue(cls):
        return cls(uuid4(), timezone.now())

    def __str__(self):
        """What the form carries."""
        return _signer().sign_object([self.token.hex, round(self.issued_at.timestamp(), 3), self.question])


def new_stamp():
    return str(Stamp.issue())


def read_stamp(value):
    """The stamp that a form carried. Raises BadStamp or OldStamp."""
    try:
        token, issued_at, question = _signer().unsign_object(value[:LONGEST])
    except BadSignature as forged:
        raise BadStamp from forged
    stamp = Stamp(UUID(token), datetime.fromtimestamp(issued_at, UTC), question)
    if timezone.now() - stamp.issued_at > LIFETIME:
        raise OldStamp(stamp.token)
    return stamp


def _signer():
    return Signer(salt="portal.intake.stamps")
