"""What is kept of the sender: to see, to put right, to take back; and what the sender says of the answer."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from portal.intake import keys
from portal.intake.models import Acceptance, Statement
from portal.web.fields import EmailField, TextField
from portal.web.views import crumbs
from qa import afterwards, clock, letters, privacy, receiving
from qa.asking import phone_number
from qa.models import Answer
from qa.models.case import OPEN, REASON_MAX
from qa.opening import UNNAMED, case_url, crumb, taken, trail, with_case
from qa.views import LIST


class DataForm(forms.Form):
    name = TextField(
        label=gettext_lazy("Full name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = TextField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        validators=[phone_number],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    address = TextField(
        label=gettext_lazy("Your address"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of letters"), choices=settings.LANGUAGES)


@with_case
def own_data(request, case):
    """What is kept of the sender: to see, to put right, to take back."""
    step = request.POST.get("step", "") if request.method == "POST" else ""
    data = {name: getattr(case, name) for name in privacy.CORRECTABLE}
    form = DataForm(request.POST if step == "correct" else None, initial=data)
    refusal = ""
    if step == "correct":
        if form.is_valid() and taken(form, lambda: privacy.correct(case, **form.cleaned_data)):
            return redirect(_after(case, step))
    elif step:
        refusal = _take(case, step, request.POST)
        if not refusal:
            return redirect(_after(case, step))
    context = {
        "case": case,
        "form": form,
        "refusal": refusal,
        "consents": _consents(case),
        "kept_for": clock.term(f"keep_{case.kind}"),
        "is_open": case.state in OPEN,
        "case_url": case_url("case", case),
        "breadcrumbs": crumbs(request, *trail((case.code, crumb(case)), (_("Your data"), crumb(case, "du-lieu/")))),
    }
    return render(request, "qa/own_data.html", UNNAMED | context)


def _consents(case):
    accepted = {row.statement.code: row for row in Acceptance.objects.of(case).select_related("statement")}
    rows = []
    for code in (*receiving.ALWAYS, *receiving.OPTIONAL):
        row = accepted.get(code)
        statement = row.statement if row else Statement.objects.current(code)
        standing = row is not None and row.withdrawn_at is None
        facts = {"code": code, "row": row, "standing": standing, "optional": code in receiving.OPTIONAL}
        rows.append(facts | {"statement": statement})
    return rows


def _take(case, step, data):
    """Why the step was not taken: a sentence, or empty."""
    code = data.get("code", "")
    steps = {
        "withdraw": lambda: privacy.withdraw(case),
        "erase": lambda: privacy.erase(case),
        "withdraw_consent": lambda: privacy.withdraw_consent(case, code),
        "give_consent": lambda: privacy.give_consent(case, code),
    }
    if step not in steps or ("consent" in step and code not in receiving.OPTIONAL):
        raise Http404
    if step in ("withdraw", "erase") and not data.get("sure"):
        return _("Tick that you are sure.")
    try:
        steps[step]()
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


def _after(case, step):
    """Once erased, the former key opens nothing."""
    if step == "erase":
        return f"{reverse('qa:look_up')}?da-xoa=1"
    return f"{case_url('own_data', case)}?da-luu=1"


# --- rating -----------------------------------------------------------------------------------------------------------


class RatingForm(forms.Form):
    satisfied = forms.TypedChoiceField(
        label=gettext_lazy("Are you satisfied with the answer?"),
        choices=[("yes", gettext_lazy("Satisfied")), ("no", gettext_lazy("Not satisfied"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = TextField(
        label=gettext_lazy("Remark (optional)"),
        max_length=REASON_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@never_cache
def rate(request, pk, token):
    """Once for each answer. Opening the page rates nothing: programs that look at mail open links."""
    answers = Answer.objects.signed().filter(case__erased_at=None)  # the page leads to the case
    answer = answers.select_related("case", "agency").filter(pk=pk).first()
    if answer is None or not keys.opens_token(letters.RATING, pk, token):
        raise Http404
    form, rated = RatingForm(request.POST if request.method == "POST" else None), hasattr(answer, "rating")
    done = not rated and form.is_valid() and taken(form, lambda: afterwards.rate(answer, **form.cleaned_data))
    context = {
        "answer": answer,
        "case": answer.case,
        "form": form,
        "rated": rated,
        "done": done,
        "reopen_until": afterwards.reopen_until(answer.case),
        "case_url": reverse("qa:look_up"),  # who was given this link alone is given no more
        "breadcrumbs": crumbs(
            request, (_("Questions and answers"), LIST), (_("Rate the answer"), f"{letters.RATE}{pk}/{token}/")
        ),
    }
    response = render(request, "qa/rate.html", UNNAMED | context, status=410 if rated else 200)
    response["Referrer-Policy"] = "same-origin"
    return response
