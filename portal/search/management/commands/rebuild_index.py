from django.core.management.base import BaseCommand
from django.db import transaction

from portal.search.indexing import rebuild


class Command(BaseCommand):
    help = "Makes every index entry anew from the items."

    def handle(self, **options):
        with transaction.atomic():
            made = rebuild(progress=lambda done: self.stdout.write(f"{done} entries"))
        self.stdout.write(f"{made} entries made.")
