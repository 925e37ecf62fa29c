from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.editorial.models import Dated, DatedQuerySet
from portal.files.fields import PaperField
from portal.files.storage import attachment_path
from portal.text.fields import GatedCharField, GatedTextField
from portal.text.fold import words
from portal.text.normalise import normalise


class Count(models.Model):
    """How often something was done from one network in one stretch of time; `network` is a keyed digest."""

    scope = models.CharField(max_length=40)
    network = models.CharField(max_length=32)
    window = models.DateTimeField()  # its beginning
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            # in this order it also finds the rows of all networks
            models.UniqueConstraint(fields=["scope", "window", "network"], name="one_count_per_network_and_window")
        ]
        indexes = [models.Index(fields=["window"], name="count_by_window")]

    def __str__(self):
        return f"{self.scope} {self.window:%d/%m/%Y %H:%M}: {self.number}"


class Challenge(models.Model):
    """A question that tells people from programs, asked in words and answered in words or digits."""

    question = GatedCharField(_("question"), max_length=200)
    answers = GatedTextField(
        _("answers"),
        max_length=1000,
        help_text=_("One on each line, those in English too. Diacritics and capitals do not matter."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("question for people")
        verbose_name_plural = _("questions for people")
        ordering = ["pk"]

    def __str__(self):
        return self.question or ""

    def clean(self):
        if not self.keys():
            raise ValidationError({"answers": gettext("Give at least one answer.")})

    def keys(self):
        return {_key(line) for line in self.answers.splitlines()} - {""}

    def is_answered_by(self, typed):
        return _key(typed) in self.keys()


def _key(text):
    return " ".join(words(normalise(text)))


class StatementQuerySet(DatedQuerySet):
    def current(self, code, day=None):
        """The row of that code in force on the day; None if there is none."""
        return self.in_force(day).filter(code=code).first()


class Statement(Dated):
    """A text that strangers accept before they send something. Once accepted it stays as it was read."""

    FIXED = ("code", "purpose_vi", "purpose_en", "text_vi", "text_en", "legal_basis", "valid_from")

    code = GatedCharField(_("code"), max_length=40)
    purpose = GatedCharField(_("purpose"), max_length=200)
    text = GatedTextField(_("text"))
    legal_basis = GatedCharField(_("legal basis"), max_length=300)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("text to accept")
        verbose_name_plural = _("texts to accept")
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="statement_once_per_code_and_date"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="statement_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.purpose or ""

    def clean(self):
        super().clean()
        if self.code and self.valid_from and self.overlapping(code=self.code).exists():
            raise ValidationError(gettext("Another text with this code is in force in that time. End that one first."))
        last = self.acceptances.order_by("-accepted_at").first() if self.pk else None
        if last:
            self._refuse_to_change(timezone.localdate(last.accepted_at))

    def _refuse_to_change(self, accepted_on):
        before = Statement.objects.get(pk=self.pk)
        if any(getattr(before, name) != getattr(self, name) for name in self.FIXED):
            raise ValidationError(
                gettext(
                    "People have accepted this text: it stays as they read it. "
                    "Give it a last day, and enter the new wording as a text that follows it."
                )
            )
        if self.valid_to and self.valid_to < accepted_on:
            sentence = gettext("This text was accepted on %(date)s: it cannot have ended before.")
            raise ValidationError({"valid_to": sentence % {"date": f"{accepted_on:%d/%m/%Y}"}})


class AcceptanceQuerySet(models.QuerySet):
    def of(self, item):
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def standing(self):
        return self.filter(withdrawn_at=None)


class Acceptance(models.Model):
    """That the sender of an item accepted a text, when, and until when."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="acceptances")
    accepted_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        ordering = ["accepted_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="acceptance_of_item")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "statement"],
                condition=Q(withdrawn_at=None),
                name="one_standing_acceptance",
            )
        ]

    def __str__(self):
        return f"{self.statement} {self.accepted_at:%d/%m/%Y}"


class Upload(models.Model):
    """A file that came with a form which is not finished yet; `token` is that of the form."""

    token = models.UUIDField()
    file = PaperField(upload_to=attachment_path)
    title = GatedCharField(max_length=200)  # its name as the sender knows it
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["token", "sha256"], name="upload_once_per_form")]

    def __str__(self):
        return self.title
