"""In force or not, on any day: what a document's own dates and other documents do to it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import Document, Relation
from documents.validity import Status
from tests.documents.legal import relate
from tests.documents.makers import in_status, life, lists, status
from tests.gazette.makers import TODAY, make_document, make_public, moment
from tests.makers import approve, archive, bring_to, frozen, submit, withdraw

pytestmark = pytest.mark.usefixtures("english")

PENDING, IN_FORCE, PARTLY, ENDED, SUSPENDED = Status.values[:5]
BEGINS = date(2018, 3, 11)  # of every document, unless it says otherwise
D = date(2018, 7, 1)
BEFORE, AFTER = D - timedelta(days=1), D + timedelta(days=1)
LATER = date(2018, 10, 1)
WHOLE_AND_PART = [
    ("amends", PARTLY, PARTLY),
    ("replaces", ENDED, PARTLY),
    ("repeals", ENDED, PARTLY),
    ("suspends", SUSPENDED, IN_FORCE),
    ("corrects", IN_FORCE, IN_FORCE),
    ("consolidates", IN_FORCE, IN_FORCE),
    ("guides", IN_FORCE, IN_FORCE),
    ("based_on", IN_FORCE, IN_FORCE),
]


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def write(portal):
    """Makes a public document."""
    return lambda **fields: make_public(portal.agency, by=portal.editor, approved_by=portal.head, **fields)


@pytest.fixture
def old(write):
    return write(number="1/2018/QĐ-UBND")


@pytest.fixture
def new(write):
    return write(number="2/2018/QĐ-UBND", effective_on=D)


@pytest.fixture
def third(write):
    return write(number="3/2018/QĐ-UBND")


# --- its own dates ----------------------------------------------------------------------------------------------------


def test_a_document_is_in_force_from_its_day_until_the_end_that_it_names(write):
    document = write(effective_on=D, expires_on=LATER)
    days = [date(1990, 1, 1), BEFORE, D, LATER - timedelta(days=1), LATER, date(2100, 1, 1)]
    assert life(document, *days) == [PENDING, PENDING, IN_FORCE, IN_FORCE, ENDED, ENDED]


def test_an_administrative_document_is_in_force_from_its_issue(write):
    document = write(normative=False)
    assert life(document, date(2018, 2, 28), date(2018, 3, 1)) == [PENDING, IN_FORCE]


def test_the_day_begins_at_midnight_in_viet_nam(old):
    with frozen(datetime(2018, 3, 10, 16, 59, 59, tzinfo=UTC)):
        assert status(old) == PENDING
    with frozen(datetime(2018, 3, 10, 17, 0, tzinfo=UTC)):
        assert status(old) == IN_FORCE


# --- what others do to it ---------------------------------------------------------------------------------------------


def test_the_table_names_every_relation():
    assert [row[0] for row in WHOLE_AND_PART] == Relation.Kind.values


@pytest.mark.parametrize(("kind", "whole", "part"), WHOLE_AND_PART)
def test_a_relation_to_the_whole_document(old, new, kind, whole, part):
    relate(new, kind, old)
    assert life(old, BEFORE, D, AFTER) == [IN_FORCE, whole, whole]
    assert life(new, BEFORE, D) == [PENDING, IN_FORCE]


@pytest.mark.parametrize(("kind", "whole", "part"), WHOLE_AND_PART)
def test_a_relation_to_a_provision(old, new, kind, whole, part):
    relate(new, kind, old, provision="dieu-1")
    assert life(old, BEFORE, D, AFTER) == [IN_FORCE, part, part]


def test_a_repeal_flips_the_status_on_its_day_without_any_edit(old, new):
    relate(new, "repeals", old, effective_on=D)
    stored = Document.objects.values_list("version", "last_edited_at")
    before = list(stored)
    for day, found, in_force in [(BEFORE, IN_FORCE, {old.number}), (D, ENDED, {new.number})]:
        with frozen(moment(day)):
            assert (status(old), in_status(IN_FORCE)) == (found, in_force)
            assert in_status(ENDED) == {old.number} - in_force
    assert list(stored) == before


def test_a_relation_without_a_day_acts_when_its_document_takes_effect(old, new):
    relate(new, "replaces", old)
    assert life(old, BEFORE, D) == [IN_FORCE, ENDED]
    Document.objects.filter(pk=new.pk).update(effective_on=LATER, in_force_from=LATER)
    assert life(old, D, LATER) == [IN_FORCE, ENDED]


def test_a_relation_may_act_on_a_day_of_its_own(old, new):
    """Some provisions take effect before the rest of their document, or after it."""
    relate(new, "repeals", old, effective_on=date(2018, 5, 1))
    assert life(old, date(2018, 4, 30), date(2018, 5, 1)) == [IN_FORCE, ENDED]
    assert status(new, date(2018, 5, 1)) == PENDING


def test_the_decision_of_2004_ends_when_that_of_2017_takes_effect(write):
    begins = date(2004, 10, 6)
    old = write(number="206/2004/QĐ-UB", event_date=date(2004, 9, 21), effective_on=begins)
    new = write(number="16/2017/QĐ-UBND", event_date=date(2017, 4, 19), effective_on=date(2017, 4, 29))
    relate(new, "replaces", old)
    days = [date(2004, 10, 5), begins, date(2017, 4, 28), date(2017, 4, 29), TODAY.date()]
    assert life(old, *days) == [PENDING, IN_FORCE, IN_FORCE, ENDED, ENDED]


def test_what_is_repealed_before_it_takes_effect_never_does(write, third):
    old = write(effective_on=D)
    relate(third, "repeals", old)
    assert life(old, date(2018, 3, 10), BEGINS, D) == [PENDING, ENDED, ENDED]


def test_what_is_repealed_in_part_and_then_as_a_whole_has_ended(old, new, third):
    relate(third, "repeals", old, provision="dieu-1")
    relate(new, "replaces", old)
    assert life(old, BEGINS, BEFORE, D) == [PARTLY, PARTLY, ENDED]


def test_a_partial_repeal_after_the_whole_one_does_not_revive(old, new, third):
    relate(third, "repeals", old)
    relate(new, "repeals", old, provision="dieu-1")
    relate(new, "amends", old)
    assert life(old, BEGINS, D, LATER) == [ENDED, ENDED, ENDED]


def test_relations_to_documents_that_are_not_on_the_portal_do_nothing_here(old, new):
    relate(new, "repeals", target_number=old.number)
    assert life(old, D, LATER) == [IN_FORCE, IN_FORCE]


# --- suspension -------------------------------------------------------------------------------------------------------


def test_a_suspension_lasts_through_its_last_day(old, new):
    relate(new, "suspends", old, until=LATER)
    assert life(old, BEFORE, D, LATER, LATER + timedelta(days=1)) == [IN_FORCE, SUSPENDED, SUSPENDED, IN_FORCE]


def test_a_suspension_of_one_day(old, new):
    relate(new, "suspends", old, effective_on=D, until=D)
    assert life(old, BEFORE, D, AFTER) == [IN_FORCE, SUSPENDED, IN_FORCE]


def test_what_was_amended_is_so_again_after_its_suspension(old, new, third):
    relate(third, "amends", old, provision="dieu-1")
    relate(new, "suspends", old, until=LATER)
    assert life(old, BEFORE, D, LATER + timedelta(days=1)) == [PARTLY, SUSPENDED, PARTLY]


def test_a_suspended_document_can_be_repealed(old, new, third):
    relate(third, "suspends", old)
    relate(new, "repeals", old)
    assert life(old, BEGINS, BEFORE, D) == [SUSPENDED, SUSPENDED, ENDED]


def test_what_is_suspended_before_it_takes_effect_is_not_yet_in_force_until_then(write, third):
    old = write(effective_on=D)
    relate(third, "suspends", old, until=LATER)
    assert life(old, BEFORE, D, LATER + timedelta(days=1)) == [PENDING, SUSPENDED, IN_FORCE]


def test_the_repeal_of_a_suspension_lifts_it(old, new, third):
    relate(third, "suspends", old)
    relate(new, "repeals", third)
    assert life(old, BEGINS, BEFORE, D, LATER) == [SUSPENDED, SUSPENDED, IN_FORCE, IN_FORCE]


def test_a_suspension_ends_with_a_document_that_names_its_own_end(old, write):
    relate(write(expires_on=D), "suspends", old)
    assert life(old, BEGINS, BEFORE, D) == [SUSPENDED, SUSPENDED, IN_FORCE]


def test_a_repeal_that_does_not_act_lifts_no_suspension(old, new, third, write):
    """The document that was to repeal the suspension was repealed first."""
    relate(third, "suspends", old)
    relate(new, "repeals", third)
    relate(write(effective_on=BEFORE), "repeals", new)
    assert life(old, BEFORE, D, LATER) == [SUSPENDED, SUSPENDED, SUSPENDED]


def test_one_of_two_suspensions_is_lifted_and_the_other_stays(old, new, third, write):
    relate(third, "suspends", old)
    relate(write(), "suspends", old)
    relate(new, "repeals", third)
    assert life(old, BEFORE, D) == [SUSPENDED, SUSPENDED]


# --- documents that act and their own fate ----------------------------------------------------------------------------


def test_a_document_that_was_repealed_before_its_day_does_not_act(old, new, write):
    relate(new, "repeals", old)
    relate(write(effective_on=BEFORE), "repeals", new)
    assert life(old, BEFORE, D, LATER) == [IN_FORCE, IN_FORCE, IN_FORCE]
    assert life(new, BEFORE, D) == [ENDED, ENDED]


def test_nor_does_one_that_was_repealed_on_its_very_day(old, new, write):
    relate(new, "repeals", old)
    relate(write(effective_on=D), "repeals", new)
    assert life(old, D, LATER) == [IN_FORCE, IN_FORCE]


def test_what_was_repealed_stays_so_when_the_repealing_document_is_repealed_later(old, new, write):
    relate(new, "repeals", old)
    relate(write(effective_on=AFTER), "repeals", new)
    assert life(old, D, AFTER, LATER) == [ENDED, ENDED, ENDED]
    assert life(new, D, AFTER) == [IN_FORCE, ENDED]


def test_what_was_replaced_stays_so_when_the_newer_document_ends_by_itself(old, write):
    relate(write(effective_on=D, expires_on=LATER), "replaces", old)
    assert life(old, D, LATER, date(2030, 1, 1)) == [ENDED, ENDED, ENDED]


def test_a_document_does_nothing_from_the_day_on_which_it_ends_by_itself(old, write):
    relate(write(expires_on=D), "repeals", old, effective_on=D)
    assert life(old, D, LATER) == [IN_FORCE, IN_FORCE]


def test_what_was_amended_stays_so_when_the_amending_document_is_repealed_later(old, new, write):
    relate(new, "amends", old)
    relate(write(effective_on=LATER), "repeals", new)
    assert life(old, D, LATER) == [PARTLY, PARTLY]


def test_a_document_acts_when_what_was_to_repeal_it_was_repealed_first(old, new, third, write):
    """`third` repeals `second` before that could repeal `new`: so `new` repeals `old`."""
    second = write(effective_on=BEFORE)
    relate(new, "repeals", old)
    relate(second, "repeals", new)
    relate(third, "repeals", second)
    assert life(second, BEFORE) == [ENDED]
    assert life(new, BEFORE, D) == [PENDING, IN_FORCE]
    assert life(old, BEFORE, D) == [IN_FORCE, ENDED]


def test_a_document_acts_when_what_was_to_repeal_it_had_ended_by_itself(old, new, write):
    second = write(expires_on=date(2018, 5, 1))
    relate(new, "repeals", old)
    relate(second, "repeals", new, effective_on=date(2018, 6, 1))
    assert life(old, BEFORE, D) == [IN_FORCE, ENDED]


def test_a_suspended_document_has_done_what_it_did(old, new, write):
    relate(new, "replaces", old)
    relate(write(effective_on=AFTER), "suspends", new)
    assert (life(new, AFTER), life(old, AFTER)) == ([SUSPENDED], [ENDED])


def test_of_two_documents_that_replace_each_other_the_earlier_one_prevails(old, new):
    relate(new, "replaces", old, effective_on=D)
    relate(old, "replaces", new, effective_on=AFTER)
    assert (life(old, BEFORE, D, AFTER), life(new, D, AFTER)) == ([IN_FORCE, ENDED, ENDED], [IN_FORCE, IN_FORCE])


def test_of_two_that_replace_each_other_on_one_day_neither_is_called_in_force(old, new):
    relate(new, "replaces", old, effective_on=D)
    relate(old, "replaces", new, effective_on=D)
    assert (life(old, BEFORE, D), life(new, D)) == ([IN_FORCE, ENDED], [ENDED])


def test_three_that_repeal_each_other_in_a_circle_are_not_called_in_force(old, new, third):
    for source, target in [(new, old), (third, new), (old, third)]:
        relate(source, "repeals", target, effective_on=D)
    assert [life(document, D) for document in (old, new, third)] == [[ENDED]] * 3


# --- only what is public and recorded counts --------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "withdrawn"])
def test_documents_that_are_not_public_do_not_act(old, portal, state):
    document = make_document(portal.agency, by=portal.editor, number="9/2018/QĐ-UBND")
    relate(document, "repeals", old)
    relate(document, "amends", old)
    relate(document, "suspends", old)
    bring_to(state, document, by=portal.head)
    assert life(old, BEGINS, LATER) == [IN_FORCE, IN_FORCE]


def test_an_archived_document_acts(old, new, portal):
    relate(new, "repeals", old)
    archive(new, by=portal.head)
    assert life(old, BEFORE, D) == [IN_FORCE, ENDED]


def test_an_approved_document_acts_when_its_hour_has_come_and_not_before(old, portal):
    document = make_document(portal.agency, by=portal.editor)
    relate(document, "repeals", old)
    approve(submit(document), by=portal.head, at=moment(date(2018, 3, 8), 9, 0))
    with frozen(moment(date(2018, 3, 8), 8, 59)):
        assert status(old, BEGINS) == IN_FORCE
    with frozen(moment(date(2018, 3, 8), 9, 0)):
        assert status(old, BEGINS) == ENDED


def test_with_its_withdrawal_a_document_ceases_to_act_and_to_protect(old, new, third, portal):
    relate(new, "repeals", old)
    relate(third, "repeals", new, effective_on=BEFORE)
    assert life(old, D) == [IN_FORCE]
    withdraw(third, by=portal.head)
    assert (life(old, D), life(new, D)) == ([ENDED], [IN_FORCE])
    withdraw(new, by=portal.head)
    assert life(old, D) == [IN_FORCE]


def test_with_its_withdrawal_a_document_ceases_to_lift_a_suspension(old, new, third, portal):
    relate(third, "suspends", old)
    relate(new, "repeals", third)
    withdraw(new, by=portal.head)
    assert life(old, BEFORE, D) == [SUSPENDED, SUSPENDED]


@pytest.mark.parametrize(
    ("state", "found"), [("counts", ENDED), ("leaving", ENDED), ("proposed", IN_FORCE), ("removed", IN_FORCE)]
)
def test_a_relation_counts_from_its_confirmation_to_that_of_its_removal(old, new, state, found):
    relate(new, "repeals", old, state=state)
    assert life(old, D) == [found]


@pytest.mark.parametrize("state", ["proposed", "removed"])
def test_what_is_not_confirmed_keeps_no_document_from_acting(old, new, third, state):
    relate(new, "repeals", old)
    relate(third, "repeals", new, state=state)
    assert life(old, D) == [ENDED]


# --- lists ------------------------------------------------------------------------------------------------------------


def test_each_status_has_its_list(old, new, third, write):
    partly, suspended = write(number="4/2018/QĐ-UBND"), write(number="5/2018/QĐ-UBND")
    relate(third, "repeals", old)
    relate(third, "amends", partly)
    relate(third, "suspends", suspended)
    found = {value: in_status(value, BEGINS) for value in Status}
    assert found == {
        PENDING: {new.number},
        IN_FORCE: {third.number},
        PARTLY: {partly.number},
        ENDED: {old.number},
        SUSPENDED: {suspended.number},
    }
    for document in (old, new, third, partly, suspended):
        assert lists(document, BEGINS) == [status(document, BEGINS)]


def test_an_unknown_status_is_a_mistake_of_the_code(old):
    with pytest.raises(KeyError):
        Document.objects.in_status("con")


def test_the_status_of_all_documents_takes_one_query(old, new, third, write):
    relate(new, "repeals", old)
    for _number in range(5):
        relate(third, "amends", write())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len({document.status for document in Document.objects.with_status(D)}) == 3
    assert len(queries) == 1
