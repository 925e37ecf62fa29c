import zipfile
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from documents.import_files import Archive, Files, Folder
from documents.import_rows import check_table, read_table
from documents.importing import Importer, run
from portal.agencies.models import Agency
from portal.editorial import policy

SHOWN_ERRORS = 500


class Command(BaseCommand):
    help = "Enters legal documents from a table (XLSX, or CSV in UTF-8) as drafts. May be repeated after it was killed."

    def add_arguments(self, parser):
        parser.add_argument("table", type=Path)
        parser.add_argument("--agency", required=True, help="code of the agency on whose site they are drafts")
        parser.add_argument("--by", required=True, help="user name of a member of its editorial board")
        parser.add_argument("--files", type=Path, help="folder or ZIP archive with the files that the table names")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--skip-errors", action="store_true", help="store the sound rows all the same")

    def handle(self, *, table, agency, by, files, dry_run, skip_errors, **options):
        with translation.override("vi"):
            try:
                outcome = self._import(table, agency, by, files, dry=dry_run, skip_errors=skip_errors)
            except ValidationError as refused:
                raise CommandError("\n".join(refused.messages)) from refused
            except OSError as error:
                raise CommandError(f"{error.filename or table}: {error.strerror}") from error
            self._report(outcome, stored=not dry_run and (skip_errors or not outcome.problems))

    def _import(self, table, agency, by, files, *, dry, skip_errors):
        agency, by = _people(agency, by)
        with table.open("rb") as stream:
            check_table(File(stream, name=table.name))
            rows = read_table(stream, name=table.name)
        source = _files(files)
        try:
            importer = Importer(rows, agency=agency, by=by, files=source)
            return run(importer, dry=dry, skip_errors=skip_errors, progress=self._progress)
        finally:
            source.close()

    def _progress(self, state, done, total):
        self.stdout.write(f"{capfirst(state.label)}: {_thousands(done)}/{_thousands(total)}")
        self.stdout.flush()

    def _report(self, outcome, *, stored):
        for problem in outcome.problems[:SHOWN_ERRORS]:
            place = ", ".join(filter(None, [_("row %(row)d") % {"row": problem.row}, problem.column]))
            self.stderr.write(f"{place}: {problem.sentence}")
        if (more := len(outcome.problems) - SHOWN_ERRORS) > 0:
            self.stderr.write(_("Further errors: %(count)d.") % {"count": more})
        facts = {name: _thousands(getattr(outcome, name)) for name in ("new", "known", "refused")}
        words = _("New: %(new)s. There already: %(known)s. Rows with errors: %(refused)s.") % facts
        self.stdout.write(" ".join([words] if stored else [words, _("Nothing was stored.")]))
        if outcome.problems and not stored:
            raise CommandError(_("The table has errors."))


def _people(code, username):
    agency = Agency.objects.filter(code=code).first()
    by = get_user_model().objects.filter(username=username).first()
    if agency is None or by is None:
        words = _("There is no agency “%(name)s”.") if agency is None else _("There is no account “%(name)s”.")
        raise CommandError(words % {"name": code if agency is None else username})
    if not policy.agencies(by, "create").filter(pk=agency.pk).exists():
        raise CommandError(_("This person may not write for this agency."))
    return agency, by


def _files(path):
    if path is None:
        return Files()
    if path.is_dir():
        return Folder(path)
    if not zipfile.is_zipfile(path):
        raise CommandError(_("%(path)s is neither a folder nor a ZIP archive.") % {"path": path.name})
    return Archive(File(path.open("rb"), name=path.name))


def _thousands(number):
    """As Vietnamese groups digits: 2.500."""
    return f"{number:,}".replace(",", ".")
