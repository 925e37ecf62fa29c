"""The whole way of a question, petition or request: form, a second look, receipt; without script, account or loss."""

import re
import unicodedata
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from unittest import mock
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.db import transaction
from django.test import Client
from PIL import Image

from portal.editorial.models import AuditEvent, Membership
from portal.intake import keys, throttle, uploads
from portal.intake.models import Acceptance, Challenge, Count, Statement, Upload
from portal.intake.networks import network_of
from portal.intake.stamps import Stamp, read_stamp
from portal.notices.models import Message
from portal.obligations.models import Obligation
from qa import receiving
from qa.asking import LIMITS
from qa.models import Case, CaseFile, Kind, State
from tests.backoffice.pages import fill_in
from tests.backoffice.tables import nothing_at_all_changed
from tests.files.samples import EXE, HTML, PDF, file, photo
from tests.makers import frozen, publish
from tests.obligations.test_ledger import moment
from tests.qa.makers import ALL, FACTS, answer, forward, make_case, prepare
from tests.together import together
from tests.web.pages import read
from tests.web.soundness import faults, header_faults

pytestmark = pytest.mark.usefixtures("english")

NOW = moment(date(2026, 3, 10))  # a Tuesday
DUE = "31/03/2026"  # fifteen working days later
NEEDED = {"agree_liability": "on", "agree_privacy": "on"}
TYPED = {
    "kind": "question",
    "subject": "Thủ tục tách thửa đất",
    "text": "Tôi muốn hỏi thủ tục tách thửa đất ở nông thôn.\r\nCần giấy tờ gì?",
    "place": "Xã Nghĩa Trung",
    "name": "Phạm Thị Lành",
    "email": "lanh.pham@example.com",
    "phone": "0905 123 456",
    "address": "Thôn An Hà 2, xã Nghĩa Trung",
    "language": "en",
    **NEEDED,
}
OWN = ("stamp", "csrfmiddlewaretoken", "step", "proof", "files")  # what the form carries beside what is typed
# “Đường Nguyễn Tự Tân ở thành phố Quảng Ngãi” as TCVN3 fonts store it
TCVN3 = "§­êng NguyÔn Tù T©n ë thµnh phè Qu¶ng Ng·i"
ONCE_MORE = (
    "This form was open for more than a day or did not arrive whole. Nothing you typed is lost: please send it once "
    "more."
)
QUESTION = (
    "Please answer this question and send the form once more. It tells people from programs; nothing you typed is lost."
)
TOO_MANY = "At most 5 files are accepted. Please leave out what is needed least."


@pytest.fixture(autouse=True)
def site(desk, district):
    """The province and Tư Nghĩa, at work."""
    return desk


def address(mount="", prefix="/en"):
    return f"{mount}{prefix}/hoi-dap/gui/"


def opened(client, *, at=NOW, mount="", prefix="/en", query=""):
    with frozen(at):
        return client.get(address(mount, prefix) + query)


def go(client, page, step, *, after=timedelta(minutes=1), mount="", prefix="/en", files=(), **typed):
    """The form of the page, with what is typed into it, sent some time after the form was first opened."""
    data = fields(page) | typed | {"files": list(files)}
    data |= {"step": step} if step else {}
    with frozen(NOW + after):
        return client.post(address(mount, prefix), data)


def check(client, *, page=None, files=(), after=timedelta(minutes=1), mount="", prefix="/en", **typed):
    """The answer to the first button of a form that was filled in with TYPED."""
    place = {"mount": mount, "prefix": prefix}
    page = page or opened(client, **place)
    own = TYPED | {"language": prefix.strip("/") or "vi"}
    return go(client, page, "check", files=files, after=after, **place, **own | typed)


def ask(client, *, files=(), mount="", prefix="/en", **typed):
    """The whole way; the answer to the last button, which leads to the receipt."""
    place = {"mount": mount, "prefix": prefix}
    seen = check(client, files=files, **place, **typed)
    assert "qa/check.html" in templates(seen), errors(seen)
    return go(client, seen, "send", after=timedelta(minutes=2), **place)


def templates(response):
    return [row.name for row in response.templates]


def errors(response):
    return {name: list(sentences) for name, sentences in response.context["form"].errors.items()}


def fields(response):
    """What a browser sends from the page; to it each break in a text is one."""
    return {name: (value or "").replace("\r\r\n", "\r\n") for name, value in fill_in(response, "stamp").items()}


