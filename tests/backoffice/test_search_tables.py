"""The search in the back office: synonyms, recommended results, and what readers ask."""

import csv
import io
from datetime import date
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from portal.backoffice.spreadsheet import csv_response
from portal.editorial.models import AuditEvent
from portal.search import counting
from portal.search.models import BestBet, ClickCount, IndexEntry, QueryCount, SynonymGroup
from portal.search.query import parse
from portal.subsites.models import Site
from tests.backoffice.pages import address, errors, fill_in, listing, signed_in
from tests.backoffice.tables import nothing_at_all_changed
from tests.backoffice.test_queries import count
from tests.makers import ahead, frozen, make_article, make_user, publish
from tests.obligations.test_ledger import moment
from tests.web.pages import read

pytestmark = pytest.mark.usefixtures("english")
TODAY = date(2026, 3, 17)


@pytest.fixture(autouse=True)
def today(db):
    with frozen(moment(TODAY)):
        yield


@pytest.fixture
def administrator(db):
    return make_user(full_name="Quản trị Một", is_superuser=True)


def group(*wordings, **fields):
    return SynonymGroup.objects.create(wordings="\n".join(wordings), **fields)


def bet(queries="liên hệ", **fields):
    facts = {"title_vi": "Trang liên hệ", "address": "/lien-he/"}
    return BestBet.objects.create(queries=queries, **facts | fields)


def send(user, url, field, **changes):
    client = signed_in(user)
    return client.post(url, fill_in(client.get(url), field, **changes), follow=True)


def found(user, model, **query):
    page = signed_in(user).get(listing(model), query)
    assert page.status_code == 200
    return [str(row) for row in page.context["cl"].result_list]


def audited():
    return [(row.action, row.actor_name, row.item_title, row.changes) for row in AuditEvent.objects.order_by("pk")]


def sentences(page):
    return [str(message) for message in page.context["messages"]]


# --- synonyms ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["uy ban", "ỦY BAN", "ubnd", "nhan uy"])
def test_synonyms_are_found_without_diacritics_and_listed_as_they_are_equal(typed, administrator):
    group("UBND", "Ủy ban nhân dân")
    group("HĐND", "Hội đồng dân cử")
    assert found(administrator, SynonymGroup, q=typed) == ["UBND = Ủy ban nhân dân"]


def test_a_group_that_is_entered_is_audited(administrator):
    page = send(administrator, listing(SynonymGroup, "add"), "wordings", wordings="UBND\r\nỦy ban nhân dân")
    assert page.status_code == 200
    changes = {"wordings": [None, "UBND\nỦy ban nhân dân"], "is_active": [None, True]}
    assert audited() == [("synonyms_added", "Quản trị Một", "UBND = Ủy ban nhân dân", changes)]


def test_a_group_that_is_put_out_of_use_is_audited_with_both_values(administrator):
    row = group("UBND", "Ủy ban nhân dân")
    client, url = signed_in(administrator), address(row, "change")
    form = fill_in(client.get(url), "wordings")
    assert client.post(url, {name: value for name, value in form.items() if name != "is_active"}).status_code == 302
    assert audited() == [
        ("synonyms_changed", "Quản trị Một", "UBND = Ủy ban nhân dân", {"is_active": [True, False]}),
    ]


def test_a_group_that_is_removed_is_audited(administrator):
    row = group("UBND", "Ủy ban nhân dân")
    signed_in(administrator).post(address(row, "delete"), {"post": "yes"})
    changes = {"wordings": ["UBND\nỦy ban nhân dân", None], "is_active": [True, None]}
    assert audited() == [("synonyms_removed", "Quản trị Một", "UBND = Ủy ban nhân dân", changes)]
    assert not SynonymGroup.objects.exists()


def test_saving_without_a_change_leaves_no_line(administrator):
    for row, field in [(group("UBND", "Ủy ban"), "wordings"), (bet(), "queries"), (bet(title_en="Contact"), "queries")]:
        assert send(administrator, address(row, "change"), field).status_code == 200
    assert audited() == []


