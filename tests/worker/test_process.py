"""The worker as a process of its own, on a SQLite of its own: what it leaves behind when it is killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PATIENCE = 20


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory):
    folder = tmp_path_factory.mktemp("worker")
    Portal(folder).manage("migrate", "--verbosity", "0")
    with closing(sqlite3.connect(folder / "portal.sqlite3")) as database:
        yield database


@pytest.fixture
def installation(empty_database, tmp_path):
    """A portal without anything in it, and what is still running in the end is killed."""
    with closing(sqlite3.connect(tmp_path / "portal.sqlite3")) as copy:
        empty_database.backup(copy)
    portal = Portal(tmp_path)
    yield portal
    for process in portal.processes:
        process.kill()
        process.wait()


class Portal:
    def __init__(self, folder):
        self.folder, self.processes = folder, []
        own = {"PORTAL_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.worker.slow_settings"}
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("PORTAL_")} | own

    def start(self, *command):
        self.processes.append(subprocess.Popen(command, cwd=PROJECT, env=self.environment, stdout=subprocess.PIPE))
        return self.processes[-1]

    def worker(self, *arguments):
        """A worker that has given its first sign of life."""
        before = len(self.ask("SELECT * FROM worker_heartbeat"))
        process = self.start(sys.executable, "manage.py", "worker", *arguments)
        until(lambda: len(self.ask("SELECT * FROM worker_heartbeat")) > before)
        return process

    def manage(self, *arguments):
        """What the command said; it ended well."""
        process = self.start(sys.executable, "manage.py", *arguments)
        said, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        return said.decode()

    def ask(self, query):
        with closing(sqlite3.connect(self.folder / "portal.sqlite3")) as database, database:
            return database.execute(query).fetchall()

    def enqueue(self, key):
        now = "2017-05-05 00:00:00"
        self.ask(
            "INSERT INTO notices_message (key, recipient, subject, body, folded, language, created_at, send_after, "
            "attempts, last_error, refusal) VALUES "
            f"('{key}', 'ubnd@quangngai.gov.vn', 'Đến hạn', 'Hôm nay.', '', 'vi', '{now}', '{now}', 0, '', '')"
        )

    def mails(self):
        return [path.read_text().count("\nMessage-ID:") for path in (self.folder / "mail").glob("*.log")]


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


def test_a_worker_killed_with_a_message_in_hand_leaves_it_to_the_next_which_sends_it_once(installation):
    installation.enqueue("hoi-12")
    worker = installation.worker()
    until((installation.folder / "in-hand").exists)
    worker.kill()
    assert worker.wait(PATIENCE) == -signal.SIGKILL
    (installation.folder / "go").touch()
    assert installation.ask("SELECT sent_at, attempts, lease_until > created_at FROM notices_message") == [(None, 0, 1)]
    assert installation.manage("worker", "--once") == (
        "settle: 0\nmail: in the hands of another worker\nrecount: 0\nremind: 0\nread_files: 0\n"
        "forget_queries: 0\nforget_letters: 0\nforget_uploads: 0\nforget_counts: 0\nfollow_live_facets: 0\n"
        "link_relations: 0\nimports: 0\ngazette_pdf: 0\ngazette_alarm: 0\nend_waiting: 0\nerase_cases: 0\n"
    )
    assert installation.mails() == []
    installation.ask("UPDATE worker_job SET lease_until = '2017-05-05 00:00:00'")
    assert installation.manage("worker", "--once").splitlines()[1] == "mail: 0"
    assert installation.mails() == []
    installation.ask("UPDATE notices_message SET lease_until = '2017-05-05 00:00:00'")
    assert [installation.manage("worker", "--once").splitlines()[1] for _ in range(2)] == ["mail: 1", "mail: 0"]
    assert installation.mails() == [1]
    assert installation.ask("SELECT sent_at > created_at, attempts, lease_until FROM notices_message") == [(1, 0, None)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_end_finishes_what_it_has_in_hand_and_ends_well(number, installation):
    installation.enqueue("hoi-12")
    worker = installation.worker()
    until((installation.folder / "in-hand").exists)
    worker.send_signal(number)
    time.sleep(0.3)
    assert worker.poll() is None
    (installation.folder / "go").touch()
    assert worker.wait(3) == 0
    assert installation.mails() == [1]
    assert installation.ask("SELECT * FROM worker_heartbeat") == []
    assert installation.ask("SELECT name FROM worker_job WHERE lease_until IS NOT NULL") == []


def test_a_worker_ends_with_the_process_it_was_started_beside(installation):
    companion = installation.start("sleep", "60")
    worker = installation.worker("--with", str(companion.pid))
    time.sleep(1.5)
    assert worker.poll() is None
    companion.kill()
    companion.wait()
    assert worker.wait(3) == 0
    assert installation.ask("SELECT * FROM worker_heartbeat") == []
