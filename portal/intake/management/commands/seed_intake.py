from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import override

from portal.intake.seed import seed


class Command(BaseCommand):
    help = "Adds the questions for people and the texts to accept that the tables lack; what they hold stays."

    def handle(self, **options):
        with override("vi"), transaction.atomic():
            added = ", ".join(f"{count} {name}" for name, count in seed().items())
            self.stdout.write(f"Public forms: {added} added.")
