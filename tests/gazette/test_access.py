"""Who sees an issue and when, under which addresses, printed, in English, and read by machines."""

import json
from datetime import date, timedelta

import pytest

from documents.models import Document
from portal.publishing import editing, workflow
from portal.publishing.models import Attachment
from tests.backoffice.pages import signed_in
from tests.gazette.makers import (
    TODAY,
    make_issue,
)
from tests.gazette.shelf import LIST, bring_out, contents, entry_path, facts, make_ready, notes, views_of
from tests.makers import archive, frozen, withdraw
from tests.web.pages import read
from tests.web.soundness import faults, header_faults

COMMITTEE = "Provincial People's Committee"


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


# --- who sees it, and when --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "submitted", "scheduled"])
def test_an_issue_that_is_not_public_is_not_there_but_for_its_board(client, portal, district, document, state):
    if state == "draft":
        issue = make_issue(portal.agency, by=portal.editor, documents=[document])
    elif state == "submitted":
        issue = make_ready(portal, [document])
    else:
        issue = bring_out(portal, [document], at=TODAY + timedelta(hours=1))
    files = [row.path() for row in issue.attachments.all()]
    paths = [*views_of(issue, document), *files]
    strangers = [client, signed_in(district.head)]
    for path in paths:
        assert [person.get(f"{path}?xem-truoc=1").status_code for person in strangers] == [404, 404], path
        assert client.get(f"/en{path}").status_code == 404
    for path in views_of(issue, document):
        page = signed_in(portal.editor).get(f"/en{path}?xem-truoc=1")
        assert page.status_code == 200
        assert read(page).one("meta", name="robots")["content"] == "noindex"


def test_a_scheduled_issue_is_there_from_its_minute_on(client, portal, document):
    issue = bring_out(portal, [document], at=TODAY + timedelta(hours=1))
    for minutes, status in [(59, 404), (60, 200)]:
        with frozen(TODAY + timedelta(minutes=minutes)):
            paths = [*views_of(issue, document), issue.attachments.get().path()]
            assert {client.get(path).status_code for path in paths} == {status}


@pytest.mark.parametrize("reopened", [False, True])
def test_a_withdrawn_issue_answers_410_with_the_reason_everywhere(client, show, portal, issue, document, reopened):
    file = issue.attachments.get().path()
    issue = withdraw(issue, by=portal.head, note="In nhầm trang 3")
    if reopened:
        issue = workflow.carry_out("reopen", issue, by=portal.head, note="Đăng lại")
    for path in views_of(issue, document):
        page = show(path, status=410)
        assert "In nhầm trang 3" in page.main
        assert ("Công báo số 1 năm 2018" in page.main) is not reopened
        assert "Quản lý đường bộ" not in page.source
    assert client.get(file).status_code == 404
    assert show(document.path()).one("h1").text == "Decision 15/2018/QĐ-UBND"
    assert entry_path(issue, document) not in show(document.path()).source


def test_an_archived_issue_is_shown_and_marked(show, portal, issue, document):
    archive(issue, by=portal.head)
    assert "This item is kept for reference" in show(issue.path()).main
    assert show(entry_path(issue, document)).one("h1").text == "Decision 15/2018/QĐ-UBND"


def test_a_document_that_was_taken_from_the_portal_keeps_its_number_in_the_issue_and_nothing_else(
    client, show, portal, issue, document
):
    document = withdraw(document, by=portal.head)
    taken = "The page of this document was taken from the portal."
    assert contents(show(issue.path()))[1:] == [(COMMITTEE, [("01/03/2018", "Decision 15/2018/QĐ-UBND", taken, "1")])]
    for path in views_of(issue, document):
        page = show(path)
        assert taken in page.main
        assert "Quản lý đường bộ" not in page.source
        assert f"/en{document.path()}" not in page.links
    assert list(facts(show(entry_path(issue, document)))) == ["Gazette issue", "Date of the issue", "Pages"]


