"""Texts that senders accept: the wording of the day, who accepted which, and until when."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from portal.editorial import tables
from portal.editorial.models import AuditEvent
from portal.intake import consents
from portal.intake.models import Acceptance, Statement
from tests.makers import make_agency, make_user
from tests.together import together

pytestmark = pytest.mark.usefixtures("english")

THEN = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 12, 2, 0, tzinfo=UTC)
FIXED = (
    "People have accepted this text: it stays as they read it. Give it a last day, and enter the new wording as a text "
    "that follows it."
)


def make_statement(code="publication", valid_from=date(2017, 4, 29), **fields):
    texts = {"purpose_vi": "Đăng", "purpose_en": "Publication", "text_vi": "Tôi đồng ý.", "text_en": "I agree."}
    return Statement.objects.create(code=code, valid_from=valid_from, legal_basis="Điều 8", **texts | fields)


@pytest.fixture
def item(db):
    return make_agency("snv")


def acceptances(item):
    rows = Acceptance.objects.of(item).values_list("statement__code", "accepted_at", "withdrawn_at")
    return list(rows.order_by("pk"))


# --- which wording ----------------------------------------------------------------------------------------------------


def test_the_wording_of_the_day_is_found(db):
    old = make_statement(valid_to=date(2023, 6, 30))
    new = make_statement(valid_from=date(2023, 7, 1))
    make_statement("name")
    days = [date(2017, 4, 28), date(2017, 4, 29), date(2023, 6, 30), date(2023, 7, 1), date(2030, 1, 1)]
    assert [Statement.objects.current("publication", day) for day in days] == [None, old, old, new, new]
    assert Statement.objects.current("publication") == new
    assert Statement.objects.current("khác") is None


def test_two_wordings_are_not_in_force_on_one_day(db):
    make_statement()
    with pytest.raises(ValidationError) as refused:
        Statement(code="publication", valid_from=date(2020, 1, 1)).clean()
    assert refused.value.messages == [
        "Another text with this code is in force in that time. End that one first.",
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        make_statement()


# --- consent ----------------------------------------------------------------------------------------------------------


def test_what_is_accepted_is_written_down_with_its_wording_and_its_time(item):
    publication, name = make_statement(), make_statement("name")
    consents.accept(item, [publication, name], THEN)
    assert acceptances(item) == [("publication", THEN, None), ("name", THEN, None)]
    assert Acceptance.objects.first().item == item
    assert consents.holds(item, "publication")
    assert not consents.holds(item, "liability")
    assert not consents.holds(make_agency("sgd"), "publication")


def test_nothing_accepted_is_nothing_written(item):
    consents.accept(item, [], THEN)
    assert acceptances(item) == []


def test_the_first_time_counts(item):
    publication = make_statement()
    consents.accept(item, [publication], THEN)
    consents.accept(item, [publication], LATER)
    assert acceptances(item) == [("publication", THEN, None)]


def test_a_consent_is_taken_back_and_given_again(item):
    publication, name = make_statement(), make_statement("name")
    consents.accept(item, [publication, name], THEN)
    assert consents.withdraw(item, "publication", LATER) is True
    assert consents.withdraw(item, "publication", LATER) is False
    assert not consents.holds(item, "publication")
    assert consents.holds(item, "name")
    consents.accept(item, [publication], LATER)
    assert consents.holds(item, "publication")
    assert acceptances(item) == [("publication", THEN, LATER), ("name", THEN, None), ("publication", LATER, None)]


def test_a_consent_given_to_an_older_wording_holds(item):
    consents.accept(item, [make_statement(valid_to=date(2023, 6, 30))], THEN)
    make_statement(valid_from=date(2023, 7, 1))
    assert consents.holds(item, "publication")


# --- what was accepted stays ------------------------------------------------------------------------------------------


@pytest.fixture
def accepted(item):
    statement = make_statement()
    consents.accept(item, [statement], THEN)
    return statement


CHANGES = {
    "code": "name",
    "purpose_vi": "Khác",
    "purpose_en": "Other",
    "text_vi": "Khác",
    "text_en": "Other",
    "legal_basis": "Điều 9",
    "valid_from": date(2017, 4, 28),
}


AUDITED = {"kind": "statement", "names": (*Statement.FIXED, "valid_to")}


def save(statement, **changes):
    for name, value in changes.items():
        setattr(statement, name, value)
    tables.save(statement, by=make_user(full_name="Quản trị Một"), **AUDITED)


@pytest.mark.parametrize("name", Statement.FIXED)
def test_nothing_of_an_accepted_text_is_changed(name, accepted):
    before = Statement.objects.values().get()
    with pytest.raises(ValidationError) as refused:
        save(accepted, **{name: CHANGES[name]})
    assert refused.value.messages == [FIXED]
    assert Statement.objects.values().get() == before
    assert not AuditEvent.objects.exists()


def test_an_accepted_text_is_ended_and_followed_by_another(accepted, item):
    save(accepted, valid_to=date(2026, 3, 10))
    follower = make_statement(valid_from=date(2026, 3, 11))
    follower.full_clean()
    event = AuditEvent.objects.get()
    assert (event.action, event.item_title, event.actor_name) == ("statement_changed", "Publication", "Quản trị Một")
    assert event.changes == {"valid_to": [None, "2026-03-10"]}
    assert consents.holds(item, "publication")


def test_an_accepted_text_did_not_end_before_it_was_accepted(accepted):
    with pytest.raises(ValidationError) as refused:
        save(accepted, valid_to=date(2026, 3, 9))
    assert refused.value.messages == ["This text was accepted on 10/03/2026: it cannot have ended before."]
    assert Statement.objects.get().valid_to is None


def test_a_consent_that_was_taken_back_keeps_the_text_too(accepted, item):
    consents.withdraw(item, "publication", LATER)
    with pytest.raises(ValidationError):
        save(accepted, text_vi="Khác")


def test_an_accepted_text_is_not_removed(accepted):
    with pytest.raises(ProtectedError):
        tables.remove(accepted, by=make_user(), **AUDITED)
    assert Statement.objects.get() == accepted
    assert not AuditEvent.objects.exists()


def test_who_accepts_while_the_text_is_changed_accepts_what_stays(two_connections):
    """Whichever of the two is first: no text is changed after it was accepted."""
    item, statement, by = make_agency("snv"), make_statement(), make_user()
    statement.text_vi = "Khác"
    _accepted, saved = together(
        lambda: consents.accept(item, [Statement.objects.get()], THEN), lambda: tables.save(statement, by=by, **AUDITED)
    )
    acceptance = Acceptance.objects.get()
    if isinstance(saved, ValidationError):
        assert acceptance.statement.text_vi == "Tôi đồng ý."
        assert not AuditEvent.objects.exists()
    else:
        assert acceptance.statement.text_vi == "Khác"
        assert AuditEvent.objects.count() == 1
