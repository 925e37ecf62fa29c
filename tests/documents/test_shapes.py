"""Texts of other shapes: a code with parts, a resolution and a plan in Roman numbers, amendments, appendices."""

import pytest

from documents.structure import contents, parse
from tests.documents.texts import AMENDMENT, LAW, OWN_OF_THE_AMENDMENT, PRICES, RESOLUTION, anchors, outline


def test_a_law_has_parts_chapters_divisions_and_subdivisions():
    assert outline(contents(parse(LAW))) == [
        (
            "Phần thứ nhất. QUY ĐỊNH CHUNG",
            [
                ("Chương I. NHỮNG QUY ĐỊNH CHUNG", [("Điều 1. Phạm vi điều chỉnh", [])]),
                (
                    "Chương III. CÁ NHÂN",
                    [
                        (
                            "Mục 1. NĂNG LỰC PHÁP LUẬT DÂN SỰ, NĂNG LỰC HÀNH VI DÂN SỰ CỦA CÁ NHÂN",
                            [("Điều 16. Năng lực pháp luật dân sự của cá nhân", [])],
                        ),
                        (
                            "Mục 2. QUYỀN NHÂN THÂN",
                            [
                                (
                                    "Tiểu mục 1. QUYỀN ĐỐI VỚI HỌ, TÊN",
                                    [("Điều 27. Quyền thay đổi họ, tên", [])],
                                ),
                                (
                                    "Tiểu mục 2. QUYỀN KHÁC",
                                    [("Điều 28. Quyền xác định, xác định lại dân tộc", [])],
                                ),
                            ],
                        ),
                    ],
                ),
            ],
        ),
        (
            "Phần thứ hai. QUYỀN SỞ HỮU VÀ QUYỀN KHÁC ĐỐI VỚI TÀI SẢN",
            [
                (
                    "Chương XI. QUY ĐỊNH CHUNG",
                    [("Mục 1. NGUYÊN TẮC XÁC LẬP", [("Điều 158. Quyền sở hữu", [])])],
                )
            ],
        ),
    ]


def test_a_division_is_named_with_its_chapter_and_an_article_alone():
    assert anchors(LAW) == [
        "phan-1",
        "chuong-1",
        "dieu-1",
        "chuong-3",
        "chuong-3-muc-1",
        "dieu-16",
        "dieu-16-khoan-1",
        "chuong-3-muc-2",
        "chuong-3-muc-2-tieu-muc-1",
        "dieu-27",
        "dieu-27-khoan-1",
        *[f"dieu-27-khoan-1-diem-{letter}" for letter in ("a", "b", "c", "d", "dd", "e")],
        "dieu-27-khoan-2",
        "chuong-3-muc-2-tieu-muc-2",
        "dieu-28",
        "dieu-28-khoan-1",
        "phan-2",
        "chuong-11",
        "chuong-11-muc-1",
        "dieu-158",
    ]


def test_numbered_sections_of_an_article_have_clauses_of_their_own():
    assert anchors(RESOLUTION) == [
        "dieu-1",
        "dieu-1-muc-1",
        "dieu-1-muc-1-khoan-1",
        "dieu-1-muc-1-khoan-2",
        "dieu-1-muc-1-khoan-2-diem-a",
        "dieu-1-muc-1-khoan-2-diem-b",
        "dieu-1-muc-2",
        "dieu-1-muc-2-khoan-1",
        "dieu-1-muc-2-khoan-1-diem-a",
        "dieu-1-muc-2-khoan-2",
        "dieu-2",
        "dieu-2-khoan-1",
        "dieu-2-khoan-2",
    ]
    assert outline(contents(parse(RESOLUTION)))[0][1] == [
        ("Điều 1", [("I. MỤC TIÊU, CHỈ TIÊU CHỦ YẾU", []), ("II. NHIỆM VỤ VÀ GIẢI PHÁP", [])]),
        ("Điều 2. Tổ chức thực hiện", []),
    ]


PLAN = """
KẾ HOẠCH
Tuyên truyền năm 2018
I. Mục đích, yêu cầu
1. Mục đích:
a) Nâng cao nhận thức.
II. NỘI DUNG TUYÊN TRUYỀN,
PHỔ BIẾN
1. Tuyên truyền pháp luật.
IV. Ghi nhầm số
2. Cung cấp thông tin.
III. Giao Sở Tư pháp theo dõi, báo cáo trước ngày 15 tháng 12 năm 2018./.
"""


