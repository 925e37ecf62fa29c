"""Demonstration data: the agencies of the province as they were in 2017."""

import json
from pathlib import Path

from portal.agencies import trees
from portal.agencies.models import Agency, ContactPoint

FIXTURES = Path(__file__).parent / "fixtures"


def load(say):
    rows = json.loads((FIXTURES / "demo_agencies.json").read_text())
    say(f"{len(rows)} agencies")
    for position, row in enumerate(rows):
        _load(row, position)


def _load(row, position):
    if Agency.objects.filter(code=row["code"]).exists():
        return
    contact, parent = row.pop("contact"), row.pop("parent")
    if row.get("place_name"):
        row["place_name_en"] = row["name_en"].removeprefix("People's Committee of ")
    agency = Agency(position=position, parent=Agency.objects.get(code=parent) if parent else None, **row)
    trees.save_node(agency)
    ContactPoint.objects.create(agency=agency, name_vi="Trụ sở", name_en="Head office", **contact)
