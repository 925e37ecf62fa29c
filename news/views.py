from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.forms import ALL, FilterForm
from news.models import Article
from portal.subsites.links import site_url
from portal.web import items
from portal.web.cards import cards, picture_urls, site_names
from portal.web.context import sections_of
from portal.web.views import PER_PAGE, crumbs, visible

CATEGORY, LIST = "news", "/tin-tuc/"


def article_list(request, code=""):
    """The articles of this site; on the portal itself also those of one chosen agency or of all."""
    known = _rubrics(request)
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


def _rubrics(request):
    return {code: row for code, row in sections_of(request).items() if row.path.startswith(LIST)}


def _chosen_agencies(request, names):
    """The site's own agency; on the portal itself the one of the chosen site, or all."""
    chosen = request.GET.get("co_quan", "") if request.site.is_root else ""
    if chosen == ALL:
        return list(names)
    return [pk for pk, (label, _name) in names.items() if chosen and label == chosen] or [request.site.agency_id]


def _chosen_entries(request, form, rubric, known, agencies):
    entries = visible(request).among([CATEGORY]).filter(agency__in=agencies)
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
    trail = [(_("News"), LIST)]
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
    return items.item_or_404(request, Article.objects.select_related("rubric"), pk)


def article_detail(request, slug, pk):
    article = _article_or_404(request, pk)
    if article.is_gone and not items.is_preview(request, article):
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
    superseded_on = items.put_back(article, revision)
    context = _shown(request, article) | {
        "superseded_on": superseded_on,
        "current_url": site_url(request, request.site.label, article.path()),
    }
    return render(request, "news/article_superseded.html", context)


def _withdrawn(request, article):
    return items.withdrawn(request, article, (_("News"), LIST))


def _shown(request, article):
    """What every view of the text needs: the article, its language, body and picture."""
    context = items.shown(request, article, ["title", "summary", "body", "picture_alt", "picture_caption"])
    pictures = picture_urls(article.picture_path())
    return context | {
        "article": article,
        "body_html": mark_safe(article.body or ""),
        "lead_picture": {f"url_{width}": url for width, url in pictures.items()} or None,
    }


def _context(request, article):
    known = sections_of(request)
    applied = items.applied(article)
    context = _shown(request, article) | items.around(request, article, applied)
    return context | {
        "corrections": [_correction(article, revision) for revision in applied],
        "gallery": [_picture(row) for row in article.gallery.all()],
        "related": cards(request, _related(request, article), known),
        "citation": items.citation(article, context["canonical_url"]),
        "structured_data": _structured_data(article, context),
        "print_url": reverse("news:print", args=[article.slug, article.pk]),
        "breadcrumbs": crumbs(request, *_trail(known.get(article.rubric.code), known)),
        **_neighbours(request, article),
    }


def _correction(article, revision):
    url = reverse("news:superseded", args=[article.slug, article.pk, revision.pk])
    return {"note": revision.note, "date": revision.decided_at, "url": url}


def _picture(row):
    pictures = {f"url_{width}": url for width, url in picture_urls(row.path()).items()}
    return pictures | {"alt": row.alt, "caption": " – ".join(text for text in (row.caption, row.source) if text)}


def _related(request, article):
    """The chosen articles, filled up with the newest of the rubric."""
    entries = visible(request).among([CATEGORY])
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
    return items.linked_data(data)
