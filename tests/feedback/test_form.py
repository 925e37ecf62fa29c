"""“Báo lỗi nội dung” as a reader meets it: the link, the form, the thanks; on the owner's site and nowhere else."""

import time
import unicodedata
from datetime import date, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from portal.editorial.roles import State
from portal.feedback.models import ErrorReport
from portal.obligations.models import Obligation, Rule
from tests.backoffice.pages import fill_in
from tests.feedback.samples import TCVN3, TEXT, TODAY, make_public, make_report, nothing_entered
from tests.makers import archive, bring_to, frozen, make_article, withdraw
from tests.obligations.test_ledger import moment
from tests.web.pages import read
from tests.web.soundness import faults, header_faults

pytestmark = pytest.mark.usefixtures("law", "english")

LINK = "Report an error in this content"
THANKS = "Your report has been received"


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


def form_of(item, mount=""):
    return f"{mount}/en/bao-loi/news/{item.pk}/"


def send(client, item, *, mount="", follow=False, **typed):
    url = form_of(item, mount)
    return client.post(url, fill_in(client.get(url), "token", **{"text": TEXT} | typed), follow=follow)


def errors(response):
    return {name: list(sentences) for name, sentences in response.context["form"].errors.items()}


def typed(response):
    return {name: value for name, value in fill_in(response, "token").items() if name in ("text", "email")}


# --- the link ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mount", ["", "/trang/tunghia"])
def test_a_public_item_leads_to_the_form(mount, client, portal, district):
    item = make_public(district if mount else portal)
    page = read(client.get(f"{mount}/en{item.path()}"))
    (link,) = [row for row in page.all("a") if row.text == LINK]
    assert link["href"] == form_of(item, mount)
    assert client.get(link["href"]).status_code == 200


def test_a_preview_and_a_withdrawn_item_do_not(client, portal):
    draft, gone = make_article(portal.agency, by=portal.editor), withdraw(make_public(portal))
    client.force_login(portal.editor)
    for address, status in ((f"/en{draft.path()}?xem-truoc=1", 200), (f"/en{gone.path()}", 410)):
        response = client.get(address)
        assert response.status_code == status
        assert "/bao-loi/" not in response.content.decode()


# --- the form ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mount", ["", "/trang/tunghia"])
def test_a_report_is_sent_and_the_thanks_name_the_day(mount, client, portal, district):
    place = district if mount else portal
    item = make_public(place)
    response = send(client, item, mount=mount, email="ban.doc@example.vn")
    report = ErrorReport.objects.get()
    assert (report.item, report.agency, report.text, report.email) == (item, place.agency, TEXT, "ban.doc@example.vn")
    assert (response.status_code, response.url) == (302, f"{mount}/en/bao-loi/da-nhan/?ma={report.token}")
    page = read(client.get(response.url))
    assert page.one("h1").text == THANKS
    assert "17/03/2026" in page.main
    assert faults(page) == []
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_the_form_is_a_sound_page_that_says_what_the_address_is_for(client, portal):
    item = archive(make_public(portal, title_vi="Khởi công <cầu>"))
    response = client.get(form_of(item))
    page = read(response)
    assert faults(page) == []
    # the cookie against forged forms
    assert set(header_faults(response)) == {"a cookie", "varies on Cookie"}
    assert "no-store" in response["Cache-Control"]
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert "Khởi công <cầu>" in page.words_in("vi")
    email = page.one("input", name="email")
    told = page.one("p", id=email["aria-describedby"])
    assert told.text.startswith("Used for one purpose: to send you the answer.")
    assert {script.get("src") for script in page.all("script")} == {
        f"/static/portal/{name}.js" for name in ("portal", "search")
    }


def test_each_form_has_a_token_of_its_own(client, portal):
    item = make_public(portal)
    first, second = (fill_in(client.get(form_of(item)), "token")["token"] for _ in range(2))
    assert first != second


