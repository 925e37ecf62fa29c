"""Letters hold secret links: their words go thirty days after the letter went, or was given up."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.notices.models import Message
from portal.notices.outbox import enqueue, forget, send_waiting
from tests.makers import frozen
from tests.notices.test_outbox import NOON, SECOND

WORDS = "Mở liên kết bí mật để theo dõi câu hỏi."
KEPT = timedelta(days=30)


def write(key, **facts):
    enqueue(key, to="nguoi.dan@vidu.vn", subject="Đã tiếp nhận", body=WORDS)
    Message.objects.filter(key=key).update(**facts)


def kept():
    return set(Message.objects.exclude(body="").values_list("key", flat=True))


@pytest.fixture
def letters(db):
    with frozen(NOON):
        write("chờ")
        write("hoãn", attempts=9)
        write("gửi", sent_at=NOON)
        write("gửi sau", sent_at=NOON + SECOND)
        write("từ chối", attempts=1, refusal="550 no such user")
        write("thôi", attempts=10, send_after=NOON)


def test_words_are_kept_for_thirty_days_and_those_of_waiting_letters_for_ever(letters):
    with frozen(NOON + KEPT - SECOND):
        assert forget() == 0
    with frozen(NOON + KEPT):
        assert (forget(), forget()) == (3, 0)
    assert kept() == {"chờ", "hoãn", "gửi sau"}
    with frozen(NOON + 10 * KEPT):
        assert (forget(), forget()) == (1, 0)
    assert kept() == {"chờ", "hoãn"}


def test_nothing_but_the_words_is_forgotten(letters):
    before = list(Message.objects.order_by("pk").values())
    forget(NOON + 10 * KEPT)
    after = list(Message.objects.order_by("pk").values())
    assert [row | {"body": WORDS} for row in after] == before


def test_a_letter_without_words_never_waits(letters):
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(key="chờ").update(body="")
    forget(NOON + 10 * KEPT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(key="thôi").update(attempts=0)
    assert Message.objects.get(key="thôi").attempts == 10


def test_the_same_letter_is_not_written_again_after_its_words_are_forgotten(letters):
    forget(NOON + 10 * KEPT)
    assert enqueue("gửi", to="nguoi.dan@vidu.vn", subject="Đã tiếp nhận", body=WORDS) is False
    with frozen(NOON + 10 * KEPT):
        assert send_waiting() == 2
    assert Message.objects.get(key="gửi").body == ""
