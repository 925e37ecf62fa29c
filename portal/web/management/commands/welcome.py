from django.conf import settings
from django.core.management.base import BaseCommand

from portal.editorial.models import Membership
from portal.subsites.models import Site

ACCOUNTS = ["tinh.", "tunghia."]


class Command(BaseCommand):
    help = "Says where the portal answers and who may sign in to its demonstration."

    def add_arguments(self, parser):
        parser.add_argument("--port", default="8000")

    def handle(self, port, **options):
        base = f"http://localhost:{port}"
        say = self.stdout.write
        say(f"\nThe portal          {base}/          English: {base}/en/")
        say(f"Its back office     {base}/{settings.BACKOFFICE_PATH}")
        say("\nMember sites (by path; by host too where the browser resolves *.localhost):")
        for site in Site.objects.filter(is_active=True).exclude(label=""):
            say(f"  {base}/trang/{site.label + '/':<14} http://{site.label}.localhost:{port}/  {site.name_vi}")
        say(f"\nDemonstration accounts, all with the password {settings.DEMO_PASSWORD}:")
        say(f"  {'quantri':<20} system administrator (platform tables, no rights over content)")
        for row in Membership.objects.select_related("user", "board__agency"):
            if row.user.username.startswith(tuple(ACCOUNTS)):
                say(f"  {row.user.username:<20} {row.get_role_display()}, {row.board.agency.name_vi}")
        names = ["truongban", "phoban", "bientap1", "bientap2", "phongvien1", "quantri", "traloi", "thutruong"]
        say(f"  The other sites: <label> and {', '.join(f'.{name}' for name in names)}\n")
