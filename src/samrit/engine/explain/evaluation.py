"""The derivation of results: table cell → project → band and percent → indicator → totals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samrit.engine.arithmetic import exact
from samrit.engine.bands import format_percent
from samrit.engine.explain.derivation import Derivation, Month, number, same
from samrit.engine.explain.percents import percent_steps
from samrit.engine.explain.standing import standing_step, without_plan_step
from samrit.engine.explain.totals import explain_total
from samrit.engine.indicators.breakdown import Breakdown, alike, breakdowns_in
from samrit.engine.indicators.points import computed_points
from samrit.engine.indicators.rhythm import last_end
from samrit.engine.indicators.series import Side
from samrit.engine.model import Indicator, Override
from samrit.engine.results import IndicatorResult, PlanResult, ProjectResult, State
from samrit.engine.rollup import DIMENSIONS, is_work, share, works_of
from samrit.engine.ruleset import Method, RuleSet
from samrit.engine.score import score_project

HUNDRED = Decimal(100)


@exact
def explain(evaluation: PlanResult, record: str) -> Derivation:
    """Return the full derivation of a project's or an indicator's figure.

    ``record`` is an id such as "S2-57" or "S2-57.1".  Raises KeyError when the plan
    has no such record.
    """
    for result in evaluation.projects:
        if result.project.id == record:
            return _project(result, evaluation)
        for indicator in result.indicators:
            if indicator.indicator.id == record:
                return _indicator(indicator, result, evaluation)
        for part in results_of_parts(result, evaluation):
            if part.indicator.id == record:
                return _indicator(part, result, evaluation)
    raise KeyError(record)


def results_of_parts(owner: ProjectResult, evaluation: PlanResult) -> tuple[IndicatorResult, ...]:
    """Return what the categories of a project's breakdowns come to, measured as their indicators, weighed nowhere."""
    parts = tuple(alike(part, i.indicator) for i in owner.indicators for part in i.indicator.parts)
    if not parts:
        return ()
    plan, lone = evaluation.plan, replace(owner.project, indicators=parts, overrides=())
    around = {"year_be": plan.year_be, "units": plan.units, "calendar": plan.calendar, "rhythm": plan.rhythm}
    return score_project(lone, evaluation.ruleset, evaluation.as_of, **around).indicators  # type: ignore[arg-type]


@exact
def explain_cell(
    evaluation: PlanResult, *, rows: str, columns: str, row: str = "", column: str = "", fund: str = ""
) -> Derivation:
    """Return which projects a table's cell counts, each by the line that the table takes (RU1); "" is the total's.

    ``rows`` and ``columns`` are dimensions of ``rollup``.  Raises KeyError for an unknown one.
    """
    row_of, column_of = DIMENSIONS[rows], DIMENSIONS[columns]
    in_table = [r for r in evaluation.projects if r.counts and is_work(r) and (not fund or r.project.fund == fund)]
    in_row = [r for r in in_table if not row or row in row_of(r)]
    in_column = [r for r in works_of(in_row) if not column or column in column_of(r)]
    counted = {r.project.key for r in in_column}
    cell = [r for r in in_row if r.project.key in counted and (not column or column in column_of(r))]
    first: dict[str, str] = {}
    children = []
    for result in cell:
        known = first.setdefault(result.project.key, result.project.id)
        children.append(_counted(result, known, evaluation.ruleset))
    total = len({r.project.key for r in in_row})
    params = {
        "row": row or "Σ",
        "column": column or "Σ",
        "total": total,
        "share": f"{share(len(first), total, evaluation.ruleset):f}",
    }
    return Derivation("cell", "", "RU1", Decimal(len(first)), str(len(first)), params, children=tuple(children))


def _counted(result: ProjectResult, first: str, ruleset: RuleSet) -> Derivation:
    project = result.project
    figure = "–" if result.figure is None else format_percent(result.figure, ruleset)
    params = {"record": project.id, "title": project.title, "figure": figure, "first": first}
    code = "counted" if first == project.id else "counted_once"
    return Derivation(code, project.id, "", result.figure, figure, params, project.source)


