"""Public issues without the cost of typesetting, and how their pages are read."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from gazette import printing
from gazette.models import Entry
from portal.publishing.models import Attachment
from tests.files.samples import file, pdf
from tests.gazette.makers import TODAY, make_document, make_issue, make_public
from tests.makers import approve, frozen, submit

LIST = "/cong-bao/"
DAY = date(2018, 3, 12)


def make_ready(place, documents=(), *, when=TODAY, **fields):
    """A submitted issue with an uploaded PDF that has one page for each of its documents, or for a new one."""
    with frozen(when):
        documents = documents or [make_public(place.agency, by=place.editor, when=when)]
        issue = make_issue(place.agency, by=place.editor, documents=documents, **fields)
        for number, entry in enumerate(issue.entries.in_order(), 1):
            Entry.objects.filter(pk=entry.pk).update(first_page=number, last_page=number)
        pages = b"[%s]" % b" ".join([b"3 0 R"] * len(documents))
        Attachment.objects.create(item=issue, file=file(pdf(kids=pages), "cong-bao.pdf"), title_vi="Công báo")
        printing.follow_upload(issue)
        issue.save()  # its summary names the documents
        return submit(issue, by=place.editor)


def bring_out(place, documents=(), *, when=TODAY, at=None, **fields):
    issue = make_ready(place, documents, when=when, **fields)
    with frozen(when):
        return approve(issue, by=place.head, at=at)


def bring_out_many(place, count, *, year=2018):
    """Issues 1 to `count` of the year, spread over its months."""
    return [
        bring_out(place, first=number, issued_on=date(year, (number - 1) % 12 + 1, (number - 1) // 12 + 1))
        for number in range(1, count + 1)
    ]


def write(place, number, subject="", *, when=TODAY, **fields):
    """A public document of the place."""
    subject = {"summary_vi": subject} if subject else {}
    return make_public(place.agency, by=place.editor, when=when, number=number, **subject | fields)


def draft(place, number, **fields):
    return make_document(place.agency, by=place.editor, number=number, **fields)


def entry_path(issue, document):
    return issue.entries.get(document=document).path()


def inside(row, *parents):
    """Whether all of these elements hold it."""
    return all(parent in row.parents for parent in parents)


def links_in(page, *parents):
    return [(row.text, row["href"]) for row in page.all("a") if inside(row, *parents)]


def contents(page):
    """[(heading, [(date, title, subject or hint, page)])] of an issue's table of contents, part and issuer by turns."""
    found = []
    for row in page.elements:
        if "section-title" in row.classes or "gazette-issuer" in row.classes:
            found.append((row.text, []))
        if "gazette-line" in row.classes:
            found[-1][1].append(_line(page, row))
    return found


def _line(page, row):
    cells = [cell.text for cell in page.all("time", "strong") if inside(cell, row)]
    words = [cell.text for cell in page.all("p") if inside(cell, row) and (cell.get("lang") or "hint" in cell.classes)]
    (number,) = [cell for cell in page.all("p", class_="gazette-page") if inside(cell, row)]
    hidden = [cell.text for cell in page.all("span") if inside(cell, number)]
    shown = number.text
    for text in hidden:
        shown = shown.replace(text, "")
    return (*cells, *words, shown.strip())


def months(page):
    """{month: [numbers]} of the list, in its order."""
    found = {}
    for section in page.all("section", class_="gazette-month"):
        (name,) = [row.text for row in page.all("h2") if inside(row, section)]
        found[name] = [row.text for row in page.all("a", class_="gazette-number") if inside(row, section)]
    return found


def hits(page):
    """The documents that a search found, in its order."""
    return [row.text for row in page.all("h3", class_="document-title")]


def issues_found(page):
    (shelf,) = page.all("ul", class_="gazette-issues") or [None]
    return [words for words, _url in links_in(page, shelf)] if shelf else []


def notes(page):
    return [(box_heading(page, box), links_in(page, box)) for box in page.all("aside", class_="notice-correction")]


def box_heading(page, box):
    (heading,) = [row.text for row in page.all("h2") if inside(row, box)]
    return heading


def facts(page):
    """{name: value} of the lists of facts, without those of the site."""
    names, values = ([row.text for row in page.all(tag) if _is_a_fact(row)] for tag in ("dt", "dd"))
    return dict(zip(names, values, strict=True))


def _is_a_fact(row):
    outer = [parent for parent in row.parents if parent.tag in ("main", "footer")]
    return outer[0].tag == "main" or "print-foot" in outer[0].classes


def views_of(issue, document):
    return [issue.path(), f"{issue.path()}in/", entry_path(issue, document)]


def queries(client, address):
    client.get(address)  # what is read once for the process: content types
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
