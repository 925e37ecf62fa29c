"""The form: filled in, looked at once more beside what was answered before, sent. No account, no script."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from documents.models import Sector
from portal.agencies.models import Agency
from portal.intake import uploads
from portal.intake.fields import FilesFormField
from portal.intake.guard import GuardedForm, Limits
from portal.intake.models import Statement
from portal.intake.networks import network_of
from portal.web.fields import EmailField, TextField
from portal.web.search import before_asking
from portal.web.views import crumbs
from qa import receiving
from qa.letters import secret_path
from qa.models import Case, Kind
from qa.models.case import NAMED, SUBJECT_MAX, TEXT_MAX
from qa.routing import able
from qa.views import LIST, WORDS

LIMITS = Limits("qa")
KINDS = {word: kind for kind, word in WORDS.items()}
FACTS = ("kind", "subject", "text", "sector", "named_agency", "place", "name", "email", "phone", "address")
phone_number = RegexValidator(
    r"^\+?[0-9][0-9 .()-]{7,24}$", gettext_lazy("Give a telephone number with its digits, for example 0905 123 456.")
)
FILES_HELP = gettext_lazy(
    "At most 5 files, 10 MB each, 20 MB together: PDF, DOCX, XLSX, PPTX, ODT, ODS, TXT, CSV, JPG, PNG, WEBP. "
    "They are never published."
)


def _box(statement):
    return f"agree_{statement.code}"


class AskForm(GuardedForm, forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What do you send?"), choices=Kind, widget=forms.RadioSelect)
    subject = TextField(
        label=pgettext_lazy("question", "Subject"),
        max_length=SUBJECT_MAX,
        help_text=gettext_lazy("What it is about, in one line."),
    )
    text = TextField(
        label=gettext_lazy("Text"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "What happened, where and when, and what you want to know. At most 10,000 characters. Do not write the "
            "names or numbers of others."
        ),
    )
    sector = forms.ModelChoiceField(
        Sector.objects.none(), label=gettext_lazy("Sector"), required=False, empty_label=gettext_lazy("I do not know")
    )
    named_agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=gettext_lazy("Which agency do you ask?"),
        required=False,
        empty_label=gettext_lazy("I do not know: find the right one"),
    )
    place = TextField(
        label=gettext_lazy("Place it is about"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Commune or ward, district; where it matters."),
    )
    files = FilesFormField(label=gettext_lazy("Attached files"), required=False, help_text=FILES_HELP)
    name = TextField(
        label=gettext_lazy("Full name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy("Needed for petitions and requests for information."),
    )
    email = EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("The receipt, news of the matter and the answer are sent there."),
    )
    phone = TextField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        validators=[phone_number],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text=gettext_lazy("E-mail or telephone: one of them is enough."),
    )
    address = TextField(
        label=gettext_lazy("Your address"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
        help_text=gettext_lazy("Needed for petitions and requests for information."),
    )

    language = forms.ChoiceField(label=gettext_lazy("Language of letters"), choices=settings.LANGUAGES, required=False)

    PARTS = (
        (gettext_lazy("What it is about"), ("kind", "subject", "text", "sector", "named_agency", "place", "files")),
        (gettext_lazy("How the agency reaches you"), ("name", "email", "phone", "address", "language")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sector"].queryset = Sector.objects.all()
        self.fields["sector"].label_from_instance = lambda row: f"{'– ' * row.level}{row.name}"
        self.fields["named_agency"].queryset = able()
        self.fields["language"].initial = get_language()
        self.statements = []
        for code in (*receiving.ALWAYS, *receiving.OPTIONAL):
            if statement := Statement.objects.current(code):
                self._offer(statement)

    def _offer(self, statement):
        needed = statement.code in receiving.ALWAYS
        self.fields[_box(statement)] = forms.BooleanField(
            label=statement.purpose,
            required=needed,
            error_messages={
                "required": gettext_lazy("Without this nothing can be received. Read the text and tick it.")
            },
        )
        self.statements.append((statement, needed))

    def parts(self):
        """[(title, [field])] in the order of the page."""
        return [(title, [self[name] for name in names]) for title, names in self.PARTS]

    def consents(self):
        """[(statement, field, whether nothing is received without it)]"""
        return [(statement, self[_box(statement)], needed) for statement, needed in self.statements]

    def clean(self):
        values = super().clean()
        if not (values.get("email") or values.get("phone") or {"email", "phone"} & self.errors.keys()):
            self.add_error("email", _("Give an e-mail address or a telephone number."))
        if values.get("kind") in NAMED:
            for name in ("name", "address"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("The law asks for this with a petition and a request for information."))
        if values.get("agree_name") and not values.get("name"):
            self.add_error("name", _("You agree that your name is shown: then give it."))
        return values

    def agreed(self):
        return [statement.code for statement, _needed in self.statements if self.cleaned_data[_box(statement)]]

    def facts(self):
        return {name: self.cleaned_data[name] for name in FACTS} | {"language": self._language()}

    def _language(self):
        """Of the letters: as it was chosen, otherwise that of the page."""
        return self.cleaned_data["language"] or get_language()


@never_cache  # going back must bring the form as it was, with its own token
def ask(request):
    kind = KINDS.get(request.GET.get("loai", ""), Kind.QUESTION)
    if request.method != "POST":
        return _page(request, _form(request, initial={"kind": kind}), kind)
    form = _form(request, request.POST, request.FILES)
    step = "edit" if "remove" in request.POST else request.POST.get("step", "")
    if step == "send" and (first := Case.objects.filter(token=form.token).first()):
        return _to_receipt(first)  # a second click, whatever may be held against it
    _keep_files(request, form)
    if not form.is_valid() or step == "edit":
        return _page(request, form, form.data.get("kind") or kind, edits=step == "edit" and form.is_valid())
    if step != "send":
        return _page(request, form, form.cleaned_data["kind"], checks=True)
    return _send(request, form)


def _form(request, *data, **options):
    return AskForm(*data, network=network_of(request), limits=LIMITS, **options)


def _keep_files(request, form):
    """Files are kept from the first time they are sent: another mistake does not cost them."""
    if taken := request.POST.get("remove", ""):
        uploads.drop(form.token, taken)
    if files := request.FILES.getlist("files"):
        try:
            uploads.keep(form.token, files, network=form.network)
        except ValidationError as refused:
            form.add_error("files", refused)


def _send(request, form):
    try:
        case = receiving.receive(request.site.agency, token=form.token, agreed=form.agreed(), **form.facts())
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return _page(request, form, form.cleaned_data["kind"])
    form.sent()
    return _to_receipt(case)


def _to_receipt(case):
    code, secret = secret_path(case).strip("/").split("/")[-2:]
    return redirect("qa:receipt", code=code, secret=secret)


def _page(request, form, kind, *, checks=False, edits=False):
    """The form, or all that was typed to look at once more beside what comes near it."""
    context = {
        "form": form,
        "kind": kind,
        "shows_errors": form.is_bound and bool(form.errors) and not edits,
        "uploads": uploads.kept(form.token) if form.is_bound else [],
        "agency": request.site.agency,
        "breadcrumbs": crumbs(request, (_("Questions and answers"), LIST), (_("Ask and propose"), f"{LIST}gui/")),
        "look_up_url": reverse("qa:look_up"),
    }
    if checks:
        context |= {
            "hits": before_asking(request, f"{form.cleaned_data['subject']} {form.cleaned_data['text']}"[:2000])
        }
        context |= {"rows": _rows(form)}
    return render(request, "qa/check.html" if checks else "qa/ask.html", context)


def _rows(form):
    """[(label, value)] as the sender reads them again."""
    choices = {
        "kind": Kind(form.cleaned_data["kind"]).label,
        "language": dict(settings.LANGUAGES).get(form.cleaned_data["language"]),
    }
    names = [name for _title, part in form.PARTS for name in part if name != "files"]
    values = [(form[name].label, choices.get(name, form.cleaned_data[name])) for name in names]
    return [(label, value) for label, value in values if value]
