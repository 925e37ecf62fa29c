"""What the readers of the single formats share: problems, and the shape of what they read."""

from collections.abc import Iterator
from typing import NamedTuple

LOCKED = "locked"
BROKEN = "broken"
TOO_MUCH = "too_much"
ACTIVE = "active"
EMBEDDED = "embedded"
NO_PAGES = "no_pages"


class Refused(Exception):
    """The file cannot or must not be read; `problem` says why."""

    def __init__(self, problem):
        super().__init__(problem)
        self.problem = problem


class Source(NamedTuple):
    """Texts page by page, read as they are asked for, and how many there are where that is known before."""

    texts: Iterator[str]
    count: int | None = None


def scan_name(page, position):
    """The name of a picture of a page, both counted from 0: sorted, the names are in the order of reading."""
    return f"{page:06}-{position:03}.png"


def scanned_page(name):
    return int(name.partition("-")[0])


class PageWriter:
    """Text as it comes, line by line, on pages."""

    def __init__(self):
        self.pages = [[]]

    def write(self, text):
        self.pages[-1].append(text)

    def end_line(self):
        if self.pages[-1] and self.pages[-1][-1] != "\n":
            self.write("\n")

    def start_page(self):
        self.pages.append([])

    def has_text(self):
        """Whether the page at hand has any yet."""
        return any(not piece.isspace() for piece in self.pages[-1])

    def source(self):
        # a text without a break was never laid out: how many pages it takes nobody knows
        count = len(self.pages) if len(self.pages) > 1 else None
        return Source(("".join(page).strip("\n") for page in self.pages), count)
