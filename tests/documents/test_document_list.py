"""The tool of Article 8.2 e that finds documents by number, words, kind, type, body, sector, signer, status, day."""

import unicodedata
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents import lists
from documents.models import Document
from portal.agencies.models import Agency
from portal.search.indexing import rebuild
from portal.subsites.models import Site
from tests.documents.legal import TODAY, make_sector, publish_document, publish_library, relate, titles
from tests.gazette.makers import make_document
from tests.makers import archive, frozen, make_agency, make_place, withdraw
from tests.web.pages import read
from tests.web.soundness import faults, header_faults

LIST = "/van-ban/"
SIXTEEN = "16/2018/QĐ-UBND"


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


# --- what stands in a list --------------------------------------------------------------------------------------------


def test_the_newest_issue_comes_first(numbers, write):
    write("1/2018/QĐ-UBND", event_date=date(2018, 2, 1))
    write("3/2018/QĐ-UBND", event_date=date(2018, 3, 1))
    write("2/2018/QĐ-UBND", event_date=date(2018, 2, 15))
    assert numbers() == ["3/2018/QĐ-UBND", "2/2018/QĐ-UBND", "1/2018/QĐ-UBND"]


def test_a_row_tells_what_the_document_is_and_whether_it_is_in_force(client, write):
    document = write(SIXTEEN, summary_vi="Về quản lý đường bộ")
    page = read(client.get(f"/en{LIST}"))
    row = page.one("li", class_="document-row")
    assert (
        row.text.split()
        == (
            f"Decision {SIXTEEN} in force Về quản lý đường bộ "
            "Provincial People's CommitteeIssued 01/03/2018Takes effect 11/03/2018"
        ).split()
    )
    assert page.one("p", class_="document-summary")["lang"] == "vi"
    (link,) = [entry for entry in page.all("a") if row in entry.parents]
    assert link["href"] == f"/en{document.path()}"


def test_drafts_and_withdrawn_documents_are_in_no_list_and_archived_ones_are_marked(client, write, numbers, portal):
    make_document(portal.agency, by=portal.editor, number="1/2018/QĐ-UBND")
    withdraw(write("2/2018/QĐ-UBND"))
    archive(write("3/2018/QĐ-UBND"))
    assert numbers() == numbers(q="QĐ") == numbers(q="2018 quyết định") == ["3/2018/QĐ-UBND"]
    assert [tag.text for tag in read(client.get(f"/en{LIST}")).all("span", class_="tag")] == ["Archived"]


def test_each_kind_has_its_own_list(numbers, write):
    write("1/2018/QĐ-UBND")
    write("205/QĐ-UBND", normative=False)
    assert numbers(f"{LIST}quy-pham-phap-luat/") == ["1/2018/QĐ-UBND"]
    assert numbers(f"{LIST}hanh-chinh/") == ["205/QĐ-UBND"]
    assert sorted(numbers()) == ["1/2018/QĐ-UBND", "205/QĐ-UBND"]


def test_the_kinds_lead_to_each_other_and_mark_the_present_one(client, write):
    write("1/2018/QĐ-UBND")
    page = read(client.get(f"/en{LIST}hanh-chinh/"))
    kinds = page.one("ul", class_="kinds")
    assert [(row.text, row["href"], row.get("aria-current")) for row in page.all("a") if kinds in row.parents] == [
        ("All", "/en/van-ban/", None),
        ("Normative legal documents", "/en/van-ban/quy-pham-phap-luat/", None),
        ("Administrative documents", "/en/van-ban/hanh-chinh/", "page"),
    ]
    assert page.one("h1").text == "Administrative documents"


@pytest.mark.parametrize("path", [LIST, f"{LIST}quy-pham-phap-luat/", f"{LIST}hanh-chinh/"])
def test_the_feed_of_a_list_is_there(client, write, path):
    write("1/2018/QĐ-UBND")
    page = read(client.get(path))
    (feed,) = [row["href"] for row in page.all("a") if row.parents and "feed-line" in row.parents[-1].classes]
    assert client.get(feed).status_code == 200


# --- sites ------------------------------------------------------------------------------------------------------------


def test_the_portal_lists_the_documents_of_all_sites_and_names_the_others(client, numbers, write, district):
    write("1/2018/QĐ-UBND")
    write("2/2018/QĐ-UBND", district)
    assert sorted(numbers()) == ["1/2018/QĐ-UBND", "2/2018/QĐ-UBND"]
    assert [row.text for row in read(client.get(LIST)).all("span", class_="card-site")] == ["Huyện Tư Nghĩa"]
    Site.objects.filter(label="tunghia").update(is_active=False)
    assert numbers() == ["1/2018/QĐ-UBND"]


