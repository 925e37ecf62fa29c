"""The page on which an editor takes personal data out of a case: what is ticked goes, what is typed stays."""

import pytest
from django.urls import reverse

from portal.editorial.models import AuditEvent
from portal.publishing import editing
from portal.publishing.models import Revision
from portal.publishing.workflow import Refused, carry_out
from qa.masking import hide
from qa.models import Question
from tests.backoffice.pages import address, fill_in, signed_in
from tests.backoffice.tables import nothing_at_all_changed
from tests.makers import approve, submit
from tests.qa.desk_pages import only_read, page
from tests.qa.makers import answer, forward, fresh, make_case, prepare

TEXT = "Tôi là Phạm Thị Lành, số 0905 123 456, ở Thôn An Hà 2. Con tôi là Phạm Văn Hùng. Xin hỏi thủ tục tách thửa."
ANSWER = "Chào bà Phạm Thị Lành. Bà gọi 0255 3845 678 để được hướng dẫn."
NAME, PHONE, OFFICE = "name:Phạm Thị Lành", "phone:0905 123 456", "phone:0255 3845 678"


@pytest.fixture
def case(desk, district):
    """Answered; the sender has agreed to everything."""
    case = make_case(desk.agency, subject="Tách thửa cho Phạm Văn Hùng", text=TEXT)
    forward(case, district, by=desk.editor)
    return answer(case, district, ANSWER)


@pytest.fixture
def client(desk):
    return signed_in(desk.editor)


def opened(client, case):
    """What the form of the page would send as it stands."""
    return shown(client.get(page(case, "publish")))


def shown(response):
    return {**fill_in(response, "made"), "chosen": response.context["form"]["chosen"].value()}


def sent(client, case, button, form, **changes):
    return client.post(page(case, "publish"), {**form, **changes, button: "1"})


def texts(response):
    return {name: response.context["form"][name].value() for name in ("title", "question", "answer")}


def test_everything_that_looks_like_personal_data_is_ticked_and_masked(client, case):
    found = client.get(page(case, "publish"))
    assert set(found.context["form"]["chosen"].value()) == {
        NAME,
        PHONE,
        OFFICE,
        "name:Phạm Văn Hùng",
        "address:Thôn An Hà 2",
    }
    assert texts(found) == {
        "title": "Tách thửa cho [đã ẩn: tên]",
        "question": "Tôi là [đã ẩn: tên], số [đã ẩn: số điện thoại], ở [đã ẩn: địa chỉ]. Con tôi là [đã ẩn: tên]. "
        "Xin hỏi thủ tục tách thửa.",
        "answer": "Chào bà [đã ẩn: tên]. Bà gọi [đã ẩn: số điện thoại] để được hướng dẫn.",
    }


def test_the_original_stands_beside_it_with_marks_and_as_text(client, case):
    type(case).objects.filter(pk=case.pk).update(text="<b>Tôi</b> là Phạm Thị Lành & con <script>")
    found = client.get(page(case, "publish")).content.decode()
    assert "&lt;b&gt;Tôi&lt;/b&gt; là <mark>Phạm Thị Lành</mark> &amp; con &lt;script&gt;" in found


def test_what_is_unticked_comes_back_into_texts_that_nobody_has_changed(client, case, desk):
    form = opened(client, case)
    ticked = [key for key in form["chosen"] if key != OFFICE]
    with only_read(case, desk.editor):
        found = sent(client, case, "mask", form, chosen=ticked)
    assert texts(found)["answer"] == "Chào bà [đã ẩn: tên]. Bà gọi 0255 3845 678 để được hướng dẫn."
    assert found.context["form"]["chosen"].value() == ticked


def test_what_was_typed_stays_and_is_masked_further(client, case):
    form = opened(client, case)
    typed = "Con tôi là Hùng, nhà ở cạnh chợ Nghĩa Trung."
    found = sent(client, case, "mask", form, question=typed, more="Hùng\nchợ Nghĩa Trung")
    assert texts(found)["question"] == "Con tôi là [đã ẩn: tên], nhà ở cạnh [đã ẩn: tên]."
    again = sent(client, case, "mask", shown(found), chosen=[NAME], more="")
    assert texts(again)["question"] == "Con tôi là [đã ẩn: tên], nhà ở cạnh [đã ẩn: tên]."
    assert texts(again)["answer"] == "Chào bà [đã ẩn: tên]. Bà gọi 0255 3845 678 để được hướng dẫn."


def test_the_texts_are_made_anew_from_the_original_when_asked(client, case):
    form = opened(client, case)
    found = sent(client, case, "anew", form, chosen=[NAME], question="Đã xóa nhầm", answer="Đã xóa nhầm")
    assert texts(found) == {
        "title": "Tách thửa cho Phạm Văn Hùng",
        "question": TEXT.replace("Phạm Thị Lành", "[đã ẩn: tên]"),
        "answer": ANSWER.replace("Phạm Thị Lành", "[đã ẩn: tên]"),
    }


