"""What narrows the list of documents, and what nobody should send."""

import unicodedata
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.documents.legal import TODAY, make_sector, publish_document, publish_library, relate, titles
from tests.gazette.makers import make_issuer, make_type
from tests.makers import frozen
from tests.web.pages import read
from tests.web.soundness import faults

LIST = "/van-ban/"


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def write(portal):
    return lambda number, place=portal, **fields: publish_document(place, number=number, **fields)


@pytest.fixture
def numbers(client):
    """The numbers that a list shows for the query, in its order."""

    def ask(path=LIST, **query):
        response = client.get(path, query)
        assert response.status_code == 200
        return [title.rpartition(" ")[2] for title in titles(read(response))]

    return ask


# --- filters ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def library(portal):
    publish_library(portal)


def test_types_and_issuing_bodies_narrow_the_list(numbers, library):
    assert numbers(loai="nghi-quyet") == ["16/NQ-HĐND"]
    assert numbers(co_quan="hdnd") == ["16/NQ-HĐND"]
    assert len(numbers(co_quan="ubnd-tinh")) == 4
    assert numbers(loai="nghi-quyet", q="16 2018") == ["16/NQ-HĐND"]
    assert numbers(loai="quyet-dinh", co_quan="hdnd") == []


def test_only_what_some_document_has_is_offered(client, library):
    make_type("chi-thi", "Chỉ thị", "Directive", "CT")
    make_issuer(code="chinh-phu", name_vi="Chính phủ")
    page = read(client.get(LIST))
    offered = [row["value"] for row in page.all("option") if row.parents[-1]["name"] in ("loai", "co_quan")]
    assert sorted(offered) == ["", "", "cong-van", "hdnd", "nghi-quyet", "quyet-dinh", "ubnd-tinh"]


def test_a_sector_holds_those_below_it(client, numbers, write):
    above = make_sector("giao-thong-xay-dung", "Giao thông, xây dựng")
    below = make_sector("giao-thong", "Giao thông", above)
    write("1/2018/QĐ-UBND", sector=above)
    write("2/2018/QĐ-UBND", sector=below)
    write("3/2018/QĐ-UBND", sector=make_sector("y-te", "Y tế"))
    write("4/2018/QĐ-UBND")
    assert numbers(linh_vuc="giao-thong-xay-dung") == ["2/2018/QĐ-UBND", "1/2018/QĐ-UBND"]
    assert numbers(linh_vuc="giao-thong") == ["2/2018/QĐ-UBND"]
    options = {row["value"]: row.text for row in read(client.get(LIST)).all("option")}
    assert options["giao-thong"] == "– Giao thông"


def test_the_signer_is_found_by_any_part_of_the_name_without_diacritics(numbers, write):
    write("1/2018/QĐ-UBND", signer="Trần Ngọc Căng")
    write("2/2018/QĐ-UBND", signer="Lê Quang Thích")
    for name in [
        "Trần Ngọc Căng",
        "tran ngoc",
        "CĂNG",
        "Ngọc  Căng",
        unicodedata.normalize("NFD", "Trần"),
        "Trần, Ngọc",
    ]:
        assert numbers(nguoi_ky=name) == ["1/2018/QĐ-UBND"], name
    assert numbers(nguoi_ky="ran") == numbers(nguoi_ky="100%") == []


def test_days_of_issue_are_inclusive_and_come_in_both_spellings(numbers, write):
    for number, day in [(1, 1), (2, 15), (3, 28)]:
        write(f"{number}/2018/QĐ-UBND", event_date=date(2018, 2, day))
    assert numbers(tu="2018-02-15") == ["3/2018/QĐ-UBND", "2/2018/QĐ-UBND"]
    assert numbers(den="15/02/2018") == ["2/2018/QĐ-UBND", "1/2018/QĐ-UBND"]
    assert numbers(tu="15/02/2018", den="2018-02-15") == ["2/2018/QĐ-UBND"]
    assert numbers(tu="2018-03-01", den="2018-02-01") == []


def test_the_status_is_that_of_today_or_of_the_day_that_is_asked_for(client, numbers, write):
    old = write("1/2018/QĐ-UBND", effective_on=date(2018, 3, 1))
    new = write("2/2018/QĐ-UBND", effective_on=date(2018, 3, 15))
    write("3/2018/QĐ-UBND", effective_on=date(2018, 4, 1))
    relate(new, "repeals", old)
    assert numbers(tinh_trang="con-hieu-luc") == ["2/2018/QĐ-UBND"]
    assert numbers(tinh_trang="het-hieu-luc") == ["1/2018/QĐ-UBND"]
    assert numbers(tinh_trang="chua-co-hieu-luc") == ["3/2018/QĐ-UBND"]
    assert numbers(tinh_trang="con-hieu-luc", ngay="2018-03-14") == ["1/2018/QĐ-UBND"]
    page = read(client.get(f"/en{LIST}", {"ngay": "2018-03-14"}))
    assert [row.text for row in page.all("span", class_="status")] == [
        "not yet in force",
        "not yet in force",
        "in force",
    ]
    assert "status on 14/03/2018" in page.one("p", class_="count").text


@pytest.mark.parametrize("day", [timedelta(n) for n in range(-3, 4)])
def test_a_list_of_what_is_in_force_never_holds_a_repealed_document(numbers, write, day):
    old = write("1/2018/QĐ-UBND", effective_on=date(2018, 3, 1))
    relate(write("2/2018/QĐ-UBND", effective_on=date(2018, 3, 20)), "repeals", old)
    with frozen(TODAY + day):
        today = timezone.localdate()
        assert ("1/2018/QĐ-UBND" in numbers(tinh_trang="con-hieu-luc")) is (today < date(2018, 3, 20))


