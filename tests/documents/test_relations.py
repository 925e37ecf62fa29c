"""What one document does to another: entered with a draft, and afterwards by one person and confirmed by another."""

import unicodedata
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from documents import relating
from documents.models import Relation
from portal.editorial.models import AuditEvent
from tests.documents.legal import nothing_changed_in_documents, relate
from tests.documents.makers import status
from tests.gazette.makers import ISSUED, TODAY, make_document, make_public
from tests.makers import archive, frozen, make_member, make_user, publish, withdraw

pytestmark = pytest.mark.usefixtures("english")

D = date(2018, 7, 1)
NOTE = "Bản ký ghi ở Điều 2"
ROLE = "Your role on the editorial board of this site does not include this action."
DECIDED = "This relation was decided on meanwhile."
TWO_PEOPLE = "You proposed this change. Another member of the board must approve it (Article 5.4)."
TEXT = """Điều 1. Phạm vi
Quyết định này quy định về quản lý đường bộ.
Điều 9. Thời hạn
1. Cơ quan ban hành đăng văn bản:
c) Trong hai ngày làm việc;
đ) Trong mười ngày làm việc.
2. Cơ quan khác."""


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def write(portal):
    """Makes a public document."""
    return lambda **fields: make_public(portal.agency, by=portal.editor, approved_by=portal.head, **fields)


@pytest.fixture
def old(write):
    return write(number="1/2018/QĐ-UBND", full_text=TEXT)


@pytest.fixture
def new(write):
    return write(number="2/2018/QĐ-UBND", effective_on=D)


def entered(source, kind="repeals", **fields):
    """A relation as a form examines it before it is stored."""
    relation = Relation(source=source, kind=kind, **fields)
    relation.full_clean()
    return relation


def objections(source, kind="repeals", **fields):
    with nothing_changed_in_documents(), pytest.raises(ValidationError) as refused:
        entered(source, kind, **fields)
    return refused.value.message_dict


def propose(source, target, *, by, note=NOTE, **fields):
    return relating.propose(Relation(source=source, target=target, **{"kind": "repeals"} | fields), by=by, note=note)


def refused(step, *what, **how):
    with nothing_changed_in_documents(), pytest.raises(ValidationError) as error:
        step(*what, **how)
    return error.value.messages


def state(relation):
    return str(Relation.objects.get(pk=relation.pk).state)


def audited(document, *actions):
    rows = AuditEvent.objects.of(document).filter(action__in=actions).order_by("pk")
    return [(row.action, row.actor, row.note, row.changes) for row in rows]


# --- what a relation is -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Relation.Kind.values)
def test_every_relation_is_read_from_both_of_its_documents(old, new, kind):
    entered(new, kind, target=old).save()
    assert list(new.relations_out.values_list("kind", "target")) == [(kind, old.pk)]
    assert list(old.relations_in.counted().values_list("kind", "source", "day")) == [(kind, new.pk, D)]
    assert not new.relations_in.exists() and not old.relations_out.exists()


@pytest.mark.parametrize(
    ("typed", "anchor"),
    [
        ("Điều 9", "dieu-9"),
        ("khoản 1 Điều 9", "dieu-9-khoan-1"),
        ("điểm đ khoản 1 Điều 9", "dieu-9-khoan-1-diem-dd"),
        ("  Điểm  Đ,  khoản 1,  Điều 9 ", "dieu-9-khoan-1-diem-dd"),
        (unicodedata.normalize("NFD", "điểm đ khoản 1 Điều 9"), "dieu-9-khoan-1-diem-dd"),
        ("\u202eđiểm c khoản 1 \u200eÐiều 9", "dieu-9-khoan-1-diem-c"),
        ("dieu-9-khoan-2", "dieu-9-khoan-2"),
    ],
)
def test_a_provision_is_stored_as_its_place_in_the_text(old, new, typed, anchor):
    entered(new, target=old, provision=typed).save()
    assert Relation.objects.get().provision == anchor


@pytest.mark.parametrize("typed", ["Điều 2", "khoản 3 Điều 9", "điểm a khoản 1 Điều 9", "dieu-99"])
def test_a_provision_that_the_other_text_does_not_have_is_refused(old, new, typed):
    sentence = "The text of the other document has no such provision."
    assert objections(new, target=old, provision=typed) == {"provision": [sentence]}


