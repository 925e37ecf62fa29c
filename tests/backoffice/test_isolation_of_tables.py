"""Tables that are no content: those of the platform, and what boards own in others; and who is not signed in at all."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from documents.imports import DocumentImport
from documents.models import Document
from gazette.models import Submission
from news.models import Article
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.publishing import workflow
from tests.backoffice.pages import CONTENT, PLATFORM, address, errors, fill_in, listing, object_addresses, signed_in
from tests.backoffice.tables import MAKERS, OWNED, ROWS, everything, make_submission, nothing_at_all_changed
from tests.files.samples import file
from tests.gazette.makers import TODAY
from tests.makers import ahead, approve, frozen, make_article, make_member, make_user, publish, submit

# --- platform tables --------------------------------------------------------------------------------------------------


def pages_of(model):
    row = ROWS[model]()
    samples = {"object_id": [row.pk], "id": [row.pk]}
    return [listing(model), listing(model, "add"), *object_addresses(PLATFORM[model], **samples)]


@pytest.mark.parametrize("model", ROWS)
@pytest.mark.parametrize("role", ["head", "editor", "technician", "nobody"])
def test_platform_tables_are_closed_to_boards(role, model, district, law):
    client = signed_in(make_user() if role == "nobody" else getattr(district, role))
    urls, before = pages_of(model), list(model.objects.order_by("pk").values())
    with nothing_at_all_changed():
        for url in urls:
            assert client.get(url, follow=True).status_code == 404, url
            assert client.post(url, {"post": "yes", "name": "Khác"}, follow=True).status_code == 404, url
    assert list(model.objects.order_by("pk").values()) == before


def test_a_permission_of_the_platform_opens_one_table(district):
    district.technician.user_permissions.add(Permission.objects.get(codename="view_agency"))
    client = signed_in(district.technician)
    assert client.get(listing(Agency)).status_code == 200
    assert client.get(listing(User)).status_code == 404


# --- rows of boards ---------------------------------------------------------------------------------------------------

ANSWERS = [
    {"post": "yes", "skip": "1", "note": "Lý do", "state": "corrected", "answer": "Đã sửa."},
    {"step": "reject", "reason": "Lý do"},
    {"step": "waive", "reason": "Lý do"},
]


@pytest.fixture
def today(law):
    with frozen(TODAY):
        yield


@pytest.fixture(params=OWNED, ids=[model.__name__ for model in OWNED])
def row(request, today, portal, district):
    """A row of the portal's board."""
    return OWNED[request.param](portal)


def addresses_of(row):
    return list(object_addresses(PLATFORM[type(row)], object_id=[row.pk], pk=[row.pk]))


@pytest.mark.parametrize("role", ["head", "editor", "nobody"])
def test_no_address_of_another_boards_row_answers(role, row, district):
    client = signed_in(make_user() if role == "nobody" else getattr(district, role))
    with nothing_at_all_changed():
        for url in addresses_of(row):
            assert client.get(url, follow=True).status_code == 404, url
            for data in ANSWERS:
                assert client.post(url, data, follow=True).status_code == 404, url


def test_the_same_row_answers_to_its_owner(row, portal):
    client = signed_in(portal.head)
    assert client.get(address(row, "change")).status_code == 200
    assert row in client.get(listing(type(row))).context["cl"].result_list
    if isinstance(row, DocumentImport):
        assert client.get(address(row, "file")).status_code == 200


def test_a_superuser_changes_no_row_of_a_board(row):
    client = signed_in(make_user(is_superuser=True))
    with nothing_at_all_changed():
        for url in addresses_of(row):
            for data in ANSWERS:
                assert client.post(url, data, follow=True).status_code in (200, 404), url


@pytest.mark.parametrize(("role", "status"), [("head", 200), ("nobody", 404)])
def test_the_list_does_not_show_another_boards_row(role, status, row, district):
    client = signed_in(make_user() if role == "nobody" else getattr(district, role))
    for query in ("", "?q=", "?all="):
        page = client.get(listing(type(row)) + query)
        assert page.status_code == status
        assert status == 404 or row not in page.context["cl"].result_list


