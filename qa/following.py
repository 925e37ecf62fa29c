"""The sender's side of a case: by code and secret, without an account. Wrong code and wrong secret look the same."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.files.serving import serve
from portal.intake import keys, throttle, uploads
from portal.intake.fields import FilesFormField
from portal.intake.guard import GuardedForm, Limits
from portal.intake.models import Acceptance, Statement
from portal.intake.networks import network_of
from portal.obligations.counting import days_left, delay, explanation
from portal.obligations.models import Obligation
from portal.subsites.links import site_url
from portal.web.cards import site_names
from portal.web.fields import EmailField, TextField
from portal.web.views import crumbs
from portal.workdays.calendars import read_calendar
from qa import afterwards, answering, clock, letters, privacy, receiving
from qa.asking import FILES_HELP, phone_number
from qa.models import Answer, Case, Question, State
from qa.models.case import OPEN, REASON_MAX, TEXT_MAX
from qa.timeline import timeline
from qa.views import LIST, cited

GUESSES = throttle.Limit("qa.guess", 20, timedelta(minutes=15))
ASKED_LINKS = Limits("qa.links", soft=3, hard=10)


class TooManyGuesses(Exception):
    """Of one network within a short time."""


def find(request, code, secret):
    """The case; Http404 where code or secret is wrong. Raises TooManyGuesses, whatever was typed."""
    network = network_of(request)
    if throttle.is_over(GUESSES, network):
        raise TooManyGuesses
    tidy = keys.tidy_code(code)
    rows = Case.objects.select_related("receiver", "agency", "sector", "merged_into", "reopening", "last_extension")
    case = rows.filter(code=tidy).first() if tidy else None
    # the secret of a case that is not there is compared too: it takes as long
    opened = keys.opens(case.code if case else code, case.key_edition if case else 1, secret)
    if case is None or not opened:
        throttle.count(GUESSES, network)
        raise Http404
    return case


def _with_case(view):
    """For views of a case: wrong keys lead to the form, with the status of what is not there."""

    def found(request, code, secret, **kwargs):
        try:
            case = find(request, code, secret)
        except (Http404, TooManyGuesses) as failed:
            return _refused(request, LookUpForm(), failed)
        response = view(request, case, **kwargs)
        # the address is the key: no other site learns it. With "no-referrer" browsers hide the origin of our forms too
        response["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(found)


class LookUpForm(forms.Form):
    code = TextField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=gettext_lazy("On the receipt, for example HD-7K3M-9P2Q."),
    )
    secret = TextField(
        label=gettext_lazy("Secret key"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=gettext_lazy("26 letters and digits on the receipt; blanks, dashes and capitals do not matter."),
    )


@never_cache
def look_up(request):
    form = LookUpForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _look_up_page(request, form)
    typed = form.cleaned_data
    try:
        case = find(request, typed["code"], typed["secret"])
    except (Http404, TooManyGuesses) as failed:
        return _refused(request, form, failed)
    return redirect(_url("case", case))


def _refused(request, form, failed):
    if isinstance(failed, TooManyGuesses):
        words = _("Too many wrong keys came from your network. Please wait a quarter of an hour and try again.")
        return _look_up_page(request, form, words, status=429)
    words = _("No case is opened by this code and this key. Compare both with the receipt, letter by letter.")
    return _look_up_page(request, form, words, status=404)


def _look_up_page(request, form, refusal="", status=200):
    context = {
        "form": form,
        "refusal": refusal,
        "send_links_url": reverse("qa:send_links"),
        "breadcrumbs": crumbs(request, *_trail()),
    }
    return render(request, "qa/look_up.html", context, status=status)


def _trail(*more):
    return [(_("Questions and answers"), LIST), (_("Follow a matter"), f"{LIST}theo-doi/"), *more]


def _crumb(case, tail=""):
    """The path of a page of the case within its site, for the trail."""
    return f"{letters.secret_path(case)}{tail}"


def _url(name, case, *args):
    secret = keys.secret_of(case.code, case.key_edition)
    return reverse(f"qa:{name}", args=[case.code, secret, *args])


class LinksForm(GuardedForm, forms.Form):
    email = EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("The one that you gave with your question or petition."),
    )


@never_cache
def send_links(request):
    """Sends the links to an address that is known; the page says the same for one that is not."""
    data = request.POST if request.method == "POST" else None
    form = LinksForm(data, network=network_of(request), limits=ASKED_LINKS)
    done = form.is_valid()
    if done:
        email = form.cleaned_data["email"]
        if cases := _cases_of(email):
            letters.links(email, cases, get_language())
        form.sent()
    trail = _trail((_("Send me the links again"), f"{LIST}gui-lai-lien-ket/"))
    context = {"form": form, "done": done, "breadcrumbs": crumbs(request, *trail)}
    return render(request, "qa/send_links.html", context)


def _cases_of(email):
    """The latest ones. A database may take letters for the same that no mail server does: the links would go astray."""
    found = Case.objects.filter(email__iexact=email, erased_at=None).order_by("-received_at")
    return [case for case in found if case.email.lower() == email.lower()][:20]


# --- the case ---------------------------------------------------------------------------------------------------------


class ReplyForm(forms.Form):
    text = TextField(label=gettext_lazy("Your reply"), max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": 6}))
    files = FilesFormField(label=gettext_lazy("Attached files"), required=False, help_text=FILES_HELP)
    token = forms.UUIDField(widget=forms.HiddenInput)


class ReopenForm(forms.Form):
    words = TextField(
        label=gettext_lazy("What is still open?"), max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 5})
    )


@_with_case
def case_page(request, case):
    """Where the matter stands, what is owed, what was said; and what the sender may do now."""
    step = request.POST.get("step", "") if request.method == "POST" else ""
    reply_form, reopen_form, kept = ReplyForm(initial={"token": uuid4()}), ReopenForm(), []
    if step == "reply":
        reply_form = ReplyForm(request.POST, request.FILES)
        kept = _keep_files(request, reply_form)
        sends = "remove" not in request.POST and reply_form.is_valid()
        if sends and _done(reply_form, lambda: _reply(case, reply_form)):
            return redirect(_url("case", case))
    elif step == "reopen":
        reopen_form = ReopenForm(request.POST)
        if reopen_form.is_valid() and _done(reopen_form, lambda: afterwards.reopen(case, **reopen_form.cleaned_data)):
            return redirect(_url("case", case))
    elif step:
        raise Http404
    return _case_page(request, case, reply_form=reply_form, reopen_form=reopen_form, kept=kept)


def _done(form, work):
    """Whether the step was taken; otherwise the form says why not and keeps what was typed."""
    try:
        work()
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    return True


def _keep_files(request, form):
    """Files are kept from the first time they are sent: another mistake does not cost them."""
    if "token" in form.errors:
        return []
    token, files = form.cleaned_data["token"], request.FILES.getlist("files")
    uploads.drop(token, request.POST.get("remove", ""))
    try:
        uploads.keep(token, files, network=network_of(request))
    except ValidationError as refused:
        form.add_error("files", refused)
    return uploads.kept(token)


def _reply(case, form):
    answering.reply(case, text=form.cleaned_data["text"], token=form.cleaned_data["token"])


def _case_page(request, case, **forms_):
    waiting = case.clarifications.filter(ended_at=None).first()
    answers = [_answer(request, case, row) for row in _answers(case)]
    public = Question.objects.published().filter(case=case.merged_into_id or case.pk).first()
    context = {
        "case": case,
        "is_open": case.state in OPEN,
        "duties": _duties(case),
        "timeline": timeline(case),
        "clarifications": list(case.clarifications.all()),
        "waiting": waiting if case.state == State.WAITING else _asked_last(case, forms_["reply_form"]),
        "files": _files(case),
        "answers": answers,
        "extension": _promise(case.merged_into or case),
        "reopen_until": afterwards.reopen_until(case) or _last_day(case, forms_["reopen_form"]),
        "kept_for": clock.term(f"keep_{case.kind}"),
        "public_url": _public_url(request, public),
        "page_url": _url("case", case),
        "receipt_url": _url("receipt", case),
        "own_data_url": _url("own_data", case),
        "breadcrumbs": crumbs(request, *_trail((case.code, _crumb(case)))),
        **forms_,
    }
    return render(request, "qa/case.html", context)


def _asked_last(case, form):
    """What a reply is about that comes too late: its form is shown once more, with what was typed."""
    return case.clarifications.last() if form.errors else None


def _last_day(case, form):
    """The day that has passed, where somebody asks again too late: the form keeps what was typed."""
    if not form.errors or case.answered_at is None:
        return None
    return clock.end_of("reopen", timezone.localdate(case.answered_at))


def _files(case):
    return [{"file": row, "url": _url("file", case, row.pk)} for row in case.files.all()]


def _promise(case):
    """The notice of progress whose date still counts."""
    return case.last_extension if case.is_open else None


def _answers(case):
    """The signed answers; of a case that was joined to another, those of the other."""
    return (case.merged_into or case).answers.signed().select_related("agency", "signed_by", "rating")


def _answer(request, case, answer):
    rated = hasattr(answer, "rating")
    path = reverse("qa:rate", args=[answer.pk, keys.token_of(letters.RATING, answer.pk)])
    rate_url = "" if rated or answer.case_id != case.pk else path
    return {"answer": answer, "rate_url": rate_url, "cited": cited(request, answer.documents)}


def _duties(case):
    calendar = read_calendar()
    return [
        {
            "duty": row,
            "url": _url("explain", case, row.pk),
            **_result(row, calendar),
        }
        for row in clock.duties(case)
    ]


def _result(duty, calendar):
    overdue = duty.is_overdue()
    return {
        "overdue": overdue,
        "delay": delay(duty.due, timezone.localdate(), calendar=calendar) if overdue else duty.delay,
        "left": days_left(duty.due, calendar=calendar) if duty.status == Obligation.Status.OPEN else None,
    }


def _public_url(request, question):
    if question is None:
        return ""
    label = site_names(request).get(question.agency_id, (None,))[0]
    return site_url(request, label, question.path()) if label is not None else ""


@_with_case
def receipt(request, case):
    """What the sender keeps: it prints on one sheet."""
    context = {
        "case": case,
        "secret": keys.secret_of(case.code, case.key_edition),
        "case_url": _url("case", case),
        "full_url": request.build_absolute_uri(_url("case", case)),
        "duties": _duties(case),
        "files": _files(case),
        "accepted": Acceptance.objects.of(case).select_related("statement"),
        "ask_url": reverse("qa:ask"),
        "breadcrumbs": crumbs(request, *_trail((case.code, _crumb(case)), (_("Receipt"), _crumb(case, "bien-nhan/")))),
    }
    return render(request, "qa/receipt.html", context)


@_with_case
def explain(request, case, pk):
    """How a date of the case was counted, day by day."""
    duty = next((row for row in clock.duties(case) if row.pk == pk), None)
    if duty is None:
        raise Http404
    calendar = read_calendar()
    days = explanation(duty, calendar=calendar)
    here = (_("How the date was counted"), _crumb(case, f"thoi-han/{pk}/"))
    context = {
        "breadcrumbs": crumbs(request, *_trail((case.code, _crumb(case)), here)),
        "duty": duty,
        "title": str(case),
        "item_url": _url("case", case),
        "public": True,
        "title_here": True,
        "days": days,
        "counted": max((day.counted for day in days), default=0),
        "provisional": any(day.provisional for day in days),
        "pauses": list(duty.pauses.counted()),
        **_result(duty, calendar),
    }
    return render(request, "web/explanation.html", context)


@_with_case
def case_file(request, case, pk):
    found = get_object_or_404(case.files, pk=pk)
    return serve(request, found.file, name=found.title, content_type=found.media_type, inline=False)


# --- the sender's own data --------------------------------------------------------------------------------------------


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


@_with_case
def own_data(request, case):
    """What is kept of the sender: to see, to put right, to take back."""
    step = request.POST.get("step", "") if request.method == "POST" else ""
    data = {name: getattr(case, name) for name in privacy.CORRECTABLE}
    form = DataForm(request.POST if step == "correct" else None, initial=data)
    refusal = ""
    if step == "correct":
        if form.is_valid() and _done(form, lambda: privacy.correct(case, **form.cleaned_data)):
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
        "case_url": _url("case", case),
        "breadcrumbs": crumbs(request, *_trail((case.code, _crumb(case)), (_("Your data"), _crumb(case, "du-lieu/")))),
    }
    return render(request, "qa/own_data.html", context)


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
    return f"{_url('own_data', case)}?da-luu=1"


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
    done = not rated and form.is_valid() and _done(form, lambda: afterwards.rate(answer, **form.cleaned_data))
    context = {
        "answer": answer,
        "case": answer.case,
        "form": form,
        "rated": rated,
        "done": done,
        "reopen_until": afterwards.reopen_until(answer.case),
        "case_url": _url("case", answer.case),
        "breadcrumbs": crumbs(
            request, (_("Questions and answers"), LIST), (_("Rate the answer"), f"{letters.RATE}{pk}/{token}/")
        ),
    }
    response = render(request, "qa/rate.html", context, status=410 if rated else 200)
    response["Referrer-Policy"] = "same-origin"
    return response
