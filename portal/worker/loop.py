"""The worker's round: every task that is due is run by one worker, whatever happened to the task before it."""

import logging
import os
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.db.models import F
from django.utils import timezone, translation

from portal.notices.faults import describe
from portal.worker import jobs
from portal.worker.models import Heartbeat, Job

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
PAUSE = 1  # seconds between two rounds
BEAT = timedelta(seconds=10)


@dataclass(frozen=True)
class Run:
    """What came of one task."""

    name: str
    result: int | None = None  # None: it failed, or is in the hands of another worker
    error: str = ""

    def __str__(self):
        if self.error:
            return f"{self.name}: failed ({self.error})"
        return f"{self.name}: in the hands of another worker" if self.result is None else f"{self.name}: {self.result}"


def run_due(now=None):
    """Runs every task whose time has come and that no other worker has taken. Returns what came of each."""
    return list(_each_due(now))


def run_all(now=None):
    """Runs every task, due or not, except those that another worker has taken. Returns what came of each."""
    _enter()
    return [_run(task, Job.objects.all(), now) or Run(task.name) for task in jobs.tasks()]


def _each_due(now=None):
    """One run after the other, so that whoever asks for them can stop in between."""
    _enter()
    due = set(Job.objects.due(now).free(now).values_list("name", flat=True))  # most rounds end here, without a write
    for task in jobs.tasks():
        if task.name in due and (run := _run(task, Job.objects.due(now), now)):
            yield run


def _enter():
    """Gives every task its row."""
    known = set(Job.objects.values_list("name", flat=True))
    missing = [Job(name=task.name, due_at=timezone.now()) for task in jobs.tasks() if task.name not in known]
    Job.objects.bulk_create(missing, ignore_conflicts=True)  # another worker may be entering them too


def _run(task, rows, now):
    """Takes the task, if it is free and among the rows, and runs it. None when another worker was first."""
    now = now or timezone.now()
    lease = now + LEASE
    # the condition and the change are one statement: of two workers one finds the row as it should be
    if not rows.free(now).filter(name=task.name).update(lease_until=lease, started_at=now):
        return None
    run = _work(task)
    mine = Job.objects.filter(name=task.name, lease_until=lease)
    if not mine.update(
        lease_until=None,
        due_at=now + task.every,
        finished_at=timezone.now(),
        runs=F("runs") + 1,
        last_result=run.result,
        last_error=run.error,
    ):
        logger.warning("The task %s outlasted its lease of %s; another worker has taken it.", task.name, LEASE)
    return run


def _work(task):
    try:
        with translation.override("vi"):
            return Run(task.name, task.work())
    except Exception as error:  # what one task stumbles over must not keep the others from their work
        logger.exception("The task %s failed.", task.name)
        if not connection.is_usable():
            connection.close()  # the next one can tell what happened
        return Run(task.name, error=describe(error))


def work_until(ended):
    """Rounds, a second apart, until `ended()`, which is asked between tasks too: the one in hand is finished."""
    pulse = Pulse()
    try:
        while not ended():
            with _outliving_the_database():
                _go_round(pulse, ended)
            if not ended():
                time.sleep(PAUSE)
    finally:
        with _outliving_the_database():
            pulse.stop()


def _go_round(pulse, ended):
    pulse.beat()
    for _run in _each_due():
        pulse.beat()
        if ended():
            break


@contextmanager
def _outliving_the_database():
    """A database that is restarted ends connections and refuses new ones for a while; the worker waits for it."""
    close_old_connections()
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        logger.warning("The database does not answer: %s", describe(error))
        connection.close()


class Pulse:
    """Keeps the heartbeat row of this process."""

    def __init__(self):
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.started_at, self.beat_at = timezone.now(), None

    def beat(self):
        now = timezone.now()
        if self.beat_at is None:
            Heartbeat.objects.forgotten(now).delete()
        if self.beat_at is None or now - self.beat_at >= BEAT:
            # a process of the same number may have left its row behind
            row = {"started_at": self.started_at, "beat_at": now}
            Heartbeat.objects.update_or_create(name=self.name, defaults=row)
            self.beat_at = now

    def stop(self):
        Heartbeat.objects.filter(name=self.name).delete()
