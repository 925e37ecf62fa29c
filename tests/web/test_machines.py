from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from portal.web import machines
from tests.makers import make_article, make_rubric, publish

NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}
MARCH = timezone.make_aware(datetime(2018, 3, 5, 8, 30))


@pytest.fixture
def read_map(client):
    def ask(path):
        response = client.get(path)
        assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
        return ElementTree.fromstring(response.content)

    return ask


def places(tree):
    return [row.text for row in tree.iterfind(".//map:loc", NAMES)]


def test_robots_are_kept_from_the_back_office_and_shown_the_site_map(client, district):
    for path in ["/robots.txt", "/trang/tunghia/robots.txt"]:
        assert client.get(path)["Content-Type"] == "text/plain; charset=utf-8"
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /quan-tri/",
        "Disallow: /tim-kiem/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]
    source = client.get("/trang/tunghia/robots.txt").content.decode()
    assert "Sitemap: http://testserver/trang/tunghia/sitemap.xml" in source


def test_the_site_map_has_a_part_for_the_site_and_parts_for_its_items(read_map, portal):
    assert places(read_map("/sitemap.xml")) == [f"http://testserver/sitemap-{number}.xml" for number in (0, 1)]
    assert len(places(read_map("/sitemap-0.xml"))) == 2 * 15
    assert places(read_map("/sitemap-1.xml")) == []


def test_a_large_site_map_is_cut_into_parts(client, read_map, portal, monkeypatch):
    monkeypatch.setattr(machines, "URLS_PER_FILE", 2)
    articles = [publish(make_article(portal.agency, by=portal.editor)) for _number in range(5)]
    assert len(places(read_map("/sitemap.xml"))) == 4
    assert places(read_map("/sitemap-3.xml")) == [
        f"http://testserver{prefix}{articles[4].path()}" for prefix in ("", "/en")
    ]
    assert client.get("/sitemap-4.xml").status_code == 404


def test_each_page_is_named_in_both_languages_with_its_date(read_map, portal):
    article = publish(make_article(portal.agency, by=portal.editor), when=MARCH)
    vietnamese, english = read_map("/sitemap-1.xml")
    addresses = {"vi": f"http://testserver{article.path()}", "en": f"http://testserver/en{article.path()}"}
    for row, language in [(vietnamese, "vi"), (english, "en")]:
        assert row.findtext("map:loc", namespaces=NAMES) == addresses[language]
        assert row.findtext("map:lastmod", namespaces=NAMES) == "2018-03-05T08:30:00+07:00"
        links = row.iterfind("xhtml:link", NAMES)
        assert {link.get("hreflang"): link.get("href") for link in links} == addresses


def test_each_item_stands_in_the_site_map_of_its_site_alone(read_map, portal, district):
    own = publish(make_article(portal.agency, by=portal.editor))
    theirs = publish(make_article(district.agency, by=district.editor))
    assert places(read_map("/sitemap-1.xml"))[0] == f"http://testserver{own.path()}"
    assert places(read_map("/trang/tunghia/sitemap-1.xml"))[0] == f"http://testserver/trang/tunghia{theirs.path()}"
    assert theirs.path() not in "".join(places(read_map("/sitemap-1.xml")))


def test_the_rubrics_stand_in_the_site_map(client, read_map, portal):
    make_rubric("thoi-su", parent=make_rubric())
    found = places(read_map("/sitemap-0.xml"))
    assert "http://testserver/tin-tuc/chuyen-muc/thoi-su/" in found
    assert "http://testserver/en/trang/" in found
    assert {client.get(address.removeprefix("http://testserver")).status_code for address in found} == {200}


def test_the_monitor_hears_that_the_database_answers(client, portal):
    assert client.get("/suc-khoe/").json() == {"status": "ok"}


def test_the_monitor_hears_that_the_database_does_not(client, portal, monkeypatch):
    monkeypatch.setattr(machines, "connection", None)
    client.raise_request_exception = False
    assert client.get("/suc-khoe/").status_code == 500
