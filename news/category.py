from django.utils.translation import gettext_lazy as _

from news.models import BY_ORDER, GUIDANCE, Article, Rubric
from portal.publishing.duties import Duty
from portal.publishing.registry import Category, Section, register


def sections():
    rubrics = {rubric.pk: rubric for rubric in Rubric.objects.all()}
    return [
        Section(
            code=rubric.code,
            title=rubric.name,
            path=rubric.path(),
            description=rubric.description,
            parent=rubrics[rubric.parent_id].code if rubric.parent_id else "",
            point=_root(rubric, rubrics).point,
        )
        for rubric in rubrics.values()
    ]


def _root(rubric, rubrics):
    while rubric.parent_id:
        rubric = rubrics[rubric.parent_id]
    return rubric


register(
    Category(
        code="news",
        model=Article,
        title=_("News"),
        prefix="tin-tuc",
        urls="news.urls",
        points=("8.2.b", "8.2.d", "8.2.m"),
        duties=(
            Duty("D2", "event_date", applies=lambda article: article.point not in (GUIDANCE, BY_ORDER)),
            Duty("D6", "event_date", applies=lambda article: article.point == GUIDANCE),
            Duty("D20", "event_date", promised="order_due", applies=lambda article: article.point == BY_ORDER),
            Duty("L16", "event_date"),
        ),
        sections=sections,
        headlines=True,
        index_select=("rubric",),
    )
)
