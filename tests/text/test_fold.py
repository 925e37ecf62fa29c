import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.text.fold import canonical_tone, exact, fold, searchable, words
from tests.text.sentences import SENTENCES


def test_diacritics_and_capitals_are_folded():
    assert fold("Đường Phạm Văn Đồng, TP Quảng Ngãi") == "duong pham van dong, tp quang ngai"


def test_every_vietnamese_letter_folds_to_ascii():
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    assert (
        fold(letters) == "aaabcddeeghiklmnooopqrstuuvxy" + 15 * "a" + 10 * "e" + 5 * "i" + 15 * "o" + 10 * "u" + 5 * "y"
    )
    assert fold(letters.upper()) == fold(letters)


@given(st.text(st.characters()))
@example("İstanbul ẞ ß ﬁ Ǆ")
@example("각 日本 x\u0323 \u1e9e")
def test_folding_keeps_the_length(text):
    composed = unicodedata.normalize("NFC", text)
    assert len(fold(composed)) == len(composed)


@given(st.text(st.characters()))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_document_number_gives_its_parts():
    assert words("16/2017/QĐ-UBND") == ["16", "2017", "qd", "ubnd"]


def test_underscores_and_punctuation_part_words():
    assert words("mau_don: (so 3)") == ["mau", "don", "so", "3"]


def test_searchable_text_has_one_blank_before_and_after_each_word():
    assert searchable("Đường —  Hoà\nBình") == " duong hoa binh "
    assert searchable("  ") == "  "


def test_searchable_text_is_the_same_for_decomposed_input():
    for sentence in SENTENCES:
        assert searchable(unicodedata.normalize("NFD", sentence)) == searchable(sentence)


OTHER_TONE_PLACEMENT = """
hoà hòa
thuỷ thủy
khoẻ khỏe
Uỷ Ủy
HOÀ HÒA
toạ tọa
luỹ lũy
loè lòe
THUỴ THỤY
ngoã ngõa
""".strip().splitlines()


@pytest.mark.parametrize("pair", OTHER_TONE_PLACEMENT)
def test_old_and_new_tone_placement_are_the_same_word(pair):
    new_style, old_style = pair.split()
    assert canonical_tone(new_style) == canonical_tone(old_style) == old_style
    assert exact(new_style) == exact(old_style)


@pytest.mark.parametrize("word", ["quý", "Quỳ", "hoàn", "hoài", "khuỷu", "huýt", "huỳnh", "QUỸ", "ngoéo", "thuyết"])
def test_tones_that_have_one_place_only_stay(word):
    assert canonical_tone(word) == word


def test_exact_text_tells_words_apart_that_differ_in_a_mark():
    assert exact("HOÀ Thuỷ, khoẻ") == " hòa thủy khỏe "
    assert exact("hoa") != exact("hoà")
    assert exact("đa") != exact("da")
