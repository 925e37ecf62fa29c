"""A board's items are for that board: every address of the back office is walked, also those of tables to come."""

import re

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from news.models import Article, Rubric
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.editorial.models import AuditEvent, Board
from portal.editorial.roles import State
from portal.obligations.models import Obligation, Rule
from portal.publishing import editing, workflow
from portal.publishing.models import Attachment
from portal.subsites.models import Site
from portal.workdays.models import CalendarDay, CalendarYear
from tests.backoffice.pages import (
    CONTENT,
    PLATFORM,
    address,
    errors,
    fill_in,
    listing,
    object_addresses,
    signed_in,
)
from tests.files.samples import PDF, file
from tests.makers import ahead, approve, bring_to, make_article, make_member, make_rubric, make_user, publish, submit
from tests.unchanged import nothing_changed, stored

STEPS = [*workflow.TRANSITIONS, "khong-co"]
# How an item of each kind of content is made; a kind that is missing here is a failure below.
MAKERS = {Article: make_article}
# One row of each platform table; the same.
ROWS = {
    Group: lambda: Group.objects.create(name="Kỹ thuật"),
    AccessAttempt: lambda: AccessAttempt.objects.create(username="a", ip_address="127.0.0.1", failures_since_start=1),
    AccessLog: lambda: AccessLog.objects.create(username="a", ip_address="127.0.0.1"),
    AccessFailureLog: lambda: AccessFailureLog.objects.create(username="a", ip_address="127.0.0.1"),
    User: User.objects.first,
    Agency: Agency.objects.first,
    Board: Board.objects.first,
    Site: Site.objects.first,
    AuditEvent: AuditEvent.objects.first,
    Rubric: make_rubric,
    CalendarDay: CalendarDay.objects.first,
    CalendarYear: CalendarYear.objects.first,
    Rule: Rule.objects.first,
    Obligation: Obligation.objects.first,
}
TITLE = "Tin nội bộ của Cổng"


def test_every_table_of_the_back_office_is_walked_here():
    assert set(CONTENT) == set(MAKERS)
    assert set(PLATFORM) == set(ROWS)


@pytest.fixture(params=MAKERS.values(), ids=[model.__name__ for model in MAKERS])
def items(request, portal, district):
    """Items of the portal's board: waiting for approval, public with an open change and a file, and a draft."""
    make = request.param
    waiting = submit(make(portal.agency, by=portal.editor, title_vi=f"{TITLE} chờ duyệt"))
    public = publish(make(portal.agency, by=portal.editor, title_vi=f"{TITLE} đã đăng"), by=portal.head)
    editing.propose(public, {"title_vi": "Tên mới"}, by=portal.editor, note="Sửa")
    Attachment.objects.create(item=public, file=file(PDF, "kem.pdf"), title_vi="Tệp kèm")
    return [waiting, public, make(portal.agency, by=portal.editor, title_vi=f"{TITLE} nháp")]


def addresses_of(item):
    revisions = list(item.revisions.values_list("pk", flat=True)) or [1]
    return list(object_addresses(CONTENT[type(item)], object_id=[item.pk], name=STEPS, revision=revisions))


def answers(item, owner):
    """Everything that any page of the item could be waiting for, as its owner's browser would send it."""
    page = signed_in(owner).get(address(item, "change"))
    form = fill_in(page, "version") if 'name="version"' in page.content.decode() else {}
    extra = {"post": "yes", "apply": "1", "note": "Lý do", "declared": "on", "version": item.version, "_save": "1"}
    return form | {"title_vi": "Đã bị sửa", "body_vi": "<p>Đã bị sửa</p>"} | extra


@pytest.fixture(params=["head", "editor", "nobody"])
def stranger(request, district):
    return make_user() if request.param == "nobody" else getattr(district, request.param)


