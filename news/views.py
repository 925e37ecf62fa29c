from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import json_script
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.forms import ALL, FilterForm
from news.models import Article
from portal.editorial import policy
from portal.editorial.models import Board
from portal.editorial.roles import State
from portal.obligations.models import Obligation
from portal.publishing.models import Revision
from portal.subsites.links import canonical_url, site_url
from portal.web.cards import cards, files_url, picture_urls, site_names
from portal.web.context import sections_of
from portal.web.views import PER_PAGE, crumbs, visible


def article_list(request, code=""):
    """The articles of this site; on the portal itself also those of one chosen agency or of all."""
    known = sections_of(request)
    if code and code not in known:
        raise Http404
    names = site_names(request)
    agencies = _chosen_agencies(request, names)
    form = FilterForm(
        request.GET,
        sections=known.values(),
        sites=sorted(names.values()) if request.site.is_root else [],
        agencies=agencies,
        rubric=code,
    )
    form.is_valid()
    rubric = known.get(code or form.chosen("chuyen_muc"))
    entries = _chosen_entries(request, form, rubric, known, agencies)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("trang"))
    page.object_list = cards(request, page.object_list, known)
    context = {
        "heading": rubric.title if rubric else _("News"),
        "intro": rubric.description if rubric else "",
        "breadcrumbs": crumbs(request, *_trail(rubric, known)),
        "rubric_tree": _tree(request, known, rubric),
        "filter_form": form,
        "page": page,
        "feed_url": reverse("section_feed", args=[rubric.code]) if rubric else reverse("feed"),
    }
    return render(request, "news/article_list.html", context)


def _chosen_agencies(request, names):
    """The site's own agency; on the portal itself the one of the chosen site, or all."""
    chosen = request.GET.get("co_quan", "") if request.site.is_root else ""
    if chosen == ALL:
        return list(names)
    return [pk for pk, (label, _name) in names.items() if chosen and label == chosen] or [request.site.agency_id]


def _chosen_entries(request, form, rubric, known, agencies):
    entries = visible(request).filter(agency__in=agencies)
    if rubric:
        entries = entries.within([row.code for row in known.values() if rubric.code in (row.code, row.parent)])
    if month := form.chosen("thang"):
        entries = entries.filter(**_month(month))
    return entries


def _month(value):
    start = timezone.make_aware(datetime.strptime(value, "%Y-%m"))
    end = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return {"visible_from__gte": start, "visible_from__lt": end}


def _trail(rubric, known):
    trail = [(_("News"), "/tin-tuc/")]
    if rubric and rubric.parent:
        trail.append((known[rubric.parent].title, known[rubric.parent].path))
    return [*trail, (rubric.title, rubric.path)] if rubric else trail


def _tree(request, known, rubric, parent=""):
    return [
        {
            "title": row.title,
            "url": site_url(request, request.site.label, row.path),
            "current": rubric is not None and row.code == rubric.code,
            "children": _tree(request, known, rubric, row.code),
        }
        for row in known.values()
        if row.parent == parent
    ]


def _article_or_404(request, pk):
    """The article if it belongs to this site and the reader may open it; its own board may look at any state."""
    articles = Article.objects.select_related("agency", "rubric").filter(agency=request.site.agency)
    article = get_object_or_404(articles, pk=pk)
    if article.is_readable or article.is_gone:
        return article
    if _is_preview(request, article):
        return article
    raise Http404


def _is_preview(request, article):
    return "xem-truoc" in request.GET and policy.can(request.user, "view", article)


def article_detail(request, slug, pk):
    article = _article_or_404(request, pk)
    if article.is_gone and not _is_preview(request, article):
        return _withdrawn(request, article)
    if slug != article.slug:
        return redirect(reverse("news:article", args=[article.slug, pk], query=request.GET), permanent=True)
    return render(request, "news/article_detail.html", _context(request, article))


def article_print(request, slug, pk):
    article = _article_or_404(request, pk)
    if article.is_gone:
        return _withdrawn(request, article)
    return render(request, "news/article_print.html", _shown(request, article))


def article_superseded(request, slug, pk, revision):
    """A text that a correction replaced: readable for ever, and marked as superseded."""
    article = _article_or_404(request, pk)
    if article.is_gone:
        return _withdrawn(request, article)
    later = article.revisions.filter(outcome=Revision.Outcome.APPLIED, pk__gte=revision).order_by("-decided_at", "-pk")
    if revision not in [row.pk for row in later]:
        raise Http404
    for row in later:
        for name, value in row.before.items():
            field = article._meta.get_field(name)
            setattr(article, field.attname, field.to_python(value) if value or not field.null else None)
    context = _shown(request, article) | {
        "superseded_on": later.last().decided_at,
        "current_url": _url(request, article),
    }
    return render(request, "news/article_superseded.html", context)


def _withdrawn(request, article):
    context = {
        "title": article.title_vi if article.current_state == State.WITHDRAWN else "",  # no draft shows through
        "reason": article.withdrawal_reason,
        "date": article.withdrawn_at,
        "breadcrumbs": crumbs(request, (_("News"), "/tin-tuc/")),
    }
    return render(request, "news/article_withdrawn.html", context, status=410)


