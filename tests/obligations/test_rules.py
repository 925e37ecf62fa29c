"""The table of Article 9: as the law prints it, dated, without contradictions."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from portal.editorial.models import AuditEvent
from portal.obligations import rules
from portal.obligations.models import Rule
from portal.obligations.rules import RuleBook
from portal.obligations.seed import seed
from portal.workdays.models import Edition
from tests.makers import make_user

pytestmark = pytest.mark.usefixtures("law", "english")

# code, limit, internal target, counted from
TABLE = """
D1  -  5  changed     D2  -  2  happened    D3  -  2  issued      D4  -  5  changed     D5  -  5  changed
D6  15 -  issued      D7  2  -  issued      D8  10 -  issued      D9  10 -  approved    D10 10 -  approved
D11 -  1  received    D12 15 -  received    D13 -  -  notified    D14 -  2  answered    D15 20 -  approved
D16 20 -  accepted    D17 10 -  decided     D18 -  10 changed     D19 -  -  opened      D20 -  1  ordered
L1  3  -  issued    L2  7  -  received  L6  5  -  received  L10 3  -  received
L10.2 15 - received L10.3 15 - notified
L7  5  -  created     L8  15 -  received    L9  5  -  discovered  L16 -  1  happened
"""


def rule(**changes):
    row = Rule.objects.get(code="D6")
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def test_the_table_is_that_of_the_law():
    words = TABLE.replace("-", "0").split()
    expected = {(words[at], *words[at + 1 : at + 4]) for at in range(0, len(words), 4)}
    stored = Rule.objects.values_list("code", "limit", "target", "event")
    assert {(code, str(limit or 0), str(target or 0), event) for code, limit, target, event in stored} == expected


def test_complaints_and_the_gazette_are_counted_in_calendar_days():
    assert set(Rule.objects.filter(unit="d").values_list("code", flat=True)) == {"L1", "L2", "L8", "L10.3"}


def test_the_slip_of_the_printed_article_is_shown_with_what_is_meant():
    row = Rule.objects.get(code="D9")
    assert row.printed == "điểm d khoản 1 Điều 9, dẫn chiếu điểm đ và h khoản 1 Điều 10"
    assert row.article == f"điểm d khoản 1 Điều 9, dẫn chiếu điểm đ và h khoản 2 Điều 8 (printed as {row.printed})"
    assert Rule.objects.get(code="D6").article == "điểm b khoản 1 Điều 9"


def test_the_regulation_measures_nothing_before_its_first_day():
    book = RuleBook()
    assert book.rule("D6", date(2017, 4, 28)) is None
    assert book.rule("D6", date(2017, 4, 29)).days == 15
    # what it took over from Decree 43/2011 word by word held before it: its own text is measured by that
    assert [book.rule(code, date(2017, 4, 19)).days for code in ("D7", "D8", "D12")] == [2, 10, 15]
    assert "43/2011/NĐ-CP" in book.rule("D7", date(2017, 4, 28)).printed
    assert book.rule("D7", date(2017, 4, 29)).printed == "gạch đầu dòng thứ nhất điểm c khoản 1 Điều 9"
    assert book.rule("D8", date(2011, 9, 30)) is None
    assert book.rule("L16", date(2026, 6, 30)) is None
    assert book.rule("D5", date(2022, 8, 15)) is None


def test_a_rule_that_is_switched_off_measures_nothing():
    Rule.objects.filter(code="D6").update(is_active=False)
    assert RuleBook().rule("D6", date(2018, 1, 2)) is None


def test_seeding_again_changes_nothing():
    Rule.objects.filter(code="D2").update(target=4)
    edition = Edition.current()
    assert seed() == 0
    assert (Rule.objects.get(code="D2").target, Edition.current()) == (4, edition)


@pytest.mark.parametrize(
    "days",
    [
        {"valid_from": date(2020, 1, 1)},
        {"valid_from": date(2016, 1, 1)},
        {"valid_from": date(2016, 1, 1), "valid_to": date(2017, 4, 29)},
    ],
)
def test_two_rows_of_one_duty_never_hold_at_the_same_time(days):
    before = Rule.objects.count(), Edition.current(), AuditEvent.objects.count()
    with pytest.raises(ValidationError) as refused:
        rules.save_rule(rule(limit=12, **days), by=make_user())
    assert refused.value.messages == ["This overlaps with the row of D6 from 29/04/2017. End that row first."]
    assert (Rule.objects.count(), Edition.current(), AuditEvent.objects.count()) == before


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "D99", "limit": 5, "target": 3}, "Where the law gives a limit there is no internal target."),
        ({"code": "D99", "valid_to": date(2017, 4, 28)}, "The last day lies before the first."),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(changes, sentence):
    before = Rule.objects.count()
    with pytest.raises(ValidationError) as refused:
        rules.save_rule(rule(**changes), by=make_user())
    assert sentence in refused.value.messages
    assert Rule.objects.count() == before


def test_a_new_limit_begins_where_the_old_one_ends_and_is_audited():
    user, edition = make_user(), Edition.current()
    old = Rule.objects.get(code="D6")
    old.valid_to = date(2019, 12, 31)
    rules.save_rule(old, by=user)
    rules.save_rule(rule(limit=12, valid_from=date(2020, 1, 1), valid_to=None), by=user)
    days = [RuleBook().rule("D6", date(2020, 1, 1) + timedelta(offset)).days for offset in (-1, 0)]
    assert days == [15, 12]
    assert Edition.current() == edition + 2
    assert AuditEvent.objects.filter(action="rule", actor=user).count() == 2
