"""Letters that come back: what mail servers report of them (RFC 3464), stored beside the letter that is meant."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.parser import HeaderParser

from django.db import transaction
from django.utils import timezone

from portal.notices.faults import one_line
from portal.notices.models import MESSAGE_ID, Bounce, Message

LIMIT = 1024**2  # bytes of a report that are read; our letters are short, and so is what is said of them
STATUS = re.compile(r"(?<![\w.])[245]\.\d{1,3}\.\d{1,3}\b(?!\.\d)")  # and no part of an IP address
NAMES = 20  # that are looked up: a report has one or two
KIND_OF_DIAGNOSTIC = re.compile(r"^[\w-]+;\s*")
BLANK_LINE = re.compile(r"\n[ \t]*\n")
# Python would read into these parts and lose the words of one that was encoded, which RFC 2046 forbids and servers do.
INNER_MAIL = re.compile(rb"^(content-type:\s*)message/", re.IGNORECASE | re.MULTILINE)
REPORTS = {"text/x-delivery-status", "text/x-global-delivery-status"}
RETURNED = {
    "text/x-rfc822",
    "text/x-rfc822-headers",
    "text/rfc822-headers",
    "text/x-global",
    "text/x-global-headers",
}


class NoBounce(ValueError):
    """The mail reports no failure, or is about no letter of the portal: one sentence says which."""


@dataclass
class Failure:
    is_permanent: bool
    status: str
    words: str


def take(raw):
    """Stores what a mail reports of a letter. Whether it is new. Raises NoBounce."""
    try:
        mail = message_from_bytes(INNER_MAIL.sub(rb"\1text/x-", raw[:LIMIT].replace(b"\r\n", b"\n")))
        parts = [part for part in mail.walk() if not part.is_multipart()]
    except RecursionError as error:  # a mail of a thousand parts within parts is nobody's report
        raise NoBounce("This mail cannot be read.") from error
    failure = _failure(mail, parts)
    if failure is None:
        raise NoBounce("This mail does not report that a letter was not delivered (RFC 3464).")
    message = _letter(mail, parts)
    if message is None:
        raise NoBounce("The letter that came back is none of this portal.")
    return record(message, failure)


@transaction.atomic
def record(message, failure):
    """Whether it is new. A letter that was refused for good is not tried again."""
    known = {"message": message, "is_permanent": failure.is_permanent, "status": failure.status}
    said = {"at": timezone.now(), "words": failure.words}
    _bounce, is_new = Bounce.objects.get_or_create(**known, defaults=said)
    if failure.is_permanent:
        Message.objects.unsent().filter(pk=message.pk).update(refusal=failure.words, lease_until=None)
    return is_new


def refused(reply):
    """What the mail server said when the letter was handed to it, for good: "550 5.1.1 no such user"."""
    return Failure(is_permanent=True, status=_status(reply), words=reply)


# --- what is said ---------------------------------------------------------------------------------------------------


def _failure(mail, parts):
    blocks = [block for part in parts if part.get_content_type() in REPORTS for block in _blocks(part)]
    found = [failure for block in blocks if (failure := _failure_in(block))]
    if not found and _header(mail, "X-Failed-Recipients"):  # Exim without a part for machines
        found = [_failure_in_words(_text(part)) for part in parts if part.get_content_type() == "text/plain"]
    return next((row for row in found if row.is_permanent), found[0] if found else None)


def _failure_in(block):
    """Of one recipient. None where nothing failed, and for the block about the report itself."""
    status = _status(_header(block, "Status"))
    action = _header(block, "Action").lower().split(" ")[0] or ("failed" if status.startswith("5") else "")
    if action not in ("failed", "delayed"):
        return None
    said = KIND_OF_DIAGNOSTIC.sub("", _header(block, "Diagnostic-Code"))
    return Failure(is_permanent=action == "failed", status=status, words=one_line(said) or f"{action} {status}".strip())


def _failure_in_words(text):
    said = next((line for line in text.splitlines() if STATUS.search(line)), text)
    return Failure(is_permanent=True, status=_status(said), words=one_line(said) or "failed")


def _status(text):
    found = STATUS.search(text)
    return found[0] if found else ""


# --- which letter ---------------------------------------------------------------------------------------------------


def _letter(mail, parts):
    return next((row for name in _names(mail, parts) if (row := Message.objects.called(name).first())), None)


def _names(mail, parts):
    """What looks like a Message-ID of ours: of the letter returned, of what is answered, at last in the words."""
    returned = [HeaderParser().parsestr(_text(part)) for part in parts if part.get_content_type() in RETURNED]
    places = [_header(head, "Message-ID") for head in returned]
    places += [_header(mail, "In-Reply-To"), _header(mail, "References")]
    places += [_text(part) for part in parts if part.get_content_type() == "text/plain"]
    found = dict.fromkeys(match[0] for place in places for match in MESSAGE_ID.finditer(place))
    return list(found)[:NAMES]


# --- what a mail is made of -----------------------------------------------------------------------------------------


def _blocks(part):
    blocks = BLANK_LINE.split(_text(part).strip("\n"))
    return [HeaderParser().parsestr(block.strip("\n")) for block in blocks]


def _text(part):
    """What we look for is ASCII; the words around it may be in whatever encoding the server had."""
    content = part.get_payload(decode=True)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n")


def _header(part, name):
    """The value on one line, its encoded words read; empty where there is none."""
    value = " ".join(str(part.get(name, "")).split())
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):  # an unknown encoding, or a word that is not in its own
        return value
