from modeltranslation.translator import TranslationOptions, register

from portal.search.models import BestBet


@register(BestBet)
class BestBetTranslation(TranslationOptions):
    fields = ("title", "description")
    required_languages = {"vi": ("title",)}
    fallback_undefined = ""
