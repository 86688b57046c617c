"""The derivation of figures that the year's records make: step by step (R78), and tool by tool (M-E, R264)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from samrit.engine.explain.derivation import Derivation, Month, number
from samrit.engine.indicators.assessment import assessment
from samrit.engine.indicators.from_records import YEAR_END, steps_due
from samrit.engine.indicators.series import Side
from samrit.engine.model import Formula, Indicator, Project


def from_records(indicator: Indicator, side: Side, as_of: Month, project: Project) -> tuple[Derivation, ...]:
    """Return what one side of an indicator was made from, where the year's records made it."""
    if indicator.formula is Formula.STEPS:
        return tuple(_steps(side, as_of, project))
    if indicator.formula is Formula.ASSESSMENT and side is Side.ACTUAL:
        return tuple(_tools(as_of, project))
    return ()


def _steps(side: Side, as_of: Month, project: Project) -> Iterator[Derivation]:
    due = steps_due(project, as_of.year_be, as_of.calendar)
    months = (
        due if side is Side.PLANNED else {step: month for step, month in project.recorded.steps_over if step in due}
    )
    code = "step_due" if side is Side.PLANNED else "step_over"
    for step, month in sorted(months.items()):
        if month <= min(as_of.period, YEAR_END):
            told = {"step": str(step), "text": project.steps[step - 1], "period": replace(as_of, period=month)}
            yield Derivation(code, project.id, "R78", Decimal(1), "1", told)


def _tools(as_of: Month, project: Project) -> Iterator[Derivation]:
    terms = project.recorded.terms
    parts = [part for part in project.recorded.parts if part.period <= as_of.period]
    made = assessment(((part.tool, part.score) for part in parts), terms)
    if made is None:
        return
    weights = dict(terms.weights)
    for tool, score in made.tools:
        count = sum(part.tool is tool for part in parts)
        weight = number(weights.get(tool, Decimal()))
        told: dict[str, object] = {"tool": (tool, "assessment_tool"), "weight": weight, "count": str(count)}
        yield Derivation("assessed_tool", project.id, "M-E", score, number(score), told)
    if made.total is not None and made.standing is not None:
        said: dict[str, object] = {"standing": (made.standing, "transparency_class")}
        yield Derivation("assessed_class", project.id, "M-E", made.total, number(made.total), said)
