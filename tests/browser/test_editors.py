import pytest
from playwright.sync_api import expect

from news.models import Article
from portal.editorial.roles import State
from tests.makers import make_rubric

PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def signed_in(reader, transactional_db, portal):
    """The page of an editor of the portal who came in by name and password."""
    make_rubric("thoi-su", parent=make_rubric(name_vi="Tin tức, sự kiện"), name_vi="Thời sự")
    portal.editor.set_password(PASSWORD)
    portal.editor.save()
    reader.goto("/quan-tri/")
    reader.locator("#id_username").fill(portal.editor.username)
    reader.locator("#id_password").fill(PASSWORD)
    reader.locator("#id_password").press("Enter")
    reader.wait_for_url("**/quan-tri/")
    return reader


def test_an_editor_signs_in_and_writes_an_article(signed_in, complaints, portal):
    page = signed_in
    page.goto("/quan-tri/news/article/add/")
    page.locator("#id_rubric").select_option(label="– Thời sự")
    page.locator("#id_title_vi").fill("Khởi công cầu Thạch Bích")
    page.locator("#id_summary_vi").fill("Cầu nối hai bờ sông Trà Khúc.")
    _write(page)
    page.locator("input[name=_continue]").first.click()
    page.wait_for_url("**/change/")
    article = Article.objects.get()
    assert article.title_vi == "Khởi công cầu Thạch Bích"
    assert article.body_vi == "<p>Lễ khởi công <strong>sáng nay</strong>.</p><p>Cầu dài 700 m.</p>"
    assert (article.agency, article.created_by, article.state) == (portal.agency, portal.editor, State.DRAFT)
    assert (article.author, article.source) == (portal.editor.full_name, portal.site.name_vi)
    assert complaints == []


def _write(page):
    box = page.locator("[role=textbox][contenteditable=true]").first
    box.click()
    page.keyboard.type("Lễ khởi công ")
    page.keyboard.press("Control+b")
    page.keyboard.type("sáng nay")
    page.keyboard.press("Control+b")
    page.keyboard.type(".")
    page.keyboard.press("Enter")
    page.keyboard.type("Cầu dài 700 m.")


def test_the_text_box_has_a_name(signed_in, complaints):
    signed_in.goto("/quan-tri/news/article/add/")
    names = signed_in.locator("[role=textbox][contenteditable=true]").evaluate_all(
        "boxes => boxes.map(box => box.getAttribute('aria-label'))"
    )
    assert len(names) == 2 and all(names)
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1440])
def test_the_back_office_fits_the_screen(signed_in, complaints, width):
    signed_in.set_viewport_size({"width": width, "height": 900})
    for path in ["", "news/article/", "news/article/add/"]:
        signed_in.goto(f"/quan-tri/{path}")
        wider = signed_in.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, path
    assert complaints == []


def test_a_wrong_password_opens_nothing(reader, transactional_db, portal):
    reader.goto("/quan-tri/")
    reader.locator("#id_username").fill(portal.editor.username)
    reader.locator("#id_password").fill("sai")
    reader.locator("#id_password").press("Enter")
    expect(reader.locator(".errornote")).to_be_visible()
    reader.goto("/quan-tri/news/article/add/")
    assert "/quan-tri/login/" in reader.url
