import pytest
from django.db import transaction

from portal.workdays.calendars import read_calendar
from portal.workdays.seed import seed


@pytest.fixture(scope="session")
def calendar(django_db_setup, django_db_blocker):
    """The calendar of 2016 to 2030 as it is after the installation; its rows are gone again."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed()
        found = read_calendar()
        transaction.set_rollback(True)
    return found


@pytest.fixture
def seeded(db):
    """The table as it is after the installation."""
    seed()
