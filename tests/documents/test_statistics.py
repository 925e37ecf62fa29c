"""The page of a statistical report: the parts of Article 12 of Decree 43/2011, in one language at a time."""

import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from portal.publishing.models import Attachment
from tests.documents.statistics import (
    ENGLISH,
    LATER,
    LIST,
    TEXTS,
    correct,
    facts,
    make_statistics,
    publish_statistics,
)
from tests.makers import archive, frozen, withdraw
from tests.web.pages import read
from tests.web.soundness import faults, header_faults


@pytest.fixture
def write(portal):
    """A report of the portal itself, or of another place, published on the day `when`."""
    return lambda place=portal, **fields: publish_statistics(place, **fields)


@pytest.fixture
def draft(portal):
    return make_statistics(portal.agency, by=portal.editor)


@pytest.fixture
def show(client):
    return lambda path, **query: read(client.get(path, query))


def headings(page):
    return [row.text for row in page.all("h2") if "section-title" in row.classes]


def test_the_page_has_the_five_parts_of_article_12_in_their_order(show, write):
    page = show(f"/en{write().path()}")
    assert headings(page) == ["Figures", "Statistical report", "Method", "Analysis", "Period"]
    contents = page.one("nav", class_="side-tree")
    assert [(row.text, row["href"]) for row in page.all("a") if contents in row.parents] == [
        ("Figures", "#part-figures"),
        ("Statistical report", "#part-report"),
        ("Method", "#part-method"),
        ("Analysis", "#part-analysis"),
        ("Period", "#part-period"),
    ]
    assert [row.text for row in page.all(class_="prose")] == [
        "HuyệnSố cơ sởTư Nghĩa7.412",
        "Toàn tỉnh có 83.512 cơ sở.",
        "Điều tra chọn mẫu kết hợp điều tra toàn bộ.",
        "Số cơ sở tăng 2,4% so với năm 2016.",
        "01/07/2017 – 30/09/2017",
    ]


def test_headings_of_the_text_stand_below_the_heading_of_its_part(show, write):
    text = "<h3>Trước</h3><h2>Toàn tỉnh</h2><h3>Từng huyện</h3><p>&lt;h2&gt;</p>"
    page = show(write(report_vi=text).path())
    prose = page.all("div", class_="prose")[1]
    assert [(row.tag, row.text) for row in page.elements if prose in row.parents] == [
        ("h3", "Trước"),
        ("h3", "Toàn tỉnh"),
        ("h4", "Từng huyện"),
        ("p", "<h2>"),
    ]


def test_the_page_names_decision_author_source_and_board(show, write, portal):
    page = show(f"/en{write().path()}")
    with translation.override("en"):
        board = str(portal.board)
    assert facts(page) == {
        "Decision to publish": "45/QĐ-CTK, 05/03/2018",
        "Agency": portal.agency.name_en,
        "Responsible editorial board": board,
    }
    meta = page.one("p", class_="article-meta").text
    assert meta == "Published 08:30 12/03/2018 Author: Phòng Thống kê tổng hợp Source: Cục Thống kê tỉnh Quảng Ngãi"


def test_the_page_can_be_cited(show, write):
    report = write()
    assert show(report.path()).one("p", class_="citation").text == (
        "Phòng Thống kê tổng hợp: “Điều tra cơ sở cá thể phi nông nghiệp năm 2017”. Cục Thống kê tỉnh Quảng Ngãi, "
        f"12/03/2018. http://testserver{report.path()}"
    )


def test_the_page_tells_machines_what_it_is(show, write):
    report = write(summary_vi="</script><script>alert(1)</script>")
    page = show(report.path())
    assert json.loads(page.one("script", type="application/ld+json").words) == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": TEXTS["title_vi"],
        "description": "</script><script>alert(1)</script>",
        "temporalCoverage": "2017-07-01/2017-09-30",
        "inLanguage": "vi",
        "datePublished": "2018-03-12T01:30:00+00:00",
        "creator": {"@type": "Person", "name": "Phòng Thống kê tổng hợp"},
        "publisher": {"@type": "GovernmentOrganization", "name": "Ủy ban nhân dân tỉnh Quảng Ngãi"},
        "isAccessibleForFree": True,
        "mainEntityOfPage": f"http://testserver{report.path()}",
    }


def test_attached_files_can_be_downloaded_from_the_page(show, write):
    report = write()
    file = Attachment.objects.create(item=report, file=ContentFile(b"a;b\n", name="bang.csv"), title_vi="Bảng số liệu")
    page = show(f"/en{report.path()}")
    (line,) = page.all("ul", class_="attachments")
    assert line.text == "Bảng số liệu CSV, 4 bytes"
    assert [row["href"] for row in page.all("a") if line in row.parents] == [file.path()]
    assert "#attachments" in page.links


def test_an_address_with_another_name_leads_to_the_right_one(client, write, district):
    report = write(place=district)
    response = client.get(f"/trang/tunghia/en/thong-ke/ten-cu-{report.pk}/?tu=mail")
    assert (response.status_code, response["Location"]) == (301, f"/trang/tunghia/en{report.path()}?tu=mail")


@pytest.mark.parametrize("ending", ["", "in/"])
def test_a_report_is_on_its_own_site_only(client, write, district, ending):
    own, theirs = write(), write(place=district)
    assert client.get(f"/trang/tunghia{theirs.path()}{ending}").status_code == 200
    assert client.get(f"/trang/tunghia{own.path()}{ending}").status_code == 404
    assert client.get(f"{theirs.path()}{ending}").status_code == 404
    assert client.get("/thong-ke/khong-co-99999999999999999999/").status_code == 404


