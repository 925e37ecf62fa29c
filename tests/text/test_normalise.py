"""Article 7.1: one form of Unicode, and nothing invisible in it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.normalise import normalise


def test_decomposed_vietnamese_is_composed():
    decomposed = unicodedata.normalize("NFD", "Ủy ban nhân dân tỉnh Quảng Ngãi")
    assert len(decomposed) > 31
    assert normalise(decomposed) == "Ủy ban nhân dân tỉnh Quảng Ngãi"


def test_marks_typed_in_another_order_are_the_same_letter():
    assert normalise("Vie\u0323\u0302t") == normalise("Viê\u0323t") == normalise("Viẹ\u0302t") == "Việt"


def test_zero_width_space_between_letter_and_mark_does_not_keep_them_apart():
    assert normalise("a\u200b\u0301") == "á"


CONTROLS = ["\0", "\x01", "\x1b", "\x7f", "\x90"]
WITHOUT_WIDTH = ["\xad", "\u200b", "\u200c", "\u2060", "\ufeff"]
DIRECTION_MARKS = ["\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"]
HALVES = ["\ud800", "\udfff"]


@pytest.mark.parametrize("invisible", CONTROLS + WITHOUT_WIDTH + DIRECTION_MARKS + HALVES)
def test_invisible_characters_are_dropped(invisible):
    assert normalise(f"Quảng{invisible} Ngãi") == "Quảng Ngãi"


def test_tabs_and_line_feeds_stay():
    assert normalise("một\n\tba") == "một\n\tba"


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_break_becomes_a_line_feed(line_break):
    assert normalise(f"một{line_break}hai") == "một\nhai"


def test_no_break_spaces_become_one_kind_and_stay_unbreakable():
    assert normalise("Điều\u202f7\u2007và\xa08") == "Điều\xa07\xa0và\xa08"


def test_letters_that_only_look_vietnamese_are_replaced():
    assert normalise("16/2017/QÐ-UBND, Ɖức, ðường") == "16/2017/QĐ-UBND, Đức, đường"


def test_emoji_made_of_several_characters_survive():
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert normalise(family) == family


def test_clean_text_is_left_alone():
    text = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; «façade», 5 µm, ½"
    assert normalise(text) == text


@given(st.text(st.characters()))
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(st.characters()))
def test_the_result_can_be_stored_as_utf_8(text):
    assert normalise(text).encode("utf-8").decode("utf-8") == normalise(text)
    assert "\0" not in normalise(text)
