"""What readers find in the gazette, with excerpts; no value in the address is an error."""

import unicodedata
from datetime import date
from urllib.parse import urlencode

import pytest

from documents.models import Document
from portal.publishing import editing, workflow
from portal.publishing.models import AttachmentPage
from tests.gazette.makers import TODAY, make_issue
from tests.gazette.shelf import LIST, bring_out, draft, hits, inside, issues_found, links_in, months, queries, write
from tests.makers import frozen, publish, withdraw
from tests.web.pages import read
from tests.web.soundness import faults

YEAR = 2018
LAND, ROADS, FEES, OLDER = [f"Decision {number}/QĐ-UBND" for number in ("16/2018", "17/2018", "18/2018", "3/2017")]


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "16/2018/QĐ-UBND"}, [LAND]),
        ({"q": "16/2018/qd-ubnd"}, [LAND]),
        ({"q": "Số: 16/2018/QÐ–UBND"}, [LAND]),
        ({"q": "don gia"}, [LAND, OLDER]),
        ({"q": "ĐƠN GIÁ"}, [LAND, OLDER]),
        ({"q": unicodedata.normalize("NFD", "đơn giá đất")}, [LAND]),
        ({"q": "\u202eđơn giá đất\u202c"}, [LAND]),
        ({"q": "đất\u200b đơn giá"}, [LAND]),
        ({"q": "cau tra khuc"}, [ROADS]),
        ({"q": "don gia", "tu": "2018-01-01"}, [LAND]),
        ({"q": "don gia", "den": "31/12/2017"}, [OLDER]),
        ({"tu": "2018-03-02", "den": "2018-03-02"}, [LAND, ROADS]),
        ({"tu": "05/03/2018"}, [FEES]),
        ({"den": "2017-10-01"}, []),
        ({"tu": "2018-03-05", "den": "2018-03-02"}, []),
        ({"q": "không có gì"}, []),
        ({"q": "%"}, []),
        ({"q": "'; drop table"}, []),
    ],
)
def test_printed_documents_are_found_as_readers_remember_them(show, library, query, found):
    page = show(**query)
    assert hits(page) == found
    nothing = "Nothing in the gazette matches your search." in page.main
    assert nothing is (found == [])
    assert "No issue of the gazette has been published yet." not in page.main


SINGLE, DOUBLE = "Gazette no. 1 of 2018", "Gazette no. 943 + 944 of 2017"


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("943", [DOUBLE]),
        ("944", [DOUBLE]),
        ("số 943 + 944", [DOUBLE]),
        ("943+944/2017", [DOUBLE]),
        ("943&944", [DOUBLE]),
        ("943 – 944", [DOUBLE]),
        ("Công báo số 943 + 944 năm 2017", [DOUBLE]),
        ("cong bao so 943", [DOUBLE]),
        (unicodedata.normalize("NFD", "Công báo số 1 năm 2018"), [SINGLE]),
        ("Gazette no. 943 + 944 of 2017", [DOUBLE]),
        ("1/2018", [SINGLE]),
        ("1/2017", []),
        ("945", []),
        ("99999", []),
        ("số", []),
    ],
)
def test_an_issue_is_found_by_its_number_however_it_is_written(show, library, q, found):
    page = show(q=q)
    assert issues_found(page) == found


def test_an_issue_is_found_by_number_within_the_days_asked_for(show, library):
    assert issues_found(show(q="943", tu="2018-01-01")) == []
    assert issues_found(show(q="943", den="2017-12-31")) == [DOUBLE]


def test_a_number_that_only_an_issue_has_leads_to_it(client, show, library):
    page = show(q="944")
    (link,) = [row["href"] for row in page.all("a") if row.text == DOUBLE]
    assert client.get(link).status_code == 200
    assert (hits(page), months(page), page.one("h1").text) == ([], {}, "Gazette")
    assert "Nothing in the gazette matches" not in page.main


def excerpts(page):
    return [
        (row.text, [mark.text for mark in page.all("mark") if inside(mark, row)])
        for row in page.all("p", class_="document-summary")
    ]


def test_the_words_are_marked_in_the_subject_whatever_their_diacritics(show, library):
    assert excerpts(show(q="don gia")) == [
        ("Đơn giá đất trên địa bàn tỉnh", ["Đơn", "giá"]),
        ("Đơn giá cây trồng", ["Đơn", "giá"]),
    ]
    assert {row["lang"] for row in show(q="don gia").all("p", class_="document-summary")} == {"vi"}


