"""Readers' reports in the back office: what presses comes first, editors answer, other boards find nothing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.editorial.models import AuditEvent
from portal.feedback import reports
from portal.feedback.models import ErrorReport
from portal.obligations.models import Rule
from tests.backoffice.pages import PLATFORM, address, errors, fill_in, listing, object_addresses, signed_in
from tests.feedback.samples import TCVN3, TEXT, TODAY, make_public, make_report, nothing_entered
from tests.makers import frozen, make_user, withdraw
from tests.obligations.test_ledger import moment

pytestmark = pytest.mark.usefixtures("law", "english")

TITLE = "Khởi công cầu"
GROUP = "Errors reported by readers"
WORDS = {"state": "corrected", "answer": "Đã sửa ngày khởi công."}


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def report(portal, district):
    return make_report(make_public(district, title_vi=TITLE), email="ban.doc@example.vn")


@pytest.fixture
def several(district):
    """Three open reports and a closed one, by title: two overdue since days apart, one of today."""
    found = {}
    for title, day in (("cũ", date(2026, 2, 25)), ("đã xong", date(2026, 2, 25)), ("cũ hơn", date(2026, 2, 24))):
        with frozen(moment(day)):
            found[title] = make_report(make_public(district, title_vi=title))
    found["mới"] = make_report(make_public(district, title_vi="mới"))
    reports.answer(found["đã xong"], by=district.editor, state="no_error", answer="Không sai.")
    return found


def page(user, row):
    return signed_in(user).get(address(row, "change"))


def send(user, row, **words):
    return signed_in(user).post(address(row, "change"), WORDS | words)


def groups(user):
    found = signed_in(user).get(reverse("admin:index")).context["queue"]
    return [group for group in found if group["title"] == GROUP]


# --- the start page ---------------------------------------------------------------------------------------------------


def test_open_reports_wait_on_the_start_page_the_longest_overdue_first(several, district):
    (group,) = groups(district.editor)
    assert [(row["title"], row["left"], row["overdue"]) for row in group["items"]] == [
        ("cũ hơn", "overdue by 5 working days", True),
        ("cũ", "overdue by 4 working days", True),
        ("mới", "5 working days left", False),
    ]
    row = group["items"][-1]
    assert (row["due"], row["date"], row["agency"]) == (date(2026, 3, 17), TODAY, district.agency)
    assert (row["url"], row["internal"], group["more"]) == (address(several["mới"], "change"), False, False)
    assert signed_in(district.editor).get(group["url"]).status_code == 200


def test_the_eleventh_report_is_in_the_whole_list(district):
    item = make_public(district)
    for _ in range(11):
        make_report(item)
    (group,) = groups(district.editor)
    assert (len(group["items"]), group["more"]) == (10, True)
    assert len(signed_in(district.editor).get(group["url"]).context["cl"].result_list) == 11


def test_a_report_without_a_duty_waits_too(district):
    Rule.objects.filter(code="L9").update(is_active=False)
    make_report(make_public(district))
    ((row,),) = [group["items"] for group in groups(district.editor)]
    assert (row["due"], row["left"], row["overdue"]) == (None, "", False)
    assert signed_in(district.editor).get(listing(ErrorReport)).status_code == 200


@pytest.mark.parametrize("role", ["reporter", "translator", "technician", "inspector"])
def test_they_do_not_wait_for_those_who_may_not_answer(role, report, district):
    assert groups(getattr(district, role)) == []


def test_they_do_not_wait_for_other_boards(report, portal):
    assert groups(portal.head) == groups(make_user(is_superuser=True)) == groups(make_user()) == []


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_begins_with_what_is_overdue_and_ends_with_what_is_closed(several, district):
    response = signed_in(district.reporter).get(listing(ErrorReport))
    assert [str(row) for row in response.context["cl"].result_list] == ["cũ hơn", "cũ", "mới", "đã xong"]
    text = response.content.decode()
    assert text.count("duty-overdue") == 2
    assert "overdue by 5 working days" in text
    assert "17/03/2026" in text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?trang-thai=open", ["cũ hơn", "cũ", "mới"]),
        ("?trang-thai=no_error", ["đã xong"]),
        ("?trang-thai=x", ["cũ hơn", "cũ", "mới", "đã xong"]),
        ("?q=mới", ["mới"]),
        ("?co-quan=999999999", ["cũ hơn", "cũ", "mới", "đã xong"]),
    ],
)
def test_the_list_is_filtered(query, titles, several, district):
    found = signed_in(district.head).get(listing(ErrorReport) + query).context["cl"].result_list
    assert [str(row) for row in found] == titles


def test_the_number_of_queries_does_not_grow_with_the_reports(district):
    client = signed_in(district.head)

    def cost(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    urls = [listing(ErrorReport), reverse("admin:index")]
    make_report(make_public(district))
    few = [cost(url) for url in urls]
    for _ in range(8):
        make_report(make_public(district))
    assert [cost(url) for url in urls] == few


# --- one report -------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_words_the_item_the_day_and_the_form(report, district):
    response = page(district.editor, report)
    text = response.content.decode()
    for words in (TITLE, TEXT, "ban.doc@example.vn", "17/03/2026", "5 working days left"):
        assert words in text
    assert response.context["public_url"] == f"/trang/tunghia{report.item.path()}"
    assert response.context["item_url"] == address(report.item, "change")
    for url in ("public_url", "item_url", "explanation_url"):
        assert signed_in(district.editor).get(response.context[url]).status_code == 200
    assert set(fill_in(response, "answer")) == {"answer", "csrfmiddlewaretoken"}
    assert text.count('name="state"') == 2


def test_words_of_readers_are_no_markup(portal):
    report = make_report(make_public(portal), text="<script>alert(1)</script> <b>đậm</b>")
    text = page(portal.editor, report).content.decode()
    assert "<script>alert" not in text
    assert "&lt;b&gt;đậm&lt;/b&gt;" in text


@pytest.mark.parametrize("role", ["reporter", "translator", "technician", "inspector"])
def test_other_roles_read_without_form_and_address(role, report, district):
    response = page(getattr(district, role), report)
    text = response.content.decode()
    assert (response.status_code, response.context["form"]) == (200, None)
    assert TEXT in text
    assert "ban.doc@example.vn" not in text
    with nothing_entered():
        assert send(getattr(district, role), report).status_code == 404


def test_a_superuser_reads_and_does_not_answer(report):
    user = make_user(is_superuser=True)
    assert page(user, report).context["form"] is None
    with nothing_entered():
        assert send(user, report).status_code == 404


def test_an_item_that_was_withdrawn_is_not_linked_before_the_public(report, district):
    withdraw(report.item)
    response = page(district.editor, report)
    assert (response.status_code, response.context["public_url"]) == (200, "")
    assert response.context["item_url"] == address(report.item, "change")


def test_an_answer_closes_the_report(report, district):
    response = send(district.editor, report)
    assert (response.status_code, response.url) == (302, address(report, "change"))
    report.refresh_from_db()
    assert (report.state, report.answer, report.answered_by) == ("corrected", WORDS["answer"], district.editor)
    response = page(district.head, report)
    assert response.context["form"] is None
    assert WORDS["answer"] in response.content.decode()
    assert "kept in time" in response.content.decode()


@pytest.mark.parametrize(
    ("words", "field"),
    [({"answer": ""}, "answer"), ({"state": ""}, "state"), ({"state": "open"}, "state"), ({"answer": TCVN3}, "answer")],
)
def test_a_wrong_answer_is_refused_and_kept_in_the_form(words, field, report, district):
    with nothing_entered():
        response = send(district.editor, report, **words)
    assert (response.status_code, list(errors(response))) == (200, [field])
    assert fill_in(response, "answer")["answer"] == (WORDS | words)["answer"]


def test_who_comes_second_sees_the_answer_of_the_first_and_loses_nothing(report, district):
    send(district.editor, report)
    with nothing_entered():
        response = send(district.head, report, state="no_error", answer="Không sai.")
    assert errors(response) == {"__all__": ["This report was answered meanwhile. Read the answer below."]}
    assert fill_in(response, "answer")["answer"] == "Không sai."
    assert WORDS["answer"] in response.content.decode()


# --- strangers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stranger", ["head", "editor", "nobody"])
def test_no_address_of_another_boards_report_answers(stranger, report, portal):
    client = signed_in(make_user() if stranger == "nobody" else getattr(portal, stranger))
    urls = list(object_addresses(PLATFORM[ErrorReport], object_id=[report.pk]))
    assert len(urls) >= 4
    with nothing_entered():
        for url in urls:
            assert client.get(url, follow=True).status_code == 404, url
            assert client.post(url, WORDS | {"post": "yes"}, follow=True).status_code == 404, url
    response = client.get(listing(ErrorReport))
    assert response.status_code == (404 if stranger == "nobody" else 200)
    assert TITLE not in response.content.decode()


@pytest.mark.parametrize("role", ["head", "editor"])
def test_nobody_adds_or_deletes_a_report(role, report, district):
    client = signed_in(getattr(district, role))
    with nothing_entered():
        for url in (listing(ErrorReport, "add"), address(report, "delete")):
            assert (client.get(url).status_code, client.post(url, {"post": "yes"}).status_code) == (404, 404)
        client.post(listing(ErrorReport), {"action": "delete_selected", "_selected_action": report.pk, "post": "yes"})
    assert client.get(address(report, "history")).url == address(report, "change")


def test_reports_that_are_none_are_not_found(report, district):
    client = signed_in(district.head)
    for key in ("0", "abc", str(10**30)):
        assert client.get(f"{listing(ErrorReport)}{key}/change/").status_code == 404


def test_the_audit_says_in_words_what_happened(report, district):
    send(district.editor, report)
    text = signed_in(district.head).get(listing(AuditEvent)).content.decode()
    assert "Error reported by a reader" in text
    assert "Report of an error answered" in text
