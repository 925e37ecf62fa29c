from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Agency
from portal.obligations.models import Obligation
from portal.text.fields import GatedCharField, GatedEmailField, GatedTextField

RULE = "L9"  # an error is corrected within five working days (Law on Access to Information, Article 32.1)
TEXT_MAX = 2000


class ErrorReportQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=ErrorReport.State.OPEN)

    def about(self, item):
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def with_due(self):
        """With the day by which the answer is owed, and whether that is an internal target."""
        kind = ContentType.objects.get_for_model(self.model)
        duties = Obligation.objects.filter(content_type=kind, object_id=OuterRef("pk"), code=RULE)
        owed = duties.exclude(status__in=Obligation.NOT_MEASURED).annotate(internal=Obligation.IS_INTERNAL)
        return self.annotate(due=Subquery(owed.values("due")[:1]), internal=Subquery(owed.values("internal")[:1]))

    def pressing_first(self):
        """What is open by its due date, overdue before the rest; then what was answered, the newest first."""
        owed = Case(When(state=ErrorReport.State.OPEN, then=F("due")))
        is_done = Case(When(state=ErrorReport.State.OPEN, then=0), default=1)
        return self.with_due().order_by(is_done, owed.asc(nulls_last=True), "-received_at", "-pk")


class ErrorReport(models.Model):
    """What a reader found wrong in a public item, for the agency that owns it to correct or to explain.

    `token` belongs to the form that was sent: a second click makes no second row.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        CORRECTED = "corrected", _("corrected")
        NO_ERROR = "no_error", _("found to be no error")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    item_title = GatedCharField(_("item"), max_length=300)  # as the reader saw it
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("responsible agency"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    text = GatedTextField(_("what is wrong"), validators=[MaxLengthValidator(TEXT_MAX)])
    email = GatedEmailField(_("e-mail of the reader"), blank=True)
    token = models.UUIDField(unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    answer = GatedTextField(_("answer"), blank=True, validators=[MaxLengthValidator(TEXT_MAX)])
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "received_at"], name="error_report_of_item"),
            models.Index(fields=["agency", "state"], name="error_report_of_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answer="", answered_by=None, answered_at=None)
                | Q(
                    state__in=["corrected", "no_error"],
                    answer__gt="",
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
                name="error_report_answered_by_a_person",
            )
        ]

    def __str__(self):
        return self.item_title

    @property
    def current_state(self):
        """The ledger asks whether the clock has moved a row on; it never does here."""
        return self.state

    def duty(self):
        """What is owed for the report; None where no rule was in force on the day."""
        return Obligation.objects.of(self).filter(code=RULE).select_related("rule").first()
