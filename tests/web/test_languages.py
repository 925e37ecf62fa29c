from urllib.parse import urlsplit

import pytest

from tests.makers import make_article, make_rubric, publish
from tests.web.pages import read

NOTE = "This content is available in Vietnamese only."
ENGLISH = {
    "title_en": "Work begins on the Thạch Bích bridge",
    "summary_en": "The bridge joins both banks of the Trà Khúc river.",
    "body_en": "<p>The ceremony took place this morning.</p>",
}
# words of the interface that would stand out in the other language
VIETNAMESE_WORDS = [
    "Trang chủ", "Giới thiệu", "Liên hệ", "Tìm kiếm", "Sơ đồ", "Chuyên mục", "Tác giả", "Nguồn", "Ngày", "Xem",
    "Cơ quan chủ quản", "Chịu trách nhiệm", "Địa chỉ", "Điện thoại", "Đăng nhập", "Kết quả", "Tháng", "Dịch vụ",
    "Tin tức", "Ban biên tập", "Bài", "Trang trước", "Trang sau", "Thứ", "Tất cả",
]  # fmt: skip
ENGLISH_WORDS = [
    "Home", "Introduction", "Contact", "Search", "Site map", "Rubric", "Author", "Source", "Published", "Read",
    "Governing body", "Responsible", "Address", "Telephone", "Sign in", "Result", "Month", "Services", "News",
    "Editorial", "Item", "Previous", "Next", "day", "All ", "Skip", "Menu", "the ", "Print", "Show",
]  # fmt: skip
PATHS = [
    "/", "/gioi-thieu/", "/lien-he/", "/dich-vu-cong-truc-tuyen/", "/so-do-cong/", "/trang/", "/tin-tuc/",
    "/tin-tuc/?thang=2030-01", "/tin-tuc/chuyen-muc/thoi-su/", "/tim-kiem/", "/tim-kiem/?q=khoi", "/tim-kiem/?q=zzz",
    "/tim-kiem/?q=%2A", "/khong-co/",
]  # fmt: skip


@pytest.fixture
def vietnamese_article(portal):
    return publish(
        make_article(
            portal.agency,
            by=portal.editor,
            rubric=make_rubric("thoi-su", name_en="Current affairs"),
            title_vi="Khởi công cầu Thạch Bích",
            summary_vi="Cầu nối hai bờ sông Trà Khúc.",
            body_vi="<p>Lễ khởi công diễn ra sáng nay.</p>",
        )
    )


@pytest.fixture
def translated_article(portal):
    article = make_article(
        portal.agency,
        by=portal.editor,
        rubric=make_rubric("thoi-su", name_en="Current affairs"),
        title_vi="Khởi công cầu Thạch Bích",
        **ENGLISH,
    )
    return publish(article)


def alternates(page):
    return {link["hreflang"]: link["href"] for link in page.all("link", rel="alternate") if link.get("hreflang")}


@pytest.mark.parametrize("wish", [{"accept-language": "en"}, {"accept-language": "en-GB,en;q=0.9,vi;q=0.1"}, {}])
@pytest.mark.parametrize("cookie", ["en", "", "fr"])
def test_the_address_alone_decides_the_language(client, portal, wish, cookie):
    client.cookies.load({"django_language": cookie})
    for path, language in [("/", "vi"), ("/tin-tuc/", "vi"), ("/en/", "en"), ("/en/tin-tuc/", "en")]:
        response = client.get(path, headers=wish)
        assert response["Content-Language"] == language
        assert read(response).one("html")["lang"] == language


def test_other_languages_are_not_there(client, portal):
    for path in ["/vi/", "/fr/", "/en-gb/", "/EN/"]:
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("mount", ["", "/trang/tunghia"])
def test_each_language_names_both_and_the_default(client, district, mount):
    expected = {
        "vi": f"http://testserver{mount}/gioi-thieu/",
        "en": f"http://testserver{mount}/en/gioi-thieu/",
        "x-default": f"http://testserver{mount}/gioi-thieu/",
    }
    for language in ["vi", "en"]:
        response = client.get(urlsplit(expected[language]).path)
        assert alternates(read(response)) == expected
        assert read(response).one("link", rel="canonical")["href"] == expected[language]


@pytest.mark.parametrize("mount", ["", "/trang/tunghia"])
def test_the_switch_keeps_the_item_the_filter_and_the_site(client, district, mount):
    query = "?thang=2018-03&trang=2"
    for path in ["/tin-tuc/", "/tim-kiem/", "/gioi-thieu/"]:
        vietnamese, english = f"{mount}{path}{query}", f"{mount}/en{path}{query}"
        for address, current in [(vietnamese, "vi"), (english, "en")]:
            switch = {link["hreflang"]: link for link in read(client.get(address)).all("a") if link.get("hreflang")}
            assert (switch["vi"]["href"], switch["en"]["href"]) == (vietnamese, english)
            assert switch[current]["aria-current"] == "true"
            assert switch["vi"].text == "Tiếng Việt" and switch["vi"]["lang"] == "vi"
            assert switch["en"].text == "English" and switch["en"]["lang"] == "en"


