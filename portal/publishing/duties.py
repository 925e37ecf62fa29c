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
    """

    rule: str
    field: str
    promised: str = ""
    applies: Callable = lambda item: True


def claims(item):
    return [
        ledger.Claim(
            code=duty.rule,
            agency=item.agency,
            triggered_on=day,
            promised=getattr(item, duty.promised) if duty.promised else None,
        )
        for duty in duties_of(item)
        if (day := getattr(item, duty.field)) and duty.applies(item)
    ]


def objection(item, *, by):
    """Why the item's dates cannot be stored as they are: a sentence, or empty."""
    return ledger.objection(item, claims(item), by=by)


def follow(item, *, by, reason=""):
    """After an item was stored: its duties agree with its dates. Raises ValidationError with a sentence."""
    ledger.expect(item, claims(item), by=by, reason=reason)


def keep(item):
    """After a step: what readers can open has kept its duties, at the time it went public."""
    if item.is_readable:
        ledger.fulfil(item, at=item.publish_at, by=item.approved_by)