def test_a_member_site_lists_its_own_and_what_it_shows(client, numbers, write, portal, district):
    shown, own = write("1/2018/QĐ-UBND"), write("2/2018/QĐ-UBND", district)
    write("3/2018/QĐ-UBND")
    shown.showings.create(agency=district.agency, by=district.editor)
    assert numbers("/trang/tunghia/van-ban/") == ["2/2018/QĐ-UBND", "1/2018/QĐ-UBND"]
    page = read(client.get("/trang/tunghia/en/van-ban/"))
    links = [row["href"] for row in page.all("a") if row.parents[-1].tag == "h2"]
    assert links == [f"/trang/tunghia/en{own.path()}", f"/en{shown.path()}"]
    assert [client.get(link).status_code for link in links] == [200, 200]
    assert read(client.get(links[1])).one("link", rel="canonical")["href"] == f"http://testserver/en{shown.path()}"
    assert "/en/cong-bao/" in page.links


def test_a_document_that_several_sites_show_stands_once_in_each_list(numbers, write, portal, district):
    names = {"name_vi": "Ủy ban nhân dân huyện Mộ Đức", "place_name_vi": "Huyện Mộ Đức"}
    other = make_place(make_agency("moduc", Agency.Kind.DISTRICT, portal.agency, **names))
    document, theirs = write("1/2018/QĐ-UBND"), write("2/2018/QĐ-UBND", district)
    for place in (district, other):
        document.showings.create(agency=place.agency, by=place.editor)
    for place in (portal, other):
        theirs.showings.create(agency=place.agency, by=place.editor)
    assert numbers("/trang/tunghia/van-ban/") == ["2/2018/QĐ-UBND", "1/2018/QĐ-UBND"]
    assert numbers("/trang/moduc/van-ban/") == ["2/2018/QĐ-UBND", "1/2018/QĐ-UBND"]
    assert numbers() == ["2/2018/QĐ-UBND", "1/2018/QĐ-UBND"]


def test_what_is_shown_of_a_site_that_is_switched_off_is_not_listed(numbers, write, portal, district):
    other = make_place(make_agency("moduc", Agency.Kind.DISTRICT, portal.agency))
    write("1/2018/QĐ-UBND", other).showings.create(agency=district.agency, by=district.editor)
    assert numbers("/trang/tunghia/van-ban/") == ["1/2018/QĐ-UBND"]
    Site.objects.filter(agency=other.agency).update(is_active=False)
    assert numbers("/trang/tunghia/van-ban/") == []


# --- numbers and words ------------------------------------------------------------------------------------------------


@pytest.fixture
def library(portal):
    publish_library(portal)


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("16/2017/QĐ-UBND", ["16/2017/QĐ-UBND"]),
        ("16/2017/qd-ubnd", ["16/2017/QĐ-UBND"]),
        ("Số: 16/2017/QÐ–UBND", ["16/2017/QĐ-UBND"]),
        (unicodedata.normalize("NFD", "16/2017/QĐ-UBND"), ["16/2017/QĐ-UBND"]),
        ("\u202e16/2017/QĐ-UBND\u202c", ["16/2017/QĐ-UBND"]),
        ("16/2017/QĐ-UBND\0", ["16/2017/QĐ-UBND"]),
        ("016/2017/QĐ-UBND", ["16/2017/QĐ-UBND"]),
        ("16/2017", ["16/2017/QĐ-UBND", "16/UBND-KTN"]),
        ("16 2017", ["16/2017/QĐ-UBND", "16/UBND-KTN"]),
        ("QĐ 16", ["16/2018/QĐ-UBND", "16/2017/QĐ-UBND"]),
        ("quyet dinh 16 2017", ["16/2017/QĐ-UBND"]),
        ("Quyết định số 16/2017/QĐ-UBND ngày 01/03/2017", ["16/2017/QĐ-UBND"]),
        ("16", ["16/NQ-HĐND", "16/2018/QĐ-UBND", "16/UBND-KTN", "16/2017/QĐ-UBND"]),
        ("nghị quyết 16", ["16/NQ-HĐND"]),
        ("công văn 16", ["16/UBND-KTN"]),
        ("nghi quyet nam 2018", ["16/NQ-HĐND"]),
        ("16/UBND-KTN", ["16/UBND-KTN"]),
        ("don gia dat", ["16/2018/QĐ-UBND"]),
        ("ĐƠN GIÁ ĐẤT", ["16/2018/QĐ-UBND"]),
        ("tham quan phí", ["160/2018/QĐ-UBND"]),
        ("khong co gi", []),
        ("17/2017/QĐ-UBND", []),
    ],
)
def test_documents_are_found_as_readers_remember_them(numbers, library, q, found):
    assert numbers(q=q)[: len(found)] == found
    assert numbers(q=q, path=f"/en{LIST}") == numbers(q=q)
    assert found or numbers(q=q) == []


