"""Whatever documents do to each other: on each day each has one status, and what was repealed is never in force.

The expected status comes from a model of the law in plain Python, which knows nothing of queries.
"""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from documents.models import Document, Relation
from documents.reasons import reasons, relations_to
from documents.validity import Status
from tests.gazette.makers import ISSUED, TODAY, make_public
from tests.makers import frozen

DOCUMENTS, DAYS = 4, 4
PENDING, IN_FORCE, PARTLY, ENDED, SUSPENDED = Status.values[:5]
PUBLIC = {"published", "archived"}
many = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def documents(portal):
    return [make_public(portal.agency, by=portal.editor, approved_by=portal.head) for _number in range(DOCUMENTS)]


# --- what is generated: days are numbers, documents their place in the order of issue ---------------------------------


@st.composite
def records(draw):
    begins = draw(st.integers(0, 2))
    ends = draw(st.sampled_from([None, None, None, begins + 1, begins + 2]))
    state = draw(st.sampled_from([*["published"] * 6, "archived", "withdrawn", "approved"]))
    return {"begins": begins, "ends": ends, "state": state}


def acts(pairs):
    kinds = st.sampled_from([*["repeals", "replaces", "suspends"] * 3, "amends", "corrects", "based_on"])
    return st.fixed_dictionaries(
        {
            "pair": st.sampled_from(pairs),
            "kind": kinds,
            "provision": st.sampled_from([*[""] * 5, "dieu-1"]),
            "begins": st.none() | st.integers(0, DAYS),
            "length": st.none() | st.integers(0, 2),
            "state": st.sampled_from([*["counts"] * 6, "leaving", "proposed", "removed"]),
        }
    )


def worlds(pairs):
    """(documents, what they do): later ones to earlier ones, or each to each."""
    same = lambda act: (act["pair"], act["kind"], act["provision"])  # noqa: E731
    return st.tuples(
        st.lists(records(), min_size=DOCUMENTS, max_size=DOCUMENTS),
        st.lists(acts(pairs), min_size=2, max_size=9, unique_by=same),
    )


def known(*lines):
    """A world of documents in force from day 0 and of what they do: (source, kind, target, day)."""
    rows = [
        {"pair": (source, target), "kind": kind, "provision": "", "begins": day, "length": None, "state": "counts"}
        for source, kind, target, day in lines
    ]
    return [{"begins": 0, "ends": None, "state": "published"}] * DOCUMENTS, rows


PAIRS = [(source, target) for source in range(DOCUMENTS) for target in range(DOCUMENTS) if source != target]
LATER_TO_EARLIER = [(source, target) for source, target in PAIRS if source > target]


# --- the law in plain Python ------------------------------------------------------------------------------------------


class Law:
    """What a world of documents that act on earlier ones means on a day."""

    def __init__(self, world):
        self.records, self.acts = world

    def begin(self, act):
        return self.records[act["pair"][0]]["begins"] if act["begins"] is None else act["begins"]

    def ended_on(self, place):
        """The first day on which the document is no longer in force; None: it still is."""
        ends = [act for act in self.on(place) if act["kind"] in ("repeals", "replaces") and not act["provision"]]
        own = self.records[place]["ends"]
        return min([*map(self.begin, ends), *([] if own is None else [own])], default=None)

    def on(self, place):
        return [act for act in self.acts if act["pair"][1] == place and self.takes_place(act)]

    def takes_place(self, act):
        source = act["pair"][0]
        if self.records[source]["state"] not in PUBLIC or act["state"] in ("proposed", "removed"):
            return False
        ended = self.ended_on(source)
        return ended is None or ended > self.begin(act)

    def suspends(self, act, day):
        ended, begin = self.ended_on(act["pair"][0]), self.begin(act)
        over = act["length"] is not None and day > begin + act["length"]
        return act["kind"] == "suspends" and not act["provision"] and not over and (ended is None or ended > day)

    def changes(self, act):
        return act["kind"] == "amends" or (act["kind"] in ("repeals", "replaces") and act["provision"])

    def status(self, place, day):
        ended, present = self.ended_on(place), [act for act in self.on(place) if self.begin(act) <= day]
        if ended is not None and ended <= day:
            return ENDED
        if self.records[place]["begins"] > day:
            return PENDING
        if any(self.suspends(act, day) for act in present):
            return SUSPENDED
        return PARTLY if any(self.changes(act) for act in present) else IN_FORCE


# --- the world in the database ----------------------------------------------------------------------------------------


