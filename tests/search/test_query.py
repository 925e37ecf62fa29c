"""What was typed, as it is understood: words, phrases, synonyms, a word still in the typing, a number."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.query import LONGEST, MOST_WORDS, QUOTED, Synonyms, parse
from portal.text.numbers import NumberQuery

UBND = ["UBND", "Ủy ban nhân dân"]


def terms(text, synonyms=()):
    """[wordings of a term, each as its words; a phrase in a list of its own]"""
    found = []
    for term in parse(text, Synonyms(synonyms)).terms:
        rows = [list(row.typed) if row.adjacent else " ".join(row.typed) for row in term.wordings]
        found.append(rows[0] if len(rows) == 1 else tuple(rows))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quyết định", ["quyết", "định"]),
        ("  QUYẾT\n ĐỊNH\t", ["quyết", "định"]),
        (normalize("NFD", "quyết định"), ["quyết", "định"]),
        ("hoà thuỷ khoẻ", ["hòa", "thủy", "khỏe"]),
        ("quý", ["quý"]),
        ("QuyÕt ®Þnh", ["quyết", "định"]),
        ("\u202equyết\u202c định\u200b", ["quyết", "định"]),
        ("quyết\u00adđịnh", ["quyếtđịnh"]),
        ("QÐ 16", ["qđ", "16"]),
        ("16/2017/QĐ-UBND", ["16", "2017", "qđ", "ubnd"]),
        ("a AND b OR NOT c NEAR(d)", ["a", "and", "b", "or", "not", "c", "near", "d"]),
        ("giá* (đất) [ở] {x} ^y -z +t ~u", ["giá", "đất", "ở", "x", "y", "z", "t", "u"]),
    ],
)
def test_words_are_read_whatever_stands_between_them(text, expected):
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"giá đất"', [["giá", "đất"]]),
        ("“giá đất” ở", [["giá", "đất"], "ở"]),
        ("bảng «giá đất» „năm nay“", ["bảng", ["giá", "đất"], ["năm", "nay"]]),
        ('"giá đất', ["giá", "đất"]),
        ('giá đất"', ["giá", "đất"]),
        ('"giá" đất"', [["giá"], "đất"]),
        ('"" giá "***"', ["giá"]),
        ('"16/2017/QĐ-UBND"', [["16", "2017", "qđ", "ubnd"]]),
    ],
)
def test_a_quotation_keeps_its_words_together_and_one_that_is_not_closed_quotes_nothing(text, expected):
    assert terms(text) == expected


@pytest.mark.parametrize(("text", "literal"), [('"giá đất"', True), ('"gia dat"', False), ("giá đất", False)])
def test_a_phrase_is_meant_literally_when_it_was_typed_with_diacritics(text, literal):
    assert {row.literal for term in parse(text).terms for row in term.wordings} == {literal}


@pytest.mark.parametrize(
    ("text", "open_end"),
    [
        ("quyet", True),
        ("quyết đị", True),
        ("16/20", True),
        ("qu", True),
        ("q", False),
        ("quyết đ", False),
        ('"quyết định"', False),
        ('"quyết" định', True),
        ('quyết "định"', False),
        ("", False),
    ],
)
def test_the_last_word_may_still_be_in_the_typing_from_two_letters_on_unless_it_was_quoted(text, open_end):
    assert parse(text).open_end is open_end


@pytest.mark.parametrize(
    "text", ["", "   ", "%", "_", "*", "()", "“”", '""', "\x00", "/", "\\", "'", "-", "\u0301", "\u202e", "🙂", "***"]
)
def test_a_query_without_a_word_is_false(text):
    query = parse(text)
    assert not query
    assert (query.terms, query.typed, query.open_end, query.numbered()) == ((), [], False, None)


def test_of_a_long_query_the_first_words_are_used():
    assert parse("a" * 10_000).typed == ["a" * 40]
    assert parse("đường " * 2_000).typed == ["đường"] * MOST_WORDS
    assert parse('"' + "đường " * 20 + '" sông').typed == ["đường"] * MOST_WORDS
    assert len(parse("🙂" * 10_000).text) == LONGEST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND", [("ubnd", ["ủy", "ban", "nhân", "dân"])]),
        ("ubnd tỉnh", [("ubnd", ["ủy", "ban", "nhân", "dân"]), "tỉnh"]),
        ("uy ban nhan dan tinh", [("uy ban nhan dan", ["ubnd"]), "tinh"]),
        ("ủy ban nhân", ["ủy", "ban", "nhân"]),
        ('"ubnd"', [["ubnd"]]),
        ("dân", ["dân"]),
    ],
)
def test_words_with_a_synonym_are_one_term_and_what_was_quoted_has_none(text, expected):
    assert terms(text, [UBND]) == expected


def test_the_longest_wording_is_taken_and_groups_that_share_one_are_joined():
    groups = [["quốc lộ", "QL"], ["quốc lộ 1A", "đường thiên lý"], ["QL", "quản lý"], ["một mình"], []]
    assert terms("quốc lộ 1A", groups) == [("quốc lộ 1a", ["đường", "thiên", "lý"])]
    assert terms("ql", groups) == [("ql", ["quốc", "lộ"], ["quản", "lý"])]
    assert terms("một mình", groups) == ["một", "mình"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("16/2017/QĐ-UBND", NumberQuery(16, 2017, "QĐ")),
        ("quyet dinh 16 nam 2017", NumberQuery(16, 2017, "QĐ")),
        ("QĐ 16", NumberQuery(16, None, "QĐ")),
        ("giá đất", None),
        ("16 hộ dân", None),
    ],
)
def test_a_number_of_a_document_is_understood_beside_the_words(text, number):
    query = parse(text)
    assert query.number == number
    assert (query.numbered() is None) is (number is None)


@given(text=st.text(max_size=300))
def test_nothing_that_can_be_typed_is_an_error(text):
    query = parse(text, Synonyms([UBND]))
    assert len(query.typed) <= MOST_WORDS
    assert bool(query) is bool(query.typed)
    assert all(QUOTED.search(word) is None and word == word.lower() for word in query.typed)