def typed_in(response):
    """What stands in the fields of the page."""
    return {name: value for name, value in fields(response).items() if name not in OWN}


def expected(**changes):
    """What stands in the fields of a form that was filled in with TYPED."""
    empty = {"sector": "", "named_agency": "", "website": ""}
    return {name: value for name, value in (empty | TYPED | changes).items() if value is not None}


@contextmanager
def refused():
    """Nothing at all is stored, except files and how often something was tried."""
    kept = mock.patch("tests.backoffice.tables.Session", Upload), mock.patch("tests.backoffice.tables.AccessLog", Count)
    with kept[0], kept[1], nothing_at_all_changed():
        yield


def follow(client, response, at=NOW + timedelta(minutes=3)):
    with frozen(at):
        return client.get(response.url)


# --- the way ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("mount", ["", "/trang/tunghia"])
def test_a_question_is_asked_looked_at_and_received(mount, prefix, client, desk, district):
    place = {"mount": mount, "prefix": prefix}
    with nothing_at_all_changed():
        seen = check(client, **place)
        assert (seen.status_code, templates(seen)[0]) == (200, "qa/check.html")
    consents = {"agree_liability": "True", "agree_privacy": "True", "agree_publication": "False", "agree_name": "False"}
    assert typed_in(seen) == expected(language=prefix.strip("/") or "vi", **consents)
    response = go(client, seen, "send", after=timedelta(minutes=2), **place)
    case = Case.objects.get()
    secret = keys.secret_of(case.code, 1)
    assert (response.status_code, response.url) == (
        302,
        f"{mount}{prefix}/hoi-dap/theo-doi/{case.code}/{secret}/bien-nhan/",
    )
    receiver = district.agency if mount else desk.agency
    facts = ("receiver", "kind", "state", "language", "subject", "text", "place", "name", "email", "phone", "address")
    assert [getattr(case, name) for name in facts] == [
        receiver,
        Kind.QUESTION,
        State.RECEIVED,
        prefix.strip("/") or "vi",
        "Thủ tục tách thửa đất",
        "Tôi muốn hỏi thủ tục tách thửa đất ở nông thôn.\nCần giấy tờ gì?",
        "Xã Nghĩa Trung",
        "Phạm Thị Lành",
        "lanh.pham@example.com",
        "0905 123 456",
        "Thôn An Hà 2, xã Nghĩa Trung",
    ]
    assert case.received_at == NOW + timedelta(minutes=2)
    assert (case.agency, case.named_agency, case.sector) == (None, None, None)
    duty = Obligation.objects.of(case).get()
    assert (duty.code, duty.agency, duty.due) == ("D12", receiver, date(2026, 3, 31))


@pytest.mark.parametrize("mount", ["", "/trang/tunghia"])
def test_the_receipt_says_what_its_letter_says(mount, client):
    response = ask(client, mount=mount)
    page = read(follow(client, response))
    case = Case.objects.get()
    secret = keys.secret_of(case.code, 1)
    assert faults(page) == []
    for words in (case.code, secret, DUE, "Thủ tục tách thửa đất", "Responsibility for what I send"):
        assert words in page.main
    letter = Message.objects.about(case).get()
    assert (letter.recipient, letter.language) == ("lanh.pham@example.com", "en")
    assert letter.subject == f"[{case.code}] We have received what you sent"
    for words in (case.code, secret, DUE, f"{mount}/en/hoi-dap/theo-doi/{case.code}/{secret}/"):
        assert words in letter.body


def test_the_form_and_the_second_look_are_sound_pages_without_cookies_of_their_own(client):
    for response in (opened(client), check(client)):
        assert faults(read(response)) == []
        assert set(header_faults(response)) <= {"a cookie", "varies on Cookie"}
        assert set(client.cookies) == {"csrftoken"}
        assert "no-store" in response["Cache-Control"]
        assert read(response).one("meta", name="robots")["content"] == "noindex"
    follow(client, ask(client))
    assert set(client.cookies) == {"csrftoken"}


def test_a_program_that_forges_the_form_from_elsewhere_is_refused():
    with nothing_at_all_changed():
        response = Client(enforce_csrf_checks=True).post(address(), TYPED | {"step": "send"})
    assert response.status_code == 403