def test_an_import_for_another_site_is_refused(today, portal, district):
    url = listing(DocumentImport, "add")
    table = "Số ký hiệu,Trích yếu\n1/2018/QĐ-UBND,Quy định\n".encode()
    with nothing_at_all_changed():
        page = signed_in(district.editor).post(url, {"agency": portal.agency.pk, "file": file(table, "van-ban.csv")})
    assert (page.status_code, list(errors(page))) == (200, ["agency"])


def test_who_imports_for_one_site_orders_no_import_of_a_colleague(today, portal):
    row = OWNED[DocumentImport](portal)
    with nothing_at_all_changed():
        page = signed_in(portal.editor).post(address(row, "change"), {"skip": "1"})
    assert page.status_code == 200
    assert row in signed_in(portal.editor).get(listing(DocumentImport)).context["cl"].result_list


def test_what_a_district_sends_is_seen_by_the_province_and_no_other_district(today, portal, district):
    row = make_submission(district)
    assert row in signed_in(portal.inspector).get(listing(Submission)).context["cl"].result_list
    own = signed_in(district.reporter).get(listing(Submission))
    assert list(own.context["cl"].result_list) == [row]


def test_a_document_of_another_board_is_not_sent_to_the_gazette(today, portal, district):
    foreign = publish(MAKERS[Document](portal.agency, by=portal.editor), by=portal.head)
    client, url = signed_in(district.editor), listing(Submission, "add")
    with nothing_at_all_changed():
        page = client.post(url, {"document": foreign.pk})
    assert (page.status_code, list(errors(page))) == (200, ["document"])


def further_pages(table):
    return [str(row.pattern) for row in table.get_urls() if not re.search("<", str(row.pattern))]


def test_a_person_without_a_place_finds_no_page_of_any_table(today):
    client = signed_in(make_user())
    tables = CONTENT | PLATFORM
    urls = [listing(model) + page for model, table in tables.items() for page in further_pages(table)]
    assert {listing(Document) + "can-dang/", listing(DocumentImport) + "mau/"} <= set(urls)
    with nothing_at_all_changed():
        for url in urls:
            assert (client.get(url).status_code, client.post(url, {"post": "yes"}).status_code) == (404, 404), url


# --- who is not signed in, and where the back office is not ---------------------------------------------------------


def every_address():
    """One address for every pattern of the back office, found by walking them."""
    samples = {"name": "submit", "app_label": "news", "url": "khong-co/"}

    def walk(patterns, before):
        for row in patterns:
            path = before + re.sub(r"^\^|\$$", "", str(row.pattern))
            path = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", lambda hit: samples[hit[1]], path)
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda hit: samples.get(hit[1], "1"), path)
            yield from walk(row.url_patterns, path) if hasattr(row, "url_patterns") else [path]

    return list(walk(admin.site.get_urls(), reverse("admin:index")))


def test_the_walk_finds_every_pattern():
    found = every_address()
    assert {listing(model) for model in (*CONTENT, *PLATFORM)} <= set(found)
    assert reverse("admin:news_article_transition", args=[1, "submit"]) in found
    assert reverse("admin:app_list", args=["news"]) in found
    assert len(found) == len(set(found)) > 75


def test_who_is_not_signed_in_is_led_to_the_login_page(portal):
    make_article(portal.agency, by=portal.editor)
    for user in (None, make_user(is_staff=False), make_member(portal.board, "head", is_active=False)):
        client = signed_in(user) if user else Client()
        with nothing_at_all_changed():
            for url in [url for url in every_address() if url not in (reverse("admin:login"), reverse("admin:logout"))]:
                for page in (client.get(url), client.post(url, {"post": "yes"})):
                    assert (page.status_code, page.url.partition("?")[0]) == (302, reverse("admin:login")), url


def test_the_login_page_is_there_for_everybody(portal):
    assert Client().get(reverse("admin:login")).status_code == 200


def test_the_back_office_is_not_on_member_sites(portal, district):
    make_article(district.agency, by=district.editor)
    administrator, before = signed_in(make_user(is_superuser=True)), everything()
    for url in every_address():
        answers = [
            Client().get(f"/trang/tunghia{url}"),
            administrator.get(url, headers={"host": "tunghia.localhost"}),
            administrator.post(f"/trang/tunghia/en{url}", {"post": "yes"}),
        ]
        assert [page.status_code for page in answers] == [404, 404, 404], url
    assert everything() == before
    assert administrator.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("model", [*CONTENT, *OWNED], ids=lambda model: model.__name__)
