"""What a document does to others and others to it, in two lists, and its life day by day."""

from datetime import date

import pytest

from documents.models import Document
from portal.subsites.models import Site
from tests.documents.legal import (
    TODAY,
    badge,
    correct,
    facts,
    inside,
    publish_document,
    relate,
)
from tests.gazette.makers import make_document
from tests.makers import frozen, withdraw
from tests.web.pages import read

NUMBER = "16/2018/QĐ-UBND"
SUBJECT = "Ban hành Quy định về quản lý đường bộ trên địa bàn tỉnh"


@pytest.fixture(autouse=True)
def today():
    with frozen(TODAY):
        yield


@pytest.fixture
def write(portal):
    defaults = {"number": NUMBER, "summary_vi": SUBJECT}
    return lambda place=portal, **fields: publish_document(place, **defaults | fields)


@pytest.fixture
def show(client):
    return lambda document, language="/en", **query: read(client.get(f"{language}{document.path()}", query))


# --- relations --------------------------------------------------------------------------------------------------------


def relations(page, number):
    """[(words, link or None)] of one of the two lists."""
    (section,) = page.all("section", **{"aria-labelledby": f"relations-{number}"})
    rows = [row for row in page.elements if section in row.parents and row.tag in ("dt", "dd")]
    links = {id(row.parents[-1]): row["href"] for row in page.all("a") if section in row.parents}
    return [(row.text, links.get(id(row))) for row in rows]


def test_relations_stand_in_two_lists_that_need_no_script(show, write):
    old = write(number="5/2018/QĐ-UBND", summary_vi="Quy định cũ")
    new = write(number="20/2018/QĐ-UBND", summary_vi="Quy định mới", effective_on=date(2018, 3, 15))
    relate(new, "replaces", old, provision="dieu-1", note="Kể cả phụ lục")
    relate(new, "based_on", target_number="77/2015/QH13")
    page = show(new)
    assert relations(page, 1) == [
        ("Replaces", None),
        ("Decision 5/2018/QĐ-UBND (Article 1) from 15/03/2018Quy định cũKể cả phụ lục", f"/en{old.path()}"),
        ("Is based on", None),
        ("77/2015/QH13", None),
    ]
    assert relations(page, 2) == []
    assert relations(show(old), 2) == [
        ("Is replaced by", None),
        ("Decision 20/2018/QĐ-UBND (Article 1) from 15/03/2018Quy định mớiKể cả phụ lục", f"/en{new.path()}"),
    ]
    assert [row.text for row in page.all("p", class_="hint")] == ["Nothing is recorded."]


def test_a_suspension_names_its_last_day(show, write):
    document, other = write(), write(number="20/2018/QĐ-UBND")
    relate(other, "suspends", document, effective_on=date(2018, 3, 12), until=date(2018, 4, 30))
    page = show(document)
    assert badge(page)[0] == "suspended"
    assert relations(page, 2)[1][0].startswith("Decision 20/2018/QĐ-UBND from 12/03/2018 until 30/04/2018")


def test_a_relation_to_a_document_of_another_site_leads_to_that_site(show, write, district):
    theirs = write(district, number="7/2018/QĐ-UBND")
    own = write(number="20/2018/QĐ-UBND")
    relate(own, "amends", theirs)
    assert relations(show(own), 1)[1][1] == f"/trang/tunghia/en{theirs.path()}"


def test_a_relation_to_a_site_that_is_switched_off_is_named_without_a_link(show, write, district):
    theirs, own = write(district, number="7/2018/QĐ-UBND"), write(number="20/2018/QĐ-UBND")
    relate(own, "amends", theirs)
    Site.objects.filter(label="tunghia").update(is_active=False)
    words, link = relations(show(own), 1)[1]
    assert (words.startswith("Decision 7/2018/QĐ-UBND"), link) == (True, None)


def test_a_withdrawn_document_is_named_in_relations_and_what_it_said_is_not(show, write):
    old = write(number="5/2018/QĐ-UBND", summary_vi="Tóm tắt đã gỡ")
    new = write(number="20/2018/QĐ-UBND")
    relate(new, "replaces", old)
    withdraw(old)
    page = show(new)
    assert relations(page, 1) == [("Replaces", None), ("Decision 5/2018/QĐ-UBND from 11/03/2018", None)]
    assert "Tóm tắt đã gỡ" not in page.source


def test_a_draft_that_a_document_names_does_not_show_through(show, write, portal):
    draft = make_document(portal.agency, by=portal.editor, number="5/2018/QĐ-UBND", summary_vi="Bí mật")
    new = write(number="20/2018/QĐ-UBND")
    relate(new, "replaces", draft)
    relate(new, "amends", draft, target_number="5/2018/QĐ-UBND")
    page = show(new)
    assert relations(page, 1) == [("Amends", None), ("5/2018/QĐ-UBND from 11/03/2018", None)]
    assert "Bí mật" not in page.source and draft.path() not in page.source


@pytest.mark.parametrize("state", ["proposed", "removed"])
def test_a_relation_that_is_not_confirmed_is_not_shown(show, write, state):
    old, new = write(number="5/2018/QĐ-UBND"), write(number="20/2018/QĐ-UBND")
    relate(new, "repeals", old, state=state)
    assert relations(show(new), 1) == relations(show(old), 2) == []


def test_a_relation_waiting_to_be_removed_still_counts(show, write):
    old, new = write(number="5/2018/QĐ-UBND"), write(number="20/2018/QĐ-UBND")
    relate(new, "repeals", old, state="leaving")
    assert len(relations(show(new), 1)) == len(relations(show(old), 2)) == 2


# --- history ----------------------------------------------------------------------------------------------------------


def test_the_history_tells_the_life_of_the_document_day_by_day(show, write):
    document = write(expires_on=date(2019, 1, 1))
    other = write(number="20/2018/QĐ-UBND", effective_on=date(2018, 3, 16))
    relate(other, "amends", document, provision="dieu-1")
    correct(document, when=TODAY, note="Sửa trích yếu.", summary_vi="Đã sửa")
    Document.objects.filter(pk=document.pk).update(gazette_number="12 + 13", gazette_date=date(2018, 3, 12))
    page = show(document)
    events = [row.text for row in page.all("li") if inside(row, "ol", class_="events")]
    assert events == [
        "01/03/2018 Issued",
        "02/03/2018 Published on the portal",
        "11/03/2018 Takes effect",
        "12/03/2018 Printed in the gazette: 12 + 13",
        "16/03/2018 Is amended by: Decision 20/2018/QĐ-UBND",
        "20/03/2018 Corrected on the portal: Sửa trích yếu.",
        "01/01/2019 Ends",
    ]


def test_a_gazette_of_tomorrow_is_not_told_today(show, write):
    document = write()
    Document.objects.filter(pk=document.pk).update(
        gazette_number="14", gazette_date=date(2018, 3, 21), gazette_path="/cong-bao/2018/14/"
    )
    assert "/en/cong-bao/2018/14/" not in show(document).links
    with frozen(TODAY.replace(day=21)):
        page = show(document)
    assert "/en/cong-bao/2018/14/" in page.links
    assert ("Gazette", "No. 14 of 21/03/2018") in facts(page)
