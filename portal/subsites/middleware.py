from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, set_script_prefix
from django.utils.cache import patch_vary_headers

from portal.subsites.links import PATH_PREFIX, label_of, main_host
from portal.subsites.models import FormerLabel, Site


class SiteMiddleware:
    """Finds the site of the request by host (tunghia.quangngai.gov.vn) or by path (/trang/tunghia/)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        label = label_of(request.get_host())
        if label is None:
            return _unknown(request)
        by_path = False
        if label == "" and request.path_info.startswith(PATH_PREFIX):
            first, _, rest = request.path_info.removeprefix(PATH_PREFIX).partition("/")
            by_path = bool(first)
        if not by_path:
            return self._answer(request, label)
        if not rest and not request.path_info.endswith("/"):
            return HttpResponsePermanentRedirect(f"{request.path_info}/")
        return self._below(request, first, rest)

    def _below(self, request, label, rest):
        """Answers as if the site were mounted at /trang/<label>/: every reversed address keeps that beginning."""
        before, prefix = get_script_prefix(), f"{PATH_PREFIX}{label}/"
        request.path_info = f"/{rest}"
        set_script_prefix(before.rstrip("/") + prefix)
        try:
            return self._answer(request, label)
        finally:
            set_script_prefix(before)

    def _answer(self, request, label):
        sites = Site.objects.filter(is_active=True).select_related("agency")
        site = sites.filter(label=label).first()
        if site is None and not (label == "" and _is_backoffice(request)):
            return _moved(request, label) or _unknown(request)
        request.site = site
        request.root_site = site if label == "" else sites.filter(label="").first()
        response = self.get_response(request)
        if settings.PORTAL_SITES_BY_HOST:
            patch_vary_headers(response, ["Host"])
        return response


def _is_backoffice(request):
    """The back office answers before there is a site: the first one is entered in it."""
    prefixes = ["/"] + [f"/{code}/" for code, _ in settings.LANGUAGES]
    return request.path_info.startswith(tuple(prefix + settings.BACKOFFICE_PATH for prefix in prefixes))


def _moved(request, label):
    former = (
        FormerLabel.objects.filter(label=label, released=False, site__is_active=True).select_related("site").first()
    )
    if former is None:
        return None
    if request.path_info != request.path:
        target = f"{PATH_PREFIX}{former.site.label}{request.path_info}"
    else:
        target = f"{request.scheme}://{former.site.label}.{main_host(request)}{request.path}"
    query = request.META.get("QUERY_STRING")
    return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)


def _unknown(request):
    root = f"{request.scheme}://{main_host(request)}/"
    return render(request, "web/unknown_host.html", {"host": request.get_host(), "root_url": root}, status=404)
