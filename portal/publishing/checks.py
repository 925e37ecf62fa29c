"""System checks: what is published has a home, every point of Article 8 is served, every text is translatable."""

from django.apps import apps
from django.core import checks
from modeltranslation.translator import NotRegistered, translator

from portal.publishing.models import Publishable
from portal.publishing.registry import categories
from portal.publishing.regulation import POINTS

TRANSLATED = {"title", "summary"}


def publishables():
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


@checks.register("publishing")
def every_publishable_has_a_category(app_configs=None, **kwargs):
    served = {row.model for row in categories()}
    return [
        checks.Error(f"{model._meta.label} is publishable but no category.py registers it.", id="publishing.E001")
        for model in publishables()
        if model not in served
    ]


@checks.register("publishing")
def every_point_is_served(app_configs=None, **kwargs):
    served = {point for row in categories() for point in row.points}
    unknown = [
        checks.Error(f"Article 8.2 has no point {point}.", id="publishing.E002")
        for point in sorted(served - set(POINTS))
    ]
    return unknown + [
        checks.Warning(f"No category serves point {point} of Article 8.2.", id=f"publishing.W{point.replace('.', '_')}")
        for point in POINTS
        if point not in served
    ]


@checks.register("publishing")
def every_text_is_translatable(app_configs=None, **kwargs):
    return [
        checks.Error(f"{model._meta.label} does not translate {sorted(missing)}.", id="publishing.E003")
        for model in publishables()
        if (missing := TRANSLATED - _translated_fields(model))
    ]


def _translated_fields(model):
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()
