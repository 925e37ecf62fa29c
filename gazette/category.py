from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from gazette import alarm, printing
from gazette.models import SECTION, Issue
from portal.publishing.registry import Category, Chore, Section, register


def sections():
    intro = _("The official gazette of the province, issue by issue.")
    return [Section(SECTION, _("Gazette"), "/cong-bao/", intro, parent="van-ban", point="8.2.g")]


register(
    Category(
        code="gazette",
        model=Issue,
        title=_("Gazette"),
        prefix="cong-bao",
        urls="gazette.urls",
        points=("8.2.g",),
        sections=sections,
        chores=(
            Chore("gazette_pdf", timedelta(seconds=10), printing.make_wanted),
            Chore("gazette_alarm", timedelta(minutes=10), alarm.sound),
        ),
        portal_only=True,
    )
)