def _url(request, article):
    return site_url(request, request.site.label, article.path())


def _shown(request, article):
    """What every view of the text needs: the article, its language, body and picture."""
    language = get_language()
    text_lang = "" if article.is_translated(language) else "vi"
    article.published_at = article.first_published_at or article.publish_at
    article.updated_at = None
    if text_lang:  # parts that happen to be translated are not mixed into the other language
        for name in ("title", "summary", "body", "picture_alt", "picture_caption"):
            setattr(article, name, getattr(article, f"{name}_vi"))
    pictures = picture_urls(article.picture_path())
    return {
        "article": article,
        "text_lang": text_lang,
        "untranslated": bool(text_lang),
        "body_html": mark_safe(article.body or ""),
        "lead_picture": {f"url_{width}": url for width, url in pictures.items()} or None,
        "canonical_url": canonical_url(request, request.site.label, article.path()),
    }


def _context(request, article):
    known = sections_of(request)
    applied = list(article.revisions.filter(outcome=Revision.Outcome.APPLIED).order_by("-decided_at", "-pk"))
    context = _shown(request, article)
    article.updated_at = applied[0].decided_at if applied else None
    board = Board.objects.in_force().filter(agency=article.agency).first()
    return context | {
        "preview": not article.is_readable,
        "archived": article.current_state == State.ARCHIVED,
        "corrections": [_correction(article, revision) for revision in applied],
        "attachments": [_attachment(row) for row in article.attachments.all()],
        "gallery": [_picture(row) for row in article.gallery.all()],
        "related": cards(request, _related(request, article), known),
        "citation": _citation(article, context["canonical_url"]),
        "structured_data": _structured_data(article, context),
        "print_url": reverse("news:print", args=[article.slug, article.pk]),
        "breadcrumbs": crumbs(request, *_trail(known.get(article.rubric.code), known)),
        "board": str(board) if board else "",
        "duties": [_duty(request, row) for row in _kept_duties(article)],
        **_neighbours(request, article),
    }


def _kept_duties(article):
    """What the article owed under Article 9 and when it was kept, the strictest first."""
    return Obligation.objects.of(article).measured().exclude(fulfilled_at=None).select_related("rule").pressing_first()


def _duty(request, duty):
    return {
        "due": duty.due,
        "is_internal": duty.is_internal,
        "result": duty.get_status_display(),
        "url": site_url(request, request.site.label, duty.path()),
    }


def _correction(article, revision):
    url = reverse("news:superseded", args=[article.slug, article.pk, revision.pk])
    return {"note": revision.note, "date": revision.decided_at, "url": url}


def _attachment(row):
    kind, size = row.extension.upper(), filesizeformat(row.size)
    return {"title": row.title, "url": files_url(row.path()), "size": size, "kind": kind}


def _picture(row):
    pictures = {f"url_{width}": url for width, url in picture_urls(row.path()).items()}
    return pictures | {"alt": row.alt, "caption": " – ".join(text for text in (row.caption, row.source) if text)}


def _related(request, article):
    """The chosen articles, filled up with the newest of the rubric."""
    entries = visible(request).filter(category="news")
    chosen = list(entries.filter(object_id__in=list(article.related.values_list("pk", flat=True)))[:6])
    if len(chosen) >= 3:
        return chosen
    near = entries.of(article.agency).within([article.rubric.code])
    near = near.exclude(object_id__in=[article.pk, *[entry.object_id for entry in chosen]])
    return chosen + list(near[: 5 - len(chosen)])


def _neighbours(request, article):
    """The articles before and after it in its rubric on its site."""
    if article.publish_at is None:
        return {"previous": None, "next": None}
    entries = visible(request).of(article.agency).within([article.rubric.code])
    at, same = article.publish_at, Q(visible_from=article.publish_at)
    before = entries.filter(Q(visible_from__lt=at) | same & Q(object_id__lt=article.pk)).first()
    after = entries.filter(Q(visible_from__gt=at) | same & Q(object_id__gt=article.pk)).reverse().first()
    return {"previous": _neighbour(request, before), "next": _neighbour(request, after)}


def _neighbour(request, entry):
    return entry and {
        "title": entry.title,
        "url": site_url(request, request.site.label, entry.path),
        "lang": entry.lang,
    }


def _citation(article, url):
    day = timezone.localtime(article.published_at or timezone.now())
    return f"{article.author}: “{article.title}”. {article.source}, {day:%d/%m/%Y}. {url}"


def _structured_data(article, context):
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "inLanguage": context["text_lang"] or get_language(),
        "datePublished": article.published_at.isoformat() if article.published_at else None,
        "author": {"@type": "Person", "name": article.author},
        "publisher": {"@type": "GovernmentOrganization", "name": article.agency.name},
        "mainEntityOfPage": context["canonical_url"],
    }
    script = json_script({key: value for key, value in data.items() if value})
    return mark_safe(script.replace('type="application/json"', 'type="application/ld+json"'))