def test_a_double_click_is_one_report_and_the_same_thanks(client, portal):
    item = make_public(portal)
    form = fill_in(client.get(form_of(item)), "token", text=TEXT)
    first, second = client.post(form_of(item), form), client.post(form_of(item), form)
    assert first.url == second.url
    assert ErrorReport.objects.count() == Obligation.objects.filter(code="L9").count() == 1


@pytest.mark.parametrize("token", ["", "x", "\x00", "0" * 10_000, "{}"])
def test_a_broken_token_costs_nobody_the_report(token, client, portal):
    assert send(client, make_public(portal), token=token).status_code == 302
    assert ErrorReport.objects.count() == 1


def test_a_form_from_elsewhere_is_refused(portal):
    item = make_public(portal)
    with nothing_entered():
        response = Client(enforce_csrf_checks=True).post(form_of(item), {"text": TEXT, "token": str(uuid4())})
    assert response.status_code == 403


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        ({"text": ""}, "text", "This field is required."),
        ({"text": "\u200b \u202e\x00"}, "text", "This field is required."),
        ({"text": "a" * 2001}, "text", "Ensure this value has at most 2000 characters (it has 2001)."),
        ({"text": "ế" * 10_000}, "text", "At most 2000 characters, please."),
        ({"email": "khong phai"}, "email", "Enter a valid email address."),
        ({"email": "a" * 5000 + "@example.vn"}, "email", "At most 254 characters, please."),
        ({"website": "http://x"}, "website", "This field is a trap for programs. Empty it and send the form again."),
    ],
)
def test_what_is_refused_stays_in_the_form(words, field, sentence, client, portal):
    item = make_public(portal)
    with nothing_entered():
        response = send(client, item, **{"email": "ban.doc@example.vn"} | words)
    assert (response.status_code, errors(response)) == (200, {field: [sentence]})
    page = read(response)
    assert faults(page) == []
    assert page.one("title").text.startswith("Error:")
    assert page.one("input", name="email")["value"] == ({"email": "ban.doc@example.vn"} | words)["email"]
    assert typed(response)["text"].replace("\x00", "") == words.get("text", TEXT).replace("\x00", "")


def test_text_from_before_unicode_is_refused_with_its_conversion(client, portal):
    item = make_public(portal)
    with nothing_entered():
        response = send(client, item, text=TCVN3)
    (sentence,) = errors(response)["text"]
    assert "TCVN3" in sentence
    assert "Đường Nguyễn Tự Tân ở thành phố Quảng Ngãi" in sentence
    assert typed(response)["text"] == TCVN3


def test_decomposed_text_is_measured_and_stored_composed(client, portal):
    words = unicodedata.normalize("NFD", "ế" * 2000)
    assert len(words) == 6000
    send(client, make_public(portal), text=words)
    assert ErrorReport.objects.get().text == "ế" * 2000


def test_megabytes_are_refused_at_once(client, portal):
    item = make_public(portal)
    with nothing_entered():
        form = fill_in(client.get(form_of(item)), "token", text="ế" * 1_000_000)
        start = time.monotonic()
        response = client.post(form_of(item), form)
    assert response.status_code == 200
    assert time.monotonic() - start < 3


def test_the_trap_is_hidden_until_somebody_fell_into_it(client, portal):
    item = make_public(portal)

    def box(response):
        return read(response).one("input", name="website").parents[-1].classes

    assert "visually-hidden" in box(client.get(form_of(item)))
    assert "visually-hidden" not in box(send(client, item, website="x"))


def test_too_many_reports_are_refused_in_the_form(client, portal):
    item = make_public(portal)
    for _ in range(20):
        make_report(item)
    with nothing_entered():
        response = send(client, item)
    assert list(errors(response)) == ["__all__"]
    assert "Many reports about this item" in read(response).main
    assert typed(response)["text"] == TEXT


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.APPROVED, State.WITHDRAWN])
def test_there_is_no_form_for_what_readers_cannot_open_not_even_for_its_board(state, client, portal):
    item = bring_to(state, make_article(portal.agency, by=portal.editor), by=portal.head)
    client.force_login(portal.editor)
    with nothing_entered():
        for response in (client.get(form_of(item)), client.post(form_of(item), {"text": TEXT, "token": uuid4()})):
            assert response.status_code == 404


