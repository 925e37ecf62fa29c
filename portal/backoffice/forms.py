from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.editorial import policy
from portal.publishing import duties
from portal.publishing.models import Revision, within_reason
from portal.text.fields import GatedCharFormField


class PublishableForm(forms.ModelForm):
    """Keeps what was typed when it cannot be saved: another person was first, or the right is gone meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    user = None  # set by the admin class
    conflict = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def clean(self):
        cleaned = super().clean()
        if sentence := self._refusal() or self._ended(cleaned.get("agency")):
            raise forms.ValidationError([sentence, *self._files_to_choose_again()])
        if self.instance.pk is not None and cleaned.get("version") != self.instance.version:
            self._refuse_conflict()
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and (sentence := duties.objection(self.instance, by=self.user)):
            self.add_error(None, sentence)

    def _refusal(self):
        """Translators may save their language only; everybody else needs the right to edit."""
        if self.instance.pk is None:
            return ""
        refusal = policy.refusal(self.user, "edit", self.instance)
        if refusal and all(name == "version" or name.endswith("_en") for name in self.fields):
            return policy.refusal(self.user, "translate", self.instance)
        return refusal

    def _ended(self, agency):
        """Why nothing can be written for the site any more: its board or the person's place on it has ended."""
        lapsed = policy.lapsed(self.user, "create")
        if agency is None and self.instance.pk is None and not policy.agencies(self.user, "create").exists():
            agency = next(iter(lapsed), None)
        sentence = lapsed.get(getattr(agency, "pk", agency), "")
        return sentence and _("%(why)s Nothing was stored; what you typed still stands below.") % {"why": sentence}

    def _files_to_choose_again(self):
        return [_("The files that you chose were not stored: choose them again.")] if self.files else []

    def _refuse_conflict(self):
        mine = [name for name in self.changed_data if name != "version"]
        self.conflict = [
            (self.fields[name].label, self._shown(name, self.initial), self._shown(name, self.cleaned_data))
            for name in mine
        ]
        self.data = self.data.copy()
        self.data["version"] = self.instance.version
        raise forms.ValidationError(
            _(
                "%(person)s saved this item at %(time)s, after you had opened it. Nothing of yours is lost: "
                "compare the two texts below, and save again to keep yours."
            ),
            params={
                "person": self.instance.last_edited_by,
                "time": f"{timezone.localtime(self.instance.last_edited_at):%H:%M %d/%m/%Y}",
            },
        )

    def _shown(self, name, values):
        value, field = values.get(name), self.fields[name]
        if isinstance(value, int) and isinstance(field, forms.ModelChoiceField):
            value = field.to_python(value)
        if isinstance(value, list | QuerySet):
            value = ", ".join(str(row) for row in value)
        return "" if value is None else str(value)[:2000]


def clean_note(text):
    """A note that readers or writers will see, through the gate. Raises ValidationError."""
    longest = Revision._meta.get_field("note").max_length
    return GatedCharFormField(required=False, max_length=longest).clean(text)


class TransitionForm(forms.Form):
    """What a transition asks for beside the click."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    at = forms.SplitDateTimeField(
        label=gettext_lazy("Goes public at"),
        required=False,
        widget=AdminSplitDateTime,
        validators=[within_reason],
        help_text=gettext_lazy("Empty: at once. Otherwise date (dd/mm/yyyy) and time (hh:mm), Vietnamese time."),
    )
    note = GatedCharFormField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    declared = forms.BooleanField(
        label=gettext_lazy(
            "I declare that the item holds no state secret, business secret or personal secret (Article 3.2)."
        ),
        required=False,
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        if not row.takes_time:
            del self.fields["at"]
        if not row.needs_declaration:
            del self.fields["declared"]
