"""The page of a case for its sender: where it stands, what is owed, what was said, and what may be done now."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.files.serving import serve
from portal.intake import keys, uploads
from portal.intake.fields import FilesFormField
from portal.intake.models import Acceptance
from portal.intake.networks import network_of
from portal.subsites.links import site_url
from portal.web.cards import site_names
from portal.web.fields import TextField
from portal.web.timeliness import explained, result_of
from portal.web.views import crumbs
from portal.workdays.calendars import read_calendar
from qa import afterwards, answering, clock, letters
from qa.asking import FILES_HELP
from qa.models import Question, State
from qa.models.case import OPEN, REASON_MAX, TEXT_MAX
from qa.opening import UNNAMED, case_url, crumb, taken, trail, with_case
from qa.timeline import timeline
from qa.views import cited


class ReplyForm(forms.Form):
    text = TextField(label=gettext_lazy("Your reply"), max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": 6}))
    files = FilesFormField(label=gettext_lazy("Attached files"), required=False, help_text=FILES_HELP)
    token = forms.UUIDField(widget=forms.HiddenInput)


class ReopenForm(forms.Form):
    words = TextField(
        label=gettext_lazy("What is still open?"), max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 5})
    )


@with_case
def case_page(request, case):
    """Where the matter stands, what is owed, what was said; and what the sender may do now."""
    step = request.POST.get("step", "") if request.method == "POST" else ""
    reply_form, reopen_form, kept = ReplyForm(initial={"token": uuid4()}), ReopenForm(), []
    if step == "reply":
        reply_form = ReplyForm(request.POST, request.FILES)
        kept = _keep_files(request, reply_form)
        sends = "remove" not in request.POST and reply_form.is_valid()
        if sends and taken(reply_form, lambda: _reply(case, reply_form)):
            return redirect(case_url("case", case))
    elif step == "reopen":
        reopen_form = ReopenForm(request.POST)
        if reopen_form.is_valid() and taken(reopen_form, lambda: afterwards.reopen(case, **reopen_form.cleaned_data)):
            return redirect(case_url("case", case))
    elif step:
        raise Http404
    return _case_page(request, case, reply_form=reply_form, reopen_form=reopen_form, kept=kept)


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
        "page_url": case_url("case", case),
        "receipt_url": case_url("receipt", case),
        "own_data_url": case_url("own_data", case),
        "breadcrumbs": crumbs(request, *trail((case.code, crumb(case)))),
        **forms_,
    }
    return render(request, "qa/case.html", UNNAMED | context)


def _asked_last(case, form):
    """What a reply is about that comes too late: its form is shown once more, with what was typed."""
    return case.clarifications.last() if form.errors else None


def _last_day(case, form):
    """The day that has passed, where somebody asks again too late: the form keeps what was typed."""
    if not form.errors or case.answered_at is None:
        return None
    return clock.end_of("reopen", timezone.localdate(case.answered_at))


def _files(case):
    return [{"file": row, "url": case_url("file", case, row.pk)} for row in case.files.all()]


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
    calendar, today = read_calendar(), timezone.localdate()
    return [
        {
            "duty": row,
            "url": case_url("explain", case, row.pk),
            **result_of(row, calendar, today),
        }
        for row in clock.duties(case)
    ]


def _public_url(request, question):
    if question is None:
        return ""
    label = site_names(request).get(question.agency_id, (None,))[0]
    return site_url(request, label, question.path()) if label is not None else ""


@with_case
def receipt(request, case):
    """What the sender keeps: it prints on one sheet."""
    context = {
        "case": case,
        "secret": keys.secret_of(case.code, case.key_edition),
        "case_url": case_url("case", case),
        "full_url": request.build_absolute_uri(case_url("case", case)),
        "duties": _duties(case),
        "files": _files(case),
        "accepted": Acceptance.objects.of(case).select_related("statement"),
        "ask_url": reverse("qa:ask"),
        "breadcrumbs": crumbs(request, *trail((case.code, crumb(case)), (_("Receipt"), crumb(case, "bien-nhan/")))),
    }
    return render(request, "qa/receipt.html", UNNAMED | context)


@with_case
def explain(request, case, pk):
    """How a date of the case was counted, day by day."""
    duty = next((row for row in clock.duties(case) if row.pk == pk), None)
    if duty is None:
        raise Http404
    here = (_("How the date was counted"), crumb(case, f"thoi-han/{pk}/"))
    context = {
        "breadcrumbs": crumbs(request, *trail((case.code, crumb(case)), here)),
        "duty": duty,
        "title": str(case),
        "item_url": case_url("case", case),
        "public": True,
        "title_here": True,
        **explained(duty),
    }
    return render(request, "web/explanation.html", UNNAMED | context)


@with_case
def case_file(request, case, pk):
    found = get_object_or_404(case.files, pk=pk)
    return serve(request, found.file, name=found.title, content_type=found.media_type, inline=False)