@pytest.mark.parametrize(
    ("word", "kind", "codes"),
    [
        ("cau-hoi", Kind.QUESTION, {"D12"}),
        ("kien-nghi", Kind.PETITION, {"D12", "L6"}),
        ("thong-tin", Kind.INFORMATION, {"L10"}),
    ],
)
def test_each_kind_begins_its_own_clock(word, kind, codes, client):
    page = opened(client, query=f"?loai={word}")
    assert typed_in(page)["kind"] == kind
    typed = {name: value for name, value in TYPED.items() if name != "kind"}
    seen = go(client, page, "check", **typed)
    go(client, seen, "send", after=timedelta(minutes=2))
    case = Case.objects.get()
    assert case.kind == kind
    assert {row.code for row in Obligation.objects.of(case)} == codes


@pytest.mark.parametrize("query", ["?loai=", "?loai=spam", "?loai=%00", "?loai=" + "a" * 5000])
def test_an_unknown_kind_in_the_address_is_a_question(query, client):
    assert typed_in(opened(client, query=query))["kind"] == "question"


def test_the_agency_and_the_field_that_the_sender_knows_are_kept_but_nothing_is_forwarded(client, desk, district):
    ask(client, sector=desk.sector.pk, named_agency=district.agency.pk)
    case = Case.objects.get()
    assert (case.sector, case.named_agency, case.agency, case.receiver) == (
        desk.sector,
        district.agency,
        None,
        desk.agency,
    )


def test_changing_goes_back_to_the_form_with_everything_in_it(client):
    seen = check(client, agree_name="on", files=[file(PDF, "don.pdf")])
    with refused():
        back = go(client, seen, "edit", after=timedelta(minutes=2))
    assert templates(back)[0] == "qa/ask.html"
    assert errors(back) == {}
    assert typed_in(back) == expected(agree_name="on")
    assert [row.title for row in back.context["uploads"]] == ["don.pdf"]
    assert "don.pdf" in read(back).main


def test_what_is_typed_appears_as_text_and_never_as_markup(client):
    trick = "<script>alert(1)</script> & “Lành” {{ 7 }}"
    seen = check(client, subject=trick, text=trick, place=trick)
    assert "<script>alert(1)" not in seen.content.decode()
    go(client, seen, "send", after=timedelta(minutes=2))
    case = Case.objects.get()
    assert (case.subject, case.text, case.place) == (trick, trick, trick)


# --- consents ---------------------------------------------------------------------------------------------------------


def test_each_consent_is_a_box_of_its_own_that_nobody_has_ticked(client):
    page = read(opened(client))
    boxes = [row for row in page.all("input", type="checkbox") if row["name"].startswith("agree_")]
    assert [row["name"] for row in boxes] == [
        "agree_liability",
        "agree_privacy",
        "agree_publication",
        "agree_name",
    ]
    assert not any("checked" in row.attributes for row in boxes)
    assert ["required" in row.attributes for row in boxes] == [True, True, False, False]
    assert "I am responsible before the law" in page.main


@pytest.mark.parametrize("ticked", [(), ("publication",), ("name",), ("publication", "name")])
def test_only_what_was_ticked_was_agreed(ticked, client):
    ask(client, **{f"agree_{code}": "on" for code in ticked})
    rows = Acceptance.objects.of(Case.objects.get())
    assert {row.statement.code for row in rows} == {"liability", "privacy", *ticked}
    assert {row.accepted_at for row in rows} == {NOW + timedelta(minutes=2)}
    assert not rows.exclude(withdrawn_at=None).exists()


@pytest.mark.parametrize("missing", ["agree_liability", "agree_privacy"])
@pytest.mark.parametrize("step", ["check", "send"])
def test_without_a_required_consent_nothing_is_received_and_nothing_lost(step, missing, client):
    typed = {name: value for name, value in TYPED.items() if name != missing} | {"agree_name": "on"}
    page = opened(client)
    with refused():
        response = go(client, page, step, **typed)
    assert errors(response) == {missing: ["Without this nothing can be received. Read the text and tick it."]}
    assert typed_in(response) == expected(agree_name="on", **{missing: None})
    assert faults(read(response)) == []


