"""The outbox: what is stored once goes out once, however often the mail server or the worker fails."""

import time
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from portal.notices import outbox
from portal.notices.models import Message
from portal.notices.outbox import enqueue, send_waiting
from tests.makers import frozen
from tests.together import together

NOON = timezone.now().replace(hour=5, minute=0, second=0, microsecond=0) + timedelta(days=10)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
REFUSED = "SMTPRecipientsRefused: {'xa@quangngai.gov.vn': (450, b'come again')}"


class Killed(BaseException):
    """What ends a worker here and now, as SIGKILL does."""


class PickyServer(EmailBackend):
    """Refuses one address, kills the worker at another and takes its time over a third."""

    def send_messages(self, messages):
        for message in messages:
            if message.to == ["xa@quangngai.gov.vn"]:
                raise SMTPRecipientsRefused({"xa@quangngai.gov.vn": (450, b"come again")})
            if message.to == ["cham@quangngai.gov.vn"]:
                time.sleep(0.3)
            if message.to == ["chet@quangngai.gov.vn"]:
                raise Killed
        return super().send_messages(messages)


@pytest.fixture
def picky(settings):
    settings.EMAIL_BACKEND = f"{__name__}.PickyServer"


def write(key, to="ubnd@quangngai.gov.vn", subject="Đến hạn trả lời", body="Câu hỏi số 12 đến hạn hôm nay.", **facts):
    return enqueue(key, to=to, subject=subject, body=body, **facts)


def subjects():
    return [message.subject for message in mail.outbox]


def test_a_message_says_who_writes_to_whom_and_that_a_machine_wrote_it(db, settings):
    settings.DEFAULT_FROM_EMAIL = "khong-tra-loi@quangngai.gov.vn"
    assert write("hoi-12") is True
    stored = Message.objects.get()
    assert send_waiting() == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.from_email) == (["ubnd@quangngai.gov.vn"], "khong-tra-loi@quangngai.gov.vn")
    assert (sent.subject, sent.body) == ("Đến hạn trả lời", "Câu hỏi số 12 đến hạn hôm nay.")
    headers = sent.message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == f"<{stored.pk}.{stored.created_at:%Y%m%d%H%M%S%f}@quangngai.gov.vn>"


def test_a_message_enqueued_twice_is_sent_once(db):
    assert write("hoi-12") is True
    assert write("hoi-12", subject="Lần nữa") is False
    assert send_waiting() == 1
    assert write("hoi-12") is False
    assert send_waiting() == 0
    assert subjects() == ["Đến hạn trả lời"]
    message = Message.objects.get()
    assert (message.attempts, message.lease_until, message.last_error) == (0, None, "")
    assert message.sent_at is not None


def test_the_messages_about_a_row_are_found(portal, district):
    write("mot", about=portal.agency)
    write("hai", about=district.agency, language="en")
    write("ba", about=portal.site)
    write("bốn")
    assert [message.key for message in Message.objects.about(portal.agency)] == ["mot"]
    assert [message.key for message in Message.objects.about(portal.site)] == ["ba"]
    message = Message.objects.get(key="hai")
    assert (message.about, message.language) == (district.agency, "en")
    message = Message.objects.get(key="bốn")
    assert (message.about, message.language) == (None, "vi")


def test_a_message_belongs_to_the_change_that_causes_it(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write("hoi-12")
        raise ZeroDivisionError
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Thư\nBcc: tat-ca@quangngai.gov.vn", "Thư Bcc: tat-ca@quangngai.gov.vn"),
        (" Một\r\n\t hai\u2028ba\x85bốn\x0bnăm ", "Một hai ba bốn năm"),
        ("Việt", "Việt"),
        ("dài " * 100, "dài " * 62 + "d…"),
    ],
)
def test_a_subject_is_one_line_of_normalised_text(typed, stored, db):
    write("hoi-12", subject=typed)
    assert send_waiting() == 1
    assert subjects() == [stored]
    assert mail.outbox[0].recipients() == ["ubnd@quangngai.gov.vn"]


@pytest.mark.parametrize(
    "fault",
    [
        {"to": "ubnd@quangngai.gov.vn\nBcc: tat-ca@quangngai.gov.vn"},
        {"to": "mot@quangngai.gov.vn, hai@quangngai.gov.vn"},
        {"to": ""},
        {"subject": " \n"},
        {"subject": "§Õn h¹n tr¶ lêi c©u hái"},
        {"body": ""},
        {"body": " \n"},
        {"language": "fr"},
        {"language": ""},
        {"body": "C©u hái ®Õn h¹n tr¶ lêi"},
        {"key": "k" * 201},
    ],
)
def test_what_cannot_be_sent_is_refused_before_it_is_stored(fault, db):
    with pytest.raises(ValidationError):
        write(**{"key": "hoi-12"} | fault)
    assert not Message.objects.exists()


