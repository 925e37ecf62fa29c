import json
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from portal.agencies import demo as agencies
from portal.agencies.models import Agency
from portal.subsites import demo as sites
from portal.subsites import names
from portal.subsites.models import FormerLabel, Site
from tests.makers import make_agency, make_site

DISTRICT, CITY, DEPARTMENT = Agency.Kind.DISTRICT, Agency.Kind.CITY, Agency.Kind.DEPARTMENT
TODAY = date(2018, 3, 5)

# where the label in use is not the one the rule gives: label, what the rule gives
EXCEPTIONS = {
    "vpubnd": "vpubndt",
    "sngv": "snv",
    "thanhtra": "ttt",
    "bandantoc": "bdtt",
    "dungquat": "bqlkktdqckcnqn",
    "thanhpho": "quangngai",
}
LABELS = """
    vpubnd snv stp stc skhdt sct snnptnt sgtvt sxd stnmt skhcn sgddt syt svhttdl sldtbxh stttt sngv thanhtra
    bandantoc dungquat thanhpho binhson trabong taytra sontinh tunghia sonha sontay minhlong nghiahanh moduc
    ducpho bato lyson
"""


def rows(module, name):
    return json.loads(Path(module.FIXTURES, name).read_text())


def agency(kind, name, place="", *, parent=1):
    return Agency(kind=kind, name_vi=name, place_name_vi=place, parent_id=parent)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("kind", "name", "place", "label"),
    [
        (DEPARTMENT, "Sở Thông tin và Truyền thông", "", "stttt"),
        (DEPARTMENT, "Sở Giáo dục và Đào tạo", "", "sgddt"),
        (DEPARTMENT, "Sở Lao động - Thương binh và Xã hội", "", "sldtbxh"),
        (DEPARTMENT, "Sở Văn hóa, Thể thao và Du lịch", "", "svhttdl"),
        (DISTRICT, "Ủy ban nhân dân huyện Tư Nghĩa", "Huyện Tư Nghĩa", "tunghia"),
        (DISTRICT, "Ủy ban nhân dân huyện Tư Nghĩa", "", "tunghia"),
        (DISTRICT, "Ủy ban nhân dân huyện Mộ Đức", "Huyện Mộ Đức", "moduc"),
        (CITY, "Ủy ban nhân dân thành phố Quảng Ngãi", "Thành phố Quảng Ngãi", "quangngai"),
    ],
)
def test_article_6_decides_which_label_is_proposed(kind, name, place, label):
    assert names.suggest(agency(kind, name, place)) == label


def test_the_portal_itself_has_no_label():
    assert names.suggest(agency(Agency.Kind.PROVINCE, "Ủy ban nhân dân tỉnh Quảng Ngãi", parent=None)) == ""


def test_every_agency_of_2017_has_the_label_of_the_rule_or_a_known_exception():
    known = {row["code"]: row for row in rows(agencies, "demo_agencies.json")}
    in_use = {row["label"]: row for row in rows(sites, "demo_sites.json")}
    assert list(in_use) == ["", *LABELS.split()]
    for label, row in in_use.items():
        found = known[row["agency"]]
        body = agency(found["kind"], found["name_vi"], found.get("place_name_vi", ""), parent=found["parent"] and 1)
        assert names.suggest(body) == EXCEPTIONS.get(label, label)
        names.check(label, body, exception_reason=row["exception_reason"])
    assert [label for label, row in in_use.items() if row["exception_reason"]] == ["thanhpho"]


MALFORMED = "“%s” is not a host name of Article 6: letters a–z and digits only, without diacritics."


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("STTTT", MALFORMED),
        ("sởtttt", MALFORMED),
        ("st.ttt", MALFORMED),
        ("st-ttt", MALFORMED),
        ("st_ttt", MALFORMED),
        ("st ttt", MALFORMED),
        ("stttt\n", MALFORMED),
        ("đ", MALFORMED),
        ("ѕtttt", MALFORMED),  # the first letter is Cyrillic
        ("٣", MALFORMED),  # a digit, but not one of 0–9
        ("s" * 64, MALFORMED),
        ("www", "“%s” is reserved."),
        ("mail", "“%s” is reserved."),
        ("trang", "“%s” is reserved."),
        ("en", "“%s” is reserved."),
        ("static", "“%s” is reserved."),
    ],
)
def test_a_label_that_the_article_does_not_allow_is_refused(portal, label, sentence):
    department = make_agency("stttt", name_vi="Sở Thông tin và Truyền thông", parent=portal.agency)
    with pytest.raises(ValidationError) as refusal:
        names.check(label, department)
    assert refusal.value.messages == [sentence % label]
    with pytest.raises(ValidationError):
        make_site(department, label=label)
    assert list(Site.objects.all()) == [portal.site]


