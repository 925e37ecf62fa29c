"""What the worker does, and how often: one line adds a task."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from portal.notices.outbox import send_waiting
from portal.notices.reminders import remind
from portal.obligations.recount import recount
from portal.publishing.registry import categories
from portal.publishing.workflow import settle_due


@dataclass(frozen=True)
class Task:
    """`work` reads what is to be done from rows, so that it may be broken off at any point and run again."""

    name: str
    every: timedelta
    work: Callable  # () -> how many rows it dealt with


def settle_categories():
    """Writes down what the clock has done to the items of all categories."""
    return sum(settle_due(category.model) for category in categories())


TASKS = [
    Task("settle", timedelta(seconds=10), settle_categories),
    Task("mail", timedelta(seconds=10), send_waiting),
    Task("recount", timedelta(seconds=10), recount),
    Task("remind", timedelta(minutes=10), remind),
]
