"""Two people press “Save” at the same moment."""

import time

import pytest

from news.models import Article
from portal.publishing import editing
from tests.backoffice.pages import address, fill_in, signed_in
from tests.makers import make_article, submit
from tests.together import together


@pytest.fixture
def slow_store(two_connections, monkeypatch):
    """Whoever is first stays inside the transaction until the other has surely come."""
    store = editing.store

    def store_slowly(*args, **kwargs):
        store(*args, **kwargs)
        time.sleep(0.3)

    monkeypatch.setattr(editing, "store", store_slowly)


def test_one_saves_and_the_other_is_shown_the_difference(slow_store, portal):
    article = make_article(portal.agency, by=portal.editor)
    people = {"Của biên tập viên": portal.editor, "Của thư ký": portal.secretary}
    url = address(article, "change")
    forms = {title: fill_in(signed_in(by).get(url), "version", title_vi=title) for title, by in people.items()}
    pages = together(*[lambda title=title: signed_in(people[title]).post(url, forms[title]) for title in people])
    assert sorted(page.status_code for page in pages) == [200, 302]
    (saved,) = [title for title, page in zip(people, pages, strict=True) if page.status_code == 302]
    (conflict,) = [page.context["conflict"] for page in pages if page.status_code == 200]
    (other,) = set(people) - {saved}
    assert [(old, new) for _label, old, new in conflict] == [(saved, other)]
    assert (Article.objects.get().title_vi, Article.objects.get().version) == (saved, 2)


def test_who_saves_while_another_submits_loses_nothing(slow_store, portal):
    article = make_article(portal.agency, by=portal.reporter)
    url = address(article, "change")
    form = fill_in(signed_in(portal.reporter).get(url), "version", title_vi="Của phóng viên")
    page, _submitted = together(
        lambda: signed_in(portal.reporter).post(url, form), lambda: submit(article, by=portal.editor)
    )
    stored = Article.objects.get()
    assert stored.state == "submitted"
    if page.status_code == 302:
        assert stored.title_vi == "Của phóng viên"
    else:
        assert fill_in(page, "version")["title_vi"] == "Của phóng viên"
