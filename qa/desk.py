"""What the people at the agencies do with a case: each step with its form, who may take it and when."""

from dataclasses import dataclass

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Sector
from portal.agencies.models import Agency
from portal.editorial import audit, policy
from portal.publishing.workflow import Refused
from portal.text.fields import GatedCharFormField
from qa import answering, clock, publication, routing, steps
from qa.models import Case, Kind, Note, State
from qa.models.case import REASON_MAX, WITH_THE_BOARD

FOR_EVER = gettext_lazy("Kept for ever in the history: write no personal data here.")
TO_THE_SENDER = gettext_lazy("The sender reads these words.")
FORWARDED_BEFORE = (State.FORWARDED, State.TO_SIGN, State.WAITING, State.ANSWERED)
CLOCK_STANDS_STILL = gettext_lazy("The days on which the sender is waited for are not counted as days of the agency.")


def words_field(label, help_text="", *, rows=3, required=True, max_length=REASON_MAX):
    area = forms.Textarea(attrs={"rows": rows})
    return GatedCharFormField(label=label, help_text=help_text, required=required, max_length=max_length, widget=area)


class StepForm(forms.Form):
    """`version` is that of the case as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, initial={"version": case.version, **self.suggested(case)}, **kwargs)
        self.case = case

    @staticmethod
    def suggested(case):
        return {}


class ForwardForm(StepForm):
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=gettext_lazy("Answering agency"),
        help_text=gettext_lazy("Agencies that have somebody who drafts and somebody else who signs."),
    )
    sector = forms.ModelChoiceField(Sector.objects.none(), label=gettext_lazy("Sector"))
    concerns_all = forms.BooleanField(
        label=gettext_lazy("Matter of general concern"),
        label_suffix="",
        required=False,
        help_text=gettext_lazy("The answer must then be published, also without the sender's consent, masked."),
    )
    reason = words_field(gettext_lazy("Reason"), FOR_EVER, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = routing.able().exclude(pk=self.case.agency_id)
        self.fields["sector"].queryset = Sector.objects.all()
        self.fields["sector"].label_from_instance = lambda row: f"{'– ' * row.level}{row.name}"

    @staticmethod
    def suggested(case):
        return {"agency": case.named_agency_id, "sector": case.sector_id, "concerns_all": case.concerns_all}


class ClassifyForm(StepForm):
    sector = forms.ModelChoiceField(Sector.objects.none(), label=gettext_lazy("Sector"))
    concerns_all = ForwardForm.base_fields["concerns_all"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sector"].queryset = Sector.objects.all()
        self.fields["sector"].label_from_instance = lambda row: f"{'– ' * row.level}{row.name}"

    @staticmethod
    def suggested(case):
        return {"sector": case.sector_id, "concerns_all": case.concerns_all}


class ReasonForm(StepForm):
    reason = words_field(gettext_lazy("Reason"), FOR_EVER)


class OutOfScopeForm(StepForm):
    reason = words_field(gettext_lazy("Reason"), TO_THE_SENDER)
    competent_body = GatedCharFormField(
        label=gettext_lazy("Competent body"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Name and address, if known."),
    )


class MergeForm(StepForm):
    main = GatedCharFormField(
        label=gettext_lazy("Code of the earlier case"),
        max_length=20,
        help_text=gettext_lazy("For example HD-7K3M-9P2Q."),
        widget=forms.TextInput(attrs={"list": "cases-like", "autocomplete": "off"}),
    )
    same_sender = forms.BooleanField(
        label=gettext_lazy("The same sender"),
        label_suffix="",
        required=False,
        help_text=gettext_lazy("Otherwise the answer may not name the sender of the earlier case."),
    )
    reason = words_field(gettext_lazy("Reason"), TO_THE_SENDER)

    def clean_main(self):
        code = self.cleaned_data["main"].strip().upper()
        if found := Case.objects.filter(code=code, receiver=self.case.receiver_id).first():
            return found
        raise ValidationError(_("Your board has received no case with this code."))


class AskBackForm(StepForm):
    words = words_field(gettext_lazy("What is the sender to add?"), TO_THE_SENDER, rows=5)
    reply_by = forms.DateField(
        label=gettext_lazy("Reply expected by"),
        widget=AdminDateWidget,
        help_text=gettext_lazy("The clock stands still until the reply, at the latest until this day."),
    )

    @staticmethod
    def suggested(case):
        return {"reply_by": clock.end_of("reply", timezone.localdate())}


class GoOnForm(StepForm):
    reason = words_field(gettext_lazy("Reason"), FOR_EVER, required=False)


class ExtendForm(StepForm):
    promised = forms.DateField(
        label=gettext_lazy("Date promised for the answer"),
        widget=AdminDateWidget,
        help_text=gettext_lazy("Without a date the notice would keep no duty (Article 9.1)."),
    )
    words = words_field(gettext_lazy("How far the matter is, and why it takes longer"), TO_THE_SENDER, rows=5)


class WordsForm(StepForm):
    words = words_field(gettext_lazy("Reason"), TO_THE_SENDER)


class NoteForm(StepForm):
    text = words_field(gettext_lazy("Internal note"), gettext_lazy("For colleagues; the sender never sees it."))


def classify(case, *, by, sector, concerns_all, version=None):
    """The board says what the case is about, also once it is with an agency or answered. Raises Refused."""
    with transaction.atomic():
        row = steps.begin(case, by=by, action="sort_case", states=FORWARDED_BEFORE, version=version)
        row.sector, row.concerns_all = sector, concerns_all
        steps.end(row, "case_classify", by=by, changes={"sector": sector.name_vi, "concerns_all": concerns_all})
        publication.agree(row)
    return row


def note(case, *, by, text, version=None):
    """Whoever may read the case may write a note, in every state."""
    with transaction.atomic():
        row = steps.locked(case)
        policy.forget(by)
        if not steps.readable_by(by).filter(pk=row.pk).exists():
            raise Refused(_("Your role at this agency does not include this step."))
        Note.objects.create(case=row, by=by, at=timezone.now(), text=text)
        audit.record("case_note", row, by=by)
    return row


@dataclass(frozen=True)
class Step:
    """`action`: which right it needs; `states`: when it is offered. The function decides once more, under lock."""

    label: str
    form: type
    work: object
    action: str
    states: tuple
    applies: object = lambda case: True
    confirms: str = ""  # what follows from the step, with the rule where there is one


def _is_simple_information(case):
    return case.kind == Kind.INFORMATION and not case.is_complex and not case.is_extended


STEPS = {
    "forward": Step(
        gettext_lazy("Forward to the agency that answers"),
        ForwardForm,
        routing.forward,
        "sort_case",
        (*WITH_THE_BOARD, State.FORWARDED),
        confirms=gettext_lazy(
            "The time for the answer is counted from the day of receipt; forwarding does not prolong it (Article 9.1). "
            "A petition on administrative rules has a time limit for forwarding of its own (Decree 20/2008)."
        ),
    ),
    "submit": Step(
        gettext_lazy("Lay before the head of the agency"),
        StepForm,
        answering.submit,
        "answer_case",
        (State.FORWARDED,),
        applies=lambda case: case.draft is not None,
        confirms=gettext_lazy("The draft goes to the head of the agency, who signs it or sends it back."),
    ),
    "sign": Step(
        gettext_lazy("Sign and send the answer"),
        StepForm,
        answering.sign,
        "sign_case",
        (State.TO_SIGN,),
        confirms=gettext_lazy("The sender gets the answer at once; it is never changed after that."),
    ),
    "send_back": Step(
        gettext_lazy("Send the draft back"),
        ReasonForm,
        answering.send_back,
        "sign_case",
        (State.TO_SIGN,),
        confirms=gettext_lazy("The respondents of the agency go on writing; the time for the answer goes on."),
    ),
    "extend": Step(
        gettext_lazy("Tell the sender of the progress and promise a date"),
        ExtendForm,
        answering.extend,
        "answer_case",
        answering.AT_WORK,
        confirms=gettext_lazy(
            "Who is not answered in time is told how far the matter is and when the answer will come (Article 9.1). "
            "The promised date is a time limit of its own; from the second notice on the head of the agency decides."
        ),
    ),
    "declare_complex": Step(
        gettext_lazy("Tell that the information is complex"),
        WordsForm,
        answering.declare_complex,
        "answer_case",
        answering.AT_WORK,
        applies=_is_simple_information,
        confirms=gettext_lazy(
            "Within the time for simple information the sender is told the reason, and gets the information within the "
            "longer time (Law on Access to Information)."
        ),
    ),
    "ask_back": Step(
        gettext_lazy("Ask the sender to clarify"),
        AskBackForm,
        answering.ask_back,
        "answer_case",
        (State.FORWARDED,),
        confirms=CLOCK_STANDS_STILL,
    ),
    "ask_back_first": Step(
        gettext_lazy("Ask the sender to clarify"),
        AskBackForm,
        answering.ask_back,
        "sort_case",
        WITH_THE_BOARD,
        confirms=CLOCK_STANDS_STILL,
    ),
    "go_on": Step(
        gettext_lazy("Wait no longer for the reply"),
        GoOnForm,
        answering.go_on,
        "answer_case",
        (State.WAITING,),
        applies=lambda case: case.agency_id is not None,
    ),
    "go_on_first": Step(
        gettext_lazy("Wait no longer for the reply"),
        GoOnForm,
        answering.go_on,
        "sort_case",
        (State.WAITING,),
        applies=lambda case: case.agency_id is None,
    ),
    "give_back": Step(
        gettext_lazy("Send back: another agency is competent"),
        ReasonForm,
        routing.give_back,
        "answer_case",
        answering.AT_WORK,
        confirms=gettext_lazy(
            "The board that received the case finds another agency; the time goes on from the day of receipt. A draft "
            "that was begun is deleted."
        ),
    ),
    "out_of_scope": Step(
        gettext_lazy("Out of scope: tell the sender at once"),
        OutOfScopeForm,
        routing.declare_out_of_scope,
        "sort_case",
        WITH_THE_BOARD,
        confirms=gettext_lazy(
            "Who asks what no agency of the province answers is told so at once, and told who does (Article 9.1). "
            "The case is closed."
        ),
    ),
    "merge": Step(
        gettext_lazy("Join to an earlier case"),
        MergeForm,
        routing.merge,
        "sort_case",
        WITH_THE_BOARD,
        confirms=gettext_lazy("The sender gets the answer to the earlier case; this one is closed."),
    ),
    "discard": Step(
        gettext_lazy("No real request"),
        ReasonForm,
        routing.discard,
        "sort_case",
        WITH_THE_BOARD,
        confirms=gettext_lazy("Advertising, abuse, a test. The case is closed and its sender is told nothing."),
    ),
    "classify": Step(
        gettext_lazy("Change field and general concern"),
        ClassifyForm,
        classify,
        "sort_case",
        FORWARDED_BEFORE,
    ),
    "note": Step(gettext_lazy("Write a note"), NoteForm, note, steps.READING, tuple(State)),
}


def offered(case, user):
    """{name: Step} of what the person may do with the case now."""
    return {name: step for name, step in STEPS.items() if _is_offered(step, case, user)}


def _is_offered(step, case, user):
    if case.state not in step.states or not step.applies(case):
        return False
    if step.work is answering.extend and case.is_extended:
        return steps.may(user, "sign_case", case)  # from the second notice on the head decides
    if step.action == steps.READING:
        return steps.readable_by(user).filter(pk=case.pk).exists()
    return steps.may(user, step.action, case)
