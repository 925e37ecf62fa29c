"""The back office walked as its people do: classify, forward, draft, sign, mask, publish."""

import pytest
from django.urls import reverse

from portal.editorial.models import AuditEvent
from portal.publishing.workflow import carry_out
from qa.models import Question, State
from tests.qa.makers import answer, forward, fresh, make_case


@pytest.fixture
def case(desk):
    return make_case(desk.agency, text="Tôi là Phạm Thị Lành, số 0905 123 456, hỏi thủ tục tách thửa.")


def page(case, name="change"):
    return reverse(f"admin:qa_case_{name}", args=[case.pk])


def take(client, person, case, step, **fields):
    client.force_login(person)
    data = {"step": step, "version": fresh(case).version, **fields}
    return client.post(page(case), data, follow=True)


def test_a_case_goes_from_the_board_to_the_agency_and_back_to_the_reader(client, desk, district, case):
    facts = {"agency": district.agency.pk, "sector": desk.sector.pk, "reason": "Thẩm quyền", "concerns_all": "on"}
    take(client, desk.editor, case, "forward", **facts)
    assert fresh(case).state == State.FORWARDED
    client.force_login(district.respondent)
    draft = {"version": 0, "text": "Chào bà Phạm Thị Lành. Hồ sơ gồm đơn đề nghị.", "cites": ""}
    assert client.post(page(case, "draft"), draft).status_code == 302
    take(client, district.respondent, case, "submit")
    assert fresh(case).state == State.TO_SIGN
    take(client, district.signatory, case, "sign")
    assert fresh(case).state == State.ANSWERED
    client.force_login(desk.editor)
    form = client.get(page(case, "publish")).context["form"]
    texts = {name: form[name].value() for name in ("title", "question", "answer")}
    assert "Lành" not in "".join(texts.values())
    client.post(page(case, "publish"), {**texts, "chosen": form["chosen"].value(), "store": "1"})
    question = Question.objects.get(case=case)
    question = carry_out("submit", question, by=desk.editor, declared=True)
    question = carry_out("approve", question, by=desk.head, declared=True)
    shown = client.get(question.path())
    assert shown.status_code == 200


@pytest.mark.parametrize("name", ["change", "draft", "publish"])
def test_strangers_find_no_case(name, client, desk, district, case, django_user_model):
    forward(case, desk, by=desk.editor)
    for person in [
        district.editor,
        district.respondent,
        desk.reporter,
        desk.translator,
        desk.inspector,
        desk.technician,
    ]:
        client.force_login(person)
        assert client.get(page(case, name)).status_code == 404
    client.force_login(django_user_model.objects.create_superuser("quantri", full_name="Quản trị"))
    assert client.get(page(case, name)).status_code == 404


def test_each_opening_is_written_down(client, desk, case):
    client.force_login(desk.editor)
    client.get(page(case))
    client.force_login(desk.head)
    client.get(page(case))
    events = AuditEvent.objects.of(case).filter(action="case_read").order_by("pk")
    assert [row.actor for row in events] == [desk.editor, desk.head]
    assert {row.item_title for row in events} == {str(case)}


def test_the_start_page_shows_each_person_what_waits_for_them(client, desk, district, case):
    def groups(person):
        client.force_login(person)
        found = client.get(reverse("admin:index")).context["queue"]
        return [row["url"] for group in found for row in group["items"]]

    assert groups(desk.editor) == [page(case)]
    forward(case, district, by=desk.editor)
    assert (groups(desk.editor), groups(district.respondent)) == ([], [page(case)])
    answer(case, district)
    assert groups(district.respondent) == []


def test_the_list_shows_own_cases_only(client, desk, district, case):
    for person, seen in [(desk.editor, True), (district.editor, False), (district.respondent, False)]:
        client.force_login(person)
        listed = client.get(reverse("admin:qa_case_changelist"))
        assert listed.status_code == 200
        assert (str(case.subject) in listed.content.decode()) is seen
