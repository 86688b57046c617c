"""Targets of a plan of several years beside what each year's plan came to (R15, R16, R99)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import ZERO, exact
from samrit.engine.model import Comparator, Direction, Indicator, Plan, Project, Target
from samrit.engine.results import IndicatorResult, PlanResult
from samrit.engine.score import YEAR_END


@dataclass(frozen=True, slots=True)
class YearResult:
    """One year of an indicator: the longer plan's target, and the year's own result; None where there is none.

    ``met`` is None where the two can't be compared: one is missing, they are in different units (R93), or
    the year is not over (``is_running``), for what is below its target in March may well meet it.
    """

    year_be: int
    target: Target | None
    own: IndicatorResult | None
    value: Decimal | None
    met: bool | None
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorYears:
    """An indicator of the longer plan over its years; the sums are of an indicator whose years add up (R99).

    ``target_sum`` is of the whole horizon, ``target_to_date`` of the years that have a result, as ``value_sum`` is.
    """

    project: Project
    indicator: Indicator
    years: tuple[YearResult, ...]
    target_sum: Decimal | None
    target_to_date: Decimal | None
    value_sum: Decimal | None


def horizon_of(plan: Plan) -> range:
    """Return the years (Buddhist era) of a plan: one, or all of a plan of several years."""
    return range(plan.year_be, max(plan.until_year_be or plan.year_be, plan.year_be) + 1)


@exact
def over_years(longer: Plan, annual: Mapping[int, PlanResult]) -> tuple[IndicatorYears, ...]:
    """Return every indicator of ``longer`` with its years; ``annual`` has the evaluations by year.

    An indicator is found in a year's plan by what makes it the same one (``Indicator.key``), never by its name.
    """
    found = {year: by_key(result) for year, result in annual.items()}
    running = {year for year, result in annual.items() if result.as_of < YEAR_END}
    return tuple(
        _line(project, indicator, longer, found, running=running)
        for project in longer.projects
        for indicator in project.indicators
    )


def by_key(result: PlanResult) -> Mapping[str, IndicatorResult]:
    """Return a year's indicators by what makes them the same ones; of several lines of one the first."""
    found: dict[str, IndicatorResult] = {}
    for project in result.projects:
        for indicator in project.indicators:
            found.setdefault(indicator.indicator.key, indicator)
    return found


def _line(
    project: Project,
    indicator: Indicator,
    longer: Plan,
    found: Mapping[int, Mapping[str, IndicatorResult]],
    *,
    running: AbstractSet[int],
) -> IndicatorYears:
    years = tuple(
        _year(indicator, year, found.get(year, {}).get(indicator.key), is_running=year in running)
        for year in horizon_of(longer)
    )
    sums = _sums(years, indicator) if indicator.years_add_up else (None, None, None)
    return IndicatorYears(project, indicator, years, *sums)


def _year(indicator: Indicator, year: int, own: IndicatorResult | None, *, is_running: bool) -> YearResult:
    target = indicator.target_of(year)
    value = None if own is None else (own.actual_total.value if own.level_reached is None else own.level_reached)
    met = None
    comparable = own is not None and target is not None and _unit(target, indicator) == _own_unit(own)
    if own is not None and target is not None and value is not None and comparable and not is_running:
        met = meets(target, value, own.indicator.direction)
    return YearResult(year, target, own, value, met, is_running and value is not None)


def _unit(target: Target, indicator: Indicator) -> str:
    return (target.unit_of_measure or indicator.unit_of_measure).strip()


def _own_unit(own: IndicatorResult) -> str:
    return own.indicator.unit_of_measure.strip()


def meets(target: Target, value: Decimal, direction: Direction) -> bool | None:
    """Say whether ``value`` meets ``target``; one without comparator is met by more, or by less where less is good.

    None for a target that is no figure.
    """
    aim = target.value
    if not isinstance(aim, Decimal):
        return None
    if target.upper is not None:
        return aim <= value <= target.upper
    if target.comparator is Comparator.EQUAL:
        return value <= aim if direction is Direction.LOWER else value >= aim
    return {
        Comparator.AT_LEAST: value >= aim,
        Comparator.AT_MOST: value <= aim,
        Comparator.MORE_THAN: value > aim,
        Comparator.LESS_THAN: value < aim,
    }[target.comparator]


def _sums(years: Iterable[YearResult], indicator: Indicator) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return the sums of all targets, of targets to date, of results; None where units differ or nothing is there."""
    told = tuple(years)
    aims = [(y, y.target.value) for y in told if y.target is not None and isinstance(y.target.value, Decimal)]
    units = {_unit(y.target, indicator) for y, _ in aims if y.target is not None}
    units |= {_own_unit(y.own) for y in told if y.own is not None and y.value is not None}
    if len(units) > 1:
        return None, None, None
    values = [y.value for y in told if y.value is not None]
    to_date = [aim for y, aim in aims if y.value is not None]
    return tuple(sum(part, ZERO) if part else None for part in ([aim for _, aim in aims], to_date, values))  # type: ignore[return-value]