def test_what_is_accepted_is_the_wording_in_force(client):
    first = Statement.objects.get(code="liability")
    first.valid_to = date(2026, 3, 9)
    first.save()
    facts = {"purpose_vi": "Cam kết", "purpose_en": "Promise", "text_vi": "Lời mới", "text_en": "New words"}
    later = Statement.objects.create(code="liability", valid_from=date(2026, 3, 10), legal_basis="Luật", **facts)
    assert "New words" in read(opened(client)).main
    ask(client)
    assert Acceptance.objects.of(Case.objects.get()).filter(statement__code="liability").get().statement == later


# --- what is refused stays in the form --------------------------------------------------------------------------------

LONG = "Điều này dài quá. " * 600  # 10,800 characters
BAD = [
    ("kind", "", ["This field is required."]),
    ("kind", "complaint", ["Select a valid choice. complaint is not one of the available choices."]),
    ("subject", "", ["This field is required."]),
    ("subject", "\u200b \u202e", ["This field is required."]),
    ("subject", "a" * 251, ["Ensure this value has at most 250 characters (it has 251)."]),
    ("subject", "ế" * 10_000, ["At most 250 characters, please."]),
    ("text", "", ["This field is required."]),
    ("text", "ế" * 10_001, ["Ensure this value has at most 10000 characters (it has 10001)."]),
    ("text", "ế" * 50_000, ["At most 10000 characters, please."]),
    ("place", "a" * 201, ["Ensure this value has at most 200 characters (it has 201)."]),
    ("name", "a" * 151, ["Ensure this value has at most 150 characters (it has 151)."]),
    ("email", "khong phai", ["Enter a valid email address."]),
    ("email", "a@b.vn\r\nBcc: c@d.vn", ["Enter a valid email address."]),
    ("email", "a" * 5000 + "@example.vn", ["At most 254 characters, please."]),
    ("phone", "không có", ["Give a telephone number with its digits, for example 0905 123 456."]),
    ("phone", "٠٩٠٥ ١٢٣ ٤٥٦", ["Give a telephone number with its digits, for example 0905 123 456."]),
    ("address", "a" * 301, ["Ensure this value has at most 300 characters (it has 301)."]),
    ("sector", "999999", ["Select a valid choice. That choice is not one of the available choices."]),
    ("sector", "1" * 40, ["Select a valid choice. That choice is not one of the available choices."]),
    ("named_agency", "x", ["Select a valid choice. That choice is not one of the available choices."]),
    ("website", "http://x.vn", ["This field is a trap for programs. Empty it and send the form again."]),
]


@pytest.mark.parametrize(("field", "value", "sentences"), BAD, ids=[f"{row[0]}-{len(row[1])}" for row in BAD])
@pytest.mark.parametrize("step", ["check", "send", ""])
def test_what_is_wrong_is_said_and_nothing_is_stored_or_lost(step, field, value, sentences, client):
    page = opened(client)
    with refused():
        response = go(client, page, step, **TYPED | {field: value})
    assert (response.status_code, errors(response)) == (200, {field: sentences})
    shown = typed_in(response)
    if field in ("sector", "named_agency", "kind"):  # what is not offered cannot be shown as chosen
        shown.pop(field, None)
        assert shown == expected(**{field: None})
    elif field == "email" and "\n" in value:
        assert shown | {field: value} == expected(**{field: value})
    else:
        assert shown == expected(**{field: value})
    page = read(response)
    assert faults(page) == []
    assert page.one("title").text.startswith("Error:")


@pytest.mark.parametrize("field", ["subject", "text", "place", "name", "address"])
def test_text_from_before_unicode_is_refused_with_its_conversion(field, client):
    page = opened(client)
    with refused():
        response = go(client, page, "check", **TYPED | {field: TCVN3})
    (sentence,) = errors(response)[field]
    assert "TCVN3" in sentence
    assert "Đường Nguyễn Tự Tân ở thành phố Quảng Ngãi" in sentence
    assert typed_in(response) == expected(**{field: TCVN3})


def test_a_petition_and_a_request_name_their_sender(client):
    for kind in ("petition", "information"):
        page = opened(client)
        typed = TYPED | {"kind": kind, "name": "", "address": ""}
        with refused():
            response = go(client, page, "send", **typed)
        sentence = ["The law asks for this with a petition and a request for information."]
        assert errors(response) == {"name": sentence, "address": sentence}
        assert typed_in(response) == expected(kind=kind, name="", address="")


