from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gazette import completeness
from portal.editorial.roles import State
from portal.publishing.models import Publishable, PublishableQuerySet
from portal.text.fields import GatedTextField

SECTION = "cong-bao"
FIRST_YEAR, LAST_YEAR = 1990, 2200


class IssueQuerySet(PublishableQuerySet):
    def planned(self, now=None):
        """Those that were never before the public."""
        return self.filter(first_published_at=None).exclude(
            self.state_condition([State.PUBLISHED, State.ARCHIVED], now)
        )

    def in_sequence(self):
        return self.order_by("issued_on", "first_number", "pk")

    def expected_number(self, year, *, entered_before=None):
        """The number that follows the greatest one of the year; of the issues that were entered before one of them."""
        others = self.filter(year=year, **({"pk__lt": entered_before} if entered_before else {}))
        return (others.aggregate(last=Max("last_number"))["last"] or 0) + 1


class Issue(Publishable):
    """An issue of the gazette (8.2 g), planned or public. Title, summary, author and source follow from the rest.

    Once it has been public nothing in it changes: what was wrong is put right by a document in a later issue.
    """

    class Pdf(models.TextChoices):
        NONE = "none", _("there is none")
        WANTED = "wanted", _("is being made")
        MADE = "made", _("made")
        UPLOADED = "uploaded", _("uploaded")
        FAILED = "failed", _("could not be made")

    first_number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    last_number = models.PositiveSmallIntegerField(
        _("last number"), help_text=_("Of an issue with two numbers, such as 1095 + 1096; otherwise empty.")
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    issued_on = models.DateField(_("date of the issue"), help_text=_("As it is printed; planned issues lie ahead."))
    closes_on = models.DateField(
        _("takes documents until"), null=True, blank=True, help_text=_("What comes later goes into the next issue.")
    )
    sequence_reason = GatedTextField(
        _("reason of a number out of sequence"),
        max_length=300,
        blank=True,
        help_text=_("Only where the number does not follow the last one of the year (Article 8.2 g)."),
    )
    pdf_state = models.CharField(_("PDF"), max_length=8, choices=Pdf, default=Pdf.NONE, editable=False)
    pdf_error = GatedTextField(blank=True, editable=False)
    pdf_mark = models.CharField(max_length=64, blank=True, editable=False)  # of what the PDF was made from

    objects = IssueQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("gazette issue")
        verbose_name_plural = _("gazette issues")
        ordering = ["-issued_on", "-first_number", "-pk"]
        indexes = [
            *Publishable.Meta.indexes,
            models.Index(fields=["year", "first_number"], name="issue_of_year"),
            models.Index(fields=["issued_on", "first_number"], name="issue_in_sequence"),
            models.Index(fields=["pdf_state"], name="issue_by_pdf_state"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(first_number__gte=1, last_number__gte=F("first_number")), name="issue_has_its_numbers"
            ),
        ]

    def save(self, *args, **kwargs):
        if self.first_published_at is None:  # later on its documents may be withdrawn and written anew
            self._derive()
        super().save(*args, **kwargs)

    def _derive(self):
        """What Article 5.3 and the lists ask for, from numbers, date and entries."""
        self.year = self.issued_on.year
        self.title_vi = f"Công báo số {self.numbers} năm {self.year}"
        self.title_en = f"Gazette no. {self.numbers} of {self.year}"
        self.author = self.source = self.agency.name_vi[:150]
        day, count = f"{self.issued_on:%d/%m/%Y}", self.entries.count() if self.pk else 0
        self.summary_vi = f"Ra ngày {day}, đăng {count} văn bản{self._names('vi')}"
        self.summary_en = f"Issued on {day}, with {count} document{'s' if count != 1 else ''}{self._names('en')}"

    def _names(self, language):
        titles = self.entries.in_order().values_list(f"document__title_{language}", flat=True) if self.pk else []
        names = Truncator(", ".join(filter(None, titles))).chars(400)
        return f": {names}" if names else ""

    @property
    def numbers(self):
        """“1095”, “1095 + 1096”."""
        if self.first_number == self.last_number:
            return str(self.first_number)
        joint = " + " if self.last_number == self.first_number + 1 else " – "
        return f"{self.first_number}{joint}{self.last_number}"

    @property
    def is_issued(self):
        """Was before the public, whatever it is now."""
        return self.first_published_at is not None or self.is_readable

    def takes_documents(self, day):
        return not self.is_issued and self.state == State.DRAFT and (self.closes_on is None or day <= self.closes_on)

    def clean(self):
        super().clean()
        found = self._wrong_owner() | self._wrong_dates()
        if not found and self.first_number and self.last_number:
            found = self._wrong_numbers()
        if found:
            raise ValidationError(found)

    def _wrong_owner(self):
        if self.agency_id and self.agency.parent_id:
            return {"agency": gettext("Only the province has a gazette (Article 8.2 g).")}
        return {}

    def _wrong_dates(self):
        if not self.issued_on:
            return {}
        if not FIRST_YEAR <= self.issued_on.year <= LAST_YEAR:
            return {"issued_on": gettext("Give a year between %(first)d and %(last)d.") % _years()}
        if self.closes_on and self.closes_on > self.issued_on:
            return {"closes_on": gettext("Documents are taken until the day of the issue at the latest.")}
        self.year = self.issued_on.year
        return {}

    def _wrong_numbers(self):
        if self.last_number < self.first_number:
            return {"last_number": gettext("The last number is smaller than the first.")}
        others = Issue.objects.exclude(pk=self.pk)
        expected = others.expected_number(self.year, entered_before=self.pk)
        overlap = others.filter(year=self.year, first_number__lte=self.last_number, last_number__gte=self.first_number)
        if self.sequence_reason or (self.first_number == expected and not overlap.exists()):
            return {}
        words = gettext("The next number of %(year)d is %(expected)d. Take it, or give the reason for another one.")
        return {"first_number": words % {"year": self.year, "expected": expected}}

    def problems(self):
        return super().problems() + ([] if self.is_issued else list(completeness.problems(self)))

    def path(self):
        return f"/cong-bao/{self.slug}-{self.pk}/"

    def section(self):
        return SECTION

    def dated_on(self):
        return self.issued_on


def _years():
    return {"first": FIRST_YEAR, "last": LAST_YEAR}


class EntryQuerySet(models.QuerySet):
    def in_order(self):
        """As printed: by part, then as the board wants it, otherwise by issuing body, date and number."""
        by_document = ["issuer__position", "issuer", "event_date", "number_serial"]
        position = F("position").asc(nulls_last=True)
        rows = self.order_by("part", position, *[f"document__{name}" for name in by_document], "pk")
        return rows.select_related("document__type", "document__issuer").defer("document__full_text")

    def printed(self):
        """Those of issues that readers may open."""
        return self.filter(issue__in=Issue.objects.readable().values("pk"))


class Entry(models.Model):
    """A document in an issue. Its row is never made anew: the address of the entry holds its key."""

    class Part(models.TextChoices):
        NORMATIVE = "normative", _("normative legal documents")
        OTHER = "other", _("other documents")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="entries", verbose_name=_("gazette issue"))
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="gazette_entries", verbose_name=_("legal document")
    )
    part = models.CharField(
        _("part"), max_length=10, choices=Part, blank=True, help_text=_("Empty: by the kind of the document.")
    )
    position = models.PositiveSmallIntegerField(_("position"), null=True, blank=True)
    first_page = models.PositiveIntegerField(_("from page"), null=True, blank=True)
    last_page = models.PositiveIntegerField(_("to page"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of the issue")
        verbose_name_plural = _("documents of the issue")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "document"], name="entry_once_per_issue")]

    def __str__(self):
        return f"{self.document} ({self.issue})"

    def save(self, *args, **kwargs):
        if not self.part:
            self.part = self.Part.NORMATIVE if self.document.is_normative else self.Part.OTHER
        super().save(*args, **kwargs)

    def path(self):
        return f"{self.issue.path()}van-ban/{self.pk}/"

    @property
    def pages(self):
        """“3”, “3–7”, or empty."""
        if not self.first_page or not self.last_page:
            return ""
        return str(self.first_page) if self.first_page == self.last_page else f"{self.first_page}–{self.last_page}"


class SubmissionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=Submission.OPEN)


class Submission(models.Model):
    """A document that its agency sent to the gazette; the seven days until it is printed begin with it (L2)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the next issue")
        PLACED = "placed", _("placed into an issue")
        REJECTED = "rejected", _("rejected")
        PRINTED = "printed", _("printed")

    OPEN = (State.WAITING, State.PLACED)

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="gazette_submissions", verbose_name=_("legal document")
    )
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    issue = models.ForeignKey(
        Issue, models.SET_NULL, null=True, related_name="submissions", verbose_name=_("gazette issue")
    )
    reason = GatedTextField(_("reason of the rejection"), max_length=600, blank=True)
    note = GatedTextField(_("note"), max_length=600, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("document sent to the gazette")
        verbose_name_plural = _("documents sent to the gazette")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["state", "-received_at"], name="submission_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], name="submission_open_once", condition=Q(state__in=["waiting", "placed"])
            ),
        ]

    def __str__(self):
        return str(self.document)

    @property
    def agency(self):
        """Whose board sent it."""
        return self.document.agency

    @property
    def agency_id(self):
        return self.document.agency_id

    @property
    def current_state(self):
        """The ledger asks whether the clock has moved a row on; it never does here."""
        return self.state

    @property
    def received_on(self):
        return timezone.localdate(self.received_at)
