"""What the box and the address bar suggest: names and titles that hold the words so far."""

import json

import pytest

from tests.documents.legal import publish_document
from tests.gazette.makers import make_document
from tests.makers import ahead, make_article, publish, submit, withdraw
from tests.web.pages import read

PATH = "/tim-kiem/goi-y/"


@pytest.fixture
def suggest(client):
    """[(title, note, address)]"""

    def ask(q, path=PATH):
        response = client.get(path, {"q": q})
        assert (response.status_code, response["Content-Type"]) == (200, "application/x-suggestions+json")
        _typed, titles, notes, addresses = json.loads(response.content)
        return list(zip(titles, notes, addresses, strict=True))

    return ask


def titles(rows):
    return [title for title, _note, _address in rows]


def test_titles_are_suggested_while_the_last_word_is_typed(suggest, write):
    article = write("Đường tránh qua Đức Phổ")
    write("Tin khác", body="Đường tránh")
    for typed in ["duong tr", "đường tránh", "DUONG"]:
        (row,) = suggest(typed)
        assert (row[0], row[2]) == ("Đường tránh qua Đức Phổ", article.path())


def test_a_suggestion_tells_from_where_and_when_it_is(suggest, write, portal):
    article = write("Đường tránh")
    assert suggest("duong")[0][1] == f"{portal.site.name} · {article.dated_on():%d/%m/%Y}"


def test_a_document_is_suggested_by_its_summary_and_tells_it(suggest, portal):
    document = publish_document(portal, number="16/2017/QĐ-UBND", summary_vi="Quy chế hoạt động của Cổng")
    for typed in ["quy che hoat dong", "16/2017"]:
        assert suggest(typed) == [("Quyết định 16/2017/QĐ-UBND", "Quy chế hoạt động của Cổng", document.path())]


def test_places_come_first(suggest, write, district):
    write("Tư Nghĩa được mùa")
    rows = suggest("tu nghia")
    assert rows[0] == ("Ủy ban nhân dân huyện Tư Nghĩa", "Trang", "/trang/tunghia/") or rows[0][2] == "/trang/tunghia/"
    assert rows[1][0] == "Tư Nghĩa được mùa"
    assert suggest("tu ngh")[0][2] == "/trang/tunghia/"
    assert ("/lien-he/") in [address for _title, _note, address in suggest("lien he")]


def test_there_are_eight_at_most(suggest, write):
    for number in range(10):
        write(f"Đường {number}", days=number)
    assert titles(suggest("duong")) == [f"Đường {number}" for number in range(8)]


def test_each_language_and_each_site_has_its_own(suggest, write, district):
    english = {"title_en": "Land prices", "summary_en": "Summary.", "body_en": "<p>Prices.</p>"}
    article = write("Bảng giá đất", **english)
    own = write("Giá đất Tư Nghĩa", place=district)
    assert [row[::2] for row in suggest("land", "/en/tim-kiem/goi-y/")] == [("Land prices", f"/en{article.path()}")]
    member = [row[::2] for row in suggest("gia dat", "/trang/tunghia/tim-kiem/goi-y/")]
    assert member == [("Giá đất Tư Nghĩa", f"/trang/tunghia{own.path()}")]


def test_what_is_not_public_is_not_suggested(suggest, portal, write):
    by = {"by": portal.editor}
    make_article(portal.agency, title_vi="Ngọc trai", **by)
    submit(make_article(portal.agency, title_vi="Ngọc trai", **by))
    publish(make_article(portal.agency, title_vi="Ngọc trai", **by), at=ahead(days=1))
    withdraw(write("Ngọc trai"))
    make_document(portal.agency, summary_vi="Ngọc trai", **by)
    assert suggest("ngoc trai") == suggest("ngoc tr") == []


ODD = ["", " ", "\x00", "***", '"', "a", "'" * 3000, "đường " * 2000, "\u202e", "🙂", "(((", "\\", "%", "_"]


@pytest.mark.parametrize("q", ODD)
@pytest.mark.parametrize("path", [PATH, "/en/tim-kiem/goi-y/", "/trang/tunghia/tim-kiem/goi-y/"])
def test_nothing_typed_is_an_error(suggest, write, district, path, q):
    write("Đường tránh")
    assert titles(suggest(q, path)) in ([], ["Đường tránh"])


@pytest.mark.parametrize("query", ["", "q=%ff%fe", "q=%ed%a0%80", "q=a&q=b", "muc=x&tu=y&q=duong"])
def test_no_address_is_an_error(client, write, query):
    write("Đường tránh")
    assert client.get(f"{PATH}?{query}").status_code == 200


def test_the_cost_does_not_grow_with_what_is_found(
    client, write, django_assert_num_queries, django_assert_max_num_queries
):
    write("Đường 0")
    with django_assert_max_num_queries(20) as few:
        client.get(PATH, {"q": "duong"})
    for number in range(30):
        write(f"Đường {number}", days=number)
    with django_assert_max_num_queries(len(few)):
        client.get(PATH, {"q": "duong"})


@pytest.mark.parametrize("path", ["/", "/tim-kiem/", "/lien-he/"])
@pytest.mark.parametrize("mount", ["", "/en", "/trang/tunghia", "/trang/tunghia/en"])
def test_every_box_knows_where_to_ask(client, district, mount, path):
    page = read(client.get(mount + path))
    boxes = page.all("input", name="q")
    assert {row["data-suggest"] for row in boxes} == {f"{mount}/tim-kiem/goi-y/"}
    assert all(row["data-suggestions"] for row in boxes)
    assert page.all("label", **{"for": "masthead-q"})
