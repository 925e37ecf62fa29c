"""A document as a record: its number, its dates, what follows from them, and what is refused."""

import unicodedata
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from documents.models import Document, Issuer
from portal.publishing import editing
from portal.publishing.models import Attachment
from portal.publishing.workflow import Refused, carry_out
from tests.documents.legal import correct, nothing_changed_in_documents
from tests.files.samples import DOCX, PDF, XLSX, archive, file, opendocument
from tests.gazette.makers import ISSUED, TODAY, make_document, make_issuer, make_public, make_type, moment
from tests.makers import approve, frozen, publish, submit

pytestmark = pytest.mark.usefixtures("english")

NUMBER = "16/2018/QĐ-UBND"
DERIVED = [
    "number_key",
    "number_serial",
    "title",
    "title_vi",
    "slug",
    "author",
    "in_force_from",
    "created_by",
    "last_edited_by",
]
MISSING_FILE = "The file of the document is missing: PDF, DOCX or ODT (Article 8.2 e)."
TOO_EARLY = "A normative document does not take effect before it is issued."


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def document(portal):
    return make_document(portal.agency, by=portal.editor, number=NUMBER)


@pytest.fixture
def write(portal):
    return lambda **fields: make_document(portal.agency, by=portal.editor, **fields)


def entered(document, **changes):
    """The document with the changes of an editor, examined as a form does before it stores."""
    for name, value in changes.items():
        setattr(document, name, value)
    document.full_clean(exclude=[name for name in DERIVED if name not in changes])
    return document


def objections(document, **changes):
    with nothing_changed_in_documents(), pytest.raises(ValidationError) as refused:
        entered(document, **changes)
    return refused.value.message_dict


def unsaved(document, **changes):
    """Another document that is like this one."""
    names = ["agency", "number", "kind", "type", "issuer", "summary_vi", "event_date", "effective_on", "source"]
    return Document(**{name: getattr(document, name) for name in names} | changes)


# --- number -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        "16/2018/qđ-ubnd",
        "16/2018/QD-UBND",
        "16/2018/QÐ-UBND",  # the Icelandic letter
        "16/2018/QƉ-UBND",  # the African one
        unicodedata.normalize("NFD", "Số: 16/2018/QĐ–UBND"),
        "  16 / 2018 / QĐ - UBND\xa0",
        "\u200e16/2018/\u202eQĐ\u200b-UBND\u2069",
    ],
)
def test_a_number_is_stored_in_its_official_spelling_however_it_was_typed(write, typed):
    stored = Document.objects.get(pk=write(number=typed).pk)
    assert (stored.number, stored.number_key) == (NUMBER, "16/2018/qd-ubnd")
    assert (stored.number_serial, stored.number_year, stored.title_vi) == (16, 2018, f"Quyết định {NUMBER}")


@pytest.mark.parametrize(
    "typed", ["", "   ", "16", "abc", "16/2018", "0/2018/QĐ-UBND", "QĐ-UBND", "16/2018/QĐ-UBND " * 700, "\u202e"]
)
def test_what_is_no_number_is_refused_with_an_example(document, typed):
    assert objections(document, number=typed)["number"][-1] == (
        "This is no document number. Type it as it is printed on the document."
    )


def test_a_number_and_a_type_that_contradict_each_other_are_refused(document):
    make_type("thong-bao", "Thông báo", "Notice", "TB")
    assert objections(document, number="16/2018/NQ-HĐND") == {
        "number": ["The number says “NQ”, the type is “Decision”. Correct one of them."]
    }
    assert objections(document, number="16/UBND-KTTH") == {
        "number": ["This is the number of an official letter. Correct the number or the type."]
    }


@pytest.mark.parametrize(
    ("number", "kind", "type_fields"),
    [
        ("16/UBND-KTTH", "administrative", ("cong-van", "Công văn", "Official letter", "")),
        ("80/2018/QH14", "normative", ("luat", "Luật", "Law", "")),
        ("206/2018/QĐ-UB", "normative", ("quyet-dinh", "Quyết định", "Decision", "QĐ")),
        ("05/QĐ-UBND", "administrative", ("quyet-dinh", "Quyết định", "Decision", "QĐ")),
    ],
)
def test_numbers_without_a_type_or_a_year_belong_to_types_that_have_such(document, number, kind, type_fields):
    entered(document, number=number, kind=kind, type=make_type(*type_fields)).save()
    assert Document.objects.get().title_en == f"{type_fields[2]} {number}"


