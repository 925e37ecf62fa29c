"""Who opens which case in which state, and which steps are offered: every place of three agencies, written out."""

from datetime import timedelta
from itertools import cycle, islice

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.agencies.models import Agency
from portal.editorial.models import AuditEvent
from qa import answering, privacy, routing
from qa.models import CaseFile, Kind, State
from tests.backoffice.pages import signed_in
from tests.backoffice.tables import nothing_at_all_changed
from tests.files.samples import PDF, file
from tests.makers import make_agency, make_place, make_user
from tests.qa.desk_pages import only_read, page
from tests.qa.makers import answer, ask_back, extend, forward, fresh, make_case, write

LIST = "admin:qa_case_changelist"
BOARD = ("head", "deputy", "member", "secretary", "editor")
ANSWERING = ("respondent", "signatory")
NEVER = ("reporter", "translator", "technician", "inspector")


@pytest.fixture
def third(desk):
    return make_place(make_agency("moduc", Agency.Kind.DISTRICT, desk.agency, name_vi="Ủy ban nhân dân huyện Mộ Đức"))


# --- cases in every state ---------------------------------------------------------------------------------------------


def _forwarded(desk, district, **facts):
    case = make_case(desk.agency, **facts)
    forward(case, district, by=desk.editor)
    write(case, district)
    return case


def _extended(desk, district):
    case = _forwarded(desk, district)
    extend(case, district)
    return case


def _to_sign(desk, district):
    case = _forwarded(desk, district)
    answering.submit(fresh(case), by=district.respondent)
    return case


def _returned(desk, district):
    case = _forwarded(desk, district)
    routing.give_back(fresh(case), by=district.respondent, reason="Không thuộc thẩm quyền")
    return case


def _waiting(desk, district):
    case = _forwarded(desk, district)
    ask_back(case, district)
    return case


def _waiting_at_the_board(desk, district):
    case = make_case(desk.agency)
    answering.ask_back(fresh(case), by=desk.editor, words="Xin cho biết nơi ở.")
    return case


def _answered(desk, district):
    case = _forwarded(desk, district)
    answer(case, district)
    return case


def _out_of_scope(desk, district):
    case = make_case(desk.agency)
    return routing.declare_out_of_scope(case, by=desk.editor, reason="Việc của Tòa án", competent_body="Tòa án")


def _merged(desk, district):
    main = make_case(desk.agency)
    return routing.merge(make_case(desk.agency), main, by=desk.editor, reason="Trùng", same_sender=True)


def _spam(desk, district):
    return routing.discard(make_case(desk.agency), by=desk.editor, reason="Quảng cáo")


def _withdrawn(desk, district):
    return privacy.withdraw(_forwarded(desk, district))


def _information(desk, district):
    return _forwarded(desk, district, kind=Kind.INFORMATION)


