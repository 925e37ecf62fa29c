"""Two hundred people send at one moment, over HTTP, to a real server, of which a process is killed meanwhile."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection

from portal.intake.models import Acceptance
from portal.notices.models import Message
from portal.obligations.models import Obligation
from qa.models import Case
from tests.notices.server import serving
from tests.qa.makers import FACTS

PROJECT = Path(__file__).parents[2]
PEOPLE, PATIENCE = 200, 90
STAMP = re.compile(r'name="stamp" value="([^"]+)"')
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
RECEIPT = re.compile(r"/hoi-dap/theo-doi/(HD-[0-9A-Z-]+)/[0-9A-Z-]+/bien-nhan/$")


class Server:
    def __init__(self, folder, media, mail_port):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        known = connection.settings_dict
        own = {
            "PORTAL_VAR": str(folder),
            "PORTAL_MEDIA": str(media),
            "PORTAL_DATABASE": f"postgresql://postgres@/{known['NAME']}?host={known['HOST']}",
            "PORTAL_PROXIES": "1",
            "PORTAL_EMAIL_PORT": str(mail_port),
            "DJANGO_SETTINGS_MODULE": "tests.qa.crowd_settings",
        }
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("PORTAL_")} | own
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        options = ["--workers", "3", "--threads", "8", "--worker-class", "gthread", "--no-control-socket"]
        self.process = subprocess.Popen([*command, *options, "--log-level", "error"], cwd=PROJECT, env=self.environment)
        self._wait()

    def _wait(self):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if self.get("/suc-khoe/").status == 200:
                    return
            except OSError:
                assert time.monotonic() < end, "the server does not answer"
                time.sleep(0.2)

    def get(self, path, **headers):
        return self._ask("GET", path, headers=headers)

    def post(self, path, data, **headers):
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(data), headers=headers | kind)

    def _ask(self, method, path, body=None, headers=None):
        ask = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        ask.request(method, path, body, {"Host": f"localhost:{self.port}", **(headers or {})})
        answer = ask.getresponse()
        answer.text = answer.read().decode(errors="replace")
        ask.close()
        return answer

    def workers(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def deliver(self):
        """One round of the background worker."""
        command = [sys.executable, "manage.py", "worker", "--once"]
        return subprocess.run(command, cwd=PROJECT, env=self.environment, check=True, capture_output=True)


@pytest.fixture
def mail():
    with serving() as server:
        yield server


@pytest.fixture
def server(desk, transactional_db, tmp_path, settings, mail):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is in memory here, and has one writer")
    started = Server(tmp_path, settings.MEDIA_ROOT, mail.port)
    yield started
    started.process.terminate()
    started.process.wait(PATIENCE)


class Person:
    """Opens the form, fills it in and sends it; who gets no answer sends once more, every fifth clicks twice."""

    def __init__(self, server, number):
        self.server, self.number = server, number
        self.email = f"nguoi{number}@example.com"
        self.network = {"X-Forwarded-For": f"10.{number // 200}.{number % 200}.7"}
        page = server.get("/hoi-dap/gui/", **self.network)
        cookie = page.getheader("Set-Cookie").partition(";")[0]
        self.headers = self.network | {"Cookie": cookie, "Referer": f"http://localhost:{server.port}/"}
        boxes = {f"agree_{code}": "on" for code in ("liability", "privacy", "publication")}
        self.form = (
            FACTS
            | boxes
            | {
                "stamp": STAMP.search(page.text)[1],
                "csrfmiddlewaretoken": CSRF.search(page.text)[1],
                "subject": f"Câu hỏi của người thứ {number}",
                "email": self.email,
                "step": "send",
            }
        )

    def send(self):
        """The code of the receipt."""
        answers = [self._try() for _click in range(2 if self.number % 5 == 0 else 1)]
        while not any(answers):
            answers = [self._try()]
        codes = {RECEIPT.search(answer)[1] for answer in answers if answer}
        assert len(codes) == 1, answers
        return codes.pop()

    def _try(self):
        try:
            answer = self.server.post("/hoi-dap/gui/", self.form, **self.headers)
        except (OSError, HTTPException):
            return ""
        assert answer.status == 302, answer.text[-3000:]
        return answer.getheader("Location")


def test_two_hundred_at_one_moment_and_a_process_that_is_killed(server, mail):
    with ThreadPoolExecutor(16) as pool:
        people = list(pool.map(lambda number: Person(server, number), range(PEOPLE)))
    time.sleep(3)  # no person fills in a form faster
    with ThreadPoolExecutor(PEOPLE) as pool:
        sent = [pool.submit(person.send) for person in people]
        time.sleep(2)
        os.kill(server.workers()[0], signal.SIGKILL)
        codes = [row.result(PATIENCE * 2) for row in sent]
    cases = Case.objects.in_bulk(codes, field_name="code")
    assert len(cases) == PEOPLE  # every receipt has its case, and no two have the same
    assert Case.objects.count() == PEOPLE  # no case twice
    assert [cases[code].email for code in codes] == [person.email for person in people]
    assert Acceptance.objects.count() == 3 * PEOPLE
    assert Obligation.objects.filter(code="D12").count() == PEOPLE
    receipts = Message.objects.filter(recipient__endswith="@example.com")
    assert Counter(receipts.values_list("recipient", flat=True)) == Counter(person.email for person in people)
    while Message.objects.waiting().exists():
        server.deliver()
    arrived = Counter(address for address in mail.recipients() if address.endswith("@example.com"))
    assert arrived == Counter(person.email for person in people)  # no mail lost, none doubled
