"""Letters that come back: reports of the usual mail servers, with all their encodings, and what is no report."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from portal.notices import bounces
from portal.notices.bounces import NoBounce, take
from portal.notices.models import Bounce, Message
from portal.notices.outbox import enqueue, send_waiting
from tests.makers import frozen
from tests.notices import returned
from tests.notices.test_outbox import MINUTE, NOON
from tests.together import together

PROJECT = Path(__file__).parents[2]
NO_REPORT = "This mail does not report that a letter was not delivered (RFC 3464)."
NOT_OURS = "The letter that came back is none of this portal."


@pytest.fixture
def letter(db):
    """One that went out, between two others."""
    with frozen(NOON):
        for key in ("mot", "hai", "ba"):
            enqueue(key, to="nguoi.dan@vidu.vn", subject="Đã tiếp nhận", body="Kính gửi ông.")
        assert send_waiting() == 3
    return Message.objects.get(key="hai")


def coming_back(sample, letter):
    return sample.replace("LETTER", letter.message_id).encode()


def stored():
    return [(row.message.key, row.is_permanent, row.status, row.words) for row in Bounce.objects.all()]


@pytest.mark.parametrize(
    ("sample", "status", "words"),
    [
        (returned.POSTFIX, *returned.POSTFIX_SAYS),
        (returned.EXIM, "5.0.0", "failed 5.0.0"),
        (returned.EXIM_PLAIN, "5.2.1", "host mx.vidu.vn [203.0.113.7]: 550 5.2.1 The account is disabled"),
        (returned.EXCHANGE, *returned.EXCHANGE_SAYS),
    ],
    ids=["Postfix", "Exim", "Exim in words", "Exchange"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_report_is_stored_beside_its_letter_once(sample, status, words, end, letter):
    raw = coming_back(sample.replace("\n", end), letter)
    with frozen(NOON + MINUTE):
        assert (take(raw), take(raw)) == (True, False)
    assert stored() == [("hai", True, status, words)]
    assert Bounce.objects.get().at == NOON + MINUTE
    assert list(Message.objects.bounced()) == [letter]
    states = dict(Message.objects.with_state().values_list("key", "state"))
    assert states == {"mot": "sent", "hai": "bounced", "ba": "sent"}


def test_a_letter_that_is_only_late_has_not_bounced(letter):
    assert take(coming_back(returned.POSTFIX_DELAYED, letter)) is True
    assert stored() == [("hai", False, "4.4.1", "connect to mx.vidu.vn[203.0.113.7]:25: Connection timed out")]
    assert not Message.objects.bounced().exists()
    assert take(coming_back(returned.POSTFIX, letter)) is True
    assert [row[1] for row in stored()] == [False, True]
    assert list(Message.objects.bounced()) == [letter]


@pytest.mark.parametrize("encoding", ["", "base64", "quoted-printable"])
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("smtp; 552 Hộp thư đầy".encode(), "552 Hộp thư đầy"),
        (b"smtp; 552 bo\xeete pleine", "552 boîte pleine"),
        (b"smtp; 552 =?utf-8?B?SOG7mXAgdGjGsCDEkeG6p3k=?=", "552 Hộp thư đầy"),
        (b"smtp; =?x-khong-co?B?SOG7mXA=?=", "=?x-khong-co?B?SOG7mXA=?="),
        (b"smtp; =?utf-8?B?A?= =?utf-8?B?/w==?=", "=?utf-8?B?A?= =?utf-8?B?/w==?="),
        (b"smtp; 552\n mailbox\n\tfull", "552 mailbox full"),
        (b"smtp; \xa7\xd5n h\xb9n tr\xb6 l\xeai", r"'\xa7\xd5n h\xb9n tr\xb6 l\xeai'"),
        (b"smtp; " + b"x" * 5000, "x" * 300),
        (b"", "failed 5.2.2"),
    ],
)
def test_words_in_whatever_encoding_are_kept_in_one_line(said, words, encoding, letter):
    status = b"Reporting-MTA: dns; a\n\n" + returned.STATUS.encode().replace(b"{said}", said)
    head = f"Message-Id: {letter.message_id}\n".encode()
    assert take(returned.report(status, head, encoding=encoding)) is True
    assert stored() == [("hai", True, "5.2.2", words)]


def test_of_several_receivers_the_one_who_failed_counts(letter):
    rows = [("relayed", "2.0.0"), ("delayed", "4.4.1"), ("failed", "5.4.4"), ("delivered", "2.0.0")]
    blocks = [
        f"Final-Recipient: rfc822;{at}@vidu.vn\nAction: {row[0]}\nStatus: {row[1]}\n" for at, row in enumerate(rows)
    ]
    raw = returned.report("\n".join(["Reporting-MTA: dns; a\n", *blocks]).encode(), b"")
    assert take(raw.replace(b"From: <>", f"References: <x@y>\n\t{letter.message_id}".encode())) is True
    assert stored() == [("hai", True, "5.4.4", "failed 5.4.4")]


def test_a_report_about_a_letter_still_in_the_queue_takes_it_out(db):
    with frozen(NOON):
        enqueue("hai", to="nguoi.dan@vidu.vn", subject="Đã tiếp nhận", body="Kính gửi ông.")
        message = Message.objects.get()
        assert take(coming_back(returned.POSTFIX, message)) is True
        assert send_waiting() == 0
    message.refresh_from_db()
    assert (message.refusal, message.sent_at) == (returned.POSTFIX_SAYS[1], None)


def delivered():
    return returned.POSTFIX.replace("Action: failed\nStatus: 5.1.1", "Action: delivered\nStatus: 2.0.0")


def test_an_address_of_a_server_is_no_status(letter):
    raw = coming_back(returned.EXIM_PLAIN.replace("[203.0.113.7]: 550 5.2.1 The", "[203.5.2.7]: 550 The"), letter)
    assert take(raw) is True
    assert [row[2] for row in stored()] == [""]


def test_a_report_full_of_names_asks_the_database_a_few_times(letter, django_assert_num_queries):
    names = " ".join(f"<{at}.{'20260310020000000000'}@quangngai.gov.vn>" for at in range(500))
    raw = returned.EXIM_PLAIN.replace("LETTER", names).encode()
    with django_assert_num_queries(20), pytest.raises(NoBounce):
        take(raw)


@pytest.mark.parametrize(
    "sample",
    [returned.AWAY, returned.READ, delivered(), "", "\n\n", "Thư thường\n\nLETTER", "\x00\x01"],
    ids=["away", "read", "delivered", "empty", "blank", "words", "bytes"],
)
def test_what_reports_no_failure_is_refused(sample, letter):
    with pytest.raises(NoBounce) as refused:
        take(coming_back(sample, letter))
    assert str(refused.value) == NO_REPORT
    assert stored() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda name: name.replace("@quangngai.gov.vn", "@vidu.vn"),
        lambda name: name.replace("<", "<9"),
        lambda name: name.replace("<", "<" + "9" * 30),
        lambda name: name[:-30] + "9" + name[-29:],
        lambda name: f"<1.{'0' * 20}@quangngai.gov.vn>",
        lambda name: f"<1.{'9' * 20}@quangngai.gov.vn>",
        lambda name: "<x@y>",
        lambda name: "",
    ],
)
@pytest.mark.parametrize("sample", [returned.POSTFIX, returned.EXIM, returned.EXIM_PLAIN, returned.EXCHANGE])
def test_a_report_about_an_unknown_letter_is_refused(sample, change, letter):
    with pytest.raises(NoBounce) as refused:
        take(sample.replace("LETTER", change(letter.message_id)).encode())
    assert str(refused.value) == NOT_OURS
    assert stored() == []


def test_a_mail_of_parts_within_parts_is_refused(letter):
    layers = [f'Content-Type: multipart/report; boundary="b{at}"\n\n--b{at}\n' for at in range(3000)]
    with pytest.raises(NoBounce):
        take("".join(layers).encode())
    assert stored() == []


def test_no_more_is_read_than_a_report_needs(letter, monkeypatch):
    monkeypatch.setattr(bounces, "LIMIT", 2000)
    raw = coming_back(returned.POSTFIX, letter)
    with pytest.raises(NoBounce):
        take(raw.replace(b"This is the mail system", b"x" * 3000))


def test_of_two_who_take_the_same_report_one_stores_it(two_connections):
    enqueue("hai", to="nguoi.dan@vidu.vn", subject="Đã tiếp nhận", body="Kính gửi ông.")
    raw = coming_back(returned.POSTFIX, Message.objects.get())
    assert sorted(together(lambda: take(raw), lambda: take(raw))) == [False, True]
    assert Bounce.objects.count() == 1


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def pipe(monkeypatch):
    """What the mail server pipes into the command; the answer is what it said."""

    def pipe(raw):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        said = io.StringIO()
        call_command("take_bounce", stdout=said)
        return said.getvalue()

    return pipe


def test_the_command_takes_a_report_from_its_input(pipe, letter):
    raw = coming_back(returned.EXCHANGE, letter)
    assert (pipe(raw), pipe(raw)) == ("Bounce: stored.\n", "Bounce: known already.\n")
    assert stored() == [("hai", True, *returned.EXCHANGE_SAYS)]


def test_the_command_refuses_a_letter_that_is_not_ours(pipe, letter):
    with pytest.raises(CommandError) as refused:
        pipe(returned.POSTFIX.encode())
    assert (str(refused.value), refused.value.returncode) == (NOT_OURS, 1)
    assert stored() == []


def test_while_the_database_is_away_the_mail_server_keeps_the_report(pipe, letter, monkeypatch):
    def fail(message, failure):
        raise OperationalError("gone")

    monkeypatch.setattr(bounces, "record", fail)
    with pytest.raises(CommandError) as refused:
        pipe(coming_back(returned.POSTFIX, letter))
    assert refused.value.returncode == os.EX_TEMPFAIL


def test_as_a_process_it_ends_with_a_sentence_and_one(tmp_path):
    own = {key: value for key, value in os.environ.items() if not key.startswith("PORTAL_")}
    command = [sys.executable, "manage.py", "take_bounce"]
    environment = own | {"PORTAL_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    ended = subprocess.run(command, cwd=PROJECT, env=environment, input=returned.AWAY.encode(), capture_output=True)
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.decode().strip() == f"CommandError: {NO_REPORT}"