def test_the_year_of_the_number_is_that_of_the_issue(document):
    assert objections(document, number="16/2017/QĐ-UBND") == {
        "number": ["The number names the year 2017, the document was issued on 01/03/2018."]
    }


# --- one document is entered once -------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [NUMBER, "16/2018/QD-UBND", "016/2018/qđ-ubnd", "Số: 16/2018/QÐ–UBND"])
def test_the_same_number_issuer_and_day_are_refused_with_the_name_of_the_twin(document, typed):
    again = unsaved(document, number=typed)
    assert objections(again) == {"number": [f"This document is entered already: Quyết định {NUMBER}."]}


def test_the_database_refuses_the_twin_too(document, portal):
    twin = unsaved(document, number="16/2018/QD-UBND")
    with nothing_changed_in_documents(), pytest.raises(IntegrityError), transaction.atomic():
        editing.store(twin, by=portal.editor)


@pytest.mark.parametrize(
    "other",
    [
        {"number": "17/2018/QĐ-UBND"},
        {"event_date": ISSUED + timedelta(days=1)},
        {"issuer": "hdnd"},
    ],
)
def test_another_number_day_or_issuer_makes_another_document(document, portal, other):
    if "issuer" in other:
        other = {"issuer": make_issuer(portal.agency, code="hdnd", name_vi="Hội đồng nhân dân tỉnh")}
    editing.store(entered(unsaved(document, **other)), by=portal.editor)
    assert Document.objects.count() == 2


def test_numbers_begin_anew_each_year(write):
    """05/QĐ-UBND says no year: only the day tells one from the other."""
    first = write(number="05/QĐ-UBND", normative=False, event_date=date(2017, 1, 12))
    second = write(number="05/QĐ-UBND", normative=False, event_date=date(2018, 1, 15))
    assert (first.number_key, first.pk) != (second.number_key, second.pk) and Document.objects.count() == 2


# --- dates ------------------------------------------------------------------------------------------------------------


def test_a_normative_document_does_not_take_effect_before_its_issue(document):
    assert objections(document, effective_on=ISSUED - timedelta(days=1)) == {"effective_on": [TOO_EARLY]}
    assert entered(document, effective_on=ISSUED).effective_on == ISSUED


def test_an_administrative_document_may_look_back(write):
    document = write(number="05/QĐ-UBND", normative=False)
    entered(document, effective_on=date(2018, 1, 1)).save()
    assert Document.objects.get().in_force_from == date(2018, 1, 1)


def test_a_normative_document_names_the_day_of_its_effect(document):
    assert objections(document, effective_on=None) == {
        "effective_on": ["A normative document has a day on which it takes effect (Article 8.2 e)."]
    }


def test_an_administrative_document_without_a_day_is_in_force_from_its_issue(write):
    assert write(normative=False).in_force_from == ISSUED


@pytest.mark.parametrize("ends", [date(2018, 3, 11), date(2018, 3, 10), date(2017, 1, 1)])
def test_a_document_ends_after_it_begins(document, ends):
    assert objections(document, expires_on=ends)["expires_on"][0] == "The end lies before the beginning."


def test_beginning_and_end_are_corrected_together(portal):
    """The constraints are examined with the new days, not with those of the row."""
    document = make_public(portal.agency, by=portal.editor, when=TODAY, effective_on=date(2019, 1, 1))
    correct(document, when=TODAY, effective_on="2018-03-12", expires_on="2018-12-31")
    document.refresh_from_db()
    found = (document.effective_on, document.in_force_from, document.expires_on)
    assert found == (date(2018, 3, 12), date(2018, 3, 12), date(2018, 12, 31))


def test_the_day_of_issue_is_required_and_not_to_come(document):
    assert objections(document, event_date=None)["event_date"][0] == "Give the date of issue (Article 8.2 e)."
    tomorrow = {"event_date": date(2018, 3, 6), "effective_on": date(2018, 3, 6)}
    assert "This day is still to come." in objections(document, **tomorrow)["event_date"][0]