def test_a_question_may_come_without_a_name(client):
    ask(client, name="", address="")
    assert Case.objects.get().name == ""


def test_who_agrees_that_the_name_is_shown_gives_one(client):
    page = opened(client)
    with refused():
        response = go(client, page, "send", **TYPED | {"name": "", "agree_name": "on"})
    assert errors(response) == {"name": ["You agree that your name is shown: then give it."]}


def test_an_address_or_a_telephone_is_needed(client):
    page = opened(client)
    with refused():
        response = go(client, page, "send", **TYPED | {"email": "", "phone": ""})
    assert errors(response) == {"email": ["Give an e-mail address or a telephone number."]}
    assert typed_in(response) == expected(email="", phone="")


def test_who_gave_a_telephone_only_gets_no_letter_and_is_told_to_keep_the_page(client, desk):
    page = read(follow(client, ask(client, email="")))
    case = Case.objects.get()
    assert (case.email, case.phone) == ("", "0905 123 456")
    assert not Message.objects.about(case).exists()
    assert {row.recipient for row in Message.objects.all()} <= {
        row.email for row in (desk.editor, desk.secretary, desk.head) if row.email
    }
    assert "only this page has the code and the key" in page.main


# --- the form of text -------------------------------------------------------------------------------------------------


def test_decomposed_text_is_measured_and_stored_composed(client):
    words = {"subject": "ế" * 250, "text": "ế" * 10_000, "name": "Phạm Thị Lành"}
    ask(client, **{name: unicodedata.normalize("NFD", value) for name, value in words.items()})
    case = Case.objects.get()
    assert {name: getattr(case, name) for name in words} == words


def test_marks_that_turn_the_direction_of_text_are_dropped(client):
    ask(client, subject="Hỏi \u202eđất\u202c đai", text="a\u2066b\u2069\u200fc", name="Lành\u200b")
    case = Case.objects.get()
    assert (case.subject, case.text, case.name) == ("Hỏi đất đai", "abc", "Lành")


def test_line_breaks_of_browsers_count_once(client):
    ask(client, text="\r\n".join("b" * 5000))  # 5,000 letters, 4,999 breaks
    assert len(Case.objects.get().text) == 9999


def test_control_characters_cost_nobody_the_question(client):
    ask(client, subject="Hỏi\x00 đất\x07", text="Một\x00\u2028hai")
    case = Case.objects.get()
    assert (case.subject, case.text) == ("Hỏi đất", "Một\nhai")


# --- files ------------------------------------------------------------------------------------------------------------


def stored():
    return [row.title for row in CaseFile.objects.all()]


def test_a_file_is_kept_from_the_first_look_to_the_receipt(client, settings):
    ask(client, files=[file(PDF, "Đơn đề nghị.pdf")])
    (row,) = CaseFile.objects.all()
    assert (row.case, row.title, row.media_type, row.size) == (
        Case.objects.get(),
        "Đơn đề nghị.pdf",
        "application/pdf",
        len(PDF),
    )
    assert row.file.read() == PDF
    assert not Upload.objects.exists()


def test_a_file_is_kept_when_another_field_is_wrong(client):
    first = check(client, subject="", files=[file(PDF, "don.pdf")])
    assert errors(first) == {"subject": ["This field is required."]}
    assert "don.pdf" in read(first).main
    seen = check(client, page=first, after=timedelta(minutes=2))
    assert "don.pdf" in read(seen).main
    go(client, seen, "send", after=timedelta(minutes=3))
    assert stored() == ["don.pdf"]


def test_a_file_is_kept_when_the_form_had_been_open_too_long(client):
    page = opened(client, at=NOW - timedelta(days=2))
    first = check(client, page=page, files=[file(PDF, "don.pdf")])
    assert errors(first) == {"__all__": [ONCE_MORE]}
    seen = check(client, page=first, after=timedelta(minutes=2))
    go(client, seen, "send", after=timedelta(minutes=3))
    assert stored() == ["don.pdf"]


def test_a_file_may_come_with_the_last_button_too(client):
    page = opened(client)
    go(client, page, "send", files=[file(PDF, "don.pdf")], **TYPED)
    assert stored() == ["don.pdf"]


