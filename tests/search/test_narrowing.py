"""By what a search is narrowed: the choices with their counts, what was chosen, what cannot be understood."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.search import lookup
from portal.search.candidates import Candidates
from tests.documents.legal import make_sector, publish_document
from tests.gazette.makers import make_type
from tests.web.pages import read

DOCUMENT_FIELDS = {"loai", "co_quan", "linh_vuc", "tinh_trang"}


@pytest.fixture
def ask(client):
    def get(path="/en/tim-kiem/", **query):
        response = client.get(path, query)
        assert response.status_code == 200
        return read(response)

    return get


@pytest.fixture
def library(write, portal, district):
    """Two news about land, one of them of the district, and three documents about it."""
    write("Đất ở Ba Tơ", days=3)
    write("Đất ở Tư Nghĩa", days=2, place=district)
    land = make_sector("dat-dai", "Đất đai")
    publish_document(portal, number="1/2018/QĐ-UBND", summary_vi="Giá đất", event_date=date(2018, 1, 5), sector=land)
    publish_document(portal, number="2/2018/QĐ-UBND", summary_vi="Đất lúa", event_date=date(2018, 2, 5))
    directive = make_type("chi-thi", "Chỉ thị", "Directive", "CT")
    publish_document(portal, number="3/CT-UBND", type=directive, normative=False, summary_vi="Quản lý đất")


def fields(page):
    return {row["name"] for row in page.all("select") + page.all("input") if row.get("name")}


def options(page, name):
    """The choices of a field as readers see them."""
    select = page.one("select", name=name)
    return [row.text for row in page.all("option") if select in row.parents]


def selected(page, name):
    select = page.one("select", name=name)
    return [row["value"] for row in page.all("option") if select in row.parents and "selected" in row.attributes]


def chosen(page):
    """What is shown as chosen: {words: address without it}."""
    lists = page.all("ul", class_="chosen")
    return {row.text: row["href"] for row in page.all("a") if lists and lists[0] in row.parents}


def problem(page, name):
    return page.one("ul", id=f"id_{name}_error").text


# --- choices and their counts -----------------------------------------------------------------------------------------


def test_each_choice_says_how_many_results_it_has(ask, library):
    page = ask(q="dat")
    assert options(page, "muc") == ["All", "News (2)", "Legal documents (3)"]
    assert options(page, "loai") == ["All", "Decision (2)", "Directive (1)"]
    assert options(page, "linh_vuc") == ["All", "Sector dat-dai (1)"]
    assert [row.rpartition(" ")[2] for row in options(page, "don_vi")] == ["All", "(4)", "(1)"]


def test_counts_of_a_field_are_those_without_its_own_choice(ask, library):
    page = ask(q="dat", loai="chi-thi")
    assert page.titles == ["Chỉ thị 3/CT-UBND"]
    assert options(page, "loai") == ["All", "Decision (2)", "Directive (1)"]
    assert options(page, "muc") == ["All", "Legal documents (1)"]


@pytest.fixture
def cap(monkeypatch):
    """Sets how many results are counted and shown."""

    def lower(number):
        monkeypatch.setattr(lookup._Search._newest, "__defaults__", (number,))
        monkeypatch.setattr(Candidates.newest, "__defaults__", (number,))

    return lower


def test_where_more_was_found_each_count_is_the_least_there_can_be(ask, write, cap):
    cap(2)
    for number in range(4):
        write(f"Đường {number}", days=number)
    page = ask(q="duong")
    assert "News (2+)" in options(page, "muc")
    assert "More than 1,000 results" in page.one("p", class_="count").text


def test_what_narrows_documents_is_left_out_for_news(ask, library):
    assert fields(ask(q="dat")) >= DOCUMENT_FIELDS
    assert not DOCUMENT_FIELDS & fields(ask(q="dat", muc="news"))
    page = ask(q="dat", muc="news", loai="chi-thi")
    assert page.titles == ["Đất ở Tư Nghĩa", "Đất ở Ba Tơ"]
    assert "loai" not in " ".join(chosen(page).values())


def kinds(page):
    lists = page.all("ul", class_="kinds")
    return {row.text: row["href"] for row in page.all("a") if lists and lists[0] in row.parents}


def test_the_kinds_are_links_too(ask, library):
    assert kinds(ask(q="dat", tu="", trang="1")) == {
        "All": "?q=dat",
        "News (2)": "?q=dat&muc=news",
        "Legal documents (3)": "?q=dat&muc=documents",
    }


def test_the_link_to_another_kind_leaves_behind_what_narrows_only_this_one(ask, library, cap):
    cap(1)
    links = kinds(ask(q="dat", loai="quyet-dinh", don_vi="quangngai"))
    assert links["News"] == "?q=dat&don_vi=quangngai&muc=news"
    assert links["Legal documents (1+)"] == "?q=dat&loai=quyet-dinh&don_vi=quangngai&muc=documents"


# --- narrowing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"muc": "news"}, ["Đất ở Tư Nghĩa", "Đất ở Ba Tơ"]),
        ({"don_vi": "tunghia"}, ["Đất ở Tư Nghĩa"]),
        ({"loai": "chi-thi"}, ["Chỉ thị 3/CT-UBND"]),
        ({"linh_vuc": "dat-dai"}, ["Quyết định 1/2018/QĐ-UBND"]),
        ({"tu": "2018-01-01", "den": "2018-01-31"}, ["Quyết định 1/2018/QĐ-UBND"]),
        ({"tu": "5/2/2018", "den": "05/02/2018"}, ["Quyết định 2/2018/QĐ-UBND"]),
        ({"muc": "news", "don_vi": "tunghia", "den": "2018-01-31"}, []),
        ({"q": "", "loai": "quyet-dinh"}, ["Quyết định 2/2018/QĐ-UBND", "Quyết định 1/2018/QĐ-UBND"]),
        ({"q": "", "muc": "news"}, ["Đất ở Tư Nghĩa", "Đất ở Ba Tơ"]),
    ],
)
def test_results_are_narrowed(ask, library, query, titles):
    page = ask(**{"q": "dat", **query})
    shown = [] if "Nothing was found" in page.main else page.titles
    assert shown == titles


def test_the_order_can_be_by_day(ask, write):
    write("Cầu Trà Khúc", days=2)
    write("Tin", body="Qua cầu Trà Khúc", days=1)
    assert ask(q="tra khuc").titles == ["Cầu Trà Khúc", "Tin"]
    assert ask(q="tra khuc", xep="moi-nhat").titles == ["Tin", "Cầu Trà Khúc"]


def test_each_choice_can_be_taken_away_alone_and_all_together(ask, library):
    page = ask(q="dat", loai="quyet-dinh", tu="2018-01-01", trang="1")
    assert chosen(page) == {
        "Take away: Type of document: Decision ×": "?q=dat&tu=2018-01-01",
        "Take away: From 01/01/2018 ×": "?q=dat&loai=quyet-dinh",
        "Take all away": "?q=dat",
    }


def test_a_member_site_has_no_choice_of_sites(ask, library):
    page = ask("/trang/tunghia/en/tim-kiem/", q="dat", don_vi="quangngai")
    assert page.titles == ["Đất ở Tư Nghĩa"]
    assert "don_vi" not in fields(page)


# --- what cannot be understood ----------------------------------------------------------------------------------------


def test_a_day_that_is_none_is_told_beside_its_field_and_all_else_is_kept(ask, library):
    page = ask(q="dat", tu="31/02/2018", den="2030-01-01", muc="documents", xep="moi-nhat")
    assert problem(page, "tu") == "Enter a valid date."
    field = page.one("input", name="tu")
    assert (field["value"], field["type"], field["aria-invalid"]) == ("31/02/2018", "text", "true")
    assert field["aria-describedby"] == "id_tu_error"
    assert page.one("input", name="den")["value"] == "2030-01-01"
    assert page.one("input", id="q")["value"] == "dat"
    assert selected(page, "muc") == ["documents"] and selected(page, "xep") == ["moi-nhat"]
    assert "open" in page.one("details", class_="finder-more").attributes
    assert len(page.titles) == 3


@pytest.mark.parametrize("name", ["muc", "don_vi", "loai", "co_quan", "linh_vuc", "tinh_trang", "xep"])
@pytest.mark.parametrize("value", ["khong-co", "\x00", "'", "1" * 300])
def test_an_unknown_choice_is_told_beside_its_field(ask, library, name, value):
    page = ask(q="dat", **{name: value})
    assert problem(page, name) == "There is no such choice."
    assert page.mistakes == []
    assert len(page.titles) == 5


@pytest.mark.parametrize("value", ["\x00", "0001-01-01", "9999-12-31", "0000-00-00", "1/1/1", "2018-13-01", "х" * 500])
@pytest.mark.parametrize("name", ["tu", "den"])
def test_no_day_is_an_error_of_the_page(ask, library, name, value):
    assert ask(q="dat", **{name: value}).mistakes == []
    assert ask(**{name: value}).mistakes == []


def test_a_period_that_ends_before_it_begins_is_told(ask, library):
    page = ask(q="dat", tu="2018-02-01", den="2018-01-01")
    assert problem(page, "den") == "The last day lies before the first."
    assert page.one("input", name="tu")["value"] == "2018-02-01"
    assert page.one("input", name="den")["value"] == "2018-01-01"


def test_the_fields_are_closed_while_everything_is_understood(ask, library):
    assert "open" not in ask(q="dat", muc="news").one("details", class_="finder-more").attributes


# --- what a page costs ------------------------------------------------------------------------------------------------

ASKED = [
    {"q": "duong"},
    {"q": "đường"},
    {"q": "duong", "muc": "news"},
    {"q": "duong", "muc": "news", "don_vi": "quangngai", "tu": "2000-01-01"},
    {"muc": "news"},
]


def _cost(client, query):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get("/tim-kiem/", query).status_code == 200
    return len(queries)


@pytest.mark.parametrize("query", ASKED)
def test_a_page_costs_no_more_for_many_results_than_for_a_few(client, write, query):
    for number in range(3):
        write(f"Đường {number}", days=number)
    client.get("/tim-kiem/", query)  # what is read once for the process, and the first count of the query
    few = _cost(client, query)
    for number in range(37):
        write(f"Đường mới {number}", days=number)
    many = _cost(client, query)
    assert many <= few <= 32
