"""What the person who uploads is told when a file is refused for what is inside it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.files.reading import ACTIVE, BROKEN, EMBEDDED, LOCKED, NO_PAGES, TOO_MUCH
from portal.files.sandbox import find_problem

SENTENCES = {
    LOCKED: _("This file is protected by a password. Please save it without one and upload it again."),
    BROKEN: _("This file is damaged or incomplete. Please export the original once more and upload that."),
    ACTIVE: _(
        "This PDF contains scripts or actions that run by themselves. Please print it to a new PDF and upload that."
    ),
    EMBEDDED: _("This PDF contains other files. Please take them out and upload each of them by itself."),
    NO_PAGES: _("This PDF has no pages. Please export the original once more and upload that."),
    TOO_MUCH: _("This file could not be examined in time. Please save it in a simpler form and upload it again."),
}


def refuse_problems(upload, *, check):
    """Raise ValidationError for what `check`, a kind of `portal.files.extraction`, finds in `upload`."""
    if problem := find_problem(check, upload):
        raise ValidationError(SENTENCES[problem], code=problem)
