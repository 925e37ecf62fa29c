"""Demonstration data: issues of the gazette with their PDFs, what was sent to them, and the next one in preparation."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from documents.category import goes_to_the_gazette
from documents.models import Document
from gazette import printing, submissions
from gazette.models import Entry, Issue, Submission
from portal.obligations import ledger
from portal.obligations.models import Obligation
from portal.publishing import bygone, editing
from portal.text.numbers import number_key
from portal.workdays.calendars import add_working_days, read_calendar

FIXTURE = Path(__file__).parent / "fixtures" / "demo_gazette.json"
PROVINCE = ("quangngai", "hdnd", "chu-tich")  # issuing bodies whose documents the gazette prints
ON_PAPER = "Văn bản đã đăng trên Công báo bản giấy, chưa số hóa."


def load(say):
    rows = [row for row in read() if _issued_at(row) <= timezone.now()]  # clocks differ
    board = bygone.people()[submissions.province().pk]
    for number, row in enumerate(rows):
        if number % 8 == 0:
            say(f"gazette issues {number} of {len(rows)}")
        _publish(row, board)
    _waive_what_was_printed_on_paper(board)
    _next_issue(board)


def read():
    return json.loads(FIXTURE.read_text())


def _waive_what_was_printed_on_paper(board):
    """Issues of other years are not among the demonstration data."""
    kind = ContentType.objects.get_for_model(Document)
    years = Q(triggered_on__year__in=set(Issue.objects.values_list("year", flat=True)))
    for duty in Obligation.objects.open().filter(content_type=kind, code=submissions.SENT).exclude(years):
        ledger.waive(duty, by=bygone.head(board), reason=ON_PAPER)


def _issued_at(row):
    return timezone.make_aware(datetime.combine(date.fromisoformat(row["issued_on"]), time(8)))


def _publish(row, board):
    if Issue.objects.filter(year=row["year"], first_number=row["first_number"]).exists():
        return
    issue = Issue(
        agency=submissions.province(),
        **{name: row[name] for name in ("first_number", "last_number", "sequence_reason")},
        **{name: date.fromisoformat(row[name]) for name in ("issued_on", "closes_on")},
    )
    bygone.enter(issue, _issued_at(row), board=board, complete=lambda issue: _fill(issue, row["entries"], board))


def _fill(issue, rows, board):
    for row in rows:
        document = Document.objects.get(number_key=number_key(row["number"]), issuer__code__in=PROVINCE)
        Entry.objects.create(issue=issue, document=document, part=row["part"])
        _send(document, issue, date.fromisoformat(row["received_on"]), by=bygone.editor(board))
    entries = list(issue.entries.in_order().select_related("document__type", "document__issuer").defer(None))
    printing.keep(issue, printing.typeset(printing.printed_issue(issue, entries)))
    issue.save()  # its summary names them


def _send(document, issue, day, *, by):
    """As `submissions.send`, on that day."""
    at = timezone.make_aware(datetime.combine(day, time(9)))
    placed = Submission.objects.create(
        document=document, by=by, received_at=at, state=Submission.State.PLACED, issue=issue
    )
    ledger.fulfil(document, [submissions.SENT], {document.agency_id: (at, by)})
    ledger.expect(placed, [ledger.Claim(submissions.PRINTED, issue.agency, day)], by=by)


def _next_issue(board):
    """Planned for the end of next week, with the newest normative documents sent to it."""
    if Issue.objects.planned().exists():
        return
    by, today = bygone.editor(board), timezone.localdate()
    day = add_working_days(today + timedelta(days=7), 0, calendar=read_calendar())
    number = Issue.objects.expected_number(day.year)
    issue = Issue(agency=submissions.province(), first_number=number, last_number=number, issued_on=day, closes_on=day)
    editing.store(issue, by=by)
    recent = Document.objects.readable().filter(issuer__code__in=PROVINCE, event_date__gt=today - timedelta(days=14))
    for document in submissions.sendable(recent).select_related("issuer"):
        if goes_to_the_gazette(document):
            submissions.send(document, by=by)
