"""The page of an issue and of each document in it: the PDF one click away, errors and their corrections linked."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents.models import Document, Relation
from portal.publishing import editing
from portal.publishing.models import Attachment
from portal.subsites.models import Site
from tests.gazette.makers import (
    TODAY,
    correct,
    make_issue,
    make_issuer,
    make_printed,
    moment,
    send,
)
from tests.gazette.shelf import (
    DAY,
    LIST,
    bring_out,
    contents,
    entry_path,
    facts,
    links_in,
    notes,
    queries,
    views_of,
    write,
)
from tests.makers import frozen, withdraw
from tests.web.pages import read

COMMITTEE = "Provincial People's Committee"


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


# --- the issue --------------------------------------------------------------------------------------------------------


def test_an_issue_shows_its_number_its_day_and_each_document_with_its_subject_in_order(show, portal, document):
    council = make_issuer(portal.agency, code="hdnd", name_vi="Hội đồng nhân dân tỉnh", name_en="People's Council")
    committee = document.issuer
    letter = write(portal, "205/QĐ-UBND", "Giao chỉ tiêu", normative=False, event_date=date(2018, 2, 5))
    plan = write(portal, "9/2018/NQ-HĐND", "Kế hoạch đầu tư", issuer=council, event_date=date(2018, 2, 2))
    older = write(portal, "14/2018/QĐ-UBND", "Phí tham quan", event_date=date(2018, 2, 20))
    numbers = {"first": 5, "last_number": 6, "sequence_reason": "Tiếp bản in"}
    issue = bring_out(portal, [letter, document, plan, older], issued_on=DAY, **numbers)
    page = show(issue.path())
    assert page.one("h1").text == "Gazette no. 5 + 6 of 2018"
    assert page.one("p", class_="article-summary").text == "Dated 12/03/2018"
    assert committee.pk < council.pk
    assert contents(page) == [
        ("Normative legal documents", []),
        (
            COMMITTEE,
            [
                ("20/02/2018", "Decision 14/2018/QĐ-UBND", "Phí tham quan", "1"),
                ("01/03/2018", "Decision 15/2018/QĐ-UBND", "Quản lý đường bộ", "2"),
            ],
        ),
        ("People's Council", [("02/02/2018", "Decision 9/2018/NQ-HĐND", "Kế hoạch đầu tư", "3")]),
        ("Other documents", []),
        (COMMITTEE, [("05/02/2018", "Decision 205/QĐ-UBND", "Giao chỉ tiêu", "4")]),
    ]


def test_the_pdf_is_one_click_away_with_its_size_and_checksum(client, show, issue):
    (file,) = issue.attachments.all()
    Attachment.objects.filter(pk=file.pk).update(page_count=1)
    page = show(issue.path())
    (button,) = [row for row in page.all("a", class_="button") if row.text == "Open the PDF"]
    assert button["href"] == file.path()
    assert page.one("span", class_="attachment-kind").text == f"{file.size} bytes, 1 page"
    assert page.one("code").text == file.sha256
    answer = client.get(file.path())
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert b"".join(answer.streaming_content) == file.file.read()


def test_each_line_opens_the_pdf_on_the_page_where_its_document_begins(client, show, portal):
    rows = [write(portal, f"{n}/2018/QĐ-UBND", full_text="Điều 1. Phạm vi.\n" * 150) for n in (41, 42, 43)]
    issue = make_printed(portal, documents=rows, when=TODAY)
    page = show(issue.path())
    pdf = PdfReader(BytesIO(b"".join(client.get(issue.attachments.get().path()).streaming_content)))
    places = [row["href"] for row in page.all("a") if row.parents[-1].classes == ["gazette-page"]]
    assert len({place.partition("#")[2] for place in places}) == 3
    for document, place in zip(rows, places, strict=True):
        path, _hash, number = place.partition("#page=")
        assert path == issue.attachments.get().path()
        assert document.number in " ".join(pdf.pages[int(number) - 1].extract_text().split())
        assert ("Open the PDF at this page", place) in links_in(show(entry_path(issue, document)))


def test_each_line_leads_to_the_document_in_the_issue_and_to_its_own_page(client, show, issue, document):
    page = show(issue.path())
    line = page.one("li", class_="gazette-line")
    file = issue.attachments.get().path()
    assert links_in(page, line) == [
        (f"Decision {document.number}", f"/en{entry_path(issue, document)}"),
        (f"Page of the document: Decision {document.number}", f"/en{document.path()}"),
        (f"page 1 (Decision {document.number}, PDF)", f"{file}#page=1"),
    ]
    assert {client.get(url.partition("#")[0]).status_code for _words, url in links_in(page, line)} == {200}


def test_a_document_of_a_member_site_is_led_to_on_its_own_site(show, portal, district):
    issuer = make_issuer(district.agency, code="tu-nghia", level="district", name_vi="Ủy ban nhân dân huyện Tư Nghĩa")
    theirs = write(district, "2/2018/QĐ-UBND", issuer=issuer)
    issue = bring_out(portal, [theirs])
    address = f"/trang/tunghia/en{theirs.path()}"
    assert address in show(issue.path()).links
    assert address in show(entry_path(issue, theirs)).links
    Site.objects.filter(label="tunghia").update(is_active=False)
    assert address not in show(issue.path()).links + show(entry_path(issue, theirs)).links


@pytest.mark.parametrize("reason", ["Số 1 chỉ phát hành bản in", 'Trùng số <b>in lại</b> – "đính chính"'])
def test_a_number_out_of_sequence_shows_its_reason_wherever_the_issue_is_shown(show, portal, reason):
    issue = bring_out(portal, first=2, sequence_reason=reason)
    name = "Reason of a number out of sequence"
    for path in (issue.path(), f"{issue.path()}in/"):
        page = show(path)
        assert facts(page)[name] == reason
        (words,) = [row for row in page.all("dd") if row.text == reason]
        assert words["lang"] == "vi"
        assert reason in show(path, language="").text


def test_a_repeated_number_shows_its_reason_and_the_first_one_none(show, portal):
    first = bring_out(portal, first=1)
    again = bring_out(portal, first=1, sequence_reason="In lại vì thiếu trang")
    assert "Reason of a number out of sequence" not in facts(show(first.path()))
    assert facts(show(again.path()))["Reason of a number out of sequence"] == "In lại vì thiếu trang"
    assert first.path() != again.path()


def test_issues_lead_to_those_before_and_after_them(show, portal):
    last_year = bring_out(portal, first=98, issued_on=date(2017, 12, 29), sequence_reason="Bản in trước")
    double = bring_out(portal, first=1, last_number=2, issued_on=date(2018, 1, 5))
    withdraw(bring_out(portal, first=3, issued_on=date(2018, 1, 12)), by=portal.head)
    newest = bring_out(portal, first=4, issued_on=date(2018, 1, 19))
    make_issue(portal.agency, by=portal.editor, issued_on=date(2018, 1, 26))

    def neighbours(issue):
        page = show(issue.path())
        return [(row["rel"], row.text, row["href"]) for row in page.all("a", class_="neighbour")]

    before, after = "Previous issue Gazette no.", "Next issue Gazette no."
    assert neighbours(last_year) == [("next", f"{after} 1 + 2 of 2018", f"/en{double.path()}")]
    assert neighbours(double) == [
        ("prev", f"{before} 98 of 2017", f"/en{last_year.path()}"),
        ("next", f"{after} 4 of 2018", f"/en{newest.path()}"),
    ]
    assert neighbours(newest) == [("prev", f"{before} 1 + 2 of 2018", f"/en{double.path()}")]


def test_an_issue_names_its_board_author_source_and_hour(show, issue, portal):
    found = facts(show(issue.path()))
    assert found["Published"] == "08:30 05/03/2018"
    assert found["Author"] == found["Source"] == portal.agency.name_vi
    assert found["Responsible editorial board"] == str(portal.board)


# --- one document in it -----------------------------------------------------------------------------------------------


def test_the_page_of_a_document_in_the_issue_says_where_it_is_printed_and_what_it_is(show, portal, law):
    day = moment(date(2018, 3, 2))
    document = write(portal, "15/2018/QĐ-UBND", "Quản lý đường bộ", when=day, signer="Trần Ngọc Căng")
    send(document, by=portal.editor, when=day)
    issue = bring_out(portal, [document], issued_on=DAY)
    page = show(entry_path(issue, document))
    assert (page.one("h1").text, page.one("p", class_="article-summary").text) == (
        "Decision 15/2018/QĐ-UBND",
        "Quản lý đường bộ",
    )
    assert facts(page) == {
        "Gazette issue": "Gazette no. 1 of 2018",
        "Date of the issue": "12/03/2018",
        "Received by the gazette": "02/03/2018",
        "Pages": "1 (PDF)",
        "Type": "Decision",
        "Issuing body": COMMITTEE,
        "Number": "15/2018/QĐ-UBND",
        "Date of issue": "01/03/2018",
        "Takes effect on": "11/03/2018",
        "Signed by": "Trần Ngọc Căng",
    }
    assert page.one("span", class_="status").text == "not yet in force"


def test_document_and_gazette_lead_to_each_other(show, issue, document):
    entry = f"/en{entry_path(issue, document)}"
    with frozen(moment(DAY)):
        assert entry in show(document.path()).links
    page = show(entry_path(issue, document))
    assert {f"/en{issue.path()}", f"/en{document.path()}", f"/en{LIST}"} <= set(page.links)
    assert page.one("link", rel="canonical")["href"] == f"http://testserver{entry}"


def test_pages_that_were_not_mapped_are_no_link(show, issue, document):
    issue.entries.update(first_page=None, last_page=None)
    page = show(entry_path(issue, document))
    assert facts(page)["Pages"] == "–"
    assert not [link for link in [*page.links, *show(issue.path()).links] if "#page=" in link]


def test_one_correction_of_the_subject_changes_every_page(show, portal, issue, document):
    revision = editing.propose(
        Document.objects.get(pk=document.pk), {"summary_vi": "Quản lý đường đô thị"}, by=portal.editor, note="Sửa"
    )
    editing.apply(revision, by=portal.head)
    for path in (*views_of(issue, document), document.path(), f"{LIST}?q=15/2018"):
        for language in ("", "/en"):
            assert "Quản lý đường đô thị" in show(path, language).main, path
            assert "Quản lý đường bộ" not in show(path, language).main, path


# --- corrections -----------------------------------------------------------------------------------------------------


def test_an_error_and_its_correction_show_each_other_within_one_click(client, show, issue, document, correction):
    later, correcting = correction
    old, new = entry_path(issue, document), entry_path(later, correcting)
    assert notes(show(old)) == [("Corrected in a later issue", [(f"Decision {correcting.number}", f"/en{new}")])]
    assert notes(show(new)) == [("Corrects an earlier issue", [(f"Decision {document.number}", f"/en{old}")])]
    (tag,) = show(issue.path()).all("a", class_="tag")
    assert (tag.text, tag["href"]) == (f"corrected in a later issue: Decision {document.number}", f"/en{new}")
    assert not show(later.path()).all("a", class_="tag")
    assert "Gazette no. 2 of 2018 (19/03/2018)" in show(old).main
    assert client.get(tag["href"]).status_code == 200


def test_a_correction_that_is_not_recorded_or_not_printed_is_not_shown(show, portal, issue, document):
    later = write(portal, "4/ĐC-UBND", "Đính chính", normative=False)
    relation = correct(later, document)

    def shown():
        return notes(show(entry_path(issue, document))) + show(issue.path()).all("a", class_="tag")

    assert shown() == []
    second = bring_out(portal, [later])
    assert len(shown()) == 2
    Relation.objects.filter(pk=relation.pk).update(state=Relation.State.PROPOSED)
    assert shown() == []
    Relation.objects.filter(pk=relation.pk).update(state=Relation.State.COUNTS)
    withdraw(second, by=portal.head)
    assert shown() == []


def test_other_relations_are_no_corrections(show, portal, issue, document):
    later = write(portal, "4/2018/QĐ-UBND")
    Relation.objects.create(source=later, target=document, kind=Relation.Kind.AMENDS)
    bring_out(portal, [later])
    assert notes(show(entry_path(issue, document))) == []


def test_a_document_may_be_corrected_twice_and_correct_others(show, portal, issue, document, correction):
    _later, first = correction
    second = write(portal, "5/ĐC-UBND", "Đính chính lần hai", normative=False)
    correct(second, document)
    correct(second, first)
    third = bring_out(portal, [second])
    assert [words for words, _url in notes(show(entry_path(issue, document)))[0][1]] == [
        f"Decision {first.number}",
        f"Decision {second.number}",
    ]
    assert [heading for heading, _links in notes(show(entry_path(third, second)))] == ["Corrects an earlier issue"]
    headings = [heading for heading, _links in notes(show(entry_path(*correction)))]
    assert headings == ["Corrects an earlier issue", "Corrected in a later issue"]


# --- costs ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_and_thirty(portal):
    """Issues with two and with thirty documents, all of them corrected by the documents of others."""

    def compose(first, count):
        rows = [write(portal, f"{n}/2018/QĐ-UBND") for n in range(first, first + count)]
        corrections = [write(portal, f"{n + 500}/2018/QĐ-UBND") for n in range(first, first + count)]
        for source, target in zip(corrections, rows, strict=True):
            correct(source, target)
        issue = bring_out(portal, rows)
        bring_out(portal, corrections)
        return issue

    return compose(1, 2), compose(101, 30)


def test_an_issue_costs_the_same_whatever_it_holds(client, two_and_thirty):
    small, large = two_and_thirty
    assert len(read(client.get(large.path())).all("a", class_="tag")) == 30
    for view in ("", "in/"):
        for language in ("", "/en"):
            few, many = (queries(client, f"{language}{issue.path()}{view}") for issue in two_and_thirty)
            assert many == few
    assert [queries(client, issue.entries.first().path()) for issue in (small, large)] == [12, 12]


def test_a_document_in_an_issue_costs_the_same_however_often_it_was_corrected(client, portal, issue, document):
    def more(first, last):
        rows = [write(portal, f"{n}/2018/QĐ-UBND") for n in range(first, last)]
        for row in rows:
            correct(row, document)
        bring_out(portal, rows)

    path = entry_path(issue, document)
    more(101, 103)
    few = queries(client, path)
    more(103, 113)
    assert len(notes(read(client.get(path)))[0][1]) == 12
    assert queries(client, path) == few
