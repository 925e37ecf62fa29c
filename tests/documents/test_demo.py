"""The demonstration's documents and gazette: the decision that the portal rests on, as readers find it."""

from datetime import date
from io import BytesIO

import docx
import pypdf
import pytest

from documents import demo as documents_demo
from documents import statistics_demo
from documents.models import Document
from documents.structure import parse
from gazette import demo as gazette_demo
from gazette.models import Issue, Submission
from portal.agencies import demo as agencies
from portal.editorial import demo as boards
from portal.obligations.models import Obligation
from portal.publishing.models import Attachment
from portal.subsites import demo as sites
from tests.web.pages import read
from tests.web.test_demo import few_articles

__all__ = ["few_articles"]

DECISION, REPLACED = "16/2017/QĐ-UBND", "206/2004/QĐ-UB"


@pytest.fixture
def loaded(db, law, few_articles, monkeypatch):
    monkeypatch.setattr(statistics_demo, "load", lambda say: None)
    for module in [agencies, boards, sites, documents_demo, gazette_demo]:
        module.load(lambda text: None)


@pytest.fixture
def decision(loaded):
    return Document.objects.with_status().get(number=DECISION)


def test_the_decision_is_in_force_and_what_it_replaced_has_ended(decision):
    replaced = Document.objects.with_status().get(number=REPLACED)
    assert (decision.status, replaced.status) == ("con-hieu-luc", "het-hieu-luc")
    days = [_april(28), _april(29)]
    found = [Document.objects.with_status(day).get(number=REPLACED).status for day in days]
    assert found == ["con-hieu-luc", "het-hieu-luc"]


def _april(day):
    return date(2017, 4, day)


def test_both_duties_of_the_decision_fall_due_as_the_law_counts(decision):
    duties = Obligation.objects.of(decision)
    assert [(row.due, row.status) for row in duties.filter(code="D7")] == [(_april(21), "on_time")]
    others = duties.filter(code="D8")
    assert {row.due for row in others} == {date(2017, 5, 5)} and others.count() == decision.in_scope.count() >= 30
    assert {row.status for row in others} == {"on_time", "late"}


def test_the_decision_has_its_text_files_and_place_in_the_gazette(decision, client):
    anchors = {block.anchor for block in parse(decision.full_text, prefix="qd")}
    assert {"qd-dieu-3", "dieu-9-khoan-1-diem-dd", "dieu-19"} <= anchors
    issue = Issue.objects.get(year=2017)
    assert (decision.gazette_number, decision.gazette_date) == ("1/2017", issue.issued_on)
    entry = issue.entries.get(document=decision)
    assert 1 < entry.first_page < entry.last_page <= issue.attachments.get().page_count
    page = read(client.get(decision.path()))
    links = [link["href"] for link in page.all("a")]
    assert entry.path() in links and Document.objects.get(number=REPLACED).path() in links
    assert {row.path() for row in decision.attachments.all()} <= set(links)
    assert client.get(entry.path()).status_code == 200


def test_files_are_what_their_names_say(loaded):
    for row in Attachment.objects.filter(content_type__app_label="documents"):
        content = row.file.read()
        if row.extension == "docx":
            text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)
        else:
            text = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
        assert (row.item.number in text) != (row.item.number == REPLACED)  # a picture of the paper has no text


def test_the_next_issue_is_planned_and_the_last_one_printed(loaded):
    assert Issue.objects.planned().count() == 1
    assert {row.state for row in Submission.objects.all()} == {"printed"}
