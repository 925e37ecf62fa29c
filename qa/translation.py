from modeltranslation.translator import register

from portal.publishing.translation import PublishableTranslation
from qa.models import Question


@register(Question)
class QuestionTranslation(PublishableTranslation):
    fields = ("question", "answer")
    required_languages = ("vi",)
    fallback_undefined = ""
