"""Small plans that came out wrong once, each with the right value beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import (
    Aggregation,
    Consolidation,
    Direction,
    EntryBasis,
    Formula,
    Indicator,
    Level,
    Plan,
    Project,
    Unit,
)
from samrit.engine.results import IndicatorResult
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from tests.engine.rule_tables import unit_entries

D = Decimal
YEAR = 2569
ZEROS = ", ".join("0" * 12)


def one(plan: str, actual: str, **fields: object) -> Indicator:
    return Indicator("P.1", 1, "ตัวชี้วัด", entries=unit_entries(plan, actual), **fields)  # type: ignore[arg-type]


def made(indicator: Indicator, month: int, units: tuple[Unit, ...] = ()) -> IndicatorResult:
    project = Project("P", 1, "งาน", "1", indicators=(indicator,))
    plan = Plan("p", "แผน", YEAR, calendar="fiscal", projects=(project,), units=units)
    return score(plan, PERCENT_OF_PLAN, month).projects[0].indicators[0]


LOWER, LATEST, AVERAGE, RATIO = Direction.LOWER, Aggregation.LATEST, Aggregation.AVERAGE, Aggregation.RATIO
TO_DATE = EntryBasis.TO_DATE

# what: indicator, month, percent, state
CASES: dict[str, tuple[Indicator, int, str, str]] = {
    "S1-1 baseline 10 to 0, nothing came": (
        one(ZEROS, "–", aggregation=LATEST, direction=LOWER, formula=Formula.BASELINE, baseline=D(10)),
        3, "0", "not_reported",
    ),
    "S1-2 zero complaints planned, 3 came": (one(ZEROS, "3", direction=LOWER), 3, "0", "scored"),
    "S1-3 loss 50 for a planned loss of 100": (one("-100", "-50"), 3, "150", "scored"),
    "S1-4 loss 200": (one("-100", "-200"), 3, "0", "scored"),
    "S1-6 average, one unit silent": (
        one("A: 90, 90, 90; B: 90, 90, 90", "A: 90, 90, 90; B: blank", aggregation=AVERAGE), 3, "50", "scored",
    ),
    "S1-7 sum, one unit silent": (one("A: 10, 10; B: 10, 10", "A: 10, 10; B: blank"), 3, "50", "scored"),
    "S1-8 ratio, one unit silent": (
        one("A: 50, 50; B: 50, 50", "A: 50/100, 50/100; B: blank", aggregation=RATIO), 3, "50", "scored",
    ),
    "S1-12 lower, one unit silent": (
        one("A: 30, 30; B: 30, 30", "A: 20, 20; B: blank", aggregation=AVERAGE, direction=LOWER), 3, "50", "scored",
    ),
    "S1-13 a dash keeps the value before": (one("10, 10", "10, –", aggregation=LATEST), 2, "100", "scored"),
    "S1-14 zero is zero": (one("10, 10", "10, 0", aggregation=LATEST), 2, "0", "scored"),
    "A1 twelve zeros for a target of 0": (one(ZEROS, ZEROS, direction=LOWER), 12, "100", "scored"),
    "A2 three came": (one(ZEROS, "0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0", direction=LOWER), 12, "0", "scored"),
    "D a ratio to date": (
        one("25@3, 50@6, 75@9, 100@12", "25/100@3, 50/100@6, 75/100@9, 100/100@12", aggregation=RATIO,
            entry_basis=TO_DATE), 12, "100", "scored",
    ),
    "G January for all units, the units later": (
        one("whole: 10, 10, 10", "whole: 10; A: –, 5, 5; B: –, 5, 5"), 12, "100", "scored",
    ),
    "T1 a value on interpolated thresholds": (
        one("5@12", "96@12", aggregation=LATEST, formula=Formula.LEVELS, interpolated=True,
            levels=tuple(Level(n, threshold=D(50 + 10 * n)) for n in range(1, 6))), 12, "92", "scored",
    ),
    "lower, reported in month 1 only": (one("5, 5, 5, 5", "1, –, –, –", direction=LOWER), 4, "25", "scored"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_comes_out_right(case: str) -> None:
    """Silence (AC8), planned losses (AC9), zero as a target (AC10), to-date entry (EB1), spans (SP1)."""
    indicator, month, percent, state = CASES[case]
    result = made(indicator, month)
    assert (result.percent, result.state.value) == (D(percent), state)


MERGED = (Unit("ก1", "กองหนึ่ง"), Unit("ก2", "กองสอง", successor="ก1", valid_to=date(2026, 3, 31)))
PLANNED = "ก1: 40, 40, 40; ก2: 30, 30, 30"
MERGERS = {
    "latest": (
        one(PLANNED, "ก1: 40, 40, 40; ก2: 0, 0, 0", aggregation=LATEST, consolidation=Consolidation.SUM), "57.14",
    ),
    "to date": (one("ก1: 10, 20, 30; ก2: 5, 10, 15", "ก1: 10, 20, 30; ก2: 5, 10, 15", entry_basis=TO_DATE), "100"),
    "sum": (one("ก1: 10, 10, 10; ก2: 5, 5, 5", "ก1: 10, 10, 10; ก2: 5, 5, 5"), "100"),
    "greatest": (
        one("ก1: 10, 10; ก2: 5, 5", "ก1: 10, 10; ก2: 5, 5", aggregation=Aggregation.MAX,
            consolidation=Consolidation.SUM), "100",
    ),
    "average": (
        one("ก1: 10, 10; ก2: 5, 5", "ก1: 10, 10; ก2: 5, 5", aggregation=AVERAGE,
            consolidation=Consolidation.SUM), "100",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MERGERS)
@pytest.mark.parametrize("month", [1, 2, 3, 4, 5, 6])
def test_naming_a_successor_changes_nothing_before_the_merger(case: str, month: int) -> None:
    """I3, RU4: months 1 to 6 of a fiscal year are the same with and without a successor from April on."""
    indicator, percent = MERGERS[case]
    results = [made(indicator, month, units) for units in ((), MERGED)]
    assert results[0].percent == results[1].percent
    assert month != 3 or round(results[0].percent or D(), 2) == D(percent)


def test_the_state_says_how_many_units_reported() -> None:
    result = made(CASES["S1-6 average, one unit silent"][0], 3)
    assert (result.coverage.units_reported, result.coverage.units_due) == (1, 2)


def test_a_successor_reports_for_both_from_the_merger_on() -> None:
    after = one("ก1: 40×1@6, 40@7; ก2: 30@6, 30@7", "ก1: 40@6, 70@7; ก2: 30@6", aggregation=LATEST,
                consolidation=Consolidation.SUM)  # fmt: skip
    assert [made(after, month, MERGED).percent for month in (6, 7)] == [100, 100]
    apart = made(after, 7)
    assert apart.actual_total.value == 100


def test_the_ceiling_is_a_field_of_the_rule_set() -> None:
    project = Project("P", 1, "งาน", "1", indicators=(one("8", "0.01", direction=LOWER),))
    plan = Plan("p", "แผน", YEAR, projects=(project,))
    lower = replace(PERCENT_OF_PLAN, lower_ceiling=D(120))
    assert [score(plan, rules, 12).projects[0].percent for rules in (PERCENT_OF_PLAN, lower)] == [200, 120]