def test_the_number_itself_stands_before_what_only_names_it(numbers, write, library):
    write("99/2018/QĐ-UBND", summary_vi="Sửa đổi Quyết định số 16/2017/QĐ-UBND")
    assert numbers(q="16/2017/QĐ-UBND") == ["16/2017/QĐ-UBND", "99/2018/QĐ-UBND"]


def test_words_of_the_text_find_the_document(numbers, write):
    write("1/2018/QĐ-UBND", full_text="Điều 1. Thủy lợi phí")
    write("2/2018/QĐ-UBND", full_text="Điều 1. Lệ phí trước bạ")
    assert numbers(q="thuỷ lợi") == numbers(q="thuy loi phi") == ["1/2018/QĐ-UBND"]


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(portal, db):
    """45 public documents, written once and copied: the newest has the number 45."""

    def make(count, place=portal):
        sample = publish_document(place, number="1/2018/QĐ-UBND", signer="Trần Ngọc Căng")
        for number in range(2, count + 1):
            sample.pk, sample.number = None, f"{number}/2018/QĐ-UBND"
            sample._state.adding = True
            sample.save()
        rebuild()

    return make


def test_pages_keep_what_was_chosen(client, many):
    many(45)
    query = {"q": "QĐ", "nguoi_ky": "Trần Ngọc", "tu": "2018-01-01"}
    first = read(client.get(f"/en{LIST}", query))
    assert first.one("p", class_="count").text == "45 documents, page 1 of 3 · Show all"
    assert f"?{urlencode(query)}&trang=2" in first.links
    last = read(client.get(f"/en{LIST}", query | {"trang": 3}))
    assert len(titles(last)) == 5
    assert titles(last)[-1] == "Decision 1/2018/QĐ-UBND"
    assert last.one("a", rel="prev")["href"] == f"?{urlencode(query)}&trang=2"
    assert not last.all("a", rel="next")


def test_no_document_is_shown_twice_or_left_out_between_pages(client, many):
    many(45)
    seen = [title for page in (1, 2, 3) for title in titles(read(client.get(LIST, {"trang": page})))]
    assert (len(seen), len(set(seen))) == (45, 45)
    assert titles(read(client.get(LIST, {"trang": 999999}))) == seen[40:]


def test_nobody_waits_for_the_count_of_a_huge_list(client, many, monkeypatch):
    many(45)
    monkeypatch.setattr(lists, "CAP", 41)
    page = read(client.get(f"/en{LIST}"))
    assert page.one("p", class_="count").text == "More than 1,000 documents, page 1 of 3"


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("mount", ["", "/trang/tunghia"])
def test_the_pages_are_sound(client, many, district, portal, language, mount):
    many(45, district if mount else portal)
    for path in ["van-ban/", "van-ban/quy-pham-phap-luat/?trang=2", "van-ban/?q=q%C4%91&tinh_trang=con-hieu-luc"]:
        response = client.get(f"{mount}{language}/{path}")
        assert (response.status_code, faults(read(response)), header_faults(response)) == (200, [], []), path


@pytest.mark.parametrize("path", ["", "?q=2%2F2018%2FQ%C4%90-UBND", "?q=duong+bo&linh_vuc=giao-thong&ngay=2018-03-01"])
@pytest.mark.parametrize("mount", ["", "/trang/tunghia"])
def test_a_list_costs_the_same_for_three_documents_and_for_sixty(client, many, portal, district, path, mount):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    make_sector("giao-thong", "Giao thông")
    address = f"{mount}{LIST}{path}"
    place = district if mount else portal
    many(3, place)
    client.get(address)
    few = cost()
    Document.objects.all().delete()
    many(60, place)
    newest = Document.objects.order_by("-pk")[:20]
    for document in newest[1:]:
        relate(newest[0], "amends", document)
    assert cost() == few <= 11
