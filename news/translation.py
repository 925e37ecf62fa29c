from modeltranslation.translator import TranslationOptions, register

from news.models import Article, Rubric
from portal.publishing.translation import PublishableTranslation


@register(Rubric)
class RubricTranslation(TranslationOptions):
    fields = ("name", "description")
    required_languages = {"vi": ("name",), "en": ("name",)}
    fallback_undefined = ""


@register(Article)
class ArticleTranslation(PublishableTranslation):
    fields = ("body", "picture_alt", "picture_caption")
    required_languages = ("vi",)
    fallback_undefined = ""
