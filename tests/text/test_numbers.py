"""Document numbers: one official spelling, whatever was typed, and what readers remember of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.numbers import Number, NumberQuery, normalise_number, number_key, parse_number, partial

DECISION = Number("16/2017/QĐ-UBND", serial=16, letter="", year=2017, type_code="QĐ", body="UBND")
SPELLINGS = [
    "16/2017/QĐ-UBND",
    "16/2017/QÐ-UBND",  # the Icelandic letter of old keyboards
    "16/2017/QƉ-UBND",
    "16/2017/qđ-ubnd",
    "16/2017/QD-UBND",
    "16/2017/qd-ubnd",
    unicodedata.normalize("NFD", "16/2017/QĐ-UBND"),
    "Số: 16/2017/QĐ-UBND",
    "số 16/2017/QĐ-UBND",
    "SỐ:16/2017/QĐ-UBND",
    "Số, ký hiệu: 16/2017/QĐ-UBND",
    unicodedata.normalize("NFD", "Số 16/2017/QĐ-UBND"),
    " 16 / 2017 / QĐ - UBND ",
    "16/2017/QĐ–UBND",
    "16/2017/QĐ\u2011UBND",
    "16/2017/QĐ—UBND",
    "16/2017/QĐ-UBND\xa0",
    "\u200e16/2017/QĐ-UBND\u200f",
    "16/2017/\u200bQĐ-UBND\ufeff",
    "16/2017/QĐ-UBND.",
    "16/2017/QĐ-UBND;",
]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_every_spelling_of_a_number_is_the_official_one(typed):
    assert normalise_number(typed) == "16/2017/QĐ-UBND"
    assert number_key(typed) == "16/2017/qd-ubnd"
    assert parse_number(typed) == DECISION


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("206/2004/QĐ-UB", (206, "", 2004, "QĐ", "UB", "")),
        ("05/NQ-HĐND", (5, "", None, "NQ", "HĐND", "")),
        ("43/2011/NĐ-CP", (43, "", 2011, "NĐ", "CP", "")),
        ("01/2016/TTLT-BTTTT-BTC", (1, "", 2016, "TTLT", "BTTTT-BTC", "")),
        ("1a/2017/QĐ-UBND", (1, "a", 2017, "QĐ", "UBND", "")),
        ("12B/KH-UBND", (12, "b", None, "KH", "UBND", "")),
        ("437/TTr-VP", (437, "", None, "TTr", "VP", "")),
        ("358/QĐ-STP-BTTP", (358, "", None, "QĐ", "STP-BTTP", "")),
        ("02/VBHN-UBND", (2, "", None, "VBHN", "UBND", "")),
        ("91/2015/QH13", (91, "", 2015, "", "QH13", "")),
        ("12/2012/UBTVQH13", (12, "", 2012, "", "UBTVQH13", "")),
        ("15-NQ/TU", (15, "", None, "NQ", "TU", "")),
        ("123/UBND-KGVX", (123, "", None, "", "UBND", "KGVX")),
        ("45/SXD-QLĐT-HT", (45, "", None, "", "SXD", "QLĐT-HT")),
    ],
)
def test_a_number_has_parts(typed, parts):
    assert parse_number(typed) == Number(typed, *parts)


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("5/nq-hdnd", "5/NQ-HĐND"),
        ("01/2016/ttlt-btttt-bldtbxh", "01/2016/TTLT-BTTTT-BLĐTBXH"),
        ("437/ttr-vp", "437/TTr-VP"),
        ("7/ctr-ubnd", "7/CTr-UBND"),
        ("45/skhdt-nc", "45/SKHĐT-NC"),
        ("12/XyZ-Abc", "12/XyZ-Abc"),
        ("15-nq/tu", "15-NQ/TU"),
        ("Quy chế", "Quy chế"),
    ],
)
def test_known_abbreviations_get_their_spelling_and_others_stay(typed, official):
    assert normalise_number(typed) == official


def test_leading_zeros_are_printed_and_do_not_tell_numbers_apart():
    assert normalise_number("016/2017/QĐ-UBND") == "016/2017/QĐ-UBND"
    assert number_key("016/2017/QĐ-UBND") == number_key("16/2017/QĐ-UBND")
    assert number_key("10/2017/QĐ-UBND") != number_key("1/2017/QĐ-UBND")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "16",
        "16/2017",
        "19/4/2017",
        "24/7",
        "5/ngày-đêm",
        "0/2017/QĐ-UBND",
        "16/3017/QĐ-UBND",
        "999999/QĐ-UBND",
        "16/2017/QĐ-",
        "16/2017/XX-UBND",
        "123/STP-",
        "٣/2017/QĐ-UBND",
        "²/2017/QĐ-UBND",
        "Quyết định số 16/2017/QĐ-UBND",
        "16/2017/QĐ-UBND 17/2017/QĐ-UBND",
        "16/2017/QĐ-" + "U" * 61,
        "1" * 10_000,
        "1/" * 5_000,
    ],
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValueError, match="no document number"):
        parse_number(typed)


@given(st.text(st.characters(), max_size=80))
def test_normalising_twice_changes_nothing_more(text):
    once = normalise_number(text)
    assert normalise_number(once) == once
    assert number_key(once) == number_key(text)


Q = NumberQuery


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("QĐ 16", Q(16, None, "QĐ")),
        ("qd16", Q(16, None, "QĐ")),
        ("QÐ 16", Q(16, None, "QĐ")),
        ("số 16 năm 2017", Q(16, 2017, None)),
        (unicodedata.normalize("NFD", "số 16 năm 2017"), Q(16, 2017, None)),
        ("16/2017", Q(16, 2017, None)),
        ("16 2017", Q(16, 2017, None)),
        ("016", Q(16, None, None)),
        ("nghị định 43", Q(43, None, "NĐ")),
        ("nghi dinh 43/2011/nd-cp", Q(43, 2011, "NĐ")),
        ("quyết định năm 2017", Q(None, 2017, "QĐ")),
        ("công văn 123", Q(123, None, "CV")),
        ("123/UBND-KGVX", Q(123, None, "CV")),
        ("12/XYZ-ABC", Q(12, None, "CV")),
        ("luật số 91/2015/qh13", Q(91, 2015, "Luật")),
        ("16_2017_QD-UBND", Q(16, 2017, "QĐ")),
        ("Quyết định số 16/2017/QĐ-UBND ngày 19/4/2017", Q(16, 2017, "QĐ")),
        ("Quyết định 1724/QĐ-UBND ngày 02 tháng 8 năm 2017", Q(1724, 2017, "QĐ")),
        ("Quyết định 1724/QĐ-UBND năm 2017", Q(1724, 2017, "QĐ")),
    ],
)
def test_what_a_reader_remembers(words, said):
    assert partial(words) == said


@pytest.mark.parametrize(
    "words", ["", "đường bộ", "quyết định", "năm 2017", "covid 19 ở Quảng Ngãi", "QĐ", "1" * 10_000, "16 " * 3_000]
)
def test_other_words_are_no_number(words):
    assert partial(words) is None
