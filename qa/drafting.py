"""The form in which an agency writes its answer: paragraphs at hand, documents found by their numbers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Document
from portal.text.numbers import number_key
from qa.desk import words_field
from qa.models import Paragraph
from qa.models.exchange import ANSWER_MAX


class DraftForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)  # of the draft: 0 where there is none yet
    text = words_field(
        gettext_lazy("Answer"),
        gettext_lazy("The sender gets these words as they stand here, with agency and signature below them."),
        rows=16,
        max_length=ANSWER_MAX,
        required=False,
    )
    paragraphs = forms.ModelMultipleChoiceField(
        Paragraph.objects.none(),
        label=gettext_lazy("Paragraphs to put at the end"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interprets_law = forms.BooleanField(
        label=gettext_lazy("The answer interprets the law"),
        label_suffix="",
        required=False,
        help_text=gettext_lazy("It must then cite documents of the portal; readers are warned when one loses effect."),
    )
    cites = words_field(
        gettext_lazy("Documents cited"),
        gettext_lazy("The numbers of public documents of the portal, one on each line."),
        required=False,
    )

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        known = Paragraph.objects.filter(is_active=True)
        self.fields["paragraphs"].queryset = known.filter(agency=None) | known.filter(agency=agency)

    def clean_cites(self):
        """The documents, each found by its number; a number with several is told apart by nothing but its issuer."""
        found, refused = [], []
        for line in dict.fromkeys(self.cleaned_data["cites"].splitlines()):
            if not line.strip():
                continue
            rows = list(Document.objects.readable().filter(number_key=number_key(line))[:2])
            if not rows:
                refused.append(_("The portal shows no document “%(number)s”.") % {"number": line.strip()})
            found += rows
        if refused:
            raise ValidationError(refused)
        return found

    def clean(self):
        values = super().clean()
        added = [row.text for row in values.get("paragraphs") or []]
        values["text"] = "\n\n".join(part for part in [values.get("text", "").strip(), *added] if part)
        return values


def initial_draft(case):
    draft = case.draft
    if draft is None:
        return {"version": 0}
    cites = "\n".join(draft.documents.values_list("number", flat=True))
    return {
        "version": draft.version,
        "text": draft.text,
        "interprets_law": draft.interprets_law,
        "cites": cites,
    }
