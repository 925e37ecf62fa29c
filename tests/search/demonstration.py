"""The demonstration as readers search it, without what takes long and is not searched: pictures, duties, most files."""

from contextlib import ExitStack, contextmanager
from datetime import datetime
from unittest.mock import patch

from django.db import models, transaction
from django.test import override_settings
from django.utils import timezone, translation

from documents import demo as documents_demo
from gazette import demo as gazette_demo
from gazette import printing
from gazette.models import Issue
from news import demo as news_demo
from portal.agencies import demo as agencies_demo
from portal.editorial import demo as boards_demo
from portal.publishing import bygone, duties, reading
from portal.publishing.models import Attachment
from portal.search.indexing import rebuild
from portal.search.seed import seed
from portal.subsites import demo as sites_demo

PARTS = [agencies_demo, boards_demo, sites_demo, news_demo, documents_demo, gazette_demo]
LEFT_OUT = [
    (models.Model, "full_clean"),
    (duties, "follow"),
    (duties, "keep"),
    (bygone.changing, "send"),
    (news_demo.Desk, "_illustrate"),
    (documents_demo, "attach"),
    (documents_demo.Desk, "relate"),
    (documents_demo, "link_relations"),
    (documents_demo, "_on_their_way"),
    (printing, "typeset"),
    (printing, "keep"),
    (gazette_demo, "_send"),
    (gazette_demo, "_waive_what_was_printed_on_paper"),
    (gazette_demo, "_next_issue"),
]
TODAY = datetime(2026, 11, 26, 8, tzinfo=timezone.get_default_timezone())  # it grows with the days
PASSWORDS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@contextmanager
def demonstration(folder):
    """Loads it for as long as the context lasts; of the files that can be searched it has a table and a gazette."""
    frozen = patch.object(timezone, "now", lambda: TODAY)
    with frozen, override_settings(MEDIA_ROOT=folder, PASSWORD_HASHERS=PASSWORDS), transaction.atomic():
        with translation.override("vi"):
            _load()
            _print(Issue.objects.get(year=2017, first_number=4))
            _read_files()
            seed()
            rebuild()
        yield
        transaction.set_rollback(True)


def _load():
    with ExitStack() as stack:
        for owner, name in LEFT_OUT:
            stack.enter_context(patch.object(owner, name))
        for part in PARTS:
            part.load(lambda text: None)


def _print(issue):
    entries = list(issue.entries.in_order().select_related("document__type", "document__issuer").defer(None))
    printing.keep(issue, printing.typeset(printing.printed_issue(issue, entries)))


def _read_files():
    for attachment in Attachment.objects.order_by("pk"):
        reading.read(attachment)
