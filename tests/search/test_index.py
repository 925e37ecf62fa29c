"""The entries of an item: they follow it at every step and say what lists and search need."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from portal.editorial.roles import State
from portal.publishing import editing, workflow
from portal.search.indexing import rebuild
from portal.search.models import IndexEntry
from tests.makers import ago, ahead, archive, frozen, make_article, make_rubric, publish, submit, withdraw


def at(*day):
    return timezone.make_aware(datetime(*day, 9, 0))


def entries():
    rows = IndexEntry.objects.order_by("category", "object_id", "language").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def assert_as_rebuilt():
    different = rebuild(write=False)
    assert not different, different


# how an item comes to where it is, and how many entries it then has
WALKS = [
    ([], 0),
    (["submit"], 0),
    (["submit", "return"], 0),
    (["submit", "approve"], 2),
    (["submit", "approve_later"], 2),
    (["submit", "approve_later", "recall"], 0),
    (["publish_urgently"], 2),
    (["publish_urgently", "check"], 2),
    (["submit", "approve", "archive"], 2),
    (["submit", "approve", "archive", "restore"], 2),
    (["submit", "approve", "archive", "withdraw"], 0),
    (["submit", "approve", "withdraw"], 0),
    (["submit", "approve", "withdraw", "reopen"], 0),
    (["submit", "approve", "withdraw", "reopen", "submit", "approve"], 2),
]


def step(name, article, place):
    by = {"submit": place.editor, "check": place.deputy}.get(name, place.head)
    at = ahead(days=1) if name == "approve_later" else None
    name = name.removesuffix("_later")
    declared = workflow.TRANSITIONS[name].needs_declaration
    return workflow.carry_out(name, article, by=by, at=at, note="Lý do.", declared=declared)


@pytest.mark.parametrize(("walk", "count"), WALKS)
def test_the_index_is_in_step_after_every_transition(portal, walk, count):
    publish(make_article(portal.agency, by=portal.editor))
    article = make_article(portal.agency, by=portal.editor)
    for name in walk:
        article = step(name, article, portal)
        assert_as_rebuilt()
    assert IndexEntry.objects.filter(object_id=article.pk).count() == count


def test_the_index_follows_a_correction(portal):
    article = publish(make_article(portal.agency, by=portal.editor, title_vi="Cầu Thach Bích"))
    after = {"title_vi": "Cầu Thạch Bích", "body_vi": "<p>Dài 700 m.</p>"}
    revision = editing.propose(article, after, by=portal.editor, note="Sửa tên cầu.")
    assert_as_rebuilt()
    assert entries()[0]["title"] == "Cầu Thach Bích"
    editing.apply(revision, by=portal.head)
    assert_as_rebuilt()
    row = entries()[1]
    assert (row["language"], row["title"], row["body"]) == ("vi", "Cầu Thạch Bích", "Dài 700 m.")


def test_the_index_is_in_step_when_the_clock_settles_an_item(portal):
    article = make_article(portal.agency, by=portal.editor, expire_at=ahead(days=2))
    article = publish(article, at=ahead(days=1))
    with frozen(ahead(days=1, hours=1)):
        assert workflow.settle_due(type(article)) == 1
        assert_as_rebuilt()
    with frozen(ahead(days=3)):
        assert workflow.settle_due(type(article)) == 1
        assert_as_rebuilt()
        assert [row["archived"] for row in entries()] == [True, True]


def test_an_entry_says_what_lists_and_search_need(portal):
    rubric = make_rubric("thoi-su", parent=make_rubric())
    article = publish(
        make_article(
            portal.agency,
            by=portal.editor,
            rubric=rubric,
            title_vi="Hoà bình ở Đức Phổ",
            summary_vi="Tóm tắt 1.",
            body_vi="<p>Đoạn một.</p><p>Đoạn <strong>hai</strong>.</p>",
            author="Hoài Yến",
            source="Báo Quảng Ngãi",
            title_en="Peace",
            summary_en="Summary 1.",
            body_en="<p>One &amp; two.</p>",
        ),
        when=at(2018, 3, 20),
    )
    english, vietnamese = entries()
    assert vietnamese | {"visible_from": None, "words": None} == {
        "category": "news",
        "object_id": article.pk,
        "language": "vi",
        "text_language": "vi",
        "agency_id": portal.agency.pk,
        "section": "thoi-su",
        "path": f"/tin-tuc/hoa-binh-o-duc-pho-{article.pk}/",
        "title": "Hoà bình ở Đức Phổ",
        "summary": "Tóm tắt 1.",
        "body": "Đoạn một. Đoạn hai.",
        "author": "Hoài Yến",
        "source": "Báo Quảng Ngãi",
        "picture": "",
        "picture_alt": "",
        "visible_from": None,
        "visible_to": None,
        "archived": False,
        "dated_on": date(2018, 3, 20),
        "facets": "",
        "lead_exact": " hòa bình ở đức phổ | tóm tắt 1 ",
        "lead_folded": " hoa binh o duc pho | tom tat 1 ",
        "text_folded": " hoa binh o duc pho tom tat 1 doan mot doan hai hoai yen bao quang ngai ",
        "words": None,
    }
    assert vietnamese["visible_from"] == article.publish_at
    assert (english["language"], english["text_language"]) == ("en", "en")
    assert (english["title"], english["body"]) == ("Peace", "One & two.")
    assert english["text_folded"] == " peace summary 1 one two hoai yen bao quang ngai "


def test_without_a_translation_the_english_entry_holds_the_vietnamese_text(portal):
    publish(make_article(portal.agency, by=portal.editor, title_vi="Cầu", title_en="Bridge", summary_en="Summary."))
    english, vietnamese = IndexEntry.objects.order_by("language")
    assert (english.language, english.text_language, english.lang, english.title) == ("en", "vi", "vi", "Cầu")
    assert (vietnamese.language, vietnamese.text_language, vietnamese.lang) == ("vi", "vi", "")


def test_visible_is_what_lists_show_and_findable_what_search_finds(portal):
    now = publish(make_article(portal.agency, by=portal.editor, title_vi="nay"))
    publish(make_article(portal.agency, by=portal.editor, title_vi="mai"), at=ahead(days=1))
    archive(publish(make_article(portal.agency, by=portal.editor, title_vi="kho")))
    ended = make_article(portal.agency, by=portal.editor, title_vi="hết hạn", expire_at=ago(days=1))
    publish(ended, when=ago(days=2))
    withdraw(publish(make_article(portal.agency, by=portal.editor, title_vi="gỡ")))
    submit(make_article(portal.agency, by=portal.editor, title_vi="chờ"))
    rows = IndexEntry.objects.in_language("vi")
    assert [row.title for row in rows.visible()] == ["nay"]
    assert {row.title: row.is_archived for row in rows.findable()} == {"nay": False, "kho": True, "hết hạn": True}
    assert {row.title for row in rows.visible(ahead(days=1, minutes=1))} == {"nay", "mai"}
    assert now.current_state == State.PUBLISHED