CASES = {
    "received": lambda desk, district: make_case(desk.agency),
    "returned": _returned,
    "forwarded": _forwarded,
    "information": _information,
    "extended": _extended,
    "waiting": _waiting,
    "waiting_at_the_board": _waiting_at_the_board,
    "to_sign": _to_sign,
    "answered": _answered,
    "out_of_scope": _out_of_scope,
    "merged": _merged,
    "spam": _spam,
    "withdrawn": _withdrawn,
}
# Whether the agency that answers has the case then.
WITH_THE_AGENCY = {"forwarded", "information", "extended", "waiting", "to_sign", "answered", "withdrawn"}
# What is offered to the board that received it, to the respondent and to the signatory of the agency that answers, in
# the order of the page; what follows.
AT_FIRST = {
    "forward": State.FORWARDED,
    "ask_back_first": State.WAITING,
    "out_of_scope": State.OUT_OF_SCOPE,
    "merge": State.MERGED,
    "discard": State.SPAM,
}
AT_WORK = {
    "submit": State.TO_SIGN,
    "extend": State.FORWARDED,
    "ask_back": State.WAITING,
    "give_back": State.RETURNED,
}
OFFERED = {
    "received": (AT_FIRST, {}, {}),
    "returned": (AT_FIRST, {}, {}),
    "forwarded": ({"forward": State.FORWARDED, "classify": State.FORWARDED}, AT_WORK, AT_WORK),
    "information": (
        {"forward": State.FORWARDED, "classify": State.FORWARDED},
        AT_WORK | {"declare_complex": State.FORWARDED},
        AT_WORK | {"declare_complex": State.FORWARDED},
    ),
    "extended": (
        {"forward": State.FORWARDED, "classify": State.FORWARDED},
        {"submit": State.TO_SIGN, "ask_back": State.WAITING, "give_back": State.RETURNED},
        AT_WORK,
    ),
    "waiting": ({"classify": State.WAITING}, {"go_on": State.FORWARDED}, {"go_on": State.FORWARDED}),
    "waiting_at_the_board": ({"go_on_first": State.RECEIVED, "classify": State.WAITING}, {}, {}),
    "to_sign": (
        {"classify": State.TO_SIGN},
        {"extend": State.TO_SIGN, "give_back": State.RETURNED},
        {
            "sign": State.ANSWERED,
            "send_back": State.FORWARDED,
            "extend": State.TO_SIGN,
            "give_back": State.RETURNED,
        },
    ),
    "answered": ({"classify": State.ANSWERED}, {}, {}),
    "out_of_scope": ({}, {}, {}),
    "merged": ({}, {}, {}),
    "spam": ({}, {}, {}),
    "withdrawn": ({}, {}, {}),
}
# Beside "note", which whoever opens the case may write: the steps of a place, possible now or not. Others are a 404.
OWN_STEPS = {
    "board": {
        "forward",
        "ask_back_first",
        "go_on_first",
        "out_of_scope",
        "merge",
        "discard",
        "classify",
    },
    "respondent": {"submit", "extend", "declare_complex", "ask_back", "go_on", "give_back"},
    "signatory": {"submit", "extend", "declare_complex", "ask_back", "go_on", "give_back", "sign", "send_back"},
}
PLACES = {
    "sign",
    "send_back",
    *OWN_STEPS["board"],
    *OWN_STEPS["respondent"],
}


def fields(step, desk, third):
    """What the form of the step asks for, filled in soundly."""
    soon = f"{timezone.localdate() + timedelta(days=20):%d/%m/%Y}"
    reason = {"reason": "Lý do của bước này"}
    asked = {"words": "Xin cho biết thêm.", "reply_by": soon}
    return {
        "forward": reason | {"agency": third.agency.pk, "sector": desk.sector.pk},
        "merge": reason | {"main": make_case(desk.agency, text="").code} if step == "merge" else {},
        "out_of_scope": reason | {"competent_body": "Tòa án"},
        "classify": {"sector": desk.sector.pk},
        "extend": {"words": "Đang xin ý kiến.", "promised": soon},
        "declare_complex": {"words": "Phải tập hợp hồ sơ."},
        "ask_back": asked,
        "ask_back_first": asked,
        "note": {"text": "Ghi nhớ"},
        "submit": {},
        "sign": {},
    }.get(step, reason)


def make_file(case):
    return CaseFile.objects.create(
        case=case, file=file(PDF, "don.pdf"), title="don.pdf", media_type="application/pdf", size=9
    )


# --- who opens it -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", CASES)
def test_who_received_it_and_who_answers_it_open_it(state, desk, district, third):
    case = CASES[state](desk, district)
    readers = [getattr(desk, role) for role in BOARD]
    if state in WITH_THE_AGENCY:
        readers += [getattr(district, role) for role in ANSWERING]
    with only_read(case, *readers):
        for person in readers:
            client = signed_in(person)
            assert client.get(page(case)).status_code == 200
            assert case in client.get(reverse(LIST)).context["cl"].result_list


