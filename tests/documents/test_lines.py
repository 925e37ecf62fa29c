"""What single lines begin, which of them are one, and what a law site adds around a text."""

import pytest

from documents.lines import Line, classify, read, without_reference_lists
from documents.structure import parse


def kinds(text):
    return [(line.kind, line.number, line.heading or line.text) for line in read(text)]


@pytest.mark.parametrize(
    ("line", "begun"),
    [
        ("Phần thứ hai", Line("part", number="thứ hai")),
        ("PHẦN I. CHUNG", Line("part", number="I", mark=".", heading="CHUNG")),
        ("Chương II", Line("chapter", number="II")),
        ("CHƯƠNG II QUẢN LÝ", Line("chapter", number="II", heading="QUẢN LÝ")),
        ("Mục 1. Nguyên tắc", Line("section", number="1", mark=".", heading="Nguyên tắc")),
        ("Tiểu mục 2: Quyền", Line("subsection", number="2", mark=":", heading="Quyền")),
        ("Phụ lục II - Giá", Line("appendix", number="II", mark=" -", heading="Giá")),
        ("Điều 9. Thời hạn", Line("article", "Thời hạn", "9", ".")),
        ("I. MỤC TIÊU", Line("numeral", "MỤC TIÊU", "I", ".")),
        ("12. Hồ sơ", Line("clause", "Hồ sơ", "12", ".")),
        ("12) Hồ sơ", Line("clause", "Hồ sơ", "12", ")")),
        ("1.Hồ sơ", Line("clause", "Hồ sơ", "1", ".")),
        ("2a. Hồ sơ", Line("clause", "Hồ sơ", "2a", ".")),
        ("đ) Bản vẽ", Line("point", "Bản vẽ", "đ", ")")),
        ("e)", Line("point", "", "e", ")")),
        ("a1) Bản vẽ", Line("point", "Bản vẽ", "a1", ")")),
        ("QUY ĐỊNH CHUNG", Line("heading", "QUY ĐỊNH CHUNG")),
        ("A | B", Line("row", "A | B")),
        ("Nơi nhận:", Line("paragraph", "Nơi nhận:")),
        ("f) không có trong bảng chữ cái", Line("paragraph", "f) không có trong bảng chữ cái")),
        ("1.500.000 đồng", Line("paragraph", "1.500.000 đồng")),
        ("12/ 5/2017", Line("paragraph", "12/ 5/2017")),
        ("V.I. Lê-nin", Line("paragraph", "V.I. Lê-nin")),
        ("- 10 NGÀY", Line("paragraph", "- 10 NGÀY")),
        ("“QUẢN LÝ”", Line("paragraph", "“QUẢN LÝ”")),
    ],
)
def test_a_line_begins_something_or_is_a_paragraph(line, begun):
    assert classify(line) == begun


@pytest.mark.parametrize(
    ("wrapped", "whole"),
    [
        ("1. Sở Giao thông vận tải quản lý\nđường tỉnh.", "Sở Giao thông vận tải quản lý đường tỉnh."),
        ("1. Thực hiện theo khoản 2\nĐiều 8 của Quy chế này.", "Thực hiện theo khoản 2 Điều 8 của Quy chế này."),
        ("1. Thực hiện theo điểm đ\nKhoản 2 Điều 8.", "Thực hiện theo điểm đ Khoản 2 Điều 8."),
        ("1. Quy định tại\nĐiều 5. Luật Đất đai.", "Quy định tại Điều 5. Luật Đất đai."),
        ("1. Theo mẫu tại\nPhụ lục II.", "Theo mẫu tại Phụ lục II."),
        ("1. Theo Nghị định số\n43/2011/NĐ-CP.", "Theo Nghị định số 43/2011/NĐ-CP."),
        ("1. Ký ngày\n19 tháng 4 năm 2017.", "Ký ngày 19 tháng 4 năm 2017."),
        ("1. Văn phòng Ủy ban nhân dân và\nSở Tư pháp.", "Văn phòng Ủy ban nhân dân và Sở Tư pháp."),
        ("1. Trách nhiệm của\n\n\nỦy ban nhân dân.", None),
    ],
)
def test_a_wrapped_clause_is_one(wrapped, whole):
    assert kinds(f"Điều 1. Mở đầu.\n{wrapped}\n2. Sau.") == [
        ("article", "1", "Mở đầu."),
        ("clause", "1", whole or "Trách nhiệm của"),
        *([] if whole else [("paragraph", "", "Ủy ban nhân dân.")]),
        ("clause", "2", "Sau."),
    ]