def test_words_of_the_text_are_shown_where_they_stand(show, library):
    assert excerpts(show(q="cầu trà khúc")) == [
        ("Quản lý đường bộ", []),
        ("Điều 1. Cấm xe quá tải qua cầu Trà Khúc.", ["cầu", "Trà", "Khúc"]),
    ]


def test_a_long_text_is_cut_around_the_words(show, portal):
    text = f"{'Mở đầu ' * 4000} cầu Trà Khúc {'kết thúc ' * 4000}"
    bring_out(portal, [write(portal, "7/2018/QĐ-UBND", "Về cầu", full_text=text)])
    ((_subject, _marks), (words, marks)) = excerpts(show(q="tra khuc"))
    assert marks == ["Trà", "Khúc"]
    assert words.startswith("… ")
    assert words.endswith(" …")
    assert 200 < len(words) < 300


def test_words_that_stand_in_the_file_only_are_shown_too(show, portal):
    document = draft(portal, "7/2018/QĐ-UBND", summary_vi="Về cầu", full_text="")
    words = "Điều 2. Sở Giao thông vận tải chịu trách nhiệm."
    AttachmentPage.objects.create(attachment=document.attachments.get(), number=1, text=words)
    bring_out(portal, [publish(document, by=portal.head, when=TODAY)])
    assert excerpts(show(q="giao thong van tai")) == [("Về cầu", []), (words, ["Giao", "thông", "vận", "tải"])]


def test_markup_in_a_subject_is_text(show, library):
    page = show(q="lý sơn")
    assert excerpts(page) == [("Phí tham quan <b>Lý Sơn</b>", ["Lý", "Sơn"])]
    assert not page.all("b")


def test_a_hit_leads_to_the_document_in_its_issue(client, show, library):
    page = show(q="16/2018/QĐ-UBND")
    row = page.one("li", class_="document-row")
    ((_title, url),) = links_in(page, row)
    document = Document.objects.get(number="16/2018/QĐ-UBND")
    assert url == f"/en{document.gazette_path}"
    assert client.get(url).status_code == 200
    assert row.text.endswith("Provincial People's CommitteeGazette no. 1 of 201802/03/2018pages 1")


def test_what_is_not_printed_is_not_found(show, portal):
    document = write(portal, "7/2018/QĐ-UBND", "Đơn giá nước")
    make_issue(portal.agency, by=portal.editor, documents=[document])
    bring_out(portal, first=2, sequence_reason="Số 1 đang làm")
    assert hits(show(q="don gia nuoc")) == hits(show(q="7/2018")) == []
    withdraw(bring_out(portal, [document], first=3), by=portal.head)
    assert hits(show(q="don gia nuoc")) == []


def test_a_document_that_was_taken_from_the_portal_is_found_by_the_day_only_and_says_nothing(show, portal):
    document = write(portal, "7/2018/QĐ-UBND", "Đơn giá nước sạch")
    bring_out(portal, [document], issued_on=date(YEAR, 3, 2))
    document = withdraw(document, by=portal.head)
    assert hits(show(q="don gia nuoc")) == []
    page = show(tu="2018-03-02")
    assert hits(page) == ["Decision 7/2018/QĐ-UBND"]
    assert "Đơn giá" not in page.source
    document = workflow.carry_out("reopen", document, by=portal.head, note="Sửa")
    document.number = "8/2018/QĐ-UBND"
    editing.store(document, by=portal.head)
    page = show(tu="2018-03-02")
    assert hits(page) == ["Legal document"]
    assert "8/2018" not in page.source


def test_a_corrected_subject_is_found_at_once(show, library, portal):
    document = Document.objects.get(number="16/2018/QĐ-UBND")
    revision = editing.propose(document, {"summary_vi": "Bảng giá đất ở"}, by=portal.editor, note="Sửa")
    editing.apply(revision, by=portal.head)
    assert excerpts(show(q="bang gia")) == [("Bảng giá đất ở", ["Bảng", "giá"])]
    assert hits(show(q="đơn giá đất")) == []


def test_hits_are_counted_and_turned_in_pages_that_keep_the_question(show, portal):
    documents = [write(portal, f"{number}/2018/QĐ-UBND", f"Đơn giá số {number}") for number in range(1, 22)]
    bring_out(portal, documents)
    first, second = show(q="don gia"), show(q="don gia", trang=2)
    assert (len(hits(first)), hits(second)) == (20, ["Decision 21/2018/QĐ-UBND"])
    assert first.one("p", class_="count").text == "21 documents, page 1 of 2 · Back to the months"
    assert "?q=don+gia&trang=2" in first.links
    for number in ("3", "999999", "9" * 400):
        assert hits(show(q="don gia", trang=number)) == hits(second)
    for number in ("0", "-1", "x", "1.5", "\0", ""):
        assert len(hits(show(q="don gia", trang=number))) in (1, 20)


