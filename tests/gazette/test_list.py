"""The gazette by year and month and what a search in it finds; twelve months stand on one page without a script."""

from datetime import date, timedelta

import pytest

from tests.gazette.makers import TODAY, make_issue
from tests.gazette.shelf import (
    LIST,
    bring_out,
    bring_out_many,
    entry_path,
    inside,
    issues_found,
    links_in,
    make_ready,
    months,
    queries,
    write,
)
from tests.makers import archive, frozen, withdraw
from tests.web.pages import read
from tests.web.soundness import faults, header_faults

YEAR = 2018
ENGLISH = ["January", "February", "March", "April", "May", "June", "July", "August", "September"]
ENGLISH += ["October", "November", "December"]


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


# --- years and months -------------------------------------------------------------------------------------------------


def test_the_twelve_months_of_the_newest_year_stand_on_one_page(show, portal):
    bring_out(portal, first=9, issued_on=date(2017, 12, 29), sequence_reason="Số đầu tiên trên Cổng")
    for number, day in [(1, date(YEAR, 1, 5)), (2, date(YEAR, 3, 2)), (3, date(YEAR, 3, 5))]:
        bring_out(portal, first=number, issued_on=day)
    page = show()
    assert list(months(page)) == ENGLISH
    assert {name: numbers for name, numbers in months(page).items() if numbers} == {
        "January": ["No. 1"],
        "March": ["No. 2", "No. 3"],
    }
    assert page.one("h1").text == "Gazette 2018"
    assert page.main.count("No issue in this month.") == 10


def test_months_are_named_in_the_language_of_the_page(show, portal):
    bring_out(portal, issued_on=date(YEAR, 3, 2))
    assert list(months(show(language="")))[:4] == ["Tháng 1", "Tháng 2", "Tháng 3", "Tháng 4"]


@pytest.mark.parametrize(
    ("query", "year"),
    [("", 2018), ("2018", 2018), ("2017", 2017), ("2016", 2018), ("x", 2018), ("²", 2018), ("9" * 400, 2018)],
)
def test_each_year_has_its_page_and_an_unknown_one_is_the_newest(show, portal, query, year):
    for number in (2017, 2018):
        bring_out(portal, issued_on=date(number, 3, 2))
    page = show(nam=query)
    years = page.one("nav", **{"aria-label": "Years of the gazette"})
    assert links_in(page, years) == [("2018", "/en/cong-bao/?nam=2018"), ("2017", "/en/cong-bao/?nam=2017")]
    (current,) = [row.text for row in page.all("a", **{"aria-current": "page"}) if inside(row, years)]
    assert (current, page.one("h1").text) == (str(year), f"Gazette {year}")
    assert months(page)["March"] == ["No. 1"]


def test_a_row_shows_number_date_and_count_and_the_pdf_is_one_click_away(client, show, portal):
    documents = [write(portal, "1/2018/QĐ-UBND"), write(portal, "2/2018/QĐ-UBND")]
    issue = bring_out(portal, documents, first=1, last_number=2, issued_on=date(YEAR, 3, 2))
    page = show()
    row = next(row for row in page.all("li") if "gazette-issues" in row.parents[-1].classes)
    (file,) = issue.attachments.all()
    assert links_in(page, row) == [("No. 1 + 2", f"/en{issue.path()}"), ("PDF", file.path())]
    assert row.text.split() == f"No. 1 + 2 02/03/2018 2 documents PDF {file.size} bytes".split()
    assert client.get(file.path()).headers["Content-Type"] == "application/pdf"


def test_numbers_stand_in_the_order_of_their_days(show, portal):
    for number, day in [(3, 9), (1, 2), (2, 2)]:
        bring_out(portal, first=number, issued_on=date(YEAR, 3, day), sequence_reason="Nhập sau")
    assert months(show())["March"] == ["No. 1", "No. 2", "No. 3"]


def test_what_is_planned_submitted_or_withdrawn_is_not_listed(show, portal):
    make_issue(portal.agency, by=portal.editor)
    make_ready(portal)
    withdraw(bring_out(portal), by=portal.head)
    page = show()
    assert months(page) == {}
    assert "No issue of the gazette has been published yet." in page.main
    assert page.one("h1").text == "Gazette"


def test_a_scheduled_issue_is_listed_from_its_minute_on(show, portal):
    bring_out(portal, at=TODAY + timedelta(hours=1))
    for minutes, listed in [(59, False), (60, True)]:
        with frozen(TODAY + timedelta(minutes=minutes)):
            page = show()
            assert bool(months(page)) is listed
            assert bool(issues_found(show(q="số 1"))) is listed


def test_an_archived_issue_stays_in_its_month(show, portal):
    archive(bring_out(portal, issued_on=date(YEAR, 3, 2)), by=portal.head)
    assert months(show())["March"] == ["No. 1"]


def test_the_list_has_its_place_its_feed_and_both_languages(client, show, portal):
    bring_out(portal)
    page = show()
    trail = page.one("nav", class_="breadcrumbs")
    assert links_in(page, trail) == [("Home", "/en/"), ("Legal documents", "/en/van-ban/")]
    (feed,) = [row["href"] for row in page.all("a") if row.parents and "feed-line" in row.parents[-1].classes]
    assert "Gazette no. 1 of 2018" in client.get(feed).content.decode()
    languages = {row["hreflang"]: row["href"] for row in page.all("link", rel="alternate") if row.get("hreflang")}
    assert languages["vi"].endswith("testserver/cong-bao/")


@pytest.mark.parametrize("path", ["/cong-bao/", "/en/cong-bao/", "/rss/cong-bao/"])
def test_member_sites_have_no_gazette(client, portal, district, path):
    issue = bring_out(portal)
    assert client.get(path).status_code == 200
    paths = [path, issue.path(), f"{issue.path()}in/", entry_path(issue, issue.entries.get().document)]
    for address in paths:
        assert client.get(f"/trang/tunghia{address}").status_code == 404, address
        assert client.get(address, headers={"host": "tunghia.localhost"}).status_code == 404, address
    assert "/trang/tunghia/cong-bao/" not in read(client.get("/trang/tunghia/so-do-cong/")).links


# --- soundness and costs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", [{}, {"nam": "2017"}, {"q": "don gia"}, {"q": "943"}, {"q": "khong co"}, {"tu": "x"}, {"tu": "2018-01-01"}]
)
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_list_is_sound(client, library, language, query):
    response = client.get(f"{language}{LIST}", query)
    assert (faults(read(response)), header_faults(response)) == ([], [])


@pytest.mark.parametrize("language", ["", "/en"])
def test_an_empty_gazette_is_sound(client, portal, language):
    for query in ({}, {"q": "dat"}, {"nam": "2018"}):
        response = client.get(f"{language}{LIST}", query)
        assert (faults(read(response)), header_faults(response)) == ([], [])


def test_the_months_cost_the_same_whatever_there_is(client, portal):
    bring_out_many(portal, 3)
    few = queries(client, LIST)
    bring_out_many(portal, 40, year=2019)
    assert sum(map(len, months(read(client.get(LIST))).values())) == 40
    assert queries(client, LIST) == few
