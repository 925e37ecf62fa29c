"""What is published has a home, every point of Article 8.2 is served, every text is translatable."""

import pytest
from django.conf import settings
from django.core.checks import run_checks

from news.models import Article
from portal.publishing import checks, registry
from portal.publishing.registry import Category, categories
from tests.publishing.models import Stray

POINTS = {
    "8.2.a": "publishing.W8_2_a",
    "8.2.b": "publishing.W8_2_b",
    "8.2.c": "publishing.W8_2_c",
    "8.2.d": "publishing.W8_2_d",
    "8.2.dd": "publishing.W8_2_dd",
    "8.2.e": "publishing.W8_2_e",
    "8.2.g": "publishing.W8_2_g",
    "8.2.h": "publishing.W8_2_h",
    "8.2.i": "publishing.W8_2_i",
    "8.2.k": "publishing.W8_2_k",
    "8.2.l": "publishing.W8_2_l",
    "8.2.m": "publishing.W8_2_m",
    "8.2.n": "publishing.W8_2_n",
}


def category(code, model, *points):
    return Category(code=code, model=model, title=code, prefix=code, urls="news.urls", points=points)


@pytest.fixture
def made_up(monkeypatch):
    """Puts other categories in place of the real ones."""

    def register(*rows):
        monkeypatch.setattr(registry, "_categories", {row.code: row for row in rows})

    return register


@pytest.fixture
def stray(monkeypatch):
    monkeypatch.setattr(checks, "publishables", lambda: [Article, Stray])


def found(check):
    return [(message.id, message.msg) for message in check()]


def test_the_project_passes_its_own_checks():
    assert [message for message in run_checks(tags=["publishing"]) if not message.is_silenced()] == []
    assert [message for message in run_checks() if (message.id or "").startswith("publishing.E")] == []


def test_no_silenced_point_is_served():
    served = {POINTS[point] for row in categories() for point in row.points}
    silenced = {name for name in settings.SILENCED_SYSTEM_CHECKS if name.startswith("publishing.")}
    assert silenced <= set(POINTS.values())
    assert silenced & served == set()


def test_what_nobody_registers_is_an_error(stray):
    assert found(checks.every_publishable_has_a_category) == [
        ("publishing.E001", "publishing_tests.Stray is publishable but no category.py registers it.")
    ]


def test_a_registered_model_has_its_home(stray, made_up):
    made_up(category("news", Article), category("stray", Stray))
    assert found(checks.every_publishable_has_a_category) == []


def test_a_point_that_does_not_exist_is_an_error(made_up):
    made_up(category("news", Article, "8.2.zz", *POINTS))
    assert found(checks.every_point_is_served) == [("publishing.E002", "Article 8.2 has no point 8.2.zz.")]


@pytest.mark.parametrize(("point", "name"), POINTS.items())
def test_a_point_that_nobody_serves_is_a_warning_of_its_own(point, name, made_up):
    made_up(category("news", Article, *[other for other in POINTS if other != point]))
    assert found(checks.every_point_is_served) == [(name, f"No category serves point {point} of Article 8.2.")]


def test_without_any_category_every_point_is_missing(made_up):
    made_up()
    assert [name for name, _sentence in found(checks.every_point_is_served)] == list(POINTS.values())


def test_a_text_in_one_language_only_is_an_error(stray):
    assert found(checks.every_text_is_translatable) == [
        ("publishing.E003", "publishing_tests.Stray does not translate ['summary', 'title'].")
    ]


def test_every_publishable_of_the_project_is_looked_at():
    assert Article in checks.publishables()


def test_two_categories_of_one_name_are_an_error(made_up):
    made_up(category("news", Article))
    with pytest.raises(ValueError, match="Two categories are called news"):
        registry.register(category("news", Stray))
    assert registry.category("news").model is Article


def test_a_category_is_found_by_its_name_and_by_an_item():
    assert registry.category("news").model is Article
    assert registry.category_of(Article()).code == "news"
    with pytest.raises(KeyError):
        registry.category("tin")