def test_no_address_of_another_boards_item_answers(stranger, items, portal):
    client = signed_in(stranger)
    for item in items:
        data = answers(item, portal.head)
        with nothing_changed():
            found = {
                (url, method.__name__, method(url, *sent, follow=True).status_code)
                for url in addresses_of(item)
                for method, sent in ((client.get, ()), (client.post, (data,)))
            }
        assert {row for row in found if row[2] != 404} == set()
        assert len(found) >= 30


def test_the_same_addresses_answer_to_the_owner(items, portal):
    client = signed_in(portal.head)
    found = {url for item in items for url in addresses_of(item) if client.get(url, follow=True).status_code == 200}
    for item in items:
        pages = [address(item, page) for page in ("change", "history")]
        assert set(pages) <= found
        assert address(item, "transition", "approve") in found
    public = items[1]
    assert {address(public, "revise"), address(public, "decide", public.revisions.get().pk)} <= found


def test_a_superuser_reads_the_addresses_and_changes_nothing(items, portal):
    client = signed_in(make_user(is_superuser=True))
    for item in items:
        assert client.get(address(item, "change")).status_code == 200
        data = answers(item, portal.head)
        with nothing_changed():
            for url in addresses_of(item):
                assert client.post(url, data, follow=True).status_code in (200, 404)


def test_the_list_does_not_show_them(stranger, items):
    client = signed_in(stranger)
    for query in ("", f"?q={TITLE}", f"?co-quan={items[0].agency_id}", "?all=", "?trang-thai=draft"):
        page = client.get(listing(type(items[0])) + query)
        if not stranger.memberships.exists():
            assert page.status_code == 404
        else:
            assert (page.status_code, list(page.context["cl"].result_list)) == (200, [])


def test_the_start_page_does_not_show_them(stranger, items):
    page = signed_in(stranger).get(reverse("admin:index"))
    assert page.status_code == 200
    assert TITLE not in page.content.decode()


# --- choosing and forging ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("model", "field"), [(m, f) for m, t in CONTENT.items() for f in t.autocomplete_fields])
def test_completion_does_not_offer_them(model, field, district, items, portal):
    own = MAKERS[model](district.agency, by=district.editor, title_vi=f"{TITLE} của huyện")
    query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
    for term in ("", TITLE, "noi bo"):
        page = signed_in(district.head).get(reverse("admin:autocomplete"), {**query, "term": term})
        assert [row["id"] for row in page.json()["results"]] == [str(own.pk)]


@pytest.mark.parametrize(
    ("app", "model", "field"),
    [("editorial", "membership", "user"), ("editorial", "board", "agency"), ("subsites", "site", "agency")],
)
def test_completion_of_platform_tables_is_closed_to_boards(app, model, field, district):
    query = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
    assert signed_in(district.head).get(reverse("admin:autocomplete"), query).status_code == 404


def add_form(model, user, **changes):
    page = signed_in(user).get(listing(model, "add"))
    texts = {"title_vi": "Tin mới", "summary_vi": "Tóm tắt", "body_vi": "<p>Nội dung</p>", "source": "Tự viết"}
    rubric = make_rubric().pk
    return fill_in(page, "version", **texts | {"rubric": rubric} | changes)


def test_the_add_form_offers_the_persons_own_sites_only(district, portal):
    page = signed_in(district.editor).get(listing(Article, "add"))
    assert list(page.context["adminform"].form.fields["agency"].queryset) == [district.agency]
    assert portal.agency.name_vi not in fill_in(page, "version").values()


def test_a_forged_site_is_refused_on_adding(district, portal):
    data = add_form(Article, district.editor, agency=portal.agency.pk)
    with nothing_changed():
        page = signed_in(district.editor).post(listing(Article, "add"), data)
    assert (page.status_code, list(errors(page))) == (200, ["agency"])


