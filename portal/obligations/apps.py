from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObligationsConfig(AppConfig):
    name = "portal.obligations"
    verbose_name = _("Duties and deadlines")
