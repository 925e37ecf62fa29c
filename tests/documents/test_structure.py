"""Chapters, Articles, clauses and points of real texts, their addresses and the table of contents."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.structure import contents, find, parse, passage
from tests.documents.texts import (
    AMENDMENT,
    DECISION,
    LAW,
    PRICES,
    RESOLUTION,
    anchors,
    outline,
)

# Article: {clause: points}, as the regulation of 2017 is printed
REGULATION = {
    1: {1: "", 2: ""},
    2: {1: "", 2: "", 3: "", 4: "", 5: "", 6: ""},
    3: {1: "", 2: ""},
    4: {1: "", 2: ""},
    5: {1: "", 2: "", 3: "", 4: "", 5: ""},
    6: {1: "", 2: "", 3: ""},
    7: {1: "", 2: ""},
    8: {1: "", 2: "a b c d dd e g h i k l m n", 3: ""},
    9: {1: "a b c d dd e g h", 2: ""},
    10: {1: "", 2: ""},
    11: {1: "", 2: ""},
    12: {1: "", 2: "", 3: ""},
    13: {},
    14: {},
    15: {1: "", 2: ""},
    16: {1: "a b c", 2: "", 3: "a b", 4: ""},
    17: {1: "", 2: ""},
    18: {1: "", 2: ""},
    19: {1: "", 2: ""},
}


def provisions_of_the_regulation():
    for article, clauses in REGULATION.items():
        yield f"dieu-{article}"
        for clause, points in clauses.items():
            yield f"dieu-{article}-khoan-{clause}"
            yield from (f"dieu-{article}-khoan-{clause}-diem-{point}" for point in points.split())


def words(block):
    return " ".join(filter(None, [block.label, block.heading, block.text, *[" ".join(row) for row in block.rows]]))


def test_the_decision_of_2017_has_three_articles_and_its_regulation_nineteen():
    issuing = ["qd-dieu-1", "qd-dieu-2", "qd-dieu-3"]
    assert anchors(DECISION, prefix="qd") == [*issuing, *provisions_of_the_regulation()]


def test_articles_whose_line_is_missing_are_marked_as_inferred():
    inferred = [block.anchor for block in parse(DECISION) if block.inferred]
    assert inferred == ["dieu-2", "dieu-4", "dieu-15", "dieu-19"]


def test_a_point_keeps_its_letter_and_its_words():
    point = find(parse(DECISION), "dieu-9-khoan-1-diem-dd")
    assert (point.kind, point.label, point.text) == ("point", "đ)", "Đối với mục Trao đổi - Hỏi đáp:")
    assert find(parse(DECISION), "dieu-9-khoan-1-diem-d").label == "d)"
    assert find(parse(DECISION), "dieu-9").heading == "Thời hạn cung cấp, xử lý và lưu trữ thông tin"


@pytest.mark.parametrize("text", [DECISION, LAW, RESOLUTION, AMENDMENT, PRICES])
def test_no_word_of_a_text_is_lost_or_moved(text):
    shown = " ".join(words(block) for block in parse(text) if not block.inferred)
    printed = text.replace("|", " ").replace("PHỤ LỤC II:", "Phụ lục II").replace("PHẦN THỨ NHẤT", "Phần thứ nhất")
    printed = printed.replace("PHẦN THỨ HAI", "Phần thứ hai").replace("Mục 1. ", "Mục 1 ").replace("mục 1. ", "mục 1 ")
    assert "".join(shown.split()).replace(".", "") == "".join(printed.split()).replace(".", "")


@pytest.mark.parametrize("text", [DECISION, LAW, RESOLUTION, AMENDMENT, PRICES, DECISION + DECISION, "Điều 1. A\n" * 9])
def test_permalinks_are_unique(text):
    found = anchors(text)
    assert len(found) == len(set(found)) > 0


LINES = [
    "Điều 1. A",
    "Điều 1-2. B",
    "1. a",
    "1) b",
    "a) c",
    "đ) d",
    "I. E",
    "Chương I",
    "Mục 1",
    "Phụ lục I",
    "QĐ",
    "“x",
]


@given(st.lists(st.sampled_from([*LINES, "y”", "(Ban hành kèm theo Quyết định số 1/QĐ-UBND)"])))
def test_permalinks_are_unique_whatever_the_order_of_the_lines(lines):
    found = anchors("\n".join(lines))
    assert len(found) == len(set(found))


def test_the_second_article_of_the_same_number_counts_on():
    text = "Điều 1. A.\n1. a.\nĐiều 1. B.\n1. b.\nĐiều 1. C.\n1. c."
    wanted = ["dieu-1", "dieu-1-khoan-1", "dieu-1-2", "dieu-1-2-khoan-1", "dieu-1-3", "dieu-1-3-khoan-1"]
    assert anchors(text) == wanted


def test_the_contents_of_the_decision_show_both_series_of_articles():
    titles = outline(contents(parse(DECISION)))
    assert [title for title, _below in titles] == [
        "QUYẾT ĐỊNH:",
        "HOẠT ĐỘNG CỦA CỔNG THÔNG TIN ĐIỆN TỬ TỈNH QUẢNG NGÃI",
        "CUNG CẤP THÔNG TIN, DỊCH VỤ TRÊN CỔNG TTĐT",
        "QUẢN LÝ, BẢO ĐẢM HOẠT ĐỘNG CỦA CỔNG TTĐT",
    ]
    assert [len(below) for _title, below in titles] == [3, 7, 7, 5]
    assert titles[2][1][0] == ("Điều 8. Hình thức thể hiện, thông tin cung cấp trên Cổng TTĐT", [])


@pytest.mark.parametrize(
    ("line", "anchor", "label"),
    [
        ("Chương I", "chuong-1", "Chương I"),
        ("CHƯƠNG IX: XỬ LÝ", "chuong-9", "Chương IX"),
        ("Chương XIV", "chuong-14", "Chương XIV"),
        ("Chương XL", "chuong-40", "Chương XL"),
        ("Chương 2", "chuong-2", "Chương 2"),
        ("Chương IIa", "chuong-2a", "Chương IIa"),
        ("Phần thứ tư", "phan-4", "Phần thứ tư"),
        ("PHẦN III", "phan-3", "Phần III"),
        ("Phụ lục IV", "phu-luc-4", "Phụ lục IV"),
        ("PHỤ LỤC SỐ 02", "phu-luc-2", "Phụ lục số 02"),
        ("Phụ lục B", "phu-luc-2", "Phụ lục B"),
        ("PHỤ LỤC", "phu-luc-1", "Phụ lục"),
        ("Mục 3", "muc-3", "Mục 3"),
        ("Điều 9a. Bổ sung", "dieu-9a", "Điều 9a"),
        ("Điều 9đ. Bổ sung", "dieu-9dd", "Điều 9đ"),
        ("ĐIỀU 7: Bổ sung", "dieu-7", "Điều 7"),
    ],
)
def test_numbers_are_roman_arabic_or_words(line, anchor, label):
    (block,) = parse(line)
    assert (block.anchor, block.label) == (anchor, label)


@pytest.mark.parametrize(
    "line",
    [
        "Chương này quy định về đất.",
        "Chương I của Quy chế này.",
        "Mục lục",
        "Phụ lục này gồm hai bảng.",
        "Điều này không áp dụng.",
        "Điều 9 của Quy chế này.",
        "Điều 1.5 mét",
        "2017. Năm",
        "19/4/2017",
        "1.500 đồng",
    ],
)
def test_a_sentence_that_begins_alike_is_no_heading(line):
    (block,) = parse(line)
    assert (block.kind, block.anchor, block.text) == ("paragraph", "", line)


def test_numbers_of_another_style_inside_a_clause_are_a_list():
    text = "Điều 1. A\n1. Hồ sơ gồm:\n1) Đơn.\n2) Bản vẽ.\n2. Thời hạn."
    assert anchors(text) == ["dieu-1", "dieu-1-khoan-1", "dieu-1-khoan-2"]


def test_points_without_a_clause_belong_to_the_article():
    assert anchors("Điều 4. A\na) Một.\nb) Hai.") == ["dieu-4", "dieu-4-diem-a", "dieu-4-diem-b"]


@pytest.mark.parametrize("nothing", ["", "   ", "\n\n\r\n", "\u200b\u200f", "\xa0"])
def test_an_empty_text_has_no_blocks(nothing):
    assert parse(nothing) == ()
    assert contents(parse(nothing)) == []


def test_a_text_without_structure_is_its_paragraphs():
    blocks = parse("Kính gửi: Các sở, ban ngành.\n1. Báo cáo trước ngày 15.\na) Gửi thư điện tử.\n\n- Lưu: VT.")
    assert [(block.kind, block.anchor, block.text) for block in blocks] == [
        ("paragraph", "", "Kính gửi: Các sở, ban ngành."),
        ("paragraph", "", "1. Báo cáo trước ngày 15."),
        ("paragraph", "", "a) Gửi thư điện tử."),
        ("paragraph", "", "- Lưu: VT."),
    ]
    assert contents(blocks) == []


@pytest.mark.parametrize("text", [DECISION, LAW, AMENDMENT, PRICES], ids=["decision", "law", "amendment", "prices"])
@pytest.mark.parametrize(
    "retyped",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("Đ", "Ð").replace("đ", "ð"),
        lambda text: text.replace("Đ", "Ɖ"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n \n"),
        lambda text: "\ufeff" + text.replace(" ", "\xa0"),
        lambda text: text.replace(" ", " \u200b").replace("Điều", "\u202bĐiều\u202c").replace("\n", "\u200f\n"),
        lambda text: text.replace("\n", "\u2028"),
        lambda text: text.replace("\n", "\n\t  "),
    ],
    ids=["nfd", "icelandic", "african", "crlf", "spaced", "no-break", "marks", "separator", "indented"],
)
def test_the_way_a_text_was_typed_does_not_change_it(text, retyped):
    assert parse(retyped(text)) == parse(text)


def test_a_passage_is_a_provision_with_what_is_below_it():
    blocks = parse(DECISION)
    clause = passage(blocks, "dieu-9-khoan-1")
    assert [block.anchor for block in clause if block.anchor] == [
        "dieu-9-khoan-1",
        *[f"dieu-9-khoan-1-diem-{letter}" for letter in ("a", "b", "c", "d", "dd", "e", "g", "h")],
    ]
    assert [block.text[:24] for block in passage(blocks, "dieu-9-khoan-1-diem-c")[1:]] == [
        "- Thời gian cập nhật khô",
        "- Thời gian cập nhật khô",
    ]
    assert passage(blocks, "dieu-19")[-1].anchor == "dieu-19-khoan-2"


def test_an_unknown_address_finds_nothing():
    assert find(parse(DECISION), "dieu-20") is None
    assert find(parse(DECISION), "") is None
    assert passage(parse(DECISION), "dieu-20") == ()


@pytest.mark.parametrize(
    "line", ["a", "đ) ", "“", '"', "Điều ", "|", " ", "Chương I", "(", "1.", "1/", "-", "Ban hành kèm theo ", "I"]
)
def test_a_line_of_ten_thousand_characters_is_one_block(line):
    blocks = parse("Điều 1. Mở đầu.\n" + (line * 10_000)[:10_000].strip(" ") + "\nĐiều 2. Kết thúc.")
    assert blocks[0].anchor == "dieu-1" and blocks[-1].anchor == "dieu-2"
    assert len(blocks) <= 3


def test_a_long_text_is_read_line_by_line(monkeypatch):
    """A megabyte of Articles: each line is classified once, and the joined ones once more."""
    from documents import lines

    calls, plain = [], lines.classify
    monkeypatch.setattr(lines, "classify", lambda text: calls.append(len(text)) or plain(text))
    text = "\n".join(f"Điều {number}. Tên\n1. Nội dung theo\nquy định {'x' * 900}." for number in range(1, 1001))
    assert len(text) > 900_000
    assert len(parse(text)) == 2_000
    assert len(calls) == 4_000 and sum(calls) < 3 * len(text)


def test_a_thousand_repeated_articles_do_not_look_for_a_free_address_again_and_again():
    found = anchors("Điều 1. A.\n" * 5_000)
    assert (found[0], found[1], found[-1]) == ("dieu-1", "dieu-1-2", "dieu-1-5000")
