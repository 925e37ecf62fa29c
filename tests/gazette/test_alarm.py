"""An issue that is not out at nine in the morning of a working day is told to the heads of the board."""

from datetime import date

import pytest
from django.urls import reverse

from gazette import alarm
from portal.notices.models import Message
from portal.workdays.models import CalendarDay
from portal.worker.loop import run_all
from tests.backoffice.pages import signed_in
from tests.gazette.makers import TODAY, make_issue, make_printed, make_public, moment
from tests.makers import frozen, make_member, withdraw

pytestmark = pytest.mark.usefixtures("law", "english")

MONDAY, SATURDAY, TUESDAY = date(2018, 3, 12), date(2018, 3, 17), date(2018, 3, 13)


@pytest.fixture
def plan(portal):
    for person in (portal.head, portal.deputy, portal.editor):
        type(person).objects.filter(pk=person.pk).update(email=f"{person.username}@quangngai.example")
    with frozen(TODAY):
        return lambda day=MONDAY, **fields: make_issue(portal.agency, by=portal.editor, issued_on=day, **fields)


def late(day, hour, minute=0):
    return [issue.numbers for issue in alarm.late_issues(moment(day, hour, minute))]


def letters():
    return list(Message.objects.order_by("recipient").values_list("recipient", flat=True))


def test_the_alarm_fires_at_nine_and_not_before(plan):
    plan()
    assert (late(MONDAY, 8, 59), late(MONDAY, 9, 0), late(MONDAY, 23, 59)) == ([], ["1"], ["1"])


def test_an_issue_of_a_later_day_is_not_late(plan):
    plan(TUESDAY)
    assert late(MONDAY, 9) == []


def test_an_issue_dated_on_a_day_off_is_late_on_the_next_working_day(plan):
    plan(SATURDAY)
    assert (late(SATURDAY, 10), late(date(2018, 3, 18), 10), late(date(2018, 3, 19), 9)) == ([], [], ["1"])


def test_it_stays_late_on_the_following_working_days(plan):
    plan()
    assert (late(TUESDAY, 8, 59), late(TUESDAY, 9), late(date(2018, 3, 16), 9)) == ([], ["1"], ["1"])


def test_it_is_silent_on_a_day_off_for_which_another_day_is_worked(plan):
    plan()
    CalendarDay.objects.create(date=MONDAY, kind="swapped_off", name_vi="Nghỉ", name_en="Off", legal_basis="TB 1")
    assert (late(MONDAY, 10), late(TUESDAY, 9)) == ([], ["1"])


def test_it_fires_on_a_saturday_that_is_worked_for_another_day(plan):
    plan(SATURDAY)
    CalendarDay.objects.create(date=SATURDAY, kind="swapped_work", name_vi="Làm", name_en="On", legal_basis="TB 1")
    assert (late(SATURDAY, 8, 59), late(SATURDAY, 9)) == ([], ["1"])


def test_it_is_silent_once_the_issue_is_out(portal):
    with frozen(TODAY):
        document = make_public(portal.agency, by=portal.editor)
    issue = make_printed(portal, documents=[document], when=moment(MONDAY, 8), at=moment(MONDAY, 8, 59))
    assert late(MONDAY, 9) == []
    with frozen(moment(MONDAY, 10)):
        withdraw(issue, by=portal.head)
    assert late(MONDAY, 11) == []


def test_an_issue_set_to_ten_is_late_at_nine(portal):
    with frozen(TODAY):
        document = make_public(portal.agency, by=portal.editor)
    make_printed(portal, documents=[document], when=TODAY, at=moment(MONDAY, 10, 0))
    assert (late(MONDAY, 9), late(MONDAY, 10)) == (["1"], [])


def test_each_head_gets_one_letter_a_day(portal, plan):
    plan()
    assert alarm.sound(moment(MONDAY, 8, 59)) == 0
    assert [alarm.sound(moment(MONDAY, 9, minute)) for minute in (0, 10, 20)] == [2, 0, 0]
    assert letters() == sorted(f"{person.username}@quangngai.example" for person in (portal.head, portal.deputy))
    message = Message.objects.first()
    assert message.subject == "Công báo số 1 năm 2018 is late"
    assert "is dated 12/03/2018 and is not public yet. Its state: Draft." in message.body
    assert f"{reverse('admin:gazette_issue_changelist')}" in message.body
    assert alarm.sound(moment(TUESDAY, 9)) == 2


def test_nobody_who_has_left_or_has_no_address_is_written_to(portal, plan):
    make_member(portal.board, "head", email="cu@quangngai.example", valid_to=date(2018, 3, 11))
    make_member(portal.board, "head", email="")
    make_member(portal.board, "head", email="nghi@quangngai.example", is_active=False)
    plan()
    with frozen(moment(MONDAY, 9)):
        assert alarm.sound() == 2


def test_the_worker_sounds_it(plan):
    plan()
    with frozen(moment(MONDAY, 9)):
        assert {run.name: run.result for run in run_all()}["gazette_alarm"] == 2


@pytest.mark.parametrize(("hour", "titles"), [(8, []), (9, ["Công báo số 1 năm 2018 is late: it is dated 12/03/2018"])])
def test_the_start_page_warns_the_board_of_the_province_alone(portal, district, plan, hour, titles):
    plan()
    with frozen(moment(MONDAY, hour)):
        for person, expected in ((portal.editor, titles), (portal.member, titles), (district.head, [])):
            groups = signed_in(person).get(reverse("admin:index")).context["queue"]
            found = {group["title"]: [row["title"] for row in group["items"]] for group in groups}
            assert found.get("Gazette issues that are late", []) == expected
