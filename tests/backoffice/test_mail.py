"""Outgoing mail in the back office: found by who looks after the platform; words and addresses only off production."""

import pytest
from django.urls import reverse

from portal.notices.models import Bounce, Message
from portal.notices.outbox import enqueue, forget, send_waiting
from tests.backoffice.pages import address, listing, signed_in
from tests.backoffice.tables import nothing_at_all_changed
from tests.backoffice.test_queries import count
from tests.makers import ahead, frozen, make_user
from tests.notices.test_outbox import NOON
from tests.web.pages import read

LIST = listing(Message)
SECRET = "http://localhost:8000/theo-doi/?khoa=bi-mat"
BODY = f"Kính gửi <b>ông</b> Đạt,\n\nxem {SECRET} & giữ kín."
REFUSAL = "550 5.1.1 <nguoi.dan@vidu.vn>: no such user"


@pytest.fixture
def administrator(db):
    return make_user(is_superuser=True)


@pytest.fixture
def production(settings):
    settings.PRODUCTION = True


@pytest.fixture
def smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def write(key="hoi-12", to="nguoi.dan@vidu.vn", subject="Đã tiếp nhận câu hỏi", **facts):
    """`facts` of the row itself say what became of it."""
    given = {name: facts.pop(name) for name in ("language", "about") if name in facts}
    with frozen(NOON):
        enqueue(key, to=to, subject=subject, body=BODY, **given)
    Message.objects.filter(key=key).update(**facts)
    return Message.objects.get(key=key)


def bounce(message, words=REFUSAL, **facts):
    return Bounce.objects.create(message=message, words=words, **{"is_permanent": True, "status": "5.1.1"} | facts)


def in_every_state():
    write("chờ")
    write("hoãn", attempts=3, last_error="OSError: gone")
    write("gửi", sent_at=NOON)
    write("thôi", attempts=10, last_error="OSError: gone")
    bounce(write("trả về", sent_at=NOON))
    bounce(write("chậm", sent_at=NOON), is_permanent=False, status="4.4.1")


def shown(user, **query):
    page = signed_in(user).get(LIST, query)
    assert page.status_code == 200
    return {row.key for row in page.context["cl"].result_list}


def page_of(user, message):
    page = signed_in(user).get(address(message, "change"))
    assert page.status_code == 200
    return read(page)


def cells(page, name):
    return [cell.text for cell in page.all("td", "th", class_=f"field-{name}")]


# --- who and what -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["head", "secretary", "technician", "inspector"])
def test_no_board_sees_letters(role, portal):
    message, client = write(), signed_in(getattr(portal, role))
    assert [client.get(url).status_code for url in (LIST, address(message, "change"))] == [404, 404]
    assert "notices" not in client.get(reverse("admin:index")).content.decode()


def test_nobody_changes_a_letter(administrator):
    message, client = write(), signed_in(administrator)
    with nothing_at_all_changed():
        for url in (listing(Message, "add"), address(message, "change"), address(message, "delete")):
            assert client.post(url, {"post": "yes", "subject": "Khác"}).status_code == 404, url
    assert client.get(address(message, "history")).url == address(message, "change")


@pytest.mark.parametrize("number", ["0", "abc", "9" * 30])
def test_a_letter_that_is_not_there_is_not_found(number, administrator):
    assert signed_in(administrator).get(f"{LIST}{number}/change/").status_code == 404


@pytest.mark.parametrize(
    ("state", "keys"),
    [
        ("waiting", {"chờ", "hoãn"}),
        ("sent", {"gửi", "chậm"}),
        ("given_up", {"thôi"}),
        ("bounced", {"trả về"}),
        ("khac", {"chờ", "hoãn", "gửi", "thôi", "trả về", "chậm"}),
    ],
)
def test_the_list_is_narrowed_to_a_state(state, keys, administrator):
    in_every_state()
    assert shown(administrator, **{"trang-thai": state}) == keys


@pytest.mark.parametrize("typed", ["da tiep nhan", "TIẾP", "nguoi.dan@", "Nguoi.Dan"])
def test_letters_are_found_by_subject_and_recipient_without_diacritics(typed, administrator):
    write("mot")
    write("hai", to="khac@vidu.vn", subject="Thư nhắc")
    assert shown(administrator, q=typed) == {"mot"}


@pytest.mark.parametrize("column", ["body__contains", "recipient__startswith", "bounces__words__contains", "key"])
def test_the_list_answers_no_question_about_other_columns(column, administrator):
    write()
    assert signed_in(administrator).get(f"{LIST}?{column}=a").status_code == 400


def test_the_newest_letter_comes_first(administrator):
    for at, key in enumerate(("mot", "hai", "ba")):
        write(key, created_at=ahead(days=at))
    page = signed_in(administrator).get(LIST)
    assert [row.key for row in page.context["cl"].result_list] == ["ba", "hai", "mot"]


