"""What documents are chosen from: types, sectors and issuing bodies, as an installation begins with them."""

import json
from pathlib import Path

from documents.models import DocumentType, Issuer, Sector
from portal.agencies import trees
from portal.agencies.models import Agency

FIXTURES = Path(__file__).parent / "fixtures"


def seed():
    """Adds the rows whose code is not there yet; bodies of the province only once their agencies are entered."""
    return {"types": _types(), "sectors": _sectors(), "issuing bodies": _issuers()}


def _new(model, name):
    """The rows that are not there yet, each with its place in the file."""
    known = set(model.objects.values_list("code", flat=True))
    rows = enumerate(json.loads((FIXTURES / f"{name}.json").read_text()), start=1)
    return [(place, row) for place, row in rows if row["code"] not in known]


def _types():
    rows = [DocumentType(**row) for _place, row in _new(DocumentType, "document_types")]
    return len(DocumentType.objects.bulk_create(rows))


def _sectors():
    rows = _new(Sector, "sectors")
    for _place, row in rows:
        parent = row["parent"] and Sector.objects.get(code=row["parent"])
        trees.save_node(Sector(**row | {"parent": parent}))
    return len(rows)


def _issuers():
    agencies = {None: None} | {agency.code: agency for agency in Agency.objects.all()}
    rows = [(place, row) for place, row in _new(Issuer, "issuers") if row["agency"] in agencies]
    issuers = [Issuer(**row | {"agency": agencies[row["agency"]]}, position=place) for place, row in rows]
    return len(Issuer.objects.bulk_create(issuers))