def test_nothing_is_stored_by_masking(client, case, desk):
    form = opened(client, case)
    for button in ("mask", "anew", "khong-co"):
        with only_read(case, desk.editor):
            assert sent(client, case, button, form, chosen=[NAME]).status_code == 200
    assert not Question.objects.exists()


@pytest.mark.parametrize("more", ["x", "Hùng\nx", "...", "Hùng\n --- "])
def test_a_letter_alone_is_not_masked(more, client, case, english, desk):
    form = opened(client, case)
    with only_read(case, desk.editor):
        found = sent(client, case, "store", form, more=more)
    assert found.context["form"].errors["more"] == ["One letter alone cannot be masked."]


def test_a_slip_in_what_is_to_be_masked_is_told(client, case, english, desk):
    form = opened(client, case)
    with only_read(case, desk.editor):
        found = sent(client, case, "mask", form, more="Nguyễn Thị Bông\nHùng")
    says = "This stands nowhere in the original: “Nguyễn Thị Bông”. Copy it from there."
    assert found.context["form"].errors["more"] == [says]


def test_storing_makes_a_draft_that_says_nothing_of_the_sender(client, case, desk, district):
    form = opened(client, case)
    found = sent(client, case, "store", form, more="tách thửa")
    assert found.context["form"].non_field_errors()  # "tách thửa" still stands there: nothing is stored unseen
    found = sent(client, case, "mask", shown(found), more="tách thửa")
    found = sent(client, case, "store", shown(found), more="tách thửa")
    question = Question.objects.get()
    assert (found.status_code, found.url) == (302, reverse("admin:qa_question_change", args=[question.pk]))
    assert (question.title_vi, question.state) == ("[đã ẩn: tên] cho [đã ẩn: tên]", "draft")
    assert (question.asker, question.agency, question.answered_by) == ("Phạm Thị Lành", desk.agency, district.agency)
    masked = {tuple(row) for row in fresh(case).masked}
    assert {("name", "tách thửa"), ("name", "Phạm Thị Lành"), ("phone", "0905 123 456")} <= masked


@pytest.mark.parametrize(
    ("name", "text", "still"),
    [
        ("question", "Tôi là Phạm Thị Lành.", "Phạm Thị Lành"),
        ("question", "Số của tôi: 0905.123.456", "0905 123 456"),
        ("answer", "Chào bà PHAM THI LANH.", "Phạm Thị Lành"),
        ("title", "Về con tôi Phạm Văn Hùng", "Phạm Văn Hùng"),
    ],
)
def test_storing_is_refused_while_something_masked_still_stands(name, text, still, client, case, english, desk):
    form = opened(client, case)
    with only_read(case, desk.editor):
        found = sent(client, case, "store", form, **{name: text})
    assert found.context["form"].non_field_errors() == [f"Still to be masked: “{still}”."]
    assert texts(found)[name] == text


@pytest.mark.parametrize("unticked", [NAME, PHONE, "address:Thôn An Hà 2"])
def test_the_senders_own_data_is_refused_even_if_it_is_unticked(unticked, client, desk, case, english):
    type(case).objects.filter(pk=case.pk).update(address="Thôn An Hà 2")
    form = opened(client, case)
    ticked = [key for key in form["chosen"] if key != unticked]
    found = sent(client, case, "anew", form, chosen=ticked)
    assert unticked.partition(":")[2] in texts(found)["question"]
    with only_read(case, desk.editor):
        found = sent(client, case, "store", shown(found), chosen=ticked)
    assert found.context["form"].non_field_errors() == [f"Still to be masked: “{unticked.partition(':')[2]}”."]


def test_what_is_unticked_and_not_the_senders_may_be_published(client, case):
    form = opened(client, case)
    ticked = [key for key in form["chosen"] if key != OFFICE]
    found = sent(client, case, "mask", form, chosen=ticked)
    assert sent(client, case, "store", shown(found), chosen=ticked).status_code == 302
    assert "0255 3845 678" in Question.objects.get().answer_vi


def test_what_a_colleague_has_prepared_meanwhile_is_told_and_the_texts_stay(client, desk, case, english):
    form = opened(client, case)
    prepare(case, by=desk.secretary)
    with only_read(case, desk.editor):
        found = sent(client, case, "store", form, chosen=[NAME], question="Đã gõ rất lâu")
    assert found.context["form"].non_field_errors() == ["There is a public version already."]
    assert texts(found)["question"] == "Đã gõ rất lâu"
    assert client.get(page(case, "publish")).url == page(case)


@pytest.mark.parametrize("name", ["title", "question", "answer"])
def test_no_text_may_be_empty(name, client, case, desk):
    form = opened(client, case)
    with only_read(case, desk.editor):
        found = sent(client, case, "store", form, **{name: " "})
    assert list(found.context["form"].errors) == [name]


