"""What crawlers and monitors ask for."""

from django.conf import settings
from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from portal.search.models import IndexEntry
from portal.subsites.links import canonical_url
from portal.web.context import sections_of

URLS_PER_FILE = 5000
PAGES = ["/", "/gioi-thieu/", "/dich-vu-cong-truc-tuyen/", "/lien-he/", "/so-do-cong/"]


def robots(request):
    lines = ["User-agent: *", f"Disallow: /{settings.BACKOFFICE_PATH}", "Disallow: /tim-kiem/", ""]
    lines.append(f"Sitemap: {canonical_url(request, request.site.label, '/sitemap.xml', language='vi')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _entries(request):
    """The items whose canonical address is on this site: none stands in two site maps."""
    return IndexEntry.objects.in_language("vi").of(request.site.agency).findable().for_cards().order_by("pk")


def sitemap_index(request):
    parts = Paginator(_entries(request).only("pk"), URLS_PER_FILE).num_pages
    urls = [
        canonical_url(request, request.site.label, f"/sitemap-{number}.xml", language="vi")
        for number in range(parts + 1)
    ]
    return render(request, "web/sitemap_index.xml", {"urls": urls}, content_type="application/xml")


def sitemap(request, number):
    """Part 0: the site's own pages and lists. The others: its items, in the order in which they were entered."""
    if number == 0:
        paths = [(path, None) for path in PAGES]
        paths += [(section.path, None) for section in sections_of(request).values()]
        if request.site.is_root:
            paths.append(("/trang/", None))
    else:
        pages = Paginator(_entries(request), URLS_PER_FILE)
        if number > pages.num_pages:
            raise Http404
        paths = [(entry.path, entry.visible_from) for entry in pages.page(number)]
    rows = [{"date": date, "alternates": _alternates(request, path)} for path, date in paths]
    return render(request, "web/sitemap.xml", {"rows": rows}, content_type="application/xml")


def _alternates(request, path):
    label = request.site.label
    return {code: canonical_url(request, label, path, language=code) for code, _name in settings.LANGUAGES}


def health(request):
    """200 while the database answers; for the monitor of Article 17."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
