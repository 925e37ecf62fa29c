"""What is refused at the desk: it says why, keeps what was typed, and changes nothing but the log of who has read."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.editorial.models import Membership
from portal.editorial.roles import Role
from portal.notices.models import Message
from qa import answering, routing
from qa.models import Answer, Extension, Kind, Paragraph, State
from tests.backoffice.pages import signed_in
from tests.backoffice.tables import nothing_at_all_changed
from tests.documents.legal import publish_document
from tests.gazette.makers import make_issuer
from tests.qa.desk_pages import form_of, only_read, page, take
from tests.qa.makers import answer, extend, forward, fresh, make_case, write

pytestmark = pytest.mark.usefixtures("english")
TCVN3 = "Qu¶ng Ng·i, ®­êng"
CHANGED = "The case was changed meanwhile. Read it again before you decide."


@pytest.fixture
def case(desk):
    return make_case(desk.agency)


@pytest.fixture
def forwarded(case, desk, district):
    return forward(case, district, by=desk.editor)


def soon(days=20):
    return f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}"


def refused(person, case, step, *, says, **fields):
    """The step is refused with the sentence; what was typed still stands in its form."""
    with only_read(case, person):
        found = take(person, case, step, **fields)
    assert found.status_code == 200
    form = form_of(found, step)
    assert says in [sentence for rows in form.errors.values() for sentence in rows]
    for value in fields.values():
        assert str(value) in found.content.decode()
    return found


# --- two tabs ---------------------------------------------------------------------------------------------------------


def test_who_decides_on_what_a_colleague_has_changed_reads_it_again_first(desk, district, case):
    seen = fresh(case).version
    answering.ask_back(fresh(case), by=desk.secretary, words="Xin cho biết nơi ở.")
    answering.reply(fresh(case), text="Ở Nghĩa Trung.", token=case.token)
    sent = {"agency": district.agency.pk, "sector": desk.sector.pk, "reason": "Đã gõ xong lý do này"}
    found = refused(desk.editor, case, "forward", says=CHANGED, version=seen, **sent)
    assert "Ở Nghĩa Trung." in found.content.decode()
    again = form_of(found, "forward")
    assert take(desk.editor, case, "forward", **sent).status_code == 302
    assert (again.data["reason"], fresh(case).state) == ("Đã gõ xong lý do này", State.FORWARDED)


@pytest.mark.parametrize(
    ("step", "sent"),
    [
        ("out_of_scope", {"reason": "Việc của Tòa án", "competent_body": "Tòa án nhân dân"}),
        ("discard", {"reason": "Quảng cáo bán hàng"}),
        ("ask_back_first", {"words": "Xin bổ sung số thửa", "reply_by": "01/01/2030"}),
    ],
)
def test_each_step_of_the_board_looks_at_the_version(step, sent, desk, case):
    refused(desk.head, case, step, says=CHANGED, version=fresh(case).version - 1, **sent)


def test_a_step_that_a_colleague_took_already_says_where_the_case_is(desk, district, case):
    seen = fresh(case).version
    routing.discard(fresh(case), by=desk.secretary, reason="Quảng cáo")
    sent = {"agency": district.agency.pk, "sector": desk.sector.pk, "reason": "Đã gõ xong"}
    says = "This step is not possible: the case is now “Not dealt with: no real request”."
    refused(desk.editor, case, "forward", says=says, version=seen, **sent)


def test_the_head_does_not_sign_what_was_changed_after_reading(desk, district, forwarded):
    write(forwarded, district, "Bản thứ nhất.")
    answering.submit(fresh(forwarded), by=district.respondent)
    seen = fresh(forwarded).version
    write(forwarded, district, "Bản thứ hai.")
    answering.submit(fresh(forwarded), by=district.respondent)
    found = refused(district.signatory, forwarded, "sign", says=CHANGED, version=seen)
    assert "Bản thứ hai." in found.content.decode()
    assert Answer.objects.get().signed_at is None


# --- the draft --------------------------------------------------------------------------------------------------------


def store(person, case, *, version, text, **fields):
    return signed_in(person).post(page(case, "draft"), {"version": version, "text": text, "cites": "", **fields})


def test_two_people_writing_at_once_lose_nothing(desk, district, forwarded):
    write(forwarded, district, "Bản của đồng nghiệp.")
    with only_read(forwarded, district.signatory):
        found = store(district.signatory, forwarded, version=0, text="Bản của tôi.")
    shown = found.content.decode()
    assert "The draft was changed meanwhile. Compare yours with it and store again." in shown
    assert shown.index("Bản của đồng nghiệp.") < shown.index("Bản của tôi.")
    assert (found.context["form"]["text"].value(), found.context["form"]["version"].value()) == ("Bản của tôi.", 1)
    assert store(district.signatory, forwarded, version=1, text="Bản của tôi.").status_code == 302
    draft = fresh(forwarded).draft
    assert (draft.text, draft.version, draft.drafted_by) == ("Bản của tôi.", 2, district.signatory)


def test_who_goes_on_writing_stays_on_the_page(desk, district, forwarded):
    found = store(district.respondent, forwarded, version=0, text="Phần đầu.", more="1")
    assert (found.status_code, found.url) == (302, page(forwarded, "draft"))
    assert signed_in(district.respondent).get(found.url).context["form"]["text"].value() == "Phần đầu."


def test_paragraphs_are_put_at_the_end_and_those_of_others_are_not_offered(desk, district, forwarded):
    Paragraph.objects.all().delete()
    common = Paragraph.objects.create(title="Lời kết", text="Trân trọng.")
    own = Paragraph.objects.create(title="Một cửa", text="Nộp tại Bộ phận một cửa.", agency=district.agency)
    foreign = Paragraph.objects.create(title="Của tỉnh", text="Của tỉnh.", agency=desk.agency)
    Paragraph.objects.create(title="Đã tắt", text="Đã tắt.", is_active=False)
    shown = signed_in(district.respondent).get(page(forwarded, "draft")).context["form"].fields["paragraphs"]
    assert list(shown.queryset) == [common, own]
    with only_read(forwarded, district.respondent):
        found = store(district.respondent, forwarded, version=0, text="Chào bà.", paragraphs=[foreign.pk])
    assert list(found.context["form"].errors) == ["paragraphs"]
    store(district.respondent, forwarded, version=0, text="Chào bà.", paragraphs=[own.pk, common.pk])
    assert fresh(forwarded).draft.text == "Chào bà.\n\nTrân trọng.\n\nNộp tại Bộ phận một cửa."


def test_a_number_that_the_portal_does_not_show_is_refused(desk, district, forwarded):
    known = publish_document(desk, number="16/2018/QĐ-UBND", issuer=make_issuer(desk.agency, code="ubnd"))
    cites = "16/2018/qđ-ubnd\r\n99/2018/QĐ-UBND"
    with only_read(forwarded, district.respondent):
        found = store(district.respondent, forwarded, version=0, text="Theo quyết định.", cites=cites)
    assert found.context["form"].errors["cites"] == ["The portal shows no document “99/2018/QĐ-UBND”."]
    assert "Theo quyết định." in found.content.decode()
    assert store(district.respondent, forwarded, version=0, text="Theo.", cites="16/2018/qđ-ubnd").status_code == 302
    assert list(fresh(forwarded).draft.documents.all()) == [known]
    again = signed_in(district.respondent).get(page(forwarded, "draft"))
    assert again.context["form"]["cites"].value() == "16/2018/QĐ-UBND"


def test_an_answer_that_interprets_the_law_goes_nowhere_without_a_document(desk, district, forwarded):
    store(district.respondent, forwarded, version=0, text="Theo luật thì được.", interprets_law="on")
    says = "The answer interprets the law: cite the document of the portal that it rests on."
    refused(district.respondent, forwarded, "submit", says=says)
    assert fresh(forwarded).state == State.FORWARDED


def test_an_empty_draft_may_be_stored_and_is_not_submitted(desk, district, forwarded):
    store(district.respondent, forwarded, version=0, text="")
    refused(district.respondent, forwarded, "submit", says="Write the answer first.")


def test_storing_a_draft_that_waits_for_the_signature_takes_it_back(desk, district, forwarded):
    write(forwarded, district)
    answering.submit(fresh(forwarded), by=district.respondent)
    shown = signed_in(district.respondent).get(page(forwarded, "draft"))
    assert 'class="notice notice-warning"' in shown.content.decode()
    store(district.respondent, forwarded, version=1, text="Bản sửa.")
    assert fresh(forwarded).state == State.FORWARDED
    says = "This step is not possible: the case is now “With the agency that answers”."
    refused(district.signatory, forwarded, "sign", says=says)


def test_nobody_signs_what_they_wrote(desk, district, forwarded):
    store(district.signatory, forwarded, version=0, text="Tôi tự viết.")
    answering.submit(fresh(forwarded), by=district.respondent)
    says = "You wrote this draft. Another person of the agency signs it (Article 5.4)."
    refused(district.signatory, forwarded, "sign", says=says)
    assert not Message.objects.about(forwarded).filter(key__contains="answered").exists()


# --- notices of progress ----------------------------------------------------------------------------------------------


def test_from_the_second_notice_on_the_head_decides(desk, district, forwarded):
    sent = {"promised": soon(), "words": "Còn chờ ý kiến."}
    assert take(district.respondent, forwarded, "extend", **sent).status_code == 302
    says = "Your role at this agency does not include this step."
    refused(district.respondent, forwarded, "extend", says=says, **sent)
    assert take(district.signatory, forwarded, "extend", **sent).status_code == 302
    assert list(Extension.objects.values_list("number", "by")) == [
        (1, district.respondent.pk),
        (2, district.signatory.pk),
    ]


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_promise_is_a_day_after_today_and_within_a_year(days, district, forwarded):
    says = "Promise a date after today and within a year."
    refused(district.respondent, forwarded, "extend", says=says, promised=soon(days), words="Còn chờ ý kiến.")


@pytest.mark.parametrize("promised", ["", "32/13/2018", "sớm"])
def test_without_a_date_it_is_no_notice_of_progress(promised, district, forwarded):
    says = "Enter a valid date." if promised else "This field is required."
    refused(district.respondent, forwarded, "extend", says=says, promised=promised, words="Còn chờ ý kiến.")


@pytest.mark.parametrize("days", [0, 61])
def test_the_sender_has_a_day_after_today_and_within_sixty_days(days, district, forwarded):
    says = "Give the sender a day after today and within sixty days."
    refused(district.respondent, forwarded, "ask_back", says=says, reply_by=soon(days), words="Số thửa đất?")


# --- forwarding -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.RESPONDENT, Role.SIGNATORY])
def test_an_agency_without_one_who_drafts_or_one_who_signs_is_not_offered(role, desk, district, case):
    Membership.objects.filter(board=district.board, role=role).update(valid_to=date(2017, 12, 31))
    offered = form_of(signed_in(desk.editor).get(page(case)), "forward").fields["agency"].queryset
    assert list(offered) == [desk.agency]
    sent = {"agency": district.agency.pk, "sector": desk.sector.pk, "reason": "Thẩm quyền của huyện"}
    says = "Select a valid choice. That choice is not one of the available choices."
    with only_read(case, desk.editor):
        found = take(desk.editor, case, "forward", **sent)
    assert form_of(found, "forward").errors["agency"] == [says]
    assert "Thẩm quyền của huyện" in found.content.decode()


def test_the_agency_that_was_asked_is_chosen_already(desk, district):
    case = make_case(desk.agency, named_agency=district.agency)
    assert form_of(signed_in(desk.editor).get(page(case)), "forward")["agency"].value() == district.agency.pk


def test_an_agency_that_has_the_case_is_not_offered(desk, district, forwarded):
    offered = form_of(signed_in(desk.editor).get(page(forwarded)), "forward").fields["agency"].queryset
    assert list(offered) == [desk.agency]


def test_who_forwards_to_another_agency_still_sees_the_case_and_the_agency_before_does_not(desk, district, forwarded):
    sent = {"agency": desk.agency.pk, "sector": desk.sector.pk, "reason": "Tỉnh trả lời"}
    assert take(desk.editor, forwarded, "forward", **sent).url.partition("#")[0] == page(forwarded)
    with nothing_at_all_changed():
        assert signed_in(district.respondent).get(page(forwarded)).status_code == 404


def test_who_sends_a_case_back_is_led_to_the_list(desk, district, forwarded):
    found = take(district.respondent, forwarded, "give_back", reason="Không thuộc thẩm quyền")
    assert (found.status_code, found.url) == (302, reverse("admin:qa_case_changelist"))


# --- joining ----------------------------------------------------------------------------------------------------------

ONLY_OPEN = "Only an open or answered case of the same board can take in another one."


def test_a_case_is_not_joined_to_itself(desk, case):
    says = "A case cannot be joined to itself."
    refused(desk.editor, case, "merge", says=says, main=case.code, reason="Trùng nội dung")


@pytest.mark.parametrize("main", ["HD-0000-0000", "khong-co"])
def test_a_code_that_the_board_does_not_know_is_refused(main, desk, case):
    says = "Your board has received no case with this code."
    refused(desk.editor, case, "merge", says=says, main=main, reason="Trùng nội dung")


def test_a_case_of_another_board_is_as_good_as_none(desk, district, case):
    foreign = make_case(district.agency)
    says = "Your board has received no case with this code."
    refused(desk.editor, case, "merge", says=says, main=foreign.code, reason="Trùng nội dung")


def test_what_has_taken_in_others_is_not_joined_further(desk, case):
    first, last = make_case(desk.agency), make_case(desk.agency)
    routing.merge(fresh(last), case, by=desk.editor, reason="Trùng", same_sender=True)
    says = "Other cases are joined to this one already; join them to the other case first."
    refused(desk.editor, case, "merge", says=says, main=first.code, reason="Trùng nội dung")


@pytest.mark.parametrize("close", ["discard", "merge", "out_of_scope"])
def test_a_case_is_not_joined_to_a_closed_one(close, desk, case):
    main = make_case(desk.agency)
    {
        "discard": lambda: routing.discard(main, by=desk.editor, reason="Thử"),
        "merge": lambda: routing.merge(main, make_case(desk.agency), by=desk.editor, reason="Trùng", same_sender=True),
        "out_of_scope": lambda: routing.declare_out_of_scope(main, by=desk.editor, reason="Tòa", competent_body=""),
    }[close]()
    refused(desk.editor, case, "merge", says=ONLY_OPEN, main=main.code, reason="Trùng nội dung")


NAMED = "The answer also goes to other senders, and it says “Phạm Thị Lành”. Take that out of it."


def test_an_answer_that_names_the_first_sender_does_not_go_to_another(desk, district, case):
    main = make_case(desk.agency)
    forward(main, district, by=desk.editor)
    answer(main, district, "Chào bà Phạm Thị Lành. Hồ sơ gồm đơn.")
    refused(desk.editor, case, "merge", says=NAMED, main=main.code, reason="Trùng nội dung")
    assert take(desk.editor, case, "merge", main=main.code.lower(), reason="Trùng", same_sender="on").status_code == 302
    assert (fresh(case).state, fresh(case).merged_into) == (State.MERGED, fresh(main))


def test_a_draft_that_names_the_first_sender_is_not_submitted_once_others_are_joined(desk, district, forwarded):
    other = make_case(desk.agency, name="Trần Bê")
    routing.merge(other, fresh(forwarded), by=desk.editor, reason="Trùng", same_sender=False)
    write(forwarded, district, "Chào bà PHAM THI LANH. Hồ sơ gồm đơn.")
    refused(district.respondent, forwarded, "submit", says=NAMED)
    write(forwarded, district, "Chào bà. Hồ sơ gồm đơn.")
    assert take(district.respondent, forwarded, "submit").status_code == 302


# --- texts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ("forward", "reason"),
        ("out_of_scope", "reason"),
        ("out_of_scope", "competent_body"),
        ("ask_back_first", "words"),
        ("merge", "reason"),
        ("discard", "reason"),
        ("note", "text"),
    ],
)
def test_text_in_an_old_encoding_is_refused_with_what_it_means(step, field, desk, case):
    with only_read(case, desk.editor):
        found = take(desk.editor, case, step, **{field: TCVN3})
    (says,) = form_of(found, step).errors[field]
    assert says.startswith("This text is in the old TCVN3 encoding") and says.endswith("Quảng Ngãi, đường")
    assert TCVN3 in found.content.decode()


@pytest.mark.parametrize("field", ["text", "cites"])
def test_a_draft_in_an_old_encoding_is_refused_with_what_it_means(field, district, forwarded):
    with only_read(forwarded, district.respondent):
        found = store(district.respondent, forwarded, **{"version": 0, "text": "Chào bà.", field: TCVN3})
    (says,) = found.context["form"].errors[field]
    assert says.endswith("Quảng Ngãi, đường")
    assert TCVN3 in found.content.decode()


@pytest.mark.parametrize(("step", "field"), [("discard", "reason"), ("note", "text"), ("ask_back_first", "words")])
@pytest.mark.parametrize("words", ["", " \r\n ", "x" * 2001])
def test_words_are_needed_and_have_an_end(words, step, field, desk, case):
    with only_read(case, desk.editor):
        found = take(desk.editor, case, step, **{field: words})
    assert field in form_of(found, step).errors


def test_what_was_typed_as_markup_is_shown_as_text(desk, case):
    take(desk.editor, case, "note", text="<script>alert(1)</script>")
    shown = signed_in(desk.editor).get(page(case)).content.decode()
    assert "<script>alert(1)</script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


# --- requests for information -----------------------------------------------------------------------------------------


def test_complex_information_is_told_once_and_only_of_information(desk, district, forwarded):
    says = "This is only for requests for information under the Law on Access to Information."
    refused(district.respondent, forwarded, "declare_complex", says=says, words="Nhiều hồ sơ")
    case = make_case(desk.agency, kind=Kind.INFORMATION)
    forward(case, district, by=desk.editor)
    assert take(district.respondent, case, "declare_complex", words="Nhiều hồ sơ").status_code == 302
    refused(district.respondent, case, "declare_complex", says=says, words="Nhiều hồ sơ")


def test_an_extension_is_offered_to_the_respondent_once_in_a_round(desk, district, forwarded):
    def offered(person):
        return {row["name"] for row in signed_in(person).get(page(forwarded)).context["steps"]}

    assert "extend" in offered(district.respondent)
    extend(forwarded, district)
    assert ("extend" in offered(district.respondent), "extend" in offered(district.signatory)) == (False, True)
