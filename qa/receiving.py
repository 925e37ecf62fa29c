"""How a question, a petition or a request comes in: one form makes one case, with its clock and its receipt."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.editorial import audit
from portal.intake import consents, keys, uploads
from portal.intake.models import Statement
from qa import clock, letters
from qa.models import Case, CaseFile
from qa.routing import receiver_for

PREFIX = "HD"
ALWAYS = ("liability", "privacy")  # accepted, or nothing is received
OPTIONAL = ("publication", "name")


def receive(agency, *, token, agreed, **facts):
    """Enters a case that came in on the agency's site. The same token again gives the first case.

    `agreed`: the codes of statements that were accepted. Raises ValidationError; then nothing was entered.
    """
    if first := Case.objects.filter(token=token).first():
        return first
    try:
        with transaction.atomic():
            return _enter(receiver_for(agency), token, agreed, facts)
    except (IntegrityError, ValidationError):
        if first := Case.objects.filter(token=token).first():  # the other of two clicks was first
            return first
        raise


def _enter(agency, token, agreed, facts):
    now = timezone.now()
    offered = {code: Statement.objects.current(code, timezone.localdate(now)) for code in (*ALWAYS, *OPTIONAL)}
    if any(offered[code] and code not in agreed for code in ALWAYS):
        raise ValidationError(_("Without this nothing can be received. Read the text and tick it."))
    case = Case(receiver=agency, token=token, code=_new_code(), received_at=now, **{"language": get_language()} | facts)
    case.full_clean()
    case.save()
    for name, facts in uploads.claim(token):
        CaseFile.objects.create(case=case, file=name, **facts)
    accepted = [statement for code, statement in offered.items() if statement and code in agreed]
    consents.accept(case, accepted, case.received_at)
    with translation.override(settings.LANGUAGE_CODE):  # what is kept is Vietnamese, whatever its sender reads
        audit.record("case_receive", case, by=None)
        clock.settle(case, by=None)
    letters.received(case)
    letters.arrived(case)
    return case


def _new_code():
    """One that is free: of the millions there are, two in a row are hardly ever taken."""
    code = keys.new_code(PREFIX)
    while Case.objects.filter(code=code).exists():
        code = keys.new_code(PREFIX)
    return code
