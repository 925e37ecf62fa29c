from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.agencies.models import Agency


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

    def among(self, categories):
        return self.filter(category__in=categories)

    def within(self, sections):
        return self.filter(section__in=sections)

    def for_cards(self):
        """Without the long texts, which only search reads."""
        return self.defer("body", "title_folded", "title_exact", "text_folded", "text_exact")

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
    # Folded: without diacritics. Exact: as written, lower-case. Both " word word ": " word" is a word's beginning.
    title_folded = models.TextField()
    title_exact = models.TextField()
    text_folded = models.TextField()
    text_exact = models.TextField()

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
