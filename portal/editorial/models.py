from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Agency
from portal.editorial.roles import Role
from portal.text.fields import GatedCharField, GatedTextField
from portal.text.folded import FoldedField


class DatedQuerySet(models.QuerySet):
    def in_force(self, day=None):
        day = day or timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Dated(models.Model):
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True, help_text=_("The last day, included."))

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_in_force(self, day=None):
        day = day or timezone.localdate()
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def clean(self):
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The last day lies before the first.")})

    def overlapping(self, **same):
        """The other rows with these same values that are in force on a day on which this one is."""
        others = type(self).objects.filter(**same).exclude(pk=self.pk)
        if self.valid_to:
            others = others.filter(valid_from__lte=self.valid_to)
        return others.filter(Q(valid_to=None) | Q(valid_to__gte=self.valid_from))


class Board(Dated):
    """The editorial board of one agency's site. Without a decision in force it has no rights (Article 15)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="boards", verbose_name=_("agency"))
    decision_number = GatedCharField(_("number of the decision"), max_length=60)
    decision_date = models.DateField(_("date of the decision"))
    signer = GatedCharField(_("signed by"), max_length=200)

    class Meta:
        verbose_name = _("editorial board")
        verbose_name_plural = _("editorial boards")
        ordering = ["agency", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "decision_number", "decision_date"], name="board_once_per_decision"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="board_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return _("Editorial board of %(agency)s") % {"agency": self.agency}

    def clean(self):
        super().clean()
        if self.decision_date and self.valid_from and self.valid_from < self.decision_date:
            raise ValidationError({"valid_from": _("A board cannot work before the decision that sets it up.")})
        if self.agency_id and self.valid_from and self.overlapping(agency=self.agency_id).exists():
            raise ValidationError(_("This agency already has a board in force in that time (Article 15)."))


class Membership(Dated):
    """A person's place on a board: the only source of rights over content."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="memberships", verbose_name=_("editorial board"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["board", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "user", "role", "valid_from"], name="membership_once_per_role_and_date"
            )
        ]

    def __str__(self):
        return f"{self.user} – {self.get_role_display()}"

    @property
    def agency(self):
        return self.board.agency

    @property
    def last_day(self):
        """The day with which the person's rights end, or None."""
        return min((day for day in (self.valid_to, self.board.valid_to) if day), default=None)


class AppendOnlyError(TypeError):
    """Raised by any attempt to change or delete an audit row."""


class AuditQuerySet(models.QuerySet):
    def of(self, item):
        return self.filter(
            content_type=ContentType.objects.get_for_model(item, for_concrete_model=True), object_id=item.pk
        )

    def _refuse(self, *args, **kwargs):
        raise AppendOnlyError("Audit rows are never changed and never deleted.")

    # bulk_create can overwrite rows that are there
    update = delete = bulk_create = bulk_update = _update = _raw_delete = _refuse


class AuditEvent(models.Model):
    """Who did what to which item, when, for which board and why. Rows are only ever added."""

    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    actor_name = GatedCharField(_("name at that time"), max_length=150)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("agency"))
    action = models.CharField(_("action"), max_length=40)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    item_title = GatedCharField(_("item"), max_length=300)
    folded = FoldedField(of=["item_title", "actor_name"], max_length=460)
    note = GatedTextField(_("reason"), blank=True)
    changes = models.JSONField(_("changes"), default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        base_manager_name = "objects"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-at"], name="audit_of_item"),
            models.Index(fields=["agency", "-at"], name="audit_of_agency"),
        ]

    def __str__(self):
        return f"{self.at:%d/%m/%Y %H:%M} {self.actor_name}: {self.action}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise AppendOnlyError("Audit rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError("Audit rows are never deleted.")
