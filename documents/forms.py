from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import DocumentType, Issuer, Sector
from documents.validity import Status
from portal.text.fields import GatedCharFormField
from portal.web.fields import DayField

QUERY_MAX = 200


class FilterForm(forms.Form):
    """What the tool of Article 8.2 e narrows the documents by; every value is in the address."""

    q = GatedCharFormField(label=_("Number or words"), required=False, max_length=QUERY_MAX)
    loai = forms.ChoiceField(label=_("Type"), required=False)
    co_quan = forms.ChoiceField(label=_("Issuing body"), required=False)
    linh_vuc = forms.ChoiceField(label=_("Sector"), required=False)
    tinh_trang = forms.ChoiceField(label=_("Status"), required=False)
    nguoi_ky = GatedCharFormField(label=_("Signed by"), required=False, max_length=100)
    tu = DayField(label=_("Issued from"), required=False)
    den = DayField(label=_("Issued until"), required=False)
    ngay = DayField(label=_("Status on the day"), required=False)

    MAIN = ("q",)

    def __init__(self, data, *, types, issuers, sectors):
        super().__init__(data)
        self.fields["loai"].choices = [("", _("All types")), *[(row.code, row.name) for row in types]]
        self.fields["co_quan"].choices = [("", _("All bodies")), *[(row.code, row.name) for row in issuers]]
        indented = [(row.code, f"{'– ' * row.level}{row.name}") for row in sectors]
        self.fields["linh_vuc"].choices = [("", _("All sectors")), *indented]
        self.fields["tinh_trang"].choices = [("", _("Any status")), *Status.choices]

    @classmethod
    def of(cls, data, documents):
        """With the choices that these documents leave open."""
        return cls(
            data,
            types=DocumentType.objects.filter(pk__in=documents.order_by().values("type")),
            issuers=Issuer.objects.filter(pk__in=documents.order_by().values("issuer")),
            sectors=Sector.objects.all(),
        )

    def chosen(self):
        """The values that are filled in and sound; the errors of the others stand beside their fields."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def main_fields(self):
        return [self[name] for name in self.MAIN]

    def further_fields(self):
        return [field for field in self if field.name not in self.MAIN]
