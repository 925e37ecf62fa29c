import os
import sqlite3
from pathlib import Path

import hypothesis
import pytest
from django.db import connection, connections
from django.utils import translation
from playwright.sync_api import sync_playwright

from portal.agencies.models import Agency
from portal.obligations.seed import seed as seed_rules
from portal.workdays.seed import seed as seed_calendar
from tests.makers import make_agency, make_place

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# how fast the machine is says nothing about the code
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


def pytest_report_header(config):
    versions = {
        "sqlite": sqlite3.sqlite_version,
        "postgresql": os.environ.get("PORTAL_TEST_DATABASE_VERSION"),
    }
    return f"database: {connection.vendor} {versions[connection.vendor]}"


@pytest.fixture(autouse=True)
def vietnamese():
    """The language readers get when they choose none."""
    with translation.override("vi"):
        yield


@pytest.fixture
def english(vietnamese):
    """The language in which the sentences of the code are written, so that tests can quote them."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Uploads go to a folder of the test; static files are read where they lie, without being collected."""
    settings.MEDIA_ROOT = tmp_path / "media"
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Real hashes are slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def browser(live_server):
    """Playwright's Chromium; it ends before the server does, which would trip over connections left open."""
    if not CHROMIUM.exists():
        _do_without_chromium()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread, where Django would refuse to touch the database
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
        connections.close_all()  # those of the loop: nobody sees them after it, and the database cannot be deleted


@pytest.fixture
def page(browser, live_server):
    """A page of a reader who comes for the first time: `page.goto("/")`."""
    with browser.new_context(base_url=live_server.url, locale="vi-VN") as context:
        yield context.new_page()


def _do_without_chromium():
    sentence = f"The browser tests need {CHROMIUM}: apt install chromium"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture
def portal(db):
    """The province: root agency, the portal's own site, its board and one person per role (`portal.editor`)."""
    return make_place(make_agency("quangngai", Agency.Kind.PROVINCE, name_vi="Ủy ban nhân dân tỉnh Quảng Ngãi"))


@pytest.fixture
def district(portal):
    """The same for Tư Nghĩa, whose site is `tunghia`."""
    names = {"name_vi": "Ủy ban nhân dân huyện Tư Nghĩa", "place_name_vi": "Huyện Tư Nghĩa"}
    return make_place(make_agency("tunghia", Agency.Kind.DISTRICT, portal.agency, **names))


@pytest.fixture
def law(db):
    """The calendar of 2016 to 2030 and the time limits of Article 9, as an installation begins with them."""
    seed_calendar()
    seed_rules()


@pytest.fixture
def two_connections(transactional_db):
    """For tests of people at the same moment: rows that other connections see."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one writer, and the others do not wait for it")
