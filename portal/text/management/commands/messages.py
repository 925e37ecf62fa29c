"""Keeps the Vietnamese catalogue in step with the code, without GNU gettext. English is in the code."""

import ast
import os
import re
import unicodedata
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import generate_po, read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
LITERAL = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
# what Django's templatize makes of the tags of a template, between letters it has blotted out
CALL = re.compile(rf"\b(n?)(p?)(?:gettext|_)\(({LITERAL}(?:,\s*{LITERAL})*)")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|(?<!{){\w*}(?!})")
TEMPLATES = {".html", ".txt", ".xml", ".svg", ".ics"}
SKIPPED = {"tests", "var"}

HEADER = """msgid ""
msgstr ""
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


class Command(BaseCommand):
    help = "Bring locale/vi/LC_MESSAGES/django.po up to date with the code, or check that it is."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing, fail if something is to be done")

    def handle(self, *, check, **options):
        root = Path(settings.BASE_DIR)
        path = root / "locale" / "vi" / "LC_MESSAGES" / "django.po"
        needed, present = collect(root), _read(path)
        found = list(problems(needed, present))
        if check and found:
            raise CommandError("\n".join(["Run `make messages`, then translate:", *found]))
        if not check:
            _write(path, translated(needed, present))
        self.stdout.write(f"{len(needed)} messages")


def collect(root):
    """Everything in the code under a folder that asks for a translation."""
    catalogue = Catalog(locale="vi")
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        for line, message, context in _template(path) if path.suffix != ".py" else _python(path):
            catalogue.add(message, locations=[(name, line)], context=context)
    return catalogue


def _files(root):
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED and not name.startswith("."))
        in_templates = "templates" in Path(folder).relative_to(root).parts
        for name in sorted(names):
            suffix = Path(name).suffix
            if suffix == ".py" or (in_templates and suffix in TEMPLATES):
                yield Path(folder, name)


def _python(path):
    for line, message, _comments, context in extract_from_file("python", path, keywords=KEYWORDS):
        yield line, message, context


def _template(path):
    code = templatize(path.read_text(encoding="utf-8"), origin=path)
    for call in CALL.finditer(code):
        literals = [ast.literal_eval(literal) for literal in re.findall(LITERAL, call[3])]
        context = literals.pop(0) if call[2] else None
        yield code.count("\n", 0, call.start()) + 1, tuple(literals) if call[1] else literals[0], context


def translated(needed, present):
    """The needed messages with the translations there are; nothing is guessed, nothing obsolete is kept."""
    for message in _messages(needed):
        if known := present.get(message.id, message.context):
            plural = isinstance(message.id, tuple)
            message.string = (_text(known),) if plural else _text(known)
            message.user_comments = known.user_comments
            message.flags |= known.flags & {"fuzzy"}
    return needed


def problems(needed, present):
    """One sentence for every message that is not as it should be."""
    for message in _messages(needed):
        if present.get(message.id, message.context) is None:
            yield f"missing: {_name(message)}"
        if any(map(_is_vietnamese, "".join(_ids(message)))):
            yield f"the English text has Vietnamese letters: {_name(message)}"
    for message in _messages(present):
        if needed.get(message.id, message.context) is None:
            yield f"obsolete: {_name(message)}"
        else:
            yield from (f"{fault}: {_name(message)}" for fault in _faults(message))
    yield from (f"obsolete: {_name(message)}" for message in present.obsolete.values())


def _faults(message):
    if message.fuzzy:
        yield "fuzzy"
    if not _text(message):
        yield "empty"
    # Vietnamese has one form, which stands for the plural of the English text
    elif set(PLACEHOLDER.findall(_ids(message)[-1])) != set(PLACEHOLDER.findall(_text(message))):
        yield "other placeholders than in the English text"


def _messages(catalogue):
    return [message for message in catalogue if message.id]


def _ids(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def _text(message):
    return message.string if isinstance(message.string, str) else "".join(message.string[:1])


def _name(message):
    context = f"{message.context} | " if message.context else ""
    return f"{context}{_ids(message)[0]!r}"


def _is_vietnamese(letter):
    return letter in "đĐ" or (letter.isalpha() and unicodedata.normalize("NFD", letter) != letter)


def _read(path):
    if not path.exists():
        return Catalog(locale="vi")
    with path.open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def _write(path, catalogue):
    # without dates and line numbers, so that a change shows nothing but itself
    entries = generate_po(catalogue, omit_header=True, include_lineno=False, sort_by="location", width=110)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + "".join(entries), encoding="utf-8")
