"""Two workers at the same moment: a task is run by one of them."""

import time
from datetime import timedelta

import pytest

from portal.publishing.registry import Chore
from portal.worker import jobs
from portal.worker.loop import run_all, run_due
from portal.worker.models import Job
from tests.together import together

pytestmark = pytest.mark.usefixtures("two_connections")


@pytest.fixture
def slow(monkeypatch):
    """The names of the tasks that were run; each takes its time."""
    done = []

    def task(name):
        def work():
            done.append(name)
            time.sleep(0.3)
            return 1

        return Chore(name, timedelta(seconds=10), work)

    monkeypatch.setattr(jobs, "tasks", lambda: [task("one"), task("two")])
    return done


def test_of_two_workers_one_runs_a_task_that_is_due(slow):
    results = together(run_due, run_due)
    assert sorted(str(run) for runs in results for run in runs) == ["one: 1", "two: 1"]
    assert sorted(slow) == ["one", "two"]
    assert list(Job.objects.values_list("name", "runs", "lease_until")) == [("one", 1, None), ("two", 1, None)]


def test_of_two_cron_runs_one_finds_the_task_in_the_hands_of_the_other(slow):
    results = together(run_all, run_all)
    assert sorted(str(runs[0]) for runs in results) == ["one: 1", "one: in the hands of another worker"]
    assert slow.count("one") == 1
