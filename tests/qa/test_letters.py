"""What sender and agency are told: in the transaction of its cause, in the receiver's language, by a real server."""

import re

import pytest
from django.db import transaction
from django.utils import translation

from portal.notices.models import Message
from portal.notices.outbox import send_waiting
from qa import afterwards, answering, letters, privacy, routing
from qa.models import Kind
from tests.notices.conftest import server  # noqa: F401
from tests.qa.makers import answer, ask_back, extend, forward, fresh, make_case, reply, write

VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)


@pytest.fixture
def case(desk):
    return make_case(desk.agency, email="nguoihoi@example.com", subject="Hỏi thủ tục tách thửa")


def told(email="nguoihoi@example.com"):
    """The names of the letters to an address, the first first."""
    keys = Message.objects.filter(recipient=email).order_by("pk").values_list("key", flat=True)
    return [key.split()[-1] for key in keys]


def test_the_sender_hears_of_each_step_once(case, desk, district):
    forward(case, district, by=desk.editor)
    ask_back(case, district)
    reply(case)
    extend(case, district)
    answer(case, district)
    afterwards.reopen(fresh(case), words="Còn lệ phí thì sao?")
    assert told() == ["received", "forwarded", "asked_back", "extended", "answered", "reopened"]


def test_drafts_notes_and_what_is_sent_back_are_no_business_of_the_sender(case, desk, district):
    forward(case, district, by=desk.editor)
    write(case, district)
    answering.submit(fresh(case), by=district.respondent)
    answering.send_back(fresh(case), by=district.signatory, reason="Bổ sung căn cứ")
    routing.give_back(fresh(case), by=district.respondent, reason="Không thuộc thẩm quyền")
    assert told() == ["received", "forwarded"]


def test_who_sent_no_real_request_hears_nothing_but_the_receipt(case, desk):
    routing.discard(case, by=desk.editor, reason="Quảng cáo")
    assert told() == ["received"]


def test_people_of_the_agency_are_told_without_a_word_of_the_sender(case, desk, district):
    forward(case, district, by=desk.editor)
    district.respondent.email = "traloi@quangngai.gov.vn"
    district.respondent.save()
    routing.give_back(fresh(case), by=district.respondent, reason="Không thuộc thẩm quyền")
    forward(fresh(case), district, by=desk.editor)
    letter = Message.objects.get(recipient="traloi@quangngai.gov.vn")
    assert case.code in letter.subject
    assert f"/quan-tri/qa/case/{case.pk}/change/" in letter.body
    for words in (case.subject, case.name, case.email, case.phone, case.text):
        assert words not in letter.subject + letter.body


@pytest.mark.parametrize("name", ["received", "withdrawn", "links", "address_changed"])
def test_what_no_board_has_seen_is_not_carried_to_an_address_that_nobody_has_proved(name, desk):
    spam = {
        "name": "Trúng thưởng http://lua.example",
        "subject": "Bấm http://lua.example",
        "text": "http://lua.example",
    }
    case = make_case(desk.agency, email="nan.nhan@example.com", **spam)
    if name == "withdrawn":
        privacy.withdraw(case)
    if name == "links":
        letters.links(case.email, [case], "vi")
    if name == "address_changed":
        privacy.correct(case, email="khac@example.com")
    assert len(Message.objects.filter(recipient="nan.nhan@example.com")) == (1 if name == "received" else 2)
    for letter in Message.objects.all():
        assert "lua.example" not in letter.subject + letter.body


def test_a_step_that_fails_sends_no_letter(case, desk, district):
    with pytest.raises(RuntimeError), transaction.atomic():
        forward(case, district, by=desk.editor)
        raise RuntimeError
    assert told() == ["received"]


def test_who_gave_a_telephone_number_alone_gets_no_letter(desk, district):
    case = make_case(desk.agency, email="")
    forward(case, district, by=desk.editor)
    answer(case, district)
    assert not Message.objects.about(case).exists()


def test_letters_are_in_the_language_that_was_chosen(desk, district):
    with translation.override("vi"):
        case = make_case(
            desk.agency, email="reader@example.com", language="en", name="John Smith", subject="Land", text="Land?"
        )
    forward(case, district, by=desk.editor)
    extend(case, district)
    routing.declare_out_of_scope(
        make_case(desk.agency, email="reader@example.com", language="en", subject="Visa"),
        by=desk.editor,
        reason="Immigration is answered by the police.",
        competent_body="Immigration Department",
    )
    for letter in Message.objects.filter(recipient="reader@example.com"):
        own = letter.body.replace("Đang chờ ý kiến của sở chuyên ngành.", "")
        own = re.sub(r"\(.*?\)", "", own)  # articles of the law and agencies are named in Vietnamese
        assert letter.language == "en"
        assert not VIETNAMESE.search(letter.subject), letter.subject
        assert "/en/hoi-dap/theo-doi/" in own
        assert "Dear" in own


@pytest.mark.django_db(transaction=True)
def test_a_real_mail_server_gets_text_and_html_with_every_letter_intact(desk, district, server):  # noqa: F811
    case = make_case(desk.agency, email="nguoihoi@example.com", kind=Kind.PETITION)
    forward(case, district, by=desk.editor)
    answer(case, district, "Kính gửi bà Lành,\n\nHồ sơ gồm <đơn> & giấy chứng nhận.")
    assert send_waiting() == 3
    received, forwarded, answered = server.mails()
    assert [mail["To"] for mail in (received, forwarded, answered)] == ["nguoihoi@example.com"] * 3
    plain, html = (answered.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert "Hồ sơ gồm <đơn> & giấy chứng nhận." in plain
    assert "Hồ sơ gồm &lt;đơn&gt; &amp; giấy chứng nhận." in html
    assert 'lang="vi"' in html
    link = re.search(r"http\S+/theo-doi/\S+", received.get_body(["plain"]).get_content())[0]
    assert f'href="{link}"' in received.get_body(["html"]).get_content()
    assert send_waiting() == 0
