"""Nobody brings to the readers what they wrote, changed or submitted (Article 5.4)."""

import pytest

from news.models import Article
from portal.editorial import policy
from portal.editorial.models import AuditEvent
from portal.editorial.roles import Role, State
from portal.publishing import editing, workflow
from portal.publishing.workflow import Refused
from tests.makers import approve, make_article, make_member, publish, submit
from tests.unchanged import nothing_changed

WROTE = "You wrote this item. Another member of the board must approve it (Article 5.4)."
EDITED = "You were the last to edit this item. Another member of the board must approve it (Article 5.4)."
CHANGED = "You changed this item on its way. Another member of the board must approve it (Article 5.4)."
SUBMITTED = "You submitted this item. Another member of the board must approve it (Article 5.4)."
PUBLISHED_URGENTLY = "You published this item urgently. Another member of the board must check it (Article 5.4)."


def edit(article, *, by):
    article = Article.objects.get(pk=article.pk)
    article.summary_vi = f"Tóm tắt do {by} sửa."
    editing.store(article, by=by)
    return article


def written_by_the_head(portal):
    return submit(make_article(portal.agency, by=portal.head), by=portal.editor)


def edited_by_the_head(portal):
    return submit(edit(make_article(portal.agency, by=portal.editor), by=portal.head), by=portal.editor)


def edited_by_the_head_after_submission(portal):
    return edit(submit(make_article(portal.agency, by=portal.editor)), by=portal.head)


def submitted_by_the_head(portal):
    return submit(make_article(portal.agency, by=portal.editor), by=portal.head)


@pytest.mark.parametrize(
    ("begin", "sentence"),
    [
        (written_by_the_head, WROTE),
        (edited_by_the_head, EDITED),
        (edited_by_the_head_after_submission, EDITED),
        (submitted_by_the_head, SUBMITTED),
    ],
)
def test_no_one_approves_what_they_had_a_hand_in_and_another_member_does(begin, sentence, portal, english):
    article = begin(portal)
    with nothing_changed(), pytest.raises(Refused) as refused:
        approve(article, by=portal.head)
    assert refused.value.messages == [sentence]
    assert approve(article, by=portal.member).state == State.PUBLISHED


def test_a_second_place_on_the_board_is_no_second_person(portal, english):
    both = make_member(portal.board, Role.EDITOR)
    make_member(portal.board, Role.HEAD, user=both)
    article = submit(make_article(portal.agency, by=both))
    with nothing_changed(), pytest.raises(Refused) as refused:
        approve(article, by=both)
    assert refused.value.messages == [WROTE]


def test_a_superuser_on_the_board_is_bound_like_everybody(portal, english):
    chief = make_member(portal.board, Role.HEAD, is_superuser=True)
    article = submit(make_article(portal.agency, by=chief))
    with nothing_changed(), pytest.raises(Refused) as refused:
        approve(article, by=chief)
    assert refused.value.messages == [WROTE]


def translate(article, *, by):
    article = Article.objects.get(pk=article.pk)
    article.title_en = "Work inspected"
    editing.store(article, by=by)
    return article


@pytest.mark.parametrize("handle", [edit, translate])
def test_a_change_binds_also_when_another_person_saved_after_it(handle, portal, english):
    article = handle(make_article(portal.agency, by=portal.editor), by=portal.head)
    article = submit(edit(article, by=portal.editor))
    with nothing_changed(), pytest.raises(Refused) as refused:
        approve(article, by=portal.head)
    assert refused.value.messages == [CHANGED]
    assert list(policy.scope(portal.head, Article.objects.all(), "approve")) == []
    assert list(policy.scope(portal.member, Article.objects.all(), "approve")) == [article]
    assert approve(article, by=portal.member).state == State.PUBLISHED