def test_no_draft_of_a_printed_document_shows_through(show, portal, issue, document, correction):
    document = workflow.carry_out("reopen", withdraw(document, by=portal.head), by=portal.head, note="Sửa")
    document.number, document.event_date, document.summary_vi = "77/2018/QĐ-UBND", date(2018, 2, 2), "Bản thảo mới"
    editing.store(document, by=portal.head)
    for path in (*views_of(issue, document), entry_path(*correction)):
        source = show(path).source
        assert [words for words in ("77/2018", "02/02/2018", "2018-02-02", "Bản thảo mới") if words in source] == []
    assert contents(show(issue.path()))[1][1][0][:2] == (
        "Legal document",
        "The page of this document was taken from the portal.",
    )
    assert notes(show(entry_path(*correction)))[0][1][0][0] == "Legal document"


def test_the_search_of_the_portal_knows_documents_from_their_own_pages_only(show, portal, issue, document):
    """What was corrected or taken away is not found, nor read, by way of the issue."""
    fresh = Document.objects.get(pk=document.pk)
    after = {"summary_vi": "Bảng giá đất", "full_text": "Điều 1. Giá đất ở."}
    editing.apply(editing.propose(fresh, after, by=portal.editor, note="Sai trích yếu"), by=portal.head)
    decision = f"Quyết định {document.number}"
    assert show("/tim-kiem/", q="duong bo").titles == []
    assert show("/tim-kiem/", q="bang gia dat").titles == [decision]
    assert show("/tim-kiem/", q=document.number).titles == [decision, "Gazette no. 1 of 2018"]
    withdraw(Document.objects.get(pk=document.pk), by=portal.head)
    assert show("/tim-kiem/", q="gia dat").titles == []
    assert "giá đất" not in show("/tim-kiem/", q=document.number).main


# --- addresses --------------------------------------------------------------------------------------------------------


def test_a_mistyped_address_leads_to_the_right_one_with_its_question(client, issue, document):
    entry = issue.entries.get().pk
    for language in ("", "/en"):
        wrong = f"{language}{LIST}sai-ten-{issue.pk}/"
        answer = client.get(f"{wrong}?a=1")
        assert (answer.status_code, answer.url) == (301, f"{language}{issue.path()}?a=1")
        answer = client.get(f"{wrong}van-ban/{entry}/?a=1")
        assert (answer.status_code, answer.url) == (301, f"{language}{entry_path(issue, document)}?a=1")


def test_the_address_of_a_document_in_the_issue_stays_when_its_number_is_corrected(client, portal, issue, document):
    path = entry_path(issue, document)
    fresh = Document.objects.get(pk=document.pk)
    editing.apply(
        editing.propose(fresh, {"number": "51/2018/QĐ-UBND"}, by=portal.editor, note="Sai số"), by=portal.head
    )
    page = read(client.get(f"/en{path}"))
    assert page.one("h1").text == "Decision 51/2018/QĐ-UBND"


def test_addresses_that_are_none_are_not_found(client, portal, issue, document):
    other = bring_out(portal)
    foreign = other.entries.get().pk
    slug, huge = issue.slug, 10**30
    for path in (
        f"{slug}-{issue.pk}/van-ban/{foreign}/",
        f"{slug}-{issue.pk}/van-ban/{huge}/",
        f"{slug}-{issue.pk}/van-ban/0/",
        f"{slug}-{huge}/",
        f"{slug}-{huge}/in/",
        f"{slug}-0/",
        f"{slug}-{issue.pk}/khac/",
        f"{slug}-{issue.pk}/van-ban/x/",
        f"-{issue.pk}/x/",
        f"{document.slug}-{other.pk + 1000}/",
    ):
        assert client.get(f"{LIST}{path}").status_code == 404, path


@pytest.mark.parametrize("query", ["?xem-truoc=%00", "?xem-truoc", "?trang=999999", "?q=" + "x" * 10_000, "?%00=%00"])
def test_nonsense_in_the_address_does_no_harm(client, issue, document, query):
    assert {client.get(f"{path}{query}").status_code for path in views_of(issue, document)} == {200}


@pytest.mark.parametrize("mount", ["/trang/tunghia", "/trang/tunghia/en"])
def test_the_pages_are_on_the_portal_only(client, issue, document, district, mount):
    for path in views_of(issue, document):
        assert client.get(f"{mount}{path}").status_code == 404, path
    assert f"{mount}{LIST}" not in read(client.get(f"{mount}/")).links


