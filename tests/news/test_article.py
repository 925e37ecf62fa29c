import json
from datetime import date, datetime

import pytest
from django.utils import timezone

from portal.editorial.models import Board
from portal.publishing import editing
from portal.publishing.workflow import Refused
from portal.subsites.models import Site
from tests.makers import archive, frozen, make_article, publish, submit, withdraw
from tests.unchanged import nothing_changed
from tests.web.pages import read

MARCH = timezone.make_aware(datetime(2018, 3, 5, 8, 30))
TEXTS = {
    "title_vi": "Khởi công cầu “Thạch Bích”",
    "summary_vi": "Cầu nối hai bờ sông Trà Khúc.",
    "body_vi": "<h2>Quy mô</h2><p>Cầu dài <strong>700 m</strong>.</p>",
    "author": "Hoài Yến",
    "source": "Báo Quảng Ngãi",
}


@pytest.fixture
def write(portal, rubrics):
    def make(rubric="thoi-su", place=portal, when=MARCH, **fields):
        article = make_article(place.agency, by=place.editor, rubric=rubrics[rubric], **TEXTS | fields)
        return publish(article, when=when)

    return make


@pytest.fixture
def show(client):
    return lambda article, **query: read(client.get(article.path(), query))


def facts(page):
    """{name: value} of the lists of facts in the main part."""
    names, values = (
        [row.text for row in page.all(tag) if any(parent.tag == "main" for parent in row.parents)]
        for tag in ("dt", "dd")
    )
    return dict(zip(names, values, strict=True))


def test_the_page_holds_the_text_its_author_and_its_source(show, write):
    page = show(write())
    assert page.one("h1").text == "Khởi công cầu “Thạch Bích”"
    assert page.one("p", class_="article-summary").text == "Cầu nối hai bờ sông Trà Khúc."
    prose = page.one("div", class_="prose")
    assert prose.text == "Quy môCầu dài 700 m."
    assert [row.tag for row in page.elements if prose in row.parents] == ["h2", "p", "strong"]
    meta = page.one("p", class_="article-meta").text
    assert "Tác giả: Hoài Yến" in meta
    assert "Nguồn: Báo Quảng Ngãi" in meta
    assert "08:30 05/03/2018" in meta
    published = page.one("p", class_="article-meta")
    assert [row["datetime"] for row in page.all("time") if published in row.parents] == ["2018-03-05T08:30:00+07:00"]


def test_the_page_can_be_cited(show, write):
    article = write()
    assert show(article).one("p", class_="citation").text == (
        "Hoài Yến: “Khởi công cầu “Thạch Bích””. Báo Quảng Ngãi, 05/03/2018. "
        f"http://testserver/tin-tuc/khoi-cong-cau-thach-bich-{article.pk}/"
    )


def test_the_citation_names_the_canonical_address(client, write, district):
    article = write(place=district)
    page = read(client.get(article.path(), headers={"host": "tunghia.localhost:8000"}))
    address = f"http://localhost:8000/trang/tunghia{article.path()}"
    assert page.one("p", class_="citation").text.endswith(address)


def test_the_page_tells_machines_what_it_is(show, write):
    article = write(summary_vi="</script><script>alert(1)</script>")
    page = show(article)
    script = page.one("script", type="application/ld+json")
    assert json.loads(script.words) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Khởi công cầu “Thạch Bích”",
        "description": "</script><script>alert(1)</script>",
        "inLanguage": "vi",
        "datePublished": "2018-03-05T01:30:00+00:00",
        "author": {"@type": "Person", "name": "Hoài Yến"},
        "publisher": {"@type": "GovernmentOrganization", "name": "Ủy ban nhân dân tỉnh Quảng Ngãi"},
        "mainEntityOfPage": f"http://testserver{article.path()}",
    }
    assert [row.get("type") for row in page.all("script") if not row.get("src")] == ["application/ld+json"]


def test_the_page_has_the_metadata_of_circular_24(show, write):
    metadata = {row["name"]: row["content"] for row in show(write()).all("meta") if row.get("name")}
    assert {name: value for name, value in metadata.items() if name.startswith("DC.")} == {
        "DC.Title": "Khởi công cầu “Thạch Bích”",
        "DC.Creator": "Hoài Yến",
        "DC.Date": "2018-03-05",
        "DC.Description": "Cầu nối hai bờ sông Trà Khúc.",
        "DC.Publisher": "Ủy ban nhân dân tỉnh Quảng Ngãi",
        "DC.Identifier": metadata["DC.Identifier"],
        "DC.Language": "vi",
        "DC.Subject": "Thời sự",
        "DC.Source": "Báo Quảng Ngãi",
        "DC.Format": "text/html",
    }


