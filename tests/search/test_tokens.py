"""What an entry is found by, token by token."""

from datetime import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing import reading
from portal.publishing.models import Attachment
from portal.search import tokens
from portal.search.expressions import tokens_in
from portal.search.indexing import rebuild
from portal.search.models import IndexEntry
from tests.documents.legal import make_sector, publish_document
from tests.files.documents import text_pdf
from tests.files.samples import file
from tests.makers import make_article, publish
from tests.search.finding import found

NOON = timezone.make_aware(datetime(2018, 3, 20, 12, 0))


def test_the_tokens_of_an_article_say_its_words_its_place_and_its_day(portal):
    texts = {"title_vi": "Cầu mới", "summary_vi": "Dài 700 m.", "body_vi": "<p>Hoà.</p>", "author": "An", "source": "X"}
    article = publish(make_article(portal.agency, by=portal.editor, **texts), when=NOON)
    entry = IndexEntry.objects.get(object_id=article.pk, language="vi")
    assert tokens_in(entry.words) == {
        *["~2", "~vi", "~vi2018", "~vi2018-03", "~knews", f"~s{portal.agency.pk}"],
        *["^cau", "^moi", "^=cầu", "^=mới", "+cau", "+moi", "+dai", "+700", "+m"],
        *["cau", "moi", "dai", "700", "m", "hoa", "an", "x", "=cầu", "=mới", "=dài", "=hòa"],
        *["cau_moi", "dai_700", "700_m"],
    }


def test_the_tokens_of_a_document_say_its_number_and_its_facets(portal):
    document = publish_document(portal, number="06/2018/QĐ-UBND", sector=make_sector("dat-dai", "Đất đai"))
    for entry in IndexEntry.objects.filter(category="documents"):
        assert tokens_in(entry.words) >= {
            *["#k6_2018_qd_ubnd", "#s6", "#y2018", "#d2018", "#tqd"],
            *[f"~floai.{document.type_id}", f"~fco_quan.{document.issuer_id}", f"~flinh_vuc.{document.sector_id}"],
            *["~kdocuments", f"~{entry.language}2018-03"],
        }


def test_the_words_of_its_files_are_found_once_they_have_been_read(portal, write):
    article = write("Thông báo")
    Attachment.objects.create(item=article, file=file(text_pdf("Trang đầu", "Cồng chiêng"), "a.pdf"), title_vi="Tệp")
    assert found("cồng chiêng") == []
    assert reading.read_waiting() == 1
    assert found("cồng chiêng") == found('"trang đầu"') == ["Thông báo"]
    assert "chieng" not in IndexEntry.objects.get(object_id=article.pk, language="vi").text_folded
    assert not rebuild(write=False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hoà bình", ["hòa", "bình"]),
        ("QÐ-UBND", ["qđ", "ubnd"]),
        ("İstanbul", ["istanbul"]),
        ("a" * 50, ["a" * 40]),
        ("snake_case ^+=~#_.-|", ["snake", "case"]),
    ],
)
def test_words_hold_letters_and_digits_only(text, words):
    assert tokens.typed_words(text) == words


@given(text=st.text(max_size=200))
def test_no_sign_of_a_token_gets_into_a_word(text):
    for word in tokens.folded_words(tokens.typed_words(text)):
        assert word and word.isalnum() and len(word) <= tokens.LONGEST_WORD


def test_of_a_text_without_end_the_first_words_are_kept(write):
    words = " ".join(f"w{number}" for number in range(30_000))
    write("Danh sách", body=words)
    entry = IndexEntry.objects.get(language="vi")
    assert len(tokens_in(entry.words)) == tokens.MOST_TOKENS
    assert found("w29999") == found("danh sach") == ["Danh sách"]
