"""A board's items are for that board: every address of the back office is walked, also those of tables to come."""

import re
from urllib.parse import quote

import pytest
from django.apps import apps
from django.urls import reverse

from documents.models import Document, Relation, StatisticalReport
from gazette.models import Issue
from news.models import Article
from portal.editorial.models import AuditEvent
from portal.editorial.roles import State
from portal.publishing import workflow
from portal.publishing.models import Attachment
from qa.models import Question
from tests.backoffice import pages
from tests.backoffice.pages import (
    CONTENT,
    PLATFORM,
    address,
    errors,
    listing,
    object_addresses,
    signed_in,
)
from tests.backoffice.tables import (
    CHANGES,
    MAKERS,
    OWNED,
    ROWS,
    SHARED,
    TITLE,
    items_of,
    new_fields,
    nothing_at_all_changed,
)
from tests.documents.legal import relate
from tests.makers import bring_to, make_article, make_user, publish

STEPS = [*workflow.TRANSITIONS, "khong-co"]
FURTHER = {  # which pages beside those of all items answer to the owner, for the waiting, the public and the draft one
    Article: [(), (), ()],
    Document: [(), ("relations",), ()],
    StatisticalReport: [(), (), ()],
    Issue: [("pdf", "take_over"), (), ("pdf", "take_over")],
    Question: [(), (), ()],
}

WITH_FILES = (Article, Document, StatisticalReport)  # kinds of which every board has items, and files with them


def test_every_table_of_the_back_office_is_walked_here():
    assert set(CONTENT) == set(MAKERS)
    assert set(PLATFORM) == {*ROWS, *OWNED}


def fill_in(response, field, **changes):
    """The form without the empty choices of rows that a script would add."""
    return {name: value for name, value in pages.fill_in(response, field, **changes).items() if value is not None}


@pytest.fixture(params=MAKERS, ids=[model.__name__ for model in MAKERS])
def items(request, portal, district):
    return items_of(request.param, portal)


def addresses_of(item):
    keys = {"object_id": [item.pk], "pk": [item.pk]}
    revisions = list(item.revisions.values_list("pk", flat=True)) or [1]
    return list(object_addresses(CONTENT[type(item)], **keys, name=STEPS, revision=revisions))


def answers(item, owner):
    """Everything that any page of the item could be waiting for, as its owner's browser would send it."""
    page = signed_in(owner).get(address(item, "change"))
    form = fill_in(page, "version") if 'name="version"' in page.content.decode() else {}
    texts = {"title_vi": "Đã bị sửa", "body_vi": "<p>Đã bị sửa</p>", "summary_vi": "Đã bị sửa"}
    texts |= {"number": "98/2018/QĐ-UBND", "first_number": 98, "sequence_reason": "Đã bị sửa"}
    relation = Relation.objects.filter(source=item.pk).first() if isinstance(item, Document) else None
    extra = {"relation": relation.pk, "remove": "1"} if relation else {}
    extra |= {"post": "yes", "apply": "1", "note": "Lý do", "declared": "on", "version": item.version, "_save": "1"}
    return form | texts | extra


@pytest.fixture(params=["head", "editor", "nobody"])
def stranger(request, district):
    return make_user() if request.param == "nobody" else getattr(district, request.param)


def test_no_address_of_another_boards_item_answers(stranger, items, portal):
    client = signed_in(stranger)
    for item in items:
        data = answers(item, portal.head)
        with nothing_at_all_changed():
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
    for item, further in zip(items, FURTHER[type(items[0])], strict=True):
        pages = [address(item, page) for page in ("change", "history", *further)]
        assert set(pages) <= found
        assert address(item, "transition", "approve") in found
    public = items[1]
    if type(public) in CHANGES:
        assert {address(public, "revise"), address(public, "decide", public.revisions.get().pk)} <= found


