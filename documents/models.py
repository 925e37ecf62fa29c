from dataclasses import replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from mptt.models import MPTTModel, TreeForeignKey

from documents import errors
from documents.provisions import anchor_of
from documents.validity import DocumentQuerySet, RelationQuerySet
from portal.agencies.models import Agency
from portal.publishing.models import Publishable
from portal.text.fields import GatedCharField, GatedSlugField, GatedTextField
from portal.text.fold import fold, searchable
from portal.text.html import RichTextField, plain_text
from portal.text.numbers import CODES_BY_NAME, normalise_number, number_key, parse_number

NORMATIVE_SECTION, ADMINISTRATIVE_SECTION = "van-ban-quy-pham-phap-luat", "van-ban-hanh-chinh"
TEXT_TYPES = (".pdf", ".docx", ".odt")


class DocumentType(models.Model):
    """The form of a document (hình thức văn bản) and how numbers abbreviate it."""

    code = GatedSlugField(_("code"), max_length=60, unique=True)
    name = GatedCharField(_("name"), max_length=100)
    abbreviation = GatedCharField(
        _("abbreviation"), max_length=10, blank=True, help_text=_("As numbers show it; official letters have none.")
    )
    normative = models.BooleanField(_("may be a normative legal document"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("type of document")
        verbose_name_plural = _("types of documents")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    @property
    def prefix(self):
        """Before the anchors of an issuing text, whose Articles are not those of what is attached: qd-dieu-2."""
        return "".join(word[0] for word in self.code.split("-"))


class Sector(MPTTModel):
    """A field of state management (lĩnh vực)."""

    code = GatedSlugField(_("code"), max_length=60, unique=True)
    name = GatedCharField(_("name"), max_length=120)
    parent = TreeForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("above it")
    )

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["tree_id", "lft"]

    def __str__(self):
        return self.name


class Issuer(models.Model):
    """A body that issues documents, whether or not it has a site on the portal."""

    class Level(models.TextChoices):
        CENTRAL = "central", _("central")
        PROVINCE = "province", _("province")
        DEPARTMENT = "department", _("department")
        DISTRICT = "district", _("district")
        COMMUNE = "commune", _("commune")

    code = GatedSlugField(_("code"), max_length=60, unique=True)
    name = GatedCharField(_("name"), max_length=200)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency of the portal"),
        help_text=_("Its site publishes the documents of this body and owes them within two working days."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("issuing body")
        verbose_name_plural = _("issuing bodies")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class Document(Publishable):
    """A legal or administrative document (8.2 e). Its title is type and number, its summary the trích yếu, its event
    date the date of issue. Its status is never stored: see `validity`."""

    class Kind(models.TextChoices):
        NORMATIVE = "normative", _("normative legal document")
        ADMINISTRATIVE = "administrative", _("administrative document")

    kind = models.CharField(_("nature of the document"), max_length=14, choices=Kind)
    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="documents", verbose_name=_("type"))
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="documents", verbose_name=_("issuing body"))
    number = GatedCharField(_("document number"), max_length=60, help_text=_("As it is printed on the document."))
    number_key = models.CharField(max_length=60, editable=False)  # as readers may type it
    number_serial = models.PositiveIntegerField(editable=False)
    number_year = models.PositiveSmallIntegerField(null=True, editable=False)
    summary = GatedTextField(_("subject"), max_length=2000)
    effective_on = models.DateField(
        _("takes effect on"),
        null=True,
        blank=True,
        help_text=_("Empty for administrative documents: the day of issue."),
    )
    in_force_from = models.DateField(editable=False)  # effective_on, or the day of issue
    expires_on = models.DateField(
        _("no longer in force from"),
        null=True,
        blank=True,
        help_text=_("Only where the document itself names its end."),
    )
    signer = GatedCharField(_("signed by"), max_length=150, blank=True)
    signer_folded = models.CharField(max_length=152, editable=False)
    signer_office = GatedCharField(_("office of the signer"), max_length=200, blank=True)
    sector = TreeForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("sector")
    )
    in_scope = models.ManyToManyField(
        Agency,
        blank=True,
        related_name="+",
        verbose_name=_("agencies that it applies to"),
        help_text=_("Each shows the document on its own site within ten working days of its issue (Article 9.1 c)."),
    )
    full_text = GatedTextField(
        _("full text"), blank=True, help_text=_("Chapters, articles, clauses and points are recognised by themselves.")
    )
    gazette_number = GatedCharField(_("gazette number"), max_length=40, blank=True, editable=False)
    gazette_date = models.DateField(_("date of the gazette"), null=True, editable=False)
    gazette_path = models.CharField(max_length=200, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")
        ordering = ["-event_date", "-pk"]
        indexes = [
            *Publishable.Meta.indexes,
            models.Index(fields=["-event_date", "-id"], name="document_newest"),
            models.Index(fields=["agency", "-event_date"], name="document_of_agency_newest"),
            models.Index(fields=["kind", "-event_date"], name="document_of_kind"),
            models.Index(fields=["type", "-event_date"], name="document_of_type"),
            models.Index(fields=["issuer", "-event_date"], name="document_of_issuer"),
            models.Index(fields=["sector", "-event_date"], name="document_of_sector"),
            models.Index(fields=["number_key"], name="document_by_number"),
            models.Index(fields=["number_serial", "number_year"], name="document_by_serial"),
            models.Index(fields=["expires_on"], name="document_by_end"),
            models.Index(fields=["in_force_from"], name="document_by_beginning"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(fields=["number_key", "issuer", "event_date"], name="document_once"),
            models.CheckConstraint(condition=Q(event_date__isnull=False), name="document_has_a_date_of_issue"),
            models.CheckConstraint(
                condition=Q(kind="administrative") | Q(effective_on__isnull=False, effective_on__gte=F("event_date")),
                name="document_takes_effect_after_its_issue",
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gt=F("in_force_from")),
                name="document_expires_after_it_begins",
            ),
        ]

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def derive(self):
        """What follows from number, type and issuer: an author for Article 5.3, a title, and what is looked up."""
        number = parse_number(self.number)
        self.number, self.number_key = number.text, number_key(number.text)
        self.number_serial, self.number_year = number.serial, number.year
        self.title_vi = f"{self.type.name_vi} {self.number}"
        self.title_en = f"{self.type.name_en} {self.number}" if self.type.name_en else ""
        self.author = Truncator(self.issuer.name_vi).chars(150)
        self.in_force_from = self.effective_on or self.event_date
        self.signer_folded = searchable(self.signer)[:152]

    @property
    def issued_on(self):
        return self.event_date

    @property
    def is_normative(self):
        return self.kind == self.Kind.NORMATIVE

    def clean(self):
        super().clean()
        self.number = normalise_number(self.number or "")
        self.in_force_from = self.effective_on or self.event_date  # the constraints are examined with it
        if found := errors.of_document(self):
            raise ValidationError(found)

    def problems(self):
        found = super().problems()
        if not any(row.file.name.endswith(TEXT_TYPES) for row in self.attachments.all()):
            found.append(gettext("The file of the document is missing: PDF, DOCX or ODT (Article 8.2 e)."))
        return found

    def path(self):
        return f"/van-ban/{self.slug}-{self.pk}/"

    def section(self):
        return NORMATIVE_SECTION if self.is_normative else ADMINISTRATIVE_SECTION

    def text(self, language):
        return "\n".join(part for part in [self.issuer.name_vi, self.signer, self.full_text] if part)

    def dated_on(self):
        return self.event_date

    def facets(self):
        rows = {"loai": self.type_id, "co_quan": self.issuer_id, "linh_vuc": self.sector_id}
        return {name: [value] for name, value in rows.items() if value}

    def further_sites(self):
        return sorted(row.agency_id for row in self.showings.all())

    def number_parts(self):
        """Its type counts, which the number of an official letter or of a law does not print."""
        code = self.type.abbreviation or CODES_BY_NAME.get(fold(self.type.name_vi), "")
        return replace(parse_number(self.number), type_code=code)

    def agencies_in_scope(self):
        """Those that owe it on their own sites; its owner owes it as the issuer."""
        chosen = getattr(self, "chosen_scope", None)  # in a form, not stored yet
        if chosen is None:
            chosen = self.in_scope.all() if self.pk else []
        return [agency for agency in chosen if agency.pk != self.agency_id]

    def shown_by(self):
        return [(row.agency, row.shown_at, row.by) for row in self.showings.select_related("agency", "by")]


class Relation(models.Model):
    """What one document does to another, or to a provision of it, from a day on. `Document.objects.with_status()` reads
    these rows; the status of the other document is nowhere else."""

    class Kind(models.TextChoices):
        AMENDS = "amends", _("amends")
        REPLACES = "replaces", _("replaces")
        REPEALS = "repeals", _("repeals")
        SUSPENDS = "suspends", _("suspends")
        CORRECTS = "corrects", _("corrects")
        CONSOLIDATES = "consolidates", _("consolidates")
        GUIDES = "guides", _("guides the implementation of")
        BASED_ON = "based_on", _("is based on")

    class State(models.TextChoices):
        COUNTS = "counts", _("recorded")
        PROPOSED = "proposed", _("waiting for confirmation")
        LEAVING = "leaving", _("to be removed, waiting for confirmation")
        REMOVED = "removed", _("removed")

    source = models.ForeignKey(
        Document, models.CASCADE, related_name="relations_out", verbose_name=_("document that acts")
    )
    kind = models.CharField(_("relation"), max_length=12, choices=Kind)
    target = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="relations_in", verbose_name=_("other document")
    )
    target_number = GatedCharField(
        _("number of the other document"), max_length=60, blank=True, help_text=_("Where it is not on the portal.")
    )
    target_key = models.CharField(max_length=60, blank=True, editable=False)
    target_date = models.DateField(_("date of the other document"), null=True, blank=True)
    provision = GatedCharField(
        _("provision"),
        max_length=120,
        blank=True,
        help_text=_("Empty: the whole document. Otherwise one provision as it is cited, the smallest part first."),
    )
    effective_on = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Empty: when the acting document takes effect.")
    )
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Last day of a suspension."))
    note = GatedCharField(_("note"), max_length=300, blank=True)
    # what is recorded with a draft is approved with it; in a public document a second person confirms each change
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.COUNTS, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["kind", "provision"], name="relation_by_kind"),
            models.Index(fields=["target_key"], name="relation_by_number"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "target", "provision"],
                name="relation_once",
                condition=Q(target__isnull=False) & ~Q(state="removed"),
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False) | Q(target_number__gt=""), name="relation_has_another_document"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="relation_to_another_document"),
            models.CheckConstraint(condition=Q(until=None) | Q(kind="suspends"), name="only_suspensions_end"),
        ]

    def __str__(self):
        return f"{self.source} {self.get_kind_display()} {self.target or self.target_number}"

    def save(self, *args, **kwargs):
        self.target_key = number_key(self.target_number) if self.target_number else ""
        super().save(*args, **kwargs)

    def clean(self):
        """The provision as people write it becomes the anchor of the other document's text."""
        self.target_number = normalise_number(self.target_number)
        if self.provision:
            self.provision = anchor_of(self.provision) or self.provision
        if found := errors.of_relation(self):
            raise ValidationError(found)