def test_there_is_no_form_on_the_site_of_others(client, portal, district):
    of_portal, of_district = make_public(portal), make_public(district)
    with nothing_entered():
        for url in (form_of(of_portal, "/trang/tunghia"), form_of(of_district)):
            assert (client.get(url).status_code, client.post(url, {"text": TEXT}).status_code) == (404, 404)


@pytest.mark.parametrize("path", ["khong-co/1/", "news/0/", f"news/{10**30}/", "news/abc/", "news/", ""])
def test_addresses_that_are_none_are_not_found(path, client, portal):
    assert client.get(f"/bao-loi/{path}").status_code == 404


# --- the thanks -------------------------------------------------------------------------------------------------------


def test_the_thanks_name_no_day_where_nothing_is_owed(client, portal):
    Rule.objects.filter(code="L9").update(is_active=False)
    page = read(send(client, make_public(portal), follow=True))
    assert page.one("h1").text == THANKS
    assert "To be dealt with by" not in page.main


def test_the_thanks_tell_nothing_that_was_sent(client, portal):
    page = read(send(client, make_public(portal), email="ban.doc@example.vn", follow=True))
    assert "The answer will be sent to the e-mail address you gave." in page.main
    assert TEXT not in page.source
    assert "ban.doc" not in page.source


@pytest.mark.parametrize(
    "query", ["", "?ma=", "?ma=1", "?ma=%00", "?ma=6f1c9a52-0b7e-4c1d-9e55-2a4d8f3b7c10", "?ma=" + "a" * 5000]
)
def test_without_its_key_there_are_no_thanks(query, client, portal):
    make_report(make_public(portal))
    assert client.get(f"/bao-loi/da-nhan/{query}").status_code == 404


def test_the_thanks_of_another_site_are_not_found(client, portal, district):
    report = make_report(make_public(district))
    assert client.get(f"/bao-loi/da-nhan/?ma={report.token}").status_code == 404
    assert client.get(f"/trang/tunghia/bao-loi/da-nhan/?ma={report.token}").status_code == 200


# --- “Công khai tiến độ” ----------------------------------------------------------------------------------------------


def test_the_public_figures_count_the_duty_and_tell_nothing_of_the_report(client, portal):
    report = make_report(make_public(portal, title_vi="Ngọc trai"), email="ban.doc@example.vn")
    with frozen(moment(date(2026, 3, 19))):
        page = client.get("/en/cong-khai-tien-do/danh-sach/?nam=2026&ket_qua=qua-han").content.decode()
        assert client.get("/en/cong-khai-tien-do/?nam=2026").status_code == 200
    assert "Correct an error that the agency finds itself" in page
    for words in ("Ngọc trai", TEXT, "ban.doc", str(report.token), f"/giai-trinh-han/{report.duty().pk}/"):
        assert words not in page


def test_the_explanation_of_the_day_is_for_the_board_and_superusers(client, portal, district):
    report = make_report(make_public(district))
    url = f"/trang/tunghia/en{report.duty().path()}"
    assert client.get(url).status_code == 404
    for user, status in ((portal.head, 404), (district.editor, 200), (district.reporter, 200)):
        client.force_login(user)
        assert client.get(url).status_code == status
    client.force_login(portal.head)
    portal.head.is_superuser = True
    portal.head.save()
    page = read(client.get(url))
    assert "17/03/2026" in page.main
    assert TEXT not in page.source


def test_a_reader_of_the_next_day_starts_the_next_clock(client, portal):
    item = make_public(portal)
    send(client, item)
    with frozen(TODAY + timedelta(days=1)):
        response = send(client, item)
        assert "18/03/2026" in read(client.get(urlsplit(response.url).path + "?" + urlsplit(response.url).query)).main
