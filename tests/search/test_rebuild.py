"""The whole index is compared with the items and mended, while readers and editors go on."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.agencies.models import Agency
from portal.search.expressions import Token, is_intact, prepare
from portal.search.indexing import follow_live_facets, is_outdated, rebuild
from portal.search.models import IndexEntry
from tests.documents.legal import publish_document
from tests.makers import make_agency, make_article, publish, withdraw
from tests.search.finding import found

only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps its index by itself")


def stored():
    """Every entry with its key in the table."""
    return list(IndexEntry.objects.order_by("pk").values())


def copy(entry, **changed):
    """Another row with the same words."""
    fields = {row.attname: getattr(entry, row.attname) for row in IndexEntry._meta.concrete_fields}
    IndexEntry.objects.create(**fields | {"id": None} | changed)


def damage(entry):
    """The full-text table forgets an entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_words (search_words, rowid, words) SELECT 'delete', id, words"
            " FROM search_indexentry WHERE id = %s",
            [entry.pk],
        )


@pytest.fixture
def articles(portal):
    return [publish(make_article(portal.agency, by=portal.editor, title_vi=f"Đường số {n}")) for n in range(4)]


@pytest.fixture
def faulty(portal, articles):
    """An index with an entry lost, one changed by hand, one of a withdrawn item and one of a category that is gone."""
    lost, changed, _sound, gone = articles
    withdraw(gone)
    entry = IndexEntry.objects.get(object_id=changed.pk, language="vi")
    copy(entry, object_id=gone.pk)
    copy(entry, category="opinions")
    IndexEntry.objects.filter(pk=entry.pk).update(title="Cầu", words="cau ~vi")
    IndexEntry.objects.filter(object_id=lost.pk, language="en").delete()
    return {
        "missing": [("news", lost.pk, "en")],
        "differing": [("news", changed.pk, "vi")],
        "left_over": [("news", gone.pk, "vi"), ("opinions", changed.pk, "vi")],
    }


# --- mending ----------------------------------------------------------------------------------------------------------


def test_a_sound_index_is_left_as_it_is(articles):
    before = stored()
    assert len(rebuild()) == 0
    assert stored() == before


def test_a_rebuild_mends_what_is_wrong_and_keeps_every_row_that_is_not(articles, faulty):
    wrong = {("news", articles[1].pk, "vi"), ("news", articles[3].pk, "vi"), ("opinions", articles[1].pk, "vi")}
    before = {row["id"]: row for row in stored()}
    keys = {row["id"]: (row["category"], row["object_id"], row["language"]) for row in before.values()}
    assert vars(rebuild()) == faulty
    after = {row["id"]: row for row in stored()}
    assert all(after[pk] == row for pk, row in before.items() if keys[pk] not in wrong)
    mended = next(pk for pk, key in keys.items() if key == ("news", articles[1].pk, "vi"))
    assert after[mended]["title"] == "Đường số 1"
    assert set(before) - set(after) == {pk for pk in keys if keys[pk] in wrong} - {mended}
    assert len(after) == 6
    assert found("duong so") == ["Đường số 2", "Đường số 1", "Đường số 0"]
    assert found("cau") == []
    assert len(rebuild()) == 0


def test_an_index_that_was_lost_is_made_anew(articles):
    before = [{**row, "id": 0} for row in stored()]
    IndexEntry.objects.all().delete()
    assert found("duong") == []
    assert len(rebuild().missing) == 8
    assert [{**row, "id": 0} for row in stored()] == before


def test_several_transactions_mend_as_one_does(portal, articles, faulty, monkeypatch):
    publish_document(portal)
    follow_live_facets()
    monkeypatch.setattr("portal.search.indexing.AT_ONCE", 2)
    progress = []
    assert vars(rebuild(lambda done, whole: progress.append((done, whole)))) == faulty
    assert progress == [(2, 4), (3, 4), (4, 4)]
    assert len(rebuild()) == 0


def test_a_rebuild_does_not_ask_for_each_item(portal, articles):
    publish_document(portal)
    follow_live_facets()

    def queries(**how):
        with CaptureQueriesContext(connection) as captured:
            rebuild(**how)
        return len(captured)

    few = [queries(), queries(write=False)]
    for _number in range(6):
        publish(make_article(portal.agency, by=portal.editor))
        publish_document(portal)
    follow_live_facets()
    assert [queries(), queries(write=False)] == few
    IndexEntry.objects.all().delete()
    assert queries() <= few[0] + 3  # one to fill each category with items


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_says_how_far_it_is_and_what_it_mended(articles, faulty, capsys):
    call_command("rebuild_index")
    assert capsys.readouterr().out == ("3 of 3 items (100 %)\nMended: 1 missing, 1 differing, 2 left over.\n")
    call_command("rebuild_index")
    assert capsys.readouterr().out.endswith("Mended: 0 missing, 0 differing, 0 left over.\n")


