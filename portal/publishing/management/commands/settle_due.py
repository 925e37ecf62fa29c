from django.core.management.base import BaseCommand
from django.utils.translation import override

from portal.publishing.registry import categories
from portal.publishing.workflow import settle_due


class Command(BaseCommand):
    help = "Writes down what the clock has already done: items that went public or whose display ended. For cron."

    def handle(self, **options):
        with override("vi"):
            count = sum(settle_due(category.model) for category in categories())
        self.stdout.write(f"{count} items settled.")
