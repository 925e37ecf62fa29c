from datetime import date
from threading import Thread

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_script_prefix, reverse
from django.utils import translation

from portal.subsites.middleware import SiteMiddleware
from portal.subsites.models import FormerLabel, Site
from tests.makers import make_article, publish
from tests.web.pages import read

MAIN = "localhost:8000"
TITLE = "Thu hoạch mía ở Nghĩa Thắng"
PAGES = ["/", "/gioi-thieu/", "/lien-he/", "/dich-vu-cong-truc-tuyen/", "/so-do-cong/", "/tin-tuc/", "/tim-kiem/?q=mia"]


@pytest.fixture
def get(client):
    return lambda path, host=MAIN, **headers: client.get(path, headers={"host": host, **headers})


@pytest.fixture
def article(district):
    return publish(make_article(district.agency, by=district.editor, title_vi=TITLE))


@pytest.fixture
def former(district):
    return FormerLabel.objects.create(site=district.site, label="cu", used_until=date(2018, 3, 5))


def hreflangs(page):
    return {link["hreflang"]: link["href"] for link in page.all("link", rel="alternate") if link.get("hreflang")}


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_member_site_is_the_same_by_host_and_by_path(get, article, path, language):
    by_host = read(get(language + path, host=f"tunghia.{MAIN}"))
    by_path = read(get(f"/trang/tunghia{language}{path}"))
    assert by_host.text == by_path.text
    canonical = f"http://{MAIN}/trang/tunghia{language}{path.partition('?')[0]}"
    assert by_host.one("link", rel="canonical")["href"] == by_path.one("link", rel="canonical")["href"] == canonical
    assert hreflangs(by_host) == hreflangs(by_path)
    assert by_path.one("title").text == by_host.one("title").text


def test_an_item_has_one_address_whichever_way_the_reader_came(get, article):
    ways = [
        get(article.path(), host=f"tunghia.{MAIN}"),
        get(f"/trang/tunghia{article.path()}"),
    ]
    assert [way.status_code for way in ways] == [200, 200]
    assert {read(way).one("link", rel="canonical")["href"] for way in ways} == {
        f"http://{MAIN}/trang/tunghia{article.path()}"
    }


def test_links_stay_on_the_way_the_reader_came(get, article):
    by_path = read(get("/trang/tunghia/")).links
    assert f"/trang/tunghia{article.path()}" in by_path
    away = {link for link in by_path if not link.startswith(("/trang/tunghia/", "tel:", "mailto:"))}
    assert away == {"/", "/trang/", "/quan-tri/", "#content"}
    by_host = read(get("/", host=f"tunghia.{MAIN}")).links
    assert article.path() in by_host
    assert {link for link in by_host if link.startswith("http")} == {
        f"http://{MAIN}/",
        f"http://{MAIN}/trang/",
        f"http://{MAIN}/quan-tri/",
    }
    assert not [link for link in by_host if link.startswith("/trang/")]


@pytest.mark.parametrize("path", ["/", "/tin-tuc/", "/en/", "/quan-tri/", "/khong-co/"])
@pytest.mark.parametrize("by_host", [True, False])
def test_an_unknown_label_is_a_helpful_404_without_content(get, portal, path, by_host):
    publish(make_article(portal.agency, by=portal.editor, title_vi=TITLE))
    response = get(path, host=f"khongco.{MAIN}") if by_host else get(f"/trang/khongco{path}")
    page = read(response)
    assert response.status_code == 404
    assert page.one("h1").text == "Địa chỉ không thuộc Cổng"
    assert page.one("h2").lang == "en"
    assert page.links == [f"http://{MAIN}/"]
    assert f"khongco.{MAIN}" in page.text if by_host else f"{MAIN}/trang/khongco/" in page.text
    assert TITLE not in response.content.decode() and portal.site.name not in page.text


@pytest.mark.parametrize("host", ["vidu.vn", "quangngai.gov.vn.vidu.vn", "tunghia.quangngai.gov.vn.vidu.vn", "a b", ""])
def test_a_foreign_host_is_refused(get, article, host):
    response = get("/", host=host)
    assert response.status_code == 400
    assert read(response).one("h1").text == "Yêu cầu không hợp lệ"
    assert TITLE not in response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_foreign_host_leaves_one_line_in_the_log_and_no_traceback(get, article, caplog):
    get("/", host="vidu.vn")
    (record,) = [row for row in caplog.records if row.name == "django.security.DisallowedHost"]
    assert "vidu.vn" in record.getMessage()
    assert record.exc_info is None


@pytest.mark.parametrize(
    "host", ["www.quangngai.gov.vn", "quangngai.gov.vn", "WWW.QuangNgai.GOV.vn", "www.localhost:8000"]
)
def test_www_is_the_portal_itself(get, portal, host):
    page = read(get("/", host=host))
    assert page.one("title").text == portal.site.name
    base = "localhost:8000" if "localhost" in host else "quangngai.gov.vn"
    assert page.one("link", rel="canonical")["href"] == f"http://{base}/"


