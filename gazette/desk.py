"""What of the gazette waits for a person: documents to be sent, documents received, issues that are late."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document
from gazette.alarm import late_issues
from gazette.models import Issue, Submission
from gazette.submissions import PRINTED, SENT, sendable
from portal.backoffice.queue import SHOWN
from portal.backoffice.timeleft import words_left
from portal.editorial import policy
from portal.obligations.models import Obligation
from portal.workdays.calendars import read_calendar

LIST, ADD = "admin:gazette_submission_changelist", "admin:gazette_submission_add"
LATELY = timedelta(days=30)


def groups(user):
    calendar = read_calendar()
    found = [
        _group(_("Gazette issues that are late"), _late_rows(user), reverse("admin:gazette_issue_changelist")),
        _group(_("To be sent to the gazette"), _owed_rows(user, calendar), reverse(ADD)),
        _group(_("Received for the gazette"), _received_rows(user, calendar), reverse(LIST)),
        _group(_("Rejected by the gazette"), _rejected_rows(user), reverse(LIST)),
    ]
    return [group for group in found if group["items"]]


def _group(title, rows, url):
    return {"title": title, "kind": _("Gazette"), "items": rows[:SHOWN], "more": len(rows) > SHOWN, "url": url}


def _late_rows(user):
    seen = set(policy.scope(user, Issue.objects.all()).values_list("pk", flat=True)) if policy.memberships(user) else ()
    return [_late_row(issue) for issue in late_issues() if issue.pk in seen]


def _late_row(issue):
    words = _("%(issue)s is late: it is dated %(date)s")
    return {
        "title": words % {"issue": issue, "date": f"{issue.issued_on:%d/%m/%Y}"},
        "url": reverse("admin:gazette_issue_change", args=[issue.pk]),
        "agency": issue.agency,
        "person": issue.last_edited_by,
        "date": issue.last_edited_at,
    }


def _with_time(row, duty, calendar):
    if duty is None:
        return row
    return row | {
        "due": duty.due,
        "left": words_left(duty, calendar=calendar),
        "overdue": duty.is_overdue(),
        "internal": duty.is_internal,
    }


def _owed_rows(user, calendar):
    """Documents of the person's agencies whose three days are running (L1)."""
    kind = ContentType.objects.get_for_model(Document)
    ready = sendable(Document.objects.filter(agency__in=policy.agencies(user, "edit"))).values("pk")
    owed = Obligation.objects.open().filter(content_type=kind, code=SENT, object_id__in=ready)
    rows = owed.filter(agency__in=policy.agencies(user, "edit")).select_related("agency", "rule").pressing_first()
    return [
        _with_time(
            {
                "title": duty.item_title,
                "url": reverse(ADD, query={"document": duty.object_id}),
                "agency": duty.agency,
                "person": "",
            },
            duty,
            calendar,
        )
        for duty in rows[: SHOWN + 1]
    ]


def _received_rows(user, calendar):
    """For the board of the province: what has not been printed yet."""
    if not policy.agencies(user, "edit").filter(parent=None).exists():
        return []
    rows = Submission.objects.open().select_related("document__agency", "by", "issue").order_by("received_at")
    rows = list(rows.defer("document__full_text")[: SHOWN + 1])
    duties = _duties(rows)
    return [
        _with_time(_row(row, row.issue.title_vi if row.issue else ""), duties.get(row.pk), calendar) for row in rows
    ]


def _duties(rows):
    kind = ContentType.objects.get_for_model(Submission)
    found = Obligation.objects.open().filter(content_type=kind, code=PRINTED, object_id__in=[row.pk for row in rows])
    return {duty.object_id: duty for duty in found.select_related("rule")}


def _row(row, detail):
    return {
        "title": f"{row.document} – {detail}" if detail else str(row.document),
        "url": reverse("admin:gazette_submission_change", args=[row.pk]),
        "agency": row.agency,
        "person": row.by,
        "date": row.received_at,
    }


def _rejected_rows(user):
    """For the senders: what came back and was not sent again."""
    again = Submission.objects.filter(document=OuterRef("document"), pk__gt=OuterRef("pk"))
    rejected = Submission.objects.filter(state=Submission.State.REJECTED, received_at__gt=timezone.now() - LATELY)
    own = rejected.filter(document__agency__in=policy.agencies(user, "edit")).exclude(Exists(again))
    rows = own.select_related("document__agency", "by").defer("document__full_text")
    return [_row(row, row.reason[:120]) for row in rows[: SHOWN + 1]]
