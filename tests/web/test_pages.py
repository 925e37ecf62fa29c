import pytest

from portal.agencies.models import Agency, ContactPoint
from portal.editorial.models import Membership
from portal.subsites.models import Site
from tests.files.samples import picture
from tests.makers import ago, ahead, frozen, make_agency, make_article, make_rubric, make_site, publish
from tests.web.pages import read

ORDER = {"order_reference": "Công điện số 12/CĐ-UBND ngày 03/11/2017"}
PICTURE = {"picture_alt_vi": "Cầu", "picture_source": "Minh Quân"}


@pytest.fixture
def write(portal):
    def make(title, rubric=None, place=portal, days=0, illustrated=(), **fields):
        fields |= {"picture": picture()} | PICTURE if illustrated else {}
        article = make_article(place.agency, by=place.editor, rubric=rubric, title_vi=title, **fields)
        return publish(article, when=ago(days=days) if days else None)

    return make


def section(page, name):
    """The links in the section that the heading of this id names."""
    inside = page.one("section", **{"aria-labelledby": name})
    return [link.text for link in page.all("a") if inside in link.parents]


# --- home ----------------------------------------------------------------------------------------------------


def test_the_newest_item_with_a_picture_leads(client, write):
    write("cũ có ảnh", days=3, illustrated=True)
    write("mới có ảnh", days=2, illustrated=True)
    write("mới nhất", days=1)
    page = read(client.get("/"))
    lead = page.one("article", class_="card-lead")
    assert [row.text for row in page.all("h3") if lead in row.parents] == ["mới có ảnh"]
    assert [row.text for row in page.all("h3") if any("card-small" in up.classes for up in row.parents)] == [
        "mới nhất",
        "cũ có ảnh",
    ]


def test_a_rubric_with_items_has_a_block_and_one_without_is_named(client, write):
    news = make_rubric()
    for number in range(7):
        write(f"thời sự {number}", make_rubric("thoi-su", parent=news, name_vi="Thời sự"), days=number + 1)
    make_rubric("kinh-te", parent=news, name_vi="Kinh tế")
    page = read(client.get("/"))
    titles = [text for text in section(page, "block-1") if text.startswith("thời sự")]
    assert section(page, "block-1")[0] == "Thời sự"
    assert titles == [f"thời sự {number}" for number in range(1, 5)]  # the newest one leads the page
    assert [row.text for row in page.all("li") if "Kinh tế" in row.text and _in(row, "empty-sections")] == [
        "Kinh tế Chưa có nội dung"
    ]


def _in(row, name):
    return any(name in parent.classes for parent in row.parents)


def test_what_the_chairman_ordered_stands_on_top_for_a_week(client, write):
    urgent = make_rubric("thong-tin-theo-chi-dao", point="8.2.m")
    write("khẩn", urgent, days=6, **ORDER)
    write("đã qua", urgent, days=8, **ORDER)
    assert section(read(client.get("/")), "urgent") == ["khẩn"]
    with frozen(ahead(days=2)):
        assert not read(client.get("/")).all("section", class_="urgent")


def test_what_the_chairman_ordered_until_a_day_stands_there_until_then(client, write):
    urgent = make_rubric("thong-tin-theo-chi-dao", point="8.2.m")
    write("đến hạn", urgent, days=30, expire_at=ahead(days=1), **ORDER)
    assert section(read(client.get("/")), "urgent") == ["đến hạn"]
    with frozen(ahead(days=1, seconds=1)):
        assert not read(client.get("/")).all("section", class_="urgent")


def test_the_portal_shows_what_its_sites_publish(client, write, district):
    theirs = write("của huyện", place=district)
    page = read(client.get("/"))
    assert section(page, "from-sites") == ["của huyện"]
    assert f"/trang/tunghia{theirs.path()}" in page.links
    assert section(page, "directory")[1:] == ["Huyện Tư Nghĩa"]


def test_a_member_site_shows_its_own_and_its_contact(client, write, district):
    write("của tỉnh")
    write("của huyện", place=district)
    page = read(client.get("/trang/tunghia/"))
    assert "của huyện" in page.main and "của tỉnh" not in page.main
    assert not page.all("section", **{"aria-labelledby": "from-sites"})
    assert "0255 3822 678" in page.one("section", **{"aria-labelledby": "home-contact"}).text
    assert page.one("a", class_="topline-portal")["href"] == "/"


# --- the other pages -----------------------------------------------------------------------------------------


