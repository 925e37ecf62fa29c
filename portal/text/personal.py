"""Personal data in what citizens write: suggested to the editor, masked, and refused where it still stands.

Offsets are those of the text given, in its stored form (NFC).
"""

import re
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
    plain = _without_markers(text)
    reading, official = Reading(plain), set().union(*map(public_forms, public))
    found = [
        finding
        for finding in _suggested(plain, reading)
        if not official & forms(finding.text) and BARRIER not in finding.text
    ]
    sought = {form: kind for kind, string in known for form in _known_forms(kind, string) if form not in official}
    return _apart(plain, _everywhere(plain, reading, found, sought))


def _without_markers(text):
    """The text with something in the place of each marker that is no part of any word."""
    return MARKER.sub(lambda match: BARRIER * len(match[0]), text)


def _suggested(text, reading):
    for kind, spans in FINDERS.items():
        for start, end in spans(text):
            start, end = reading.whole_words(start, end)
            yield Finding(kind, start, end, text[start:end])


def _known_forms(kind, string):
    parts = KNOWN_PARTS.get(kind, lambda whole: [whole])
    return {form for part in parts(string) for form in forms(part)}


def _everywhere(text, reading, found, sought):
    """The findings, what is sought, and all of it again in every other place and spelling."""
    found = list(found)
    open_forms, seen = list(sought.items()), set()
    done = 0
    while open_forms or done < len(found):
        while done < len(found):
            open_forms += [(form, found[done].kind) for form in forms(found[done].text)]
            done += 1
        form, kind = open_forms.pop()
        if form not in seen:
            seen.add(form)
            found += [Finding(kind, start, end, text[start:end]) for start, end in reading.spans(form)]
    return found


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
