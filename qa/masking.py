"""The form in which the editor takes personal data out of a case before it becomes public."""

from django import forms
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.text.fields import GatedCharFormField
from portal.text.personal import MARKERS
from portal.text.personal import Kind as Personal
from qa import publication
from qa.models.case import SUBJECT_MAX, TEXT_MAX
from qa.models.exchange import ANSWER_MAX


def _text(label, max_length, rows):
    return GatedCharFormField(label=label, max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}))


class MaskingForm(forms.Form):
    """What is ticked is masked wherever it stands, and may not stand in any public text later on."""

    title = GatedCharFormField(label=gettext_lazy("Title"), max_length=SUBJECT_MAX)
    question = _text(gettext_lazy("Question"), TEXT_MAX, 10)
    answer = _text(gettext_lazy("Answer"), ANSWER_MAX, 12)
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Personal data to be masked"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = GatedCharFormField(
        label=gettext_lazy("Mask this too"),
        required=False,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One on each line, exactly as it stands in the text: names, nicknames, plot numbers …"),
    )

    def __init__(self, data, *, case):
        self.suggested = publication.suggestions(case)
        rows = [(row.kind, row.text) for found in self.suggested.values() for row in found]
        self.words = {f"{kind}:{words}": (kind, words) for kind, words in dict.fromkeys(rows)}
        texts = publication.originals(case)
        masked = {name: hide(text, self.words.values()) for name, text in texts.items()}
        super().__init__(data, initial={**masked, "chosen": list(self.words)})
        choices = [(key, f"{words} ({Personal(kind).label})") for key, (kind, words) in self.words.items()]
        self.fields["chosen"].choices = choices
        self.originals = [(self[name].label, marked(texts[name], self.suggested[name])) for name in publication.TEXTS]

    def clean(self):
        values = super().clean()
        lost = [line for line in self._more(values) if len(line) < 2]
        if lost:
            self.add_error("more", _("One letter alone cannot be masked."))
        return values

    @staticmethod
    def _more(values):
        return [line.strip() for line in values.get("more", "").splitlines() if line.strip()]

    def masked(self):
        """[(kind, words)] that no public text may say."""
        chosen = [self.words[key] for key in self.cleaned_data["chosen"]]
        return [*chosen, *[(Personal.NAME, words) for words in self._more(self.cleaned_data)]]

    def texts(self):
        return {name: self.cleaned_data[name] for name in publication.TEXTS}

    def mask_chosen(self):
        """Masks in the texts as the editor left them what is ticked and named by now."""
        if not hasattr(self, "cleaned_data") or self.errors:
            return
        self.data = self.data.copy()
        for name, text in self.texts().items():
            self.data[name] = hide(text, self.masked())


def hide(text, masked):
    """The longest first: a name may be part of a longer one."""
    for kind, words in sorted(masked, key=lambda row: -len(row[1])):
        text = text.replace(words, MARKERS[kind])
    return text


def marked(text, findings):
    """The original with what was found in it, for the editor to look at."""
    pieces, at = [], 0
    for row in findings:
        pieces.append((text[at : row.start], row.text))
        at = row.end
    return format_html_join("", "{}<mark>{}</mark>", pieces) + text[at:]
