"""What a refusal leaves behind: nothing."""

from contextlib import contextmanager

from django.utils import translation

from news.models import Article, Rubric
from portal.editorial.models import AuditEvent
from portal.publishing.models import Attachment, GalleryPicture, Revision
from portal.search.models import IndexEntry

MODELS = [Article, Article.related.through, Rubric, Attachment, GalleryPicture, Revision, AuditEvent, IndexEntry]


def stored():
    """{(model, key, column): value} of what boards publish, with its audit and its index entries."""
    with translation.override("vi"):  # a request leaves its language behind, and titles would be read in it
        return {
            (model._meta.label, row["id"], column): value
            for model in MODELS
            for row in model.objects.values(*[field.attname for field in model._meta.concrete_fields])
            for column, value in row.items()
        }


@contextmanager
def nothing_changed():
    before = stored()
    yield
    after = stored()
    keys = before.keys() | after.keys()
    changed = {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}
    assert changed == {}, changed
