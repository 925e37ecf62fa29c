"""What the results page tells when a result is opened: a count, whatever is sent."""

import pytest

from portal.search.models import ClickCount, QueryCount
from tests.makers import make_article, withdraw

PATH = "/tim-kiem/da-mo/"


def clicks():
    return list(ClickCount.objects.values_list("category", "object_id", "times"))


@pytest.fixture
def asked(client, write):
    """An article that was found, and the query by which it was."""
    article = write("Đường tránh")
    client.get("/tim-kiem/", {"q": "duong"})
    return article


def test_an_opened_result_is_counted(client, asked):
    for _time in range(2):
        response = client.post(PATH, {"q": "duong", "muc": "news", "ma": str(asked.pk)})
        assert (response.status_code, response.content) == (204, b"")
    assert clicks() == [("news", asked.pk, 2)]
    assert QueryCount.objects.get().clicks == 2


def test_a_page_of_results_says_what_to_send(client, asked):
    source = client.get("/tim-kiem/", {"q": "duong"}).content.decode()
    assert f'data-opened="{PATH}" data-query="duong"' in source
    assert f'data-kind="news" data-item="{asked.pk}"' in source


def test_it_is_only_sent(client, asked):
    assert client.get(PATH, {"q": "duong", "muc": "news", "ma": asked.pk}).status_code == 405
    assert clicks() == []


def test_no_cookie_is_set(client, asked):
    response = client.post(PATH, {"q": "duong", "muc": "news", "ma": asked.pk})
    assert not response.cookies


GARBAGE = [
    {},
    {"q": "duong"},
    {"q": "duong", "muc": "news", "ma": ""},
    {"q": "duong", "muc": "news", "ma": "-1"},
    {"q": "duong", "muc": "news", "ma": "9" * 30},
    {"q": "duong", "muc": "news", "ma": "999999"},
    {"q": "duong", "muc": "news", "ma": "١"},
    {"q": "duong", "muc": "news", "ma": "1\x00"},
    {"q": "duong", "muc": "\x00", "ma": "1"},
    {"q": "duong", "muc": "x" * 5000, "ma": "1"},
    {"q": "\x00", "muc": "news", "ma": "1"},
    {"q": "đường " * 50_000, "muc": "news", "ma": "1"},
    {"q": "khac", "muc": "news", "ma": "1"},
]


@pytest.mark.parametrize("sent", GARBAGE)
def test_garbage_counts_nothing(client, asked, sent):
    assert client.post(PATH, sent).status_code == 204
    assert clicks() == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "text/plain"),
        (b"\xff\xfe\x00", "application/octet-stream"),
        (b"{", "application/json"),
        (b"ma=%ff&muc=%00&q=%ed%a0%80", "application/x-www-form-urlencoded"),
        (b"no boundary", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    ],
)
def test_no_body_is_an_error_of_the_portal(client, asked, body, kind):
    client.raise_request_exception = False
    assert client.post(PATH, body, content_type=kind).status_code in (204, 400)
    assert clicks() == []


def test_what_is_not_public_is_not_counted(client, asked, portal):
    withdraw(asked)
    draft = make_article(portal.agency, by=portal.editor)
    for pk in (asked.pk, draft.pk):
        assert client.post(PATH, {"q": "duong", "muc": "news", "ma": pk}).status_code == 204
    assert clicks() == []
