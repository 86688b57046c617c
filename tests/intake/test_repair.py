"""Cells put to their months by what a row must obey."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samrit.engine.model import Aggregation, Mark
from samrit.intake.grid import GridCell
from samrit.intake.repair.readings import RowReading
from samrit.intake.repair.solve import RowEvidence, Solution, filling, solve
from samrit.intake.tables.drafts import FigureRow
from samrit.intake.tables.tokens import token

TWELVE = tuple(range(12))


def row(text: str) -> FigureRow:
    """Return a row of cells: twelve months, total, percent; "." is a blank cell."""
    cells = ["" if cell == "." else cell for cell in text.split()]
    tokens = [token(GridCell(cell, 1, str(at)), at) for at, cell in enumerate(cells)]
    return FigureRow(tokens, TWELVE, total=12, percent=13)


def months(reading: RowReading | None) -> str:
    """Return the months as text: a number, "-" for a dash, "." for a blank."""
    assert reading is not None
    shown = {Mark.NOTHING: "-", Mark.BLANK: "."}
    return " ".join(shown[f] if isinstance(f, Mark) else f"{f:f}" for f in reading.figures)


def solved(
    plan: str, actual: str, unit: str = "คน", target: str = "", period: tuple[int, int] | None = None
) -> Solution:
    return solve(row(plan), row(actual), RowEvidence(Decimal(target) if target else None, unit, period))


def test_a_straight_row_is_left_as_it_is() -> None:
    found = solved("1 1 1 1 1 1 1 1 1 1 1 1 12", "1 - 1 0 1 1 1 2 6 4 4 4 25 208", target="12")
    assert months(found.actual) == "1 - 1 0 1 1 1 2 6 4 4 4"
    assert found.actual is not None
    assert found.actual.is_straight
    assert (found.aggregation, found.percent) == (Aggregation.SUM, Decimal(208))


def test_surplus_dashes_are_left_out_so_that_december_is_december() -> None:
    found = solved("- - - - - - - - - - - - - 50 50", "- - - - - - - - - - - - - 50 50 100", "ร้อยละ", "50", (12, 12))
    assert months(found.plan) == "- - - - - - - - - - - 50"
    assert months(found.actual) == "- - - - - - - - - - - 50"


def test_doubled_cells_are_found_by_the_total() -> None:
    found = solved("1 1 1 1 1 1 1 1 1 1 1 1 1 1 12", "1 1 1 1 1 1 1 1 1 1 1 1 1 1 12 100", target="12")
    assert months(found.plan) == "1 1 1 1 1 1 1 1 1 1 1 1"
    assert found.plan is not None
    assert len(found.plan.dropped) == 2


def test_a_lost_cell_of_a_run_is_put_back_where_the_total_proves_it() -> None:
    found = solved(
        "250 250 250 250 250 250 250 250 250 250 250 3000", "374 253 261 283 360 302 349 324 322 312 236 241 3617 . 121"
    )
    assert months(found.plan) == " ".join(["250"] * 12)
    assert found.plan is not None
    assert len(found.plan.put_in) == 1


def test_the_period_says_which_month_was_lost() -> None:
    found = solved("- - - - - - - - - - - 450", "- - - - - - - - - - - 461 102", target="450", period=(11, 11))
    assert found.plan is not None
    assert found.plan.lost == (11,)
    assert filling(found.plan, Aggregation.SUM) == 450


def test_the_plan_row_says_where_the_results_belong() -> None:
    found = solved("- 85 85 - 85 - - - - - - - 85", "- 90 91 92 - - - - - - - 91 107", "ร้อยละ", "85")
    assert months(found.actual) == "- 90 91 . 92 - - - - - - -"


def test_a_misprinted_total_is_kept_and_not_explained_away() -> None:
    found = solved("40 120 - 80 80 - 40 120 40 80 - - 520", "49 180 - 184 - - 111 210 - 141 - - 875 168", target="600")
    assert months(found.plan) == "40 120 - 80 80 - 40 120 40 80 - -"
    assert found.plan is not None
    assert found.plan.total is not None
    assert found.plan.total.value == 520


def test_what_fits_equally_well_in_two_ways_is_not_decided() -> None:
    found = solve(
        row("- - 5 - 7 - - - - - - - 12"), row("- 7 5 - - - - - - - - 12 100"), RowEvidence(Decimal(12), "คน")
    )
    assert found.margin < 2 or found.undecided_actual


@pytest.mark.parametrize(
    ("months_", "total", "unit", "expected"),
    [
        ("98 99 100 98 98 98 98 98 98 98 98 98", "98.25", "ร้อยละ", Aggregation.AVERAGE),
        ("3 5 10 15 20 30 40 50 60 70 80 90", "90", "ร้อยละ", Aggregation.LATEST),
        ("1 1 1 1 1 2 3 3 4 6 6 7", "7", "ระดับ", Aggregation.LATEST),
        ("10 66 20 59 19 61 19 60 19 59 24 55", "471", "ครั้ง", Aggregation.SUM),
    ],
)
def test_the_aggregation_follows_from_the_arithmetic(
    months_: str, total: str, unit: str, expected: Aggregation
) -> None:
    assert solved(f"{months_} {total}", f"{months_} {total} 100", unit).aggregation is expected


def test_an_empty_result_row_stays_empty() -> None:
    found = solved("- - - - - - - - - - - 1 1", "- - - - - - - - - - - - - -", target="1")
    assert found.actual is not None
    assert not found.actual.values
    assert found.percent is None


def test_cells_that_are_no_figures_invent_nothing() -> None:
    found = solved("1 1 1 ? 1 1 1 1 1 1 1 1 11", "1 1 1 1 1 1 1 1 1 1 1 1 12 109")
    assert found.plan is not None
    assert found.plan.figures[3] is Mark.BLANK
