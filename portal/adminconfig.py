from importlib import import_module

from axes.apps import AppConfig as AxesConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class BackofficeConfig(AdminConfig):
    default_site = "portal.backoffice.site.BackofficeSite"

    def ready(self):
        super().ready()
        import_module("portal.wiring")  # connects the receivers, once all models are there


class SignInsConfig(AxesConfig):
    verbose_name = _("Attempts to sign in")