@pytest.mark.parametrize("wordings", ["UBND", "UBND\r\n\r\n", "Ủy ban\r\nuy ban", "***\r\nUBND"])
def test_one_wording_alone_is_refused(wordings, administrator):
    with nothing_at_all_changed():
        page = send(administrator, listing(SynonymGroup, "add"), "wordings", wordings=wordings)
    assert errors(page) == {"wordings": ["Give at least two wordings, one on each line."]}


def test_a_wording_that_stands_in_another_group_is_stored_with_a_warning_that_names_it(administrator):
    group("UBND", "Ủy ban nhân dân")
    group("ubnd", "Cơ quan hành chính", is_active=False)
    page = send(administrator, listing(SynonymGroup, "add"), "wordings", wordings="uỷ ban nhân dân\r\nỦy ban")
    (warning,) = [text for text in sentences(page) if "also stands" in text]
    assert warning == (
        "“uỷ ban nhân dân” also stands in the group “UBND = Ủy ban nhân dân”: who types it finds what both groups say."
    )
    assert SynonymGroup.objects.count() == 3


def test_there_is_no_warning_of_the_group_itself_nor_of_one_out_of_use(administrator):
    row = group("UBND", "Ủy ban nhân dân")
    group("UBND", "Cơ quan hành chính", is_active=False)
    page = send(administrator, address(row, "change"), "wordings", wordings="UBND\r\nỦy ban nhân dân\r\nủy ban")
    assert [text for text in sentences(page) if "also stands" in text] == []


# --- recommended results ----------------------------------------------------------------------------------------------

BET = {"queries": "liên hệ\r\nđịa chỉ", "title_vi": "Trang liên hệ", "address": "/lien-he/", "valid_from": "01/04/2026"}


def test_a_recommended_result_is_stored_in_two_languages_and_audited(administrator):
    send(administrator, listing(BestBet, "add"), "queries", **BET, title_en="Contact", description_en="Where we are")
    row = BestBet.objects.get()
    assert (row.title_vi, row.title_en, row.description_en) == ("Trang liên hệ", "Contact", "Where we are")
    ((action, person, item, changes),) = audited()
    assert (action, person, item) == ("bet_added", "Quản trị Một", "Contact")
    assert changes["queries"] == [None, "liên hệ\nđịa chỉ"]
    assert (changes["valid_from"], changes["title_en"]) == ([None, "2026-04-01"], [None, "Contact"])


def test_the_change_and_the_end_of_a_recommended_result_are_audited(administrator):
    row = bet()
    send(administrator, address(row, "change"), "queries", address="/so-do-cong/")
    signed_in(administrator).post(address(row, "delete"), {"post": "yes"})
    assert [(action, changes["address"]) for action, _who, _item, changes in audited()] == [
        ("bet_changed", ["/lien-he/", "/so-do-cong/"]),
        ("bet_removed", ["/so-do-cong/", None]),
    ]
    assert not BestBet.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"queries": "***"}, "queries", "Give at least one query."),
        ({"queries": ""}, "queries", "This field is required."),
        ({"title_vi": ""}, "title_vi", "This field is required."),
        ({"address": "//evil.vn"}, "address", "Begin with / for a page of the portal, or with https://."),
        ({"address": "javascript:go()"}, "address", "Begin with / for a page of the portal, or with https://."),
        ({"address": "http://sai.vn"}, "address", "Begin with / for a page of the portal, or with https://."),
        ({"valid_to": "31/03/2026"}, "valid_to", "The last day lies before the first."),
    ],
)
def test_what_cannot_be_recommended_is_refused_beside_its_field(changes, field, sentence, administrator):
    with nothing_at_all_changed():
        page = send(administrator, listing(BestBet, "add"), "queries", **BET | changes)
    assert list(errors(page)) == [field]
    assert sentence in errors(page)[field]


