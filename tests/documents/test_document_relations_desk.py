"""Relations of a public document: one proposes, another confirms. Texts that were read from its files."""

from datetime import date

import pytest
from django.urls import reverse

from documents.models import Document, Relation
from portal.editorial.models import AuditEvent
from portal.files.texts import TextStatus
from portal.publishing import reading
from portal.publishing.models import Attachment, AttachmentPage
from tests.backoffice.pages import address, fill_in, signed_in
from tests.documents.legal import TODAY, nothing_changed_in_documents, publish_document, relate
from tests.files.documents import word
from tests.files.samples import file
from tests.gazette.makers import make_document
from tests.makers import archive, frozen, make_user, withdraw
from tests.web.pages import read

pytestmark = pytest.mark.usefixtures("law", "english")

NUMBER = "16/2018/QĐ-UBND"
LONG = "lý do " * 400
OTHERS = ["reporter", "translator", "technician", "inspector"]


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


def post(user, url, **data):
    return signed_in(user).post(url, data)


def alerts(response):
    return [row.text for row in read(response).all("p", class_="errornote")]


def groups(user):
    """{title: [titles of its items]} of the start page."""
    page = signed_in(user).get(reverse("admin:index"))
    return {group["title"]: [row["title"] for row in group["items"]] for group in page.context["queue"]}


# --- relations of a public document -----------------------------------------------------------------------------------


@pytest.fixture
def public(portal):
    return publish_document(portal, number=NUMBER)


@pytest.fixture
def old(portal):
    return publish_document(portal, number="5/2018/QĐ-UBND", event_date=date(2018, 2, 1))


def page_of(document):
    return address(document, "relations")


def propose(user, document, **fields):
    form = fill_in(signed_in(user).get(page_of(document)), "kind")
    values = {name: getattr(value, "pk", value) for name, value in fields.items()}
    data = {name: value for name, value in form.items() if value is not None}
    return post(user, page_of(document), **data | {"note_on_change": "Theo Điều 3", "add": "Propose"} | values)


def test_one_proposes_and_another_confirms(portal, public, old):
    assert propose(portal.editor, public, kind="replaces", target=old).status_code == 302
    row = Relation.objects.get()
    assert (row.source, row.target, row.kind, row.state, row.proposed_by) == (
        public,
        old,
        "replaces",
        "proposed",
        portal.editor,
    )
    assert Document.objects.with_status().get(pk=old.pk).status == "con-hieu-luc"
    assert post(portal.head, page_of(public), relation=row.pk, confirm="Confirm").status_code == 302
    row.refresh_from_db()
    assert row.state == "counts"
    assert Document.objects.with_status().get(pk=old.pk).status == "het-hieu-luc"
    events = AuditEvent.objects.of(public).filter(action__startswith="relat").order_by("pk")
    assert list(events.values_list("action", "actor", "note")) == [
        ("relate", portal.editor.pk, "Theo Điều 3"),
        ("relation_decided", portal.head.pk, ""),
    ]


def test_nobody_confirms_what_they_proposed(portal, public, old):
    propose(portal.head, public, kind="replaces", target=old)
    row = Relation.objects.get()
    page = read(signed_in(portal.head).get(page_of(public)))
    assert [entry["name"] for entry in page.all("input", type="submit") if entry.get("name")] == ["refuse", "add"]
    with nothing_changed_in_documents():
        page = post(portal.head, page_of(public), relation=row.pk, confirm="1")
    assert alerts(page) == ["You proposed this change. Another member of the board must approve it (Article 5.4)."]


def test_a_proposal_is_refused_with_a_reason_or_taken_back(portal, public, old):
    propose(portal.editor, public, kind="replaces", target=old)
    propose(portal.editor, public, kind="amends", target=old)
    first, second = Relation.objects.order_by("pk")
    with nothing_changed_in_documents():
        assert alerts(post(portal.head, page_of(public), relation=first.pk, refuse="1")) == ["Give the reason."]
    assert post(portal.head, page_of(public), relation=first.pk, refuse="1", note="Sai").status_code == 302
    assert post(portal.editor, page_of(public), relation=second.pk, refuse="1", note="Nhầm").status_code == 302
    assert set(Relation.objects.values_list("state", flat=True)) == {"removed"}
    assert "Nothing is recorded." in read(signed_in(portal.head).get(page_of(public))).main


def test_a_recorded_relation_leaves_by_two_hands(portal, public, old):
    row = relate(public, "replaces", old)
    with nothing_changed_in_documents():
        assert alerts(post(portal.editor, page_of(public), relation=row.pk, remove="1")) == ["Give the reason."]
    assert post(portal.editor, page_of(public), relation=row.pk, remove="1", note="Sai văn bản").status_code == 302
    row.refresh_from_db()
    assert (row.state, Document.objects.with_status().get(pk=old.pk).status) == ("leaving", "het-hieu-luc")
    assert post(portal.head, page_of(public), relation=row.pk, confirm="1").status_code == 302
    row.refresh_from_db()
    assert (row.state, Document.objects.with_status().get(pk=old.pk).status) == ("removed", "con-hieu-luc")


