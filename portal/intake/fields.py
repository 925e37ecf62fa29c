from django import forms

from portal.files.fields import PaperFormField


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesFormField(forms.FileField):
    """The files that were chosen, as a list. None is looked at: `uploads.keep` refuses some and keeps the others."""

    widget = FilesInput

    def widget_attrs(self, widget):
        return {"accept": PaperFormField.accept}

    def clean(self, data, initial=None):
        files = [file for file in data or [] if file]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files