def test_a_superuser_reads_the_addresses_and_changes_nothing(items, portal):
    client = signed_in(make_user(is_superuser=True))
    for item in items:
        assert client.get(address(item, "change")).status_code == 200
        data = answers(item, portal.head)
        with nothing_at_all_changed():
            for url in addresses_of(item):
                assert client.post(url, data, follow=True).status_code in (200, 404)


def queries_for(items):
    """Queries of the list that find some of the items, for who may see them."""
    titles = [TITLE] if type(items[0]) is Article else []
    site = "?year=2018" if type(items[0]) is Issue else f"?co-quan={items[0].agency_id}"
    words = [*titles, *[item.title_vi for item in items]]
    return ["", *[f"?q={quote(text)}" for text in words], site, "?all=", "?trang-thai=draft"]


def test_the_list_does_not_show_them(stranger, items, portal):
    client, owner = signed_in(stranger), signed_in(portal.head)
    for query in queries_for(items):
        page, own = (person.get(listing(type(items[0])) + query) for person in (client, owner))
        assert set(own.context["cl"].result_list) & set(items)
        if not stranger.memberships.exists():
            assert page.status_code == 404
        else:
            assert (page.status_code, list(page.context["cl"].result_list)) == (200, [])


def test_the_start_page_does_not_show_them(stranger, items, portal):
    own = signed_in(portal.head).get(reverse("admin:index")).content.decode()
    assert [item.title_vi in own for item in items[::2]] == [True, True]
    page = signed_in(stranger).get(reverse("admin:index"))
    assert page.status_code == 200
    for words in (TITLE, *[item.title_vi for item in items]):
        assert words not in page.content.decode()


# --- choosing and forging ---------------------------------------------------------------------------------------------

# every reference to an item that a forged address could ask the completion for
REFERENCES = [
    (model, field)
    for model in apps.get_models()
    for field in [*model._meta.fields, *model._meta.many_to_many]
    if field.is_relation and field.related_model in CONTENT and not field.auto_created
]


def test_the_references_to_items_are_all_there():
    declared = {(model, name) for model, table in CONTENT.items() for name in table.autocomplete_fields}
    inlines = [inline for table in CONTENT.values() for inline in table.inlines]
    declared |= {(inline.model, name) for inline in inlines for name in getattr(inline, "autocomplete_fields", ())}
    found = {(model, field.name) for model, field in REFERENCES}
    assert declared <= found
    assert {row[0]._meta.label_lower + "." + row[1] for row in declared} == {
        "news.article.related",
        "documents.relation.target",
        "gazette.entry.document",
        "qa.question.documents",
    }


@pytest.mark.parametrize(("model", "field"), REFERENCES, ids=lambda row: getattr(row, "__name__", None) or row.name)
def test_completion_does_not_offer_them(model, field, district, portal):
    kind = field.related_model
    items = items_of(kind, portal)
    own = MAKERS[kind](district.agency, by=district.editor, title_vi=f"{TITLE} của huyện") if kind in SHARED else None
    expected = {str(own.pk)} if own else set()
    # a relation may lead to whatever readers know of, on whatever site
    expected |= {str(items[1].pk)} if kind is Document else set()
    query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field.name}
    terms = ("", TITLE, "noi bo") if kind is Article else ("", "2018", "so" if kind is Issue else "")
    for term in terms:
        page = signed_in(district.head).get(reverse("admin:autocomplete"), {**query, "term": term})
        assert {row["id"] for row in page.json()["results"]} == expected
    assert signed_in(make_user()).get(reverse("admin:autocomplete"), {**query, "term": ""}).status_code == 404


@pytest.mark.parametrize(
    ("app", "model", "field"),
    [
        ("editorial", "membership", "user"),
        ("editorial", "board", "agency"),
        ("subsites", "site", "agency"),
        ("documents", "issuer", "agency"),
        ("documents", "document", "issuer"),
        ("documents", "document", "sector"),
        ("documents", "document", "type"),
        ("documents", "documentimport", "by"),
        ("gazette", "submission", "by"),
    ],
)
def test_completion_of_platform_tables_is_closed_to_boards(app, model, field, district):
    query = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
    assert signed_in(district.head).get(reverse("admin:autocomplete"), query).status_code == 404


