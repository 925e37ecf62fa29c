from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from mptt.models import MPTTModel

from portal.agencies import trees


class Command(BaseCommand):
    help = "Finds broken numbering in the trees; --repair renumbers them from the parents."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true")

    def handle(self, repair, **options):
        broken = {model: found for model in self._models() if (found := trees.faults(model))}
        for model, found in broken.items():
            for sentence in found:
                self.stdout.write(f"{model._meta.label}: {sentence}")
            if repair:
                with trees.locked():
                    model._tree_manager.rebuild()
        if broken and not repair:
            raise CommandError("Run it again with --repair.")
        self.stdout.write("All trees are sound." if not broken else "Repaired.")

    @staticmethod
    def _models():
        return [model for model in apps.get_models() if issubclass(model, MPTTModel)]
