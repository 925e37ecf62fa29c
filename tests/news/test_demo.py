import json
from datetime import datetime
from unicodedata import is_normalized

import pytest

from news import demo, illustrations
from news.models import Rubric
from portal.agencies import demo as agencies
from portal.editorial import demo as boards
from portal.subsites import demo as sites
from portal.subsites.models import Site
from portal.text.html import plain_text, sanitise

ROWS = list(demo._read())
THIS_YEAR = json.loads((demo.FIXTURES / "demo_this_year.json").read_text())
ENGLISH = ["title_en", "summary_en", "body_en"]


@pytest.fixture
def desk(db):
    for module in [agencies, boards, sites]:
        module.load(lambda text: None)
    demo._load_rubrics()
    return demo.Desk()


def test_every_article_passes_the_checks_of_the_back_office(desk):
    assert len(ROWS) > 250
    for row in ROWS:
        article = desk.draft(row | {"motif": None})
        article.full_clean()
        assert article.problems() == [], row["title"]
        assert article.rubric.parent_id, row["title"]
        assert Site.objects.get(agency=article.agency).label == row["site"]


def test_what_is_written_for_the_year_of_the_reader_passes_them_too(desk):
    for row in THIS_YEAR:
        names = ("legal_basis", "order_reference")
        article = desk.draft(row | {name: row[name].format(day="05/03/2018") for name in names if name in row})
        article.full_clean()
        assert (article.problems(), str(article.event_date)) == ([], "2018-03-05"), row["title"]
        assert is_normalized("NFC", row["title"] + row["summary"] + row["body"])


def test_every_site_has_articles_and_every_rubric_too(desk):
    assert {row["site"] for row in ROWS} == set(Site.objects.values_list("label", flat=True))
    lowest = Rubric.objects.filter(children=None).values_list("code", flat=True)
    assert {row["rubric"] for row in ROWS} == set(lowest)


def test_every_text_is_composed_unicode():
    for row in ROWS:
        for name, text in row.items():
            assert text is None or is_normalized("NFC", text), (row["title"], name)


def test_every_article_has_a_title_of_its_own_and_a_date_of_its_time():
    titles = [row["title"] for row in ROWS]
    assert len(set(titles)) == len(titles)
    for row in ROWS:
        assert datetime(2017, 5, 1) <= datetime.fromisoformat(row["date"]) < datetime(2019, 5, 1), row["title"]


def test_every_body_is_stored_as_it_is_written():
    for row in ROWS:
        for body in filter(None, [row["body"], row.get("body_en")]):
            assert plain_text(sanitise(body)) == plain_text(body), row["title"]
            assert "<script" not in body and "style=" not in body


def test_a_translation_is_whole_or_missing():
    kinds = [bool(row.get("title_en")) for row in ROWS]
    assert any(kinds) and not all(kinds)
    for row in ROWS:
        assert len({bool(row.get(name)) for name in ENGLISH}) == 1, row["title"]


def test_every_picture_can_be_drawn_and_is_described():
    for row in ROWS:
        if row["motif"]:
            assert row["motif"] in illustrations.MOTIFS, row["title"]
            assert row["alt"], row["title"]
