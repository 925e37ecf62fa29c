"""Who is reminded of a case: those who answer it, and the board once its date has passed."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from portal.editorial.models import Membership
from portal.notices.models import Message
from portal.notices.reminders import remind
from tests.makers import frozen
from tests.qa.makers import extend, forward, make_case

MONDAY = date(2018, 3, 5)  # due on 26/03/2018


def at(day, hour=9):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


@pytest.fixture
def case(desk, district):
    for place in Membership.objects.select_related("user", "board__agency"):
        place.user.email = f"{place.role}.{place.board.agency.code}@quangngai.gov.vn"
        place.user.save()
    with frozen(at(MONDAY)):
        case = make_case(desk.agency)
        Message.objects.all().delete()
    return case


def reminded(day):
    """{place: the letter} of the reminders of a day."""
    Message.objects.all().delete()
    with frozen(at(day)):
        remind()
        assert remind() == 0
    return {row.recipient.partition("@")[0]: row for row in Message.objects.all()}


def test_the_people_of_the_agency_hear_of_it_before_its_date_and_their_board_after_it(case, desk, district):
    with frozen(at(MONDAY)):
        forward(case, district, by=desk.editor)
    people = {"respondent.tunghia", "signatory.tunghia"}
    assert reminded(date(2018, 3, 16)) == {}
    assert set(reminded(date(2018, 3, 19))) == people
    assert set(reminded(date(2018, 3, 22))) == people
    assert set(reminded(date(2018, 3, 26))) == people
    late = reminded(date(2018, 3, 27))
    assert set(late) == people | {"head.tunghia", "deputy.tunghia", "secretary.tunghia"}
    assert reminded(date(2018, 3, 28)) == {}
    letter = late["respondent.tunghia"].body
    assert f"/quan-tri/qa/case/{case.pk}/change/" in letter
    assert case.subject not in letter


def test_what_the_board_has_not_forwarded_it_is_reminded_of_itself(case):
    assert set(reminded(date(2018, 3, 19))) == {"head.quangngai", "secretary.quangngai", "editor.quangngai"}


def test_a_promised_date_is_reminded_of_with_the_page_of_its_case(case, desk, district):
    with frozen(at(MONDAY)):
        forward(case, district, by=desk.editor)
        extend(case, district, days=28)  # Monday 02/04/2018
    letters = reminded(date(2018, 3, 26))
    assert set(letters) == {"respondent.tunghia", "signatory.tunghia"}
    assert f"/quan-tri/qa/case/{case.pk}/change/" in letters["respondent.tunghia"].body
