"""The form in which the editor takes personal data out of a case before it becomes public."""

from hashlib import sha256

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.text.fields import GatedCharFormField
from portal.text.personal import MARKER, Finding, holds, mask
from portal.text.personal import Kind as Personal
from portal.text.personal_spellings import BARRIER, Reading
from portal.text.personal_spellings import forms as spellings
from qa import publication
from qa.models.case import SUBJECT_MAX, TEXT_MAX
from qa.models.exchange import ANSWER_MAX


def _text(label, max_length, rows):
    return GatedCharFormField(label=label, max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}))


class MaskingForm(forms.Form):
    """What is ticked is masked wherever it stands, and may not stand in any public text later on.

    `made` knows the texts as they came out of the originals: those that nobody has changed by hand are made anew when
    the ticks change, the others keep what was typed.
    """

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
    made = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, case):
        self.suggested, self.texts_before = publication.suggestions(case), publication.originals(case)
        rows = [(row.kind, row.text) for found in self.suggested.values() for row in found]
        self.words = {f"{kind}:{words}": (kind, words) for kind, words in dict.fromkeys(rows)}
        made = {name: hide(text, self.words.values()) for name, text in self.texts_before.items()}
        super().__init__(data, initial={**made, "chosen": list(self.words), "made": _traces(made.values())})
        choices = [(key, f"{words} ({Personal(kind).label})") for key, (kind, words) in self.words.items()]
        self.fields["chosen"].choices = choices

    def pairs(self):
        """[(field of the public version, the original with marks)]"""
        return [(self[name], marked(self.texts_before[name], self.suggested[name])) for name in publication.TEXTS]

    def clean_more(self):
        """A line that stands nowhere is a slip that would leave what was meant before the public."""
        lines = [line.strip() for line in self.cleaned_data["more"].splitlines() if line.strip()]
        if any(len(line) < 2 or not spellings(line) for line in lines):
            raise forms.ValidationError(_("One letter alone cannot be masked."))
        typed = [self.cleaned_data.get(name, "") for name in publication.TEXTS]
        known = holds("\n".join([*self.texts_before.values(), *typed]), lines)
        if lost := [line for line in lines if line not in known]:
            words = _("This stands nowhere in the original: %(words)s. Copy it from there.")
            raise forms.ValidationError(words % {"words": ", ".join(f"“{line}”" for line in lost)})
        return lines

    def masked(self):
        """[(kind, words)] that no public text may say."""
        chosen = [self.words[key] for key in self.cleaned_data["chosen"]]
        return [*chosen, *[(Personal.NAME, words) for words in self.cleaned_data["more"]]]

    def texts(self):
        return {name: self.cleaned_data[name] for name in publication.TEXTS}

    def mask_chosen(self):
        """Masks what is ticked and named by now, in the texts as the editor left them."""
        self._mask({name: text for name, text in self.texts().items() if _traces([text]) not in self._made()})

    def make_anew(self):
        """The same without what was changed by hand."""
        self._mask({})

    def _made(self):
        return self.cleaned_data["made"].split()

    def _mask(self, kept):
        made = {name: hide(text, self.masked()) for name, text in (self.texts_before | kept).items()}
        self.data = self.data.copy()
        for name, text in made.items():
            self.data[name] = text
        self.data["made"] = _traces(text for name, text in made.items() if name not in kept)


def _traces(texts):
    return " ".join(sha256(" ".join(text.split()).encode()).hexdigest()[:16] for text in texts)


def hide(text, masked):
    """The text with a marker for each thing that no public text may say, in whatever spelling it stands."""
    reading = Reading(MARKER.sub(lambda match: BARRIER * len(match[0]), text))
    spans = [(kind, *span) for kind, words in masked for form in spellings(words) for span in reading.spans(form)]
    return mask(text, [Finding(kind, start, end, text[start:end]) for kind, start, end in spans])


def marked(text, findings):
    """The original with what was found in it, for the editor to look at."""
    pieces, at = [], 0
    for row in findings:
        pieces.append((text[at : row.start], row.text))
        at = row.end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[at:])