# --- print, machines, languages ---------------------------------------------------------------------------------------


def test_the_print_view_holds_the_contents_and_leads_back(show, issue, document):
    assert f"/en{issue.path()}in/" in show(issue.path()).links
    page = show(f"{issue.path()}in/")
    assert contents(page) == contents(show(issue.path()))
    assert page.one("h1").text == "Gazette no. 1 of 2018"
    assert not page.all("nav")
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert page.one("link", rel="canonical")["href"] == f"http://testserver/en{issue.path()}"
    assert facts(page)["Web address"] == f"http://testserver/en{issue.path()}"


def test_the_facts_stand_there_for_machines(show, issue, portal):
    Attachment.objects.filter(pk=issue.attachments.get().pk).update(page_count=12)
    page = show(issue.path())
    data = json.loads(page.one("script", type="application/ld+json").words)
    assert data == {
        "@context": "https://schema.org",
        "@type": "PublicationIssue",
        "name": "Gazette no. 1 of 2018",
        "issueNumber": "1",
        "datePublished": "2018-03-12",
        "numberOfPages": 12,
        "isPartOf": {"@type": "Periodical", "name": f"Công báo {portal.agency.name_vi}"},
        "publisher": {"@type": "GovernmentOrganization", "name": portal.agency.name_en},
        "inLanguage": "vi",
        "mainEntityOfPage": f"http://testserver/en{issue.path()}",
    }
    assert "numberOfPages" not in json.loads(
        show(bring_out(portal).path()).one("script", type="application/ld+json").words
    )


MANDATORY = ["DC.Title", "DC.Creator", "DC.Date", "DC.Description", "DC.Publisher", "DC.Identifier"]


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_mandatory_metadata_are_never_empty(show, portal, issue, document, language):
    for _round in range(2):
        for path in (LIST, issue.path(), entry_path(issue, document)):
            found = {row["name"]: row["content"] for row in show(path, language).all("meta") if row.get("name")}
            assert [name for name in MANDATORY if not found.get(name, "").strip()] == [], path
        if document.is_readable:
            document = withdraw(document, by=portal.head)
    found = {row["name"]: row["content"] for row in show(issue.path(), language).all("meta") if row.get("name")}
    assert found["DC.Date"] == "2018-03-12"


def test_an_issue_is_cited_with_its_author_day_and_address(show, issue, portal):
    name = portal.agency.name_vi
    assert show(issue.path(), "").one("p", class_="citation").text == (
        f"{name}: “Công báo số 1 năm 2018”. {name}, 05/03/2018. http://testserver{issue.path()}"
    )


def test_readers_report_errors_of_an_issue(client, show, issue):
    (link,) = [row["href"] for row in show(issue.path()).all("a") if row.text == "Report an error in this content"]
    assert client.get(link).status_code == 200


def test_what_is_vietnamese_is_marked_on_the_english_page(show, issue, document, correction):
    for path in (*views_of(issue, document), *views_of(*correction)):
        page = show(path)
        assert page.one("html")["lang"] == "en"
        assert {row["lang"] for row in page.all("p", "dd", "span") if row.text == "Quản lý đường bộ"} <= {"vi"}
        assert "Quản lý đường bộ" not in page.words_in("en")
        assert "Công báo số" not in page.words_in("en")


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_are_sound(client, portal, issue, document, correction, language):
    other = bring_out(portal, first=9, last_number=10, sequence_reason='Số <nhảy> & "lặp"')
    pages = [*views_of(issue, document), *views_of(*correction), *views_of(other, other.entries.get().document)]
    gone = bring_out(portal, first=11)
    held = gone.entries.get().document
    withdraw(gone, by=portal.head)
    withdraw(publish_again(portal), by=portal.head)
    for path in (*pages, *views_of(gone, held)):
        response = client.get(f"{language}{path}")
        assert (path, faults(read(response)), header_faults(response)) == (path, [], [])


def publish_again(portal):
    return bring_out(portal, first=12)
