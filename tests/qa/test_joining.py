"""Who was joined to the case of another is not forgotten, whatever becomes of that case."""

import pytest

from portal.notices.models import Message
from portal.obligations.models import Obligation
from qa import afterwards, privacy, routing
from qa.letters import secret_path
from qa.models import State
from tests.qa.makers import answer, extend, forward, fresh, make_case


@pytest.fixture
def main(desk):
    return make_case(desk.agency, email="dau@example.com", name="Lê Văn Đầu")


@pytest.fixture
def joined(main, desk):
    case = make_case(desk.agency, email="sau@example.com", name="Trần Thị Sau")
    return routing.merge(case, main, by=desk.editor, reason="Cùng một vụ việc", same_sender=False)


def told(email):
    keys = Message.objects.filter(recipient=email).order_by("pk").values_list("key", flat=True)
    return [key.split()[-1] for key in keys]


def test_progress_and_answer_go_to_every_sender(client, main, joined, desk, district):
    forward(main, district, by=desk.editor)
    extend(main, district)
    answer(main, district, "Hồ sơ gồm đơn đề nghị.")
    assert told("sau@example.com") == ["received", "merged", "extended", "answered"]
    assert "Hồ sơ gồm đơn đề nghị." in client.get(secret_path(fresh(joined))).content.decode()


@pytest.mark.parametrize(
    "drop",
    [lambda main, desk: routing.discard(main, by=desk.editor, reason="Thử"), lambda main, desk: privacy.withdraw(main)],
    ids=["discarded", "withdrawn"],
)
def test_another_sender_is_in_the_hands_of_the_board_again(drop, main, joined, desk):
    drop(main, desk)
    case = fresh(joined)
    assert (case.state, case.merged_into, case.closed_at, case.keep_until) == (State.RECEIVED, None, None, None)
    assert Obligation.objects.of(case).get(code="D12").status == "open"


def test_the_same_sender_has_withdrawn_both(main, desk):
    again = make_case(desk.agency, email="dau@example.com", name="Lê Văn Đầu")
    routing.merge(again, main, by=desk.editor, reason="Gửi hai lần", same_sender=True)
    privacy.withdraw(main)
    assert fresh(again).state == State.MERGED


def test_every_sender_hears_that_another_body_is_competent(client, main, joined, desk):
    routing.declare_out_of_scope(
        main, by=desk.editor, reason="Việc của ngành công an.", competent_body="Công an tỉnh Quảng Ngãi"
    )
    assert told("sau@example.com") == ["received", "merged", "out_of_scope"]
    letter = Message.objects.get(recipient="sau@example.com", key__endswith="out_of_scope")
    assert "Công an tỉnh Quảng Ngãi" in letter.body
    assert "Công an tỉnh Quảng Ngãi" in client.get(secret_path(fresh(joined))).content.decode()


def test_erasure_by_the_first_sender_leaves_the_answer_to_the_other(client, main, joined, desk, district):
    forward(main, district, by=desk.editor)
    answer(main, district, "Hồ sơ gồm đơn đề nghị.")
    privacy.erase(main)
    assert "Hồ sơ gồm đơn đề nghị." in client.get(secret_path(fresh(joined))).content.decode()
    privacy.erase(joined)
    assert fresh(joined).erased_at


def test_a_case_that_names_its_sender_takes_in_the_same_sender_alone(main, desk, district):
    forward(main, district, by=desk.editor)
    answer(main, district, "Kính gửi ông Lê Văn Đầu. Hồ sơ gồm đơn đề nghị.")
    other = make_case(desk.agency)
    with pytest.raises(routing.Refused, match="Lê Văn Đầu"):
        routing.merge(other, main, by=desk.editor, reason="Trùng", same_sender=False)
    assert fresh(other).state == State.RECEIVED
    assert routing.merge(other, main, by=desk.editor, reason="Trùng", same_sender=True).state == State.MERGED


def test_each_notice_and_each_answer_reaches_who_was_joined(main, joined, desk, district):
    forward(main, district, by=desk.editor)
    extend(main, district)
    extend(main, district, days=30, by=district.signatory)
    answer(main, district)
    afterwards.reopen(fresh(main), words="Còn lệ phí?")
    answer(main, district)
    assert told("sau@example.com") == ["received", "merged", "extended", "extended", "answered", "answered"]


def test_who_was_answered_is_not_thrown_back(main, joined, desk, district):
    forward(main, district, by=desk.editor)
    answer(main, district)
    afterwards.reopen(fresh(main), words="Còn lệ phí?")
    privacy.withdraw(main)
    assert fresh(joined).state == State.MERGED


def test_an_erased_case_takes_in_no_other(main, desk, district):
    forward(main, district, by=desk.editor)
    answer(main, district)
    privacy.erase(main)
    with pytest.raises(routing.Refused):
        routing.merge(make_case(desk.agency), main, by=desk.editor, reason="Trùng", same_sender=True)
