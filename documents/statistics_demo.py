"""Demonstration data: statistical reports as they stood before this portal."""

import json
import zlib
from datetime import date, datetime, time
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from documents.models import StatisticalReport
from portal.agencies.models import Agency
from portal.publishing import bygone
from portal.workdays.calendars import add_working_days, read_calendar

FIXTURE = Path(__file__).parent / "fixtures" / "demo_statistics.json"
LATE = 7  # one report in so many is published two working days after its time limit
TEXTS = ("title_vi", "title_en", "summary_vi", "summary_en", *[f"{name}_vi" for name in StatisticalReport.PARTS])
DATES = ("period_from", "period_to")


def load(say):
    rows = sorted(json.loads(FIXTURE.read_text()), key=lambda row: row["decided_on"])
    calendar, people = read_calendar(), bygone.people()
    due = [row for row in rows if _published_at(row, calendar) <= timezone.now()]  # clocks differ
    written = [publish(row, people=people, calendar=calendar) for row in due]
    say(f"{len(list(filter(None, written)))} statistical reports")


def publish(row, *, people, calendar):
    """Enters the report of a row with what it owed and its audit; None when it is there already."""
    agency = Agency.objects.get(Q(code=row["agency"]) | Q(site__label=row["agency"]))
    if StatisticalReport.objects.of(agency).filter(title_vi=row["title_vi"]).exists():
        return None
    return bygone.enter(_report(row, agency), _published_at(row, calendar), board=people[agency.pk])


def _report(row, agency):
    fields = {name: row.get(name) or "" for name in TEXTS} | {name: date.fromisoformat(row[name]) for name in DATES}
    return StatisticalReport(
        agency=agency,
        decision=row["decision"].partition(" ngày ")[0],  # its date has a field of its own
        event_date=date.fromisoformat(row["decided_on"]),
        author=row.get("author") or agency.name_vi,
        source=row.get("source") or agency.name_vi,
        **fields,
    )


def _published_at(row, calendar):
    """A morning some working days after the decision, mostly within the ten of Article 9.1 g."""
    number = zlib.crc32(row["title_vi"].encode())
    days = 12 if number % LATE == 0 else 2 + number % 8
    day = add_working_days(date.fromisoformat(row["decided_on"]), days, calendar=calendar)
    return timezone.make_aware(datetime.combine(day, time(8 + number % 3, number % 60)))
