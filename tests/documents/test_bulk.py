"""A step of the workflow for many documents at once: shown first, declared, and carried out one by one."""

import pytest
from django.utils.translation import gettext, gettext_lazy, ngettext

from documents import bulk
from documents.models import Document
from portal.editorial.models import AuditEvent
from tests.backoffice.pages import fill_in, listing, signed_in
from tests.documents.legal import nothing_changed_in_documents
from tests.gazette.makers import TODAY, make_document
from tests.makers import frozen, make_user, submit
from tests.web.pages import read

pytestmark = pytest.mark.usefixtures("law", "today")

URL = listing(Document)
CHANGED = gettext_lazy("The item was changed meanwhile. Read it again before you decide.")


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def drafts(portal):
    return [make_document(portal.agency, by=portal.editor) for _number in range(3)]


@pytest.fixture
def submitted(drafts):
    return [submit(document) for document in drafts]


def choose(user, action, documents, **more):
    fields = {"action": action, "_selected_action": [document.pk for document in documents], "index": 0}
    return signed_in(user).post(URL, fields | more)


def confirm(user, action, documents, **changes):
    """The page that shows what would happen, sent as a person sends it."""
    client = signed_in(user)
    fields = {"action": action, "_selected_action": [document.pk for document in documents], "index": 0}
    page = client.post(URL, fields)
    form = fill_in(page, "version") | {
        "_selected_action": [row["value"] for row in read(page).all("input", name="_selected_action")],
        "version": [row["value"] for row in read(page).all("input", name="version")],
    }
    return client, form | {"declared": "1", "confirm": "x"} | changes


def send(client, form):
    return read(client.post(URL, form, follow=True))


def states():
    return sorted(Document.objects.values_list("state", flat=True))


def messages(page):
    return [row.text for row in page.all("li") if any("messagelist" in parent.classes for parent in row.parents)]


def test_the_list_offers_these_steps_and_no_deleting_of_many(portal, drafts):
    page = read(signed_in(portal.editor).get(URL))
    options = [row["value"] for row in page.all("option") if row.parents[-1].get("name") == "action"]
    assert options == ["", "submit_selected", "approve_selected"]


def test_what_is_chosen_is_shown_before_anything_changes(portal, drafts):
    with nothing_changed_in_documents():
        page = choose(portal.editor, "submit_selected", drafts)
    assert (page.context["going"], page.context["refused"]) == (drafts, [])
    assert [row["value"] for row in read(page).all("input", name="version")] == [
        f"{row.pk}:{row.version}" for row in drafts
    ]


def test_documents_are_submitted_together_each_with_its_audit_row(portal, drafts):
    page = send(*confirm(portal.editor, "submit_selected", drafts))
    assert states() == ["submitted"] * 3
    words = ngettext("%(step)s: %(count)d document.", "%(step)s: %(count)d documents.", 3)
    assert messages(page) == [words % {"step": gettext("Submit for approval"), "count": 3}]
    events = AuditEvent.objects.filter(action="submit")
    assert [(event.actor, event.changes["declared_no_secret"]) for event in events] == [(portal.editor, True)] * 3


def test_documents_are_approved_together_by_a_second_person(portal, submitted):
    send(*confirm(portal.head, "approve_selected", submitted))
    assert states() == ["published"] * 3


def test_without_the_declaration_nothing_is_carried_out(portal, drafts):
    client, form = confirm(portal.editor, "submit_selected", drafts, declared="")
    with nothing_changed_in_documents():
        page = send(client, form)
    words = gettext("Declare that the item holds no state, business or personal secret (Article 3.2).")
    assert page.one(class_="errornote").text == words


def test_who_wrote_them_is_told_for_each_that_another_person_approves(portal, submitted):
    with nothing_changed_in_documents():
        page = choose(portal.editor, "approve_selected", submitted)
    assert page.context["going"] == []
    assert [len(row.refusals) for row in page.context["refused"]] == [1, 1, 1]
    assert read(page).all("input", name="confirm") == []


def test_an_incomplete_document_is_refused_beforehand_and_the_others_go_on(portal, drafts):
    drafts[1].attachments.all().delete()
    page = choose(portal.editor, "submit_selected", drafts)
    assert page.context["going"] == [drafts[0], drafts[2]]
    words = gettext("The file of the document is missing: PDF, DOCX or ODT (Article 8.2 e).")
    assert [(row.item, row.refusals) for row in page.context["refused"]] == [(drafts[1], [words])]
    send(*confirm(portal.editor, "submit_selected", drafts))
    assert states() == ["draft", "submitted", "submitted"]


def test_a_document_that_was_changed_after_it_was_shown_stays_as_it_is(portal, drafts):
    client, form = confirm(portal.editor, "submit_selected", drafts)
    Document.objects.filter(pk=drafts[0].pk).update(version=7, summary_vi="Khác")
    page = send(client, form)
    assert Document.objects.get(pk=drafts[0].pk).state == "draft"
    assert states() == ["draft", "submitted", "submitted"]
    assert messages(page) == [messages(page)[0], f"{drafts[0]}: {CHANGED}"]


def test_a_document_that_was_never_shown_is_refused(portal, drafts):
    client, form = confirm(portal.editor, "submit_selected", drafts[:1])
    form["_selected_action"] = [row.pk for row in drafts]
    page = send(client, form)
    words = gettext("This document was not shown to you before. Choose it again.")
    assert states() == ["draft", "draft", "submitted"]
    assert f"{drafts[1]}: {words}" in messages(page)


@pytest.mark.parametrize("version", ["", "x", "1", ":", "1:x", "٣:1", "9999999999999:1", "1:1:1"])
def test_a_version_that_no_page_wrote_carries_out_nothing(portal, drafts, version):
    client, form = confirm(portal.editor, "submit_selected", drafts, version=[version])
    with nothing_changed_in_documents():
        send(client, form)


def test_the_second_of_two_tabs_finds_it_done(portal, drafts):
    first, second = (confirm(portal.editor, "submit_selected", drafts) for _tab in range(2))
    send(*first)
    with nothing_changed_in_documents():
        page = send(*second)
    assert len(messages(page)) == 4
    assert str(CHANGED) in messages(page)[1]


def test_documents_of_another_board_cannot_be_chosen(portal, district, drafts):
    with nothing_changed_in_documents():
        answers = [
            choose(user, "submit_selected", drafts, confirm="x", declared="1") for user in (district.head, make_user())
        ]
    assert [answer.status_code for answer in answers] == [302, 404]


def test_more_than_are_dealt_with_at_once_are_refused(portal, drafts, monkeypatch):
    monkeypatch.setattr(bulk, "LIMIT", 2)
    with nothing_changed_in_documents():
        response = choose(portal.editor, "submit_selected", drafts)
    assert response.status_code == 302


def test_of_many_refusals_the_first_are_told_and_the_others_counted(portal, drafts, monkeypatch):
    monkeypatch.setattr(bulk, "SHOWN_REFUSALS", 1)
    client, form = confirm(portal.editor, "submit_selected", drafts)
    Document.objects.update(version=7)
    page = send(client, form)
    assert messages(page)[1:] == [f"{drafts[0]}: {CHANGED}", gettext("Refused beside these: %(count)d.") % {"count": 2}]
    assert states() == ["draft"] * 3
