"""What is not public is nowhere: no page, list, count, month, feed, site map or search tells of it."""

from datetime import datetime

import pytest
from django.utils import timezone

from portal.editorial.roles import State
from portal.publishing import editing, workflow
from tests.makers import archive, bring_to, make_article, make_rubric, publish, withdraw
from tests.web.pages import read

SECRET = "Ngọc trai"
ADDRESSES = [
    "/",
    "/tin-tuc/",
    "/tin-tuc/?thang=2018-03",
    "/tin-tuc/?co_quan=tat-ca",
    "/tin-tuc/chuyen-muc/thoi-su/",
    "/tin-tuc/chuyen-muc/tin-tuc-su-kien/",
    "/tim-kiem/?q=ngoc+trai",
    "/tim-kiem/?q=trai",
    "/rss/",
    "/rss/thoi-su/",
    "/so-do-cong/",
    "/gioi-thieu/",
]
PLAIN = ["/sitemap.xml", "/sitemap-0.xml", "/sitemap-1.xml", "/robots.txt"]
HIDDEN = ["draft", "submitted", "approved", "recalled", "withdrawn", "withdrawn from the archive", "reopened"]


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def rubric(portal):
    return make_rubric("thoi-su", parent=make_rubric())


@pytest.fixture
def neighbour(portal, rubric):
    article = make_article(portal.agency, by=portal.editor, rubric=rubric, title_vi="Tin khác")
    return publish(article, when=at("2018-02-05T08:00"))


@pytest.fixture
def secret(portal, rubric):
    texts = {"title_vi": f"{SECRET} 1", "summary_vi": f"{SECRET} 2", "body_vi": f"<p>{SECRET} 3</p>", "source": SECRET}
    english = {"title_en": f"{SECRET} 4", "summary_en": f"{SECRET} 5", "body_en": f"<p>{SECRET} 6</p>"}
    return make_article(portal.agency, by=portal.editor, rubric=rubric, **texts, **english)


def hide(article, how, head):
    if how in State.values:
        return bring_to(State(how), article, by=head)
    walks = {
        "recalled": (State.APPROVED, ["recall"]),
        "withdrawn from the archive": (State.ARCHIVED, ["withdraw"]),
        "reopened": (State.WITHDRAWN, ["reopen"]),
    }
    first, steps = walks[how]
    article = bring_to(first, article, by=head)
    for name in steps:
        article = workflow.carry_out(name, article, by=head, note="Lý do.")
    return article


@pytest.mark.parametrize("how", HIDDEN)
def test_nothing_tells_of_what_is_not_public(client, neighbour, secret, portal, how):
    hide(secret, how, portal.head)
    paths = [prefix + path for prefix in ["", "/en"] for path in ADDRESSES] + PLAIN + [neighbour.path()]
    for path in paths:
        source = client.get(path).content.decode()
        assert SECRET not in source, path
        assert "ngoc-trai" not in source, path


@pytest.mark.parametrize("how", HIDDEN)
def test_nothing_counts_what_is_not_public(client, neighbour, secret, portal, how):
    hide(secret, how, portal.head)
    assert read(client.get("/en/tin-tuc/")).one("p", class_="count").text == "1 item"
    assert "Nothing was found" in read(client.get("/en/tim-kiem/?q=ngoc+trai")).main
    options = [row["value"] for row in read(client.get("/tin-tuc/")).all("option")]
    assert "2018-02" in options
    assert len([value for value in options if value[:2] == "20"]) == 1


@pytest.mark.parametrize("how", HIDDEN)
def test_the_page_itself_does_not_tell_it_either(client, secret, portal, how):
    article = hide(secret, how, portal.head)
    gone = how in ["withdrawn", "withdrawn from the archive", "reopened"]
    for path in [article.path(), f"/en{article.path()}", f"{article.path()}in/", f"{article.path()}?xem-truoc=1"]:
        response = client.get(path)
        source = response.content.decode()
        assert response.status_code == (410 if gone else 404)
        assert f"{SECRET} 2" not in source and f"{SECRET} 3" not in source and f"{SECRET} 6" not in source
        assert gone or SECRET not in source


def test_a_withdrawn_page_tells_the_title_it_had_and_none_of_the_next_draft(client, secret, portal):
    article = withdraw(publish(secret), by=portal.head, note="Sai số liệu")
    page = read(client.get(article.path()))
    assert f"{SECRET} 1" in page.main and "Sai số liệu" in page.main
    article = workflow.carry_out("reopen", article, by=portal.head, note="Sửa lại")
    article.title_vi = "Tên của bản nháp"
    editing.store(article, by=portal.editor)
    response = client.get(article.path())
    assert response.status_code == 410
    assert "Tên của bản nháp" not in response.content.decode()


def test_what_is_public_is_everywhere(client, neighbour, secret, portal):
    publish(secret, when=at("2018-03-05T08:00"))
    for path in [*ADDRESSES[:10], PLAIN[2]]:
        assert "ngoc-trai" in client.get(path).content.decode(), path
    assert read(client.get("/en/tin-tuc/")).one("p", class_="count").text == "2 items"


def test_what_is_archived_leaves_the_lists_and_stays_in_search_and_site_map(client, neighbour, secret, portal):
    archive(publish(secret, when=at("2018-03-05T08:00")))
    for path in ["/", "/tin-tuc/", "/tin-tuc/chuyen-muc/thoi-su/", "/rss/", "/rss/thoi-su/"]:
        assert "ngoc-trai" not in client.get(path).content.decode(), path
    for path in ["/tim-kiem/?q=trai", "/sitemap-1.xml"]:
        assert "ngoc-trai-1" in client.get(path).content.decode(), path
    assert client.get(secret.path()).status_code == 200


def test_a_proposed_change_is_nowhere(client, neighbour, portal):
    editing.propose(neighbour, {"title_vi": SECRET, "body_vi": SECRET}, by=portal.editor, note=SECRET)
    for path in [*ADDRESSES, *PLAIN, neighbour.path(), f"{neighbour.path()}in/"]:
        assert SECRET not in client.get(path).content.decode(), path