def test_a_host_is_read_whatever_its_case(get, district):
    page = read(get("/", host="TuNghia.QuangNgai.gov.vn"))
    assert page.one("title").text == district.site.name
    assert page.one("link", rel="canonical")["href"] == "http://quangngai.gov.vn/trang/tunghia/"


@pytest.mark.parametrize("host", ["tunghia.quangngai.gov.vn.", "tunghia.localhost.:8000"])
def test_a_host_may_end_with_the_root_of_all_names(get, district, host):
    page = read(get("/", host=host))
    assert page.one("title").text == district.site.name
    assert ".:" not in page.one("link", rel="canonical")["href"]


@pytest.mark.parametrize("label", ["%00", "tu%00nghia", "a" * 500, "tunghia%20", "TUNGHIA"])
def test_a_label_that_is_none_is_a_404(get, district, label):
    assert get(f"/trang/{label}/").status_code == 404


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("localhost:8010", "localhost:8010"),
        ("tunghia.localhost:8010", "localhost:8010"),
        ("127.0.0.1:8010", "127.0.0.1:8010"),
        ("[::1]:8010", "[::1]:8010"),
        ("tunghia.quangngai.gov.vn", "quangngai.gov.vn"),
    ],
)
def test_absolute_addresses_keep_the_port(get, article, host, base):
    way = "" if host.startswith("tunghia") else "/trang/tunghia"
    page = read(get(f"{way}/", host=host))
    assert page.one("link", rel="canonical")["href"] == f"http://{base}/trang/tunghia/"


def test_a_mounted_site_without_its_last_slash_is_led_on_with_its_query(get, district):
    response = get("/trang/tunghia?thang=2018-03")
    assert (response.status_code, response["Location"]) == (301, "/trang/tunghia/?thang=2018-03")


@pytest.mark.parametrize("path", ["/tin-tuc/", "/en/tin-tuc/", "/tin-tuc/cu-1/", "/"])
def test_a_former_label_leads_to_the_present_one(get, former, path):
    query = "?thang=2018-03&trang=2"
    by_host = get(f"{path}{query}", host=f"cu.{MAIN}")
    by_path = get(f"/trang/cu{path}{query}")
    assert (by_host.status_code, by_path.status_code) == (301, 301)
    assert by_host["Location"] == f"http://tunghia.{MAIN}{path}{query}"
    assert by_path["Location"] == f"/trang/tunghia{path}{query}"


def test_a_former_label_keeps_what_is_escaped_in_the_address(get, former):
    response = get("/trang/cu/tep/1/b%E1%BA%A3ng%3F1.pdf")
    assert response["Location"] == "/trang/tunghia/tep/1/b%E1%BA%A3ng%3F1.pdf"


def test_a_released_label_leads_nowhere(get, former):
    FormerLabel.objects.update(released=True)
    assert get("/", host=f"cu.{MAIN}").status_code == 404
    assert get("/trang/cu/").status_code == 404


def test_a_former_label_of_a_site_that_is_switched_off_leads_nowhere(get, former):
    Site.objects.filter(label="tunghia").update(is_active=False)
    assert get("/", host=f"cu.{MAIN}").status_code == 404
    assert get("/trang/cu/").status_code == 404


def test_a_site_that_is_switched_off_is_not_there(get, article):
    Site.objects.filter(label="tunghia").update(is_active=False)
    for path in [*PAGES, article.path(), "/sitemap.xml", "/rss/"]:
        assert get(path, host=f"tunghia.{MAIN}").status_code == 404
        response = get(f"/trang/tunghia{path}")
        assert response.status_code == 404
        assert TITLE not in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/tin-tuc/", "/tim-kiem/?q=mia", "/so-do-cong/", "/trang/", "/rss/", "/sitemap-1.xml"]
)
def test_the_portal_does_not_list_what_stands_on_a_site_that_is_switched_off(get, article, path):
    Site.objects.filter(label="tunghia").update(is_active=False)
    response = get(path)
    assert response.status_code == 200
    assert TITLE not in response.content.decode()
    assert "/trang/tunghia/" not in response.content.decode()


def test_a_member_site_answers_while_the_portal_is_switched_off(get, article):
    Site.objects.filter(label="").update(is_active=False)
    assert get("/").status_code == 404
    assert read(get("/trang/tunghia/tin-tuc/")).titles == [TITLE]


def test_the_language_stands_below_the_mounted_site(get, district):
    page = read(get("/trang/tunghia/en/tin-tuc/"))
    assert page.one("html")["lang"] == "en"
    assert "/trang/tunghia/en/gioi-thieu/" in page.links
    assert get("/en/trang/tunghia/").status_code == 404
    assert get("/trang/tunghia/trang/tunghia/").status_code == 404