def test_a_forged_site_is_refused_on_saving(district, portal):
    item = make_article(district.agency, by=district.editor)
    client = signed_in(district.editor)
    data = fill_in(client.get(address(item, "change")), "version", agency=portal.agency.pk)
    with nothing_changed():
        page = client.post(address(item, "change"), data)
    assert (page.status_code, list(errors(page))) == (200, ["agency"])


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.APPROVED, State.WITHDRAWN])
def test_forged_relations_to_what_is_not_public_are_refused(state, district, portal):
    foreign = bring_to(state, make_article(portal.agency, by=portal.editor), by=portal.head)
    data = add_form(Article, district.editor, related=[foreign.pk])
    with nothing_changed():
        page = signed_in(district.editor).post(listing(Article, "add"), data)
    assert (page.status_code, list(errors(page))) == (200, ["related"])


def test_a_relation_does_not_change_the_item_at_its_other_end(district, portal):
    foreign = publish(make_article(portal.agency, by=portal.editor), by=portal.head)
    own = make_article(district.agency, by=district.editor)
    client = signed_in(district.editor)
    client.post(address(own, "change"), fill_in(client.get(address(own, "change")), "version", related=[foreign.pk]))
    assert list(foreign.related.all()) == []


@pytest.mark.parametrize("forged", [{"DELETE": "on"}, {"title_vi": "Của tôi"}], ids=["deleted", "renamed"])
def test_a_file_of_another_boards_item_is_out_of_reach_of_a_forged_form(forged, district, items):
    item = make_article(district.agency, by=district.editor)
    client, before = signed_in(district.editor), Attachment.objects.get()
    data = fill_in(client.get(address(item, "change")), "version")
    (prefix,) = [name.removesuffix("-TOTAL_FORMS") for name in data if re.search("attachment.*TOTAL_FORMS", name)]
    row = {"id": before.pk, "title_vi": before.title_vi, "title_en": "", "position": "0"} | forged
    data |= {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 1}
    client.post(address(item, "change"), data | {f"{prefix}-0-{name}": value for name, value in row.items()})
    after = Attachment.objects.get()
    assert (after.item, after.title_vi, after.file) == (before.item, before.title_vi, before.file)


@pytest.mark.parametrize("role", ["translator", "technician", "inspector"])
def test_who_does_not_write_has_no_add_form(role, district):
    client = signed_in(getattr(district, role))
    with nothing_changed():
        for model in CONTENT:
            assert client.get(listing(model, "add")).status_code == 404
            assert client.post(listing(model, "add"), {"title_vi": "Tin"}).status_code == 404


def test_a_person_without_a_place_finds_no_content_at_all(items):
    client = signed_in(make_user())
    with nothing_changed():
        for model in CONTENT:
            for url in (listing(model), listing(model, "add")):
                assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


# --- platform tables --------------------------------------------------------------------------------------------------


def pages_of(model):
    row = ROWS[model]()
    samples = {"object_id": [row.pk], "id": [row.pk]}
    return [listing(model), listing(model, "add"), *object_addresses(PLATFORM[model], **samples)]


@pytest.mark.parametrize("model", [model for model in ROWS if model not in (AuditEvent, Obligation)])
@pytest.mark.parametrize("role", ["head", "editor", "technician", "nobody"])
def test_platform_tables_are_closed_to_boards(role, model, district, law):
    client = signed_in(make_user() if role == "nobody" else getattr(district, role))
    urls, before = pages_of(model), list(model.objects.order_by("pk").values())
    for url in urls:
        assert client.get(url, follow=True).status_code == 404, url
        assert client.post(url, {"post": "yes", "name": "Khác"}, follow=True).status_code == 404, url
    assert list(model.objects.order_by("pk").values()) == before


