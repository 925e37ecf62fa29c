from datetime import date
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from documents.models import Document
from documents.validity import Status
from gazette.corrections import corrections_of, corrections_within
from gazette.models import SECTION, Issue
from gazette.searching import SearchForm, excerpt, found_entries, found_issues, texts_of
from portal.editorial.roles import State
from portal.search.query import parse
from portal.search.wordings import synonyms
from portal.subsites.links import site_url
from portal.web import items
from portal.web.cards import site_names
from portal.web.context import sections_of
from portal.web.views import PER_PAGE, crumbs

LIST = "/cong-bao/"


# --- issues by month, search ------------------------------------------------------------------------------------------


def issue_list(request):
    """The twelve months of a year, or what was searched for; the gazette is the portal's alone (Article 8.2 g)."""
    if not request.site.is_root:
        raise Http404
    form = SearchForm(request.GET if {"q", "tu", "den"} & set(request.GET) else None)
    chosen = form.chosen() if form.is_bound else {}
    years = _years()
    year = next((row for row in years if str(row) == request.GET.get("nam")), years[0] if years else None)
    section = sections_of(request)[SECTION]
    context = {
        "heading": section.title,
        "intro": section.description,
        "breadcrumbs": crumbs(request, *_trail(request)),
        "form": form,
        "searched": form.is_bound and bool(chosen or form.errors),
        "years": [{"year": row, "current": row == year and not chosen} for row in years],
        "year": year,
        "feed_url": reverse("section_feed", args=[SECTION]),
    }
    context |= _found(request, chosen) if chosen else {"months": _months(request, year) if year else []}
    return render(request, "gazette/issue_list.html", context)


def _trail(request):
    known = sections_of(request)
    section = known[SECTION]
    above = [known[section.parent]] if section.parent in known else []
    return [(row.title, row.path) for row in [*above, section]]


def _years():
    return list(Issue.objects.readable().order_by("-year").values_list("year", flat=True).distinct())


def _months(request, year):
    """[{"name", "issues"}] of all twelve months."""
    issues = Issue.objects.readable().filter(year=year).in_sequence().annotate(documents=Count("entries"))
    rows = [_row(request, issue) for issue in issues.prefetch_related("attachments")]
    return [
        {
            "name": capfirst(date_format(date(year, month, 1), "F")),
            "issues": [row for row in rows if row["issued_on"].month == month],
        }
        for month in range(1, 13)
    ]


def _row(request, issue):
    return {
        "title": issue.title,
        "numbers": issue.numbers,
        "url": site_url(request, request.site.label, issue.path()),
        "issued_on": issue.issued_on,
        "documents": getattr(issue, "documents", None),
        "file": next((items.attachment(row) for row in issue.attachments.all()), None),
    }


def _found(request, chosen):
    page = Paginator(found_entries(chosen), PER_PAGE).get_page(request.GET.get("trang"))
    entries, query = list(page.object_list), parse(chosen.get("q", ""), synonyms())
    texts = texts_of([entry.document for entry in entries]) if query else {}
    page.object_list = [_hit(request, entry, texts.get(entry.document_id, ""), query) for entry in entries]
    issues = [
        {"title": row.title, "url": site_url(request, request.site.label, row.path()), "issued_on": row.issued_on}
        for row in found_issues(chosen)
    ]
    return {"page": page, "issues": issues}


def _hit(request, entry, text, query):
    summary, text = excerpt(entry.document, text, query) if entry.document.is_readable else ("", "")
    return {
        "title": _title(entry.document),
        "url": site_url(request, request.site.label, entry.path()),
        "summary_html": summary,
        "text_html": text,
        "issuer": entry.document.issuer,
        "issue": entry.issue,
        "pages": entry.pages,
    }


def _may_be_named(document):
    """What was withdrawn keeps its name; a draft that is made of it is nobody's to read."""
    return document.is_readable or document.current_state == State.WITHDRAWN


def _title(document):
    return document.title if _may_be_named(document) else _("Legal document")


# --- one issue --------------------------------------------------------------------------------------------------------


def _issue_or_404(request, pk):
    return items.item_or_404(request, Issue.objects, pk)


def _withdrawn(request, issue):
    return items.withdrawn(request, issue, *_trail(request))


def issue_detail(request, slug, pk):
    issue = _issue_or_404(request, pk)
    if issue.is_gone and not items.is_preview(request, issue):
        return _withdrawn(request, issue)
    if slug != issue.slug:
        return redirect(reverse("gazette:issue", args=[issue.slug, pk], query=request.GET), permanent=True)
    context = _shown(request, issue) | items.around(request, issue, [])
    context |= {
        "citation": items.citation(issue, context["canonical_url"]),
        "structured_data": _structured_data(issue, context),
        "print_url": reverse("gazette:print", args=[issue.slug, pk]),
        "breadcrumbs": crumbs(request, *_trail(request), (issue.title, issue.path())),
        **_neighbours(request, issue),
    }
    return render(request, "gazette/issue_detail.html", context)


def issue_print(request, slug, pk):
    issue = _issue_or_404(request, pk)
    if issue.is_gone:
        return _withdrawn(request, issue)
    return render(request, "gazette/issue_print.html", _shown(request, issue))


def _shown(request, issue):
    """What every view of the issue needs: its file and its table of contents."""
    context = items.shown(request, issue)
    file = next((items.attachment(row) for row in issue.attachments.all()), None)
    return context | {"issue": issue, "file": file, "parts": _parts(request, issue, file)}