@pytest.mark.parametrize("typed", ["Điều", "toàn văn", "Điều 9 và Điều 10", " ", "điểm đ", "9"])
def test_what_names_no_single_provision_is_refused(old, new, typed):
    sentence = "Name one provision, from the smallest part to the article."
    assert objections(new, target=old, provision=typed) == {"provision": [sentence]}


def test_ten_thousand_characters_are_no_provision(old, new):
    assert "provision" in objections(new, target=old, provision="điểm đ khoản 1 Điều 9 " * 500)


def test_a_provision_of_a_text_that_nobody_typed_is_taken_on_trust(new, write):
    silent = write(full_text="")
    assert entered(new, target=silent, provision="khoản 7 Điều 21").provision == "dieu-21-khoan-7"


def test_a_document_that_is_not_on_the_portal_is_named_by_its_number(new):
    entered(new, "replaces", target_number="Số 206/2004/qd-ub", target_date=date(2004, 9, 21)).save()
    relation = Relation.objects.get()
    assert (relation.target_number, relation.target_key) == ("206/2004/QĐ-UB", "206/2004/qd-ub")


def test_a_relation_names_the_other_document(new):
    assert objections(new) == {"target": ["Name the other document: choose it, or type its number."]}


def test_a_document_has_no_relation_to_itself(new):
    assert objections(new, target=new) == {"target": ["A document has no relation to itself."]}


def test_a_document_does_nothing_to_one_that_was_issued_later(new, write):
    later = write(event_date=ISSUED + timedelta(days=1))
    sentence = "The other document was issued later. Enter the relation there."
    assert objections(new, target=later) == {"target": [sentence]}
    assert entered(later, target=new).kind == "repeals"


def test_a_document_does_nothing_before_it_is_issued(old, new):
    early = ISSUED - timedelta(days=1)
    assert objections(new, target=old, effective_on=early) == {
        "effective_on": ["A document does nothing before it is issued."]
    }
    assert entered(new, target=old, effective_on=ISSUED).effective_on == ISSUED


def test_an_administrative_document_that_looks_back_does_so_with_its_relations(old, write):
    letter = write(number="5/QĐ-UBND", normative=False, effective_on=date(2018, 2, 1))
    assert entered(letter, target=old, effective_on=date(2018, 2, 1)).effective_on == date(2018, 2, 1)
    assert "effective_on" in objections(letter, target=old, effective_on=date(2018, 1, 31))


@pytest.mark.parametrize("kind", [kind for kind in Relation.Kind.values if kind != "suspends"])
def test_only_a_suspension_has_an_end(old, new, kind):
    assert objections(new, kind, target=old, until=D)["until"][0] == "Only a suspension has an end."


@pytest.mark.parametrize("begins", [None, D])
def test_a_suspension_ends_after_it_begins(old, new, begins):
    """Without a day of its own it begins when its document takes effect."""
    early = D - timedelta(days=1)
    assert objections(new, "suspends", target=old, effective_on=begins, until=early) == {
        "until": ["The last day lies before the first."]
    }
    assert entered(new, "suspends", target=old, effective_on=begins, until=D).until == D


def test_a_relation_is_recorded_once(old, new):
    relate(new, "repeals", old, provision="dieu-9")
    recorded = {"target": ["This relation is recorded already."]}
    assert objections(new, target=old, provision="Điều 9") == recorded
    for other in ({"provision": "dieu-1"}, {"kind": "amends", "provision": "dieu-9"}, {}):
        entered(new, **{"target": old} | other).save()
    assert Relation.objects.count() == 4


def test_a_removed_relation_may_be_recorded_again(old, new):
    relate(new, "repeals", old, state="removed")
    entered(new, target=old).save()
    assert status(old, D) == "het-hieu-luc"


@pytest.mark.parametrize(
    "broken",
    [
        {"target": None},
        {"target": None, "target_number": ""},
        {"until": D},
    ],
)
def test_the_database_holds_the_rules_by_itself(old, new, broken):
    with nothing_changed_in_documents(), pytest.raises(IntegrityError), transaction.atomic():
        relate(new, "repeals", **{"target": old} | broken)