def test_what_a_person_changed_before_the_last_publication_is_no_hindrance(portal):
    article = edit(make_article(portal.agency, by=portal.editor), by=portal.member)
    article = publish(article, by=portal.head)
    for name in ("withdraw", "reopen"):
        article = workflow.carry_out(name, article, by=portal.head, note="Đăng nhầm")
    article = submit(edit(article, by=portal.editor), by=portal.editor)
    assert approve(article, by=portal.member).state == State.PUBLISHED


def test_the_audit_names_both_people(portal):
    article = publish(make_article(portal.agency, by=portal.reporter), by=portal.deputy)
    rows = dict(AuditEvent.objects.of(article).values_list("action", "actor_name"))
    assert (rows["submit"], rows["approve"]) == (portal.reporter.full_name, portal.deputy.full_name)
    assert (article.submitted_by, article.approved_by) == (portal.reporter, portal.deputy)


# --- urgent publication -----------------------------------------------------------------------------------------------


def publish_urgently(article, *, by):
    return workflow.carry_out("publish_urgently", article, by=by, note="Bão số 9", declared=True)


def check(article, *, by):
    return workflow.carry_out("check", article, by=by)


def test_the_head_publishes_urgently_alone_and_the_item_waits_for_a_check(portal):
    article = publish_urgently(make_article(portal.agency, by=portal.head), by=portal.head)
    assert (article.state, article.needs_check, article.approved_by) == (State.PUBLISHED, True, portal.head)
    assert article.first_published_at == article.publish_at
    assert "check" in [row.name for row, _refusal in workflow.available(article, portal.member)]


@pytest.mark.parametrize(
    ("writer", "editor", "checker", "sentence"),
    [
        ("editor", "editor", "head", PUBLISHED_URGENTLY),
        ("member", "editor", "member", WROTE),
        ("editor", "member", "member", EDITED),
    ],
)
def test_the_check_is_another_persons(writer, editor, checker, sentence, portal, english):
    article = edit(make_article(portal.agency, by=getattr(portal, writer)), by=getattr(portal, editor))
    article = publish_urgently(article, by=portal.head)
    with nothing_changed(), pytest.raises(Refused) as refused:
        check(article, by=getattr(portal, checker))
    assert refused.value.messages == [sentence]


def test_the_person_who_submitted_does_not_check(portal, english):
    article = submit(make_article(portal.agency, by=portal.editor), by=portal.member)
    article = publish_urgently(article, by=portal.head)
    with nothing_changed(), pytest.raises(Refused) as refused:
        check(article, by=portal.member)
    assert refused.value.messages == [SUBMITTED]


def test_a_second_person_confirms_once(portal, english):
    article = publish_urgently(make_article(portal.agency, by=portal.editor), by=portal.head)
    checked = check(article, by=portal.deputy)
    assert (checked.state, checked.needs_check) == (State.PUBLISHED, False)
    assert AuditEvent.objects.of(article).get(action="check").actor == portal.deputy
    with nothing_changed(), pytest.raises(Refused) as refused:
        check(article, by=portal.member)
    assert refused.value.messages == ["This item was not published urgently; there is nothing to check."]


def test_what_two_people_published_needs_no_check(portal, english):
    article = publish(make_article(portal.agency, by=portal.editor), by=portal.head)
    assert "check" not in [row.name for row, _refusal in workflow.available(article, portal.member)]
    with nothing_changed(), pytest.raises(Refused) as refused:
        check(article, by=portal.member)
    assert refused.value.messages == ["This item was not published urgently; there is nothing to check."]


def test_an_urgent_item_that_went_back_and_through_two_people_needs_no_check(portal):
    article = publish_urgently(make_article(portal.agency, by=portal.editor), by=portal.head)
    for name in ("withdraw", "reopen"):
        article = workflow.carry_out(name, article, by=portal.head, note="Đăng nhầm")
    assert publish(article, by=portal.deputy).needs_check is False


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.HEAD, Role.DEPUTY)])
def test_nobody_but_the_head_and_the_deputy_publishes_urgently(role, portal):
    article = make_article(portal.agency, by=portal.editor)
    with nothing_changed(), pytest.raises(Refused):
        publish_urgently(article, by=getattr(portal, role))
