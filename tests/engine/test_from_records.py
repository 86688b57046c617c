"""Indicators whose figures the year's records make: steps that are over (R78), an assessment's total (R264)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.arithmetic import round_half_up
from samrit.engine.choices import AssessmentTool, TransparencyClass
from samrit.engine.explain import explain
from samrit.engine.forecast import forecast
from samrit.engine.indicators.assessment import assessment
from samrit.engine.indicators.dated import dated_plan, last_reported
from samrit.engine.model import Entry, Formula, Indicator, Plan, Project
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.engine.surroundings import StepTerm
from samrit.engine.year import AssessedPart, AssessmentTerms, Recorded
from tests.engine.rule_tables import Case, cases, decimal

TABLES = [*cases("steps_over"), *cases("assessed")]


def plan_of(formula: Formula, recorded: Recorded, **work: object) -> Plan:
    own = Indicator("P.1", 1, "", formula=formula, entries=(Entry(12, planned=Decimal("94.5"), span=12),))
    made = Project("P", 1, "", "1", indicators=(own,), recorded=recorded, **work)  # type: ignore[arg-type]
    return Plan("p", "", 2569, projects=(made,))


def plan_in(case: Case) -> Plan:
    """Return the plan that a row of a worked table tells."""
    if "steps" in case.cells:
        pairs = [pair.split("/") for pair in case["steps"].split(", ")]
        terms = tuple(
            StepTerm(n, date(2026 + (due == "13"), int(due) % 12 or 12, 5))
            for n, (due, _) in enumerate(pairs, 1)
            if due != "–"
        )
        over = tuple((n, int(month)) for n, (_, month) in enumerate(pairs, 1) if month != "–")
        return plan_of(Formula.STEPS, Recorded(over), steps=("ขั้น",) * len(pairs), step_terms=terms)
    parts = []
    for part in case["parts"].split(", "):
        tool, _, told = part.partition(" ")
        value, month = told.split("@")
        parts.append(AssessedPart(int(month), AssessmentTool(tool), Decimal(value)))
    return plan_of(Formula.ASSESSMENT, Recorded(parts=tuple(parts), terms=terms_in(case)))


def terms_in(case: Case) -> AssessmentTerms:
    weights = zip(AssessmentTool, map(Decimal, case["weights"].split("/")), strict=True)
    return AssessmentTerms(tuple(weights), *map(Decimal, case["limits"].split("/")))


@pytest.mark.parametrize("case", TABLES, ids=str)
def test_an_indicator_by_records(case: Case) -> None:
    """R78, R264: plan, result and percent at a month; scored twice the same, and foretold without a fault."""
    plan, as_of = plan_in(case), int(case["as of"])
    (made,) = score(plan, PERCENT_OF_PLAN, as_of).projects[0].indicators
    total = made.actual_total.value
    if "steps" in case.cells:
        assert (made.plan_total.value, total) == (decimal(case["due"]), decimal(case["over"]))
    else:
        assert total == decimal(case["total"])
        assert standing_in(plan.projects[0], as_of) == case["class"]
    percent = None if made.computed_percent is None else round_half_up(made.computed_percent, 2)
    assert percent == decimal(case["percent"])
    assert dated_plan(dated_plan(plan)) == dated_plan(plan)
    assert forecast(plan, PERCENT_OF_PLAN, as_of).projects[0].project.id == "P"
    assert last_reported(plan) == last_reported(dated_plan(plan)) == plan.projects[0].recorded.last


def standing_in(work: Project, as_of: int) -> str:
    known = [(part.tool, part.score) for part in work.recorded.parts if part.period <= min(as_of, 12)]
    made = assessment(known, work.recorded.terms)
    found = None if made is None else made.standing
    return "none" if found is None else TransparencyClass(found).value


def test_what_records_make_is_explained_by_them() -> None:
    """R78, R264: each step with its month, each tool with its score and weight, and the class."""
    steps = plan_in(cases("steps_over")[2])
    said = [line.sentence("en") for line in explain(score(steps, PERCENT_OF_PLAN, 6), "P.1").walk()]
    assert "step 1 ขั้น: finished Mar B.E. 2569" in said
    assert "step 2 ขั้น: due Jun B.E. 2569" in said
    assert not any("finished Jul" in line for line in said)
    parts = plan_in(cases("assessed")[0])
    told = [line.sentence("en") for line in explain(score(parts, PERCENT_OF_PLAN, 12), "P.1").walk()]
    assert any(line.endswith("97 (mean of its parts, 1 in all), weight 40") for line in told), told
    assert any(line.startswith("total 96.1: class ") for line in told), told


def test_a_typed_total_stands_until_every_tool_has_its_score() -> None:
    """R264: then the parts decide, also over what was typed beside them."""
    plan = plan_in(cases("assessed")[1])
    work = plan.projects[0]
    typed = replace(work.indicators[0], entries=(Entry(12, planned=Decimal(100), actual=Decimal(80), span=12),))
    some = replace(work.recorded, parts=work.recorded.parts[:2])
    percents = []
    for recorded in (some, work.recorded):
        own = replace(plan, projects=(replace(work, indicators=(typed,), recorded=recorded),))
        percents.append(score(own, PERCENT_OF_PLAN, 12).projects[0].percent)
    assert percents == [Decimal(80), Decimal("96.1")]