def test_the_list_says_what_is_shown_when_and_lets_it_be_tried(administrator):
    bet("liên hệ\nđịa chỉ", position=1)
    bet("a", title_vi="Sắp tới", valid_from=date(2026, 4, 1), position=2)
    bet("b", title_vi="Đã qua", valid_from=date(2025, 1, 1), valid_to=date(2025, 2, 1), position=3)
    bet("c", title_vi="Đến", valid_to=TODAY, position=4)
    page = read(signed_in(administrator).get(listing(BestBet)))
    stages = ["shown now", "not yet shown", "no longer shown", "shown now"]
    periods = ["always", "from 01/04/2026", "01/01/2025 – 01/02/2025", "until 17/03/2026"]
    cells = page.all("td", class_="field-shown_validity")
    assert [row.text for row in cells] == [f"{period}{stage}" for period, stage in zip(periods, stages, strict=True)]
    link = next(row["href"] for row in page.all("a") if row.text == "Try it")
    assert link == f"{reverse('search')}?{urlencode({'q': 'liên hệ'})}"


@pytest.mark.parametrize("typed", ["dia chi", "trang lien he", "lien-he", "contact"])
def test_recommended_results_are_found_by_their_words_without_diacritics(typed, administrator):
    bet("địa chỉ", title_en="Contact")
    bet("khác", title_vi="Khác", address="/khac/")
    assert found(administrator, BestBet, q=typed) == ["Contact"]


# --- what readers ask -------------------------------------------------------------------------------------------------

REPORT = listing(QueryCount)
EXPORT = reverse("admin:search_querycount_export")


def ask(text, times=3, *, without=0, language="vi", day=TODAY):
    with frozen(moment(day)):
        for at in range(times):
            counting.count_search(parse(text), language, found=at >= without)
    return QueryCount.objects.filter(month=day.replace(day=1), language=language).order_by("-pk").first()


def report(user, **query):
    page = signed_in(user).get(REPORT, query)
    assert page.status_code == 200
    return page


def rows(page):
    return [(row.query, row.searches, row.without_result) for row in page.context["cl"].result_list]


def permitted(**names):
    user = make_user()
    user.user_permissions.add(*Permission.objects.filter(codename__in=names["codenames"]))
    return user


@pytest.mark.parametrize(
    ("role", "status"),
    [("head", 200), ("deputy", 200), ("secretary", 200), ("inspector", 200), ("editor", 404), ("technician", 404)],
)
def test_the_board_of_the_portal_reads_the_report(role, status, portal):
    asked = ask("đất đai")
    client = signed_in(getattr(portal, role))
    for url in (REPORT, EXPORT, address(asked, "change")):
        assert client.get(url).status_code == status, url


def test_nobody_changes_what_was_counted(portal, administrator):
    asked = ask("đất đai")
    for user in (portal.head, administrator):
        client = signed_in(user)
        with nothing_at_all_changed():
            for url in (listing(QueryCount, "add"), address(asked, "delete"), address(asked, "change")):
                assert client.post(url, {"post": "yes", "query": "khác"}).status_code == 404, url


def test_a_permission_to_view_opens_the_report_without_the_remedies(db):
    ask("đất đai", without=3)
    page = report(permitted(codenames=["view_querycount"]))
    assert rows(page) == [("đất đai", 3, 3)]
    assert "Thêm từ đồng nghĩa" not in page.content.decode()


def test_what_was_asked_too_rarely_is_counted_in_the_sum_only(administrator):
    ask("đất đai", 6, without=1)
    rare = ask("Nguyễn Văn Tèo", 2, without=2)
    page = report(administrator)
    assert rows(page) == [("đất đai", 6, 1)]
    text = " ".join(read(page).source.split())
    assert "Tổng cộng 8 lần tìm, 3 lần không có kết quả (38%)" in text
    assert "không lưu thông tin cá nhân" in text
    assert signed_in(administrator).get(address(rare, "change")).status_code == 404


def test_the_report_opens_at_the_present_month_and_looks_back_a_year(administrator):
    for day, text in [(TODAY, "một"), (date(2026, 2, 1), "hai"), (date(2025, 3, 1), "ba")]:
        ask(text, day=day)
    shown = {q: [row[0] for row in rows(report(administrator, **q_to_dict(q)))] for q in ("", "2026-02", "x", "tat-ca")}
    assert shown == {"": ["một"], "2026-02": ["hai"], "x": ["một"], "tat-ca": ["một", "hai", "ba"]}
    assert report(administrator, thang="tat-ca").context["totals"].searches == 9
    assert report(administrator, thang="2026-02").context["totals"].searches == 3