def test_the_list_asks_the_database_as_often_for_many_letters_as_for_few(administrator):
    client = signed_in(administrator)
    in_every_state()
    few = count(client, LIST)
    for at in range(10):
        bounce(write(f"thư {at}", sent_at=NOON))
    assert count(client, LIST) == few


# --- one letter -------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_letter_as_it_was_written(administrator, portal):
    message = write(language="en", about=portal.agency)
    page = page_of(administrator, message)
    assert page.one(id="state")["data-state"] == "waiting"
    plain, html = page.one(id="plain"), page.one(id="html")
    assert (plain.lang, html.lang) == ("en", "en")
    assert plain.text == f"Kính gửi <b>ông</b> Đạt,xem {SECRET} & giữ kín."
    assert html.text == f"Kính gửi <b>ông</b> Đạt, xem {SECRET} & giữ kín."
    assert SECRET in page.links and address(portal.agency, "change") in page.links
    assert page.mistakes == []
    rows = [element.text for element in page.all("td") if element.parents[-3].get("id") == "headers"]
    assert rows == [
        "khong-tra-loi@quangngai.gov.vn",
        "nguoi.dan@vidu.vn",
        "Đã tiếp nhận câu hỏi",
        message.message_id,
        "auto-generated",
        "en",
    ]


def test_the_page_shows_what_came_back(administrator):
    message = write(attempts=1, refusal=REFUSAL, last_error=f"SMTPRecipientsRefused: {REFUSAL}")
    bounce(message)
    page = page_of(administrator, message)
    assert page.one(id="state")["data-state"] == "bounced"
    assert page.one(id="bounces").text.endswith(f"5.1.1 {REFUSAL}")
    assert page.source.count("no such user") == 3


def test_words_that_were_forgotten_are_said_to_be(administrator):
    message = write(sent_at=NOON)
    forget(ahead(days=400))
    page = page_of(administrator, message)
    assert "30" in page.one(id="forgotten").text
    assert page.all(id="plain") == []


def test_an_installation_that_sends_nothing_says_so(administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    message = write()
    with frozen(NOON):
        assert send_waiting() == 1
    page = page_of(administrator, message)
    assert page.one(id="state")["data-state"] == "sent"
    assert page.all(id="nothing-leaves") != []
    assert page.all(id="plain") != []
    moment = f"{NOON.astimezone():%d/%m/%Y}"
    assert moment not in cells(read(signed_in(administrator).get(LIST)), "shown_state")[0]


def test_an_installation_that_sends_does_not(administrator, smtp):
    page = page_of(administrator, write(sent_at=NOON))
    assert page.all(id="nothing-leaves") == []
    assert "12:00" in cells(read(signed_in(administrator).get(LIST)), "shown_state")[0]


# --- production -------------------------------------------------------------------------------------------------------


def test_in_production_neither_words_nor_addresses_are_shown(administrator, production, smtp):
    subject = "Thư của nguoi.dan@vidu.vn và a@b.vn"
    message = write(
        subject=subject, attempts=1, refusal=REFUSAL, last_error=f"Refused: {{'nguoi.dan@vidu.vn': {REFUSAL}}}"
    )
    bounce(message)
    client = signed_in(administrator)
    for url in (LIST, address(message, "change")):
        source = client.get(url).content.decode()
        assert "n***@vidu.vn" in source
        assert "Thư của n***@vidu.vn và a***@b.vn" in source
        for hidden in ("nguoi.dan", "bi-mat", "Đạt", "giữ kín", "a@b"):
            assert hidden not in source, (url, hidden)
    assert read(client.get(address(message, "change"))).all(id="unread") != []


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        ("a@b.vn", "a***@b.vn"),
        ("nguyen.van+cong@ubnd.quangngai.gov.vn", "n***@ubnd.quangngai.gov.vn"),
        ("o'x=z@vidu.vn", "o***@vidu.vn"),
        ('"co cach@"@vidu.vn', '"***@vidu.vn'),
    ],
)
def test_in_production_the_recipient_is_masked(recipient, expected, administrator, production):
    message = write()
    Message.objects.update(recipient=recipient)
    source = signed_in(administrator).get(LIST).content.decode()
    (shown,) = cells(read(signed_in(administrator).get(LIST)), "shown_letter")
    assert shown == f"Đã tiếp nhận câu hỏi{expected}"
    assert recipient not in source and page_of(administrator, message).source.count(recipient) == 0


def test_the_pages_load_no_frame_and_no_style(administrator):
    source = page_of(administrator, write()).source
    assert "<iframe" not in source and "style=" not in source