@pytest.mark.parametrize(
    "line", ["2. Sở Tài chính", "b) Sở Tài chính", "Điều 2. Sở Tài chính", "- Sở Tài chính", "Sở Tài chính."]
)
def test_what_begins_something_is_not_joined_to_an_unfinished_line(line):
    assert len(read(f"Điều 1. Mở đầu.\n1. Các cơ quan sau đây\n{line}")) == 3


def test_a_sentence_that_is_closed_is_not_joined():
    assert len(read("1. Sở Tài chính.\nđường tỉnh")) == 2


def test_a_wrapped_heading_of_an_article_is_one():
    text = "Điều 1. Phạm vi điều chỉnh và đối tượng áp dụng của\nQuy định\n1. Một.\nĐiều 2\nHiệu lực thi hành\n1. Hai."
    assert [heading for kind, _number, heading in kinds(text) if kind == "article"] == [
        "Phạm vi điều chỉnh và đối tượng áp dụng của Quy định",
        "Hiệu lực thi hành",
    ]


def test_a_chapter_takes_all_lines_in_capitals_and_one_title_otherwise():
    assert kinds("Chương I\nQUẢN LÝ,\nBẢO TRÌ\nĐiều 1. A.") == [
        ("chapter", "I", "QUẢN LÝ, BẢO TRÌ"),
        ("article", "1", "A."),
    ]
    assert kinds("Chương I\nQuản lý\nBảo trì") == [("chapter", "I", "Quản lý"), ("paragraph", "", "Bảo trì")]


def test_an_article_out_of_turn_goes_on_with_the_sentence_above():
    text = "Điều 1. A.\n1. Việc xử lý vi phạm trong lĩnh vực đường bộ thực hiện\nĐiều 77. Luật này.\nĐiều 2. B."
    assert [number for kind, number, _text in kinds(text) if kind == "article"] == ["1", "2"]


def test_the_rows_of_a_table_stand_together():
    first, second = (line.rows for line in read("TT | Tên\n| 1 | Cầu |\nHết bảng.\n2 | Hầm") if line.kind == "table")
    assert first == (("TT", "Tên"), ("1", "Cầu"))
    assert second == (("2", "Hầm"),)


@pytest.mark.parametrize(
    "mark",
    [
        "(Ban hành kèm theo Quyết định số 16/2017/QĐ-UBND ngày 19/4/2017)",
        "( Kèm theo Nghị quyết số 05/2017/NQ-HĐND)",
        "(Được ban hành kèm theo Quyết định 35)",
        "Ban hành kèm theo Quyết định số: 35/2017/QĐ-UBND",
    ],
)
def test_a_mark_of_attachment_begins_another_text(mark):
    blocks = parse(f"Điều 1. Ban hành Quy chế.\n{mark}\nĐiều 1. Phạm vi.", prefix="qd")
    assert [block.anchor for block in blocks if block.anchor] == ["qd-dieu-1", "dieu-1"]


def test_a_sentence_that_issues_something_is_no_mark_of_attachment():
    blocks = parse("Ban hành kèm theo Quyết định này Quy chế hoạt động.\nĐiều 1. Phạm vi.", prefix="qd")
    assert [(block.kind, block.anchor) for block in blocks] == [("paragraph", ""), ("article", "dieu-1")]


LISTED = "- 1 Luật Giao dịch điện tử 2005\n- 2 Nghị định 64/2007/NĐ-CP\n"


def test_the_lists_of_a_law_site_are_no_part_of_the_text():
    assert without_reference_lists(f"{LISTED}\nĐiều 1. A.\n- 1 mét vuông.\nHết./.\n{LISTED}{LISTED}") == (
        "Điều 1. A.\n- 1 mét vuông.\nHết./."
    )


@pytest.mark.parametrize("text", ["Điều 1. A.", "", "- Lưu: VT.", "- 2 Luật\n- 3 Luật\nĐiều 1. A.", "Hồ sơ:\n- 3 ảnh"])
def test_what_is_no_counted_list_stays(text):
    assert without_reference_lists(text) == text
