"""The search in a browser: suggestions while typing, the same without a script, the count of opened results."""

import re

import pytest
from django.utils import timezone

from portal.search.models import ClickCount
from tests.documents.legal import publish_document

FOUND = ["Tin cũ", "Tin cũ hơn", "Tin của huyện"]  # by "tin cu"
OPEN = ".suggestions:not([hidden])"
BOXES = {"/tim-kiem/": "#q", "/": "#masthead-q"}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def asked(reader):
    """The words for which suggestions were asked, in their order."""
    words = []

    def note(request):
        if "/goi-y/" in request.url:
            words.append(request.url.partition("?q=")[2])

    reader.on("request", note)
    return words


def type_into(reader, path, words):
    reader.goto(path)
    box = reader.locator(BOXES[path])
    box.press_sequentially(words)
    return box


@pytest.mark.parametrize("path", BOXES)
def test_suggestions_are_chosen_with_the_arrow_keys(reader, complaints, articles, path):
    box = type_into(reader, path, "tin cu")
    reader.locator(OPEN).wait_for()
    options = reader.locator(f"{OPEN} [role=option]")
    assert [text.partition("\n")[0] for text in options.all_inner_texts()] == FOUND
    assert (box.get_attribute("role"), box.get_attribute("aria-expanded")) == ("combobox", "true")
    assert box.get_attribute("aria-controls") == reader.locator(OPEN).get_attribute("id")
    assert reader.locator(f"{OPEN} ~ [role=status]").inner_text().endswith(": 3")
    assert box.get_attribute("aria-activedescendant") is None
    for place in [0, 1, 2, None, 0]:
        box.press("ArrowDown")
        expected = None if place is None else options.nth(place).get_attribute("id")
        assert box.get_attribute("aria-activedescendant") == expected
        selected = options.evaluate_all("all => all.map(option => option.ariaSelected)")
        assert selected == [str(at == place).lower() for at in range(3)]
    assert box.input_value() == "tin cu"
    for key in ["ArrowUp", "ArrowUp", "ArrowUp", "Enter"]:  # past the box to the last, then to the one before
        box.press(key)
    reader.wait_for_url(f"**{articles[2].path()}")
    assert complaints == []


@pytest.mark.parametrize("path", BOXES)
def test_enter_without_a_choice_asks_for_all_results(reader, complaints, articles, path):
    box = type_into(reader, path, "tin cu")
    reader.locator(OPEN).wait_for()
    box.press("Enter")
    reader.wait_for_url(re.compile(r"/tim-kiem/\?q=tin\+cu"))
    assert reader.locator(".hit-title").all_inner_texts() == FOUND
    assert complaints == []


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(reader, articles):
    box = type_into(reader, "/tim-kiem/", "tin cu")
    reader.locator(OPEN).wait_for()
    box.press("Escape")
    assert reader.locator(OPEN).count() == 0
    assert (box.input_value(), box.get_attribute("aria-expanded")) == ("tin cu", "false")
    box.press("ArrowDown")
    assert reader.locator(OPEN).count() == 1


def test_the_suggestions_close_when_the_box_is_left(reader, articles):
    box = type_into(reader, "/tim-kiem/", "tin cu")
    reader.locator(OPEN).wait_for()
    box.press("Tab")
    assert reader.locator(OPEN).count() == 0


def test_a_suggestion_is_a_link(reader, complaints, articles):
    type_into(reader, "/tim-kiem/", "tin cua")
    reader.locator(f"{OPEN} a").first.click()
    reader.wait_for_url(f"**/trang/tunghia{articles[3].path()}")
    assert complaints == []


def test_one_letter_is_not_asked_for_and_haste_is_asked_for_once(reader, asked, articles):
    box = type_into(reader, "/tim-kiem/", "t")
    reader.wait_for_timeout(400)
    assert asked == []
    box.press_sequentially("in cu", delay=10)
    reader.locator(OPEN).wait_for()
    assert asked == ["tin%20cu"]


def test_a_late_answer_does_not_replace_a_newer_one(reader, articles):
    def answer(route):
        words = route.request.url.partition("?q=")[2]
        if words == "tin":
            reader.wait_for_timeout(600)
        route.fulfill(json=[words, [words], ["note"], ["/"]])

    reader.route("**/goi-y/**", answer)
    box = type_into(reader, "/tim-kiem/", "tin")
    reader.wait_for_timeout(250)
    box.press_sequentially(" cu")
    reader.wait_for_timeout(1200)
    assert reader.locator(f"{OPEN} a").all_inner_texts() == ["tin%20cu\nnote"]


