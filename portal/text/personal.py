"""Personal data in what citizens write: suggested to the editor, masked, and refused where it still stands.

Offsets are those of the text given, in its stored form (NFC).
"""

import re
from collections import deque
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.text.personal_addresses import addresses, household_parts
from portal.text.personal_names import known_parts, names
from portal.text.personal_numbers import accounts, birth_dates, emails, id_numbers, phones, plates
from portal.text.personal_spellings import BARRIER, Reading, forms, public_forms


class Kind(TextChoices):
    ID_NUMBER = "id_number", _("identity document number")
    PHONE = "phone", _("phone number")
    EMAIL = "email", _("e-mail address")
    ADDRESS = "address", _("address")
    BANK_ACCOUNT = "bank_account", _("bank account")
    NAME = "name", _("name of a person")
    BIRTH_DATE = "birth_date", _("date of birth")
    PLATE = "plate", _("vehicle plate")


@dataclass(frozen=True)
class Finding:
    kind: Kind
    start: int
    end: int
    text: str


# of two equally long the first stays: an account may be somebody's phone number
FINDERS = {
    Kind.EMAIL: emails,
    Kind.BANK_ACCOUNT: accounts,
    Kind.PHONE: phones,
    Kind.ID_NUMBER: id_numbers,
    Kind.PLATE: plates,
    Kind.BIRTH_DATE: birth_dates,
    Kind.ADDRESS: addresses,
    Kind.NAME: names,
}
KNOWN_PARTS = {Kind.NAME: known_parts, Kind.ADDRESS: household_parts}
# content, therefore not translated
HIDDEN = {
    Kind.ID_NUMBER: "số giấy tờ",
    Kind.PHONE: "số điện thoại",
    Kind.EMAIL: "thư điện tử",
    Kind.ADDRESS: "địa chỉ",
    Kind.BANK_ACCOUNT: "số tài khoản",
    Kind.NAME: "tên",
    Kind.BIRTH_DATE: "ngày sinh",
    Kind.PLATE: "biển số xe",
}
MARKERS = {kind: f"[đã ẩn: {what}]" for kind, what in HIDDEN.items()}
MARKER = re.compile("|".join(map(re.escape, MARKERS.values())))


def find(text, known=(), public=()):
    """Suggestions in their order, none over another. What was found once is found wherever it stands again.

    `known` is what the portal knows of the sender: pairs of kind and string. `public` are strings that are nobody's
    secret, such as the phone numbers of agencies; they are not suggested.
    """
    text = _without_markers(text)
    reading, official = Reading(text), set().union(*map(public_forms, public))
    findings = [one for one in _suggested(text, reading) if official.isdisjoint(forms(one.text))]
    sought = {form: kind for kind, string in known for form in _known_forms(kind, string) if form not in official}
    return _apart(text, [*_everywhere(text, reading, sought, findings), *findings])


def _without_markers(text):
    """The text with something in the place of each marker that is no part of any word."""
    return MARKER.sub(lambda match: BARRIER * len(match[0]), text)


def _suggested(text, reading):
    for kind, finder in FINDERS.items():
        for span in finder(text):
            start, end = reading.whole_words(*span)
            if BARRIER not in text[start:end]:
                yield Finding(kind, start, end, text[start:end])


def _known_forms(kind, string):
    parts = KNOWN_PARTS[kind](string) if kind in KNOWN_PARTS else [string]
    return {form for part in parts for form in forms(part)}


def _everywhere(text, reading, sought, findings):
    """What is sought or was found, in all its places; then what was found there, in all the spellings of that."""
    waiting, seen, found = deque([*sought.items(), *_forms_of(findings)]), set(), []
    while waiting:
        form, kind = waiting.popleft()
        if form not in seen:
            seen.add(form)
            again = [Finding(kind, start, end, text[start:end]) for start, end in reading.spans(form)]
            found += again
            waiting += _forms_of(again)
    return found


def _forms_of(findings):
    kinds = {finding.text: finding.kind for finding in reversed(findings)}
    return [(form, kind) for text, kind in kinds.items() for form in forms(text)]


def _apart(text, findings):
    """The longest of those that overlap."""
    taken, chosen = bytearray(len(text)), []
    for finding in sorted(findings, key=lambda one: one.start - one.end):
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
            chosen.append(finding)
    return sorted(chosen, key=lambda one: one.start)


def mask(text, findings):
    """The text with a marker for each finding, one for those that overlap. Raises ValueError for another text."""
    parts, done = [], 0
    for finding in sorted(findings, key=lambda one: (one.start, -one.end)):
        if text[finding.start : finding.end] != finding.text:
            raise ValueError(f"no finding of this text: {finding.kind} at {finding.start}")
        if finding.start >= done:
            parts += [text[done : finding.start], MARKERS[finding.kind]]
        done = max(done, finding.end)
    return "".join([*parts, text[done:]])


def holds(text, strings):
    """Those of `strings` that still stand in the text, in any spelling that `find` would see through."""
    reading = Reading(_without_markers(text))
    return [string for string in strings if any(any(reading.spans(form)) for form in forms(string))]
