from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Agency
from portal.editorial.models import Dated, DatedQuerySet
from portal.text.fields import GatedCharField, GatedTextField
from portal.text.folded import FoldedField


class RuleQuerySet(DatedQuerySet):
    def switched_on(self):
        return self.filter(is_active=True)


class Rule(Dated):
    """One line of the law's table of deadlines. A limit that changes is a new row from its first day on."""

    class LegalSet(models.TextChoices):
        OF_2017 = "2017", _("Decision 16/2017 and the law of its time")
        OF_2026 = "2026", _("law in force beside the Decision")

    class Event(models.TextChoices):
        CHANGED = "changed", _("a change occurs")
        HAPPENED = "happened", _("the event takes place")
        ISSUED = "issued", _("the text is issued")
        APPROVED = "approved", _("it is approved")
        ACCEPTED = "accepted", _("the result is accepted")
        RECEIVED = "received", _("it is received")
        NOTIFIED = "notified", _("the sender is told of the progress")
        ANSWERED = "answered", _("the answer is given")
        DECIDED = "decided", _("the head decides to make it public")
        OPENED = "opened", _("the consultation opens")
        ORDERED = "ordered", _("the Chairman orders it")
        CREATED = "created", _("the information is created")
        DISCOVERED = "discovered", _("the error is discovered")

    class Unit(models.TextChoices):
        WORKING_DAYS = "wd", _("working days")
        CALENDAR_DAYS = "d", _("days")

    class Responsible(models.TextChoices):
        BOARD = "board", _("the editorial board of the site")
        ISSUER = "issuer", _("the issuing body")
        IN_SCOPE = "in_scope", _("each body that the text applies to")
        COMPETENT = "competent", _("the competent body")
        ANSWERING = "answering", _("the answering body")
        MANAGING = "managing", _("the managing body")
        ORGANISER = "organiser", _("the organising body")

    code = GatedCharField(_("code"), max_length=10, help_text=_("The same for all rows of one duty, e.g. D6."))
    legal_set = models.CharField(_("set of rules"), max_length=4, choices=LegalSet)
    point = GatedCharField(_("content"), max_length=20, blank=True, help_text=_("Point of the law, e.g. 8.2.d."))
    name = GatedCharField(_("duty"), max_length=200)
    event = models.CharField(_("counted from"), max_length=12, choices=Event)
    limit = models.PositiveSmallIntegerField(
        _("limit"), null=True, blank=True, help_text=_("Empty: the law says “regularly”, “in time” or “at once”.")
    )
    target = models.PositiveSmallIntegerField(
        _("internal target"),
        null=True,
        blank=True,
        help_text=_("Where the law gives no number; shown as an internal target, never as law."),
    )
    unit = models.CharField(_("unit"), max_length=2, choices=Unit, default=Unit.WORKING_DAYS)
    responsible = models.CharField(_("who"), max_length=12, choices=Responsible)
    printed = GatedCharField(_("article as printed"), max_length=200)
    applied = GatedCharField(
        _("article as applied"), max_length=200, blank=True, help_text=_("Where the printed reference is a slip.")
    )
    is_active = models.BooleanField(
        _("switched on"), default=True, help_text=_("Switched off, it starts no new duties; those entered stay.")
    )

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["legal_set", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="rule_once_per_code_and_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="rule_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(limit=None) | Q(target=None),
                name="rule_has_a_limit_or_a_target",
                violation_error_message=_("Where the law gives a limit there is no internal target."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def clean(self):
        super().clean()
        if self.code and self.valid_from and (other := self.overlapping(code=self.code).first()):
            raise ValidationError(
                _("This overlaps with the row of %(code)s from %(date)s. End that row first.")
                % {"code": other.code, "date": f"{other.valid_from:%d/%m/%Y}"}
            )

    @property
    def is_internal(self):
        """The law gives no number: what is measured is the portal's own target (chỉ tiêu nội bộ)."""
        return self.limit is None

    @property
    def days(self):
        """The number of days that is measured, or None."""
        return self.target if self.limit is None else self.limit

    @property
    def article(self):
        """The article as readers see it: the applied one, and the printed one where it differs."""
        if not self.applied:
            return self.printed
        return gettext("%(applied)s (printed as %(printed)s)") % {"applied": self.applied, "printed": self.printed}


class ObligationQuerySet(models.QuerySet):
    def of(self, item):
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def open(self):
        return self.filter(status=Obligation.Status.OPEN)

    def measured(self):
        """What the figures are about: everything but what was waived, no longer applies or has no date."""
        return self.exclude(status__in=Obligation.NOT_MEASURED).filter(due__isnull=False)

    def by_law(self):
        """Measured by a number of the law, or by a date that an order or an answer names."""
        return self.exclude(Obligation.IS_INTERNAL)

    def internal(self):
        """Measured by the portal's own target, because the law gives no number."""
        return self.filter(Obligation.IS_INTERNAL)

    def overdue(self, today=None):
        return self.open().filter(due__lt=today or timezone.localdate())

    def pressing_first(self):
        return self.order_by(F("due").asc(nulls_last=True), "pk")


class Obligation(models.Model):
    """What one agency owes for one item under one rule: until when, and whether it was kept (Article 9)."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        ON_TIME = "on_time", _("kept in time")
        LATE = "late", _("kept late")
        WAIVED = "waived", _("waived")
        VOID = "void", _("no longer applies")

    NOT_MEASURED = (Status.WAIVED, Status.VOID)
    # the law gives no number, neither does an order: the portal's own target is measured
    IS_INTERNAL = Q(rule__limit=None, promised=None)

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="obligations", verbose_name=_("rule"))
    code = models.CharField(_("code"), max_length=10, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("responsible agency"))
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    item_title = GatedCharField(_("item"), max_length=300)
    title_folded = FoldedField(of=["item_title"], max_length=300)
    triggered_on = models.DateField(_("counted from"))
    promised = models.DateField(_("date given"), null=True, help_text=_("By the order or the answer itself."))
    due = models.DateField(_("due"), null=True)
    edition = models.PositiveIntegerField(default=0, editable=False)  # of calendar and rules it was counted with
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN)
    fulfilled_at = models.DateTimeField(_("kept at"), null=True)
    fulfilled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("kept by")
    )
    delay = models.PositiveIntegerField(_("working days late"), default=0)
    reminded = models.SmallIntegerField(null=True, editable=False)  # working days left at the last reminder's stage
    waiver = GatedTextField(_("reason of the waiver"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["-due", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "code", "agency"], name="obligation_once_per_item_and_rule"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["on_time", "late"], fulfilled_at__isnull=False)
                | Q(status__in=["open", "waived", "void"], fulfilled_at=None),
                name="obligation_kept_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "due"], name="obligation_of_agency"),
            models.Index(fields=["status", "due"], name="obligation_by_status"),
            models.Index(fields=["status", "edition"], name="obligation_to_recount"),
            models.Index(fields=["due"], name="obligation_by_due"),
        ]

    def __str__(self):
        return f"{self.code}: {self.item_title}"

    @property
    def subject(self):
        """What people open for it: what a part of an item is owed for is the item."""
        return getattr(self.item, "duty_of", self.item)

    def is_overdue(self, today=None):
        return self.status == self.Status.OPEN and self.due is not None and self.due < (today or timezone.localdate())

    @property
    def is_internal(self):
        return self.rule.is_internal and self.promised is None

    def path(self):
        """Address of the day-by-day explanation within every site."""
        return f"/giai-trinh-han/{self.pk}/"


class PauseQuerySet(models.QuerySet):
    def counted(self):
        return self.filter(cancelled=False)

    def unfinished(self, today=None):
        """Those that stand still today, or will later."""
        return self.filter(Q(last=None) | Q(last__gte=today or timezone.localdate()))


class Pause(models.Model):
    """A time in which the clock of a duty stands still. The rows are the ledger: closed or cancelled, never removed."""

    LONGEST = timedelta(days=366)

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="pauses", verbose_name=_("duty"))
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"), null=True, blank=True)
    reason = GatedCharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    cancelled = models.BooleanField(_("cancelled"), default=False)  # before it began: it never counted

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last=None) | Q(last__gte=F("first")), name="pause_ends_after_it_begins")
        ]

    def __str__(self):
        return f"{self.first:%d/%m/%Y} – {self.last:%d/%m/%Y}" if self.last else f"{self.first:%d/%m/%Y} –"
