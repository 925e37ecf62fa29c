"""Where a text names other documents or itself, and which of these names become links."""

import unicodedata
from datetime import date

import pytest

from documents.citations import find_citations, find_internal, link

DAY = date(2017, 4, 19)


def named(text):
    return [
        (text[found.start : found.end], found.type_name, found.number, found.date) for found in find_citations(text)
    ]


def own(text):
    return [(text[found.start : found.end], found.anchor) for found in find_internal(text)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Nghị định số 43/2011/NĐ-CP", ("Nghị định", "43/2011/NĐ-CP", None)),
        ("Nghị định 43/2011/NĐ-CP", ("Nghị định", "43/2011/NĐ-CP", None)),
        ("nghị định số: 43/2011/NĐ-CP", ("Nghị định", "43/2011/NĐ-CP", None)),
        ("43/2011/NĐ-CP", ("Nghị định", "43/2011/NĐ-CP", None)),
        ("Quyết định 16/2017/QĐ-UBND ngày 19/4/2017", ("Quyết định", "16/2017/QĐ-UBND", DAY)),
        ("Quyết định số 16/2017/QĐ-UBND ngày 19 tháng 4 năm 2017", ("Quyết định", "16/2017/QĐ-UBND", DAY)),
        ("Quyết định số 16/2017/QĐ-UBND, ngày 19.4.2017", ("Quyết định", "16/2017/QĐ-UBND", DAY)),
        ("Quyết định số 16/2017/QĐ-UBND ban hành ngày 19-04-2017", ("Quyết định", "16/2017/QĐ-UBND", DAY)),
        ("Quyết định số 16/2017/QD-UBND", ("Quyết định", "16/2017/QĐ-UBND", None)),
        ("Quyết định số 16/2017/QĐ–UBND", ("Quyết định", "16/2017/QĐ-UBND", None)),
        ("Thông tư liên tịch số 01/2016/TTLT-BTTTT-BTC", ("Thông tư liên tịch", "01/2016/TTLT-BTTTT-BTC", None)),
        ("Luật số 91/2015/QH13", ("Luật", "91/2015/QH13", None)),
        ("Tờ trình số 437/TTr-VP", ("Tờ trình", "437/TTr-VP", None)),
        ("Công văn số 123/UBND-KGVX", ("Công văn", "123/UBND-KGVX", None)),
        ("Nghị quyết số 15-NQ/TU", ("Nghị quyết", "15-NQ/TU", None)),
    ],
)
def test_a_document_is_named_by_its_number(words, found):
    assert named(f"Căn cứ {words} của cơ quan;") == [(words, *found)]


def test_a_date_that_is_in_no_calendar_is_left_out():
    assert named("Quyết định số 16/2017/QĐ-UBND ngày 31/4/2017") == [
        ("Quyết định số 16/2017/QĐ-UBND", "Quyết định", "16/2017/QĐ-UBND", None)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ngày 19/4/2017",
        "tỷ lệ 1/2 và 24/7",
        "từ 10/2017 đến 12/2017",
        "lưu lượng 5/ngày-đêm",
        "http://quangngai.gov.vn/16/2017/QĐ-UBND",
        "địa chỉ 52/3-5 Hùng Vương",
        "số 16",
    ],
)
def test_other_numbers_name_no_document(text):
    assert named(text) == []


def test_several_documents_are_found_in_their_order():
    text = "Sửa đổi Quyết định số 1/2017/QĐ-UBND, 2/2017/QĐ-UBND và Nghị quyết số 3/2017/NQ-HĐND."
    assert [number for _words, _type, number, _date in named(text)] == [
        "1/2017/QĐ-UBND",
        "2/2017/QĐ-UBND",
        "3/2017/NQ-HĐND",
    ]


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("theo Điều 9 Quy chế này", [("Điều 9 Quy chế này", "dieu-9")]),
        ("theo Điều 9 của Quy định này", [("Điều 9 của Quy định này", "dieu-9")]),
        ("khoản 2 Điều 8 của Quy chế này", [("khoản 2 Điều 8 của Quy chế này", "dieu-8-khoan-2")]),
        ("điểm đ khoản 1 Điều 9 Quy chế này", [("điểm đ khoản 1 Điều 9 Quy chế này", "dieu-9-khoan-1-diem-dd")]),
        ("điểm a, Khoản 2, Điều 8 Luật này", [("điểm a, Khoản 2, Điều 8 Luật này", "dieu-8-khoan-2-diem-a")]),
        (
            "điểm a và k Khoản 2 Điều 8 của Quy chế này",
            [
                ("điểm a", "dieu-8-khoan-2-diem-a"),
                ("k", "dieu-8-khoan-2-diem-k"),
                ("Khoản 2 Điều 8 của Quy chế này", "dieu-8-khoan-2"),
            ],
        ),
        (
            "khoản 1 và khoản 2 Điều 8 Quy chế này",
            [
                ("khoản 1", "dieu-8-khoan-1"),
                ("khoản 2", "dieu-8-khoan-2"),
                ("Điều 8 Quy chế này", "dieu-8"),
            ],
        ),
        ("khoản 1 Điều 8 Quyết định số 16/2017/QĐ-UBND", []),
        ("Điều 8 Luật Đất đai", []),
        ("khoản 1 Điều này", []),
    ],
)
def test_a_text_names_provisions_of_its_own(text, references):
    assert own(text) == references


