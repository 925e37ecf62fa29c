from datetime import datetime

import pytest
from django.utils import timezone

from portal.publishing import editing
from tests.makers import frozen, make_article, publish, withdraw
from tests.web.pages import read

MARCH = timezone.make_aware(datetime(2018, 3, 5, 8, 30))


@pytest.fixture
def correct(portal):
    """Proposes a change on one day of March and approves it on the same day."""

    def make(article, day, note, **after):
        with frozen(MARCH.replace(day=day)):
            revision = editing.propose(article, after, by=portal.editor, note=note)
            editing.apply(revision, by=portal.head)
        return revision

    return make


@pytest.fixture
def bridge(portal, rubrics):
    texts = {"title_vi": "Cầu Thach Bích", "body_vi": "<p>Cầu dài 600 m.</p>"}
    article = make_article(portal.agency, by=portal.editor, rubric=rubrics["thoi-su"], **texts)
    return publish(article, when=MARCH)


def superseded(article, revision):
    return f"{article.path()}ban-cu/{revision.pk}/"


def test_an_article_without_a_correction_has_no_box(client, bridge):
    page = read(client.get(bridge.path()))
    assert not page.all("aside", class_="notice-correction")
    assert not page.all("meta", property="article:modified_time")


def test_a_proposed_change_is_nobodys_business_yet(client, bridge, portal):
    revision = editing.propose(bridge, {"title_vi": "Cầu Thạch Bích"}, by=portal.editor, note="Sửa tên cầu.")
    page = read(client.get(bridge.path()))
    assert page.one("h1").text == "Cầu Thach Bích"
    assert not page.all("aside") and "Sửa tên cầu." not in page.source
    assert client.get(superseded(bridge, revision)).status_code == 404
    editing.refuse(revision, by=portal.head, note="Tên đúng rồi.")
    assert client.get(superseded(bridge, revision)).status_code == 404
    assert "Tên đúng rồi." not in client.get(bridge.path()).content.decode()


def test_a_correction_says_what_changed_and_leads_to_the_old_text(client, bridge, correct):
    revision = correct(bridge, 9, "Sửa tên cầu.", title_vi="Cầu Thạch Bích", body_vi="<p>Cầu dài 700 m.</p>")
    page = read(client.get(bridge.path()))
    assert page.one("h1").text == "Cầu Thạch Bích"
    box = page.one("aside", class_="notice-correction")
    assert "09/03/2018: Sửa tên cầu." in box.text
    assert [row["href"] for row in page.all("a") if box in row.parents] == [superseded(bridge, revision)]
    assert page.one("meta", property="article:modified_time")["content"] == "2018-03-09T08:30:00+07:00"


def test_the_superseded_text_stays_readable_and_is_marked(client, bridge, correct):
    revision = correct(bridge, 9, "Sửa tên cầu.", title_vi="Cầu Thạch Bích", body_vi="<p>Cầu dài 700 m.</p>")
    for prefix in ["", "/en"]:
        response = client.get(prefix + superseded(bridge, revision))
        page = read(response)
        assert response.status_code == 200
        assert page.one("h1").text == "Cầu Thach Bích"
        assert "600 m" in page.main and "700 m" not in page.main
        assert "08:30 09/03/2018" in page.one("div", class_="notice-archive").text
        assert f"{prefix}{bridge.path()}" in page.links
        assert page.one("meta", name="robots")["content"] == "noindex"


def test_each_correction_leads_to_the_text_before_it(client, bridge, correct):
    first = correct(bridge, 9, "Sửa tên cầu.", title_vi="Cầu Thạch Bích")
    second = correct(bridge, 12, "Sửa chiều dài.", body_vi="<p>Cầu dài 700 m.</p>")
    page = read(client.get(bridge.path()))
    box = page.one("aside", class_="notice-correction")
    assert [row.text for row in page.all("time", "span") if box in row.parents] == [
        "12/03/2018",
        "Sửa chiều dài.",
        "09/03/2018",
        "Sửa tên cầu.",
    ]
    assert [row["href"] for row in page.all("a") if box in row.parents] == [
        superseded(bridge, second),
        superseded(bridge, first),
    ]
    old, newer = (read(client.get(superseded(bridge, revision))) for revision in [first, second])
    assert (old.one("h1").text, "600 m" in old.main) == ("Cầu Thach Bích", True)
    assert (newer.one("h1").text, "600 m" in newer.main) == ("Cầu Thạch Bích", True)


def test_a_superseded_text_belongs_to_its_article(client, bridge, correct, portal, district):
    revision = correct(bridge, 9, "Sửa tên cầu.", title_vi="Cầu Thạch Bích")
    other = publish(make_article(portal.agency, by=portal.editor))
    assert client.get(superseded(other, revision)).status_code == 404
    assert client.get(f"/trang/tunghia{superseded(bridge, revision)}").status_code == 404
    assert client.get(f"{bridge.path()}ban-cu/999999/").status_code == 404


def test_the_superseded_text_of_a_withdrawn_article_is_gone(client, bridge, correct):
    revision = correct(bridge, 9, "Sửa tên cầu.", title_vi="Cầu Thạch Bích")
    withdraw(bridge, note="Sai.")
    response = client.get(superseded(bridge, revision))
    assert response.status_code == 410
    assert "600 m" not in response.content.decode()


def test_the_address_stays_when_the_title_is_corrected(client, bridge, correct):
    before = bridge.path()
    correct(bridge, 9, "Sửa tên cầu.", title_vi="Cầu Cổ Lũy")
    assert client.get(before).status_code == 200
    assert read(client.get("/tin-tuc/")).titles == ["Cầu Cổ Lũy"]
    assert before in read(client.get("/tin-tuc/")).links
