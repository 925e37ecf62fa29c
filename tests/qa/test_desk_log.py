"""What is kept for ever says nothing of a sender: the audit, the ledger of duties, letters to colleagues; and how often
the pages of the desk ask the database."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.editorial.models import AuditEvent
from portal.notices.models import Message
from portal.notices.reminders import remind
from portal.obligations.models import Obligation
from portal.publishing.workflow import carry_out
from qa import afterwards, answering, privacy, routing
from qa.models import Case, Kind, Question, State
from tests.backoffice.pages import signed_in
from tests.backoffice.tables import everything
from tests.makers import frozen
from tests.qa.desk_pages import page, take
from tests.qa.makers import answer, extend, forward, fresh, make_case, prepare, write

OF_THE_SENDER = {
    "subject": "Xin hỏi việc của bà Phạm Thị Lành",
    "text": "Tôi bị viêm khớp từ nhỏ, nhà cạnh cây đa Ông Tiềm.",
    "place": "Xóm Gò Mả, Nghĩa Trung",
    "name": "Phạm Thị Lành",
    "email": "lanh.pham@example.com",
    "phone": "0905 123 456",
    "address": "Thôn An Hà 2, xã Nghĩa Trung",
}
SAID = [
    "Lành",
    "lanh.pham",
    "viêm khớp",
    "Ông Tiềm",
    "Gò Mả",
    "An Hà 2",
    "123 456",
    "rẫy keo",
    "bậc chịu",
    "mù chữ",
]


@pytest.fixture
def addresses(desk, district):
    """Everybody at the two agencies has an address, to which letters go."""
    for user in get_user_model().objects.all():
        user.email = f"nguoi{user.pk}@quangngai.example"
        user.save()


def sends(kind, agency):
    return make_case(agency, kind=kind, **OF_THE_SENDER)


def walk(desk, district, kind):
    """A case with every step that somebody takes at the pages, and what its sender does in between."""
    case = sends(kind, desk.agency)
    soon = f"{timezone.localdate() + timedelta(days=20):%d/%m/%Y}"
    place = {"agency": district.agency.pk, "sector": desk.sector.pk, "reason": "Thẩm quyền của huyện"}
    asked = {"words": "Bà Lành cho biết vườn rẫy keo ở đâu?", "reply_by": soon}
    take(desk.editor, case, "note", text="Bà Lành mù chữ, nhờ con viết.")
    take(desk.editor, case, "ask_back_first", **asked)
    answering.reply(fresh(case), text="Vườn rẫy keo ở Gò Mả.", token=case.token)
    take(desk.editor, case, "forward", **place)
    take(district.respondent, case, "give_back", reason="Không thuộc thẩm quyền")
    take(desk.editor, case, "forward", **place)
    take(district.respondent, case, "ask_back", **asked)
    take(district.respondent, case, "go_on", reason="Đã rõ")
    if kind == Kind.INFORMATION:
        take(district.respondent, case, "declare_complex", words="Hồ sơ của bà Lành nhiều.")
    take(district.respondent, case, "extend", promised=soon, words="Bà Lành chờ thêm.")
    draft = {"version": 0, "text": "Chào bà Phạm Thị Lành, số 0905 123 456.", "cites": ""}
    signed_in(district.respondent).post(page(case, "draft"), draft)
    take(district.respondent, case, "submit")
    take(district.signatory, case, "send_back", reason="Viết rõ hơn")
    take(district.respondent, case, "submit")
    take(district.signatory, case, "sign")
    take(desk.editor, case, "classify", sector=desk.sector.pk, concerns_all="on")
    assert fresh(case).state == State.ANSWERED
    privacy.correct(fresh(case), **{name: OF_THE_SENDER[name] for name in ("name", "phone", "address")} | {"email": ""})
    privacy.withdraw_consent(fresh(case), "name")
    afterwards.rate(fresh(case).answer, satisfied=False, words="Lành bậc chịu không hiểu")
    afterwards.reopen(fresh(case), words="Lành bậc chịu hỏi lại")
    answer(case, district, "Chào bà Phạm Thị Lành.")
    question = prepare(case, by=desk.editor, masked=[("name", "Lành")])
    carry_out("approve", carry_out("submit", question, by=desk.editor, declared=True), by=desk.head, declared=True)
    return case


def close_others(desk):
    """The other ends of a case, each with words that name the sender."""
    out, spam, joined = (sends(Kind.QUESTION, desk.agency) for _ in range(3))
    take(desk.editor, out, "out_of_scope", reason="Bà Lành hỏi Tòa án.", competent_body="Tòa án nhân dân")
    take(desk.editor, spam, "discard", reason="Gửi thử")
    main = sends(Kind.QUESTION, desk.agency)
    take(desk.editor, joined, "merge", main=main.code, same_sender="on", reason="Bà Lành đã hỏi.")
    privacy.withdraw(main)
    assert [fresh(row).state for row in (out, spam, joined, main)] == ["out_of_scope", "spam", "merged", "withdrawn"]


def stored(*rows):
    return "\n".join(repr(row) for queryset in rows for row in queryset.values())


@pytest.mark.parametrize("kind", Kind.values)
def test_what_is_kept_for_ever_says_nothing_of_the_sender(kind, desk, district, addresses):
    with frozen(timezone.now() - timedelta(days=40)):
        case = walk(desk, district, kind)
        close_others(desk)
        signed_in(desk.head).get(page(case))
        sends(kind, desk.agency)
    remind()
    letters = Message.objects.filter(recipient__endswith="@quangngai.example")
    assert {"case_read", "case_note", "case_answer", "case_reopen", "case_public_version", "case_merge"} <= set(
        AuditEvent.objects.values_list("action", flat=True)
    )
    assert letters.filter(key__startswith="duties").exists() and letters.filter(key__startswith="case").exists()
    kept = stored(AuditEvent.objects.all(), Obligation.objects.all(), letters)
    assert [words for words in SAID if words in kept] == []
    public = stored(Question.objects.all())
    assert [words for words in SAID if words in public] == []


def test_the_name_of_a_case_is_its_code(desk, district):
    case = sends(Kind.PETITION, desk.agency)
    forward(case, district, by=desk.editor)
    duties = Obligation.objects.all()
    assert (
        {row.item_title for row in duties} == {str(case)} == {f"Phản ánh, kiến nghị về quy định hành chính {case.code}"}
    )
    assert {row.item_title for row in AuditEvent.objects.of(case)} == {str(case)}


def test_who_inspects_reads_what_was_done_and_not_what_was_written(desk, district):
    case = walk(desk, district, Kind.QUESTION)
    for person in (district.inspector, district.head):
        client = signed_in(person)
        for event in AuditEvent.objects.of(case).filter(agency=district.agency):
            shown = client.get(reverse("admin:editorial_auditevent_change", args=[event.pk]))
            assert shown.status_code == 200
            assert [words for words in SAID if words in shown.content.decode()] == []


def test_looking_at_the_list_writes_nothing_down_and_opening_does(desk):
    case = make_case(desk.agency)
    client, before = signed_in(desk.editor), AuditEvent.objects.count()
    client.get(reverse("admin:qa_case_changelist"))
    client.get(reverse("admin:index"))
    assert AuditEvent.objects.count() == before
    for name in ("change", "history"):  # the history is on the page of the case
        client.get(page(case, name), follow=True)
    event, other = AuditEvent.objects.of(case)[:2]
    assert (event.action, event.actor, event.note, event.changes) == ("case_read", desk.editor, "", {})
    assert (other.action, AuditEvent.objects.count()) == ("case_read", before + 2)


# --- how often the database is asked ----------------------------------------------------------------------------------

PAGES = {
    "list": lambda: reverse("admin:qa_case_changelist"),
    "open ones": lambda: reverse("admin:qa_case_changelist") + "?trang-thai=con-mo",
    "search": lambda: reverse("admin:qa_case_changelist") + "?q=viec",
    "start page": lambda: reverse("admin:index"),
}


def make_cases(desk, district, number):
    """As many in each group of the start page."""
    for _ in range(number):
        make_case(desk.agency)
        case = make_case(desk.agency)
        forward(case, district, by=desk.editor)
        extend(case, district)
        case = make_case(desk.agency)
        forward(case, district, by=desk.editor, concerns_all=True)
        write(case, district)
        answering.submit(fresh(case), by=district.respondent)
        case = make_case(desk.agency)
        forward(case, district, by=desk.editor, concerns_all=True)
        answer(case, district)


@pytest.mark.parametrize("url", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("role", ["editor", "respondent", "signatory"])
def test_the_number_of_queries_does_not_grow_with_the_cases(role, url, desk, district):
    client = signed_in(desk.editor if role == "editor" else getattr(district, role))

    def count():
        client.get(url())  # what is read once and kept
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url()).status_code == 200
        return len(queries)

    make_cases(desk, district, 1)
    few = count()
    make_cases(desk, district, 3)
    assert (count(), Case.objects.count()) == (few, 16)


def test_the_number_of_queries_of_a_case_does_not_grow_with_what_was_written(desk, district):
    case = make_case(desk.agency)
    forward(case, district, by=desk.editor)
    client = signed_in(district.respondent)

    def count():
        client.get(page(case))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(case)).status_code == 200
        return len(queries)

    def go_round():
        take(district.respondent, case, "note", text="Ghi chú")
        take(
            district.respondent,
            case,
            "ask_back",
            words="Ở đâu?",
            reply_by=f"{timezone.localdate() + timedelta(3):%d/%m/%Y}",
        )
        answering.reply(fresh(case), text="Ở đây.", token=uuid4())

    go_round()
    few = count()
    for _ in range(5):
        go_round()
    assert (count(), case.notes.count(), case.clarifications.count()) == (few, 6, 6)


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_begins_with_what_is_due_first_and_ends_with_what_is_done(desk, district):
    def received(day):
        with frozen(timezone.make_aware(datetime(2018, 3, day, 9))):
            return make_case(desk.agency)

    old, new, done, extended = received(5), received(9), received(6), received(7)
    with frozen(timezone.make_aware(datetime(2018, 3, 12, 9))):
        for case in (done, extended):
            forward(case, district, by=desk.editor)
        answer(done, district)
        extend(extended, district, days=40)
        found = signed_in(desk.editor).get(reverse("admin:qa_case_changelist"))
        shown = [(row.pk, row.left) for row in found.context["cl"].result_list]
    assert shown == [(old.pk, 10), (new.pk, 14), (extended.pk, 29), (done.pk, None)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("trang-thai=con-mo", {"received", "forwarded", "moduc"}),
        ("trang-thai=answered", {"answered"}),
        ("kind=petition", {"forwarded"}),
        ("kind__exact=petition", {"forwarded"}),
        ("linh-vuc=dat-dai", {"forwarded", "answered", "moduc"}),
        ("linh-vuc=khong-co", {"received", "forwarded", "answered", "moduc"}),
        ("q=tach+thua", {"forwarded"}),
        ("q=TÁCH+THỬA", {"forwarded"}),
        ("q=tran+be", {"moduc"}),
    ],
)
def test_the_list_is_narrowed(query, found, desk, district):
    names = {}
    for name, facts in {
        "received": {},
        "forwarded": {"kind": Kind.PETITION, "subject": "Thủ tục tách thửa"},
        "answered": {},
        "moduc": {"name": "Trần Bê"},
    }.items():
        case = make_case(desk.agency, **facts)
        names[case] = name
        if name != "received":
            forward(case, district if name != "moduc" else desk, by=desk.editor)
        if name == "answered":
            answer(case, district)
    listed = signed_in(desk.editor).get(reverse("admin:qa_case_changelist") + f"?{query}")
    assert {names[row] for row in listed.context["cl"].result_list} == found


def test_the_list_is_narrowed_to_an_agency_that_has_cases(desk, district):
    case = make_case(desk.agency)
    make_case(desk.agency)
    forward(case, district, by=desk.editor)
    client = signed_in(desk.editor)
    listed = client.get(reverse("admin:qa_case_changelist") + f"?co-quan={district.agency.pk}")
    assert list(listed.context["cl"].result_list) == [case]
    filters = {row.parameter_name: row for row in listed.context["cl"].filter_specs if hasattr(row, "parameter_name")}
    offered = {pk for pk, _name in filters["co-quan"].lookup_choices}
    assert {str(pk) for pk in offered} == {str(desk.agency.pk), str(district.agency.pk)}


def test_a_case_that_joins_others_shows_them_to_the_board_as_links(desk, district):
    main, other = make_case(desk.agency), make_case(desk.agency)
    forward(main, district, by=desk.editor)
    routing.merge(other, fresh(main), by=desk.editor, reason="Trùng", same_sender=False)
    link = f'href="{page(other)}"'
    assert link in signed_in(desk.editor).get(page(main)).content.decode()
    shown = signed_in(district.respondent).get(page(main)).content.decode()
    assert (link in shown, other.code in shown) == (False, True)


def test_reading_changes_nothing_else(desk, district):
    case = make_case(desk.agency)
    before = everything()
    signed_in(desk.editor).get(page(case))
    assert {row[0] for row in everything() ^ before} == {"editorial.AuditEvent"}
