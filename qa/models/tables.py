from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Agency
from portal.editorial.models import Dated
from portal.text.fields import GatedCharField, GatedTextField
from qa.models.case import REASON_MAX


class Term(Dated):
    """A period that is no time limit of an agency: how long personal data is kept, how long a sender may reply."""

    class Subject(models.TextChoices):
        KEEP_QUESTION = "keep_question", _("personal data of a question, after it is closed")
        KEEP_PETITION = "keep_petition", _("personal data of a petition, after it is closed")
        KEEP_INFORMATION = "keep_information", _("personal data of a request for information, after it is closed")
        KEEP_SPAM = "keep_spam", _("what was no real request, after it is closed")
        REPLY = "reply", _("reply of the sender to a clarification")
        REOPEN = "reopen", _("asking again after an answer")

    class Unit(models.TextChoices):
        WORKING_DAYS = "wd", _("working days")
        CALENDAR_DAYS = "d", _("days")

    subject = models.CharField(_("what it is about"), max_length=20, choices=Subject)
    days = models.PositiveIntegerField(_("length"), validators=[MinValueValidator(1)])
    unit = models.CharField(_("unit"), max_length=2, choices=Unit, default=Unit.CALENDAR_DAYS)
    legal_basis = GatedCharField(_("legal basis"), max_length=300)

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods of questions and petitions")
        ordering = ["subject", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "valid_from"], name="term_once_per_subject_and_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="term_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{self.get_subject_display()}: {self.days} {self.get_unit_display()}"

    def clean(self):
        super().clean()
        if self.subject and self.valid_from and self.overlapping(subject=self.subject).exists():
            raise ValidationError(_("Another row is in force in that time. End that row first."))


class Paragraph(models.Model):
    """A paragraph that answers often need, to be put into a draft by one click."""

    agency = models.ForeignKey(
        Agency,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency"),
        help_text=_("Empty: offered to all agencies."),
    )
    title = GatedCharField(_("title"), max_length=120)
    text = GatedTextField(_("text"), validators=[MaxLengthValidator(REASON_MAX)])
    is_active = models.BooleanField(_("switched on"), default=True)

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs for answers")
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title
