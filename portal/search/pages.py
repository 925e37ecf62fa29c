"""On which page of which file the words of a query stand."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, IntegerField, Q, Value, When

from portal.publishing.models import AttachmentPage
from portal.publishing.registry import category


def _of(rows):
    """The pages of the files of these items, given as mappings with `category` and `object_id`."""
    items = {}
    for row in rows:
        items.setdefault(row["category"], []).append(row["object_id"])
    condition = Q(pk__in=[])
    for code, ids in items.items():
        condition |= Q(attachment__content_type=_kind(code), attachment__object_id__in=ids)
    return AttachmentPage.objects.filter(condition)


def _codes(rows):
    """{content type: code of the category}"""
    return {_kind(code).pk: code for code in {row["category"] for row in rows}}


def _kind(code):
    return ContentType.objects.get_for_model(category(code).model)


def holding(rows, phrases):
    """{(category, object_id)} of those with every phrase, folded, on a page of a file."""
    if not rows:
        return set()
    codes, found = _codes(rows), None
    for phrase in phrases:
        pages = _of(rows).filter(text_folded__contains=f" {' '.join(phrase)} ")
        items = set(pages.values_list("attachment__content_type", "attachment__object_id").distinct())
        found = items if found is None else found & items
    return {(codes[kind], pk) for kind, pk in found or ()}


def best_pages(rows, wordings):
    """{(category, object_id): page} with the page of a file that holds most of the wordings, folded; the first of them.

    Each wording is a tuple of words that stand beside each other. Two hits or all: what holds one word of several is
    not shown.
    """
    if not rows or not wordings:
        return {}
    score = sum(_says(wording) for wording in wordings)
    least = len(wordings) if len(wordings) <= 2 else len(wordings) - 1
    pages = _of(rows).annotate(score=score).filter(score__gte=least).select_related("attachment")
    pages = pages.defer("text_folded").order_by("-score", "attachment__position", "attachment", "number")
    codes, best = _codes(rows), {}
    for page in pages:
        best.setdefault((codes[page.attachment.content_type_id], page.attachment.object_id), page)
    return best


def _says(wording):
    held = Q(text_folded__contains=f" {' '.join(wording)} ")
    return Case(When(held, then=Value(1)), default=Value(0), output_field=IntegerField())
