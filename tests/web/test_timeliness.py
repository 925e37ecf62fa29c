"""“Công khai tiến độ”: figures, the lists behind them and each day of each duty; nothing tells of hidden items."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType

from news.models import Article
from portal.editorial.roles import State
from portal.obligations import ledger
from portal.obligations.models import Obligation, Rule
from portal.publishing import editing
from portal.subsites.models import Site
from portal.workdays.models import CalendarYear
from tests.makers import (
    approve,
    archive,
    frozen,
    make_agency,
    make_article,
    make_rubric,
    make_site,
    publish,
    submit,
    withdraw,
)
from tests.obligations.test_ledger import duty, guidance, moment
from tests.web.pages import Page, read
from tests.web.soundness import faults, header_faults

pytestmark = pytest.mark.usefixtures("law", "english")

FIGURES, LIST = "/en/cong-khai-tien-do/", "/en/cong-khai-tien-do/danh-sach/"
MEMBER = "/trang/tunghia"
TODAY = moment(date(2026, 3, 10))  # a Tuesday
SECRET = "Ngọc trai"
RESULTS = ["phai-thuc-hien", "dung-han", "tre-han", "qua-han", "con-han", "khong-tinh"]
BASIS = "Bộ luật Lao động số 45/2019/QH14, Điều 112"
START = "Bộ luật Dân sự số 91/2015/QH13, khoản 2 Điều 147"
SWAP = "Văn bản số 12729/VPCP-KGVX ngày 25/12/2025 của Văn phòng Chính phủ"


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


def item(place, title, event, published=None):
    """An explanation of a law, issued and written on a day of 2026 (month, day), published on another."""
    day = date(2026, *event)
    article = guidance(place, event=day, on=day, title_vi=title)
    return publish(article, when=moment(date(2026, *published))) if published else article


@pytest.fixture
def spring(portal, district):
    """Eight duties by the law, due from 13/02 to 26/03/2026, by the names of their items."""
    items = {
        "muộn ba": item(portal, "muộn ba", (1, 26), (2, 26)),  # due 23/02
        "kịp": item(portal, "kịp", (1, 26), (2, 23)),
        "sớm": item(portal, "sớm", (2, 2), (2, 27)),  # due 02/03
        "quá hạn": item(portal, "quá hạn", (2, 2)),
        "còn hạn": item(portal, "còn hạn", (3, 5)),  # due 26/03
        "được miễn": item(portal, "được miễn", (2, 5)),  # due 05/03
        "huyện muộn": item(district, "huyện muộn", (1, 23), (2, 24)),  # due 13/02
        "huyện kịp": item(district, "huyện kịp", (2, 9), (3, 9)),  # due 09/03
    }
    ledger.waive(duty(items["được miễn"]), by=portal.head, reason="Bài nhắc lại văn bản cũ")
    return {title: duty(article) for title, article in items.items()}


@pytest.fixture
def news(portal):
    """A duty under an internal target: an event of 05/03 that was due on 09/03 and told of on the 10th."""
    day = date(2026, 3, 5)
    with frozen(moment(day)):
        article = make_article(portal.agency, by=portal.editor, title_vi="tin thường", event_date=day)
    return duty(publish(article, when=moment(date(2026, 3, 10), 8)), "D2")


@pytest.fixture
def ask(client):
    """The page at an address, which is there."""

    def get(address):
        response = client.get(address)
        assert response.status_code == 200, address
        return read(response)

    return get


def inside(element, other):
    return any(parent is other for parent in element.parents)


def cells(page, body):
    """The texts of the cells, row by row."""
    rows = [row for row in page.all("tr") if inside(row, body)]
    return [[cell.text for cell in page.all("th", "td") if inside(cell, row)] for row in rows]


def table(page, name):
    """The rows of the table under the heading of this id, with the total."""
    region = page.one("div", **{"aria-labelledby": name})
    return [row for body in page.all("tbody", "tfoot") if inside(body, region) for row in cells(page, body)]


def listed(page):
    """The rows of a list; none where it says that there is nothing."""
    bodies = page.all("tbody")
    assert bodies or "No duties match your choice." in page.main
    return cells(page, bodies[0]) if bodies else []


def titles(page):
    return [row[0] for row in listed(page)]


def figure_links(page):
    """(number, address) of each figure that is a link."""
    return [(int(row.text), row["href"]) for row in page.all("a") if row.text.isdigit() and "danh-sach" in row["href"]]


def options(page, name):
    return [row["value"] for row in page.all("option") if row.parents[-1].get("name") == name]


def chosen(page):
    return {row.parents[-1]["name"]: row["value"] for row in page.all("option") if "selected" in row.attributes}


def main(page):
    """The main part as a page of its own, so that its words can be told apart by their language."""
    source = page.source.partition("<main")[2].partition("</main>")[0]
    return Page(f'<html lang="{page.one("html")["lang"]}"><main{source}</main></html>')


def facts(page):
    """What the page says before the days: {term: words}."""
    terms = [row for row in page.all("dl") if "explanation-facts" in row.classes]
    names, words = ([row.text for row in page.all(tag) if inside(row, terms[0])] for tag in ("dt", "dd"))
    return dict(zip(names, words, strict=True))


def explanation(row, mount=""):
    return f"{mount}/en/giai-trinh-han/{row.pk}/"


# --- the figures ------------------------------------------------------------------------------------------------------

#                    due kept late over open left out  share    delay
FEBRUARY = ["02/2026", "3", "1", "2", "0", "0", "0", "33,3%", "2,5"]
MARCH = ["03/2026", "4", "2", "0", "1", "1", "1", "66,7%", "6,0"]
TOTAL = ["Total", "7", "3", "2", "1", "1", "1", "50,0%", "3,7"]
PROVINCE = ["Agency quangngai", "5", "2", "1", "1", "1", "1", "50,0%", "4,5"]
DISTRICT = ["Agency tunghia", "2", "1", "1", "0", "0", "0", "50,0%", "2,0"]


def test_the_page_shows_the_figures_by_month_and_by_agency(ask, spring):
    page = ask(FIGURES)
    assert table(page, "months") == [FEBRUARY, MARCH, TOTAL]
    assert table(page, "agencies") == [PROVINCE, DISTRICT, TOTAL]
    assert page.one("p", class_="progress-total").text == "50,0% kept in time"
    assert page.one("h2", id="figures").text == "2026"


def test_both_languages_show_the_same_numbers(ask, spring):
    months = table(ask("/cong-khai-tien-do/"), "months")
    assert [row[1:] for row in months] == [FEBRUARY[1:], MARCH[1:], TOTAL[1:]]


def test_there_is_no_share_before_anything_has_ended(ask, portal):
    item(portal, "còn hạn", (3, 5))
    page = ask(FIGURES)
    assert table(page, "months") == [
        ["03/2026", "1", "0", "0", "0", "1", "0", "–", "–"],
        ["Total", "1", "0", "0", "0", "1", "0", "–", "–"],
    ]
    assert page.one("p", class_="progress-total").text == "Nothing has come to its end yet."


def test_without_duties_the_page_says_so(ask, portal):
    page = ask(FIGURES)
    assert "No duties are due in this period." in page.main
    assert page.all("table") == page.all("figure") == []
    assert options(page, "nam") == ["2026"]


def test_each_figure_leads_to_a_list_of_as_many_rows(ask, spring, news):
    for address, number in [
        (FIGURES, 29),
        (f"{FIGURES}?thang=02", 14),
        (f"{FIGURES}?thang=03", 22),
        (f"{FIGURES}?co_quan=tunghia", 7),
        (f"{FIGURES}?loai=noi-bo", 8),
        (f"{MEMBER}{FIGURES}", 7),
        (f"{MEMBER}{FIGURES}?thang=02", 4),
    ]:
        links = figure_links(ask(address))
        assert len(links) == number, address
        for count, target in links:
            assert target.startswith(f"{address.partition('?')[0]}danh-sach/?")
            assert len(listed(ask(target))) == count, target


LISTS = [  # None: an item that is not public
    ("ket_qua=phai-thuc-hien", ["huyện muộn", "muộn ba", "kịp", "sớm", None, "huyện kịp", None]),
    ("ket_qua=dung-han", ["kịp", "sớm", "huyện kịp"]),
    ("ket_qua=tre-han", ["huyện muộn", "muộn ba"]),
    ("ket_qua=qua-han", [None]),
    ("ket_qua=con-han", [None]),
    ("ket_qua=khong-tinh", [None]),
    ("ket_qua=dung-han&thang=02", ["kịp"]),
    ("ket_qua=dung-han&thang=03&co_quan=tunghia", ["huyện kịp"]),
    ("ket_qua=dung-han&thang=3&nam=2026&co_quan=quangngai", ["sớm"]),
    ("ket_qua=tre-han&thang=03", []),
    ("ket_qua=dung-han&thang=12", []),
    ("", ["huyện muộn", "muộn ba", "kịp", "sớm", None, "huyện kịp", None]),
]


def test_a_list_names_what_is_public_by_its_due_date(ask, spring):
    for query, names in LISTS:
        assert titles(ask(f"{LIST}?{query}")) == [name or "Content that is not public" for name in names], query


def test_a_row_says_what_was_owed_and_what_became_of_it(ask, spring):
    page = ask(f"{LIST}?ket_qua=tre-han")
    assert listed(page)[1] == [
        "muộn ba",
        "Publish guidance on a law or policyđiểm b khoản 1 Điều 9",
        "Agency quangngai",
        "26/01/2026",
        "23/02/2026 (how the date was counted)",
        "kept late 09:00 26/02/2026, 3 working days late",
    ]
    late, article = spring["muộn ba"], spring["muộn ba"].item
    assert f"/en{article.path()}" in page.links and explanation(late) in page.links
    assert page.one("p", class_="count").text == "2 duties"
    assert "due from 01/01/2026 to 31/12/2026" in page.main


def test_every_result_has_its_words(ask, spring):
    for result, words in [
        ("dung-han", "kept in time 09:00 23/02/2026"),
        ("qua-han", "overdue 6 working days"),
        ("con-han", "open 12 working days left"),
        ("khong-tinh", "waived"),  # its item is not public, and so is the reason
    ]:
        assert listed(ask(f"{LIST}?ket_qua={result}"))[0][-1] == words


def test_the_reason_of_a_waiver_is_listed_once_its_item_is_public(ask, spring):
    publish(spring["được miễn"].item)
    assert [[row[0], row[-1]] for row in listed(ask(f"{LIST}?ket_qua=khong-tinh"))] == [
        ["được miễn", "waived Bài nhắc lại văn bản cũ"]
    ]


def test_an_item_of_another_site_is_read_there_and_explained_there(ask, spring):
    page = ask(f"{LIST}?ket_qua=dung-han&co_quan=tunghia")
    kept = spring["huyện kịp"]
    assert f"{MEMBER}/en{kept.item.path()}" in page.links
    assert explanation(kept, MEMBER) in page.links


# --- the choice -------------------------------------------------------------------------------------------------------


def test_a_month_shows_its_own_figures_without_a_chart(ask, spring):
    page = ask(f"{FIGURES}?nam=2026&thang=02")
    assert table(page, "months") == [FEBRUARY, ["Total", *FEBRUARY[1:]]]
    assert table(page, "agencies") == [
        ["Agency quangngai", "2", "1", "1", "0", "0", "0", "50,0%", "3,0"],
        ["Agency tunghia", "1", "0", "1", "0", "0", "0", "0,0%", "2,0"],
        ["Total", *FEBRUARY[1:]],
    ]
    assert page.one("h2", id="figures").text == "02/2026"
    assert not page.all("figure")
    assert chosen(page) == {"loai": "", "nam": "2026", "thang": "02", "co_quan": ""}
    assert f"{FIGURES}?nam=2026&thang=03" not in page.links
    assert f"{FIGURES}?nam=2026&thang=02" in ask(FIGURES).links


def test_an_agency_shows_its_own_figures(ask, spring):
    page = ask(f"{FIGURES}?co_quan=tunghia")
    assert table(page, "months") == [
        ["02/2026", "1", "0", "1", "0", "0", "0", "0,0%", "2,0"],
        ["03/2026", "1", "1", "0", "0", "0", "0", "100,0%", "–"],
        ["Total", *DISTRICT[1:]],
    ]
    assert not page.all(id="agencies")
    assert page.one("h2", id="figures").text == "Agency tunghia, 2026"
    assert f"{FIGURES}?nam=2026&co_quan=tunghia" in ask(FIGURES).links
    assert f"{FIGURES}?nam=2026&thang=03&co_quan=tunghia" in page.links
    assert f"{FIGURES}?nam=2026&co_quan=tunghia" in ask(f"{LIST}?ket_qua=dung-han&co_quan=tunghia").links


def test_the_portal_offers_every_agency_kind_year_and_month(ask, spring):
    page = ask(FIGURES)
    assert options(page, "co_quan") == ["", "quangngai", "tunghia"]
    assert options(page, "loai") == ["", "noi-bo"]
    assert options(page, "nam") == ["2026"]
    assert options(page, "thang") == ["", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]


def test_a_member_site_shows_its_own_agency_and_offers_no_other(ask, spring):
    for query in ["", "?co_quan=quangngai", "?co_quan="]:
        page = ask(f"{MEMBER}{FIGURES}{query}")
        assert table(page, "months")[-1] == ["Total", *DISTRICT[1:]]
        assert not page.all(id="agencies")
        assert [row["name"] for row in page.all("select")] == ["loai", "nam", "thang"]
        assert "quangngai" not in main(page).source and "co_quan" not in main(page).source
    for result, names in [("phai-thuc-hien", ["huyện muộn", "huyện kịp"]), ("qua-han", [])]:
        assert titles(ask(f"{MEMBER}{LIST}?ket_qua={result}&co_quan=quangngai")) == names


def test_the_year_of_today_is_shown_until_another_is_chosen(ask, portal):
    for year in (2022, 2026):
        guidance(portal, event=date(year, 3, 1), on=date(year, 3, 1))
    with frozen(moment(date(2026, 12, 21))):
        guidance(portal, event=date(2026, 12, 21), on=date(2026, 12, 21))  # due on 12/01/2027
        page = ask(FIGURES)
        assert (page.one("h2", id="figures").text, options(page, "nam")) == ("2026", ["2027", "2026", "2022"])
        assert [row[0] for row in table(page, "months")] == ["03/2026", "Total"]
        assert [row[0] for row in table(ask(f"{FIGURES}?nam=2027"), "months")] == ["01/2027", "Total"]
        assert [row[0] for row in table(ask(f"{FIGURES}?nam=2022"), "months")] == ["03/2022", "Total"]


def test_a_year_without_duties_gives_way_to_the_last_that_has_some(ask, portal):
    guidance(portal, event=date(2022, 3, 1), on=date(2022, 3, 1))
    assert ask(FIGURES).one("h2", id="figures").text == "2022"


def test_the_last_year_there_is_can_be_shown(ask, portal):
    rubric = make_rubric("chi-dao", point="8.2.m")
    order = {"order_reference": "Công điện số 1/CĐ-UBND", "order_due": date(9999, 12, 31)}
    make_article(portal.agency, by=portal.editor, rubric=rubric, event_date=date(2026, 3, 9), **order)
    for query in ["", "?nam=9999", "?nam=9999&thang=12"]:
        assert table(ask(FIGURES + query), "months")[0][:2] == ["12/9999", "1"]
        assert len(listed(ask(f"{LIST}{query}"))) == 1


NONSENSE = [
    "x", "", "0", "-1", "13", "1.5", "9999", "99999999999999999999", "2026-02", "%00", "%20", "%FF", "'--",
    "%3Cscript%3E", "%F0%9F%98%80", "%D9%A2%D9%A0%D9%A2%D9%A6", "quangngai/",
]  # fmt: skip


@pytest.mark.parametrize("name", ["loai", "nam", "thang", "co_quan", "trang", "khac"])
def test_nonsense_does_no_harm(ask, spring, name):
    for value in NONSENSE:
        query = f"?{name}={value}&{name}={value}"
        assert table(ask(FIGURES + query), "months")[-1] == TOTAL, query
        assert len(listed(ask(LIST + query))) == 7, query
        assert len(listed(ask(f"{MEMBER}{LIST}{query}"))) == 2, query


def test_an_unknown_result_is_not_there(client, spring):
    for value in [*NONSENSE, "DUNG-HAN", "dung-han/"]:
        for mount in ["", MEMBER]:
            assert client.get(f"{mount}{LIST}?ket_qua={value}").status_code == 404, value
    assert client.get(f"{FIGURES}?ket_qua=x").status_code == 200


# --- the chart --------------------------------------------------------------------------------------------------------


def test_the_numbers_of_the_chart_stand_in_the_table(ask, spring):
    """Four duties need a scale up to four: 50 units each, from the base line at 216 upwards."""
    page = ask(FIGURES)
    drawn = [[row["class"], row["x"], row["y"], row["height"]] for row in page.all("rect")]
    assert drawn == [
        ["chart-on_time", "106", "166.0", "50.0"],
        ["chart-late", "106", "66.0", "100.0"],
        ["chart-on_time", "158", "116.0", "100.0"],
        ["chart-overdue", "158", "66.0", "50.0"],
        ["chart-waiting", "158", "16.0", "50.0"],
    ]
    labels = [row.text for row in page.all("text", class_="chart-label")]
    assert labels == ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]
    assert [row.text for row in page.all("text", class_="chart-number")] == ["0", "2", "4"]
    parts = ["chart-on_time", "chart-late", "chart-overdue", "chart-waiting"]
    for x, month in [("106", FEBRUARY), ("158", MARCH)]:
        counts = {part: float(height) / 50 for part, left, _y, height in drawn if left == x}
        assert [counts.get(part, 0) for part in parts] == [int(number) for number in month[2:6]]


def test_a_period_of_waived_duties_has_a_table_and_no_chart(ask, portal):
    ledger.waive(duty(item(portal, "được miễn", (2, 5))), by=portal.head, reason="Nhắc lại")
    page = ask(FIGURES)
    assert table(page, "months")[0] == ["03/2026", "0", "0", "0", "0", "0", "1", "–", "–"]
    assert not page.all("figure")


# --- internal targets -------------------------------------------------------------------------------------------------


def test_internal_targets_are_kept_apart_from_the_limits_of_the_law(ask, spring, news):
    assert table(ask(FIGURES), "months") == [FEBRUARY, MARCH, TOTAL]
    page = ask(f"{FIGURES}?loai=noi-bo")
    assert table(page, "months") == [
        ["03/2026", "1", "0", "1", "0", "0", "0", "0,0%", "1,0"],
        ["Total", "1", "0", "1", "0", "0", "0", "0,0%", "1,0"],
    ]
    assert chosen(page)["loai"] == "noi-bo"
    assert f"{FIGURES}?loai=noi-bo&nam=2026&thang=03" in page.links
    assert titles(ask(f"{LIST}?ket_qua=tre-han&loai=noi-bo")) == ["tin thường"]
    assert titles(ask(f"{LIST}?ket_qua=tre-han")) == ["huyện muộn", "muộn ba"]


def test_internal_targets_are_labelled_wherever_they_stand(ask, spring, news):
    sentence = "They are not law."
    assert sentence in ask(f"{FIGURES}?loai=noi-bo").main
    assert sentence not in ask(FIGURES).main
    page = ask(f"{LIST}?loai=noi-bo")
    assert "due from 01/01/2026 to 31/12/2026 (internal targets)" in page.main
    assert listed(page)[0][1] == "Publish news and eventsinternal target"
    assert "internal target" not in ask(LIST).main
    own = ask(explanation(news))
    assert "Internal target. The law gives no number here" in own.main
    assert facts(own)["Limit"] == "2 working days"
    assert "Internal target" not in ask(explanation(spring["kịp"])).main


# --- what is not public -----------------------------------------------------------------------------------------------

HIDDEN = {  # how it is hidden: the figure that counts it
    "draft": "qua-han",
    "submitted": "qua-han",
    "approved for later": "qua-han",
    "withdrawn": "qua-han",
    "deleted draft": "khong-tinh",
    "site switched off": "dung-han",
}


def hidden(place, how):
    """The duty of an item that readers cannot open, due on 02/03/2026."""
    article = item(place, f"{SECRET} 1", (2, 2))
    owed = duty(article)
    if how == "deleted draft":
        editing.discard(article, by=place.head)
    elif how in ("withdrawn", "site switched off"):
        article = publish(article, when=moment(date(2026, 3, 2)))
        if how == "withdrawn":
            withdraw(article)
        else:
            Site.objects.filter(pk=place.site.pk).update(is_active=False)
    elif how != "draft":
        article = submit(article)
        if how == "approved for later":
            approve(article, at=TODAY + timedelta(days=1))
    return owed


@pytest.mark.parametrize("how", HIDDEN)
def test_nothing_tells_of_what_is_not_public_but_that_it_is_owed(client, ask, district, how):
    owed = hidden(district, how)
    mounts = [""] if how == "site switched off" else ["", MEMBER]
    for mount in mounts:
        for language in ["", "/en"]:
            start = f"{mount}{language}/cong-khai-tien-do/"
            for address in [start, *[f"{start}danh-sach/?ket_qua={result}" for result in RESULTS]]:
                source = client.get(address).content.decode()
                assert SECRET not in source and "ngoc-trai" not in source, address
                assert f"giai-trinh-han/{owed.pk}" not in source, address
        counts = {result: len(listed(ask(f"{mount}{LIST}?ket_qua={result}"))) for result in RESULTS}
        assert counts[HIDDEN[how]] == 1
        assert counts["phai-thuc-hien"] == (0 if how == "deleted draft" else 1)
        assert sum(counts.values()) == (1 if how == "deleted draft" else 2)
        page = ask(f"{mount}{LIST}?ket_qua={HIDDEN[how]}")
        assert titles(page) == ["Content that is not public"]
        assert not [row for row in page.all("a") if inside(row, page.one("tbody"))]
    for mount in ["", MEMBER]:
        response = client.get(explanation(owed, mount))
        assert response.status_code == 404
        assert SECRET not in response.content.decode()


@pytest.mark.parametrize("how", HIDDEN)
def test_lists_are_the_same_for_the_board_as_for_everybody(client, ask, district, how):
    hidden(district, how)
    client.force_login(district.head)
    assert SECRET not in ask(f"{LIST}?ket_qua={HIDDEN[how]}").source


def test_the_lists_name_an_item_from_the_moment_of_its_publication(ask, district):
    hidden(district, "approved for later")
    later = TODAY + timedelta(days=1)
    with frozen(later - timedelta(seconds=1)):
        assert titles(ask(LIST)) == ["Content that is not public"]
    with frozen(later):
        assert titles(ask(LIST)) == [f"{SECRET} 1"]


def test_what_is_archived_is_still_named_and_explained(ask, spring, portal):
    kept = spring["kịp"]
    archive(kept.item, by=portal.head)
    assert "kịp" in titles(ask(f"{LIST}?ket_qua=dung-han"))
    assert "kịp" in ask(explanation(kept)).main


# --- day by day -------------------------------------------------------------------------------------------------------


def days(page):
    """(day, number, why, basis) of each line of the explanation."""
    found = []
    for row in page.all("tr"):
        if not any(parent.tag == "tbody" for parent in row.parents):
            continue
        day, number, why = [cell for cell in page.all("th", "td") if inside(cell, row)]
        basis = [hint.text for hint in page.all("span", class_="hint") if inside(hint, why)]
        found.append((day.text, number.text, why.text.removesuffix("".join(basis)), "".join(basis)))
    return found


def written(text):
    return [tuple(part.strip() for part in line.split("|")) for line in text.strip().splitlines()]


TET = f"""
Monday, 09/02/2026    | –not counted | the day of the event is not counted          | {START}
Tuesday, 10/02/2026   | 1            | counted                                      |
Wednesday, 11/02/2026 | 2            | counted                                      |
Thursday, 12/02/2026  | 3            | counted                                      |
Friday, 13/02/2026    | 4            | counted                                      |
Saturday, 14/02/2026  | –not counted | weekend                                      |
Sunday, 15/02/2026    | –not counted | weekend                                      |
Monday, 16/02/2026    | –not counted | public holiday: Lunar New Year's Eve         | {BASIS}
Tuesday, 17/02/2026   | –not counted | public holiday: Lunar New Year               | {BASIS}
Wednesday, 18/02/2026 | –not counted | public holiday: Second Day of Lunar New Year | {BASIS}
Thursday, 19/02/2026  | –not counted | public holiday: Third Day of Lunar New Year  | {BASIS}
Friday, 20/02/2026    | –not counted | public holiday: Fourth Day of Lunar New Year | {BASIS}
Saturday, 21/02/2026  | –not counted | weekend                                      |
Sunday, 22/02/2026    | –not counted | weekend                                      |
Monday, 23/02/2026    | 5            | counted                                      |
Tuesday, 24/02/2026   | 6            | counted                                      |
Wednesday, 25/02/2026 | 7            | counted                                      |
Thursday, 26/02/2026  | 8            | counted                                      |
Friday, 27/02/2026    | 9            | counted                                      |
Saturday, 28/02/2026  | –not counted | weekend                                      |
Sunday, 01/03/2026    | –not counted | weekend                                      |
Monday, 02/03/2026    | 10           | counted                                      |
Tuesday, 03/03/2026   | 11           | counted                                      |
Wednesday, 04/03/2026 | 12           | counted                                      |
Thursday, 05/03/2026  | 13           | counted                                      |
Friday, 06/03/2026    | 14           | counted                                      |
Saturday, 07/03/2026  | –not counted | weekend                                      |
Sunday, 08/03/2026    | –not counted | weekend                                      |
Monday, 09/03/2026    | 15           | counted                                      |
"""


def test_every_day_across_tet_has_its_reason_and_its_basis(ask, spring):
    page = ask(explanation(spring["huyện kịp"], MEMBER))
    assert days(page) == written(TET)
    assert facts(page) == {
        "Duty": "Publish guidance on a law or policy",
        "Legal basis": "điểm b khoản 1 Điều 9",
        "Responsible agency": "Agency tunghia",
        "Counted from": "09/02/2026: the text is issued",
        "Limit": "15 working days",
        "Due on": "09/03/2026",
        "Result": "kept in time 09:00 09/03/2026",
    }
    assert "15 days were counted." in page.main
    assert f"{MEMBER}/en{spring['huyện kịp'].item.path()}" in page.links
    assert "This item is not public" not in page.main and "not been decided yet" not in page.main


def test_a_friday_off_and_the_saturday_worked_for_it_name_their_basis(ask, portal):
    start = date(2025, 12, 31)
    found = days(ask(explanation(duty(publish(guidance(portal, event=start, on=start), when=TODAY)))))
    assert found[1:6] + found[10:12] + found[-1:] == written(
        f"""
        Thursday, 01/01/2026 | –not counted | public holiday: New Year's Day | {BASIS}
        Friday, 02/01/2026   | –not counted | swapped day off: Day off, made up for on 10 January 2026 | {SWAP}
        Saturday, 03/01/2026 | –not counted | weekend |
        Sunday, 04/01/2026   | –not counted | weekend |
        Monday, 05/01/2026   | 1            | counted |
        Saturday, 10/01/2026 | 6 | swapped working day: Working day that makes up for 2 January 2026 | {SWAP}
        Sunday, 11/01/2026   | –not counted | weekend |
        Thursday, 22/01/2026 | 15           | counted |
        """
    )


def test_the_numbers_run_from_one_to_the_limit(ask, spring, news):
    for row, limit in [(spring["muộn ba"], 15), (spring["sớm"], 15), (news, 2)]:
        numbers = [number for _day, number, *_why in days(ask(explanation(row))) if number != "–not counted"]
        assert numbers == [str(number) for number in range(1, limit + 1)]


def test_a_pause_is_shown_with_its_reason(ask, portal):
    article = item(portal, "tạm dừng", (2, 9))
    with frozen(moment(date(2026, 2, 24))):
        ledger.pause(duty(article), date(2026, 2, 24), date(2026, 2, 25), by=portal.head, reason="Chờ bổ sung")
    page = ask(explanation(duty(publish(article, when=TODAY))))
    section = page.one("section", **{"aria-labelledby": "pauses"})
    assert section.text == "When the clock stood still 24/02/2026 – 25/02/2026: Chờ bổ sung"
    assert days(page)[14:18] + days(page)[-1:] == written(
        """
        Monday, 23/02/2026    | 5            | counted |
        Tuesday, 24/02/2026   | –not counted | paused: Chờ bổ sung |
        Wednesday, 25/02/2026 | –not counted | paused: Chờ bổ sung |
        Thursday, 26/02/2026  | 6            | counted |
        Wednesday, 11/03/2026 | 15           | counted |
        """
    )
    assert facts(page)["Due on"] == "11/03/2026"
    assert "Chờ bổ sung" in page.words_in("vi") and "Chờ bổ sung" not in page.words_in("en")
    assert str(portal.head) not in page.main


def test_a_clock_that_stands_still_has_no_date(client, ask, portal):
    article = item(portal, "tạm dừng", (2, 9))
    with frozen(moment(date(2026, 2, 24))):
        ledger.pause(duty(article), date(2026, 2, 24), by=portal.head, reason="Chờ ý kiến")
    client.force_login(portal.editor)
    page = ask(explanation(duty(article)))
    assert facts(page)["Due on"] == "The clock stands still; no date can be told."
    assert facts(page)["Result"] == "open, the clock stands still"
    assert "24/02/2026 – today: Chờ ý kiến" in page.main and "5 days were counted." in page.main
    assert days(page)[-1] == ("Tuesday, 24/02/2026", "–not counted", "paused: Chờ ý kiến", "")


def test_a_pause_to_come_does_not_last_until_today(client, ask, portal):
    article = item(portal, "tạm dừng", (3, 5))
    ledger.pause(duty(article), date(2026, 3, 16), by=portal.head, reason="Chờ ý kiến")
    client.force_login(portal.editor)
    section = ask(explanation(duty(article))).one("section", **{"aria-labelledby": "pauses"})
    assert section.text == "When the clock stood still 16/03/2026 –: Chờ ý kiến"


def test_a_date_given_by_an_order_is_not_counted(ask, portal):
    rubric, day = make_rubric("chi-dao", point="8.2.m"), date(2026, 2, 12)
    order = {"order_reference": "Công điện số 1/CĐ-UBND", "order_due": date(2026, 2, 13)}
    with frozen(moment(day)):
        article = make_article(portal.agency, by=portal.editor, rubric=rubric, event_date=day, **order)
    row = duty(publish(article, when=moment(date(2026, 2, 23))), "D20")
    page = ask(explanation(row))
    assert facts(page) == {
        "Duty": "Publish what the Chairman of the People's Committee orders",
        "Legal basis": "điểm m khoản 2 Điều 8",
        "Responsible agency": "Agency quangngai",
        "Counted from": "12/02/2026: the Chairman orders it",
        "Date given": "13/02/2026",
        "Due on": "13/02/2026",
        "Result": "kept late 09:00 23/02/2026, 1 working day late",
    }
    assert not page.all("table") and "Internal target" not in page.main
    assert listed(ask(f"{LIST}?ket_qua=tre-han"))[0][0] == article.title_vi  # a date that was given is no target


def test_days_of_a_year_that_is_not_decided_are_marked(ask, portal):
    CalendarYear.objects.filter(year=2026).update(decided=False)
    start = date(2025, 12, 31)
    page = ask(explanation(duty(publish(guidance(portal, event=start, on=start), when=TODAY))))
    assert "not been decided yet" in page.main
    assert [day for day, *_rest in days(page)][:2] == ["Wednesday, 31/12/2025", "Thursday, 01/01/2026 *"]


def test_a_waiver_is_explained_with_its_reason(client, ask, spring, portal):
    client.force_login(portal.editor)
    page = ask(explanation(spring["được miễn"]))
    assert facts(page)["Result"] == "waived Bài nhắc lại văn bản cũ"
    assert "Bài nhắc lại" not in page.words_in("en")


# --- who sees the explanation -----------------------------------------------------------------------------------------

NOTICE = "This item is not public. Only its editorial board sees this page."


@pytest.mark.parametrize("how", [how for how in HIDDEN if how != "site switched off"])
def test_the_board_sees_the_explanation_of_what_is_not_public(client, ask, portal, district, how):
    owed = hidden(district, how)
    for stranger in [None, portal.head]:
        if stranger:
            client.force_login(stranger)
        assert client.get(explanation(owed, MEMBER)).status_code == 404, stranger
    for member in [district.head, district.editor, district.inspector]:
        client.force_login(member)
        page = ask(explanation(owed, MEMBER))
        assert NOTICE in page.main and f"{SECRET} 1" in page.main
        assert not [link for link in page.links if "ngoc-trai" in link]


def test_a_reporter_sees_the_explanation_of_own_items_only(client, ask, district):
    client.force_login(district.reporter)
    assert client.get(explanation(hidden(district, "draft"), MEMBER)).status_code == 404
    day = date(2026, 3, 9)
    own = make_article(district.agency, by=district.reporter, title_vi="của mình", event_date=day)
    assert "của mình" in ask(explanation(duty(own, "D2"), MEMBER)).main


def test_of_a_site_that_is_switched_off_nobody_sees_a_page(client, district):
    owed = hidden(district, "site switched off")
    client.force_login(district.head)
    assert client.get(explanation(owed, MEMBER)).status_code == 404
    assert client.get(explanation(owed)).status_code == 404


def test_everybody_sees_the_explanation_of_what_is_public(client, ask, spring):
    page = ask(explanation(spring["kịp"]))
    assert NOTICE not in page.main and "kịp" in page.one("header", class_="page-head").text


def test_a_duty_is_explained_on_the_site_of_its_agency_only(client, spring, portal, district):
    for member in [None, portal.head, district.head]:
        if member:
            client.force_login(member)
        assert client.get(explanation(spring["kịp"], MEMBER)).status_code == 404
        assert client.get(explanation(spring["huyện kịp"])).status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999", "-1", "x", "1.0"])
def test_an_unknown_duty_is_not_there(client, spring, number):
    for mount in ["", MEMBER]:
        assert client.get(f"{mount}/en/giai-trinh-han/{number}/").status_code == 404


# --- language ---------------------------------------------------------------------------------------------------------

VIETNAMESE = re.compile(r"[À-ÖØ-öø-ỹ]+")


def test_english_pages_are_in_english_and_mark_what_is_vietnamese(client, ask, spring, news, portal, district):
    with frozen(moment(date(2026, 3, 6))):
        ledger.pause(spring["quá hạn"], date(2026, 3, 9), by=portal.head, reason="Chờ ý kiến")
    client.force_login(portal.head)
    addresses = [FIGURES, f"{FIGURES}?loai=noi-bo", f"{MEMBER}{FIGURES}", f"{FIGURES}?thang=07"]
    addresses += [f"{LIST}?ket_qua={result}" for result in RESULTS] + [f"{LIST}?loai=noi-bo"]
    addresses += [explanation(row) for row in [*list(spring.values())[:6], news]]
    for address in addresses:
        part = main(ask(address))
        assert part.words_in("en") and not VIETNAMESE.findall(part.words_in("en")), address
    names = main(ask(f"{LIST}?ket_qua=tre-han")).words_in("vi")
    assert "huyện muộn" in names and "điểm b khoản 1 Điều 9" in names
    own = main(ask(explanation(spring["quá hạn"]))).words_in("vi")
    assert "quá hạn" in own and "Chờ ý kiến" in own and BASIS in own


def test_the_pages_are_there_in_both_languages(client, spring):
    for path in ["/cong-khai-tien-do/", "/cong-khai-tien-do/danh-sach/", f"/giai-trinh-han/{spring['kịp'].pk}/"]:
        for prefix, language in [("", "vi"), ("/en", "en")]:
            page = read(client.get(prefix + path))
            assert page.one("html")["lang"] == language
            assert {f"/en{path}", path} <= set(page.links)


def test_every_site_leads_to_its_figures(ask, portal, district):
    for mount in ["", MEMBER]:
        assert f"{mount}/en/cong-khai-tien-do/" in ask(f"{mount}/en/").links
        assert f"{mount}/en/cong-khai-tien-do/" in ask(f"{mount}/en/so-do-cong/").links


# --- pages, markup, queries -------------------------------------------------------------------------------------------


def enter(agency, count):
    """Overdue duties of items that are not there, due on the 2nd of March."""
    rule, kind = Rule.objects.get(code="D6"), ContentType.objects.get_for_model(Article)
    common = {"rule": rule, "code": "D6", "agency": agency, "content_type": kind, "item_title": "x"}
    dates = {"triggered_on": date(2026, 2, 2), "due": date(2026, 3, 2)}
    rows = [Obligation(object_id=900_000 + number, **common, **dates) for number in range(count)]
    return Obligation.objects.bulk_create(rows)


def test_a_hundred_and_twenty_duties_have_three_pages(ask, portal):
    enter(portal.agency, 120)
    address = f"{LIST}?ket_qua=qua-han&nam=2026&thang=03"
    first = ask(address)
    assert "120 duties" in first.main and len(listed(first)) == 50
    pages = [link.partition("trang=")[2] for link in first.links if "trang=" in link]
    assert sorted(set(pages)) == ["2", "3"]
    assert "?ket_qua=qua-han&nam=2026&thang=03&trang=3" in first.links
    assert [len(listed(ask(f"{address}&trang={number}"))) for number in (1, 2, 3, 4, 99)] == [50, 50, 20, 20, 20]
    assert [row["href"] for row in ask(f"{address}&trang=2").all("a", rel="prev")] == [
        "?ket_qua=qua-han&nam=2026&thang=03"
    ]
    assert table(ask(FIGURES), "months")[0] == ["03/2026", "120", "0", "0", "120", "0", "0", "0,0%", "6,0"]


def test_the_pages_are_sound(client, spring, news, portal):
    enter(portal.agency, 120)
    late, own = spring["muộn ba"], spring["huyện kịp"]
    paths = ["/cong-khai-tien-do/", "/cong-khai-tien-do/?loai=noi-bo", "/cong-khai-tien-do/?thang=03"]
    paths += ["/cong-khai-tien-do/?thang=07", "/cong-khai-tien-do/danh-sach/?trang=2"]
    paths += [f"/cong-khai-tien-do/danh-sach/?ket_qua={result}" for result in [*RESULTS, "x"]]
    explained = [f"/giai-trinh-han/{row.pk}/" for row in (late, news, spring["quá hạn"])]
    addresses = [language + path for language in ["", "/en"] for path in paths + explained]
    addresses += [f"{MEMBER}{path}" for path in [*paths, f"/giai-trinh-han/{own.pk}/"]]
    for address in addresses:
        response = client.get(address)
        assert faults(read(response)) == [], address
        if not address.endswith(explained[-1]):  # of a draft, the reader is asked who they are
            assert header_faults(response) == [], address


def test_lists_and_explanations_are_not_for_search_engines(ask, spring):
    assert not ask(FIGURES).all("meta", name="robots")
    for address in [LIST, explanation(spring["kịp"])]:
        assert ask(address).one("meta", name="robots")["content"] == "noindex"


@pytest.fixture(params=[3, 60], ids=["3 rows and agencies", "60 rows and agencies"])
def crowd(request, portal, district):
    """As many agencies with a site and a duty of each kind, and as many duties of the province and of the district.

    Returns the duty of a public item of the province and of the district.
    """
    places = [portal, district]
    for number in range(2, request.param):
        agency = make_agency(f"so{number}", parent=portal.agency)
        make_site(agency, label=f"so{number}")
        places.append(SimpleNamespace(agency=agency, editor=portal.editor))
    for place in places:
        _kept(place)
        _kept(place, on_time=False)
        guidance(place, event=date(2026, 2, 2), on=date(2026, 2, 2))
    for place in [portal, district]:
        for number in range(3, request.param):
            _kept(place, on_time=number % 2 == 0)
        enter(place.agency, request.param)
    Obligation.objects.filter(object_id__gte=900_000, object_id__lt=900_003).update(status="waived", waiver="Lý do")
    return {place.agency.code: _paused(place) for place in [portal, district]}


def _kept(place, *, on_time=True):
    """A public item without its walk, of which there are too many."""
    article = guidance(place, event=date(2026, 2, 2), on=date(2026, 2, 2))
    Article.objects.filter(pk=article.pk).update(state=State.PUBLISHED, publish_at=TODAY, first_published_at=TODAY)
    result = {"status": "on_time"} if on_time else {"status": "late", "delay": 6}
    Obligation.objects.of(article).update(fulfilled_at=TODAY, **result)


def _paused(place):
    article = guidance(place, event=date(2026, 2, 9), on=date(2026, 2, 9))
    with frozen(moment(date(2026, 2, 24))):
        for first in (24, 26):
            day = date(2026, 2, first)
            ledger.pause(duty(article), day, day, by=place.head, reason="Chờ")
    return duty(publish(article, when=TODAY))


# path below the site, queries on the portal itself, queries on a member site
COSTS = [
    ("/cong-khai-tien-do/", 9, 9),
    ("/cong-khai-tien-do/?thang=03", 9, 9),
    ("/cong-khai-tien-do/danh-sach/", 11, 11),
    ("/cong-khai-tien-do/danh-sach/?ket_qua=dung-han", 11, 11),
    ("/cong-khai-tien-do/danh-sach/?ket_qua=khong-tinh", 11, 11),
    ("/giai-trinh-han/{duty}/", 10, 11),
]


def test_a_page_costs_the_same_whatever_there_is(client, crowd, django_assert_num_queries):
    for mount, code in [("", "quangngai"), (MEMBER, "tunghia")]:
        for path, portal, member in COSTS:
            for language in ["", "/en"]:
                address = mount + language + path.format(duty=crowd[code].pk)
                client.get(address)  # what is read once for the process: content types
                with django_assert_num_queries(member if mount else portal, info=address):
                    assert client.get(address).status_code == 200


def test_an_explanation_costs_the_same_with_and_without_pauses(client, portal, django_assert_num_queries):
    plain = duty(publish(guidance(portal, event=date(2026, 2, 9), on=date(2026, 2, 9)), when=TODAY))
    for row in [plain, _paused(portal)]:
        client.get(explanation(row))
        with django_assert_num_queries(10):
            client.get(explanation(row))
