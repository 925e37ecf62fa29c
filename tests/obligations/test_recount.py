"""When the calendar or a rule changes, open duties are counted anew: one audit line each, the old date kept."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from news.models import Article
from portal.editorial.models import AuditEvent
from portal.obligations import ledger, rules
from portal.obligations.models import Obligation, Rule
from portal.obligations.recount import recount
from portal.workdays import changes
from portal.workdays.models import CalendarDay, Edition
from tests.makers import frozen, make_user, publish
from tests.obligations.test_ledger import duty, guidance, moment

pytestmark = pytest.mark.usefixtures("law", "english")

EVENT = date(2026, 8, 20)  # a Thursday: Saturday 22/08 is worked for Monday 31/08
BASIS = "Quyết định số 1/QĐ-TTg"


def swap():
    return CalendarDay.objects.get(date=date(2026, 8, 22))


def day_off(day):
    return CalendarDay(date=day, kind="swapped_off", name_vi="Nghỉ", name_en="Off", legal_basis=BASIS)


def redated(row):
    return [event.changes["due"] for event in AuditEvent.objects.of(row).filter(action="redate")]


def test_a_swap_that_is_taken_back_moves_the_open_duties(portal):
    row = duty(guidance(portal, event=EVENT, on=EVENT))
    assert row.due == date(2026, 9, 14)
    changes.delete_day(swap())
    assert recount() > 0
    row.refresh_from_db()
    assert (row.due, redated(row)) == (date(2026, 9, 15), [["2026-09-14", "2026-09-15"]])
    assert AuditEvent.objects.of(row).get(action="redate").actor_name == "Hệ thống"


def test_a_second_run_changes_nothing(portal):
    row = duty(guidance(portal, event=EVENT, on=EVENT))
    changes.delete_day(swap())
    recount()
    assert recount() == 0
    assert len(redated(row)) == 1


def test_a_duty_whose_date_stays_gets_no_line(portal):
    row = duty(guidance(portal, event=date(2026, 1, 5), on=EVENT))
    changes.delete_day(swap())
    recount()
    row.refresh_from_db()
    assert (redated(row), row.edition) == ([], Edition.current())


def test_what_was_kept_is_measured_anew_too(portal):
    kept = [publish(guidance(portal, event=EVENT, on=EVENT), when=moment(date(2026, 9, day))) for day in (14, 15, 16)]
    assert [(duty(item).status, duty(item).delay) for item in kept] == [("on_time", 0), ("late", 1), ("late", 2)]
    changes.delete_day(swap())
    assert recount() == 3  # the internal target of the same items ended before the swap
    rows = [duty(item) for item in kept]
    assert [(row.due, row.status, row.delay) for row in rows] == [
        (date(2026, 9, 15), "on_time", 0),
        (date(2026, 9, 15), "on_time", 0),
        (date(2026, 9, 15), "late", 1),
    ]
    assert [redated(row) for row in rows] == [[["2026-09-14", "2026-09-15"]]] * 3


def test_what_was_waived_stays_as_it_was(portal):
    row = duty(guidance(portal, event=EVENT, on=EVENT))
    ledger.waive(row, by=portal.head, reason="Bài nhắc lại")
    changes.delete_day(swap())
    recount()
    row.refresh_from_db()
    assert (row.due, row.status) == (date(2026, 9, 14), "waived")


def test_a_rule_that_changed_before_the_recount_is_not_forgotten(portal):
    row = duty(guidance(portal, event=EVENT, on=EVENT))
    old = Rule.objects.get(code="D6")
    old.valid_to = date(2026, 8, 9)
    rules.save_rule(old, by=make_user())
    old.pk, old.limit, old.valid_from, old.valid_to = None, 5, date(2026, 8, 10), None
    rules.save_rule(old, by=make_user())
    with frozen(moment(EVENT)):
        row = ledger.pause(row, date(2026, 8, 24), date(2026, 8, 24), by=portal.head, reason="Chờ")
    assert (row.rule.days, row.due) == (5, date(2026, 8, 27))


def test_a_day_that_is_not_confirmed_moves_nothing_until_it_is(portal):
    row = duty(guidance(portal, event=date(2026, 11, 23), on=date(2026, 11, 23)))
    assert row.due == date(2026, 12, 14)
    day = CalendarDay.objects.get(date=date(2026, 11, 24))
    day.confirmed = True
    changes.save_day(day)
    recount()
    row.refresh_from_db()
    assert row.due == date(2026, 12, 15)


def test_a_limit_changed_from_a_date_moves_later_events_only(portal):
    earlier = duty(guidance(portal, event=date(2026, 8, 3), on=EVENT))
    later = duty(guidance(portal, event=EVENT, on=EVENT))
    old = Rule.objects.get(code="D6")
    old.valid_to = date(2026, 8, 9)
    rules.save_rule(old, by=make_user())
    old.pk, old.limit, old.valid_from, old.valid_to = None, 5, date(2026, 8, 10), None
    rules.save_rule(old, by=make_user())
    recount()
    earlier.refresh_from_db()
    later.refresh_from_db()
    assert (earlier.due, earlier.rule.days, redated(earlier)) == (date(2026, 8, 22), 15, [])
    assert (later.due, later.rule.days) == (date(2026, 8, 26), 5)
    assert redated(later) == [["2026-09-14", "2026-08-26"]]


def test_a_pause_is_counted_again_with_the_rest(portal):
    row = duty(guidance(portal, event=EVENT, on=EVENT))
    with frozen(moment(EVENT)):
        row = ledger.pause(row, date(2026, 8, 24), date(2026, 8, 25), by=portal.head, reason="Chờ")
    assert row.due == date(2026, 9, 16)
    changes.save_day(day_off(date(2026, 8, 25)))
    recount()
    row.refresh_from_db()
    assert row.due == date(2026, 9, 16)  # a day off within the pause was not counted anyway
    changes.save_day(day_off(date(2026, 8, 26)))
    recount()
    row.refresh_from_db()
    assert row.due == date(2026, 9, 17)


def test_a_run_that_is_broken_off_goes_on_where_it_was_left(portal, monkeypatch):
    rows = [duty(guidance(portal, event=EVENT, on=EVENT)) for _number in range(3)]
    changes.delete_day(swap())
    assert recount(batch=2) == 3
    assert [len(redated(row)) for row in rows] == [1, 1, 1]


def test_a_reminder_is_due_again_when_the_date_moves(portal):
    row = duty(guidance(portal, event=EVENT, on=EVENT))
    Obligation.objects.update(reminded=2)
    changes.delete_day(swap())
    recount()
    row.refresh_from_db()
    assert row.reminded is None


def test_ten_thousand_open_duties_are_counted_anew_within_seconds(portal):
    """The limit leaves room for a slow machine; the run takes less than a second."""
    kind, rule, edition = ContentType.objects.get_for_model(Article), Rule.objects.get(code="D6"), Edition.current()
    days = [EVENT - timedelta(days=number % 250) for number in range(10_000)]
    rows = [
        Obligation(
            rule=rule,
            code="D6",
            agency=portal.agency,
            content_type=kind,
            object_id=number + 1,
            item_title=f"Văn bản số {number}",
            triggered_on=day,
            due=date(2026, 9, 30),
            edition=edition,
        )
        for number, day in enumerate(days)
    ]
    Obligation.objects.bulk_create(rows, batch_size=2000)
    changes.delete_day(swap())
    start = perf_counter()
    assert recount() == 10_000
    assert perf_counter() - start < 10
    assert AuditEvent.objects.filter(action="redate").count() == 10_000
    assert not Obligation.objects.filter(due=date(2026, 9, 30)).exists()


def test_the_lines_are_those_of_the_audit(portal):
    row = duty(guidance(portal, event=EVENT, on=EVENT))
    basis = swap().legal_basis
    changes.delete_day(swap())
    before = timezone.now()
    recount()
    event = AuditEvent.objects.of(row).get(action="redate")
    assert (event.item, event.item_title, event.agency) == (row, str(row), portal.agency)
    assert event.actor is None
    assert event.note == f"Calendar: 22/08/2026 was removed, swapped working day ({basis})."
    assert before <= event.at <= timezone.now()


def notes(row):
    return list(AuditEvent.objects.of(row).filter(action="redate").values_list("note", flat=True))


def test_a_line_names_the_day_that_was_added(portal):
    row = duty(guidance(portal, event=EVENT, on=EVENT))
    changes.save_day(day_off(date(2026, 8, 25)))
    recount()
    assert notes(row) == ["Calendar: 25/08/2026 was added, swapped day off (Quyết định số 1/QĐ-TTg)."]


def test_a_line_names_the_day_that_was_confirmed(portal):
    row = duty(guidance(portal, event=date(2026, 11, 23), on=date(2026, 11, 23)))
    day = CalendarDay.objects.get(date=date(2026, 11, 24))
    day.confirmed = True
    changes.save_day(day)
    recount()
    assert notes(row) == [f"Calendar: 24/11/2026 was confirmed, public holiday ({day.legal_basis})."]


def test_a_line_names_the_rule_that_was_changed(portal):
    row = duty(guidance(portal, event=EVENT, on=EVENT))
    rule = Rule.objects.get(code="D6")
    rule.limit = 10
    rules.save_rule(rule, by=make_user())
    recount()
    assert notes(row) == ["Rule D6 was changed: 10 working days from 29/04/2017."]


def test_a_line_names_all_changes_since_the_duty_was_last_counted_and_none_before(portal):
    changes.save_day(day_off(date(2026, 8, 26)))
    row = duty(guidance(portal, event=EVENT, on=EVENT))
    for day in (25, 27):
        changes.save_day(day_off(date(2026, 8, day)))
    recount()
    assert notes(row) == [
        "Calendar: 25/08/2026 was added, swapped day off (Quyết định số 1/QĐ-TTg). "
        "Calendar: 27/08/2026 was added, swapped day off (Quyết định số 1/QĐ-TTg)."
    ]


def test_a_line_is_found_without_diacritics(portal):
    row = duty(guidance(portal, event=EVENT, on=EVENT, title_vi="Phiên họp thường kỳ"))
    changes.delete_day(swap())
    recount()
    assert AuditEvent.objects.of(row).get(action="redate").folded == "d6: phien hop thuong ky he thong"
