"""A public form, filled in as its sender does it."""

from datetime import timedelta

from django import forms
from django.http import QueryDict

from portal.intake.guard import GuardedForm, Limits
from portal.intake.models import Challenge
from tests.makers import frozen

HERE, THERE = "a" * 32, "b" * 32
LIMITS = Limits("thu", soft=2, hard=4, everywhere=6)


class LetterForm(GuardedForm, forms.Form):
    subject = forms.CharField()


def make_challenges(number=3):
    """Questions 1, 2, ... whose answers are 1, 2, ..."""
    return [
        Challenge.objects.create(question_vi=f"Câu {at}?", question_en=f"Question {at}?", answers=f"{at}\nsố {at}")
        for at in range(1, number + 1)
    ]


def letter(data=None, **options):
    return LetterForm(data, **{"network": HERE, "limits": LIMITS} | options)


def posted(form, **changes):
    """What the page of the form sends back."""
    data = QueryDict(mutable=True)
    for field in form:
        data[field.html_name] = field.value() or ""
    for name, value in changes.items():
        data[name] = value
    return data


def send(moment, first=None, *, after=timedelta(minutes=1), options=None, **changes):
    """The form as it stands after it was opened at `moment` (or `first` shown then) and sent some time later."""
    options = options or {}
    with frozen(moment):
        first = first or letter(**options)
    with frozen(moment + after):
        form = letter(posted(first, **{"subject": "Hỏi", **changes}), **options)
        form.is_valid()
    return form
