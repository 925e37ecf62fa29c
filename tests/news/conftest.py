import pytest
from django.utils import translation

from tests.makers import make_article, make_rubric, publish


@pytest.fixture
def rubrics(portal):
    """The heads `tin-tuc-su-kien` and `tuyen-truyen-huong-dan`, and what stands below them, by code."""
    news = make_rubric("tin-tuc-su-kien", name_vi="Tin tức, sự kiện", name_en="News and events")
    law = make_rubric("tuyen-truyen-huong-dan", point="8.2.d", name_vi="Tuyên truyền, hướng dẫn", name_en="Guidance")
    below = [
        make_rubric("thoi-su", parent=news, name_vi="Thời sự", name_en="Current affairs"),
        make_rubric("kinh-te", parent=news, name_vi="Kinh tế", name_en="Economy"),
        make_rubric("pho-bien-phap-luat", parent=law, name_vi="Phổ biến pháp luật", name_en="Laws explained"),
    ]
    return {rubric.code: rubric for rubric in [news, law, *below]}


@pytest.fixture
def article(portal, rubrics):
    """A public article of the portal itself, in Vietnamese only."""
    return publish(
        make_article(
            portal.agency,
            by=portal.editor,
            rubric=rubrics["thoi-su"],
            title_vi="Khởi công cầu Thạch Bích",
            summary_vi="Cầu nối hai bờ sông Trà Khúc.",
            body_vi="<p>Sáng nay, lễ khởi công diễn ra tại bờ bắc.</p>",
        )
    )


@pytest.fixture
def english():
    with translation.override("en"):
        yield
