"""Statistical reports in the hands of their board: what is owed and when (Article 9.1 g), and what is refused."""

import json
from datetime import date, timedelta
from unicodedata import is_normalized

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from documents import statistics_demo
from documents.models import StatisticalReport
from portal.editorial.models import AuditEvent
from portal.editorial.roles import State
from portal.obligations.models import Obligation
from portal.publishing import editing
from portal.publishing.workflow import Refused
from portal.workdays.calendars import read_calendar
from tests.backoffice.pages import address, errors, fill_in, listing, signed_in
from tests.documents.statistics import (
    DECIDED,
    ENGLISH,
    LATER,
    LIST,
    TEXTS,
    facts,
    make_statistics,
    nothing_changed_in_statistics,
    publish_statistics,
)
from tests.makers import approve, frozen, publish, submit
from tests.web.pages import read


@pytest.fixture
def write(portal):
    """A report of the portal itself, or of another place, published on the day `when`."""
    return lambda place=portal, **fields: publish_statistics(place, **fields)


@pytest.fixture
def draft(portal):
    return make_statistics(portal.agency, by=portal.editor)


@pytest.fixture
def show(client):
    return lambda path, **query: read(client.get(path, query))


# --- the time limit ---------------------------------------------------------------------------------------------------


def test_the_report_is_owed_within_ten_working_days_of_the_decision_and_kept_by_publication(show, write, law, portal):
    with frozen(LATER):
        draft = make_statistics(portal.agency, by=portal.editor)
    duty = Obligation.objects.of(draft).get()
    assert (duty.code, duty.agency, duty.triggered_on) == ("D17", portal.agency, DECIDED)
    assert (duty.due, duty.status) == (date(2018, 3, 19), "open")
    report = publish(draft, when=LATER)
    duty.refresh_from_db()
    assert (duty.status, duty.fulfilled_at, duty.delay) == ("on_time", LATER, 0)
    page = show(f"/en{report.path()}")
    assert facts(page)["Time limit (Article 9)"] == "19/03/2018: kept in time"
    assert f"/en{duty.path()}" in page.links


def test_a_report_published_after_ten_working_days_is_late(write, law):
    report = write(when=LATER.replace(day=20))
    duty = Obligation.objects.of(report).get()
    assert (duty.status, duty.due, duty.delay) == ("late", date(2018, 3, 19), 1)


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["figures", "report", "method", "analysis"])
def test_a_report_without_one_of_its_parts_cannot_be_submitted(name, portal, english):
    draft = make_statistics(portal.agency, by=portal.editor, **{f"{name}_vi": "<p> </p>"})
    label = {"report": "statistical report"}.get(name, name)
    with nothing_changed_in_statistics(), pytest.raises(Refused) as refused:
        submit(draft)
    assert refused.value.messages == [f"A part that Article 12 of Decree 43/2011 asks for is missing: {label}."]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_part_in_english_alone_is_missing_whatever_language_the_editor_reads(language, portal):
    draft = make_statistics(portal.agency, by=portal.editor, **ENGLISH | {"method_vi": ""})
    with translation.override(language), nothing_changed_in_statistics(), pytest.raises(Refused):
        submit(draft)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("event_date", None, "Give the day on which the head decided to publish (Article 9.1 g)."),
        ("period_to", date(2017, 6, 30), "The last day lies before the first."),
    ],
)
def test_a_report_without_decision_or_with_a_reversed_period_is_refused(name, value, sentence, draft, english):
    setattr(draft, name, value)
    with pytest.raises(ValidationError) as refused:
        draft.full_clean()
    assert refused.value.message_dict[name] == [sentence]
    with nothing_changed_in_statistics(), pytest.raises(IntegrityError), transaction.atomic():
        draft.save()


def test_a_period_of_one_day_is_a_period(draft):
    draft.period_to = draft.period_from
    draft.full_clean()


@pytest.mark.parametrize(
    ("writer", "submitter", "sentence"),
    [
        ("head", "editor", "You wrote this item. Another member of the board must approve it (Article 5.4)."),
        ("editor", "head", "You submitted this item. Another member of the board must approve it (Article 5.4)."),
    ],
)
def test_nobody_approves_a_report_that_they_wrote_or_submitted(writer, submitter, sentence, portal, english):
    draft = make_statistics(portal.agency, by=getattr(portal, writer))
    report = submit(draft, by=getattr(portal, submitter))
    with nothing_changed_in_statistics(), pytest.raises(Refused) as refused:
        approve(report, by=portal.head)
    assert refused.value.messages == [sentence]
    assert approve(report, by=portal.member).state == State.PUBLISHED


