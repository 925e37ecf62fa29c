"""A document on the sites of the agencies that it applies to: they show it, its address stays the issuer's."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document, Showing
from portal.editorial import audit, policy
from portal.publishing import duties
from portal.publishing.signals import changing
from portal.publishing.workflow import Refused


def show(document, agency, *, by):
    """Shows a public document on the agency's site, which keeps its duty of Article 9.1 c by it. Raises Refused."""
    with transaction.atomic():
        fresh = _locked(document, agency, by)
        if not fresh.is_readable:
            raise Refused(_("The document is not public."))
        _row, new = Showing.objects.get_or_create(
            document=fresh, agency=agency, defaults={"by": by, "shown_at": timezone.now()}
        )
        if not new:
            raise Refused(_("This site shows the document already."))
        audit.record("show", fresh, by=by, changes={"site": str(agency)})
        duties.keep(fresh)
        changing.send(Document, item=fresh)


def hide(document, agency, *, by, note):
    """Takes a document of another agency from the agency's site; what that had kept is owed again. Raises Refused."""
    with transaction.atomic():
        fresh = _locked(document, agency, by)
        if not note.strip():
            raise Refused(_("Give the reason."))
        deleted, _rows = Showing.objects.filter(document=fresh, agency=agency).delete()
        if not deleted:
            raise Refused(_("This site does not show the document."))
        audit.record("hide", fresh, by=by, note=note, changes={"site": str(agency)})
        duties.owe_again(fresh, by=by, reason=note, agency=agency)
        changing.send(Document, item=fresh)


def _locked(document, agency, by):
    fresh = Document.objects.select_for_update().get(pk=document.pk)
    policy.forget(by)
    if not policy.agencies(by, "show").filter(pk=agency.pk).exists():
        raise Refused(_("Your role on the editorial board of this site does not include this action."))
    if agency.pk == fresh.agency_id:
        raise Refused(_("This document stands on its own site already."))
    return fresh
