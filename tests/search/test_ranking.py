"""In which order results stand: the number asked for, what is written as typed, title before text, the newest."""

from datetime import date
from unicodedata import normalize

import pytest

from portal.search import lookup
from tests.documents.legal import publish_document, publish_library
from tests.search.finding import find, found, suggested

RIVER = ["Sông Trà Khúc", "Tin 1", "Tin 2", "Tin 3", "Tin 4"]


@pytest.fixture
def few_candidates(monkeypatch):
    """Every query finds more than are ranked: the newest two, and what is worth more."""
    monkeypatch.setattr(lookup._Search._newest, "__defaults__", (2,))


@pytest.fixture
def river(write):
    """From the best to the worst, which are the newest."""
    write("Sông Trà Khúc", days=9)
    write("Tin 1", summary_vi="Lũ trên sông Trà Khúc.", days=8)
    write("Tin 2", body="Nước sông Trà Khúc dâng.", days=7)
    write("Tin 3", body="Trà trồng ven sông, khúc cuối.", days=6)
    write("Tin 4", body="Tra cứu khúc sông.", days=5)


def test_what_was_typed_without_diacritics_finds_all_newest_first(write):
    write("Đường tránh qua Đức Phổ", days=3)
    write("Dương lịch và âm lịch", days=2)
    write("Mở rộng con đường", days=1)
    assert found("duong lich") == ["Dương lịch và âm lịch"]
    assert found("duong") == ["Dương lịch và âm lịch", "Đường tránh qua Đức Phổ", "Mở rộng con đường"]
    assert found("con duong") == ["Mở rộng con đường"]


def test_what_is_written_as_it_was_typed_comes_first(write):
    write("Đường tránh qua Đức Phổ", days=3)
    write("Dương lịch và âm lịch", days=1)
    write("Tin của huyện", body="Tuyến đường mới", days=2)
    assert found("đường") == ["Đường tránh qua Đức Phổ", "Tin của huyện", "Dương lịch và âm lịch"]
    assert found("dương") == ["Dương lịch và âm lịch", "Đường tránh qua Đức Phổ", "Tin của huyện"]


@pytest.mark.parametrize("query", ["hoà", "hòa", "HÒA", "Hoà", normalize("NFD", "hoà")])
def test_the_place_of_the_tone_makes_no_difference(write, query):
    write("Xã Hành Hoà", days=3)
    write("Phường Nghĩa Hòa", days=2)
    write("Chợ hoa ngày Tết", days=1)
    assert found(query) == ["Phường Nghĩa Hòa", "Xã Hành Hoà", "Chợ hoa ngày Tết"]


@pytest.mark.parametrize("query", ["sông Trà Khúc", "song tra khuc"])
def test_a_title_comes_before_a_summary_and_what_stands_together_before_what_does_not(river, query):
    as_typed = ["Tin 3", "Tin 4"] if "ô" in query else ["Tin 4", "Tin 3"]
    assert found(query) == [*RIVER[:3], *as_typed]


def test_the_order_of_the_words_counts_within_a_title(write):
    write("Giá đất năm nay", days=2)
    write("Đất tăng giá", days=1)
    assert found("gia dat") == ["Giá đất năm nay", "Đất tăng giá"]
    assert found("dat gia") == ["Đất tăng giá", "Giá đất năm nay"]


def test_the_title_itself_comes_first_then_those_that_begin_with_it(write):
    write("Lý Sơn", days=4)
    write("Lý Sơn đón khách", days=3)
    write("Đảo Lý Sơn", days=2)
    assert found("ly son") == ["Lý Sơn", "Lý Sơn đón khách", "Đảo Lý Sơn"]
    assert found("đảo lý sơn")[0] == "Đảo Lý Sơn"
    assert suggested("ly so") == ["Đảo Lý Sơn", "Lý Sơn đón khách", "Lý Sơn"]


def test_whole_words_come_before_words_that_are_begun(write):
    write("Tin của xã", body="Chợ ba.", days=2)
    write("Bão số 5", days=1)
    assert found("ba") == ["Tin của xã", "Bão số 5"]


def test_by_day_the_newest_comes_first_whatever_it_is(river):
    assert found("song tra khuc", by_day=True) == RIVER[::-1]


def test_the_same_day_is_in_the_order_of_writing(write):
    for number in range(3):
        write(f"Tin {number}")
    assert found("tin") == ["Tin 2", "Tin 1", "Tin 0"]


# --- numbers ----------------------------------------------------------------------------------------------------------

OURS, SAME_SERIAL = "Quyết định 16/2017/QĐ-UBND", "Quyết định 16/2018/QĐ-UBND"


@pytest.mark.parametrize(
    "query",
    ["16/2017/QĐ-UBND", "16/2017", "QĐ 16/2017", "quyet dinh 16 2017", "QUYẾT ĐỊNH SỐ 16 NĂM 2017", "16/2017/qd-ubnd"],
)
def test_the_document_of_a_number_comes_first_and_what_cites_it_after_it(portal, write, query):
    publish_library(portal)
    write("Tin về Cổng", body="Theo Quyết định số 16/2017/QĐ-UBND năm 2017.")
    assert found(query)[0] == OURS
    assert found(query).index("Tin về Cổng") > 0


def test_a_serial_alone_finds_the_documents_of_all_years_and_types_and_no_longer_numbers(portal):
    publish_library(portal)
    assert set(found("16")) == {
        OURS,
        SAME_SERIAL,
        "Nghị quyết 16/NQ-HĐND",
        "Công văn 16/UBND-KTN",
        "Quyết định 160/2018/QĐ-UBND",
    }
    assert found("16")[-1] == "Quyết định 160/2018/QĐ-UBND"  # begun only
    assert found("QĐ 16")[:2] == [SAME_SERIAL, OURS]
    assert found("NQ 16") == ["Nghị quyết 16/NQ-HĐND"]
    assert found("16/UBND-KTN")[0] == "Công văn 16/UBND-KTN"


def test_a_number_of_a_year_finds_what_was_issued_in_it_without_printing_it(portal):
    publish_library(portal)
    assert found("nghị quyết 16 năm 2018")[0] == "Nghị quyết 16/NQ-HĐND"
    assert found("16/2017")[:2] == [OURS, "Công văn 16/UBND-KTN"]


# --- where more is found than is ranked -------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["sông Trà Khúc", "song tra khuc", "trà khúc", "khúc", "tra"])
def test_what_is_worth_more_is_ranked_however_old_it_is(river, few_candidates, monkeypatch, query):
    capped = found(query)
    assert find(query).is_capped
    monkeypatch.setattr(lookup._Search._newest, "__defaults__", (2000,))
    whole = found(query)
    assert not find(query).is_capped
    assert capped[:2] == whole[:2]
    assert capped == [title for title in whole if title in capped]


def test_the_document_of_a_number_is_ranked_however_old_it_is(portal, few_candidates):
    publish_document(portal, number="16/2017/QĐ-UBND", event_date=date(2017, 3, 1))
    for serial in range(17, 22):
        publish_document(portal, number=f"{serial}/2017/QĐ-UBND", full_text="Căn cứ Quyết định 16/2017/QĐ-UBND.")
    assert found("16/2017/QĐ-UBND")[0] == OURS
    assert found("quyết định 16")[0] == OURS
