from modeltranslation.translator import TranslationOptions, register

from documents.models import Document, DocumentType, Issuer, Sector, StatisticalReport
from portal.publishing.translation import PublishableTranslation


class NameTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("vi", "en")
    fallback_undefined = ""


register([DocumentType, Issuer, Sector])(NameTranslation)


@register(Document)
class DocumentTranslation(PublishableTranslation):
    fields = ()
    required_languages = ("vi",)
    fallback_undefined = ""


@register(StatisticalReport)
class StatisticalReportTranslation(PublishableTranslation):
    fields = ("figures", "report", "method", "analysis")
    required_languages = ("vi",)
    fallback_undefined = ""
