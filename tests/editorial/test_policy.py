"""Who may do what to an item: every role, action and state, written out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from news.models import Article
from portal.editorial import policy
from portal.editorial.models import Board, Membership
from portal.editorial.roles import Role, State
from portal.publishing import editing, workflow
from tests.makers import (
    ago,
    ahead,
    bring_to,
    frozen,
    make_article,
    make_board,
    make_member,
    make_user,
    publish,
    submit,
    withdraw,
)

# One letter per state in which the role may do the action, a dot where it may not:
# Draft, Submitted, Approved, Published, Withdrawn, aRchived. The reporter's column holds for the reporter's own
# items; of other people's items a reporter may do nothing.
TABLE = """
                 head   deputy member secretary editor reporter translator technician inspector respondent signatory
view             DSAPWR DSAPWR DSAPWR DSAPWR    DSAPWR DSAPWR   DSAPWR     DSAPWR     DSAPWR    DSAPWR     DSAPWR
inspect          DSAPWR DSAPWR ...... DSAPWR    ...... ......   ......     ......     DSAPWR    ......     ......
create           DSAPWR DSAPWR DSAPWR DSAPWR    DSAPWR DSAPWR   ......     ......     ......    ......     ......
edit             DS.... DS.... DS.... DS....    DS.... D.....   ......     ......     ......    ......     ......
translate        DS.... DS.... DS.... DS....    DS.... D.....   DS....     ......     ......    ......     ......
delete           D..... D..... D..... D.....    D..... D.....   ......     ......     ......    ......     ......
submit           D..... D..... D..... D.....    D..... D.....   ......     ......     ......    ......     ......
return           .S.... .S.... .S.... .S....    .S.... ......   ......     ......     ......    ......     ......
approve          .S.... .S.... .S.... ......    ...... ......   ......     ......     ......    ......     ......
publish_urgently DS.... DS.... ...... ......    ...... ......   ......     ......     ......    ......     ......
check            ...P.R ...P.R ...P.R ......    ...... ......   ......     ......     ......    ......     ......
recall           ..A... ..A... ..A... ......    ...... ......   ......     ......     ......    ......     ......
propose          ...P.. ...P.. ...P.. ...P..    ...P.. ......   ......     ......     ......    ......     ......
revise           ...P.. ...P.. ...P.. ...P..    ...P.. ......   ...P..     ......     ......    ......     ......
correct          ...P.. ...P.. ...P.. ......    ...... ......   ......     ......     ......    ......     ......
withdraw         ...P.R ...P.R ...... ......    ...... ......   ......     ......     ......    ......     ......
archive          ...P.. ...P.. ...P.. ...P..    ...P.. ......   ......     ......     ......    ......     ......
reopen           ....W. ....W. ...... ......    ...... ......   ......     ......     ......    ......     ......
restore          .....R .....R ...... ......    ...... ......   ......     ......     ......    ......     ......
pause            DSAPWR DSAPWR ...... ......    ...... ......   ......     ......     ......    ......     ......
waive            DSAPWR DSAPWR ...... ......    ...... ......   ......     ......     ......    ......     ......
answer_report    DSAPWR DSAPWR DSAPWR DSAPWR    DSAPWR ......   ......     ......     ......    ......     ......
show             DSAPWR DSAPWR DSAPWR DSAPWR    DSAPWR ......   ......     ......     ......    ......     ......
sort_case        DSAPWR DSAPWR DSAPWR DSAPWR    DSAPWR ......   ......     ......     ......    ......     ......
answer_case      ...... ...... ...... ......    ...... ......   ......     ......     ......    DSAPWR     DSAPWR
sign_case        ...... ...... ...... ......    ...... ......   ......     ......     ......    ......     DSAPWR
"""
LETTERS = {
    State.DRAFT: "D",
    State.SUBMITTED: "S",
    State.APPROVED: "A",
    State.PUBLISHED: "P",
    State.WITHDRAWN: "W",
    State.ARCHIVED: "R",
}
NOTHING = "......"
NOT_IN_ROLE = "Your role on the editorial board of this site does not include this action."


def read_table():
    header, *lines = TABLE.strip().splitlines()
    return {action: dict(zip(header.split(), cells, strict=True)) for action, *cells in map(str.split, lines)}


RIGHTS = read_table()


@pytest.fixture
def staff(district):
    """A writer and a second person who hold none of the places under test."""
    return make_member(district.board, Role.EDITOR), make_member(district.board, Role.HEAD)


@pytest.fixture
def items(district, staff):
    """One item of the district in each state, written, submitted and approved by the staff."""
    writer, second = staff
    return [bring_to(state, make_article(district.agency, by=writer), by=second) for state in State]


def column(user, items):
    """What the policy answers about items in all states, in the letters of the table."""
    user = type(user).objects.get(pk=user.pk)
    return {action: "".join(_letter(user, action, item) for item in items) for action in RIGHTS}


def _letter(user, action, item):
    return LETTERS[item.current_state] if policy.can(user, action, item) else "."


def test_the_table_names_every_action_and_every_role():
    assert set(RIGHTS) == set(policy.RIGHTS)
    assert set(RIGHTS["view"]) == {role.value for role in Role}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.REPORTER])
def test_a_role_has_the_rights_of_its_column_and_no_others(role, district, items):
    assert column(getattr(district, role), items) == {action: cells[role] for action, cells in RIGHTS.items()}


def test_reporters_have_the_rights_of_their_column_over_their_own_items(district, staff):
    own = [bring_to(state, make_article(district.agency, by=district.reporter), by=staff[1]) for state in State]
    assert column(district.reporter, own) == {action: cells["reporter"] for action, cells in RIGHTS.items()}


def test_reporters_may_do_nothing_to_the_items_of_others_not_even_read_them(district, items):
    assert column(district.reporter, items) == dict.fromkeys(RIGHTS, NOTHING)


def test_a_person_with_two_places_has_the_rights_of_both(district, items):
    make_member(district.board, Role.TRANSLATOR, user=district.reporter)
    rights = column(district.reporter, items)
    assert (rights["view"], rights["translate"], rights["edit"]) == ("DSAPWR", "DS....", NOTHING)


def test_strangers_may_do_nothing(portal, items):
    for stranger in [*(getattr(portal, role) for role in Role), make_user(), AnonymousUser()]:
        assert [action for action in RIGHTS for item in items if policy.can(stranger, action, item)] == []


def test_a_superuser_reads_everything_and_does_nothing(items):
    rights = column(make_user(is_superuser=True), items)
    assert rights == dict.fromkeys(RIGHTS, NOTHING) | {"view": "DSAPWR"}


def test_a_superuser_on_the_board_has_the_rights_of_that_place(district, items):
    user = make_member(district.board, Role.EDITOR, is_superuser=True)
    assert column(user, items) == {action: cells["editor"] for action, cells in RIGHTS.items()}


@pytest.mark.parametrize("fields", [{}, {"is_superuser": True}])
def test_an_account_that_was_switched_off_may_do_nothing(fields, district, items):
    user = make_member(district.board, Role.HEAD, is_active=False, **fields)
    assert column(user, items) == dict.fromkeys(RIGHTS, NOTHING)


@pytest.mark.parametrize("user", [AnonymousUser(), "head", "nobody", "superuser"], ids=str)
def test_an_unknown_action_is_an_error_and_no_answer(user, district, items):
    others = {"head": district.head, "nobody": make_user(), "superuser": make_user(is_superuser=True)}
    user = others.get(user, user)
    questions = [
        lambda: policy.can(user, "aprove", items[0]),
        lambda: policy.refusal(user, "aprove", items[0]),
        lambda: policy.scope(user, Article.objects.all(), "aprove"),
        lambda: policy.agencies(user, "aprove"),
    ]
    for question in questions:
        with pytest.raises(policy.UnknownAction):
            question()


# --- validity ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (-10, None, True),
        (0, None, True),
        (1, None, False),
        (-10, 0, True),
        (-10, -1, False),
        (0, 0, True),
        (1, 10, False),
    ],
)
def test_a_place_gives_rights_from_its_first_to_its_last_day(first, last, holds, district):
    draft, today = make_article(district.agency, by=district.editor), timezone.localdate()
    days = {"valid_from": today + timedelta(first), "valid_to": None if last is None else today + timedelta(last)}
    user = make_member(district.board, Role.EDITOR, **days)
    assert [policy.can(user, action, draft) for action in ("view", "edit", "submit")] == [holds] * 3


def test_the_day_begins_at_midnight_in_viet_nam(district):
    draft = make_article(district.agency, by=district.editor)
    user = make_member(district.board, Role.EDITOR, valid_from=date(2030, 3, 2))
    with frozen(datetime(2030, 3, 1, 16, 59, tzinfo=UTC)):
        assert not policy.can(user, "view", draft)
    policy.forget(user)
    with frozen(datetime(2030, 3, 1, 17, 0, tzinfo=UTC)):
        assert policy.can(user, "view", draft)


def test_rights_that_ended_since_the_page_was_opened_are_not_remembered(district):
    article = make_article(district.agency, by=district.editor)
    assert policy.can(district.editor, "submit", article)
    Membership.objects.filter(user=district.editor).update(valid_to=timezone.localdate() - timedelta(1))
    with pytest.raises(workflow.Refused):
        submit(article, by=district.editor)
    assert Article.objects.get().state == "draft"


ENDED = (
    "The editorial board is not in force: decision 7/QĐ-UBND was valid until 31/12/2019. "
    "A new decision must be entered before anything can be changed or published (Article 15)."
)
NOT_BEGUN = "The editorial board is not in force yet: decision 7/QĐ-UBND takes effect on 01/02/2090 (Article 15)."


@pytest.mark.parametrize(
    ("days", "sentence", "reads"),
    [
        ({"valid_to": date(2019, 12, 31)}, ENDED, "DSAPWR"),
        ({"valid_from": date(2090, 2, 1)}, NOT_BEGUN, "......"),
        ({"valid_from": date(2090, 2, 1), "valid_to": date(2095, 2, 1)}, NOT_BEGUN, "......"),
    ],
)
def test_without_a_board_in_force_its_people_read_at_most(days, sentence, reads, district, items, english):
    Board.objects.filter(agency=district.agency).update(decision_number="7/QĐ-UBND", **days)
    for role in [role for role in Role if role != Role.REPORTER]:
        user = getattr(district, role)
        assert column(user, items) == dict.fromkeys(RIGHTS, NOTHING) | {"view": reads}
        refusals = {policy.refusal(user, action, item) for action in RIGHTS if action != "view" for item in items}
        assert refusals == {sentence}


def test_a_board_that_has_a_successor_reads_no_more(district, items, english):
    Board.objects.filter(agency=district.agency).update(valid_to=date(2019, 12, 31))
    new = make_board(district.agency, decision_date=date(2020, 1, 1), valid_from=date(2020, 1, 1))
    newcomer = make_member(new, Role.EDITOR, valid_from=date(2020, 1, 1))
    assert column(newcomer, items) == {action: cells["editor"] for action, cells in RIGHTS.items()}
    assert column(district.editor, items) == dict.fromkeys(RIGHTS, NOTHING)


# --- sentences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "action", "state", "sentence"),
    [
        ("inspector", "edit", State.DRAFT, NOT_IN_ROLE),
        ("editor", "approve", State.SUBMITTED, NOT_IN_ROLE),
        ("reporter", "edit", State.DRAFT, "Reporters may do this to their own items only."),
        ("editor", "edit", State.PUBLISHED, "This cannot be done while the item is “Published”."),
        ("head", "approve", State.DRAFT, "This cannot be done while the item is “Draft”."),
        ("head", "restore", State.WITHDRAWN, "This cannot be done while the item is “Withdrawn”."),
        ("editor", "edit", State.DRAFT, ""),
    ],
)
def test_a_refusal_is_a_sentence(role, action, state, sentence, district, items, english):
    (item,) = [item for item in items if item.current_state == state]
    assert policy.refusal(getattr(district, role), action, item) == sentence


def test_a_stranger_hears_that_the_role_does_not_include_the_action(portal, items, english):
    assert policy.refusal(portal.head, "withdraw", items[0]) == NOT_IN_ROLE


def test_what_was_once_public_is_never_deleted(district, items, english):
    (withdrawn,) = [item for item in items if item.state == State.WITHDRAWN]
    reopened = workflow.carry_out("reopen", withdrawn, by=district.head, note="Đăng lại")
    sentence = "What was once public is never deleted; it can be withdrawn or archived."
    assert policy.refusal(district.head, "delete", reopened) == sentence
    assert reopened not in policy.scope(district.head, Article.objects.all(), "delete")


# --- the same in queries ----------------------------------------------------------------------------------------------


@pytest.fixture
def everything(portal, district, staff, items):
    """Items in all states of two boards, and what a person's own hand, the past or the clock has changed."""
    writer, second = staff
    for state in State:
        bring_to(state, make_article(district.agency, by=district.reporter), by=second)
        bring_to(state, make_article(portal.agency, by=portal.editor), by=portal.head)
    _touched_by_the_board(district, writer, second)
    _moved_by_the_clock(district, writer, second)
    return Article.objects.select_related("agency")


