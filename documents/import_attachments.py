"""The files of imported rows: on the disk before the rows are stored, and gone again when they are not."""

from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType

from documents.models import Document
from portal.files.inspection import inspect
from portal.publishing.models import Attachment


@contextmanager
def kept_files(drafts):
    """[(draft, unsaved attachment)] with stored files. Files are checked as they are stored, which takes long: it is
    done before the transaction, and undone when that fails."""
    attachments = []
    try:
        for draft in drafts:
            for position, file in enumerate(draft.open_files()):
                attachments.append((draft, _attachment(draft, file, position)))
        yield attachments
    except BaseException:  # a worker that is told to stop leaves no files behind either
        for _draft, attachment in attachments:
            attachment.file.storage.delete(attachment.file.name)
        raise


def _attachment(draft, file, position):
    with file:
        seen = inspect(file)
        title = draft.document.title_vi if position == 0 else file.name.rpartition(".")[0][:250]
        attachment = Attachment(title_vi=title, position=position)
        attachment.media_type, attachment.size, attachment.sha256 = seen.content_type, seen.size, seen.sha256
        attachment.file.save(file.name, file, save=False)
    return attachment


def attach(attachments):
    """Stores the rows of the files, once their documents have keys."""
    kind = ContentType.objects.get_for_model(Document)
    for draft, attachment in attachments:
        attachment.content_type, attachment.object_id = kind, draft.document.pk
    Attachment.objects.bulk_create([attachment for _draft, attachment in attachments])
