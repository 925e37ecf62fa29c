"""The stamp of a form: made here, unchanged, and not older than a day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing

from portal.intake.stamps import BadStamp, OldStamp, Stamp, new_stamp, read_stamp
from tests.makers import frozen

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def test_a_stamp_says_which_form_it_is_and_since_when():
    with frozen(NOON):
        first, second = read_stamp(new_stamp()), read_stamp(new_stamp())
    assert (first.issued_at, first.question) == (NOON, None)
    assert first.token != second.token


def test_a_stamp_keeps_the_question():
    with frozen(NOON):
        stamp = Stamp(Stamp.issue().token, NOON, 7)
        assert read_stamp(str(stamp)) == stamp


def test_a_stamp_is_good_for_a_day_and_then_still_says_which_form_it_is():
    with frozen(NOON):
        value = new_stamp()
        token = read_stamp(value).token
    with frozen(NOON + timedelta(hours=24)):
        assert read_stamp(value).token == token
    with frozen(NOON + timedelta(hours=24, seconds=1)), pytest.raises(OldStamp) as old:
        read_stamp(value)
    assert old.value.token == token


@pytest.mark.parametrize(
    "change",
    [
        lambda value: "",
        lambda value: value[:-1],
        lambda value: "A" + value[1:],
        lambda value: value + "x" * 10_000_000,
        lambda value: "\x00",
        lambda value: "giả:mạo",
        lambda value: signing.Signer(salt="elsewhere").sign_object(["0" * 32, 0, None]),
    ],
)
def test_what_was_not_issued_here_is_no_stamp(change):
    with pytest.raises(BadStamp) as refused:
        read_stamp(change(new_stamp()))
    assert not isinstance(refused.value, OldStamp)


def test_a_form_outlives_a_change_of_the_key(settings):
    value = new_stamp()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "mới" * 30, [settings.SECRET_KEY]
    assert read_stamp(value)
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(BadStamp):
        read_stamp(value)
