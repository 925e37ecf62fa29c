"""Model fields for uploads: nothing is stored before it has been checked, however the row is written."""

from pathlib import PurePosixPath

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile, ImageFieldFile

from portal.files.attachments import ALLOWED, NOT_ALLOWED, PICTURE_EXTENSIONS, check_attachment
from portal.files.pictures import RENDITIONS, check_picture, re_encode
from portal.files.storage import FULL_WIDTH, attachment_path, picture_path, private_storage, rendition_name


class OwnAddressMixin:
    """The storage gives no addresses: the owner names its view's, by `file_url(field name)`."""

    @property
    def url(self):
        """Empty where the owner names no view: the admin then shows a file without a link."""
        self._require_file()
        locate = getattr(self.instance, "file_url", None)
        return locate(self.field.name) if locate else ""


class PictureFieldFile(OwnAddressMixin, ImageFieldFile):
    def save(self, name, content, save=True):
        """Store the renditions of `content`. Raises ValidationError, storing nothing, for no picture."""
        renditions = re_encode(content)
        super().save(name, renditions.pop(FULL_WIDTH), save=False)
        for width, rendition in renditions.items():
            self.storage.save(rendition_name(self.name, width), rendition)
        if save:
            self.instance.save()

    save.alters_data = True

    def delete(self, save=True):
        if self:
            for width in RENDITIONS:
                self.storage.delete(rendition_name(self.name, width))
        super().delete(save)

    delete.alters_data = True

    def rendition(self, width):
        """The stored file that is at most `width` pixels wide."""
        return type(self)(self.instance, self.field, rendition_name(self.name, width))


class AttachmentFieldFile(OwnAddressMixin, FieldFile):
    def save(self, name, content, save=True):
        """Store `content`. Raises ValidationError, storing nothing, for a type that is not allowed."""
        check_attachment(content, name=name)
        super().save(name, content, save)

    save.alters_data = True


def check_paper(upload, *, name=""):
    """Raise ValidationError unless `upload` is a picture, or a document that may be attached."""
    name = name or upload.name
    if _is_picture(name):
        check_picture(upload)
    else:
        _check_document(upload, name)


def to_paper(upload, *, name=""):
    """(name, content) as they are stored: of a picture one JPEG that does not tell where and with what it was taken.

    Raises ValidationError like `check_paper`.
    """
    name = name or upload.name
    if _is_picture(name):
        return f"{PurePosixPath(name).stem}.jpg", re_encode(upload)[FULL_WIDTH]
    _check_document(upload, name)
    return name, upload


def _is_picture(name):
    return PurePosixPath(name).suffix.lower() in PICTURE_EXTENSIONS


def _check_document(upload, name):
    try:
        check_attachment(upload, name=name)
    except ValidationError as refused:
        if refused.code != "not_allowed":
            raise
        allowed = {"allowed": ", ".join([*ALLOWED, *PICTURE_EXTENSIONS])}
        raise ValidationError(NOT_ALLOWED, code="not_allowed", params=allowed) from refused


class PaperFieldFile(OwnAddressMixin, FieldFile):
    def save(self, name, content, save=True):
        """Store `content` as `to_paper` gives it. Raises ValidationError, storing nothing."""
        name, content = to_paper(content, name=name)
        super().save(name, content, save)

    save.alters_data = True


class PictureFormField(forms.FileField):
    default_validators = [check_picture]
    accept = "image/jpeg,image/png,image/webp"

    def widget_attrs(self, widget):
        return {"accept": self.accept}


class AttachmentFormField(forms.FileField):
    default_validators = [check_attachment]
    accept = ",".join(ALLOWED)

    def widget_attrs(self, widget):
        return {"accept": self.accept}


class PaperFormField(forms.FileField):
    default_validators = [check_paper]
    accept = ",".join([*ALLOWED, *PICTURE_EXTENSIONS])

    def widget_attrs(self, widget):
        return {"accept": self.accept}


class PrivateFileMixin:
    """Private storage and a name of our own, unless the model says otherwise."""

    def __init__(self, verbose_name=None, name=None, **kwargs):
        super().__init__(verbose_name, name, **{"storage": private_storage, "upload_to": self.path, **kwargs})

    def formfield(self, **kwargs):
        """The uploaded name may be as long as it likes: it is not the one that is stored."""
        return super().formfield(**{"form_class": self.form_class, "max_length": None, **kwargs})


class PictureField(PrivateFileMixin, models.ImageField):
    attr_class = PictureFieldFile
    form_class = PictureFormField
    path = staticmethod(picture_path)


class AttachmentField(PrivateFileMixin, models.FileField):
    attr_class = AttachmentFieldFile
    form_class = AttachmentFormField
    path = staticmethod(attachment_path)


class PaperField(PrivateFileMixin, models.FileField):
    """What strangers send: a document that may be attached, or a picture."""

    attr_class = PaperFieldFile
    form_class = PaperFormField
    path = staticmethod(attachment_path)
