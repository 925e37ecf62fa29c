"""What the search counts: which queries, how often, with what success; nothing that could be somebody's own."""

from datetime import date
from unittest import mock

import pytest
from django.db import DatabaseError, OperationalError
from django.test import Client

from portal.search import counting
from portal.search.models import ClickCount, IndexEntry, QueryCount
from portal.search.query import parse
from portal.worker import jobs
from tests.makers import frozen
from tests.obligations.test_ledger import moment
from tests.web.pages import read

TODAY = date(2026, 3, 17)


@pytest.fixture(autouse=True)
def today(db):
    with frozen(moment(TODAY)):
        yield


@pytest.fixture
def search(client):
    return lambda q, path="/tim-kiem/", **more: read(client.get(path, {"q": q, **more}))


def ask(*queries, language="vi", found=True):
    for text in queries:
        counting.count_search(parse(text), language, found=found)


def rows():
    """{words: (searches, without_result)} of the counts; those too rare to be read stand together under ""."""
    return sorted(QueryCount.objects.values_list("query", "searches", "without_result"))


def everything_stored():
    return repr([*QueryCount.objects.values(), *ClickCount.objects.values()])


# --- nothing personal -------------------------------------------------------------------------------------------------


def test_no_word_is_stored_before_the_third_time():
    ask("Nguyễn Văn Tèo", "Nguyễn Văn Tèo")
    assert rows() == [("", 2, 0)]
    assert not any(word in everything_stored().lower() for word in ("nguyễn", "nguyen", "tèo", "teo"))
    ask("Nguyễn Văn Tèo")
    assert rows() == [("nguyễn văn tèo", 3, 0)]


def test_the_key_cannot_be_counted_out_without_the_secret_of_the_portal(settings):
    ask("đất đai")
    settings.SECRET_KEY = "another"
    ask("đất đai")
    assert rows() == [("", 1, 0), ("", 1, 0)]
    assert {len(key) for key in QueryCount.objects.values_list("key", flat=True)} == {64}


def test_the_table_has_no_column_that_could_tell_who_asked_or_when():
    names = {field.name for model in (QueryCount, ClickCount) for field in model._meta.concrete_fields}
    counted = {"searches", "without_result", "clicks", "times"}
    assert names == counted | {"id", "month", "language", "key", "query", "asked", "category", "object_id"}


@pytest.mark.parametrize(
    "text",
    [
        "0905123456",
        "gọi 0905 123 456 ngay",
        "0905.123.456",
        "0905-123-456",
        "0905 - 123 - 456",
        "0905  123  456",
        "0905/123/456",
        "(0255) 3.822.567",
        "+84 (0) 905 123 456",
        "٠٩٠٥١٢٣٤٥٦",
        "cmnd 212345678",
        "thẻ căn cước 051 086 000 123",
        '"051086000123"',
        "tài khoản 4500 2000 11223",
        "ai@quangngai.gov.vn",
        "thư của nguyen.van.a @ gmail.com",
    ],
)
def test_numbers_of_persons_and_addresses_of_mail_are_never_counted(text):
    ask(*[text] * 4, found=False)
    assert rows() == []


@pytest.mark.parametrize("text", ["16/2017/QĐ-UBND", "QĐ 16 ngày 19/4/2017", "kế hoạch 2016-2020", "148/2025/QH15"])
def test_numbers_of_documents_and_years_are_counted(text):
    ask(text)
    assert rows() == [("", 1, 0)]


@pytest.mark.parametrize("text", ["", " ", "***", '""'])
def test_what_holds_no_word_is_not_counted(text):
    ask(text)
    assert rows() == []


def test_what_is_stored_is_no_longer_than_what_is_searched_for():
    ask(*["đường " * 100] * 3)
    ((words, _searches, _without),) = rows()
    assert words == " ".join(["đường"] * 12)


# --- how often --------------------------------------------------------------------------------------------------------


def test_a_second_search_raises_the_count_however_it_is_typed():
    ask("hoà bình", "Hòa  BÌNH!", '"hòa bình"')
    assert rows() == [("hòa bình", 3, 0)]


def test_what_is_typed_without_diacritics_is_counted_apart():
    ask("đường", "duong")
    assert rows() == [("", 1, 0), ("", 1, 0)]


def test_searches_without_a_result_are_counted():
    ask("tiếng sao hỏa", found=False)
    ask("tiếng sao hỏa")
    ask("tiếng sao hỏa", found=False)
    assert rows() == [("tiếng sao hỏa", 3, 2)]


def test_each_month_counts_anew():
    ask(*["lịch tiếp dân"] * 3)
    with frozen(moment(date(2026, 4, 1))):
        ask("lịch tiếp dân")
    found = QueryCount.objects.order_by("month").values_list("month", "query", "searches")
    assert list(found) == [(date(2026, 3, 1), "lịch tiếp dân", 3), (date(2026, 4, 1), "", 1)]


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_counts_what_it_found_and_what_it_did_not(search, write):
    write("Đường tránh qua Đức Phổ")
    for q in [*["đường tránh"] * 3, *["tàu vũ trụ"] * 3]:
        search(q)
    assert rows() == [("tàu vũ trụ", 3, 3), ("đường tránh", 3, 0)]


def test_turning_pages_and_narrowing_is_no_new_search(search, write):
    write("Đường tránh")
    search("đường")
    search("đường", trang=1)
    search("đường", tu="01/01/2018")
    assert rows() == [("", 1, 0)]


