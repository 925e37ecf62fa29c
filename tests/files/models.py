"""A model with both upload fields, in a registry of its own: it is no part of the project."""

from django.apps.registry import Apps
from django.db import models

from portal.files.fields import AttachmentField, PictureField

registry = Apps()


class Upload(models.Model):
    picture = PictureField(blank=True)
    attachment = AttachmentField(blank=True)

    class Meta:
        apps = registry
        app_label = "files_tests"

    def __str__(self):
        return self.picture.name or self.attachment.name


class AddressedUpload(Upload):
    class Meta:
        proxy = True
        apps = registry
        app_label = "files_tests"

    def file_url(self, field_name):
        return f"/tep/{self.pk}/{field_name}/"
