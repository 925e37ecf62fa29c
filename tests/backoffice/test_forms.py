"""Writing in the back office: what is refused is refused with a sentence, and nothing that was typed is lost."""

import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from news.models import Article
from portal.backoffice.publishable import PublishableAdmin
from portal.editorial.models import AuditEvent, Board, Membership
from portal.editorial.roles import State
from portal.publishing.models import Attachment, GalleryPicture
from tests.backoffice.pages import address, errors, fill_in, listing, signed_in
from tests.files.samples import EXE, HTML, PDF, file, picture
from tests.makers import approve, make_article, make_member, make_rubric, publish, submit
from tests.unchanged import nothing_changed

pytestmark = pytest.mark.usefixtures("english")

TYPED = "<p>Đoạn văn gõ cả buổi sáng.</p>"
REQUIRED = "This field is required."
TCVN3 = "Qu¶ng Ng·i, ®­êng"
VNI = "Quaûng Ngaõi, ñöôøng"
CONVERTED = "Converted it would read: Quảng Ngãi, đường"


def add_form(user, **changes):
    """The add form as the person's browser sends it, filled in completely."""
    texts = {"title_vi": "Tin mới", "summary_vi": "Tóm tắt.", "body_vi": TYPED, "rubric": make_rubric().pk}
    return fill_in(signed_in(user).get(listing(Article, "add")), "version", **texts | changes)


def add(user, **changes):
    return signed_in(user).post(listing(Article, "add"), add_form(user, **changes))


def change_form(user, article, **changes):
    return fill_in(signed_in(user).get(address(article, "change")), "version", **changes)


def send(user, article, data):
    return signed_in(user).post(address(article, "change"), data)


def kept(page):
    """The text that the returned form still holds."""
    return fill_in(page, "version")["body_vi"]


@pytest.fixture
def stored_files(settings):
    root = Path(settings.MEDIA_ROOT)
    return lambda: sorted(path.name for path in root.rglob("*") if path.is_file())


@pytest.fixture
def draft(portal):
    return make_article(portal.agency, by=portal.editor)


# --- a new item -------------------------------------------------------------------------------------------------------


def test_the_add_form_knows_the_person_and_the_site(portal):
    form = fill_in(signed_in(portal.editor).get(listing(Article, "add")), "version")
    assert (form["agency"], form["author"], form["source"]) == (
        str(portal.agency.pk),
        portal.editor.full_name,
        portal.site.name_vi,
    )


def test_a_complete_item_is_stored_as_a_draft_of_its_writer(portal):
    page = add(portal.reporter, author="Hoài Yến", source="Tự viết")
    article = Article.objects.get()
    assert (page.status_code, article.state, article.version) == (302, State.DRAFT, 1)
    assert (article.created_by, article.last_edited_by, article.agency) == (
        portal.reporter,
        portal.reporter,
        portal.agency,
    )
    assert (article.title_vi, article.body_vi, article.author) == ("Tin mới", TYPED, "Hoài Yến")
    assert list(AuditEvent.objects.of(article).values_list("action", "actor")) == [("create", portal.reporter.pk)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[(field, value) for field in ("title_vi", "summary_vi", "author", "source") for value in ("", "  ")],
        ("rubric", ""),
        ("agency", ""),
    ],
)
def test_an_item_without_what_the_law_asks_for_is_not_stored(field, value, portal):
    data = add_form(portal.editor, **{field: value})
    with nothing_changed():
        page = signed_in(portal.editor).post(listing(Article, "add"), data)
    assert (page.status_code, errors(page)[field]) == (200, [REQUIRED])
    assert kept(page) == TYPED


def test_an_item_without_text_is_not_stored(portal):
    data = add_form(portal.editor, body_vi="", title_vi="Tiêu đề đã gõ")
    with nothing_changed():
        page = signed_in(portal.editor).post(listing(Article, "add"), data)
    assert errors(page) == {"body_vi": [REQUIRED]}
    assert fill_in(page, "version")["title_vi"] == "Tiêu đề đã gõ"


