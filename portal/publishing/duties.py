"""What an item owes under Article 9: the categories say which of its dates starts which rule."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.obligations import ledger
from portal.publishing.registry import duties_of


@dataclass(frozen=True)
class Duty:
    """One line of a category's declaration.

    `field`: the date that starts the rule; empty on an item, nothing is owed yet. `promised`: the field of a date that
    goes before the rule's number, as an order may name one. `applies`: which items of the category it is about.
    `owed_by`: the agencies that owe it. `by_publication`: it is kept by publishing or showing the item; otherwise
    whoever carries out what is owed says so to the ledger.
    """

    rule: str
    field: str
    promised: str = ""
    applies: Callable = lambda item: True
    owed_by: Callable = lambda item: [item.agency]
    by_publication: bool = True


def claims(item):
    return [
        ledger.Claim(
            code=duty.rule,
            agency=agency,
            triggered_on=day,
            promised=getattr(item, duty.promised) if duty.promised else None,
        )
        for duty in duties_of(item)
        if (day := getattr(item, duty.field)) and duty.applies(item)
        for agency in duty.owed_by(item)
    ]


def objection(item, *, by):
    """Why the item's dates cannot be stored as they are: a sentence, or empty."""
    return ledger.objection(item, claims(item), by=by)


def follow(item, *, by, reason=""):
    """After an item was stored: its duties agree with its dates. Raises ValidationError with a sentence."""
    ledger.expect(item, claims(item), by=by, reason=reason)


def keep(item):
    """After a step: what readers can open has kept the duties of its owner, at the time it went public, and those of
    the agencies that show it on their own sites."""
    if not item.is_readable:
        return
    done = {agency.pk: (max(at, item.publish_at), by) for agency, at, by in item.shown_by()}
    done[item.agency_id] = item.publish_at, item.approved_by
    ledger.fulfil(item, _kept_by_publication(item), done)


def owe_again(item, *, by, reason, agency=None):
    """After the item was taken from the readers, or from the site of one agency."""
    ledger.reopen(item, _kept_by_publication(item), by=by, reason=reason, agency=agency)


def _kept_by_publication(item):
    return [duty.rule for duty in duties_of(item) if duty.by_publication]
