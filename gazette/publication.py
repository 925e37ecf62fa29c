"""What a public issue does to its documents: they name it, and the province has kept its seven days (L2)."""

from documents.models import Document
from gazette.models import Submission
from gazette.submissions import PRINTED
from portal.obligations import ledger

State = Submission.State


def follow(issue):
    """Within the transaction that changes the issue; may be repeated."""
    if issue.is_readable:
        _print(issue)
    else:
        _take_back(issue)


def _print(issue):
    number = f"{issue.numbers}/{issue.year}"
    entries = list(issue.entries.order_by("document"))  # one order of locking for everybody
    for entry in entries:
        entry.issue = issue
        facts = {"gazette_number": number, "gazette_date": issue.issued_on, "gazette_path": entry.path()}
        Document.objects.filter(pk=entry.document_id).update(**facts)
    for row in _locked(Submission.objects.open().filter(document__in=[entry.document_id for entry in entries])):
        row.state, row.issue = State.PRINTED, issue
        row.save(update_fields=["state", "issue"])
        ledger.fulfil(row, [PRINTED], {issue.agency_id: (issue.publish_at, issue.approved_by)})


def _take_back(issue):
    if issue.first_published_at is None:
        return
    for entry in issue.entries.order_by("document"):
        entry.issue = issue
        written = Document.objects.filter(pk=entry.document_id, gazette_path=entry.path())
        written.update(gazette_number="", gazette_date=None, gazette_path="")
    for row in _locked(issue.submissions.filter(state=State.PRINTED)):
        row.state = State.PLACED
        row.save(update_fields=["state"])
        ledger.reopen(row, [PRINTED], by=None, reason=issue.withdrawal_reason)


def _locked(submissions):
    return submissions.select_for_update(of=["self"]).select_related("document__agency").order_by("pk")
