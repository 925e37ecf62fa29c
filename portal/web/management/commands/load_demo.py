from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.module_loading import module_has_submodule
from django.utils.translation import override

from portal.agencies.models import Agency
from portal.editorial import audit
from portal.editorial.models import AuditEvent

DONE = "load_demo"


class Command(BaseCommand):
    help = "Loads the demonstration data once; a second run changes nothing."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("Demonstration data and its accounts do not belong on a production portal.")
        if AuditEvent.objects.filter(action=DONE).exists():
            self.stdout.write("Demonstration data: loaded before, left as it is.")
            return
        with override("vi"):
            for config in apps.get_app_configs():
                if module_has_submodule(config.module, "demo"):
                    with transaction.atomic():  # what is begun is finished, or left to the next run
                        import_module(f"{config.name}.demo").load(self.say)
            audit.record(DONE, Agency.objects.get(parent=None), by=None)

    def say(self, text):
        self.stdout.write(f"Demonstration data: {text}")
        self.stdout.flush()