def test_filters_narrow_each_other_and_stay_in_the_form(client, numbers, write):
    sector = make_sector("giao-thong", "Giao thông")
    write("1/2018/QĐ-UBND", sector=sector, signer="Trần Ngọc Căng")
    write("2/2018/QĐ-UBND", sector=sector)
    query = {"q": "QĐ", "linh_vuc": "giao-thong", "nguoi_ky": "căng", "tu": "2018-01-01", "tinh_trang": "con-hieu-luc"}
    assert numbers(**query) == ["1/2018/QĐ-UBND"]
    page = read(client.get(LIST, query))
    typed = {row["name"]: row.get("value") for row in page.all("input") if row.get("name") in query}
    chosen = {row.parents[-1]["name"]: row["value"] for row in page.all("option") if "selected" in row.attributes}
    assert typed == {"q": "QĐ", "nguoi_ky": "căng", "tu": "2018-01-01"}
    assert (chosen["linh_vuc"], chosen["tinh_trang"]) == ("giao-thong", "con-hieu-luc")
    assert "open" in page.one("details", class_="finder-more").attributes
    assert page.one("meta", name="robots")["content"] == "noindex, follow"


def test_a_list_that_is_not_narrowed_is_open_to_search_engines(client, write):
    write("1/2018/QĐ-UBND")
    page = read(client.get(LIST))
    assert not page.all("meta", name="robots")
    assert "open" not in page.one("details", class_="finder-more").attributes


# --- what nobody should send ------------------------------------------------------------------------------------------

LONG = "ă" * 10_000
WRONG = {
    "letters for a day": {"tu": "hôm qua"},
    "a day that is none": {"den": "31/02/2018"},
    "a year of five digits": {"ngay": "10000-01-01"},
    "NUL for a day": {"ngay": "\0"},
    "an unknown type": {"loai": "khong-co"},
    "an unknown body": {"co_quan": "'; --"},
    "an unknown sector": {"linh_vuc": LONG},
    "NUL for a sector": {"linh_vuc": "\0"},
    "an unknown status": {"tinh_trang": "CON-HIEU-LUC"},
    "a long name": {"nguoi_ky": LONG},
    "a long query": {"q": LONG},
    "TCVN3": {"q": "Qu¶ng Ng·i, ®­êng"},
}


@pytest.mark.parametrize("query", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("path", [f"/en{LIST}", f"/trang/tunghia{LIST}"])
def test_a_wrong_value_gets_a_sentence_beside_its_field_and_narrows_nothing(client, write, district, query, path):
    write("1/2018/QĐ-UBND", district)
    response = client.get(path, query)
    page = read(response)
    assert (response.status_code, faults(page)) == (200, [])
    (name,) = query
    sentences = page.one("ul", class_="errorlist")
    assert sentences.text and page.one(**{"name": name, "id": f"id_{name}"}).get("aria-invalid") == "true"
    assert len(titles(page)) == 1
    assert "open" in page.one("details", class_="finder-more").attributes


def test_a_wrong_value_does_not_lift_the_right_ones(numbers, write):
    write("1/2018/QĐ-UBND", event_date=date(2018, 2, 1))
    write("2/2018/QĐ-UBND", event_date=date(2018, 3, 1))
    assert numbers(tu="2018-02-15", den="mai", loai="khong-co", linh_vuc="\0") == ["2/2018/QĐ-UBND"]


@pytest.mark.parametrize(
    "query",
    [
        {"tu": "0001-01-01", "den": "9999-12-31"},
        {"q": ""},
        {"q": "   "},
        {"q": "\u202e\u200b"},
        {"nguoi_ky": " "},
        {"trang": "abc"},
        {"trang": "-1"},
        {"trang": "9" * 30},
        {"trang": "\0"},
        {"trang": "999999"},
        {"khac": LONG},
        {"loai": "", "co_quan": "", "linh_vuc": "", "tinh_trang": "", "tu": "", "den": "", "ngay": ""},
    ],
)
def test_a_value_that_says_nothing_narrows_nothing(client, numbers, write, query):
    write("1/2018/QĐ-UBND")
    assert numbers(**query) == ["1/2018/QĐ-UBND"]
    assert not read(client.get(LIST, query)).all("ul", class_="errorlist")


@pytest.mark.parametrize(
    "q", ["%", "_", "\\", "'\"><script>", "🏞", "99999/9999/QĐ-UBND", "123456789012345678901234567890"]
)
def test_signs_that_mean_something_to_machines_find_nothing_and_break_nothing(client, numbers, write, q):
    write("1/2018/QĐ-UBND")
    assert numbers(q=q) == numbers(nguoi_ky=q * 3) == []
    page = read(client.get(f"/en{LIST}", {"q": q}))
    assert faults(page) == []
    assert "No document matches your choice." in page.main


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_status_is_known_on_the_first_and_the_last_day_of_the_calendar(numbers, write, day):
    write("1/2018/QĐ-UBND")
    statuses = ["chua-co-hieu-luc", "con-hieu-luc", "het-hieu-luc-mot-phan", "het-hieu-luc", "ngung-hieu-luc"]
    found = [numbers(ngay=day, tinh_trang=status) for status in statuses]
    assert sorted(map(len, found)) == [0, 0, 0, 0, 1]


def test_an_empty_list_says_so(client, portal):
    page = read(client.get(f"/en{LIST}"))
    assert "No document has been published here yet." in page.main
    assert faults(page) == []
