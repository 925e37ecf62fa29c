"""A model with every gated field, in a registry of its own: it is no part of the project."""

from django.apps.registry import Apps
from django.db import models
from modeltranslation.translator import TranslationOptions, translator

from portal.text import fields

registry = Apps()


class Note(models.Model):
    title = fields.GatedCharField(max_length=20)
    body = fields.GatedTextField(blank=True)
    slug = fields.GatedSlugField(blank=True, default="")
    email = fields.GatedEmailField(blank=True, default="")
    link = fields.GatedURLField(blank=True, default="")

    class Meta:
        apps = registry
        app_label = "text_tests"

    def __str__(self):
        return self.title


class TranslatedNote(models.Model):
    title = fields.GatedCharField(max_length=20)

    class Meta:
        apps = registry
        app_label = "text_tests"

    def __str__(self):
        return self.title


class TitleInTwoLanguages(TranslationOptions):
    fields = ("title",)


translator.register(TranslatedNote, TitleInTwoLanguages)
