from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Agency
from portal.editorial.roles import State
from portal.files.fields import AttachmentField, PictureField
from portal.files.inspection import inspect
from portal.files.storage import attachment_path, picture_path
from portal.files.texts import TextStatus
from portal.text.fields import GatedCharField, GatedSlugField, GatedTextField
from portal.text.fold import fold
from portal.text.slugs import slugify_vi

# An approved item whose time has come is public by itself: a worker that is late neither hides nor leaks it.
_ON_ITS_WAY = (State.APPROVED, State.PUBLISHED)


def within_reason(moment):
    """Refuses years that databases and calendars cannot convert between time zones."""
    if not 2000 <= moment.year <= 2200:
        raise ValidationError(_("Give a year between 2000 and 2200."))


def not_to_come(day):
    if day > timezone.localdate():
        raise ValidationError(_("This day is still to come. A time limit begins with what has happened."))


class PublishableQuerySet(models.QuerySet):
    @staticmethod
    def state_condition(states, now=None):
        """The rows whose state *now* is one of `states`, whatever the column still says."""
        now = now or timezone.now()
        due, expired = Q(publish_at__lte=now), Q(expire_at__lte=now)
        on_its_way = Q(state__in=_ON_ITS_WAY)
        conditions = {
            State.APPROVED: Q(state=State.APPROVED) & (Q(publish_at=None) | Q(publish_at__gt=now)),
            State.PUBLISHED: on_its_way & due & (Q(expire_at=None) | Q(expire_at__gt=now)),
            State.ARCHIVED: Q(state=State.ARCHIVED) | on_its_way & due & expired,
        }
        found = Q(pk__in=[])
        for state in states:
            found |= conditions.get(state, Q(state=state))
        return found

    def in_state(self, *states, now=None):
        return self.filter(self.state_condition(states, now))

    def published(self, now=None):
        return self.in_state(State.PUBLISHED, now=now)

    def readable(self, now=None):
        """What a reader may open: published, or archived and marked as such."""
        return self.in_state(State.PUBLISHED, State.ARCHIVED, now=now)

    def of(self, agency):
        return self.filter(agency=agency)

    def unsettled(self, now=None):
        """Rows whose column lags behind the clock."""
        now = now or timezone.now()
        return self.filter(Q(state=State.APPROVED, publish_at__lte=now) | Q(state=State.PUBLISHED, expire_at__lte=now))