def test_the_switch_of_an_article_leads_to_the_same_article(client, vietnamese_article):
    path = vietnamese_article.path()
    switch = [link["href"] for link in read(client.get(path)).all("a") if link.get("hreflang")]
    assert switch[:2] == [path, f"/en{path}"]
    assert client.get(f"/en{path}").status_code == 200


def test_an_article_without_a_translation_is_shown_in_vietnamese_and_says_so(client, vietnamese_article):
    page = read(client.get(f"/en{vietnamese_article.path()}"))
    assert NOTE in page.words_in("en")
    for words in ["Khởi công cầu Thạch Bích", "Cầu nối hai bờ sông Trà Khúc.", "Lễ khởi công diễn ra sáng nay."]:
        assert words in page.words_in("vi")
        assert words not in page.words_in("en")
    assert page.one("h1").lang == "vi"
    assert page.one("html")["lang"] == "en"


def test_an_article_in_english_has_no_note_and_no_vietnamese_text(client, translated_article):
    page = read(client.get(f"/en{translated_article.path()}"))
    assert NOTE not in page.text
    assert (page.one("h1").text, page.one("h1").lang) == (ENGLISH["title_en"], "en")
    assert "The ceremony took place this morning." in page.words_in("en")
    assert page.words_in("vi") == "Tiếng Việt Hoài Yến Cổng thông tin điện tử tỉnh"  # the switch, author and source
    assert "Khởi công" not in page.text


@pytest.mark.parametrize("missing", ["title_en", "summary_en", "body_en"])
def test_half_a_translation_is_none(client, portal, missing):
    half = ENGLISH | {missing: "<p> </p>" if missing == "body_en" else ""}
    article = publish(make_article(portal.agency, by=portal.editor, title_vi="Khởi công cầu", **half))
    page = read(client.get(f"/en{article.path()}"))
    assert NOTE in page.words_in("en")
    assert (page.one("h1").text, page.one("h1").lang) == ("Khởi công cầu", "vi")
    assert not [words for words in ENGLISH.values() if words in page.source]
    assert read(client.get("/en/tin-tuc/")).titles == ["Khởi công cầu"]


def test_the_vietnamese_page_has_no_note(client, vietnamese_article, translated_article):
    for article in [vietnamese_article, translated_article]:
        page = read(client.get(article.path()))
        assert NOTE not in page.text
        assert page.one("h1").lang == "vi"
        assert page.words_in("en") == "English"


@pytest.mark.parametrize("path", ["/", "/tin-tuc/", "/tin-tuc/chuyen-muc/thoi-su/", "/tim-kiem/?q=khoi"])
def test_cards_without_a_translation_are_marked_as_vietnamese(client, vietnamese_article, path):
    page = read(client.get("/en" + path))
    links = [link for link in page.all("a") if link.text == "Khởi công cầu Thạch Bích"]
    assert links and {link.lang for link in links} == {"vi"}
    assert "Thạch Bích" in page.words_in("vi") and "Thạch Bích" not in page.words_in("en")
    assert "Trà Khúc" not in page.words_in("en")


def test_cards_with_a_translation_are_shown_in_each_language(client, translated_article):
    assert read(client.get("/en/tin-tuc/")).titles == [ENGLISH["title_en"]]
    assert read(client.get("/tin-tuc/")).titles == ["Khởi công cầu Thạch Bích"]


@pytest.mark.parametrize("path", PATHS)
def test_english_pages_hold_no_vietnamese_words_of_the_interface(client, translated_article, path):
    page = read(client.get(f"/en{path}"))
    spoken = f"{page.words_in('en')} {_attributes(page)}".lower()
    assert [word for word in VIETNAMESE_WORDS if word.lower() in spoken] == []


@pytest.mark.parametrize("path", PATHS)
def test_vietnamese_pages_hold_no_english_words_of_the_interface(client, vietnamese_article, path):
    page = read(client.get(path))
    spoken = f"{page.words_in('vi')} {_attributes(page)}"
    assert [word for word in ENGLISH_WORDS if word in spoken] == []


def test_the_words_of_an_article_page_are_of_one_language(client, translated_article):
    english, vietnamese = (read(client.get(f"{prefix}{translated_article.path()}")) for prefix in ["/en", ""])
    spoken = f"{english.words_in('en')} {_attributes(english)}".lower()
    assert [word for word in VIETNAMESE_WORDS if word.lower() in spoken] == []
    spoken = f"{vietnamese.words_in('vi')} {_attributes(vietnamese)}"
    assert [word for word in ENGLISH_WORDS if word in spoken] == []


def _attributes(page):
    """What is said in attributes in the page's own language."""
    names = ["aria-label", "placeholder", "title", "alt"]
    spoken = [element.get(name) or "" for element in page.elements for name in names]
    return " ".join([*spoken, page.one("title").text])


@pytest.mark.parametrize(("prefix", "language"), [("", "vi"), ("/en", "en")])
def test_feeds_speak_the_language_of_their_address(client, translated_article, prefix, language):
    source = client.get(f"{prefix}/rss/").content.decode()
    assert f"<language>{language}</language>" in source
    assert (ENGLISH["title_en"] in source) == (language == "en")
    assert ("Khởi công cầu Thạch Bích" in source) == (language == "vi")
    assert f"http://testserver{prefix}{translated_article.path()}" in source
