from django import forms


class DayField(forms.DateField):
    """A day, typed or picked; addresses carry it as yyyy-mm-dd."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    input_formats = ["%Y-%m-%d", "%d/%m/%Y"]
