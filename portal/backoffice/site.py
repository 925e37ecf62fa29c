from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from portal.backoffice.queue import queue


class BackofficeSite(admin.AdminSite):
    """Django's admin for the portal: on the main host only, 404 for strangers, a stricter policy for scripts."""

    site_title = _("Back office")
    site_header = _("Back office of the portal")
    index_title = _("My work")
    site_url = "/"
    empty_value_display = "–"

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        @wraps(view)
        def guarded(request, *args, **kwargs):
            _refuse_member_sites(request)
            try:
                response = inner(request, *args, **kwargs)
            except PermissionDenied as refused:
                raise Http404 from refused
            response._csp_replace = settings.BACKOFFICE_CONTENT_SECURITY_POLICY
            return response

        return guarded

    def login(self, request, extra_context=None):
        _refuse_member_sites(request)
        return super().login(request, extra_context)

    def index(self, request, extra_context=None):
        return super().index(request, {"queue": queue(request.user), **(extra_context or {})})


def _refuse_member_sites(request):
    if request.site is not None and not request.site.is_root:
        raise Http404
