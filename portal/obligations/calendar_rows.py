"""The rows of the calendar are changed by people: each change is audited with its basis and its author."""

from django.db import transaction

from portal.editorial import audit
from portal.workdays import changes
from portal.workdays.models import CalendarDay, CalendarYear

FIELDS = ["date", "kind", "name_vi", "legal_basis", "confirmed"]


def save_day(day, *, by):
    """Raises ValidationError for a day that contradicts the week or another row."""
    with transaction.atomic():
        before = CalendarDay.objects.filter(pk=day.pk).first() if day.pk else None
        what = changes.change_of(day)
        changes.save_day(day)
        note = changes.day_in_words(day, what)
        audit.record(f"calendar_{what}", day, by=by, note=note, changes=audit.moved(before, day, FIELDS))
    return day


def delete_day(day, *, by):
    with transaction.atomic():
        note = changes.day_in_words(day, changes.REMOVED)
        audit.record("calendar_removed", day, by=by, note=note, changes=audit.moved(day, None, FIELDS))
        changes.delete_day(day)


def save_year(year, *, by):
    """Raises ValidationError."""
    with transaction.atomic():
        before = CalendarYear.objects.filter(pk=year.pk).first()
        changes.save_year(year)
        moved = audit.moved(before, year, ["year", "decided", "legal_basis"])
        audit.record("calendar_year", year, by=by, note=changes.year_in_words(year), changes=moved)
    return year
