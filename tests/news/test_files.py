from io import BytesIO

import pytest
from PIL import Image

from news.models import Article
from portal.editorial.roles import State
from portal.publishing.models import Attachment, GalleryPicture
from tests.files.samples import DOCX as DOCX_PARTS
from tests.files.samples import PDF, archive, file, photo
from tests.makers import ahead, bring_to, frozen, make_article, publish

HIDDEN = [State.DRAFT, State.SUBMITTED, State.APPROVED, State.WITHDRAWN]


@pytest.fixture
def draft(portal):
    """With a picture of 2000 × 1000 from a telephone, a further one of 600 × 400, a PDF and a Word file."""
    article = make_article(
        portal.agency,
        by=portal.editor,
        picture=photo((2000, 1000)),
        picture_alt_vi="Cầu Trà Khúc",
        picture_source="Ảnh: Minh Quân",
    )
    GalleryPicture.objects.create(item=article, picture=photo((600, 400)), alt_vi="Bờ bắc", source="Ảnh: Minh Quân")
    Attachment.objects.create(item=article, file=file(PDF, "scan0001.pdf"), title_vi="Bảng giá đất năm 2018")
    Attachment.objects.create(item=article, file=file(archive(DOCX_PARTS), "mau.docx"), title_vi="Mẫu đơn")
    return article


def addresses(article):
    return [
        article.picture_path().format(width=800),
        article.gallery.get().path().format(width=800),
        *[row.path() for row in article.attachments.all()],
    ]


