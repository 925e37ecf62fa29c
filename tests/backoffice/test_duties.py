"""Time limits in the back office: what presses comes first, steps are for the heads, other boards find nothing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.models import Article
from portal.editorial.models import AuditEvent
from portal.obligations.models import Obligation, Pause, Rule
from portal.workdays.models import CalendarDay, CalendarYear, Edition
from portal.worker.loop import run_all
from tests.backoffice.pages import PLATFORM, address, errors, fill_in, listing, object_addresses, signed_in
from tests.makers import frozen, make_article, make_rubric, make_user, publish, submit
from tests.obligations.test_ledger import duty, guidance, moment

pytestmark = pytest.mark.usefixtures("law", "english")

EVENT = date(2018, 2, 5)
TODAY = moment(date(2018, 3, 1))  # two working days before the 5th


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


def send(user, row, step, **answers):
    client, url = signed_in(user), address(row, "change")
    return client.post(url, {"step": step, "reason": "Chờ bổ sung"} | answers)


def facts(row):
    row.refresh_from_db()
    return row.status, row.due, Pause.objects.count(), AuditEvent.objects.count()


# --- the start page ---------------------------------------------------------------------------------------------------


def queue(user):
    groups = signed_in(user).get(reverse("admin:index")).context["queue"]
    return {group["title"]: [(row["title"], row["left"]) for row in group["items"]] for group in groups}


def test_what_is_overdue_comes_first_with_the_working_days_left(portal):
    make_rubric("thoi-su")
    guidance(portal, title_vi="sắp đến hạn")
    guidance(portal, title_vi="còn lâu", event=date(2018, 2, 27), on=date(2018, 2, 28))
    guidance(portal, title_vi="quá hạn", event=date(2018, 1, 15))
    guidance(portal, title_vi="hết hôm nay", event=date(2018, 2, 1))
    found = queue(portal.head)
    assert found["Time limits passed or about to end"] == [
        ("quá hạn", "overdue by 13 working days"),
        ("hết hôm nay", "due today"),
        ("sắp đến hạn", "2 working days left"),
    ]
    assert found["Drafts of your boards"] == [("còn lâu", "13 working days left")]


def test_reporters_are_told_of_their_own_items_only(portal):
    guidance(portal, title_vi="của người khác")
    make_article(portal.agency, by=portal.reporter, title_vi="của mình", event_date=EVENT)
    assert queue(portal.reporter)["Time limits passed or about to end"] == [("của mình", "overdue by 11 working days")]


def test_what_is_kept_presses_nobody(portal):
    publish(guidance(portal), when=TODAY)
    assert queue(portal.editor) == {}


def test_the_start_page_costs_the_same_whatever_is_owed(portal, django_assert_num_queries):
    client = signed_in(portal.head)
    guidance(portal)
    client.get(reverse("admin:index"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("admin:index"))
    for _number in range(12):
        guidance(portal)
    with django_assert_num_queries(len(few)):
        client.get(reverse("admin:index"))


# --- the item ---------------------------------------------------------------------------------------------------------


def test_the_page_of_an_item_shows_what_it_owes(portal):
    article = guidance(portal)
    page = signed_in(portal.reporter).get(address(article, "change"))
    assert page.status_code == 404  # not the reporter's
    text = signed_in(portal.editor).get(address(article, "change")).content.decode()
    assert "05/03/2018" in text and "2 working days left" in text
    assert f"/giai-trinh-han/{duty(article).pk}/" in text


def test_an_internal_target_is_called_one(portal):
    article = make_article(portal.agency, by=portal.editor, event_date=date(2018, 2, 28))
    text = signed_in(portal.editor).get(address(article, "change")).content.decode()
    assert "(internal target)" in text


# --- the book ---------------------------------------------------------------------------------------------------------


def test_a_board_sees_its_own_duties(portal, district):
    guidance(portal, title_vi="của tỉnh")
    own = guidance(district, title_vi="của huyện")
    for role in ("head", "editor", "inspector"):
        page = signed_in(getattr(district, role)).get(listing(Obligation))
        assert [row.item_title for row in page.context["cl"].result_list] == ["của huyện"]
        assert signed_in(getattr(district, role)).get(address(duty(own), "change")).status_code == 200


def test_no_address_of_another_boards_duty_answers(portal, district):
    row = duty(guidance(portal))
    for user in (district.head, district.editor, make_user()):
        client, before = signed_in(user), facts(row)
        for url in object_addresses(PLATFORM[Obligation], object_id=[row.pk]):
            assert client.get(url, follow=True).status_code == 404
            for step in ("pause", "resume", "waive"):
                data = {"step": step, "reason": "Lý do", "first": "05/03/2018", "post": "yes"}
                assert client.post(url, data, follow=True).status_code == 404
        assert facts(row) == before


@pytest.mark.parametrize("role", ["member", "secretary", "editor", "translator", "technician", "inspector"])
def test_steps_are_for_the_heads(role, portal):
    row = duty(guidance(portal))
    before = facts(row)
    page = signed_in(getattr(portal, role)).get(address(row, "change"))
    assert (page.status_code, page.context["steps"]) == (200, [])
    for step in ("pause", "resume", "waive"):
        assert send(getattr(portal, role), row, step, first="05/03/2018").status_code == 404
    assert facts(row) == before


def test_a_superuser_reads_and_changes_nothing(portal):
    row = duty(guidance(portal))
    before, user = facts(row), make_user(is_superuser=True)
    assert signed_in(user).get(address(row, "change")).status_code == 200
    assert send(user, row, "waive").status_code == 404
    assert signed_in(user).post(address(row, "delete"), {"post": "yes"}).status_code == 404
    assert signed_in(user).post(listing(Obligation, "add"), {}).status_code == 404
    assert facts(row) == before


def test_the_head_stops_the_clock_lets_it_run_and_waives(portal):
    row = duty(guidance(portal))
    assert send(portal.head, row, "pause", first="01/03/2018").status_code == 302
    assert facts(row)[:3] == ("open", None, 1)
    assert "the clock stands still" in signed_in(portal.head).get(address(row, "change")).content.decode()
    with frozen(moment(date(2018, 3, 6))):
        assert send(portal.head, row, "resume").status_code == 302
    assert facts(row)[:2] == ("open", date(2018, 3, 8))
    with frozen(moment(date(2018, 3, 7))):
        assert send(portal.head, row, "waive").status_code == 302
    assert facts(row)[0] == "waived"
    page = signed_in(portal.head).get(address(row, "change"))
    assert [action for _event, action, _days in page.context["events"]] == [
        "Duty waived",
        "Clock set running again",
        "Clock stopped",
    ]
    assert page.context["steps"] == []


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({"first": "28/02/2018"}, "__all__", "A pause begins today or later; nothing is back-dated."),
        ({"first": "06/03/2018", "last": "05/03/2018"}, "__all__", "The last day lies before the first."),
        ({"first": "31/02/2018"}, "first", "Enter a valid date."),
        ({"first": "05/03/2018", "reason": ""}, "reason", "This field is required."),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_keeps_what_was_typed(answers, field, sentence, portal):
    row = duty(guidance(portal))
    before = facts(row)
    page = send(portal.head, row, "pause", **answers)
    (form,) = [step["form"] for step in page.context["steps"] if step["name"] == "pause"]
    assert form.errors[field] == [sentence]
    assert f'value="{answers["first"]}"' in page.content.decode()
    assert facts(row) == before


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("ket-qua=overdue", ["quá hạn"]),
        ("ket-qua=open", ["quá hạn", "còn hạn"]),
        ("ket-qua=on_time", ["đúng hạn"]),
        ("code=D6", ["quá hạn", "còn hạn", "đúng hạn"]),
        ("q=han", ["quá hạn", "còn hạn", "đúng hạn"]),
        ("q=QUA+han", ["quá hạn"]),
        ("ket-qua=x", ["quá hạn", "còn hạn", "đúng hạn"]),
    ],
)
def test_the_book_is_filtered_by_result(query, titles, portal):
    guidance(portal, title_vi="còn hạn")
    publish(guidance(portal, title_vi="đúng hạn"), when=TODAY)
    guidance(portal, title_vi="quá hạn", event=date(2018, 1, 15))
    page = signed_in(portal.head).get(f"{listing(Obligation)}?{query}")
    assert sorted(row.item_title for row in page.context["cl"].result_list) == sorted(titles)


def test_what_is_open_comes_first_the_longest_overdue_on_top(portal):
    publish(guidance(portal, title_vi="trễ hạn", event=date(2017, 6, 1), on=date(2018, 2, 1)), when=TODAY)
    guidance(portal, title_vi="còn hạn")
    guidance(portal, title_vi="quá hạn", event=date(2018, 1, 15))
    publish(guidance(portal, title_vi="đúng hạn"), when=TODAY)
    guidance(portal, title_vi="quá hạn lâu", event=date(2018, 1, 2))
    page = signed_in(portal.head).get(listing(Obligation))
    found = [row.item_title for row in page.context["cl"].result_list]
    assert found == ["quá hạn lâu", "quá hạn", "còn hạn", "đúng hạn", "trễ hạn"]


# --- calendar and rules -----------------------------------------------------------------------------------------------


@pytest.fixture
def administrator():
    return make_user(is_superuser=True)


def save(user, row, field, **changes):
    client = signed_in(user)
    return client.post(address(row, "change"), fill_in(client.get(address(row, "change")), field, **changes))


def test_a_day_is_confirmed_and_duties_are_counted_anew(administrator):
    edition, day = Edition.current(), CalendarDay.objects.get(date=date(2026, 11, 24))
    assert save(administrator, day, "name_vi", confirmed="on").status_code == 302
    day.refresh_from_db()
    assert (day.confirmed, Edition.current()) == (True, edition + 1)


def test_a_day_that_contradicts_the_calendar_is_refused(administrator):
    client, edition = signed_in(administrator), Edition.current()
    form = fill_in(client.get(listing(CalendarDay, "add")), "name_vi")
    row = {"date": "30/04/2026", "kind": "swapped_off", "name_vi": "Nghỉ", "legal_basis": "Quyết định 1"}
    page = client.post(listing(CalendarDay, "add"), form | row)
    assert list(errors(page)) == ["date"]
    assert (CalendarDay.objects.filter(date=date(2026, 4, 30)).count(), Edition.current()) == (1, edition)


def test_a_day_is_taken_away_and_duties_are_counted_anew(administrator):
    edition, day = Edition.current(), CalendarDay.objects.get(date=date(2026, 8, 22))
    page = signed_in(administrator).post(address(day, "delete"), {"post": "yes"})
    assert (page.status_code, Edition.current()) == (302, edition + 1)


def test_a_year_is_decided(administrator):
    year = CalendarYear.objects.get(year=2027)
    assert save(administrator, year, "legal_basis", decided="on", legal_basis="Thông báo").status_code == 302
    assert CalendarYear.objects.get(year=2027).decided


def test_a_rule_that_overlaps_is_refused(administrator):
    client, edition = signed_in(administrator), Edition.current()
    form = fill_in(client.get(address(Rule.objects.get(code="D6"), "change")), "name_vi", valid_from="01/01/2020")
    page = client.post(listing(Rule, "add"), form)
    assert errors(page)["__all__"] == ["This overlaps with the row of D6 from 29/04/2017. End that row first."]
    assert (Rule.objects.filter(code="D6").count(), Edition.current()) == (1, edition)


def test_a_rule_is_changed_and_audited_and_never_removed(administrator):
    rule = Rule.objects.get(code="D2")
    assert save(administrator, rule, "name_vi", target="3").status_code == 302
    assert Rule.objects.get(code="D2").target == 3
    assert AuditEvent.objects.of(rule).get().actor == administrator
    assert signed_in(administrator).post(address(rule, "delete"), {"post": "yes"}).status_code == 404


def test_items_of_the_queue_lead_to_their_page(portal):
    article = submit(guidance(portal))
    page = signed_in(portal.head).get(reverse("admin:index")).content.decode()
    assert f'href="{address(article, "change")}"' in page


def test_administrators_hear_of_a_worker_that_stands_still(administrator, portal):
    sentence = "The background worker is not running: letters are not sent and time limits are not counted anew."
    assert signed_in(administrator).get(reverse("admin:index")).context["warnings"] == [sentence]
    assert signed_in(portal.head).get(reverse("admin:index")).context["warnings"] == []
    run_all()
    assert signed_in(administrator).get(reverse("admin:index")).context["warnings"] == []


def test_the_number_of_a_year_is_not_typed_over(administrator):
    assert save(administrator, CalendarYear.objects.get(year=2028), "legal_basis", year="2027", decided="on")
    assert [CalendarYear.objects.get(year=year).decided for year in (2027, 2028)] == [False, True]


def test_a_writer_cannot_make_an_overdue_limit_vanish_and_keeps_the_text(portal):
    article = guidance(portal, event=date(2018, 1, 15))
    client, url = signed_in(portal.editor), address(article, "change")
    data = fill_in(client.get(url), "version", event_date="01/03/2018", title_vi="Đã gõ lại")
    page = client.post(url, data)
    assert errors(page)["__all__"][0].startswith("A time limit of this item has passed.")
    assert fill_in(page, "version")["title_vi"] == "Đã gõ lại"
    assert (Article.objects.get().title_vi, duty(article).triggered_on) == (article.title_vi, date(2018, 1, 15))
    assert client.post(address(article, "delete"), {"post": "yes"}).status_code == 404
    assert Article.objects.exists()
    assert "delete" not in client.get(url).content.decode().partition("submit-row")[2]
    assert signed_in(portal.head).post(url, data).status_code == 302
    assert duty(article).triggered_on == date(2018, 3, 1)