@pytest.mark.parametrize(("content", "name"), [(EXE, "don.pdf"), (HTML, "anh.jpg"), (PDF, "anh.png"), (EXE, "a.exe")])
def test_a_file_that_lies_about_its_type_is_refused_and_the_others_stay(content, name, client):
    page = opened(client)
    with refused():
        response = go(client, page, "send", files=[file(content, name), file(PDF, "don.pdf")], **TYPED)
    (sentence,) = errors(response)["files"]
    assert sentence.startswith(f"{name}: ")
    assert sentence in read(response).main
    assert typed_in(response) == expected()
    assert [row.title for row in Upload.objects.all()] == ["don.pdf"]
    assert "don.pdf" in read(response).main


def test_pictures_are_kept_without_the_place_where_they_were_taken(client):
    taken = photo()
    assert Image.open(BytesIO(taken.read())).getexif()
    taken.seek(0)
    ask(client, files=[taken])
    (row,) = CaseFile.objects.all()
    content = row.file.read()
    assert not Image.open(BytesIO(content)).getexif()
    assert b"Telephone" not in content


def test_of_six_files_five_are_kept(client):
    files = [file(b"don %d" % number, f"don-{number}.txt") for number in range(6)]
    first = check(client, files=files)
    assert errors(first) == {"files": [f"don-5.txt: {TOO_MANY}"]}
    assert [row.title for row in Upload.objects.all()] == [f"don-{number}.txt" for number in range(5)]
    seen = check(client, page=first, after=timedelta(minutes=2))
    go(client, seen, "send", after=timedelta(minutes=3))
    assert stored() == [f"don-{number}.txt" for number in range(5)]


def test_a_file_of_eleven_megabytes_is_refused(client):
    response = check(client, files=[file(b"a" * 11 * 1024**2, "don.txt")])
    (sentence,) = errors(response)["files"]
    assert sentence.startswith("don.txt: ") and "10" in sentence
    assert not Upload.objects.exists()
    assert typed_in(response) == expected()


def test_a_file_is_taken_away_and_everything_else_stays(client):
    first = check(client, subject="", files=[file(PDF, "don.pdf"), file(b"hai", "hai.txt")])
    (button,) = [row for row in read(first).all("button", name="remove") if row["value"] == pk_of("don.pdf")]
    away = go(client, first, "", after=timedelta(minutes=2), remove=button["value"])
    assert [row.title for row in Upload.objects.all()] == ["hai.txt"]
    assert typed_in(away) == expected(subject="")
    assert "don.pdf" not in read(away).main


def pk_of(title):
    return str(Upload.objects.get(title=title).pk)


def test_taking_a_file_away_sends_nothing(client):
    first = check(client, files=[file(PDF, "don.pdf")])
    back = go(client, first, "edit", after=timedelta(minutes=2))
    with refused():
        away = go(client, back, "", after=timedelta(minutes=3), remove=pk_of("don.pdf"))
    assert templates(away)[0] == "qa/ask.html"
    assert errors(away) == {}
    assert typed_in(away) == expected()


def test_nobody_takes_away_the_file_of_another_form(client):
    check(client, files=[file(PDF, "don.pdf")])
    check(client, remove=pk_of("don.pdf"))
    assert [row.title for row in Upload.objects.all()] == ["don.pdf"]


# --- programs ---------------------------------------------------------------------------------------------------------


def right(challenge):
    return challenge.answers.splitlines()[0]


def test_who_is_faster_than_people_answers_a_question(client):
    page = opened(client)
    with refused():
        first = go(client, page, "send", after=timedelta(seconds=2), **TYPED)
    assert errors(first) == {"proof": [QUESTION]}
    assert typed_in(first) == expected()
    assert faults(read(first)) == []
    challenge = first.context["form"].challenge
    with refused():
        wrong = go(client, first, "send", proof="không biết")
    assert list(errors(wrong)) == ["proof"]
    assert typed_in(wrong) == expected()
    other = wrong.context["form"].challenge
    assert other != challenge
    seen = go(client, wrong, "check", proof=right(other))
    assert templates(seen)[0] == "qa/check.html"
    go(client, seen, "send", after=timedelta(minutes=2))
    assert Case.objects.count() == 1


def test_a_form_of_yesterday_is_sent_once_more(client):
    page = opened(client, at=NOW - timedelta(hours=24))
    with refused():
        first = go(client, page, "send", **TYPED)
    assert errors(first) == {"__all__": [ONCE_MORE]}
    assert typed_in(first) == expected()
    assert go(client, first, "send").status_code == 302
    assert Case.objects.count() == 1


