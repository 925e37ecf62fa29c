"""What the clock does: items go public and end by themselves; a worker only writes it down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article
from portal.editorial.models import AuditEvent
from portal.editorial.roles import State
from portal.publishing import duties, workflow
from portal.publishing.workflow import Refused, settle_due
from portal.search.models import IndexEntry
from tests.makers import ago, ahead, approve, frozen, make_article, publish, submit
from tests.unchanged import nothing_changed, stored

NOON = timezone.now().replace(hour=5, minute=0, second=0, microsecond=0) + timedelta(days=10)
SECOND = timedelta(seconds=1)


@pytest.fixture
def timed(portal):
    """Approved today, to go public at noon in ten days, for two days."""
    article = make_article(portal.agency, by=portal.editor, expire_at=NOON + timedelta(days=2))
    return publish(article, by=portal.head, at=NOON)


def seen():
    """(the item is readable, lists show it, search finds it) at this moment."""
    entries = IndexEntry.objects.in_language("vi")
    return Article.objects.readable().exists(), entries.visible().exists(), entries.findable().exists()


def rows(article):
    return list(AuditEvent.objects.of(article).order_by("pk").values_list("action", "actor", "at"))[3:]


@pytest.mark.parametrize(
    ("moment", "state", "shown"),
    [
        (NOON - SECOND, State.APPROVED, (False, False, False)),
        (NOON, State.PUBLISHED, (True, True, True)),
        (NOON + timedelta(days=2) - SECOND, State.PUBLISHED, (True, True, True)),
        (NOON + timedelta(days=2), State.ARCHIVED, (True, False, True)),
    ],
)
def test_an_item_goes_public_and_ends_on_time_without_a_worker(moment, state, shown, timed):
    assert (timed.state, timed.publish_at, timed.first_published_at) == (State.APPROVED, NOON, None)
    with frozen(moment):
        assert (timed.current_state, seen()) == (state, shown)
        assert timed.is_readable == shown[0]
        assert [row.pk for row in Article.objects.in_state(state)] == [timed.pk]
        assert sum(Article.objects.in_state(other).count() for other in State) == 1


def test_the_worker_writes_down_once_what_went_public(timed):
    with frozen(NOON + SECOND):
        assert settle_due(Article) == 1
        after = stored()
        assert settle_due(Article) == 0
        assert stored() == after
    article = Article.objects.get()
    assert (article.state, article.first_published_at) == (State.PUBLISHED, NOON)
    assert rows(article) == [("publish", None, NOON)]
    assert article.path() == timed.path()


def test_the_worker_writes_down_once_what_ended(timed):
    end = NOON + timedelta(days=2)
    with frozen(NOON + SECOND):
        settle_due(Article)
    with frozen(end + SECOND):
        assert (settle_due(Article), settle_due(Article)) == (1, 0)
    article = Article.objects.get()
    assert (article.state, rows(article)) == (State.ARCHIVED, [("publish", None, NOON), ("expire", None, end)])
    assert set(IndexEntry.objects.values_list("archived", flat=True)) == {True}


def test_a_worker_that_slept_through_both_writes_both_down(timed):
    end = NOON + timedelta(days=2)
    with frozen(end + timedelta(days=30)):
        assert settle_due(Article) == 1
    article = Article.objects.get()
    assert (article.state, article.first_published_at) == (State.ARCHIVED, NOON)
    assert rows(article) == [("publish", None, NOON), ("expire", None, end)]


def test_the_worker_leaves_alone_what_is_not_due(timed, portal):
    make_article(portal.agency, by=portal.editor)
    with frozen(NOON - SECOND), nothing_changed():
        assert settle_due(Article) == 0


def test_the_worker_announces_what_it_settled(timed, heard, django_capture_on_commit_callbacks):
    with frozen(NOON), django_capture_on_commit_callbacks(execute=True):
        settle_due(Article)
    assert heard == [("settle", None)]


def test_a_step_on_an_item_that_is_due_writes_the_publication_down_first(timed, portal):
    with frozen(NOON + SECOND):
        workflow.carry_out("withdraw", timed, by=portal.head, note="Sai")
    assert [row[0] for row in rows(timed)] == ["publish", "withdraw"]
    assert Article.objects.get().first_published_at == NOON


def test_what_has_gone_public_is_not_recalled(timed, portal, english):
    with frozen(NOON), nothing_changed(), pytest.raises(Refused) as refused:
        workflow.carry_out("recall", timed, by=portal.head, note="Chưa đăng")
    assert refused.value.messages == ["“Recall before publication” is not possible: the item is now “Published”."]


PASSED = "The time of publication has passed. Publication is never back-dated."
AFTER_THE_END = "The item would go public after the end of its display."


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (ago(minutes=1), PASSED),
        (ago(days=300), PASSED),
        (NOON + timedelta(days=2), AFTER_THE_END),
        (NOON + timedelta(days=3), AFTER_THE_END),
    ],
)
def test_a_time_that_cannot_be_is_refused(at, sentence, portal, english):
    article = submit(make_article(portal.agency, by=portal.editor, expire_at=NOON + timedelta(days=2)))
    with nothing_changed(), pytest.raises(Refused) as refused:
        approve(article, by=portal.head, at=at)
    assert refused.value.messages == [sentence]


def test_this_very_moment_is_no_time_to_come(portal, english):
    article = submit(make_article(portal.agency, by=portal.editor))
    with frozen(NOON), nothing_changed(), pytest.raises(Refused) as refused:
        approve(article, by=portal.head, at=NOON)
    assert refused.value.messages == [PASSED]


@pytest.mark.parametrize(("name", "state"), [("submit", "draft"), ("publish_urgently", "draft")])
def test_only_approval_takes_a_time(name, state, portal, english):
    article = make_article(portal.agency, by=portal.editor)
    with nothing_changed(), pytest.raises(Refused) as refused:
        workflow.carry_out(name, article, by=portal.head, note="Bão", at=ahead(days=1), declared=True)
    assert refused.value.messages == ["This step takes no time of publication."]


@pytest.mark.parametrize("name", ["approve", "publish_urgently"])
def test_an_item_whose_display_has_ended_is_not_published(name, portal, english):
    article = submit(make_article(portal.agency, by=portal.editor, expire_at=ago(hours=1)))
    with nothing_changed(), pytest.raises(Refused) as refused:
        workflow.carry_out(name, article, by=portal.head, note="Bão", declared=True)
    assert refused.value.messages == ["The end of its display has passed. Change “shown until” first."]


def test_one_item_that_cannot_be_settled_does_not_keep_the_others(timed, portal, monkeypatch):
    other = approve(submit(make_article(portal.agency, by=portal.editor)), at=NOON)
    keep = duties.keep
    monkeypatch.setattr(duties, "keep", lambda item: 1 / 0 if item.pk == timed.pk else keep(item))
    with frozen(NOON), pytest.raises(RuntimeError):
        settle_due(Article)
    states = dict(Article.objects.values_list("pk", "state"))
    assert (states[timed.pk], states[other.pk]) == (State.APPROVED, State.PUBLISHED)
