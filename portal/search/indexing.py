"""Keeps one entry per public item and language in step with the items, in the same transaction."""

from django.conf import settings
from django.utils.html import strip_tags

from portal.editorial.roles import State
from portal.publishing.registry import categories, category_of
from portal.search.models import IndexEntry
from portal.text.fold import exact, searchable

# Approved for later is indexed too: lists and search compare the times themselves.
INDEXED = (State.APPROVED, State.PUBLISHED, State.ARCHIVED)


def reindex(item):
    """Writes or removes the entries of one item."""
    code = category_of(item).code
    if item.state not in INDEXED:
        IndexEntry.objects.filter(category=code, object_id=item.pk).delete()
        return
    for language, _name in settings.LANGUAGES:
        IndexEntry.objects.update_or_create(
            category=code, object_id=item.pk, language=language, defaults=_values(item, language)
        )


def _values(item, language):
    text_language = language if item.is_translated(language) else "vi"
    title = getattr(item, f"title_{text_language}") or item.title_vi
    summary = strip_tags(getattr(item, f"summary_{text_language}") or item.summary_vi or "")
    body = item.text(text_language)
    text = " ".join([title, summary, body, item.author, item.source])
    return {
        "text_language": text_language,
        "agency_id": item.agency_id,
        "section": item.section(),
        "path": item.path(),
        "title": title,
        "summary": summary,
        "body": body,
        "author": item.author,
        "source": item.source,
        "picture": item.picture_path(),
        "picture_alt": item.picture_words(text_language),
        "visible_from": item.publish_at,
        "visible_to": item.expire_at,
        "archived": item.state == State.ARCHIVED,
        "title_folded": searchable(title),
        "title_exact": exact(title),
        "text_folded": searchable(text),
        "text_exact": exact(text),
    }


def entries_of(item):
    """The entries the item should have, unsaved; for the bulk rebuild."""
    code = category_of(item).code
    return [
        IndexEntry(category=code, object_id=item.pk, language=language, **_values(item, language))
        for language, _name in settings.LANGUAGES
    ]


def rebuild(progress=lambda done: None):
    """Makes all entries anew, 500 items at a time. Returns how many were made."""
    IndexEntry.objects.all().delete()
    made, batch = 0, []
    for category in categories():
        items = category.model.objects.filter(state__in=INDEXED).select_related()  # section() asks a neighbour
        for item in items.iterator(chunk_size=500):
            batch += entries_of(item)
            if len(batch) >= 1000:
                made, batch = made + len(IndexEntry.objects.bulk_create(batch)), []
                progress(made)
    return made + len(IndexEntry.objects.bulk_create(batch))
