"""“My work”: each item once, where the person can do something about it."""

from datetime import date

import pytest
from django.urls import reverse

from portal.editorial.models import Board
from tests.backoffice.pages import signed_in
from tests.makers import ahead, approve, frozen, make_article, make_user, submit, withdraw
from tests.obligations.test_ledger import guidance, moment

pytestmark = pytest.mark.usefixtures("law", "english")

TODAY = moment(date(2018, 3, 15))
PRESSING = "Time limits passed or about to end"


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


def start_page(user):
    return signed_in(user).get(reverse("admin:index"))


def groups(user):
    return {group["title"]: [row["title"] for row in group["items"]] for group in start_page(user).context["queue"]}


def test_an_item_is_shown_once(portal):
    guidance(portal, title_vi="nháp quá hạn")
    submit(guidance(portal, title_vi="chờ duyệt quá hạn"))
    for role in ("head", "editor", "secretary"):
        titles = [title for rows in groups(getattr(portal, role)).values() for title in rows]
        assert sorted(titles) == sorted(set(titles))
    assert groups(portal.head) == {PRESSING: ["nháp quá hạn", "chờ duyệt quá hạn"]}


@pytest.mark.parametrize("role", ["translator", "technician", "inspector"])
def test_what_a_person_cannot_bring_to_the_reader_does_not_press_them(role, portal):
    guidance(portal, title_vi="quá hạn")
    assert PRESSING not in groups(getattr(portal, role))


def test_a_translator_finds_it_among_what_is_to_be_translated(portal):
    guidance(portal, title_vi="quá hạn")
    assert groups(portal.translator) == {"To be translated into English": ["quá hạn"]}


def test_an_administrator_who_may_only_read_is_not_pressed(portal):
    guidance(portal, title_vi="quá hạn")
    assert groups(make_user(is_superuser=True)) == {}


def test_what_was_withdrawn_presses_the_heads_alone_and_is_marked(portal):
    with frozen(moment(date(2018, 3, 1))):
        article = approve(submit(guidance(portal, title_vi="đã gỡ")), by=portal.head)
        withdraw(article, by=portal.head)
    assert groups(portal.head) == {PRESSING: ["đã gỡ"]}
    assert groups(portal.editor) == {}
    page = start_page(portal.head)
    (row,) = page.context["queue"][0]["items"]
    assert (row["state"], row["publish_at"]) == ("withdrawn", None)
    assert '<span class="state state-withdrawn">Withdrawn</span>' in page.content.decode()


def test_each_time_has_its_label(portal):
    draft = make_article(portal.agency, by=portal.editor, title_vi="Nháp", event_date=date(2018, 3, 15))
    timed = submit(make_article(portal.agency, by=portal.reporter, title_vi="Hẹn giờ", event_date=date(2018, 3, 15)))
    approve(timed, by=portal.head, at=ahead(days=20))
    text = " ".join(start_page(portal.head).content.decode().split())
    assert f"Last edited by: {draft.last_edited_by}, <time datetime=" in text
    assert 'Goes public: <time datetime="2018-04-04T' in text


def test_the_last_day_of_a_board_is_called_its_last_day(portal):
    Board.objects.update(decision_number="7/QĐ-UBND", valid_to=date(2018, 3, 14))
    assert start_page(portal.head).context["warnings"] == [
        "Editorial board of Agency quangngai: 14/03/2018 was the last day of decision 7/QĐ-UBND. "
        "Nothing can be published."
    ]
