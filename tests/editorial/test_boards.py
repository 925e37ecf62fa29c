"""A board rests on a decision; one agency has one board at a time (Article 15)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.editorial.models import Board, Membership
from tests.makers import make_agency, make_board, make_member

FIRST, LAST = date(2017, 5, 5), date(2018, 12, 31)
OVERLAP = {"__all__": ["This agency already has a board in force in that time (Article 15)."]}


@pytest.fixture
def agency(db):
    return make_agency("tunghia", "district")


def refusals(agency, **fields):
    """What the form would say of a further board."""
    decision = {"decision_number": "9/QĐ-UBND", "decision_date": date(2016, 1, 1), "signer": "Chủ tịch"}
    board = Board(agency=agency, **decision | fields)
    try:
        board.full_clean()
    except ValidationError as refused:
        return refused.message_dict
    return {}


@pytest.mark.parametrize(
    ("days", "sentences"),
    [
        ({"valid_from": date(2016, 1, 1)}, OVERLAP),
        ({"valid_from": date(2016, 1, 1), "valid_to": FIRST}, OVERLAP),
        ({"valid_from": date(2016, 1, 1), "valid_to": date(2017, 5, 4)}, {}),
        ({"valid_from": LAST}, OVERLAP),
        ({"valid_from": date(2019, 1, 1)}, {}),
        ({"valid_from": date(2017, 6, 1), "valid_to": date(2017, 7, 1)}, OVERLAP),
        ({"valid_from": date(2016, 1, 1), "valid_to": date(2020, 1, 1)}, OVERLAP),
    ],
)
def test_two_boards_of_one_agency_do_not_overlap(days, sentences, agency, english):
    make_board(agency, valid_from=FIRST, valid_to=LAST)
    assert refusals(agency, **days) == sentences


def test_a_board_without_an_end_leaves_no_room_after_it(agency, english):
    make_board(agency, valid_from=FIRST)
    assert refusals(agency, valid_from=date(2030, 1, 1)) == OVERLAP
    assert refusals(make_agency("sontinh", "district"), valid_from=date(2030, 1, 1)) == {}


def test_a_board_is_not_in_its_own_way(agency):
    make_board(agency, valid_from=FIRST).full_clean()


@pytest.mark.parametrize(
    ("days", "sentences"),
    [
        (
            {"valid_from": date(2015, 12, 31)},
            {"valid_from": ["A board cannot work before the decision that sets it up."]},
        ),
        (
            {"valid_from": date(2018, 1, 2), "valid_to": date(2018, 1, 1)},
            {"valid_to": ["The last day lies before the first."]},
        ),
    ],
)
def test_the_days_of_a_board_follow_each_other(days, sentences, agency, english):
    found = refusals(agency, **days)
    assert {name: found[name] for name in sentences} == sentences


def test_the_database_refuses_a_board_that_ends_before_it_begins(agency):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_board(agency, valid_from=LAST, valid_to=FIRST)
    assert not Board.objects.exists()


def test_one_decision_sets_up_one_board(agency):
    make_board(agency, decision_number="812/QĐ-UBND")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_board(agency, decision_number="812/QĐ-UBND", valid_from=LAST)
    assert Board.objects.count() == 1


def test_a_person_has_a_place_once_from_a_day_on(agency):
    board = make_board(agency)
    person = make_member(board, "editor")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_member(board, "editor", user=person)
    make_member(board, "translator", user=person)
    assert Membership.objects.count() == 2
