"""Files and relations that are entered with a draft."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import Document, DocumentType, Relation
from portal.publishing.models import Attachment
from portal.publishing.workflow import Refused
from tests.backoffice import pages
from tests.backoffice.pages import address, listing, signed_in
from tests.documents.forms import (
    NUMBER,
    TYPED,
    add_form,
    change_form,
    fill_in,
    formset_errors,
    send,
    with_file,
    with_relations,
)
from tests.documents.legal import TODAY, nothing_changed_in_documents, publish_document
from tests.files.documents import locked, text_pdf
from tests.files.samples import CONTENT_TYPES, DOCX, EXE, PDF, archive, file, opendocument
from tests.gazette.makers import make_document, make_issuer, make_type
from tests.makers import approve, frozen, submit

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture(autouse=True)
def tables(portal):
    make_type()
    make_type("nghi-quyet", "Nghị quyết", "Resolution", "NQ")
    make_type("cong-van", "Công văn", "Official letter", "")
    DocumentType.objects.filter(code="cong-van").update(normative=False)
    make_issuer(portal.agency)


@pytest.fixture
def stored_files(settings):
    root = Path(settings.MEDIA_ROOT)
    return lambda: sorted(path.name for path in root.rglob("*") if path.is_file())


@pytest.fixture
def draft(portal):
    return make_document(portal.agency, by=portal.editor, number=NUMBER)


# --- files ------------------------------------------------------------------------------------------------------------

BAD_FILES = {
    "encrypted PDF": (
        lambda: locked(text_pdf("16", font=None), user="mật"),
        "a.pdf",
        "This file is protected by a password. Please save it without one and upload it again.",
    ),
    "broken PDF": (
        lambda: text_pdf("16", font=None)[:600],
        "a.pdf",
        "This file is damaged or incomplete. Please export the original once more and upload that.",
    ),
    "program": (
        lambda: EXE,
        "a.pdf",
        "The content of this file does not fit its name, which ends in .pdf. "
        "Please save it again in that format and upload it again.",
    ),
    "wrong extension": (
        lambda: PDF,
        "a.exe",
        "Files of this type are not accepted. Please use one of these types: "
        ".pdf, .docx, .xlsx, .pptx, .odt, .ods, .odp, .txt, .csv.",
    ),
    "DOCX that is called PDF": (
        lambda: archive(DOCX),
        "a.pdf",
        "The content of this file does not fit its name, which ends in .pdf. "
        "Please save it again in that format and upload it again.",
    ),
    "DOCX with macros": (
        lambda: archive([CONTENT_TYPES, *DOCX[1:], ("word/vbaProject.bin", b"Sub")]),
        "a.docx",
        "This file contains macros. Please save it without macros, for example as .docx, .xlsx or PDF.",
    ),
    "ODT with macros": (
        lambda: opendocument("text", ("Basic/Standard/Module1.xml", b"<x/>")),
        "a.odt",
        "This file contains macros. Please save it without macros, for example as .docx, .xlsx or PDF.",
    ),
    "too heavy": (
        lambda: PDF + bytes(20_480 - len(PDF)),
        "a.pdf",
        "This file has {size}; at most 9,8\xa0KB are accepted. Please make it smaller and upload it again.",
    ),
    "empty": (lambda: b"", "a.pdf", "The submitted file is empty."),
}


@pytest.mark.parametrize(("content", "name", "sentence"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_cannot_be_taken_says_why_and_nothing_is_stored(
    content, name, sentence, portal, stored_files, settings
):
    settings.ATTACHMENT_MAX_BYTES = 10_000 if "{size}" in sentence else settings.ATTACHMENT_MAX_BYTES
    data = with_file(add_form(portal.editor), content(), name)
    with nothing_changed_in_documents():
        page = signed_in(portal.editor).post(listing(Document, "add"), data)
    assert page.status_code == 200
    sentence = sentence.replace("{size}", "20,0\xa0KB")
    assert formset_errors(page, Attachment) == [sentence]
    assert (fill_in(page)["full_text"], stored_files()) == (TYPED.replace("\n", "\r\n"), [])


def test_a_document_and_its_file_are_stored_together(portal, stored_files):
    data = with_file(add_form(portal.editor), PDF, "Quyết định 16.pdf")
    assert signed_in(portal.editor).post(listing(Document, "add"), data).status_code == 302
    row = Document.objects.get().attachments.get()
    assert (row.media_type, row.size, row.title_vi) == ("application/pdf", len(PDF), "Bản ký")
    assert len(stored_files()) == 1


@pytest.mark.parametrize("extra", [None, ("a.csv", b"a;b\n")], ids=["no file", "a table only"])
def test_a_document_is_not_published_without_its_file(extra, portal, draft):
    draft.attachments.all().delete()
    if extra:
        Attachment.objects.create(item=draft, file=file(extra[1], extra[0]), title_vi="Bảng")
    sentence = "The file of the document is missing: PDF, DOCX or ODT (Article 8.2 e)."
    with nothing_changed_in_documents(), pytest.raises(Refused) as refused:
        submit(draft)
    assert refused.value.messages == [sentence]
    page = signed_in(portal.editor).get(address(draft, "change"))
    assert page.context["problems"] == [sentence]
    step = address(draft, "transition", "submit")
    with nothing_changed_in_documents():
        page = signed_in(portal.editor).post(step, {"declared": "on", "version": draft.version})
    assert sentence in page.content.decode()


def test_a_file_taken_away_after_the_submission_stops_the_approval(portal, draft):
    submit(draft)
    Attachment.objects.all().delete()
    with nothing_changed_in_documents(), pytest.raises(Refused):
        approve(draft, by=portal.head)


# --- relations of a draft ---------------------------------------------------------------------------------------------


def test_relations_are_entered_with_the_draft_and_name_who_entered_them(portal, draft):
    old = publish_document(portal, number="5/2018/QĐ-UBND")
    data = with_relations(
        change_form(portal.secretary, draft),
        {"kind": "replaces", "target": old},
        {"kind": "amends", "target": old, "provision": "khoản 1 Điều 2", "note": "Một phần"},
        {"kind": "based_on", "target_number": "77/2015/QH13"},
    )
    old.full_text = "Điều 1. A\nĐiều 2. B\n1. C\n2. D"
    old.save()
    assert send(portal.secretary, draft, data).status_code == 302
    rows = draft.relations_out.values_list("kind", "target", "target_number", "provision", "state", "proposed_by")
    assert list(rows) == [
        ("replaces", old.pk, "", "", "counts", portal.secretary.pk),
        ("amends", old.pk, "", "dieu-2-khoan-1", "counts", portal.secretary.pk),
        ("based_on", None, "77/2015/QH13", "", "counts", portal.secretary.pk),
    ]
    assert Document.objects.get(pk=draft.pk).last_edited_by == portal.secretary


BAD_RELATIONS = {
    "without the other document": (
        [{"kind": "amends"}],
        "Name the other document: choose it, or type its number.",
    ),
    "to itself": ([{"kind": "amends", "target": "itself"}], "A document has no relation to itself."),
    "twice": ([{"kind": "amends", "target": "old"}] * 2, "This relation is recorded already."),
    "twice by number": (
        [{"kind": "amends", "target_number": "7/2018/QĐ-UBND"}, {"kind": "amends", "target_number": "07/2018/qd-ubnd"}],
        "This relation is recorded already.",
    ),
    "an end without a suspension": (
        [{"kind": "amends", "target": "old", "until": "01/04/2018"}],
        "Only a suspension has an end.",
    ),
    "an end before the beginning": (
        [{"kind": "suspends", "target": "old", "effective_on": "02/04/2018", "until": "01/04/2018"}],
        "The last day lies before the first.",
    ),
    "a provision that is none": (
        [{"kind": "amends", "target": "old", "provision": "chỗ nào đó"}],
        "Name one provision, from the smallest part to the article.",
    ),
    "a provision that the other text does not have": (
        [{"kind": "amends", "target": "old", "provision": "Điều 99"}],
        "The text of the other document has no such provision.",
    ),
}


@pytest.mark.parametrize(("rows", "sentence"), BAD_RELATIONS.values(), ids=BAD_RELATIONS)
def test_a_relation_that_says_nothing_sound_is_refused(rows, sentence, portal, draft):
    named = {"old": publish_document(portal, number="5/2018/QĐ-UBND"), "itself": draft}
    rows = [{name: named.get(value, value) for name, value in row.items()} for row in rows]
    data = with_relations(change_form(portal.editor, draft), *rows)
    with nothing_changed_in_documents():
        page = send(portal.editor, draft, data)
    assert (page.status_code, formset_errors(page, Relation)) == (200, [sentence])


def test_a_relation_that_is_there_already_is_not_entered_again(portal, draft):
    old = publish_document(portal, number="5/2018/QĐ-UBND")
    send(portal.editor, draft, with_relations(change_form(portal.editor, draft), {"kind": "replaces", "target": old}))
    data = with_relations(change_form(portal.editor, draft), {"kind": "replaces", "target": old})
    with nothing_changed_in_documents():
        page = send(portal.editor, draft, data)
    assert formset_errors(page, Relation) == ["This relation is recorded already."]


def test_the_choice_of_the_other_document_reaches_what_is_public_and_no_draft_of_others(portal, district):
    public = publish_document(district, number="5/2018/QĐ-UBND")
    hidden = make_document(district.agency, by=district.editor, number="6/2018/QĐ-UBND")
    own = make_document(portal.agency, by=portal.editor, number="7/2018/QĐ-UBND")
    query = {"app_label": "documents", "model_name": "relation", "field_name": "target", "term": "2018/qd"}
    page = signed_in(portal.editor).get(pages.reverse("admin:autocomplete"), query)
    assert {row["id"] for row in page.json()["results"]} == {str(public.pk), str(own.pk)}
    assert str(hidden.pk) not in {row["id"] for row in page.json()["results"]}


@pytest.mark.parametrize("forged", ["a draft of another board", "x", "²", "9" * 30])
def test_a_forged_document_in_a_relation_is_refused(forged, portal, district, draft):
    hidden = make_document(district.agency, by=district.editor, number="88/2018/QĐ-UBND")
    target = hidden if forged == "a draft of another board" else forged
    data = with_relations(change_form(portal.editor, draft), {"kind": "amends", "target": target})
    with nothing_changed_in_documents():
        page = send(portal.editor, draft, data)
    assert formset_errors(page, Relation) == ["Select a valid choice. That choice is not one of the available choices."]
    assert "88/2018/QĐ-UBND" not in page.content.decode()


def test_the_number_of_queries_of_the_form_does_not_grow_with_the_relations(portal, django_assert_num_queries):
    drafts = []
    for count in (2, 12):
        drafts.append(make_document(portal.agency, by=portal.editor))
        for _number in range(count):
            Relation.objects.create(source=drafts[-1], kind="based_on", target=publish_document(portal))
    client = signed_in(portal.editor)
    client.get(address(drafts[0], "change"))
    with CaptureQueriesContext(connection) as few:
        client.get(address(drafts[0], "change"))
    with django_assert_num_queries(len(few)):
        assert client.get(address(drafts[1], "change")).status_code == 200
