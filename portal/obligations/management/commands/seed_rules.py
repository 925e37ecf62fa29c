from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import override

from portal.obligations.seed import seed


class Command(BaseCommand):
    help = "Adds the deadlines of Article 9 that the table of rules lacks; what it holds stays as it is."

    def handle(self, **options):
        with override("vi"), transaction.atomic():
            self.stdout.write(f"Rules: {seed()} added.")
