"""Scores above the works and breakdowns in the workbook: recalculated they say what the engine says (RU5, BD1)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from samrit.engine.indicators.breakdown import breakdowns_in
from samrit.engine.model import Entry, Indicator, Mark, Plan, Project, Strategy, Tactic, Unit
from samrit.engine.overall import scores
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import PERCENT_OF_PLAN, RollUp
from samrit.engine.score import score
from samrit.reports.texts.template import Template
from tests.offices.forms import package
from tests.reports.workbook.calc import needs_calc, recalculated, rows_of
from tests.reports.workbook.workbooks import head, same, sheet, written_wrong

pytestmark = needs_calc


def _work(number: int, place: tuple[str, str], weight: int | None, actual: Decimal | Mark, level: str = "") -> Project:
    entries = (Entry(1, planned=Decimal(100), actual=actual),)
    if actual is Mark.NOTHING:  # nothing due yet: it leaves its weight to the others
        entries = (Entry(1, planned=Mark.NOTHING), Entry(12, planned=Decimal(100)))
    own = Indicator(f"P{number}.1", 1, "นับ", entries=entries)
    given = None if weight is None else Decimal(weight)
    leads = (f"U{number % 3}",)
    return Project(
        f"P{number}",
        number,
        "งาน",
        place[0],
        tactic=place[1],
        weight=given,
        responsible_units=leads,
        indicators=(own,),
        level=level,
    )


def _plan() -> Plan:
    """Tactics at two depths, weights given, left out and wrong, a work not due, and a goal beside works."""
    return Plan(
        "p",
        "แผน",
        2568,
        strategies=(Strategy("1", "ก", weight=Decimal(60)), Strategy("2", "ข", weight=Decimal(30)), Strategy("3", "ค")),
        tactics=(Tactic("1.1", "1", "ก", weight=Decimal(70)), Tactic("1.1.1", "1", "ลึก", parent="1.1")),
        units=tuple(Unit(f"U{n}", f"หน่วยที่ {n}") for n in range(3)),
        projects=(
            _work(1, ("1", "1.1.1"), 80, Decimal(90)),
            _work(2, ("1", "1.1.1"), None, Decimal("33.5")),
            _work(3, ("1", "1.1"), 40, Mark.NOTHING),
            _work(4, ("1", ""), None, Decimal(120)),
            _work(5, ("2", ""), 0, Decimal(50)),
            _work(6, ("2", ""), None, Decimal(75)),
            _work(7, ("2", ""), 20, Decimal(10), "strategy"),
            _work(8, ("3", ""), 100, Mark.NOTHING),
        ),
    )


@pytest.mark.parametrize("how", [RollUp.LEVELS, RollUp.WORKS])
def test_live_scores_are_the_engines(how: RollUp, tmp_path: Path) -> None:
    result = score(_plan(), replace(PERCENT_OF_PLAN, roll_up=how), 1)
    found = scores(result)
    assert found is not None
    rows = _recalculated(result, tmp_path, "scores", "unit_scores")
    told = {
        str(row[head("score_of")]).split(" ")[0]: row[head("part_figure")]
        for row in rows
        if row[head("score_level")] != "งาน/โครงการ"
    }
    assert len(found.units) == 3
    every = (*found.rows(), *found.units)
    expected = {(row.key or "แผน"): row.figure for row in every}
    assert told.keys() == expected.keys()
    assert [key for key in told if not same(told[key], expected[key])] == []
    bands = {(row.key or "แผน"): row.band.name if row.band else "" for row in every}
    shown = {str(row[head("score_of")]).split(" ")[0]: str(row[head("part_band")] or "") for row in rows}
    assert all(shown[key].endswith(name) for key, name in bands.items())


def test_live_breakdowns_are_the_engines(tmp_path: Path) -> None:
    kept = package("province")
    rules = kept.ruleset()
    assert rules is not None
    result = score(kept.plan, rules, 12)
    expected = [
        (value, None) if part is not None else (found.together, found.gap)
        for r in result.projects
        for i in r.indicators
        for found in breakdowns_in(result, i.indicator)
        for part, value in (*found.parts, (None, None))
    ]
    assert expected
    rows = _recalculated(result, tmp_path, "breakdowns")
    found = [(row[head("part_total")], row[head("part_rest")]) for row in rows]
    assert len(found) == len(expected)
    assert all(same(a, b) and same(c, d) for (a, c), (b, d) in zip(found, expected, strict=True)), (found, expected)


def _recalculated(result: PlanResult, folder: Path, *codes: str) -> list[dict[str, object]]:
    path = recalculated(written_wrong(result, folder / "plan.xlsx", template=Template(annex=False)))
    return [row for code in codes for row in rows_of(path, sheet(code))]