def _project(result: ProjectResult, evaluation: PlanResult) -> Derivation:
    project, ruleset = result.project, evaluation.ruleset
    params: dict[str, object] = {"record": project.id, "title": project.title, "state": (result.state, "state")}
    steps = tuple(_project_steps(result, evaluation))
    if result.band is None or result.figure is None:
        return Derivation(
            "project_without_figure", project.id, "AC4", params=params, source=project.source, children=steps
        )
    params |= {"band": result.band.name, "band_en": result.band.named("en")}
    shown = format_percent(result.figure, ruleset)
    return Derivation("project", project.id, "", result.figure, shown, params, project.source, steps)


def _project_steps(result: ProjectResult, evaluation: PlanResult) -> list[Derivation]:
    ruleset, record = evaluation.ruleset, result.project.id
    steps = []
    if result.band is not None and result.figure is not None:
        steps.append(standing_step(result, result.band, result.figure, ruleset))
    if result.override is not None:
        steps.append(_override(result, result.override, record, ruleset))
    if "BA4" in result.rules:
        steps.append(Derivation("band_nothing_reported", record, "BA4"))
    elif "AC4" in result.rules:
        steps.append(without_plan_step(result, ruleset))
    elif result.computed_percent is not None:
        steps.append(_weighted(result, ruleset))
    steps += _weight_notes(result)
    steps += _readings(result, ruleset)
    steps += [_indicator(indicator, result, evaluation) for indicator in result.indicators]
    return steps


def _override(result: ProjectResult | IndicatorResult, override: Override, record: str, ruleset: RuleSet) -> Derivation:
    """Return what was settled beside what was computed: percents beside a percent, points beside points (WE4, WE6)."""
    is_percent, by_points = override.score is None, ruleset.method is not Method.PERCENT_OF_PLAN
    settled = override.percent if is_percent else override.score
    computed, sign = result.computed_percent, " %" if by_points else ""
    if not is_percent:
        work = result if isinstance(result, ProjectResult) else None
        computed = work.computed_score if work else computed_points(result, ruleset)  # type: ignore[arg-type]
        sign = ""
    shown = override.band if settled is None else f"{number(settled)}{sign if is_percent else ''}"
    who = " ".join(filter(None, [override.decided_by, override.decided_on.isoformat() if override.decided_on else ""]))
    told = "–" if computed is None else f"{number(computed)}{sign}"
    params = {"computed": told, "reason": override.reason, "who": who}
    code = "override"
    if by_points and is_percent and settled is not None and result.score is not None:
        code, params["points"] = "override_on_scale", number(result.score)
    return Derivation(code, record, "WE4", settled, shown, params, override.source)


def _weighted(result: ProjectResult, ruleset: RuleSet) -> Derivation:
    by_points = result.computed_score is not None
    present = [i for i in result.indicators if i.effective_weight is not None]
    terms = " + ".join(
        f"{number(i.effective_weight or Decimal())} × {number((i.score if by_points else i.percent) or Decimal())}"
        for i in present
    )
    figure = (result.computed_score if by_points else result.computed_percent) or Decimal()
    weights = sum((i.effective_weight or Decimal() for i in present), Decimal())
    params = {"terms": terms, "exact": number(figure), "weights": number(weights)}
    return Derivation(
        "points" if by_points else "weighted",
        result.project.id,
        ruleset.method.value if by_points else "WE1",
        figure,
        format_percent(figure, ruleset),
        params,
    )


