"""Every page a reader can come to from the home page: that it is there, and what its markup and headers hold."""

from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client

from portal.publishing import editing
from portal.publishing.models import Attachment, GalleryPicture
from tests.files.samples import PDF, file, picture
from tests.makers import ago, archive, make_article, make_rubric, publish, withdraw
from tests.web.pages import read
from tests.web.soundness import faults, header_faults

ENGLISH = {"title_en": "Work on the bridge", "summary_en": "Summary.", "body_en": "<h2>Size</h2><p>Text.</p>"}
# what is sent by readers carries a cookie against forged forms
OF_FORMS = {"a cookie", "varies on Cookie"}
WITH_FORMS = ("/bao-loi/", "/hoi-dap/gui/", "/hoi-dap/gui-lai-lien-ket/", "/hoi-dap/theo-doi/")
STARTS = ["/", "/en/", "/trang/tunghia/", "/trang/tunghia/en/"]


@pytest.fixture
def small_portal(portal, district):
    """A few of everything: every rubric, pictures, files, translations, corrections, archived and withdrawn items."""
    _fill(portal, 22)
    _fill(district, 6)


def _fill(place, count):
    rubric = make_rubric("thoi-su", parent=make_rubric())
    agency, by = place.agency, place.editor
    withdraw(publish(make_article(agency, by=by, rubric=rubric, title_vi="Đã gỡ")))
    archive(publish(make_article(agency, by=by, rubric=rubric, title_vi="Đã cũ")))
    for number in range(count):
        article = make_article(agency, by=by, rubric=rubric, **_texts(number))
        if number == 1:
            _illustrate(article)
        publish(article, when=ago(days=number + 1))
    revision = editing.propose(article, {"title_vi": "Tên đúng"}, by=by, note="Sửa tên.")
    editing.apply(revision, by=place.head)
    urgent = make_rubric("thong-tin-theo-chi-dao", point="8.2.m")
    publish(make_article(agency, by=by, rubric=urgent, title_vi="Tin khẩn", order_reference="Công điện số 12/CĐ-UBND"))


def _texts(number):
    picture_fields = {"picture": picture(), "picture_alt_vi": "Cầu", "picture_source": "Minh Quân"}
    return (
        {"title_vi": f"Tin số {number}"} | (ENGLISH if number % 3 == 0 else {}) | (picture_fields if number < 8 else {})
    )


def _illustrate(article):
    for number in range(2):
        GalleryPicture.objects.create(item=article, picture=picture(), alt_vi=f"Ảnh {number}", source="Minh Quân")
    Attachment.objects.create(item=article, file=file(PDF, "a.pdf"), title_vi="Bảng giá đất")


@pytest.fixture
def crawl(client, small_portal):
    """{address: response} of all that can be reached by links from the start, on its own site or not."""

    def run(start):
        found, waiting = {}, [start]
        while waiting:
            address = waiting.pop(0)
            if address not in found:
                found[address] = response = client.get(address)
                waiting += _addresses(address, response) if _is_page(response) else []
        return found

    return run


def _is_page(response):
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


def _addresses(base, response):
    """The addresses of this portal that a page names in links, pictures and its head; the back office left out."""
    named = []
    for element in read(response).elements:
        named += [element.get("href"), element.get("src")]
        named += [part.split()[0] for part in (element.get("srcset") or "").split(",") if part]
    absolute = {urldefrag(urljoin(f"http://testserver{base}", name)).url for name in named if name}
    parts = [urlsplit(address) for address in absolute if address.startswith("http://testserver/")]
    paths = {part.path + (f"?{part.query}" if part.query else "") for part in parts}
    return sorted(path for path in paths if not path.startswith(("/static/", "/quan-tri/", "/en/quan-tri/")))


def test_every_link_leads_somewhere(crawl):
    seen = {}
    for start in STARTS:
        if start not in seen:
            seen |= crawl(start)
    wrong = {address: response.status_code for address, response in seen.items() if response.status_code != 200}
    assert wrong == {}
    assert set(STARTS) < set(seen)
    assert len([address for address in seen if "/anh/" in address]) >= 8
    assert any("/ban-cu/" in address for address in seen)
    pages = {address: read(response) for address, response in seen.items() if _is_page(response)}
    assert len(pages) > 120
    for address, page in pages.items():
        assert faults(page) == [], address
    for address, response in seen.items():
        has_form = any(part in address for part in WITH_FORMS)
        assert set(header_faults(response)) <= (OF_FORMS if has_form else set()), address


# pages that no link leads to
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/khong-co/", 404),
        ("/en/khong-co/", 404),
        ("/trang/tunghia/khong-co/", 404),
        ("/trang/khongco/", 404),
        ("/tim-kiem/?q=tin", 200),
        ("/en/tim-kiem/?q=tin&trang=2", 200),
        ("/tim-kiem/?q=zzzz", 200),
        ("/tim-kiem/?q=***", 200),
        ("/tin-tuc/?thang=2018-03&co_quan=x", 200),
        ("/tin-tuc/chuyen-muc/tin-tuc-su-kien/?thang=9999-99", 200),
        ("{withdrawn}", 410),
        ("/en{withdrawn}", 410),
    ],
)
def test_pages_that_no_link_leads_to_are_sound_too(client, portal, district, path, status):
    make_rubric("tin-tuc-su-kien")
    publish(make_article(portal.agency, by=portal.editor, title_vi="Tin"))
    gone = withdraw(publish(make_article(portal.agency, by=portal.editor)))
    response = client.get(path.format(withdrawn=gone.path()))
    assert response.status_code == status
    assert faults(read(response)) == []
    assert header_faults(response) == []


def test_a_preview_and_empty_sites_are_sound_too(client, portal, district):
    for path in ["/", "/en/", "/trang/tunghia/", "/tin-tuc/", "/gioi-thieu/"]:
        assert faults(read(client.get(path))) == []
    draft = make_article(portal.agency, by=portal.editor)
    client.force_login(portal.head)
    assert faults(read(client.get(f"{draft.path()}?xem-truoc=1"))) == []


def test_a_refused_host_gets_a_sound_page(client, portal):
    response = client.get("/", headers={"host": "vidu.vn"})
    assert faults(read(response)) == []
    assert header_faults(response) == []


@pytest.mark.parametrize("path", ["/", "/en/lien-he/", "/trang/tunghia/"])
def test_a_form_that_was_not_asked_for_gets_a_sound_page(portal, district, path):
    response = Client(enforce_csrf_checks=True).post(path, {"a": "b"})
    assert response.status_code == 403
    assert faults(read(response)) == []
    assert header_faults(response) == []


def test_the_page_of_an_error_is_sound_and_in_both_languages(client, portal, monkeypatch):
    monkeypatch.setattr("portal.web.views.site_groups", None)
    client.raise_request_exception = False
    response = client.get("/trang/")
    page = read(response)
    assert response.status_code == 500
    assert faults(page) == []
    assert header_faults(response) == []
    assert "Cổng tạm thời gặp sự cố" in page.words_in("vi")
    assert "The portal has a temporary problem" in page.words_in("en")


def test_the_description_of_a_page_is_one_line(client, portal):
    page = read(client.get("/"))
    descriptions = [page.one("meta", name=name)["content"] for name in ("description", "DC.Description")]
    assert [text == " ".join(text.split()) and text != "" for text in descriptions] == [True, True]
