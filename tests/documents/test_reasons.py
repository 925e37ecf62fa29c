"""Why a document has its status: the sentences beside the badge."""

from datetime import date, timedelta

import pytest

from documents.models import Document
from documents.reasons import reasons, relations_to
from tests.documents.legal import relate
from tests.gazette.makers import TODAY, make_public
from tests.makers import frozen

pytestmark = pytest.mark.usefixtures("english")

D, LATER = date(2018, 7, 1), date(2018, 10, 1)
BEFORE = D - timedelta(days=1)
IN_FORCE_SINCE = ("In force since 11/03/2018.", None)


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


def told(document, day):
    return [(sentence, other and other.number) for sentence, other in reasons(document, relations_to(document), day)]


def test_a_repealed_document_names_what_repealed_it_and_when(old, new, third):
    relate(third, "amends", old)
    relate(new, "repeals", old)
    assert told(old, BEFORE) == [
        IN_FORCE_SINCE,
        ("Amended from 11/03/2018 by", third.number),
        ("Repealed from 01/07/2018 by", new.number),
    ]
    assert told(old, D) == [("Repealed from 01/07/2018 by", new.number), IN_FORCE_SINCE]


def test_a_document_that_ends_by_itself_says_so_from_that_day(write):
    document = write(expires_on=D)
    assert told(document, BEFORE) == [IN_FORCE_SINCE]
    assert told(document, D) == [("It named its own end: no longer in force from 01/07/2018.", None), IN_FORCE_SINCE]


def test_a_document_that_is_not_yet_in_force_names_its_day(new):
    assert told(new, BEFORE) == [("It takes effect on 01/07/2018.", None)]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Suspended from 01/07/2018 by"),
        ({"until": LATER}, "Suspended from 01/07/2018 until 01/10/2018 by"),
        ({"provision": "dieu-1"}, "Suspended in Article 1 from 01/07/2018 by"),
        ({"provision": "dieu-1", "until": LATER}, "Suspended in Article 1 from 01/07/2018 until 01/10/2018 by"),
    ],
)
def test_a_suspension_says_of_what_from_when_and_until_when(old, new, fields, sentence):
    relate(new, "suspends", old, **fields)
    assert told(old, D) == [IN_FORCE_SINCE, (sentence, new.number)]
    after = told(old, LATER + timedelta(days=1))
    assert after == [IN_FORCE_SINCE] + ([(sentence, new.number)] if "until" not in fields else [])


def test_a_lifted_suspension_is_no_reason_any_more(old, new, third):
    relate(third, "suspends", old)
    relate(new, "repeals", third)
    assert told(old, BEFORE) == [IN_FORCE_SINCE, ("Suspended from 11/03/2018 by", third.number)]
    assert told(old, D) == [IN_FORCE_SINCE]


def test_what_does_not_act_is_no_reason(old, new, third):
    relate(new, "repeals", old)
    relate(third, "repeals", new)
    assert told(old, D) == [IN_FORCE_SINCE]


@pytest.mark.parametrize("kind", ["amends", "replaces", "repeals"])
def test_the_reason_of_a_part_names_the_provision(old, new, kind):
    relate(new, kind, old, provision="dieu-9-khoan-1-diem-dd")
    word = {"amends": "Amended", "replaces": "Replaced", "repeals": "Repealed"}[kind]
    assert told(old, D)[1] == (f"{word} in point đ clause 1 Article 9 from 01/07/2018 by", new.number)


def test_what_is_to_come_is_told_before_it_comes(old, new, third):
    relate(new, "suspends", old, until=LATER)
    relate(third, "corrects", old)
    assert told(old, BEFORE) == [IN_FORCE_SINCE, ("Suspended from 01/07/2018 until 01/10/2018 by", new.number)]


def test_relations_that_change_no_status_are_no_reasons(old, third):
    for kind in ("corrects", "consolidates", "guides", "based_on"):
        relate(third, kind, old)
    assert told(old, D) == [IN_FORCE_SINCE]


def test_without_a_day_the_reasons_are_those_of_today(old, third):
    relate(third, "repeals", old)
    Document.objects.filter(pk=third.pk).update(in_force_from=D)
    assert [sentence for sentence, _other in reasons(old, relations_to(old))] == [
        "It takes effect on 11/03/2018.",
        "Repealed from 01/07/2018 by",
    ]
