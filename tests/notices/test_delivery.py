"""Letters as a real mail server gets them, and what the outbox makes of each of its answers."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import translation

from portal.notices.models import Bounce, Message
from portal.notices.outbox import enqueue, send_waiting
from tests.makers import frozen
from tests.notices.test_outbox import MINUTE, NOON
from tests.together import together
from tests.web.pages import Page

CITIZEN = "nguoi.dan@vidu.vn"
YEAR = timedelta(days=365)
BODY = "Kính gửi ông Nguyễn Văn Đạt,\n\nCâu hỏi của ông đã được tiếp nhận.\nMã: QN-2026-ABCD\n\nTrân trọng.\n"
NO_SUCH_USER = "550 5.1.1 <nguoi.dan@vidu.vn>: no such user"


def write(key="hoi-12", to=CITIZEN, subject="Đã tiếp nhận câu hỏi", body=BODY, **facts):
    return enqueue(key, to=to, subject=subject, body=body, **facts)


def part(mail, kind):
    return mail.get_body((kind,)).get_content()


def states():
    return dict(Message.objects.with_state().values_list("key", "state"))


# --- what arrives -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "name", "subject", "body"),
    [
        ("vi", "Cổng thông tin điện tử tỉnh Quảng Ngãi", "Đã tiếp nhận câu hỏi", BODY),
        (
            "en",
            "Electronic portal of Quang Ngai province",
            "Your question was received",
            "Dear Mr Đạt,\n\nit came in “today” – ngày 5/5.\n",
        ),
    ],
)
def test_a_letter_arrives_as_plain_text_and_as_html_of_the_same_words(language, name, subject, body, server, db):
    write(subject=subject, body=body, language=language)
    with translation.override("en" if language == "vi" else "vi"):  # whatever the worker speaks
        assert send_waiting() == 1
    (mail,) = server.mails()
    assert server.recipients() == [CITIZEN]
    assert (mail["To"], mail["Subject"], mail["Content-Language"]) == (CITIZEN, subject, language)
    assert mail.get_content_type() == "multipart/alternative"
    assert [row.get_content_type() for row in mail.iter_parts()] == ["text/plain", "text/html"]
    assert [row.get_content_charset() for row in mail.iter_parts()] == ["utf-8", "utf-8"]
    assert part(mail, "plain") == body
    page = Page(part(mail, "html"))
    assert (page.one("html")["lang"], page.one("title").text, page.one("h1").text) == (language, subject, subject)
    paragraphs = [text.replace("\n", "") for text in body.strip().split("\n\n")]  # <br> is no letter
    assert [row.text for row in page.all("p")] == [name, *paragraphs]
    assert page.mistakes == []


def test_the_html_escapes_all_words_and_links_what_is_an_address(server, db):
    address = "http://localhost:8000/hoi-dap/theo-doi/?ma=QN&khoa=a-b_c"
    write(subject="<b>Đậm</b> & 'nháy'", body=f"<script>go()</script> <img src=x>\n\nXem {address}.\n")
    send_waiting()
    (mail,) = server.mails()
    html = part(mail, "html")
    page = Page(html)
    assert (page.one("title").text, page.one("h1").text) == ("<b>Đậm</b> & 'nháy'", "<b>Đậm</b> & 'nháy'")
    assert [row.text for row in page.all("p")][1:] == ["<script>go()</script> <img src=x>", f"Xem {address}."]
    assert [(row["href"], row.text) for row in page.all("a")] == [(address, address)]
    assert "<script" not in html and "<img" not in html and "src=x&gt;" in html


def test_the_html_loads_nothing_from_anywhere(server, db):
    write()
    send_waiting()
    html = part(server.mails()[0], "html")
    assert not re.search(r"<(?:img|link|script|iframe|style)|\burl\(|\bsrc=|@import|https?:", html)


@pytest.mark.parametrize(
    "body",
    ["x" * 3000 + " đ" * 1500 + "\n", ".\n..\nFrom đây\n.\n", "Một\n\n\n  hai\tba \n", "𠮷 👩‍👩‍👧 Ở đâu?\n"],
)
def test_no_line_is_cut_doubled_or_marked_on_its_way(body, server, db):
    write(body=body)
    assert send_waiting() == 1
    assert part(server.mails()[0], "plain") == body
    assert max(map(len, server.received[0][1].split(b"\r\n"))) <= 998


@pytest.mark.parametrize("subject", ["Ờ" * 250, "Phản ánh: " + "đường hỏng, " * 20, "Ngày 5/5", "a" * 250])
def test_a_subject_of_any_letters_arrives_whole_in_ascii_headers(subject, server, db):
    write(subject=subject)
    assert send_waiting() == 1
    raw, _blank, _body = server.received[0][1].partition(b"\r\n\r\n")
    assert raw.isascii() and max(map(len, raw.split(b"\r\n"))) <= 998
    assert message_from_bytes(raw, policy=policy.default)["Subject"].strip() == " ".join(subject.split())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85", "\x00\n"])
def test_a_subject_adds_no_header_and_no_receiver(end, server, db):
    write(subject=f"Thư{end}Bcc: tat-ca@vidu.vn{end}{end}Lời khác")
    assert send_waiting() == 1
    (mail,) = server.mails()
    assert server.recipients() == [CITIZEN]
    assert mail["Subject"] == "Thư Bcc: tat-ca@vidu.vn Lời khác"
    assert (mail["Bcc"], part(mail, "plain")) == (None, BODY)


# --- what the server answers ------------------------------------------------------------------------------------------


def test_who_is_refused_for_good_is_a_bounce_and_never_tried_again(server, db):
    server.refused[CITIZEN] = NO_SUCH_USER
    with frozen(NOON):
        write("mot")
        write("hai", to="khac@vidu.vn")
        assert send_waiting() == 1
    message = Message.objects.bounced().get()
    assert (message.key, message.refusal, message.sent_at) == ("mot", NO_SUCH_USER, None)
    assert (message.attempts, message.lease_until, message.send_after) == (1, None, NOON)
    bounce = Bounce.objects.get()
    assert (bounce.message, bounce.at, bounce.is_permanent) == (message, NOON, True)
    assert (bounce.status, bounce.words) == ("5.1.1", NO_SUCH_USER)
    server.refused.clear()
    with frozen(NOON + YEAR):
        assert send_waiting() == 0
    assert server.recipients() == ["khac@vidu.vn"]
    assert states() == {"mot": "bounced", "hai": "sent"}


@pytest.mark.parametrize(
    ("reply", "status", "words"),
    [
        ("550 Hộp thư không tồn tại", "", "550 Hộp thư không tồn tại"),
        ("554 5.7.1 " + "x" * 400, "5.7.1", "554 5.7.1 " + "x" * 290),
        ("550-5.2.1 Tài khoản\r\n550 5.2.1 đã khóa", "5.2.1", "550 5.2.1 Tài khoản 5.2.1 đã khóa"),
    ],
)
def test_what_the_server_says_is_kept_in_one_line(reply, status, words, server, db, monkeypatch):
    server.refused[CITIZEN] = reply
    write()
    assert send_waiting() == 0
    bounce = Bounce.objects.get()
    assert (bounce.status, bounce.words, Message.objects.get().refusal) == (status, words, words)


def test_a_letter_that_is_refused_for_good_after_its_text_is_a_bounce(server, db):
    server.refused_with_text[CITIZEN] = "554 5.6.0 refused"
    write()
    assert send_waiting() == 0
    assert [(row.status, row.words) for row in Bounce.objects.all()] == [("5.6.0", "554 5.6.0 refused")]
    assert states() == {"hoi-12": "bounced"}


@pytest.mark.parametrize("place", ["refused", "refused_with_text"])
def test_who_is_refused_for_now_is_tried_again(place, server, db):
    getattr(server, place)[CITIZEN] = "451 4.7.1 greylisted, come again"
    with frozen(NOON):
        write()
        assert send_waiting() == 0
    message = Message.objects.get()
    assert (message.attempts, message.send_after, message.refusal) == (1, NOON + MINUTE, "")
    assert "greylisted" in message.last_error
    getattr(server, place).clear()
    with frozen(NOON + MINUTE):
        assert (send_waiting(), send_waiting()) == (1, 0)
    assert server.recipients() == [CITIZEN]
    assert not Bounce.objects.exists()


def test_a_server_that_refuses_the_portal_itself_says_nothing_about_the_receiver(server, db):
    server.sender_refused = "550 5.7.1 sender not allowed"
    with frozen(NOON):
        write()
        assert send_waiting() == 0
    assert not Bounce.objects.exists()
    server.sender_refused = ""
    with frozen(NOON + MINUTE):
        assert send_waiting() == 1


def test_a_letter_whose_server_went_away_after_the_text_goes_again_under_the_same_name(server, db):
    server.dropped.add(CITIZEN)
    with frozen(NOON):
        write()
        assert send_waiting() == 0
    assert Message.objects.get().attempts == 1
    server.dropped.clear()
    with frozen(NOON + MINUTE):
        assert (send_waiting(), send_waiting()) == (1, 0)
    names = [mail["Message-ID"] for mail in server.mails()]
    assert names == [Message.objects.get().message_id] * 2


def test_a_server_that_hangs_holds_up_no_other_letter(server, db, settings):
    settings.EMAIL_TIMEOUT = 0.2
    server.slow, server.pause = {CITIZEN}, 30
    with frozen(NOON):
        write("mot")
        write("hai", to="khac@vidu.vn")
        assert send_waiting() == 1
    assert states() == {"mot": "waiting", "hai": "sent"}
    assert Message.objects.get(key="mot").send_after == NOON + MINUTE


def test_a_server_that_hangs_at_the_farewell_has_taken_the_letter(server, db, settings):
    settings.EMAIL_TIMEOUT = 0.2
    server.pause_at_end = 30
    write()
    assert (send_waiting(), send_waiting()) == (1, 0)
    assert server.recipients() == [CITIZEN]
    assert states() == {"hoi-12": "sent"}


def test_without_a_server_letters_wait(server, db, settings):
    settings.EMAIL_PORT = 1
    with frozen(NOON):
        write()
        assert send_waiting() == 0
    settings.EMAIL_PORT = server.port
    with frozen(NOON + MINUTE):
        assert send_waiting() == 1


def test_two_senders_at_the_same_moment_deliver_each_letter_once(two_connections, server):
    server.slow = {CITIZEN}
    for number in range(6):
        write(f"hoi-{number}", subject=f"Thư {number}")
    results = together(send_waiting, send_waiting)
    assert sum(results) == 6
    assert min(results) > 0
    assert sorted(mail["Subject"] for mail in server.mails()) == [f"Thư {number}" for number in range(6)]
    assert len({mail["Message-ID"] for mail in server.mails()}) == 6
    assert set(states().values()) == {"sent"}