def test_nobody_approves_a_change_that_they_proposed(write, portal, english):
    report = write()
    revision = editing.propose(report, {"period_to": "2017-10-31"}, by=portal.head, note="Sửa thời gian.")
    with nothing_changed_in_statistics(), pytest.raises(Refused):
        editing.apply(revision, by=portal.head)


@pytest.mark.parametrize(
    "after", [{"period_to": "2017-06-30"}, {"event_date": ""}, {"method_vi": "<p></p>"}, {"decision": ""}]
)
def test_a_change_that_the_law_does_not_allow_is_not_applied(after, write, portal):
    report = write()
    revision = editing.propose(report, after, by=portal.editor, note="Sửa.")
    with nothing_changed_in_statistics(), pytest.raises(ValidationError):
        editing.apply(revision, by=portal.head)


# --- the back office --------------------------------------------------------------------------------------------------

REQUIRED = "This field is required."
TYPED = {
    **TEXTS,
    "event_date": "05/03/2018",
    "decision": "45/QĐ-CTK",
    "period_from": "01/07/2017",
    "period_to": "30/09/2017",
}


def add(user, **changes):
    client = signed_in(user)
    form = fill_in(client.get(listing(StatisticalReport, "add")), "version", **TYPED | changes)
    return client.post(listing(StatisticalReport, "add"), form)


def test_an_editor_enters_a_report(portal, english):
    response = add(portal.editor)
    report = StatisticalReport.objects.get()
    assert (response.status_code, report.state, report.created_by) == (302, State.DRAFT, portal.editor)
    assert (report.event_date, report.decision) == (DECIDED, "45/QĐ-CTK")
    assert (report.period_from, report.period_to) == (date(2017, 7, 1), date(2017, 9, 30))
    assert report.figures_vi == TEXTS["figures_vi"]
    assert report.problems() == []


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"event_date": ""}, {"event_date": ["Give the day on which the head decided to publish (Article 9.1 g)."]}),
        ({"period_to": "30/06/2017"}, {"period_to": ["The last day lies before the first."]}),
        ({"period_from": ""}, {"period_from": [REQUIRED]}),
        ({"decision": ""}, {"decision": [REQUIRED]}),
        ({"method_vi": ""}, {"method_vi": [REQUIRED]}),
        (
            {"event_date": "05/03/2199"},
            {"event_date": ["This day is still to come. A time limit begins with what has happened."]},
        ),
    ],
)
def test_an_incomplete_report_is_not_stored_and_nothing_typed_is_lost(changes, wrong, portal, english):
    with nothing_changed_in_statistics():
        response = add(portal.editor, **changes)
    assert (response.status_code, errors(response)) == (200, wrong)
    assert fill_in(response, "version")["report_vi"] == TEXTS["report_vi"]


def test_the_forms_ask_for_the_date_of_the_decision_and_quote_the_articles(draft, portal, write, english):
    sentence = "The day on which the head of the agency decided to publish: the ten working days begin with it."
    for item, page in [(draft, "change"), (write(), "revise")]:
        source = read(signed_in(portal.editor).get(address(item, page)))
        label = source.one("label", **{"for": "id_event_date"})
        assert label.text.startswith("Date of the decision to publish")
        assert sentence in source.text
    page = read(signed_in(portal.editor).get(address(draft, "change")))
    assert "Article 12 of Decree 43/2011 asks for all of these" in page.text
    assert "no more than 10 (ten) working days" in page.text
    shown = read(signed_in(portal.member).get(address(submit(draft), "change")))
    assert "Date of the decision to publish" in shown.text


