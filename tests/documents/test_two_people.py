"""Two people at the same moment: about one relation, or about one document on one site."""

import pytest

from documents import relating, sharing
from documents.models import Relation, Showing
from portal.editorial.models import AuditEvent
from tests.documents.legal import relate
from tests.documents.makers import duties, publish_scoped
from tests.gazette.makers import TODAY, make_public
from tests.makers import frozen
from tests.together import together

pytestmark = pytest.mark.usefixtures("two_connections", "law", "english")

NOTE = "Bản ký ghi ở Điều 2"


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def pair(portal):
    """The document that acts, and the other one."""
    old, new = [make_public(portal.agency, by=portal.editor, approved_by=portal.head) for _number in range(2)]
    return new, old


def propose(pair, by):
    return relating.propose(Relation(source=pair[0], target=pair[1], kind="repeals"), by=by, note=NOTE)


def names(answers):
    return sorted(type(answer).__name__ for answer in answers)


def actions(item, *names):
    return list(AuditEvent.objects.of(item).filter(action__in=names).values_list("action", flat=True))


def test_of_two_decisions_one_is_refused(pair, portal):
    relation = propose(pair, portal.editor)
    people = (portal.head, portal.deputy)
    answers = together(*[lambda by=by: relating.decide(relation, by=by, confirm=True) for by in people])
    assert names(answers) == ["NoneType", "Refused"]
    assert actions(pair[0], "relation_decided") == ["relation_decided"]


def test_of_two_equal_proposals_one_is_refused(pair, portal):
    answers = together(*[lambda by=by: propose(pair, by) for by in (portal.editor, portal.secretary)])
    assert names(answers) == ["Relation", "ValidationError"]
    assert (Relation.objects.count(), actions(pair[0], "relate")) == (1, ["relate"])


def test_of_two_proposed_removals_one_is_refused(pair, portal):
    relation = relate(pair[0], "repeals", pair[1])
    people = (portal.editor, portal.secretary)
    answers = together(*[lambda by=by: relating.propose_removal(relation, by=by, note=NOTE) for by in people])
    assert names(answers) == ["NoneType", "Refused"]


def test_a_decision_and_a_proposed_removal_wait_for_each_other(pair, portal):
    for _number in range(10):
        relation = propose(pair, portal.editor)
        decided, removed = together(
            lambda row=relation: relating.decide(row, by=portal.head, confirm=True),
            lambda row=relation: relating.propose_removal(row, by=portal.secretary, note=NOTE),
        )
        assert decided is None and names([removed])[0] in ("NoneType", "Refused"), removed
        Relation.objects.all().delete()


def test_of_two_who_show_a_document_on_one_site_one_is_told(portal, district):
    document = publish_scoped(portal, district.agency, when=TODAY)
    people = (district.editor, district.head)
    answers = together(*[lambda by=by: sharing.show(document, district.agency, by=by) for by in people])
    assert names(answers) == ["NoneType", "Refused"]
    assert (Showing.objects.count(), actions(document, "show")) == (1, ["show"])
    assert duties(document)["D8", "tunghia"][1] == "on_time"


def test_of_two_who_hide_it_one_is_told(portal, district):
    document = publish_scoped(portal, district.agency, when=TODAY)
    sharing.show(document, district.agency, by=district.editor)
    people = (district.editor, district.head)
    answers = together(*[lambda by=by: sharing.hide(document, district.agency, by=by, note=NOTE) for by in people])
    assert names(answers) == ["NoneType", "Refused"]
    assert (Showing.objects.count(), actions(document, "hide")) == (0, ["hide"])
    assert duties(document)["D8", "tunghia"][1] == "open"
