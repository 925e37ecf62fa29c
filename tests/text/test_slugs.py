import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.slugs import abbreviation_label, host_label, slugify_vi


def test_slug_is_ascii():
    assert slugify_vi("Đường Phạm Văn Đồng — mở rộng (giai đoạn 2)!") == "duong-pham-van-dong-mo-rong-giai-doan-2"


def test_slug_is_cut_between_words():
    assert slugify_vi("Quảng Ngãi đón khách", max_length=10) == "quang-ngai"
    assert slugify_vi("Quảng Ngãi đón khách", max_length=13) == "quang-ngai"
    assert slugify_vi("Quảng Ngãi đón khách", max_length=14) == "quang-ngai-don"


def test_a_single_long_word_is_cut_where_it_must():
    assert slugify_vi("a" * 100, max_length=12) == "a" * 12


@pytest.mark.parametrize("nothing", ["", "   ", "—!?", "日本"])
def test_slug_is_never_empty(nothing):
    assert slugify_vi(nothing) == "muc"


@given(st.text(st.characters()), st.integers(3, 90))
def test_slug_always_fits_into_an_address(text, length):
    slug = slugify_vi(text, length)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= length


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Huyện Tư Nghĩa", "tunghia"),
        ("huyện đảo Lý Sơn", "daolyson"),
        ("Huyện Lý Sơn", "lyson"),
        ("Thành phố Quảng Ngãi", "quangngai"),
        ("Tỉnh Quảng Ngãi", "quangngai"),
        ("Thị xã Đức Phổ", "ducpho"),
        ("Thị trấn Sông Vệ", "songve"),
        ("Đặc khu Lý Sơn", "lyson"),
        ("Phường Trương Quang Trọng", "truongquangtrong"),
        ("Ủy ban nhân dân huyện Ba Tơ", "bato"),
        ("Uỷ ban nhân dân xã Sơn Hạ", "sonha"),
        ("UBND huyện Sơn Hà", "sonha"),
        ("Tịnh Sơn", "tinhson"),
        ("Mộ Đức", "moduc"),
    ],
)
def test_host_label_is_the_full_name_without_its_type(name, label):
    assert host_label(name) == label


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Sở Thông tin và Truyền thông", "stttt"),
        ("Sở Lao động - Thương binh và Xã hội", "sldtbxh"),
        ("Sở Nông nghiệp và Phát triển nông thôn", "snnptnt"),
        ("Sở Văn hóa, Thể thao và Du lịch", "svhttdl"),
        ("Sở Kế hoạch và Đầu tư", "skhdt"),
        ("Sở Y tế", "syt"),
        ("Văn phòng Ủy ban nhân dân", "vpubnd"),
    ],
)
def test_abbreviation_takes_the_initials(name, label):
    assert abbreviation_label(name) == label