def test_a_department_may_have_an_english_abbreviation(portal):
    department = make_agency("stttt", name_vi="Sở Thông tin và Truyền thông", parent=portal.agency)
    assert make_site(department, label="dic").host == "dic.quangngai.gov.vn"


def test_a_site_without_a_label_gets_the_proposed_one(district):
    assert (district.site.label, district.site.host) == ("tunghia", "tunghia.quangngai.gov.vn")


def test_a_locality_has_its_full_name_or_an_approved_reason(portal):
    city = make_agency(
        "thanhpho",
        CITY,
        portal.agency,
        name_vi="Ủy ban nhân dân thành phố Quảng Ngãi",
        place_name_vi="Thành phố Quảng Ngãi",
    )
    with pytest.raises(ValidationError) as refusal:
        make_site(city, label="thanhpho")
    assert refusal.value.messages == [
        "Article 6.3 asks for the full name of the locality without diacritics: “quangngai”. "
        "Another name needs an approved reason."
    ]
    assert Site.objects.count() == 1
    reason = "Tên đầy đủ lặp lại ký hiệu tên miền của tỉnh."
    assert make_site(city, label="thanhpho", exception_reason=reason).label == "thanhpho"


def test_a_label_for_the_portal_itself_is_refused(portal):
    portal.site.label = "cong"
    with pytest.raises(ValidationError) as refusal:
        portal.site.full_clean()
    assert refusal.value.messages == ["The portal itself lives on the main host and has no label (Article 6.1)."]
    assert Site.objects.get().label == ""


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [("Sơn Hà", "Sơn Hạ", "sonha"), ("Ba Tơ", "Ba Tô", "bato")],
)
def test_of_two_localities_that_fold_to_one_name_the_second_is_refused(portal, first, second, label):
    one = make_agency("mot", DISTRICT, portal.agency, name_vi=f"UBND huyện {first}", place_name_vi=f"Huyện {first}")
    two = make_agency("hai", DISTRICT, portal.agency, name_vi=f"UBND huyện {second}", place_name_vi=f"Huyện {second}")
    assert make_site(one).label == label
    with pytest.raises(ValidationError) as refusal:
        make_site(two)
    assert refusal.value.message_dict == {"label": ["Site with this Host name already exists."]}
    assert Site.objects.get(label=label).agency == one


def test_a_label_given_up_stays_with_its_site_until_it_is_released(district):
    former = FormerLabel.objects.create(site=district.site, label="tunghiacu", used_until=TODAY)
    other = make_agency("sxd", name_vi="Sở Xây dựng", parent=district.agency.parent)
    with pytest.raises(ValidationError) as refusal:
        make_site(other, label="tunghiacu")
    assert refusal.value.message_dict == {
        "label": ["This name belonged to another site, which has not released it (Article 6)."]
    }
    assert not Site.objects.filter(agency=other).exists()
    former.released = True
    former.save()
    assert make_site(other, label="tunghiacu").label == "tunghiacu"


def test_a_site_may_take_its_own_former_label_back(district):
    FormerLabel.objects.create(site=district.site, label="huyentunghia", used_until=TODAY)
    district.site.label, district.site.exception_reason = "huyentunghia", "Tên đã dùng từ năm 2012."
    district.site.full_clean()


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("tunghia", "This name is in use."),
        ("Tunghiacu", "One label of the letters a–z and digits."),
        ("tu-nghia", "One label of the letters a–z and digits."),
    ],
)
def test_a_former_label_is_a_label_that_nobody_has(district, label, sentence):
    with pytest.raises(ValidationError) as refusal:
        FormerLabel(site=district.site, label=label, used_until=TODAY).full_clean()
    assert refusal.value.message_dict == {"label": [sentence]}


def test_a_former_label_is_held_by_one_site_at_a_time(district, portal):
    FormerLabel.objects.create(site=district.site, label="cu", used_until=TODAY)
    with pytest.raises(ValidationError):
        FormerLabel(site=portal.site, label="cu", used_until=TODAY).full_clean()
    FormerLabel(site=portal.site, label="cu", used_until=TODAY, released=True).full_clean()


def test_a_site_without_a_contact_point_is_not_switched_on(portal):
    silent = make_agency("sxd", name_vi="Sở Xây dựng", parent=portal.agency)
    silent.contact_points.all().delete()
    with pytest.raises(ValidationError) as refusal:
        make_site(silent)
    assert refusal.value.message_dict == {
        "is_active": ["A site needs the address, telephone and e-mail of Article 8.2 l before it is switched on."]
    }
    assert make_site(silent, is_active=False).is_active is False
