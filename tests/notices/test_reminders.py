"""Who answers for a duty hears of it in time, once for each stage, in one letter a day."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from portal.editorial.models import Membership
from portal.notices.models import Message
from portal.notices.reminders import remind, stage
from portal.obligations.models import Obligation, Rule
from portal.publishing import editing
from tests.makers import FOUNDED, frozen, make_article, publish
from tests.obligations.test_ledger import duty, guidance, moment

pytestmark = pytest.mark.usefixtures("law", "english")

# due on Monday 05/03/2018; the days on which a stage begins
FIVE, TWO, DAY, AFTER = date(2018, 2, 26), date(2018, 3, 1), date(2018, 3, 5), date(2018, 3, 6)


@pytest.fixture
def people(portal):
    """The province's board with addresses: the head, the deputy, the secretary and everybody else."""
    for role in ("head", "deputy", "secretary", "editor", "member", "reporter"):
        user = getattr(portal, role)
        user.email = f"{role}@quangngai.gov.vn"
        user.save()
    return portal


def recipients():
    return sorted(Message.objects.values_list("recipient", flat=True))


@pytest.mark.parametrize(
    ("left", "reached"),
    [(6, None), (5, 5), (4, 5), (3, 5), (2, 2), (1, 2), (0, 0), (-1, -1), (-30, -1)],
)
def test_a_stage_lasts_until_the_next(left, reached):
    assert stage(left) == reached


def test_the_leaders_and_the_writer_are_told(people):
    guidance(people)
    assert remind(FIVE) == 4
    assert recipients() == [f"{role}@quangngai.gov.vn" for role in ("deputy", "editor", "head", "secretary")]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (FIVE, "5 working days left"),
        (TWO, "2 working days left"),
        (DAY, "today"),
        (AFTER, "overdue by 1 working day"),
    ],
)
def test_the_letter_says_what_is_due_when_and_where(day, words, people, settings):
    settings.PORTAL_ADDRESS = "https://quangngai.gov.vn"
    article = guidance(people, title_vi="Hướng dẫn Luật Thủy lợi")
    remind(day)
    body = Message.objects.get(recipient="head@quangngai.gov.vn").body
    assert f"Dear {people.head.full_name}," in body
    assert "* Hướng dẫn Luật Thủy lợi" in body
    assert f"Due on 05/03/2018: {words}" in body
    assert f"https://quangngai.gov.vn/en/quan-tri/news/article/{article.pk}/change/" in body


def test_run_twice_the_job_sends_once(people):
    guidance(people)
    assert [remind(FIVE), remind(FIVE)] == [4, 0]
    assert Message.objects.count() == 4


def test_each_stage_has_its_letter_and_there_is_none_between(people):
    guidance(people)
    days = [date(2018, 2, 23), FIVE, date(2018, 2, 27), TWO, date(2018, 3, 2), DAY, AFTER, date(2018, 3, 20)]
    assert [remind(day) for day in days] == [0, 4, 0, 4, 0, 4, 4, 0]


def test_a_day_without_a_worker_is_made_up_for_with_one_letter(people):
    guidance(people)
    assert [remind(FIVE), remind(date(2018, 3, 7)), remind(date(2018, 3, 8))] == [4, 4, 0]


def test_a_person_gets_one_letter_for_all_their_duties(people):
    for number in range(3):
        guidance(people, title_vi=f"Hướng dẫn {number}")
    remind(FIVE)
    message = Message.objects.get(recipient="head@quangngai.gov.vn")
    assert message.subject == "3 duties need your attention"
    assert [f"Hướng dẫn {number}" in message.body for number in range(3)] == [True] * 3


@pytest.mark.parametrize(
    ("day", "number", "subject"),
    [
        (FIVE, 1, "1 duty needs your attention"),
        (DAY, 2, "2 duties need your attention"),
        (AFTER, 2, "2 duties need your attention, 2 of them overdue"),
    ],
)
def test_the_subject_speaks_of_what_is_overdue_only_if_something_is(day, number, subject, people):
    for _number in range(number):
        guidance(people)
    remind(day)
    assert Message.objects.get(recipient="head@quangngai.gov.vn").subject == subject


def test_an_item_with_two_time_limits_stands_in_the_letter_once(people):
    article = guidance(people, title_vi="Hướng dẫn Luật Thủy lợi")
    first = duty(article)
    Obligation.objects.create(
        rule=Rule.objects.get(code="L16"),
        code="L16",
        agency=people.agency,
        item=article,
        item_title=article.title_vi,
        triggered_on=first.triggered_on,
        due=first.due,
    )
    remind(FIVE)
    message = Message.objects.get(recipient="head@quangngai.gov.vn")
    assert message.subject == "2 duties need your attention"
    assert message.body.count("Hướng dẫn Luật Thủy lợi") == 1
    assert message.body.count(f"/news/article/{article.pk}/change/") == 1
    assert message.body.count("Due on 05/03/2018: 5 working days left") == 2


def test_an_internal_target_is_called_one(people):
    make_article(people.agency, by=people.editor, event_date=date(2018, 3, 1))
    remind(DAY)
    assert "(internal target)" in Message.objects.first().body


def test_only_the_board_that_answers_is_told(people, district):
    district.head.email = "truongban@tunghia.vn"
    district.head.save()
    guidance(people)
    remind(FIVE)
    assert "truongban@tunghia.vn" not in recipients()


def test_who_left_the_board_or_was_switched_off_is_not_told(people):
    guidance(people)
    Membership.objects.filter(user=people.deputy).update(valid_to=FOUNDED)
    people.secretary.is_active = False
    people.secretary.save()
    Membership.objects.filter(user=people.editor).update(valid_to=FOUNDED)
    assert remind(FIVE) == 1
    assert recipients() == ["head@quangngai.gov.vn"]


def test_what_was_kept_waived_or_has_no_date_asks_for_nothing(people):
    publish(guidance(people), when=moment(date(2018, 2, 26)))
    discarded = guidance(people)
    with frozen(moment(FIVE)):
        editing.discard(discarded, by=people.editor)
    Obligation.objects.filter(pk=duty(guidance(people)).pk).update(due=None)
    assert remind(DAY) == 0
    assert not Message.objects.exists()


def test_nobody_without_an_address_stops_the_letters_of_others(people):
    people.head.email = ""
    people.head.save()
    guidance(people)
    assert remind(FIVE) == 3


def test_where_nobody_has_an_address_the_letter_waits_for_one(people):
    get_user_model().objects.update(email="")
    guidance(people)
    assert remind(FIVE) == 0
    get_user_model().objects.filter(pk=people.head.pk).update(email="head@quangngai.gov.vn")
    assert remind(FIVE) == 1
