from modeltranslation.translator import register

from gazette.models import Issue
from portal.publishing.translation import PublishableTranslation


@register(Issue)
class IssueTranslation(PublishableTranslation):
    fields = ()
    required_languages = ("vi",)
    fallback_undefined = ""
