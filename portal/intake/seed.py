"""The questions for people and the texts to accept, as an installation begins with them."""

import json
from pathlib import Path

from portal.intake.models import Challenge, Statement
from portal.text.fold import searchable

FIXTURES = Path(__file__).parent / "fixtures"


def seed():
    """Adds what is not there yet. A question that is there, in use or not, and a text in force in that time, win."""
    return {"questions for people": _challenges(), "texts to accept": _statements()}


def _read(name):
    return json.loads((FIXTURES / f"{name}.json").read_text())


def _challenges():
    known = {searchable(text) for text in Challenge.objects.values_list("question_vi", flat=True)}
    rows = [
        Challenge(**row | {"answers": "\n".join(row["answers"])})
        for row in _read("challenges")
        if searchable(row["question_vi"]) not in known
    ]
    return len(Challenge.objects.bulk_create(rows))


def _statements():
    rows = [Statement(**{name: _text(value) for name, value in row.items()}) for row in _read("statements")]
    new = [row for row in rows if not row.overlapping(code=row.code).exists()]
    return len(Statement.objects.bulk_create(new))


def _text(value):
    return "\n\n".join(value) if isinstance(value, list) else value
