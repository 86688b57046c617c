"""The indicators of a work as blocks of its page: equation, months, curve, levels, card."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.explain import WAYS, explain
from samrit.engine.indicators.breakdown import breakdowns_in
from samrit.engine.indicators.points import computed_points
from samrit.engine.model import Figure
from samrit.engine.results import IndicatorResult, ProjectResult
from samrit.plans.selectors.results.curves import curve_chart, curve_of, month_cells
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.work.work_context import IndicatorBlock, ScaleLevel
from samrit.plans.selectors.work.work_shared import SharedFigure
from samrit.reports.texts.curve import curve_title
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.numbers import format_number


def indicator_block(
    names: Names, owner: ProjectResult, result: IndicatorResult, shared: SharedFigure | None = None
) -> IndicatorBlock:
    """Return one indicator of a work as its page shows it."""
    indicator, evaluated = result.indicator, names.result
    derivation = explain(evaluated, indicator.id)
    arithmetic = next((step for step in derivation.children if step.code in WAYS), None)
    equation = arithmetic.sentence(names.language) if arithmetic else ""
    card = next((c for c in evaluated.plan.cards if c.indicator == indicator.id), None)
    return IndicatorBlock(
        id=indicator.id,
        number=indicator.number,
        name=indicator.name,
        unit_of_measure=indicator.unit_of_measure,
        target=_target(names, result),
        how=names.word(indicator.aggregation.value, "aggregation"),
        lower_is_better=indicator.direction.value == "lower",
        weight=result.weight,
        effective_weight=result.effective_weight,
        state=result.state.value,
        percent=names.percent(result.percent if result.score is None else result.score),
        band=result.band,
        computed=names.percent(
            result.computed_percent if result.score is None else computed_points(result, evaluated.ruleset)
        ),
        override=result.override,
        plan_total=result.planned,
        actual_total=result.actual_total.value,
        equation=equation,
        rule=arithmetic.rule if arithmetic else "",
        months=month_cells(names, indicator),
        chart=curve_chart(names, indicator, curve_of(names, owner.project, indicator), _finding(names, result)),
        levels=tuple(_levels(names, result)),
        card=card,
        breakdowns=breakdowns_in(evaluated, indicator),
        shared=shared,
        is_lowest=owner.lowest is not None and owner.lowest.indicator.id == indicator.id,
    )


def _target(names: Names, result: IndicatorResult) -> str:
    target = result.indicator.target_of(names.result.plan.year_be)
    if target is None:
        return ""
    if target.text:
        return target.text
    value: Figure = target.value
    figure = format_number(value, None) if isinstance(value, Decimal) else value.value
    sign = {"eq": "", "ge": "≥ ", "le": "≤ ", "gt": "> ", "lt": "< "}[target.comparator.value]
    unit = target.unit_of_measure or result.indicator.unit_of_measure
    if unit in {"ร้อยละ", "ระดับ"}:  # said before the figure in Thai
        return f"{sign}{unit} {figure}"
    return f"{sign}{figure} {unit}".strip()


def _finding(names: Names, result: IndicatorResult) -> str:
    """Return the curve's title: what it shows, in a sentence."""
    period = names.period(names.result.as_of).short
    plan, actual = result.planned, result.actual_total.value
    if result.level_planned is not None:
        plan, actual = result.level_planned, result.level_reached
    english = names.language == "en"
    if plan is None or actual is None:
        word = names.word(result.state.value, "state")
        return f"{result.indicator.id} {'up to' if english else 'ถึง'} {period}: {word}"
    settled = names.percent(result.percent) if result.override else None
    percents = (names.percent(result.computed_percent), settled)
    return curve_title(names.language, done=_short(actual), planned=_short(plan), period=period, percents=percents)


def _short(value: Decimal | Ends) -> str:
    if isinstance(value, Ends):
        return value.written(_short)
    return format_number(value, None if value == value.to_integral_value() else 2)


def _levels(names: Names, result: IndicatorResult) -> list[ScaleLevel]:
    return [
        ScaleLevel(
            level.number,
            level.text,
            level.threshold,
            names.period(level.due_period).month if level.due_period else "",
            level.reached_on,
            level.evidence,
        )
        for level in sorted(result.indicator.levels, key=lambda lv: lv.number)
    ]
