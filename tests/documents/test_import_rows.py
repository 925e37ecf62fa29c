"""Rows of an import as drafts: what they become, what is wrong with them, and what is there already."""

import unicodedata
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents import import_draft, import_values
from documents.models import Document, Issuer
from portal.editorial.models import AuditEvent
from portal.editorial.roles import State
from portal.obligations.models import Obligation
from portal.publishing import editing
from tests.documents.legal import make_sector, nothing_changed_in_documents
from tests.documents.tables import (
    HEADER,
    SUMMARY,
    TODAY,
    counts,
    csv_bytes,
    examined,
    found,
    importer,
    make_choices,
    numbers,
    row,
    stored,
    table,
)
from tests.gazette.makers import make_issuer, make_type
from tests.makers import frozen

pytestmark = pytest.mark.usefixtures("law", "english", "today", "choices")

NOT_KNOWN = "“%s” is not known, or not the name of one alone."
NO_DATE = "“%s” is no date. Write day, month and the four digits of the year: 31/12/2017."
NO_NUMBER = "This is no document number. Type it as it is printed on the document."
EMPTY = "This cell must not be empty."


@pytest.fixture
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def choices(portal):
    return make_choices(portal)


# --- what a row becomes -----------------------------------------------------------------------------------------------


def test_an_imported_draft_is_what_a_typed_one_would_be(portal):
    document = Document(
        agency=portal.agency,
        number="16/2018/QĐ-UBND",
        type=make_type(),
        issuer=make_issuer(),
        kind="normative",
        event_date=date(2018, 3, 1),
        effective_on=date(2018, 3, 12),
        summary_vi=SUMMARY,
        signer="Trần Ngọc Căng",
        source=portal.site.name_vi,
    )
    editing.store(document, by=portal.editor)
    typed = Document.objects.values().get()
    duties = list(Obligation.objects.order_by("code").values_list("code", "agency", "triggered_on", "due", "status"))
    Obligation.objects.all().delete()
    Document.objects.all().delete()
    assert counts(stored(portal, row(16))) == (1, 0, 0)
    imported = Document.objects.values().get()
    assert {name for name in typed if imported[name] != typed[name]} == {"id"}
    rows = Obligation.objects.order_by("code").values_list("code", "agency", "triggered_on", "due", "status")
    assert list(rows) == duties
    assert [code for code, *_others in duties] == ["D7", "L1"]


def test_the_audit_names_who_imported_what(portal):
    stored(portal, row(16, c3="Dài " * 200))
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.agency, event.at) == ("create", portal.editor, portal.agency, TODAY)
    assert event.item == Document.objects.get()
    assert event.changes["number"] == "16/2018/QĐ-UBND"
    assert len(event.changes["summary_vi"]) == 200
    assert event.changes["summary_vi"].endswith("…")


def test_a_date_is_the_same_as_text_and_as_a_date(portal):
    work = importer(portal, row(1), row(2, c2="1-3-2018", c4="12.3.2018"))
    work.rows[0].cells["event_date"] = date(2018, 3, 1)
    work.store(work.rows)
    assert set(Document.objects.values_list("event_date", "effective_on")) == {(date(2018, 3, 1), date(2018, 3, 12))}


def test_type_kind_and_issuing_body_follow_from_the_number(portal):
    make_type("thong-bao", "Thông báo", "Notice", "TB")
    make_type("cong-van", "Công văn", "Official letter", "")
    rows = [row("5/TB-UBND", c4=""), row("1234/UBND-KGVX", c4=""), row("9/QĐ-UBND", c4=""), row(7)]
    assert counts(stored(portal, *rows)) == (4, 0, 0)
    assert set(Document.objects.values_list("number", "type__code", "kind")) == {
        ("5/TB-UBND", "thong-bao", "administrative"),
        ("1234/UBND-KGVX", "cong-van", "administrative"),
        ("9/QĐ-UBND", "quyet-dinh", "administrative"),
        ("7/2018/QĐ-UBND", "quyet-dinh", "normative"),
    }


