"""A process of the portal that stops in the midst of a change and waits to be killed.

    python -m tests.search.dying publish|read|look KEY

It says so by the file `in-hand`. `look` changes nothing and prints what is there.
"""

import json
import os
import sys
import time
from pathlib import Path

import django

django.setup()

from django.db.models.signals import post_save  # noqa: E402

from news.models import Article  # noqa: E402
from portal.publishing import reading, workflow  # noqa: E402
from portal.publishing.models import Attachment, AttachmentPage  # noqa: E402
from portal.publishing.signals import changing  # noqa: E402
from portal.search.expressions import is_intact  # noqa: E402
from portal.search.indexing import rebuild  # noqa: E402
from portal.search.models import IndexEntry  # noqa: E402


def stop(**_signal):
    Path(os.environ["PORTAL_VAR"], "in-hand").touch()
    time.sleep(60)


def publish(article):
    """Stops when the entry of the first language is written and that of the second is not."""
    post_save.connect(stop, sender=IndexEntry)
    head = article.agency.boards.get().memberships.get(role="head").user
    workflow.carry_out("publish_urgently", article, by=head, note="Bão.", declared=True)


def read(article):
    """Stops when all is written and nothing committed."""
    changing.connect(stop)
    reading.read_waiting()


def look(article):
    different = rebuild(write=False)
    rows = [Attachment.objects.get().text_status, AttachmentPage.objects.count(), IndexEntry.objects.count()]
    print(json.dumps([article.state, *rows, len(different), is_intact()]))


if __name__ == "__main__":
    work, key = sys.argv[1:]
    {"publish": publish, "read": read, "look": look}[work](Article.objects.get(pk=key))
