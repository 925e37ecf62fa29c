from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from portal.publishing.registry import categories

urlpatterns = [
    path("", include("portal.web.plain_urls")),
    *i18n_patterns(
        path(settings.BACKOFFICE_PATH, admin.site.urls),
        path("", include("portal.web.urls")),
        *[path(f"{row.prefix}/", include((row.urls, row.code))) for row in categories()],
        prefix_default_language=False,
    ),
]

handler400 = "portal.web.errors.bad_request"
