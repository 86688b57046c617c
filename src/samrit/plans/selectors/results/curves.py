"""Plan and result of an indicator over the year: twelve month cells, and the curve of both totals to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from samrit.engine.arithmetic import exact
from samrit.engine.indicators.achievement import achievement
from samrit.engine.indicators.series import Side
from samrit.engine.indicators.totals import indicator_total
from samrit.engine.model import Aggregation, Entry, Figure, Formula, Indicator, Mark, Project
from samrit.engine.ruleset import RuleSet
from samrit.plans.selectors.results.naming import Names
from samrit.reports.document.model import Chart, Series
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.numbers import format_number

PERIODS = range(1, 13)


@dataclass(frozen=True, slots=True)
class CurveMonth:
    """One month of an indicator: what was planned and what was reported.

    ``units`` is how many units' figures are put together (RU3); ``span`` how many months
    the figure stands for; ``parts`` is "50 ÷ 100" where a share was reported by its parts.
    """

    period: int
    name: str
    planned: Figure | Ends
    actual: Figure
    parts: str
    span: int
    units: int
    note: str
    marked: bool
    beyond: bool  # after the evaluated period: not counted


@dataclass(frozen=True, slots=True)
class Curve:
    """Totals to date of plan (twelve) and result (up to the evaluated period); None where there is none."""

    planned: tuple[Decimal | None, ...]
    actual: tuple[Decimal | None, ...]
    upper: tuple[Decimal | None, ...] = ()  # the upper ends where ranges are planned (AC13)


@exact
def month_cells(names: Names, indicator: Indicator) -> tuple[CurveMonth, ...]:
    """Return the twelve months of an indicator."""
    as_of = names.result.as_of
    return tuple(
        _cell(indicator, period, [e for e in indicator.entries if e.period == period], names, as_of)
        for period in PERIODS
    )


def _cell(indicator: Indicator, period: int, entries: Sequence[Entry], names: Names, as_of: int) -> CurveMonth:
    shown = [e for e in entries if _says_something(e)]
    one = shown[0] if len(shown) == 1 else None
    return CurveMonth(
        period=period,
        name=names.period(period).month,
        planned=one.planned_shown if one else _together(indicator, shown, Side.PLANNED, period),
        actual=_actual(one) if one else _together(indicator, shown, Side.ACTUAL, period),
        parts=_parts(one) if one else "",
        span=max((e.span for e in shown), default=1),
        units=len({e.unit for e in shown if e.actual is not Mark.BLANK}),
        note="; ".join(dict.fromkeys(e.note for e in shown if e.note)),
        marked=period == as_of,
        beyond=period > as_of,
    )


def _says_something(entry: Entry) -> bool:
    return (
        entry.planned is not Mark.BLANK
        or entry.actual is not Mark.BLANK
        or isinstance(entry.numerator, Decimal)
        or isinstance(entry.denominator, Decimal)
    )


def _actual(entry: Entry) -> Figure:
    """Return the figure, or the share that its parts give."""
    if entry.actual is Mark.BLANK and isinstance(entry.numerator, Decimal):
        alone = Indicator("", 0, "", entries=(entry,))
        return _value(indicator_total(replace(alone, aggregation=Aggregation.RATIO), Side.ACTUAL, entry.period).value)
    return entry.actual


def _together(indicator: Indicator, entries: Sequence[Entry], side: Side, period: int) -> Figure:
    """Return one figure for several units' entries of a month, by the indicator's own rule (RU3)."""
    alone = replace(indicator, entries=tuple(entries))
    value = indicator_total(alone, side, period).value
    if value is None and any(side.figure(e) is Mark.NOTHING for e in entries):
        return Mark.NOTHING
    return _value(value)


def _value(value: Decimal | None) -> Figure:
    return Mark.BLANK if value is None else value


def _parts(entry: Entry) -> str:
    if isinstance(entry.numerator, Decimal) and isinstance(entry.denominator, Decimal):
        return f"{format_number(entry.numerator, None)} ÷ {format_number(entry.denominator, None)}"
    return ""


def curve_of(names: Names, project: Project, indicator: Indicator) -> Curve:
    """Return plan and result to date at the end of every period."""
    result = names.result
    points = [_point(indicator, project, result.ruleset, period, result.plan.year_be) for period in PERIODS]
    uppers = tuple(upper for *_, upper in points)
    return Curve(
        tuple(planned for planned, *_ in points),
        tuple(p[1] if period <= result.as_of else None for period, p in zip(PERIODS, points, strict=True)),
        uppers if any(upper is not None for upper in uppers) else (),
    )


@exact
def _point(
    indicator: Indicator, project: Project, ruleset: RuleSet, period: int, year_be: int
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return plan, result and the upper end of a planned range to date."""
    now = achievement(indicator, ruleset, period, year_be=year_be, sites=project.sites)
    if indicator.formula is Formula.LEVELS:
        return now.level_planned, now.level_reached, None
    return now.plan_total.value, now.actual_total.value, now.plan_upper


def curve_chart(names: Names, indicator: Indicator, curve: Curve, title: str) -> Chart | None:
    """Return the plan–actual curve as a chart, None when there is no line to draw; ``title`` says the finding."""
    if all(sum(v is not None for v in values) < 2 for values in (curve.planned, curve.actual)):
        return None  # a single point is no curve: the row of months says it better
    english = names.language == "en"
    plan, actual = ("Plan", "Result") if english else ("แผน", "ผล")
    categories = tuple(names.period(p).abbreviation for p in PERIODS)
    upper = curve.upper or (None,) * len(categories)
    points = [
        f"{name} {plan} {_text(p)}{'' if u is None else f'–{_text(u)}'} {actual} {_text(a)}"
        for name, p, a, u in zip(categories, curve.planned, curve.actual, upper, strict=True)
        if p is not None or a is not None
    ]
    planned = [Series(plan, curve.planned, dashed=True)]
    if curve.upper:
        planned = [Series(f"{plan} ≥", curve.planned, dashed=True), Series(f"{plan} ≤", curve.upper, dashed=True)]
    unit = indicator.unit_of_measure
    to_date = f"to date{f', {unit}' if unit else ''}" if english else f"สะสม{f' ({unit})' if unit else ''}"
    return Chart(
        "line",
        title,
        categories,
        (*planned, Series(actual, curve.actual)),
        "; ".join(points),
        unit=to_date,
        marked=names.result.as_of - 1,
    )


def _text(value: Decimal | None) -> str:
    return "–" if value is None else format_number(value, None if value == value.to_integral_value() else 2)
