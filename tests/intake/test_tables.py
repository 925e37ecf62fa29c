"""Texts to accept and questions for people in the back office: audited, and no accepted text is changed."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission

from portal.editorial.models import AuditEvent
from portal.intake import consents
from portal.intake.models import Challenge, Statement
from tests.backoffice.pages import address, errors, fill_in, listing, signed_in
from tests.backoffice.tables import nothing_at_all_changed
from tests.backoffice.test_queries import count
from tests.intake.samples import make_challenges
from tests.intake.test_statements import FIXED, THEN, make_statement
from tests.makers import frozen, make_agency, make_user

pytestmark = pytest.mark.usefixtures("english")

STATEMENT = {
    "code": "publication",
    "legal_basis": "Điều 8",
    "valid_from": "29/04/2017",
    "purpose_vi": "Đăng",
    "purpose_en": "Publication",
    "text_vi": "Tôi đồng ý.",
    "text_en": "I agree.",
}
CHALLENGE = {"question_vi": "Ba cộng bốn?", "question_en": "Three plus four?", "answers": "7\r\nbảy"}


@pytest.fixture(autouse=True)
def today(db):
    with frozen(THEN):
        yield


@pytest.fixture
def administrator(db):
    return make_user(full_name="Quản trị Một", is_superuser=True)


@pytest.fixture
def accepted(db):
    statement = make_statement()
    consents.accept(make_agency("snv"), [statement], THEN)
    return statement


def send(user, url, field, **changes):
    client = signed_in(user)
    return client.post(url, fill_in(client.get(url), field, **changes), follow=True)


def audited():
    return [(row.action, row.actor_name, row.item_title, row.changes) for row in AuditEvent.objects.order_by("pk")]


# --- texts to accept --------------------------------------------------------------------------------------------------


def test_a_text_is_entered_in_both_languages_and_audited(administrator):
    assert send(administrator, listing(Statement, "add"), "code", **STATEMENT).status_code == 200
    row = Statement.objects.get()
    assert (row.code, row.valid_from, row.valid_to) == ("publication", date(2017, 4, 29), None)
    assert (row.text_vi, row.text_en) == ("Tôi đồng ý.", "I agree.")
    ((action, person, title, changes),) = audited()
    assert (action, person, title) == ("statement_added", "Quản trị Một", "Publication")
    assert changes["text_vi"] == [None, "Tôi đồng ý."] and changes["valid_from"] == [None, "2017-04-29"]


@pytest.mark.parametrize("name", [*STATEMENT])
def test_a_text_that_lacks_something_is_refused(name, administrator):
    with nothing_at_all_changed():
        page = send(administrator, listing(Statement, "add"), "code", **STATEMENT | {name: ""})
    assert list(errors(page)) == [name]


def test_a_second_text_in_the_same_time_is_refused(administrator):
    make_statement()
    with nothing_at_all_changed():
        page = send(administrator, listing(Statement, "add"), "code", **STATEMENT | {"valid_from": "01/01/2020"})
    assert errors(page) == {"__all__": ["Another text with this code is in force in that time. End that one first."]}


def test_a_text_that_nobody_has_accepted_is_changed_and_removed(administrator):
    row = make_statement()
    send(administrator, address(row, "change"), "code", text_en="I do agree.")
    signed_in(administrator).post(address(row, "delete"), {"post": "yes"})
    changed, removed = audited()
    assert changed[::3] == ("statement_changed", {"text_en": ["I agree.", "I do agree."]})
    assert removed[0] == "statement_removed" and removed[3]["text_en"] == ["I do agree.", None]
    assert not Statement.objects.exists()


@pytest.mark.parametrize("changes", [{"text_vi": "Khác"}, {"code": "name"}, {"valid_from": "28/04/2017"}])
def test_an_accepted_text_is_not_changed(changes, accepted, administrator):
    with nothing_at_all_changed():
        page = send(administrator, address(accepted, "change"), "code", **changes)
    assert errors(page) == {"__all__": [FIXED]}


def test_an_accepted_text_is_ended_and_followed_by_another(accepted, administrator):
    send(administrator, address(accepted, "change"), "code", valid_to="31/03/2026")
    send(administrator, listing(Statement, "add"), "code", **STATEMENT | {"valid_from": "01/04/2026", "text_vi": "Mới"})
    assert [(action, title) for action, _person, title, _changes in audited()] == [
        ("statement_changed", "Publication"),
        ("statement_added", "Publication"),
    ]
    assert Statement.objects.current("publication", date(2026, 3, 31)) == accepted
    assert Statement.objects.current("publication", date(2026, 4, 1)).text_vi == "Mới"


def test_an_accepted_text_did_not_end_before(accepted, administrator):
    with nothing_at_all_changed():
        page = send(administrator, address(accepted, "change"), "code", valid_to="09/03/2026")
    assert list(errors(page)) == ["valid_to"]


def test_an_accepted_text_cannot_be_removed(accepted, administrator):
    client, url = signed_in(administrator), address(accepted, "delete")
    with nothing_at_all_changed():
        assert client.post(url, {"post": "yes"}).status_code in (403, 404)
    assert url not in client.get(address(accepted, "change")).content.decode()


def test_saving_without_a_change_leaves_no_line(accepted, administrator):
    (challenge, *_others) = make_challenges(1)
    for row, field in ((accepted, "code"), (challenge, "question_vi")):
        assert send(administrator, address(row, "change"), field).status_code == 200
    assert audited() == []


# --- questions for people ---------------------------------------------------------------------------------------------


def test_a_question_is_entered_changed_and_removed_and_each_step_is_audited(administrator):
    send(administrator, listing(Challenge, "add"), "question_vi", **CHALLENGE)
    row = Challenge.objects.get()
    assert (row.is_active, row.is_answered_by("BAY")) == (True, True)
    send(administrator, address(row, "change"), "question_vi", answers="7")
    signed_in(administrator).post(address(row, "delete"), {"post": "yes"})
    added, changed, removed = audited()
    assert added[:3] == ("challenge_added", "Quản trị Một", "Three plus four?")
    assert changed[::3] == ("challenge_changed", {"answers": ["7\nbảy", "7"]})
    assert removed[0] == "challenge_removed"


@pytest.mark.parametrize("name", [*CHALLENGE])
def test_a_question_is_complete_in_both_languages_and_has_an_answer(name, administrator):
    with nothing_at_all_changed():
        page = send(administrator, listing(Challenge, "add"), "question_vi", **CHALLENGE | {name: ""})
    assert list(errors(page)) == [name]


def test_a_sign_is_no_answer(administrator):
    with nothing_at_all_changed():
        page = send(administrator, listing(Challenge, "add"), "question_vi", **CHALLENGE | {"answers": "?!\r\n…"})
    assert errors(page) == {"answers": ["Give at least one answer."]}


# --- who, and how often -----------------------------------------------------------------------------------------------


def test_a_permission_of_the_platform_opens_one_of_the_two_tables(portal):
    portal.technician.user_permissions.add(Permission.objects.get(codename="view_statement"))
    client = signed_in(portal.technician)
    assert client.get(listing(Statement)).status_code == 200
    assert client.get(listing(Statement, "add")).status_code in (403, 404)
    assert client.get(listing(Challenge)).status_code == 404


@pytest.mark.parametrize("typed", ["tôi đồng ý", "TOI DONG Y", "publication", "dieu 8"])
def test_a_text_is_found_without_diacritics(typed, administrator):
    row = make_statement()
    make_statement("name", text_vi="Tên tôi", purpose_en="Name", purpose_vi="Tên", valid_to=date(2026, 1, 1))
    page = signed_in(administrator).get(listing(Statement), {"q": typed})
    assert row in page.context["cl"].result_list


def test_the_list_shows_from_when_until_when(administrator):
    make_statement(valid_to=date(2023, 6, 30))
    make_statement(valid_from=date(2023, 7, 1))
    page = signed_in(administrator).get(listing(Statement)).content.decode()
    assert "29/04/2017 – 30/06/2023" in page and "from 01/07/2023" in page


def test_the_lists_ask_the_database_as_often_for_many_rows_as_for_few(administrator):
    client, urls = signed_in(administrator), [listing(Statement), listing(Challenge)]
    make_statement()
    make_challenges(1)
    few = [count(client, url) for url in urls]
    for at in range(7):
        make_statement(f"{at}")
    make_challenges(7)
    assert [count(client, url) for url in urls] == few