# --- the words themselves ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "masked", "hidden"),
    [
        ("Bà Lành và bà Phạm Thị Lành", [("name", "Phạm Thị Lành")], "Bà Lành và bà [đã ẩn: tên]"),
        ("PHẠM THỊ LÀNH, pham thi lanh", [("name", "Phạm Thị Lành")], "[đã ẩn: tên], [đã ẩn: tên]"),
        ("0905.123.456 +84905123456", [("phone", "0905 123 456")], "[đã ẩn: số điện thoại] +[đã ẩn: số điện thoại]"),
        ("An và thành An", [("name", "An")], "[đã ẩn: tên] và thành [đã ẩn: tên]"),
        ("[đã ẩn: tên] ở đây", [("name", "tên")], "[đã ẩn: tên] ở đây"),
        (
            "số 12 tổ 3 phường Lê Hồng Phong",
            [("address", "số 12 tổ 3"), ("name", "tổ 3")],
            "[đã ẩn: địa chỉ] phường Lê Hồng Phong",
        ),
    ],
)
def test_words_are_hidden_in_every_spelling_and_as_whole_words(text, masked, hidden):
    assert hide(text, masked) == hidden


# --- after it is stored -----------------------------------------------------------------------------------------------


@pytest.fixture
def question(case, desk):
    return prepare(case, by=desk.editor, masked=[("name", "Phạm Văn Hùng")])


SLIPS = [
    ("title_vi", "Về Phạm Văn Hùng"),
    ("summary_vi", "Con tôi là Phạm Văn Hùng"),
    ("question_vi", "Tôi là PHẠM THỊ LÀNH"),
    ("answer_vi", "Gọi 0905-123-456"),
    ("question_en", "I am Phạm Thị Lành"),
    ("author", "Phạm Thị Lành"),
]


@pytest.mark.parametrize(("name", "text"), SLIPS)
def test_a_draft_that_says_it_again_is_not_submitted(name, text, question, desk, english):
    form = fill_in(signed_in(desk.editor).get(address(question, "change")), "version", **{name: text})
    assert signed_in(desk.editor).post(address(question, "change"), form).status_code == 302
    question = Question.objects.get()
    assert getattr(question, name) == text
    with nothing_at_all_changed(), pytest.raises(Refused, match="Still to be masked"):
        carry_out("submit", question, by=desk.editor, declared=True)
    found = signed_in(desk.editor).get(address(question, "change")).content.decode()
    assert "Still to be masked" in found


@pytest.mark.parametrize(("name", "text"), SLIPS)
def test_a_correction_that_says_it_again_is_not_applied(name, text, question, desk, english):
    public = approve(submit(question, by=desk.editor), by=desk.head)
    revision = editing.propose(public, {name: text}, by=desk.editor, note="Sửa")
    with nothing_at_all_changed():
        found = signed_in(desk.head).post(address(public, "decide", revision.pk), {"apply": "1"})
    assert "Still to be masked" in found.content.decode()
    assert Revision.objects.get().outcome == Revision.Outcome.PROPOSED


def test_what_the_case_says_is_not_written_over(question, desk, district):
    client = signed_in(desk.editor)
    form = fill_in(client.get(address(question, "change")), "version")
    own = {"agency", "kind", "answered_by", "asked_on", "event_date", "asker"}
    assert own & set(form) == set()
    forged = {
        "agency": district.agency.pk,
        "kind": "petition",
        "answered_by": desk.agency.pk,
        "asked_on": "01/01/2017",
        "event_date": "01/01/2017",
        "asker": "Trần Bê",
    }
    client.post(address(question, "change"), form | forged | {"title_vi": "Tên khác"})
    after = Question.objects.get()
    assert [getattr(after, name) for name in own] == [getattr(question, name) for name in own]
    assert after.title_vi == "Tên khác"


def test_a_question_of_a_case_takes_no_files(question, desk):
    found = signed_in(desk.editor).get(address(question, "change"))
    assert found.context["inline_admin_formsets"] == []


@pytest.mark.parametrize(("agreed", "asker"), [(("publication",), ""), (("publication", "name"), "Phạm Thị Lành")])
def test_the_name_stands_beside_the_question_with_consent_alone(agreed, asker, desk, district):
    case = make_case(desk.agency, agreed=("liability", "privacy", *agreed))
    forward(case, district, by=desk.editor)
    answer(case, district)
    assert prepare(case, by=desk.editor).asker == asker


def test_the_audit_of_the_public_version_says_no_word_of_it(client, case):
    sent(client, case, "store", opened(client, case))
    events = AuditEvent.objects.of(Question.objects.get())
    assert [(row.action, row.changes) for row in events] == [("create", {"case": case.code})]
