"""Demonstration data: the portal and its member sites."""

import json
from pathlib import Path

from portal.agencies.models import Agency
from portal.subsites.models import Site

FIXTURES = Path(__file__).parent / "fixtures"


def load(say):
    rows = json.loads((FIXTURES / "demo_sites.json").read_text())
    say(f"{len(rows)} sites")
    for row in rows:
        agency = Agency.objects.get(code=row.pop("agency"))
        if not Site.objects.filter(agency=agency).exists():
            site = Site(agency=agency, is_active=True, **row)
            site.full_clean()
            site.save()
