"""A case is opened by its code and its secret, without an account. Wrong code and wrong secret look the same."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.intake import keys, throttle
from portal.intake.guard import GuardedForm, Limits
from portal.intake.networks import network_of
from portal.web.fields import EmailField, TextField
from portal.web.views import crumbs
from qa import letters
from qa.models import Case
from qa.views import LIST

GUESSES = throttle.Limit("qa.guess", 20, timedelta(minutes=15))
ASKED_LINKS = Limits("qa.links", soft=3, hard=10)
# the address of such a page is a key: it names itself to no machine
UNNAMED = {"canonical_url": "", "alternates": []}


class TooManyGuesses(Exception):
    """Of one network within a short time."""


def find(request, code, secret):
    """The case; Http404 where code or secret is wrong, TooManyGuesses where they were wrong too often."""
    tidy = keys.tidy_code(code)
    rows = Case.objects.select_related("receiver", "agency", "sector", "merged_into", "reopening", "last_extension")
    case = rows.filter(code=tidy).first() if tidy else None
    # the secret of a case that is not there is compared too: it takes as long
    opened = keys.opens(case.code if case else code, case.key_edition if case else 1, secret)
    if case is not None and opened:
        return case  # also where others of the network guess: nobody guesses 130 bits
    network = network_of(request)
    if throttle.is_over(GUESSES, network):
        raise TooManyGuesses
    throttle.count(GUESSES, network)
    raise Http404


def with_case(view):
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
    return redirect(case_url("case", case))


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
        "breadcrumbs": crumbs(request, *trail()),
    }
    return render(request, "qa/look_up.html", context, status=status)


def trail(*more):
    return [(_("Questions and answers"), LIST), (_("Follow a matter"), f"{LIST}theo-doi/"), *more]


def crumb(case, tail=""):
    """The path of a page of the case within its site, for the trail."""
    return f"{letters.secret_path(case)}{tail}"


def case_url(name, case, *args):
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
    way = trail((_("Send me the links again"), f"{LIST}gui-lai-lien-ket/"))
    context = {"form": form, "done": done, "breadcrumbs": crumbs(request, *way)}
    return render(request, "qa/send_links.html", context)


def _cases_of(email):
    """The latest ones. A database may take letters for the same that no mail server does: the links would go astray."""
    found = Case.objects.filter(email__iexact=email, erased_at=None).order_by("-received_at")
    return [case for case in found if case.email.lower() == email.lower()][:20]


def taken(form, work):
    """Whether the step was taken; otherwise the form says why not and keeps what was typed."""
    try:
        work()
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    return True