def test_addresses_that_are_none_are_not_found(model, district):
    client, table = signed_in(district.head), (CONTENT | PLATFORM)[model]
    parts = ["abc/change/", "0/change/", f"{10**30}/change/", "1/buoc/approve/x/", "1/sua-doi/x/"]
    samples = {"name": ["approve"], "revision": [1, 10**30], "object_id": ["abc", 10**30], "pk": [10**30]}
    for url in [*[listing(model) + part for part in parts], *object_addresses(table, **samples)]:
        assert client.get(url, follow=True).status_code == 404, url


@pytest.mark.parametrize("model", [*CONTENT, *OWNED], ids=lambda model: model.__name__)
def test_filters_that_are_nonsense_do_no_harm(model, district):
    client, names = signed_in(district.head), ("co-quan", "trang-thai", "ket-qua", "year", "kind", "code", "p")
    for query in ("co-quan=²", f"co-quan={10**30}", f"year={10**30}", *[f"{name}=x" for name in names]):
        if query.partition("=")[0] in ("p", *_filters(model)):
            assert client.get(f"{listing(model)}?{query}").status_code in (200, 302), query


def _filters(model):
    return [getattr(row, "parameter_name", row) for row in (CONTENT | PLATFORM)[model].list_filter]


@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model.__name__)
@pytest.mark.parametrize("query", ["q=%00", "trang-thai=%00", "co-quan=1%00", "p=%00"])
def test_a_character_that_no_database_takes_is_a_bad_request(query, model, district):
    assert signed_in(district.head).get(f"{listing(model)}?{query}").status_code == 400


@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    "column",
    ["created_by__password__startswith", "summary_vi__contains", "last_edited_by__email", "agency__board__signer"],
)
def test_the_list_answers_no_question_about_other_columns(column, model, district):
    assert signed_in(district.head).get(f"{listing(model)}?{column}=a").status_code == 400


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (Article, "body_vi__contains"),
        (Document, "full_text__contains"),
        (DocumentImport, "by__password__startswith"),
        (Submission, "by__password__startswith"),
        (Submission, "document__full_text__contains"),
        (Submission, "document__created_by__email"),
    ],
)
def test_nor_about_columns_of_rows_beside_them(model, column, district):
    assert signed_in(district.head).get(f"{listing(model)}?{column}=a").status_code == 400


def test_an_item_moves_between_boards_as_the_draft_of_its_writer_only(portal, district):
    writer = make_member(district.board, "editor", user=make_member(portal.board, "editor"))
    own = make_article(portal.agency, by=writer)
    colleagues = make_article(portal.agency, by=portal.editor)
    waiting = submit(make_article(portal.agency, by=writer))
    client = signed_in(writer)
    for item in (colleagues, waiting):
        form = fill_in(client.get(address(item, "change")), "version")
        assert "agency" not in form
        client.post(address(item, "change"), form | {"agency": district.agency.pk, "title_vi": "Đã sửa"})
        item.refresh_from_db()
        assert (item.title_vi, item.agency) == ("Đã sửa", portal.agency)
    form = fill_in(client.get(address(own, "change")), "version", agency=district.agency.pk)
    assert client.post(address(own, "change"), form).status_code == 302
    own.refresh_from_db()
    assert own.agency == district.agency


def test_what_was_once_public_stays_with_its_board(portal, district):
    writer = make_member(district.board, "head", user=make_member(portal.board, "head"))
    article = publish(make_article(portal.agency, by=writer), by=portal.head)
    for name in ("withdraw", "reopen"):
        article = workflow.carry_out(name, article, by=portal.head, note="Nhầm")
    client = signed_in(writer)
    form = fill_in(client.get(address(article, "change")), "version")
    client.post(address(article, "change"), form | {"agency": district.agency.pk, "title_vi": "Đã sửa"})
    article.refresh_from_db()
    assert (article.title_vi, article.agency) == ("Đã sửa", portal.agency)


def test_approved_items_of_others_are_not_seen_before_their_time(district, portal):
    foreign = approve(submit(make_article(portal.agency, by=portal.editor)), by=portal.head, at=ahead(days=1))
    assert signed_in(district.head).get(address(foreign, "change")).status_code == 404
