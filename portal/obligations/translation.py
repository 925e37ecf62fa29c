from modeltranslation.translator import TranslationOptions, register

from portal.obligations.models import Rule


@register(Rule)
class RuleTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("vi",)
    fallback_undefined = ""