def test_results_are_not_for_search_engines_and_months_are(show, library):
    assert not show().all("meta", name="robots")
    assert not show(nam="2017").all("meta", name="robots")
    for query in ({"q": "đất"}, {"tu": "2018-01-01"}, {"tu": "x"}):
        assert show(**query).one("meta", name="robots")["content"] == "noindex, follow"


# --- bad values -------------------------------------------------------------------------------------------------------


def values(page):
    return {row["name"]: row.get("value", "") for row in page.all("input") if row.get("name") in ("q", "tu", "den")}


@pytest.mark.parametrize("value", ["hôm qua", "2018-13-01", "31/02/2018", "0000-00-00", "9" * 400, "\0", "-1", "²"])
def test_a_day_that_is_none_is_named_beside_its_field_and_the_rest_still_counts(show, library, value):
    page = show(q="don gia", tu=value, den="2018-12-31")
    assert hits(page) == [LAND, OLDER]
    (box,) = page.all("ul", class_="errorlist")
    assert box.text == "Enter a valid date." or value == "\0"
    assert values(page)["den"] == "2018-12-31"
    alone = show(tu=value)
    assert months(alone)["March"] == ["No. 1", "No. 2"]
    assert alone.all("ul", class_="errorlist")


@pytest.mark.parametrize("text", ["x" * 10_000, "đ" * 201], ids=["10000", "201"])
def test_words_that_are_too_long_leave_the_months_and_say_why(show, library, text):
    page = show(q=text)
    assert page.one("ul", class_="errorlist").text.startswith("Ensure this value has at most 200 characters")
    assert months(page)["March"] == ["No. 1", "No. 2"]


def test_a_character_that_no_database_takes_is_passed_over(show, library):
    assert hits(show(q="đơn\0 giá đất\0")) == [LAND]
    assert months(show(q="\0"))["March"] == ["No. 1", "No. 2"]


def test_words_in_an_old_encoding_are_refused_with_what_they_would_be(show, library):
    page = show(q="§¬n gi¸ ®Êt ë thµnh phè Qu¶ng Ng·i")
    assert "Đơn giá đất ở thành phố Quảng Ngãi" in page.one("ul", class_="errorlist").text
    assert months(page)["March"] == ["No. 1", "No. 2"]


BAD = [
    "?trang=999999",
    "?trang=%00",
    "?trang=abc&q=dat",
    "?nam=%00",
    "?nam=2018&nam=x",
    "?nam[]=2018",
    "?q=%FF%FE",
    "?q=%00&tu=%00&den=%00&trang=%00&nam=%00",
    "?q=" + "%E1%BB%87" * 10_000,
    "?tu=" + "9" * 10_000,
    "?q=%E2%80%AE%E2%80%AB&tu=2018-03-02",
    "?q=" + "a%CC%81" * 150,
    "?q=9999%2F9999",
    "?q=99999999999999999999",
    "?q=%D9%A1%D9%A2%D9%A3",
    "?q=%C2%B2",
    "?q=%F0%9F%87%BB%F0%9F%87%B3",
    "?tu=9999-12-31&den=0001-01-01",
    "?khac=1",
]


@pytest.mark.parametrize("query", BAD, ids=range(len(BAD)))
@pytest.mark.parametrize("language", ["", "/en"])
def test_no_address_is_an_error(client, library, language, query):
    response = client.get(f"{language}{LIST}{query}")
    assert response.status_code == 200
    assert faults(read(response)) == []


def test_a_search_costs_the_same_whatever_it_finds(client, portal):
    addresses = [f"{LIST}?{urlencode(query)}" for query in ({"q": "don gia"}, {"q": "tra khuc"}, {"tu": "2018-01-01"})]
    text = "Điều 1. Qua cầu Trà Khúc."

    def more(first, last):
        rows = [write(portal, f"{n}/2018/QĐ-UBND", f"Đơn giá {n}", full_text=text) for n in range(first, last)]
        bring_out(portal, rows)

    more(1, 3)
    few = [queries(client, address) for address in addresses]
    more(3, 33)
    assert [queries(client, address) for address in addresses] == few
    assert len(hits(read(client.get(addresses[1])))) == 20