def q_to_dict(month):
    return {"thang": month} if month else {}


def test_the_report_is_narrowed_to_what_found_nothing(administrator):
    ask("tìm thấy")
    ask("có lúc", 4, without=1)
    ask("không bao giờ", 5, without=5)
    shown = {value: [row[0] for row in rows(report(administrator, **{"ket-qua": value}))] for value in ("khong", "x")}
    assert shown["khong"] == ["không bao giờ", "có lúc"]
    assert len(shown["x"]) == 3
    assert [row[0] for row in rows(report(administrator, **{"ket-qua": "khong-lan-nao"}))] == ["không bao giờ"]


def test_the_report_is_sorted_by_number_or_by_what_found_nothing(administrator):
    ask("nhiều", 9, without=1)
    ask("ít", 3, without=3)
    assert [row[0] for row in rows(report(administrator))] == ["nhiều", "ít"]
    assert [row[0] for row in rows(report(administrator, o="1"))] == ["ít", "nhiều"]
    assert [row[0] for row in rows(report(administrator, o="-2"))] == ["ít", "nhiều"]


def test_a_query_is_found_without_diacritics(administrator):
    ask("đất đai")
    ask("xây dựng")
    assert [row[0] for row in rows(report(administrator, q="dat dai"))] == ["đất đai"]


def test_a_row_without_results_leads_to_forms_that_hold_the_query(administrator):
    ask("lịch tiếp công dân", without=2)
    ask("tìm thấy")
    page = read(report(administrator))
    links = [row["href"] for row in page.all("a") if row.text in ("Thêm từ đồng nghĩa", "Đề xuất kết quả")]
    assert len(links) == 2
    client = signed_in(administrator)
    assert fill_in(client.get(links[0]), "wordings")["wordings"] == "lịch tiếp công dân"
    assert fill_in(client.get(links[1]), "queries")["queries"] == "lịch tiếp công dân"


def test_who_may_add_one_of_the_two_is_offered_that_one(db):
    ask("lịch", without=3)
    page = report(permitted(codenames=["view_querycount", "add_bestbet"])).content.decode()
    assert ("Đề xuất kết quả" in page, "Thêm từ đồng nghĩa" in page) == (True, False)


# --- what was opened --------------------------------------------------------------------------------------------------


def opened(asked, article, times):
    entry = IndexEntry.objects.get(object_id=article.pk, language=asked.language)
    ClickCount.objects.create(asked=asked, category=entry.category, object_id=article.pk, times=times)
    return entry


def shown(user, asked):
    page = signed_in(user).get(address(asked, "change"))
    assert page.status_code == 200
    return page.context["opened"]


@pytest.fixture
def asked(portal):
    return ask("đường tránh")


def test_the_items_that_were_opened_are_named_the_most_often_first(asked, portal, district, administrator):
    own = publish(make_article(portal.agency, by=portal.editor, title_vi="Tin của tỉnh"), by=portal.head)
    other = publish(make_article(district.agency, by=district.editor, title_vi="Tin của huyện"), by=district.head)
    opened(asked, own, 2)
    opened(asked, other, 5)
    assert [(row["title"], row["times"], row["url"]) for row in shown(administrator, asked)] == [
        ("Tin của huyện", 5, f"/trang/tunghia{other.path()}"),
        ("Tin của tỉnh", 2, own.path()),
    ]


def test_an_item_that_is_not_public_any_more_is_not_named(asked, portal, district, administrator):
    articles = [
        publish(make_article(place.agency, by=place.editor, title_vi=f"Tin kín {place.agency.code}"), by=place.head)
        for place in (portal, portal, district)
    ]
    entries = [opened(asked, article, 1) for article in articles]
    entries[0].delete()
    IndexEntry.objects.filter(pk=entries[1].pk).update(visible_from=ahead(days=3))
    Site.objects.filter(agency=district.agency).update(is_active=False)
    assert shown(administrator, asked) == [{"times": 1}] * 3
    page = signed_in(administrator).get(address(asked, "change")).content.decode()
    assert (page.count("no longer public"), "Tin kín" in page) == (3, False)