def _parts(request, issue, file):
    """[{"title", "issuers": [{"name", "lines"}]}] as printed."""
    entries = list(issue.entries.in_order())
    corrected = corrections_within(entries)
    lines = [(entry, _line(request, issue, entry, file, corrected)) for entry in entries]
    return [
        {
            "title": capfirst(issue.entries.model.Part(part).label),
            "issuers": [
                {"name": issuer, "lines": [line for _entry, line in group]}
                for issuer, group in groupby(rows, key=lambda row: row[0].document.issuer)
            ],
        }
        for part, rows in groupby(lines, key=lambda row: row[0].part)
    ]


def _line(request, issue, entry, file, corrected):
    entry.issue, document = issue, entry.document
    correction = corrected.get(document.pk)
    return {
        "title": _title(document),
        "summary": document.summary_vi if document.is_readable else "",
        "issued_on": document.event_date if _may_be_named(document) else None,
        "pages": entry.pages,
        "file_url": _page_url(entry, file),
        "url": site_url(request, request.site.label, entry.path()),
        "document_url": _document_url(request, document),
        "correction_url": site_url(request, request.site.label, correction.path()) if correction else "",
    }


def _page_url(entry, file):
    """The PDF, opened on the first page of the entry."""
    return f"{file['url']}#page={entry.first_page}" if file and entry.first_page else ""


def _document_url(request, document):
    label = site_names(request).get(document.agency_id, (None, ""))[0]
    return site_url(request, label, document.path()) if label is not None and document.is_readable else ""


def _neighbours(request, issue):
    if not issue.is_readable:
        return {"previous": None, "next": None}
    issues = list(Issue.objects.readable().in_sequence().values_list("pk", flat=True))
    at = issues.index(issue.pk) if issue.pk in issues else None
    wanted = {"previous": issues[at - 1 : at] if at else [], "next": issues[at + 1 : at + 2]}
    rows = Issue.objects.in_bulk([pk for pks in wanted.values() for pk in pks])
    return {name: _neighbour(request, rows[pks[0]]) if pks else None for name, pks in wanted.items()}


def _neighbour(request, issue):
    return {"title": issue.title, "url": site_url(request, request.site.label, issue.path())}


def _structured_data(issue, context):
    data = {
        "@context": "https://schema.org",
        "@type": "PublicationIssue",
        "name": issue.title,
        "issueNumber": issue.numbers,
        "datePublished": issue.issued_on.isoformat(),
        "numberOfPages": context["file"] and context["file"]["pages"],
        "isPartOf": {"@type": "Periodical", "name": f"Công báo {issue.agency.name_vi}"},
        "publisher": {"@type": "GovernmentOrganization", "name": issue.agency.name},
        "inLanguage": "vi",
        "mainEntityOfPage": context["canonical_url"],
    }
    return items.linked_data(data)


# --- one document in an issue -----------------------------------------------------------------------------------------


def entry_detail(request, slug, pk, entry):
    """The permalink of a document in the gazette; its facts are those of the document's own page."""
    issue = _issue_or_404(request, pk)
    if issue.is_gone and not items.is_preview(request, issue):
        return _withdrawn(request, issue)
    row = get_object_or_404(issue.entries, pk=entry)
    if slug != issue.slug:
        return redirect(reverse("gazette:entry", args=[issue.slug, pk, entry], query=request.GET), permanent=True)
    documents = Document.objects.with_status().select_related("type", "issuer", "agency").defer("full_text")
    row.document = documents.get(pk=row.document_id)
    return render(request, "gazette/entry_detail.html", _entry_context(request, issue, row))


def _entry_context(request, issue, entry):
    document = entry.document
    context = items.shown(request, issue)
    file = next((items.attachment(row) for row in issue.attachments.all()), None)
    line = _line(request, issue, entry, file, {})
    return context | {
        "issue": issue,
        "issue_url": site_url(request, request.site.label, issue.path()),
        "canonical_url": context["canonical_url"] + f"van-ban/{entry.pk}/",
        "line": line,
        "file": file,
        "preview": not issue.is_readable,
        "facts": _facts(document),
        "status": document.status,
        "status_label": Status(document.status).label,
        "corrections": [_corrections(request, *row) for row in corrections_of(document)],
        "received_on": _received_on(entry),
        "breadcrumbs": crumbs(request, *_trail(request), (issue.title, issue.path()), (line["title"], entry.path())),
    }


def _facts(document):
    """[(name, value)], all of them in Vietnamese but dates."""
    rows = [
        (_("Type"), document.type),
        (_("Issuing body"), document.issuer),
        (_("Number"), document.number),
        (_("Date of issue"), document.event_date),
        (_("Takes effect on"), document.in_force_from),
        (_("Signed by"), document.signer),
    ]
    return [row for row in rows if row[1]]


def _corrections(request, sentence, entries):
    rows = [
        {
            "title": _title(entry.document),
            "url": site_url(request, request.site.label, entry.path()),
            "issue": entry.issue.title,
            "issued_on": entry.issue.issued_on,
        }
        for entry in entries
    ]
    return {"sentence": sentence, "rows": rows}


def _received_on(entry):
    sent = entry.document.gazette_submissions.filter(state="printed", issue=entry.issue_id).first()
    return sent and sent.received_on
