"""One provision, as people write it and as an anchor names it."""

import unicodedata

import pytest

from documents.anchors import arabic, in_roman, provision_name, step
from documents.provisions import anchor_of

POINT = "dieu-9-khoan-1-diem-dd"


@pytest.mark.parametrize(
    "written",
    [
        "điểm đ khoản 1 Điều 9",
        "Điểm đ Khoản 1 Điều 9",
        "ĐIỂM Đ KHOẢN 1 ĐIỀU 9",
        "điểm đ, khoản 1, Điều 9",
        "  điểm   đ khoản 1\nĐiều 9 ",
        unicodedata.normalize("NFD", "điểm đ khoản 1 Điều 9"),
        "ðiểm ð khoản 1 Ðiều 9",
        "\u200fđiểm\xa0đ khoản\u200b 1 Điều 9",
        POINT,
        POINT.upper(),
    ],
)
def test_a_provision_has_one_address_however_it_is_written(written):
    assert anchor_of(written) == POINT


@pytest.mark.parametrize(
    ("written", "anchor"),
    [
        ("Điều 9", "dieu-9"),
        ("Điều 9a", "dieu-9a"),
        ("Điều 09", "dieu-9"),
        ("khoản 2 Điều 8", "dieu-8-khoan-2"),
        ("khoản 2a Điều 8", "dieu-8-khoan-2a"),
        ("điểm d khoản 1 Điều 9", "dieu-9-khoan-1-diem-d"),
        ("điểm a Điều 4", "dieu-4-diem-a"),
        ("điểm a1 khoản 1 Điều 4", "dieu-4-khoan-1-diem-a1"),
        ("qd-dieu-2", "qd-dieu-2"),
        ("phu-luc-2-dieu-1", "phu-luc-2-dieu-1"),
        ("chuong-2-muc-1-tieu-muc-2", "chuong-2-muc-1-tieu-muc-2"),
        ("dieu-1-muc-2-khoan-1", "dieu-1-muc-2-khoan-1"),
        ("dieu-9-2", "dieu-9-2"),
    ],
)
def test_the_parts_of_an_address(written, anchor):
    assert anchor_of(written) == anchor


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "toàn bộ",
        "Điều",
        "Điều chín",
        "khoản 1",
        "điểm đ",
        "Điều 8 và Điều 9",
        "điểm a, b khoản 1 Điều 9",
        "Điều 9 khoản 1",
        "điểm f khoản 1 Điều 9",
        "dieu-",
        "dieu-9 khoan-1",
        "javascript:dieu-9",
        '"><b>dieu-9',
        "Điều 9" * 2_000,
        "dieu-9-" * 2_000,
    ],
)
def test_what_names_no_single_provision_has_no_address(written):
    assert anchor_of(written) == ""


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("anchor", "name"),
    [
        (POINT, "point đ clause 1 Article 9"),
        ("dieu-9-khoan-1-diem-d", "point d clause 1 Article 9"),
        ("dieu-9dd", "Article 9đ"),
        ("dieu-1-2-khoan-3", "clause 3 Article 1"),
        ("chuong-9", "Chapter IX"),
        ("chuong-2-muc-1-tieu-muc-3", "Subdivision 3 Division 1 Chapter II"),
        ("phan-1", "Part I"),
        ("phu-luc-2-dieu-1", "Article 1 Appendix II"),
        ("qd-dieu-2", "Article 2 of the issuing document"),
        ("dieu-1-muc-2-khoan-1", "clause 1 Division 2 Article 1"),
        ("", ""),
        ("khong-co", ""),
    ],
)
def test_an_address_has_a_name(anchor, name):
    assert provision_name(anchor) == name


@pytest.mark.parametrize(
    ("printed", "value", "part"),
    [
        ("9", 9, "9"),
        ("09", 9, "9"),
        ("9a", 9, "9a"),
        ("9đ", 9, "9dd"),
        ("IV", 4, "4"),
        ("XIX", 19, "19"),
        ("XLIX", 49, "49"),
        ("IIa", 2, "2a"),
        ("thứ nhất", 1, "1"),
        ("THỨ MƯỜI", 10, "10"),
        ("số 03", 3, "3"),
        ("A", 1, "1"),
        ("H", 8, "8"),
        ("", 0, ""),
    ],
)
def test_a_printed_number_has_a_value(printed, value, part):
    assert (arabic(printed), step(printed)) == (value, part)


def test_roman_numbers_are_printed_as_they_are_read():
    assert all(arabic(in_roman(value)) == value for value in range(1, 90))
    assert [in_roman(value) for value in (4, 9, 14, 40, 49)] == ["IV", "IX", "XIV", "XL", "XLIX"]