def test_items_of_an_english_query_are_named_as_the_english_pages_name_them(portal, administrator):
    asked = ask("bypass", language="en")
    article = publish(make_article(portal.agency, by=portal.editor, title_vi="Đường tránh"), by=portal.head)
    opened(asked, article, 1)
    (row,) = shown(administrator, asked)
    assert (row["title"], row["lang"], row["url"]) == ("Đường tránh", "vi", f"/en{article.path()}")


# --- the table to be saved --------------------------------------------------------------------------------------------


def table(response):
    assert response.status_code == 200
    assert response.content.startswith(b"\xef\xbb\xbf") and response.content.count(b"\xef\xbb\xbf") == 1
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_list_is_saved_as_it_is_narrowed_and_sorted(administrator):
    asked = ask("đất đai", 4, without=1)
    QueryCount.objects.filter(pk=asked.pk).update(clicks=3)
    ask("ít", 3, without=3)
    ask("tìm thấy", 9)
    client = signed_in(administrator)
    page = read(client.get(REPORT, {"ket-qua": "khong", "o": "1"}))
    (link,) = [row["href"] for row in page.all("a") if row.text == "Lưu thành tệp CSV"]
    response = client.get(link)
    assert response["Content-Disposition"] == 'attachment; filename="tim-kiem-2026-03.csv"'
    assert table(response) == [
        [
            "tháng",
            "nội dung tìm",
            "ngôn ngữ",
            "số lần tìm",
            "không có kết quả",
            "kết quả được mở",
            "lượt mở trên 100 lần tìm",
        ],
        ["03/2026", "ít", "Tiếng Việt", "3", "3", "0", "0"],
        ["03/2026", "đất đai", "Tiếng Việt", "4", "1", "3", "75"],
    ]


def test_the_saved_table_holds_nothing_that_was_asked_too_rarely(administrator):
    ask("Nguyễn Văn Tèo", 2)
    assert len(table(signed_in(administrator).get(EXPORT))) == 1


@pytest.mark.parametrize("query", ["?o=x", "?p=abc", "?p=9999", "?thang=x", "?ket-qua=x", "?e=1"])
def test_no_address_of_the_saved_table_is_an_error(query, administrator):
    assert signed_in(administrator).get(EXPORT + query).status_code in (200, 404)


def test_neither_list_nor_table_answers_questions_about_other_tables(administrator):
    client, query = signed_in(administrator), "?opened__category__startswith=a"
    assert [client.get(url + query).status_code for url in (REPORT, EXPORT)] == [400, 400]


def test_no_cell_is_computed_by_a_spreadsheet():
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a=1", "", 5, -5]
    saved = table(csv_response("x.csv", ["=a"], [cells]))
    assert saved[0] == ["'=a"]
    assert saved[1] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "'\r=1", "a=1", "", "5", "-5"]


# --- number of queries ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("user", ["head", "administrator"])
def test_the_pages_ask_the_database_as_often_for_many_rows_as_for_few(user, portal, district, administrator):
    asked = ask("đường tránh", without=1)
    client = signed_in(administrator if user == "administrator" else portal.head)
    urls = [REPORT, f"{REPORT}?q=duong", EXPORT, address(asked, "change")]
    urls += [listing(BestBet), listing(SynonymGroup)] if user == "administrator" else []

    def add(number):
        for at in range(number):
            row = ask(f"đường số {number} lần {at}", without=2)
            for place in (portal, district):
                article = publish(make_article(place.agency, by=place.editor), by=place.head)
                opened(row, article, 1)
                opened(asked, article, 1)
            bet(f"tìm {at}")
            group(f"một {number} {at}", "hai")

    add(1)
    few = [count(client, url) for url in urls]
    add(6)
    assert [count(client, url) for url in urls] == few