class Publishable(models.Model):
    """What every category shares: an owner, a title, an author, a source (Article 5.3) and a way to the reader."""

    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="+",
        verbose_name=_("site of"),
        help_text=_("The board of this site answers."),
    )
    event_date = models.DateField(
        _("date of the event"),
        null=True,
        blank=True,
        validators=[not_to_come],
        help_text=_("When it happened, was issued, approved or ordered: the time limits of Article 9 begin with it."),
    )
    title = GatedCharField(_("title"), max_length=250)
    slug = GatedSlugField(_("address"), max_length=100, editable=False)
    title_folded = models.CharField(max_length=510, editable=False)  # both languages, for look-up without diacritics
    summary = GatedTextField(_("summary"), max_length=600)
    author = GatedCharField(_("author"), max_length=150, help_text=_("Required by Article 5.3; a pen name is allowed."))
    source = GatedCharField(
        _("source"),
        max_length=200,
        help_text=_("Required by Article 5.3: our own, or name, address and date."),
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    publish_at = models.DateTimeField(_("goes public at"), null=True, editable=False)
    expire_at = models.DateTimeField(
        _("shown until"),
        null=True,
        blank=True,
        validators=[within_reason],
        help_text=_("Empty: no end. Afterwards it is kept in the archive."),
    )
    first_published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_reason = GatedTextField(_("reason of the withdrawal"), blank=True, editable=False)
    needs_check = models.BooleanField(_("published urgently, to be checked"), default=False, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("written by"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("last edited by"),
    )
    last_edited_at = models.DateTimeField(_("last edited"), default=timezone.now, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    attachments = GenericRelation("publishing.Attachment")
    gallery = GenericRelation("publishing.GalleryPicture")
    revisions = GenericRelation("publishing.Revision")

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-publish_at", "-pk"]
        indexes = [
            models.Index(fields=["agency", "state", "-publish_at"], name="%(class)s_of_agency"),
            models.Index(fields=["state", "-publish_at"], name="%(class)s_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__gt="") & Q(source__gt="") & Q(title_vi__gt=""),
                name="%(class)s_has_author_source_title",
                violation_error_message=_("Author, source and title are required (Article 5.3)."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_ON_ITS_WAY) | Q(publish_at__isnull=False),
                name="%(class)s_public_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(expire_at=None) | Q(publish_at=None) | Q(expire_at__gt=F("publish_at")),
                name="%(class)s_ends_after_it_begins",
                violation_error_message=_("The end of display lies before its beginning."),
            ),
        ]

    def __str__(self):
        return self.title_vi or ""

    def save(self, *args, **kwargs):
        # derived columns; a public address never changes
        if not (self.slug and self.first_published_at):
            self.slug = slugify_vi(self.title_vi or "")
        self.title_folded = fold(f"{self.title_vi or ''} {self.title_en or ''}")
        super().save(*args, **kwargs)

    @property
    def current_state(self):
        """The state at this moment; the column follows when the next sweep or change settles it."""
        now = timezone.now()
        if self.state in _ON_ITS_WAY and self.publish_at and self.publish_at <= now:
            return State.ARCHIVED if self.expire_at and self.expire_at <= now else State.PUBLISHED
        return State(self.state)

    @property
    def is_readable(self):
        return self.current_state in (State.PUBLISHED, State.ARCHIVED)

    @property
    def is_gone(self):
        """Once public and now not to be read: the address answers with the reason, not as if it had never been."""
        return self.first_published_at is not None and not self.is_readable

    def problems(self):
        """Sentences about what is missing before a board can be asked to approve. Categories add their own."""
        missing = [
            (self.title_vi, gettext("The Vietnamese title is missing.")),
            (self.summary_vi, gettext("The Vietnamese summary is missing.")),
            (self.author, gettext("The author is missing (Article 5.3).")),
            (self.source, gettext("The source is missing (Article 5.3).")),
        ]
        return [sentence for value, sentence in missing if not (value or "").strip()]

    def path(self):
        """The address within its own site, without host and language."""
        raise NotImplementedError(f"{type(self).__name__} has no path()")

    def section(self):
        """Code of the section of the site under which lists show the item."""
        return ""

    def text(self, language):
        """Plain text for look-up, beside title and summary."""
        return ""

    def picture_path(self):
        """Path of the picture that cards show, without its width; empty when there is none."""
        return ""

    def picture_words(self, language):
        return ""

    def file_text(self):
        """What its files say, as far as it has been read."""
        found = AttachmentPage.objects.filter(attachment__in=self.attachments.all())
        return "\n".join(found.order_by("attachment__position", "attachment", "number").values_list("text", flat=True))

    def dated_on(self):
        """The day by which search sorts and narrows: that of the fact, otherwise that of the publication."""
        return timezone.localdate(self.publish_at)

    def facets(self):
        """{name of a facet of its category: [value]}"""
        return {}

    def further_sites(self):
        """Primary keys of the other agencies whose sites find it."""
        return []

    def number_parts(self):
        """The `portal.text.numbers.Number` by which readers ask for it, if it has one."""
        return None

    def shown_by(self):
        """[(agency, since, person)] of the other agencies that show the item on their sites."""
        return []

    def is_translated(self, language):
        return language == "vi" or all(getattr(self, f"{name}_{language}") for name in ("title", "summary"))


class Pictured(models.Model):
    """A lead picture. Without words for those who do not see it and without its source it is refused (Article 5.2)."""

    picture = PictureField(_("picture"), upload_to=picture_path, blank=True)
    picture_alt = GatedCharField(
        _("what the picture shows"), max_length=250, blank=True, help_text=_("For readers who cannot see it.")
    )
    picture_caption = GatedCharField(_("caption"), max_length=250, blank=True)
    picture_source = GatedCharField(
        _("author and source of the picture"), max_length=200, blank=True, help_text=_("Article 5.2.")
    )

    class Meta:
        abstract = True

    def problems(self):
        found = super().problems()
        if self.picture and not self.picture_alt_vi:
            found.append(gettext("The picture has no description for readers who cannot see it."))
        if self.picture and not self.picture_source:
            found.append(gettext("The picture has no author and source (Article 5.2)."))
        return found

    def picture_path(self):
        """`{width}` stands for one of the renditions. The last part changes with the file, so that caches follow."""
        if not self.picture:
            return ""
        stem = self.picture.name.rpartition("/")[2].rpartition(".")[0]
        return f"/anh/{self._meta.label_lower}/{self.pk}/{{width}}/{stem[:8]}.jpg"

    def file_url(self, name):
        """Where the back office shows the picture; the view asks whether the person may see the item."""
        return self.picture_path().format(width=400)

    def picture_words(self, language):
        return getattr(self, f"picture_alt_{language}") or self.picture_alt_vi or ""


class Attachment(models.Model):
    """A file shown with an item, and only while the reader may open the item."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    file = AttachmentField(_("file"), upload_to=attachment_path)
    title = GatedCharField(_("title"), max_length=250)
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False, help_text=_("In bytes."))
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    page_count = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    text_status = models.CharField(
        _("text of the file"), max_length=10, choices=TextStatus, default=TextStatus.WAITING, editable=False
    )
    text_encoding = models.CharField(max_length=10, blank=True, editable=False)  # of before Unicode, converted

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="attachment_of_item"),
            models.Index(fields=["text_status"], name="attachment_by_text_status"),
        ]

    def __str__(self):
        return self.title or ""

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            seen = inspect(self.file)
            self.media_type, self.size, self.sha256 = seen.content_type, seen.size, seen.sha256
            self.page_count, self.text_status, self.text_encoding = None, TextStatus.WAITING, ""
        super().save(*args, **kwargs)

    @property
    def extension(self):
        return self.file.name.rpartition(".")[2]

    @property
    def file_name(self):
        """What the file is called where it is saved; the stored name tells nothing."""
        return f"{self.title}.{self.extension}"

    def path(self):
        """Address of the file within every site."""
        return f"/tep/{self.pk}/{slugify_vi(self.title_vi or '')}.{self.extension}"

    def file_url(self, name):
        return self.path()


class AttachmentPage(models.Model):
    """The text of one page of a file, for look-up: the file itself is never touched."""

    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField()
    text_folded = models.TextField(default="")  # its words without diacritics, and the first of the next page

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["attachment", "number"], name="page_once_per_attachment")]

    def __str__(self):
        return f"{self.attachment_id}/{self.number}"


class GalleryPicture(models.Model):
    """A further picture of an item, shown below its text."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    picture = PictureField(_("picture"), upload_to=picture_path)
    alt = GatedCharField(_("what the picture shows"), max_length=250, help_text=_("For readers who cannot see it."))
    caption = GatedCharField(_("caption"), max_length=250, blank=True)
    source = GatedCharField(_("author and source of the picture"), max_length=200, help_text=_("Article 5.2."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("further picture")
        verbose_name_plural = _("further pictures")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="gallery_of_item")]

    def __str__(self):
        return self.alt or ""

    def path(self):
        """`{width}` stands for one of the renditions."""
        return f"/anh-kem/{self.pk}/{{width}}.jpg"

    def file_url(self, name):
        return self.path().format(width=400)


class Revision(models.Model):
    """A proposed change to a published item, which stays as it is until another person approves the change."""

    class Outcome(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for approval")
        APPLIED = "applied", _("Applied")
        REFUSED = "refused", _("Refused")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    note = GatedTextField(
        _("public note"), max_length=600, help_text=_("Shown with the text: what was changed and why.")
    )
    after = models.JSONField(_("proposed text"))
    before = models.JSONField(_("superseded text"), default=dict)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    refusal = GatedTextField(_("reason of the refusal"), blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "outcome"], name="revision_of_item")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(outcome="proposed"),
                name="one_open_revision_per_item",
            )
        ]

    def __str__(self):
        return _("Change to “%(title)s”") % {"title": self.item}

    def clean(self):
        if not self.note:
            raise ValidationError({"note": _("Say what is changed and why; readers see this sentence.")})