@pytest.mark.parametrize(
    "typed",
    ["Số: 16/2018/QĐ-UBND", "16/2018/QÐ-UBND", "16 / 2018 / qd-ubnd", "016/2018/QĐ–UBND.", "16/2018/QĐ-UBND\u200e"],
)
def test_a_number_is_stored_in_its_official_spelling(portal, typed):
    stored(portal, row(typed))
    document = Document.objects.get()
    assert (document.number.lstrip("0"), document.number_key) == ("16/2018/QĐ-UBND", "16/2018/qd-ubnd")


def test_decomposed_text_is_stored_composed_and_found_again(portal):
    typed = [unicodedata.normalize("NFD", cell) for cell in row(16)]
    assert typed != row(16)
    stored(portal, typed)
    document = Document.objects.get()
    assert (document.number, document.summary_vi) == ("16/2018/QĐ-UBND", SUMMARY)
    assert counts(stored(portal, row(16))) == (0, 1, 0)


def test_marks_of_direction_and_invisible_characters_are_left_out(portal):
    stored(portal, row(16, c3="\u202eBan hành\u200b Quy định\u202c", c5="\u200fTrần  Ngọc\xa0Căng"))
    document = Document.objects.get()
    assert (document.summary_vi, document.signer) == ("Ban hành Quy định", "Trần Ngọc Căng")


def test_what_looks_like_a_formula_in_a_csv_table_is_text(portal):
    stored(portal, row(16, c3="=HYPERLINK(1)", c5="@SUM(1)"))
    document = Document.objects.get()
    assert (document.summary_vi, document.signer) == ("=HYPERLINK(1)", "@SUM(1)")


@pytest.mark.parametrize(
    "typed",
    ["Ủy ban nhân dân tỉnh", "UBND tỉnh", "ubnd tinh quang ngai", "Uỷ ban nhân dân tỉnh Quảng Ngãi", "ubnd-tinh"],
)
def test_an_issuing_body_is_known_as_people_write_it(portal, typed):
    make_issuer(portal.agency, code="hdnd", name_vi="Hội đồng nhân dân tỉnh Quảng Ngãi", name_en="People's Council")
    work = importer(portal, [*row(16), typed], header=[*HEADER, "Cơ quan ban hành"])
    assert counts(work.store(work.rows)) == (1, 0, 0)
    assert Document.objects.get().issuer.code == "ubnd-tinh"


def test_agencies_in_scope_and_the_sector_are_found_by_their_names(portal, district):
    sector = make_sector("giao-thong", "Giao thông vận tải")
    header = [*HEADER, "Phạm vi", "Lĩnh vực"]
    work = importer(portal, [*row(16), "Huyện Tư Nghĩa; tunghia ;", "giao thông vận tải"], header=header)
    work.store(work.rows)
    document = Document.objects.get()
    assert (list(document.in_scope.all()), document.sector) == ([district.agency], sector)
    assert set(Obligation.objects.values_list("code", "agency")) == {
        ("D7", portal.agency.pk),
        ("L1", portal.agency.pk),
        ("D8", district.agency.pk),
    }


# --- what is wrong with a row -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"c1": ""}, [("Số ký hiệu", EMPTY)]),
        ({"c3": " \u200b"}, [("Trích yếu", EMPTY)]),
        ({"c1": "không số"}, [("Số ký hiệu", NO_NUMBER)]),
        ({"c1": "0/2018/QĐ-UBND"}, [("Số ký hiệu", NO_NUMBER)]),
        ({"c2": "30/02/2018"}, [("Ngày ban hành", NO_DATE % "30/02/2018")]),
        ({"c2": "2018-03-01"}, [("Ngày ban hành", NO_DATE % "2018-03-01")]),
        ({"c2": "01/03/18"}, [("Ngày ban hành", NO_DATE % "01/03/18")]),
        ({"c2": "43160"}, [("Ngày ban hành", NO_DATE % "43160")]),
        ({"c2": "01/03/1018"}, [("Ngày ban hành", NO_DATE % "01/03/1018")]),
        ({"c2": "=1+1"}, [("Ngày ban hành", NO_DATE % "=1+1")]),
        ({"c4": "28/02/2018"}, [("Ngày hiệu lực", "A normative document does not take effect before it is issued.")]),
        (
            {"c4": ""},
            [("Ngày hiệu lực", "A normative document has a day on which it takes effect (Article 8.2 e).")],
        ),
        (
            {"c1": "16/2017/QĐ-UBND"},
            [("Số ký hiệu", "The number names the year 2017, the document was issued on 01/03/2018.")],
        ),
        (
            {"c1": "16/2018/CT-UBND"},
            [("Loại", "This does not follow from the number. Fill in this column.")],
        ),
        ({"c5": "A" * 151}, [("Người ký", "This text has 151 characters; at most 150 are accepted.")]),
        ({"c3": "A" * 2001}, [("Trích yếu", "This text has 2001 characters; at most 2000 are accepted.")]),
        ({"c2": "x", "c4": "y"}, [("Ngày ban hành", NO_DATE % "x"), ("Ngày hiệu lực", NO_DATE % "y")]),
    ],
)
def test_what_is_wrong_is_said_with_row_column_and_sentence(portal, changes, expected):
    with nothing_changed_in_documents():
        outcome = examined(portal, row(1), row(2, **changes))
    assert found(outcome) == [(3, *problem) for problem in expected]
    assert counts(outcome) == (1, 0, 1)


