"""What becomes public of a case says nothing that was masked, wherever it is read (Article 3.2)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.obligations.models import Obligation
from portal.publishing import editing
from portal.publishing.workflow import carry_out
from portal.search.models import IndexEntry
from portal.text.personal import mask
from qa import afterwards, privacy, publication
from qa.desk import classify
from qa.models import Case, Question
from tests.documents.legal import relate
from tests.gazette.makers import make_document, make_public
from tests.makers import frozen, publish
from tests.qa.makers import answer, forward, fresh, make_case, prepare
from tests.unchanged import stored

SECRETS = {
    "name": "Phạm Thị Lành",
    "email": "lanh.pham1975@example.com",
    "phone": "0905 123 456",
    "address": "Tổ 3, thôn An Hà 2, xã Nghĩa Trung",
}
TEXT = (
    "Tôi là Phạm Thị Lành, sinh năm 1975, CCCD 051175001234, trú tại tổ 3, thôn An Hà 2, xã Nghĩa Trung. "
    "Chồng tôi là ông Huỳnh Văn Bảy. Số tài khoản 4504205123456 tại Agribank. Điện thoại 0905.123.456, "
    "thư lanh.pham1975@example.com. Cho tôi hỏi thủ tục tách thửa đất."
)
MUST_GO = [
    "Lành", "051175001234", "thôn An Hà", "Huỳnh Văn Bảy", "4504205123456", "0905.123.456", "0905 123 456", "1975@",
]  # fmt: skip
PUBLIC = [
    "/hoi-dap/", "/hoi-dap/phan-anh-kien-nghi/", "/hoi-dap/ket-qua/", "/", "/rss/", "/rss/hoi-dap/", "/so-do-cong/",
    "/sitemap.xml", "/sitemap-0.xml", "/sitemap-1.xml", "/tim-kiem/?q=tach+thua", "/tim-kiem/?q=Pham+Thi+Lanh",
    "/tim-kiem/?q=0905123456", "/tim-kiem/?q=051175001234", "/tim-kiem/rss/?q=tach+thua", "/cong-khai-tien-do/",
    "/tim-kiem/goi-y/?q=tach+thua", "/cong-khai-tien-do/danh-sach/?ket_qua=phai-thuc-hien",
]  # fmt: skip


@pytest.fixture
def case(desk, district):
    """Answered; the answer names the sender too."""
    case = make_case(
        desk.agency,
        text=TEXT,
        subject="Bà Phạm Thị Lành hỏi tách thửa",
        agreed=("liability", "privacy", "publication"),
        **SECRETS,
    )
    forward(case, district, by=desk.editor, concerns_all=True)
    answer(case, district, "Kính gửi bà Phạm Thị Lành (0905 123 456). Hồ sơ tách thửa gồm đơn đề nghị.")
    return fresh(case)


def suggested(case):
    """What the editor gets who ticks everything: the texts, and what was masked."""
    found, texts = publication.suggestions(case), publication.originals(case)
    masked = [(row.kind, row.text) for rows in found.values() for row in rows]
    return {name: mask(texts[name], found[name]) for name in texts}, masked


@pytest.fixture
def question(case, desk):
    texts, masked = suggested(case)
    question = publication.prepare(case, by=desk.editor, texts=texts, masked=masked)
    question = carry_out("submit", question, by=desk.editor, declared=True)
    return carry_out("approve", question, by=desk.head, declared=True)


def said_by(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_public_output_says_what_was_masked(language, client, question):
    own = [question.path(), f"{question.path()}in/"]
    for path in [*PUBLIC, *own]:
        machine = path.startswith("/sitemap")
        said = said_by(client, path if machine else f"{language}{path}")
        assert [words for words in MUST_GO if words in said and words.replace(" ", "") not in path] == [], path
    assert "đã ẩn" in said_by(client, question.path())
    assert question.path() in said_by(client, f"{language}/tim-kiem/?q=tach+thua")


def test_no_row_that_public_pages_read_holds_what_was_masked(question):
    for row in [*IndexEntry.objects.values(), *Question.objects.values()]:
        said = " ".join(str(value) for value in row.values())
        assert [words for words in MUST_GO if words in said] == []


def test_search_does_not_find_the_question_by_what_was_masked(client, question):
    for words in ["Phạm Thị Lành", "0905123456", "051175001234", "Huỳnh Văn Bảy", "lanh.pham1975@example.com"]:
        assert question.path() not in said_by(client, f"/tim-kiem/?q={words}")
    assert question.path() in said_by(client, "/tim-kiem/?q=tách thửa đất")


def test_the_original_stays_with_the_case(case, question):
    assert fresh(case).text == TEXT
    assert fresh(case).masked


def test_a_text_that_still_says_it_is_refused_and_nothing_changed(case, desk):
    texts, masked = suggested(case)
    before = stored()
    with pytest.raises(ValidationError, match="0905"):
        publication.prepare(case, by=desk.editor, texts=texts | {"answer": "Gọi 0905123456."}, masked=masked)
    assert not Question.objects.exists()
    assert fresh(case).masked == []
    assert stored() == before


def test_what_was_masked_does_not_come_back_by_a_correction(question, desk):
    after = {"answer_vi": "Kính gửi bà Pham Thi Lanh. Hồ sơ gồm đơn đề nghị."}
    revision = editing.propose(question, after, by=desk.editor, note="Sửa")
    with pytest.raises(ValidationError, match="Lành"):
        editing.apply(revision, by=desk.head)
    assert Question.objects.get().answer_vi == question.answer_vi


def test_publication_keeps_the_duty_of_general_concern_and_withdrawal_owes_it_again(case, question, desk):
    duty = Obligation.objects.of(case).get(code="D14")
    assert (duty.status, duty.fulfilled_by) == ("on_time", desk.head)
    carry_out("withdraw", question, by=desk.head, note="Sai")
    assert Obligation.objects.of(case).get(code="D14").status == "open"


def test_without_consent_and_general_concern_nothing_is_published(desk, district):
    case = make_case(desk.agency, agreed=("liability", "privacy"))
    forward(case, district, by=desk.editor)
    answer(case, district)
    with pytest.raises(ValidationError):
        prepare(case, by=desk.editor)
    assert not Question.objects.exists()


def test_the_name_is_shown_with_consent_alone(client, desk, district):
    for agreed, shown in [
        (("liability", "privacy", "publication", "name"), True),
        (("liability", "privacy", "publication"), False),
    ]:
        case = make_case(desk.agency, agreed=agreed, name="Đinh Văn Trỗi", text="Hỏi về tách thửa.")
        forward(case, district, by=desk.editor)
        answer(case, district)
        question = publish(prepare(case, by=desk.editor), by=desk.head)
        assert ("Đinh Văn Trỗi" in said_by(client, question.path())) is shown


def test_the_agency_that_answers_shows_the_question_on_its_own_site(client, question):
    assert "tách thửa" in said_by(client, "/trang/tunghia/hoi-dap/")
    assert f'href="{question.path()}"' in said_by(client, "/trang/tunghia/hoi-dap/")


def test_readers_are_warned_when_a_document_that_is_cited_loses_effect(client, desk, district):
    document = make_public(desk.agency, by=desk.editor)
    case = make_case(desk.agency)
    forward(case, district, by=desk.editor)
    answer(case, district, interprets_law=True, documents=[document])
    question = publish(prepare(case, by=desk.editor), by=desk.head)
    assert client.get(question.path()).context["cited"][0]["is_lost"] is False
    repeal = make_document(desk.agency, by=desk.editor)
    relate(repeal, "repeals", target=document)
    publish(repeal, by=desk.head)
    assert client.get(question.path()).context["cited"][0]["is_lost"] is True
    client.force_login(desk.editor)
    groups = client.get(reverse("admin:index")).context["queue"]
    assert [row["url"] for group in groups for row in group["items"] if "question" in row["url"]] == [
        reverse("admin:qa_question_change", args=[question.pk])
    ]


def test_a_second_answer_makes_the_public_version_owed_again_until_it_says_it(case, question, desk, district):
    afterwards.reopen(fresh(case), words="Còn lệ phí?")
    answer(case, district, "Lệ phí 15.000 đồng.")
    assert Obligation.objects.of(case).get(code="D14").status == "open"
    Question.objects.update(event_date=timezone.localdate() - timedelta(days=1))  # as if the first was of yesterday
    assert case in Case.objects.to_be_published()
    after = {"answer_vi": "Lệ phí 15.000 đồng.", "event_date": timezone.localdate().isoformat()}
    editing.apply(editing.propose(Question.objects.get(), after, by=desk.editor, note="Trả lời lại"), by=desk.head)
    assert Obligation.objects.of(case).get(code="D14").status == "on_time"
    assert case not in Case.objects.to_be_published()


def test_what_is_overdue_for_publication_is_not_settled_by_unticking(case, desk):
    with frozen(timezone.now() + timedelta(days=30)), pytest.raises(ValidationError):
        classify(fresh(case), by=desk.editor, sector=desk.sector, concerns_all=False)
    assert fresh(case).concerns_all
    assert Obligation.objects.of(case).get(code="D14").status == "open"


def test_what_rests_on_nothing_any_more_is_taken_down(client, case, question, desk):
    privacy.withdraw_consent(case, "publication")
    assert client.get(question.path()).status_code == 200  # of general concern
    classify(fresh(case), by=desk.editor, sector=desk.sector, concerns_all=False)
    assert client.get(question.path()).status_code == 410


def test_what_was_public_by_consent_keeps_the_duty_of_general_concern(desk, district):
    case = make_case(desk.agency, text="Hỏi về tách thửa.")
    forward(case, district, by=desk.editor)
    answer(case, district)
    publish(prepare(case, by=desk.editor), by=desk.head)
    classify(fresh(case), by=desk.editor, sector=desk.sector, concerns_all=True)
    assert Obligation.objects.of(case).get(code="D14").status == "on_time"
