"""Article 7.1: what was typed for fonts from before Unicode is recognised, and nothing else is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.legacy import TCVN3_TABLE, VNI_TABLE, convert, legacy_encoding
from tests.text.sentences import SENTENCES, WORDS

TO_TCVN3 = {letter: typed for typed, letter in TCVN3_TABLE.items()}
TO_VNI = {letter: typed for typed, letter in VNI_TABLE.items()}
TO_VNI |= {letter.upper(): typed.upper() for letter, typed in TO_VNI.items()}
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(". ".join)


def typed_in(table, text):
    return "".join(table.get(letter, letter) for letter in text)


KNOWN = [
    ("TCVN3", "Céng hßa X· héi Chñ nghÜa ViÖt Nam", "Cộng hòa Xã hội Chủ nghĩa Việt Nam"),
    ("TCVN3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    ("TCVN3", "Qu¶ng Ng·i", "Quảng Ngãi"),
    ("TCVN3", "Hµ Néi", "Hà Nội"),
    ("TCVN3", "vµ", "và"),
    ("TCVN3", "x· §¨k PÐk", "xã Đăk Pék"),
    ("TCVN3", "thÞ trÊn", "thị trấn"),
    ("TCVN3", "®Ó", "để"),
    ("TCVN3", "®­êng", "đường"),
    ("TCVN3", "¤ng NguyÔn V¨n §øc", "Ông Nguyễn Văn Đức"),
    ("TCVN3", "ñy ban nh©n d©n tØnh", "ủy ban nhân dân tỉnh"),
    ("VNI", "Coäng hoøa Xaõ hoäi", "Cộng hòa Xã hội"),
    ("VNI", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
    ("VNI", "Quaûng Ngaõi", "Quảng Ngãi"),
    ("VNI", "ñöôøng", "đường"),
    ("VNI", "ÖÛY BAN NHAÂN DAÂN TÆNH QUAÛNG NGAÕI", "ỬY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"),
    ("VNI", "Aùnh saùng, Aâm nhaïc", "Ánh sáng, Âm nhạc"),
]


@pytest.mark.parametrize(("encoding", "typed", "meant"), KNOWN)
def test_known_samples_are_recognised_and_converted(encoding, typed, meant):
    assert legacy_encoding(typed) == encoding
    assert convert(typed, encoding) == meant


@given(texts)
def test_tcvn3_is_recognised_and_converted_back(text):
    lower = text.lower()
    typed = typed_in(TO_TCVN3, lower)
    assert legacy_encoding(typed) == "TCVN3"
    assert convert(typed, "TCVN3") == lower


@given(texts, st.sampled_from([str, str.lower, str.upper]))
def test_vni_is_recognised_and_converted_back(text, in_case):
    typed = typed_in(TO_VNI, in_case(text))
    assert legacy_encoding(typed) == "VNI"
    assert convert(typed, "VNI") == in_case(text)


@pytest.mark.parametrize(("table", "letters"), [(TO_TCVN3, 67 + 7), (TO_VNI, 2 * 67)])
def test_tables_hold_every_vietnamese_letter(table, letters):
    assert len(table) == letters


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join))
def test_vietnamese_in_unicode_is_never_taken_for_legacy(text):
    assert legacy_encoding(text) == ""
    assert legacy_encoding(text.upper()) == ""
    assert legacy_encoding(unicodedata.normalize("NFD", text)) == ""


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join))
def test_soft_hyphens_pasted_with_unicode_are_not_taken_for_legacy(text):
    assert legacy_encoding(text.replace("n", "n\xad")) == ""


def test_one_legacy_passage_in_a_unicode_text_is_found_and_only_it_is_converted():
    text = "UBND tỉnh Quảng Ngãi thông báo: ®­êng Ph¹m V¨n §ång tạm cấm xe"
    assert legacy_encoding(text) == "TCVN3"
    assert convert(text, "TCVN3") == "UBND tỉnh Quảng Ngãi thông báo: đường Phạm Văn Đồng tạm cấm xe"


FOREIGN = """
Señor José Nuñez, mañana en España: aún así, más años; ¿Dónde está el baúl de Raúl?
Niño, piña, señorita, corazón, café, también, según, país, día, león, Núñez y Muñoz
La façade du château, où l'été naît; le goût, l'août, la forêt, l'hôtel, la voûte, ça et là, plutôt tôt
«Là-bas», dit-il, «n'importe où, le thé thaï laïc est bon marché»; naïve café, maïs, Noël, Citroën, caïd
« Le maïs » et « le goût » : « où est-il ? », «n'oubliez pas», «n'y allez pas»
Der Bär über München möchte fünf Köche; Straße, Größe, hören, Öl, Tür, schön, süß, Rößler, »in« und »an«
Ångström, Malmö, Jørgen, Åse, Grønland, smörgåsbord, Søren Kierkegaard
São Paulo não é só irmã de João; ação, coração, informações, Brasília, você, avô, avó
Perché così? Più caffè, università, lunedì, può, città, Niccolò
Škoda, Łódź, Dvořák, Győr, Erdoğan, İstanbul, Reykjavík, Þór
Motor 5 µm, 3 N·m, 20 °C, ±2 %, m×n, 5×3, 10 m², 7 m³, ½ kg, £5, ¥300, § 5, §5a, ¶ 3, © 2017 VNA, Viettel®
Krông Nô, Hrê, Cà Dong, Kà Tinh, Niê, Êban, Y Bhim Niê, Siu Plôt, Hồ Pờ Lô, A Lăng, Rơ Châm, ô-tô, xăng-ti-mét
Hợp đồng số 05/HÐ-LÐ, tờ trình 7/TÐ-QÐ; chiều cao h¹ và t¹, tính cho¹ và do¹; in\xadfor\xadma\xadtion, a\xadbove
a·b·c · Nội dung · Tài liệu; paral·lel, col·lecció; km/h; e¹, b²; trang¹, hoa¹; Mª José, 1ª, nº 3
Hội nghị APEC, ASEAN, WTO; e-mail: a@b.vn; https://quangngai.gov.vn/tin-tuc?x=1&y=é; C++; °; "trích dẫn"; –—…
""".strip().splitlines()


@pytest.mark.parametrize("text", FOREIGN)
def test_other_languages_and_signs_are_not_taken_for_legacy(text):
    assert legacy_encoding(text) == ""


@pytest.mark.parametrize("word", sorted({word for text in FOREIGN for word in text.split()}))
def test_no_single_foreign_word_is_taken_for_legacy(word):
    assert legacy_encoding(word) == ""


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_is_never_legacy(text):
    assert legacy_encoding(text) == ""
