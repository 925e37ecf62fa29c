from unicodedata import normalize

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from portal.search.lookup import find, mark, snippet
from portal.search.models import IndexEntry
from portal.text.fold import fold, words
from portal.text.normalise import normalise
from tests.makers import make_article, publish
from tests.text.sentences import SENTENCES


def found(query, language="vi"):
    return [entry.title for entry in find(IndexEntry.objects.in_language(language), query)]


@pytest.mark.parametrize(
    "query",
    [
        "quyet dinh",
        "QUYET DINH",
        "Quyết định",
        normalize("NFD", "quyết định"),
        normalize("NFD", "QUYẾT ĐỊNH"),
        "dinh quyet",
        "quy",
        "  quyết   định  ",
        "“quyết định”",
        "quyêt đinh",
    ],
)
def test_words_are_found_however_they_are_typed(write, query):
    write("Quyết định về giá đất")
    write("Chợ phiên Ba Tơ")
    assert found(query) == ["Quyết định về giá đất"]


def test_all_words_must_be_there_and_each_may_be_a_beginning(write):
    write("Quyết định về giá đất")
    write("Quyết toán ngân sách")
    assert found("quyet ngan") == ["Quyết toán ngân sách"]
    assert found("quyet rung") == []
    assert found("inh") == []


def test_what_was_typed_without_diacritics_finds_both_newest_first(write):
    write("Đường tránh qua Đức Phổ", days=3)
    write("Dương lịch và âm lịch", days=2)
    write("Mở rộng con đường", days=1)
    assert found("duong") == ["Mở rộng con đường", "Dương lịch và âm lịch", "Đường tránh qua Đức Phổ"]


def test_what_was_typed_with_diacritics_comes_first(write):
    write("Đường tránh qua Đức Phổ", days=3)
    write("Dương lịch và âm lịch", days=1)
    write("Tin của huyện", body="Tuyến đường mới", days=2)
    assert found("đường") == ["Đường tránh qua Đức Phổ", "Tin của huyện", "Dương lịch và âm lịch"]
    assert found("dương") == ["Dương lịch và âm lịch", "Đường tránh qua Đức Phổ", "Tin của huyện"]


def test_a_title_comes_before_a_text(write):
    write("Cầu Trà Khúc", days=2)
    write("Tin của thành phố", body="Cầu Trà Khúc thông xe", days=1)
    assert found("tra khuc") == ["Cầu Trà Khúc", "Tin của thành phố"]


@pytest.mark.parametrize("query", ["hoà", "hòa", "HÒA", "Hoà", normalize("NFD", "hoà")])
def test_the_place_of_the_tone_makes_no_difference(write, query):
    write("Xã Hành Hoà", days=3)
    write("Phường Nghĩa Hòa", days=2)
    write("Chợ hoa ngày Tết", days=1)
    assert found(query) == ["Phường Nghĩa Hòa", "Xã Hành Hoà", "Chợ hoa ngày Tết"]


@pytest.mark.parametrize(
    "query",
    [
        "16/2017/QĐ-UBND",
        "16/2017/qd-ubnd",
        "16/2017",
        "QĐ 16",
        "qd ubnd 16",
        "16-2017-QĐ",
        "số 16/2017/QĐ-UBND",
        "16 /2017/ QĐ - UBND",
    ],
)
def test_a_document_number_is_found_in_any_form(write, query):
    write("Quy chế của Cổng", body="Quyết định số 16/2017/QĐ-UBND ngày 19/4/2017 của UBND tỉnh.")
    write("Bảng giá đất", body="Quyết định số 48/2014/QĐ-CP.")
    assert found(query) == ["Quy chế của Cổng"]


@pytest.mark.parametrize(
    "query", ["", "   ", "%", "_", "*", "()", "“”", "\x00", "/", "\\", "'", "-", "\u0301", "\u202e"]
)
def test_a_query_without_a_word_finds_nothing(write, query):
    write("Quyết định về giá đất")
    assert found(query) == []


@pytest.mark.parametrize("query", ["%", "_ất", "gi%", "đ_t"])
def test_signs_of_patterns_mean_nothing(write, query):
    write("Quyết định về giá đất")
    assert set(found(query)) <= {"Quyết định về giá đất"}
    assert found("quy%nh") == []
    assert found("g_á") == []


