"""Tables of documents as offices keep them, and their way through an import."""

import csv
import io
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from openpyxl import Workbook

from documents import import_work
from documents.import_rows import check_table, read_table
from documents.importing import Importer
from documents.imports import DocumentImport
from documents.models import Document
from tests.documents.legal import nothing_changed_in_documents
from tests.files.samples import file
from tests.gazette.makers import make_issuer, make_type

TODAY = timezone.make_aware(datetime(2018, 3, 20, 9, 0))
HEADER = ["Số ký hiệu", "Ngày ban hành", "Trích yếu", "Ngày hiệu lực", "Người ký"]
SUMMARY = "Ban hành Quy định về quản lý đường bộ"
ROW = ["16/2018/QĐ-UBND", "01/03/2018", SUMMARY, "12/03/2018", "Trần Ngọc Căng"]


def row(number=1, **changes):
    """A sound row; `number` is a serial or a whole number, `changes` name cells by their place in the header: c2=…"""
    cells = [f"{number}/2018/QĐ-UBND" if isinstance(number, int) else number, *ROW[1:]]
    return [changes.get(f"c{place}", cell) for place, cell in enumerate(cells, start=1)]


def csv_bytes(*rows, header=HEADER, delimiter=";", encoding="utf-8"):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([header, *rows])
    return stream.getvalue().encode(encoding)


def workbook(*rows, header=HEADER):
    book = Workbook()
    for cells in [header, *rows]:
        book.active.append(cells)
    return book


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def table(content, name="bang.csv"):
    """The rows as an upload of that name gives them."""
    upload = file(content, name)
    check_table(upload)
    return read_table(upload, name=name)


def make_choices(place):
    """What a table of the province needs to be understood."""
    make_type()
    return make_issuer(place.agency)


def importer(place, *rows, header=HEADER, by=None, files=None):
    rows = table(csv_bytes(*rows, header=header))
    return Importer(rows, agency=place.agency, by=by or place.editor, files=files)


def examined(place, *rows, **options):
    work = importer(place, *rows, **options)
    return work.examine(work.rows)[1]


def stored(place, *rows, **options):
    work = importer(place, *rows, **options)
    return work.store(work.rows)


def found(outcome):
    return [(problem.row, problem.column, problem.sentence) for problem in outcome.problems]


def counts(outcome):
    return (outcome.new, outcome.known, outcome.refused)


def make_import(place, *rows, content=None, name="bang.csv", by=None, archive=None):
    """An uploaded table that the worker has not seen yet."""
    entry = DocumentImport(agency=place.agency, by=by or place.editor, name=name)
    entry.file.save(name, file(content or csv_bytes(*rows), name), save=False)
    if archive:
        entry.archive.save("tep.zip", file(archive, "tep.zip"), save=False)
    entry.save()
    return entry


def work(entry):
    """One turn of the worker."""
    import_work.work()
    entry.refresh_from_db()
    return entry


def checked(place, *rows, **options):
    return work(make_import(place, *rows, **options))


def order(entry, *, by=None, skip_errors=False):
    import_work.start(entry, by=by or entry.by, skip_errors=skip_errors)
    entry.refresh_from_db()
    return entry


def numbers():
    return list(Document.objects.order_by("number_serial").values_list("number", flat=True))


def files_on_disk():
    return sorted(path.name for path in (settings.MEDIA_ROOT / "tep").rglob("*") if path.is_file())


@contextmanager
def nothing_imported():
    before = files_on_disk()
    with nothing_changed_in_documents():
        yield
    assert files_on_disk() == before
