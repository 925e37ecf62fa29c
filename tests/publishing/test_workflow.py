"""The way of an item: what leads where, what is refused, and that a refusal changes nothing."""

import pytest

from news.models import Article
from portal.editorial.models import AuditEvent
from portal.editorial.roles import State
from portal.publishing import editing, workflow
from portal.publishing.workflow import Refused
from portal.search.models import IndexEntry
from tests.makers import ahead, approve, archive, bring_to, frozen, make_article, publish, submit
from tests.unchanged import nothing_changed

# The state in which each transition leaves an item that was in the state above; a dot: refused.
# "approve" without a time publishes at once; "check" is for what was published urgently, see below.
TABLE = """
                 draft     submitted approved published withdrawn archived
submit           submitted .         .        .         .         .
return           .         draft     .        .         .         .
approve          .         published .        .         .         .
publish_urgently published published .        .         .         .
check            .         .         .        .         .         .
recall           .         .         draft    .         .         .
withdraw         .         .         .        withdrawn .         withdrawn
archive          .         .         .        archived  .         .
reopen           .         .         .        .         draft     .
restore          .         .         .        .         .         published
"""
ENTRIES = {"draft": 0, "submitted": 0, "approved": 2, "published": 2, "withdrawn": 0, "archived": 2}


def cells():
    header, *lines = TABLE.strip().splitlines()
    rows = [(name, zip(header.split(), targets, strict=True)) for name, *targets in map(str.split, lines)]
    return [(name, source, target) for name, row in rows for source, target in row]


def take(name, article, portal, **answers):
    return workflow.carry_out(name, article, by=portal.head, **{"note": "Lý do", "declared": True} | answers)


def actions(article):
    return list(AuditEvent.objects.of(article).order_by("pk").values_list("action", flat=True))


@pytest.fixture
def item(draft, portal):
    return lambda state: bring_to(state, draft, by=portal.deputy)


def test_the_table_names_every_transition_and_every_state():
    assert {name for name, _source, _target in cells()} == set(workflow.TRANSITIONS)
    assert {source for _name, source, _target in cells()} == {state.value for state in State}


@pytest.mark.parametrize(("name", "source", "target"), [cell for cell in cells() if cell[2] != "."])
def test_a_transition_leads_where_the_table_says(name, source, target, item, portal):
    before = item(State(source))
    earlier = actions(before)
    after = take(name, before, portal)
    assert (after.state, after.version) == (target, before.version + 1)
    assert Article.objects.values("state", "version").get() == {"state": target, "version": before.version + 1}
    assert IndexEntry.objects.count() == ENTRIES[target]
    assert actions(after) == [*earlier, name, *(["publish"] if name == "approve" else [])]


@pytest.mark.parametrize(("name", "source"), [cell[:2] for cell in cells() if cell[2] == "."])
def test_any_other_transition_is_refused_and_changes_nothing(name, source, item, portal):
    article = item(State(source))
    with nothing_changed(), pytest.raises(Refused):
        take(name, article, portal)


@pytest.mark.parametrize(
    ("name", "source", "sentence"),
    [
        ("approve", State.DRAFT, "“Approve” is not possible: the item is now “Draft”."),
        ("submit", State.PUBLISHED, "“Submit for approval” is not possible: the item is now “Published”."),
        ("withdraw", State.WITHDRAWN, "“Withdraw” is not possible: the item is now “Withdrawn”."),
    ],
)
def test_a_transition_from_the_wrong_state_is_refused_with_a_sentence(name, source, sentence, item, portal, english):
    with pytest.raises(Refused) as refused:
        take(name, item(source), portal)
    assert refused.value.messages == [sentence]


def test_an_unknown_transition_is_an_error(draft, portal):
    with nothing_changed(), pytest.raises(KeyError):
        take("aprove", draft, portal)


def test_the_row_counts_and_not_what_was_read_before(draft, portal):
    submit(draft)
    assert draft.state == State.DRAFT
    assert approve(draft, by=portal.head).state == State.PUBLISHED


# --- what a transition writes -----------------------------------------------------------------------------------------


