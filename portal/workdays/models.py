"""The days on which the week is not as usual, and the law or decision each of them rests on."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from portal.text.fields import GatedCharField

SATURDAY = 5


class CalendarDayQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed=True)


class CalendarDay(models.Model):
    """One date. Rows are written through `portal.workdays.changes` only: what rests on them is then counted anew."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("public holiday")
        COMPENSATION = "compensation", _("compensation day")
        SWAPPED_OFF = "swapped_off", _("swapped day off")
        SWAPPED_WORK = "swapped_work", _("swapped working day")

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = GatedCharField(_("name"), max_length=200)
    legal_basis = GatedCharField(_("legal basis"), max_length=300)
    confirmed = models.BooleanField(
        _("confirmed"), default=True, help_text=_("The day is not counted until it is confirmed.")
    )

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["date"]

    def __str__(self):
        return f"{self.date:%d/%m/%Y} {self.name}"

    def clean(self):
        if not self.date:
            return
        if other := CalendarDay.objects.filter(date=self.date).exclude(pk=self.pk).first():
            sentence = _("The calendar already has this date as a %(kind)s. Change that row instead of adding another.")
            raise ValidationError({"date": sentence % {"kind": other.get_kind_display()}})
        self._check_day_of_the_week()

    def _check_day_of_the_week(self):
        is_weekend = self.date.weekday() >= SATURDAY
        if self.kind == self.Kind.SWAPPED_WORK and not is_weekend:
            sentence = _("Monday to Friday are working days anyway: a swapped working day is a Saturday or a Sunday.")
            raise ValidationError({"date": sentence})
        # a public holiday may be a Saturday or a Sunday: its compensation day rests on it
        if self.kind in (self.Kind.COMPENSATION, self.Kind.SWAPPED_OFF) and is_weekend:
            sentence = _("Saturday and Sunday are days off anyway: a %(kind)s is one of Monday to Friday.")
            raise ValidationError({"date": sentence % {"kind": self.get_kind_display()}})


class CalendarYear(models.Model):
    """Whether the days of a year are settled; a year without a row, or not decided, is provisional."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    decided = models.BooleanField(
        _("decided"),
        default=False,
        help_text=_("The Prime Minister has decided the Lunar New Year and the National Day of this year."),
    )
    legal_basis = GatedCharField(_("legal basis"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("calendar year")
        verbose_name_plural = _("calendar years")
        ordering = ["year"]

    def __str__(self):
        return str(self.year)


class Edition(models.Model):
    """A number in a single row. Due dates that were counted with another number must be counted anew."""

    number = models.PositiveIntegerField(default=0)

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls):
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    @classmethod
    @transaction.atomic
    def advance(cls, note=""):
        """The next number, with the reason why due dates are counted anew."""
        cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=1).update(number=F("number") + 1)
        if note:
            EditionNote.objects.create(number=cls.current(), text=note)


class EditionNote(models.Model):
    """What changed with an edition, in a sentence."""

    number = models.PositiveIntegerField(primary_key=True)
    text = GatedCharField(max_length=600)

    def __str__(self):
        return self.text
