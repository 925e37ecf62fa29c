from modeltranslation.translator import TranslationOptions, register

from portal.workdays.models import CalendarDay


@register(CalendarDay)
class CalendarDayTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("vi",)
    fallback_undefined = ""
