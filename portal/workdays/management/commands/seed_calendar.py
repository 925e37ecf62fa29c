from django.core.management.base import BaseCommand

from portal.workdays.seed import seed


class Command(BaseCommand):
    help = "Adds the calendar days of 2016 to 2030 that the table lacks. Rows that are there stay as they are."

    def handle(self, **options):
        days, years = seed()
        self.stdout.write(f"{days} calendar days and {years} years added.")
