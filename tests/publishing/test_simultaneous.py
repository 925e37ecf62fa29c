"""Two people act on one item at the same moment: one of them is first, and the other is told."""

import time

import pytest
from django.utils import translation

from news.models import Article
from portal.editorial.models import AuditEvent
from portal.editorial.roles import State
from portal.publishing import editing, workflow
from portal.publishing.models import Revision
from portal.publishing.signals import changing
from portal.publishing.workflow import Refused
from portal.search.models import IndexEntry
from tests.makers import ago, approve, make_article, publish, submit
from tests.together import together

pytestmark = pytest.mark.usefixtures("two_connections", "slow_transactions")


@pytest.fixture
def slow_transactions():
    """Whoever is first stays inside the transaction until the other has surely come."""

    def wait(sender, item, **kwargs):
        time.sleep(0.3)

    changing.connect(wait)
    yield
    changing.disconnect(wait)


def actions(article):
    return list(AuditEvent.objects.of(article).order_by("pk").values_list("action", flat=True))


def in_english(action):
    def act():
        with translation.override("en"):
            return action()

    return act


def outcome(results):
    """The one answer and the one refusal, whoever was first."""
    (answer,) = [row for row in results if not isinstance(row, Exception)]
    (refused,) = [row for row in results if isinstance(row, Exception)]
    assert isinstance(refused, Refused), refused
    return answer, refused


def test_of_two_approvals_one_succeeds_and_one_is_refused(portal):
    article = submit(make_article(portal.agency, by=portal.editor))
    people = (portal.head, portal.deputy)
    results = together(*[in_english(lambda by=by: approve(article, by=by)) for by in people])
    answer, refused = outcome(results)
    assert refused.messages == ["“Approve” is not possible: the item is now “Published”."]
    assert actions(article) == ["create", "submit", "approve", "publish"]
    stored = Article.objects.get()
    assert (stored.state, stored.version, stored.approved_by) == (State.PUBLISHED, 3, answer.approved_by)
    assert IndexEntry.objects.count() == 2


def test_of_an_approval_and_a_return_one_succeeds(portal):
    article = submit(make_article(portal.agency, by=portal.editor))
    results = together(
        lambda: approve(article, by=portal.head),
        lambda: workflow.carry_out("return", article, by=portal.secretary, note="Sửa lại"),
    )
    answer, _refused = outcome(results)
    assert Article.objects.get().state == answer.state
    assert len(actions(article)) == (4 if answer.state == State.PUBLISHED else 3)
    assert IndexEntry.objects.count() == (2 if answer.state == State.PUBLISHED else 0)


def test_two_workers_write_down_once_what_went_public(portal):
    article = publish(make_article(portal.agency, by=portal.editor), by=portal.head)
    Article.objects.update(state=State.APPROVED, publish_at=ago(minutes=1))
    assert sorted(together(lambda: workflow.settle_due(Article), lambda: workflow.settle_due(Article))) == [0, 1]
    assert actions(article) == ["create", "submit", "approve", "publish", "publish"]


def test_of_two_proposals_one_waits_and_one_is_refused(portal):
    article = publish(make_article(portal.agency, by=portal.reporter), by=portal.head)
    people = (portal.editor, portal.secretary)
    results = together(
        *[lambda by=by: editing.propose(article, {"title_vi": str(by)}, by=by, note="Sửa") for by in people]
    )
    answer, _refused = outcome(results)
    assert Revision.objects.get() == answer


def test_of_two_decisions_on_a_change_one_counts(portal):
    article = publish(make_article(portal.agency, by=portal.reporter, title_vi="Cũ"), by=portal.head)
    revision = editing.propose(article, {"title_vi": "Mới"}, by=portal.editor, note="Sửa")
    results = together(
        lambda: editing.apply(revision, by=portal.deputy) or "applied",
        lambda: editing.refuse(revision, by=portal.member, note="Sai") or "refused",
    )
    answer, _refused = outcome(results)
    applied = answer != "refused"
    assert Revision.objects.get().outcome == ("applied" if applied else "refused")
    assert Article.objects.get().title_vi == ("Mới" if applied else "Cũ")
