"""The demonstration's questions and petitions: at every stage, whatever day they are loaded, and masked in public."""

from collections import Counter
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from itertools import pairwise
from unicodedata import is_normalized

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone, translation

from documents import demo as documents_demo
from documents import statistics_demo
from documents.models import Document
from portal.agencies import demo as agencies_demo
from portal.agencies.models import Agency
from portal.editorial import demo as boards_demo
from portal.editorial.models import AuditEvent
from portal.intake.keys import secret_of
from portal.notices.models import Message
from portal.obligations.models import Obligation
from portal.obligations.seed import seed as seed_rules
from portal.subsites import demo as sites_demo
from portal.text.personal import holds
from portal.workdays.calendars import add_working_days, read_calendar
from portal.workdays.seed import seed as seed_calendar
from qa import demo, routing, scorecard
from qa.models import Answer, Case, Extension, Kind, Question, Rating
from tests.makers import frozen
from tests.web.pages import Page

TODAY = datetime(2026, 11, 26, 8, tzinfo=timezone.get_default_timezone())
ROWS = demo.read()
ENDED_SINCE = {"35/2023/QĐ-UBND", "36/2017/QĐ-UBND"}
CITED = {"03/2026/QĐ-UBND", "33/2026/QĐ-UBND", "104/2016/QH13", *ENDED_SINCE}
NUMBERS = CITED | {"17/2026/QĐ-UBND", "26/2026/QĐ-UBND"}  # and what replaces those that have ended
PASSWORDS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SITES = ["", "/trang/tunghia", "/trang/syt"]
LISTS = [
    "/", "/hoi-dap/", "/hoi-dap/?trang=2", "/hoi-dap/phan-anh-kien-nghi/", "/hoi-dap/tiep-can-thong-tin/",
    "/hoi-dap/ket-qua/", "/rss/", "/rss/hoi-dap/", "/so-do-cong/", "/tim-kiem/?q=hồ+sơ", "/tim-kiem/?q=đã+ẩn",
    "/tim-kiem/rss/?q=hồ+sơ", "/cong-khai-tien-do/", "/cong-khai-tien-do/danh-sach/?ket_qua=phai-thuc-hien",
]  # fmt: skip
MACHINES = ["/sitemap.xml", "/sitemap-0.xml", "/sitemap-1.xml"]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for all these tests, as if it were that day; of the documents only those that are cited."""
    folder = tmp_path_factory.mktemp("media")
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(override_settings(MEDIA_ROOT=folder, PASSWORD_HASHERS=PASSWORDS))
        stack.enter_context(translation.override("vi"))
        stack.enter_context(frozen(TODAY))
        stack.enter_context(transaction.atomic())
        _load(stack.enter_context(pytest.MonkeyPatch.context()))
        yield
        transaction.set_rollback(True)


def _load(patch):
    documents = [row for row in documents_demo.read() if row["number"] in NUMBERS]
    patch.setattr(documents_demo, "read", lambda: documents)
    patch.setattr(documents_demo, "attach", lambda document, names: None)
    patch.setattr(documents_demo, "_on_their_way", lambda desk: None)
    patch.setattr(statistics_demo, "load", lambda say: None)
    seed_calendar()
    seed_rules()
    for module in [agencies_demo, boards_demo, sites_demo, documents_demo, demo]:
        module.load(lambda text: None)


@pytest.fixture
def calendar():
    return read_calendar()


def case_of(key):
    return Case.objects.get(token=demo.token({"key": key}))


def test_every_agency_has_somebody_who_drafts_and_somebody_else_who_signs():
    assert set(routing.able()) == set(Agency.objects.all())
    assert Agency.objects.count() == 35


def test_every_state_and_kind_is_there():
    assert Counter(Case.objects.values_list("state", flat=True)) == {
        "received": 6,
        "returned": 2,
        "forwarded": 14,
        "waiting": 3,
        "to_sign": 3,
        "answered": 38,
        "out_of_scope": 4,
        "merged": 3,
        "spam": 2,
        "withdrawn": 2,
    }
    kinds = Counter(Case.objects.values_list("kind", "is_complex"))
    assert kinds == {
        ("question", False): 65,
        ("petition", False): 5,
        ("information", False): 4,
        ("information", True): 3,
    }
    assert Case.objects.filter(kind=Kind.INFORMATION, is_complex=True, extensions__number=1).count() == 1
    receivers = {case.receiver.site.label for case in Case.objects.all()}
    assert receivers == {"", "tunghia", "syt"}
    assert len(set(Case.objects.exclude(agency=None).values_list("agency", flat=True))) == 25
    assert Counter(Case.objects.values_list("language", flat=True)) == {"vi": 73, "en": 4}
    assert {row.state for row in Case.objects.exclude(erased_at=None)} == {"answered", "out_of_scope"}


def test_duties_are_open_and_overdue_and_kept_in_time_and_late():
    found = Counter(Obligation.objects.filter(content_type__app_label="qa").values_list("code", "status"))
    kept = {"D12": (39, 2, 21), "D13": (2, 1, 4), "L10": (5, 0, 2), "L10.2": (2, 0, 1), "L6": (3, 0, 2)}
    kept |= {"D11": (4, 0, 0), "D14": (5, 3, 4)}
    assert {code: tuple(found[code, name] for name in ("on_time", "late", "open")) for code in kept} == kept
    overdue = Obligation.objects.filter(content_type__app_label="qa").overdue()
    assert Counter(overdue.values_list("code", flat=True)) == {"D12": 2, "D13": 1, "L6": 1, "D14": 3}
    days = sorted(Case.objects.open().with_due().values_list("due", flat=True))
    assert days[:6] == [date(2026, 11, day) for day in (5, 11, 19, 24, 26, 27)]


def test_what_happened_on_the_way_is_there():
    late = {answer.case for answer in Answer.objects.signed() if (answer.net_days or 0) > 15}
    assert {case_of(key) for key in ("thai-do-cap-cuu", "dat-cha-me-de-lai")} <= late
    assert Counter(Extension.objects.values_list("number", flat=True)) == {1: 7, 2: 2}
    rounds = Counter(Case.objects.exclude(clarifications=None).values_list("pk", flat=True))
    rounds = Counter(Counter(case.clarifications.count() for case in Case.objects.filter(pk__in=rounds)))
    assert rounds == {1: 5, 2: 1, 4: 1}
    assert case_of("ho-tro-sau-lu").answer.net_days == 7
    assert not case_of("xac-nhan-noi-cu-tru").clarifications.get().replied_at
    assert Counter(Rating.objects.values_list("satisfied", flat=True)) == {True: 19, False: 7}
    reopened = {case.state: case.answers.signed().count() for case in Case.objects.exclude(reopening=None)}
    assert reopened == {"forwarded": 1, "answered": 2}
    assert case_of("so-do-cham-lan-hai").same_sender and not case_of("rac-cho-dem-quan-an").same_sender


def test_answers_are_public_or_wait_for_the_board_or_must_still_be_prepared():
    states = Counter(row.current_state.value for row in Question.objects.all())
    assert states == {"published": 27, "submitted": 3, "draft": 1, "withdrawn": 1}
    assert Counter(Question.objects.published().values_list("kind", flat=True)) == {
        "question": 21,
        "petition": 3,
        "information": 3,
    }
    assert Question.objects.published().exclude(asker="").count() == 5
    translated = [row for row in Question.objects.published() if row.is_translated("en")]
    assert len(translated) == 6
    to_come = Case.objects.to_be_published()
    assert {row.pk for row in to_come.filter(question=None)} == {
        case_of(key).pk for key in ("ngo-doc-bep-an", "khai-sinh-lien-thong")
    }
    assert to_come.exclude(question=None).count() == 2


def test_published_answers_cite_what_is_in_force_and_what_has_ended_since():
    cited = Document.objects.filter(pk__in=Question.documents.through.objects.values("document")).with_status()
    found = {document.number: document.status for document in cited}
    assert found == dict.fromkeys(CITED - ENDED_SINCE, "con-hieu-luc") | dict.fromkeys(ENDED_SINCE, "het-hieu-luc")
    for document in cited:
        assert Document.objects.with_status(_answered_on(document)).get(pk=document.pk).status == "con-hieu-luc"


def _answered_on(document):
    return Question.objects.get(documents=document).event_date


# --- what is public ---------------------------------------------------------------------------------------------------


def said_by(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def masked_words():
    return {words for case in Case.objects.exclude(masked=[]) for _kind, words in case.masked}


def senders_data():
    """What identifies the senders, those too whose cases nobody reads in public."""
    values = Case.objects.filter(erased_at=None).values_list("name", "email", "phone")
    return {value for row in values for value in row if value}


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("site", SITES)
def test_no_list_feed_search_or_home_page_says_what_was_masked(language, site, client):
    secret = masked_words() | senders_data()
    assert len(secret) > 200
    for path in LISTS:
        said = said_by(client, f"{site}{language}{path}")
        assert [words for words in secret if words in said] == [], path


@pytest.mark.parametrize("site", SITES)
def test_no_site_map_says_what_was_masked(site, client):
    secret, found = masked_words(), ""
    for path in MACHINES:
        found += said_by(client, f"{site}{path}")
    assert [words for words in secret if words in found] == []
    assert "/hoi-dap/" in found


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_question_page_says_what_was_masked_but_for_a_name_that_may_be_shown(language, client):
    for question in Question.objects.published().select_related("case", "agency__site"):
        label = question.agency.site.label
        path = f"{f'/trang/{label}' if label else ''}{language}{question.path()}"
        words = [words for _kind, words in question.case.masked]
        assert words
        for address in [path, f"{path}in/"]:
            said = said_by(client, address)
            still = {found for found in words if found in said} | set(holds(Page(said).main, words))
            assert still == ({question.asker} if question.asker else set()), address


def test_the_words_of_a_consent_that_was_taken_back_are_gone(client):
    question = Question.objects.get(case=case_of("que-tra-bong"))
    assert client.get(question.path()).status_code == 410
    assert "chỉ dẫn địa lý" not in said_by(client, "/hoi-dap/")


def test_senders_find_their_cases_by_their_links(client):
    for case in Case.objects.exclude(state="spam"):
        label = case.receiver.site.label
        mount = f"/trang/{label}" if label else ""
        path = f"{mount}/hoi-dap/theo-doi/{case.code}/{secret_of(case.code, case.key_edition)}/"
        assert case.code in said_by(client, path)


# --- figures ----------------------------------------------------------------------------------------------------------

# of the cases received in 2026, counted by hand in the fixture
BY_HAND = {
    "tunghia": {
        "received": 7, "answered": 5, "out_of_scope": 0, "open": 2, "on_time": 6, "late": 0, "overdue": 0,
        "second_extensions": 0, "rated": 3, "satisfied": 3, "days": [7, 8, 9, 11, 18],
    },
    "syt": {
        "received": 7, "answered": 6, "out_of_scope": 0, "open": 1, "on_time": 5, "late": 1, "overdue": 0,
        "second_extensions": 0, "rated": 3, "satisfied": 2, "days": [2, 6, 7, 8, 9, 19],
    },
    "sontinh": {
        "received": 2, "answered": 1, "out_of_scope": 0, "open": 1, "on_time": 2, "late": 1, "overdue": 1,
        "second_extensions": 0, "rated": 1, "satisfied": 0, "days": [33],
    },
    "lyson": {
        "received": 3, "answered": 2, "out_of_scope": 0, "open": 1, "on_time": 3, "late": 0, "overdue": 0,
        "second_extensions": 1, "rated": 2, "satisfied": 2, "days": [7, 38],
    },
}  # fmt: skip


@pytest.mark.parametrize("code", BY_HAND)
def test_the_figures_of_an_agency_are_those_that_were_counted_by_hand(code):
    line = scorecard.lines(2026)[Agency.objects.get(code=code).pk]
    found = {name: getattr(line, name) for name in BY_HAND[code]}
    assert found | {"days": sorted(found["days"])} == BY_HAND[code]


def test_the_figures_of_all_agencies_add_up_to_the_cases():
    total = sum(scorecard.lines(2026).values(), scorecard.Line())
    # 77 without one of 2025, three that were joined, two that are spam and two that were withdrawn
    assert (total.received, total.answered, total.out_of_scope, total.open) == (69, 38, 4, 28)
    assert (total.on_time, total.late, total.overdue) == (47, 3, 3)
    assert (total.rated, total.satisfied, total.second_extensions) == (25, 18, 2)
    assert scorecard.years() == [2026, 2025]


# --- the load ---------------------------------------------------------------------------------------------------------


def test_letters_went_out_at_their_time_and_none_waits():
    letters = Message.objects.filter(content_type__app_label="qa")
    assert letters.count() > 100
    assert not Message.objects.unsent().exists()
    for letter in Message.objects.all():
        assert letter.sent_at - letter.created_at == timedelta(minutes=1)
        assert letter.sent_at < TODAY


def test_nothing_happened_in_the_future_or_out_of_hours():
    events = AuditEvent.objects.filter(action__startswith="case_")
    assert max(event.at for event in events) < TODAY
    staff = [timezone.localtime(event.at).hour for event in events if event.actor_id]
    assert (min(staff), max(staff)) == (8, 16)


def test_a_second_load_changes_nothing():
    def stored():
        models = (Case, Answer, Question, Message, AuditEvent, Obligation)
        return [list(model._base_manager.order_by("pk").values()) for model in models]

    before = stored()
    demo.load(lambda text: None)
    assert stored() == before


def test_texts_are_long_enough_to_be_real_and_composed():
    assert len({row["key"] for row in ROWS}) == len(ROWS) == 77
    for row in ROWS:
        assert 60 <= len(row["text"].split()) <= 250, row["key"]
        assert is_normalized("NFC", row["subject"] + row["text"])
        steps = [step for step in row["steps"] if step["do"] in ("write", "submit", "sign")]
        for step, _submitted, following in zip(steps, steps[1:], steps[2:], strict=False):
            if (step["do"], following["do"]) == ("write", "sign"):
                assert 80 <= len(step["text"].split()) <= 300, row["key"]


# each day around the next Tết, when two working days may lie ten days apart, and each week of a year
DAYS = [date(2027, 1, 25) + timedelta(days=number) for number in range(60)]
DAYS += [date(2026, 1, 3) + timedelta(days=8 * number) for number in range(46)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_on_whatever_day_it_is_loaded_each_step_is_in_time(row, calendar):
    for today in DAYS:
        steps = list(demo.moments(row, today, calendar))
        times = [moment for moment, _step in steps]
        assert times == sorted(set(times)) and times[-1].date() < today
        for (_before, last), (moment, step) in pairwise(steps):
            _assert_in_time(step, last, moment.date(), times, steps, calendar)


def _assert_in_time(step, last, day, times, steps, calendar):
    """What would be refused a day later: a promise, a reply, asking again."""
    if step["do"] == "extend":
        assert day < add_working_days(times[0].date(), step["promised"], calendar=calendar)
    if step["do"] == "reply":
        asked = max(at.date() for at, row in steps if row["do"] == "ask_back" and at.date() <= day)
        assert last["do"] == "ask_back" and day <= add_working_days(asked, 10, calendar=calendar)
    if step["do"] == "reopen":
        answered = max(at.date() for at, row in steps if row["do"] == "sign" and at.date() <= day)
        assert day - answered <= timedelta(days=10)
