from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.publishing.registry import categories
from portal.subsites.links import canonical_url, root_url, site_url


def portal(request):
    """What every public page shows around its content. The back office needs none of it."""
    site = getattr(request, "site", None)
    if site is None or request.path_info.removeprefix("/en").startswith(f"/{settings.BACKOFFICE_PATH}"):
        return {"site": site}
    path = _path(request)
    site.home_url = site_url(request, site.label)
    root = request.root_site
    root.home_url = root_url(request)
    return {
        "site": site,
        "root_site": root,
        "menu": SimpleLazyObject(lambda: menu(request)),
        "languages": _languages(request, path),
        "canonical_url": canonical_url(request, site.label, path),
        "alternates": _alternates(request, path),
        "today": timezone.localdate(),
        "search_url": reverse("search"),
        "open_search_url": reverse("open_search"),
        "backoffice_url": root_url(request, f"/{settings.BACKOFFICE_PATH}"),
        "sites_url": root_url(request, "/trang/"),
        "sitemap_url": reverse("site_map"),
        "feed_url": reverse("feed"),
        "progress_url": reverse("progress"),
    }


def _path(request):
    """The present path without the mount point and the language."""
    language = get_language()
    return request.path_info.removeprefix(f"/{language}") if language != settings.LANGUAGE_CODE else request.path_info


def _languages(request, path):
    return [
        {
            "code": code,
            "name": name,
            "url": site_url(request, request.site.label, path, language=code) + _query(request),
            "current": code == get_language(),
        }
        for code, name in settings.LANGUAGES
    ]


def _query(request):
    return f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""


def _alternates(request, path):
    found = [
        {"lang": code, "url": canonical_url(request, request.site.label, path, language=code)}
        for code, _name in settings.LANGUAGES
    ]
    return [*found, {"lang": "x-default", "url": found[0]["url"]}]


def sections_of(request):
    """{code: Section} over all categories that the site has, read once for each request."""
    if not hasattr(request, "_sections"):
        shown = [row for row in categories() if request.site.is_root or not row.portal_only]
        request._sections = {section.code: section for row in shown for section in row.sections()}
    return request._sections


def menu(request):
    entries = [_entry(request, _("Home"), "/"), _entry(request, _("Introduction"), "/gioi-thieu/")]
    known = sections_of(request)
    for section in known.values():
        if not section.parent:
            below = [_entry(request, row.title, row.path) for row in known.values() if row.parent == section.code]
            entries.append(_entry(request, section.title, section.path, children=below))
    entries.append(_entry(request, _("Online public services"), "/dich-vu-cong-truc-tuyen/"))
    entries.append(_entry(request, _("Site map"), "/so-do-cong/"))
    return entries


def _entry(request, title, path, children=()):
    current = _path(request) == path
    return {
        "title": title,
        "url": site_url(request, request.site.label, path),
        "current": current or any(child["current"] for child in children),
        "children": list(children),
    }
