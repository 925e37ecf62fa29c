"""The sender's data: seen, corrected, taken back by the link; erased at a wish or after its time. The figures stay."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from portal.editorial.models import AuditEvent
from portal.editorial.roles import State as Publication
from portal.intake import consents, keys
from portal.intake.models import Acceptance
from portal.notices.models import Message
from portal.obligations.models import Obligation
from portal.publishing.workflow import Refused, carry_out
from portal.search.models import IndexEntry
from qa import afterwards, answering, letters, privacy, routing, scorecard
from qa.models import Case, CaseFile, Kind, Note, Question, State, Term
from tests.backoffice.pages import fill_in
from tests.backoffice.tables import everything, nothing_at_all_changed
from tests.files.samples import PDF, file
from tests.makers import frozen, publish, submit
from tests.obligations.test_ledger import moment
from tests.qa.makers import ALL, answer, ask_back, extend, forward, fresh, make_case, prepare, reply
from tests.web.pages import read
from tests.web.soundness import faults

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 3, 10)
NOW = moment(DAY)
KEPT = 1825  # days, of which the table says that personal data of questions is kept
PERSONAL = {
    "subject": "Sổ đỏ mang tên Trỗi",
    "text": "Tôi là Đinh Văn Trỗi, thửa 4711.",
    "place": "Xóm Gò Mít",
    "name": "Đinh Văn Trỗi",
    "email": "troi.dinh@example.com",
    "phone": "0914 777 321",
    "address": "Tổ 9, thôn Đồng Giữa",
}
WORDS = ["Trỗi", "troi.dinh", "0914 777", "0914777", "Gò Mít", "Đồng Giữa", "4711", "Lời riêng"]


@pytest.fixture(autouse=True)
def today():
    with frozen(NOW):
        yield


@pytest.fixture
def case(desk):
    return make_case(desk.agency, **PERSONAL)


@pytest.fixture
def answered(case, desk, district):
    forward(case, district, by=desk.editor)
    answer(case, district, "Lời riêng gửi ông Đinh Văn Trỗi về thửa 4711.")
    return fresh(case)


@pytest.fixture
def public(desk, district):
    """A published question with the name of its sender."""
    return make_public(desk, district)


def make_public(desk, district, **facts):
    case = make_case(desk.agency, **PERSONAL)
    forward(case, district, by=desk.editor, **facts)
    answer(case, district, "Nộp đơn tại một cửa.")
    return publish(prepare(case, by=desk.editor, title="Tách thửa đất ở", question="Tách thửa đất ở thế nào?"))


def page_of(case, tail="du-lieu/", prefix="/en"):
    return f"{prefix}/hoi-dap/theo-doi/{case.code}/{keys.secret_of(case.code, case.key_edition)}/{tail}"


def take(client, case, step, **fields):
    return client.post(page_of(case), {"step": step, **fields})


def taken(case):
    return f"{page_of(case)}?da-luu=1"


def errors(response):
    return {name: list(sentences) for name, sentences in response.context["form"].errors.items()}


def at(days, hour=9):
    return frozen(moment(DAY + timedelta(days=days), hour))


# --- see and correct --------------------------------------------------------------------------------------------------


def test_the_sender_sees_what_is_kept_and_until_when(client, answered):
    page = read(client.get(page_of(answered)))
    assert faults(page) == []
    shown = fill_in(client.get(page_of(answered)), "phone")
    assert {name: shown[name] for name in ("name", "email", "phone", "address")} == {
        name: PERSONAL[name] for name in ("name", "email", "phone", "address")
    }
    assert "09/03/2031" in page.main  # 1,825 days after 10/03/2026
    assert fresh(answered).keep_until == date(2031, 3, 9)


def correction(client, case, **changes):
    return client.post(page_of(case), fill_in(client.get(page_of(case)), "phone", **changes))


def test_the_sender_corrects_the_data(client, case):
    changes = {"name": "Đinh Văn Trổi", "phone": "0905 000 111", "address": "Tổ 1"}
    assert correction(client, case, **changes).url == taken(case)
    row = fresh(case)
    assert {name: getattr(row, name) for name in changes} == changes
    assert row.email == PERSONAL["email"]
    event = AuditEvent.objects.of(case).get(action="case_correct")
    assert set(event.changes) == set(changes)
    assert "Trổi" not in str(event.changes)
    assert not Message.objects.filter(key__endswith="address_changed").exists()


def test_another_address_is_told_to_the_former_one(client, case):
    correction(client, case, email="moi@example.com")
    assert fresh(case).email == "moi@example.com"
    letter = Message.objects.get(key__endswith=" address_changed")
    assert letter.recipient == PERSONAL["email"]
    assert "moi@example.com" not in letter.body


def test_an_address_that_is_taken_out_is_told_too(client, case):
    correction(client, case, email="")
    assert Message.objects.get(key__endswith=" address_changed").recipient == PERSONAL["email"]
    assert fresh(case).email == ""


def test_storing_what_stands_there_already_changes_nothing(client, case):
    with nothing_at_all_changed():
        assert correction(client, case).url == taken(case)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"email": "", "phone": ""}, {"__all__": ["Give an e-mail address or a telephone number."]}),
        ({"email": "khong phai"}, {"email": ["Enter a valid email address."]}),
        (
            {"phone": "không có"},
            {"phone": ["Give a telephone number with its digits, for example 0905 123 456."]},
        ),
        ({"name": "a" * 151}, {"name": ["Ensure this value has at most 150 characters (it has 151)."]}),
        ({"language": "fr"}, {"language": ["Select a valid choice. fr is not one of the available choices."]}),
    ],
)
def test_a_correction_that_is_refused_keeps_what_was_typed(changes, wrong, client, case):
    with nothing_at_all_changed():
        response = correction(client, case, **changes)
    assert errors(response) == wrong
    page = read(response)
    assert faults(page) == []
    shown = fill_in(response, "phone")
    assert {name: shown[name] for name in changes if name != "language"} == {
        name: value for name, value in changes.items() if name != "language"
    }


# --- withdraw ---------------------------------------------------------------------------------------------------------


def test_an_open_case_is_withdrawn_when_the_sender_is_sure(client, case, desk, district):
    forward(case, district, by=desk.editor)
    with nothing_at_all_changed():
        assert "Tick that you are sure." in read(take(client, case, "withdraw")).main
    assert take(client, case, "withdraw", sure="1").url == taken(case)
    row = fresh(case)
    assert (row.state, row.closed_at, row.keep_until) == (State.WITHDRAWN, NOW, DAY + timedelta(days=KEPT))
    assert {duty.status for duty in Obligation.objects.of(row)} == {"void"}
    assert Message.objects.filter(key__endswith=" withdrawn").get().recipient == PERSONAL["email"]


@pytest.mark.parametrize("prepare_it", ["waiting", "drafted", "overdue"])
def test_a_case_may_be_withdrawn_whatever_is_going_on(prepare_it, client, case, desk, district):
    forward(case, district, by=desk.editor)
    if prepare_it == "waiting":
        ask_back(case, district)
    if prepare_it == "drafted":
        answering.write(fresh(case), by=district.respondent, text="Bản nháp.")
    with at(60 if prepare_it == "overdue" else 1):
        assert take(client, case, "withdraw", sure="1").status_code == 302
    row = fresh(case)
    assert row.state == State.WITHDRAWN
    assert (row.draft, row.clarifications.filter(ended_at=None).exists()) == (None, False)
    late = Obligation.objects.of(row).get(agency=district.agency)
    assert late.status == ("late" if prepare_it == "overdue" else "void")


def test_a_closed_case_is_not_withdrawn(client, answered):
    with nothing_at_all_changed():
        response = take(client, answered, "withdraw", sure="1")
    assert "The case is closed already. You may have your data erased." in read(response).main


# --- consents ---------------------------------------------------------------------------------------------------------


def test_a_consent_is_taken_back_and_given_again(client, case):
    for step, standing in (("withdraw_consent", False), ("give_consent", True), ("give_consent", True)):
        assert take(client, case, step, code="publication").url == taken(case)
        assert consents.holds(case, "publication") is standing
        assert faults(read(client.get(page_of(case)))) == []
    rows = Acceptance.objects.of(case).filter(statement__code="publication")
    assert [row.withdrawn_at for row in rows] == [NOW, None]


@pytest.mark.parametrize("code", ["liability", "privacy", "", "x"])
@pytest.mark.parametrize("step", ["withdraw_consent", "give_consent"])
def test_what_is_needed_cannot_be_taken_back(step, code, client, case):
    with nothing_at_all_changed():
        assert take(client, case, step, code=code).status_code == 404


SEARCH = "/tim-kiem/?q=tach+thua+dat+o"
OUTPUTS = ["/hoi-dap/", "/rss/", "/rss/hoi-dap/", "/sitemap-1.xml", SEARCH, "/"]


def outputs(client):
    return {
        f"{mount}{path}": client.get(f"{mount}{path}").content.decode()
        for path in OUTPUTS
        for mount in ("", "/trang/tunghia")
        if mount == "" or path in ("/hoi-dap/", SEARCH, "/rss/hoi-dap/")
    }


def test_without_the_consent_the_question_is_gone_from_everywhere_at_once(client, public):
    path, print_path = public.path(), f"{public.path()}in/"
    before = outputs(client)
    for shown in ("/hoi-dap/", "/trang/tunghia/hoi-dap/", "/rss/hoi-dap/", "/sitemap-1.xml", SEARCH):
        assert path in before[shown], shown
    assert "Đinh Văn Trỗi" in client.get(path).content.decode()
    assert take(client, public.case, "withdraw_consent", code="publication").status_code == 302
    for address, content in outputs(client).items():
        assert path not in content, address
        assert "Tách thửa đất ở" not in content, address
    for gone in (path, print_path, f"/en{path}", f"/hoi-dap/x-{public.pk}/"):
        response = client.get(gone)
        assert response.status_code == 410
        for words in ("Tách thửa", "Trỗi", "một cửa"):
            assert words not in read(response).text
    row = Question.objects.get()
    assert (row.state, row.asker) == (Publication.WITHDRAWN, "")
    assert not IndexEntry.objects.findable().filter(object_id=row.pk, category="qa").exists()


def test_what_is_of_general_concern_stays_but_without_the_name(client, desk, district):
    for code in ("publication", "name"):
        public = make_public(desk, district, concerns_all=True)
        assert "Đinh Văn Trỗi" in client.get(public.path()).content.decode()
        take(client, public.case, "withdraw_consent", code=code)
        response = client.get(public.path())
        assert response.status_code == 200
        assert "Trỗi" not in response.content.decode()
        assert Question.objects.get(pk=public.pk).asker == ""
        assert not consents.holds(public.case, code)


def test_without_the_name_the_question_stays(client, public):
    take(client, public.case, "withdraw_consent", code="name")
    response = client.get(public.path())
    assert response.status_code == 200
    assert "Trỗi" not in response.content.decode()
    assert "Trỗi" not in "".join(outputs(client).values())


def test_the_name_stands_beside_the_texts_and_not_in_them(desk, district):
    """It could not be taken back there."""
    case = make_case(desk.agency, **PERSONAL)
    forward(case, district, by=desk.editor)
    answer(case, district, "Nộp đơn tại một cửa.")
    with nothing_at_all_changed(), pytest.raises(ValidationError):
        prepare(case, by=desk.editor, answer="Gửi ông Đinh Văn Trỗi: nộp đơn.")
    assert prepare(case, by=desk.editor).asker == "Đinh Văn Trỗi"


def test_what_waits_for_its_time_does_not_come_out(client, desk, district, answered):
    draft = submit(prepare(answered, by=desk.editor))
    carry_out("approve", draft, by=desk.head, at=NOW + timedelta(days=2), declared=True)
    take(client, answered, "withdraw_consent", code="publication")
    with at(3):
        assert client.get(draft.path()).status_code == 404
    assert Question.objects.get().state == Publication.DRAFT


def test_what_lies_before_the_board_is_not_approved_without_the_consent(client, desk, answered):
    draft = submit(prepare(answered, by=desk.editor))
    take(client, answered, "withdraw_consent", code="publication")
    with pytest.raises(Refused):
        carry_out("approve", draft, by=desk.head, declared=True)
    assert Question.objects.get().state == Publication.SUBMITTED


def test_taken_down_it_comes_back_with_a_new_consent_only(client, desk, public):
    take(client, public.case, "withdraw_consent", code="publication")
    draft = carry_out("reopen", public, by=desk.head, note="Xem lại")
    with pytest.raises(Refused):
        submit(draft, by=desk.editor)
    take(client, public.case, "give_consent", code="publication")
    submit(draft, by=desk.editor)
    assert Question.objects.get().asker == ""


# --- erase ------------------------------------------------------------------------------------------------------------


def richly(case, desk, district):
    """A case in which everything was said that can be said."""
    facts = {"title": "Giấy của Trỗi.pdf", "media_type": "application/pdf", "size": len(PDF), "sha256": "0" * 64}
    CaseFile.objects.create(case=case, file=file(PDF, "troi.pdf"), **facts)
    Note.objects.create(case=case, by=desk.editor, text="Ông Trỗi gọi hai lần.")
    forward(case, district, by=desk.editor)
    ask_back(case, district)
    reply(case, "Thửa 4711 của Trỗi.")
    extend(case, district)
    answer(case, district, "Lời riêng gửi ông Đinh Văn Trỗi.")
    afterwards.rate(fresh(case).answer, satisfied=False, words="Trỗi không hài lòng.")
    afterwards.reopen(fresh(case), words="Trỗi hỏi lại.")
    answer(case, district, "Lời riêng lần hai gửi ông Trỗi.")
    letters.links(case.email, [fresh(case)], "vi")
    Message.objects.update(sent_at=NOW)
    return fresh(case)


def test_after_erasure_no_table_holds_a_word_of_the_sender(client, case, desk, district, settings):
    case = richly(case, desk, district)
    publish(prepare(case, by=desk.editor, title="Tách thửa", question="Tách thửa?", answer="Nộp đơn."))
    found = [row for row in everything() if any(words in str(row) for words in WORDS)]
    assert found
    assert take(client, case, "erase", sure="1").url == "/en/hoi-dap/theo-doi/?da-xoa=1"
    assert [row for row in everything() if any(words.lower() in str(row).lower() for words in WORDS)] == []
    assert [row for row in everything() if "troi" in str(row).lower()] == []


def test_erasure_takes_the_files_from_the_disk(case, desk, district, settings, django_capture_on_commit_callbacks):
    case = richly(case, desk, district)
    (row,) = case.files.all()
    path = settings.MEDIA_ROOT / row.file.name
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(case)
    assert not path.exists()
    assert not CaseFile.objects.exists()


def test_of_an_erased_case_code_dates_and_duties_stay(case, desk, district):
    case = richly(case, desk, district)
    before = list(Obligation.objects.values("code", "agency", "status", "triggered_on", "due", "fulfilled_at"))
    privacy.erase(case)
    row = fresh(case)
    assert (row.code, row.kind, row.state, row.receiver, row.agency, row.received_at, row.closed_at) == (
        case.code,
        case.kind,
        State.ANSWERED,
        desk.agency,
        district.agency,
        case.received_at,
        case.closed_at,
    )
    assert (row.erased_at, row.key_edition, row.masked) == (NOW, 2, [])
    assert {getattr(row, name) for name in Case.PERSONAL} == {""}
    assert list(Obligation.objects.values("code", "agency", "status", "triggered_on", "due", "fulfilled_at")) == before


def test_erasure_changes_no_figure(case, desk, district):
    case = richly(case, desk, district)
    before = scorecard.lines(2026), scorecard.years()
    assert before[0][district.agency.pk].rated == 1
    privacy.erase(case)
    assert (scorecard.lines(2026), scorecard.years()) == before


def test_the_links_of_an_erased_case_open_nothing(client, answered):
    rating = answered.answer
    links = [page_of(answered, tail) for tail in ("", "bien-nhan/", "du-lieu/")]
    rate = f"/en/hoi-dap/danh-gia/{rating.pk}/{keys.token_of(letters.RATING, rating.pk)}/"
    assert client.get(rate).status_code == 200
    assert "Your data was erased." in read(client.post(links[2], {"step": "erase", "sure": "1"}, follow=True)).main
    assert [client.get(link).status_code for link in [*links, rate]] == [404] * 4
    page = client.post("/en/hoi-dap/gui-lai-lien-ket/", {"email": PERSONAL["email"]})
    assert page.status_code == 200
    assert not Message.objects.filter(key__startswith="case links").exists()


@pytest.mark.parametrize("state", ["received", "forwarded", "waiting"])
def test_an_open_case_is_not_erased(state, client, case, desk, district):
    if state != "received":
        forward(case, district, by=desk.editor)
    if state == "waiting":
        ask_back(case, district)
    with nothing_at_all_changed():
        response = take(client, case, "erase", sure="1")
    assert "The case is still open: withdraw it first, or wait for the answer." in read(response).main


def test_nothing_is_erased_by_accident_or_twice(client, answered):
    with nothing_at_all_changed():
        assert "Tick that you are sure." in read(take(client, answered, "erase")).main
    privacy.erase(answered)
    with nothing_at_all_changed(), pytest.raises(Refused):
        privacy.erase(answered)
    with nothing_at_all_changed(), pytest.raises(Refused):
        privacy.correct(fresh(answered), name="X", email="x@example.com", phone="", address="", language="vi")
    with nothing_at_all_changed(), pytest.raises(Refused):
        afterwards.reopen(fresh(answered), words="Mở lại")


def test_what_is_public_stays_without_the_name_when_the_case_is_erased(client, public):
    privacy.erase(public.case)
    response = client.get(public.path())
    assert response.status_code == 200
    assert "một cửa" in response.content.decode()
    assert "Trỗi" not in response.content.decode()


# --- when its time has passed -----------------------------------------------------------------------------------------


def test_the_worker_erases_on_the_day_after_the_time_has_passed(answered):
    with at(KEPT, 23), nothing_at_all_changed():
        assert privacy.erase_due() == 0
    with at(KEPT + 1, 0):
        assert privacy.erase_due() == 1
        with nothing_at_all_changed():
            assert privacy.erase_due() == 0
    assert fresh(answered).name == ""


@pytest.mark.parametrize(("kind", "days"), [(Kind.QUESTION, 400), (Kind.PETITION, 20), (Kind.INFORMATION, 3)])
def test_each_kind_is_kept_as_long_as_the_table_says(kind, days, desk, district):
    Term.objects.filter(subject=f"keep_{kind}").update(days=days)
    case = make_case(desk.agency, kind=kind, **PERSONAL)
    forward(case, district, by=desk.editor)
    answer(case, district)
    assert fresh(case).keep_until == DAY + timedelta(days=days)


def test_what_was_no_request_is_kept_for_ninety_days(case, desk):
    routing.discard(case, by=desk.editor, reason="Quảng cáo của Trỗi")
    with at(90):
        assert privacy.erase_due() == 0
    with at(91):
        assert privacy.erase_due() == 1
    assert fresh(case).reason == ""


def test_asked_again_it_is_kept_until_it_is_closed_again(answered, district):
    with at(10):
        afterwards.reopen(answered, words="Chưa rõ.")
    assert fresh(answered).keep_until is None
    with at(KEPT + 100):
        assert privacy.erase_due() == 0
        answer(answered, district)
    assert fresh(answered).keep_until == DAY + timedelta(days=KEPT + 100 + KEPT)


def test_where_the_table_says_nothing_nothing_is_erased(case, desk):
    Term.objects.all().delete()
    routing.discard(case, by=desk.editor, reason="Quảng cáo")
    with at(10_000):
        assert privacy.erase_due() == 0


def test_many_cases_are_erased_in_one_round(desk):
    for _ in range(3):
        routing.discard(make_case(desk.agency, agreed=ALL), by=desk.editor, reason="Quảng cáo")
    with at(91):
        assert privacy.erase_due() == 3