def test_submitting_names_the_person_and_keeps_the_declaration(draft, portal):
    after = submit(draft, by=portal.secretary)
    assert (after.submitted_by, after.approved_by, after.publish_at) == (portal.secretary, None, None)
    row = AuditEvent.objects.of(after).get(action="submit")
    assert row.changes == {"from": "draft", "to": "submitted", "version": 2, "declared_no_secret": True}


def test_approval_without_a_time_publishes_at_that_moment(draft, portal):
    submit(draft)
    with frozen(ahead(hours=1)) as now:
        after = approve(draft, by=portal.head)
        moment = now()
    assert (after.state, after.approved_by) == (State.PUBLISHED, portal.head)
    assert (after.publish_at, after.first_published_at) == (moment, moment)
    rows = AuditEvent.objects.of(after).order_by("pk").values_list("action", "actor", "at")
    assert list(rows)[2:] == [("approve", portal.head.pk, moment), ("publish", None, moment)]


def test_an_item_that_was_returned_is_a_draft_of_nobody_else(item, portal):
    after = take("return", item(State.SUBMITTED), portal, note="Thiếu nguồn")
    assert (after.state, after.submitted_by, after.created_by) == (State.DRAFT, None, portal.editor)
    assert AuditEvent.objects.of(after).get(action="return").note == "Thiếu nguồn"


def test_an_item_that_was_recalled_has_no_time_and_no_approval(item, portal):
    after = take("recall", item(State.APPROVED), portal)
    assert (after.publish_at, after.approved_by, after.submitted_by) == (None, None, None)
    assert after.first_published_at is None


def test_a_withdrawn_item_keeps_its_time_and_its_reason(item, portal):
    before = item(State.PUBLISHED)
    with frozen(ahead(hours=1)) as now:
        after = take("withdraw", before, portal, note="Sai số liệu")
        assert (after.withdrawn_at, after.withdrawal_reason) == (now(), "Sai số liệu")
    assert (after.publish_at, after.first_published_at) == (before.publish_at, before.first_published_at)
    assert (after.is_readable, after.approved_by) == (False, portal.deputy)


def test_a_reopened_item_goes_through_two_people_again_and_keeps_its_address(item, portal):
    withdrawn = item(State.WITHDRAWN)
    draft = take("reopen", withdrawn, portal)
    assert (draft.publish_at, draft.approved_by, draft.submitted_by) == (None, None, None)
    draft.title_vi = "Một tiêu đề khác"
    editing.store(draft, by=portal.editor)
    again = publish(draft, by=portal.deputy)
    assert (again.state, again.path()) == (State.PUBLISHED, withdrawn.path())
    assert again.first_published_at == withdrawn.first_published_at
    assert again.publish_at > withdrawn.publish_at


def test_a_restored_item_has_no_end_any_more(portal):
    article = publish(make_article(portal.agency, by=portal.editor, expire_at=ahead(days=1)), by=portal.head)
    with frozen(ahead(days=2)):
        after = take("restore", article, portal)
        assert (after.state, after.current_state, after.expire_at) == (State.PUBLISHED, State.PUBLISHED, None)


def test_an_archived_item_stays_readable_and_is_marked_in_the_index(item):
    after = archive(item(State.PUBLISHED))
    assert after.is_readable
    assert set(IndexEntry.objects.values_list("archived", flat=True)) == {True}


# --- what a transition asks for ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("return", State.SUBMITTED),
        ("publish_urgently", State.DRAFT),
        ("recall", State.APPROVED),
        ("withdraw", State.PUBLISHED),
        ("reopen", State.WITHDRAWN),
        ("restore", State.ARCHIVED),
    ],
)
@pytest.mark.parametrize("note", ["", "  \n"])
def test_what_undoes_the_work_of_others_needs_a_reason(name, source, note, item, portal, english):
    article = item(source)
    with nothing_changed(), pytest.raises(Refused) as refused:
        take(name, article, portal, note=note)
    assert refused.value.messages == ["Give the reason."]


