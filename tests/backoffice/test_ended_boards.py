"""A board or a place on it that ends while somebody writes: a sentence, and nothing that was typed is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.models import Document
from gazette.models import Issue
from news.models import Article
from portal.editorial.models import Board, Membership
from tests.backoffice.pages import address, errors, fill_in, listing, signed_in
from tests.files.samples import picture
from tests.makers import make_article, make_member, make_rubric, make_user
from tests.unchanged import nothing_changed

pytestmark = pytest.mark.usefixtures("english")

TYPED = "<p>Đoạn văn gõ cả buổi sáng.</p>"
STORED_NOTHING = " Nothing was stored; what you typed still stands below."
BOARD_ENDED = (
    "The editorial board is not in force: decision 7/QĐ-UBND was valid until 31/12/2019. "
    "A new decision must be entered before anything can be changed or published (Article 15)."
)
CHOOSE_AGAIN = "The files that you chose were not stored: choose them again."


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def place_ended():
    return f"Your place on the editorial board of this site was valid until {yesterday():%d/%m/%Y} (Article 15)."


def end_board(person):
    Board.objects.update(decision_number="7/QĐ-UBND", valid_to="2019-12-31")


def end_place(person):
    Membership.objects.filter(user=person).update(valid_to=yesterday())


ENDS = {"board": (end_board, lambda: BOARD_ENDED), "place": (end_place, place_ended)}


@pytest.fixture(params=ENDS.values(), ids=ENDS)
def end(request):
    """(what ends, the sentence that says so)"""
    return request.param


def filled_in(user, **changes):
    texts = {"title_vi": "Tin mới", "summary_vi": "Tóm tắt.", "body_vi": TYPED, "rubric": make_rubric().pk}
    return fill_in(signed_in(user).get(listing(Article, "add")), "version", **texts | changes)


@pytest.mark.parametrize("role", ["editor", "reporter", "head"])
def test_a_new_item_is_not_lost_when_the_right_ends_before_it_is_saved(role, end, portal):
    person, (ends, sentence) = getattr(portal, role), end
    data = filled_in(person, title_en="News")
    ends(person)
    with nothing_changed():
        page = signed_in(person).post(listing(Article, "add"), data)
    assert (page.status_code, errors(page)) == (200, {"__all__": [sentence() + STORED_NOTHING]})
    form = fill_in(page, "version")
    assert (form["body_vi"], form["title_vi"], form["title_en"]) == (TYPED, "Tin mới", "News")
    assert form["agency"] == str(portal.agency.pk)


@pytest.mark.parametrize(
    ("model", "typed"),
    [(Document, {"number": "16/2017/QĐ-UBND", "full_text": TYPED}), (Issue, {"sequence_reason": "Lý do gõ dài."})],
)
def test_documents_and_issues_are_not_lost_either(model, typed, portal):
    data = fill_in(signed_in(portal.editor).get(listing(model, "add")), "version", **typed)
    data = {name: value for name, value in data.items() if value is not None}  # choices of a row that is no row yet
    end_board(portal.editor)
    with nothing_changed():
        page = signed_in(portal.editor).post(listing(model, "add"), data)
    assert page.status_code == 200 and BOARD_ENDED + STORED_NOTHING in errors(page)["__all__"]
    assert typed.items() <= fill_in(page, "version").items()


def test_the_returned_form_is_saved_once_there_is_a_new_decision(portal):
    data = filled_in(portal.editor)
    end_board(portal.editor)
    page = signed_in(portal.editor).post(listing(Article, "add"), data)
    Board.objects.update(valid_to=None)
    assert signed_in(portal.editor).post(listing(Article, "add"), fill_in(page, "version")).status_code == 302
    assert Article.objects.get().body_vi == TYPED


def test_files_that_were_chosen_are_to_be_chosen_again(portal, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    data = filled_in(portal.editor, picture=picture())
    end_board(portal.editor)
    with nothing_changed():
        page = signed_in(portal.editor).post(listing(Article, "add"), data)
    assert errors(page) == {"__all__": [BOARD_ENDED + STORED_NOTHING, CHOOSE_AGAIN]}
    assert list(tmp_path.rglob("*.*")) == []


def test_who_writes_for_another_site_too_is_told_which_board_has_ended(portal, district):
    data = filled_in(portal.editor)
    make_member(district.board, "editor", user=portal.editor)
    Board.objects.filter(pk=portal.board.pk).update(decision_number="7/QĐ-UBND", valid_to="2019-12-31")
    with nothing_changed():
        page = signed_in(portal.editor).post(listing(Article, "add"), data)
    assert errors(page) == {"__all__": [BOARD_ENDED + STORED_NOTHING]}
    form = signed_in(portal.editor).get(listing(Article, "add")).context["adminform"].form
    assert list(form.fields["agency"].queryset) == [district.agency]


def test_a_draft_is_not_moved_to_a_site_whose_board_has_ended(portal, district):
    make_member(district.board, "editor", user=portal.editor)
    article = make_article(district.agency, by=portal.editor)
    url = address(article, "change")
    data = fill_in(signed_in(portal.editor).get(url), "version", agency=portal.agency.pk)
    Board.objects.filter(pk=portal.board.pk).update(decision_number="7/QĐ-UBND", valid_to="2019-12-31")
    with nothing_changed():
        page = signed_in(portal.editor).post(url, data)
    assert errors(page) == {"__all__": [BOARD_ENDED + STORED_NOTHING]}


def test_a_saved_draft_gets_one_sentence_and_no_second_one_about_the_choice_of_the_site(portal):
    article = make_article(portal.agency, by=portal.editor)
    url = address(article, "change")
    data = fill_in(signed_in(portal.editor).get(url), "version", body_vi=TYPED)
    end_board(portal.editor)
    with nothing_changed():
        page = signed_in(portal.editor).post(url, data)
    assert (errors(page), fill_in(page, "version")["body_vi"]) == ({"__all__": [BOARD_ENDED]}, TYPED)


def test_the_add_form_says_why_there_is_none(end, portal):
    ends, sentence = end
    ends(portal.editor)
    page = signed_in(portal.editor).get(listing(Article, "add"))
    assert page.status_code == 403
    assert sentence() in page.content.decode()


@pytest.mark.parametrize("role", ["translator", "technician", "inspector"])
def test_who_never_wrote_is_told_nothing(role, end, portal):
    person, (ends, _sentence) = getattr(portal, role), end
    ends(person)
    with nothing_changed():
        assert signed_in(person).get(listing(Article, "add")).status_code == 404
        assert signed_in(person).post(listing(Article, "add"), {"title_vi": "Tin"}).status_code == 404


def test_a_stranger_finds_no_form(portal):
    end_board(portal.editor)
    with nothing_changed():
        assert signed_in(make_user()).get(listing(Article, "add")).status_code == 404
        assert signed_in(make_user()).post(listing(Article, "add"), {"title_vi": "Tin"}).status_code == 404


def test_a_place_that_has_not_begun_is_none_that_has_ended(portal):
    person = make_member(portal.board, "editor", valid_from=timezone.localdate() + timedelta(days=1))
    assert signed_in(person).get(listing(Article, "add")).status_code == 404


def test_a_new_place_makes_the_former_one_forgotten(portal):
    end_place(portal.editor)
    make_member(portal.board, "reporter", user=portal.editor, valid_from=timezone.localdate())
    page = signed_in(portal.editor).post(listing(Article, "add"), filled_in(portal.editor))
    assert (page.status_code, Article.objects.get().body_vi) == (302, TYPED)
