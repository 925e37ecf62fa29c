"""The pages of an import: upload, what the check found, the order, and how far it is."""

import io
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from openpyxl import load_workbook

from documents import import_work
from documents.import_columns import COLUMNS, known
from documents.imports import DocumentImport
from documents.models import Document
from portal.editorial.models import AuditEvent
from tests.backoffice.pages import address, errors, fill_in, listing, signed_in
from tests.documents.tables import (
    TODAY,
    checked,
    csv_bytes,
    files_on_disk,
    make_choices,
    make_import,
    nothing_imported,
    numbers,
    order,
    row,
    saved,
    work,
    workbook,
)
from tests.files.samples import EXE, OLE, PDF, archive
from tests.makers import frozen, make_user
from tests.web.pages import read

pytestmark = pytest.mark.usefixtures("law", "today", "choices")

ADD, LIST = listing(DocumentImport, "add"), listing(DocumentImport)
ROWS = [row(number) for number in range(1, 4)]
ALL = ["1/2018/QĐ-UBND", "2/2018/QĐ-UBND", "3/2018/QĐ-UBND"]


@pytest.fixture
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def choices(portal):
    return make_choices(portal)


@pytest.fixture
def upload(portal):
    """Sends the form of the upload as a person fills it in."""

    def send(content, *, name="bang.csv", zipped=None, user=portal.editor, **changes):
        client = signed_in(user)
        form = fill_in(client.get(ADD), "agency", **changes)
        form["file"] = SimpleUploadedFile(name, content)
        if zipped is not None:
            form["archive"] = SimpleUploadedFile("tep.zip", zipped)
        return client.post(ADD, form)

    return send


def page_of(entry, user=None):
    return read(signed_in(user or entry.by).get(address(entry, "change")))


def press(entry, button, user=None):
    return signed_in(user or entry.by).post(address(entry, "change"), {button: "x"})


def buttons(page):
    return [row["name"] for row in page.all("input", type="submit")]


def table_of_counts(page):
    cells = [row.text for row in page.all("th", "td") if any("import-counts" in up.classes for up in row.parents)]
    return [int(value) for value in cells[::2]]


@contextmanager
def nothing_but_the_upload_stored():
    yield
    assert (Document.objects.count(), len(files_on_disk())) == (0, 1)


def sheet(response):
    book = load_workbook(io.BytesIO(response.content))
    return [[cell.value for cell in cells] for cells in book.active.iter_rows()]


# --- upload -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [("Danh mục 2018.csv", csv_bytes(*ROWS)), ("Danh mục 2018.xlsx", saved(workbook(*ROWS)))],
)
def test_an_upload_is_checked_ordered_and_stored(upload, portal, name, content):
    with nothing_but_the_upload_stored():
        response = upload(content, name=name)
        entry = DocumentImport.objects.get()
        assert (entry.name, entry.by, entry.agency, entry.state) == (name, portal.editor, portal.agency, "uploaded")
        assert response.headers["Location"] == address(entry, "change")
        assert page_of(entry).all("meta", **{"http-equiv": "refresh"})
        work(entry)
        page = page_of(entry)
        assert (table_of_counts(page), buttons(page)) == ([3, 3, 0, 0], ["import"])
        assert not page.all("meta", **{"http-equiv": "refresh"})
    assert press(entry, "import").headers["Location"] == address(entry, "change")
    work(entry)
    assert numbers() == ALL
    page = page_of(entry)
    assert (table_of_counts(page), buttons(page)) == ([3, 3, 0, 0], [])
    assert f"{listing(Document)}?trang-thai=draft" in page.links