def test_the_trail_leads_to_the_rubric(show, write):
    page = show(write())
    trail = page.one("nav", class_="breadcrumbs")
    assert [(link.text, link["href"]) for link in page.all("a") if trail in link.parents] == [
        ("Trang chủ", "/"),
        ("Tin tức", "/tin-tuc/"),
        ("Tin tức, sự kiện", "/tin-tuc/chuyen-muc/tin-tuc-su-kien/"),
        ("Thời sự", "/tin-tuc/chuyen-muc/thoi-su/"),
    ]


def test_guidance_names_its_legal_basis(show, write):
    page = show(write("pho-bien-phap-luat", legal_basis="Luật Đất đai số 45/2013/QH13 ngày 29/11/2013"))
    assert facts(page)["Căn cứ pháp lý"] == "Luật Đất đai số 45/2013/QH13 ngày 29/11/2013"


def test_the_page_names_the_board_that_answers_while_it_is_in_force(show, write, portal):
    article = write()
    assert str(portal.board) in facts(show(article)).values()
    Board.objects.update(valid_to=MARCH.date())
    assert str(portal.board) not in facts(show(article)).values()


def test_the_print_view_holds_the_item_and_nothing_around_it(client, show, write):
    article = write()
    address = f"{article.path()}in/"
    assert address in show(article).links
    page = read(client.get(address))
    assert page.one("h1").text == "Khởi công cầu “Thạch Bích”"
    assert not page.all("nav") and not page.all("form")
    assert list(facts_of_footer(page).values()) == [
        "Hoài Yến",
        "Báo Quảng Ngãi",
        "08:30 05/03/2018",
        f"http://testserver{article.path()}",
    ]
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert page.one("link", rel="canonical")["href"] == f"http://testserver{article.path()}"


def facts_of_footer(page):
    return dict(zip([row.text for row in page.all("dt")], [row.text for row in page.all("dd")], strict=True))


def test_the_neighbours_are_those_of_its_rubric_on_its_site(show, write, district):
    first = write(title_vi="một", when=MARCH.replace(day=1))
    write(title_vi="rubric khác", rubric="kinh-te", when=MARCH.replace(day=2))
    write(title_vi="trang khác", place=district, when=MARCH.replace(day=3))
    middle = write(title_vi="hai", when=MARCH.replace(day=4))
    last = write(title_vi="ba", when=MARCH.replace(day=5))
    page = show(middle)
    assert page.one("a", rel="prev")["href"] == first.path()
    assert page.one("a", rel="next")["href"] == last.path()
    assert not show(first).all("a", rel="prev")
    assert not show(last).all("a", rel="next")


def test_articles_of_one_moment_are_neighbours_too(show, write):
    first, second, third = (write(title_vi=title) for title in ["một", "hai", "ba"])
    page = show(second)
    assert page.one("a", rel="prev")["href"] == first.path()
    assert page.one("a", rel="next")["href"] == third.path()


def test_related_articles_are_the_chosen_ones_filled_up_from_the_rubric(show, write, portal, rubrics):
    other = write(title_vi="kinh tế", rubric="kinh-te", when=MARCH.replace(day=1))
    gone = withdraw(write(title_vi="đã gỡ", when=MARCH.replace(day=2)))
    write(title_vi="cùng mục", when=MARCH.replace(day=3))
    chosen = [other, gone]
    article = make_article(
        portal.agency, by=portal.editor, rubric=rubrics["thoi-su"], related=chosen, title_vi="bài chính"
    )
    assert show(publish(article, when=MARCH)).titles == ["kinh tế", "cùng mục"]


def test_related_articles_of_a_site_that_is_switched_off_are_left_out(show, write, portal, rubrics, district):
    theirs = write(title_vi="của huyện", place=district)
    article = make_article(portal.agency, by=portal.editor, rubric=rubrics["thoi-su"], related=[theirs])
    article = publish(article)
    assert show(article).titles == ["của huyện"]
    Site.objects.filter(label="tunghia").update(is_active=False)
    assert show(article).titles == []


def test_an_address_with_another_name_leads_to_the_right_one(client, write, district):
    article = write(place=district)
    right = f"tin-tuc/khoi-cong-cau-thach-bich-{article.pk}/"
    for mount in ["/trang/tunghia/", "/trang/tunghia/en/"]:
        response = client.get(f"{mount}tin-tuc/ten-cu-{article.pk}/?tu=mail")
        assert (response.status_code, response["Location"]) == (301, f"{mount}{right}?tu=mail")


