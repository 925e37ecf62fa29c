"""The gate acts however a row is written: one by one, in bulk, by update, from a form, in either language."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.forms import modelform_factory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.text.fields import GatedCharField, GatedTextField, gate, gate_html
from tests.text.models import Note, TranslatedNote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("note_tables")]

TITLE = "Thông báo\nLý Sơn"
MESSY = unicodedata.normalize("NFD", "Thông báo\r\nLý Sơn") + "\0\u200b"
TCVN3 = "Qu¶ng Ng·i, ®­êng"
NoteForm = modelform_factory(Note, fields=["title", "body", "slug", "email", "link"])


def stored_titles(model=Note, column="title"):
    return list(model.objects.order_by("pk").values_list(column, flat=True))


def test_create_stores_normalised_text_and_the_instance_equals_the_row():
    note = Note.objects.create(title=MESSY, body=MESSY)
    assert (note.title, note.body) == (TITLE, TITLE)
    assert Note.objects.values_list("title", "body").get() == (TITLE, TITLE)


def test_update_stores_normalised_text():
    Note.objects.create(title="cũ")
    Note.objects.update(title=MESSY)
    assert stored_titles() == [TITLE]


def test_bulk_create_and_bulk_update_store_normalised_text():
    notes = Note.objects.bulk_create([Note(title=MESSY), Note(title="hai")])
    assert stored_titles() == [TITLE, "hai"]
    notes[1].title = MESSY
    Note.objects.bulk_update(notes, ["title"])
    assert stored_titles() == [TITLE, TITLE]


def test_get_or_create_finds_the_row_it_would_store():
    Note.objects.create(title=TITLE)
    assert Note.objects.get_or_create(title=MESSY)[1] is False


@pytest.mark.parametrize("lookup", ["title", "title__iexact", "title__contains", "title__istartswith", "title__gte"])
def test_look_ups_are_normalised(lookup):
    Note.objects.create(title=TITLE)
    assert Note.objects.filter(**{lookup: MESSY}).count() == 1


@pytest.mark.parametrize("lookup", ["title", "title_vi", "title_en__icontains", "title__endswith"])
def test_look_ups_in_translated_columns_are_normalised(lookup):
    TranslatedNote.objects.create(title_vi=TITLE, title_en=TITLE)
    assert TranslatedNote.objects.filter(**{lookup: MESSY}).count() == 1


def test_look_up_in_a_list_is_normalised():
    Note.objects.create(title=TITLE)
    assert Note.objects.filter(title__in=[MESSY, "khác"]).count() == 1


def test_searching_for_legacy_text_finds_nothing_and_does_not_fail():
    assert Note.objects.filter(title__contains=TCVN3).count() == 0


def test_expressions_pass_through():
    Note.objects.create(title="một", body="hai")
    Note.objects.update(title=Concat("title", Value(" "), "body", output_field=TextField()))
    assert stored_titles() == ["một hai"]


def test_validation_refuses_legacy_text_and_shows_the_conversion():
    note = Note(title=TCVN3)
    with translation.override("en"):
        with pytest.raises(ValidationError) as refusal:
            note.full_clean()
        sentences = refusal.value.message_dict["title"]
    assert sentences == [
        "This text is in the old TCVN3 encoding, which the portal does not store (Article 7.1). "
        "Converted it would read: Quảng Ngãi, đường"
    ]
    assert note.title == TCVN3


def test_saving_refuses_legacy_text_that_nobody_validated():
    with pytest.raises(ValidationError), transaction.atomic():
        Note.objects.create(title=TCVN3)
    assert stored_titles() == []


def test_bulk_writes_refuse_legacy_text():
    note = Note.objects.create(title="cũ")
    with pytest.raises(ValidationError), transaction.atomic():
        Note.objects.bulk_create([Note(title="Quaûng Ngaõi")])
    with pytest.raises(ValidationError), transaction.atomic():
        Note.objects.update(title=TCVN3)
    note.title = TCVN3
    with pytest.raises(ValidationError), transaction.atomic():
        Note.objects.bulk_update([note], ["title"])
    assert stored_titles() == ["cũ"]


def test_the_sample_of_a_long_text_begins_where_the_legacy_text_does_and_is_cut():
    with translation.override("en"):
        with pytest.raises(ValidationError) as refusal:
            gate("Văn bản Unicode. " * 60 + "Qu¶ng Ng·i " * 60)
        sample = refusal.value.messages[0].partition("would read: ")[2]
    assert "Unicode. Quảng Ngãi Quảng" in sample
    assert (sample[0], sample[-1], len(sample)) == ("…", "…", 302)


@given(st.text("Qungi®¶·¸éÐ \xad\u200b\u0309ñöø"))
def test_what_has_passed_the_gate_passes_it_again(text):
    try:
        gated = gate(text)
    except ValidationError:
        return
    assert gate(gated) == gated


def test_form_shows_the_refusal_at_its_field_and_stores_nothing():
    form = NoteForm({"title": TCVN3, "body": "Coäng hoøa Xaõ hoäi"})
    assert not form.is_valid()
    assert form.errors.as_data().keys() == {"title", "body"}
    assert [len(errors) for errors in form.errors.values()] == [1, 1]
    assert "Quảng Ngãi, đường" in form.errors["title"][0]
    assert "Cộng hòa Xã hội" in form.errors["body"][0]
    assert stored_titles() == []


def test_form_counts_the_length_of_the_normalised_text():
    decomposed = unicodedata.normalize("NFD", "ấ" * 20)
    form = NoteForm({"title": decomposed})
    assert form.is_valid(), form.errors
    assert form.save().title == "ấ" * 20


def test_form_refuses_a_required_text_of_invisible_characters():
    form = NoteForm({"title": "\u200b\u200b"})
    assert form.errors.as_data()["title"][0].code == "required"


def test_form_fields_stay_what_they_were():
    fields = NoteForm().fields
    assert {name: field.widget.input_type for name, field in fields.items() if name != "body"} == {
        "title": "text",
        "slug": "text",
        "email": "email",
        "link": "url",
    }
    assert fields["body"].widget.__class__.__name__ == "Textarea"
    form = NoteForm({"title": "a", "slug": "à", "email": "b", "link": "quangngai.gov.vn"})
    assert set(form.errors) == {"slug", "email"}
    assert form.cleaned_data["link"] == "https://quangngai.gov.vn"


def test_empty_and_missing_values_stay_what_they_were():
    field = GatedCharField(max_length=5, null=True)
    assert (field.to_python(None), field.get_prep_value(None), field.to_python("")) == (None, None, "")
    assert field.to_python(7) == "7"


def test_migrations_name_the_field_by_its_path():
    assert MigrationWriter.serialize(GatedTextField(blank=True)) == (
        "portal.text.fields.GatedTextField(blank=True)",
        {"import portal.text.fields"},
    )


def test_both_language_columns_pass_the_gate():
    note = TranslatedNote.objects.create(title_vi=MESSY, title_en=MESSY)
    assert (note.title_vi, note.title_en) == (TITLE, TITLE)
    assert TranslatedNote.objects.values_list("title_vi", "title_en").get() == (TITLE, TITLE)


@pytest.mark.parametrize("column", ["title_vi", "title_en"])
def test_both_language_columns_refuse_legacy_text(column):
    note = TranslatedNote(**{"title_vi": "một", column: TCVN3})
    with pytest.raises(ValidationError) as refusal:
        note.full_clean(exclude=["title"])
    assert set(refusal.value.message_dict) == {column}
    with pytest.raises(ValidationError), transaction.atomic():
        note.save()
    assert stored_titles(TranslatedNote, "title_vi") == []


def test_form_of_a_translated_model_refuses_legacy_text_in_either_language():
    form_class = modelform_factory(TranslatedNote, fields=["title_vi", "title_en"])
    form = form_class({"title_vi": "một", "title_en": TCVN3})
    assert set(form.errors) == {"title_en"}
    assert form_class({"title_vi": MESSY, "title_en": ""}).save().title_vi == TITLE


def test_saving_in_english_does_not_copy_the_vietnamese_text_into_the_english_column():
    with translation.override("en"):
        note = TranslatedNote.objects.create(title_vi="một")
        assert note.title == "một"
        note.save()
    assert TranslatedNote.objects.values_list("title_vi", "title_en").get() == ("một", None)


def test_rich_text_is_normalised_without_touching_its_markup():
    messy = f'<p class="a">{unicodedata.normalize("NFD", "Lý Sơn")}&shy;&#8203; &amp; &lt;b&gt;&nbsp;&ETH;ức</p>'
    assert gate_html(messy) == '<p class="a">Lý Sơn &amp; &lt;b&gt;&nbsp;Đức</p>'


@pytest.mark.parametrize(
    "legacy",
    ["<p>Qu¶ng <b>Ng·i</b></p>", "<p>Qu&para;ng Ng&middot;i</p>", "<p>Qu&#182;ng</p>", "<td>®­êng</td>"],
)
def test_rich_text_in_a_legacy_encoding_is_refused(legacy):
    with pytest.raises(ValidationError) as refusal:
        gate_html(legacy)
    assert refusal.value.code == "legacy_encoding"


def test_attributes_of_rich_text_are_not_read_as_text():
    assert gate_html('<a title="Qu¶ng Ng·i">ok</a>') == '<a title="Qu¶ng Ng·i">ok</a>'
