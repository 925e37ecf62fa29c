from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Document, DocumentType, Issuer, Relation
from portal.agencies.models import Agency
from portal.backoffice.choices import RowForm
from portal.backoffice.forms import PublishableForm
from portal.text.fold import fold, words
from portal.text.numbers import number_key, parse_number

Kind = Agency.Kind
DEPARTMENTS = (Kind.OFFICE, Kind.DEPARTMENT, Kind.INSPECTORATE, Kind.COMMITTEE, Kind.MANAGEMENT_BOARD)
RECORDED = gettext_lazy("This relation is recorded already.")
LETTER = "cong-van"  # the one type whose numbers name no type


class SaidOnce:
    """Of a value that the form has refused the model says nothing more."""

    def add_error(self, field, error):
        if field is None and hasattr(error, "error_dict"):
            fresh = {name: found for name, found in error.error_dict.items() if name not in self.errors}
            error = forms.ValidationError(fresh)
        super().add_error(field, error)


class DocumentForm(SaidOnce, PublishableForm):
    """Type, kind and issuing body follow from the number where they are left open."""

    all_departments = forms.BooleanField(label=gettext_lazy("all departments of the province"), required=False)
    all_districts = forms.BooleanField(label=gettext_lazy("all districts and the city"), required=False)

    DERIVED = ("type", "kind", "issuer")
    GROUPS = ("all_departments", "all_districts")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "in_scope" not in self.fields:
            for name in self.GROUPS:
                del self.fields[name]
        for name in set(self.DERIVED) & set(self.fields):
            self.fields[name].required = False

    def clean(self):
        cleaned = super().clean()
        if not self._derive(cleaned):
            return cleaned
        for name in set(self.DERIVED) & set(self.fields):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("This does not follow from the number. Choose it."))
        if "in_scope" in cleaned:
            cleaned["in_scope"] = cleaned["in_scope"] | self._groups(cleaned)
            self.instance.chosen_scope = list(cleaned["in_scope"])
        return cleaned

    def _derive(self, cleaned):
        """Fills in what was left open. False: there is no number that anything could follow from."""
        try:
            number = parse_number(cleaned.get("number") or "")
        except ValueError:
            return False
        sought = (
            {"abbreviation": number.type_code}
            if number.type_code
            else {"code": LETTER}
            if number.unit
            else {"pk": None}
        )
        cleaned["type"] = cleaned.get("type") or DocumentType.objects.filter(**sought).first()
        normative = number.year and cleaned["type"] and cleaned["type"].normative
        cleaned["kind"] = cleaned.get("kind") or Document.Kind.NORMATIVE if normative else cleaned.get("kind")
        cleaned["kind"] = cleaned["kind"] or Document.Kind.ADMINISTRATIVE
        if not cleaned.get("issuer") and (agency := cleaned.get("agency") or self._agency()):
            cleaned["issuer"] = _issuer(agency, number, cleaned["kind"])
        return True

    def _agency(self):
        return self.instance.agency if self.instance.agency_id else None

    def _groups(self, cleaned):
        kinds = list(DEPARTMENTS) if cleaned.get("all_departments") else []
        kinds += list(Agency.LOCALITIES) if cleaned.get("all_districts") else []
        return self.fields["in_scope"].queryset.filter(kind__in=kinds)


def _issuer(agency, number, kind):
    """The agency's one body, or the one of several that the number names; None where it leaves that open.

    A chairman numbers decisions as the committee does, but issues no normative documents.
    """
    own = list(Issuer.objects.filter(agency=agency))
    if len(own) > 1:
        body = fold(number.body)
        own = [row for row in own if body in _initials(row)]
        own = [row for row in own if _initials(row).startswith(body)] if kind == Document.Kind.NORMATIVE else own
    return own[0] if len(own) == 1 else None


def _initials(issuer):
    return "".join(word[0] for word in words(issuer.name_vi))


def _said(row):
    """What one relation says; two that say the same are one too many."""
    return row.kind, row.target_id or number_key(row.target_number), row.provision


class RelationRowForm(SaidOnce, RowForm):
    """A row of the form of a draft."""

    def clean_target(self):
        if (target := self.cleaned_data["target"]) and target.pk == self.instance.source_id:
            raise forms.ValidationError(_("A document has no relation to itself."))
        return target


class RelationRows(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        if any(self.errors):
            return
        kept = [form for form in self.forms if form not in self.deleted_forms]
        said = [_said(form.instance) for form in kept if form.has_changed() or form.instance.pk]
        if len(set(said)) < len(said):
            raise forms.ValidationError(RECORDED)


class RelationForm(SaidOnce, forms.ModelForm):
    note_on_change = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=600
    )

    class Meta:
        model = Relation
        fields = ["kind", "target", "target_number", "target_date", "provision", "effective_on", "until", "note"]


class ShowingForm(forms.Form):
    """Finds a public document of another site by its number."""

    q = forms.CharField(label=gettext_lazy("Number"), required=False, max_length=60)
