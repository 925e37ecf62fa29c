"""What is counted is counted exactly, also at one moment, and soon forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from portal.intake import throttle
from portal.intake.models import Count
from portal.intake.throttle import Limit
from tests.makers import frozen
from tests.together import together

HERE, THERE = "a" * 32, "b" * 32
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
LIMIT = Limit("gửi", 3)


@pytest.fixture
def noon():
    with frozen(NOON):
        yield


def rows():
    return list(Count.objects.order_by("pk").values_list("scope", "network", "window", "number"))


def test_each_time_is_counted_and_says_the_how_manieth_it_is(db, noon):
    assert [throttle.count(LIMIT, HERE) for _ in range(3)] == [1, 2, 3]
    assert rows() == [("gửi", HERE, NOON, 3)]
    assert throttle.number(LIMIT, HERE) == 3


def test_a_limit_is_used_up_with_its_last_time(db, noon):
    for used_up in (False, False, False, True):
        assert throttle.is_over(LIMIT, HERE) is used_up
        throttle.count(LIMIT, HERE)


def test_networks_scopes_and_lengths_are_counted_apart(db, noon):
    throttle.count(LIMIT, HERE)
    others = [(Limit("tra cứu", 3), HERE), (LIMIT, THERE)]
    assert [throttle.number(limit, network) for limit, network in others] == [0, 0]
    throttle.count(LIMIT, THERE)
    throttle.count(Limit("tra cứu", 3), HERE)
    assert throttle.number_of_all(LIMIT) == 2
    assert throttle.number_of_all(Limit("khác", 3)) == 0


def test_limits_of_one_scope_share_their_number(db, noon):
    throttle.count(Limit("gửi", 1), HERE)
    assert throttle.is_over(Limit("gửi", 1), HERE)
    assert not throttle.is_over(Limit("gửi", 2), HERE)


@pytest.mark.parametrize(("minutes", "expected"), [(0, 2), (59, 2), (60, 1)])
def test_a_new_window_begins_with_its_hour(db, minutes, expected):
    with frozen(NOON):
        throttle.count(LIMIT, HERE)
    with frozen(NOON + timedelta(minutes=minutes)):
        assert throttle.count(LIMIT, HERE) == expected


def test_windows_may_be_of_any_length_up_to_a_day(db):
    quarter = Limit("gửi", 3, timedelta(minutes=15))
    with frozen(NOON + timedelta(minutes=29, seconds=59)):
        throttle.count(quarter, HERE)
    assert rows() == [("gửi", HERE, NOON + timedelta(minutes=15), 1)]
    for within in (timedelta(0), timedelta(days=1, seconds=1)):
        with pytest.raises(ValueError, match="longer than a day"):
            Limit("gửi", 3, within)


def test_windows_that_have_ended_are_forgotten_a_day_later(db):
    with frozen(NOON):
        throttle.count(LIMIT, HERE)
    with frozen(NOON + timedelta(hours=1)):
        throttle.count(LIMIT, HERE)
    with frozen(NOON + timedelta(hours=24)):
        assert throttle.forget() == 1
        assert throttle.forget() == 0
    assert [window for _scope, _network, window, _number in rows()] == [NOON + timedelta(hours=1)]


def test_a_count_of_today_is_never_forgotten_before_its_window_ends(db):
    day = Limit("gửi", 3, timedelta(days=1))
    with frozen(NOON):
        throttle.count(day, HERE)
    with frozen(NOON.replace(hour=23, minute=59)):
        assert throttle.forget() == 0
    with frozen(NOON.replace(day=11, hour=0)):
        assert throttle.forget() == 1


def test_what_is_rolled_back_is_not_counted(db, noon):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        throttle.count(LIMIT, HERE)
        raise ZeroDivisionError
    assert throttle.number(LIMIT, HERE) == 0


def test_two_hundred_at_one_moment_are_counted_exactly_and_each_hears_another_number(two_connections, noon):
    def five_times():
        return [throttle.count(LIMIT, HERE) for _ in range(5)]

    answers = together(*[five_times] * 40)
    assert sorted(number for numbers in answers for number in numbers) == list(range(1, 201))
    assert rows() == [("gửi", HERE, NOON, 200)]


def test_those_who_count_within_a_longer_transaction_wait_and_do_not_block_each_other(two_connections, noon):
    def enter(network):
        with transaction.atomic():
            throttle.count(LIMIT, network)
            return throttle.count(Limit("mọi biểu mẫu", 9), network)

    answers = together(*[lambda at=at: enter((HERE, THERE)[at % 2]) for at in range(20)])
    assert sorted(answers) == sorted([*range(1, 11)] * 2)
    assert throttle.number_of_all(LIMIT) == 20
