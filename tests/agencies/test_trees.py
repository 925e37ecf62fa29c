"""The numbering of a tree survives whatever people do to it, and what breaks it by another way is found."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F, ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mptt.exceptions import InvalidMove

from news.models import Rubric
from portal.agencies import trees
from portal.agencies.models import Agency
from tests.makers import make_agency, make_article, make_rubric
from tests.together import together


def save(code, parent=None):
    return trees.save_node(Agency(code=code, kind="unit", name_vi=code, parent=parent))


def numbering(model=Agency):
    return {row.code: (row.lft, row.rght, row.level) for row in model.objects.order_by("tree_id", "lft")}


def move(code, parent):
    node = Agency.objects.get(code=code)
    node.parent = parent and Agency.objects.get(code=parent)
    return trees.save_node(node)


@pytest.fixture
def tree(db):
    """so, with the offices van-phong and thanh-tra; below van-phong the unit to."""
    top = save("so")
    office = save("van-phong", top)
    save("to", office)
    save("thanh-tra", top)
    return top


def test_nodes_are_numbered_from_their_parents(tree):
    assert numbering() == {"so": (1, 8, 0), "van-phong": (2, 5, 1), "to": (3, 4, 2), "thanh-tra": (6, 7, 1)}
    assert trees.faults(Agency) == []


def test_a_branch_moves_with_all_below_it(tree):
    move("van-phong", "thanh-tra")
    assert numbering() == {"so": (1, 8, 0), "thanh-tra": (2, 7, 1), "van-phong": (3, 6, 2), "to": (4, 5, 3)}


def test_a_branch_becomes_a_tree_of_its_own(tree):
    move("van-phong", None)
    assert numbering() == {"so": (1, 4, 0), "thanh-tra": (2, 3, 1), "van-phong": (1, 4, 0), "to": (2, 3, 1)}
    assert Agency.objects.get(code="van-phong").get_descendant_count() == 1


def test_a_node_that_was_read_long_ago_is_saved_into_the_tree_of_today(tree):
    stale_parent = Agency.objects.get(code="thanh-tra")
    stale_node = Agency.objects.get(code="to")
    move("van-phong", None)
    save("moi", Agency.objects.get(code="so"))
    stale_node.name_vi = "Tổ công tác"
    trees.save_node(stale_node)
    save("cuoi", stale_parent)
    assert trees.faults(Agency) == []
    assert Agency.objects.get(code="to").name_vi == "Tổ công tác"
    assert Agency.objects.get(code="to").get_root().code == "van-phong"


@pytest.mark.parametrize("target", ["so", "to"])
def test_a_node_does_not_become_its_own_ancestor(target, tree):
    before = numbering()
    with pytest.raises(InvalidMove), transaction.atomic():
        move("so", target)
    assert numbering() == before


def test_a_leaf_is_deleted_and_the_gap_closed(tree):
    trees.delete_node(Agency.objects.get(code="to"))
    assert numbering() == {"so": (1, 6, 0), "van-phong": (2, 3, 1), "thanh-tra": (4, 5, 1)}


def test_a_node_read_long_ago_is_deleted_where_it_is_today(tree):
    stale = Agency.objects.get(code="thanh-tra")
    save("to-2", Agency.objects.get(code="van-phong"))
    trees.delete_node(stale)
    assert trees.faults(Agency) == []
    assert "thanh-tra" not in numbering()


def test_what_others_rest_on_is_not_deleted(tree, portal):
    rubric = make_rubric("kinh-te", parent=make_rubric())
    make_article(portal.agency, by=portal.editor, rubric=rubric)
    before = numbering(), numbering(Rubric)
    for node in (Agency.objects.get(code="van-phong"), portal.agency, rubric, rubric.parent):
        with pytest.raises(ProtectedError), transaction.atomic():
            trees.delete_node(node)
    assert (numbering(), numbering(Rubric)) == before


# --- whatever people do -----------------------------------------------------------------------------------------------

NODES = st.integers(0, 7)
STEPS = st.one_of(
    st.tuples(st.just("add"), NODES, NODES),
    st.tuples(st.just("move"), NODES, NODES),
    st.tuples(st.just("root"), NODES, NODES),
    st.tuples(st.just("delete"), NODES, NODES),
)


class Model:
    """The same tree as a mapping of each node to its parent."""

    def __init__(self):
        self.parents = {}

    def do(self, step, node, other):
        """Whether the step is possible; then it has been done."""
        if step == "add" and node not in self.parents:
            self.parents[node] = other if other in self.parents else None
        elif step == "move" and {node, other} <= self.parents.keys() and node not in self.line(other):
            self.parents[node] = other
        elif step == "root" and node in self.parents:
            self.parents[node] = None
        elif step == "delete" and node in self.parents and node not in self.parents.values():
            del self.parents[node]
        else:
            return False
        return True

    def line(self, node):
        """The node and all above it."""
        return [] if node is None else [node, *self.line(self.parents[node])]


def carry_out(step, node, parent):
    rows = {row.code: row for row in Agency.objects.all()}
    if step == "add":
        save(str(node), rows.get(str(parent)))
    elif step == "delete":
        trees.delete_node(rows[str(node)])
    else:
        move(str(node), None if parent is None else str(parent))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=25))
def test_the_numbering_follows_the_parents_whatever_is_done(db, steps):
    model = Model()
    with transaction.atomic():
        for step, node, other in steps:
            if model.do(step, node, other):
                carry_out(step, node, model.parents.get(node))
        assert trees.faults(Agency) == []
        lines = {row.code: [above.code for above in row.get_ancestors(ascending=True)] for row in Agency.objects.all()}
        transaction.set_rollback(True)
    assert lines == {str(node): [str(above) for above in model.line(node)[1:]] for node in model.parents}


# --- at the same moment -----------------------------------------------------------------------------------------------


def test_nodes_inserted_at_the_same_moment_do_not_share_a_position(two_connections):
    top = save("so")
    parents = [Agency.objects.get(pk=top.pk) for _ in range(4)]
    results = together(
        *[lambda n=n, p=p: [save(f"don-vi-{n}-{m}", p) for m in range(5)] for n, p in enumerate(parents)]
    )
    assert [row for row in results if isinstance(row, Exception)] == []
    assert trees.faults(Agency) == []
    assert Agency.objects.get(code="so").get_descendant_count() == 20


def test_trees_begun_at_the_same_moment_do_not_share_a_number(two_connections):
    together(*[lambda n=n: save(f"goc-{n}") for n in range(4)])
    assert trees.faults(Agency) == []
    assert len(set(Agency.objects.values_list("tree_id", flat=True))) == 4


def test_moves_and_deletions_at_the_same_moment_keep_the_numbering(two_connections):
    top = save("so")
    for code in ("a", "b", "c", "d"):
        save(code, top)
    results = together(
        lambda: move("a", "b"),
        lambda: move("b", "c"),
        lambda: trees.delete_node(Agency.objects.get(code="d")),
        lambda: save("e", Agency.objects.get(code="c")),
    )
    assert [row for row in results if isinstance(row, Exception)] == []
    assert trees.faults(Agency) == []
    assert set(numbering()) == {"so", "a", "b", "c", "e"}


# --- what was broken by another way -----------------------------------------------------------------------------------

BREAKS = {
    "a position is used twice": lambda rows: rows.filter(code="thanh-tra").update(lft=2, rght=3),
    "left is not below right": lambda rows: rows.filter(code="to").update(lft=4, rght=3),
    "a node lies outside its parent": lambda rows: rows.filter(code="to").update(lft=20, rght=21),
    "a node lies in another tree": lambda rows: rows.filter(code="thanh-tra").update(tree_id=F("tree_id") + 9),
    "a level does not follow": lambda rows: rows.filter(code="to").update(level=1),
    "a root has a level": lambda rows: rows.filter(code="so").update(level=1),
    "a parent was changed past the lock": lambda rows: rows.filter(code="to").update(
        parent=Agency.objects.get(code="thanh-tra")
    ),
}


@pytest.fixture
def out():
    return StringIO()


def test_a_sound_tree_is_left_alone(tree, out):
    before = numbering()
    call_command("check_tree", "--repair", stdout=out)
    assert (out.getvalue(), numbering()) == ("All trees are sound.\n", before)


@pytest.mark.parametrize("damage", BREAKS.values(), ids=BREAKS)
def test_a_broken_tree_is_found_and_only_reported(damage, tree, out):
    damage(Agency.objects)
    before = numbering()
    assert trees.faults(Agency) != []
    with pytest.raises(CommandError, match="Run it again with --repair"):
        call_command("check_tree", stdout=out)
    assert "agencies.Agency: " in out.getvalue()
    assert numbering() == before


@pytest.mark.parametrize("damage", BREAKS.values(), ids=BREAKS)
def test_a_broken_tree_is_renumbered_from_its_parents(damage, tree, out):
    damage(Agency.objects)
    parents = dict(Agency.objects.values_list("code", "parent__code"))
    call_command("check_tree", "--repair", stdout=out)
    assert out.getvalue().endswith("Repaired.\n")
    assert trees.faults(Agency) == []
    assert dict(Agency.objects.values_list("code", "parent__code")) == parents


def test_the_sentences_name_the_row(tree):
    to, office = Agency.objects.get(code="to"), Agency.objects.get(code="van-phong")
    Agency.objects.filter(pk=to.pk).update(lft=20, rght=21, level=5)
    assert trees.faults(Agency) == [
        f"{to.pk}: lies outside its parent {office.pk}",
        f"{to.pk}: level 5 does not follow from its parent",
    ]


def test_trees_of_all_apps_are_checked(tree, portal, out):
    child = make_rubric("kinh-te", parent=make_rubric())
    Rubric.objects.filter(pk=child.pk).update(lft=40, rght=41)
    with pytest.raises(CommandError):
        call_command("check_tree", stdout=out)
    assert out.getvalue() == f"news.Rubric: {child.pk}: lies outside its parent {child.parent_id}\n"


def test_two_roots_are_no_fault(db):
    make_agency("quangngai", "province")
    make_agency("dungquat", "management_board")
    assert trees.faults(Agency) == []