@pytest.mark.parametrize(
    ("name", "source"),
    [("submit", State.DRAFT), ("approve", State.SUBMITTED), ("publish_urgently", State.SUBMITTED)],
)
def test_who_brings_an_item_to_the_readers_declares_that_it_holds_no_secret(name, source, item, portal, english):
    article = item(source)
    with nothing_changed(), pytest.raises(Refused) as refused:
        take(name, article, portal, declared=False)
    assert refused.value.messages == [
        "Declare that the item holds no state secret, business secret or personal secret (Article 3.2)."
    ]


def test_a_person_without_the_right_is_refused_with_the_sentence_of_the_policy(draft, portal, district, english):
    submit(draft)
    for stranger in (portal.secretary, portal.inspector, district.head):
        with nothing_changed(), pytest.raises(Refused) as refused:
            approve(draft, by=stranger)
        assert refused.value.messages == ["Your role on the editorial board of this site does not include this action."]


def test_a_decision_on_another_version_than_the_one_read_is_refused(draft, portal, english):
    submitted = submit(draft)
    assert submitted.version == 2
    submitted.summary_vi = "Tóm tắt đã sửa."
    editing.store(submitted, by=portal.secretary)
    with nothing_changed(), pytest.raises(Refused) as refused:
        take("approve", draft, portal, version=2)
    assert refused.value.messages == ["The item was changed meanwhile. Read it again before you decide."]
    assert take("approve", draft, portal, version=3).state == State.PUBLISHED


def test_what_was_approved_is_not_approved_again_by_somebody_who_read_it_before(draft, portal):
    seen_by_head, seen_by_deputy = submit(draft), Article.objects.get()
    approve(seen_by_head, by=portal.head)
    with nothing_changed(), pytest.raises(Refused):
        approve(seen_by_deputy, by=portal.deputy)


# --- what follows -----------------------------------------------------------------------------------------------------


def test_a_transition_is_announced_after_the_commit(draft, portal, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submit(draft)
        assert heard == []
    assert heard == [("submit", portal.editor)]


def test_a_refusal_is_not_announced(draft, portal, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        approve(draft, by=portal.head)
    assert heard == []


def test_a_failing_index_takes_the_transition_back(item, portal, monkeypatch):
    article = item(State.SUBMITTED)
    monkeypatch.setattr("portal.wiring.reindex", lambda item: 1 / 0)
    with nothing_changed(), pytest.raises(ZeroDivisionError):
        approve(article, by=portal.head)


@pytest.mark.parametrize(
    ("state", "names"),
    [
        (State.DRAFT, ["submit", "publish_urgently"]),
        (State.SUBMITTED, ["return", "approve", "publish_urgently"]),
        (State.APPROVED, ["recall"]),
        (State.PUBLISHED, ["withdraw", "archive"]),
        (State.WITHDRAWN, ["reopen"]),
        (State.ARCHIVED, ["withdraw", "restore"]),
    ],
)
def test_the_steps_that_are_offered_lead_on_from_here(state, names, item, portal):
    offered = workflow.available(item(state), portal.head)
    assert [(row.name, refusal) for row, refusal in offered] == [(name, "") for name in names]


def test_a_step_is_offered_with_the_sentence_that_refuses_it(item, portal, english):
    offered = workflow.available(item(State.SUBMITTED), portal.editor)
    assert [(row.name, refusal) for row, refusal in offered] == [
        ("return", ""),
        ("approve", "You wrote this item. Another member of the board must approve it (Article 5.4)."),
        ("publish_urgently", "Your role on the editorial board of this site does not include this action."),
    ]


def test_a_draft_is_deleted_by_its_writer_and_nobody_deletes_what_was_public(item, portal):
    spare = make_article(portal.agency, by=portal.reporter)
    editing.discard(spare, by=portal.reporter)
    assert not Article.objects.filter(pk=spare.pk).exists()
    reopened = take("reopen", item(State.WITHDRAWN), portal)
    with nothing_changed(), pytest.raises(Refused):
        editing.discard(reopened, by=portal.head)


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_nothing_but_a_draft_is_deleted(state, item, portal):
    article = item(state)
    with nothing_changed(), pytest.raises(Refused):
        editing.discard(article, by=portal.head)
