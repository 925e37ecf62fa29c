"""Entering documents: what follows from the number, what is refused with a sentence, and what nobody loses."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents import errors as faults
from documents.models import Document, DocumentType, Issuer
from portal.agencies.models import Agency
from portal.editorial.models import AuditEvent
from portal.editorial.roles import State
from tests.backoffice.pages import address, errors, listing, signed_in
from tests.documents.forms import NUMBER, TYPED, add, add_form, change_form, fill_in, send, with_file
from tests.documents.legal import TODAY, make_sector, nothing_changed_in_documents, publish_document
from tests.files.samples import PDF
from tests.gazette.makers import make_document, make_issuer, make_type
from tests.makers import approve, frozen, make_agency, make_site, submit

pytestmark = pytest.mark.usefixtures("english")

FOLLOWS_NOT = "This does not follow from the number. Choose it."
TCVN3 = "Qu¶ng Ng·i, ®­êng"


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


# --- what follows from the number -------------------------------------------------------------------------------------


def entered():
    document = Document.objects.get()
    return document.number, document.type.code, document.kind, document.issuer.code


def test_type_kind_and_issuing_body_follow_from_the_number(portal):
    assert add(portal.editor).status_code == 302
    assert entered() == (NUMBER, "quyet-dinh", "normative", "ubnd-tinh")
    document = Document.objects.get()
    assert (document.title_vi, document.title_en) == (f"Quyết định {NUMBER}", f"Decision {NUMBER}")
    assert (document.author, document.in_force_from) == ("Ủy ban nhân dân tỉnh", date(2018, 3, 11))
    assert (document.state, document.created_by, document.agency) == (State.DRAFT, portal.editor, portal.agency)
    assert document.source == portal.site.name_vi
    assert list(AuditEvent.objects.of(document).values_list("action", "actor")) == [("create", portal.editor.pk)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("16/2018/qd-ubnd", (NUMBER, "quyet-dinh", "normative", "ubnd-tinh")),
        ("Số: 16/2018/QÐ – UBND", (NUMBER, "quyet-dinh", "normative", "ubnd-tinh")),
        (unicodedata.normalize("NFD", NUMBER), (NUMBER, "quyet-dinh", "normative", "ubnd-tinh")),
        (f"\u200f{NUMBER}\u202c", (NUMBER, "quyet-dinh", "normative", "ubnd-tinh")),
        ("205/QĐ-UBND", ("205/QĐ-UBND", "quyet-dinh", "administrative", "ubnd-tinh")),
        ("4/NQ-HĐND", ("4/NQ-HĐND", "nghi-quyet", "administrative", "ubnd-tinh")),
        ("1207/UBND-KTN", ("1207/UBND-KTN", "cong-van", "administrative", "ubnd-tinh")),
    ],
)
def test_a_number_is_read_as_it_is_typed(typed, expected, portal):
    assert add(portal.editor, number=typed).status_code == 302
    assert entered() == expected


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        (NUMBER, "ubnd-tinh"),
        ("4/2018/NQ-HĐND", "hdnd"),
        ("4/NQ-HĐND", "hdnd"),
        ("205/QĐ-UBND", None),  # the committee and its chairman number alike
        ("12/QĐ-STP", None),
    ],
)
def test_of_several_bodies_of_an_agency_the_number_names_one_or_leaves_it_open(number, issuer, portal):
    make_issuer(portal.agency, code="hdnd", name_vi="Hội đồng nhân dân tỉnh Quảng Ngãi")
    make_issuer(portal.agency, code="chu-tich", name_vi="Chủ tịch Ủy ban nhân dân tỉnh Quảng Ngãi")
    page = add(portal.editor, number=number)
    if issuer:
        assert (page.status_code, entered()[3]) == (302, issuer)
    else:
        assert (errors(page), Document.objects.exists()) == ({"issuer": [FOLLOWS_NOT]}, False)


def test_what_is_chosen_goes_before_what_follows(portal):
    other = Issuer.objects.create(
        code="bo-tu-phap", name_vi="Bộ Tư pháp", name_en="Ministry of Justice", level="central"
    )
    page = add(portal.editor, kind="administrative", issuer=other.pk)
    assert (page.status_code, entered()) == (302, (NUMBER, "quyet-dinh", "administrative", "bo-tu-phap"))


def test_what_does_not_follow_is_asked_for(portal):
    with nothing_changed_in_documents():
        page = add(portal.editor, number="77/2015/QH13")
    assert errors(page)["type"] == [FOLLOWS_NOT]
    assert fill_in(page)["full_text"] == TYPED.replace("\n", "\r\n")


def test_groups_of_agencies_are_ticked_at_once_and_those_without_a_site_are_none(portal, district):
    department = make_agency("stp", Agency.Kind.DEPARTMENT, portal.agency)
    make_site(department)
    make_agency("sct", Agency.Kind.DEPARTMENT, portal.agency)
    assert add(portal.editor, all_departments="on").status_code == 302
    assert list(Document.objects.get().in_scope.all()) == [department]
    document = Document.objects.get()
    assert send(portal.editor, document, change_form(portal.editor, document, all_districts="on")).status_code == 302
    assert set(document.in_scope.all()) == {department, district.agency}
    page = signed_in(portal.editor).get(address(document, "change"))
    assert page.content.decode().count("checked") == 2


def test_the_sectors_are_offered_as_a_tree(portal):
    make_sector("giao-thong", "Giao thông", make_sector("ha-tang", "Hạ tầng"))
    page = signed_in(portal.editor).get(listing(Document, "add")).content.decode()
    assert "– Sector giao-thong" in page


# --- what is refused --------------------------------------------------------------------------------------------------

NO_NUMBER = "This is no document number. Type it as it is printed on the document."
REFUSED = {
    "no number": ({"number": "mười sáu"}, "number", NO_NUMBER),
    "a number of ten thousand characters": (
        {"number": "1" * 10_000},
        "number",
        "Ensure this value has at most 60 characters (it has 10000).",
    ),
    "a number of another year": (
        {"number": "16/2017/QĐ-UBND"},
        "number",
        "The number names the year 2017, the document was issued on 01/03/2018.",
    ),
    "a number of another type": (
        {"number": "16/2018/NQ-HĐND", "type": "quyet-dinh"},
        "number",
        "The number says “NQ”, the type is “Decision”. Correct one of them.",
    ),
    "no date of issue": ({"event_date": ""}, "event_date", "This field is required."),
    "letters for a date": ({"event_date": "hôm qua"}, "event_date", "Enter a valid date."),
    "a date to come": (
        {"event_date": "21/03/2018", "effective_on": "31/03/2018"},
        "event_date",
        "This day is still to come. A time limit begins with what has happened.",
    ),
    "effective before issue": (
        {"effective_on": "28/02/2018"},
        "effective_on",
        "A normative document does not take effect before it is issued.",
    ),
    "normative without an effective date": (
        {"effective_on": ""},
        "effective_on",
        "A normative document has a day on which it takes effect (Article 8.2 e).",
    ),
    "an end before the beginning": (
        {"expires_on": "11/03/2018"},
        "expires_on",
        "The end lies before the beginning.",
    ),
    "no subject": ({"summary_vi": "  "}, "summary_vi", "This field is required."),
    "a subject in TCVN3": (
        {"summary_vi": TCVN3},
        "summary_vi",
        "This text is in the old TCVN3 encoding, which the portal does not store (Article 7.1). "
        "Converted it would read: Quảng Ngãi, đường",
    ),
    "a text in TCVN3": (
        {"full_text": TCVN3},
        "full_text",
        "This text is in the old TCVN3 encoding, which the portal does not store (Article 7.1). "
        "Converted it would read: Quảng Ngãi, đường",
    ),
}


@pytest.mark.parametrize(("changes", "field", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_stored(changes, field, sentence, portal, stored_files):
    if "type" in changes:
        changes = changes | {"type": make_type(changes["type"]).pk}
    data = with_file(add_form(portal.editor, **changes), PDF, "van-ban.pdf")
    with nothing_changed_in_documents():
        page = signed_in(portal.editor).post(listing(Document, "add"), data)
    assert (page.status_code, errors(page)) == (200, {field: [sentence]})
    assert (fill_in(page)["number"], stored_files()) == (changes.get("number", NUMBER), [])


def test_a_document_is_entered_once(portal, draft):
    with nothing_changed_in_documents():
        page = add(portal.editor, number="016/2018/qd-ubnd")
    sentence = "This document is entered already: Quyết định 16/2018/QĐ-UBND."
    assert errors(page) == {"number": [sentence]}
    assert add(portal.editor, event_date="02/03/2018").status_code == 302


def test_of_two_who_enter_the_same_document_at_once_the_second_is_told(portal, draft, monkeypatch):
    real, asked = faults._twin, []

    def late(document):
        asked.append(document)
        return real(document) if len(asked) > 1 else None

    monkeypatch.setattr(faults, "_twin", late)
    data = with_file(add_form(portal.editor), PDF, "van-ban.pdf")
    with nothing_changed_in_documents():
        page = signed_in(portal.editor).post(listing(Document, "add"), data)
    assert (len(asked), errors(page)) == (2, {"number": [f"This document is entered already: Quyết định {NUMBER}."]})


def test_the_documents_of_a_body_stand_on_its_own_site(portal, district):
    own = make_issuer(district.agency, code="tunghia", name_vi="Ủy ban nhân dân huyện Tư Nghĩa", level="district")
    with nothing_changed_in_documents():
        page = add(portal.editor, issuer=own.pk)
    sentence = "The documents of this body are published on the site of Agency tunghia."
    assert errors(page) == {"issuer": [sentence]}


def test_a_text_of_the_size_of_a_book_is_stored_whole(portal):
    book = "\n".join(f"Điều {number}. Nội dung của điều này được giữ nguyên" for number in range(1, 4000))
    assert add(portal.editor, full_text=book).status_code == 302
    assert Document.objects.get().full_text == book


# --- two tabs, roles --------------------------------------------------------------------------------------------------


def test_the_second_to_save_is_told_who_was_first_and_loses_nothing(portal, draft, district):
    mine = change_form(
        portal.editor, draft, full_text=TYPED, all_districts="on", sector=make_sector("a", "Giao thông").pk
    )
    theirs = change_form(portal.secretary, draft, summary_vi="Trích yếu của thư ký")
    assert send(portal.secretary, draft, theirs).status_code == 302
    with nothing_changed_in_documents():
        page = send(portal.editor, draft, mine)
    sentence = (
        f"{portal.secretary} saved this item at 09:00 20/03/2018, after you had opened it. Nothing of yours is lost: "
        "compare the two texts below, and save again to keep yours."
    )
    assert errors(page) == {"__all__": [sentence]}
    assert fill_in(page)["full_text"] == TYPED.replace("\n", "\r\n")
    assert send(portal.editor, draft, fill_in(page)).status_code == 302
    saved = Document.objects.get()
    assert (saved.full_text, saved.version, list(saved.in_scope.all())) == (TYPED, 3, [district.agency])


def test_one_persons_two_tabs_are_two_people(portal, draft):
    first, second = (change_form(portal.editor, draft, summary_vi=text) for text in ("Một", "Hai"))
    assert send(portal.editor, draft, first).status_code == 302
    with nothing_changed_in_documents():
        assert send(portal.editor, draft, second).status_code == 200


def test_saving_without_a_change_makes_nobody_an_editor(portal, draft):
    for user in (portal.head, portal.secretary):
        with nothing_changed_in_documents():
            assert send(user, draft, change_form(user, draft)).status_code == 302


def test_an_edit_that_came_after_the_publication_is_refused_and_kept(portal, draft):
    data = with_file(change_form(portal.editor, draft, full_text=TYPED), PDF, "b.pdf")
    approve(submit(draft), by=portal.head)
    with nothing_changed_in_documents():
        page = send(portal.editor, draft, data)
    assert errors(page)["__all__"] == [
        "This cannot be done while the item is “Published”.",
        "The files that you chose were not stored: choose them again.",
    ]
    assert fill_in(page)["full_text"] == TYPED.replace("\n", "\r\n")


def test_a_translator_writes_the_english_subject_and_nothing_else(portal, draft):
    form = change_form(portal.translator, draft)
    assert [name for name in form if not name.startswith(("publishing-", "relations_out-"))] == [
        "csrfmiddlewaretoken",
        "version",
        "summary_en",
    ]
    forged = {"summary_en": "On roads", "summary_vi": "Giả", "number": "1/2018/QĐ-UBND", "all_districts": "on"}
    assert send(portal.translator, draft, form | forged).status_code == 302
    saved = Document.objects.get()
    assert (saved.summary_en, saved.summary_vi, saved.number) == ("On roads", draft.summary_vi, NUMBER)
    assert (saved.last_edited_by, saved.in_scope.count()) == (portal.translator, 0)


def test_a_district_enters_its_own_documents_and_sees_no_others(portal, district, draft):
    make_issuer(district.agency, code="tunghia", name_vi="Ủy ban nhân dân huyện Tư Nghĩa", level="district")
    assert add(district.editor, number="16/2018/QĐ-UBND").status_code == 302
    document = Document.objects.get(agency=district.agency)
    assert (document.issuer.code, document.kind) == ("tunghia", "normative")
    client = signed_in(district.head)
    assert list(client.get(listing(Document)).context["cl"].result_list) == [document]
    for page in ("change", "history", "delete", "relations", "text"):
        with nothing_changed_in_documents():
            assert client.get(address(draft, page)).status_code == 404
            assert client.post(address(draft, page), {"post": "yes", "add": "1"}).status_code == 404


def test_a_board_finds_its_documents_by_number_however_it_is_typed(portal, draft):
    make_document(portal.agency, by=portal.editor, number="99/2018/QĐ-UBND")
    for q in (NUMBER, "16/2018/qd-ubnd", "quyet dinh 16", unicodedata.normalize("NFD", NUMBER)):
        page = signed_in(portal.editor).get(listing(Document), {"q": q})
        assert list(page.context["cl"].result_list) == [draft], q


def test_a_change_of_a_public_document_is_proposed_compared_and_applied(portal, district):
    document = publish_document(portal, number=NUMBER)
    revise = address(document, "revise")
    client = signed_in(portal.editor)
    form = fill_in(client.get(revise), "summary_vi", summary_vi="Trích yếu đúng", in_scope=[district.agency.pk])
    assert client.post(revise, form | {"note": "Theo bản ký"}).status_code == 302
    revision = document.revisions.get()
    page = signed_in(portal.head).get(address(document, "decide", revision.pk))
    assert "<ins>tunghia</ins>" in page.content.decode()
    signed_in(portal.head).post(address(document, "decide", revision.pk), {"apply": "1"})
    document.refresh_from_db()
    assert (document.summary_vi, list(document.in_scope.all())) == ("Trích yếu đúng", [district.agency])


# --- queries ----------------------------------------------------------------------------------------------------------

PAGES = {
    "list": lambda document: listing(Document),
    "search": lambda document: f"{listing(Document)}?q=2018",
    "form": lambda document: address(document, "change"),
    "form of a new document": lambda document: listing(Document, "add"),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_number_of_queries_does_not_grow_with_the_documents(page, portal, draft):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(draft)).status_code == 200
        return len(queries)

    client = signed_in(portal.head)
    client.get(page(draft))
    few = cost()
    for number in range(100, 112):
        make_document(portal.agency, by=portal.editor, number=f"{number}/2018/QĐ-UBND")
        make_site(make_agency(f"so{number}", Agency.Kind.DEPARTMENT, portal.agency), label=f"so{number}")
    assert cost() == few
