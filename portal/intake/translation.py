from modeltranslation.translator import TranslationOptions, register

from portal.intake.models import Challenge, Statement


@register(Challenge)
class ChallengeTranslation(TranslationOptions):
    fields = ("question",)
    required_languages = ("vi", "en")
    fallback_undefined = ""


@register(Statement)
class StatementTranslation(TranslationOptions):
    fields = ("purpose", "text")
    required_languages = ("vi", "en")
    fallback_undefined = ""
