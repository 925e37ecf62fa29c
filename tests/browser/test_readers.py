import re

import pytest

NOT_FOCUSED = "element => getComputedStyle(element).outlineStyle === 'none' || element.getBoundingClientRect().top < 0"


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_pages_fit_the_screen_and_the_browser_has_no_complaint(reader, complaints, articles, two_pages, width):
    reader.set_viewport_size({"width": width, "height": 900})
    paths = ["/", "/tin-tuc/", "/tim-kiem/?q=tin", "/gioi-thieu/", "/trang/", "/lien-he/", "/so-do-cong/", "/en/"]
    for path in [*paths, articles[0].path(), f"{articles[0].path()}in/", "/trang/tunghia/"]:
        reader.goto(path)
        assert reader.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, path
        assert reader.locator("h1").count() == 1
    assert complaints == []


def test_a_page_that_is_not_there_is_the_only_complaint(reader, complaints, articles):
    reader.goto("/khong-co/")
    assert len(complaints) == 2 and complaints[0].startswith("404 ") and "404" in complaints[1]


def test_pictures_are_there(reader, complaints, articles):
    for path in ["/", "/tin-tuc/", articles[0].path()]:
        reader.goto(path, wait_until="networkidle")
        widths = reader.locator("main img").evaluate_all("all => all.map(picture => picture.naturalWidth)")
        assert widths and all(widths)
    assert complaints == []


def test_the_first_thing_on_the_keyboard_is_the_way_to_the_content(reader, articles):
    reader.goto("/")
    reader.keyboard.press("Tab")
    link = reader.locator("a.skip-link")
    assert link.evaluate("element => element === document.activeElement")
    assert link.bounding_box()["y"] >= 0
    reader.keyboard.press("Enter")
    assert reader.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("width", [390, 1440])
def test_the_keyboard_shows_where_it_is(reader, articles, width):
    reader.emulate_media(reduced_motion="reduce")  # or the page would still be on its way to the focus
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto("/tin-tuc/")
    seen = 0
    while seen < 60:
        reader.keyboard.press("Tab")
        focused = reader.evaluate_handle("document.activeElement").as_element()
        if focused.evaluate("element => element === document.body"):
            break
        assert not focused.evaluate(NOT_FOCUSED), focused.evaluate("element => element.outerHTML")
        seen += 1
    assert seen > 15


def test_a_menu_closes_with_escape_and_gives_the_focus_back(reader, articles):
    reader.set_viewport_size({"width": 1440, "height": 900})
    reader.goto("/")
    summary = reader.locator("nav.menu-wide summary").first
    summary.focus()
    reader.keyboard.press("Enter")
    assert reader.locator("nav.menu-wide").get_by_role("link", name="Thời sự").is_visible()
    reader.keyboard.press("Escape")
    assert not reader.locator("nav.menu-wide").get_by_role("link", name="Thời sự").is_visible()
    assert summary.evaluate("element => element === document.activeElement")


@pytest.fixture
def without_scripts(browser, live_server, complaints):
    with browser.new_context(base_url=live_server.url, locale="vi-VN", java_script_enabled=False) as context:
        yield complaints.follow(context.new_page())


def test_the_menu_the_search_and_the_filter_need_no_script(without_scripts, complaints, articles):
    page = without_scripts
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/")
    menu = page.locator("details.menu-narrow")
    assert not menu.get_by_role("link", name="Tin tức, sự kiện").is_visible()
    menu.locator("summary").first.click()
    menu.get_by_role("link", name="Tin tức, sự kiện").click()
    page.wait_for_url(re.compile("/tin-tuc/chuyen-muc/tin-tuc-su-kien/$"))
    _filter(page, articles)
    _search(page)
    assert complaints == []


def _filter(page, articles):
    page.goto("/tin-tuc/")
    page.locator("select[name=chuyen_muc]").select_option("thoi-su")
    page.locator("select[name=thang]").select_option(index=1)
    page.locator("form.filter button").click()
    page.wait_for_url(re.compile(r"chuyen_muc=thoi-su&co_quan=&thang=\d{4}-\d{2}$"))
    assert page.locator("article.card").count() >= 1


def _search(page):
    page.locator("#masthead-q").fill("cua huyen")
    page.locator("#masthead-q").press("Enter")
    page.wait_for_url(re.compile("/tim-kiem/"))
    assert page.locator(".hit-title").all_inner_texts() == ["Tin của huyện"]
    assert page.locator("mark").all_inner_texts()[:2] == ["của", "huyện"]


def test_the_print_button_shows_itself_where_it_works(reader, without_scripts, articles):
    for page, visible in [(reader, True), (without_scripts, False)]:
        page.goto(f"{articles[0].path()}in/")
        assert page.locator("[data-print]").is_visible() is visible


def test_a_member_site_is_reached_by_its_host(reader, complaints, articles, live_server):
    reader.goto(live_server.url.replace("localhost", "tunghia.localhost"))
    reader.get_by_role("link", name="Tin của huyện").first.click()
    assert reader.locator("h1").inner_text() == "Tin của huyện"
    assert reader.url.startswith(live_server.url.replace("localhost", "tunghia.localhost"))
    assert complaints == []