@pytest.mark.parametrize(
    "values",
    [
        {"event_date": None},
        {"effective_on": date(2018, 2, 28)},
        {"expires_on": date(2018, 3, 11)},
        {"author": ""},
        {"source": ""},
        {"title_vi": ""},
        {"state": "published"},
    ],
)
def test_the_database_holds_the_rules_by_itself(document, values):
    with nothing_changed_in_documents(), pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**values)


# --- kind, owner ------------------------------------------------------------------------------------------------------


def test_only_types_that_the_law_names_are_normative(document):
    notice = make_type("thong-bao", "Thông báo", "Notice", "TB")
    type(notice).objects.filter(pk=notice.pk).update(normative=False)
    notice.refresh_from_db()
    changes = {"number": "16/2018/TB-UBND", "type": notice}
    assert objections(document, **changes) == {"kind": ["“Notice” is no normative legal document."]}
    assert entered(document, **changes, kind="administrative").type == notice


def test_a_body_with_a_site_publishes_there(document, district):
    own = make_issuer(district.agency, code="tunghia", name_vi="Ủy ban nhân dân huyện Tư Nghĩa", level="district")
    assert objections(document, issuer=own) == {
        "issuer": ["The documents of this body are published on the site of Agency tunghia."]
    }


def test_texts_of_the_state_are_registered_by_any_site(write, district):
    government = make_issuer(None, code="chinh-phu", name_vi="Chính phủ", name_en="Government", level="central")
    document = make_document(
        district.agency,
        by=district.editor,
        number="43/2018/NĐ-CP",
        type=make_type("nghi-dinh", "Nghị định", "Decree", "NĐ"),
        issuer=government,
    )
    assert entered(document).author == "Chính phủ"


# --- what follows -----------------------------------------------------------------------------------------------------


def test_title_author_and_address_follow_from_number_type_and_issuer(document):
    assert (document.title_vi, document.title_en) == (f"Quyết định {NUMBER}", f"Decision {NUMBER}")
    assert (document.author, document.slug) == ("Ủy ban nhân dân tỉnh", "quyet-dinh-16-2018-qd-ubnd")
    assert document.path() == f"/van-ban/quyet-dinh-16-2018-qd-ubnd-{document.pk}/"


def test_a_corrected_number_changes_the_title_and_not_the_address(portal):
    document = make_public(portal.agency, by=portal.editor, when=TODAY, number="61/2018/QĐ-UBND")
    correct(document, when=TODAY, number="16/2018/qd-ubnd")
    document.refresh_from_db()
    assert (document.number, document.title_vi) == (NUMBER, f"Quyết định {NUMBER}")
    assert document.slug == "quyet-dinh-61-2018-qd-ubnd"


def test_a_type_without_an_english_name_leaves_the_english_title_empty(write):
    document = write(type=make_type("luat", "Luật", "", ""), number="80/2018/QH14")
    assert (document.title_vi, document.title_en) == ("Luật 80/2018/QH14", "")
    assert not document.is_translated("en")


def test_a_body_with_a_long_name_fits_into_the_author(write, portal):
    name = "Liên bộ " + "Nông nghiệp và Phát triển nông thôn " * 5
    document = write(issuer=make_issuer(portal.agency, code="lien-bo", name_vi=name.strip()))
    assert len(Document.objects.get(pk=document.pk).author) == 150 and document.author.startswith("Liên bộ Nông nghiệp")
    assert len(Issuer.objects.get(code="lien-bo").name_vi) == 187


def test_the_signer_is_found_without_diacritics(write):
    document = write(signer="Trần Ngọc Căng")
    assert document.signer_folded == " tran ngoc cang "


# --- what is typed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["number", "summary_vi", "signer", "full_text"])
def test_text_in_tcvn3_is_refused_with_what_it_would_read(document, name):
    refused = objections(document, **{name: "UBND tØnh Qu¶ng Ng·i"})[name]
    assert "in the old TCVN3 encoding" in refused[0] and "UBND tỉnh Quảng Ngãi" in refused[0]


