"""By what readers narrow a search to documents."""

from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from documents.models import Document, DocumentType, Issuer, Sector
from documents.validity import CHANGING, Status
from portal.publishing.registry import Choice, Facet, LiveFacet


def _named(model, *columns):
    """Rows of values with `label`: a search asks for all of them, and instances cost more than the search itself."""
    rows = model.objects.values("pk", "code", "name_vi", "name_en", *columns)
    return [row | {"label": row[f"name_{get_language()}"] or row["name_vi"]} for row in rows]


def _types():
    return [Choice(row["code"], row["label"], (row["pk"],)) for row in _named(DocumentType)]


def _issuers():
    return [Choice(row["code"], row["label"], (row["pk"],)) for row in _named(Issuer)]


def sectors():
    rows = _named(Sector, "level", "tree_id", "lft", "rght")
    return [Choice(row["code"], f"{'– ' * row['level']}{row['label']}", tuple(_branch(row, rows))) for row in rows]


def _branch(top, rows):
    return [row["pk"] for row in rows if row["tree_id"] == top["tree_id"] and top["lft"] <= row["lft"] <= top["rght"]]


def _statuses():
    return [Choice(status.value, str(status.label), (status.value,)) for status in Status]


def _statuses_of(ids):
    rows = _on(timezone.localdate()).filter(pk__in=ids)
    return {pk: (status, str(Status(status).label)) for pk, status in rows}


@lru_cache(maxsize=1)  # to put the condition together takes longer than the answer
def _on(day):
    return Document.objects.order_by().with_status(day).values_list("pk", "status")


def whose_status_depends_on(document):
    """The documents that this one acts on, or ever did; what it is based on or guides keeps its status."""
    acting = {"relations_in__source": document, "relations_in__kind__in": [*CHANGING, "suspends"]}
    return Document.objects.filter(**acting).distinct()


FACETS = (
    Facet("loai", _("Type of document"), _types),
    Facet("co_quan", _("Issuing body"), _issuers),
    Facet("linh_vuc", _("Sector"), sectors),
    LiveFacet("tinh_trang", _("Status"), _statuses, codes=_statuses_of),
)