def test_the_second_to_decide_is_told(portal, public, old):
    propose(portal.editor, public, kind="replaces", target=old)
    row = Relation.objects.get()
    post(portal.head, page_of(public), relation=row.pk, confirm="1")
    with nothing_changed_in_documents():
        page = post(portal.deputy, page_of(public), relation=row.pk, refuse="1", note="Sai")
    assert alerts(page) == ["This relation was decided on meanwhile."]


@pytest.mark.parametrize("role", ["translator", "technician", "inspector"])
def test_who_may_not_propose_reads_and_changes_nothing(role, portal, public, old):
    row, person = relate(public, "replaces", old), getattr(portal, role)
    page = read(signed_in(person).get(page_of(public)))
    assert "Replaces" in page.main
    assert not page.all("input", name="remove") and not page.all("input", name="add")
    with nothing_changed_in_documents():
        for data in ({"relation": row.pk, "remove": "1"}, {"relation": row.pk, "confirm": "1"}):
            page = post(person, page_of(public), **data, note="Lý do")
            assert alerts(page) == ["Your role on the editorial board of this site does not include this action."]
        page = post(person, page_of(public), add="1", kind="amends", target=old.pk, note_on_change="Lý do")
        assert alerts(page) == ["Your role on the editorial board of this site does not include this action."]


BAD = {
    "nothing": ({}, "Name the other document: choose it, or type its number."),
    "no kind": ({"kind": "", "target": "old"}, "This field is required."),
    "no reason": ({"target": "old", "note_on_change": " "}, "This field is required."),
    "itself": (
        {"target": "public"},
        "Select a valid choice. That choice is not one of the available choices.",
    ),
    "a draft": ({"target": "draft"}, "Select a valid choice. That choice is not one of the available choices."),
    "letters for a document": (
        {"target": "x"},
        "Select a valid choice. That choice is not one of the available choices.",
    ),
    "recorded already": ({"kind": "repeals", "target": "old"}, "This relation is recorded already."),
    "a note in TCVN3": (
        {"target": "old", "note": "Qu¶ng Ng·i, ®­êng"},
        "This text is in the old TCVN3 encoding, which the portal does not store (Article 7.1). "
        "Converted it would read: Quảng Ngãi, đường",
    ),
    "a long reason": (
        {"target": "old", "note_on_change": LONG},
        "Ensure this value has at most 600 characters (it has 2399).",
    ),
    "an unknown kind": (
        {"kind": "xyz", "target": "old"},
        "Select a valid choice. xyz is not one of the available choices.",
    ),
}


@pytest.mark.parametrize(("fields", "sentence"), BAD.values(), ids=BAD)
def test_a_proposal_that_says_nothing_sound_is_refused_and_kept(fields, sentence, portal, public, old):
    relate(public, "repeals", old)
    draft = make_document(portal.agency, by=portal.editor, number="9/2018/QĐ-UBND")
    named = {"public": public, "old": old, "draft": draft}
    fields = {"kind": "amends", "provision": "Điều 1"} | {key: named.get(value, value) for key, value in fields.items()}
    fields |= {"provision": ""} if fields["kind"] == "repeals" else {}
    with nothing_changed_in_documents():
        page = propose(portal.editor, public, **fields)
    assert page.status_code == 200
    assert [row.text for row in read(page).all("ul", class_="errorlist")] == [sentence]
    assert fill_in(page, "kind")["note_on_change"].strip() == fields.get("note_on_change", "Theo Điều 3").strip()


def test_a_draft_has_no_page_of_relations_and_neither_has_what_is_gone(portal, old):
    draft = make_document(portal.agency, by=portal.editor, number="9/2018/QĐ-UBND")
    gone = withdraw(publish_document(portal, number="8/2018/QĐ-UBND"))
    for document in (draft, gone):
        assert signed_in(portal.head).get(page_of(document)).status_code == 404
        with nothing_changed_in_documents():
            data = {"add": "1", "kind": "amends", "target": old.pk, "note_on_change": "Lý do"}
            assert post(portal.head, page_of(document), **data).status_code == 404


def test_an_archived_document_shows_its_relations_and_takes_no_more(portal, public, old):
    relate(public, "replaces", old)
    archive(public)
    page = read(signed_in(portal.head).get(page_of(public)))
    assert "Replaces" in page.main and "Propose a relation" not in page.main
    with nothing_changed_in_documents():
        refused = post(portal.head, page_of(public), add="1", kind="amends", target=old.pk, note_on_change="Lý do")
    assert alerts(refused) == ["This cannot be done while the item is “Archived”."]


def test_relations_of_another_persons_document_are_not_found_by_strangers(portal, district, public, old):
    row = relate(public, "replaces", old)
    for person in (district.head, portal.reporter, make_user()):
        assert signed_in(person).get(page_of(public)).status_code == 404
        with nothing_changed_in_documents():
            assert post(person, page_of(public), relation=row.pk, remove="1", note="Lý do").status_code == 404