def test_messages_go_in_the_order_they_came_and_no_more_than_asked(db):
    for number in range(3):
        write(f"hoi-{number}", subject=f"Thư {number}")
    assert send_waiting(limit=2) == 2
    assert subjects() == ["Thư 0", "Thư 1"]
    assert (send_waiting(), send_waiting()) == (1, 0)
    assert subjects() == ["Thư 0", "Thư 1", "Thư 2"]


def test_a_sweep_that_takes_too_long_leaves_the_rest_to_the_next(db, picky, monkeypatch):
    monkeypatch.setattr(outbox, "PATIENCE", 0.1)
    write("mot", to="cham@quangngai.gov.vn")
    write("hai")
    assert (send_waiting(), len(mail.outbox)) == (1, 1)
    assert (send_waiting(), len(mail.outbox)) == (1, 2)


def test_a_refused_message_stays_and_the_others_go(db, picky):
    with frozen(NOON):
        write("mot", subject="Thư 1")
        write("hai", to="xa@quangngai.gov.vn")
        write("ba", subject="Thư 3")
        assert send_waiting() == 2
    assert subjects() == ["Thư 1", "Thư 3"]
    refused = Message.objects.unsent().get()
    assert (refused.key, refused.attempts, refused.last_error) == ("hai", 1, REFUSED)
    assert (refused.send_after, refused.lease_until) == (NOON + MINUTE, None)


def test_a_refused_message_is_tried_again_after_its_pause(db, picky, settings):
    with frozen(NOON):
        write("hai", to="xa@quangngai.gov.vn")
        send_waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with frozen(NOON + MINUTE - SECOND):
        assert send_waiting() == 0
    with frozen(NOON + MINUTE):
        assert (send_waiting(), send_waiting()) == (1, 0)
    message = Message.objects.get()
    assert (message.sent_at, message.attempts, message.last_error) == (NOON + MINUTE, 1, "")
    assert len(mail.outbox) == 1


def test_the_pauses_grow_and_ten_failures_give_up(db, picky):
    moment, pauses = NOON, []
    with frozen(NOON):
        write("hai", to="xa@quangngai.gov.vn")
    for _ in range(10):
        assert not Message.objects.given_up().exists()
        with frozen(moment):
            assert send_waiting() == 0
        after = Message.objects.get().send_after
        pauses.append(after - moment)
        moment = after
    assert pauses == [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, *[6 * HOUR] * 6]
    assert [message.key for message in Message.objects.given_up()] == ["hai"]
    with frozen(NOON + timedelta(days=365)):
        assert send_waiting() == 0
    message = Message.objects.get()
    assert (message.attempts, message.last_error, message.sent_at) == (10, REFUSED, None)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("mất\nkết\x00 nối", "OSError: mất kết nối"),
        ("§Õn h¹n tr¶ lêi", r"'OSError: \xa7\xd5n h\xb9n tr\xb6 l\xeai'"),
        ("x" * 1000, "OSError: " + "x" * 291),
    ],
)
def test_whatever_the_mail_server_says_can_be_told(said, told, db, monkeypatch):
    def refuse(message):
        raise OSError(said)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    write("mot")
    assert send_waiting() == 0
    assert Message.objects.get().last_error == told


def test_a_message_whose_worker_was_killed_is_sent_after_its_lease_once(db, picky, settings):
    with frozen(NOON):
        write("mot", to="chet@quangngai.gov.vn")
        with pytest.raises(Killed):
            send_waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with frozen(NOON + 5 * MINUTE - SECOND):
        assert send_waiting() == 0
        assert mail.outbox == []
    with frozen(NOON + 5 * MINUTE):
        assert (send_waiting(), send_waiting()) == (1, 0)
    assert len(mail.outbox) == 1
    message = Message.objects.get()
    assert (message.sent_at, message.attempts, message.lease_until) == (NOON + 5 * MINUTE, 0, None)


def test_a_worker_that_fails_after_its_lease_does_not_disturb_the_one_that_took_over(db, monkeypatch):
    theirs = NOON + 20 * MINUTE

    def outlast_the_lease(message):
        Message.objects.update(lease_until=theirs)
        raise OSError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", outlast_the_lease)
    with frozen(NOON):
        write("mot")
        assert send_waiting() == 0
    message = Message.objects.get()
    assert (message.lease_until, message.attempts, message.send_after) == (theirs, 0, NOON)


def test_two_workers_share_the_messages_and_send_none_twice(two_connections, picky):
    for number in range(6):
        write(f"hoi-{number}", to="cham@quangngai.gov.vn", subject=f"Thư {number}")
    results = together(send_waiting, send_waiting)
    assert sum(results) == 6
    assert min(results) > 0  # neither waited for the other
    assert sorted(subjects()) == [f"Thư {number}" for number in range(6)]
    assert not Message.objects.unsent().exists()


def test_of_two_who_enqueue_the_same_message_one_stores_it(two_connections):
    def enqueue_slowly():
        with transaction.atomic():
            is_new = write("hoi-12")
            time.sleep(0.3)
        return is_new

    assert sorted(together(enqueue_slowly, enqueue_slowly)) == [False, True]
    assert Message.objects.count() == 1