def on(day):
    return None if day is None else ISSUED + timedelta(days=day)


def build(documents, world):
    records, acts = world
    Relation.objects.all().delete()
    for document, record in zip(documents, records, strict=True):
        begins, ends = on(record["begins"]), on(record["ends"])
        values = {"effective_on": begins, "in_force_from": begins, "expires_on": ends, "state": record["state"]}
        publish_at = document.publish_at + timedelta(days=record["state"] == "approved")
        Document.objects.filter(pk=document.pk).update(**values, publish_at=publish_at)
    Relation.objects.bulk_create([_relation(documents, records, act) for act in acts])


def _relation(documents, records, act):
    source, target = (documents[place] for place in act["pair"])
    begin = records[act["pair"][0]]["begins"] if act["begins"] is None else act["begins"]
    has_end = act["kind"] == "suspends" and act["length"] is not None
    return Relation(
        source=source,
        target=target,
        kind=act["kind"],
        provision=act["provision"],
        effective_on=on(act["begins"]),
        until=on(begin + act["length"]) if has_end else None,
        state=act["state"],
    )


def statuses(documents, day):
    found = dict(Document.objects.with_status(on(day)).values_list("pk", "status"))
    return [found[document.pk] for document in documents]


def listed(documents, day):
    """The lists in which each document stands."""
    found = {value: set(Document.objects.in_status(value, on(day)).values_list("pk", flat=True)) for value in Status}
    return [[value for value in Status if document.pk in found[value]] for document in documents]


# --- always -----------------------------------------------------------------------------------------------------------


@settings(many, max_examples=100)
@example(world=known((1, "repeals", 0, 3), (2, "repeals", 1, 2), (3, "repeals", 2, 1)), day=3)
@example(world=known((1, "suspends", 0, 0), (2, "repeals", 1, 2)), day=3)
@given(world=worlds(LATER_TO_EARLIER), day=st.integers(-1, DAYS + 3))
def test_the_status_is_that_of_the_law_on_every_day(documents, world, day):
    build(documents, world)
    law = Law(world)
    assert statuses(documents, day) == [law.status(place, day) for place in range(DOCUMENTS)]


@many
@given(world=worlds(PAIRS), day=st.integers(-1, DAYS + 3))
def test_every_document_stands_in_the_list_of_its_status_and_in_no_other(documents, world, day):
    """In circles too, where documents end each other."""
    build(documents, world)
    assert listed(documents, day) == [[value] for value in statuses(documents, day)]


@many
@given(world=worlds(PAIRS), day=st.integers(-1, DAYS + 3))
def test_no_list_of_what_is_in_force_holds_what_a_public_document_repealed(documents, world, day):
    """Unless that document, by the most favourable reading, had ended by then and could repeal nothing any more."""
    build(documents, world)
    records, acts = world
    shown = {pk for value in (IN_FORCE, PARTLY) for pk in _in_list(value, day)}
    begin = Law(world).begin
    ends = [
        act
        for act in acts
        if act["kind"] in ("repeals", "replaces")
        and not act["provision"]
        and act["state"] in ("counts", "leaving")
        and records[act["pair"][0]]["state"] in PUBLIC
    ]
    for act in ends:
        source, target = act["pair"]
        if begin(act) <= day and documents[target].pk in shown:
            own_end = records[source]["ends"]
            others = [begin(other) for other in ends if other["pair"][1] == source]
            assert min([*others, *([] if own_end is None else [own_end])], default=day + 1) <= begin(act)


def _in_list(value, day):
    return Document.objects.in_status(value, on(day)).values_list("pk", flat=True)


BEGINNINGS = {
    ENDED: ("Repealed", "Replaced", "It named its own end"),
    PENDING: ("It takes effect on",),
    SUSPENDED: ("Suspended from",),
    PARTLY: ("Amended", "Repealed in", "Replaced in"),
    IN_FORCE: ("In force since",),
}


@many
@given(world=worlds(PAIRS), day=st.integers(0, DAYS + 2))
def test_every_status_has_its_reason(documents, world, day, english):
    build(documents, world)
    for document, value in zip(documents, statuses(documents, day), strict=True):
        document.refresh_from_db()
        told = [sentence for sentence, _other in reasons(document, relations_to(document), on(day))]
        assert any(sentence.startswith(BEGINNINGS[value]) for sentence in told), (value, told)


def test_the_days_of_the_model_are_those_of_the_documents(documents):
    assert {document.event_date for document in documents} == {date(2018, 3, 1)} == {on(0)}
