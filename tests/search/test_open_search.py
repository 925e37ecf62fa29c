"""The description by which a browser offers the search of a site in its address bar."""

from xml.etree import ElementTree

import pytest

from tests.makers import make_agency, make_site
from tests.web.pages import read

NAMES = {"": "http://a9.com/-/spec/opensearch/1.1/"}
TYPE = "application/opensearchdescription+xml"
MOUNTS = ["", "/en", "/trang/tunghia", "/trang/tunghia/en"]


@pytest.fixture
def describe(client):
    def ask(mount=""):
        response = client.get(f"{mount}/tim-kiem/trinh-duyet.xml")
        assert (response.status_code, response["Content-Type"]) == (200, TYPE)
        return ElementTree.fromstring(response.content)

    return ask


def addresses(tree):
    return {row.get("type"): row.get("template") for row in tree.iterfind("Url", NAMES)}


@pytest.mark.parametrize("mount", MOUNTS)
def test_each_site_and_language_has_its_own(describe, district, mount):
    base = f"http://testserver{mount}/tim-kiem/"
    assert addresses(describe(mount)) == {
        "text/html": f"{base}?q={{searchTerms}}",
        "application/x-suggestions+json": f"{base}goi-y/?q={{searchTerms}}",
        "application/rss+xml": f"{base}rss/?q={{searchTerms}}",
        TYPE: f"{base}trinh-duyet.xml",
    }


@pytest.mark.parametrize("mount", MOUNTS)
def test_the_elements_are_those_of_the_specification(describe, district, mount):
    tree = describe(mount)
    assert tree.tag == "{http://a9.com/-/spec/opensearch/1.1/}OpenSearchDescription"
    assert 1 <= len(tree.findtext("ShortName", namespaces=NAMES)) <= 16
    assert 1 <= len(tree.findtext("Description", namespaces=NAMES)) <= 1024
    assert tree.findtext("Language", namespaces=NAMES) == ("en" if mount.endswith("/en") else "vi")
    assert tree.findtext("Image", namespaces=NAMES) == "http://testserver/static/portal/favicon.ico"


def test_the_short_name_is_a_name_and_no_stump(describe, portal, district):
    names = {"name_vi": "Sở Tài nguyên và Môi trường", "name_en": "Department of Natural Resources"}
    make_site(make_agency("stnmt", parent=portal.agency, abbreviation="STNMT", **names), label="stnmt")
    make_site(make_agency("sokhongten", parent=portal.agency, name_vi="Sở Khoa học và Công nghệ"), label="sokhcn")
    found = {mount: describe(mount).findtext("ShortName", namespaces=NAMES) for mount in ["", "/trang/tunghia"]}
    assert found == {"": "quangngai.gov.vn", "/trang/tunghia": "Huyện Tư Nghĩa"}
    assert describe("/trang/stnmt").findtext("ShortName", namespaces=NAMES) == "STNMT"
    assert describe("/trang/sokhcn").findtext("ShortName", namespaces=NAMES) == "sokhcn"


@pytest.mark.parametrize("path", ["/", "/tim-kiem/", "/lien-he/", "/khong-co/"])
@pytest.mark.parametrize("mount", MOUNTS)
def test_every_page_names_it(client, district, mount, path):
    link = read(client.get(mount + path)).one("link", rel="search")
    assert (link["type"], link["href"]) == (TYPE, f"{mount}/tim-kiem/trinh-duyet.xml")
    assert link["title"]
