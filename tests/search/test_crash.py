"""Whatever breaks off a change, at whatever point: index and items agree afterwards."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from portal.publishing import editing, reading, workflow
from portal.publishing.models import Attachment
from portal.publishing.signals import changing
from portal.search.indexing import rebuild
from portal.search.models import IndexEntry
from tests.files.documents import text_pdf
from tests.files.samples import file
from tests.makers import archive, make_article, publish, submit, withdraw

PROJECT = Path(__file__).parents[2]
PATIENCE = 20


@pytest.fixture
def draft(portal):
    return make_article(portal.agency, by=portal.editor, title_vi="Cầu Thach Bích")


def attach(article):
    return Attachment.objects.create(item=article, file=file(text_pdf("Thạch Bích"), "a.pdf"), title_vi="Tệp")


# --- an error ---------------------------------------------------------------------------------------------------------


class Crash(Exception):
    pass


@pytest.fixture
def crash():
    """From its call on, whoever changes an item fails when the index has followed."""

    def fail(sender, item, **kwargs):
        raise Crash

    yield lambda: changing.connect(fail, dispatch_uid="tests.crash", weak=False)
    changing.disconnect(dispatch_uid="tests.crash")


def urgently(portal, article):
    return lambda: workflow.carry_out("publish_urgently", article, by=portal.head, note="Bão.", declared=True)


def correction(portal, article):
    after = {"title_vi": "Cầu Thạch Bích"}
    revision = editing.propose(publish(article), after, by=portal.editor, note="Sửa.")
    return lambda: editing.apply(revision, by=portal.head)


def reading_of_a_file(portal, article):
    row = attach(publish(article))
    return lambda: reading.read(row)


def archiving(portal, article):
    public = publish(article)
    return lambda: archive(public)


def withdrawal(portal, article):
    public = publish(article)
    return lambda: withdraw(public)


CHANGES = [urgently, correction, reading_of_a_file, archiving, withdrawal]


@pytest.mark.parametrize("prepare", CHANGES, ids=lambda prepare: prepare.__name__)
def test_a_change_that_fails_leaves_index_and_item_as_they_were(portal, draft, crash, prepare):
    change = prepare(portal, draft)
    before = list(IndexEntry.objects.order_by("pk").values()), type(draft).objects.values().get()
    crash()
    with pytest.raises(Crash):
        change()
    assert (list(IndexEntry.objects.order_by("pk").values()), type(draft).objects.values().get()) == before
    assert not rebuild(write=False)


def test_a_change_that_is_refused_leaves_the_index_as_it_was(portal, draft):
    submit(draft)
    with pytest.raises(workflow.Refused):
        workflow.carry_out("approve", draft, by=portal.editor, declared=True)
    assert not IndexEntry.objects.exists()
    assert not rebuild(write=False)


# --- a process that is killed -----------------------------------------------------------------------------------------


class Processes:
    """Other processes of the portal on the same data: on SQLite on a copy of it, which is in memory here."""

    def __init__(self, folder, media):
        self.folder, self.started = folder, []
        own = {"PORTAL_VAR": str(folder), "PORTAL_MEDIA": str(media), "DJANGO_SETTINGS_MODULE": "portal.settings"}
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("PORTAL_")} | own
        if connection.vendor == "postgresql":
            known = connection.settings_dict
            self.environment["PORTAL_DATABASE"] = f"postgresql://postgres@/{known['NAME']}?host={known['HOST']}"
        else:
            with closing(sqlite3.connect(folder / "portal.sqlite3")) as copy:
                connection.connection.backup(copy)

    def start(self, work, article):
        command = [sys.executable, "-m", "tests.search.dying", work, str(article.pk)]
        self.started.append(subprocess.Popen(command, cwd=PROJECT, env=self.environment, stdout=subprocess.PIPE))
        return self.started[-1]

    def kill_in_the_midst_of(self, work, article):
        process = self.start(work, article)
        end = time.monotonic() + PATIENCE
        while not (self.folder / "in-hand").exists():
            assert process.poll() is None and time.monotonic() < end, "it did not come to pass"
            time.sleep(0.02)
        process.kill()
        assert process.wait(PATIENCE) == -signal.SIGKILL

    def look(self, article):
        said, _ = self.start("look", article).communicate(timeout=PATIENCE)
        return json.loads(said)


@pytest.fixture
def processes(settings, tmp_path):
    started = []

    def make():
        started.append(Processes(tmp_path, settings.MEDIA_ROOT))
        return started[-1]

    yield make
    for process in [process for row in started for process in row.started]:
        process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("work", "prepare", "left"),
    [
        ("publish", lambda article: article, ["draft", "waiting", 0, 0]),
        ("read", publish, ["published", "waiting", 0, 2]),
    ],
)
def test_a_process_killed_in_the_midst_of_its_work_leaves_an_index_that_agrees(
    portal, draft, processes, work, prepare, left
):
    article = prepare(draft)
    attach(article)
    others = processes()
    others.kill_in_the_midst_of(work, article)
    assert others.look(article) == [*left, 0, True]