@pytest.mark.parametrize("relation", ["", "x", "999999", "9" * 30])
def test_a_relation_of_another_document_is_not_found_here(relation, portal, public, old):
    theirs = relate(old, "guides", public)
    with nothing_changed_in_documents():
        for pk in (relation, theirs.pk):
            assert post(portal.head, page_of(public), relation=pk, remove="1", note="Lý do").status_code == 404


def test_a_proposal_stands_on_the_start_page_of_those_who_may_confirm_it(portal, district, public, old):
    propose(portal.editor, public, kind="replaces", target=old)
    title = f"Quyết định {NUMBER} replaces Quyết định 5/2018/QĐ-UBND"
    assert groups(portal.head)["Relations to be confirmed"] == [title]
    for person in (portal.editor, portal.secretary, portal.inspector, district.head):
        assert "Relations to be confirmed" not in groups(person)
    assert page_of(public) in read(signed_in(portal.head).get(reverse("admin:index"))).links


def test_the_form_of_a_public_document_leads_to_its_relations(portal, public):
    assert page_of(public) in read(signed_in(portal.editor).get(address(public, "change"))).links


# --- texts read from files --------------------------------------------------------------------------------------------


@pytest.fixture
def draft(portal):
    """A draft without a text whose file has been read."""
    document = make_document(portal.agency, by=portal.editor, number=NUMBER, full_text="")
    document.attachments.all().delete()
    content = word("Điều 1. Phạm vi", "1. Quyết định này quy định về đường bộ.", "Điều 2. Hiệu lực")
    Attachment.objects.create(item=document, file=file(content, "a.docx"), title_vi="Bản Word")
    reading.read_waiting()
    document.refresh_from_db()
    return document


def test_the_text_of_the_file_is_shown_and_put_into_the_draft_with_one_click(portal, draft):
    url = address(draft, "text")
    assert url in read(signed_in(portal.editor).get(address(draft, "change"))).links
    page = read(signed_in(portal.editor).get(url))
    assert "Quyết định này quy định về đường bộ." in page.one("pre").text
    assert page.one("pre")["lang"] == "vi"
    assert post(portal.secretary, url).status_code == 302
    saved = Document.objects.get()
    assert saved.full_text.split("\n")[0] == "Điều 1. Phạm vi"
    assert (saved.version, saved.last_edited_by) == (draft.version + 1, portal.secretary)
    event = AuditEvent.objects.of(draft).first()
    assert (event.action, event.actor, list(event.changes)) == ("edit", portal.secretary, ["full_text"])
    assert url not in read(signed_in(portal.editor).get(address(draft, "change"))).links


def test_a_text_that_somebody_typed_meanwhile_stays(portal, draft):
    Document.objects.update(full_text="Điều 1. Gõ tay")
    with nothing_changed_in_documents():
        page = post(portal.editor, address(draft, "text"))
    assert alerts(page) == ["The draft has a text already."]


def test_who_has_the_form_open_in_another_tab_is_told(portal, draft):
    form = fill_in(signed_in(portal.editor).get(address(draft, "change")), "version", summary_vi="Khác")
    data = {name: value for name, value in form.items() if value is not None}
    post(portal.editor, address(draft, "text"))
    with nothing_changed_in_documents():
        page = signed_in(portal.editor).post(address(draft, "change"), data)
    assert page.status_code == 200
    assert Document.objects.get().full_text.startswith("Điều 1. Phạm vi")


def test_a_text_that_the_portal_refuses_is_refused_with_a_sentence(portal, draft):
    AttachmentPage.objects.update(text="Qu¶ng Ng·i, ®­êng")
    with nothing_changed_in_documents():
        page = post(portal.editor, address(draft, "text"))
    (sentence,) = alerts(page)
    assert sentence.startswith("This text is in the old TCVN3 encoding")


def test_without_a_text_there_is_nothing_to_take_over(portal):
    document = make_document(portal.agency, by=portal.editor, full_text="")
    with nothing_changed_in_documents():
        assert post(portal.editor, address(document, "text")).status_code == 200
    assert (
        "Nothing has been read from the files."
        in signed_in(portal.editor).get(address(document, "text")).content.decode()
    )


@pytest.mark.parametrize("role", [*OTHERS, "stranger", "neighbour"])
def test_the_text_is_for_those_who_may_edit_the_draft(role, portal, district, draft):
    person = {"stranger": make_user(), "neighbour": district.head}.get(role) or getattr(portal, role)
    with nothing_changed_in_documents():
        assert signed_in(person).get(address(draft, "text")).status_code == 404
        assert post(person, address(draft, "text")).status_code == 404


def test_a_public_document_takes_over_no_text(portal, public):
    with nothing_changed_in_documents():
        assert post(portal.head, address(public, "text")).status_code == 404


def test_files_without_a_text_wait_on_the_start_page_of_those_who_can_type_it(portal, district, draft):
    group = "Files without searchable text: type or paste it"
    assert group not in groups(portal.editor)
    Attachment.objects.update(text_status=TextStatus.NO_TEXT)
    assert groups(portal.editor)[group] == [f"Quyết định {NUMBER}"]
    assert group not in groups(district.editor)
    Document.objects.update(full_text="Điều 1. Gõ tay")
    assert group not in groups(portal.editor)