def add_form(model, user, **changes):
    page = signed_in(user).get(listing(model, "add"))
    return fill_in(page, "version", **new_fields(model, **changes))


def shared(test):
    return pytest.mark.parametrize("model", SHARED, ids=lambda model: model.__name__)(test)


@shared
def test_the_add_form_offers_the_persons_own_sites_only(model, district, portal):
    page = signed_in(district.editor).get(listing(model, "add"))
    assert list(page.context["adminform"].form.fields["agency"].queryset) == [district.agency]
    assert portal.agency.name_vi not in fill_in(page, "version").values()


@shared
def test_a_forged_site_is_refused_on_adding(model, district, portal):
    data = add_form(model, district.editor, agency=portal.agency.pk)
    with nothing_at_all_changed():
        page = signed_in(district.editor).post(listing(model, "add"), data)
    assert (page.status_code, list(errors(page))) == (200, ["agency"])


@shared
def test_a_forged_site_is_refused_on_saving(model, district, portal):
    item = MAKERS[model](district.agency, by=district.editor)
    client = signed_in(district.editor)
    data = fill_in(client.get(address(item, "change")), "version", agency=portal.agency.pk)
    with nothing_at_all_changed():
        page = client.post(address(item, "change"), data)
    assert (page.status_code, list(errors(page))) == (200, ["agency"])


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.APPROVED, State.WITHDRAWN])
def test_forged_relations_to_what_is_not_public_are_refused(state, district, portal):
    foreign = bring_to(state, make_article(portal.agency, by=portal.editor), by=portal.head)
    data = add_form(Article, district.editor, related=[foreign.pk])
    with nothing_at_all_changed():
        page = signed_in(district.editor).post(listing(Article, "add"), data)
    assert (page.status_code, list(errors(page))) == (200, ["related"])


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.APPROVED])
def test_forged_relations_to_a_document_that_was_never_public_are_refused(state, district, portal):
    foreign = bring_to(state, MAKERS[Document](portal.agency, by=portal.editor), by=portal.head)
    row = {"kind": Relation.Kind.REPEALS, "target": foreign.pk, "target_number": "", "provision": "", "note": ""}
    data = add_form(Document, district.editor, **inline_row("relations_out", row, initial=0))
    with nothing_at_all_changed():
        page = signed_in(district.editor).post(listing(Document, "add"), data)
    rows = [
        row.formset.errors for row in page.context["inline_admin_formsets"] if row.formset.prefix == "relations_out"
    ]
    assert (page.status_code, [[*found] for found in rows[0]]) == (200, [["target"]])


def test_a_relation_does_not_change_the_item_at_its_other_end(district, portal):
    foreign = publish(make_article(portal.agency, by=portal.editor), by=portal.head)
    own = make_article(district.agency, by=district.editor)
    client = signed_in(district.editor)
    client.post(address(own, "change"), fill_in(client.get(address(own, "change")), "version", related=[foreign.pk]))
    assert list(foreign.related.all()) == []


