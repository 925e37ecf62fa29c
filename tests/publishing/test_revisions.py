"""Published texts change by a proposal and another person's approval; what was superseded is kept."""

from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from news.models import Article
from portal.editorial.models import AuditEvent, Board
from portal.editorial.roles import State
from portal.publishing import editing, workflow
from portal.publishing.models import Revision
from portal.publishing.workflow import Refused
from portal.search.models import IndexEntry
from tests.files.samples import picture
from tests.makers import ago, ahead, bring_to, make_article, make_rubric, publish, withdraw
from tests.unchanged import nothing_changed

OLD, NEW = "Thông xe cầu Thạch Bích", "Thông xe cầu Cổ Lũy"
NOTE = "Đính chính tên cầu"
ROLE = "Your role on the editorial board of this site does not include this action."


@pytest.fixture
def article(portal):
    return publish(make_article(portal.agency, by=portal.reporter, title_vi=OLD), by=portal.head)


def propose(article, portal, *, by=None, note=NOTE, **after):
    return editing.propose(article, after or {"title_vi": NEW}, by=by or portal.editor, note=note)


def titles():
    """The title of the row and those of its index entries."""
    return [Article.objects.get().title_vi, *IndexEntry.objects.order_by("language").values_list("title", flat=True)]


def test_a_proposal_changes_nothing_for_the_reader(article, portal):
    revision = propose(article, portal)
    assert titles() == [OLD, OLD, OLD]
    assert (revision.outcome, revision.proposed_by, revision.note) == ("proposed", portal.editor, NOTE)
    assert (revision.before, revision.after) == ({"title_vi": OLD}, {"title_vi": NEW})
    row = AuditEvent.objects.first()
    assert (row.action, row.actor, row.note, row.item_title) == ("revise", portal.editor, NOTE, OLD)


def test_another_person_puts_it_before_the_readers(article, portal):
    after = editing.apply(propose(article, portal), by=portal.head)
    assert titles() == [NEW, NEW, NEW]
    assert (after.version, after.last_edited_by) == (article.version + 1, portal.editor)
    assert (after.state, after.publish_at, after.slug) == (State.PUBLISHED, article.publish_at, article.slug)


def test_what_was_superseded_is_kept_with_the_names_of_both(article, portal):
    revision = propose(article, portal)
    editing.apply(revision, by=portal.head)
    revision.refresh_from_db()
    assert (revision.before, revision.after) == ({"title_vi": OLD}, {"title_vi": NEW})
    assert (revision.outcome, revision.proposed_by, revision.decided_by) == ("applied", portal.editor, portal.head)
    row = AuditEvent.objects.first()
    assert (row.action, row.actor, row.note) == ("correct", portal.head, NOTE)
    assert row.changes == {"before": {"title_vi": OLD}, "after": {"title_vi": NEW}}


def test_two_corrections_in_turn_keep_both_superseded_texts(article, portal):
    for title in (NEW, "Thông xe cầu Trà Khúc 3"):
        editing.apply(propose(Article.objects.get(), portal, title_vi=title), by=portal.head)
    kept = Revision.objects.order_by("pk").values_list("before", flat=True)
    assert list(kept) == [{"title_vi": OLD}, {"title_vi": NEW}]


def test_fields_of_every_kind_come_back_as_they_were_meant(article, portal):
    rubric, end = make_rubric("kinh-te", parent=make_rubric()), ahead(days=5)
    meant = Article(rubric=rubric, expire_at=end, body_vi="<p>Nội dung mới</p>", title_en="")
    after = editing.plain(meant, ["rubric", "expire_at", "body_vi", "title_en"])
    changed = editing.apply(propose(article, portal, **after), by=portal.head)
    changed.refresh_from_db()
    assert (changed.rubric, changed.expire_at, changed.body_vi) == (rubric, end, "<p>Nội dung mới</p>")
    assert set(IndexEntry.objects.values_list("section", "visible_to")) == {("kinh-te", end)}


def test_a_field_can_be_emptied(portal):
    article = publish(make_article(portal.agency, by=portal.reporter, expire_at=ahead(days=5)), by=portal.head)
    changed = editing.apply(propose(article, portal, expire_at=""), by=portal.head)
    assert (changed.expire_at, Revision.objects.get().before) == (
        None,
        {"expire_at": editing.plain(article, ["expire_at"])["expire_at"]},
    )