@pytest.mark.parametrize(
    ("point", "field", "sentence", "asked_for_the_day"),
    [
        (
            "8.2.d",
            "legal_basis",
            "Guidance must name its legal basis (Article 8.2 d).",
            "Give the day on which the law or policy was issued (Article 9.1 b).",
        ),
        (
            "8.2.m",
            "order_reference",
            "Information by order must name the order it follows (Article 8.2 m).",
            "Give the day of the order (Article 8.2 m).",
        ),
    ],
)
def test_a_reference_that_the_rubric_asks_for_is_asked_for(point, field, sentence, asked_for_the_day, portal):
    data = add_form(portal.editor, rubric=make_rubric("goc", point=point).pk)
    with nothing_changed():
        page = signed_in(portal.editor).post(listing(Article, "add"), data)
    assert errors(page) == {field: [sentence], "event_date": [asked_for_the_day]}
    assert kept(page) == TYPED
    reference = {field: "Số 12/2018", "event_date": "05/03/2018"}
    assert add(portal.editor, rubric=data["rubric"], **reference).status_code == 302


def test_an_event_that_is_still_to_come_is_refused(portal):
    day = timezone.localdate() + timedelta(days=1)
    data = add_form(portal.editor, event_date=f"{day:%d/%m/%Y}")
    with nothing_changed():
        page = signed_in(portal.editor).post(listing(Article, "add"), data)
    assert errors(page) == {"event_date": ["This day is still to come. A time limit begins with what has happened."]}
    assert kept(page) == TYPED


# --- text (Article 7.1) -----------------------------------------------------------------------------------------------


def test_decomposed_text_is_stored_composed(portal):
    title, body = "Lễ hội Cầu ngư ở Sa Huỳnh", "<p>Đồng bào Hrê, huyện Ba Tơ</p>"
    typed = {name: unicodedata.normalize("NFD", text) for name, text in [("title_vi", title), ("body_vi", body)]}
    assert add(portal.editor, **typed).status_code == 302
    assert Article.objects.values_list("title_vi", "body_vi").get() == (title, body)
    assert Article.objects.get().slug == "le-hoi-cau-ngu-o-sa-huynh"