def _weight_notes(result: ProjectResult) -> list[Derivation]:
    record, notes = result.project.id, []
    blank = [i for i in result.indicators if i.indicator.weight is None]
    given = any(i.indicator.weight for i in result.indicators)
    if result.indicators and not given:
        params: dict[str, object] = {"count": len(result.indicators), "weight": number(result.indicators[0].weight)}
        notes.append(Derivation("weights_equal", record, "WE2", params=params))
    elif blank:
        params = {"absent": ", ".join(i.indicator.id for i in blank), "weight": number(blank[0].weight)}
        notes.append(Derivation("weights_shared", record, "WE2", params=params))
    elif not same(result.weight_sum, HUNDRED) and result.normalised_percent is not None:
        params = {"weights": number(result.weight_sum), "exact": number(result.normalised_percent)}
        notes.append(Derivation("weights_wrong", record, "WE1", result.normalised_percent, params=params))
    for state in State:
        left = state not in (State.SCORED, State.NOT_REPORTED)
        absent = [i.indicator.id for i in result.indicators if i.effective_weight is None and i.state is state]
        if absent and left:
            params = {"state": (state, "state"), "absent": ", ".join(absent)}
            notes.append(Derivation("weights_spread", record, "WE3", params=params))
    return notes


def _readings(result: ProjectResult, ruleset: RuleSet) -> list[Derivation]:
    record, readings = result.project.id, []
    second, official = result.second_percent, result.normalised_percent
    if second is not None and official is not None and ruleset.second_cap is not None and not same(second, official):
        params = {"cap": number(ruleset.second_cap), "exact": number(second)}
        readings.append(Derivation("second_reading", record, "AC7", second, number(second), params))
    if result.lowest is not None and result.lowest.percent is not None and len(result.indicators) > 1:
        shown = format_percent(result.lowest.percent, ruleset)
        params = {"indicator": result.lowest.indicator.id}
        readings.append(Derivation("lowest", record, "WE5", result.lowest.percent, shown, params))
    return readings


def _breakdown(found: Breakdown, indicator: Indicator) -> Derivation:
    """Return what the categories of one list make, and how far that is from the indicator's own result (BD1)."""
    terms = ", ".join(f"{part.name} {'–' if value is None else number(value)}" for part, value in found.parts)
    params: dict[str, object] = {"dimension": found.dimension, "terms": terms}
    if all(value is None for _, value in found.parts):  # nothing is reported yet, whether it adds up or not
        return Derivation("breakdown", indicator.id, "BD1", None, "–", params)
    if found.together is None:
        return Derivation("breakdown_apart", indicator.id, "BD1", params=params)
    shown = number(found.together)
    code = "breakdown_gap" if found.gap else "breakdown"
    params["gap"] = number(found.gap or Decimal())
    return Derivation(code, indicator.id, "BD1", found.together, shown, params)


def _indicator(result: IndicatorResult, owner: ProjectResult, evaluation: PlanResult) -> Derivation:
    indicator, ruleset = result.indicator, evaluation.ruleset
    steps = []
    if result.override is not None:
        steps.append(_override(result, result.override, indicator.id, ruleset))
    steps += percent_steps(result, ruleset)
    until = last_end(indicator.rhythm, evaluation.as_of)
    as_of = Month(evaluation.plan.year_be, evaluation.plan.calendar, until)
    if "SP2" in result.rules and indicator.rhythm is not None:
        told: dict[str, object] = {"rhythm": (indicator.rhythm, "rhythm"), "month": as_of}
        steps.append(Derivation("rhythm" if until else "rhythm_first", indicator.id, "SP2", params=told))
    for total, side in ((result.actual_total, Side.ACTUAL), (result.plan_total, Side.PLANNED)):
        steps.append(explain_total(indicator, total, side, as_of, owner.project, share=ruleset.site_contract_share))
    steps += [_breakdown(found, indicator) for found in breakdowns_in(evaluation, indicator)]
    params: dict[str, object] = {"record": indicator.id, "name": indicator.name, "state": (result.state, "state")}
    figure = result.percent if ruleset.method is Method.PERCENT_OF_PLAN else result.score
    if figure is None:
        return Derivation(
            "indicator_without_figure",
            indicator.id,
            "AC4",
            params=params,
            source=indicator.source,
            children=tuple(steps),
        )
    shown = format_percent(figure, ruleset)
    return Derivation("indicator", indicator.id, "", figure, shown, params, indicator.source, tuple(steps))
