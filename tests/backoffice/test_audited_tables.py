"""The calendar and the boards decide over dates and rights: whoever changes them stands in the audit."""

from datetime import date

import pytest

from portal.editorial.models import AuditEvent, Board, Membership
from portal.workdays.models import CalendarDay, CalendarYear
from tests.backoffice import pages
from tests.backoffice.pages import address, listing, signed_in
from tests.makers import make_agency, make_user

pytestmark = pytest.mark.usefixtures("law", "english")

BASIS = "Văn bản số 1/VPCP-KGVX"


@pytest.fixture
def administrator(db):
    return make_user(full_name="Quản trị Một", is_superuser=True)


def fill_in(page, field, **changes):
    """The form without the empty choices of rows that a script would add."""
    return {name: value for name, value in pages.fill_in(page, field, **changes).items() if value is not None}


def send(user, url, field, **changes):
    client = signed_in(user)
    page = client.post(url, fill_in(client.get(url), field, **changes), follow=True)
    assert page.status_code == 200
    return page


def lines():
    """[(action, person, item)] in their order."""
    rows = AuditEvent.objects.exclude(action__startswith="load").order_by("pk")
    return [(row.action, row.actor_name, row.item_title) for row in rows]


def last():
    return AuditEvent.objects.first()


# --- the calendar -----------------------------------------------------------------------------------------------------


def test_a_day_that_is_added_is_audited_with_its_basis(administrator):
    row = {"date": "25/08/2026", "kind": "swapped_off", "name_vi": "Nghỉ", "legal_basis": BASIS}
    send(administrator, listing(CalendarDay, "add"), "name_vi", **row)
    assert lines() == [("calendar_added", "Quản trị Một", "25/08/2026 Nghỉ")]
    event = last()
    assert event.note == f"Calendar: 25/08/2026 was added, swapped day off ({BASIS})."
    assert event.changes["date"] == [None, "2026-08-25"]
    assert (event.changes["kind"], event.changes["legal_basis"]) == ([None, "swapped_off"], [None, BASIS])
    assert event.item == CalendarDay.objects.get(date=date(2026, 8, 25))


def test_a_day_that_is_changed_is_audited_with_both_values(administrator):
    day = CalendarDay.objects.get(date=date(2026, 8, 31))
    send(administrator, address(day, "change"), "name_vi", legal_basis=BASIS)
    event = last()
    assert (event.action, event.changes) == ("calendar_changed", {"legal_basis": [day.legal_basis, BASIS]})


def test_a_day_that_is_confirmed_is_audited_as_such(administrator):
    day = CalendarDay.objects.get(date=date(2026, 11, 24))
    send(administrator, address(day, "change"), "name_vi", confirmed="on")
    assert (last().action, last().changes) == ("calendar_confirmed", {"confirmed": [False, True]})


def test_a_day_that_is_removed_is_audited_and_the_administrator_hears_of_the_recount(administrator):
    day = CalendarDay.objects.get(date=date(2026, 8, 22))
    page = signed_in(administrator).post(address(day, "delete"), {"post": "yes"}, follow=True)
    assert "Removed. Duties are counted anew within a minute" in page.content.decode()
    event = last()
    assert (event.action, event.item_title, event.object_id) == ("calendar_removed", str(day), day.pk)
    assert event.note == f"Calendar: 22/08/2026 was removed, swapped working day ({day.legal_basis})."
    assert not CalendarDay.objects.filter(pk=day.pk).exists()


def test_a_day_that_is_refused_leaves_no_line(administrator):
    client, row = signed_in(administrator), {"date": "30/04/2026", "kind": "swapped_off", "name_vi": "Nghỉ"}
    form = fill_in(client.get(listing(CalendarDay, "add")), "name_vi", **row, legal_basis=BASIS)
    assert client.post(listing(CalendarDay, "add"), form).status_code == 200
    assert lines() == []


def test_a_year_that_is_decided_is_audited(administrator):
    send(administrator, address(CalendarYear.objects.get(year=2027), "change"), "legal_basis", decided="on")
    assert (last().action, last().changes) == ("calendar_year", {"decided": [False, True]})
    assert last().note == "Calendar: the year 2027 is decided."


# --- boards -----------------------------------------------------------------------------------------------------------

PREFIX = "memberships"


def places(*rows, initial=0):
    data = {f"{PREFIX}-TOTAL_FORMS": len(rows), f"{PREFIX}-INITIAL_FORMS": initial}
    return data | {f"{PREFIX}-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()}


def test_a_new_board_and_its_places_are_audited(administrator):
    agency, person = make_agency("snv"), make_user(full_name="Trần Thị Hoa")
    board = {"agency": agency.pk, "decision_number": "9/QĐ-SNV", "decision_date": "01/02/2026", "signer": "Giám đốc"}
    rows = places({"user": person.pk, "role": "head", "valid_from": "05/02/2026", "valid_to": ""})
    send(administrator, listing(Board, "add"), "signer", **board, valid_from="05/02/2026", **rows)
    assert lines() == [
        ("board_added", "Quản trị Một", "Editorial board of Agency snv"),
        ("place_added", "Quản trị Một", "Trần Thị Hoa – Head of the board"),
    ]
    place, new = AuditEvent.objects.all()[:2]
    assert new.changes["decision_number"] == [None, "9/QĐ-SNV"]
    assert place.changes["role"] == [None, "head"]
    assert {row.agency for row in (place, new)} == {agency}
    assert (place.item, new.item) == (Membership.objects.get(), Board.objects.get())


def test_the_end_of_a_board_and_of_a_place_is_audited(administrator, portal):
    client, url = signed_in(administrator), address(portal.board, "change")
    form = fill_in(client.get(url), "signer", valid_to="31/12/2030")
    (index,) = [
        name.split("-")[1] for name, value in form.items() if name.endswith("-user") and value == str(portal.editor.pk)
    ]
    form[f"{PREFIX}-{index}-valid_to"] = "30/06/2030"
    assert client.post(url, form).status_code == 302
    assert [(row.action, row.changes) for row in AuditEvent.objects.order_by("pk")] == [
        ("board_changed", {"valid_to": [None, "2030-12-31"]}),
        ("place_changed", {"valid_to": [None, "2030-06-30"]}),
    ]
    assert AuditEvent.objects.first().item_title == f"{portal.editor} – Editor"


def test_a_place_that_is_taken_away_is_audited(administrator, portal):
    client, url = signed_in(administrator), address(portal.board, "change")
    form = fill_in(client.get(url), "signer")
    (index,) = [
        name.split("-")[1] for name, value in form.items() if name.endswith("-user") and value == str(portal.editor.pk)
    ]
    place = Membership.objects.get(user=portal.editor)
    assert client.post(url, form | {f"{PREFIX}-{index}-DELETE": "on"}).status_code == 302
    assert [(row.action, row.object_id) for row in AuditEvent.objects.all()] == [("place_removed", place.pk)]
    assert not Membership.objects.filter(user=portal.editor).exists()


def test_saving_a_board_without_a_change_leaves_no_line(administrator, portal):
    send(administrator, address(portal.board, "change"), "signer")
    assert lines() == []


def test_the_head_of_the_site_reads_what_became_of_the_board_in_days_and_words(administrator, portal):
    send(administrator, address(portal.board, "change"), "signer", valid_to="31/12/2030")
    page = signed_in(portal.head).get(address(last(), "change")).content.decode()
    assert "Board changed" in page
    assert "– → 31/12/2030" in page
    assert "2030-12-31" not in page