@pytest.mark.parametrize("state", ["received", "forwarded", "answered"])
def test_nobody_else_finds_any_page_of_it(state, desk, district, third):
    case = CASES[state](desk, district)
    attached = make_file(case)
    strangers = [getattr(place, role) for place in (desk, district, third) for role in NEVER]
    strangers += [getattr(place, role) for place in (district, third) for role in BOARD]
    strangers += [getattr(place, role) for place in (desk, third) for role in ANSWERING]
    strangers += [make_user(), make_user(is_superuser=True)]
    if state not in WITH_THE_AGENCY:
        strangers += [district.respondent, district.signatory]
    steps = cycle(sorted(PLACES | {"note"}))
    with_fields = {step: fields(step, desk, third) for step in PLACES | {"note"}}
    with nothing_at_all_changed():
        for person in strangers:
            client = signed_in(person)
            for name, *args in (["change"], ["draft"], ["publish"], ["file", attached.pk], ["delete"]):
                assert client.get(page(case, name, *args), follow=True).status_code == 404, (person, name)
            for step in islice(steps, 2):
                data = {"step": step, "version": case.version, **with_fields[step]}
                assert client.post(page(case), data).status_code == 404, (person, step)
            for name, data in (("draft", {"text": "x", "version": 0}), ("publish", {"store": "1", "title": "x"})):
                assert client.post(page(case, name), data).status_code == 404, (person, name)
            listed = client.get(reverse(LIST))
            assert listed.status_code == 404 or case not in listed.context["cl"].result_list


@pytest.mark.parametrize(
    ("place", "role"), [("desk", "inspector"), ("desk", "respondent"), ("district", "editor"), ("third", "signatory")]
)
def test_nobody_else_reads_of_it_on_the_start_page(place, role, desk, district, third):
    person = getattr({"desk": desk, "district": district, "third": third}[place], role)
    cases = [CASES[state](desk, district) for state in ("received", "forwarded", "to_sign")]
    shown = signed_in(person).get(reverse("admin:index")).content.decode()
    assert [case.subject in shown or case.code in shown for case in cases] == [False, False, False]


@pytest.mark.parametrize("role", [*BOARD, *ANSWERING, *NEVER, "nobody", "superuser"])
def test_the_list_is_there_for_who_has_cases(role, desk, district):
    person = {"nobody": make_user, "superuser": lambda: make_user(is_superuser=True)}.get(
        role, lambda: getattr(district, role)
    )()
    found = signed_in(person).get(reverse(LIST)).status_code
    assert found == (200 if role in (*BOARD, *ANSWERING) else 404)


@pytest.mark.parametrize("name", ["change", "draft", "publish", "history"])
def test_who_is_not_signed_in_is_led_to_the_login_page(name, desk):
    case, client = make_case(desk.agency), Client()
    with nothing_at_all_changed():
        for found in (client.get(page(case, name)), client.post(page(case, name), {"step": "discard"})):
            assert (found.status_code, found.url.partition("?")[0]) == (302, reverse("admin:login"))


def test_a_board_that_is_not_in_force_any_more_opens_none(desk, district):
    case = make_case(desk.agency)
    desk.board.valid_to = timezone.localdate() - timedelta(days=1)
    desk.board.save()
    with nothing_at_all_changed():
        assert signed_in(desk.editor).get(page(case)).status_code == 404


def test_the_receiving_agency_may_also_be_the_one_that_answers(desk, district):
    case = make_case(desk.agency)
    forward(case, desk, by=desk.editor)
    assert signed_in(desk.respondent).get(page(case)).status_code == 200
    assert signed_in(district.respondent).get(page(case)).status_code == 404


def test_a_file_of_the_sender_is_opened_by_its_readers_and_written_down(desk, district):
    case = CASES["forwarded"](desk, district)
    attached, other = make_file(case), make_file(make_case(desk.agency))
    for person in (desk.secretary, district.respondent, district.signatory):
        client = signed_in(person)
        found = client.get(page(case, "file", attached.pk))
        assert (found.status_code, found["Content-Type"]) == (200, "application/pdf")
        assert client.get(page(case, "file", other.pk)).status_code == 404
    events = AuditEvent.objects.of(case).filter(action="case_file").order_by("pk")
    assert [row.actor for row in events] == [desk.secretary, district.respondent, district.signatory]


# --- the draft and the public version ---------------------------------------------------------------------------------

DRAFT = {"forwarded": 200, "information": 200, "extended": 200, "to_sign": 200}
PUBLISH = {"answered": 200}


@pytest.mark.parametrize("state", CASES)
def test_the_draft_is_for_the_agency_that_answers_while_it_is_at_work(state, desk, district):
    case = CASES[state](desk, district)
    roles = ANSWERING if state in WITH_THE_AGENCY else ()
    expected = (200, None) if state in DRAFT else (302, page(case))
    with only_read(case, *[getattr(district, role) for role in roles if state in DRAFT]):
        for role in roles:
            found = signed_in(getattr(district, role)).get(page(case, "draft"))
            assert (found.status_code, found.get("Location")) == expected
        for role in BOARD:
            client = signed_in(getattr(desk, role))
            assert client.get(page(case, "draft")).status_code == 404
            assert client.post(page(case, "draft"), {"text": "Trả lời", "version": 0}).status_code == 404


