"""“Công khai tiến độ” on a telephone: every figure is seen without moving the table sideways."""

from collections import Counter
from datetime import date

import pytest

from tests.makers import publish
from tests.obligations.test_ledger import guidance, moment

SEEN = """region => [...region.querySelectorAll('tbody tr:first-child > *')].map(cell => {
  const box = cell.getBoundingClientRect();
  return box.left >= 0 && box.right <= document.documentElement.clientWidth && box.height > 0;
})"""
LABELS = """region => [...region.querySelectorAll('tbody tr:first-child td')].map(
  cell => getComputedStyle(cell, '::before').content.split('"')[1].replace(/: $/, '')
)"""


@pytest.fixture
def duties(transactional_db, portal, law):
    """One kept in time, one kept late, one overdue, all of last year's or older calendars."""
    publish(guidance(portal, title_vi="đúng hạn"), when=moment(date(2018, 3, 1)))
    publish(guidance(portal, title_vi="trễ hạn"), when=moment(date(2018, 3, 20)))
    guidance(portal, title_vi="quá hạn")


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        (
            "/en/cong-khai-tien-do/?nam=2018",
            [
                "Duties due",
                "Kept in time",
                "Kept late",
                "Overdue and still open",
                "Open, not yet due",
                "Waived or no longer applicable",
                "Share in time",
                "Average delay (working days)",
            ],
        ),
        ("/en/cong-khai-tien-do/danh-sach/?nam=2018", ["Duty", "Agency", "Counted from", "Due on", "Result"]),
    ],
)
def test_on_a_telephone_each_row_is_a_block_with_its_labels(path, labels, reader, complaints, duties):
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(path)
    for region in reader.locator(".table-scroll").all():
        assert region.evaluate("region => region.scrollWidth - region.clientWidth") == 0
        assert region.evaluate(SEEN) == [True] * (len(labels) + 1)
        assert region.evaluate(LABELS) == labels
        assert region.locator("thead").evaluate("head => head.offsetHeight") == 1
    assert complaints == []


def test_a_row_that_is_a_block_is_still_a_row_of_a_table(reader, duties):
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto("/en/cong-khai-tien-do/?nam=2018")
    # what a screen reader is told, which display may change, not what the markup would make one think
    nodes = reader.context.new_cdp_session(reader).send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(node["role"]["value"] for node in nodes if not node["ignored"] and "role" in node)
    tables = reader.locator("table.table-stacked")
    for role, tag in [("table", "table"), ("row", "tr"), ("cell", "td"), ("rowheader", "tbody th, tfoot th")]:
        found = tables.count() if tag == "table" else tables.locator(tag).count()
        assert roles[role] == found > 0, role


def test_a_wide_screen_shows_the_tables_as_they_were(reader, duties):
    reader.set_viewport_size({"width": 1440, "height": 900})
    reader.goto("/en/cong-khai-tien-do/?nam=2018")
    row = reader.locator("#months + .table-scroll tbody tr").first
    assert row.evaluate("row => getComputedStyle(row).display") == "table-row"
    assert row.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content") == "none"
