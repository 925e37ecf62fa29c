"""What waits for the people at the agencies: cases by the time left, as groups of the start page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.models import Document
from documents.validity import Status
from portal.backoffice.queue import SHOWN
from portal.backoffice.timeleft import time_left
from portal.editorial import policy
from portal.obligations.counting import days_left
from portal.workdays.calendars import read_calendar
from qa import publication
from qa.models import Case, Question, State
from qa.models.case import WITH_THE_BOARD

LIST = "admin:qa_case_changelist"
PAGE = "admin:qa_case_change"
STANDING = (Status.IN_FORCE, Status.PENDING)
MOST_CITED = 500  # of the newest answers


def groups(user):
    """Three queries for who has nothing to do with cases, a constant number for everybody."""
    rows = [
        (_("Answers waiting for your signature"), "agency", "sign_case", (State.TO_SIGN,)),
        (_("Cases to be answered"), "agency", "answer_case", (State.FORWARDED,)),
        (_("Cases to be classified and forwarded"), "receiver", "sort_case", WITH_THE_BOARD),
    ]
    found = [_group(title, _mine(user, role, action, states)) for title, role, action, states in rows]
    found.append(_group(_("Answers of general concern to be published"), publication.to_prepare(user)))
    found.append(_outdated(user))
    return [group for group in found if group["items"]]


def _mine(user, role, action, states):
    return Case.objects.filter(**{f"{role}__in": policy.agencies(user, action), "state__in": states})


def _group(title, cases):
    rows = list(cases.pressing_first().select_related("receiver", "agency")[: SHOWN + 1])
    calendar = read_calendar() if rows else None
    return {
        "title": title,
        "kind": "",
        "items": [_row(case, calendar) for case in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
        "url": reverse(LIST),
    }


def _row(case, calendar):
    left = days_left(case.due, calendar=calendar)
    return {
        "title": case.subject,
        "url": reverse(PAGE, args=[case.pk]),
        "agency": case.holder,
        "person": str(case),
        "date": case.received_at,
        "due": case.due,
        "left": time_left(left) if case.due else "",
        "overdue": case.due is not None and left < 0,
    }


def _outdated(user):
    """Public answers of the person's boards that rest on a document which has lost effect since."""
    own = Question.objects.published().filter(agency__in=policy.agencies(user, "sort_case"), documents__isnull=False)
    cited = list(own.order_by("-pk").values_list("documents", "pk")[:MOST_CITED])
    standing = Document.objects.filter(pk__in={document for document, _pk in cited}).with_status()
    lost = set(standing.exclude(status__in=STANDING).values_list("pk", flat=True)) if cited else set()
    outdated = {pk for document, pk in cited if document in lost}
    rows = Question.objects.filter(pk__in=outdated).select_related("agency", "last_edited_by")[: SHOWN + 1]
    return {
        "title": _("Answers that rest on a document which has lost effect"),
        "kind": "",
        "items": [_question(row) for row in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
        "url": reverse("admin:qa_question_changelist"),
    }


def _question(question):
    return {
        "title": str(question),
        "url": reverse("admin:qa_question_change", args=[question.pk]),
        "agency": question.agency,
        "person": question.last_edited_by,
        "date": question.publish_at,
    }
