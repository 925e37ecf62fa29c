"""The end of a document: who receives it on the left, who signs it on the right."""

import re

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Spacer

from portal.typesetting.lettering import (
    BODY,
    CENTRED,
    CENTRED_BOLD,
    ITALIC,
    LEFT,
    WIDTH,
    columns,
    markup,
    paragraphs,
    style,
)

RECIPIENTS = re.compile(r"Nơi nhận\b", re.IGNORECASE)
RECIPIENT = re.compile(r"[-–+•]|.{0,200};$")
ON_BEHALF = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s*\w")
TITLE = re.compile(
    r"(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|(?:TỔNG )?GIÁM ĐỐC|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|(?:CHI )?CỤC TRƯỞNG)\b"
)
SIGNED = re.compile(r"\(?(?:đã )?ký\b[^()]{0,40}\)?", re.IGNORECASE)
NAME = re.compile(r"(?:[^\W\d_]+\.? ){1,6}[^\W\d_]+")
LONGEST_TITLE, LONGEST_NAME = 90, 40
# what is longer is no list of recipients, and would not fit on a page beside a signature
MOST_LINES, LONGEST_LINE = 25, 200

RECIPIENTS_TITLE = style("recipients", LEFT, fontName=ITALIC, fontSize=10, leading=13, spaceAfter=1)
LIST = style("list of recipients", LEFT, fontSize=9.5, leading=12.5, spaceAfter=0)
SIGNER = style("signer", CENTRED_BOLD, leading=15, spaceAfter=1)
SIGNATURE = style("signature", CENTRED, leading=15, spaceBefore=10, spaceAfter=10)


def names_recipients(line):
    return bool(RECIPIENTS.match(line))


def signs_on_behalf(line):
    return _is_title(line, ON_BEHALF)


def signs_as_head(line):
    """Whether `line` is the title of a head; in a preamble that is the authority that decides, not a signature."""
    return _is_title(line, TITLE)


def _is_title(line, pattern):
    return len(line) <= LONGEST_TITLE and line == line.upper() and bool(pattern.match(line))


def take_recipients(lines):
    """The list from the beginning of the deque `lines`, which loses it."""
    taken = [lines.popleft()]
    while lines and RECIPIENT.match(lines[0]):
        taken.append(lines.popleft())
    return taken


def take_signature(lines):
    """Titles, the note that it is signed and one name, from the beginning of the deque `lines`, which loses them."""
    taken = [lines.popleft()]
    while lines and (signs_on_behalf(lines[0]) or signs_as_head(lines[0]) or SIGNED.fullmatch(lines[0])):
        taken.append(lines.popleft())
    if lines and _is_name(lines[0]):
        taken.append(lines.popleft())
    return taken


def _is_name(line):
    return len(line) <= LONGEST_NAME and bool(NAME.fullmatch(line)) and line.istitle()


def closing(recipients, signers):
    """The two lists side by side; as paragraphs where they are too long for that."""
    if len(recipients) + len(signers) > MOST_LINES or any(len(line) > LONGEST_LINE for line in recipients + signers):
        return [paragraph for line in recipients + signers for paragraph in paragraphs(line, BODY)]
    left = [Paragraph(markup(line), LIST if at else RECIPIENTS_TITLE) for at, line in enumerate(recipients)]
    right = [Paragraph(markup(line), SIGNATURE if SIGNED.fullmatch(line) else SIGNER) for line in signers]
    return [Spacer(0, 4 * mm), columns([left, right], [WIDTH * 0.45, WIDTH * 0.55]), Spacer(0, 6 * mm)]
