"""A kind of content that nobody registered, in a registry of its own: it is no part of the project."""

from django.apps.registry import Apps

from portal.publishing.models import Publishable

registry = Apps()


class Stray(Publishable):
    class Meta(Publishable.Meta):
        apps = registry
        app_label = "publishing_tests"

    def __str__(self):
        return self.title
