"""The list of statistical reports, on the portal itself and on member sites."""

from datetime import date, timedelta

import pytest

from portal.agencies.models import Agency
from portal.subsites.models import Site
from tests.documents.statistics import DECIDED, LATER, LIST, TEXTS, make_statistics, publish_statistics
from tests.makers import archive, make_agency, make_site, submit, withdraw
from tests.web.pages import read


@pytest.fixture
def write(portal):
    """A report of the portal itself, or of another place, published on the day `when`."""
    return lambda place=portal, **fields: publish_statistics(place, **fields)


@pytest.fixture
def show(client):
    return lambda path, **query: read(client.get(path, query))


def test_the_newest_decision_stands_first_whenever_it_was_published(show, write):
    write(title_vi="Tháng ba", event_date=date(2018, 3, 5))
    write(title_vi="Tháng hai", event_date=date(2018, 2, 5), when=LATER + timedelta(days=1))
    write(title_vi="Tháng một", event_date=date(2018, 1, 5), when=LATER + timedelta(days=2))
    assert show(LIST).titles == ["Tháng ba", "Tháng hai", "Tháng một"]


def test_a_line_of_the_list_names_period_decision_and_address(show, write):
    report = write()
    page = show(f"/en{LIST}")
    assert page.one("p", class_="card-meta").text == (
        "Period: 01/07/2017 – 30/09/2017 Decision to publish: 45/QĐ-CTK, 05/03/2018"
    )
    line = page.one("p", class_="card-meta")
    days = [row["datetime"] for row in page.all("time") if line in row.parents]
    assert days == ["2017-07-01", "2017-09-30", "2018-03-05"]
    assert page.one("h2", class_="card-title").lang == "vi"
    assert f"/en{report.path()}" in page.links


def test_the_list_can_be_narrowed_by_the_year_of_the_decision(show, write):
    write(title_vi="Năm 2018", event_date=date(2018, 1, 2))
    write(title_vi="Năm 2017", event_date=date(2017, 12, 29))
    page = show(LIST, nam="2017")
    assert page.titles == ["Năm 2017"]
    year = page.one("select", name="nam")
    assert [row["value"] for row in page.all("option") if year in row.parents] == ["", "2018", "2017"]


def test_the_portal_shows_every_agency_and_can_be_narrowed_to_one(show, write, district):
    write(title_vi="Của tỉnh")
    write(title_vi="Của huyện", place=district)
    page = show(LIST)
    assert sorted(page.titles) == ["Của huyện", "Của tỉnh"]
    agency = page.one("select", name="co_quan")
    offered = [(row["value"], row.text) for row in page.all("option") if agency in row.parents]
    assert offered[1:] == [("quangngai", "Trang Ủy ban nhân dân tỉnh Quảng Ngãi"), ("tunghia", "Huyện Tư Nghĩa")]
    narrowed = show(LIST, co_quan="tunghia")
    assert narrowed.titles == ["Của huyện"]
    assert narrowed.one("span", class_="card-site").text == "Huyện Tư Nghĩa"
    assert show(LIST, co_quan="quangngai").titles == ["Của tỉnh"]


def test_a_member_site_shows_its_own_reports_only(show, write, district):
    write(title_vi="Của tỉnh")
    report = write(title_vi="Của huyện", place=district)
    page = show(f"/trang/tunghia{LIST}")
    assert page.titles == ["Của huyện"]
    assert f"/trang/tunghia{report.path()}" in page.links
    assert not page.all("select", name="co_quan")
    assert show(f"/trang/tunghia{LIST}", co_quan="quangngai").titles == ["Của huyện"]


def test_the_reports_of_a_site_that_is_switched_off_are_left_out(show, write, district):
    write(title_vi="Của huyện", place=district)
    Site.objects.filter(agency=district.agency).update(is_active=False)
    assert show(LIST).titles == []


@pytest.mark.parametrize("query", ["nam=1999", "co_quan=x", "nam=%00", f"nam={'9' * 400}", "trang=-5"])
def test_a_choice_that_is_not_on_offer_narrows_nothing(client, write, query):
    write()
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert read(response).titles == [TEXTS["title_vi"]]


def test_twenty_reports_make_a_page(show, write):
    for number in range(21):
        write(title_vi=f"Báo cáo {number}", event_date=DECIDED - timedelta(days=number))
    assert show(LIST).titles == [f"Báo cáo {number}" for number in range(20)]
    page = show(LIST, trang="2", nam="2018")
    assert page.titles == ["Báo cáo 20"]
    assert f"{LIST}?nam=2018" not in page.links and "?nam=2018" in page.links


def test_an_empty_list_says_why_it_is_empty(show, write, district):
    assert "No statistical report has been published yet." in show(f"/en{LIST}").main
    write(event_date=date(2018, 1, 2))
    write(place=district, event_date=date(2017, 1, 2))
    page = show(f"/en{LIST}", nam="2018", co_quan="tunghia")
    assert page.titles == []
    assert "No statistical report matches your choice." in page.main


def test_the_list_marks_what_is_archived_and_leaves_out_what_nobody_may_read(show, write, portal):
    archive(write(title_vi="Lưu trữ"))
    withdraw(write(title_vi="Đã gỡ"))
    make_statistics(portal.agency, by=portal.editor, title_vi="Bản thảo")
    submit(make_statistics(portal.agency, by=portal.editor, title_vi="Trình duyệt"))
    page = show(f"/en{LIST}")
    assert page.titles == ["Lưu trữ"]
    assert page.one("span", class_="tag").text == "Archived"


@pytest.mark.parametrize(("reports", "sites"), [(3, 1), (25, 6)])
def test_list_and_report_cost_the_same_number_of_queries_whatever_there_is(
    client, write, portal, district, django_assert_num_queries, reports, sites
):
    for number in range(1, sites):
        make_site(make_agency(f"so{number}", Agency.Kind.DEPARTMENT, portal.agency), label=f"so{number}")
    own, theirs = ([write(place=place) for _number in range(reports)][-1] for place in (portal, district))
    costs = [
        (LIST, 9),
        (f"{LIST}?nam=2018&co_quan=quangngai", 9),
        (f"/trang/tunghia{LIST}", 9),
        (own.path(), 9),
        (f"/trang/tunghia{theirs.path()}", 10),
        (f"{own.path()}in/", 2),
        (f"/trang/tunghia{theirs.path()}in/", 3),
    ]
    for path, cost in costs:
        client.get(path)  # what is read once for the process: content types
        with django_assert_num_queries(cost, info=path):
            client.get(path)
