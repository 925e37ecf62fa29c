"""The worker's round: what is due is done once, and one task's misfortune is its own."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import get_language

from news.models import Article
from portal.editorial.models import AuditEvent
from portal.editorial.roles import State
from portal.notices.outbox import enqueue
from portal.publishing.registry import Chore
from portal.worker import jobs, loop
from portal.worker.loop import Run, run_all, run_due, work_until
from portal.worker.models import Heartbeat, Job, worker_is_alive
from tests.makers import ahead, frozen, make_article, publish

NOON = timezone.now().replace(hour=5, minute=0, second=0, microsecond=0) + timedelta(days=10)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """What ends a worker here and now, as SIGKILL does."""


@pytest.fixture
def tasks(monkeypatch):
    """`tasks(count=work)`: the worker has these tasks, each every ten seconds, and no others."""

    def replace(**works):
        chores = [Chore(name, 10 * SECOND, work) for name, work in works.items()]
        monkeypatch.setattr(jobs, "tasks", lambda: chores)

    return replace


@pytest.fixture
def counted(tasks):
    """The moments at which the only task, "count", was run."""
    moments = []
    tasks(count=lambda: moments.append(timezone.now()) or len(moments))
    return moments


def fail():
    raise ValueError("không được")


def test_the_worker_settles_items_and_sends_mail_every_ten_seconds():
    assert [(task.name, task.every) for task in jobs.tasks()[:2]] == [("settle", 10 * SECOND), ("mail", 10 * SECOND)]


def test_an_item_approved_for_a_set_time_is_settled_by_the_worker(portal):
    article = publish(make_article(portal.agency, by=portal.editor), by=portal.head, at=ahead(hours=1))
    assert Run("settle", 0) in run_due()
    with frozen(ahead(hours=2)):
        assert Run("settle", 1) in run_due()
    with frozen(ahead(hours=3)):
        assert Run("settle", 0) in run_due()
    settled = Article.objects.get()
    assert (settled.state, settled.first_published_at) == (State.PUBLISHED, article.publish_at)
    actions = AuditEvent.objects.of(article).order_by("pk").values_list("action", "actor", "at")
    assert list(actions)[3:] == [("publish", None, article.publish_at)]


def test_a_message_that_waits_is_sent_by_the_worker(db):
    enqueue("hoi-12", to="ubnd@quangngai.gov.vn", subject="Đến hạn", body="Hôm nay.")
    assert Run("mail", 1) in run_due()
    assert [message.subject for message in mail.outbox] == ["Đến hạn"]


def test_a_task_is_due_again_after_its_period(db, counted):
    for seconds, runs in [(0, 1), (9.9, 1), (10, 2), (11, 2), (60, 3), (69, 3), (70, 4)]:
        moment = NOON + seconds * SECOND
        with frozen(moment):
            run_due()
        assert len(counted) == runs, seconds
    job = Job.objects.get()
    assert (job.name, job.runs, job.last_result, job.last_error) == ("count", 4, 4, "")
    assert (job.started_at, job.finished_at, job.due_at) == (NOON + 70 * SECOND, NOON + 70 * SECOND, NOON + 80 * SECOND)
    assert job.lease_until is None


def test_the_moment_can_be_given(db, counted):
    assert run_due(NOON) == [Run("count", 1)]
    assert (run_due(NOON + 9 * SECOND), run_due(NOON + 10 * SECOND)) == ([], [Run("count", 2)])


def test_a_task_works_in_vietnamese_whatever_the_worker_speaks(db, tasks, english):
    heard = []
    tasks(speak=lambda: heard.append(get_language()) or 0)
    run_due()
    assert heard == ["vi"]


def test_a_round_without_work_writes_nothing(db, counted, django_assert_num_queries):
    run_due()
    with django_assert_num_queries(2) as queries:
        assert run_due() == []
    assert [query["sql"].split()[0] for query in queries] == ["SELECT", "SELECT"]


def test_a_task_that_fails_is_told_and_does_not_stop_the_next(db, tasks, caplog):
    tasks(broken=fail, count=lambda: 7)
    with frozen(NOON):
        assert run_due() == [Run("broken", None, "ValueError: không được"), Run("count", 7)]
    broken, count = Job.objects.all()
    assert (broken.last_result, broken.last_error, broken.runs) == (None, "ValueError: không được", 1)
    assert (broken.due_at, broken.lease_until) == (NOON + 10 * SECOND, None)
    assert (count.last_result, count.last_error) == (7, "")
    (record,) = caplog.records
    assert (record.message, record.exc_info[0]) == ("The task broken failed.", ValueError)


def test_a_task_that_failed_is_tried_after_its_period_and_its_error_goes(db, tasks):
    tasks(broken=fail)
    run_due(NOON)
    tasks(broken=lambda: 3)
    assert run_due(NOON + 9 * SECOND) == []
    assert run_due(NOON + 10 * SECOND) == [Run("broken", 3)]
    job = Job.objects.get()
    assert (job.last_result, job.last_error, job.runs) == (3, "", 2)


def test_the_task_of_a_killed_worker_is_taken_over_when_its_lease_ends_not_before(db, tasks):
    def kill():
        raise Killed

    tasks(count=kill)
    with pytest.raises(Killed):
        run_due(NOON)
    left = Job.objects.get()
    assert (left.started_at, left.lease_until, left.runs) == (NOON, NOON + 10 * MINUTE, 0)
    tasks(count=lambda: 1)
    assert run_due(NOON + 10 * MINUTE - SECOND) == []
    assert run_all(NOON + 10 * MINUTE - SECOND) == [Run("count")]
    assert run_due(NOON + 10 * MINUTE) == [Run("count", 1)]
    assert (Job.objects.get().runs, Job.objects.get().lease_until) == (1, None)


def test_a_task_that_outlasts_its_lease_does_not_disturb_the_worker_that_took_over(db, tasks, caplog):
    theirs = NOON + 20 * MINUTE
    tasks(count=lambda: Job.objects.update(lease_until=theirs))
    run_due(NOON)
    job = Job.objects.get()
    assert (job.lease_until, job.runs, job.finished_at) == (theirs, 0, None)
    assert "outlasted its lease" in caplog.text


def test_once_runs_every_task_due_or_not(db, tasks, capsys):
    tasks(one=lambda: 1, two=lambda: 2)
    out = StringIO()
    call_command("worker", once=True, stdout=out)
    call_command("worker", once=True, stdout=out)
    assert out.getvalue() == "one: 1\ntwo: 2\n" * 2
    assert list(Job.objects.values_list("name", "runs")) == [("one", 2), ("two", 2)]
    assert not Heartbeat.objects.exists()


def test_once_says_which_task_failed(db, tasks):
    tasks(one=lambda: 1, broken=fail, two=lambda: 2)
    out = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("worker", once=True, stdout=out)
    assert (str(failure.value), failure.value.returncode) == ("Failed: broken.", 1)
    assert out.getvalue() == "one: 1\nbroken: failed (ValueError: không được)\ntwo: 2\n"


def test_once_leaves_what_another_worker_has_in_hand(db, tasks):
    tasks(one=lambda: 1, two=lambda: 2)
    Job.objects.create(name="one", lease_until=ahead(minutes=5))
    out = StringIO()
    call_command("worker", once=True, stdout=out)
    assert out.getvalue() == "one: in the hands of another worker\ntwo: 2\n"


@pytest.fixture
def work(monkeypatch):
    """`work(until=done)`: rounds without a pause until `done()`, thirty at most."""
    monkeypatch.setattr(loop, "PAUSE", 0)
    # the test's transaction would not outlive its connection
    monkeypatch.setattr(loop, "close_old_connections", lambda: None)
    monkeypatch.setattr(type(loop.connection), "close", lambda connection: None, raising=False)

    def rounds(until):
        asked = iter([False] * 30)
        work_until(lambda: bool(until()) or next(asked, True))

    return rounds


def test_a_worker_that_is_told_to_end_finishes_the_task_in_hand_and_begins_no_other(db, tasks, work):
    done = []
    tasks(one=lambda: done.append("one") or 1, two=lambda: done.append("two") or 1)
    work(until=lambda: done)
    assert done == ["one"]
    assert list(Job.objects.values_list("name", "runs", "lease_until")) == [("one", 1, None), ("two", 0, None)]
    assert not Heartbeat.objects.exists()


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_worker_outlives_its_database(error, db, counted, work, monkeypatch, caplog):
    failures = [error("server closed the connection"), error("starting up")]
    beat_well = loop.Pulse.beat

    def beat(pulse):
        if failures:
            raise failures.pop(0)
        beat_well(pulse)

    monkeypatch.setattr(loop.Pulse, "beat", beat)
    work(until=lambda: counted)
    assert len(counted) == 1
    assert [record.message for record in caplog.records] == [
        f"The database does not answer: {error.__name__}: server closed the connection",
        f"The database does not answer: {error.__name__}: starting up",
    ]


def test_a_worker_shows_that_it_is_alive_while_it_works_and_not_afterwards(db, tasks, work):
    seen = []
    tasks(look=lambda: seen.append((worker_is_alive(), Heartbeat.objects.count())) or 0)
    assert not worker_is_alive()
    work(until=lambda: seen)
    assert seen == [(True, 1)]
    assert not worker_is_alive()


def test_a_heartbeat_counts_for_a_minute(db):
    Heartbeat.objects.create(name="may-chu:12", started_at=NOON, beat_at=NOON)
    assert worker_is_alive(NOON + 60 * SECOND)
    assert not worker_is_alive(NOON + 61 * SECOND)


def test_a_worker_beats_every_ten_seconds(db):
    pulse, beats = loop.Pulse(), []
    for seconds in [0, 1, 9, 10, 15, 21]:
        with frozen(NOON + seconds * SECOND):
            pulse.beat()
        beats.append((Heartbeat.objects.get().beat_at - NOON).seconds)
    assert beats == [0, 0, 0, 10, 10, 21]
    assert Heartbeat.objects.get().started_at == pulse.started_at


def test_a_new_worker_clears_away_the_heartbeats_of_those_killed_long_ago(db):
    for name, beat_at in [("may-chu:1", NOON - timedelta(days=1, seconds=1)), ("may-chu:2", NOON - MINUTE)]:
        Heartbeat.objects.create(name=name, started_at=beat_at, beat_at=beat_at)
    pulse = loop.Pulse()
    with frozen(NOON):
        pulse.beat()
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"may-chu:2", pulse.name}
