from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Agency, InForce
from portal.search.expressions import Token, WordsField
from portal.search.tokens import folded_words, site_token, typed_words
from portal.text.fields import GatedCharField, GatedTextField


class IndexEntryQuerySet(models.QuerySet):
    def visible(self, now=None):
        """What lists show at this moment: neither before its time nor after it, nothing archived."""
        now = now or timezone.now()
        return self.findable(now).filter(Q(visible_to=None) | Q(visible_to__gt=now), archived=False)

    def findable(self, now=None):
        """What search finds: archived items too, which it marks."""
        return self.filter(visible_from__lte=now or timezone.now())

    def of(self, agency):
        return self.filter(agency=agency)

    def found_on(self, agency):
        """What the search of the agency's site finds: its own items, and those of others that it shows."""
        return self.filter(words__match=Token(site_token(agency.pk)))

    def on_sites_of(self, agencies):
        """Of these agencies. Written so that no index is used: they are nearly all, and words find much less."""
        return self.alias(owner=F("agency_id") + 0).filter(owner__in=agencies)

    def among(self, categories):
        return self.filter(category__in=categories)

    def within(self, sections):
        return self.filter(section__in=sections)

    def for_cards(self):
        """Without the long texts, which only search reads."""
        return self.for_hits().defer("body")

    def for_hits(self):
        """Without what is only looked up, never shown."""
        return self.defer("facets", "lead_exact", "lead_folded", "text_folded", "words")

    def in_language(self, language):
        return self.filter(language=language)


class IndexEntry(models.Model):
    """One row per public item and language: what lists, home pages, feeds and search read across all categories.

    A language without a translation has its row too; `text_language` then says in which language it is written.
    """

    category = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=5)
    text_language = models.CharField(max_length=5)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    section = models.CharField(max_length=60)
    path = models.CharField(max_length=250)
    title = models.TextField()
    summary = models.TextField()
    body = models.TextField()
    author = models.TextField()
    source = models.TextField()
    picture = models.CharField(max_length=250)
    picture_alt = models.TextField()
    visible_from = models.DateTimeField()
    visible_to = models.DateTimeField(null=True)
    archived = models.BooleanField()
    dated_on = models.DateField()  # what the item itself is dated, otherwise the day of its publication
    facets = models.CharField(max_length=250)  # of its category, separated by blanks: "loai.3 co_quan.5"
    lead_exact = models.TextField()  # " title | summary " in lower case, as written
    lead_folded = models.TextField()  # without diacritics
    text_folded = models.TextField()  # " all its words " without diacritics, those of its files apart
    words = WordsField(default="")

    objects = IndexEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-visible_from", "-object_id"]
        constraints = [
            models.UniqueConstraint(fields=["category", "object_id", "language"], name="one_entry_per_language")
        ]
        indexes = [
            models.Index(fields=["language", "-visible_from", "-object_id"], name="entry_newest"),
            models.Index(fields=["language", "agency", "-visible_from"], name="entry_of_agency"),
            models.Index(fields=["language", "agency", "section", "-visible_from"], name="entry_of_section"),
            models.Index(fields=["language", "section", "-visible_from"], name="entry_in_section"),
            models.Index(fields=["language", "agency", "category", "-visible_from"], name="entry_of_category"),
            models.Index(fields=["language", "dated_on"], name="entry_by_day"),
        ]

    def __str__(self):
        return f"{self.category}/{self.object_id}/{self.language}"

    @property
    def is_archived(self):
        return self.archived or (self.visible_to is not None and self.visible_to <= timezone.now())

    @property
    def lang(self):
        """The language to mark the text with, empty when it is the page's own."""
        return self.text_language if self.text_language != self.language else ""


def lines(text):
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class SynonymGroup(models.Model):
    """Wordings that mean the same: who types one also finds the others, as they stand together."""

    wordings = GatedTextField(
        _("wordings"), max_length=1000, help_text=_("One on each line: an abbreviation and its full form, for example.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["wordings"]

    def __str__(self):
        return " = ".join(lines(self.wordings))

    def clean(self):
        different = {tuple(folded_words(typed_words(line))) for line in lines(self.wordings)} - {()}
        if len(different) < 2:
            raise ValidationError({"wordings": gettext("Give at least two wordings, one on each line.")})


class BestBetQuerySet(InForce, models.QuerySet):
    pass


class BestBet(models.Model):
    """What an editor puts above the results of certain queries."""

    queries = GatedTextField(
        _("queries"),
        max_length=1000,
        help_text=_("One on each line. It is shown when the whole query is one of them; diacritics do not matter."),
    )
    title = GatedCharField(_("title"), max_length=200)
    description = GatedCharField(_("description"), max_length=300, blank=True)
    address = GatedCharField(
        _("address"),
        max_length=300,
        help_text=_("Of a page of the portal, such as /lien-he/, or beginning with https://."),
    )
    valid_from = models.DateField(_("shown from"), null=True, blank=True)
    valid_to = models.DateField(_("shown until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = BestBetQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommended result")
        verbose_name_plural = _("recommended results")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title or ""

    def clean(self):
        found = {}
        if not any(typed_words(line) for line in lines(self.queries)):
            found["queries"] = gettext("Give at least one query.")
        if not self.is_safe:
            found["address"] = gettext("Begin with / for a page of the portal, or with https://.")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            found["valid_to"] = gettext("The last day lies before the first.")
        if found:
            raise ValidationError(found)

    @property
    def is_safe(self):
        """A page of the portal, or a secure address elsewhere; // would leave the portal unseen."""
        return self.address.startswith("https://") or (
            self.address.startswith("/") and self.address[1:2] not in ("/", "\\")
        )

    @property
    def is_of_the_portal(self):
        return self.address.startswith("/")

    def answers(self, folded):
        """Whether it is meant for the query of these folded words."""
        return any(folded_words(typed_words(line)) == folded for line in lines(self.queries))


class QueryCount(models.Model):
    """How often a query was asked in a month. Nothing tells by whom or when, and `query`, the words themselves, stays
    empty until they were asked often enough to be nobody's own: `key` is a keyed digest that cannot be read back."""

    month = models.DateField(_("month"))  # its first day
    language = models.CharField(_("language"), max_length=5)
    key = models.CharField(max_length=64)
    query = models.CharField(_("query"), max_length=200, blank=True)
    searches = models.PositiveIntegerField(_("asked"), default=0)
    without_result = models.PositiveIntegerField(_("without a result"), default=0)
    clicks = models.PositiveIntegerField(_("results opened"), default=0)

    class Meta:
        verbose_name = _("query of readers")
        verbose_name_plural = _("queries of readers")
        ordering = ["-month", "-searches", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["month", "language", "key"], name="one_count_per_query_and_month")
        ]
        indexes = [
            models.Index(fields=["month", "-without_result"], name="queries_without_result"),
            models.Index(fields=["month", "-searches"], name="queries_by_number"),
        ]

    def __str__(self):
        return self.query


class ClickCount(models.Model):
    """How often readers opened an item out of the results of a query."""

    asked = models.ForeignKey(QueryCount, models.CASCADE, related_name="opened")
    category = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    times = models.PositiveIntegerField(_("opened"), default=0)

    class Meta:
        ordering = ["-times", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["asked", "category", "object_id"], name="one_count_per_query_and_item")
        ]

    def __str__(self):
        return f"{self.category}/{self.object_id}"