def test_one_moment_written_in_two_time_zones_is_no_change(portal, english):
    article = publish(make_article(portal.agency, by=portal.reporter, expire_at=ahead(days=5)), by=portal.head)
    local = Article(expire_at=article.expire_at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")))
    with nothing_changed(), pytest.raises(Refused) as refused:
        propose(article, portal, **editing.plain(local, ["expire_at"]))
    assert refused.value.messages == ["Nothing was changed."]


def test_an_applied_change_is_announced_after_the_commit(article, portal, heard, django_capture_on_commit_callbacks):
    revision = propose(article, portal)
    with django_capture_on_commit_callbacks(execute=True):
        editing.apply(revision, by=portal.head)
    assert heard == [("correct", portal.head)]


def test_a_failing_index_takes_the_change_back(article, portal, monkeypatch):
    revision = propose(article, portal)
    monkeypatch.setattr("portal.wiring.reindex", lambda item: 1 / 0)
    with nothing_changed(), pytest.raises(ZeroDivisionError):
        editing.apply(revision, by=portal.head)


# --- who may propose --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["head", "deputy", "member", "secretary", "editor"])
def test_editors_propose_changes_of_any_text(role, article, portal):
    assert propose(article, portal, by=getattr(portal, role)).outcome == "proposed"


@pytest.mark.parametrize("role", ["reporter", "technician", "inspector", "translator"])
def test_others_propose_no_change_of_the_vietnamese_text(role, article, portal, english):
    with nothing_changed(), pytest.raises(Refused) as refused:
        propose(article, portal, by=getattr(portal, role))
    assert refused.value.messages == [ROLE]


def test_a_translator_proposes_changes_of_the_english_text_alone(article, portal, english):
    revision = propose(article, portal, by=portal.translator, title_en="Bridge opened", summary_en="Summary")
    assert revision.outcome == "proposed"
    with nothing_changed(), pytest.raises(Refused) as refused:
        propose(article, portal, by=portal.translator, title_en="Bridge opened", title_vi=NEW)
    assert refused.value.messages == [ROLE]


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_only_public_texts_are_changed_so(state, portal):
    article = bring_to(state, make_article(portal.agency, by=portal.reporter), by=portal.head)
    with nothing_changed(), pytest.raises(Refused):
        propose(article, portal)


def test_what_went_public_by_the_clock_is_public(portal):
    article = bring_to(State.APPROVED, make_article(portal.agency, by=portal.reporter), by=portal.head)
    Article.objects.update(publish_at=ago(minutes=1))
    assert propose(article, portal).outcome == "proposed"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"note": ""}, "Say what is changed and why; readers see this sentence."),
        ({"note": "  "}, "Say what is changed and why; readers see this sentence."),
        ({"title_vi": OLD}, "Nothing was changed."),
    ],
)
def test_an_empty_proposal_is_refused(answers, sentence, article, portal, english):
    with nothing_changed(), pytest.raises(Refused) as refused:
        propose(article, portal, **answers)
    assert refused.value.messages == [sentence]


def test_only_one_change_waits_at_a_time(article, portal, english):
    propose(article, portal)
    with nothing_changed(), pytest.raises(Refused) as refused:
        propose(article, portal, by=portal.secretary, title_vi="Khác")
    sentence = "Another change to this item is still waiting for approval. Decide on it first."
    assert refused.value.messages == [sentence]


def test_a_change_may_follow_one_that_was_decided(article, portal):
    editing.refuse(propose(article, portal), by=portal.head, note="Không đúng")
    assert propose(article, portal).outcome == "proposed"


# --- who may decide ---------------------------------------------------------------------------------------------------


def test_nobody_approves_their_own_proposal(article, portal, english):
    revision = propose(article, portal, by=portal.head)
    with nothing_changed(), pytest.raises(Refused) as refused:
        editing.apply(revision, by=portal.head)
    sentence = "You proposed this change. Another member of the board must approve it (Article 5.4)."
    assert refused.value.messages == [sentence]
    assert editing.apply(revision, by=portal.member).title_vi == NEW


@pytest.mark.parametrize("role", ["secretary", "reporter", "translator", "technician", "inspector"])
def test_only_the_board_decides(role, article, portal, english):
    revision = propose(article, portal)
    for decide in (editing.apply, lambda *args, **who: editing.refuse(*args, note="Sai", **who)):
        with nothing_changed(), pytest.raises(Refused) as refused:
            decide(revision, by=getattr(portal, role))
        assert refused.value.messages == [ROLE]


