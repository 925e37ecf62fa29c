"""Public forms without a captcha from elsewhere, without script or cookie: what holds programs off, and how."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.intake import challenges, throttle
from portal.intake.models import Challenge
from portal.intake.stamps import BadStamp, OldStamp, Stamp, read_stamp

QUICKLY = timedelta(seconds=3)  # no person fills in a form so fast, but a browser may
TRAP = _("This field is a trap for programs. Empty it and send the form again.")
ONCE_MORE = _(
    "This form was open for more than a day or did not arrive whole. Nothing you typed is lost: please send it once "
    "more."
)
QUESTION = _(
    "Please answer this question and send the form once more. It tells people from programs; nothing you typed is lost."
)
WRONG = _("That is not the answer. Nothing you typed is lost: please answer this other question.")
TOO_OFTEN = _(
    "Very much has been sent from your network within the last hour. Please keep what you have typed and send it in an "
    "hour. You can also write a letter, call, or come in person: the contact page tells where."
)


@dataclass(frozen=True)
class Limits:
    """How much is taken in an hour. A network may be one household, or a whole town behind its telephone company.

    After `soft` forms of one network, or `everywhere` of all, each sender answers a question; after `hard` of one
    network no more is taken from it. Forms of one `scope` are counted together.
    """

    scope: str
    soft: int = 5
    hard: int = 60
    everywhere: int = 300

    def of(self, at_most):
        return throttle.Limit(self.scope, at_most, timedelta(hours=1))


class GuardedForm:
    """Before the form class: `class QuestionForm(GuardedForm, forms.Form)`. It adds fields at the end of the form.

    `website` is a trap which the page hides, unless it has errors; `proof` is there only when it is asked for. Whatever
    is held against the sender is an error of the form like any other: what was typed stays. Who enters what a valid
    form says calls `sent()`, once for each `token`.
    """

    too_often = TOO_OFTEN

    def __init__(self, *args, network, limits, asks_proof=False, **kwargs):
        """`asks_proof`: of everybody, whatever the limits say."""
        super().__init__(*args, **kwargs)
        self.network, self.limits, self.asks_proof = network, limits, asks_proof
        # no CharField: whatever stands in it, the refusal is not shown beside a field that nobody sees
        self.fields["stamp"] = forms.Field(required=False, widget=forms.HiddenInput)
        self.fields["website"] = _trap()
        self.challenge, self._sentence = None, ""
        if self.is_bound:
            self._receive()
        else:
            self._begin()

    @property
    def token(self):
        """The UUID of this form, for what is sent with it twice and for its files."""
        return self._stamp.token

    def sent(self):
        """Counts the form. The count is locked until the caller's transaction ends: last in it, or after it."""
        throttle.count(self.limits.of(self.limits.hard), self.network)

    def _begin(self):
        self._stamp = Stamp.issue()
        if self.asks_proof or self._is_busy():
            self._ask(challenges.first_for(self.token))
        self._carry_stamp()

    def _receive(self):
        try:
            self._stamp = read_stamp(self._sent_as("stamp"))
        except OldStamp as old:
            # the form may have been sent already; and nobody has to wait before sending it once more
            self._stamp, self._sentence = Stamp(old.token, timezone.now() - QUICKLY), ONCE_MORE
        except BadStamp:
            self._stamp, self._sentence = Stamp.issue(), ONCE_MORE
        if self._stamp.question:
            self._ask(Challenge.objects.filter(pk=self._stamp.question).first() or challenges.first_for(self.token))
        elif self.asks_proof:
            self._ask(challenges.first_for(self.token))
        self._carry_stamp()

    def _sent_as(self, name):
        return str(self.data.get(self.add_prefix(name)) or "").strip()

    def full_clean(self):
        super().full_clean()
        if self.is_bound:
            self._guard()

    def _guard(self):
        if self._sent_as("website"):
            self.add_error("website", TRAP)
        if self._sentence:
            self.add_error(None, self._sentence)
        if throttle.is_over(self.limits.of(self.limits.hard), self.network):
            self.add_error(None, self.too_often)
        if self.challenge:
            self._check_answer()
        elif not self.errors and (self._is_quick() or self._is_busy()):
            self._ask_now(challenges.first_for(self.token), QUESTION)

    def _check_answer(self):
        typed = self.cleaned_data.get("proof")
        if typed and not self.challenge.is_answered_by(typed):
            self._ask_now(challenges.next_after(self.challenge), WRONG)

    def _is_quick(self):
        return timezone.now() - self._stamp.issued_at < QUICKLY

    def _is_busy(self):
        limits = self.limits
        if throttle.is_over(limits.of(limits.soft), self.network):
            return True
        return throttle.number_of_all(limits.of(limits.everywhere)) >= limits.everywhere

    def _ask(self, challenge):
        self.challenge = challenge
        if challenge:
            self._stamp = replace(self._stamp, question=challenge.pk)
            self.fields["proof"] = _proof(challenge)

    def _ask_now(self, challenge, sentence):
        """Asks a sender whose form is there already, with an empty field."""
        self._ask(challenge)
        if challenge:
            self._carry_stamp()
            self.data[self.add_prefix("proof")] = ""
            self.add_error("proof", sentence)

    def _carry_stamp(self):
        """The page shows this stamp, whatever came with the form."""
        self.initial = {**self.initial, "stamp": str(self._stamp)}
        if self.is_bound:
            self.data = self.data.copy()
            self.data[self.add_prefix("stamp")] = str(self._stamp)


def _trap():
    return forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )


def _proof(challenge):
    return forms.CharField(
        label=challenge.question,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("A word or a number is enough, with or without diacritics."),
    )
