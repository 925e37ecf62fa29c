"""The pages of the back office ask the database as often for thirty items as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.models import Article
from portal.publishing import editing
from tests.backoffice.pages import address, listing, signed_in
from tests.makers import make_article, publish, submit

PAGES = {
    "list": lambda article: listing(Article),
    "list of a state": lambda article: f"{listing(Article)}?trang-thai=published",
    "search": lambda article: f"{listing(Article)}?q=cong+trinh",
    "form": lambda article: address(article, "change"),
    "form of a new item": lambda article: listing(Article, "add"),
    "history": lambda article: address(article, "history"),
    "start page": lambda article: reverse("admin:index"),
    "audit": lambda article: reverse("admin:editorial_auditevent_changelist"),
    "completion": lambda article: (
        reverse("admin:autocomplete") + "?app_label=news&model_name=article&field_name=related&term=cong"
    ),
}


def count(client, url):
    client.get(url)  # what is read once and kept
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def make_items(portal, number):
    """As many drafts, items that wait, public ones and public ones with an open change."""
    for _ in range(number):
        make_article(portal.agency, by=portal.editor)
        submit(make_article(portal.agency, by=portal.reporter))
        public = publish(make_article(portal.agency, by=portal.secretary), by=portal.head)
        editing.propose(public, {"title_vi": "Khác"}, by=portal.editor, note="Sửa")


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_number_of_queries_does_not_grow_with_the_items(page, portal):
    client, article = signed_in(portal.deputy), make_article(portal.agency, by=portal.editor)
    make_items(portal, 1)
    article.related.set(Article.objects.exclude(pk=article.pk))
    few = count(client, page(article))
    make_items(portal, 10)
    article.related.set(Article.objects.exclude(pk=article.pk))
    assert (count(client, page(article)), Article.objects.count()) == (few, 34)
