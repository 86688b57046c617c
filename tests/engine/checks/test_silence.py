"""Checks of what was not reported, and of what was reported twice (AC8, SP1)."""

from __future__ import annotations

from samrit.engine.checks import check_plan
from samrit.engine.model import Aggregation, Indicator, Plan, Project
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.vocabulary.findings import Finding
from tests.engine.rule_tables import unit_entries


def _found(plan: str, actual: str, **fields: object) -> dict[str, Finding]:
    indicator = Indicator("P.1", 1, "จำนวน", entries=unit_entries(plan, actual), **fields)  # type: ignore[arg-type]
    project = Project("P", 1, "งาน", "1", indicators=(indicator,))
    findings = check_plan(Plan("p", "แผน", 2568, projects=(project,)), PERCENT_OF_PLAN, 2)
    return {f.code: f for f in findings}


def test_missing_months_are_said_once_with_a_list() -> None:
    finding = _found("10, 10", "10", aggregation=Aggregation.AVERAGE)["partly_reported"]
    assert finding.params["named"] == "P.1 (1/2)"
    assert "partly_reported" not in _found("10, 10", "10, 0")


def test_a_silent_unit_is_named_by_number() -> None:
    finding = _found("A: 10, 10; B: 10, 10", "A: 10, 10; B: blank")["units_silent"]
    assert (finding.params["reported"], finding.params["due"]) == (1, 2)
    assert "units_silent" not in _found("A: 10, 10; B: 10, 10", "A: 10, 10; B: 10")


def test_a_figure_for_all_units_beside_theirs_names_both() -> None:
    finding = _found("whole: 100", "whole: 100; A: 56; B: 67")["whole_figure_beside_units"]
    assert (finding.params["months"], finding.params["units"]) == ("1", "A, B")
    assert "whole_figure_beside_units" not in _found("whole: 100", "whole: 50; A: –, 56")
