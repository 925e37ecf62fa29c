from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, set_script_prefix
from django.utils.cache import patch_vary_headers

from portal.subsites.links import PATH_PREFIX, host_of, label_of, main_host
from portal.subsites.models import FormerLabel, Site
from portal.subsites.names import LABEL


class SiteMiddleware:
    """Finds the site of the request by host (tunghia.quangngai.gov.vn) or by path (/trang/tunghia/)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        label = label_of(host_of(request))
        if label is None:
            return _unknown(request)
        by_path = False
        if label == "" and request.path_info.startswith(PATH_PREFIX):
            first, _, rest = request.path_info.removeprefix(PATH_PREFIX).partition("/")
            by_path = bool(first)
        if not by_path:
            return self._answer(request, label)
        if not rest and not request.path_info.endswith("/"):
            return HttpResponsePermanentRedirect(request.get_full_path_info(force_append_slash=True))
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
        sites = Site.objects.select_related("agency")
        if label and not LABEL.fullmatch(label):
            return _unknown(request)
        site = sites.filter(label=label, is_active=True).first()
        if site is None and not (label == "" and _needs_no_site(request)):
            return _moved(request, label) or _unknown(request)
        request.site = site
        request.root_site = (sites.filter(label="").first() if label else None) or site
        response = self.get_response(request)
        if settings.PORTAL_SITES_BY_HOST:
            patch_vary_headers(response, ["Host"])
        return response


def _needs_no_site(request):
    """The back office answers before there is a site: the first one is entered in it. So does the health check."""
    prefixes = ["/"] + [f"/{code}/" for code, _ in settings.LANGUAGES]
    ways = [prefix + settings.BACKOFFICE_PATH for prefix in prefixes]
    return request.path_info.startswith((*ways, "/suc-khoe/"))


def _moved(request, label):
    former = (
        FormerLabel.objects.filter(label=label, released=False, site__is_active=True).select_related("site").first()
    )
    if former is None:
        return None
    if request.path_info != request.path:
        return HttpResponsePermanentRedirect(f"{PATH_PREFIX}{former.site.label}{request.get_full_path_info()}")
    host = f"{former.site.label}.{main_host(request)}"
    return HttpResponsePermanentRedirect(f"{request.scheme}://{host}{request.get_full_path()}")


def _unknown(request):
    way = request.path.removesuffix(request.path_info[1:]) if request.path_info != request.path else ""
    context = {
        "host": host_of(request) + way,
        "root_url": f"{request.scheme}://{main_host(request)}/",
    }
    return render(request, "web/unknown_host.html", context, status=404)