def content(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(("width", "size"), [(400, (400, 200)), (800, (800, 400)), (1600, (1600, 800))])
def test_a_picture_is_served_in_three_widths(client, draft, width, size):
    article = publish(draft)
    response = client.get(article.picture_path().format(width=width))
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Content-Disposition"] == 'inline; filename="anh.jpg"'
    assert Image.open(BytesIO(content(response))).size == size


def test_a_further_picture_is_served_in_three_widths_and_never_enlarged(client, draft):
    picture = publish(draft).gallery.get()
    sizes = [
        Image.open(BytesIO(content(client.get(picture.path().format(width=width))))).size for width in (400, 800, 1600)
    ]
    assert sizes == [(400, 267), (600, 400), (600, 400)]


@pytest.mark.parametrize("width", [0, 1, 399, 401, 1200, 3200, 999999])
def test_other_widths_are_not_there(client, draft, width):
    article = publish(draft)
    assert client.get(article.picture_path().format(width=width)).status_code == 404
    assert client.get(article.gallery.get().path().format(width=width)).status_code == 404


def test_where_a_picture_was_taken_stays_with_the_photographer(client, draft):
    article = publish(draft)
    for path in addresses(article)[:2]:
        shown = content(client.get(path))
        assert b"Exif" not in shown and b"Telephone" not in shown
        assert not Image.open(BytesIO(shown)).getexif()


@pytest.mark.parametrize(
    "path",
    [
        "/anh/news.article/{pk}/800/sai.jpg",
        "/anh/news.rubric/{pk}/800/{stem}.jpg",
        "/anh/accounts.user/{pk}/800/{stem}.jpg",
        "/anh/khong.co/{pk}/800/{stem}.jpg",
        "/anh/news.article/999999/800/{stem}.jpg",
        "/anh-kem/999999/800.jpg",
        "/tep/999999/tep.pdf",
    ],
)
def test_a_file_that_is_not_there_is_a_404(client, draft, path):
    article = publish(draft)
    stem = article.picture_path().rpartition("/")[2].removesuffix(".jpg")
    assert client.get(path.format(pk=article.pk, stem=stem)).status_code == 404


def test_an_article_without_a_picture_has_none(client, portal):
    article = publish(make_article(portal.agency, by=portal.editor))
    assert article.picture_path() == ""
    assert client.get(f"/anh/news.article/{article.pk}/800/abc.jpg").status_code == 404


def test_a_pdf_is_shown_under_its_vietnamese_title(client, draft):
    found = publish(draft).attachments.first()
    assert found.path() == f"/tep/{found.pk}/bang-gia-dat-nam-2018.pdf"
    response = client.get(found.path())
    assert content(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        "inline; filename*=utf-8''B%E1%BA%A3ng%20gi%C3%A1%20%C4%91%E1%BA%A5t%20n%C4%83m%202018.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "Set-Cookie" not in response.headers


def test_other_files_are_saved_not_shown(client, draft):
    found = publish(draft).attachments.last()
    response = client.get(found.path())
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''M%E1%BA%ABu%20%C4%91%C6%A1n.docx"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_number_decides_which_file_it_is(client, draft):
    found = publish(draft).attachments.first()
    assert content(client.get(f"/tep/{found.pk}/ten-khac.exe")) == PDF


def test_a_file_that_is_lost_is_a_404(client, draft):
    found = publish(draft).attachments.first()
    found.file.storage.delete(found.file.name)
    assert client.get(found.path()).status_code == 404


def test_files_are_on_every_site_the_article_is_read_from(client, district):
    article = publish(make_article(district.agency, by=district.editor))
    found = Attachment.objects.create(item=article, file=file(PDF, "a.pdf"), title_vi="Bảng")
    assert f"/trang/tunghia{found.path()}" in client.get(f"/trang/tunghia{article.path()}").content.decode()
    assert client.get(f"/trang/tunghia{found.path()}").status_code == 200
    assert client.get(found.path(), headers={"host": "tunghia.localhost"}).status_code == 200


@pytest.mark.parametrize("name", ["a", "", "x.y"])
def test_a_picture_has_one_address(client, draft, name):
    article = publish(draft)
    stem = article.picture_path().rpartition("/")[2].removesuffix(".jpg")
    path = article.picture_path().format(width=800).replace(stem, stem[:3] + name)
    assert client.get(path).status_code == 404


def test_files_of_a_site_that_is_switched_off_are_not_there(client, draft, portal, district):
    article = publish(draft)
    assert [client.get(f"/trang/tunghia{path}").status_code for path in addresses(article)] == [200] * 4
    portal.site.is_active = False
    portal.site.save()
    assert [client.get(f"/trang/tunghia{path}").status_code for path in addresses(article)] == [404] * 4


@pytest.mark.parametrize("state", HIDDEN)
def test_files_of_what_readers_may_not_open_are_not_there(client, draft, portal, state):
    article = bring_to(state, draft, by=portal.head)
    for path in addresses(article):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("state", [State.PUBLISHED, State.ARCHIVED])
def test_files_of_what_readers_may_open_are_there(client, draft, portal, state):
    article = bring_to(state, draft, by=portal.head)
    assert [client.get(path).status_code for path in addresses(article)] == [200] * 4


def test_the_board_sees_its_files_before_the_readers_do(client, draft, portal, district):
    client.force_login(portal.head)
    assert [client.get(path).status_code for path in addresses(draft)] == [200] * 4
    client.force_login(district.head)
    assert [client.get(path).status_code for path in addresses(draft)] == [404] * 4


# --- publication at a set time -------------------------------------------------------------------------------


def test_before_its_time_nothing_of_an_article_is_there_and_at_its_time_all_of_it(client, draft):
    article = publish(draft, at=ahead(seconds=60))
    pages = [article.path(), f"{article.path()}in/", f"/en{article.path()}", *addresses(article)]
    lists = ["/", "/tin-tuc/", "/en/tin-tuc/", "/tim-kiem/?q=tien+do", "/rss/", "/sitemap-1.xml"]
    assert [client.get(path).status_code for path in pages] == [404] * 7
    assert [path for path in lists if article.slug in client.get(path).content.decode()] == []
    with frozen(ahead(seconds=61)):
        assert [client.get(path).status_code for path in pages] == [200] * 7
        assert [path for path in lists if article.slug in client.get(path).content.decode()] == lists
        assert Article.objects.get().state == State.APPROVED


def test_at_the_end_of_its_display_it_leaves_the_lists_and_stays_readable(client, draft):
    draft.expire_at = ahead(days=1)
    draft.save()
    article = publish(draft)
    lists = ["/", "/tin-tuc/", "/en/tin-tuc/", "/rss/"]
    assert [path for path in lists if article.slug in client.get(path).content.decode()] == lists
    with frozen(ahead(days=1, seconds=1)):
        assert [path for path in lists if article.slug in client.get(path).content.decode()] == []
        assert [client.get(path).status_code for path in [article.path(), *addresses(article)]] == [200] * 5
        assert article.slug in client.get("/tim-kiem/?q=tien+do").content.decode()
