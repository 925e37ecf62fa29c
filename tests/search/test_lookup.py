"""What is found by which words; in which order stands in test_ranking."""

from unicodedata import normalize

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from portal.search import lookup
from portal.search.models import IndexEntry
from portal.text.fold import fold, words
from portal.text.normalise import normalise
from tests.makers import ahead, make_article, publish
from tests.search.finding import find, found, near, suggested
from tests.text.sentences import SENTENCES

UBND = ["UBND", "Ủy ban nhân dân"]


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
        '"quyet dinh"',
        "quyêt đinh",
        "QuyÕt ®Þnh",
        "(quyết* định]",
    ],
)
def test_words_are_found_however_they_are_typed(write, query):
    write("Quyết định về giá đất")
    write("Chợ phiên Ba Tơ")
    assert found(query) == ["Quyết định về giá đất"]


def test_every_word_must_be_there_as_a_whole(write):
    write("Quyết định về giá đất")
    write("Quyết toán ngân sách")
    assert found("quyet ngan") == ["Quyết toán ngân sách"]
    assert found("quyet rung") == []
    assert found("quy ngan") == []
    assert found("inh") == []


# --- a word that is only begun ----------------------------------------------------------------------------------------


def test_the_last_word_may_be_the_beginning_of_one_in_a_title_or_a_summary(write):
    write("Quyết toán ngân sách", days=2)
    write("Tin", summary_vi="Ngâm lúa giống.", days=1)
    write("Tin của xã", body="Nước ngập hai bên bờ, quyết toán chậm.")
    assert found("quyet ng") == ["Quyết toán ngân sách"]
    assert found("ng") == ["Tin", "Quyết toán ngân sách"]
    assert found("nga") == ["Tin", "Quyết toán ngân sách"]
    assert found("ngap") == ["Tin của xã"]


def test_the_words_before_it_may_stand_anywhere(write):
    write("Quyết toán ngân sách", body="Theo nghị quyết của hội đồng.")
    assert found("hoi dong ngan sa") == ["Quyết toán ngân sách"]
    assert found("hoi do ngan sach") == []


@pytest.mark.parametrize("query", ["q", "quyết đ", '"quyết đị"', 'định "quy"'])
def test_a_single_letter_and_a_quoted_word_are_no_beginnings(write, query):
    write("Quyết định về giá đất")
    assert found(query) == []


def test_beginnings_are_added_only_where_whole_words_find_few(write, monkeypatch):
    monkeypatch.setattr(lookup, "FEW", 2)
    write("Đường mới")
    write("Chợ Đu", days=1)
    assert found("du") == ["Chợ Đu", "Đường mới"]
    write("Thả đu", days=2)
    assert found("du") == ["Chợ Đu", "Thả đu"]


# --- phrases ----------------------------------------------------------------------------------------------------------


def test_quoted_words_must_stand_together_in_their_order(write):
    write("Bảng giá đất năm nay")
    write("Đất tăng giá", days=1)
    write("Giá của đất", days=2)
    assert found('"giá đất"') == found("“gia dat”") == ["Bảng giá đất năm nay"]
    assert found('"đất giá"') == []
    assert found('"bảng giá" "năm nay"') == ["Bảng giá đất năm nay"]
    assert found('"giá đất" bảng') == ["Bảng giá đất năm nay"]


def test_a_phrase_typed_with_diacritics_is_found_with_them_only(write):
    write("Con đường mới")
    write("Cồn Dương lộng gió", days=1)
    assert found('"con đường"') == ["Con đường mới"]
    assert found('"cồn dương"') == ["Cồn Dương lộng gió"]
    assert found('"con duong"') == ["Con đường mới", "Cồn Dương lộng gió"]
    assert found("con đường") == ["Con đường mới", "Cồn Dương lộng gió"]


