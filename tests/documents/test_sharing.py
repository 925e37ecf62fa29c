"""Two duties for each document (Article 9.1 c): two working days for the issuer, ten for each agency in its scope.

The latter keep theirs by showing the document on their own sites.
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from documents import sharing
from documents.models import Document, Showing
from portal.agencies.models import Agency
from portal.editorial.models import AuditEvent, Board
from portal.obligations import ledger
from portal.obligations.models import Obligation
from portal.publishing import editing, workflow
from tests.documents.legal import correct, nothing_changed_in_documents
from tests.documents.makers import duties, duty, make_scoped, publish_scoped
from tests.gazette.makers import TODAY, make_document, make_issuer, moment
from tests.makers import approve, archive, frozen, make_agency, make_place, make_user, publish, submit, withdraw

pytestmark = pytest.mark.usefixtures("law", "english")

D7_DUE, D8_DUE, L1_DUE = date(2018, 3, 5), date(2018, 3, 15), date(2018, 3, 5)
ROLE = "Your role on the editorial board of this site does not include this action."
SHOWN = "This site shows the document already."
NOTE = "Không thuộc phạm vi điều chỉnh"


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def department(portal):
    return make_place(make_agency("stttt", Agency.Kind.DEPARTMENT, portal.agency))


@pytest.fixture
def document(portal, district, department):
    """Public on its second working day; it applies to a district and to a department."""
    return publish_scoped(portal, district.agency, department.agency, when=TODAY)


def refused(step, *what, **how):
    with nothing_changed_in_documents(), pytest.raises(ValidationError) as error:
        step(*what, **how)
    return error.value.messages


def shown(document):
    return set(Showing.objects.filter(document=document).values_list("agency__code", flat=True))


def audited(document, *actions):
    rows = AuditEvent.objects.of(document).filter(action__in=actions).order_by("pk")
    return [(row.action, row.actor, row.note, row.changes) for row in rows]


def statuses(document):
    return {key: status for key, (_due, status) in duties(document).items()}


# --- what is owed -----------------------------------------------------------------------------------------------------


def test_the_issuer_owes_it_in_two_working_days_and_each_agency_in_scope_in_ten(portal, district, department):
    draft = make_scoped(portal, district.agency, department.agency)
    assert duties(draft) == {
        ("D7", "quangngai"): (D7_DUE, "open"),
        ("D8", "tunghia"): (D8_DUE, "open"),
        ("D8", "stttt"): (D8_DUE, "open"),
        ("L1", "quangngai"): (L1_DUE, "open"),
    }


def test_publication_keeps_the_duty_of_the_issuer_and_no_other(document):
    assert statuses(document) == {
        ("D7", "quangngai"): "on_time",
        ("D8", "tunghia"): "open",
        ("D8", "stttt"): "open",
        ("L1", "quangngai"): "open",  # kept by sending it to the gazette
    }


@pytest.mark.parametrize(
    ("day", "status", "delay"), [(D7_DUE, "on_time", 0), (date(2018, 3, 6), "late", 1), (date(2018, 3, 12), "late", 5)]
)
def test_the_issuer_is_late_from_the_third_working_day(portal, day, status, delay):
    document = publish_scoped(portal, when=moment(day))
    row = duty(document, "D7", portal.agency)
    assert (row.due, row.status, row.delay) == (D7_DUE, status, delay)


def test_the_decision_of_19_april_2017_was_due_on_21_april_and_on_5_may(portal, district):
    """30 April and 1 May are holidays, 2 May is the day off for the Sunday."""
    fields = {"number": "16/2017/QĐ-UBND", "event_date": date(2017, 4, 19), "effective_on": date(2017, 4, 29)}
    assert duties(make_scoped(portal, district.agency, **fields)) == {
        ("D7", "quangngai"): (date(2017, 4, 21), "open"),
        ("D8", "tunghia"): (date(2017, 5, 5), "open"),
    }


def test_what_was_issued_before_there_was_a_time_limit_owes_nothing(portal, district):
    fields = {"number": "206/2004/QĐ-UB", "event_date": date(2004, 9, 21)}
    assert duties(make_scoped(portal, district.agency, **fields)) == {}


def test_the_first_day_of_the_regulation_counts(portal, district):
    """29 April 2017 is a Saturday before the holidays: the first working day is 3 May."""
    document = make_scoped(portal, district.agency, event_date=date(2017, 4, 29))
    assert {key: due for key, (due, _status) in duties(document).items()} == {
        ("D7", "quangngai"): date(2017, 5, 4),
        ("D8", "tunghia"): date(2017, 5, 16),
        ("L1", "quangngai"): date(2017, 5, 3),
    }


def test_the_owner_in_its_own_scope_owes_it_once(portal):
    document = make_scoped(portal, portal.agency, normative=False)
    assert duties(document) == {("D7", "quangngai"): (D7_DUE, "open")}


def test_texts_of_the_state_are_owed_by_the_agencies_in_scope_only(portal, district):
    government = make_issuer(None, code="chinh-phu", name_vi="Chính phủ", level="central")
    document = make_scoped(portal, district.agency, issuer=government)
    assert duties(document) == {("D8", "tunghia"): (D8_DUE, "open")}


# --- the gazette's three days -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "owed"),
    [
        (date(2017, 4, 28), False),
        (date(2017, 4, 29), True),
        (date(2025, 3, 31), True),
        (date(2025, 4, 1), False),  # the law of 2025 has other rules
    ],
)
def test_the_three_days_of_the_gazette_hold_in_their_time(portal, day, owed):
    with frozen(moment(date(2025, 4, 2))):
        found = duties(make_document(portal.agency, by=portal.editor, event_date=day))
    assert (("L1", "quangngai") in found) is owed


def test_only_normative_documents_of_the_province_go_to_the_gazette(portal, district):
    own = make_issuer(district.agency, code="tunghia", name_vi="Ủy ban nhân dân huyện Tư Nghĩa", level="district")
    of_the_district = make_document(district.agency, by=district.editor, issuer=own)
    administrative = make_document(portal.agency, by=portal.editor, normative=False)
    assert set(duties(of_the_district)) == {("D7", "tunghia")}
    assert set(duties(administrative)) == {("D7", "quangngai")}


# --- showing ----------------------------------------------------------------------------------------------------------


def test_showing_keeps_the_duty_of_that_agency_only(document, district):
    with frozen(moment(D8_DUE, 16, 59)):
        sharing.show(document, district.agency, by=district.editor)
    assert (statuses(document)["D8", "tunghia"], statuses(document)["D8", "stttt"]) == ("on_time", "open")
    row = duty(document, "D8", district.agency)
    assert (row.fulfilled_at, row.fulfilled_by, row.delay) == (moment(D8_DUE, 16, 59), district.editor, 0)
    assert audited(document, "show") == [("show", district.editor, "", {"site": str(district.agency)})]


def test_showing_after_ten_working_days_is_late(document, district):
    with frozen(moment(date(2018, 3, 19))):
        sharing.show(document, district.agency, by=district.editor)
    row = duty(document, "D8", district.agency)
    assert (row.status, row.delay) == ("late", 2)


def test_the_document_stands_on_the_site_and_keeps_its_one_address(document, district, department, portal):
    sharing.show(document, district.agency, by=district.editor)
    assert list(Document.objects.shown_on(district.agency)) == [document]
    assert list(Document.objects.shown_on(department.agency)) == []
    assert list(Document.objects.shown_on(portal.agency)) == [document]
    fresh = Document.objects.get()
    assert (fresh.agency, fresh.path(), fresh.version) == (portal.agency, document.path(), document.version)


def test_a_document_shown_by_several_is_one_row_in_each_list(document, district, department):
    for place in (district, department):
        sharing.show(document, place.agency, by=place.editor)
    assert list(Document.objects.shown_on(district.agency)) == [document]
    assert shown(document) == {"tunghia", "stttt"}


def test_an_agency_outside_the_scope_may_show_it_and_owed_nothing(portal, district):
    document = publish_scoped(portal, when=TODAY)
    sharing.show(document, district.agency, by=district.editor)
    assert shown(document) == {"tunghia"} and ("D8", "tunghia") not in duties(document)


def test_hiding_owes_it_again_for_that_agency_only(document, district, department):
    for place in (district, department):
        sharing.show(document, place.agency, by=place.editor)
    sharing.hide(document, district.agency, by=district.editor, note=NOTE)
    found = statuses(document)
    assert (found["D8", "tunghia"], found["D8", "stttt"], found["D7", "quangngai"]) == ("open", "on_time", "on_time")
    assert shown(document) == {"stttt"}
    assert audited(document, "hide") == [("hide", district.editor, NOTE, {"site": str(district.agency)})]


def test_what_is_shown_again_is_kept_on_that_day(document, district):
    sharing.show(document, district.agency, by=district.editor)
    sharing.hide(document, district.agency, by=district.editor, note=NOTE)
    with frozen(moment(date(2018, 3, 16))):
        sharing.show(document, district.agency, by=district.secretary)
    row = duty(document, "D8", district.agency)
    assert (row.status, row.delay, row.fulfilled_by) == ("late", 1, district.secretary)


def test_hiding_gives_its_reason(document, district):
    sharing.show(document, district.agency, by=district.editor)
    for note in ("", " \n"):
        assert refused(sharing.hide, document, district.agency, by=district.editor, note=note) == ["Give the reason."]


def test_the_second_tab_finds_it_shown_or_hidden(document, district):
    sharing.show(document, district.agency, by=district.editor)
    assert refused(sharing.show, document, district.agency, by=district.head) == [SHOWN]
    sharing.hide(document, district.agency, by=district.editor, note=NOTE)
    assert refused(sharing.hide, document, district.agency, by=district.head, note=NOTE) == [
        "This site does not show the document."
    ]


def test_the_database_shows_a_document_once_on_a_site(document, district):
    sharing.show(document, district.agency, by=district.editor)
    with nothing_changed_in_documents(), pytest.raises(IntegrityError), transaction.atomic():
        Showing.objects.create(document=document, agency=district.agency, by=district.editor)


def test_on_its_own_site_it_stands_already(document, portal):
    sentence = "This document stands on its own site already."
    assert refused(sharing.show, document, portal.agency, by=portal.editor) == [sentence]
    assert refused(sharing.hide, document, portal.agency, by=portal.editor, note=NOTE) == [sentence]


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "withdrawn"])
def test_only_what_is_public_is_shown(portal, district, state):
    document = make_scoped(portal, district.agency)
    if state != "draft":
        document = submit(document)
    if state in ("approved", "withdrawn"):
        document = approve(document, by=portal.head, at=moment(date(2018, 3, 9)) if state == "approved" else None)
    if state == "withdrawn":
        document = withdraw(document, by=portal.head)
    assert refused(sharing.show, document, district.agency, by=district.editor) == ["The document is not public."]


def test_an_archived_document_is_shown(document, portal, district):
    archive(document, by=portal.head)
    sharing.show(document, district.agency, by=district.editor)
    assert statuses(document)["D8", "tunghia"] == "on_time"


@pytest.mark.parametrize("role", ["head", "deputy", "member", "secretary", "editor"])
def test_editors_of_the_site_show_and_hide(document, district, role):
    person = getattr(district, role)
    sharing.show(document, district.agency, by=person)
    sharing.hide(document, district.agency, by=person, note=NOTE)
    assert [row[:2] for row in audited(document, "show", "hide")] == [("show", person), ("hide", person)]


@pytest.mark.parametrize("role", ["reporter", "translator", "technician", "inspector"])
def test_other_roles_show_and_hide_nothing(document, district, department, role):
    person = getattr(district, role)
    assert refused(sharing.show, document, district.agency, by=person) == [ROLE]
    sharing.show(document, district.agency, by=district.editor)
    assert refused(sharing.hide, document, district.agency, by=person, note=NOTE) == [ROLE]


def test_strangers_and_the_issuer_decide_on_no_other_site(document, district, department, portal):
    sharing.show(document, department.agency, by=department.editor)
    for person in (portal.head, district.head, make_user(), make_user(is_superuser=True)):
        assert refused(sharing.hide, document, department.agency, by=person, note=NOTE) == [ROLE]
    for person in (portal.head, department.head, make_user(), make_user(is_superuser=True)):
        assert refused(sharing.show, document, district.agency, by=person) == [ROLE]


def test_a_board_out_of_force_shows_nothing(document, district):
    Board.objects.filter(pk=district.board.pk).update(valid_to=TODAY.date() - timedelta(days=1))
    assert refused(sharing.show, document, district.agency, by=district.editor) == [ROLE]


# --- withdrawal and publication anew ----------------------------------------------------------------------------------


def test_what_is_withdrawn_is_owed_again_by_all(document, portal, district):
    sharing.show(document, district.agency, by=district.editor)
    withdraw(document, by=portal.head)
    found = statuses(document)
    assert (found["D7", "quangngai"], found["D8", "tunghia"], found["D8", "stttt"]) == ("open", "open", "open")
    assert not Document.objects.readable().shown_on(district.agency).exists()


def test_published_anew_it_is_kept_from_that_day_where_it_is_still_shown(document, portal, district):
    sharing.show(document, district.agency, by=district.editor)
    again = moment(date(2018, 3, 16))
    with frozen(again):
        withdraw(document, by=portal.head)
        reopened = workflow.carry_out("reopen", document, by=portal.head, note="Đã sửa")
        publish(reopened, by=portal.deputy)
    row = duty(document, "D8", district.agency)
    assert (row.status, row.delay, row.fulfilled_at, row.fulfilled_by) == ("late", 1, again, district.editor)
    assert statuses(document)["D8", "stttt"] == "open"


def test_a_site_hides_what_its_issuer_withdrew(document, portal, district):
    sharing.show(document, district.agency, by=district.editor)
    withdraw(document, by=portal.head)
    sharing.hide(document, district.agency, by=district.editor, note=NOTE)
    assert shown(document) == set()


# --- a scope that was wrong -------------------------------------------------------------------------------------------


def rescope(document, *agencies, when=TODAY):
    return correct(document, when=when, in_scope=",".join(str(pk) for pk in sorted(row.pk for row in agencies)))


def test_a_corrected_scope_adds_duties_and_takes_others_away(document, portal, district):
    city = make_agency("thanhpho", Agency.Kind.CITY, portal.agency)
    rescope(document, district.agency, city)
    assert duties(document) == {
        ("D7", "quangngai"): (D7_DUE, "on_time"),
        ("D8", "tunghia"): (D8_DUE, "open"),
        ("D8", "stttt"): (D8_DUE, "void"),
        ("D8", "thanhpho"): (D8_DUE, "open"),
        ("L1", "quangngai"): (L1_DUE, "open"),
    }
    row = duty(document, "D8", Agency.objects.get(code="stttt"))
    assert [(event.action, event.note) for event in AuditEvent.objects.of(row)] == [("void", "Sửa theo bản ký.")]


def test_an_agency_taken_back_into_the_scope_owes_it_again(document, district, department):
    rescope(document, district.agency)
    rescope(document, district.agency, department.agency)
    assert duties(document)["D8", "stttt"] == (D8_DUE, "open")


def test_an_agency_that_shows_it_already_has_kept_what_the_correction_adds(portal, district):
    document = publish_scoped(portal, when=TODAY)
    at = moment(date(2018, 3, 7))
    with frozen(at):
        sharing.show(document, district.agency, by=district.editor)
    rescope(document, district.agency, when=moment(date(2018, 4, 2)))
    row = duty(document, "D8", district.agency)
    assert (row.due, row.status, row.fulfilled_at, row.fulfilled_by) == (D8_DUE, "on_time", at, district.editor)


def test_a_corrected_day_of_issue_moves_what_is_open_and_measures_anew_what_was_kept(document, district):
    with frozen(moment(date(2018, 3, 14))):
        sharing.show(document, district.agency, by=district.editor)
    correct(document, when=moment(date(2018, 3, 14)), event_date="2018-02-26", number="9/2018/QĐ-UBND")
    found = duties(document)
    assert found["D8", "stttt"] == (date(2018, 3, 12), "open")
    assert found["D8", "tunghia"] == (date(2018, 3, 12), "late")
    assert found["D7", "quangngai"] == (date(2018, 2, 28), "late")


def test_an_overdue_agency_is_taken_from_the_scope_when_its_own_head_has_waived(document, portal, district, department):
    """Neither the issuer's board nor its head takes the delay of another agency out of the figures."""
    sentence = (
        "A time limit of this item has passed. Only the head of the editorial board may take it away or change the "
        "date from which it is counted (Article 9)."
    )
    with frozen(moment(date(2018, 3, 20))):
        after = {"in_scope": str(district.agency.pk)}
        revision = editing.propose(document, after, by=portal.editor, note="Không áp dụng cho sở")
        for person in (portal.member, portal.head):
            assert refused(editing.apply, revision, by=person) == [sentence]
        ledger.waive(duty(document, "D8", department.agency), by=department.head, reason="Không áp dụng cho sở")
        editing.apply(revision, by=portal.head)
    assert duties(document)["D8", "stttt"] == (D8_DUE, "waived")
    assert list(document.in_scope.all()) == [district.agency]


def test_a_draft_that_is_deleted_is_owed_by_nobody(portal, district):
    draft = make_scoped(portal, district.agency)
    editing.discard(draft, by=portal.editor)
    rows = Obligation.objects.order_by("code").values_list("code", "status")
    assert list(rows) == [("D7", "void"), ("D8", "void"), ("L1", "void")]