def test_a_plan_without_articles_is_divided_by_its_roman_numbers():
    blocks = parse(PLAN)
    assert anchors(PLAN) == [
        "muc-1",
        "muc-1-khoan-1",
        "muc-1-khoan-1-diem-a",
        "muc-2",
        "muc-2-khoan-1",
        "muc-2-khoan-2",
        "muc-3",
    ]
    assert outline(contents(blocks)) == [
        ("I. Mục đích, yêu cầu", []),
        ("II. NỘI DUNG TUYÊN TRUYỀN, PHỔ BIẾN", []),
        ("III.", []),
    ]
    assert blocks[-1].text == "Giao Sở Tư pháp theo dõi, báo cáo trước ngày 15 tháng 12 năm 2018./."
    assert [block.text for block in blocks if block.kind == "paragraph"][-1] == "IV. Ghi nhầm số"


def test_roman_numbers_begin_anew_below_a_heading():
    text = "A. ĐÁNH GIÁ\nI. KẾT QUẢ\n1. Một.\nII. TỒN TẠI\nB. PHƯƠNG HƯỚNG\n1. Ngoài mục.\nI. MỤC TIÊU\n1. Hai."
    assert anchors(text) == ["muc-1", "muc-1-khoan-1", "muc-2", "muc-1-2", "muc-1-2-khoan-1"]


def test_what_an_amendment_quotes_has_no_address_of_its_own():
    assert anchors(AMENDMENT) == OWN_OF_THE_AMENDMENT
    assert outline(contents(parse(AMENDMENT)))[0][1][1:] == [("Điều 2. Hiệu lực thi hành", []), ("Điều 3", [])]


@pytest.mark.parametrize("marks", ["“”", "«»", '""', "””"])
def test_new_wording_may_stand_between_any_quotation_marks(marks):
    text = AMENDMENT.replace("“đường tỉnh”", "đường tỉnh").replace("như sau: “đ)", "như sau:\n“đ)")
    assert anchors(text.replace("“", marks[0]).replace("”", marks[1])) == OWN_OF_THE_AMENDMENT


def test_a_quotation_that_is_never_closed_ends_with_the_next_article():
    text = "Điều 1. Sửa đổi\n1. Sửa đổi Điều 7 như sau:\n“Điều 7. A\n1. B.\nĐiều 2. Hiệu lực\n1. Từ ngày ký."
    assert anchors(text) == ["dieu-1", "dieu-1-khoan-1", "dieu-2", "dieu-2-khoan-1"]


def test_a_quoted_table_stays_a_table():
    text = 'Điều 1. Sửa đổi\n1. Thay bảng như sau:\n"Bảng 1\nTT | Giá\n1 | 5"\n2. Bãi bỏ Điều 3.'
    (table,) = [block for block in parse(text) if block.kind == "table"]
    assert table.rows == (("TT", "Giá"), ("1", '5"'))
    assert anchors(text) == ["dieu-1", "dieu-1-khoan-1", "dieu-1-khoan-2"]


def test_appendices_have_articles_and_tables_of_their_own():
    assert anchors(PRICES, prefix="qd") == [
        "qd-dieu-1",
        "qd-dieu-2",
        "chuong-1",
        "dieu-1",
        "dieu-1-khoan-1",
        "dieu-1-khoan-2",
        "dieu-2",
        "phu-luc-1",
        "phu-luc-2",
        "phu-luc-2-dieu-1",
        "phu-luc-2-dieu-1-khoan-1",
        "phu-luc-2-dieu-2",
    ]
    (table,) = [block for block in parse(PRICES) if block.kind == "table"]
    assert table.rows == (
        ("TT", "Đường", "Giá (đồng/m²)"),
        ("1", "Hùng Vương", "12.000.000"),
        ("2", "Quang Trung", "-"),
    )


def test_contents_name_appendices_with_their_titles():
    assert outline(contents(parse(PRICES)))[-2:] == [
        ("Phụ lục I. BẢNG GIÁ ĐẤT Ở", []),
        ("Phụ lục II. MẪU ĐƠN", [("Điều 1. Bên giao", []), ("Điều 2. Bên nhận", [])]),
    ]


def test_old_texts_number_with_strokes_and_points_with_dots():
    text = "Điều 1 : Nay ban hành:\n1/ Quy chế.\na/ Một.\nđ/ Hai.\n2/ Quy định.\na. Ba.\nĐiều 2.- Hiệu lực."
    assert anchors(text) == [
        "dieu-1",
        "dieu-1-khoan-1",
        "dieu-1-khoan-1-diem-a",
        "dieu-1-khoan-1-diem-dd",
        "dieu-1-khoan-2",
        "dieu-1-khoan-2-diem-a",
        "dieu-2",
    ]


def test_clauses_of_a_consolidated_text_keep_their_footnotes():
    blocks = parse("Điều 3. Kinh phí\n1. Ngân sách tỉnh.\n2.[4] Nguồn khác.")
    assert [(block.anchor, block.text) for block in blocks[1:]] == [
        ("dieu-3-khoan-1", "Ngân sách tỉnh."),
        ("dieu-3-khoan-2", "[4] Nguồn khác."),
    ]