def test_an_issue_in_the_future_is_refused_before_anything_is_stored(portal):
    with nothing_changed_in_documents():
        outcome = stored(portal, row(1, c2="21/03/2018", c4="30/03/2018"))
    assert counts(outcome) == (0, 0, 1)
    assert found(outcome) == [
        (2, "Ngày ban hành", "This day is still to come. A time limit begins with what has happened.")
    ]


def test_text_in_an_old_encoding_is_refused_with_what_it_means(portal):
    (problem,) = found(examined(portal, row(1, c3="Ban hµnh quy ®Þnh vÒ qu¶n lý ®­êng bé")))
    assert problem[:2] == (2, "Trích yếu")
    assert "TCVN3" in problem[2]
    assert "Ban hành quy định về quản lý" in problem[2]


@pytest.mark.parametrize("column", ["c1", "c2", "c3", "c4", "c5"])
def test_a_cell_as_long_as_a_spreadsheet_allows_is_refused_and_quoted_in_short(portal, column):
    (problem,) = found(examined(portal, row(1, **{column: ("Số " * 10_923)[:32_767]})))
    assert problem[0] == 2
    assert len(problem[2]) < 200


def test_a_long_number_never_reaches_the_patterns_that_would_take_minutes_on_it(portal, monkeypatch):
    lengths = []
    parse = import_values.parse_number
    monkeypatch.setattr(import_values, "parse_number", lambda typed: lengths.append(len(typed)) or parse(typed))
    words = "This text has 29999 characters; at most 60 are accepted."
    assert found(examined(portal, row("Số " * 10_000), row(2))) == [(2, "Số ký hiệu", words)]
    assert max(lengths) == len("2/2018/QĐ-UBND")


def test_a_full_text_as_long_as_a_spreadsheet_allows_is_stored(portal):
    text = ("Điều 1. Phạm vi điều chỉnh\n" * 1300)[:32_767].strip()
    work = importer(portal, [*row(1), text], header=[*HEADER, "Toàn văn"])
    work.store(work.rows)
    assert Document.objects.get().full_text == text


def test_bodies_of_other_agencies_and_unknown_names_are_refused(portal, district):
    make_issuer(district.agency, code="ubnd-tunghia", name_vi="Ủy ban nhân dân huyện Tư Nghĩa", level="district")
    header = [*HEADER, "Cơ quan ban hành", "Phạm vi"]
    rows = [[*row(1), "UBND huyện Tư Nghĩa", ""], [*row(2), "UBND xã", "huyện Không Có"]]
    work = importer(portal, *rows, header=header)
    assert found(work.examine(work.rows)[1]) == [
        (2, "Cơ quan ban hành", f"The documents of this body are published on the site of {district.agency}."),
        (3, "Phạm vi", NOT_KNOWN % "huyện Không Có"),
        (3, "Cơ quan ban hành", NOT_KNOWN % "UBND xã"),
    ]


