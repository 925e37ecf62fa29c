"""“Báo lỗi nội dung”: a reader tells the owner of a public item what is wrong with it."""

from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.feedback import reports
from portal.feedback.models import TEXT_MAX, ErrorReport
from portal.publishing.registry import category
from portal.subsites.links import site_url
from portal.web.fields import EmailField, TextField
from portal.web.views import crumbs

PATH = "/bao-loi/"
EMAIL_MAX = 254


class ReportForm(forms.Form):
    text = TextField(
        label=gettext_lazy("What is wrong, and where?"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("For example: “In paragraph 3 the date should be 19/04/2017.” At most 2000 characters."),
    )
    email = EmailField(
        label=gettext_lazy("Your e-mail (optional)"),
        max_length=EMAIL_MAX,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy(
            "Used for one purpose: to send you the answer. The editors who answer see it; it is never published."
        ),
    )
    # people do not see it, programs that fill in everything do
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise ValidationError(_("This field is a trap for programs. Empty it and send the form again."))


@never_cache  # going back must bring a new form: with the same token a second report would be taken for the first
def report_error(request, code, pk):
    item = _item_or_404(request, code, pk)
    data = request.POST if request.method == "POST" else None
    token = _uuid(data.get("token", "")) if data else None
    form = ReportForm(data)
    if form.is_valid() and (report := _send(item, form, token or uuid4())):
        return redirect(f"{reverse('report_received')}?ma={report.token}")
    title_lang = "" if item.is_translated(get_language()) else "vi"
    context = {
        "form": form,
        "token": token or uuid4(),
        "item_title": item.title_vi if title_lang else item.title,
        "title_lang": title_lang,
        "item_url": site_url(request, request.site.label, item.path()),
        "breadcrumbs": crumbs(request, (_("Report an error"), f"{PATH}{code}/{pk}/")),
    }
    return render(request, "web/report_error.html", context)


def _item_or_404(request, code, pk):
    """The item while readers can open it, on its owner's site."""
    try:
        model = category(code).model
    except KeyError as unknown:
        raise Http404 from unknown
    item = get_object_or_404(model.objects.select_related("agency").filter(agency=request.site.agency_id), pk=pk)
    if not item.is_readable:
        raise Http404
    return item


def _send(item, form, token):
    """The report, or None with the refusal in the form, which keeps what was typed."""
    words = {name: form.cleaned_data[name] for name in ("text", "email")}
    try:
        return reports.receive(item, **words, token=token)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


def _uuid(value):
    try:
        return UUID(value)
    except ValueError:
        return None


def report_received(request):
    """Thanks, and until when an answer is owed; the token of the form is the key, which nobody can guess."""
    token = _uuid(request.GET.get("ma", ""))
    report = get_object_or_404(ErrorReport.objects.with_due(), token=token, agency=request.site.agency_id)
    context = {
        "report": report,
        "breadcrumbs": crumbs(request, (_("Your report has been received"), f"{PATH}da-nhan/")),
    }
    return render(request, "web/report_received.html", context)
