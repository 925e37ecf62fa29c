"""The sender's side of a case: by code and secret; wrong ones look the same, whichever is wrong, and are counted."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.editorial.models import AuditEvent
from portal.intake import keys, throttle
from portal.intake.models import Count, Upload
from portal.intake.networks import network_of
from portal.notices.models import Message
from qa import answering, letters, privacy, routing
from qa.models import Case, CaseFile, Clarification, Rating, Reopening, State
from qa.opening import GUESSES
from tests.backoffice.pages import fill_in
from tests.backoffice.tables import nothing_at_all_changed
from tests.files.samples import EXE, PDF, file
from tests.makers import frozen, publish
from tests.obligations.test_ledger import moment
from tests.qa.makers import answer, ask_back, extend, forward, fresh, make_case, prepare, reply
from tests.together import together
from tests.web.pages import read
from tests.web.soundness import faults, header_faults

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 3, 10)  # a Tuesday
NOW = moment(DAY)
LOOK_UP = "/en/hoi-dap/theo-doi/"
LINKS = "/en/hoi-dap/gui-lai-lien-ket/"
WRONG = "No case is opened by this code and this key. Compare both with the receipt, letter by letter."
TOO_MANY = "Too many wrong keys came from your network. Please wait a quarter of an hour and try again."
NOT_OPEN = "No clarification is expected any more. You may write to the agency, or ask anew."
ONCE = "You may ask again once, within the time that the answer names. A new question is always possible."


@pytest.fixture(autouse=True)
def today():
    with frozen(NOW):
        yield


@pytest.fixture
def case(desk):
    return make_case(desk.agency)


@pytest.fixture
def answered(case, desk, district):
    forward(case, district, by=desk.editor)
    answer(case, district)
    return fresh(case)


@pytest.fixture
def waiting(case, desk, district):
    forward(case, district, by=desk.editor)
    ask_back(case, district)
    return fresh(case)


def secret(case, edition=None):
    return keys.secret_of(case.code, edition or case.key_edition)


def page_of(case, tail="", prefix="/en"):
    return f"{prefix}/hoi-dap/theo-doi/{case.code}/{secret(case)}/{tail}"


def rating_of(answer, prefix="/en"):
    return f"{prefix}/hoi-dap/danh-gia/{answer.pk}/{keys.token_of(letters.RATING, answer.pk)}/"


def look_up(client, code, secret):
    return client.post(LOOK_UP, {"code": code, "secret": secret})


def at(days, hour=9):
    return frozen(moment(DAY + timedelta(days=days), hour))


def errors(response, name="form"):
    return {field: list(sentences) for field, sentences in response.context[name].errors.items()}


def guesses(client, times):
    for _ in range(times):
        look_up(client, "HD-0000-0000", "0" * 26)


# --- code and secret --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en", "/trang/tunghia", "/trang/tunghia/en"])
def test_the_link_opens_the_case_on_every_site(prefix, client, case, district):
    response = client.get(page_of(case, prefix=prefix))
    assert response.status_code == 200
    assert case.subject in read(response).main


def test_code_and_secret_lead_to_the_case_however_they_are_typed(client, case):
    typed = [
        (case.code, secret(case)),
        (case.code.lower().replace("-", " "), secret(case).lower().replace("-", "")),
        (f" {case.code} ", secret(case).replace("0", "O").replace("1", "l")),
    ]
    for pair in typed:
        response = look_up(client, *pair)
        assert (response.status_code, response.url) == (302, page_of(case))
    assert not Count.objects.filter(scope="qa.guess").exists()


def wrong_keys(case, other):
    """(code, secret) of which none opens anything; all as long as the right ones."""
    return {
        "code": ("HD-0000-0000", secret(case)),
        "secret": (case.code, "00000-0000-0000-0000-0000-00000"),
        "code of another": (other.code, secret(case)),
        "secret of another": (case.code, secret(other)),
        "older edition": (case.code, keys.secret_of(case.code, 7)),
    }


def without(content, *typed):
    """The page but for what was typed and what differs each time."""
    for value in typed:
        content = content.replace(value, "…")
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1…", content)


@pytest.mark.parametrize("way", ["form", "link", "receipt", "data", "file", "days", "post"])
def test_whichever_key_is_wrong_the_page_is_the_same(way, case, desk):
    other = make_case(desk.agency)

    def ask(code, key):
        client = Client(REMOTE_ADDR="203.0.113.7")
        if way == "form":
            return look_up(client, code, key)
        tail = {"receipt": "bien-nhan/", "data": "du-lieu/", "file": "tep/1/", "days": "thoi-han/1/"}.get(way, "")
        url = f"{LOOK_UP}{code}/{key}/{tail}"
        return client.post(url, {"step": "reopen", "words": "Mở lại"}) if way == "post" else client.get(url)

    answers = {name: ask(*pair) for name, pair in wrong_keys(case, other).items()}
    assert {row.status_code for row in answers.values()} == {404}
    assert all(WRONG in read(row).main for row in answers.values())
    pages = {without(answers[name].content.decode(), *pair) for name, pair in wrong_keys(case, other).items()}
    assert len(pages) == 1
    headers = [{**row.headers, "Content-Length": "", "Expires": ""} for row in answers.values()]
    assert all(row == headers[0] for row in headers)
    assert Count.objects.get(scope="qa.guess").number == 5
    assert not Reopening.objects.exists()


@pytest.mark.parametrize(
    ("code", "key"),
    [("x", "y"), ("\x00", "\x00"), ("HD-7K3M", "0"), ("ĐƠN 12", "ế" * 26), ("%", "%"), ("A" * 40, "B" * 60)],
)
def test_nonsense_is_no_case(code, key, client, case):
    response = look_up(client, code, key)
    assert (response.status_code, response.context.get("refusal") in (WRONG, "")) in ((404, True), (200, True))
    assert faults(read(response)) == []


@pytest.mark.parametrize("tail", ["x/y/", "HD-0000-0000/%00/", "%E2%80%AE/x/", "a" * 3000 + "/b/", "..%2f..%2f/x/"])
def test_links_that_are_none_are_not_found(tail, client, case):
    assert client.get(f"{LOOK_UP}{tail}").status_code == 404


def test_without_code_or_key_nothing_is_looked_up(client, case):
    response = look_up(client, case.code, "")
    assert errors(response) == {"secret": ["This field is required."]}
    assert fill_in(response, "secret")["code"] == case.code
    assert not Count.objects.exists()


def test_after_twenty_wrong_keys_no_further_one_is_looked_at_and_right_ones_still_open(client, case):
    guesses(client, 19)
    assert look_up(client, case.code, "0" * 26).status_code == 404
    for response in (look_up(client, case.code, "0" * 26), look_up(client, "x", "y"), client.get(f"{LOOK_UP}x/y/")):
        assert response.status_code == 429
        assert TOO_MANY in read(response).main
        assert case.subject not in response.content.decode()
    # a whole town may share one address: nobody is locked out by the guesses of another
    assert client.get(page_of(case)).status_code == 200
    assert look_up(client, case.code, secret(case)).status_code == 302
    assert look_up(Client(REMOTE_ADDR="203.0.113.9"), "x", "y").status_code == 404
    with frozen(NOW + timedelta(minutes=15)):
        assert look_up(client, "x", "y").status_code == 404


def test_links_count_like_what_is_typed(client, case, rf):
    for _ in range(20):
        client.get(f"{LOOK_UP}{case.code}/{'0' * 26}/bien-nhan/")
    assert throttle.number(GUESSES, network_of(rf.get("/"))) == 20
    assert client.get(f"{LOOK_UP}{case.code}/{'1' * 26}/bien-nhan/").status_code == 429


def test_the_secret_of_an_older_edition_opens_nothing(client, case):
    Case.objects.filter(pk=case.pk).update(key_edition=2)
    assert client.get(page_of(case)).status_code == 404
    assert client.get(page_of(fresh(case))).status_code == 200


# --- the page of a case -----------------------------------------------------------------------------------------------


def _returned(case, desk, district):
    forward(case, district, by=desk.editor)
    routing.give_back(fresh(case), by=district.respondent, reason="Việc nội bộ")


def _to_sign(case, desk, district):
    forward(case, district, by=desk.editor)
    answering.write(fresh(case), by=district.respondent, text="Bản nháp bí mật.")
    answering.submit(fresh(case), by=district.respondent)


def _answered(case, desk, district):
    forward(case, district, by=desk.editor)
    extend(case, district)
    answer(case, district, "Nộp đơn tại một cửa.")


def _waiting(case, desk, district):
    forward(case, district, by=desk.editor)
    ask_back(case, district)


def _merged(case, desk, district):
    main = make_case(desk.agency, text="Lời của người khác", name="Người khác", email="khac@example.com")
    routing.merge(case, main, by=desk.editor, reason="Cùng một việc", same_sender=False)
    forward(main, district, by=desk.editor)
    answer(main, district, "Nộp đơn tại một cửa.")


STATES = {
    State.RECEIVED: (lambda case, desk, district: None, ()),
    State.RETURNED: (_returned, ()),
    State.FORWARDED: (lambda case, desk, district: forward(case, district, by=desk.editor), ()),
    State.WAITING: (_waiting, ("Xin cho biết số thửa đất.", "24/03/2026")),
    State.TO_SIGN: (_to_sign, ()),
    State.ANSWERED: (_answered, ("Nộp đơn tại một cửa.", "20/03/2026")),
    State.OUT_OF_SCOPE: (
        lambda case, desk, district: routing.declare_out_of_scope(
            case, by=desk.editor, reason="Thuộc ngành công an", competent_body="Bộ Công an"
        ),
        ("Bộ Công an", "Thuộc ngành công an"),
    ),
    State.MERGED: (_merged, ("Cùng một việc", "Nộp đơn tại một cửa.")),
    State.SPAM: (lambda case, desk, district: routing.discard(case, by=desk.editor, reason="Việc nội bộ"), ()),
    State.WITHDRAWN: (lambda case, desk, district: privacy.withdraw(case), ()),
}


def test_every_state_is_walked():
    assert set(STATES) == set(State)


@pytest.mark.parametrize("state", STATES)
def test_the_page_says_where_the_case_stands(state, client, case, desk, district):
    step, words = STATES[state]
    step(case, desk, district)
    assert fresh(case).state == state
    response = client.get(page_of(case))
    page = read(response)
    assert faults(page) == []
    for text in (case.code, case.subject, "Tôi muốn hỏi thủ tục tách thửa đất", *words):
        assert text in page.main
    for text in ("Bản nháp bí mật", "Việc nội bộ", "Lời của người khác", "Người khác", "khac@example.com"):
        assert text not in page.source
    assert set(header_faults(response)) <= {"a cookie", "varies on Cookie"}
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    assert page.one("meta", name="robots")["content"] == "noindex"
    for tail in ("bien-nhan/", "du-lieu/"):
        assert faults(read(client.get(page_of(case, tail)))) == []


@pytest.mark.parametrize("tail", ["", "bien-nhan/", "du-lieu/"])
def test_pages_of_a_case_are_kept_by_nobody_and_name_no_secret_to_others(tail, client, case):
    response = client.get(page_of(case, tail))
    page = read(response)
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert set(client.cookies) <= {"csrftoken"}
    outside = [link for link in page.links if link.startswith("http") and not link.startswith("http://testserver/")]
    assert all(secret(case) not in link for link in outside)


def test_pages_with_the_key_stand_in_no_list_of_the_portal(client, case, answered, desk):
    publish(prepare(answered, by=desk.editor))
    for path in ("/hoi-dap/", "/sitemap.xml", "/sitemap-0.xml", "/sitemap-1.xml", "/rss/", "/hoi-dap/ket-qua/"):
        content = client.get(path).content.decode()
        assert case.code not in content
        assert secret(case) not in content


def test_the_receipt_prints_code_key_and_dates(client, case):
    page = read(client.get(page_of(case, "bien-nhan/")))
    for words in (case.code, secret(case), "31/03/2026", case.subject, f"http://testserver{page_of(case)}"):
        assert words in page.main


def test_the_explanation_lists_every_day(client, case):
    (link,) = [row for row in read(client.get(page_of(case))).links if "/thoi-han/" in row]
    page = read(client.get(link))
    assert faults(page) == []
    days = [row["datetime"] for row in page.all("time") if any("table-days" in one.classes for one in row.parents)]
    assert days == [(DAY + timedelta(days=number)).isoformat() for number in range(22)]
    assert client.get(link)["Referrer-Policy"] == "same-origin"


def test_the_days_of_another_case_are_not_explained(client, case, desk):
    other = make_case(desk.agency)
    (link,) = [row for row in read(client.get(page_of(other))).links if "/thoi-han/" in row]
    pk = link.rstrip("/").rpartition("/")[2]
    assert client.get(page_of(case, f"thoi-han/{pk}/")).status_code == 404
    assert client.get(page_of(case, f"thoi-han/{10**30}/")).status_code == 404


def test_files_open_by_the_own_key_only_and_as_a_download(client, case, desk, settings):
    other = make_case(desk.agency)
    facts = {"title": "Đơn.pdf", "media_type": "application/pdf", "size": len(PDF), "sha256": "0" * 64}
    mine = CaseFile.objects.create(case=case, file=file(PDF, "don.pdf"), **facts)
    response = client.get(page_of(case, f"tep/{mine.pk}/"))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert client.get(page_of(other, f"tep/{mine.pk}/")).status_code == 404
    assert client.get(f"/{mine.file.name}").status_code == 404
    client.force_login(desk.editor)
    assert client.get(page_of(other, f"tep/{mine.pk}/")).status_code == 404


@pytest.mark.parametrize("step", ["forward", "answer", "x", "\x00"])
def test_other_steps_are_not_found(step, client, case):
    with nothing_at_all_changed():
        assert client.post(page_of(case), {"step": step}).status_code == 404
        assert client.post(page_of(case, "du-lieu/"), {"step": step}).status_code == 404


def test_forms_from_elsewhere_are_refused(answered):
    client = Client(enforce_csrf_checks=True)
    with nothing_at_all_changed():
        assert client.post(page_of(answered), {"step": "reopen", "words": "Mở lại"}).status_code == 403
        assert client.post(page_of(answered, "du-lieu/"), {"step": "erase", "sure": "1"}).status_code == 403


# --- the reply --------------------------------------------------------------------------------------------------------


def reply_form(client, case, **typed):
    return fill_in(client.get(page_of(case)), "token", **typed)


def test_a_reply_is_sent_with_its_file_and_the_clock_runs_again(client, waiting):
    data = reply_form(client, waiting, text="Thửa đất số 12.", files=[file(PDF, "ban-do.pdf")])
    with at(2):
        response = client.post(page_of(waiting), data)
        assert (response.status_code, response.url) == (302, page_of(waiting))
        page = read(client.get(page_of(waiting)))
    row = Clarification.objects.get()
    assert (row.reply, row.replied_at, row.ended_at) == ("Thửa đất số 12.", *[moment(DAY + timedelta(days=2))] * 2)
    assert fresh(waiting).state == State.FORWARDED
    assert [row.title for row in fresh(waiting).files.all()] == ["ban-do.pdf"]
    assert "Thửa đất số 12." in page.main
    assert "ban-do.pdf" in page.main


def test_a_reply_that_is_sent_twice_is_one(client, waiting):
    data = reply_form(client, waiting, text="Thửa đất số 12.", files=[file(PDF, "ban-do.pdf")])
    first = client.post(page_of(waiting), data)
    data["files"][0].seek(0)
    second = client.post(page_of(waiting), data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Clarification.objects.count() == fresh(waiting).files.count() == 1
    assert AuditEvent.objects.of(waiting).filter(action="case_reply").count() == 1


@pytest.mark.parametrize(("text", "sentence"), [("", "This field is required."), ("ế" * 10_001, "Ensure this value")])
def test_a_reply_that_is_refused_keeps_words_and_file(text, sentence, client, waiting):
    data = reply_form(client, waiting, text=text, files=[file(PDF, "ban-do.pdf"), file(EXE, "lua.pdf")])
    response = client.post(page_of(waiting), data)
    assert response.status_code == 200
    found = errors(response, "reply_form")
    assert set(found) == {"text", "files"}
    assert found["text"][0].startswith(sentence)
    assert fill_in(response, "token")["text"] == text
    assert fill_in(response, "token")["token"] == data["token"]
    page = read(response)
    assert faults(page) == []
    assert "ban-do.pdf" in page.main
    assert fresh(waiting).state == State.WAITING
    again = client.post(page_of(waiting), fill_in(response, "token", text="Thửa đất số 12."))
    assert again.status_code == 302
    assert [row.title for row in fresh(waiting).files.all()] == ["ban-do.pdf"]


def test_a_file_of_the_reply_is_taken_away(client, waiting):
    data = reply_form(client, waiting, text="", files=[file(PDF, "ban-do.pdf")])
    first = client.post(page_of(waiting), data)
    (button,) = read(first).all("button", name="remove")
    away = client.post(page_of(waiting), fill_in(first, "token", text="Thửa 12", remove=button["value"]))
    assert not Upload.objects.exists()
    assert fill_in(away, "token")["text"] == "Thửa 12"
    assert fresh(waiting).state == State.WAITING


@pytest.mark.parametrize("token", ["", "x", "\x00"])
def test_a_reply_with_a_broken_token_changes_nothing_and_loses_no_word(token, client, waiting):
    with nothing_at_all_changed():
        response = client.post(page_of(waiting), {"step": "reply", "text": "Thửa đất số 12.", "token": token})
    assert response.status_code == 200
    assert "Thửa đất số 12." in read(response).source


def test_a_reply_after_its_day_is_refused_with_its_words(client, waiting, district):
    data = reply_form(client, waiting, text="Thửa đất số 12.")
    with at(20):
        assert answering.end_waiting() == 1
        with nothing_at_all_changed():
            response = client.post(page_of(waiting), data)
    assert response.status_code == 200
    page = read(response)
    assert NOT_OPEN in page.main
    assert "Thửa đất số 12." in page.source
    assert faults(page) == []


def test_until_the_worker_has_looked_a_late_reply_is_welcome(client, waiting):
    data = reply_form(client, waiting, text="Thửa đất số 12.")
    with at(20):
        assert client.post(page_of(waiting), data).status_code == 302
    assert Clarification.objects.get().reply == "Thửa đất số 12."


@pytest.mark.usefixtures("two_connections")
def test_two_replies_at_the_same_moment_are_one(waiting):
    data = reply_form(Client(), waiting, text="Thửa đất số 12.")
    found = together(*[lambda: Client().post(page_of(waiting), data)] * 3)
    assert [getattr(row, "status_code", row) for row in found] == [302] * 3
    assert AuditEvent.objects.of(waiting).filter(action="case_reply").count() == 1


# --- asking again -----------------------------------------------------------------------------------------------------


def ask_again(client, case, words="Chưa nói rõ lệ phí."):
    return client.post(page_of(case), {"step": "reopen", "words": words})


@pytest.mark.parametrize("days", [0, 10])
def test_within_ten_days_the_sender_may_ask_again(days, client, answered):
    with at(days, 23):
        assert read(client.get(page_of(answered))).one("textarea", name="words")
        assert ask_again(client, answered).status_code == 302
    case = fresh(answered)
    assert (case.state, case.reopening.words, case.closed_at) == (State.FORWARDED, "Chưa nói rõ lệ phí.", None)


def test_on_the_eleventh_day_it_is_too_late_and_the_words_stay(client, answered):
    with at(11, 0):
        assert not read(client.get(page_of(answered))).all("textarea", name="words")
        with nothing_at_all_changed():
            response = ask_again(client, answered)
    page = read(response)
    assert ONCE in page.main
    assert "Chưa nói rõ lệ phí." in page.source


def test_the_sender_asks_again_once(client, answered, district):
    ask_again(client, answered)
    answer(answered, district)
    with nothing_at_all_changed():
        response = ask_again(client, answered, "Vẫn chưa rõ.")
    page = read(response)
    assert ONCE in page.main
    assert "Vẫn chưa rõ." in page.source
    assert page.main.count("Thành phần hồ sơ gồm") == 2


def test_nothing_is_asked_again_without_words_or_before_an_answer(client, case, answered, desk):
    with nothing_at_all_changed():
        assert errors(ask_again(client, answered, " "), "reopen_form") == {"words": ["This field is required."]}
        long = ask_again(client, answered, "ế" * 2001)
        assert list(errors(long, "reopen_form")) == ["words"]
        assert fill_in(long, "words")["words"] == "ế" * 2001
    other = make_case(desk.agency)
    with nothing_at_all_changed():
        assert ONCE in read(ask_again(client, other)).main


def test_a_double_click_asks_again_once(client, answered):
    assert ask_again(client, answered).status_code == 302
    with nothing_at_all_changed():
        ask_again(client, answered)
    assert Reopening.objects.count() == 1
    assert Message.objects.filter(key__endswith=" reopened").count() == 1


# --- rating -----------------------------------------------------------------------------------------------------------


def test_the_link_of_the_letter_rates_once(client, answered):
    letter = Message.objects.get(key__endswith=" answered")
    url = re.search(r"https?://[^/]+(/\S*/danh-gia/\S+)", letter.body)[1]
    with nothing_at_all_changed():
        page = client.get(url)
        client.head(url)
    assert (page.status_code, faults(read(page))) == (200, [])
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    assert read(page).one("meta", name="robots")["content"] == "noindex"
    done = client.post(url, {"satisfied": "no", "words": "Chưa nói lệ phí."})
    assert done.status_code == 200
    rating = Rating.objects.get()
    assert (rating.answer, rating.satisfied, rating.words, rating.at) == (
        answered.answer,
        False,
        "Chưa nói lệ phí.",
        NOW,
    )
    with nothing_at_all_changed():
        assert client.get(url).status_code == 410
        assert client.post(url, {"satisfied": "yes"}).status_code == 410
    assert "/danh-gia/" not in " ".join(read(client.get(page_of(answered))).links)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [({}, ["satisfied"]), ({"satisfied": "x"}, ["satisfied"]), ({"satisfied": "yes", "words": "ế" * 2001}, ["words"])],
)
def test_a_rating_that_is_refused_keeps_its_words(typed, wrong, client, answered):
    typed = {"words": "Cảm ơn"} | typed
    with nothing_at_all_changed():
        response = client.post(rating_of(answered.answer), typed)
    assert (response.status_code, list(errors(response))) == (200, wrong)
    assert fill_in(response, "words")["words"] == typed["words"]
    assert faults(read(response)) == []


def test_the_key_of_a_rating_is_good_for_its_answer_alone(client, answered, desk, district):
    other = make_case(desk.agency)
    forward(other, district, by=desk.editor)
    answer(other, district)
    token = keys.token_of(letters.RATING, answered.answer.pk)
    for path in (f"{other.answer.pk}/{token}", f"{answered.answer.pk}/{'0' * 26}", f"{10**30}/{token}", "0/x"):
        with nothing_at_all_changed():
            assert client.get(f"/en/hoi-dap/danh-gia/{path}/").status_code == 404
            assert client.post(f"/en/hoi-dap/danh-gia/{path}/", {"satisfied": "yes"}).status_code == 404


def test_a_draft_cannot_be_rated(client, case, desk, district):
    forward(case, district, by=desk.editor)
    draft = answering.write(fresh(case), by=district.respondent, text="Nháp.")
    assert client.get(rating_of(draft)).status_code == 404


def test_whose_case_was_joined_to_another_reads_the_answer_and_rates_nothing(client, case, desk, district):
    _merged(case, desk, district)
    page = read(client.get(page_of(case)))
    assert "/danh-gia/" not in " ".join(page.links)
    assert not page.all("textarea", name="words")
    letter = Message.objects.about(case).get(key__endswith=" answered")
    assert "/danh-gia/" not in letter.body
    assert "Nộp đơn tại một cửa." in letter.body


@pytest.mark.usefixtures("two_connections")
def test_two_ratings_at_the_same_moment_are_one(answered):
    found = together(*[lambda: Client().post(rating_of(answered.answer), {"satisfied": "yes"})] * 3)
    assert {getattr(row, "status_code", row) for row in found} <= {200, 410}
    assert Rating.objects.count() == 1


# --- the links again --------------------------------------------------------------------------------------------------


def send_links(client, email, *, now=NOW):
    with frozen(now - timedelta(minutes=1)):
        page = client.get(LINKS)
    with frozen(now):
        return client.post(LINKS, fill_in(page, "stamp", email=email))


def links_letters():
    return Message.objects.filter(key__startswith="case links")


def test_an_address_that_is_known_gets_its_links_and_the_page_tells_nobody(case, desk):
    second = make_case(desk.agency, email=case.email)
    make_case(desk.agency, email="khac@example.com")
    known, unknown = (send_links(Client(), email) for email in (case.email, "ai.do@example.com"))
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert without(known.content.decode()) == without(unknown.content.decode())
    letter = links_letters().get()
    assert letter.recipient == case.email
    assert page_of(case) in letter.body
    assert page_of(second) in letter.body
    assert letter.body.count("/theo-doi/") == 2


def test_one_letter_an_hour_goes_to_an_address(case):
    for minutes in (0, 1, 30):
        send_links(Client(), case.email.upper(), now=NOW + timedelta(minutes=minutes))
    assert links_letters().count() == 1
    send_links(Client(REMOTE_ADDR="203.0.113.9"), case.email, now=NOW + timedelta(hours=1))
    assert links_letters().count() == 2


@pytest.mark.parametrize("typed", ["lanh@gmaıl.com", "lanh@exampſe.com", "lanh@gmail.com.vn", "x@gmail.com"])
def test_an_address_that_only_looks_like_the_known_one_gets_nothing(typed, desk):
    """“ı” is “I” in capitals, and so is “i”: a database that compares in capitals takes one for the other."""
    for email in ("lanh@gmail.com", "lanh@exampse.com"):
        make_case(desk.agency, email=email)
    send_links(Client(), typed)
    assert not links_letters().exists()


def test_links_need_an_address(client, case):
    response = send_links(client, "khong phai")
    assert errors(response) == {"email": ["Enter a valid email address."]}
    assert fill_in(response, "stamp")["email"] == "khong phai"
    assert faults(read(response)) == []


def test_the_links_are_asked_for_three_times_before_a_question_is_answered(client, case):
    for number in range(3):
        assert send_links(client, f"a{number}@example.com").context["done"]
    response = send_links(client, case.email)
    assert not response.context["done"]
    assert list(errors(response)) == ["proof"]
    assert not links_letters().exists()


# --- what pages cost --------------------------------------------------------------------------------------------------


def cost(client, path):
    client.get(path)  # what is read once for the whole process
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def publish_some(desk, district, number):
    rows = []
    for _ in range(number):
        case = make_case(desk.agency)
        forward(case, district, by=desk.editor)
        answer(case, district)
        rows.append(publish(prepare(case, by=desk.editor)))
    return rows


def test_public_pages_cost_the_same_for_one_question_and_for_twelve(client, desk, district):
    (first,) = publish_some(desk, district, 1)
    paths = ["/hoi-dap/", "/hoi-dap/phan-anh-kien-nghi/", first.path(), f"{first.path()}in/", "/hoi-dap/ket-qua/"]
    for mount in ("", "/trang/tunghia"):
        assert client.get(f"{mount}/hoi-dap/").status_code == 200
    sites = [*paths, "/trang/tunghia/hoi-dap/", "/trang/tunghia/hoi-dap/ket-qua/"]
    publish_some(desk, district, 4)  # beside one question stand four others at most
    one = {path: cost(client, path) for path in sites}
    publish_some(desk, district, 12)
    assert {path: cost(client, path) for path in sites} == one


def test_the_page_of_a_case_costs_the_same_for_one_step_and_for_twelve(client, case, desk, district):
    forward(case, district, by=desk.editor)

    def more(times):
        for number in range(times):
            ask_back(case, district)
            reply(case, f"Thửa đất số {number}.")
            facts = {"title": f"{number}.pdf", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64}
            CaseFile.objects.create(case=case, file=file(PDF, f"{number}.pdf"), **facts)
        make_case(desk.agency)

    more(1)
    paths = [page_of(case), page_of(case, "bien-nhan/"), page_of(case, "du-lieu/")]
    one = {path: cost(client, path) for path in paths}
    more(11)
    assert {path: cost(client, path) for path in paths} == one


def test_the_page_of_a_case_costs_the_same_for_every_notice_of_progress(client, case, desk, district):
    forward(case, district, by=desk.editor)
    extend(case, district)
    one = cost(client, page_of(case))
    for days in range(21, 26):
        extend(case, district, days=days, by=district.signatory)
    assert cost(client, page_of(case)) == one
