"""What everybody may read: published questions with their answers, and how the agencies answer."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.models import Document
from documents.validity import Status
from portal.agencies.models import Agency
from portal.subsites.links import site_url
from portal.web import items
from portal.web.cards import site_names
from portal.web.context import sections_of
from portal.web.views import PER_PAGE, crumbs
from qa import scorecard as figures
from qa.forms import FilterForm, narrowed
from qa.models import Kind, Question
from qa.models.question import SECTIONS

LIST = "/hoi-dap/"
WORDS = {Kind.QUESTION: "cau-hoi", Kind.PETITION: "kien-nghi", Kind.INFORMATION: "thong-tin"}  # in addresses
LOST = (Status.ENDED, Status.PARTLY, Status.SUSPENDED)


def on_site(request):
    """The public questions of a site, those that its agency answers too; on the portal itself those of all sites."""
    questions = Question.objects.published().filter(agency__site__is_active=True)
    if request.site.is_root:
        return questions
    return questions.filter(Q(agency=request.site.agency_id) | Q(answered_by=request.site.agency_id))


def question_list(request, kind=""):
    questions = on_site(request)
    if kind:
        questions = questions.filter(kind=kind)
    form = FilterForm(request.GET or None, questions)
    chosen = form.chosen() if form.is_bound else {}
    found = narrowed(questions, chosen).select_related("sector", "answered_by").order_by("-event_date", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    page.object_list = [_row(request, question) for question in page.object_list]
    section = sections_of(request)[SECTIONS.get(kind, "hoi-dap")]
    context = {
        "heading": section.title,
        "intro": section.description,
        "kind": kind,
        "breadcrumbs": crumbs(request, *_trail(section)),
        "form": form,
        "is_narrowed": bool(chosen),
        "is_open": bool(chosen) or bool(form.is_bound and form.errors),
        "page": page,
        "kinds": _kinds(request, section),
        "ask_url": f"{reverse('qa:ask')}?loai={WORDS[kind or Kind.QUESTION]}",
        "feed_url": reverse("section_feed", args=[section.code]),
    }
    return render(request, "qa/question_list.html", context)


def _trail(section):
    first = (_("Questions and answers"), LIST)
    return [first] if section.path == LIST else [first, (section.title, section.path)]


def _kinds(request, present):
    known = [row for row in sections_of(request).values() if row.path.startswith(LIST)]
    return [
        {
            "title": row.title if row.parent else _("All"),
            "url": site_url(request, request.site.label, row.path),
            "current": row is present,
        }
        for row in known
    ]


def _row(request, question):
    translated = question.is_translated(get_language())
    label, name = site_names(request).get(question.agency_id, ("", ""))
    return {
        "title": question.title if translated else question.title_vi,
        "summary": question.summary if translated else question.summary_vi,
        "lang": "" if translated else "vi",
        "url": site_url(request, label, question.path()),
        "kind": question.get_kind_display() if question.kind != Kind.QUESTION else "",
        "sector": question.sector,
        "agency": question.answered_by,
        "answered_on": question.event_date,
        "site_name": "" if question.agency_id == request.site.agency_id else name,
    }


# --- one question -----------------------------------------------------------------------------------------------------


def _question_or_404(request, pk):
    found = Question.objects.select_related("sector", "answered_by", "case")
    return items.item_or_404(request, found, pk)


def question_detail(request, slug, pk):
    question = _question_or_404(request, pk)
    if question.is_gone and not items.is_preview(request, question):
        return _gone(request, question)
    if slug != question.slug:
        return redirect(reverse("qa:question", args=[question.slug, pk], query=request.GET), permanent=True)
    context = _shown(request, question)
    applied = items.applied(question)
    context |= items.around(request, question, applied)
    context |= {
        "corrections": [{"note": row.note, "date": row.decided_at} for row in applied],
        "near": [_row(request, row) for row in _near(request, question)],
        "citation": items.citation(question, context["canonical_url"]),
        "structured_data": _structured_data(question, context),
        "print_url": reverse("qa:print", args=[question.slug, question.pk]),
        "ask_url": f"{reverse('qa:ask')}?loai={WORDS[question.kind]}",
        "breadcrumbs": crumbs(request, *_trail(sections_of(request)[question.section()])),
    }
    return render(request, "qa/question_detail.html", context)


def question_print(request, slug, pk):
    question = _question_or_404(request, pk)
    return (
        _gone(request, question)
        if question.is_gone
        else render(request, "qa/question_print.html", _shown(request, question))
    )


def _gone(request, question):
    question.title_vi = ""  # who takes the consent back takes back the words too
    return items.withdrawn(request, question, (_("Questions and answers"), LIST))


def _shown(request, question):
    context = items.shown(request, question, ["title", "summary", "question", "answer"])
    return context | {"item": question, "cited": cited(request, question.documents)}


def cited(request, documents):
    """The documents that an answer rests on, and whether they still stand."""
    found = Document.objects.filter(pk__in=documents.values("pk")).with_status().select_related("agency")
    return [_cited(request, row) for row in found.defer("full_text")]


def _cited(request, document):
    label = site_names(request).get(document.agency_id, (None, ""))[0]
    return {
        "title": document.title,
        "summary": document.summary,
        "url": site_url(request, label, document.path()) if label is not None and document.is_readable else "",
        "status": document.status,
        "status_label": Status(document.status).label,
        "is_lost": document.status in LOST,
    }


def _near(request, question):
    """Others of the same field, the newest first."""
    near = on_site(request).filter(sector=question.sector_id).exclude(pk=question.pk)
    return near.select_related("sector", "answered_by").order_by("-event_date", "-pk")[:4]


def _structured_data(question, context):
    """schema.org's page of one question."""
    if context["preview"]:
        return ""
    answer = {"@type": "Answer", "text": question.answer, "url": context["canonical_url"]}
    if question.answered_by:
        answer["author"] = {"@type": "GovernmentOrganization", "name": question.answered_by.name}
    entity = {"@type": "Question", "name": question.title, "text": question.question, "answerCount": 1}
    entity["acceptedAnswer"] = answer
    data = {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": entity}
    return items.linked_data(data)


# --- how the agencies answer ------------------------------------------------------------------------------------------


def scorecard(request):
    years = figures.years()
    asked = request.GET.get("nam", "")
    year = next((row for row in years if str(row) == asked), years[0])
    agencies = {row.pk: row for row in Agency.objects.all()}
    own = None if request.site.is_root else request.site.agency_id
    lines = figures.lines(year, own)
    shown = [(agencies[pk], lines[pk]) for pk in agencies if pk in lines]
    context = {
        "breadcrumbs": crumbs(request, (_("Questions and answers"), LIST), (_("Figures"), f"{LIST}ket-qua/")),
        "year": year,
        "years": [{"year": row, "current": row == year} for row in years],
        "lines": shown,
        "total": sum(lines.values(), figures.Line()) if len(shown) > 1 else None,
        "today": timezone.localdate(),
        "progress_url": reverse("progress"),
    }
    return render(request, "qa/scorecard.html", context)
