"""Errors of the gazette are put right by documents (đính chính) of later issues; both sides lead to each other."""

from django.db.models import Q
from django.utils.translation import gettext as _

from documents.models import Relation
from gazette.models import Entry

CORRECTS = Relation.Kind.CORRECTS


def corrections_of(document):
    """[(sentence, entries)] of what the document corrects and of what corrects it, as far as it was printed."""
    relations = Relation.objects.recorded().of_kind(CORRECTS).filter(Q(source=document) | Q(target=document))
    pairs = list(relations.values_list("source", "target"))
    entries = _printed([pk for pair in pairs for pk in pair if pk != document.pk])
    corrected = [entries[target] for source, target in pairs if source == document.pk and target in entries]
    correcting = [entries[source] for source, target in pairs if target == document.pk and source in entries]
    found = [(_("Corrects an earlier issue"), corrected), (_("Corrected in a later issue"), correcting)]
    return [row for row in found if row[1]]


def _printed(documents):
    """{document: its entry}"""
    rows = Entry.objects.printed().filter(document__in=documents) if documents else []
    rows = rows and rows.select_related("issue", "document__type").defer("document__full_text").order_by("pk")
    return {row.document_id: row for row in rows}


def corrections_within(entries):
    """{document: the entry that corrects it} of the documents of these entries."""
    held = [row.document_id for row in entries]
    pairs = Relation.objects.recorded().of_kind(CORRECTS).filter(target__in=held).values_list("target", "source")
    correcting = _printed([source for _target, source in pairs])
    return {target: correcting[source] for target, source in pairs if source in correcting}
