"""Model fields for uploads: nothing is stored before it has been checked, however the row is written."""

from django import forms
from django.db import models
from django.db.models.fields.files import FieldFile, ImageFieldFile

from portal.files.attachments import ALLOWED, check_attachment
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
