"""Reads the texts of attached files, in the worker: what is waiting stands in the rows themselves."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q

from portal.files.texts import TextStatus, extract
from portal.publishing.models import Attachment, AttachmentPage
from portal.publishing.registry import categories
from portal.publishing.signals import changing
from portal.text.fold import searchable

WITHOUT_TEXT = (TextStatus.NO_TEXT, TextStatus.LOCKED, TextStatus.BROKEN, TextStatus.TOO_MUCH)
OVERLAP = 120  # characters of the next page
AT_ONCE = 20  # files in one round: the other tasks of the worker wait for it


def read_waiting():
    """Reads the next files that nobody has read. Returns how many."""
    waiting = Attachment.objects.filter(text_status=TextStatus.WAITING).order_by("pk")[:AT_ONCE]
    for attachment in waiting:
        read(attachment)
    return len(waiting)


def read(attachment):
    """Stores the text of the file page by page; its item is found by it. A file that cannot be read says why."""
    found = extract(attachment.file)
    with transaction.atomic():
        row = Attachment.objects.select_for_update().filter(pk=attachment.pk, file=attachment.file.name).first()
        if row is None:  # replaced or deleted meanwhile
            return
        row.page_count, row.text_status, row.text_encoding = found.count, found.outcome, found.converted
        row.save(update_fields=["page_count", "text_status", "text_encoding"])
        row.pages.all().delete()
        AttachmentPage.objects.bulk_create(_pages(row, found.pages), batch_size=500)
        if row.item is not None and type(row.item) in {category.model for category in categories()}:
            changing.send(type(row.item), item=row.item)


def _pages(attachment, texts):
    """A phrase that a page begins and the next one ends is found on the first."""
    following = [text[:OVERLAP] for text in [*texts[1:], ""]]
    return [
        AttachmentPage(attachment=attachment, number=number, text=text, text_folded=searchable(f"{text} {after}"))
        for number, (text, after) in enumerate(zip(texts, following, strict=True), start=1)
    ]


def unreadable(model):
    """The items of the model with a file whose text could not be had: somebody has to type or paste it."""
    kind = ContentType.objects.get_for_model(model)
    silent = Q(text_status__in=WITHOUT_TEXT)
    return Attachment.objects.filter(silent, content_type=kind).values("object_id")