@pytest.mark.parametrize(("text", "encoding"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
@pytest.mark.parametrize("field", ["title_vi", "summary_vi", "body_vi", "author", "title_en"])
def test_text_in_an_old_encoding_is_refused_and_shown_converted(field, text, encoding, portal):
    data = add_form(portal.editor, **{field: text})
    with nothing_changed():
        page = signed_in(portal.editor).post(listing(Article, "add"), data)
    sentence = (
        f"This text is in the old {encoding} encoding, which the portal does not store (Article 7.1). {CONVERTED}"
    )
    assert errors(page) == {field: [sentence]}
    assert fill_in(page, "version")[field] == text


PAYLOADS = {
    "script": ("<p>Một</p><script>alert(1)</script>", "<p>Một</p>"),
    "event": ('<p onclick="alert(1)">Một</p>', "<p>Một</p>"),
    "address": ('<p><a href="javascript:alert(1)">Một</a></p>', "<p><a>Một</a></p>"),
    "frame": ('<p>Một</p><iframe src="https://example.org"></iframe>', "<p>Một</p>"),
    "style": ('<p style="position:fixed">Một</p><style>p{}</style>', "<p>Một</p>"),
    "picture": ("<p>Một<img src=x onerror=alert(1)></p>", "<p>Một</p>"),
}
WAYS = {
    "form": lambda portal, text: add(portal.editor, body_vi=text),
    "save": lambda portal, text: make_article(portal.agency, by=portal.editor, body_vi=text),
    "english": lambda portal, text: make_article(portal.agency, by=portal.editor, body_en=text, body_vi="<p>Một</p>"),
    "update": lambda portal, text: (
        make_article(portal.agency, by=portal.editor),
        Article.objects.update(body_vi=text),
    ),
    "bulk_create": lambda portal, text: Article.objects.bulk_create([_unsaved(portal, text)]),
    "bulk_update": lambda portal, text: Article.objects.bulk_update(
        [_with_text(make_article(portal.agency, by=portal.editor), text)], ["body_vi"]
    ),
}


def _unsaved(portal, text):
    people = {"created_by": portal.editor, "last_edited_by": portal.editor}
    names = {"title_vi": "Tin", "summary_vi": "Tóm tắt", "author": "A", "source": "B", "slug": "tin"}
    return Article(agency=portal.agency, rubric=make_rubric(), body_vi=text, **people, **names)


def _with_text(article, text):
    article.body_vi = text
    return article


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize(("text", "clean"), PAYLOADS.values(), ids=PAYLOADS)
def test_what_could_run_in_a_readers_browser_never_reaches_the_database(way, text, clean, portal):
    way(portal, text)
    texts = [text for row in Article.objects.values_list("body_vi", "body_en") for text in row if text]
    assert set(texts) <= {clean, "<p>Một</p>"}
    assert clean in texts


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_page_that_calls_itself_a_picture_is_refused(portal, stored_files):
    data = add_form(portal.editor, picture=SimpleUploadedFile("anh.jpg", HTML, "image/jpeg"))
    with nothing_changed():
        page = signed_in(portal.editor).post(listing(Article, "add"), data)
    sentence = "This file is not a JPEG, PNG or WebP picture. Please save it as one of these and upload it again."
    assert errors(page) == {"picture": [sentence]}
    assert (kept(page), stored_files()) == (TYPED, [])


def test_a_picture_is_stored_in_its_three_widths(portal, stored_files):
    assert add(portal.editor, picture=picture()).status_code == 302
    assert Article.objects.get().picture
    assert len(stored_files()) == 3


def inline(data, kind, **values):
    (prefix,) = [name.removesuffix("-TOTAL_FORMS") for name in data if kind in name and name.endswith("-TOTAL_FORMS")]
    return data | {f"{prefix}-TOTAL_FORMS": 1} | {f"{prefix}-0-{name}": value for name, value in values.items()}


def test_a_file_and_a_further_picture_are_stored_with_the_item(portal, draft):
    data = change_form(portal.editor, draft)
    data = inline(data, "attachment", file=file(PDF, "Quyết định.pdf"), title_vi="Quyết định", position=0)
    data = inline(data, "gallery", picture=picture(), alt_vi="Cầu Thạch Bích", source="Minh Thu", position=0)
    assert send(portal.editor, draft, data).status_code == 302
    attachment, further = Attachment.objects.get(), GalleryPicture.objects.get()
    assert (attachment.item, attachment.media_type, attachment.size) == (draft, "application/pdf", len(PDF))
    assert (further.item, further.alt_vi, further.source) == (draft, "Cầu Thạch Bích", "Minh Thu")


def test_a_program_that_calls_itself_a_document_is_refused(portal, draft, stored_files):
    data = change_form(portal.editor, draft, body_vi=TYPED)
    data = inline(data, "attachment", file=file(EXE, "van-ban.pdf"), title_vi="Văn bản", position=0)
    with nothing_changed():
        page = send(portal.editor, draft, data)
    assert (page.status_code, kept(page), stored_files()) == (200, TYPED, [])
    assert "The content of this file does not fit its name" in page.content.decode()


def test_a_further_picture_needs_its_description_and_its_source(portal, draft):
    data = inline(change_form(portal.editor, draft), "gallery", picture=picture(), position=0)
    with nothing_changed():
        page = send(portal.editor, draft, data)
    (formset,) = [row for row in page.context["inline_admin_formsets"] if row.opts.model is GalleryPicture]
    assert formset.formset.errors == [{"alt_vi": [REQUIRED], "source": [REQUIRED]}]


# --- two people, two tabs ---------------------------------------------------------------------------------------------


def test_the_second_to_save_is_told_who_was_first_and_loses_nothing(portal, draft):
    mine = change_form(portal.editor, draft, body_vi=TYPED)
    theirs = change_form(portal.secretary, draft, summary_vi="Tóm tắt của thư ký.")
    assert send(portal.secretary, draft, theirs).status_code == 302
    saved = Article.objects.get()
    with nothing_changed():
        page = send(portal.editor, draft, mine)
    time = f"{timezone.localtime(saved.last_edited_at):%H:%M %d/%m/%Y}"
    assert errors(page)["__all__"] == [
        f"{portal.secretary} saved this item at {time}, after you had opened it. Nothing of yours is lost: "
        "compare the two texts below, and save again to keep yours."
    ]
    assert kept(page) == TYPED
    shown = {str(label).lower(): (old, new) for label, old, new in page.context["conflict"]}
    assert shown["text [vi]"] == (draft.body_vi, TYPED)
    assert shown["summary [vi]"] == ("Tóm tắt của thư ký.", draft.summary_vi)
    assert "Đoạn văn gõ cả buổi sáng." in page.content.decode()


def test_saving_again_after_the_comparison_keeps_the_second_text(portal, draft):
    mine = change_form(portal.editor, draft, body_vi=TYPED)
    send(portal.secretary, draft, change_form(portal.secretary, draft, title_vi="Của thư ký"))
    page = send(portal.editor, draft, mine)
    assert send(portal.editor, draft, fill_in(page, "version")).status_code == 302
    article = Article.objects.get()
    assert (article.body_vi, article.title_vi, article.version) == (TYPED, draft.title_vi, 3)
    actors = AuditEvent.objects.of(article).order_by("pk").values_list("action", "actor")
    assert list(actors) == [("create", portal.editor.pk), ("edit", portal.secretary.pk), ("edit", portal.editor.pk)]


def test_one_persons_two_tabs_are_two_people(portal, draft):
    first, second = change_form(portal.editor, draft, title_vi="Một"), change_form(portal.editor, draft, title_vi="Hai")
    assert send(portal.editor, draft, first).status_code == 302
    with nothing_changed():
        assert send(portal.editor, draft, second).status_code == 200


@pytest.mark.parametrize("version", ["", "x", "0", "99"])
def test_a_forged_version_is_no_version(version, portal, draft):
    data = change_form(portal.editor, draft, version=version, title_vi="Giả")
    with nothing_changed():
        assert send(portal.editor, draft, data).status_code == 200


# --- what changed while somebody wrote --------------------------------------------------------------------------------


def _board_ended(portal, article):
    Board.objects.update(decision_number="7/QĐ-UBND", valid_to="2019-12-31")


def _approved(portal, article):
    approve(submit(article), by=portal.head)


ENDED = (
    "The editorial board is not in force: decision 7/QĐ-UBND was valid until 31/12/2019. "
    "A new decision must be entered before anything can be changed or published (Article 15)."
)


@pytest.mark.parametrize(
    ("role", "meanwhile", "sentence"),
    [
        ("editor", _board_ended, ENDED),
        ("editor", _approved, "This cannot be done while the item is “Published”."),
        ("reporter", _board_ended, ENDED),
        (
            "reporter",
            lambda portal, article: submit(article),
            "This cannot be done while the item is “Submitted for approval”.",
        ),
    ],
)
def test_a_right_that_is_gone_takes_no_text_with_it(role, meanwhile, sentence, portal):
    person = getattr(portal, role)
    article = make_article(portal.agency, by=person)
    data = change_form(person, article, body_vi=TYPED)
    meanwhile(portal, article)
    with nothing_changed():
        page = send(person, article, data)
    assert (page.status_code, errors(page)["__all__"]) == (200, [sentence])
    assert kept(page) == TYPED


def test_an_editor_who_saves_after_the_submission_is_told_and_may_go_on(portal, draft):
    data = change_form(portal.editor, draft, body_vi=TYPED)
    submit(draft, by=portal.secretary)
    with nothing_changed():
        page = send(portal.editor, draft, data)
    assert kept(page) == TYPED
    assert send(portal.editor, draft, fill_in(page, "version")).status_code == 302
    assert Article.objects.values_list("state", "body_vi", "last_edited_by").get() == (
        "submitted",
        TYPED,
        portal.editor.pk,
    )


def test_files_are_not_stored_by_who_may_not_edit_any_more(portal, draft, stored_files):
    data = change_form(portal.editor, draft, picture=picture())
    data = inline(data, "attachment", file=file(PDF, "a.pdf"), title_vi="Văn bản", position=0)
    _approved(portal, draft)
    with nothing_changed():
        assert send(portal.editor, draft, data).status_code == 200
    assert stored_files() == []


def test_who_left_the_board_meanwhile_finds_nothing(portal, draft):
    data = change_form(portal.editor, draft, body_vi=TYPED)
    Membership.objects.filter(user=portal.editor).update(valid_to=timezone.localdate() - timedelta(1))
    with nothing_changed():
        assert send(portal.editor, draft, data).status_code == 404


@pytest.mark.parametrize("role", ["technician", "inspector"])
def test_who_only_reads_saves_nothing(role, portal, draft):
    data = change_form(portal.editor, draft, title_vi="Của người khác", body_vi=TYPED)
    with nothing_changed():
        page = send(getattr(portal, role), draft, data)
    sentence = "Your role on the editorial board of this site does not include this action."
    assert errors(page)["__all__"] == [sentence]


def test_reporters_do_not_find_the_items_of_their_colleagues(portal, draft):
    colleague = make_article(portal.agency, by=make_member(portal.board, "reporter"))
    for article in (draft, colleague):
        with nothing_changed():
            assert signed_in(portal.reporter).get(address(article, "change")).status_code == 404
            assert send(portal.reporter, article, {"title_vi": "Khác"}).status_code == 404


# --- translators ------------------------------------------------------------------------------------------------------


def test_a_translator_is_offered_the_english_fields_alone(portal, draft):
    form = change_form(portal.translator, draft)
    fields = {name for name in form if not name.startswith("publishing-")} - {"csrfmiddlewaretoken", "version"}
    assert fields == {"title_en", "summary_en", "body_en", "picture_alt_en", "picture_caption_en"}


def test_a_translator_saves_english_and_nothing_else_whatever_is_sent(portal, draft):
    data = change_form(portal.translator, draft, title_en="News", title_vi="Giả", author="Giả", agency="999")
    assert send(portal.translator, draft, data).status_code == 302
    article = Article.objects.get()
    assert (article.title_en, article.title_vi, article.author) == ("News", draft.title_vi, draft.author)
    assert (article.agency, article.last_edited_by) == (portal.agency, portal.translator)


def test_a_translator_who_saves_after_the_publication_is_told(portal, draft):
    data = change_form(portal.translator, draft, title_en="News")
    _approved(portal, draft)
    with nothing_changed():
        page = send(portal.translator, draft, data)
    assert fill_in(page, "version")["title_en"] == "News"


# --- deleting ---------------------------------------------------------------------------------------------------------


def test_a_draft_is_deleted_and_its_audit_stays(portal, draft):
    page = signed_in(portal.editor).post(address(draft, "delete"), {"post": "yes"})
    assert (page.status_code, Article.objects.exists()) == (302, False)
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == ["create", "delete"]


def test_what_was_submitted_while_the_question_stood_is_not_deleted(portal, draft, monkeypatch):
    monkeypatch.setattr(PublishableAdmin, "has_delete_permission", lambda *args: True)
    submit(draft)
    with nothing_changed():
        assert signed_in(portal.editor).post(address(draft, "delete"), {"post": "yes"}).status_code == 404


def test_what_is_public_is_not_deleted(portal, draft):
    article = publish(draft, by=portal.head)
    with nothing_changed():
        assert signed_in(portal.head).post(address(article, "delete"), {"post": "yes"}).status_code == 404


def test_an_edit_is_kept_in_the_audit_field_by_field(portal, draft):
    send(portal.secretary, draft, change_form(portal.secretary, draft, title_vi="Tiêu đề khác"))
    row = AuditEvent.objects.of(draft).first()
    assert (row.action, row.actor, row.changes) == ("edit", portal.secretary, {"title_vi": "Tiêu đề khác"})


@pytest.mark.parametrize("role", ["editor", "head", "translator"])
def test_saving_without_a_change_makes_nobody_an_editor_of_the_item(role, portal, draft):
    user = getattr(portal, role)
    with nothing_changed():
        assert send(user, draft, change_form(user, draft)).status_code == 302


def test_a_file_alone_is_a_change(portal, draft):
    form = change_form(portal.secretary, draft)
    form = inline(form, "attachment", file=file(PDF, "a.pdf"), title_vi="Bảng", position=0)
    assert send(portal.secretary, draft, form).status_code == 302
    row = AuditEvent.objects.of(draft).first()
    assert (row.action, row.actor, list(row.changes)) == ("edit", portal.secretary, ["attachment"])
    assert Article.objects.get().last_edited_by == portal.secretary


@pytest.mark.parametrize("year", ["1999", "2201", "9999"])
def test_a_year_that_calendars_cannot_convert_is_refused(year, portal, draft):
    form = change_form(portal.editor, draft, expire_at_0=f"31/12/{year}", expire_at_1="23:59", body_vi=TYPED)
    with nothing_changed():
        page = send(portal.editor, draft, form)
    assert (errors(page), kept(page)) == ({"expire_at": ["Give a year between 2000 and 2200."]}, TYPED)


def test_a_text_of_the_size_of_a_book_is_refused_and_kept(portal, draft):
    book = f"<p>{'Chương một. ' * 26_000}</p>"
    with nothing_changed():
        page = send(portal.editor, draft, change_form(portal.editor, draft, body_vi=book))
    assert errors(page)["body_vi"] == ["This text is too long for one page. Attach it as a file, or divide it."]
    assert kept(page) == book


def test_an_address_fills_in_nothing(portal):
    page = signed_in(portal.editor).get(f"{listing(Article, 'add')}?title_vi=Giả&author=Giả")
    form = fill_in(page, "version")
    assert (form["title_vi"], form["author"]) == ("", portal.editor.full_name)
