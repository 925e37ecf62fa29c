"""Anchors of provisions and their names: dieu-9-khoan-1-diem-dd is điểm đ khoản 1 Điều 9."""

import re
from itertools import pairwise

from django.utils.translation import gettext as _

ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
TENS_AND_UNITS = [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
PRINTED = re.compile("(?P<digits>[0-9]{1,9})(?P<letter>[a-zđ]?)|(?P<roman>[IVXL]{1,8})(?P<suffix>[a-zđ]?)|[A-H]")
STEP = re.compile(
    r"(?:^|-)(?P<kind>phu-luc|phan|chuong|tieu-muc|muc|dieu|khoan|diem)"
    r"-(?P<number>[0-9]{1,9}[a-z]{0,2}|[a-z]{1,2}[0-9]?)(?:-[0-9]+)?(?=-|$)"
)
NAMES = {
    "phu-luc": lambda: _("Appendix %(number)s"),
    "phan": lambda: _("Part %(number)s"),
    "chuong": lambda: _("Chapter %(number)s"),
    "muc": lambda: _("Division %(number)s"),
    "tieu-muc": lambda: _("Subdivision %(number)s"),
    "dieu": lambda: _("Article %(number)s"),
    "khoan": lambda: _("clause %(number)s"),
    "diem": lambda: _("point %(number)s"),
}
PRINTED_IN_ROMAN = {"phu-luc", "phan", "chuong"}


def arabic(number):
    """The value of a number as printed: 09, 9a, IX, "thứ nhất", "số 01", A; 0 when nothing is printed."""
    last = number.split()[-1] if number.strip() else ""
    if last.lower() in ORDINALS:
        return ORDINALS.index(last.lower()) + 1
    found = PRINTED.fullmatch(last)
    if not found:
        return 0
    if found["digits"]:
        return int(found["digits"])
    return _from_roman(found["roman"]) if found["roman"] else ord(last) - ord("A") + 1


def _from_roman(letters):
    values = [ROMAN[letter] for letter in letters]
    return sum(-value if value < after else value for value, after in pairwise([*values, 0]))


def in_roman(value):
    letters = ""
    for worth, letter in TENS_AND_UNITS:
        letters += letter * (value // worth)
        value %= worth
    return letters


def step(number):
    """The number as a part of an anchor: II is 2, 9a stays, đ is "dd" because d is another letter."""
    found = PRINTED.fullmatch(number)
    suffix = (found["letter"] or found["suffix"] or "") if found else ""
    value = arabic(number)
    return (f"{value}{suffix}" if value else number).replace("đ", "dd")


def provision_name(anchor):
    """The name of a provision, the smallest part first; empty for what is no anchor."""
    steps = [(found["kind"], found["number"], found.start()) for found in STEP.finditer(anchor[:200])]
    name = " ".join(NAMES[kind]() % {"number": _printed(kind, number)} for kind, number, _start in reversed(steps))
    if steps and steps[0][2] > 0:
        return _("%(provision)s of the issuing document") % {"provision": name}
    return name


def _printed(kind, number):
    if kind in PRINTED_IN_ROMAN and number.isdecimal() and 0 < int(number) < 90:
        return in_roman(int(number))
    return number.replace("dd", "đ")
