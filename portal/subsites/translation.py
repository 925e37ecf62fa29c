from modeltranslation.translator import TranslationOptions, register

from portal.subsites.models import Site


@register(Site)
class SiteTranslation(TranslationOptions):
    fields = ("name", "responsible_title", "introduction")
    required_languages = {"vi": ("name", "responsible_title")}
    fallback_undefined = ""
