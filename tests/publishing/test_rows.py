"""What the database itself keeps of an item, whichever way the row is written."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from news.models import Article
from portal.editorial.roles import State
from portal.publishing import editing
from tests.makers import ago, ahead, bring_to, frozen, make_article, publish
from tests.unchanged import nothing_changed


@pytest.mark.parametrize(
    "fields",
    [
        {"author": ""},
        {"source": ""},
        {"title_vi": ""},
        {"state": State.PUBLISHED},
        {"state": State.APPROVED},
        {"publish_at": ahead(days=2), "expire_at": ahead(days=1)},
        {"publish_at": ahead(days=2), "expire_at": None, "author": ""},
    ],
)
def test_a_row_that_cannot_be_is_refused_past_all_forms(fields, portal):
    make_article(portal.agency, by=portal.editor)
    with nothing_changed(), pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.update(**fields)


def test_the_address_follows_the_title_until_the_item_is_public(portal):
    article = make_article(portal.agency, by=portal.editor, title_vi="Đồng bào Cơ Tu đón Tết")
    assert article.slug == "dong-bao-co-tu-don-tet"
    article.title_vi = "Lễ hội Cầu ngư"
    article.save()
    assert publish(article).path() == f"/tin-tuc/le-hoi-cau-ngu-{article.pk}/"
    article.refresh_from_db()
    article.title_vi = "Lễ hội khác"
    article.save()
    assert Article.objects.get().path() == f"/tin-tuc/le-hoi-cau-ngu-{article.pk}/"


def test_a_title_is_found_without_its_diacritics(portal):
    article = make_article(portal.agency, by=portal.editor, title_vi="Đường Mỹ Trà", title_en="Road")
    assert article.title_folded == "duong my tra road"


def test_the_writer_is_kept_and_the_last_editor_changes(portal):
    with frozen(ago(days=2)) as then:
        article = make_article(portal.agency, by=portal.reporter)
        written = then()
    assert (article.last_edited_at, article.version) == (written, 1)
    editing.store(article, by=portal.editor)
    article.refresh_from_db()
    assert (article.created_by, article.last_edited_by, article.version) == (portal.reporter, portal.editor, 2)
    assert article.last_edited_at - written > timedelta(days=1)


@pytest.mark.parametrize(
    ("states", "count"),
    [((), 0), ((State.DRAFT,), 1), ((State.PUBLISHED, State.ARCHIVED), 2), (tuple(State), 6)],
)
def test_rows_are_chosen_by_the_states_they_are_in(states, count, portal):
    for state in State:
        bring_to(state, make_article(portal.agency, by=portal.editor), by=portal.head)
    assert Article.objects.in_state(*states).count() == count


def test_readers_open_what_is_public_or_archived(portal, district):
    items = {}
    for state in State:
        items[state] = bring_to(state, make_article(portal.agency, by=portal.editor), by=portal.head)
    publish(make_article(district.agency, by=district.editor))
    assert set(Article.objects.readable().of(portal.agency)) == {items[State.PUBLISHED], items[State.ARCHIVED]}
    assert list(Article.objects.published().of(portal.agency)) == [items[State.PUBLISHED]]
