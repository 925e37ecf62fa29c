from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from documents import import_work
from documents.facets import FACETS
from documents.linking import link_relations
from documents.models import ADMINISTRATIVE_SECTION, NORMATIVE_SECTION, Document, Issuer, StatisticalReport
from portal.publishing.duties import Duty
from portal.publishing.registry import Category, Chore, Section, register


def goes_to_the_gazette(document):
    """Normative documents of the province's bodies (Article 150 of the Law on Legal Documents of 2015)."""
    return document.is_normative and document.issuer.level == Issuer.Level.PROVINCE


def is_own(document):
    """Issued by the agency whose site it stands on; texts of the State are registered by whoever needs them."""
    return document.issuer.agency_id == document.agency_id


def sections():
    point = "8.2.e"
    return [
        Section("van-ban", _("Legal documents"), "/van-ban/", _("Documents of the province's bodies."), point=point),
        Section(
            NORMATIVE_SECTION,
            _("Normative legal documents"),
            "/van-ban/quy-pham-phap-luat/",
            parent="van-ban",
            point=point,
        ),
        Section(
            ADMINISTRATIVE_SECTION, _("Administrative documents"), "/van-ban/hanh-chinh/", parent="van-ban", point=point
        ),
    ]


register(
    Category(
        code="documents",
        model=Document,
        title=_("Legal documents"),
        prefix="van-ban",
        urls="documents.urls",
        points=("8.2.e",),
        duties=(
            Duty("D7", "event_date", applies=is_own),
            Duty("D8", "event_date", owed_by=Document.agencies_in_scope),
            Duty("L1", "event_date", applies=goes_to_the_gazette, by_publication=False),
        ),
        sections=sections,
        facets=FACETS,
        index_select=("type", "issuer"),
        index_prefetch=("showings",),
        chores=(
            Chore("link_relations", timedelta(minutes=1), link_relations),
            Chore("imports", timedelta(seconds=5), import_work.work),
        ),
    )
)
register(
    Category(
        code="statistics",
        model=StatisticalReport,
        title=_("Statistics"),
        prefix="thong-ke",
        urls="documents.statistics_urls",
        points=(),
        duties=(Duty("D17", "event_date"),),
        sections=lambda: [Section("thong-ke", _("Statistics"), "/thong-ke/", parent="van-ban")],
    )
)