def test_a_permission_of_the_platform_opens_one_table(district):
    district.technician.user_permissions.add(Permission.objects.get(codename="view_agency"))
    client = signed_in(district.technician)
    assert client.get(listing(Agency)).status_code == 200
    assert client.get(listing(User)).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("head", 200),
        ("deputy", 200),
        ("secretary", 200),
        ("inspector", 200),
        ("member", 404),
        ("editor", 404),
        ("reporter", 404),
        ("translator", 404),
        ("technician", 404),
    ],
)
def test_the_audit_is_open_to_those_who_inspect_and_shows_their_own_site(role, status, district, items):
    make_article(district.agency, by=district.editor, title_vi="Tin của huyện")
    client = signed_in(getattr(district, role))
    page = client.get(listing(AuditEvent))
    assert page.status_code == status
    assert TITLE not in page.content.decode()
    assert ("Tin của huyện" in page.content.decode()) == (status == 200)


def test_the_audit_of_another_site_is_not_found_and_none_is_ever_changed(district, items):
    make_article(district.agency, by=district.editor)
    client = signed_in(district.head)
    own, foreign = AuditEvent.objects.filter(agency=district.agency), AuditEvent.objects.exclude(agency=district.agency)
    with nothing_changed():
        for url in object_addresses(PLATFORM[AuditEvent], object_id=[foreign.first().pk]):
            assert client.get(url, follow=True).status_code == 404
            assert client.post(url, {"post": "yes"}, follow=True).status_code == 404
        assert client.get(address(own.first(), "change")).status_code == 200
        for page in ("change", "delete"):
            assert client.post(address(own.first(), page), {"post": "yes", "note": "x"}).status_code == 404
        assert client.post(listing(AuditEvent, "add"), {"note": "x"}).status_code == 404


# --- who is not signed in, and where the back office is not -----------------------------------------------------------


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
        with nothing_changed():
            for url in [url for url in every_address() if url not in (reverse("admin:login"), reverse("admin:logout"))]:
                for page in (client.get(url), client.post(url, {"post": "yes"})):
                    assert (page.status_code, page.url.partition("?")[0]) == (302, reverse("admin:login")), url


def test_the_login_page_is_there_for_everybody(portal):
    assert Client().get(reverse("admin:login")).status_code == 200


def test_the_back_office_is_not_on_member_sites(portal, district):
    make_article(district.agency, by=district.editor)
    administrator, before = signed_in(make_user(is_superuser=True)), stored()
    for url in every_address():
        answers = [
            Client().get(f"/trang/tunghia{url}"),
            administrator.get(url, headers={"host": "tunghia.localhost"}),
            administrator.post(f"/trang/tunghia/en{url}", {"post": "yes"}),
        ]
        assert [page.status_code for page in answers] == [404, 404, 404], url
    assert stored() == before
    assert administrator.get(reverse("admin:index")).status_code == 200


def test_addresses_that_are_none_are_not_found(district):
    client = signed_in(district.head)
    for part in ("abc/change/", "0/change/", f"{10**30}/change/", "1/buoc/approve/x/", "1/sua-doi/x/"):
        assert client.get(listing(Article) + part, follow=True).status_code == 404


def test_filters_that_are_nonsense_do_no_harm(district):
    client = signed_in(district.head)
    for query in ("co-quan=²", "co-quan=x", f"co-quan={10**30}", "trang-thai=x", "p=x"):
        assert client.get(f"{listing(Article)}?{query}").status_code in (200, 302), query


@pytest.mark.parametrize("query", ["q=%00", "trang-thai=%00", "co-quan=1%00", "p=%00"])
def test_a_character_that_no_database_takes_is_a_bad_request(query, district):
    assert signed_in(district.head).get(f"{listing(Article)}?{query}").status_code == 400


@pytest.mark.parametrize(
    "column",
    ["created_by__password__startswith", "body_vi__contains", "last_edited_by__email", "agency__board__signer"],
)
def test_the_list_answers_no_question_about_other_columns(column, district):
    make_article(district.agency, by=district.editor)
    assert signed_in(district.head).get(f"{listing(Article)}?{column}=a").status_code == 400


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