def test_the_database_holds_each_relation_once_and_none_to_itself(old, new):
    relate(new, "repeals", old)
    for target in (old, new):
        with nothing_changed_in_documents(), pytest.raises(IntegrityError), transaction.atomic():
            relate(new, "repeals", target)


# --- a draft ----------------------------------------------------------------------------------------------------------


def test_what_is_recorded_with_a_draft_is_approved_with_it(old, portal):
    draft = make_document(portal.agency, by=portal.editor, effective_on=D)
    relation = entered(draft, target=old)
    relation.save()
    assert (state(relation), status(old, D)) == ("counts", "con-hieu-luc")
    publish(draft, by=portal.head)
    assert status(old, D) == "het-hieu-luc"


# --- a public document: one proposes, another confirms ----------------------------------------------------------------


def test_a_proposed_relation_counts_for_nobody(old, new, portal):
    relation = propose(new, old, by=portal.editor)
    assert (relation.state, relation.proposed_by, relation.proposed_at) == ("proposed", portal.editor, TODAY)
    assert status(old, D) == "con-hieu-luc"
    words = f"Quyết định {new.number} repeals Quyết định {old.number}"
    assert audited(new, "relate") == [("relate", portal.editor, NOTE, {"relation": words})]


def test_another_member_confirms_it(old, new, portal):
    relation = propose(new, old, by=portal.editor)
    relating.decide(relation, by=portal.head, confirm=True)
    assert (state(relation), status(old, D)) == ("counts", "het-hieu-luc")
    words = f"Quyết định {new.number} repeals Quyết định {old.number}: recorded"
    assert audited(new, "relation_decided") == [("relation_decided", portal.head, "", {"relation": words})]


def test_another_member_refuses_it_with_a_reason(old, new, portal):
    relation = propose(new, old, by=portal.editor)
    assert refused(relating.decide, relation, by=portal.head, confirm=False, note=" ") == ["Give the reason."]
    relating.decide(relation, by=portal.head, confirm=False, note="Sai số")
    assert (state(relation), status(old, D)) == ("removed", "con-hieu-luc")
    assert audited(new, "relation_decided")[0][1:3] == (portal.head, "Sai số")


def test_who_proposed_it_does_not_confirm_it_and_may_take_it_back(old, new, portal):
    relation = propose(new, old, by=portal.head)
    assert refused(relating.decide, relation, by=portal.head, confirm=True) == [TWO_PEOPLE]
    relating.decide(relation, by=portal.head, confirm=False, note="Nhầm văn bản")
    assert state(relation) == "removed"


def test_an_editor_takes_back_the_own_proposal_and_decides_on_no_other(old, new, portal):
    own, other = propose(new, old, by=portal.editor), propose(new, old, by=portal.secretary, kind="amends")
    for confirm in (True, False):
        assert refused(relating.decide, other, by=portal.editor, confirm=confirm, note="Sai") == [ROLE]
    assert refused(relating.decide, own, by=portal.editor, confirm=True) == [ROLE]
    relating.decide(own, by=portal.editor, confirm=False, note="Nhầm")
    assert (state(own), state(other)) == ("removed", "proposed")


def test_a_removal_is_proposed_and_confirmed_too(old, new, portal):
    relation = relate(new, "repeals", old)
    relating.propose_removal(relation, by=portal.editor, note="Chỉ bãi bỏ một phần")
    assert (state(relation), status(old, D)) == ("leaving", "het-hieu-luc")
    relating.decide(relation, by=portal.head, confirm=True)
    assert (state(relation), status(old, D)) == ("removed", "con-hieu-luc")
    assert [(row[0], row[1]) for row in audited(new, "relate", "relation_decided")] == [
        ("relate", portal.editor),
        ("relation_decided", portal.head),
    ]


def test_a_removal_that_is_refused_leaves_the_relation(old, new, portal):
    relation = relate(new, "repeals", old)
    relating.propose_removal(relation, by=portal.editor, note="Chỉ bãi bỏ một phần")
    assert refused(relating.decide, relation, by=portal.head, confirm=False) == ["Give the reason."]
    relating.decide(relation, by=portal.head, confirm=False, note="Bản ký đúng như thế")
    assert (state(relation), status(old, D)) == ("counts", "het-hieu-luc")


