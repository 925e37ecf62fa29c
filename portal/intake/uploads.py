"""Files that came with a form which is not finished yet: kept for a day, so that another mistake does not cost them.

The row is there before its file and goes after it, so that a process that is killed leaves no file that nobody knows.
"""

from datetime import timedelta
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.files.attachments import TOO_HEAVY
from portal.files.fields import to_paper
from portal.files.inspection import inspect
from portal.intake import throttle
from portal.intake.models import Upload
from portal.text.legacy import convert, legacy_encoding
from portal.text.normalise import normalise

AT_MOST = 5
FILE_MAX_BYTES = 10 * 1024**2
TOGETHER_MAX_BYTES = 20 * 1024**2
ALL_FORMS_MAX_BYTES = 5 * 1024**3  # the disk of the portal is not for strangers to fill
OF_ONE_NETWORK = throttle.Limit("intake.files", 100)
KEPT_FOR = timedelta(hours=24)
FIELD = Upload._meta.get_field("file")


def keep(token, files, *, network):
    """Stores the files that come with the form `token`, pictures without their place and camera; the same file twice is
    one. Raises ValidationError with a sentence for each that is refused, after the others have been stored.

    Not within a transaction: what it stores stays when the form is refused.
    """
    refused = []
    for position, upload in enumerate(files):
        title = _title(upload.name)
        try:
            if position >= AT_MOST:
                raise _too_many()
            _keep(token, upload, title, network)
        except ValidationError as refusal:
            refused += [f"{title}: {why}" for why in refusal.messages]
    if refused:
        raise ValidationError(refused)


def kept(token):
    """The files of a form."""
    return Upload.objects.filter(token=token)


def drop(token, pk):
    """The sender takes a file away; `pk` as the form said it."""
    with transaction.atomic(durable=True):
        for row in kept(token).select_for_update():
            if str(row.pk) == str(pk):
                _remove(row)


def claim(token):
    """[(stored name, facts)] of the files of a form: in the caller's transaction they become the caller's."""
    rows = list(kept(token).select_for_update())
    kept(token).filter(pk__in=[row.pk for row in rows]).delete()
    names = ("title", "media_type", "size", "sha256")
    return [(row.file.name, {name: getattr(row, name) for name in names}) for row in rows if _is_there(row)]


def forget():
    """Deletes what was kept for a form that nobody finished within a day. Returns how many files."""
    old = Upload.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).values_list("pk", flat=True)
    return sum(_forget(pk) for pk in list(old))


def _forget(pk):
    with transaction.atomic():
        # one that is locked is being claimed
        row = Upload.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
        if row:
            _remove(row)
    return row is not None


def _remove(row):
    row.file.storage.delete(row.file.name)
    row.delete()


def _is_there(row):
    return row.file.storage.exists(row.file.name)


def _keep(token, upload, title, network):
    _refuse_heavy(upload)
    _refuse_crowd(network)
    name, content = to_paper(upload, name=title)
    seen = inspect(content)
    with transaction.atomic(durable=True):
        row = kept(token).filter(sha256=seen.sha256).first() or _enter(token, name, title, seen, network)
    _write(row, content)


def _enter(token, name, title, seen, network):
    _refuse_more(token, seen.size)
    facts = {"title": title, "media_type": seen.content_type, "size": seen.size, "created_at": timezone.now()}
    facts["file"] = FIELD.generate_filename(None, name)
    # of two clicks one enters it
    row, _is_new = Upload.objects.get_or_create(token=token, sha256=seen.sha256, defaults=facts)
    throttle.count(OF_ONE_NETWORK, network)
    return row


def _write(row, content):
    """Of two clicks one may have written the file between the row of the other and this."""
    if not _is_there(row):
        written = row.file.storage.save(row.file.name, content)
        if written != row.file.name:
            row.file.storage.delete(written)


def _refuse_heavy(upload):
    if upload.size > FILE_MAX_BYTES:
        raise ValidationError(TOO_HEAVY, params=_sizes(upload.size, FILE_MAX_BYTES))


def _refuse_crowd(network):
    if throttle.is_over(OF_ONE_NETWORK, network) or _bytes_of(Upload.objects) > ALL_FORMS_MAX_BYTES:
        raise ValidationError(
            _(
                "The portal can take no files at the moment. Please send the form without it, and the file later or by "
                "post: the receipt tells where."
            )
        )


def _refuse_more(token, size):
    if kept(token).count() >= AT_MOST:
        raise _too_many()
    together = _bytes_of(kept(token)) + size
    if together > TOGETHER_MAX_BYTES:
        sentence = _(
            "With this file all files together have %(size)s; at most %(limit)s are accepted. Please leave one out."
        )
        raise ValidationError(sentence % _sizes(together, TOGETHER_MAX_BYTES))


def _too_many():
    sentence = ngettext(
        "At most %(count)d file is accepted. Please leave out what is needed least.",
        "At most %(count)d files are accepted. Please leave out what is needed least.",
        AT_MOST,
    )
    return ValidationError(sentence % {"count": AT_MOST})


def _bytes_of(rows):
    return rows.aggregate(total=Sum("size"))["total"] or 0


def _sizes(size, limit):
    return {"size": filesizeformat(size), "limit": filesizeformat(limit)}


def _title(name):
    """The name as the sender knows it: without its folders, in Unicode, short enough to store."""
    encoding = legacy_encoding(name)
    plain = normalise(convert(name, encoding) if encoding else name)
    path = PurePosixPath(" ".join(plain.replace("\\", "/").split()))
    longest = FIELD.model._meta.get_field("title").max_length
    return f"{path.stem[: longest - 10]}{path.suffix}"[:longest]