class Showing(models.Model):
    """An agency in scope shows the document on its own site; the one address stays the issuer's (Article 9.1 c)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="showings")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("showing on another site")
        verbose_name_plural = _("showings on other sites")
        constraints = [models.UniqueConstraint(fields=["document", "agency"], name="shown_once_per_agency")]

    def __str__(self):
        return f"{self.agency}: {self.document}"


class StatisticalReport(Publishable):
    """Statistics that the head decided to make public (Article 9.1 g), in the parts of Article 12 of Decree 43/2011."""

    decision = GatedCharField(_("decision to publish"), max_length=150, help_text=_("Number of the head's decision."))
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period until"))
    figures = RichTextField(_("figures"))
    report = RichTextField(_("statistical report"))
    method = RichTextField(_("method"))
    analysis = RichTextField(_("analysis"))

    PARTS = ("figures", "report", "method", "analysis")

    class Meta(Publishable.Meta):
        verbose_name = _("statistical report")
        verbose_name_plural = _("statistical reports")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="period_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(event_date__isnull=False), name="statistics_have_a_decision_date"),
        ]

    def clean(self):
        super().clean()
        found = {}
        if not self.event_date:
            found["event_date"] = gettext("Give the day on which the head decided to publish (Article 9.1 g).")
        if self.period_from and self.period_to and self.period_to < self.period_from:
            found["period_to"] = gettext("The last day lies before the first.")
        if found:
            raise ValidationError(found)

    def problems(self):
        missing = [name for name in self.PARTS if not plain_text(getattr(self, f"{name}_vi"))]
        names = [str(self._meta.get_field(name).verbose_name) for name in missing]
        words = gettext("A part that Article 12 of Decree 43/2011 asks for is missing: %(part)s.")
        return super().problems() + [words % {"part": name} for name in names]

    def path(self):
        return f"/thong-ke/{self.slug}-{self.pk}/"

    def section(self):
        return "thong-ke"

    def dated_on(self):
        return self.event_date

    def text(self, language):
        return " ".join(plain_text(getattr(self, f"{name}_{language}") or "") for name in self.PARTS)

    def is_translated(self, language):
        parts = [plain_text(getattr(self, f"{name}_{language}")) for name in self.PARTS]
        return super().is_translated(language) and all(parts)


from documents.imports import DocumentImport  # noqa: E402, F401 its table belongs to this app