def test_the_introduction_names_the_board_of_today(client, portal):
    portal.site.introduction_vi = "<p>Quảng Ngãi là tỉnh <strong>ven biển</strong>.</p>"
    portal.site.save()
    Membership.objects.filter(user=portal.deputy).update(valid_to=ago(days=1).date())
    page = read(client.get("/gioi-thieu/"))
    assert "Quảng Ngãi là tỉnh ven biển." in page.main
    assert portal.board.decision_number in page.main
    members = [row.text for row in page.all("th", scope="row")]
    assert str(portal.head) in members and str(portal.deputy) not in members
    assert len(members) == 8


def test_a_board_that_is_not_in_force_is_not_named(client, portal):
    portal.board.valid_to = ago(days=1).date()
    portal.board.save()
    assert portal.board.decision_number not in read(client.get("/gioi-thieu/")).main


def test_the_sites_are_listed_in_two_groups_with_host_and_telephone(client, portal, district):
    make_site(make_agency("sxd", Agency.Kind.DEPARTMENT, portal.agency, name_vi="Sở Xây dựng"))
    off = make_site(make_agency("syt", Agency.Kind.DEPARTMENT, portal.agency, name_vi="Sở Y tế"))
    Site.objects.filter(pk=off.pk).update(is_active=False)
    page = read(client.get("/trang/"))
    rows = [row.text for row in page.all("li") if _in(row, "site-cards")]
    assert rows == [
        "Sở Xây dựng sxd.quangngai.gov.vn Điện thoại: 0255 3822 678",
        "Huyện Tư Nghĩa tunghia.quangngai.gov.vn Điện thoại: 0255 3822 678",
    ]


def test_the_contacts_of_the_portal_are_those_of_all_agencies(client, portal, district):
    one_stop = {"name_vi": "Bộ phận Một cửa", "address_vi": "La Hà", "phone": "0255 1", "email": "a@b.vn"}
    ContactPoint.objects.create(agency=district.agency, position=1, **one_stop)
    names = [row.text for row in read(client.get("/lien-he/")).all("h3")]
    assert "Ủy ban nhân dân huyện Tư Nghĩa: Bộ phận Một cửa" in names
    member = read(client.get("/trang/tunghia/lien-he/"))
    assert "Bộ phận Một cửa" in member.main and str(portal.agency) not in member.main


@pytest.mark.parametrize(
    "days", [{"valid_to": ago(days=1).date()}, {"valid_from": ahead(days=2).date()}], ids=["past", "to come"]
)
def test_an_address_that_is_not_in_force_is_nowhere(client, portal, district, days):
    ContactPoint.objects.filter(agency=district.agency).update(phone="0255 999", **days)
    for path in ["/trang/", "/lien-he/", "/trang/tunghia/", "/trang/tunghia/lien-he/"]:
        assert "0255 999" not in client.get(path).content.decode(), path


def test_the_site_map_is_a_tree_of_links(client, portal, district):
    make_rubric("thoi-su", parent=make_rubric("tin-tuc-su-kien", name_vi="Tin tức, sự kiện"), name_vi="Thời sự")
    page = read(client.get("/so-do-cong/"))
    tree = page.one("div", class_="sitemap")
    links = {link.text: link["href"] for link in page.all("a") if tree in link.parents}
    assert links["Thời sự"] == "/tin-tuc/chuyen-muc/thoi-su/"
    assert links["Huyện Tư Nghĩa"] == "/trang/tunghia/"
    member = read(client.get("/trang/tunghia/so-do-cong/"))
    assert "/trang/tunghia/tin-tuc/chuyen-muc/thoi-su/" in member.links
    assert "/trang/" not in [link["href"] for link in member.all("a") if member.one("main") in link.parents]


@pytest.mark.parametrize("mount", ["", "/trang/tunghia"])
def test_every_page_names_who_answers_for_it(client, portal, district, mount):
    place = district if mount else portal
    footer = read(client.get(f"{mount}/tin-tuc/")).one("footer").text
    assert str(place.agency) in footer
    assert "Trần Văn Mẫn, Trưởng Ban biên tập" in footer
    assert f"{place.agency.code}@quangngai.gov.vn" in footer


def test_the_menu_marks_where_the_reader_is(client, portal):
    make_rubric("thoi-su", parent=make_rubric(name_vi="Tin tức, sự kiện"), name_vi="Thời sự")
    page = read(client.get("/tin-tuc/chuyen-muc/thoi-su/"))
    menu = page.one("nav", class_="menu-wide")
    marked = [link.text for link in page.all("a") if menu in link.parents and link.get("aria-current")]
    assert marked == ["Tin tức, sự kiện", "Thời sự"]
