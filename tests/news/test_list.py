from datetime import datetime

import pytest
from django.utils import timezone

from tests.makers import make_article, publish
from tests.web.pages import read


def local(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def write(portal, rubrics):
    def make(title, at="2018-03-05T08:00", rubric="thoi-su", place=portal, **fields):
        article = make_article(place.agency, by=place.editor, rubric=rubrics[rubric], title_vi=title, **fields)
        return publish(article, when=local(at))

    return make


@pytest.fixture
def titles(client):
    """The titles a list shows, in its order."""

    def ask(query="", path="/tin-tuc/"):
        response = client.get(path + query)
        assert response.status_code == 200
        return read(response).titles

    return ask


def test_a_list_shows_the_newest_first(titles, write):
    write("hai", "2018-03-02T08:00")
    write("ba", "2018-03-03T08:00")
    write("một", "2018-03-01T08:00")
    assert titles() == ["ba", "hai", "một"]


def test_each_site_lists_its_own(titles, write, district):
    write("của tỉnh")
    write("của huyện", place=district)
    assert titles() == ["của tỉnh"]
    assert titles(path="/trang/tunghia/tin-tuc/") == ["của huyện"]


def test_a_rubric_lists_what_stands_in_it_and_below_it(titles, write):
    write("thời sự", "2018-03-04T08:00", "thoi-su")
    write("kinh tế", "2018-03-03T08:00", "kinh-te")
    write("đầu mục", "2018-03-02T08:00", "tin-tuc-su-kien")
    write("pháp luật", "2018-03-01T08:00", "pho-bien-phap-luat", legal_basis="Luật số 45/2013/QH13")
    assert titles(path="/tin-tuc/chuyen-muc/tin-tuc-su-kien/") == ["thời sự", "kinh tế", "đầu mục"]
    assert titles(path="/tin-tuc/chuyen-muc/kinh-te/") == ["kinh tế"]
    assert titles("?chuyen_muc=tuyen-truyen-huong-dan") == ["pháp luật"]
    assert titles("?chuyen_muc=tin-tuc-su-kien") == ["thời sự", "kinh tế", "đầu mục"]


@pytest.mark.parametrize("code", ["khong-co", "THOI-SU", "1"])
def test_an_unknown_rubric_is_not_there(client, write, code):
    write("tin")
    assert client.get(f"/tin-tuc/chuyen-muc/{code}/").status_code == 404
    assert client.get(f"/rss/{code}/").status_code == 404


def test_the_portal_lists_one_agency_when_it_is_chosen(titles, write, district):
    write("của tỉnh")
    write("của huyện", place=district)
    assert titles("?co_quan=tunghia") == ["của huyện"]
    assert titles() == ["của tỉnh"]
    assert titles("?co_quan=") == ["của tỉnh"]
    assert sorted(titles("?co_quan=tat-ca")) == ["của huyện", "của tỉnh"]


def test_a_member_site_does_not_offer_other_agencies(client, titles, write, district):
    write("của tỉnh")
    write("của huyện", place=district)
    page = read(client.get("/trang/tunghia/tin-tuc/"))
    assert [field["name"] for field in page.all("select")] == ["chuyen_muc", "thang"]
    assert titles("?co_quan=tat-ca", "/trang/tunghia/tin-tuc/") == ["của huyện"]


def test_a_month_begins_and_ends_in_vietnam(titles, write):
    write("cuối tháng hai", "2018-02-28T23:59:59")
    write("đầu tháng ba", "2018-03-01T00:00")
    write("cuối tháng ba", "2018-03-31T23:59:59")
    write("đầu tháng tư", "2018-04-01T00:00")
    assert titles("?thang=2018-03") == ["cuối tháng ba", "đầu tháng ba"]
    assert titles("?thang=2018-02") == ["cuối tháng hai"]


def test_december_ends_with_the_year(titles, write):
    write("cuối năm", "2017-12-31T23:00")
    write("đầu năm", "2018-01-01T00:30")
    assert titles("?thang=2017-12") == ["cuối năm"]
    assert titles("?thang=2018-01") == ["đầu năm"]


def test_the_months_that_have_items_are_offered_newest_first(client, write, district):
    write("một", "2018-03-31T23:30")
    write("hai", "2017-12-01T08:00")
    write("ba", "2018-03-01T08:00")
    write("bốn", "2018-01-01T08:00", place=district)
    assert months(client.get("/tin-tuc/")) == [("2018-03", "03/2018"), ("2017-12", "12/2017")]
    everywhere = months(client.get("/tin-tuc/?co_quan=tat-ca"))
    assert everywhere == [("2018-03", "03/2018"), ("2018-01", "01/2018"), ("2017-12", "12/2017")]
    assert months(client.get("/trang/tunghia/tin-tuc/")) == [("2018-01", "01/2018")]


def months(response):
    options = read(response).all("option")
    return [(row["value"], row.text) for row in options if row.parents[-1]["name"] == "thang" and row["value"]]


def test_filters_narrow_each_other(titles, write, district):
    write("tỉnh, thời sự, ba", "2018-03-05T08:00", "thoi-su")
    write("tỉnh, kinh tế, ba", "2018-03-04T08:00", "kinh-te")
    write("tỉnh, kinh tế, tư", "2018-04-04T08:00", "kinh-te")
    write("huyện, kinh tế, ba", "2018-03-03T08:00", "kinh-te", place=district)
    assert titles("?chuyen_muc=kinh-te&thang=2018-03") == ["tỉnh, kinh tế, ba"]
    assert titles("?chuyen_muc=kinh-te&thang=2018-03&co_quan=tunghia") == ["huyện, kinh tế, ba"]
    assert titles("?thang=2018-03&co_quan=", "/tin-tuc/chuyen-muc/thoi-su/") == ["tỉnh, thời sự, ba"]
    assert titles("?chuyen_muc=thoi-su&thang=2018-04") == []


def test_the_form_keeps_what_was_chosen_and_so_do_the_pages(client, write):
    for day in range(1, 22):
        write(f"tin {day}", f"2018-03-{day:02}T08:00", "kinh-te")
    page = read(client.get("/tin-tuc/?chuyen_muc=kinh-te&thang=2018-03"))
    chosen = {row.parents[-1]["name"]: row["value"] for row in page.all("option") if "selected" in row.attributes}
    assert (chosen["chuyen_muc"], chosen["thang"]) == ("kinh-te", "2018-03")
    assert "?chuyen_muc=kinh-te&thang=2018-03&trang=2" in page.links
    second = read(client.get("/tin-tuc/?chuyen_muc=kinh-te&thang=2018-03&trang=2"))
    assert second.titles == ["tin 1"]
    assert "?chuyen_muc=kinh-te&thang=2018-03" in second.links


@pytest.mark.parametrize(
    "query",
    [
        "?thang=2030-01",
        "?thang=2018-13",
        "?thang=0000-00",
        "?thang=x",
        "?thang=2018-03-05",
        "?thang=%00",
        "?chuyen_muc=khong-co",
        "?chuyen_muc=%27%3B--",
        "?co_quan=khong-co",
        "?co_quan=",
        "?khac=1",
        "?trang=abc",
        "?trang=0",
        "?trang=-1",
        "?trang=1.5",
        "?trang=%00",
        "?trang=99999999999999999999999",
        "?thang=2018-03&thang=x",
    ],
)
def test_a_value_that_is_not_on_offer_is_ignored(client, titles, write, query):
    write("tin")
    assert titles(query) == titles(query, "/en/tin-tuc/") == ["tin"]


def test_a_wrong_value_does_not_lift_the_right_ones(titles, write):
    write("ba", "2018-03-05T08:00")
    write("tư", "2018-04-05T08:00")
    assert titles("?thang=2018-03&co_quan=khong-co&chuyen_muc=%00") == ["ba"]


def test_a_page_beyond_the_end_is_the_last_one(client, titles, write):
    for number in range(21):
        write(f"tin {number}", f"2018-03-{number + 1:02}T08:00")
    assert titles("?trang=2") == titles("?trang=3") == titles("?trang=1000") == ["tin 0"]
    assert len(titles()) == len(titles("?trang=1")) == 20
    second = read(client.get("/tin-tuc/?trang=2"))
    assert second.one("a", rel="prev")["href"] == "/tin-tuc/"
    assert second.one("span", class_="pagination-here").text == "Trang 2"


def test_an_empty_list_says_so(client, rubrics):
    page = read(client.get("/en/tin-tuc/"))
    assert page.titles == []
    assert "No items match your choice." in page.main
    assert not page.all("nav", class_="pagination")


def test_items_are_counted(client, write):
    write("một")
    assert "1 item" in read(client.get("/en/tin-tuc/")).one("p", class_="count").text
    write("hai")
    assert read(client.get("/en/tin-tuc/")).one("p", class_="count").text == "2 items"


def test_the_trail_leads_back_through_the_rubrics(client, write, district):
    write("tin", rubric="kinh-te", place=district)
    page = read(client.get("/trang/tunghia/tin-tuc/chuyen-muc/kinh-te/"))
    trail = page.one("nav", class_="breadcrumbs")
    steps = [(link.text, link["href"]) for link in page.all("a") if trail in link.parents]
    assert steps == [
        ("Trang chủ", "/trang/tunghia/"),
        ("Tin tức", "/trang/tunghia/tin-tuc/"),
        ("Tin tức, sự kiện", "/trang/tunghia/tin-tuc/chuyen-muc/tin-tuc-su-kien/"),
    ]
    assert page.one(**{"aria-current": "page", "href": None}).text == "Kinh tế"
    assert page.one("h1").text == "Kinh tế"


def test_the_tree_of_rubrics_marks_the_present_one(client, write):
    write("tin")
    tree = [link for link in read(client.get("/tin-tuc/chuyen-muc/kinh-te/")).all("a") if _in_tree(link)]
    assert [link.text for link in tree] == [
        "Tin tức, sự kiện",
        "Thời sự",
        "Kinh tế",
        "Tuyên truyền, hướng dẫn",
        "Phổ biến pháp luật",
    ]
    assert [link.text for link in tree if link.get("aria-current") == "page"] == ["Kinh tế"]


def _in_tree(link):
    return any("side-tree" in parent.classes for parent in link.parents)


def test_a_list_names_its_feed(client, write):
    write("tin")
    assert "/rss/" in read(client.get("/tin-tuc/")).links
    assert "/rss/kinh-te/" in read(client.get("/tin-tuc/chuyen-muc/kinh-te/")).links
    assert "/en/rss/kinh-te/" in read(client.get("/en/tin-tuc/chuyen-muc/kinh-te/")).links


def test_the_description_of_a_rubric_introduces_its_list(client, rubrics):
    rubric = rubrics["kinh-te"]
    rubric.description_vi, rubric.description_en = "Sản xuất và đầu tư.", "Production and investment."
    rubric.save()
    assert "Sản xuất và đầu tư." in read(client.get("/tin-tuc/chuyen-muc/kinh-te/")).main
    assert "Production and investment." in read(client.get("/en/tin-tuc/chuyen-muc/kinh-te/")).main