@pytest.mark.parametrize("state", CASES)
def test_the_public_version_is_for_the_board_once_the_case_is_answered(state, desk, district):
    case = CASES[state](desk, district)
    type(case).objects.filter(pk=case.pk).update(sector=desk.sector)
    with only_read(case, *[getattr(desk, role) for role in BOARD if state in PUBLISH]):
        for role in BOARD:
            assert signed_in(getattr(desk, role)).get(page(case, "publish")).status_code == PUBLISH.get(state, 302)
        for role in ANSWERING if state in WITH_THE_AGENCY else ():
            client = signed_in(getattr(district, role))
            assert client.get(page(case, "publish")).status_code == 404
            assert client.post(page(case, "publish"), {"store": "1"}).status_code == 404


@pytest.mark.parametrize("state", [state for state in CASES if state not in DRAFT and state in WITH_THE_AGENCY])
def test_a_draft_that_comes_too_late_is_refused_and_still_stands_there(state, desk, district):
    case = CASES[state](desk, district)
    with only_read(case, district.respondent):
        found = signed_in(district.respondent).post(page(case, "draft"), {"text": "Đã gõ xong", "version": 1})
    assert found.context["form"].non_field_errors()
    assert "Đã gõ xong" in found.content.decode()


# --- the steps --------------------------------------------------------------------------------------------------------


def people(state, desk, district):
    """[(place, person, what is offered)] of who opens the case in this state."""
    board, respondent, signatory = OFFERED[state]
    found = [("board", getattr(desk, role), board) for role in BOARD]
    if state in WITH_THE_AGENCY:
        found += [("respondent", district.respondent, respondent), ("signatory", district.signatory, signatory)]
    return found


@pytest.mark.parametrize("state", CASES)
def test_what_is_offered_in_each_state(state, desk, district):
    case = CASES[state](desk, district)
    for _place, person, offered in people(state, desk, district):
        found = signed_in(person).get(page(case))
        assert {row["name"] for row in found.context["steps"]} == {*offered, "note"}, person
        assert all(f'value="{name}"' in found.content.decode() for name in offered)


@pytest.mark.parametrize("state", CASES)
def test_what_is_offered_is_possible(state, desk, district, third):
    for offered, person in zip(OFFERED[state], (desk.editor, district.respondent, district.signatory), strict=True):
        for step, after in offered.items():
            case = CASES[state](desk, district)
            data = {"step": step, "version": fresh(case).version, **fields(step, desk, third)}
            found = signed_in(person).post(page(case), data)
            assert (found.status_code, fresh(case).state) == (302, after), (person, step)


@pytest.mark.parametrize("state", CASES)
def test_what_is_not_offered_is_refused_and_changes_nothing(state, desk, district, third):
    case = CASES[state](desk, district)
    sent = {step: fields(step, desk, third) for step in PLACES}
    asked = {(place, *offered): person for place, person, offered in people(state, desk, district)}
    refused = [
        (place, person, step) for (place, *offered), person in asked.items() for step in sorted(PLACES - {*offered})
    ]
    with only_read(case, *[person for place, person, step in refused if step in OWN_STEPS[place]]):
        for place, person, step in refused:
            data = {"step": step, "version": fresh(case).version, **sent[step]}
            found = signed_in(person).post(page(case), data)
            assert found.status_code == (200 if step in OWN_STEPS[place] else 404), (place, step)
            if step in OWN_STEPS[place]:
                (form,) = [row["form"] for row in found.context["steps"] if row["name"] == step]
                assert form.non_field_errors(), (place, step)


@pytest.mark.parametrize("step", ["", "khong-co", "read_case"])
def test_a_step_that_is_none_is_not_found(step, desk):
    case = make_case(desk.agency)
    with nothing_at_all_changed():
        assert signed_in(desk.head).post(page(case), {"step": step, "version": 1}).status_code == 404