def test_the_agency_is_filled_in_and_others_cannot_be_chosen(upload, portal, district):
    assert fill_in(signed_in(portal.editor).get(ADD), "agency")["agency"] == str(portal.agency.pk)
    with nothing_imported():
        response = upload(csv_bytes(*ROWS), agency=str(district.agency.pk))
    assert list(errors(response)) == ["agency"]
    assert DocumentImport.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "zipped", "field"),
    [
        ("bang.csv", csv_bytes(*ROWS, encoding="utf-16"), None, "file"),
        ("bang.xlsx", OLE, None, "file"),
        ("bang.exe", EXE, None, "file"),
        ("bang.csv", b"", None, "file"),
        ("bang.csv", csv_bytes(*ROWS), PDF, "archive"),
        ("bang.csv", csv_bytes(*ROWS), archive([("../a.pdf", PDF)]), "archive"),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_leaves_nothing_behind(upload, name, content, zipped, field):
    with nothing_imported():
        response = upload(content, name=name, zipped=zipped)
    assert [(where, len(sentences)) for where, sentences in errors(response).items()] == [(field, 1)]
    assert DocumentImport.objects.count() == 0


def test_a_name_in_an_old_encoding_is_replaced(upload):
    upload(csv_bytes(*ROWS), name="Danh môc v¨n b¶n ®Çu n¨m.csv")
    assert DocumentImport.objects.get().name == "mau-nhap-van-ban.xlsx"


def test_the_template_has_every_column(portal):
    response = signed_in(portal.editor).get(reverse("admin:documents_documentimport_template"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="mau-nhap-van-ban.xlsx"'
    assert [known(header) for header in sheet(response)[0]] == list(COLUMNS)


def test_the_list_of_documents_leads_to_the_imports(portal):
    page = read(signed_in(portal.editor).get(listing(Document)))
    assert LIST in page.links


# --- what was found ---------------------------------------------------------------------------------------------------


def test_errors_are_shown_with_row_column_and_sentence(portal):
    entry = checked(portal, row(1), row(2, c2="<b>x</b>"))
    page = page_of(entry)
    cells = [cell.text for cell in page.all("td") if any("import-errors" in up.classes for up in cell.parents)]
    assert cells == [str(part) for part in entry.errors[0]]
    assert (cells[:2], "<b>x</b>" in cells[2], page.all("b")) == (["3", "Ngày ban hành"], True, [])
    assert buttons(page) == ["skip"]
    with nothing_imported():
        assert press(entry, "import").status_code == 200
    press(entry, "skip")
    work(entry)
    assert numbers() == ALL[:1]


@pytest.mark.parametrize("typed", ["=HYPERLINK(1)", "+84", "-1", "@SUM(1)", "\t=1+1"])
def test_the_list_of_errors_holds_no_formula(portal, typed):
    entry = checked(portal, row(1, c2=typed))
    entry.errors = [*entry.errors, [3, "", typed]]
    entry.save()
    response = signed_in(portal.editor).get(address(entry, "errors"))
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows())
    assert [cell.value for cell in rows[2]] == ["3", None, typed]
    assert {cell.data_type for cells in rows for cell in cells if cell.value is not None} == {"s"}
    assert {cell.number_format for cells in rows for cell in cells} == {"@"}


def test_that_only_the_first_errors_are_shown_is_said(portal, monkeypatch):
    monkeypatch.setattr("documents.imports.SHOWN_ERRORS", 2)
    page = page_of(checked(portal, *[row(number, c2="x") for number in range(1, 5)]))
    assert len([line for line in page.all("tr") if any("import-errors" in up.classes for up in line.parents)]) == 3
    words = ngettext("The first error is shown.", "The first %(shown)s errors are shown.", 2) % {"shown": 2}
    assert words in page.text
    assert words not in page_of(checked(portal, row(1, c2="x"))).text


def test_a_failed_import_says_why_and_offers_another_table(portal):
    page = page_of(checked(portal, content=csv_bytes()))
    assert page.one(class_="errornote").text == gettext("The table has no rows below its header.")
    assert (buttons(page), ADD in page.links) == ([], True)


def test_a_second_press_of_the_button_orders_nothing_more(portal):
    entry = order(checked(portal, *ROWS))
    with nothing_imported():
        page = read(press(entry, "import"))
    assert page.one(class_="errornote").text == gettext("There is nothing to import.")
    work(entry)
    assert numbers() == ALL


def test_progress_is_shown_while_it_runs(portal, monkeypatch):
    monkeypatch.setattr("documents.importing.CHUNK", 2)
    monkeypatch.setattr(import_work, "SECONDS", 0)
    entry = work(make_import(portal, *ROWS))
    page = page_of(entry)
    bar = page.one("progress")
    assert (entry.state, bar["value"], bar["max"]) == ("checking", "2", "3")
    assert page.all("meta", **{"http-equiv": "refresh"})


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_an_import_of_another_board_is_nowhere(portal, district):
    entry = checked(portal, row(1), row("x"))
    for user in (district.head, district.editor, make_user()):
        client = signed_in(user)
        for name in ("change", "file", "errors", "history", "delete"):
            assert client.get(address(entry, name)).status_code == 404, name
        with nothing_imported():
            assert client.post(address(entry, "change"), {"skip": "x"}).status_code == 404
    assert address(entry, "change") not in read(signed_in(district.head).get(LIST)).links
    entry.refresh_from_db()
    assert entry.state == "checked"


def test_a_colleague_sees_it_and_leaves_the_order_to_who_uploaded_it(portal):
    entry = checked(portal, *ROWS)
    page = page_of(entry, portal.head)
    assert buttons(page) == []
    assert gettext("Only who uploaded the table imports it.") in page.text
    with nothing_imported():
        assert press(entry, "import", portal.head).status_code == 200
    entry.refresh_from_db()
    assert entry.state == "checked"


@pytest.mark.parametrize("role", ["translator", "inspector"])
def test_who_writes_nothing_imports_nothing(portal, role):
    entry = checked(portal, *ROWS)
    client = signed_in(getattr(portal, role))
    urls = [ADD, LIST, address(entry, "change"), address(entry, "file")]
    assert {client.get(url).status_code for url in urls} <= {403, 404}
    assert client.get(reverse("admin:documents_documentimport_template")).status_code == 404


def test_a_reporter_imports_drafts_of_their_own(upload, portal):
    upload(csv_bytes(*ROWS), user=portal.reporter)
    entry = work(DocumentImport.objects.get())
    press(entry, "import")
    work(entry)
    assert set(Document.objects.values_list("created_by", flat=True)) == {portal.reporter.pk}


def test_no_import_is_changed_or_deleted_by_hand(portal):
    entry = checked(portal, *ROWS)
    client = signed_in(portal.head)
    assert client.get(address(entry, "delete")).status_code == 404
    assert client.post(address(entry, "delete"), {"post": "yes"}).status_code == 404
    assert client.get(address(entry, "history")).status_code == 404
    assert DocumentImport.objects.filter(pk=entry.pk).exists()


def test_the_uploaded_table_can_be_fetched_again(portal):
    content = csv_bytes(*ROWS)
    entry = make_import(portal, content=content, name="Danh mục 2018.csv")
    response = signed_in(portal.head).get(address(entry, "file"))
    assert b"".join(response) == content
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_the_list_asks_the_database_as_often_for_many_imports_as_for_few(portal):
    client = signed_in(portal.editor)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST).status_code == 200
        return len(asked)

    make_import(portal, *ROWS)
    queries()
    few = queries()
    for _number in range(10):
        make_import(portal, *ROWS, by=portal.reporter)
    assert queries() == few


def test_the_order_is_audited_under_the_name_of_who_gave_it(portal):
    work(order(checked(portal, *ROWS)))
    event = AuditEvent.objects.get(action="import")
    assert (event.actor, event.changes) == (portal.editor, {"new": 3, "known": 0, "refused": 0})