def test_member_sites_and_english_are_counted_under_their_language(search, write, district):
    write("Đường tránh")
    addresses = ["/tim-kiem/", "/trang/tunghia/tim-kiem/", "/en/tim-kiem/", "/trang/tunghia/en/tim-kiem/"]
    for address in [*addresses, "/en/tim-kiem/"]:
        search("đường", address)
    found = QueryCount.objects.order_by("language").values_list("language", "query", "searches")
    assert list(found) == [("en", "đường", 3), ("vi", "", 2)]


def test_no_cookie_is_set_by_searching_and_opening(client, write):
    write("Đường tránh")
    client.get("/tim-kiem/", {"q": "đường"})
    client.post("/tim-kiem/da-mo/", {"q": "đường", "muc": "news", "ma": "1"})
    assert client.cookies == {}


# --- what is opened ---------------------------------------------------------------------------------------------------


def opened():
    rows = ClickCount.objects.order_by("pk").values_list("category", "object_id", "times")
    return list(rows), sorted(QueryCount.objects.values_list("clicks", flat=True))


def click(words, entry, *, path="/tim-kiem/da-mo/", **changes):
    return Client().post(path, {"q": words, "muc": entry.category, "ma": entry.object_id} | changes)


@pytest.fixture
def entry(write):
    article = write("Đường tránh")
    return IndexEntry.objects.get(language="vi", object_id=article.pk)


def test_an_opened_result_is_counted_for_the_query_and_for_the_item(search, entry):
    search("đường")
    assert [click("đường", entry).status_code for _ in range(2)] == [204, 204]
    assert opened() == ([(entry.category, entry.object_id, 2)], [2])


def test_an_opened_result_is_counted_under_the_language_of_the_page(search, entry):
    search("đường")
    search("đường", "/en/tim-kiem/")
    assert click("đường", entry, path="/en/tim-kiem/da-mo/").status_code == 204
    asked = ClickCount.objects.get().asked
    assert (asked.language, asked.clicks) == ("en", 1)
    assert QueryCount.objects.get(language="vi").clicks == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"ma": 999_999},
        {"ma": ""},
        {"ma": "abc"},
        {"ma": "9" * 30},
        {"ma": "-1"},
        {"ma": "²"},
        {"muc": "khong-co"},
        {"muc": ""},
        {"q": "chưa ai hỏi"},
        {"q": ""},
        {"q": "\x00"},
        {"muc": "\x00"},
    ],
)
def test_what_is_not_known_is_not_counted(changes, search, entry):
    search("đường")
    assert click("đường", entry, **changes).status_code == 204
    assert opened() == ([], [0])


def test_an_item_that_is_not_public_yet_is_not_counted(search, entry):
    search("đường")
    IndexEntry.objects.update(visible_from=moment(date(2026, 5, 1)))
    click("đường", entry)
    assert opened() == ([], [0])


def test_looking_at_the_address_counts_nothing(client):
    assert client.get("/tim-kiem/da-mo/").status_code == 404
    assert opened() == ([], [])


# --- the reader does not wait -----------------------------------------------------------------------------------------


@pytest.fixture(params=[DatabaseError, OperationalError], ids=lambda error: error.__name__)
def busy(request):
    """Every row that would be counted is held by somebody else."""
    with mock.patch.object(counting, "without_waiting", side_effect=request.param("database is locked")):
        yield


def test_a_busy_database_costs_the_count_and_not_the_search(busy, search, write):
    write("Đường tránh")
    assert search("đường").titles == ["Đường tránh"]
    assert rows() == []


def test_a_busy_database_costs_the_count_and_not_the_opening(entry):
    ask("đường")
    with mock.patch.object(counting, "without_waiting", side_effect=OperationalError("database is locked")):
        assert click("đường", entry).status_code == 204
    assert opened() == ([], [0])


def test_a_row_that_cannot_be_written_leaves_the_page_whole(client, write):
    """The refusal comes out of the transaction itself, which must be clean for the queries that follow."""
    write("Đường tránh")
    with mock.patch("django.db.models.query.QuerySet.bulk_create", side_effect=OperationalError("lock timeout")):
        page = read(client.get("/tim-kiem/", {"q": "đường"}))
    assert page.titles == ["Đường tránh"]
    assert rows() == []


# --- what is forgotten ------------------------------------------------------------------------------------------------


def in_month(year, month, text, times):
    with frozen(moment(date(year, month, 5))):
        ask(*[text] * times)


def test_after_a_month_what_was_too_rare_to_be_read_is_forgotten(entry):
    in_month(2026, 2, "đường", 2)
    in_month(2026, 2, "cầu", 3)
    in_month(2026, 3, "chợ", 1)
    with frozen(moment(date(2026, 2, 5))):
        counting.count_click(parse("đường"), "vi", category=entry.category, object_id=entry.object_id)
    assert counting.forget() >= 1
    assert rows() == [("", 1, 0), ("cầu", 3, 0)]
    assert counting.forget() == 0


def test_after_a_year_everything_is_forgotten():
    for year, month in [(2024, 12), (2025, 2), (2025, 3), (2026, 1)]:
        in_month(year, month, f"tháng {month}", 3)
    counting.forget()
    found = QueryCount.objects.order_by("month").values_list("month", flat=True)
    assert list(found) == [date(2025, 3, 1), date(2026, 1, 1)]
    assert set(found) <= set(counting.months_kept())


def test_the_months_that_are_kept_are_the_present_one_and_a_year_before():
    months = counting.months_kept()
    assert (months[0], months[1], months[3], months[-1]) == (
        date(2026, 3, 1),
        date(2026, 2, 1),
        date(2025, 12, 1),
        date(2025, 3, 1),
    )
    assert len(months) == 13


def test_the_worker_forgets_once_a_day():
    (chore,) = [row for row in jobs.tasks() if row.name == "forget_queries"]
    assert (chore.every.days, chore.work) == (1, counting.forget)
