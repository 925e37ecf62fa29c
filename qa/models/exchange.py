"""What passes between the sender and the agency: clarifications, promised dates, answers, and what comes after them."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from portal.agencies.models import Agency
from portal.text.fields import GatedTextField
from qa.models.case import REASON_MAX, TEXT_MAX, Case

ANSWER_MAX = 20_000


def _person(name, **options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=name, **options)


class PartOfCase:
    """A part of a case for which something is owed of its own: people open the case."""

    @property
    def duty_of(self):
        return self.case

    @property
    def agency(self):
        return self.case.agency

    def __str__(self):
        return str(self.case)


class Clarification(models.Model):
    """What the sender was asked to add. The clock stands still until the reply, at the latest until `reply_by`."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="clarifications")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = _person(_("person"))
    words = GatedTextField(_("what the sender is asked"), validators=[MaxLengthValidator(REASON_MAX)], blank=True)
    reply_by = models.DateField(_("reply expected by"))
    ended_at = models.DateTimeField(null=True, blank=True)  # by the reply, by the agency or because the day has passed
    replied_at = models.DateTimeField(null=True, blank=True)
    reply = GatedTextField(_("reply of the sender"), blank=True, validators=[MaxLengthValidator(TEXT_MAX)])
    token = models.UUIDField(null=True, blank=True, unique=True)  # of the form of the reply

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="one_open_clarification_per_case")
        ]

    def __str__(self):
        return self.words[:80]


class Extension(PartOfCase, models.Model):
    """A notice of progress with the date that is promised for the answer (Article 9.1 đ)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="extensions")
    number = models.PositiveSmallIntegerField()  # in its round; from the second on the head of the agency decides
    round = models.PositiveSmallIntegerField(default=1)
    told_at = models.DateTimeField(_("told"), default=timezone.now)
    promised = models.DateField(_("date promised"))
    words = GatedTextField(_("progress and reason"), validators=[MaxLengthValidator(REASON_MAX)])
    by = _person(_("person"))

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "round", "number"], name="extension_once_per_number")]


class Reopening(PartOfCase, models.Model):
    """The sender was not satisfied and asked again, once, within the days that the table allows."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="reopening")
    at = models.DateTimeField(default=timezone.now)
    words = GatedTextField(_("what is still open"), validators=[MaxLengthValidator(REASON_MAX)], blank=True)


class AnswerQuerySet(models.QuerySet):
    def signed(self):
        return self.filter(signed_at__isnull=False)


class Answer(models.Model):
    """An answer from its first draft to the signature; what was signed is never changed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("answering agency"))
    text = GatedTextField(_("answer"), validators=[MaxLengthValidator(ANSWER_MAX)], blank=True)
    interprets_law = models.BooleanField(
        _("interprets the law"),
        default=False,
        help_text=_("It then cites at least one document of the portal, and warns when the document loses effect."),
    )
    documents = models.ManyToManyField(Document, blank=True, related_name="+", verbose_name=_("documents cited"))
    drafted_by = _person(_("written by"))
    drafted_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    signed_by = _person(_("signed by"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    net_days = models.PositiveIntegerField(
        null=True, blank=True
    )  # working days from receipt, without those of the sender
    version = models.PositiveIntegerField(default=1)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["agency", "signed_at"], name="answer_of_agency")]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="answer_once_per_number"),
            models.UniqueConstraint(fields=["case"], condition=Q(signed_at=None), name="one_draft_per_case"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(signed_by=F("drafted_by")),
                name="answer_signed_by_a_second_person",
            ),
        ]

    def __str__(self):
        return f"{self.case_id}/{self.number}"


class Rating(models.Model):
    """Whether the sender is satisfied: once for each answer, by a link that works once."""

    answer = models.OneToOneField(Answer, models.CASCADE, related_name="rating")
    at = models.DateTimeField(default=timezone.now)
    satisfied = models.BooleanField()
    words = GatedTextField(_("remark"), blank=True, validators=[MaxLengthValidator(REASON_MAX)])

    def __str__(self):
        return f"{self.answer}: {self.satisfied}"
