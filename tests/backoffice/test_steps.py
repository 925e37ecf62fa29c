"""The way of an item through the pages of the back office."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from portal.editorial.models import AuditEvent
from portal.editorial.roles import State
from portal.publishing import editing, workflow
from portal.publishing.models import Revision
from tests.backoffice.pages import address, errors, fill_in, listing, signed_in
from tests.makers import ahead, bring_to, make_article, make_rubric, publish, submit
from tests.unchanged import nothing_changed

pytestmark = pytest.mark.usefixtures("english")


def step(user, article, name, **answers):
    client, url = signed_in(user), address(article, "transition", name)
    return client.post(url, fill_in(client.get(url), "note", **answers))


def propose(user, article, **changes):
    client, url = signed_in(user), address(article, "revise")
    return client.post(url, fill_in(client.get(url), "note", **{"note": "Đính chính"} | changes))


def decide(user, revision, **answers):
    return signed_in(user).post(address(revision.item, "decide", revision.pk), answers)


@pytest.fixture
def draft(portal):
    return make_article(portal.agency, by=portal.editor)


@pytest.mark.parametrize(
    "transactions",
    [
        pytest.param("one", marks=pytest.mark.django_db),
        pytest.param("each", marks=pytest.mark.django_db(transaction=True)),
    ],
)
def test_an_item_goes_from_the_first_word_to_its_correction(transactions, portal):
    client, url = signed_in(portal.reporter), listing(Article, "add")
    texts = {"title_vi": "Lễ hội", "summary_vi": "Tóm tắt.", "body_vi": "<p>Văn</p>", "rubric": make_rubric().pk}
    texts |= {"event_date": "05/03/2018"}
    assert client.post(url, fill_in(client.get(url), "version", **texts)).status_code == 302
    article = Article.objects.get()
    assert step(portal.reporter, article, "submit", declared="on").status_code == 302
    assert step(portal.head, article, "approve", declared="on").status_code == 302
    assert propose(portal.editor, article, title_vi="Lễ hội Cầu ngư").status_code == 302
    assert decide(portal.deputy, Revision.objects.get(), apply="1").status_code == 302
    assert step(portal.head, article, "withdraw", note="Sai").status_code == 302
    article.refresh_from_db()
    assert (article.state, article.title_vi, article.withdrawal_reason) == ("withdrawn", "Lễ hội Cầu ngư", "Sai")
    assert list(AuditEvent.objects.of(article).order_by("pk").values_list("action", flat=True)) == [
        "create",
        "submit",
        "approve",
        "publish",
        "revise",
        "correct",
        "withdraw",
    ]


# --- steps ------------------------------------------------------------------------------------------------------------


def test_a_time_is_typed_in_the_time_of_viet_nam(portal, draft):
    submit(draft)
    local = timezone.localtime(ahead(days=3)).replace(second=0, microsecond=0)
    page = step(portal.head, draft, "approve", declared="on", at_0=f"{local:%d/%m/%Y}", at_1=f"{local:%H:%M}")
    assert page.status_code == 302
    assert Article.objects.values_list("state", "publish_at").get() == ("approved", local)


@pytest.mark.parametrize(
    ("role", "name", "answers", "sentence"),
    [
        (
            "head",
            "approve",
            {},
            "Declare that the item holds no state secret, business secret or personal secret (Article 3.2).",
        ),
        ("head", "return", {}, "Give the reason."),
        (
            "head",
            "approve",
            {"declared": "on", "at_0": "01/01/2018", "at_1": "08:00"},
            "The time of publication has passed. Publication is never back-dated.",
        ),
    ],
)
def test_a_refused_step_says_why_and_keeps_the_reason_typed(role, name, answers, sentence, portal, draft):
    submit(draft)
    with nothing_changed():
        page = step(getattr(portal, role), draft, name, **answers)
    assert (page.status_code, errors(page)["__all__"]) == (200, [sentence])


@pytest.mark.parametrize("year", ["2201", "9999"])
def test_a_year_that_calendars_cannot_convert_is_refused(year, portal, draft):
    submit(draft)
    with nothing_changed():
        page = step(portal.head, draft, "approve", declared="on", at_0=f"31/12/{year}", at_1="23:59")
    assert errors(page)["at"] == ["Give a year between 2000 and 2200."]


def test_a_reason_in_an_old_encoding_is_refused_and_kept(portal, article):
    with nothing_changed():
        page = step(portal.head, article, "withdraw", note="Sai số liệu ở Qu¶ng Ng·i, ®­êng")
    assert errors(page)["note"][0].startswith("This text is in the old TCVN3 encoding")
    assert fill_in(page, "note")["note"] == "Sai số liệu ở Qu¶ng Ng·i, ®­êng"
    with nothing_changed():
        page = propose(portal.editor, article, title_vi="Đã gõ lại", note="Qu¶ng Ng·i, ®­êng")
    assert errors(page)["__all__"][0].startswith("This text is in the old TCVN3 encoding")
    assert fill_in(page, "note")["title_vi"] == "Đã gõ lại"


def test_an_urgent_item_is_confirmed_also_when_it_is_in_the_archive(portal, draft):
    article = workflow.carry_out("publish_urgently", draft, by=portal.head, note="Bão số 9", declared=True)
    article = workflow.carry_out("archive", article, by=portal.head)
    assert step(portal.deputy, article, "check").status_code == 302
    article.refresh_from_db()
    assert (article.state, article.needs_check) == (State.ARCHIVED, False)


@pytest.mark.parametrize("at", [{"at_0": "31/02/2030", "at_1": "08:00"}, {"at_0": "01/02/2030"}, {"at_1": "08:00"}])
def test_half_a_time_is_no_time(at, portal, draft):
    submit(draft)
    with nothing_changed():
        page = step(portal.head, draft, "approve", declared="on", **at)
    assert list(errors(page)) == ["at"]


def test_a_step_on_what_was_edited_meanwhile_is_refused(portal, draft):
    submit(draft)
    client, url = signed_in(portal.head), address(draft, "transition", "approve")
    data = fill_in(client.get(url), "note", declared="on")
    article = Article.objects.get()
    article.summary_vi = "Tóm tắt đã sửa."
    editing.store(article, by=portal.secretary)
    with nothing_changed():
        page = client.post(url, data)
    assert errors(page)["__all__"] == ["The item was changed meanwhile. Read it again before you decide."]


def test_a_step_without_the_version_that_was_read_is_refused(portal, draft):
    submit(draft)
    with nothing_changed():
        page = signed_in(portal.head).post(address(draft, "transition", "approve"), {"declared": "on"})
    assert list(errors(page)) == ["version"]


def test_the_page_of_a_step_shows_why_the_person_may_not_take_it(portal, draft):
    submit(draft)
    page = signed_in(portal.translator).get(address(draft, "transition", "approve"))
    assert page.context["refusal"] == "Your role on the editorial board of this site does not include this action."
    assert 'name="declared"' not in page.content.decode()


def test_the_writer_is_told_that_another_person_must_approve(portal, draft):
    submit(draft)
    page = signed_in(portal.editor).get(address(draft, "transition", "approve"))
    assert page.context["refusal"] == "You wrote this item. Another member of the board must approve it (Article 5.4)."
    assert 'name="declared"' not in page.content.decode()


def test_a_forged_step_of_who_may_not_take_it_changes_nothing(portal, draft):
    submit(draft)
    for role in ("editor", "secretary", "inspector", "translator"):
        with nothing_changed():
            data = {"version": 2, "declared": "on", "note": "x"}
            page = signed_in(getattr(portal, role)).post(address(draft, "transition", "approve"), data)
        assert page.status_code == 200


def test_a_step_that_does_not_exist_is_not_found(portal, draft):
    assert signed_in(portal.head).get(address(draft, "transition", "xoa")).status_code == 404


@pytest.mark.parametrize(
    ("state", "names"),
    [
        (State.DRAFT, ["submit", "publish_urgently"]),
        (State.SUBMITTED, ["return", "approve", "publish_urgently"]),
        (State.APPROVED, ["recall"]),
        (State.PUBLISHED, ["withdraw", "archive"]),
        (State.WITHDRAWN, ["reopen"]),
        (State.ARCHIVED, ["withdraw", "restore"]),
    ],
)
def test_the_page_of_an_item_leads_to_the_steps_from_here(state, names, portal, draft):
    article = bring_to(state, draft, by=portal.deputy)
    page = signed_in(portal.head).get(address(article, "change"))
    assert re.findall(r'href="[^"]*/buoc/(\w+)/"', page.content.decode()) == names


def test_the_page_of_a_draft_says_what_is_missing(portal):
    article = make_article(portal.agency, by=portal.editor, summary_vi="", body_vi="")
    page = signed_in(portal.editor).get(address(article, "change"))
    assert page.context["problems"] == ["The Vietnamese summary is missing.", "The Vietnamese text is missing."]
    assert "The Vietnamese text is missing." in page.content.decode()


def test_the_writer_reads_why_the_item_came_back(portal, draft):
    workflow.carry_out("return", submit(draft), by=portal.head, note="Thiếu số liệu năm 2017")
    page = signed_in(portal.editor).get(address(draft, "change"))
    assert "Thiếu số liệu năm 2017" in page.content.decode()


# --- corrections ------------------------------------------------------------------------------------------------------


@pytest.fixture
def article(portal):
    fields = {
        "title_vi": "Thông xe cầu Thạch Bích",
        "summary_vi": "Dòng một.\nDòng hai & ba.",
        "body_vi": '<h2>Đầu</h2><p>A <strong>b</strong> &amp; c</p><p><a href="https://quangngai.gov.vn">d</a></p>',
        "expire_at": timezone.now().replace(second=0, microsecond=0) + timedelta(days=30),
    }
    return publish(make_article(portal.agency, by=portal.reporter, **fields), by=portal.head)


def test_a_form_sent_back_as_it_was_is_no_change(portal, article):
    with nothing_changed():
        page = propose(portal.editor, article)
    assert errors(page)["__all__"] == ["Nothing was changed."]


def test_a_proposal_holds_what_was_changed_alone(portal, article):
    assert propose(portal.editor, article, title_vi="Thông xe cầu Cổ Lũy").status_code == 302
    revision = Revision.objects.get()
    assert editing.differences(revision.before, revision.after) == [
        ("title_vi", "Thông xe cầu Thạch Bích", "Thông xe cầu Cổ Lũy")
    ]


def test_a_proposal_without_a_note_keeps_what_was_typed(portal, article):
    with nothing_changed():
        page = propose(portal.editor, article, note="", title_vi="Đã gõ lại")
    assert errors(page)["__all__"] == ["Say what is changed and why; readers see this sentence."]
    assert fill_in(page, "note")["title_vi"] == "Đã gõ lại"


def test_a_proposal_is_checked_like_an_item(portal, article):
    with nothing_changed():
        page = propose(portal.editor, article, title_vi="", author="Qu¶ng Ng·i, ®­êng")
    assert errors(page)["title_vi"] == ["This field is required."]
    assert errors(page)["author"][0].startswith("This text is in the old TCVN3 encoding")


def test_a_translator_proposes_english_whatever_is_sent(portal, article):
    form = fill_in(signed_in(portal.translator).get(address(article, "revise")), "note")
    names = set(form) - {"csrfmiddlewaretoken", "note"}
    assert names
    assert [name for name in names if not name.endswith("_en")] == []
    propose(portal.translator, article, title_en="Bridge", title_vi="Giả", author="Giả")
    revision = Revision.objects.get()
    assert editing.differences(revision.before, revision.after) == [("title_en", "", "Bridge")]


@pytest.mark.parametrize("role", ["reporter", "technician", "inspector"])
def test_who_may_not_propose_finds_no_form(role, portal, article):
    with nothing_changed():
        client = signed_in(getattr(portal, role))
        assert client.get(address(article, "revise")).status_code == 404
        assert client.post(address(article, "revise"), {"note": "x", "title_vi": "Giả"}).status_code == 404


def test_the_decision_shows_both_texts_and_is_made_by_another(portal, article):
    propose(portal.member, article, title_vi="Thông xe cầu Cổ Lũy")
    revision = Revision.objects.get()
    page = signed_in(portal.head).get(address(article, "decide", revision.pk))
    assert "Thạch Bích" in re.sub("</?(ins|del)>", "", page.content.decode())
    assert "Cổ Lũy" in re.sub("</?(ins|del)>", "", page.content.decode())
    with nothing_changed():
        refused = decide(portal.member, revision, apply="1")
    sentence = "You proposed this change. Another member of the board must approve it (Article 5.4)."
    assert refused.context["errors"] == [sentence]
    assert decide(portal.head, revision, apply="1").status_code == 302
    assert Article.objects.get().title_vi == "Thông xe cầu Cổ Lũy"


def test_who_proposed_may_take_it_back_without_being_on_the_board(portal, article):
    propose(portal.editor, article, title_vi="Nhầm")
    page = signed_in(portal.editor).get(address(article, "decide", Revision.objects.get().pk))
    assert "refuse" in page.content.decode()
    assert decide(portal.editor, Revision.objects.get(), refuse="1", note="Tôi nhầm").status_code == 302
    assert Revision.objects.get().outcome == "refused"


@pytest.mark.parametrize("name", ["withdraw", "archive"])
def test_a_proposal_can_be_turned_down_whatever_became_of_the_item(name, portal, article):
    propose(portal.editor, article, title_vi="Khác")
    workflow.carry_out(name, article, by=portal.head, note="Sai")
    with nothing_changed():
        sentence = decide(portal.member, Revision.objects.get(), apply="1").context["errors"]
    assert sentence[0].startswith("This cannot be done while the item is")
    assert decide(portal.member, Revision.objects.get(), refuse="1", note="Không còn cần").status_code == 302
    assert Revision.objects.get().outcome == "refused"


def test_a_change_of_another_item_is_not_decided_here(portal, article):
    other = publish(make_article(portal.agency, by=portal.reporter), by=portal.head)
    propose(portal.editor, article, title_vi="Khác")
    url = address(other, "decide", Revision.objects.get().pk)
    with nothing_changed():
        assert signed_in(portal.head).get(url).status_code == 404
        assert signed_in(portal.head).post(url, {"apply": "1"}).status_code == 404


# --- what the pages show ----------------------------------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>"


def test_text_that_looks_like_a_script_is_shown_and_not_run(portal):
    article = make_article(portal.agency, by=portal.editor, title_vi=SCRIPT, summary_vi=SCRIPT, author=SCRIPT)
    article = publish(article, by=portal.head)
    propose(portal.editor, article, title_vi=f"{SCRIPT} Sửa", note=SCRIPT)
    pages = [listing(Article), reverse("admin:index"), reverse("admin:editorial_auditevent_changelist")]
    pages += [address(article, page) for page in ("change", "history", "revise")]
    pages += [
        address(article, "decide", Revision.objects.get().pk),
        address(article, "transition", "withdraw"),
    ]
    client = signed_in(portal.head)
    shown = {url: client.get(url).content.decode() for url in pages}
    assert [url for url, text in shown.items() if SCRIPT in text] == []
    assert [url for url, text in shown.items() if "alert(1)" not in text] == []


def test_the_history_tells_every_step_with_its_person(portal, article):
    page = signed_in(portal.inspector).get(address(article, "history")).content.decode()
    for person in (portal.reporter, portal.head):
        assert person.full_name in page
    assert "Hệ thống" in page


def queue(user):
    page = signed_in(user).get(reverse("admin:index"))
    return {group["title"]: [row["title"] for row in group["items"]] for group in page.context["queue"]}


def test_the_start_page_leads_each_person_to_what_waits_for_them(portal):
    waiting = submit(make_article(portal.agency, by=portal.editor, title_vi="Chờ duyệt"))
    own = submit(make_article(portal.agency, by=portal.head, title_vi="Trưởng ban viết"))
    urgent = make_article(portal.agency, by=portal.editor, title_vi="Khẩn")
    workflow.carry_out("publish_urgently", urgent, by=portal.head, note="Bão", declared=True)
    timed = make_article(portal.agency, by=portal.reporter, title_vi="Hẹn giờ")
    bring_to(State.APPROVED, timed, by=portal.deputy)
    make_article(portal.agency, by=portal.reporter, title_vi="Nháp")
    assert queue(portal.head) == {
        "Waiting for your approval": [str(waiting)],
        "Drafts of your boards": ["Nháp"],
        "Going public at a set time": ["Hẹn giờ"],
    }
    assert queue(portal.member) == {
        "Published urgently, waiting for a second check": ["Khẩn"],
        "Waiting for your approval": [str(waiting), str(own)],
        "Drafts of your boards": ["Nháp"],
        "Going public at a set time": ["Hẹn giờ"],
    }
    assert queue(portal.reporter) == {"Your drafts": ["Nháp"], "Going public at a set time": ["Hẹn giờ"]}
    assert queue(portal.inspector) == {"Going public at a set time": ["Hẹn giờ"]}


def test_a_proposed_change_waits_for_others_and_not_for_who_proposed_it(portal, article):
    propose(portal.member, article, title_vi="Khác")
    assert queue(portal.head) == {"Changes waiting for your approval": [str(article)]}
    assert queue(portal.member) == {}
