"""The results of a search as a feed: to follow a matter in a feed reader."""

from xml.etree import ElementTree

import pytest

from portal.web.search import FEED_LENGTH
from tests.documents.legal import publish_document
from tests.makers import ago, withdraw
from tests.web.pages import read

PATH = "/tim-kiem/rss/"


@pytest.fixture
def feed(client):
    def ask(path=PATH, **query):
        response = client.get(path, query)
        assert (response.status_code, response["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
        return ElementTree.fromstring(response.content).find("channel")

    return ask


def titles(channel):
    return [row.findtext("title") for row in channel.iterfind("item")]


def test_what_was_published_last_comes_first(feed, portal, write):
    write("Cầu Trà Khúc thông xe", days=3)
    write("Tin của thành phố", body="Qua cầu Trà Khúc", days=2)
    publish_document(portal, number="1/2018/QĐ-UBND", summary_vi="Cầu Trà Khúc", when=ago(days=1))
    assert titles(feed(q="tra khuc")) == ["Quyết định 1/2018/QĐ-UBND", "Tin của thành phố", "Cầu Trà Khúc thông xe"]


def test_a_feed_is_valid_and_leads_to_its_page(feed, write, portal):
    article = write("Đường tránh", source="Báo Quảng Ngãi")
    channel = feed("/en/tim-kiem/rss/", q="duong", muc="news")
    assert channel.findtext("title") == f"Search: duong – {portal.site.name_en}"
    assert channel.findtext("link") == "http://testserver/en/tim-kiem/?q=duong&muc=news"
    assert channel.findtext("language") == "en"
    (item,) = channel.iterfind("item")
    assert item.findtext("link") == item.findtext("guid") == f"http://testserver/en{article.path()}"
    assert item.findtext("pubDate") and item.findtext("description")
    assert item.findtext("source") == "Báo Quảng Ngãi"


def test_choices_alone_make_a_feed_that_names_them(feed, write, portal):
    write("Đường tránh")
    channel = feed("/en/tim-kiem/rss/", muc="news")
    assert channel.findtext("title") == f"Search: Kind of content: News – {portal.site.name_en}"
    assert titles(channel) == ["Đường tránh"]


def test_a_feed_has_an_end(feed, write):
    for number in range(FEED_LENGTH + 2):
        write(f"Đường {number}", days=number)
    assert titles(feed(q="duong")) == [f"Đường {number}" for number in range(FEED_LENGTH)]


def test_a_member_site_has_its_own(feed, write, district):
    write("Đường của tỉnh")
    own = write("Đường của huyện", place=district)
    channel = feed("/trang/tunghia/tim-kiem/rss/", q="duong")
    assert titles(channel) == ["Đường của huyện"]
    assert channel.find("item").findtext("link") == f"http://testserver/trang/tunghia{own.path()}"


def test_what_was_withdrawn_leaves_the_feed(feed, write):
    withdraw(write("Đường tránh"))
    assert titles(feed(q="duong")) == []


@pytest.mark.parametrize("query", ["", "q=", "q=***", "q=%20", "q=%00", "muc=khong-co", "tu=31/02/2018", "trang=2"])
def test_without_a_question_there_is_no_feed(client, write, query):
    write("Đường tránh")
    assert client.get(f"{PATH}?{query}").status_code == 404


@pytest.mark.parametrize("q", ["a" * 10_000, "đường\x00\x1b[31m", "<script>", "a]]>", "&amp;"])
def test_no_words_break_the_feed(feed, write, q):
    write("Đường tránh")
    assert feed(q=q).findtext("title")


def test_a_page_of_results_names_its_feed(client, write):
    write("Đường tránh")
    page = read(client.get("/tim-kiem/?q=duong&muc=news&trang=1&xep=moi-nhat&loai="))
    feeds = [row["href"] for row in page.all("link", type="application/rss+xml")]
    assert feeds == ["/rss/", f"{PATH}?q=duong&muc=news"]
    assert f"{PATH}?q=duong&muc=news" in page.links
    empty = read(client.get("/tim-kiem/"))
    assert [row["href"] for row in empty.all("link", type="application/rss+xml")] == ["/rss/"]
