from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from mptt.managers import TreeManager
from mptt.models import MPTTModel, TreeForeignKey
from mptt.querysets import TreeQuerySet

from portal.text.fields import GatedCharField, GatedEmailField, GatedSlugField, GatedTextField


class InForce:
    """Of rows whose first and last day may be unknown."""

    def in_force(self, day=None):
        day = day or timezone.localdate()
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class AgencyQuerySet(InForce, TreeQuerySet):
    pass


class Agency(MPTTModel):
    """A body that publishes, answers or processes. Bodies come and go with the law: rows are dated, never reused."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("provincial People's Committee")
        OFFICE = "office", _("office of the provincial People's Committee")
        DEPARTMENT = "department", _("department")
        INSPECTORATE = "inspectorate", _("inspectorate")
        COMMITTEE = "committee", _("committee")
        MANAGEMENT_BOARD = "management_board", _("management board")
        DISTRICT = "district", _("district People's Committee")
        CITY = "city", _("city People's Committee")
        UNIT = "unit", _("subordinate unit")

    LOCALITIES = (Kind.DISTRICT, Kind.CITY)

    code = GatedSlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = GatedCharField(_("name"), max_length=200)
    place_name = GatedCharField(
        _("name of the locality"),
        max_length=100,
        blank=True,
        help_text=_("Only for district-level units, with the kind of unit (Article 6.3)."),
    )
    abbreviation = GatedCharField(
        _("abbreviation"),
        max_length=20,
        blank=True,
        help_text=_("As it stands in document numbers, e.g. STTTT."),
    )
    parent = TreeForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("superior agency"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("exists until"), null=True, blank=True)
    legal_basis = GatedCharField(_("legal basis"), max_length=300, blank=True)

    objects = TreeManager.from_queryset(AgencyQuerySet)()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["tree_id", "lft"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="agency_ends_after_it_begins",
                violation_error_message=_("An agency cannot end before it begins."),
            ),
            models.CheckConstraint(condition=Q(name_vi__gt=""), name="agency_has_a_vietnamese_name"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_locality(self):
        return self.kind in self.LOCALITIES


class ContactPointQuerySet(InForce, models.QuerySet):
    pass


class ContactPoint(models.Model):
    """Where an agency is reached: address, telephone, fax and e-mail of Article 8.2 l."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="contact_points", verbose_name=_("agency"))
    name = GatedCharField(_("name of the contact point"), max_length=200)
    address = GatedCharField(_("address"), max_length=300)
    phone = GatedCharField(_("telephone"), max_length=60)
    fax = GatedCharField(_("fax"), max_length=60, blank=True)
    email = GatedEmailField(_("official e-mail"))
    hours = GatedTextField(_("opening hours"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("0 is the main contact."))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    def clean(self):
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The last day lies before the first.")})