TARGETS = {"16/2017/qd-ubnd": [(DAY, "/a/"), (date(2017, 5, 2), "/b/")], "43/2011/nd-cp": [(None, "/nd/")]}


def test_one_known_document_is_linked():
    assert link("Theo Nghị định số 43/2011/NĐ-CP.", TARGETS) == 'Theo <a href="/nd/">Nghị định số 43/2011/NĐ-CP</a>.'


def test_a_provision_of_another_document_links_to_that_document():
    text = "khoản 1 Điều 8 Nghị định số 43/2011/NĐ-CP"
    linked = 'khoản 1 Điều 8 <a href="/nd/">Nghị định số 43/2011/NĐ-CP</a>'
    assert link(text, TARGETS, anchors={"dieu-8", "dieu-8-khoan-1"}) == linked


def test_of_several_documents_with_one_number_the_date_tells_which():
    assert link("QĐ 16/2017/QĐ-UBND ngày 2/5/2017", TARGETS) == 'QĐ <a href="/b/">16/2017/QĐ-UBND ngày 2/5/2017</a>'
    assert link("Quyết định số 16/2017/QĐ-UBND", TARGETS) == "Quyết định số 16/2017/QĐ-UBND"
    assert link("16/2017/QĐ-UBND ngày 3/5/2017", TARGETS) == "16/2017/QĐ-UBND ngày 3/5/2017"


def test_two_documents_of_one_number_and_day_are_not_guessed_at():
    twins = {"5/qd-ubnd": [(DAY, "/a/"), (DAY, "/b/")]}
    assert link("Quyết định số 05/QĐ-UBND ngày 19/4/2017", twins) == "Quyết định số 05/QĐ-UBND ngày 19/4/2017"


def test_own_provisions_are_linked_where_they_exist():
    anchors = {"dieu-9", "dieu-9-khoan-1"}
    assert link("Điều 9 Quy chế này", {}, anchors=anchors) == '<a href="#dieu-9">Điều 9 Quy chế này</a>'
    assert link("Điều 99 Quy chế này", {}, anchors=anchors) == "Điều 99 Quy chế này"


def test_this_decision_means_the_issuing_text_where_there_is_one():
    both = {"dieu-2", "qd-dieu-2"}
    linked = '<a href="#qd-dieu-2">Điều 2 Quyết định này</a>'
    assert link("Điều 2 Quyết định này", {}, anchors=both, prefix="qd") == linked
    alone = '<a href="#dieu-2">Điều 2 Quyết định này</a>'
    assert link("Điều 2 Quyết định này", {}, anchors={"dieu-2"}, prefix="qd") == alone
    regulation = '<a href="#dieu-2">Điều 2 Quy chế này</a>'
    assert link("Điều 2 Quy chế này", {}, anchors=both, prefix="qd") == regulation


def test_markup_in_a_text_stays_text():
    text = "<script>alert('1')</script> & Nghị định số 43/2011/NĐ-CP <b>"
    escaped = "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; "
    assert link(text, TARGETS) == f'{escaped}<a href="/nd/">Nghị định số 43/2011/NĐ-CP</a> &lt;b&gt;'
    assert link('"><img src=x>', {}) == "&quot;&gt;&lt;img src=x&gt;"


def test_decomposed_words_are_linked_at_the_right_place():
    text = unicodedata.normalize("NFD", "Thủ tướng: Nghị định số 43/2011/NĐ-CP được sửa")
    assert link(text, TARGETS) == 'Thủ tướng: <a href="/nd/">Nghị định số 43/2011/NĐ-CP</a> được sửa'


@pytest.mark.parametrize(
    "piece",
    ["1/", "1-A", "1/A-", "số ", "Nghị định số ", "khoản 1, ", "điểm a, ", "Điều 1 ", " ", "\n", "ngày 1/1/2017 "],
)
def test_endless_beginnings_of_a_citation_name_nothing(piece):
    text = piece * 3_000
    assert (named(text), own(text)) == ([], [])
    assert link(text, TARGETS, anchors={"dieu-1"}) == text
