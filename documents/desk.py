"""What waits for the people of a board beside their own items: documents of others, relations, files without text."""

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.lists import nearness, of_number
from documents.models import Document, Relation, Showing
from portal.backoffice.timeleft import words_left
from portal.editorial import policy
from portal.editorial.roles import State
from portal.obligations.counting import days_left
from portal.obligations.models import Obligation
from portal.publishing import editing
from portal.publishing.reading import unreadable
from portal.publishing.workflow import Refused
from portal.text.fields import gate
from portal.text.numbers import number_key
from portal.workdays.calendars import read_calendar

SHOWN = 10


class AgencyChoice(forms.CheckboxSelectMultiple):
    """Boxes in columns: thirty agencies are ticked without a script."""

    attrs_class = "agency-choice"

    def __init__(self, attrs=None, choices=()):
        super().__init__({"class": self.attrs_class, **(attrs or {})}, choices)


def groups(user):
    found = [
        _group(_("To be shown on our site"), _owed_rows(user), reverse("admin:documents_document_showings")),
        _group(_("Relations to be confirmed"), _relation_rows(user), _list()),
        _group(_("Files without searchable text: type or paste it"), _silent_rows(user), _list()),
    ]
    return [group for group in found if group["items"]]


def _list():
    return reverse("admin:documents_document_changelist")


def _group(title, rows, url):
    return {"title": title, "kind": _("Legal documents"), "items": rows[:SHOWN], "more": len(rows) > SHOWN, "url": url}


def _owed_rows(user):
    calendar, rows = read_calendar(), []
    for duty in owed(policy.agencies(user, "show"))[: SHOWN + 1]:
        left = days_left(duty.due, calendar=calendar)
        rows.append(
            {
                "title": duty.item_title,
                "url": reverse("admin:documents_document_showings"),
                "agency": duty.agency,
                "person": "",
                "due": duty.due,
                "left": words_left(duty, calendar=calendar),
                "overdue": left is not None and left < 0,
            }
        )
    return rows


def owed(agencies):
    """The open duties of these agencies for public documents of others, the most pressing first."""
    kind = ContentType.objects.get_for_model(Document)
    duties = Obligation.objects.open().filter(content_type=kind, code="D8", agency__in=agencies)
    public = Document.objects.readable().values("pk")
    rows = list(duties.filter(object_id__in=public).select_related("agency").pressing_first()[:200])
    documents = Document.objects.select_related("issuer").defer("full_text").in_bulk([row.object_id for row in rows])
    calendar = read_calendar()
    for row in rows:
        row.document, row.left = documents[row.object_id], words_left(row, calendar=calendar)
    return rows


def shown(agencies):
    rows = Showing.objects.filter(agency__in=agencies).select_related("agency", "by", "document__issuer")
    return rows.order_by("-shown_at")[:100]


def found(form, agencies):
    """Public documents of others with the number that was typed, with the agencies that may show them."""
    q = form.cleaned_data["q"].strip() if form.is_valid() else ""
    if not q:
        return None
    number = of_number(q) or Q(number_key=number_key(q))
    documents = Document.objects.readable().filter(number).annotate(asked=nearness(q, number))
    documents = documents.exclude(agency__in=agencies) if len(agencies) == 1 else documents
    return documents.select_related("issuer", "agency").defer("full_text").order_by("-asked", "-event_date", "-pk")[:20]


def take_over(document, text, *, by):
    """Puts what was read from the files into the draft. Raises ValidationError for text that the portal refuses."""
    with transaction.atomic():
        fresh = Document.objects.select_for_update().get(pk=document.pk)
        policy.forget(by)
        if sentence := policy.refusal(by, "edit", fresh):
            raise Refused(sentence)
        if fresh.full_text:
            raise Refused(_("The draft has a text already."))
        fresh.full_text = gate(text)
        editing.store(fresh, by=by, changes={"full_text": fresh.full_text[:200]})


def _relation_rows(user):
    documents = policy.scope(user, Document.objects.all(), "correct").values("pk")
    waiting = Relation.objects.filter(state__in=[Relation.State.PROPOSED, Relation.State.LEAVING], source__in=documents)
    rows = waiting.exclude(proposed_by=user).select_related("source__agency", "proposed_by", "target")
    rows = rows.defer("source__full_text", "target__full_text").order_by("proposed_at", "pk")[: SHOWN + 1]
    return [
        {
            "title": str(row),
            "url": reverse("admin:documents_document_relations", args=[row.source_id]),
            "agency": row.source.agency,
            "person": row.proposed_by,
            "date": row.proposed_at,
        }
        for row in rows
    ]


def _silent_rows(user):
    """Open drafts and public documents that nobody can search in."""
    documents = policy.scope(user, Document.objects.all(), "edit") | policy.scope(
        user, Document.objects.all(), "propose"
    )
    silent = documents.filter(full_text="", pk__in=unreadable(Document)).exclude(state=State.WITHDRAWN)
    rows = silent.select_related("agency", "last_edited_by").defer("full_text")[: SHOWN + 1]
    return [
        {
            "title": str(row),
            "url": reverse("admin:documents_document_change", args=[row.pk]),
            "agency": row.agency,
            "person": row.last_edited_by,
            "date": row.last_edited_at,
        }
        for row in rows
    ]
