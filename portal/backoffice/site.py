from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from portal.backoffice.queue import queue, warnings
from portal.feedback.models import ErrorReport
from portal.publishing.registry import categories


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
            if "%00" in request.META.get("QUERY_STRING", ""):
                raise BadRequest("PostgreSQL takes no NUL.")
            try:
                response = inner(request, *args, **kwargs)
            except (PermissionDenied, ObjectDoesNotExist) as refused:  # also what another person deleted meanwhile
                raise Http404 from refused
            response._csp_replace = settings.BACKOFFICE_CONTENT_SECURITY_POLICY
            return response

        return guarded

    def login(self, request, extra_context=None):
        _refuse_member_sites(request)
        return super().login(request, extra_context)

    def index(self, request, extra_context=None):
        context = {
            "queue": [*queue(request.user), *self._further_tasks(request.user)],
            "writable": self._writable(request),
            "warnings": warnings(request.user),
        }
        return super().index(request, context | (extra_context or {}))

    def i18n_javascript(self, request, extra_context=None):
        packages = ["django.contrib.admin", "portal.backoffice"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def _further_tasks(self, user):
        """What the tables themselves know of that waits for the person, in groups like those of the queue."""
        models = [ErrorReport, *[row.model for row in categories()]]
        return [group for model in models for group in self._registry[model].further_tasks(user)]

    def _writable(self, request):
        """What the person may begin to write: [{"name": …, "url": …}]."""
        models = [row.model for row in categories() if self._registry[row.model].has_add_permission(request)]
        return [
            {
                "name": model._meta.verbose_name,
                "url": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"),
            }
            for model in models
        ]


def _refuse_member_sites(request):
    if request.site is not None and not request.site.is_root:
        raise Http404
