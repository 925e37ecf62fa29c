from modeltranslation.translator import TranslationOptions, register

from portal.agencies.models import Agency, ContactPoint


@register(Agency)
class AgencyTranslation(TranslationOptions):
    fields = ("name", "place_name")
    required_languages = ("vi",)
    fallback_undefined = ""


@register(ContactPoint)
class ContactPointTranslation(TranslationOptions):
    fields = ("name", "address", "hours")
    required_languages = {"vi": ("name", "address")}
    fallback_undefined = ""
