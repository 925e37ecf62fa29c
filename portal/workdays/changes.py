"""Every change of the calendar goes through here: the edition advances with it, or nothing is stored."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.workdays.models import CalendarDay, Edition, EditionNote

ADDED, CHANGED, CONFIRMED, REMOVED = "added", "changed", "confirmed", "removed"


def save_day(day):
    """Raises ValidationError for a day that contradicts the week or another row."""
    with transaction.atomic():
        # first, not last: whoever writes the same date at this moment waits here and is then refused by clean()
        Edition.advance()
        what = change_of(day)
        day.full_clean()
        day.save()
        _note(day_in_words(day, what))
    return day


def delete_day(day):
    with transaction.atomic():
        Edition.advance(day_in_words(day, REMOVED))
        day.delete()


def save_year(year):
    with transaction.atomic():
        Edition.advance()
        year.full_clean()
        year.save()
        _note(year_in_words(year))
    return year


def _note(text):
    EditionNote.objects.create(number=Edition.current(), text=text)


def change_of(day):
    """What storing the row does to the table."""
    before = CalendarDay.objects.filter(pk=day.pk).first() if day.pk else None
    if before is None:
        return ADDED
    return CONFIRMED if day.confirmed and not before.confirmed else CHANGED


def day_in_words(day, what):
    sentences = {
        ADDED: _("Calendar: %(date)s was added, %(kind)s (%(basis)s)."),
        CHANGED: _("Calendar: %(date)s was changed, %(kind)s (%(basis)s)."),
        CONFIRMED: _("Calendar: %(date)s was confirmed, %(kind)s (%(basis)s)."),
        REMOVED: _("Calendar: %(date)s was removed, %(kind)s (%(basis)s)."),
    }
    facts = {"date": f"{day.date:%d/%m/%Y}", "kind": day.get_kind_display(), "basis": day.legal_basis}
    return sentences[what] % facts


def year_in_words(year):
    sentence = _("Calendar: the year %(year)s is decided.") if year.decided else _("Calendar: %(year)s is provisional.")
    return sentence % {"year": year.year}
