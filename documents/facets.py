"""By what readers narrow a search to documents."""

from django.utils.translation import gettext_lazy as _

from documents.models import Document, DocumentType, Issuer, Sector
from documents.validity import Status
from portal.publishing.registry import Choice, Facet, LiveFacet


def _types():
    return [Choice(row.code, row.name, (row.pk,)) for row in DocumentType.objects.all()]


def _issuers():
    return [Choice(row.code, row.name, (row.pk,)) for row in Issuer.objects.all()]


def _sectors():
    rows = list(Sector.objects.all())
    return [
        Choice(
            row.code,
            f"{'– ' * row.level}{row.name}",
            tuple(other.pk for other in rows if other.tree_id == row.tree_id and row.lft <= other.lft <= row.rght),
        )
        for row in rows
    ]


def _statuses():
    return [Choice(status.value, str(status.label), ()) for status in Status]


def _in_status(code):
    return Document.objects.readable().in_status(code)


def _statuses_of(ids):
    rows = Document.objects.filter(pk__in=ids).order_by().with_status().values_list("pk", "status")
    return {pk: (status, str(Status(status).label)) for pk, status in rows}


FACETS = (
    Facet("loai", _("Type of document"), _types),
    Facet("co_quan", _("Issuing body"), _issuers),
    Facet("linh_vuc", _("Sector"), _sectors),
    LiveFacet("tinh_trang", _("Status"), _statuses, items=_in_status, codes=_statuses_of),
)