def test_a_name_that_two_rows_have_is_nobodys(portal):
    Issuer.objects.create(code="khac", name_vi="ỦY BAN NHÂN DÂN TỈNH", name_en="Another", level="province")
    work = importer(portal, [*row(1), "ủy ban nhân dân tỉnh"], header=[*HEADER, "Cơ quan ban hành"])
    assert found(work.examine(work.rows)[1]) == [(2, "Cơ quan ban hành", NOT_KNOWN % "ủy ban nhân dân tỉnh")]


# --- what is there already --------------------------------------------------------------------------------------------


def test_the_same_table_twice_stores_its_documents_once(portal):
    rows = [row(number) for number in range(1, 6)]
    assert counts(stored(portal, *rows)) == (5, 0, 0)
    with nothing_changed_in_documents():
        assert counts(stored(portal, *rows)) == (0, 5, 0)


def test_a_row_that_differs_from_what_is_there_changes_nothing(portal):
    stored(portal, row(1))
    with nothing_changed_in_documents():
        assert counts(stored(portal, row("01/2018/qd-ubnd", c3="Nội dung khác", c5="Người khác"))) == (0, 1, 0)
    assert Document.objects.get().summary_vi == SUMMARY


def test_the_same_number_of_another_day_or_body_is_another_document(portal):
    make_issuer(code="chinh-phu", name_vi="Chính phủ", level="central")
    header = [*HEADER, "Cơ quan ban hành"]
    rows = [[*row(1), "UBND tỉnh"], [*row(1, c2="02/03/2018"), "UBND tỉnh"], [*row(1), "Chính phủ"]]
    work = importer(portal, *rows, header=header)
    assert counts(work.store(work.rows)) == (3, 0, 0)


def test_of_two_rows_about_one_document_the_second_is_refused(portal):
    outcome = stored(portal, row(1), row(2), row("1/2018/QD-UBND", c3="Khác"))
    assert counts(outcome) == (2, 0, 1)
    words = "Row 2 names the same document already. Keep one of the two."
    assert found(outcome) == [(4, "Số ký hiệu", words)]
    assert numbers() == ["1/2018/QĐ-UBND", "2/2018/QĐ-UBND"]


def test_whoever_entered_it_and_whatever_became_of_it_a_document_is_not_entered_twice(portal, district):
    stored(portal, row(1))
    Document.objects.update(state=State.WITHDRAWN, agency=district.agency)
    with nothing_changed_in_documents():
        assert counts(stored(portal, row(1))) == (0, 1, 0)


def test_examining_asks_the_database_as_often_for_many_rows_as_for_few(portal):
    def queries(count):
        work = importer(portal, *[row(number) for number in range(1, count + 1)])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert counts(work.examine(work.rows)[1]) == (count, 0, 0)
        return len(asked)

    examined(portal, row(1))
    assert queries(2) == queries(50) == 1


def test_every_column_of_the_table_is_read(portal):
    header = list(dict.fromkeys(names[0] for names in import_draft.import_columns.COLUMNS.values()))
    cells = {
        "Số ký hiệu": "16/2018/QĐ-UBND",
        "Ngày ban hành": "01/03/2018",
        "Trích yếu": SUMMARY,
        "Loại": "Quyết định",
        "Cơ quan ban hành": "UBND tỉnh",
        "Tính chất": "Hành chính",
        "Ngày hiệu lực": "12/03/2018",
        "Ngày hết hiệu lực": "31/12/2018",
        "Người ký": "Trần Ngọc Căng",
        "Chức vụ": "Chủ tịch",
        "Lĩnh vực": "",
        "Phạm vi": "",
        "Trích yếu tiếng Anh": "On the management of roads",
        "Nguồn": "Công báo",
        "Tệp": "",
        "Toàn văn": "Điều 1.\nPhạm vi",
    }
    assert header == list(cells)
    (read,) = table(csv_bytes(list(cells.values()), header=header))
    work = importer(portal, row(1))
    work = type(work)([read], agency=portal.agency, by=portal.editor)
    assert counts(work.store(work.rows)) == (1, 0, 0)
    document = Document.objects.get()
    assert (document.kind, document.expires_on, document.signer_office) == (
        "administrative",
        date(2018, 12, 31),
        "Chủ tịch",
    )
    assert (document.summary_en, document.source) == ("On the management of roads", "Công báo")
    assert document.full_text == "Điều 1.\nPhạm vi"
