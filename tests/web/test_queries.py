"""How many queries each page costs: the same for three articles and one site as for sixty and ten."""

from itertools import product

import pytest

from portal.agencies.models import Agency
from tests.makers import ago, make_agency, make_article, make_rubric, make_site, publish

# path below the site, queries on the portal itself, queries on a member site; a home page asks once for each of the
# lowest rubrics, of which there are four here, and once for each kind of documents, questions, statistics, the gazette
COSTS = [
    ("/", 19, 17),
    ("/tin-tuc/", 7, 8),
    ("/tin-tuc/?thang=2018-03&trang=2", 7, 8),
    ("/tin-tuc/chuyen-muc/thoi-su/", 7, 8),
    ("{article}", 15, 16),
    ("{article}in/", 2, 3),
    ("/tim-kiem/", 10, 10),
    ("/gioi-thieu/", 6, 6),
    ("/lien-he/", 5, 6),
    ("/dich-vu-cong-truc-tuyen/", 5, 6),
    ("/so-do-cong/", 4, 4),
    ("/rss/", 3, 4),
    ("/rss/thoi-su/", 3, 4),
    ("/sitemap.xml", 2, 3),
    ("/sitemap-1.xml", 3, 4),
    ("/robots.txt", 1, 2),
    ("/khong-co/", 3, 4),
]
# walks back through the years only as far as it must
MOST = [("/tim-kiem/?q=tien+do", 27, 28), ("/tim-kiem/?q=%22tien+do%22", 26, 27), ("/tim-kiem/goi-y/?q=tien+d", 14, 15)]
MACHINES = ("/sitemap", "/robots")


@pytest.fixture
def rubrics(portal):
    news = make_rubric("tin-tuc-su-kien")
    below = [make_rubric(code, parent=news) for code in ["thoi-su", "kinh-te", "bien-dao"]]
    return [*below, make_rubric("thong-tin-theo-chi-dao", point="8.2.m")]


def _write(place, rubrics, count):
    for number in range(count):
        order = {"order_reference": "Công điện số 12/CĐ-UBND"} if number % 4 == 3 else {}
        article = make_article(place.agency, by=place.editor, rubric=rubrics[number % 4], **order)
        publish(article, when=ago(days=number + 1))
    return article


@pytest.fixture(params=[(3, 1), (60, 10)], ids=["3 articles, 1 site", "60 articles, 10 sites"])
def filled(request, portal, district, rubrics):
    """The newest article of the portal and of the member site."""
    articles, sites = request.param
    for number in range(1, sites):
        make_site(make_agency(f"so{number}", Agency.Kind.DEPARTMENT, portal.agency), label=f"so{number}")
    return {"": _write(portal, rubrics, articles), "/trang/tunghia": _write(district, rubrics, articles)}


def test_a_page_costs_the_same_whatever_there_is(client, filled, django_assert_num_queries):
    for mount, language in product(["", "/trang/tunghia"], ["", "/en"]):
        for path, portal, member in COSTS:
            path = path.format(article=filled[mount].path())
            address = mount + path if path.startswith(MACHINES) else mount + language + path
            client.get(address)  # what is read once for the process: content types
            with django_assert_num_queries(member if mount else portal, info=address):
                client.get(address)
    with django_assert_num_queries(5):
        client.get("/trang/")


def test_a_search_costs_no_more_whatever_there_is(client, filled, django_assert_max_num_queries):
    for mount, language in product(["", "/trang/tunghia"], ["", "/en"]):
        for path, portal, member in MOST:
            client.get(mount + language + path)
            with django_assert_max_num_queries(member if mount else portal, info=path):
                client.get(mount + language + path)
