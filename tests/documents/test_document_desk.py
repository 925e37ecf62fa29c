"""What boards do beside their own drafts: documents of others on their sites, relations, texts read from files."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Showing
from portal.agencies.models import Agency
from portal.editorial.models import AuditEvent
from portal.files.texts import TextStatus
from portal.obligations.models import Obligation
from portal.publishing.models import Attachment
from tests.backoffice.pages import address, fill_in, signed_in
from tests.documents.legal import TODAY, nothing_changed_in_documents, publish_document, relate
from tests.documents.makers import publish_scoped
from tests.gazette.makers import make_document
from tests.makers import ago, frozen, make_agency, make_member, make_place, make_user, withdraw
from tests.web.pages import read

pytestmark = pytest.mark.usefixtures("law", "english")

NUMBER = "16/2018/QĐ-UBND"
LONG = "lý do " * 400
WRITERS = ["head", "deputy", "member", "secretary", "editor"]
OTHERS = ["reporter", "translator", "technician", "inspector"]


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


def showings():
    return reverse("admin:documents_document_showings")


def post(user, url, **data):
    return signed_in(user).post(url, data)


def alerts(response):
    return [row.text for row in read(response).all("p", class_="errornote")]


def groups(user):
    """{title: [titles of its items]} of the start page."""
    page = signed_in(user).get(reverse("admin:index"))
    return {group["title"]: [row["title"] for row in group["items"]] for group in page.context["queue"]}


# --- documents of others on one's own site ----------------------------------------------------------------------------


@pytest.fixture
def owed(portal, district):
    """A document of the province that Tư Nghĩa owes since the day before yesterday, and shows not yet."""
    return publish_scoped(portal, district.agency, when=ago(days=18), number=NUMBER)


def test_what_is_owed_stands_first_with_its_last_day(owed, district):
    page = read(signed_in(district.editor).get(showings()))
    rows = [row.text for row in page.all("tr") if NUMBER in row.text]
    assert len(rows) == 1
    assert "15/03/2018 overdue by 3 working days" in rows[0].replace("2018overdue", "2018 overdue")
    assert page.one("strong", class_="duty").classes == ["duty", "duty-overdue"]


@pytest.mark.parametrize("role", WRITERS)
def test_one_click_shows_the_document_and_keeps_the_duty(role, owed, district, client):
    person = getattr(district, role)
    form = fill_in(signed_in(person).get(showings()), "document")
    assert post(person, showings(), **form, show="Show it").status_code == 302
    row, duty = Showing.objects.get(), Obligation.objects.get(code="D8")
    assert (row.document, row.agency, row.by, row.shown_at) == (owed, district.agency, person, TODAY)
    assert (duty.status, duty.fulfilled_at, duty.fulfilled_by) == ("late", TODAY, person)
    event = AuditEvent.objects.of(owed).get(action="show")
    assert (event.actor, event.changes) == (person, {"site": str(district.agency)})
    assert NUMBER in client.get("/trang/tunghia/en/van-ban/").content.decode()
    page = read(signed_in(person).get(showings()))
    assert "Nothing is owed." in page.main


@pytest.mark.parametrize("role", OTHERS)
def test_who_does_not_write_shows_nothing(role, owed, district):
    person = getattr(district, role)
    with nothing_changed_in_documents():
        assert signed_in(person).get(showings()).status_code == 404
        data = {"document": owed.pk, "agency": district.agency.pk}
        assert post(person, showings(), **data, show="1").status_code == 404
        assert post(person, showings(), **data, hide="1", note="Lý do").status_code == 404


def test_nobody_shows_on_the_site_of_another_board(owed, portal, district):
    names = {"name_vi": "Ủy ban nhân dân huyện Mộ Đức", "place_name_vi": "Huyện Mộ Đức"}
    other = make_place(make_agency("moduc", Agency.Kind.DISTRICT, portal.agency, **names))
    stranger, administrator = make_user(), make_user(is_superuser=True)
    with nothing_changed_in_documents():
        for person in (other.head, stranger, administrator):
            data = {"document": owed.pk, "agency": district.agency.pk, "show": "1"}
            assert post(person, showings(), **data).status_code == 404
        assert signed_in(stranger).get(showings()).status_code == 404


@pytest.mark.parametrize("pk", ["", "x", "0", "-1", "²", "9" * 30, "999999", "1\u202e"])
def test_a_forged_document_or_agency_is_not_found(pk, owed, district):
    with nothing_changed_in_documents():
        assert post(district.head, showings(), document=pk, agency=district.agency.pk, show="1").status_code == 404
        assert post(district.head, showings(), document=owed.pk, agency=pk, show="1").status_code == 404


def test_drafts_and_withdrawn_documents_are_shown_by_nobody(portal, district):
    draft = make_document(portal.agency, by=portal.editor, number="1/2018/QĐ-UBND")
    gone = withdraw(publish_scoped(portal, district.agency, when=ago(days=18), number="2/2018/QĐ-UBND"))
    with nothing_changed_in_documents():
        for document in (draft, gone):
            data = {"document": document.pk, "agency": district.agency.pk, "show": "1"}
            assert post(district.head, showings(), **data).status_code == 404
    page = signed_in(district.head).get(showings(), {"q": "2018/QĐ-UBND"}).content.decode()
    assert "1/2018" not in page and "2/2018/QĐ-UBND" not in page.replace('value="2018/QĐ-UBND"', "")


def test_the_second_click_says_that_it_is_shown_already(owed, district):
    data = {"document": owed.pk, "agency": district.agency.pk, "show": "1"}
    assert post(district.editor, showings(), **data).status_code == 302
    with nothing_changed_in_documents():
        page = post(district.secretary, showings(), **data)
    assert alerts(page) == ["This site shows the document already."]


def test_a_board_of_two_sites_does_not_show_a_document_on_the_site_where_it_stands(owed, portal, district):
    both = make_member(district.board, "editor", user=make_member(portal.board, "editor"))
    with nothing_changed_in_documents():
        page = post(both, showings(), document=owed.pk, agency=portal.agency.pk, show="1")
    assert alerts(page) == ["This document stands on its own site already."]


def test_taking_a_document_away_needs_a_reason_and_is_owed_again(owed, district):
    data = {"document": owed.pk, "agency": district.agency.pk}
    post(district.editor, showings(), **data, show="1")
    for note in ("", "  "):
        with nothing_changed_in_documents():
            assert alerts(post(district.editor, showings(), **data, hide="1", note=note)) == ["Give the reason."]
    assert post(district.editor, showings(), **data, hide="1", note="Nhầm văn bản").status_code == 302
    assert not Showing.objects.exists()
    assert Obligation.objects.get(code="D8").status == "open"
    assert AuditEvent.objects.of(owed).get(action="hide").note == "Nhầm văn bản"


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (LONG, "Ensure this value has at most 600 characters (it has 2399)."),
        (
            "Qu¶ng Ng·i, ®­êng",
            "This text is in the old TCVN3 encoding, which the portal does not store (Article 7.1). "
            "Converted it would read: Quảng Ngãi, đường",
        ),
    ],
    ids=["long", "TCVN3"],
)
def test_a_reason_that_cannot_be_stored_is_refused_with_a_sentence(note, sentence, owed, district):
    data = {"document": owed.pk, "agency": district.agency.pk}
    post(district.editor, showings(), **data, show="1")
    with nothing_changed_in_documents():
        page = post(district.editor, showings(), **data, hide="1", note=note)
    assert (page.status_code, alerts(page)) == (200, [sentence])


def test_any_public_document_of_others_is_found_by_its_number_the_exact_one_first(portal, district):
    for year in (2016, 2017, 2018):
        publish_document(portal, number=f"16/{year}/QĐ-UBND", event_date=date(year, 3, 1))
    publish_document(district, number="16/UBND-NC", normative=False)
    make_document(portal.agency, by=portal.editor, number="16/2015/QĐ-UBND", event_date=date(2015, 3, 1))

    def found(q):
        page = read(signed_in(district.editor).get(showings(), {"q": q}))
        return [row.text for row in page.all("strong") if row.parents[-1].tag == "td"]

    every = ["Quyết định 16/2018/QĐ-UBND", "Quyết định 16/2017/QĐ-UBND", "Quyết định 16/2016/QĐ-UBND"]
    assert found("16") == found("QĐ 16") == every
    assert found("16/2016/qd-ubnd") == [every[2]]
    assert found("quyet dinh 16 2017") == [every[1]]
    assert found("đường bộ") == found("%") == found("999") == []


@pytest.mark.parametrize("q", ["x" * 10_000, "\u202e" * 61])
def test_a_number_that_is_too_long_gets_a_sentence(q, owed, district):
    response = signed_in(district.editor).get(showings(), {"q": q})
    assert response.status_code == 200
    words = f"Ensure this value has at most 60 characters (it has {len(q)})."
    assert words in read(response).one("ul", class_="errorlist").text


def test_a_found_document_is_shown_on_a_site_to_which_it_does_not_apply(portal, district):
    document = publish_document(portal, number=NUMBER)
    page = signed_in(district.editor).get(showings(), {"q": NUMBER})
    form = fill_in(page, "document")
    assert post(district.editor, f"{showings()}?q=16", **form, show="1").status_code == 302
    assert Showing.objects.get().document == document


def test_what_is_owed_stands_on_the_start_page_of_those_who_can_do_it(owed, portal, district):
    assert groups(district.editor)["To be shown on our site"] == [f"Quyết định {NUMBER}"]
    for person in (district.reporter, district.inspector, portal.head, make_user()):
        assert "To be shown on our site" not in groups(person)
    post(district.editor, showings(), document=owed.pk, agency=district.agency.pk, show="1")
    assert "To be shown on our site" not in groups(district.editor)


# --- queries ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def public(portal):
    return publish_document(portal, number=NUMBER)


@pytest.mark.parametrize("page", ["showings", "search", "relations", "start page of a district", "start page"])
def test_the_number_of_queries_does_not_grow(page, portal, district, public):
    client = signed_in(district.editor if page in ("showings", "search", "start page of a district") else portal.head)
    url = {
        "showings": showings(),
        "search": f"{showings()}?q=2018",
        "relations": address(public, "relations"),
    }.get(page, reverse("admin:index"))

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    other = publish_document(portal, number="700/2018/QĐ-UBND")
    relate(public, "guides", other, state="proposed", proposed_by=portal.editor)
    Showing.objects.create(document=other, agency=district.agency, by=district.editor)
    publish_scoped(portal, district.agency, when=ago(days=18), number="701/2018/QĐ-UBND")
    publish_document(portal, number="702/2018/QĐ-UBND", full_text="")
    Attachment.objects.update(text_status=TextStatus.NO_TEXT)
    client.get(url)
    few = cost()
    for number in range(100, 108):
        document = publish_scoped(portal, district.agency, when=ago(days=18), number=f"{number}/2018/QĐ-UBND")
        relate(public, "guides", document, state="proposed", proposed_by=portal.editor)
        shown = publish_document(portal, number=f"{number + 100}/2018/QĐ-UBND", full_text="")
        Showing.objects.create(document=shown, agency=district.agency, by=district.editor)
    Attachment.objects.update(text_status=TextStatus.NO_TEXT)
    assert cost() == few