def test_author_source_and_legal_basis_are_found_too(write):
    write("Hướng dẫn", author="Bùi Ngọc Lan", source="Báo Quảng Ngãi", legal_basis="Luật Đất đai số 45/2013/QH13")
    assert found("ngoc lan") == found("bao quang ngai") == found("45/2013/QH13") == ["Hướng dẫn"]


def test_each_language_is_looked_up_by_itself(write):
    english = {"title_en": "Land prices", "summary_en": "Summary.", "body_en": "<p>The table of prices.</p>"}
    write("Bảng giá đất", **english)
    write("Chợ phiên Ba Tơ")
    assert found("prices", "en") == ["Land prices"]
    assert found("prices", "vi") == []
    assert found("bang gia", "en") == []
    assert found("ba to", "en") == ["Chợ phiên Ba Tơ"]


# letters such as ß have no capital of their own: what they become is another word
characters = st.characters(blacklist_categories=("Cs", "Cc")).filter(lambda letter: len(letter.upper()) == 1)
letters = st.text(characters, min_size=1, max_size=60)
titles = st.one_of(
    st.sampled_from(SENTENCES),
    st.lists(st.sampled_from(" ".join(SENTENCES).split()), min_size=1, max_size=20).map(" ".join),
    letters,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(title=titles, typed=st.sampled_from([str, fold, str.upper, lambda text: normalize("NFD", text)]))
def test_any_title_is_found_by_any_way_of_typing_it(portal, title, typed):
    article = _published(portal, title)
    query = typed(article.title_vi)
    entries = find(IndexEntry.objects.in_language("vi"), query)
    assert article.pk in entries.values_list("object_id", flat=True), (article.title_vi, query)


def _published(portal, title):
    """The article of that title, unless the title is none: without a word, or in an encoding that is refused."""
    assume(words(normalise(title)))
    try:
        return publish(make_article(portal.agency, by=portal.editor, title_vi=title))
    except ValidationError:
        assume(False)


# --- what is shown of a hit ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Quyết định về giá đất", "quyet dinh", "<mark>Quyết</mark> <mark>định</mark> về giá đất"),
        ("Quyết định", normalize("NFD", "quyết định"), "<mark>Quyết</mark> <mark>định</mark>"),
        ("Thông tin tết", normalize("NFD", "tết"), "Thông tin <mark>tết</mark>"),
        ("đường và dương", "đường", "<mark>đường</mark> và <mark>dương</mark>"),
        ("Đất đai", "đ", "<mark>Đ</mark>ất <mark>đ</mark>ai"),
        ("Số 16/2017/QĐ-UBND", "16/2017", "Số <mark>16</mark>/<mark>2017</mark>/QĐ-UBND"),
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


@given(text=st.text(max_size=200), query=st.text(max_size=20))
def test_marking_loses_and_adds_nothing(text, query):
    shown = str(mark(text, query)).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in shown and ">" not in shown
    unescaped = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#x27;", "'")
    assert unescaped.replace("&amp;", "&") == text


def test_a_snippet_is_cut_around_the_first_hit():
    text = "mở đầu " * 100 + "hải đăng Lý Sơn " + "kết thúc " * 100
    shown = str(snippet(text, "hai dang"))
    assert shown.startswith("… ") and shown.endswith(" …")
    assert "<mark>hải</mark> <mark>đăng</mark> Lý Sơn" in shown
    assert 200 < len(shown) < 320


def test_a_short_text_is_its_own_snippet():
    assert snippet("Hải đăng Lý Sơn", "ly son") == "Hải đăng <mark>Lý</mark> <mark>Sơn</mark>"


def test_a_snippet_without_a_hit_is_the_beginning():
    assert str(snippet("đầu tiên " + "sau đó " * 100, "rừng")).startswith("đầu tiên sau đó")


def test_a_snippet_finds_a_query_of_decomposed_letters():
    text = "mở đầu " * 100 + "tết"
    assert "<mark>tết</mark>" in str(snippet(text, normalize("NFD", "tết")))
