"""The one place that builds addresses across sites: each item has one, on its owner's site."""

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.translation import get_language

PATH_PREFIX = "/trang/"


def host_of(request):
    """The host the reader typed, with its port; capitals mean nothing in it. Raises DisallowedHost."""
    name, colon, port = request.get_host().lower().partition(":")
    return name.removesuffix(".") + colon + port


def label_of(host):
    """The label a host stands for ("" the portal itself), or None when the host is none of ours."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    for base in [settings.PORTAL_HOST, *settings.PORTAL_HOST_ALIASES]:
        if name == base or name == f"www.{base}":
            return ""
        if name.endswith(f".{base}"):
            return name.removesuffix(f".{base}")
    return "" if name in settings.ALLOWED_HOSTS else None


def _port(host):
    tail = host.rsplit(":", 1)[-1]
    return f":{tail}" if tail.isdigit() and not host.endswith("]") else ""


def main_host(request):
    """The portal's own host as this reader reached it: the production name, or localhost with its port."""
    host = host_of(request)
    for base in [settings.PORTAL_HOST, *settings.PORTAL_HOST_ALIASES]:
        name = host.rsplit(":", 1)[0]
        if name.endswith(f".{base}"):
            return base + _port(host)
    return host


def language_prefix(language=None):
    language = language or get_language()
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def root_url(request, path="/", language=None):
    """Address of a page of the portal itself; relative while the reader is on the main host."""
    path = language_prefix(language) + path
    return path if host_of(request) == main_host(request) else f"{request.scheme}://{main_host(request)}{path}"


def site_url(request, label, path="/", language=None):
    """Address of a page of a site as seen from this request."""
    if label == request.site.label:
        return get_script_prefix().rstrip("/") + language_prefix(language) + path
    if not label:
        return root_url(request, path, language)
    if settings.PORTAL_SITES_BY_HOST:
        return f"{request.scheme}://{label}.{main_host(request)}{language_prefix(language)}{path}"
    relative = f"{PATH_PREFIX}{label}{language_prefix(language)}{path}"
    return relative if host_of(request) == main_host(request) else f"{request.scheme}://{main_host(request)}{relative}"


def canonical_url(request, label, path="/", language=None):
    """The one absolute address of a page, whichever way the reader came."""
    base = f"{request.scheme}://{main_host(request)}"
    if not label:
        return base + language_prefix(language) + path
    if settings.PORTAL_SITES_BY_HOST:
        return f"{request.scheme}://{label}.{main_host(request)}{language_prefix(language)}{path}"
    return f"{base}{PATH_PREFIX}{label}{language_prefix(language)}{path}"
