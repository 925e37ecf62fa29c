"""The sender's data: seen, corrected, withdrawn by the secret link; erased when its time has passed.

What stays of an erased case are its code, kind, agencies, dates and duties: the figures are true for ever.
"""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.editorial import audit
from portal.intake import consents
from portal.intake.models import Statement
from portal.notices.models import Message
from portal.notices.outbox import KEPT
from portal.publishing.signals import changing
from portal.publishing.workflow import Refused, take_down
from qa import letters, publication, steps
from qa.models import Case, Question, Rating, State
from qa.models.case import NAMED, OPEN

LETTERS_LEAVE_WITHIN = timedelta(days=60)
CORRECTABLE = ("name", "email", "phone", "address", "language")


def correct(case, **values):
    """Puts right what the sender said of themselves. Raises ValidationError."""
    with transaction.atomic():
        row = _kept(case)
        if row.kind in NAMED and not (values["name"] and values["address"]):
            raise Refused(_("The law asks for name and address with a petition and a request for information."))
        former = row.email
        changed = [name for name in CORRECTABLE if values.get(name, getattr(row, name)) != getattr(row, name)]
        for name in changed:
            setattr(row, name, values[name])
        if changed:
            _carry_into_the_public_version(row)
            steps.end(row, "case_correct", by=None, changes=dict.fromkeys(changed, ""))
        if former and "email" in changed:
            letters.address_changed(row, former)
    return row


def _carry_into_the_public_version(case):
    """What is corrected is masked too, and the name that the sender agreed to show is the right one."""
    question = Question.objects.select_for_update(of=["self"]).filter(case=case).first()
    if question is None:
        return
    more = [[str(kind), words] for kind, words in publication.always_masked(case)]
    case.masked = [*case.masked, *[row for row in more if row not in case.masked]]
    if question.asker and question.asker != case.name:
        question.asker = case.name
        question.save(update_fields=["asker"])
        changing.send(Question, item=question)


def withdraw(case):
    """Nobody works on the case any more. Raises Refused once it is closed."""
    with transaction.atomic():
        row = steps.locked(case)
        if row.state not in OPEN:
            raise Refused(_("The case is closed already. You may have your data erased."))
        row.clarifications.filter(ended_at=None).update(ended_at=timezone.now())
        row.answers.filter(signed_at=None).delete()
        steps.close(row, State.WITHDRAWN)
        steps.end(row, "case_withdraw", by=None, note=gettext_lazy("Withdrawn by the sender."))
        steps.set_free(row, by=None)
        letters.withdrawn(row)
    return row


def withdraw_consent(case, code):
    """Takes back the consent to publication, or to the name: what rests on it is shown no more from this moment."""
    with transaction.atomic():
        row = steps.locked(case)
        consents.withdraw(row, code, timezone.now())
        audit.record("case_consent", row, by=None, changes={"consent": code})
        question = Question.objects.select_for_update(of=["self"]).filter(case=row).first()
        if question is None:
            return row
        _hide_name(question)
        if code == "publication" and not row.concerns_all:
            with translation.override(settings.LANGUAGE_CODE):
                take_down(question, reason=_("The sender has withdrawn the consent to publication."))
    return row


def _hide_name(question):
    """The name stands beside a public question; the consent to either is what it rests on."""
    question.asker = ""
    question.save(update_fields=["asker"])
    changing.send(Question, item=question)


def give_consent(case, code):
    """The sender may also agree afterwards."""
    with transaction.atomic():
        row = _kept(case)
        statement = Statement.objects.current(code)
        if statement is None:
            raise Refused(_("There is no text to agree to at present."))
        consents.accept(row, [statement])
        audit.record("case_consent_given", row, by=None, changes={"consent": code})
    return row


def _kept(case):
    row = steps.locked(case)
    if row.erased_at:
        raise Refused(_("The data of this case was erased."))
    return row


def erase(case):
    """Erases what tells of the sender, with the files, at the sender's wish or when the time has passed."""
    with transaction.atomic():
        row = _kept(case)
        if row.state in OPEN:
            raise Refused(_("The case is still open: withdraw it first, or wait for the answer."))
        files = [(file.file.storage, file.file.name) for file in row.files.all()]
        row.files.all().delete()
        row.notes.all().delete()
        row.clarifications.update(words="", reply="")
        _erase_answers(row)
        row.extensions.update(words="")
        if hasattr(row, "reopening"):
            type(row.reopening).objects.filter(case=row).update(words="")
        Rating.objects.filter(answer__case=row).update(words="")
        if question := Question.objects.select_for_update(of=["self"]).filter(case=row).exclude(asker="").first():
            _hide_name(question)
        ended = Message.objects.ended()  # what waits goes out, and is forgotten after that
        ended.about(row).delete()
        ended.filter(key__startswith=letters.LINKS, recipient__iexact=row.email).delete()
        for name in Case.PERSONAL:
            setattr(row, name, "")
        row.masked, row.erased_at = [], timezone.now()
        row.key_edition += 1  # older links open nothing
        row.version += 1
        row.save()
        audit.record("case_erase", row, by=None)
        transaction.on_commit(lambda: _remove(files))
    return row


def _erase_answers(case):
    """Who was joined to the case reads its answers too: they go with the last of these."""
    main = case.merged_into or case
    readers = [row for row in [main, *main.merged.filter(same_sender=False)] if row.pk != case.pk and not row.erased_at]
    if not readers:
        main.answers.update(text="")


def _remove(files):
    for storage, name in files:
        storage.delete(name)


def erase_due():
    """The worker's chore. Returns how many cases were erased."""
    due = Case.objects.filter(erased_at=None, keep_until__lt=timezone.localdate()).exclude(state__in=OPEN)
    erased = 0
    for pk in list(due.values_list("pk", flat=True)[:500]):
        with suppress(Refused):  # the sender was first
            erase(Case(pk=pk))
            erased += 1
    # letters that were on their way then
    lately = Case.objects.filter(erased_at__gt=timezone.now() - LETTERS_LEAVE_WITHIN).values("pk")
    kind = ContentType.objects.get_for_model(Case)
    Message.objects.ended().filter(content_type=kind, object_id__in=lately).delete()
    old = Message.objects.filter(key__startswith=letters.LINKS, created_at__lt=timezone.now() - KEPT)
    old.delete()  # they are about no single case
    return erased
