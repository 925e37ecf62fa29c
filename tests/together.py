"""Two people at the same moment, each with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, connections


def together(*actions):
    """Calls all actions at once; the answers in order, an exception where one was raised."""
    start = Barrier(len(actions), timeout=30)
    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(lambda action: _alone(action, start), actions))


def _alone(action, start):
    connection.ensure_connection()
    start.wait()
    try:
        return action()
    except Exception as error:  # the caller looks at what went wrong
        return error
    finally:
        connections.close_all()
