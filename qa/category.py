from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from documents.facets import sectors
from portal.agencies.models import Agency
from portal.publishing.registry import Category, Choice, Chore, Facet, Section, register
from qa import answering, privacy
from qa.models import Question


def sections():
    return [
        Section(
            "hoi-dap",
            _("Questions and answers"),
            "/hoi-dap/",
            _("Ask an agency of the province, and read what others asked."),
            point="8.2.n",
        ),
        Section("cau-hoi", _("Questions of readers"), "/hoi-dap/cau-hoi/", parent="hoi-dap", point="8.2.n"),
        Section(
            "phan-anh-kien-nghi",
            _("Petitions on administrative rules"),
            "/hoi-dap/phan-anh-kien-nghi/",
            _("Rules that are hard to follow, contradict each other or cost too much: what was asked, and answered."),
            parent="hoi-dap",
            point="8.2.i",
        ),
        Section(
            "tiep-can-thong-tin",
            _("Access to information"),
            "/hoi-dap/tiep-can-thong-tin/",
            _("Information that an agency holds and that you ask for under the Law on Access to Information."),
            parent="hoi-dap",
            point="8.2.n",
        ),
    ]


def _agencies():
    return [Choice(row.code, row.name, (row.pk,)) for row in Agency.objects.all()]


register(
    Category(
        code="qa",
        model=Question,
        title=_("Questions and answers"),
        prefix="hoi-dap",
        urls="qa.urls",
        points=("8.2.n", "8.2.i"),
        sections=sections,
        facets=(
            Facet("linh_vuc_hoi", _("Sector"), sectors),
            Facet("co_quan_tra_loi", _("Answering agency"), _agencies),
        ),
        index_select=("answered_by",),
        chores=(
            Chore("end_waiting", timedelta(minutes=10), answering.end_waiting),
            Chore("erase_cases", timedelta(hours=1), privacy.erase_due),
        ),
    )
)
