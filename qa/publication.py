"""From a case to what everybody may read: the editor masks, the board approves, the duty of D14 follows."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.agencies.models import ContactPoint
from portal.editorial import policy
from portal.intake import consents
from portal.obligations import ledger
from portal.publishing import editing
from portal.publishing.workflow import Refused, take_down
from portal.subsites.models import Site
from portal.text.personal import Kind as Personal
from portal.text.personal import find
from qa import clock, steps
from qa.models import Case, Question, State

TEXTS = ("title", "question", "answer")


def originals(case):
    """{text of the public version: what it is made from}"""
    answer = case.answer
    return {"title": case.subject, "question": case.text, "answer": answer.text if answer else ""}


def suggestions(case):
    """{text: [Finding]} of what looks like personal data; names and numbers of offices are none."""
    rows = ContactPoint.objects.values_list("phone", "fax", "address_vi", "email")
    offices = {value for row in rows for value in row if value}
    known = [(kind, value) for kind, value in _known(case) if value]
    return {name: find(text, known, public=offices) for name, text in originals(case).items()}


def _known(case):
    return [
        (Personal.NAME, case.name),
        (Personal.EMAIL, case.email),
        (Personal.PHONE, case.phone),
        (Personal.ADDRESS, case.address),
    ]


def why_not(case):
    """Why there can be no public version now: a sentence, or empty."""
    if case.state != State.ANSWERED or case.erased_at:
        return _("Only an answered case whose data is still kept can be published.")
    if hasattr(case, "question"):
        return _("There is a public version already.")
    if not case.concerns_all and not consents.holds(case, "publication"):
        return _("The sender has not agreed to publication, and the matter is not of general concern.")
    if case.sector_id is None:
        return _("Choose the field first.")
    return ""


def prepare(case, *, by, texts, masked, version=None):
    """Makes the draft of the public version out of what the editor left of the texts. Raises ValidationError.

    `masked`: [(kind, words)] that no public text may say; they are kept beside the original.
    """
    with transaction.atomic():
        row = steps.begin(case, by=by, action="sort_case", states=[State.ANSWERED], version=version)
        if sentence := why_not(row):
            raise Refused(sentence)
        row.masked = [[str(kind), words] for kind, words in dict.fromkeys([*masked, *always_masked(row)])]
        question = _draft(row, texts, by)
        if still := question.still_says():
            words = _("Still to be masked: %(words)s.")
            raise Refused(words % {"words": ", ".join(f"“{text}”" for text in still)})
        question.full_clean()
        row.question = question
        editing.store(question, by=by, changes={"case": row.code})
        question.documents.set(row.answer.documents.all())
        steps.end(row, "case_public_version", by=by)
    return question


def always_masked(case):
    """The sender's own data, whatever the editor saw. Where the sender agrees to it, the name stands beside the texts,
    and nowhere in them: there it could not be taken back."""
    return [(kind, value) for kind, value in _known(case) if value]


def _draft(case, texts, by):
    answer = case.answer
    site = Site.objects.filter(agency=case.receiver_id).first()
    return Question(
        case=case,
        agency=case.receiver,
        kind=case.kind,
        sector=case.sector,
        answered_by=answer.agency,
        signatory=answer.signed_by.full_name,
        asked_on=timezone.localdate(case.received_at),
        event_date=timezone.localdate(answer.signed_at),
        asker=case.name if consents.holds(case, "name") else "",
        title_vi=texts["title"],
        question_vi=texts["question"],
        answer_vi=texts["answer"],
        summary_vi=Truncator(" ".join(texts["question"].split())).chars(300),
        author=answer.agency.name_vi,
        source=site.name_vi if site else case.receiver.name_vi,
        interprets_law=answer.interprets_law,
        created_by=by,
        last_edited_by=by,
    )


def follow(question):
    """Once readers can open it, the duty to publish is kept; taken from them, it is owed again (D14)."""
    if question.case_id is None:
        return
    case = Case.objects.select_related("receiver").get(pk=question.case_id)
    if question.is_readable and says_the_last_answer(question, case):
        at = max(question.publish_at, question.last_edited_at)
        ledger.fulfil(case, [clock.PUBLISH], {case.receiver_id: (at, question.approved_by)})
    elif question.is_gone:
        ledger.reopen(case, [clock.PUBLISH], by=question.last_edited_by, reason=question.withdrawal_reason or "-")


def says_the_last_answer(question, case):
    """Whether it was not overtaken by an answer to the sender's asking again."""
    return case.answered_at is not None and question.event_date >= timezone.localdate(case.answered_at)


def agree(case):
    """After the board has said whether the matter concerns all: what is public rests on that, or on consent."""
    question = Question.objects.select_for_update(of=["self"]).filter(case=case).first()
    if question is None:
        return
    if not case.concerns_all and not consents.holds(case, "publication"):
        take_down(question, reason=_("The sender has not agreed to publication."))
    follow(question)


def to_prepare(user):
    """Answered cases of the person's boards that must be published and are not, or not with the last answer."""
    return Case.objects.to_be_published().filter(receiver__in=policy.agencies(user, "sort_case"))
