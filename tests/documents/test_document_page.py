"""The page of a document: what Article 8.2 e asks for first, then its status, relations, history and text."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents import sharing
from portal.agencies.models import Agency
from portal.publishing import editing
from portal.publishing.models import Attachment
from tests.documents.legal import (
    PUBLISHED,
    TODAY,
    badge,
    correct,
    facts,
    inside,
    make_sector,
    publish_document,
    relate,
)
from tests.files.samples import PDF, file
from tests.gazette.makers import make_document
from tests.makers import frozen, make_agency, publish
from tests.web.pages import read
from tests.web.soundness import faults, header_faults

NUMBER = "16/2018/QĐ-UBND"
SUBJECT = "Ban hành Quy định về quản lý đường bộ trên địa bàn tỉnh"


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def write(portal):
    defaults = {"number": NUMBER, "summary_vi": SUBJECT}
    return lambda place=portal, **fields: publish_document(place, **defaults | fields)


@pytest.fixture
def show(client):
    return lambda document, language="/en", **query: read(client.get(f"{language}{document.path()}", query))


# --- the seven facts --------------------------------------------------------------------------------------------------


def test_the_seven_facts_of_article_8_come_first_and_in_its_order(show, write, portal):
    document = write(signer="Trần Ngọc Căng", signer_office="Chủ tịch", sector=make_sector("giao-thong", "Giao thông"))
    found = facts(show(document))
    assert found[:6] == [
        ("Type", "Decision"),
        ("Issuing body", "Provincial People's Committee"),
        ("Number", NUMBER),
        ("Date of issue", "01/03/2018"),
        ("Takes effect on", "11/03/2018"),
        ("Subject", SUBJECT),
    ]
    assert found[6][0] == "Files"
    assert found[7:] == [
        ("Kind", "normative legal document"),
        ("Signed by", "Trần Ngọc Căng"),
        ("Office of the signer", "Chủ tịch"),
        ("Sector", "Sector giao-thong"),
    ]


def test_the_facts_stand_before_the_text_the_relations_and_the_history(show, write):
    page = show(write())
    headings = [row.text for row in page.all("h1", "h2", "h3") if inside(row, "main")]
    assert headings[:3] == [f"Decision {NUMBER}", "The document", "Full text"]
    assert headings.index("The document") < headings.index("Relations to other documents") < headings.index("History")


def test_an_administrative_document_takes_effect_on_the_day_of_its_issue(show, write):
    page = show(write(normative=False, number="205/QĐ-UBND"))
    assert ("Takes effect on", "01/03/2018") in facts(page)
    assert ("Kind", "administrative document") in facts(page)


def test_each_file_is_one_click_away_with_size_pages_and_checksum(client, show, write):
    document = write()
    row = document.attachments.get()
    Attachment.objects.filter(pk=row.pk).update(page_count=3)
    page = show(document)
    (link,) = [entry for entry in page.all("a") if inside(entry, "ul", class_="attachments")]
    assert (link["href"], link.text) == (row.path(), "Bản ký")
    (words,) = [entry.text for entry in page.all("span", class_="attachment-kind")]
    assert words == f"PDF, {len(PDF)} bytes, 3 pages"
    assert [entry.text for entry in page.all("code")] == [row.sha256]
    assert len(row.sha256) == 64
    assert client.get(link["href"]).status_code == 200


def test_all_files_are_shown_in_their_order(show, write, portal):
    draft = make_document(portal.agency, by=portal.editor, number=NUMBER)
    for position, title in [(2, "Phụ lục II"), (1, "Phụ lục I")]:
        Attachment.objects.create(item=draft, file=file(PDF, "a.pdf"), title_vi=title, position=position)
    document = publish(draft, by=portal.head, when=PUBLISHED)
    links = [row.text for row in show(document).all("a") if inside(row, "ul", class_="attachments")]
    assert links == ["Bản ký", "Phụ lục I", "Phụ lục II"]


def test_a_document_without_typed_text_leads_to_its_file(show, write):
    document = write(full_text="")
    page = show(document)
    notices = [row.text for row in page.all("div", class_="notice")]
    assert "The text can be read in the file. Open the file" in notices
    assert page.links.count(document.attachments.get().path()) == 2
    assert not page.all("h2", id="text")


def test_the_agencies_that_it_applies_to_are_named(show, write, district):
    page = show(write(in_scope=[district.agency]))
    assert ("Applies to", "Agency tunghia") in facts(page)


# --- status -----------------------------------------------------------------------------------------------------------


def test_the_badge_says_the_status_and_since_when(show, write):
    assert badge(show(write())) == ("in force", ["In force since 11/03/2018."])


def test_before_its_day_the_badge_says_so(show, write):
    document = write()
    with frozen(PUBLISHED):
        assert badge(show(document)) == ("not yet in force", ["It takes effect on 11/03/2018."])


def test_the_reason_of_a_status_leads_to_the_document_that_acts(show, write):
    document = write()
    other = write(number="20/2018/QĐ-UBND", effective_on=date(2018, 3, 16))
    relate(other, "repeals", document)
    page = show(document)
    assert badge(page) == (
        "no longer in force",
        ["Repealed from 16/03/2018 by Decision 20/2018/QĐ-UBND.", "In force since 11/03/2018."],
    )
    box = page.one("div", class_="document-status")
    assert [row["href"] for row in page.all("a") if box in row.parents] == [f"/en{other.path()}"]
    assert page.one("span", class_="status").classes == ["status", "status-het-hieu-luc"]


def test_the_badge_flips_with_the_calendar_and_without_an_edit(show, write):
    document = write()
    other = write(number="20/2018/QĐ-UBND", effective_on=date(2018, 3, 25))
    relate(other, "repeals", document)
    for day, status in [(24, "in force"), (25, "no longer in force")]:
        with frozen(TODAY.replace(day=day)):
            assert badge(show(document))[0] == status


def test_what_an_unpublished_document_does_is_no_reason_and_no_relation(show, write, portal):
    document = write()
    draft = make_document(portal.agency, by=portal.editor, number="99/2018/QĐ-UBND")
    relate(draft, "repeals", document)
    page = show(document)
    assert badge(page) == ("in force", ["In force since 11/03/2018."])
    assert "99/2018" not in page.source


# --- languages --------------------------------------------------------------------------------------------------------


def test_what_is_not_translated_is_vietnamese_and_marked(show, write):
    page = show(write(signer="Trần Ngọc Căng"))
    assert page.one("html")["lang"] == "en"
    assert "This content is available in Vietnamese only." in page.main
    assert page.one("p", class_="article-summary").lang == "vi"
    assert page.one("div", class_="law-text").lang == "vi"
    assert SUBJECT in page.words_in("vi")
    assert SUBJECT not in page.words_in("en")
    assert "Quyết định" not in page.words_in("en")
    assert "Trần Ngọc Căng" not in page.words_in("en")


def test_a_translated_subject_is_english_and_the_text_stays_vietnamese(show, write):
    page = show(write(summary_en="Rules on the management of roads"))
    assert page.one("p", class_="article-summary").lang == "en"
    assert "available in Vietnamese only" not in page.main
    assert page.one("div", class_="law-text").lang == "vi"
    assert SUBJECT not in page.source


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_are_sound(client, write, district, language):
    document = write(in_scope=[district.agency], sector=make_sector("giao-thong", "Giao thông"))
    text = "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Một\na) Hai\nđ) Ba"
    other = write(number="20/2018/QĐ-UBND", full_text=text)
    relate(other, "amends", document, provision="dieu-1")
    revision = correct(other, when=TODAY, summary_vi="Đã sửa")
    for path in ["", "in/", f"ban-cu/{revision.pk}/"]:
        response = client.get(f"{language}{other.path()}{path}")
        assert (response.status_code, faults(read(response)), header_faults(response)) == (200, [], [])
    response = client.get(f"{language}{document.path()}")
    assert (faults(read(response)), header_faults(response)) == ([], [])


def test_lists_hold_nothing_but_their_rows(show, write):
    page = show(write())
    rows = [row.tag for row in page.elements if row.parents and row.parents[-1].tag in ("ul", "ol")]
    assert set(rows) == {"li"}


# --- what surrounds it ------------------------------------------------------------------------------------------------


def test_readers_can_report_an_error_in_it(client, show, write):
    document = write()
    page = show(document)
    address = f"/en/bao-loi/documents/{document.pk}/"
    assert address in page.links
    assert client.get(address).status_code == 200


def test_machines_are_told_what_it_is(show, write):
    document = write(summary_vi="</script><script>alert(1)</script>")
    page = show(document, "")
    assert json.loads(page.one("script", type="application/ld+json").words) == {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": "Quyết định 16/2018/QĐ-UBND",
        "description": "</script><script>alert(1)</script>",
        "legislationIdentifier": NUMBER,
        "legislationType": "Quyết định",
        "legislationDate": "2018-03-01",
        "legislationDateOfApplicability": "2018-03-11",
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": "Ủy ban nhân dân tỉnh"},
        "legislationLegalForce": "https://schema.org/InForce",
        "inLanguage": "vi",
        "datePublished": "2018-03-02T01:30:00+00:00",
        "mainEntityOfPage": f"http://testserver{document.path()}",
    }


@pytest.mark.parametrize(
    ("kind", "provision", "force"),
    [("repeals", "", "NotInForce"), ("amends", "dieu-1", "PartiallyInForce"), ("suspends", "", "NotInForce")],
)
def test_machines_are_told_the_legal_force(show, write, kind, provision, force):
    document, other = write(), write(number="20/2018/QĐ-UBND")
    relate(other, kind, document, provision=provision)
    facts_for_machines = json.loads(show(document).one("script", type="application/ld+json").words)
    assert facts_for_machines["legislationLegalForce"] == f"https://schema.org/{force}"


def test_the_page_can_be_cited_and_printed(show, write):
    document = write()
    page = show(document, "")
    assert page.one("p", class_="citation").text == (
        "Ủy ban nhân dân tỉnh: “Quyết định 16/2018/QĐ-UBND”. Công báo tỉnh, 02/03/2018. "
        f"http://testserver{document.path()}"
    )
    assert f"{document.path()}in/" in page.links


def test_the_canonical_address_is_on_the_owners_site(client, write, district):
    document = write(district)
    page = read(client.get(document.path(), headers={"host": "tunghia.localhost:8000"}))
    assert page.one("link", rel="canonical")["href"] == f"http://localhost:8000/trang/tunghia{document.path()}"


@pytest.mark.parametrize("ending", ["", "in/"])
def test_a_document_is_on_its_owners_site_only_even_when_others_show_it(client, write, district, ending):
    document = write()
    document.showings.create(agency=district.agency, by=district.editor)
    assert client.get(f"/trang/tunghia{document.path()}{ending}").status_code == 404
    assert client.get(f"{document.path()}{ending}").status_code == 200


def test_the_trail_leads_through_the_kind(show, write):
    page = show(write())
    trail = page.one("nav", class_="breadcrumbs")
    assert [(row.text, row["href"]) for row in page.all("a") if trail in row.parents] == [
        ("Home", "/en/"),
        ("Legal documents", "/en/van-ban/"),
        ("Normative legal documents", "/en/van-ban/quy-pham-phap-luat/"),
    ]


def test_the_page_says_what_was_owed_and_each_agencys_explanation_opens(client, law, portal, district):
    with frozen(PUBLISHED):
        draft = make_document(portal.agency, by=portal.editor, number=NUMBER)
        draft.in_scope.set([district.agency])
        editing.store(draft, by=portal.editor)
    document = publish(draft, by=portal.head, when=PUBLISHED)
    with frozen(TODAY.replace(day=12)):
        sharing.show(document, district.agency, by=district.editor)
    page = read(client.get(f"/en{document.path()}"))
    rows = dict(zip([r.text for r in page.all("dt")], [r.text for r in page.all("dd")], strict=False))
    explained = [link for link in page.links if "/giai-trinh-han/" in link]
    assert len(explained) == 2
    assert explained[1].startswith("/trang/tunghia/en/")
    assert [client.get(link).status_code for link in explained] == [200, 200]
    assert any(value == "05/03/2018: kept in time" for value in rows.values())


# --- queries ----------------------------------------------------------------------------------------------------------


def _crowd(portal, document, count, first):
    """As many relations in both directions, citations, agencies in scope, files and corrections."""
    for number in range(first, first + count):
        other = publish_document(portal, number=f"{number}/2018/QĐ-UBND")
        relate(other, "amends", document, provision="dieu-1")
        relate(document, "guides", other)
        agency = make_agency(f"so{number}", Agency.Kind.DEPARTMENT, portal.agency)
        document.in_scope.add(agency)
        Attachment.objects.create(item=document, file=file(PDF, "a.pdf"), title_vi=f"Phụ lục {number}")
        text = "".join(f"\n1. Căn cứ Quyết định số {n}/2018/QĐ-UBND ngày 01/03/2018" for n in range(100, number + 1))
        correct(document, when=TODAY, full_text=f"Điều 1. Phạm vi{text}")
        document.refresh_from_db()


@pytest.mark.parametrize("ending", ["", "in/"])
def test_a_page_costs_the_same_with_few_relations_and_with_many(client, write, portal, district, ending, law):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    document = write()
    address = f"{document.path()}{ending}"
    _crowd(portal, document, 2, 100)
    client.get(address)
    few = cost()
    _crowd(portal, document, 12, 102)
    assert cost() == few
    page = read(client.get(address))
    assert len([link for link in page.links if "quyet-dinh-113-2018" in link]) >= 1
    assert few <= (17 if not ending else 8)
