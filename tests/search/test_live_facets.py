"""The status of a document moves with the clock and with other documents: what a search shows is true, and the index
follows."""

from datetime import date, timedelta

import pytest

from documents import relating
from documents.models import Relation
from portal.publishing.registry import categories
from portal.search.facets import Narrowed, dimensions
from portal.search.indexing import follow_live_facets, rebuild
from portal.search.models import IndexEntry
from portal.search.query import parse
from tests.documents.legal import relate
from tests.gazette.makers import ISSUED, TODAY, make_document, make_public
from tests.makers import frozen, publish, withdraw

D = date(2018, 7, 1)


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def write(portal):
    return lambda **fields: make_public(portal.agency, by=portal.editor, approved_by=portal.head, **fields)


def numbers(status, query=""):
    """The numbers of the documents that a search narrowed to the status shows."""
    dimension = next(row for row in dimensions(categories(), []) if row.name == "tinh_trang")
    narrowed = Narrowed({dimension: dimension.choice(status)})
    found = narrowed.find(IndexEntry.objects.findable(), parse(query), language="vi")
    rows = IndexEntry.objects.in_bulk([row["pk"] for row in found.rows])
    return sorted(entry.title.split()[-1] for entry in rows.values())


def test_a_repeal_counts_from_its_day_on_whether_or_not_the_index_has_looked(portal, write):
    old, new = write(number="1/2018/QĐ-UBND", effective_on=ISSUED), write(number="2/2018/QĐ-UBND", effective_on=D)
    relate(new, "repeals", old)
    assert numbers("con-hieu-luc") == ["1/2018/QĐ-UBND"]
    with frozen(TODAY + (D - TODAY.date()) + timedelta(hours=1)):
        assert numbers("con-hieu-luc") == []
        assert follow_live_facets() == 2
        assert numbers("con-hieu-luc") == ["2/2018/QĐ-UBND"]
        assert numbers("het-hieu-luc") == ["1/2018/QĐ-UBND"]
        assert follow_live_facets() == 0


def test_the_index_knows_at_once_what_a_published_document_does_to_others(portal, write):
    old = write(number="1/2018/QĐ-UBND", effective_on=ISSUED)
    draft = make_document(portal.agency, by=portal.editor, number="2/2018/QĐ-UBND", effective_on=TODAY.date())
    relate(draft, "repeals", old)
    assert numbers("het-hieu-luc") == []
    new = publish(draft, by=portal.head)
    assert numbers("het-hieu-luc") == ["1/2018/QĐ-UBND"]
    withdraw(new, by=portal.head)
    assert numbers("con-hieu-luc") == ["1/2018/QĐ-UBND"]


def test_the_index_knows_at_once_of_a_relation_that_was_confirmed(portal, write):
    old, new = write(number="1/2018/QĐ-UBND", effective_on=ISSUED), write(number="2/2018/QĐ-UBND")
    relation = Relation(source=new, kind="repeals", target=old, effective_on=new.event_date)
    relation = relating.propose(relation, by=portal.editor, note="Điều 2")
    assert numbers("het-hieu-luc") == []
    relating.decide(relation, by=portal.head, confirm=True)
    assert numbers("het-hieu-luc") == ["1/2018/QĐ-UBND"]


def test_a_status_that_has_moved_is_no_fault_of_the_index(write):
    old, new = write(number="1/2018/QĐ-UBND", effective_on=ISSUED), write(number="2/2018/QĐ-UBND", effective_on=D)
    relate(new, "repeals", old)
    with frozen(TODAY + timedelta(days=400)):
        assert len(rebuild(write=False)) == 0
        assert len(rebuild()) == 4
        assert len(rebuild()) == 0