def test_the_list_of_sites_is_on_the_portal_alone(get, district):
    assert get("/trang/").status_code == 200
    assert get("/trang/tunghia/trang/").status_code == 404
    assert get("/trang/", host=f"tunghia.{MAIN}").status_code == 404


# --- the mount point within a request ------------------------------------------------------------------------


@pytest.fixture
def within(district):
    """What a function returns when it is called inside a request to this path."""

    def ask(path, function, host="localhost"):
        answers = []

        def view(request):
            answers.append(function(request))
            return HttpResponse()

        SiteMiddleware(view)(RequestFactory().get(path, headers={"host": host}))
        return answers[0]

    return ask


def test_reversed_addresses_begin_with_the_mount_point(within):
    assert within("/trang/tunghia/", lambda request: reverse("news:list")) == "/trang/tunghia/tin-tuc/"
    assert within("/", lambda request: reverse("news:list"), host="tunghia.localhost") == "/tin-tuc/"
    with translation.override("en"):
        assert within("/trang/tunghia/en/", lambda request: reverse("news:list")) == "/trang/tunghia/en/tin-tuc/"


def test_a_mounted_request_knows_its_site_and_its_path(within, portal, district):
    def ask(request):
        return request.site, request.root_site, request.path_info, request.path

    seen = within("/trang/tunghia/tin-tuc/", ask)
    assert seen == (district.site, portal.site, "/tin-tuc/", "/trang/tunghia/tin-tuc/")
    assert within("/tin-tuc/", ask) == (portal.site, portal.site, "/tin-tuc/", "/tin-tuc/")


def test_the_mount_point_ends_with_its_request(within, client, article):
    within("/trang/tunghia/", lambda request: None)
    assert get_script_prefix() == "/"
    client.get("/trang/tunghia/")
    assert f"/trang/tunghia{article.path()}" in read(client.get("/")).links
    assert "/gioi-thieu/" in read(client.get("/so-do-cong/")).links


def test_the_mount_point_ends_with_an_exception(within, client):
    with pytest.raises(ZeroDivisionError):
        within("/trang/tunghia/", lambda request: 1 / 0)
    assert get_script_prefix() == "/"
    assert "/so-do-cong/" in read(client.get("/")).links


def test_a_mount_point_is_put_back_into_the_one_around_it(within):
    def nested(request):
        within("/trang/tunghia/", lambda inner: None)
        return get_script_prefix()

    assert within("/trang/tunghia/", nested) == "/trang/tunghia/"


def test_other_threads_do_not_see_the_mount_point(within):
    seen = []

    def ask(request):
        thread = Thread(target=lambda: seen.append(reverse("news:list")))
        thread.start()
        thread.join()
        return reverse("news:list")

    assert within("/trang/tunghia/", ask) == "/trang/tunghia/tin-tuc/"
    assert seen == ["/tin-tuc/"]


# --- where member sites have their names in DNS --------------------------------------------------------------


def test_member_sites_are_addressed_by_host_where_they_have_one(get, article, settings):
    settings.PORTAL_SITES_BY_HOST = True
    links = read(get("/", host="quangngai.gov.vn")).links
    assert "http://tunghia.quangngai.gov.vn/" in links
    assert f"http://tunghia.quangngai.gov.vn{article.path()}" in links
    assert not [link for link in links if "/trang/tunghia" in link]
    by_host = get(article.path(), host="tunghia.quangngai.gov.vn")
    by_path = get(f"/trang/tunghia{article.path()}", host="quangngai.gov.vn")
    for way in (by_host, by_path):
        assert read(way).one("link", rel="canonical")["href"] == f"http://tunghia.quangngai.gov.vn{article.path()}"
        assert "Host" in way["Vary"]


# --- before the first site -----------------------------------------------------------------------------------


def test_the_back_office_answers_before_there_is_a_site(get, db):
    assert get("/quan-tri/")["Location"] == "/quan-tri/login/?next=/quan-tri/"
    assert get("/quan-tri/login/").status_code == 200
    assert get("/en/quan-tri/login/").status_code == 200


def test_the_back_office_can_be_used_before_there_is_a_site(get, client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("quantri", full_name="Quản trị"))
    for path in ["", "subsites/site/add/", "agencies/agency/add/"]:
        assert get(f"/quan-tri/{path}").status_code == 200


def test_the_monitor_is_answered_before_there_is_a_site(get, db):
    assert get("/suc-khoe/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/en/", "/tin-tuc/", "/trang/tunghia/", "/robots.txt"])
def test_a_public_page_before_there_is_a_site_is_a_404(get, db, path):
    response = get(path)
    assert response.status_code == 404
    assert read(response).one("h1").text == "Địa chỉ không thuộc Cổng"
