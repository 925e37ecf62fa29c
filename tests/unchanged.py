"""What a refusal leaves behind: nothing."""

from contextlib import contextmanager

from news.models import Article, Rubric
from portal.editorial.models import AuditEvent
from portal.publishing.models import Attachment, GalleryPicture, Revision
from portal.search.models import IndexEntry

MODELS = [Article, Article.related.through, Rubric, Attachment, GalleryPicture, Revision, AuditEvent, IndexEntry]


def stored():
    """All rows of what boards publish, with their audit and their index entries."""
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in MODELS}


@contextmanager
def nothing_changed():
    before = stored()
    yield
    assert stored() == before
