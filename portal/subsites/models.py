from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Agency
from portal.subsites import names
from portal.text.fields import GatedCharField
from portal.text.html import RichTextField


class Site(models.Model):
    """The portal itself (no label) or the member site of one agency, with its own host name (Article 6)."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="site", verbose_name=_("agency"))
    label = models.CharField(
        _("host name"),
        max_length=63,
        blank=True,
        unique=True,
        help_text=_("The part before the portal's host; empty for the portal itself (Article 6)."),
    )
    exception_reason = GatedCharField(_("reason for another name"), max_length=300, blank=True)
    name = GatedCharField(_("name of the site"), max_length=200)
    responsible_name = GatedCharField(_("responsible person"), max_length=150)
    responsible_title = GatedCharField(_("office of the responsible person"), max_length=200)
    introduction = RichTextField(_("introduction"), blank=True)
    is_active = models.BooleanField(_("switched on"), default=False)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["agency__tree_id", "agency__lft"]

    def __str__(self):
        return self.name

    @property
    def is_root(self):
        return self.label == ""

    @property
    def host(self):
        """The site's name in DNS, in full."""
        return f"{self.label}.{settings.PORTAL_HOST}" if self.label else settings.PORTAL_HOST

    @cached_property
    def contact(self):
        """The main contact point of Article 8.2 l, or None."""
        return self.agency.contact_points.in_force().order_by("position", "pk").first()

    def clean(self):
        if not self.agency_id:
            return
        if not self.label:
            self.label = names.suggest(self.agency)
        self._check_label()
        if FormerLabel.objects.filter(label=self.label, released=False).exclude(site=self.pk).exists():
            raise ValidationError(
                {"label": _("This name belonged to another site, which has not released it (Article 6).")}
            )
        if self.is_active and not self.agency.contact_points.exists():
            raise ValidationError(
                {
                    "is_active": _(
                        "A site needs the address, telephone and e-mail of Article 8.2 l before it is switched on."
                    )
                }
            )

    def _check_label(self):
        try:
            names.check(self.label, self.agency, exception_reason=self.exception_reason)
        except ValidationError as refused:
            raise ValidationError({"label": refused.messages}) from refused


class FormerLabel(models.Model):
    """A name a site once had. It leads to the site's present name until it is released for others."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="former_labels", verbose_name=_("site"))
    label = models.CharField(_("host name"), max_length=63, db_index=True)
    used_until = models.DateField(_("used until"))
    released = models.BooleanField(_("released for others"), default=False)

    class Meta:
        verbose_name = _("former host name")
        verbose_name_plural = _("former host names")
        constraints = [
            models.UniqueConstraint(fields=["label"], condition=models.Q(released=False), name="former_label_held_once")
        ]

    def __str__(self):
        return self.label

    def clean(self):
        if not names.LABEL.fullmatch(self.label or ""):
            raise ValidationError({"label": _("One label of the letters a–z and digits.")})
        if not self.released and Site.objects.filter(label=self.label).exists():
            raise ValidationError({"label": _("This name is in use.")})