def test_a_phrase_of_three_words_is_not_found_where_they_stand_together_by_twos_only(write):
    write("Cấp đất rừng", days=2)
    write("Giao đất rừng và cấp đất ở", days=1)
    assert found('"cap dat rung"') == ["Cấp đất rừng"]
    assert found('"cap dat" "dat rung"') == ["Giao đất rừng và cấp đất ở", "Cấp đất rừng"]


def test_no_phrase_begins_in_the_title_and_ends_in_the_summary(write):
    write("Lễ hội Khao lề", summary_vi="Thế lính Hoàng Sa.")
    assert found('"khao lề"') == found('"thế lính"') == ["Lễ hội Khao lề"]
    assert found('"lề thế"') == found('"khao lề thế lính"') == []


@pytest.mark.parametrize("query", ['""', "“”", '"***" giá', 'giá "'])
def test_an_empty_quotation_stands_in_nobody_s_way(write, query):
    write("Bảng giá đất")
    assert found(query) == ["Bảng giá đất"]


# --- numbers, signs, fields, languages --------------------------------------------------------------------------------


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
def test_a_document_number_in_a_text_is_found_in_any_form(write, query):
    write("Quy chế của Cổng", body="Quyết định số 16/2017/QĐ-UBND ngày 19/4/2017 của UBND tỉnh.")
    write("Bảng giá đất", body="Quyết định số 48/2014/QĐ-CP.")
    assert found(query) == ["Quy chế của Cổng"]


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "*", "“”", "\x00", "\u0301", "\u202e"])
def test_a_query_without_a_word_asks_for_the_newest_and_matches_nothing(write, query):
    write("Quyết định về giá đất", days=1)
    write("Chợ phiên Ba Tơ")
    assert found(query) == ["Chợ phiên Ba Tơ", "Quyết định về giá đất"]
    assert not lookup.matching(IndexEntry.objects.all(), query, "vi").exists()
    assert suggested(query) == near(query) == []


@pytest.mark.parametrize("query", ["g%", "_ất", "gi%á", "đ_t", "quy%nh", "g_á", "*ất", "g* đất", "^giá:*:"])
def test_signs_of_patterns_mean_nothing(write, query):
    write("Quyết định về giá đất")
    assert found(query) == (["Quyết định về giá đất"] if query == "^giá:*:" else [])


@pytest.mark.parametrize("query", ["~vi", "~2", "+quyet", "^quyet", "#k16", "=đất", "quyet_dinh", "~kdocuments"])
def test_nobody_can_ask_for_tokens_themselves(write, query):
    write("Đất", body="Khác.")
    assert found(query) == (["Đất"] if query == "=đất" else [])


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


def test_what_is_to_come_is_not_found(portal, write):
    write("Lễ hội năm nay")
    publish(make_article(portal.agency, by=portal.editor, title_vi="Lễ hội năm tới"), at=ahead(days=1))
    assert found("le hoi") == suggested("le hoi") == near("le hoi") == ["Lễ hội năm nay"]


# --- synonyms ---------------------------------------------------------------------------------------------------------


def test_who_types_a_wording_finds_the_others_where_they_stand_together(write):
    write("Ủy ban nhân dân họp", days=1)
    write("UBND xã họp", days=2)
    write("Ủy viên ban quản lý gặp nhân dân", days=3)
    assert set(found("ubnd", synonyms=[UBND])) == {"Ủy ban nhân dân họp", "UBND xã họp"}
    assert found("ubnd xa", synonyms=[UBND]) == ["UBND xã họp"]
    assert "UBND xã họp" in found("uy ban nhan dan", synonyms=[UBND])
    assert found("ubnd") == found('"ubnd"', synonyms=[UBND]) == ["UBND xã họp"]


# --- how many ---------------------------------------------------------------------------------------------------------


