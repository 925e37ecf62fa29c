"""Every change of the calendar goes through here: the edition advances with it, or nothing is stored."""

from contextlib import contextmanager

from django.db import transaction

from portal.workdays.models import Edition


def save_day(day):
    """Raises ValidationError for a day that contradicts the week or another row."""
    with _next_edition():
        day.full_clean()
        day.save()
    return day


def delete_day(day):
    with _next_edition():
        day.delete()


def save_year(year):
    with _next_edition():
        year.full_clean()
        year.save()
    return year


@contextmanager
def _next_edition():
    with transaction.atomic():
        # first, not last: whoever writes the same date at this moment waits here and is then refused by clean()
        Edition.advance()
        yield
