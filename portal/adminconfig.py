from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class BackofficeConfig(AdminConfig):
    default_site = "portal.backoffice.site.BackofficeSite"

    def ready(self):
        super().ready()
        import_module("portal.wiring")  # connects the receivers, once all models are there