def test_another_board_does_not_decide(article, portal, district):
    revision = propose(article, portal)
    with nothing_changed(), pytest.raises(Refused):
        editing.apply(revision, by=district.head)


def test_a_refusal_needs_a_reason_and_keeps_the_text(article, portal, english):
    revision = propose(article, portal)
    with nothing_changed(), pytest.raises(Refused) as refused:
        editing.refuse(revision, by=portal.head, note=" ")
    assert refused.value.messages == ["Give the reason."]
    editing.refuse(revision, by=portal.head, note="Tên cũ là đúng")
    revision.refresh_from_db()
    assert (revision.outcome, revision.refusal, revision.decided_by) == ("refused", "Tên cũ là đúng", portal.head)
    assert titles() == [OLD, OLD, OLD]
    assert AuditEvent.objects.first().action == "refuse_revision"


@pytest.mark.parametrize(("role", "after"), [("editor", {"title_vi": NEW}), ("translator", {"title_en": "Bridge"})])
def test_who_proposed_a_change_may_take_it_back(role, after, article, portal):
    person = getattr(portal, role)
    revision = propose(article, portal, by=person, **after)
    editing.refuse(revision, by=person, note="Tôi nhầm")
    revision.refresh_from_db()
    assert (revision.outcome, revision.decided_by) == ("refused", person)


@pytest.mark.parametrize("first", ["apply", "refuse"])
def test_a_change_is_decided_once(first, article, portal, english):
    revision = propose(article, portal)
    if first == "apply":
        editing.apply(revision, by=portal.head)
    else:
        editing.refuse(revision, by=portal.head, note="Sai")
    for decide in (editing.apply, lambda *args, **who: editing.refuse(*args, note="Sai", **who)):
        with nothing_changed(), pytest.raises(Refused) as refused:
            decide(revision, by=portal.deputy)
        assert refused.value.messages == ["This change was decided on meanwhile."]


@pytest.mark.parametrize("step", ["withdraw", "archive"])
def test_what_is_not_public_any_more_is_not_corrected(step, article, portal):
    revision = propose(article, portal)
    workflow.carry_out(step, article, by=portal.head, note="Sai")
    with nothing_changed(), pytest.raises(Refused):
        editing.apply(revision, by=portal.deputy)


def test_without_a_board_in_force_nothing_is_corrected(article, portal):
    revision = propose(article, portal)
    Board.objects.update(valid_to=ago(days=1).date())
    with nothing_changed(), pytest.raises(Refused):
        editing.apply(revision, by=portal.head)


# --- what may be applied ----------------------------------------------------------------------------------------------


def test_a_proposal_does_not_overwrite_what_was_written_after_it(article, portal, english):
    revision = propose(article, portal, title_vi=NEW, summary_vi=article.summary_vi)
    draft = workflow.carry_out("reopen", withdraw(article, by=portal.head), by=portal.head, note="Viết lại")
    draft.summary_vi = "Tóm tắt viết lại."
    editing.store(draft, by=portal.reporter)
    publish(draft, by=portal.head)
    with nothing_changed(), pytest.raises(Refused) as refused:
        editing.apply(revision, by=portal.deputy)
    sentence = "The text was changed after this change was proposed. Refuse it and propose it anew."
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    "after", [{"title_vi": ""}, {"author": ""}, {"body_vi": ""}, {"expire_at": "2017-01-01T00:00:00+00:00"}]
)
def test_a_change_that_the_model_does_not_allow_is_refused(after, article, portal):
    revision = propose(article, portal, **after)
    with nothing_changed(), pytest.raises(ValidationError):
        editing.apply(revision, by=portal.head)


def test_a_change_does_not_take_the_description_from_a_picture(portal, english):
    fields = {"picture": picture(), "picture_alt_vi": "Cầu", "picture_source": "Minh Thu"}
    article = publish(make_article(portal.agency, by=portal.reporter, **fields), by=portal.head)
    revision = propose(article, portal, picture_alt_vi="")
    with nothing_changed(), pytest.raises(Refused) as refused:
        editing.apply(revision, by=portal.head)
    assert refused.value.messages == ["The picture has no description for readers who cannot see it."]


def test_a_script_in_a_proposal_never_reaches_the_row(article, portal):
    revision = propose(article, portal, body_vi="<p>Một</p><script>alert(1)</script>")
    editing.apply(revision, by=portal.head)
    assert Article.objects.values_list("body_vi", flat=True).get() == "<p>Một</p>"
