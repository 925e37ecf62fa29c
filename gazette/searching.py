"""Which printed documents and which issues a reader asked for."""

import re

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from documents.forms import QUERY_MAX
from documents.lists import narrowed
from documents.models import Document
from gazette.models import Entry, Issue
from portal.publishing.models import AttachmentPage
from portal.search.snippets import holds, mark, snippet
from portal.text.fields import GatedCharFormField
from portal.text.fold import fold
from portal.web.fields import DayField

# folded: “số 943 + 944”, “943&944/2017”, and the titles of issues in both languages
ISSUE_NUMBER = re.compile(
    r"(?:cong bao |gazette )?(?:so:? |no\.? )?(\d{1,4})(?: ?[+&–-] ?(\d{1,4}))?(?:(?:/| nam | of )(\d{4}))?"
)
MOST_ISSUES = 20


class SearchForm(forms.Form):
    q = GatedCharFormField(label=_("Number or words"), required=False, max_length=QUERY_MAX)
    tu = DayField(label=_("Gazette from"), required=False)
    den = DayField(label=_("Gazette until"), required=False)

    def chosen(self):
        """The values that are filled in and sound; the errors of the others stand beside their fields."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _between(chosen, prefix=""):
    bounds = {"gte": chosen.get("tu"), "lte": chosen.get("den")}
    return {f"{prefix}issued_on__{name}": day for name, day in bounds.items() if day}


def found_entries(chosen):
    """The entries of public issues whose documents match, the newest issue first."""
    entries = Entry.objects.printed().filter(**_between(chosen, "issue__"))
    if q := chosen.get("q"):
        printed = Document.objects.readable().filter(gazette_entries__isnull=False)
        documents = narrowed(printed, {"q": q}, language=get_language())
        entries = entries.filter(document__in=documents.order_by().values("pk"))
    rows = entries.select_related("issue", "document__type", "document__issuer")
    return rows.order_by("-issue__issued_on", "-issue__first_number", "part", "pk")


def found_issues(chosen):
    """The public issues of the number that was asked for."""
    asked = ISSUE_NUMBER.fullmatch(" ".join(fold(chosen.get("q", ""))[:QUERY_MAX].split()))
    if not asked:
        return []
    first, last = int(asked[1]), int(asked[2] or asked[1])
    issues = Issue.objects.readable().filter(first_number__lte=last, last_number__gte=first, **_between(chosen))
    issues = issues.filter(year=int(asked[3])) if asked[3] else issues
    return list(issues.order_by("-issued_on")[:MOST_ISSUES])


def texts_of(documents):
    """{key: what can be searched in of a document}: its typed text, otherwise that of its files."""
    texts = {row.pk: row.full_text for row in documents}
    kind = ContentType.objects.get_for_model(Document)
    silent = [pk for pk, text in texts.items() if not text]
    pages = AttachmentPage.objects.filter(attachment__content_type=kind, attachment__object_id__in=silent)
    pages = pages.order_by("attachment__position", "attachment", "number")
    for pk, text in pages.values_list("attachment__object_id", "text"):
        texts[pk] += f"{text}\n"
    return texts


def excerpt(document, text, query):
    """The trích yếu with the words marked; what follows is the place in the text, where they stand only there."""
    summary = mark(document.summary_vi, query)
    if not text or holds(f"{document.title_vi} {document.summary_vi}", query):
        return summary, ""
    return summary, snippet(text, query)
