"""Saving what an editor wrote, and changing what is already public."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.editorial import audit, policy
from portal.obligations import ledger
from portal.publishing import duties
from portal.publishing.models import Revision
from portal.publishing.signals import changing, transitioned
from portal.publishing.workflow import Refused


@transaction.atomic
def store(item, *, by, changes=None):
    """Saves a new or an open item with its editor's name and one audit row, and enters what it owes (Article 9).

    The caller holds the row's lock. Raises ValidationError for an event in the future.
    """
    new = item.pk is None
    now = timezone.now()
    if new:
        item.created_by = by
    item.last_edited_by, item.last_edited_at = by, now
    item.version = 1 if new else item.version + 1
    item.save()
    audit.record("create" if new else "edit", item, by=by, at=now, changes=changes)
    duties.follow(item, by=by)


def discard(item, *, by):
    """Deletes a draft that was never public; its audit rows stay. Raises Refused."""
    with transaction.atomic():
        fresh = type(item).objects.select_for_update().get(pk=item.pk)
        policy.forget(by)
        if sentence := policy.refusal(by, "delete", fresh) or ledger.objection(fresh, [], by=by):
            raise Refused(sentence)
        audit.record("delete", fresh, by=by, changes={"title": fresh.title_vi})
        ledger.expect(fresh, [], by=by, reason=_("The draft was deleted."))
        fresh.delete()


def plain(item, names, chosen=None):
    """The values of the named fields as JSON can keep them. `chosen`: the rows of fields that name several."""
    chosen = chosen or {}
    return {name: _as_text(item._meta.get_field(name), item, chosen.get(name)) for name in names}


def _as_text(field, item, chosen):
    value = field.value_from_object(item)
    if field.many_to_many:
        return ",".join(map(str, sorted(row.pk for row in (value if chosen is None else chosen))))
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()  # one moment is one text, whoever wrote it
    return "" if value is None else field.value_to_string(item)


def differences(before, after):
    """[(field name, old, new)] for what differs between two mappings of plain values."""
    return [(name, before.get(name, ""), value) for name, value in after.items() if before.get(name, "") != value]


def propose(item, after, *, by, note):
    """Stores a change to a public item for another person's approval. Raises Refused."""
    with transaction.atomic():
        fresh = type(item).objects.select_for_update().get(pk=item.pk)
        policy.forget(by)
        if sentence := policy.refusal(by, _action_for(after), fresh):
            raise Refused(sentence)
        if not note.strip():
            raise Refused(_("Say what is changed and why; readers see this sentence."))
        before = plain(fresh, after)
        if not differences(before, after):
            raise Refused(_("Nothing was changed."))
        if fresh.revisions.filter(outcome=Revision.Outcome.PROPOSED).exists():
            raise Refused(_("Another change to this item is still waiting for approval. Decide on it first."))
        revision = Revision.objects.create(item=fresh, before=before, after=after, note=note, proposed_by=by)
        audit.record("revise", fresh, by=by, note=note)
    return revision


def _action_for(after):
    """Translators propose changes of their own language only."""
    return "revise" if all(name.endswith("_en") for name in after) else "propose"


def _locked(revision, by):
    """The open revision and its item as they are now, for whoever decides."""
    revision = Revision.objects.select_for_update().get(pk=revision.pk)
    item = revision.content_type.model_class().objects.select_for_update().get(pk=revision.object_id)
    policy.forget(by)
    if revision.outcome != Revision.Outcome.PROPOSED:
        raise Refused(_("This change was decided on meanwhile."))
    return revision, item


def apply(revision, *, by):
    """Puts a proposed change before the readers and keeps the superseded text. Raises Refused."""
    with transaction.atomic():
        revision, item = _locked(revision, by)
        if sentence := policy.refusal(by, "correct", item):
            raise Refused(sentence)
        if by.pk == revision.proposed_by_id:
            raise Refused(_("You proposed this change. Another member of the board must approve it (Article 5.4)."))
        if plain(item, revision.after) != revision.before:
            raise Refused(_("The text was changed after this change was proposed. Refuse it and propose it anew."))
        for field, value in _fields(item, revision.after, several=False):
            setattr(item, field.attname, field.to_python(value) if value != "" or not field.null else None)
        if problems := item.problems():
            raise Refused(problems)
        item.last_edited_by, item.last_edited_at = revision.proposed_by, timezone.now()
        item.version += 1
        item.full_clean()
        item.save()
        for field, value in _fields(item, revision.after, several=True):
            getattr(item, field.name).set([int(pk) for pk in value.split(",") if pk])
        _decide(revision, Revision.Outcome.APPLIED, by=by)
        changes = {"before": revision.before, "after": revision.after}
        audit.record("correct", item, by=by, note=revision.note, changes=changes)
        duties.follow(item, by=by, reason=revision.note)
        duties.keep(item)
        changing.send(type(item), item=item)
        transaction.on_commit(lambda: transitioned.send(type(item), item=item, name="correct", by=by))
    return item


def _fields(item, values, *, several):
    """[(field, value)] of those that hold one value, or of those that name several rows."""
    pairs = [(item._meta.get_field(name), value) for name, value in values.items()]
    return [(field, value) for field, value in pairs if bool(field.many_to_many) is several]


def refuse(revision, *, by, note):
    """Turns a proposed change down, whatever became of the item. Who proposed it may withdraw it so. Raises Refused."""
    with transaction.atomic():
        revision, item = _locked(revision, by)
        action = "revise" if by.pk == revision.proposed_by_id else "correct"
        if not policy.agencies(by, action).filter(pk=item.agency_id).exists():
            raise Refused(policy.refusal(by, action, item))
        if not note.strip():
            raise Refused(_("Give the reason."))
        _decide(revision, Revision.Outcome.REFUSED, by=by, refusal=note)
        audit.record("refuse_revision", item, by=by, note=note)


def _decide(revision, outcome, *, by, **fields):
    for name, value in {"outcome": outcome, "decided_by": by, "decided_at": timezone.now(), **fields}.items():
        setattr(revision, name, value)
    revision.save()
