from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import override

from qa.seed import seed


class Command(BaseCommand):
    help = "Adds the periods and paragraphs of questions and petitions that the tables lack; what they hold stays."

    def handle(self, **options):
        with override("vi"), transaction.atomic():
            added = ", ".join(f"{count} {name}" for name, count in seed().items())
            self.stdout.write(f"Questions and petitions: {added} added.")
