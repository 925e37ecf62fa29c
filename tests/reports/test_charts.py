"""The drawing: what is how high, upon what it stands, and what is not drawn at all."""

import pytest

from portal.reports.charts import Bar, Chart, Piece, stacked
from portal.reports.timeliness import Figures


def pieces(*rows):
    return [bar.pieces for bar in stacked(rows).bars]


def test_the_parts_of_a_bar_stand_one_upon_the_other():
    """Eight need a scale up to ten: 20 units each, from the base line at 216 upwards."""
    january = Figures(due=8, on_time=4, late=2, overdue=1, waiting=1, waived=3, delay_days=9)
    february = Figures(due=3, on_time=3)
    assert stacked([("01", january), ("02", february)]) == Chart(
        width=158,
        height=244,
        base=216,
        left=36,
        bar_width=34,
        bars=[
            Bar(
                label="01",
                middle=71,
                pieces=[
                    Piece("on_time", x=54, y=136.0, height=80.0, count=4),
                    Piece("late", x=54, y=96.0, height=40.0, count=2),
                    Piece("overdue", x=54, y=76.0, height=20.0, count=1),
                    Piece("waiting", x=54, y=56.0, height=20.0, count=1),
                ],
                total=8,
            ),
            Bar(label="02", middle=123, pieces=[Piece("on_time", x=106, y=156.0, height=60.0, count=3)], total=3),
        ],
        lines=[(216.0, 0), (116.0, 5), (16.0, 10)],
    )


def test_nothing_is_drawn_for_zero():
    [parts] = pieces(("03", Figures(due=3, late=1, waiting=2)))
    assert parts == [Piece("late", 54, 166.0, 50.0, 1), Piece("waiting", 54, 66.0, 100.0, 2)]


def test_a_month_of_waived_duties_has_a_place_without_a_bar():
    chart = stacked([("01", Figures(waived=5)), ("02", Figures(due=1, on_time=1))])
    assert chart.bars == [
        Bar("01", 71, [], 0),
        Bar("02", 123, [Piece("on_time", 106, 116.0, 100.0, 1)], 1),
    ]


@pytest.mark.parametrize("rows", [[], [("01", Figures())], [("01", Figures(waived=5)), ("02", Figures())]])
def test_without_duties_there_is_no_chart(rows):
    assert stacked(rows) is None
    assert stacked(iter(rows)) is None


def test_rows_may_come_one_by_one():
    chart = stacked((label, Figures(due=2, waiting=2)) for label in ("01", "02", "03"))
    assert [bar.label for bar in chart.bars] == ["01", "02", "03"]
    assert [bar.middle for bar in chart.bars] == [71, 123, 175]
    assert chart.width == 210


@pytest.mark.parametrize(
    ("highest", "numbers", "height"),
    [
        (1, [0, 1, 2], 100.0),
        (2, [0, 1, 2], 200.0),
        (3, [0, 2, 4], 150.0),
        (4, [0, 2, 4], 200.0),
        (5, [0, 5, 10], 100.0),
        (10, [0, 5, 10], 200.0),
        (11, [0, 10, 20], 110.0),
        (20, [0, 10, 20], 200.0),
        (21, [0, 20, 40], 105.0),
        (41, [0, 50, 100], 82.0),
        (101, [0, 100, 200], 101.0),
        (333, [0, 200, 400], 166.5),
        (777, [0, 500, 1000], 155.4),
    ],
)
def test_the_scale_ends_at_the_next_number_that_halves_well(highest, numbers, height):
    chart = stacked([("01", Figures(due=highest, late=highest))])
    assert chart.lines == list(zip([216.0, 116.0, 16.0], numbers, strict=True))
    assert [piece.height for piece in chart.bars[0].pieces] == [height]


def test_heights_are_to_a_tenth_and_leave_no_gap():
    """Up to 1000 a duty is a fifth of a unit high."""
    [parts] = pieces(("01", Figures(due=777, on_time=333, late=111, overdue=332, waiting=1)))
    assert [(piece.y, piece.height) for piece in parts] == [(149.4, 66.6), (127.2, 22.2), (60.8, 66.4), (60.6, 0.2)]


def test_the_parts_of_the_highest_bar_reach_the_top_line():
    [parts] = pieces(("12", Figures(due=100, on_time=25, late=25, overdue=25, waiting=25)))
    assert [(piece.y, piece.height) for piece in parts] == [(166.0, 50.0), (116.0, 50.0), (66.0, 50.0), (16.0, 50.0)]
