"""The text on the page of a document, its links to other documents, and relations that waited for one."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.category import link_relations
from documents.models import Relation
from portal.editorial.models import AuditEvent
from portal.publishing.registry import categories
from tests.documents.texts import DECISION
from tests.gazette.makers import make_document, make_issuer, make_public
from tests.makers import approve, archive, frozen, submit, withdraw
from tests.web import soundness
from tests.web.pages import read

NUMBER = "31/2017/QĐ-UBND"
TEXT = f"Điều 1. Phạm vi\nTheo Quyết định số {NUMBER}.\nĐiều 2. Hiệu lực\nTừ ngày ký."
ISSUED = date(2017, 6, 12)


def page_of(client, document):
    response = client.get(document.path())
    assert response.status_code == 200
    return read(response)


def law_links(page):
    """Links in the text of the document, those of its own anchors left out."""
    return [
        (row.text, row["href"])
        for row in page.all("a")
        if any("law-text" in parent.classes for parent in row.parents) and "law-link" not in row.classes
    ]


def citing(place, text=TEXT, **fields):
    return make_public(place.agency, by=place.editor, full_text=text, **fields)


def target_in(place, **fields):
    return {"number": NUMBER, "event_date": ISSUED, "by": place.editor, **fields}


def waiting(source, number=NUMBER, **fields):
    return Relation.objects.create(source=source, target_number=number, **{"kind": "replaces"} | fields)


def links_recorded():
    return AuditEvent.objects.filter(action="link").count()


# --- the text on the page


def test_the_decision_is_shown_with_its_permalinks_and_contents(client, portal):
    page = page_of(client, citing(portal, DECISION))
    assert soundness.faults(page) == []
    point = page.one(id="dieu-9-khoan-1-diem-dd")
    assert point.text == "đ) Đối với mục Trao đổi - Hỏi đáp:"
    assert "#dieu-9-khoan-1-diem-dd" in page.links
    contents = page.one(class_="law-contents")
    titles = [row["href"] for row in page.all("a") if contents in row.parents]
    assert titles == [f"#qd-dieu-{n}" for n in (1, 2, 3)] + [f"#dieu-{n}" for n in range(1, 20)]
    assert law_links(page)[:2] == [("điểm a", "#dieu-8-khoan-2-diem-a"), ("k", "#dieu-8-khoan-2-diem-k")]


@pytest.mark.parametrize("view", ["", "in/"])
def test_headings_of_the_text_follow_each_other(client, portal, view):
    document = citing(portal, "Điều 1. Phạm vi\n1. Một.\nChương II\nXỬ LÝ\nĐiều 2. Hiệu lực\nTừ ngày ký.")
    page = read(client.get(document.path() + view))
    assert soundness.faults(page) == []


def test_a_heading_without_an_address_is_no_link_in_the_contents(client, portal):
    page = page_of(client, citing(portal, "QUYẾT ĐỊNH:\nĐiều 1. A\n1. B.\n2. C.\nĐiều 2. D\nE."))
    contents = page.one(class_="law-contents")
    links = [row["href"] for row in page.all("a") if contents in row.parents]
    assert links == ["#dieu-1", "#dieu-2"]
    assert "QUYẾT ĐỊNH:" in contents.text


def test_markup_in_a_text_is_shown_as_text(client, portal):
    bad = "<script>alert(1)</script>"
    page = page_of(client, citing(portal, f"Điều 1. {bad}\n1. {bad}\na) {bad}\n{bad} | {bad}\nCHƯƠNG: {bad.upper()}"))
    assert page.text.count(bad) == 5
    assert not any(row.words == "alert(1)" for row in page.all("script"))


def test_a_text_without_structure_has_no_contents(client, portal):
    page = page_of(client, citing(portal, "Kính gửi các sở.\nBáo cáo trước ngày 15."))
    assert page.all(class_="law-contents") == []
    assert [row.text for row in page.all("p", class_="law-paragraph")] == ["Kính gửi các sở.", "Báo cáo trước ngày 15."]


# --- links to other documents


def test_a_public_document_is_linked_where_the_text_names_it(client, portal):
    target = make_public(portal.agency, **target_in(portal))
    assert law_links(page_of(client, citing(portal))) == [(f"Quyết định số {NUMBER}", target.path())]


def test_a_document_of_another_site_is_linked_on_that_site(client, portal, district):
    issuer = make_issuer(district.agency, code="tunghia", level="district")
    target = make_public(district.agency, **target_in(district, issuer=issuer))
    ((_words, url),) = law_links(page_of(client, citing(portal)))
    assert url.endswith(target.path()) and "tunghia" in url


@pytest.mark.parametrize("state", ["draft", "submitted", "scheduled", "withdrawn"])
def test_a_document_that_is_not_public_is_not_linked(client, portal, state):
    target = make_document(portal.agency, **target_in(portal))
    if state != "draft":
        target = submit(target)
    if state == "scheduled":
        approve(target, at=timezone.now() + timedelta(days=1))
    if state == "withdrawn":
        withdraw(approve(target))
    source = citing(portal)
    assert law_links(page_of(client, source)) == []
    waiting(source)
    assert link_relations() == 0


def test_an_archived_document_stays_linked(client, portal):
    target = archive(make_public(portal.agency, **target_in(portal)))
    assert law_links(page_of(client, citing(portal))) == [(f"Quyết định số {NUMBER}", target.path())]


def test_the_date_tells_documents_with_one_number_from_different_issuers_apart(client, portal, district):
    issuer = make_issuer(district.agency, code="tunghia", level="district")
    first = make_public(portal.agency, **target_in(portal))
    make_public(district.agency, **target_in(district, issuer=issuer, event_date=date(2017, 7, 1)))
    dated = f"Quyết định số {NUMBER} ngày 12/6/2017"
    page = page_of(client, citing(portal, f"Theo {dated} và Quyết định số {NUMBER}."))
    assert law_links(page) == [(dated, first.path())]


def test_a_document_does_not_link_to_itself(client, portal):
    document = make_public(portal.agency, full_text=f"Theo Quyết định số {NUMBER}.", **target_in(portal))
    assert law_links(page_of(client, document)) == []


def test_the_number_of_queries_does_not_grow_with_the_citations(client, portal):
    def queries_with(serials):
        numbers = [f"{serial}/2017/QĐ-UBND" for serial in serials]
        for number in numbers:
            make_public(portal.agency, by=portal.editor, number=number, event_date=ISSUED)
        document = citing(portal, "\n".join(f"Theo Quyết định số {number}." for number in numbers))
        with CaptureQueriesContext(connection) as queries:
            page = page_of(client, document)
        assert len(law_links(page)) == len(numbers)
        return len(queries)

    queries_with([400])
    assert queries_with([401]) == queries_with(range(402, 409))


def test_named_documents_are_read_without_their_texts(client, portal):
    make_public(portal.agency, full_text="Điều 1. Phạm vi rất dài.", **target_in(portal))
    document = citing(portal)
    with CaptureQueriesContext(connection) as queries:
        page_of(client, document)
    (named,) = [row["sql"] for row in queries if '"number_key" IN' in row["sql"]]
    assert '"full_text"' not in named


# --- relations by number


def test_a_document_of_that_number_issued_later_was_not_meant(portal):
    waiting(citing(portal, event_date=date(2018, 3, 1)))
    make_public(portal.agency, **target_in(portal, event_date=date(2020, 3, 2), number="31/QĐ-UBND", normative=False))
    later = make_public(portal.agency, **target_in(portal, event_date=date(2018, 3, 2), number="31/2018/QĐ-UBND"))
    Relation.objects.update(target_number=later.number, target_key=later.number_key)
    assert link_relations() == 0
    assert Relation.objects.get().target is None


def test_a_relation_waiting_by_number_is_linked_when_the_document_comes(portal):
    source = citing(portal)
    relation = waiting(source)
    assert link_relations() == 0
    draft = make_document(portal.agency, **target_in(portal))
    assert link_relations() == 0
    target = approve(submit(draft))
    assert link_relations() == 1
    relation.refresh_from_db()
    assert (relation.target, relation.target_number) == (target, NUMBER)
    event = AuditEvent.objects.get(action="link")
    assert (event.actor, event.item, event.agency) == (None, source, portal.agency)


def test_linking_again_changes_nothing(portal):
    waiting(citing(portal))
    make_public(portal.agency, **target_in(portal))
    assert [link_relations(), link_relations()] == [1, 0]
    assert links_recorded() == 1


def test_the_status_follows_once_the_relation_is_linked(portal):
    target = make_public(portal.agency, **target_in(portal))
    waiting(citing(portal, event_date=date(2018, 3, 1)))
    on = {"day": date(2018, 4, 1)}
    assert type(target).objects.with_status(**on).get(pk=target.pk).status == "con-hieu-luc"
    link_relations()
    assert type(target).objects.with_status(**on).get(pk=target.pk).status == "het-hieu-luc"


def test_the_worker_links_relations(portal):
    waiting(citing(portal))
    make_public(portal.agency, **target_in(portal))
    chores = [chore for category in categories() for chore in category.chores if chore.name == "link_relations"]
    assert [chore.work() for chore in chores] == [1]


@pytest.mark.parametrize("typed", ["31/2017/QD-UBND", "Số 31/2017/QÐ-UBND", "031/2017/qđ-ubnd"])
def test_a_relation_is_linked_however_its_number_was_typed(portal, typed):
    waiting(citing(portal), number=typed)
    make_public(portal.agency, **target_in(portal))
    assert link_relations() == 1


def test_the_date_decides_between_documents_of_one_number(portal, district):
    source = citing(portal)
    dated = waiting(source, target_date=date(2017, 7, 1))
    undated = waiting(source, kind="amends")
    other_day = waiting(source, kind="corrects", target_date=date(2017, 8, 1))
    issuer = make_issuer(district.agency, code="tunghia", level="district")
    make_public(portal.agency, **target_in(portal))
    later = make_public(district.agency, **target_in(district, issuer=issuer, event_date=date(2017, 7, 1)))
    assert link_relations() == 1
    for relation in (dated, undated, other_day):
        relation.refresh_from_db()
    assert (dated.target, undated.target, other_day.target) == (later, None, None)


def test_a_relation_is_not_linked_twice_to_the_same_document(portal):
    source, target = citing(portal), make_public(portal.agency, **target_in(portal))
    Relation.objects.create(source=source, kind="replaces", target=target)
    relation = waiting(source)
    assert link_relations() == 0
    relation.refresh_from_db()
    assert relation.target is None and links_recorded() == 0


def test_two_relations_waiting_for_one_document_give_one_link(portal):
    source = citing(portal)
    first, second = waiting(source), waiting(source)
    make_public(portal.agency, **target_in(portal))
    assert link_relations() == 1
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.target is None, second.target is None) == (False, True)


def test_a_removed_relation_is_neither_linked_nor_in_the_way(portal):
    source, target = citing(portal), make_public(portal.agency, **target_in(portal))
    Relation.objects.create(source=source, kind="replaces", target=target, state=Relation.State.REMOVED)
    removed = waiting(source, state=Relation.State.REMOVED)
    relation = waiting(source)
    assert link_relations() == 1
    relation.refresh_from_db(), removed.refresh_from_db()
    assert (relation.target, removed.target) == (target, None)


def test_a_document_does_not_act_on_itself(portal):
    document = make_public(portal.agency, **target_in(portal))
    relation = waiting(document)
    assert link_relations() == 0
    relation.refresh_from_db()
    assert relation.target is None


def test_a_scheduled_document_is_linked_from_its_hour_on(portal):
    waiting(citing(portal))
    now = timezone.make_aware(datetime(2018, 3, 5, 8, 0))
    with frozen(now):
        approve(submit(make_document(portal.agency, **target_in(portal))), at=now + timedelta(hours=2))
        assert link_relations() == 0
    with frozen(now + timedelta(hours=2)):
        assert link_relations() == 1


def test_linking_does_not_ask_about_relations_whose_document_is_not_there(portal, django_assert_num_queries):
    source = citing(portal)
    for serial in range(1, 6):
        waiting(source, number=f"{500 + serial}/2017/QĐ-UBND")
    with django_assert_num_queries(1):
        assert link_relations() == 0