def test_an_archived_report_can_be_read_and_says_so(show, write):
    page = show(f"/en{archive(write()).path()}")
    assert page.one("p", class_="article-summary").text == TEXTS["summary_vi"]
    assert page.all("div", class_="notice-archive")[0].text == (
        "Archived. This item is kept for reference and may no longer be up to date."
    )


def test_a_withdrawn_report_is_gone_and_the_page_says_why(client, write):
    report = write()
    revision = correct(report)
    with frozen(LATER + timedelta(days=4)):
        withdraw(report, note="Sai số liệu.")
    for ending in ["", "in/", f"ban-cu/{revision.pk}/"]:
        response = client.get(f"/en{report.path()}{ending}")
        page = read(response)
        assert response.status_code == 410
        assert list(facts(page).values()) == [TEXTS["title_vi"], "16/03/2018", "Sai số liệu."]
        assert "83.512" not in page.source


def test_a_preview_is_for_the_board_and_marked(client, draft, portal, district):
    path = f"/en{draft.path()}"
    assert client.get(f"{path}?xem-truoc=1").status_code == 404
    client.force_login(district.head)
    assert client.get(f"{path}?xem-truoc=1").status_code == 404
    client.force_login(portal.head)
    assert client.get(path).status_code == 404
    response = client.get(f"{path}?xem-truoc=1")
    page = read(response)
    assert response.status_code == 200
    assert page.one("div", class_="notice-archive").text.startswith("Preview.")
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_the_print_view_holds_the_report_and_nothing_around_it(show, write):
    report = write()
    address = f"/en{report.path()}in/"
    assert address in show(f"/en{report.path()}").links
    page = show(address)
    assert headings(page) == ["Figures", "Statistical report", "Method", "Analysis", "Period"]
    assert not page.all("nav") and not page.all("form")
    assert [row.text for row in page.all("dd")] == [
        "45/QĐ-CTK, 05/03/2018",
        "Phòng Thống kê tổng hợp",
        "Cục Thống kê tỉnh Quảng Ngãi",
        "08:30 12/03/2018",
        f"http://testserver/en{report.path()}",
    ]
    assert page.one("meta", name="robots")["content"] == "noindex"


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_correction_says_what_changed_and_leads_to_the_old_text(show, write):
    report = write()
    revision = correct(report)
    page = show(report.path())
    assert "83.215" in page.main and "83.512" not in page.main
    box = page.one("aside", class_="notice-correction")
    assert "14/03/2018: Sửa tổng số cơ sở." in box.text
    assert [row["href"] for row in page.all("a") if box in row.parents] == [f"{report.path()}ban-cu/{revision.pk}/"]
    assert page.one("meta", property="article:modified_time")["content"] == "2018-03-14T08:30:00+07:00"


def test_the_superseded_text_stays_readable_and_is_marked(client, write):
    report = write()
    revision = correct(report)
    response = client.get(f"/en{report.path()}ban-cu/{revision.pk}/")
    page = read(response)
    assert response.status_code == 200
    assert "83.512" in page.main and "83.215" not in page.main
    assert "01/07/2017 – 30/09/2017" in page.main
    assert "08:30 14/03/2018" in page.all("div", class_="notice-archive")[0].text
    assert f"/en{report.path()}" in page.links
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert not page.all("ul", class_="tools") and not page.all("script", type="application/ld+json")


def test_a_superseded_text_belongs_to_its_report(client, write):
    report, other = write(), write()
    revision = correct(report)
    assert client.get(f"{other.path()}ban-cu/{revision.pk}/").status_code == 404
    assert client.get(f"{report.path()}ban-cu/999999/").status_code == 404


# --- English ----------------------------------------------------------------------------------------------------------


def test_the_english_page_is_english_throughout_once_everything_is_translated(show, write):
    report = write(**ENGLISH)
    page = show(f"/en{report.path()}")
    assert page.one("h1").text == "Survey of household businesses 2017"
    assert [row.text for row in page.all("div", class_="prose")] == [
        "7,412 establishments in Tu Nghia.",
        "The province has 83,512 establishments.",
        "Sample survey together with a census.",
        "2.4 per cent more establishments than in 2016.",
    ]
    assert "This content is available in Vietnamese only." not in page.main
    assert show(f"/en{LIST}").titles == ["Survey of household businesses 2017"]
    assert show(LIST).titles == [TEXTS["title_vi"]]


@pytest.mark.parametrize("missing", ["title_en", "summary_en", "figures_en", "report_en", "method_en", "analysis_en"])
def test_a_text_that_is_translated_in_part_is_not_mixed(show, write, missing):
    report = write(**ENGLISH | {missing: ""})
    for path in [f"/en{report.path()}", f"/en{report.path()}in/"]:
        page = show(path)
        assert page.one("h1").text == TEXTS["title_vi"]
        assert page.one("h1").lang == "vi"
        assert not any(words.strip("<p>/") in page.source for words in ENGLISH.values() if words)
    assert "This content is available in Vietnamese only." in show(f"/en{report.path()}").main
    assert show(f"/en{LIST}").titles == [TEXTS["title_vi"]]


# --- the markup -------------------------------------------------------------------------------------------------------


def test_every_page_is_sound_in_both_languages(client, write, law, portal):
    report = write(**ENGLISH)
    Attachment.objects.create(item=report, file=ContentFile(b"a;b\n", name="bang.csv"), title_vi="Bảng số liệu")
    revision = correct(report)
    archived = archive(write())
    endings = ["", "in/", f"ban-cu/{revision.pk}/"]
    paths = [LIST, f"{LIST}?nam=1999", archived.path(), *[report.path() + ending for ending in endings]]
    for path in [prefix + path for prefix in ("", "/en") for path in paths]:
        response = client.get(path)
        assert response.status_code == 200, path
        assert faults(read(response)) == [], path
        assert header_faults(response) == [], path