def test_a_check_names_what_is_wrong_and_changes_nothing(articles, faulty, capsys):
    before = stored()
    with pytest.raises(CommandError, match=r"^1 missing, 1 differing, 2 left over\.$"):
        call_command("rebuild_index", check=True)
    assert stored() == before
    lost, changed, _sound, gone = [article.pk for article in articles]
    assert capsys.readouterr().out.splitlines()[1:] == [
        f"missing: news/{lost}/en",
        f"differing: news/{changed}/vi",
        f"left over: news/{gone}/vi",
        f"left over: opinions/{changed}/vi",
    ]


def test_a_check_of_a_sound_index_ends_well(articles, capsys):
    call_command("rebuild_index", check=True)
    assert capsys.readouterr().out.endswith("Index and items agree.\n")


def test_a_rebuild_may_wait_until_the_portal_knows_other_tokens(articles, capsys, monkeypatch):
    before = stored()
    call_command("rebuild_index", if_outdated=True)
    assert (capsys.readouterr().out, stored()) == ("", before)
    monkeypatch.setattr("portal.search.tokens.FORMAT", "~3")
    assert is_outdated()
    call_command("rebuild_index", if_outdated=True)
    assert "8 differing" in capsys.readouterr().out
    assert not is_outdated()
    assert [row["id"] for row in stored()] == [row["id"] for row in before]


# --- the full-text table of SQLite ------------------------------------------------------------------------------------


@only_sqlite
def test_a_damaged_full_text_table_is_told_of_and_mended(articles, capsys):
    damage(IndexEntry.objects.get(object_id=articles[0].pk, language="vi"))
    assert found("duong 0") == []
    assert not is_intact()
    before = stored()
    sentence = "^0 missing, 0 differing, 0 left over, the full-text table is damaged\\.$"
    with pytest.raises(CommandError, match=sentence):
        call_command("rebuild_index", check=True)
    assert (stored(), is_intact()) == (before, False)
    call_command("rebuild_index")
    assert (stored(), is_intact()) == (before, True)
    assert found("duong 0") == ["Đường số 0"]


def test_what_is_in_step_is_intact(articles):
    assert is_intact()


# --- no ghosts --------------------------------------------------------------------------------------------------------


def _delete_with_their_agency(portal):
    agency = make_agency("tan-bien", parent=portal.agency)
    IndexEntry.objects.update(agency=agency)
    Agency.objects.filter(pk=agency.pk).delete()


def _delete_by_statement(portal):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_indexentry")


REMOVALS = {
    "one by one": lambda portal: [row.delete() for row in IndexEntry.objects.all()],
    "all at once": lambda portal: IndexEntry.objects.all().delete(),
    "without Django": _delete_by_statement,
    "with their agency": _delete_with_their_agency,
}


def assert_no_ghosts(rows):
    """New rows under the keys of the old ones are not found by the old words."""
    for row in rows:
        IndexEntry.objects.create(**row | {"words": "khac"})
    assert not IndexEntry.objects.filter(words__match=Token("duong")).exists()
    assert IndexEntry.objects.filter(words__match=Token("khac")).count() == len(rows)
    assert is_intact()


@pytest.mark.parametrize("removal", REMOVALS)
def test_what_was_deleted_leaves_no_ghost(portal, articles, removal):
    rows = stored()
    REMOVALS[removal](portal)
    assert stored() == []
    assert_no_ghosts(rows)


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_leaves_no_ghost(portal, articles):
    rows = stored()
    call_command("flush", interactive=False, verbosity=0)
    agency = make_agency("quangngai", Agency.Kind.PROVINCE)
    assert_no_ghosts([row | {"agency_id": agency.pk} for row in rows])


def test_what_was_written_in_other_ways_is_found(articles):
    rows = IndexEntry.objects.filter(object_id=articles[0].pk)
    rows.update(words="khac ~vi")
    assert IndexEntry.objects.filter(words__match=Token("khac")).count() == 2
    assert not rows.filter(words__match=Token("duong")).exists()
    entry = rows.first()
    entry.words = "moi"
    IndexEntry.objects.bulk_update([entry], ["words"])
    assert list(IndexEntry.objects.filter(words__match=Token("moi"))) == [entry]
    assert is_intact()


@only_sqlite
def test_rows_from_before_the_full_text_table_are_found_and_can_be_removed(portal):
    article = publish(make_article(portal.agency, by=portal.editor, title_vi="Cầu Thạch Bích"))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE search_words")
        for name in ("added", "removed", "changed"):
            cursor.execute(f"DROP TRIGGER search_words_{name}")
    prepare()
    assert is_intact()
    assert IndexEntry.objects.filter(words__match=Token("thach")).count() == 2
    withdraw(article)
    assert IndexEntry.objects.count() == 0
    assert is_intact()