def _touched_by_the_board(district, writer, second):
    submit(make_article(district.agency, by=district.member))
    publish(make_article(district.agency, by=district.member), by=second)
    publish(make_article(district.agency, by=writer), by=district.member)
    submit(make_article(district.agency, by=writer), by=district.deputy)
    edited = make_article(district.agency, by=writer)
    editing.store(edited, by=district.head)
    submit(edited, by=writer)
    withdrawn = withdraw(publish(make_article(district.agency, by=writer), by=second), by=second)
    workflow.carry_out("reopen", withdrawn, by=second, note="Sửa lại")


def _moved_by_the_clock(district, writer, second):
    """Three days ago it was still to come that they go public, and for some that their display ends."""
    with frozen(ago(days=3)):
        for expire_at in (None, ahead(days=2), ahead(days=5)):
            publish(make_article(district.agency, by=writer, expire_at=expire_at), by=second, at=ahead(days=1))
            publish(make_article(district.agency, by=writer, expire_at=expire_at), by=second)


def people(portal, district):
    ended = make_board(portal.agency, valid_from=date(2016, 1, 1), valid_to=date(2016, 12, 31))
    both = make_member(district.board, Role.REPORTER)
    return {
        **{f"{role} of the district": getattr(district, role) for role in Role},
        "editor of the portal": portal.editor,
        "on two boards": make_member(portal.board, Role.HEAD, user=both),
        "on a board that ended": make_member(ended, Role.HEAD, valid_from=date(2016, 1, 1)),
        "superuser": make_user(is_superuser=True),
        "nobody": make_user(),
        "switched off": make_member(district.board, Role.HEAD, is_active=False),
        "reader": AnonymousUser(),
    }


def test_queries_and_single_questions_have_the_same_answer(portal, district, everything):
    columns = sorted({(item.state, item.current_state) for item in everything if item.state != item.current_state})
    assert columns == [("approved", "archived"), ("approved", "published"), ("published", "archived")]
    for name, user in people(portal, district).items():
        for action in RIGHTS:
            allowed = {item.pk for item in everything if policy.can(user, action, item)}
            found = set(policy.scope(user, Article.objects.all(), action).values_list("pk", flat=True))
            assert found == allowed, (name, action)


def test_a_query_finds_each_row_once_for_a_person_with_several_places(district, items):
    make_member(district.board, Role.DEPUTY, user=district.head)
    assert policy.scope(district.head, Article.objects.all()).count() == 6


@pytest.mark.parametrize(
    ("role", "action", "found"),
    [
        ("editor", "create", True),
        ("reporter", "create", True),
        ("translator", "create", False),
        ("inspector", "inspect", True),
        ("editor", "inspect", False),
    ],
)
def test_the_agencies_for_which_a_person_may_act(role, action, found, district):
    assert list(policy.agencies(getattr(district, role), action)) == ([district.agency] if found else [])
