"""A table of documents on its way into the drafts of an agency: what was uploaded, and how far the worker has come."""

from django import forms
from django.conf import settings
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.import_files import check_archive
from documents.import_rows import check_table
from portal.agencies.models import Agency
from portal.files.fields import OwnAddressMixin, PrivateFileMixin
from portal.files.storage import attachment_path
from portal.text.fields import GatedCharField, GatedTextField

SHOWN_ERRORS = 500


class CheckedFieldFile(OwnAddressMixin, FieldFile):
    def save(self, name, content, save=True):
        """Store `content`. Raises ValidationError, storing nothing, for what the field's check refuses."""
        self.field.check_upload(content, name=name)
        super().save(name, content, save)

    save.alters_data = True


class CheckedField(PrivateFileMixin, models.FileField):
    attr_class = CheckedFieldFile
    path = staticmethod(attachment_path)


class TableFormField(forms.FileField):
    default_validators = [check_table]

    def widget_attrs(self, widget):
        return {"accept": ".xlsx,.csv"}


class ArchiveFormField(forms.FileField):
    default_validators = [check_archive]

    def widget_attrs(self, widget):
        return {"accept": ".zip"}


class TableField(CheckedField):
    form_class = TableFormField
    check_upload = staticmethod(check_table)


class ArchiveField(CheckedField):
    form_class = ArchiveFormField
    check_upload = staticmethod(check_archive)


class ImportQuerySet(models.QuerySet):
    def in_work(self):
        return self.filter(state__in=DocumentImport.IN_WORK).order_by("pk")


class DocumentImport(models.Model):
    """`done` is the position up to which rows were examined or, while it runs, stored: a killed worker's import is
    taken up again from there. `new`, `known` and `refused` count the rows of the present pass up to it."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        CHECKING = "checking", _("is being checked")
        CHECKED = "checked", _("checked")
        RUNNING = "running", _("is being imported")
        DONE = "done", _("imported")
        FAILED = "failed", _("failed")

    IN_WORK = (State.UPLOADED, State.CHECKING, State.RUNNING)

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("site of"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    name = GatedCharField(_("table"), max_length=200, editable=False)
    file = TableField(_("table"), help_text=_("XLSX or CSV in UTF-8, with the columns of the template."))
    archive = ArchiveField(
        _("files"), blank=True, help_text=_("A ZIP archive with the files that the table names; may be empty.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED, editable=False)
    total = models.PositiveIntegerField(_("rows"), default=0, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    new = models.PositiveIntegerField(_("new"), default=0, editable=False)
    known = models.PositiveIntegerField(_("there already"), default=0, editable=False)
    refused = models.PositiveIntegerField(_("with errors"), default=0, editable=False)
    errors = models.JSONField(default=list, editable=False)  # [row, column, sentence], the first ones
    failure = GatedTextField(blank=True, editable=False)
    skip_errors = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of documents")
        verbose_name_plural = _("imports of documents")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state"], name="import_by_state")]

    def __str__(self):
        return self.name

    @property
    def is_in_work(self):
        return self.state in self.IN_WORK

    @property
    def counts_what_is_stored(self):
        """And not what would be."""
        return self.state in (self.State.RUNNING, self.State.DONE, self.State.FAILED)

    @property
    def has_more_errors(self):
        """There are, or may be, errors beside those that are kept."""
        return len(self.errors) >= SHOWN_ERRORS

    def begin(self, state):
        """A new pass over the rows."""
        self.state, self.done, self.errors = state, 0, []
        self.new = self.known = self.refused = 0

    def add(self, rows, outcome):
        """What came of the next rows."""
        self.done += rows
        self.new, self.known = self.new + outcome.new, self.known + outcome.known
        self.refused += outcome.refused
        found = [[row.row, row.column, row.sentence] for row in outcome.problems]
        self.errors = (self.errors + found)[:SHOWN_ERRORS]
