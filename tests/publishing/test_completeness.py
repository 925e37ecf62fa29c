"""What an item must hold before a board can be asked: problems() in sentences."""

import pytest

from portal.publishing.workflow import Refused
from tests.files.samples import picture
from tests.makers import make_article, make_rubric, submit
from tests.unchanged import nothing_changed

NO_TITLE = "The Vietnamese title is missing."
NO_SUMMARY = "The Vietnamese summary is missing."
NO_AUTHOR = "The author is missing (Article 5.3)."
NO_SOURCE = "The source is missing (Article 5.3)."
NO_TEXT = "The Vietnamese text is missing."
NO_ALT = "The picture has no description for readers who cannot see it."
NO_PICTURE_SOURCE = "The picture has no author and source (Article 5.2)."
NO_BASIS = "Guidance must name its legal basis (Article 8.2 d)."
NO_ORDER = "Information by order must name the order it follows (Article 8.2 m)."


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({}, []),
        ({"title_vi": " "}, [NO_TITLE]),
        ({"summary_vi": ""}, [NO_SUMMARY]),
        ({"summary_vi": " \n "}, [NO_SUMMARY]),
        ({"summary_vi": "", "summary_en": "Summary"}, [NO_SUMMARY]),
        ({"author": " "}, [NO_AUTHOR]),
        ({"source": " "}, [NO_SOURCE]),
        ({"body_vi": ""}, [NO_TEXT]),
        ({"body_vi": "<p></p><hr>"}, [NO_TEXT]),
        ({"body_vi": "<p>&nbsp;</p>"}, [NO_TEXT]),
        ({"summary_vi": "", "body_vi": ""}, [NO_SUMMARY, NO_TEXT]),
    ],
)
def test_what_is_missing_is_named_and_the_item_not_submitted(fields, sentences, portal, english):
    article = make_article(portal.agency, by=portal.editor, **fields)
    check(article, sentences)


def check(article, sentences):
    assert article.problems() == sentences
    if not sentences:
        assert submit(article).state == "submitted"
        return
    with nothing_changed(), pytest.raises(Refused) as refused:
        submit(article)
    assert refused.value.messages == sentences


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({}, [NO_ALT, NO_PICTURE_SOURCE]),
        ({"picture_alt_vi": "Cầu Thạch Bích"}, [NO_PICTURE_SOURCE]),
        ({"picture_source": "Minh Thu"}, [NO_ALT]),
        ({"picture_alt_en": "Thạch Bích bridge", "picture_source": "Minh Thu"}, [NO_ALT]),
        ({"picture_alt_vi": "Cầu Thạch Bích", "picture_source": "Minh Thu"}, []),
    ],
)
def test_a_picture_needs_its_description_and_its_source(fields, sentences, portal, english):
    check(make_article(portal.agency, by=portal.editor, picture=picture(), **fields), sentences)


@pytest.mark.parametrize(
    ("point", "fields", "sentences"),
    [
        ("8.2.b", {}, []),
        ("8.2.d", {}, [NO_BASIS]),
        ("8.2.d", {"order_reference": "Công văn số 12/UBND"}, [NO_BASIS]),
        ("8.2.d", {"legal_basis": "Luật Tiếp cận thông tin"}, []),
        ("8.2.m", {}, [NO_ORDER]),
        ("8.2.m", {"legal_basis": "Luật Tiếp cận thông tin"}, [NO_ORDER]),
        ("8.2.m", {"order_reference": "Công văn số 12/UBND"}, []),
    ],
)
def test_guidance_and_orders_name_what_they_rest_on_in_every_rubric_below(point, fields, sentences, portal, english):
    root = make_rubric("goc", point=point)
    rubric = make_rubric("duoi", parent=root)
    check(make_article(portal.agency, by=portal.editor, rubric=rubric, **fields), sentences)
