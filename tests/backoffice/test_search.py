"""Lists and choices of the back office find names and titles however they are typed."""

import unicodedata

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.editorial.models import AuditEvent, Board, Membership
from portal.obligations.models import Obligation
from portal.subsites.models import Site
from tests.backoffice.pages import listing, signed_in
from tests.makers import make_article, make_user
from tests.obligations.test_ledger import guidance

pytestmark = pytest.mark.usefixtures("law")


@pytest.fixture
def administrator(db):
    return make_user("quantri", full_name="Quản trị", is_superuser=True)


def found(user, model, words):
    page = signed_in(user).get(listing(model), {"q": words})
    assert page.status_code == 200
    return [str(row) for row in page.context["cl"].result_list]


@pytest.mark.parametrize("typed", ["nguyen thi diem", "NGUYỄN Diễm", "diem", "tn.diem", "diem@tunghia.vn"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_people_are_found_without_diacritics(form, typed, administrator):
    make_user("tn.diem", full_name="Nguyễn Thị Diễm", email="diem@tunghia.vn")
    make_user("khac", full_name="Đỗ Văn Khác")
    assert found(administrator, User, unicodedata.normalize(form, typed)) == ["Nguyễn Thị Diễm"]


def test_a_name_that_begins_with_a_crossed_d_is_found(administrator):
    make_user("khac", full_name="Đỗ Văn Khác")
    assert found(administrator, User, "do van") == ["Đỗ Văn Khác"]


def test_the_choice_of_a_person_for_a_board_finds_them_too(administrator):
    person = make_user("tn.diem", full_name="Nguyễn Thị Diễm")
    make_user("khac", full_name="Đỗ Văn Khác")
    query = {"app_label": "editorial", "model_name": "membership", "field_name": "user", "term": "nguyen diem"}
    answer = signed_in(administrator).get(reverse("admin:autocomplete"), query).json()
    assert [row["id"] for row in answer["results"]] == [str(person.pk)]
    assert Membership.objects.count() == 0


def test_who_is_renamed_is_found_by_the_new_name(administrator):
    person = make_user("tn.diem", full_name="Nguyễn Thị Diễm")
    person.full_name = "Lê Thị Mỹ"
    person.save()
    assert found(administrator, User, "le thi my") == ["Lê Thị Mỹ"]
    assert found(administrator, User, "nguyen") == []


def test_duties_are_found_without_diacritics(portal):
    guidance(portal, title_vi="Phiên họp thường kỳ tháng Ba")
    guidance(portal, title_vi="Tin khác")
    for typed in ("phien hop", "PHIÊN HỌP", unicodedata.normalize("NFD", "Phiên họp")):
        assert found(portal.head, Obligation, typed) == ["D6: Phiên họp thường kỳ tháng Ba"]
    assert found(portal.head, Obligation, "phien khong co") == []


def test_the_audit_is_searched_by_item_and_person_without_diacritics(portal):
    make_article(portal.agency, by=portal.editor, title_vi="Phiên họp thường kỳ")
    writer = make_article(portal.agency, by=portal.secretary, title_vi="Tin khác").created_by
    for words, title in [("phien hop", "Phiên họp thường kỳ"), (writer.full_name.lower(), "Tin khác")]:
        page = signed_in(portal.head).get(listing(AuditEvent), {"q": words})
        assert [row.item_title for row in page.context["cl"].result_list] == [title]


DECOMPOSED = unicodedata.normalize("NFD", "Tư Nghĩa")


@pytest.mark.parametrize("typed", ["Tư Nghĩa", "tu nghia", "nghia tu", DECOMPOSED, "7a/qd"])
def test_boards_are_found_by_their_agency_and_their_decision(typed, administrator, district):
    Board.objects.filter(pk=district.board.pk).update(decision_number="7a/QĐ-UBND")
    page = signed_in(administrator).get(listing(Board), {"q": typed})
    assert list(page.context["cl"].result_list) == [district.board]


def test_sites_are_found_in_decomposed_spelling_too(administrator, district):
    page = signed_in(administrator).get(listing(Site), {"q": DECOMPOSED})
    assert list(page.context["cl"].result_list) == [district.site]
