"""The audit is only ever added to."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ProtectedError

from news.models import Article
from portal.accounts.models import User
from portal.editorial import audit
from portal.editorial.models import AppendOnlyError, AuditEvent
from portal.publishing import editing
from tests.makers import make_article, make_user, publish


@pytest.fixture
def rows(portal):
    """The rows of one article on its way to the reader."""
    publish(make_article(portal.agency, by=portal.editor), by=portal.head)
    return kept()


def kept():
    return list(AuditEvent.objects.order_by("pk").values())


def test_every_step_leaves_a_row_that_names_the_person_the_item_and_the_board(portal):
    article = publish(make_article(portal.agency, by=portal.editor, title_vi="Mưa lớn ở Trà Bồng"), by=portal.head)
    rows = AuditEvent.objects.of(article).order_by("pk")
    assert [(row.action, row.actor, row.actor_name) for row in rows] == [
        ("create", portal.editor, portal.editor.full_name),
        ("submit", portal.editor, portal.editor.full_name),
        ("approve", portal.head, portal.head.full_name),
        ("publish", None, "Hệ thống"),
    ]
    assert {(row.item, row.item_title, row.agency) for row in rows} == {(article, "Mưa lớn ở Trà Bồng", portal.agency)}


def test_the_name_stays_as_it_was_when_the_person_is_renamed(portal, rows):
    User.objects.filter(pk=portal.editor.pk).update(full_name="Tên Mới")
    assert kept() == rows


def test_a_long_title_is_cut_and_not_refused(portal):
    article = make_article(portal.agency, by=portal.editor, title_vi="dài " * 60)
    audit.record("edit", article, by=portal.editor)
    assert AuditEvent.objects.first().item_title == article.title_vi


CHANGES = {
    "save": lambda row: row.save(),
    "save of one field": lambda row: row.save(update_fields=["note"]),
    "delete": lambda row: row.delete(),
    "update": lambda row: AuditEvent.objects.update(note="khác"),
    "update of a selection": lambda row: AuditEvent.objects.filter(pk=row.pk).update(actor=None),
    "update_or_create": lambda row: AuditEvent.objects.update_or_create({"note": "khác"}, pk=row.pk),
    "bulk_update": lambda row: AuditEvent.objects.bulk_update([row], ["note"]),
    "bulk_create over a row": lambda row: AuditEvent.objects.bulk_create(
        [row], update_conflicts=True, update_fields=["note"], unique_fields=["id"]
    ),
    "delete of a selection": lambda row: AuditEvent.objects.filter(pk=row.pk).delete(),
    "delete of all": lambda row: AuditEvent.objects.all().delete(),
    "raw delete": lambda row: AuditEvent.objects.all()._raw_delete("default"),
    "update by the base manager": lambda row: AuditEvent._base_manager.update(note="khác"),
    "delete by the base manager": lambda row: AuditEvent._base_manager.all().delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_way_of_changing_or_deleting_a_row_works(change, rows):
    row = AuditEvent.objects.first()
    row.note = "khác"
    with pytest.raises(AppendOnlyError), transaction.atomic():
        change(row)
    assert kept() == rows


@pytest.mark.parametrize(
    "owner",
    [
        lambda portal: portal.editor,
        lambda portal: portal.agency,
        lambda portal: ContentType.objects.get_for_model(Article),
    ],
    ids=["person", "agency", "content type"],
)
def test_no_row_goes_with_what_it_names(owner, portal, rows):
    with pytest.raises(ProtectedError), transaction.atomic():
        owner(portal).delete()
    assert kept() == rows


def test_a_person_who_is_only_in_the_audit_cannot_be_deleted_either(portal, rows):
    witness = make_user()
    audit.record("delete", Article.objects.get(), by=witness)
    with pytest.raises(ProtectedError), transaction.atomic():
        witness.delete()
    assert User.objects.filter(pk=witness.pk).exists()
    assert AuditEvent.objects.count() == len(rows) + 1


def test_the_rows_of_a_deleted_draft_stay(portal):
    article = make_article(portal.agency, by=portal.editor, title_vi="Bản nháp thừa")
    editing.discard(article, by=portal.editor)
    assert [(row["action"], row["item_title"]) for row in kept()] == [
        ("create", "Bản nháp thừa"),
        ("delete", "Bản nháp thừa"),
    ]
    assert not Article.objects.exists()
