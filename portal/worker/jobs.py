"""What the worker does, and how often: one line adds a task of the platform; categories bring their own chores."""

from datetime import timedelta

from portal.intake import throttle, uploads
from portal.notices.outbox import forget, send_waiting
from portal.notices.reminders import remind
from portal.obligations.recount import recount
from portal.publishing.reading import read_waiting
from portal.publishing.registry import Chore, categories
from portal.publishing.workflow import settle_due
from portal.search import counting
from portal.search.indexing import follow_live_facets


def settle_categories():
    """Writes down what the clock has done to the items of all categories."""
    return sum(settle_due(category.model) for category in categories())


def tasks():
    return [
        Chore("settle", timedelta(seconds=10), settle_categories),
        Chore("mail", timedelta(seconds=10), send_waiting),
        Chore("recount", timedelta(seconds=10), recount),
        Chore("remind", timedelta(minutes=10), remind),
        Chore("read_files", timedelta(seconds=10), read_waiting),
        Chore("forget_queries", timedelta(days=1), counting.forget),
        Chore("forget_letters", timedelta(days=1), forget),
        Chore("forget_uploads", timedelta(hours=1), uploads.forget),
        Chore("forget_counts", timedelta(hours=6), throttle.forget),
        Chore("follow_live_facets", timedelta(minutes=10), follow_live_facets),
        *[chore for category in categories() for chore in category.chores],
    ]
