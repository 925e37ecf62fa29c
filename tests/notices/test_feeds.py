from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from portal.notices.feeds import LENGTH
from tests.makers import archive, make_article, make_rubric, publish

MARCH = timezone.make_aware(datetime(2018, 3, 5, 8, 30))
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@pytest.fixture
def write(portal):
    def make(title, rubric=None, place=portal, when=MARCH, **fields):
        article = make_article(place.agency, by=place.editor, rubric=rubric, title_vi=title, **fields)
        return publish(article, when=when)

    return make


@pytest.fixture
def read_feed(client):
    def ask(path="/rss/", **headers):
        response = client.get(path, headers=headers)
        assert (response.status_code, response["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
        return ElementTree.fromstring(response.content).find("channel")

    return ask


def titles(channel):
    return [item.findtext("title") for item in channel.iter("item")]


def test_an_item_names_its_author_and_its_source(read_feed, write, portal):
    article = write("Khởi công <cầu> & đường", author="Hoài Yến", source="Báo Quảng Ngãi", summary_vi="Tóm tắt.")
    (item,) = read_feed().iter("item")
    address = f"http://testserver{article.path()}"
    assert {part.tag: part.text for part in item} == {
        "title": "Khởi công <cầu> & đường",
        "link": address,
        "description": "Tóm tắt.",
        "pubDate": "Mon, 05 Mar 2018 01:30:00 +0000",
        "guid": address,
        CREATOR: "Hoài Yến",
        "source": "Báo Quảng Ngãi",
    }
    assert item.find("source").attrib == {"url": "http://testserver/"}


def test_a_feed_says_whose_it_is_and_where(read_feed, portal):
    channel = read_feed()
    atom = "{http://www.w3.org/2005/Atom}link"
    assert channel.findtext("title") == portal.site.name_vi
    assert channel.findtext("link") == "http://testserver/"
    assert channel.findtext("language") == "vi"
    assert channel.find(atom).attrib == {"rel": "self", "href": "http://testserver/rss/"}


def test_a_feed_holds_the_newest_items(read_feed, write):
    for day in range(1, LENGTH + 2):
        write(f"tin {day}", when=MARCH.replace(day=day))
    assert titles(read_feed()) == [f"tin {day}" for day in range(LENGTH + 1, 1, -1)]


def test_each_site_feeds_its_own(read_feed, write, district):
    write("của tỉnh")
    own = write("của huyện", place=district)
    assert titles(read_feed()) == ["của tỉnh"]
    by_path = read_feed("/trang/tunghia/rss/")
    by_host = read_feed(host="tunghia.localhost:8000")
    assert titles(by_path) == titles(by_host) == ["của huyện"]
    assert by_path.find("item/link").text == f"http://testserver/trang/tunghia{own.path()}"
    assert by_host.find("item/link").text == f"http://localhost:8000/trang/tunghia{own.path()}"


def test_a_section_feeds_what_stands_in_it_and_below_it(read_feed, write):
    news = make_rubric()
    write("kinh tế", make_rubric("kinh-te", parent=news, name_vi="Kinh tế"), when=MARCH.replace(day=2))
    write("đầu mục", news, when=MARCH.replace(day=1))
    write("khác", make_rubric("thong-tin-theo-chi-dao", point="8.2.m"), order_reference="Công điện số 12/CĐ-UBND")
    assert titles(read_feed("/rss/tin-tuc-su-kien/")) == ["kinh tế", "đầu mục"]
    channel = read_feed("/rss/kinh-te/")
    assert titles(channel) == ["kinh tế"]
    assert channel.findtext("title").startswith("Kinh tế – ")
    assert channel.findtext("link") == "http://testserver/tin-tuc/chuyen-muc/kinh-te/"


@pytest.mark.parametrize("section", ["khong-co", "news"])
def test_an_unknown_section_has_no_feed(client, portal, section):
    assert client.get(f"/rss/{section}/").status_code == 404


def test_an_empty_feed_is_a_feed(read_feed, portal):
    assert titles(read_feed()) == []
    assert titles(read_feed("/en/rss/")) == []


def test_a_feed_speaks_its_language_and_shows_what_is_not_translated(read_feed, write):
    write("chỉ tiếng Việt", when=MARCH.replace(day=1))
    write("cầu", title_en="Bridge", summary_en="Summary.", body_en="<p>Text.</p>")
    channel = read_feed("/en/rss/")
    assert titles(channel) == ["Bridge", "chỉ tiếng Việt"]
    assert channel.findtext("language") == "en"
    assert channel.find("item/link").text.startswith("http://testserver/en/tin-tuc/")


def test_what_is_archived_leaves_the_feed(read_feed, write):
    archive(write("tin"))
    assert titles(read_feed()) == []


def test_a_feed_is_escaped(client, write):
    write("Tin", summary_vi="<script>alert(1)</script> ]]> &amp;", author="A & <b>", source='"B"')
    source = client.get("/rss/").content.decode()
    assert "<script>" not in source
    assert "&lt;b&gt;" in source
    ElementTree.fromstring(source.encode())
