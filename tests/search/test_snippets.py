"""What is shown of a hit: the words marked, all else escaped, and the place where they stand."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search import snippets
from portal.search.query import Synonyms, parse

UBND = ["UBND", "Ủy ban nhân dân"]


def mark(text, query, synonyms=()):
    return str(snippets.mark(text, parse(query, Synonyms(synonyms))))


def snippet(text, query):
    return str(snippets.snippet(text, parse(query)))


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Quyết định về giá đất", "quyet dinh", "<mark>Quyết</mark> <mark>định</mark> về giá đất"),
        ("Quyết định", normalize("NFD", "quyết định"), "<mark>Quyết</mark> <mark>định</mark>"),
        ("Thông tin tết", normalize("NFD", "tết"), "Thông tin <mark>tết</mark>"),
        ("đường và dương", "đường", "<mark>đường</mark> và <mark>dương</mark>"),
        ("Xã Hành Hoà", "hòa", "Xã Hành <mark>Hoà</mark>"),
        ("Số 16/2017/QĐ-UBND", "16/2017", "Số <mark>16</mark>/<mark>2017</mark>/QĐ-UBND"),
        ("a_b", "b", "a_<mark>b</mark>"),
        ("không có", "khác", "không có"),
        ("a < b & <script>", "b script", "a &lt; <mark>b</mark> &amp; &lt;<mark>script</mark>&gt;"),
        ("<b>đậm</b>", "dam", "&lt;b&gt;<mark>đậm</mark>&lt;/b&gt;"),
        ("lt amp", "lt", "<mark>lt</mark> amp"),
        ('"ngoặc"', "ngoac", "&quot;<mark>ngoặc</mark>&quot;"),
        ("", "a", ""),
        ("tất cả", "", "tất cả"),
        ("tất cả", "%", "tất cả"),
    ],
)
def test_the_words_looked_for_are_marked_and_all_else_is_escaped(text, query, marked):
    assert mark(text, query) == marked


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Đất đai", "đ", "Đất đai"),
        ("Đất đai", "da", "<mark>Đấ</mark>t <mark>đa</mark>i"),
        ("Đất đai", "da dai", "Đất <mark>đai</mark>"),
        ("Đất đai", '"da"', "Đất đai"),
        ("Bản đồ", "an do", "Bản <mark>đồ</mark>"),
        ("2017 20171", "2017 x", "<mark>2017</mark> 20171"),
    ],
)
def test_whole_words_are_marked_and_the_beginnings_that_the_last_word_may_be(text, query, marked):
    assert mark(text, query) == marked


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("giá đất, giá và đất", '"giá đất"', "<mark>giá đất</mark>, giá và đất"),
        ("giá – đất", '"gia dat"', "<mark>giá – đất</mark>"),
        ("UBND là Ủy ban nhân dân", "ubnd", "<mark>UBND</mark> là <mark>Ủy ban nhân dân</mark>"),
        ("UBND, ủy viên, ban", "ủy ban nhân dân", "<mark>UBND</mark>, <mark>ủy</mark> viên, <mark>ban</mark>"),
    ],
)
def test_phrases_and_synonyms_are_marked_as_they_stand_together(text, query, marked):
    assert mark(text, query, [UBND]) == marked


@given(text=st.text(max_size=200), query=st.text(max_size=20))
def test_marking_loses_and_adds_nothing(text, query):
    shown = mark(text, query).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in shown and ">" not in shown
    unescaped = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#x27;", "'")
    assert unescaped.replace("&amp;", "&") == text


@pytest.mark.parametrize(
    ("text", "query", "answer"),
    [
        ("Quyết định về giá đất", "gia quyet", True),
        ("Quyết định về giá đất", "gia rừng", False),
        ("Quyết định về giá đất", '"giá đất"', True),
        ("Quyết định về giá đất", '"giá quyết"', False),
        ("Ủy ban nhân dân tỉnh", "ubnd tinh", True),
        ("UBND tỉnh", "uy ban nhan dan tinh", False),  # a synonym of several words counts for the first of them
        ("bất kỳ", "", True),
    ],
)
def test_a_text_holds_a_query_when_every_word_of_it_is_hit(text, query, answer):
    assert snippets.holds(text, parse(query, Synonyms([UBND]))) is answer


# --- the place --------------------------------------------------------------------------------------------------------


def test_a_snippet_is_cut_around_the_first_hit():
    text = "mở đầu " * 100 + "hải đăng Lý Sơn " + "kết thúc " * 100
    shown = snippet(text, "hai dang")
    assert shown.startswith("… ") and shown.endswith(" …")
    assert "<mark>hải</mark> <mark>đăng</mark> Lý Sơn" in shown
    assert 200 < len(shown) < 320


def test_a_snippet_is_where_most_of_the_words_stand():
    text = "hải sản " + "mở đầu " * 100 + "đăng ký " + "ở giữa " * 100 + "hải đăng Lý Sơn " + "kết thúc " * 100
    assert "<mark>hải</mark> <mark>đăng</mark> Lý Sơn" in snippet(text, "dang hai")
    assert "hải sản" not in snippet(text, "dang hai")


def test_a_short_text_is_its_own_snippet():
    assert snippet("Hải đăng Lý Sơn", "ly son") == "Hải đăng <mark>Lý</mark> <mark>Sơn</mark>"


@pytest.mark.parametrize("query", ["rừng", ""])
def test_a_snippet_without_a_hit_is_the_beginning(query):
    shown = snippet("đầu tiên " + "sau đó " * 100, query)
    assert shown.startswith("đầu tiên sau đó") and shown.endswith(" …")
    assert "<mark>" not in shown


def test_a_snippet_finds_a_query_of_decomposed_letters():
    text = "mở đầu " * 100 + "tết"
    assert "<mark>tết</mark>" in snippet(text, normalize("NFD", "tết"))


def test_a_long_word_and_a_long_text_keep_their_place():
    assert snippet("x" * 500, "yy") == "x" * 500
    assert "<mark>tết</mark>" in snippet("a" * 300 + " " + "mở đầu " * 5000 + "tết", "tet")


@given(text=st.text(max_size=600), query=st.text(max_size=20))
def test_a_snippet_is_a_piece_of_the_text(text, query):
    shown = snippet(text, query).removeprefix("… ").removesuffix(" …")
    for sign, written in [("<mark>", ""), ("</mark>", ""), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"')]:
        shown = shown.replace(sign, written)
    assert shown.replace("&#x27;", "'").replace("&amp;", "&") in text
