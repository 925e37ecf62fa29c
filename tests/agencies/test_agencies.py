"""Bodies come and go with the law: rows are dated."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.agencies import trees
from portal.agencies.models import Agency, ContactPoint
from tests.makers import frozen, make_agency

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({}, True),
        ({"valid_from": date(2018, 3, 1)}, True),
        ({"valid_from": date(2018, 3, 2)}, False),
        ({"valid_to": date(2018, 3, 1)}, True),
        ({"valid_to": date(2018, 2, 28)}, False),
        ({"valid_from": date(2018, 1, 1), "valid_to": date(2018, 12, 31)}, True),
    ],
)
def test_an_agency_is_in_force_from_its_first_to_its_last_day(days, found):
    make_agency("trabong", "district", **days)
    assert Agency.objects.in_force(date(2018, 3, 1)).exists() == found


def test_the_day_of_today_is_that_of_viet_nam():
    make_agency("trabong", "district", valid_from=date(2018, 3, 2))
    with frozen(datetime(2018, 3, 1, 16, 59, tzinfo=UTC)):
        assert not Agency.objects.in_force().exists()
    with frozen(datetime(2018, 3, 1, 17, 0, tzinfo=UTC)):
        assert Agency.objects.in_force().exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"name_vi": ""},
        {"valid_from": date(2018, 1, 1), "valid_to": date(2017, 12, 31)},
        {"code": "tunghia"},
    ],
)
def test_the_database_refuses_what_cannot_be(fields):
    make_agency("tunghia", "district")
    with pytest.raises(IntegrityError), transaction.atomic():
        trees.save_node(Agency(**{"code": "khac", "kind": "district", "name_vi": "Tên"} | fields))
    assert Agency.objects.count() == 1


@pytest.mark.parametrize(("kind", "locality"), [("district", True), ("city", True), ("department", False)])
def test_localities_are_districts_and_the_city(kind, locality):
    assert make_agency("a", kind).is_locality == locality


def test_a_contact_does_not_end_before_it_begins(english):
    contact = ContactPoint(valid_from=date(2018, 1, 2), valid_to=date(2018, 1, 1))
    with pytest.raises(ValidationError) as refused:
        contact.clean()
    assert refused.value.message_dict == {"valid_to": ["The last day lies before the first."]}