def forged():
    mine = Stamp(uuid4(), NOW)
    return Signer(salt="portal.intake.stamps", key="a key of my own").sign_object([mine.token.hex, 0, None])


@pytest.mark.parametrize("stamp", ["", "x", "a:b", "\x00", "0" * 10_000, None])
def test_a_stamp_that_is_none_costs_nobody_what_was_typed(stamp, client):
    page = opened(client)
    with refused():
        first = go(client, page, "send", **TYPED | {"stamp": forged() if stamp is None else stamp})
    assert errors(first) == {"__all__": [ONCE_MORE]}
    assert typed_in(first) == expected()
    assert go(client, first, "send", after=timedelta(minutes=2)).status_code == 302
    assert Case.objects.count() == 1


def test_the_sixth_of_one_network_answers_a_question_and_others_do_not(client):
    for _ in range(5):
        assert ask(client).status_code == 302
    page = opened(client)
    assert "proof" in fill_in(page, "stamp")
    assert "proof" not in fill_in(opened(Client(REMOTE_ADDR="203.0.113.9")), "stamp")


def test_after_sixty_of_one_network_nothing_is_taken_and_what_was_typed_stays(client, rf):
    Challenge.objects.update(is_active=False)
    page = opened(client)
    network = network_of(rf.get("/"))
    with frozen(NOW):
        for _ in range(60):
            throttle.count(LIMITS.of(60), network)
    with refused():
        response = go(client, page, "send", **TYPED)
    (sentence,) = errors(response)["__all__"]
    assert sentence.startswith("Very much has been sent from your network within the last hour.")
    assert typed_in(response) == expected()


# --- twice ------------------------------------------------------------------------------------------------------------


def letters_of(case):
    return [row.key for row in Message.objects.about(case)]


def test_a_double_click_is_one_case_one_letter_and_the_same_receipt(client, rf):
    seen = check(client, files=[file(PDF, "don.pdf")])
    first, second = (go(client, seen, "send", after=timedelta(minutes=2)) for _ in range(2))
    assert first.url == second.url
    case = Case.objects.get()
    assert letters_of(case) == [f"case {case.pk} {case.version} received"]
    assert stored() == ["don.pdf"]
    assert AuditEvent.objects.of(case).filter(action="case_receive").count() == 1
    with frozen(NOW):
        assert throttle.number(LIMITS.of(60), network_of(rf.get("/"))) == 1


