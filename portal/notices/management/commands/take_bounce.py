import os
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from portal.notices.bounces import LIMIT, NoBounce, take


class Command(BaseCommand):
    help = "Reads one mail from the standard input and stores what it reports of a letter that was not delivered."

    def handle(self, **options):
        raw = sys.stdin.buffer.read(LIMIT)
        try:
            is_new = take(raw)
        except NoBounce as refused:
            raise CommandError(refused) from refused
        except OperationalError as error:  # the mail server keeps the mail and comes again
            raise CommandError(f"The database does not answer: {error}", returncode=os.EX_TEMPFAIL) from error
        self.stdout.write("Bounce: stored." if is_new else "Bounce: known already.")
