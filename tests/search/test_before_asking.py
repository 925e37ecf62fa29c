"""What is shown to those who are about to ask a question, and what the results page offers instead of nothing."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from portal.search.questions import MOST_WORDS, about
from portal.web.search import before_asking
from tests.documents.legal import publish_document
from tests.makers import ahead, make_article, publish, withdraw
from tests.web.pages import Page, read

QUESTION = """Kính gửi Ủy ban nhân dân tỉnh. Tôi là Nguyễn Văn An, trú tại xã Nghĩa Dõng. Tôi bị mất việc sau Tết, đã
đóng bảo hiểm thất nghiệp hai năm. Xin hỏi tôi cần làm thủ tục gì để hưởng trợ cấp thất nghiệp? Xin cảm ơn."""
ANSWER = "Mất việc: thủ tục hưởng trợ cấp thất nghiệp"


@pytest.fixture
def near(portal):
    """The titles of what comes near a text, on a site."""

    def ask(text, place=portal):
        request = RequestFactory().get("/hoi-dap/gui/")
        request.site, request.root_site = place.site, portal.site
        return before_asking(request, text)

    return ask


def titles(hits):
    return [hit["title_html"] for hit in hits]


def test_what_comes_near_a_question_is_shown_before_it_is_asked(near, write):
    write(ANSWER, days=30)
    for number in range(8):
        write(f"Tin số {number}", body="Ủy ban nhân dân tỉnh họp về mùa mưa.", days=number)
    assert titles(near(QUESTION))[0] == ANSWER


def test_diacritics_are_not_needed(near, write):
    write(ANSWER)
    write("Mùa mưa ở Ba Tơ")
    assert titles(near("cho toi hoi thu tuc huong tro cap that nghiep nhu the nao")) == [ANSWER]


def test_there_are_five_at_most(near, write):
    for number in range(8):
        write(f"Trợ cấp thất nghiệp {number}", days=number)
    assert len(near(QUESTION)) == 5


@pytest.mark.parametrize("text", ["", "  ", "Xin hỏi", "***", "\x00", "🙂", "Tôi muốn hỏi: làm như thế nào?"])
def test_a_question_that_says_nothing_has_no_answer(near, write, text):
    write(ANSWER)
    assert near(text) == []


def test_a_very_long_text_is_read_in_part(near, write):
    write(ANSWER)
    assert titles(near(f"{ANSWER}. " + "Đường sá ngập nước. " * 5000)) == [ANSWER]
    assert len(about("một con trâu " * 500).folded) == MOST_WORDS


def test_only_what_is_public_comes_near(near, write, portal):
    make_article(portal.agency, by=portal.editor, title_vi=ANSWER)
    publish(make_article(portal.agency, by=portal.editor, title_vi=ANSWER), at=ahead(days=1))
    withdraw(write(ANSWER))
    assert near(QUESTION) == []


def test_a_member_site_shows_its_own(near, write, district):
    write(ANSWER, days=1)
    write(f"{ANSWER} ở Tư Nghĩa", place=district)
    assert titles(near(QUESTION, district)) == [f"{ANSWER} ở Tư Nghĩa"]
    assert len(near(QUESTION)) == 2


def test_the_part_of_the_form_names_and_escapes_what_comes_near(near, write, english):
    write("Trợ cấp thất nghiệp <b>2018</b>", summary_vi="Mức <i>hưởng</i>.")
    page = Page(render_to_string("web/_before_asking.html", {"hits": near(QUESTION)}))
    assert page.mistakes == []
    assert page.titles == ["Trợ cấp thất nghiệp <b>2018</b>"]
    assert page.one("h2").text == "Perhaps this is answered already"
    assert render_to_string("web/_before_asking.html", {"hits": []}).strip() == ""


def test_what_comes_near_costs_the_same_for_many(near, write, django_assert_max_num_queries):
    write(ANSWER)
    with django_assert_max_num_queries(16) as few:
        near(QUESTION)
    for number in range(20):
        write(f"Trợ cấp thất nghiệp {number}", days=number)
    with django_assert_max_num_queries(len(few)):
        near(QUESTION)


# --- instead of nothing -----------------------------------------------------------------------------------------------


@pytest.fixture
def ask(client):
    return lambda q, path="/en/tim-kiem/", **more: read(client.get(path, {"q": q, **more}))


def offered(page):
    """The shorter queries that are offered: {words: address}."""
    lists = page.all("ul", class_="ways-on")
    links = [row for row in page.all("a") if lists and lists[0] in row.parents]
    return {row.text: row["href"] for row in links if row["href"].startswith("?")}


def test_fewer_words_are_offered_where_they_find_something(ask, write):
    write("Bảng giá đất")
    assert offered(ask("bảng giá đất zzyx")) == {"bảng giá đất": "?q=b%E1%BA%A3ng+gi%C3%A1+%C4%91%E1%BA%A5t"}
    assert offered(ask("zzyx")) == offered(ask("bảng zzyx wwvu")) == {}


def test_words_without_their_quotation_marks_are_offered_first(ask, write):
    write("Bảng giá đất ở")
    assert list(offered(ask('"giá bảng đất"'))) == ["giá bảng đất", "giá bảng", "giá đất"]


def test_three_are_offered_at_most(ask, write):
    for words in ["một hai ba", "một hai bốn", "một ba bốn", "hai ba bốn"]:
        write(f"Tin {words}")
    assert len(offered(ask("một hai ba bốn"))) == 3


def test_fewer_words_find_what_this_site_has(ask, write, district):
    write("Bảng giá đất")
    assert offered(ask("bảng giá zzyx", "/trang/tunghia/en/tim-kiem/")) == {}


def test_what_stands_in_the_way_is_shown_without_the_choices(ask, write, portal):
    write("Bảng giá đất")
    publish_document(portal, number="1/2018/QĐ-UBND", summary_vi="Đường bộ")
    page = ask("gia dat", muc="documents")
    assert "Take away a choice above" in page.main
    assert "Found without your choices" in [row.text for row in page.all("h2")]
    assert page.titles == ["Bảng giá đất"]


def test_what_holds_most_of_the_words_comes_near(ask, write):
    write("Thủ tục hưởng trợ cấp thất nghiệp")
    page = ask("xin hoi thu tuc huong tro cap that nghiep zzyx")
    assert "What comes near" in [row.text for row in page.all("h2")]
    assert page.titles == ["Thủ tục hưởng trợ cấp thất nghiệp"]


def test_a_page_without_results_costs_the_same_for_few_words_and_for_many(client, write, django_assert_max_num_queries):
    write("Bảng giá đất")
    few_words, many = {"q": "giá đất zzyx"}, {"q": "bảng giá đất ở trên địa bàn tỉnh nhà zzyx"}
    for query in (few_words, many):
        client.get("/tim-kiem/", query)  # the first time a query is counted costs one more
    with django_assert_max_num_queries(40) as few:
        client.get("/tim-kiem/", few_words)
    with django_assert_max_num_queries(len(few)):
        client.get("/tim-kiem/", many)
