"""What an item owes: entered with its event, kept by publication, paused, waived; the server's clock decides."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.models import Article
from portal.editorial.models import AuditEvent
from portal.obligations import ledger
from portal.obligations.counting import days_left, explanation
from portal.obligations.models import Obligation, Pause, Rule
from portal.publishing import editing, workflow
from portal.workdays.calendars import add_working_days, read_calendar
from tests.makers import ahead, approve, frozen, make_article, make_rubric, publish, submit, withdraw
from tests.unchanged import nothing_changed, stored

pytestmark = pytest.mark.usefixtures("law", "english")

GUIDANCE = {"legal_basis": "Luật số 1/2018/QH14"}
EVENT = date(2018, 2, 5)  # a Monday before Tết: 15 working days end on 05/03/2018
DUE = date(2018, 3, 5)


def moment(day, hour=9):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def guidance(place, *, event=EVENT, on=EVENT, **fields):
    """A draft that explains a law issued on that day, written on another."""
    with frozen(moment(on)):
        rubric = make_rubric("huong-dan", point="8.2.d")
        return make_article(place.agency, by=place.editor, rubric=rubric, event_date=event, **GUIDANCE | fields)


def duty(item, code="D6"):
    return Obligation.objects.of(item).get(code=code)


def state(row):
    return row.status, row.due, row.delay, row.fulfilled_at


def test_an_event_starts_its_duty(portal):
    row = duty(guidance(portal))
    assert state(row) == ("open", DUE, 0, None)
    assert (row.agency, row.triggered_on, row.rule.article) == (portal.agency, EVENT, "điểm b khoản 1 Điều 9")
    assert Obligation.objects.count() == 1


def test_what_kind_of_news_it_is_decides_what_is_owed(portal):
    with frozen(moment(date(2026, 7, 1))):
        news = make_article(portal.agency, by=portal.editor, event_date=date(2026, 7, 1))
        order = {"order_reference": "Công điện số 1/CĐ-UBND", "order_due": date(2026, 7, 3)}
        rubric = make_rubric("chi-dao", point="8.2.m")
        ordered = make_article(portal.agency, by=portal.editor, rubric=rubric, event_date=date(2026, 7, 1), **order)
    owed = {(row.object_id, row.code): (row.due, row.is_internal) for row in Obligation.objects.select_related("rule")}
    assert owed == {
        (news.pk, "D2"): (date(2026, 7, 3), True),
        (news.pk, "L16"): (date(2026, 7, 2), True),
        (ordered.pk, "D20"): (date(2026, 7, 3), False),  # the date that the order names
        (ordered.pk, "L16"): (date(2026, 7, 2), True),
    }


def test_the_strictest_of_two_rules_comes_first(portal):
    with frozen(moment(date(2026, 7, 1))):
        news = make_article(portal.agency, by=portal.editor, event_date=date(2026, 7, 1))
    assert [row.code for row in Obligation.objects.of(news).pressing_first()] == ["L16", "D2"]


def test_an_event_before_the_regulation_starts_nothing(portal):
    guidance(portal, event=date(2017, 4, 28))
    assert not Obligation.objects.exists()


def test_an_item_without_its_date_owes_nothing_yet(portal):
    article = make_article(portal.agency, by=portal.editor, event_date=None)
    assert not Obligation.objects.exists()
    with frozen(moment(EVENT)):
        article.event_date = EVENT
        editing.store(article, by=portal.editor)
    assert duty(article, "D2").due == date(2018, 2, 7)


def test_an_event_in_the_future_is_refused(portal):
    article = guidance(portal)
    article.event_date = timezone.localdate() + timedelta(days=1)
    before = stored()
    with pytest.raises(ValidationError) as refused:
        editing.store(article, by=portal.editor)
    assert refused.value.messages == ["The event lies in the future. A duty begins with an event that has happened."]
    assert (stored(), duty(article).due) == (before, DUE)


# --- publication ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "status", "delay"),
    [
        (moment(DUE, 23), "on_time", 0),
        (moment(DUE, 0) + timedelta(hours=23, minutes=59, seconds=59), "on_time", 0),
        (moment(DUE, 0) + timedelta(days=1), "late", 1),
        (moment(date(2018, 3, 10)), "late", 4),  # a Saturday: the working days from Tuesday to Friday
        (moment(EVENT), "on_time", 0),
        (moment(date(2018, 2, 10)), "on_time", 0),
    ],
)
def test_publication_keeps_the_duty_in_time_or_late(when, status, delay, portal):
    article = publish(guidance(portal), when=when)
    assert state(duty(article)) == (status, DUE, delay, when)
    assert duty(article).fulfilled_by == portal.head


def test_a_time_set_for_publication_counts_and_not_the_approval(portal):
    article, at = guidance(portal), moment(date(2018, 3, 6))
    with frozen(moment(EVENT)):
        approve(submit(article), at=at)
    assert duty(article).status == "open"
    with frozen(at + timedelta(minutes=3)):
        workflow.settle_due(Article)
    assert state(duty(article)) == ("late", DUE, 1, at)


def test_urgent_publication_keeps_it_too(portal):
    article = guidance(portal)
    with frozen(moment(EVENT)):
        workflow.carry_out("publish_urgently", article, by=portal.head, note="Bão", declared=True)
    assert duty(article).status == "on_time"


@pytest.mark.parametrize("step", ["draft", "submitted", "approved"])
def test_what_readers_cannot_open_keeps_nothing(step, portal):
    article = guidance(portal)
    if step != "draft":
        article = submit(article)
    if step == "approved":
        approve(article, at=ahead(days=1))
    assert duty(article).status == "open"


def test_what_is_withdrawn_is_owed_again(portal):
    article = publish(guidance(portal), when=moment(EVENT))
    kept_at = duty(article).fulfilled_at
    with frozen(moment(DUE)):
        article = withdraw(article, note="Sai số liệu")
    assert state(duty(article)) == ("open", DUE, 0, None)
    row = AuditEvent.objects.of(duty(article)).get()
    assert (row.action, row.note, row.changes["fulfilled_at"]) == ("reopen_duty", "Sai số liệu", kept_at.isoformat())
    with frozen(moment(date(2018, 3, 7))):
        article = workflow.carry_out("reopen", article, by=portal.head, note="Đăng lại")
    publish(article, when=moment(date(2018, 3, 7), 10), by=portal.deputy)
    assert state(duty(article)) == ("late", DUE, 2, moment(date(2018, 3, 7), 10))


def test_a_draft_that_is_deleted_leaves_its_duty_in_the_book(portal):
    article = guidance(portal)
    with frozen(moment(DUE)):
        editing.discard(article, by=portal.editor)
    row = Obligation.objects.get()
    assert (row.status, row.item, row.item_title) == ("void", None, article.title_vi)
    assert list(Obligation.objects.measured()) == []


def test_a_duty_that_no_longer_applies_comes_back_with_its_reason_to_be(portal):
    article, news = guidance(portal), make_rubric("thoi-su")
    rubric, article.rubric = article.rubric, news
    with frozen(moment(EVENT)):
        editing.store(article, by=portal.editor)
        assert {row.code: row.status for row in Obligation.objects.of(article)} == {"D6": "void", "D2": "open"}
        article.rubric = rubric
        editing.store(article, by=portal.editor)
    assert {row.code: row.status for row in Obligation.objects.of(article)} == {"D6": "open", "D2": "void"}


# --- the date of the event --------------------------------------------------------------------------------------------


def test_another_date_of_the_event_moves_the_due_date_and_is_audited(portal):
    article = guidance(portal)
    article.event_date = date(2018, 2, 6)
    with frozen(moment(DUE)):
        editing.store(article, by=portal.editor)
    row = duty(article)
    assert (row.due, row.triggered_on) == (date(2018, 3, 6), date(2018, 2, 6))
    event = AuditEvent.objects.of(row).get()
    assert (event.action, event.actor) == ("retrigger", portal.editor)
    assert event.changes == {"triggered_on": ["2018-02-05", "2018-02-06"], "due": ["2018-03-05", "2018-03-06"]}


def test_a_kept_duty_keeps_its_date_unless_somebody_says_why(portal):
    article = publish(guidance(portal), when=moment(DUE))
    claim = ledger.Claim("D6", portal.agency, date(2018, 2, 1))
    before = state(duty(article)), AuditEvent.objects.count()
    with pytest.raises(ValidationError) as refused:
        ledger.expect(article, [claim], by=portal.head, reason=" ")
    assert refused.value.messages == [
        "This duty was kept already. Give the reason why the date of its event is changed (Article 9)."
    ]
    assert (state(duty(article)), AuditEvent.objects.count()) == before
    ledger.expect(article, [claim], by=portal.head, reason="Văn bản ký ngày 01/02")
    assert state(duty(article)) == ("late", date(2018, 3, 1), 2, moment(DUE))


def test_a_correction_of_the_date_needs_its_note_and_a_second_person(portal):
    article = publish(guidance(portal), when=moment(DUE))
    with nothing_changed(), pytest.raises(workflow.Refused):
        editing.propose(article, {"event_date": "2018-02-01"}, by=portal.editor, note="")
    revision = editing.propose(article, {"event_date": "2018-02-01"}, by=portal.editor, note="Văn bản ký ngày 01/02")
    assert duty(article).triggered_on == EVENT
    editing.apply(revision, by=portal.head)
    assert (duty(article).triggered_on, duty(article).status) == (date(2018, 2, 1), "late")
    assert AuditEvent.objects.of(duty(article)).get().note == "Văn bản ký ngày 01/02"


def test_a_correction_that_makes_a_public_item_owe_something_keeps_it_at_once(portal):
    article = guidance(portal, event=date(2017, 4, 28))  # before the Regulation
    article = publish(article, when=moment(DUE))
    revision = editing.propose(article, {"event_date": "2018-02-05"}, by=portal.editor, note="Sửa ngày ban hành")
    editing.apply(revision, by=portal.head)
    assert state(duty(article)) == ("on_time", DUE, 0, moment(DUE))


def test_a_correction_of_the_rubric_leaves_one_measure(portal):
    article = publish(guidance(portal), when=moment(DUE))
    news = make_rubric("thoi-su")
    revision = editing.propose(article, {"rubric": str(news.pk)}, by=portal.editor, note="Xếp nhầm chuyên mục")
    editing.apply(revision, by=portal.head)
    assert {row.code: row.status for row in Obligation.objects.of(article)} == {"D6": "void", "D2": "late"}
    event = AuditEvent.objects.of(duty(article)).get()
    assert (event.action, event.note, event.changes["status"]) == ("void", "Xếp nhầm chuyên mục", "on_time")


OVERDUE = (
    "A time limit of this item has passed. Only the head of the editorial board may take it away or change the "
    "date from which it is counted (Article 9)."
)


def _delete(article, by):
    editing.discard(article, by=by)


def _change_the_date(article, by):
    article.event_date = date(2018, 3, 5)
    editing.store(article, by=by)


def _take_the_date_away(article, by):
    article.event_date = None
    editing.store(article, by=by)


@pytest.mark.parametrize("way", [_delete, _change_the_date, _take_the_date_away])
def test_what_is_overdue_is_taken_away_by_the_head_alone(way, portal):
    article = guidance(portal)
    with frozen(moment(date(2018, 3, 6))):
        before = stored(), state(duty(article))
        with pytest.raises(ValidationError) as refused:
            way(article, portal.editor)
        assert refused.value.messages == [OVERDUE]
        assert (stored(), state(duty(article))) == before
        way(article, portal.head)
    assert not Obligation.objects.filter(due=DUE).exclude(status="void").exists()


def test_a_rule_that_is_switched_off_leaves_what_was_entered(portal):
    article = guidance(portal)
    Rule.objects.filter(code="D6").update(is_active=False)
    with frozen(moment(EVENT)):
        article.title_vi = "Tiêu đề khác"
        editing.store(article, by=portal.editor)
        guidance(portal)
    assert [(row.status, row.item_title) for row in Obligation.objects.all()] == [("open", "Tiêu đề khác")]


# --- pauses and waivers -----------------------------------------------------------------------------------------------


def test_a_pause_of_three_working_days_moves_the_date_by_three(portal):
    row = duty(guidance(portal))
    with frozen(moment(date(2018, 2, 7))):
        row = ledger.pause(row, date(2018, 2, 8), date(2018, 2, 12), by=portal.head, reason="Chờ bổ sung")
    calendar = read_calendar()
    assert row.due == add_working_days(DUE, 3, calendar=calendar) == date(2018, 3, 8)
    event = AuditEvent.objects.of(row).get()
    assert (event.action, event.note, event.changes["due"]) == ("pause", "Chờ bổ sung", ["2018-03-05", "2018-03-08"])
    days = explanation(row, calendar=calendar)
    assert [day.counted for day in days if day.counted] == list(range(1, 16))
    assert {day.name for day in days if day.reason == "paused"} == {"Chờ bổ sung"}
    assert days[-1].date == row.due


def test_a_clock_that_is_stopped_runs_again_from_the_day_it_is_resumed(portal):
    row = duty(guidance(portal))
    with frozen(moment(date(2018, 2, 7))):
        row = ledger.pause(row, date(2018, 2, 7), by=portal.head, reason="Chờ ý kiến")
    assert row.due is None
    assert days_left(row.due, calendar=read_calendar()) is None
    with frozen(moment(date(2018, 2, 9))):
        row = ledger.resume(row, by=portal.head, reason="Đã có ý kiến")
    assert (row.due, Pause.objects.get().last) == (date(2018, 3, 7), date(2018, 2, 8))


def test_publication_ends_a_pause(portal):
    article = guidance(portal)
    with frozen(moment(date(2018, 2, 7))):
        ledger.pause(duty(article), date(2018, 2, 7), by=portal.head, reason="Chờ ý kiến")
    article = publish(article, when=moment(date(2018, 2, 8)))
    assert (duty(article).status, Pause.objects.get().last) == ("on_time", date(2018, 2, 8))


@pytest.mark.parametrize(
    ("first", "last", "reason", "sentence"),
    [
        (6, 8, "Chờ", "A pause begins today or later; nothing is back-dated."),
        (8, date(2019, 2, 9), "Chờ", "A pause ends within a year. Check the dates."),
        (8, date(9999, 12, 31), "Chờ", "A pause ends within a year. Check the dates."),
        (date(2206, 3, 1), None, "Chờ", "A pause ends within a year. Check the dates."),
        (9, 8, "Chờ", "The last day lies before the first."),
        (8, 9, " ", "Give the reason."),
        (12, 13, "Chờ", "The clock already stands still in that time."),
        (8, None, "Chờ", "The clock already stands still in that time."),
    ],
)
def test_a_pause_that_cannot_be_is_refused(first, last, reason, sentence, portal):
    row = duty(guidance(portal))
    with frozen(moment(date(2018, 2, 7))):
        row = ledger.pause(row, date(2018, 2, 12), date(2018, 2, 12), by=portal.head, reason="Chờ")
        before = row.due, Pause.objects.count(), AuditEvent.objects.count()
        days = [date(2018, 2, day) if isinstance(day, int) else day for day in (first, last)]
        with pytest.raises(ValidationError) as refused:
            ledger.pause(row, *days, by=portal.head, reason=reason)
    assert refused.value.messages == [sentence]
    row.refresh_from_db()
    assert (row.due, Pause.objects.count(), AuditEvent.objects.count()) == before


def test_a_pause_that_was_to_begin_later_does_not_keep_an_item_from_its_readers(portal):
    article = guidance(portal)
    with frozen(moment(date(2018, 2, 7))):
        ledger.pause(duty(article), date(2018, 2, 12), by=portal.head, reason="Chờ ý kiến")
    publish(article, when=moment(date(2018, 2, 9)))
    assert (duty(article).status, duty(article).due) == ("on_time", DUE)
    assert Pause.objects.get().cancelled


def test_a_pause_that_has_not_begun_is_cancelled_by_resuming(portal):
    row = duty(guidance(portal))
    with frozen(moment(date(2018, 2, 7))):
        row = ledger.pause(row, date(2018, 2, 8), date(2018, 2, 28), by=portal.head, reason="Nhầm")
        row = ledger.resume(row, by=portal.head, reason="Nhập nhầm ngày")
        assert (row.due, Pause.objects.get().cancelled) == (DUE, True)
        row = ledger.pause(row, date(2018, 2, 8), date(2018, 2, 8), by=portal.head, reason="Chờ")
    assert row.due == date(2018, 3, 6)


def test_a_pause_with_a_last_day_ends_early_when_the_clock_is_resumed(portal):
    row = duty(guidance(portal))
    with frozen(moment(date(2018, 2, 7))):
        row = ledger.pause(row, date(2018, 2, 7), date(2018, 2, 28), by=portal.head, reason="Chờ")
    with frozen(moment(date(2018, 2, 9))):
        row = ledger.resume(row, by=portal.head, reason="Đã có ý kiến")
    assert (row.due, Pause.objects.get().last) == (date(2018, 3, 7), date(2018, 2, 8))


def test_what_readers_can_open_already_is_neither_paused_nor_waived(portal):
    article = guidance(portal)
    with frozen(moment(EVENT)):
        approve(submit(article), at=moment(date(2018, 2, 8)))
    with frozen(moment(date(2018, 2, 9))):  # no worker has written it down yet
        for step in (ledger.waive, ledger.resume):
            with pytest.raises(ValidationError) as refused:
                step(duty(article), by=portal.head, reason="Lý do")
            assert refused.value.messages == ["This duty is not open any more."]
    assert duty(article).status == "open"


def test_a_waived_duty_is_measured_no_more_and_says_why(portal):
    article = guidance(portal)
    ledger.waive(duty(article), by=portal.head, reason="Bài nhắc lại văn bản cũ")
    row = duty(article)
    assert (row.status, row.waiver) == ("waived", "Bài nhắc lại văn bản cũ")
    publish(article, when=moment(date(2018, 6, 1)))
    assert duty(article).status == "waived"
    assert list(Obligation.objects.measured()) == []
    event = AuditEvent.objects.of(row).get()
    assert (event.action, event.actor, event.note) == ("waive", portal.head, "Bài nhắc lại văn bản cũ")


@pytest.mark.parametrize("step", [ledger.waive, ledger.resume])
def test_a_duty_that_was_kept_is_not_touched_any_more(step, portal):
    article = publish(guidance(portal), when=moment(DUE))
    before = state(duty(article)), AuditEvent.objects.count()
    with pytest.raises(ValidationError) as refused:
        step(duty(article), by=portal.head, reason="Lý do")
    assert refused.value.messages == ["This duty is not open any more."]
    assert (state(duty(article)), AuditEvent.objects.count()) == before


def test_a_clock_that_runs_is_not_resumed(portal):
    row = duty(guidance(portal))
    with pytest.raises(ValidationError) as refused:
        ledger.resume(row, by=portal.head, reason="Lý do")
    assert refused.value.messages == ["The clock is not stopped."]


def test_the_day_off_after_the_last_day_is_too_late(portal):
    article = guidance(portal, event=date(2018, 2, 2), on=EVENT)
    assert duty(article).due == date(2018, 3, 2)  # a Friday
    publish(article, when=moment(date(2018, 3, 3)))
    assert (duty(article).status, duty(article).delay) == ("late", 1)


@pytest.mark.parametrize(("day", "left"), [(1, 1), (2, 0), (3, -1), (4, -1), (5, -1), (6, -2)])
def test_what_is_due_on_a_friday_is_overdue_on_saturday(day, left, portal):
    row = duty(guidance(portal, event=date(2018, 2, 2), on=EVENT))
    today = date(2018, 3, day)
    assert (days_left(row.due, calendar=read_calendar(), today=today), row.is_overdue(today)) == (left, left < 0)


# --- the hour ---------------------------------------------------------------------------------------------------------


def test_the_day_of_an_event_is_that_of_viet_nam(portal):
    with frozen(datetime(2018, 2, 5, 16, 59, tzinfo=UTC)):  # 23:59 of the 5th
        article = make_article(portal.agency, by=portal.editor, event_date=date(2018, 2, 5))
    with frozen(datetime(2018, 2, 5, 16, 59, tzinfo=UTC)), pytest.raises(ValidationError):
        make_article(portal.agency, by=portal.editor, event_date=date(2018, 2, 6))
    assert duty(article, "D2").due == date(2018, 2, 7)


def test_a_target_that_is_changed_from_a_date_leaves_earlier_items_as_they_were(portal):
    earlier = guidance(portal)
    Rule.objects.filter(code="D6").update(valid_to=date(2018, 2, 28))
    shorter = Rule.objects.get(code="D6")
    shorter.pk, shorter.limit, shorter.valid_from, shorter.valid_to = None, 5, date(2018, 3, 1), None
    shorter.save()
    later = guidance(portal, event=date(2018, 3, 1), on=date(2018, 3, 1))
    assert (duty(earlier).due, duty(earlier).rule.days) == (DUE, 15)
    assert (duty(later).due, duty(later).rule.days) == (date(2018, 3, 8), 5)