def test_results_beyond_the_most_are_told_of_and_not_shown(write, monkeypatch):
    for number in range(4):
        write(f"Đường số {number}", days=number + 1)

    def rank_at_most(count):
        monkeypatch.setattr(lookup, "CAP", count)
        monkeypatch.setattr(lookup._Search._newest, "__defaults__", (count,))

    rank_at_most(4)
    assert (len(find("duong")), find("duong").is_capped) == (4, False)
    rank_at_most(3)
    answer = find("duong")
    assert (len(answer), len(answer.sample), answer.is_capped) == (3, 3, True)
    assert found("duong") == [f"Đường số {number}" for number in range(3)]


# --- suggestions ------------------------------------------------------------------------------------------------------


def test_suggestions_are_titles_that_hold_the_words_so_far(write):
    write("Đường tránh Đức Phổ", days=1)
    write("Mở rộng con đường", days=2)
    write("Tin", body="Đường mới.")
    assert suggested("duong") == suggested("du") == ["Đường tránh Đức Phổ", "Mở rộng con đường"]
    assert suggested("mo rong con du") == ["Mở rộng con đường"]
    assert suggested("duong", limit=1) == ["Đường tránh Đức Phổ"]
    assert suggested("d") == suggested("bắc cầu") == []


def test_where_few_titles_hold_the_words_the_summaries_are_asked_too(write):
    write("Đường tránh Đức Phổ", days=2)
    write("Tin", summary_vi="Đường mới.", days=1)
    assert suggested("duong") == ["Đường tránh Đức Phổ", "Tin"]
    assert suggested("duong", limit=1) == ["Đường tránh Đức Phổ"]


# --- what comes near --------------------------------------------------------------------------------------------------


def test_a_question_finds_what_holds_most_of_its_words(write):
    write("Thủ tục cấp giấy phép xây dựng nhà ở", days=2)
    write("Cấp giấy chứng nhận", days=1)
    write("Chợ phiên Ba Tơ")
    assert near("xin hỏi thủ tục cấp giấy phép xây dựng")[0] == "Thủ tục cấp giấy phép xây dựng nhà ở"
    assert "Chợ phiên Ba Tơ" not in near("xin hỏi thủ tục cấp giấy phép xây dựng")
    assert near("bóng đá châu âu") == []
    assert near("cấp giấy", limit=1) == ["Cấp giấy chứng nhận"]


# --- whatever the title -----------------------------------------------------------------------------------------------

# letters such as ß have no capital of their own, and ſ shares that of s: what they become is another word
characters = st.characters(blacklist_categories=("Cs", "Cc")).filter(
    lambda letter: len(letter.upper()) == 1 and letter.upper().lower() == letter.lower()
)
letters = st.text(characters, min_size=1, max_size=60)
titles = st.one_of(
    st.sampled_from(SENTENCES),
    st.lists(st.sampled_from(" ".join(SENTENCES).split()), min_size=1, max_size=20).map(" ".join),
    letters,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(title=titles, typed=st.sampled_from([str, fold, str.upper, lambda text: normalize("NFD", text)]))
@example(title="İstanbul", typed=fold)
@example(title="a" * 60, typed=str.upper)
def test_any_title_is_found_by_any_way_of_typing_it(portal, title, typed):
    article = _published(portal, title)
    query = typed(article.title_vi)
    assert article.pk in [row["object_id"] for row in find(query).rows], (article.title_vi, query)


def _published(portal, title):
    """The article of that title, unless the title is none: without a word, or in an encoding that is refused."""
    assume(words(normalise(title)))
    try:
        return publish(make_article(portal.agency, by=portal.editor, title_vi=title))
    except ValidationError:
        assume(False)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no such lock")
def test_a_search_takes_no_lock_of_the_database(transactional_db, portal):
    publish(make_article(portal.agency, by=portal.editor, title_vi="Cầu Thạch Bích"))
    with CaptureQueriesContext(connection) as asked:
        assert found("thach") == ["Cầu Thạch Bích"]
    assert not [row["sql"] for row in asked if row["sql"].startswith(("BEGIN", "SAVEPOINT"))]
