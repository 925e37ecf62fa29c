from django.apps import AppConfig


class TextConfig(AppConfig):
    name = "portal.text"
    label = "text"