@pytest.mark.parametrize("note", ["", "  \n"])
def test_proposals_give_their_reason(old, new, portal, note):
    relation = relate(new, "repeals", old)
    assert refused(propose, new, old, by=portal.editor, kind="amends", note=note) == ["Give the reason."]
    assert refused(relating.propose_removal, relation, by=portal.editor, note=note) == ["Give the reason."]


def test_a_proposal_is_examined_as_a_form_does(old, new, portal):
    propose(new, old, by=portal.editor)
    assert refused(propose, new, old, by=portal.secretary) == ["This relation is recorded already."]
    assert refused(propose, new, new, by=portal.editor) == ["A document has no relation to itself."]
    sentence = "The text of the other document has no such provision."
    assert refused(propose, new, old, by=portal.editor, provision="Điều 7") == [sentence]


@pytest.mark.parametrize("role", ["reporter", "translator", "technician", "inspector"])
def test_roles_without_the_right_propose_nothing(old, new, portal, role):
    relation, person = relate(new, "repeals", old), getattr(portal, role)
    assert refused(propose, new, old, by=person, kind="amends") == [ROLE]
    assert refused(relating.propose_removal, relation, by=person, note=NOTE) == [ROLE]


@pytest.mark.parametrize("role", ["secretary", "editor", "reporter", "translator", "technician", "inspector"])
def test_roles_without_the_right_confirm_nothing(old, new, portal, role):
    coming, going = propose(new, old, by=portal.head), relate(new, "amends", old)
    relating.propose_removal(going, by=portal.head, note=NOTE)
    for relation in (coming, going):
        assert refused(relating.decide, relation, by=getattr(portal, role), confirm=True) == [ROLE]


def test_strangers_change_nothing(old, new, portal, district):
    relation = propose(new, old, by=portal.editor)
    recorded = relate(new, "amends", old)
    for person in (district.head, make_user(), make_user(is_superuser=True)):
        assert refused(propose, new, old, by=person, kind="suspends") == [ROLE]
        assert refused(relating.propose_removal, recorded, by=person, note=NOTE) == [ROLE]
        for confirm in (True, False):
            assert refused(relating.decide, relation, by=person, confirm=confirm, note=NOTE) == [ROLE]


def test_who_left_the_board_meanwhile_confirms_nothing(old, new, portal):
    relation = propose(new, old, by=portal.editor)
    left = make_member(portal.board, "member", valid_to=TODAY.date() - timedelta(days=1))
    assert refused(relating.decide, relation, by=left, confirm=True) == [ROLE]


@pytest.mark.parametrize(("step", "word"), [(archive, "Archived"), (withdraw, "Withdrawn")])
def test_what_is_not_published_any_more_is_not_changed(old, new, portal, step, word):
    relation, recorded = propose(new, old, by=portal.editor), relate(new, "amends", old)
    step(new, by=portal.head)
    sentence = [f"This cannot be done while the item is “{word}”."]
    assert refused(propose, new, old, by=portal.editor, kind="suspends") == sentence
    assert refused(relating.propose_removal, recorded, by=portal.editor, note=NOTE) == sentence
    assert refused(relating.decide, relation, by=portal.head, confirm=True) == sentence


# --- two tabs ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("confirm", [True, False])
def test_the_second_tab_finds_the_decision_made(old, new, portal, confirm):
    relation = propose(new, old, by=portal.editor)
    relating.decide(relation, by=portal.head, confirm=confirm, note="Đã đối chiếu")
    for again in (True, False):
        assert refused(relating.decide, relation, by=portal.deputy, confirm=again, note="Sai") == [DECIDED]


def test_a_removal_is_proposed_once(old, new, portal):
    relation = relate(new, "repeals", old)
    relating.propose_removal(relation, by=portal.editor, note=NOTE)
    assert refused(relating.propose_removal, relation, by=portal.secretary, note=NOTE) == [DECIDED]


@pytest.mark.parametrize("left", ["proposed", "removed"])
def test_what_is_not_recorded_is_not_removed(old, new, portal, left):
    relation = relate(new, "repeals", old, state=left)
    assert refused(relating.propose_removal, relation, by=portal.editor, note=NOTE) == [DECIDED]