def test_titles_are_text(reader, complaints, articles):
    reader.route(
        "**/goi-y/**", lambda route: route.fulfill(json=["x", ["<img src=x onerror=alert(1)>"], ["<b>"], ["/"]])
    )
    type_into(reader, "/tim-kiem/", "tin")
    reader.locator(OPEN).wait_for()
    assert reader.locator(f"{OPEN} img, {OPEN} b").count() == 0
    assert complaints == []


def test_a_server_that_fails_leaves_the_search_as_it_was(reader, articles):
    reader.route("**/goi-y/**", lambda route: route.abort())
    box = type_into(reader, "/tim-kiem/", "tin cu")
    reader.wait_for_timeout(400)
    box.press("Enter")
    reader.wait_for_url(re.compile(r"q=tin\+cu"))
    assert reader.locator(".hit-title").all_inner_texts() == FOUND


@pytest.mark.parametrize("path", BOXES)
@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_suggestions_fit_the_screen_and_the_finger(reader, complaints, articles, width, path):
    reader.set_viewport_size({"width": width, "height": 900})
    type_into(reader, path, "tin")
    reader.locator(OPEN).wait_for()
    box = reader.locator(OPEN).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert reader.evaluate(SIDEWAYS) == 0
    assert all(row.bounding_box()["height"] >= 44 for row in reader.locator(f"{OPEN} a").all())
    assert complaints == []


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_pages_of_results_fit_the_screen_and_the_finger(reader, complaints, articles, two_pages, portal, width):
    publish_document(portal, when=timezone.now(), number="16/2017/QĐ-UBND", summary_vi=f"Tin {'dài' * 60}")
    reader.set_viewport_size({"width": width, "height": 900})
    for query in [
        "q=tin",
        "q=tin&muc=documents&tu=2000-01-01",
        "q=tin+zzyx",
        "q=tin&tu=31/02/2018",
        "muc=news&trang=2",
    ]:
        reader.goto(f"/tim-kiem/?{query}")
        assert reader.evaluate(SIDEWAYS) == 0, query
        controls = ".search-large input, .search-large select, .search-large .button, .chosen a, .pagination a"
        controls = [row for row in reader.locator(controls).all() if row.is_visible()]
        assert all(row.bounding_box()["height"] >= 44 for row in controls), query
    assert complaints == []


def test_everything_is_there_without_a_script(browser, live_server, complaints, articles):
    with browser.new_context(base_url=live_server.url, locale="vi-VN", java_script_enabled=False) as context:
        page = complaints.follow(context.new_page())
        page.goto("/tim-kiem/")
        page.locator("#q").fill("tin cua huy")
        page.locator(".search-large-row button").click()
        page.wait_for_url(re.compile(r"q=tin\+cua\+huy"))
        assert page.locator(".hit-title").all_inner_texts() == ["Tin của huyện"]
        page.locator(".finder-more summary").click()
        page.locator("select[name=muc]").select_option("news")
        page.locator(".filter button").click()
        page.wait_for_url(re.compile("muc=news"))
        assert page.locator(".hit-title").all_inner_texts() == ["Tin của huyện"]
    assert complaints == []


def test_the_address_names_only_what_was_chosen(reader, articles):
    reader.goto("/tim-kiem/?q=tin")
    reader.locator(".finder-more summary").click()
    reader.locator("select[name=muc]").select_option("news")
    reader.locator(".filter button").click()
    reader.wait_for_url("**/tim-kiem/?q=tin&muc=news")


def test_an_opened_result_is_counted(reader, complaints, articles):
    reader.goto("/tim-kiem/?q=tin+cu")
    # in a tab of its own: a page that is left may not hear the answer to what it told
    with reader.expect_response("**/da-mo/") as told, reader.context.expect_page() as opened:
        reader.locator(".hit-title a").first.click(modifiers=["Control"])
    opened.value.wait_for_url(f"**{articles[1].path()}")
    assert told.value.status == 204
    assert list(ClickCount.objects.values_list("category", "object_id", "times")) == [("news", articles[1].pk, 1)]
    assert complaints == []
