from modeltranslation.translator import TranslationOptions, register

from portal.publishing.models import Attachment, GalleryPicture


class PublishableTranslation(TranslationOptions):
    """Base of every category's options: Vietnamese is required, English falls back to it."""

    fields = ("title", "summary")
    required_languages = ("vi",)
    fallback_undefined = ""


@register(Attachment)
class AttachmentTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("vi",)
    fallback_undefined = ""


@register(GalleryPicture)
class GalleryPictureTranslation(TranslationOptions):
    fields = ("alt", "caption")
    required_languages = {"vi": ("alt",)}
    fallback_undefined = ""