def inline_row(prefix, row, *, initial):
    numbers = {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": initial}
    return numbers | {f"{prefix}-0-{name}": value for name, value in row.items()}


@pytest.mark.parametrize("forged", [{"DELETE": "on"}, {"title_vi": "Của tôi"}], ids=["deleted", "renamed"])
def test_a_file_of_another_boards_item_is_out_of_reach_of_a_forged_form(forged, district, items):
    kind = type(items[0]) if type(items[0]) in WITH_FILES else Article
    item = MAKERS[kind](district.agency, by=district.editor)
    client, before = signed_in(district.editor), items[1].attachments.first()
    data = fill_in(client.get(address(item, "change")), "version")
    (prefix,) = [name.removesuffix("-TOTAL_FORMS") for name in data if re.search("attachment.*TOTAL_FORMS", name)]
    row = {"id": before.pk, "title_vi": before.title_vi, "title_en": "", "position": "0"} | forged
    client.post(address(item, "change"), data | inline_row(prefix, row, initial=1))
    after = Attachment.objects.get(pk=before.pk)
    assert (after.item, after.title_vi, after.file) == (before.item, before.title_vi, before.file)


@pytest.mark.parametrize("forged", [{"DELETE": "on"}, {"note": "Của tôi"}], ids=["deleted", "changed"])
def test_a_relation_of_another_boards_document_is_out_of_reach_of_a_forged_form(forged, district, portal):
    foreign = MAKERS[Document](portal.agency, by=portal.editor)
    relate(foreign, Relation.Kind.REPEALS, target_number="1/2010/QĐ-UBND", note=TITLE)
    item = MAKERS[Document](district.agency, by=district.editor)
    client, before = signed_in(district.editor), Relation.objects.values().get()
    row = {"id": before["id"], "kind": before["kind"], "target_number": before["target_number"]} | forged
    data = fill_in(client.get(address(item, "change")), "version", **inline_row("relations_out", row, initial=1))
    client.post(address(item, "change"), data)
    assert Relation.objects.values().get(pk=before["id"]) == before


def test_a_document_is_shown_on_the_persons_own_sites_only(stranger, portal):
    public, _draft = items_of(Document, portal)[1:]
    for agency in (portal.agency.pk, "", "²"):
        with nothing_at_all_changed():
            sent = {"document": public.pk, "agency": agency, "show": "1"}
            assert signed_in(stranger).post(listing(Document, "showings"), sent).status_code == 404


def test_a_document_that_is_not_public_is_shown_nowhere(district, portal):
    waiting, _public, draft = items_of(Document, portal)
    for document in (waiting, draft):
        with nothing_at_all_changed():
            sent = {"document": document.pk, "agency": district.agency.pk, "show": "1"}
            assert signed_in(district.head).post(listing(Document, "showings"), sent).status_code == 404
        found = signed_in(district.head).get(listing(Document, "showings"), {"q": document.number})
        assert list(found.context["found"]) == []


@pytest.mark.parametrize("role", ["translator", "technician", "inspector"])
def test_who_does_not_write_has_no_add_form(role, district):
    client = signed_in(getattr(district, role))
    with nothing_at_all_changed():
        for model in CONTENT:
            assert client.get(listing(model, "add")).status_code == 404
            assert client.post(listing(model, "add"), {"title_vi": "Tin"}).status_code == 404


def test_a_person_without_a_place_finds_no_content_at_all(items):
    client = signed_in(make_user())
    with nothing_at_all_changed():
        for model in CONTENT:
            for url in (listing(model), listing(model, "add")):
                assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


# --- the audit --------------------------------------------------------------------------------------------------------


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
    for words in (TITLE, *[item.title_vi for item in items]):
        assert words not in page.content.decode()
    assert ("Tin của huyện" in page.content.decode()) == (status == 200)


def test_the_audit_of_another_site_is_not_found_and_none_is_ever_changed(district, items):
    make_article(district.agency, by=district.editor)
    client = signed_in(district.head)
    own, foreign = AuditEvent.objects.filter(agency=district.agency), AuditEvent.objects.exclude(agency=district.agency)
    with nothing_at_all_changed():
        for url in object_addresses(PLATFORM[AuditEvent], object_id=[foreign.first().pk]):
            assert client.get(url, follow=True).status_code == 404
            assert client.post(url, {"post": "yes"}, follow=True).status_code == 404
        assert client.get(address(own.first(), "change")).status_code == 200
        for page in ("change", "delete"):
            assert client.post(address(own.first(), page), {"post": "yes", "note": "x"}).status_code == 404
        assert client.post(listing(AuditEvent, "add"), {"note": "x"}).status_code == 404
