"""Where a document can be read, by whom, in which state; printing it, and what it said before."""

from datetime import date

import pytest

from portal.publishing import editing
from tests.documents.legal import (
    TODAY,
    correct,
    facts,
    publish_document,
    relate,
)
from tests.gazette.makers import make_document
from tests.makers import archive, frozen, make_user, withdraw
from tests.web.pages import read
from tests.web.soundness import faults

NUMBER = "16/2018/QĐ-UBND"
SUBJECT = "Ban hành Quy định về quản lý đường bộ trên địa bàn tỉnh"


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def write(portal):
    defaults = {"number": NUMBER, "summary_vi": SUBJECT}
    return lambda place=portal, **fields: publish_document(place, **defaults | fields)


# --- addresses, states ------------------------------------------------------------------------------------------------


def test_an_address_with_another_name_leads_to_the_right_one(client, write, district):
    document = write(district)
    for mount in ["/trang/tunghia", "/trang/tunghia/en"]:
        response = client.get(f"{mount}/van-ban/ten-cu-{document.pk}/?tu=mail")
        assert (response.status_code, response["Location"]) == (301, f"{mount}{document.path()}?tu=mail")


@pytest.mark.parametrize("path", ["khong-co-999999/", "khong-co/", "khong-co-99999999999999999999/"])
def test_a_document_that_is_not_there_is_a_404(client, write, path):
    write()
    assert client.get(f"/van-ban/{path}").status_code == 404


def test_a_withdrawn_document_is_gone_and_the_page_says_why(client, write):
    document = write()
    revision = correct(document, when=TODAY, summary_vi="Đã sửa")
    withdraw(document, note="Văn bản chưa được ký.")
    for path in ["", "in/", f"ban-cu/{revision.pk}/", "?xem-truoc=1"]:
        response = client.get(f"/en{document.path()}{path}")
        page = read(response)
        assert response.status_code == 410
        assert "Văn bản chưa được ký." in page.main
        assert f"Quyết định {NUMBER}" in page.main
        assert "quản lý đường bộ" not in page.source
        assert page.one("meta", name="robots")["content"] == "noindex"
    assert client.get(document.attachments.get().path()).status_code in (404, 410)


def test_an_archived_document_can_be_read_and_says_so(client, write):
    document = archive(write())
    page = read(client.get(f"/en{document.path()}"))
    assert page.one("div", class_="notice-archive").text.startswith("Archived.")
    assert SUBJECT in page.main


def test_a_draft_is_for_nobody_but_its_board(client, portal, district):
    draft = make_document(portal.agency, by=portal.editor, summary_vi="Chưa công bố")
    for user in [None, make_user(), district.head, portal.reporter]:
        client.logout()
        if user:
            client.force_login(user)
        for path in ["", "in/", "ban-cu/1/"]:
            for query in ["", "?xem-truoc=1"]:
                response = client.get(f"{draft.path()}{path}{query}")
                assert response.status_code == 404
                assert "Chưa công bố" not in response.content.decode()


def test_the_board_previews_its_draft_and_prints_it(client, portal):
    draft = make_document(portal.agency, by=portal.editor, summary_vi="Chưa công bố")
    client.force_login(portal.head)
    response = client.get(f"/en{draft.path()}?xem-truoc=1")
    page = read(response)
    assert response.status_code == 200
    assert page.one("div", class_="notice-archive").text.startswith("Preview.")
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert "Chưa công bố" in page.main
    assert not [link for link in page.links if "/bao-loi/" in link]
    printed = client.get(f"/en{draft.path()}in/?xem-truoc=1")
    assert (printed.status_code, faults(read(printed))) == (200, [])
    assert client.get(draft.path()).status_code == 404


# --- printing, superseded texts ---------------------------------------------------------------------------------------


def test_the_print_view_holds_facts_status_and_text_and_nothing_around_it(client, write):
    document = write()
    other = write(number="20/2018/QĐ-UBND", effective_on=date(2018, 3, 16))
    relate(other, "repeals", document)
    page = read(client.get(f"/en{document.path()}in/"))
    assert page.one("h1").text == f"Decision {NUMBER}"
    assert not page.all("nav") and not page.all("form")
    assert facts(page)[6:] == [
        (
            "Status (20/03/2018)",
            "no longer in force. Repealed from 16/03/2018 by Decision 20/2018/QĐ-UBND. In force since 11/03/2018.",
        ),
        ("Files", "Bản ký (PDF)"),
    ]
    assert "Có hiệu lực từ ngày ký." in page.one("div", class_="law-text").text
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert page.one("link", rel="canonical")["href"] == f"http://testserver/en{document.path()}"
    assert SUBJECT not in page.words_in("en")


def test_the_superseded_text_stays_readable_as_it_was(client, write):
    document = write(signer="Trần Ngọc Căng")
    revision = correct(
        document,
        when=TODAY,
        note="Sửa số, ngày và trích yếu theo bản ký.",
        summary_vi="Trích yếu đúng",
        number="17/2018/QĐ-UBND",
        effective_on="2018-03-15",
        full_text="Điều 1. Văn bản đúng",
    )
    path = f"/en{document.path()}"
    page = read(client.get(path))
    assert f"{path}ban-cu/{revision.pk}/" in page.links
    assert "Sửa số, ngày và trích yếu theo bản ký." in page.one("aside", class_="notice-correction").text
    assert page.one("h1").text == "Decision 17/2018/QĐ-UBND"
    old = read(client.get(f"{path}ban-cu/{revision.pk}/"))
    assert old.one("h1").text == f"Decision {NUMBER}"
    assert facts(old)[2:6] == [
        ("Number", NUMBER),
        ("Date of issue", "01/03/2018"),
        ("Takes effect on", "11/03/2018"),
        ("Subject", SUBJECT),
    ]
    assert "Phạm vi" in old.main and "Văn bản đúng" not in old.main
    assert old.one("meta", name="robots")["content"] == "noindex"
    assert "09:00 20/03/2018" in old.one("div", class_="notice-archive").text
    assert path in old.links


def test_a_superseded_text_of_another_document_is_not_there(client, write):
    document, other = write(), write(number="20/2018/QĐ-UBND")
    revision = correct(other, when=TODAY, summary_vi="Đã sửa")
    assert client.get(f"{document.path()}ban-cu/{revision.pk}/").status_code == 404
    assert client.get(f"{document.path()}ban-cu/999999/").status_code == 404


def test_a_change_that_was_only_proposed_is_no_superseded_text(client, write, portal):
    document = write()
    revision = editing.propose(document, {"summary_vi": "Đề nghị"}, by=portal.editor, note="Sửa")
    assert client.get(f"{document.path()}ban-cu/{revision.pk}/").status_code == 404
    assert "Đề nghị" not in client.get(document.path()).content.decode()