def test_text_in_tcvn3_is_not_stored_past_the_form(document, portal):
    document.summary_vi = "VÒ viÖc ban hµnh Quy chÕ ho¹t ®éng cña Cæng Th«ng tin ®iÖn tö"
    with nothing_changed_in_documents(), pytest.raises(ValidationError), transaction.atomic():
        editing.store(document, by=portal.editor)


def test_decomposed_text_and_direction_marks_are_stored_composed_and_without_them(write):
    subject = "Ban hành Quy chế hoạt động của Cổng Thông tin điện tử tỉnh"
    typed = "\u202e" + unicodedata.normalize("NFD", subject) + "\u200f\u2069"
    document = write(summary_vi=typed, signer=unicodedata.normalize("NFD", "Trần Ngọc Căng"))
    stored = Document.objects.get(pk=document.pk)
    assert (stored.summary_vi, stored.signer, stored.signer_folded) == (subject, "Trần Ngọc Căng", " tran ngoc cang ")


@pytest.mark.parametrize(("name", "limit"), [("number", 60), ("signer", 150), ("signer_office", 200), ("source", 200)])
def test_ten_thousand_characters_are_refused_where_they_do_not_fit(document, name, limit):
    (sentence, *_) = objections(document, **{name: "đ" * 10_000})[name]
    assert sentence == f"Ensure this value has at most {limit} characters (it has 10000)."


# --- publication ------------------------------------------------------------------------------------------------------


@pytest.fixture
def without_file(document):
    document.attachments.all().delete()
    return document


def attach(document, content, name):
    return Attachment.objects.create(item=document, file=file(content, name), title_vi="Tệp")


def test_a_document_without_its_file_is_not_submitted(without_file, portal):
    with nothing_changed_in_documents(), pytest.raises(Refused) as refused:
        submit(without_file, by=portal.editor)
    assert refused.value.messages == [MISSING_FILE]


def test_it_is_not_published_urgently_either(without_file, portal):
    with nothing_changed_in_documents(), pytest.raises(Refused) as refused:
        carry_out("publish_urgently", without_file, by=portal.head, note="Bão số 5", declared=True)
    assert refused.value.messages == [MISSING_FILE]


@pytest.mark.parametrize(("content", "name"), [(archive(XLSX), "bieu.xlsx"), (b"so;ngay\n16;01/03/2018\n", "bieu.csv")])
def test_a_table_is_not_the_file_of_the_document(without_file, portal, content, name):
    attach(without_file, content, name)
    with nothing_changed_in_documents(), pytest.raises(Refused) as refused:
        submit(without_file, by=portal.editor)
    assert refused.value.messages == [MISSING_FILE]


@pytest.mark.parametrize(
    ("content", "name"),
    [(PDF, "VAN-BAN.PDF"), (archive(DOCX), "van-ban.docx"), (opendocument("text"), "van-ban.odt")],
)
def test_a_pdf_a_docx_or_an_odt_is(without_file, portal, content, name):
    attach(without_file, content, name)
    assert publish(without_file, by=portal.head).is_readable


def test_a_file_removed_after_submission_stops_the_approval(document, portal):
    submitted = submit(document, by=portal.editor)
    submitted.attachments.all().delete()
    with nothing_changed_in_documents(), pytest.raises(Refused) as refused:
        approve(submitted, by=portal.head)
    assert refused.value.messages == [MISSING_FILE]


def test_a_normative_document_without_its_first_day_in_force_is_not_stored_past_the_form(document):
    with nothing_changed_in_documents(), pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(effective_on=None)


def test_a_correction_that_breaks_the_record_is_refused_whole(portal):
    document = make_public(portal.agency, by=portal.editor, when=moment(date(2018, 3, 2)), number=NUMBER)
    for after in ({"effective_on": "2018-02-01"}, {"effective_on": ""}, {"number": "16/2017/QĐ-UBND"}):
        revision = editing.propose(document, after, by=portal.editor, note="Sửa")
        with nothing_changed_in_documents(), pytest.raises(ValidationError):
            editing.apply(revision, by=portal.head)
        editing.refuse(revision, by=portal.head, note="Sai")
