import pytest
from django.utils import translation

from portal.subsites.models import FormerLabel, Site
from tests.backoffice.pages import address, fill_in, signed_in
from tests.makers import make_agency, make_site, make_user


@pytest.fixture
def rename(portal):
    """Gives a site another label in the back office."""
    person = signed_in(make_user(is_superuser=True))

    def send(site, label):
        url = address(site, "change")
        form = fill_in(person.get(url), "label", label=label, exception_reason="Đã duyệt.")
        with translation.override("vi"):
            return person.post(url, form)

    return send


def labels():
    return list(FormerLabel.objects.order_by("pk").values_list("site__label", "label", "released"))


def test_a_label_that_is_given_up_leads_to_the_new_one(rename, district, client):
    assert rename(district.site, "huyentunghia").status_code == 302
    assert labels() == [("huyentunghia", "tunghia", False)]
    assert client.get("/trang/tunghia/tin-tuc/")["Location"] == "/trang/huyentunghia/tin-tuc/"
    assert client.get("/trang/huyentunghia/tin-tuc/").status_code == 200


def test_a_site_that_is_saved_under_its_label_has_no_former_one(rename, district):
    assert rename(district.site, "tunghia").status_code == 302
    assert labels() == []


def test_a_label_may_be_taken_back_and_given_up_again(rename, district, client):
    for label in ["huyentunghia", "tunghia", "laha"]:
        assert rename(district.site, label).status_code == 302
    assert labels() == [("laha", "huyentunghia", False), ("laha", "tunghia", False)]
    for former in ["huyentunghia", "tunghia"]:
        assert client.get(f"/trang/{former}/")["Location"] == "/trang/laha/"


def test_a_site_can_be_saved_after_it_took_its_label_back(rename, district):
    for label in ["huyentunghia", "tunghia", "tunghia"]:
        assert rename(district.site, label).status_code == 302
    assert labels() == [("tunghia", "huyentunghia", False)]


def test_a_site_can_be_saved_after_another_took_the_label_it_released(rename, district, portal):
    rename(district.site, "huyentunghia")
    FormerLabel.objects.update(released=True)
    make_site(make_agency("sxd", name_vi="Sở Xây dựng", parent=portal.agency), label="tunghia")
    assert rename(district.site, "laha").status_code == 302
    assert Site.objects.get(pk=district.site.pk).label == "laha"
