"""Relations of a public document: one member of the board proposes, another one confirms (Article 5.4)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document, Relation
from portal.editorial import audit, policy
from portal.publishing.signals import changing
from portal.publishing.workflow import Refused

State = Relation.State


def propose(relation, *, by, note):
    """Stores a new relation of a public document; it counts when it is confirmed. Raises Refused."""
    with transaction.atomic():
        document = _locked(relation.source_id, "propose", by)
        _refuse_without(note)
        relation.state, relation.proposed_by, relation.proposed_at = State.PROPOSED, by, timezone.now()
        relation.full_clean()
        relation.save()
        audit.record("relate", document, by=by, note=note, changes={"relation": str(relation)})
    return relation


def propose_removal(relation, *, by, note):
    """Asks for a second person's word that a recorded relation is wrong. Raises Refused."""
    with transaction.atomic():
        document = _locked(relation.source_id, "propose", by)
        row = Relation.objects.select_for_update().get(pk=relation.pk)
        if row.state != State.COUNTS:
            raise Refused(_("This relation was decided on meanwhile."))
        _refuse_without(note)
        row.state, row.proposed_by, row.proposed_at = State.LEAVING, by, timezone.now()
        row.save(update_fields=["state", "proposed_by", "proposed_at"])
        audit.record("relate", document, by=by, note=note, changes={"removal": str(row)})


def decide(relation, *, by, confirm, note=""):
    """Confirms what was proposed, or refuses it; who proposed it may only take it back. Raises Refused."""
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=relation.source_id)
        row = Relation.objects.select_for_update().get(pk=relation.pk)
        _refuse(document, "propose" if not confirm and row.proposed_by_id == by.pk else "correct", by)
        if row.state not in (State.PROPOSED, State.LEAVING):
            raise Refused(_("This relation was decided on meanwhile."))
        if confirm and row.proposed_by_id == by.pk:
            raise Refused(_("You proposed this change. Another member of the board must approve it (Article 5.4)."))
        if not confirm:
            _refuse_without(note)
        row.state = State.COUNTS if confirm == (row.state == State.PROPOSED) else State.REMOVED
        row.save(update_fields=["state"])
        audit.record(
            "relation_decided", document, by=by, note=note, changes={"relation": f"{row}: {row.get_state_display()}"}
        )
        changing.send(Document, item=document)


def _locked(pk, action, by):
    """The document before its relations, always: two people who come at the same moment wait for each other."""
    document = Document.objects.select_for_update().get(pk=pk)
    _refuse(document, action, by)
    return document


def _refuse(document, action, by):
    policy.forget(by)
    if sentence := policy.refusal(by, action, document):
        raise Refused(sentence)


def _refuse_without(note):
    if not note.strip():
        raise Refused(_("Give the reason."))