@pytest.mark.parametrize("ending", ["", "in/"])
def test_an_article_is_on_its_own_site_only(client, write, district, ending):
    own, theirs = write(), write(place=district)
    assert client.get(f"/trang/tunghia{theirs.path()}{ending}").status_code == 200
    assert client.get(f"/trang/tunghia{own.path()}{ending}").status_code == 404
    assert client.get(f"{theirs.path()}{ending}").status_code == 404


def test_an_article_that_is_not_there_is_a_404(client, write):
    write()
    for path in ["/tin-tuc/khong-co-999999/", "/tin-tuc/khong-co/", "/tin-tuc/khong-co-99999999999999999999/"]:
        assert client.get(path).status_code == 404


def test_a_withdrawn_article_is_gone_and_the_page_says_why(client, write, portal):
    article = write()
    with frozen(MARCH.replace(day=9)):
        withdraw(article, note="Số liệu chưa được xác nhận.")
    for path in [article.path(), f"{article.path()}in/", f"{article.path()}?xem-truoc=1", f"/en{article.path()}"]:
        response = client.get(path)
        assert response.status_code == 410
        page = read(response)
        said = list(facts(page).values())
        assert said == ["Khởi công cầu “Thạch Bích”", "09/03/2018", "Số liệu chưa được xác nhận."]
        assert "700 m" not in page.source and "Trà Khúc" not in page.source
        assert page.one("meta", name="robots")["content"] == "noindex"


def test_a_withdrawn_article_that_is_reopened_stays_gone(client, write, portal):
    article = withdraw(write(), note="Số liệu chưa được xác nhận.")
    article.state = "draft"
    article.publish_at = None
    article.save()
    response = client.get(article.path())
    assert response.status_code == 410
    assert "700 m" not in response.content.decode()


def test_an_archived_article_can_be_read_and_says_so(client, write):
    article = archive(write())
    response = client.get(f"/en{article.path()}")
    assert response.status_code == 200
    banner = read(response).one("div", class_="notice-archive").text
    assert banner == "Archived. This item is kept for reference and may no longer be up to date."
    assert "700 m" in response.content.decode()


def test_an_article_beyond_its_last_day_is_archived_by_the_clock(client, write):
    article = write(expire_at=MARCH.replace(day=20))
    assert read(client.get(article.path())).one("div", class_="notice-archive")
    with frozen(MARCH.replace(day=19)):
        page = read(client.get(article.path()))
    assert not page.all("div", class_="notice-archive")


# --- previews ------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(portal, rubrics):
    return make_article(portal.agency, by=portal.editor, rubric=rubrics["thoi-su"], **TEXTS)


def test_a_preview_is_for_the_board_and_marked(client, draft, portal):
    client.force_login(portal.head)
    response = client.get(f"/en{draft.path()}?xem-truoc=1")
    page = read(response)
    assert response.status_code == 200
    assert page.one("div", class_="notice-archive").text == (
        "Preview. This item is not public. Only its editorial board sees this page."
    )
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert "700 m" in page.main
    assert "Cookie" in response["Vary"]
    assert client.get(draft.path()).status_code == 404


def test_a_preview_keeps_its_right_when_the_title_was_changed(client, draft, portal):
    client.force_login(portal.head)
    response = client.get(f"/tin-tuc/ten-truoc-{draft.pk}/?xem-truoc=1", follow=True)
    assert response.redirect_chain == [(f"{draft.path()}?xem-truoc=1", 301)]
    assert response.status_code == 200


def test_a_preview_is_for_nobody_else(client, draft, portal, district, django_user_model):
    stranger = django_user_model.objects.create_user("khach", full_name="Khách", is_staff=True)
    for user in [None, stranger, district.head, portal.reporter]:
        client.logout()
        if user:
            client.force_login(user)
        for path in [draft.path(), f"{draft.path()}in/", f"/en{draft.path()}"]:
            response = client.get(f"{path}?xem-truoc=1")
            assert response.status_code == 404
            assert "700 m" not in response.content.decode()


def test_a_preview_of_what_was_withdrawn_is_for_the_board(client, write, portal):
    article = withdraw(write())
    client.force_login(portal.head)
    assert client.get(article.path()).status_code == 410
    assert "700 m" in client.get(f"{article.path()}?xem-truoc=1").content.decode()


def test_news_without_the_day_of_its_event_is_a_draft_and_no_more(portal, rubrics, english):
    article = make_article(portal.agency, by=portal.editor, rubric=rubrics["thoi-su"], event_date=None)
    sentence = "Give the day of the event: the time limit begins with it (Article 9.1 a)."
    assert article.problems() == [sentence]
    with nothing_changed(), pytest.raises(Refused) as refusal:
        submit(article)
    assert sentence in refusal.value.messages
    article.event_date = date(2018, 3, 5)
    editing.store(article, by=portal.editor)
    assert submit(article).state == "submitted"
