from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.utils import translation

from portal.subsites.links import canonical_url, label_of, language_prefix, main_host, root_url, site_url


@pytest.fixture
def request_to():
    """A request to a host from the pages of a site."""

    def make(host, label=""):
        request = RequestFactory().get("/", headers={"host": host})
        request.site = SimpleNamespace(label=label)
        return request

    return make


@pytest.mark.parametrize(
    ("host", "label"),
    [
        ("quangngai.gov.vn", ""),
        ("quangngai.gov.vn:443", ""),
        ("www.quangngai.gov.vn", ""),
        ("tunghia.quangngai.gov.vn", "tunghia"),
        ("tunghia.quangngai.gov.vn:8443", "tunghia"),
        ("www.tunghia.quangngai.gov.vn", "www.tunghia"),
        ("localhost", ""),
        ("localhost:8000", ""),
        ("tunghia.localhost:8000", "tunghia"),
        ("127.0.0.1:8000", ""),
        ("[::1]", ""),
        ("[::1]:8000", ""),
        ("vidu.vn", None),
        ("tunghiaquangngai.gov.vn", None),
        ("quangngai.gov.vn.vidu.vn", None),
        ("", None),
    ],
)
def test_the_label_a_host_stands_for(host, label):
    assert label_of(host) == label


def test_a_further_host_of_the_installation_is_the_portal_itself(settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "cong.quangngai.vn"]
    assert label_of("cong.quangngai.vn:8000") == ""
    assert label_of("tunghia.cong.quangngai.vn") is None


@pytest.mark.parametrize(
    ("host", "main"),
    [
        ("quangngai.gov.vn", "quangngai.gov.vn"),
        ("www.quangngai.gov.vn", "quangngai.gov.vn"),
        ("tunghia.quangngai.gov.vn", "quangngai.gov.vn"),
        ("TuNghia.QuangNgai.gov.vn:8000", "quangngai.gov.vn:8000"),
        ("tunghia.localhost:8000", "localhost:8000"),
        ("localhost:8000", "localhost:8000"),
        ("[::1]:8000", "[::1]:8000"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_the_main_host_is_named_as_the_reader_reached_it(request_to, host, main):
    assert main_host(request_to(host)) == main


def test_vietnamese_stands_at_the_top_and_english_below_en():
    assert (language_prefix(), language_prefix("vi"), language_prefix("en")) == ("", "", "/en")
    with translation.override("en"):
        assert (language_prefix(), language_prefix("vi")) == ("/en", "")


# host, site of the page, whether sites have hosts, site of the target, address
SITE_URLS = [
    ("localhost:8000", "", False, "", "/tin-tuc/"),
    ("localhost:8000", "", False, "tunghia", "/trang/tunghia/tin-tuc/"),
    ("localhost:8000", "", True, "tunghia", "http://tunghia.localhost:8000/tin-tuc/"),
    ("www.quangngai.gov.vn", "", False, "tunghia", "http://quangngai.gov.vn/trang/tunghia/tin-tuc/"),
    ("tunghia.localhost:8000", "tunghia", False, "tunghia", "/tin-tuc/"),
    ("tunghia.localhost:8000", "tunghia", False, "", "http://localhost:8000/tin-tuc/"),
    ("tunghia.localhost:8000", "tunghia", False, "stttt", "http://localhost:8000/trang/stttt/tin-tuc/"),
    ("tunghia.localhost:8000", "tunghia", True, "stttt", "http://stttt.localhost:8000/tin-tuc/"),
    ("tunghia.quangngai.gov.vn", "tunghia", True, "", "http://quangngai.gov.vn/tin-tuc/"),
]


@pytest.mark.parametrize(("host", "own", "by_host", "label", "url"), SITE_URLS)
def test_the_address_of_a_page_as_seen_from_another(request_to, settings, host, own, by_host, label, url):
    settings.PORTAL_SITES_BY_HOST = by_host
    assert site_url(request_to(host, own), label, "/tin-tuc/") == url
    with translation.override("en"):
        assert site_url(request_to(host, own), label, "/tin-tuc/") == url.replace("/tin-tuc/", "/en/tin-tuc/")


@pytest.mark.parametrize("host", ["localhost:8000", "tunghia.localhost:8000", "www.localhost:8000"])
@pytest.mark.parametrize(
    ("by_host", "label", "url"),
    [
        (False, "", "http://localhost:8000/tin-tuc/"),
        (False, "tunghia", "http://localhost:8000/trang/tunghia/tin-tuc/"),
        (True, "", "http://localhost:8000/tin-tuc/"),
        (True, "tunghia", "http://tunghia.localhost:8000/tin-tuc/"),
    ],
)
def test_a_page_has_one_canonical_address(request_to, settings, host, by_host, label, url):
    settings.PORTAL_SITES_BY_HOST = by_host
    request = request_to(host, "tunghia" if host.startswith("tunghia") else "")
    assert canonical_url(request, label, "/tin-tuc/") == url
    assert canonical_url(request, label, "/tin-tuc/", language="en") == url.replace("/tin-tuc/", "/en/tin-tuc/")


def test_an_address_of_the_portal_is_relative_on_its_own_host_only(request_to):
    assert root_url(request_to("localhost:8000"), "/trang/") == "/trang/"
    assert root_url(request_to("www.localhost:8000"), "/trang/") == "http://localhost:8000/trang/"
    assert root_url(request_to("tunghia.localhost"), "/trang/") == "http://localhost/trang/"
    assert root_url(request_to("localhost:8000"), language="en") == "/en/"
