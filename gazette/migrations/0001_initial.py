import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import portal.publishing.models
import portal.text.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("documents", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event_date",
                    models.DateField(
                        blank=True,
                        help_text="When it happened, was issued, approved or ordered: the time limits of Article 9 begin with it.",
                        null=True,
                        validators=[portal.publishing.models.not_to_come],
                        verbose_name="date of the event",
                    ),
                ),
                ("title", portal.text.fields.GatedCharField(max_length=250, verbose_name="title")),
                ("title_vi", portal.text.fields.GatedCharField(max_length=250, null=True, verbose_name="title")),
                ("title_en", portal.text.fields.GatedCharField(max_length=250, null=True, verbose_name="title")),
                ("slug", portal.text.fields.GatedSlugField(editable=False, max_length=100, verbose_name="address")),
                ("title_folded", models.CharField(editable=False, max_length=510)),
                ("summary", portal.text.fields.GatedTextField(max_length=600, verbose_name="summary")),
                ("summary_vi", portal.text.fields.GatedTextField(max_length=600, null=True, verbose_name="summary")),
                ("summary_en", portal.text.fields.GatedTextField(max_length=600, null=True, verbose_name="summary")),
                (
                    "author",
                    portal.text.fields.GatedCharField(
                        help_text="Required by Article 5.3; a pen name is allowed.",
                        max_length=150,
                        verbose_name="author",
                    ),
                ),
                (
                    "source",
                    portal.text.fields.GatedCharField(
                        help_text="Required by Article 5.3: our own, or name, address and date.",
                        max_length=200,
                        verbose_name="source",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted for approval"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                            ("archived", "Archived"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("publish_at", models.DateTimeField(editable=False, null=True, verbose_name="goes public at")),
                (
                    "expire_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: no end. Afterwards it is kept in the archive.",
                        null=True,
                        validators=[portal.publishing.models.within_reason],
                        verbose_name="shown until",
                    ),
                ),
                ("first_published_at", models.DateTimeField(editable=False, null=True, verbose_name="first published")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "withdrawal_reason",
                    portal.text.fields.GatedTextField(
                        blank=True, editable=False, verbose_name="reason of the withdrawal"
                    ),
                ),
                (
                    "needs_check",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="published urgently, to be checked"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "last_edited_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="last edited"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "first_number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="number"
                    ),
                ),
                (
                    "last_number",
                    models.PositiveSmallIntegerField(
                        help_text="Of an issue with two numbers, such as 1095 + 1096; otherwise empty.",
                        verbose_name="last number",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="year")),
                (
                    "issued_on",
                    models.DateField(
                        help_text="As it is printed; planned issues lie ahead.", verbose_name="date of the issue"
                    ),
                ),
                (
                    "closes_on",
                    models.DateField(
                        blank=True,
                        help_text="What comes later goes into the next issue.",
                        null=True,
                        verbose_name="takes documents until",
                    ),
                ),
                (
                    "sequence_reason",
                    portal.text.fields.GatedTextField(
                        blank=True,
                        help_text="Only where the number does not follow the last one of the year (Article 8.2 g).",
                        max_length=300,
                        verbose_name="reason of a number out of sequence",
                    ),
                ),
                (
                    "pdf_state",
                    models.CharField(
                        choices=[
                            ("none", "there is none"),
                            ("wanted", "is being made"),
                            ("made", "made"),
                            ("uploaded", "uploaded"),
                            ("failed", "could not be made"),
                        ],
                        default="none",
                        editable=False,
                        max_length=8,
                        verbose_name="PDF",
                    ),
                ),
                ("pdf_error", portal.text.fields.GatedTextField(blank=True, editable=False)),
                ("pdf_mark", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "agency",
                    models.ForeignKey(
                        help_text="The board of this site answers.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                        verbose_name="site of",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "last_edited_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last edited by",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "gazette issue",
                "verbose_name_plural": "gazette issues",
                "ordering": ["-issued_on", "-first_number", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        blank=True,
                        choices=[("normative", "normative legal documents"), ("other", "other documents")],
                        help_text="Empty: by the kind of the document.",
                        max_length=10,
                        verbose_name="part",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="position")),
                ("first_page", models.PositiveIntegerField(blank=True, null=True, verbose_name="from page")),
                ("last_page", models.PositiveIntegerField(blank=True, null=True, verbose_name="to page")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gazette_entries",
                        to="documents.document",
                        verbose_name="legal document",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="gazette.issue",
                        verbose_name="gazette issue",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of the issue",
                "verbose_name_plural": "documents of the issue",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "received_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="received"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for the next issue"),
                            ("placed", "placed into an issue"),
                            ("rejected", "rejected"),
                            ("printed", "printed"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    portal.text.fields.GatedTextField(
                        blank=True, max_length=600, verbose_name="reason of the rejection"
                    ),
                ),
                ("note", portal.text.fields.GatedTextField(blank=True, max_length=600, verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gazette_submissions",
                        to="documents.document",
                        verbose_name="legal document",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="submissions",
                        to="gazette.issue",
                        verbose_name="gazette issue",
                    ),
                ),
            ],
            options={
                "verbose_name": "document sent to the gazette",
                "verbose_name_plural": "documents sent to the gazette",
                "ordering": ["-received_at", "-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="issue",
            index=models.Index(fields=["agency", "state", "-publish_at"], name="issue_of_agency"),
        ),
        migrations.AddIndex(
            model_name="issue",
            index=models.Index(fields=["state", "-publish_at"], name="issue_by_state"),
        ),
        migrations.AddIndex(
            model_name="issue",
            index=models.Index(fields=["year", "first_number"], name="issue_of_year"),
        ),
        migrations.AddIndex(
            model_name="issue",
            index=models.Index(fields=["issued_on", "first_number"], name="issue_in_sequence"),
        ),
        migrations.AddIndex(
            model_name="issue",
            index=models.Index(fields=["pdf_state"], name="issue_by_pdf_state"),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(("author__gt", ""), ("source__gt", ""), ("title_vi__gt", "")),
                name="issue_has_author_source_title",
                violation_error_message="Author, source and title are required (Article 5.3).",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "published")), _negated=True),
                    ("publish_at__isnull", False),
                    _connector="OR",
                ),
                name="issue_public_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expire_at", None),
                    ("publish_at", None),
                    ("expire_at__gt", models.F("publish_at")),
                    _connector="OR",
                ),
                name="issue_ends_after_it_begins",
                violation_error_message="The end of display lies before its beginning.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_number__gte", 1), ("last_number__gte", models.F("first_number"))),
                name="issue_has_its_numbers",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("issue", "document"), name="entry_once_per_issue"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["state", "-received_at"], name="submission_by_state"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "placed"])),
                fields=("document",),
                name="submission_open_once",
            ),
        ),
    ]
