from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Case as Choose
from django.db.models import F, OuterRef, Q, Subquery, When
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from mptt.models import TreeForeignKey

from documents.models import Sector
from portal.agencies.models import Agency
from portal.editorial.roles import Role
from portal.files.fields import PaperField
from portal.obligations.models import Obligation
from portal.text.fields import GatedCharField, GatedEmailField, GatedTextField
from portal.text.folded import FoldedField

SUBJECT_MAX = 250
TEXT_MAX = 10_000
REASON_MAX = 2000


class Kind(models.TextChoices):
    """Three registers of one engine: Article 8.2 n, Article 8.2 i, the Law on Access to Information."""

    QUESTION = "question", _("Question")
    PETITION = "petition", _("Petition on administrative rules")
    INFORMATION = "information", _("Request for information")


class State(models.TextChoices):
    RECEIVED = "received", _("Received, to be classified")
    RETURNED = "returned", _("Sent back by the agency, to be forwarded anew")
    FORWARDED = "forwarded", _("With the agency that answers")
    WAITING = "waiting", _("Waiting for the sender's clarification")
    TO_SIGN = "to_sign", _("Answer waiting for signature")
    ANSWERED = "answered", _("Answered")
    OUT_OF_SCOPE = "out_of_scope", _("Out of scope, competent body named")
    MERGED = "merged", _("Joined to an earlier case")
    SPAM = "spam", _("Not dealt with: no real request")
    WITHDRAWN = "withdrawn", _("Withdrawn by the sender")


OPEN = (State.RECEIVED, State.RETURNED, State.FORWARDED, State.WAITING, State.TO_SIGN)
# the law wants to know who sends them (Decree 20/2008, Article 24 of the Law on Access to Information)
NAMED = (Kind.PETITION, Kind.INFORMATION)
WITH_THE_BOARD = (State.RECEIVED, State.RETURNED)


class CaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN)

    def of_agencies(self, agencies):
        """What these agencies received, or are to answer."""
        return self.filter(Q(receiver__in=agencies) | Q(agency__in=agencies))

    def with_due(self):
        """With `due`, the first day on which something is owed for the case, and whether that is an internal target."""
        kinds = {"case": OuterRef("pk"), "reopening": OuterRef("reopening"), "extension": OuterRef("last_extension")}
        owed = Q(pk__in=[])
        for name, key in kinds.items():
            owed |= Q(content_type__app_label="qa", content_type__model=name, object_id=key)
        duties = Obligation.objects.open().filter(owed, due__isnull=False).order_by("due", "pk")
        return self.annotate(due=Subquery(duties.values("due")[:1]))

    def pressing_first(self):
        """What is open by the time left, then what has ended, the newest first."""
        is_done = Choose(When(state__in=OPEN, then=0), default=1)
        owed = Choose(When(state__in=OPEN, then=F("due")))
        return self.with_due().order_by(is_done, owed.asc(nulls_last=True), "-received_at", "-pk")

    def to_be_published(self):
        """Answered, of general concern, and not before the public with the last answer (Decree 43/2011, 17.1 đ)."""
        rows = self.filter(state=State.ANSWERED, concerns_all=True, erased_at=None)
        is_shown = Q(question__state__in=["approved", "published", "archived"])
        return rows.exclude(is_shown & Q(question__event_date__gte=TruncDate("answered_at")))


