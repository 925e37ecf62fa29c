"""What the strict Content-Security-Policy would block in a template, and names that break the naming rule."""

import re
from html.parser import HTMLParser

TAGS = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
NAME = re.compile(r"_?[a-z0-9]+(_[a-z0-9]+)*")
SUFFIX = re.compile(r"(\.[a-z]+)+")
DATA = "application/ld+json"


def markup_breaches(source):
    """What is forbidden in one template: (line, sentence)."""
    reader = _Reader()
    reader.feed(TAGS.sub(lambda tag: "\n" * tag[0].count("\n"), source))
    reader.close()
    return reader.found


def is_well_named(path):
    """templates/<app>/<model>_<view>.html, partials begin with an underscore, everything in lower case."""
    name, dot, suffix = path.name.partition(".")
    return all(map(NAME.fullmatch, [*path.parts[:-1], name])) and SUFFIX.fullmatch(dot + suffix) is not None


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag == "style":
            self._add("<style> belongs into a style sheet")
        if tag == "script" and "src" not in given and given.get("type") != DATA:
            self._add("an inline <script> belongs into a file")
        for name, value in given.items():
            self._check_attribute(name, value)

    def _check_attribute(self, name, value):
        if name == "style":
            self._add("style= belongs into a style sheet")
        if name.startswith("on"):
            self._add(f"{name}= belongs into a script file")
        if value.strip().lower().startswith("javascript:"):
            self._add(f"{name}= may not hold a script")

    def _add(self, sentence):
        self.found.append((self.getpos()[0], sentence))