@pytest.mark.parametrize("already", [4, 59])
def test_the_second_click_leads_to_the_receipt_though_the_first_used_up_the_limit(already, client, rf):
    seen = check(client)
    Challenge.objects.update(is_active=already < 5)
    with frozen(NOW):
        for _ in range(already):
            throttle.count(LIMITS.of(60), network_of(rf.get("/")))
    first, second = (go(client, seen, "send", after=timedelta(minutes=2)) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url


def test_a_click_that_is_stored_while_the_other_is_looked_at_is_the_same_case(desk):
    """The other has entered its case after this one has looked for it."""
    token = uuid4()

    begin = transaction.atomic

    def other_first():
        transaction.atomic = begin
        receiving.receive(desk.agency, token=token, agreed=ALL, **FACTS)
        return begin()

    with mock.patch.object(transaction, "atomic", other_first):
        case = receiving.receive(desk.agency, token=token, agreed=ALL, **FACTS)
    assert case == Case.objects.get()
    assert letters_of(case) == [f"case {case.pk} {case.version} received"]


@pytest.mark.usefixtures("two_connections")
def test_two_clicks_at_the_same_moment_are_one_case():
    page = opened(Client())
    data = fill_in(page, "stamp", **TYPED) | {"step": "send"}
    with frozen(NOW + timedelta(minutes=1)):
        answers = together(*[lambda: Client().post(address(), data)] * 4)
    assert [row.status_code for row in answers] == [302] * 4
    assert len({row.url for row in answers}) == 1
    case = Case.objects.get()
    assert letters_of(case) == [f"case {case.pk} {case.version} received"]
    assert Acceptance.objects.of(case).count() == 2
    assert Obligation.objects.of(case).count() == 1


@pytest.mark.usefixtures("two_connections")
def test_many_senders_at_the_same_moment_have_a_case_each():
    def one(number):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        data = fill_in(opened(client), "stamp", **TYPED | {"email": f"a{number}@example.vn"}) | {"step": "send"}
        return lambda: client.post(address(), data)

    actions = [one(number) for number in range(8)]
    with frozen(NOW + timedelta(minutes=1)):
        answers = together(*actions)
    assert [getattr(row, "status_code", row) for row in answers] == [302] * 8
    assert Case.objects.count() == len({row.url for row in answers}) == 8
    assert Message.objects.filter(key__endswith=" received").count() == 8


def test_a_form_that_was_sent_already_and_grew_old_leads_to_its_case(client):
    page = opened(client, at=NOW - timedelta(hours=23, minutes=59))
    go(client, page, "send", after=timedelta(seconds=1), **TYPED)
    case = Case.objects.get()
    again = go(client, page, "send", after=timedelta(hours=2), **TYPED)
    if again.status_code == 200:
        again = go(client, again, "send", after=timedelta(hours=2, minutes=1))
    assert case.code in again.url
    assert Case.objects.count() == 1


# --- what comes near it, who receives it ------------------------------------------------------------------------------


def make_public(desk, district, **texts):
    with frozen(NOW - timedelta(days=1)):
        case = make_case(desk.agency)
        forward(case, district, by=desk.editor)
        answer(case, district)
        return publish(prepare(case, by=desk.editor, **texts), when=NOW - timedelta(days=1))


def test_similar_published_questions_are_shown_before_sending(client, desk, district):
    near = make_public(desk, district, title="Thủ tục tách thửa đất ở nông thôn")
    make_public(desk, district, title="Cấp lại bằng lái xe", question="Mất bằng lái?", answer="Nộp đơn.")
    page = read(check(client))
    assert any(near.path() in link for link in page.links)
    assert "Thủ tục tách thửa đất ở nông thôn" in page.main
    assert "Cấp lại bằng lái xe" not in page.main


def test_what_is_not_public_is_not_shown_to_others(client, desk, district):
    case = make_case(desk.agency, text="Thủ tục tách thửa đất ở nông thôn cần giấy tờ gì?")
    page = read(check(client))
    assert case.code not in page.source
    assert case.email not in page.source


def test_where_a_board_has_nobody_at_work_the_province_receives(client, desk, district):
    Membership.objects.filter(board=district.board).exclude(role__in=["respondent", "signatory"]).delete()
    response = ask(client, mount="/trang/tunghia")
    case = Case.objects.get()
    assert case.receiver == desk.agency
    assert Obligation.objects.of(case).get().agency == desk.agency
    page = follow(client, response)
    assert page.status_code == 200
    letter = Message.objects.about(case).get()
    url = re.search(r"https?://\S+/theo-doi/\S+", letter.body)[0]
    with frozen(NOW + timedelta(hours=1)):
        assert client.get(re.sub(r"^https?://[^/]+", "", url)).status_code == 200
    told = set(Message.objects.exclude(pk=letter.pk).values_list("recipient", flat=True))
    assert told <= {desk.editor.email, desk.secretary.email}


def test_the_board_is_told_once_an_hour_however_many_come_in(client, desk):
    for person, name in ((desk.editor, "editor"), (desk.secretary, "secretary")):
        person.email = f"{name}@quangngai.gov.vn"
        person.save()
    for _ in range(3):
        ask(client)
    told = Message.objects.exclude(key__endswith=" received")
    assert sorted(row.recipient for row in told) == ["editor@quangngai.gov.vn", "secretary@quangngai.gov.vn"]
    assert all("Phạm" not in row.body and "tách thửa" not in row.body for row in told)


def test_a_case_that_cannot_be_entered_leaves_its_files_with_the_form(desk):
    token = uuid4()
    uploads.keep(token, [file(PDF, "don.pdf")], network="a" * 32)
    with nothing_at_all_changed(), pytest.raises(ValidationError):
        receiving.receive(desk.agency, token=token, agreed=ALL, **FACTS | {"email": "", "phone": ""})
    assert [row.title for row in uploads.kept(token)] == ["don.pdf"]


def test_the_token_of_the_form_is_that_of_the_case(client):
    page = opened(client)
    with frozen(NOW):
        token = read_stamp(fill_in(page, "stamp")["stamp"]).token
    go(client, page, "send", **TYPED)
    assert Case.objects.get().token == token