class Case(models.Model):
    """What somebody without an account asked: a question, a petition or a request for information.

    It holds personal data: only who classifies or answers it opens it, and each opening is audited. Its name is its
    public code, never its words. `token` belongs to the form that was sent: a second click makes no second case.
    """

    code = models.CharField(_("code"), max_length=20, unique=True, editable=False)
    key_edition = models.PositiveSmallIntegerField(default=1, editable=False)  # raised, it makes older links invalid
    token = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.QUESTION)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.RECEIVED)
    receiver = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("received by"), help_text=_("Its board classifies.")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answering agency")
    )
    named_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency that was asked")
    )
    sector = TreeForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("field"))
    language = models.CharField(_("language of letters"), max_length=5, choices=settings.LANGUAGES, default="vi")
    received_at = models.DateTimeField(_("received"), default=timezone.now)

    subject = GatedCharField(_("subject"), max_length=SUBJECT_MAX, blank=True)
    text = GatedTextField(_("text"), blank=True, validators=[MaxLengthValidator(TEXT_MAX)])
    place = GatedCharField(_("place it is about"), max_length=200, blank=True)
    name = GatedCharField(_("full name"), max_length=150, blank=True)
    email = GatedEmailField(_("e-mail"), blank=True)
    phone = GatedCharField(_("telephone"), max_length=40, blank=True)
    address = GatedCharField(_("address of the sender"), max_length=300, blank=True)
    folded = FoldedField(of=["code", "subject", "name"], max_length=450)

    concerns_all = models.BooleanField(
        _("matter of general concern"), default=False, help_text=_("The answer must then be published.")
    )
    is_complex = models.BooleanField(_("complex information"), default=False, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("joined to")
    )
    same_sender = models.BooleanField(default=False, editable=False)  # of the two cases that were joined
    reason = GatedTextField(_("reason"), blank=True, validators=[MaxLengthValidator(REASON_MAX)])
    competent_body = GatedCharField(_("competent body"), max_length=300, blank=True)
    last_extension = models.ForeignKey(
        "qa.Extension", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    keep_until = models.DateField(_("personal data kept until"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True, editable=False)
    masked = models.JSONField(default=list, editable=False)  # [[kind, words]] that the public version does not say
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    PERSONAL = ("subject", "text", "place", "name", "email", "phone", "address", "reason")

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("questions and petitions received")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["receiver", "state"], name="case_of_receiver"),
            models.Index(fields=["agency", "state"], name="case_of_agency"),
            models.Index(fields=["state", "received_at"], name="case_by_state"),
            models.Index(fields=["keep_until"], condition=Q(erased_at=None), name="case_to_erase"),
            models.Index(fields=["email"], name="case_by_email"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False) | Q(email__gt="") | Q(phone__gt=""),
                name="case_has_a_contact",
                violation_error_message=_("Give an e-mail address or a telephone number."),
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False), name="case_merged_into_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["forwarded", "to_sign", "answered"]) | Q(agency__isnull=False),
                name="case_answered_by_an_agency",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.code}"

    @property
    def current_state(self):
        """The ledger asks whether the clock has moved a row on; it never does here."""
        return self.state

    @property
    def is_open(self):
        return self.state in OPEN

    # it stands still while the sender owes something, and at nobody's wish
    keeps_own_clock = True

    @property
    def seen_by(self):
        """The agencies whose people may read what is owed for it."""
        return self.receiver_id, self.agency_id

    @property
    def holder(self):
        """Who owes the answer: the agency, before one is found the board that received it."""
        return self.agency or self.receiver

    @property
    def answer(self):
        """The last answer that was signed, or None."""
        return self.answers.signed().order_by("-number").first()

    @property
    def draft(self):
        """The answer that is being written, or None."""
        return self.answers.filter(signed_at=None).first()

    @property
    def is_extended(self):
        """Whether the sender was told of progress and a date since the case was received, or opened again."""
        return self.last_extension_id is not None

    def at_work(self, duty):
        """The places of those who are reminded of a duty: at the agency that answers, or on the board."""
        is_with_agency = self.agency_id == duty.agency_id and self.state not in WITH_THE_BOARD and self.is_open
        return (Role.RESPONDENT, Role.SIGNATORY) if is_with_agency else (Role.HEAD, Role.SECRETARY, Role.EDITOR)

    def path(self):
        """The page of its sender, without the secret, within every site."""
        return f"/hoi-dap/theo-doi/{self.code}/"


class CaseFile(models.Model):
    """A file that the sender sent. It is never public."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="files")
    file = PaperField(_("file"))
    title = GatedCharField(_("title"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.title


class Note(models.Model):
    """What colleagues write to each other about a case; the sender never sees it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("time"), default=timezone.now)
    text = GatedTextField(_("internal note"), validators=[MaxLengthValidator(REASON_MAX)])

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.text[:80]