def test_a_change_of_texts_period_and_decision_can_be_proposed(write, portal, english):
    report = write()
    client = signed_in(portal.editor)
    form = fill_in(client.get(address(report, "revise")), "note", note="Sửa thời gian.", period_to="31/10/2017")
    names = {"figures_vi", "report_vi", "method_vi", "analysis_vi", "event_date", "decision", "period_from"}
    assert names < form.keys()
    assert client.post(address(report, "revise"), form).status_code == 302
    revision = report.revisions.get()
    assert {name for name, value in revision.after.items() if revision.before[name] != value} == {"period_to"}
    editing.apply(revision, by=portal.head)
    report.refresh_from_db()
    assert report.period_to == date(2017, 10, 31)


def test_the_back_office_lists_decisions_of_ones_own_board_only(draft, portal, district, english):
    page = read(signed_in(portal.editor).get(listing(StatisticalReport)))
    assert "45/QĐ-CTK, 05/03/2018" in page.text
    page = read(signed_in(district.editor).get(listing(StatisticalReport)))
    assert "45/QĐ-CTK" not in page.text
    assert signed_in(district.editor).get(address(draft, "change")).status_code == 404


# --- the demonstration ------------------------------------------------------------------------------------------------

ROW = {
    "agency": "quangngai",
    "decided_on": "2018-03-05",
    "decision": "45/QĐ-CTK ngày 05/3/2018 của Cục trưởng Cục Thống kê tỉnh",
    "period_from": "2017-07-01",
    "period_to": "2017-09-30",
    "title_en": "",
    "summary_en": "",
    **TEXTS,
}


@pytest.fixture
def load(monkeypatch, tmp_path):
    def run(*rows):
        path = tmp_path / "rows.json"
        path.write_text(json.dumps(rows))
        monkeypatch.setattr(statistics_demo, "FIXTURE", path)
        said = []
        statistics_demo.load(said.append)
        return said

    return run


def test_the_demonstration_publishes_each_row_on_a_day_of_its_own_time(load, portal, law, show):
    assert load(ROW) == ["1 statistical reports"]
    report = StatisticalReport.objects.get()
    published = timezone.localtime(report.first_published_at)
    assert DECIDED < published.date() <= date(2018, 3, 21) and published.weekday() < 5
    assert (report.decision, report.event_date) == ("45/QĐ-CTK", DECIDED)
    assert (report.state, report.created_by, report.approved_by) == (State.PUBLISHED, portal.editor, portal.head)
    duty = Obligation.objects.of(report).get()
    assert (duty.code, duty.fulfilled_at) == ("D17", report.first_published_at)
    steps = AuditEvent.objects.of(report).order_by("at").values_list("action", "actor")
    assert list(steps)[:3] == [("create", portal.editor.pk), ("submit", portal.editor.pk), ("approve", portal.head.pk)]
    assert show(LIST).titles == [TEXTS["title_vi"]]


def test_a_second_run_of_the_demonstration_changes_nothing(load, portal, district, law):
    rows = [ROW, ROW | {"agency": "tunghia"}, ROW | {"agency": "", "title_vi": "Niên giám"}]
    assert load(*rows) == ["3 statistical reports"]
    assert StatisticalReport.objects.count() == 3
    with nothing_changed_in_statistics():
        assert load(*rows) == ["0 statistical reports"]


def test_the_demonstration_leaves_out_what_is_still_to_come(load, portal, law):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with nothing_changed_in_statistics():
        assert load(ROW | {"decided_on": f"{tomorrow}"}) == ["0 statistical reports"]


def test_every_report_of_the_demonstration_is_whole_and_passes_the_checks_of_the_back_office(portal):
    rows = json.loads(statistics_demo.FIXTURE.read_text())
    assert len(rows) >= 5
    for row in rows:
        item = statistics_demo._report(row, portal.agency)
        item.created_by = item.last_edited_by = portal.editor
        if item.event_date <= timezone.localdate():
            item.full_clean()
        assert item.problems() == [], row["title_vi"]
        for text in filter(None, row.values()):
            assert is_normalized("NFC", text), row["title_vi"]


def test_the_days_of_the_demonstration_lie_mostly_within_the_time_limit(law):
    calendar = read_calendar()
    rows = [ROW | {"title_vi": f"Báo cáo {number}"} for number in range(100)]
    published = [timezone.localdate(statistics_demo._published_at(row, calendar)) for row in rows]
    assert 0 < len([day for day in published if day > date(2018, 3, 19)]) < 30
    assert min(published) > DECIDED
