from unicodedata import normalize

import pytest

from tests.makers import archive
from tests.web.pages import read


@pytest.fixture
def search(client):
    return lambda q, path="/tim-kiem/", **more: read(client.get(path, {"q": q, **more}))


def count(page):
    return page.one("p", class_="count").text if page.all("p", class_="count") else ""


@pytest.mark.parametrize(
    "q",
    [
        "(((",
        ")",
        "[a",
        "***",
        "a*",
        '"""',
        '"chưa đóng',
        "'; DROP TABLE search_indexentry; --",
        "đường AND OR NOT NEAR(",
        "{}[]<>|&!~^$#@+=",
        "\\",
        "%",
        "_",
        "a" * 10_000,
        "đường " * 2_000,
        "\x00",
        "đường\x00ray",
        "\x01\x1b[31m\x7f",
        "\u202e\u200b\ufeff",
        "\u0301\u0323",
        normalize("NFD", "đường quyết định"),
        "🙂 Ễ 🇻🇳",
        "ﷺ" * 200,
        "\n\t\r",
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_query_is_an_error(client, write, prefix, q):
    write("Đường tránh qua Đức Phổ")
    response = client.get(f"{prefix}/tim-kiem/", {"q": q})
    assert response.status_code == 200
    assert read(response).mistakes == []


ODD = ["q=%ff%fe", "q=%ed%a0%80", "q", "q=a&q=b", "trang=2", "q=tin&trang=abc", "q=tin&trang=-1", "q=tin&trang=%00"]


@pytest.mark.parametrize("query", ODD)
def test_no_address_is_an_error(client, write, query):
    write("Tin")
    assert client.get(f"/tim-kiem/?{query}").status_code == 200


def test_of_a_long_query_the_beginning_is_used_and_the_page_says_so(search, write):
    write("Đường tránh")
    page = search("đường " * 100, "/en/tim-kiem/")
    assert page.titles == ["Đường tránh"]
    assert page.one("input", id="q")["value"] == ("đường " * 100)[:200]
    assert "Only the first 200 characters were used." in page.main


def test_a_query_without_a_word_gets_advice(search, write):
    write("Đường tránh")
    page = search("***", "/en/tim-kiem/")
    assert page.titles == []
    assert page.one(role="status").text == "Type at least one word or number."


def test_an_empty_query_shows_the_form_only(search, write):
    write("Đường tránh")
    page = search("  ")
    assert page.titles == []
    assert not page.all(role="status")


def test_results_are_counted_and_paged(search, write):
    for number in range(23):
        write(f"Đường số {number}", days=number + 1)
    first, second = search("duong"), search("duong", trang="2")
    assert count(first).startswith("23 ")
    assert first.titles == [f"Đường số {number}" for number in range(20)]
    assert second.titles == ["Đường số 20", "Đường số 21", "Đường số 22"]
    assert second.one("ol", class_="hits")["start"] == "21"
    assert "?q=duong&trang=2" in first.links
    assert "?q=duong" in second.links
    assert search("duong", trang="99").titles == second.titles


def test_words_are_marked_in_title_and_text(search, write):
    write("Đường tránh", body="Tuyến đường mới.")
    page = search("duong")
    assert [element.text for element in page.all("mark")] == ["Đường", "đường"]


def test_what_looks_like_markup_is_shown_as_text(search, write):
    write("Bài <script>alert(1)</script> mẫu", summary_vi="<img src=x onerror=alert(1)> mẫu & thử")
    page = search("script mau")
    assert page.titles == ["Bài <script>alert(1)</script> mẫu"]
    assert page.one("main") and not [script for script in page.all("script") if not script.get("src")]
    assert not [image for image in page.all("img") if image.get("onerror")]
    assert "onerror" not in page.source or "&lt;img" in page.source
    assert [element.text for element in page.all("mark")] == ["script", "script", "mẫu", "mẫu"]


def test_the_query_is_shown_as_text(search, portal):
    page = search('"><script>alert(1)</script>')
    assert page.one("input", id="q")["value"] == '"><script>alert(1)</script>'
    assert not [script for script in page.all("script") if not script.get("src")]


def test_an_archived_item_is_found_and_marked(search, write, client):
    archive(write("Đường tránh"))
    write("Đường mới")
    page = search("duong")
    assert page.titles == ["Đường mới", "Đường tránh"]
    tags = [(item.parents[-2].text, item.text) for item in page.all("span", class_="tag")]
    assert len(tags) == 1 and tags[0][0].startswith("Đường tránh")
    assert read(client.get("/tin-tuc/")).titles == ["Đường mới"]


def test_the_portal_searches_all_sites_and_a_member_its_own(search, write, portal, district):
    write("Đường của tỉnh", days=1)
    own = write("Đường của huyện", place=district)
    page = search("duong")
    assert page.titles == ["Đường của huyện", "Đường của tỉnh"]
    assert f"/trang/tunghia{own.path()}" in page.links
    assert [name.text for name in page.all("span", class_="card-site")] == ["Huyện Tư Nghĩa", portal.site.name]
    member = search("duong", "/trang/tunghia/tim-kiem/")
    assert member.titles == ["Đường của huyện"]
    assert count(member).startswith("1 ")
    assert member.one("form", class_="search-large")["action"] == "/trang/tunghia/tim-kiem/"
    assert "/tim-kiem/?q=duong" in member.links


def test_search_pages_are_for_readers_not_for_crawlers(client, portal):
    assert read(client.get("/tim-kiem/?q=a")).one("meta", name="robots")["content"] == "noindex, follow"
    assert "Disallow: /tim-kiem/" in client.get("/robots.txt").content.decode()
