"""What every check looks at: the plan, its scores, and each indicator's monthly rows side by side.

Built once per run, so that the checks themselves hold nothing but what they look for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from samrit.engine.arithmetic import round_half_up
from samrit.engine.indicators.totals import Side, share_of
from samrit.engine.model import Aggregation, Claim, Entry, Figure, Indicator, Plan, Project, Source
from samrit.engine.results import IndicatorResult, PlanResult, ProjectResult
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import YEAR_END, score
from samrit.vocabulary.findings import Finding, Place

Months = Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """The monthly figures of one indicator as one unit reports them; only months that hold a number, in order."""

    unit: str
    planned: Months
    actual: Months

    def side(self, side: Side) -> Months:
        """Return the planned or the actual months."""
        return self.planned if side is Side.PLANNED else self.actual


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One indicator with its project, its monthly rows and its results to date and for the whole year."""

    project: Project
    indicator: Indicator
    rows: tuple[CheckedRow, ...]
    now: IndicatorResult
    year: IndicatorResult

    @property
    def claim(self) -> Claim:
        """Return what a document prints as this indicator's result; empty when it prints nothing."""
        return self.indicator.claim or Claim()


@dataclass(frozen=True, slots=True)
class Scene:
    """A plan as the checks see it, evaluated up to ``as_of`` and for its whole year."""

    plan: Plan
    ruleset: RuleSet
    as_of: int
    now: PlanResult
    year: PlanResult
    lines: tuple[CheckedLine, ...]
    has_results: bool  # anything reported or settled at all; a plan just approved has nothing to evaluate

    def projects(self) -> Iterator[tuple[ProjectResult, tuple[CheckedLine, ...]]]:
        """Yield every project's result to date with the lines of its indicators."""
        start = 0
        for result in self.now.projects:
            end = start + len(result.indicators)
            yield result, self.lines[start:end]
            start = end


def scene_of(plan: Plan, ruleset: RuleSet, as_of: int) -> Scene:
    """Score ``plan`` up to ``as_of`` and for the year, and lay out its months."""
    year = score(plan, ruleset, YEAR_END)
    now = year if as_of == YEAR_END else score(plan, ruleset, as_of)
    works = zip(now.projects, year.projects, strict=True)
    return scene_from(now, year, tuple(line for then, whole in works for line in lines_of(then, whole, as_of)))


def scene_from(now: PlanResult, year: PlanResult, lines: tuple[CheckedLine, ...]) -> Scene:
    """Return the scene of a plan that is scored already; ``lines`` are those of its works, in order."""
    has_results = any(line.now.actual_total.value is not None or line.now.override for line in lines)
    return Scene(now.plan, now.ruleset, now.as_of, now, year, lines, has_results)


def lines_of(now: ProjectResult, year: ProjectResult, as_of: int) -> tuple[CheckedLine, ...]:
    """Return the indicators of a work with their months laid out."""
    pairs = zip(now.indicators, year.indicators, strict=True)
    return tuple(
        CheckedLine(now.project, then.indicator, _rows(then.indicator, as_of), then, whole) for then, whole in pairs
    )


def alone(scene: Scene, now: ProjectResult, year: ProjectResult, lines: tuple[CheckedLine, ...]) -> Scene:
    """Return the scene with one of its works only, in the same plan."""
    plan = replace(scene.plan, projects=(now.project,))
    return replace(
        scene,
        plan=plan,
        now=replace(scene.now, plan=plan, projects=(now,)),
        year=replace(scene.year, plan=plan, projects=(year,)),
        lines=lines,
    )


def _rows(indicator: Indicator, as_of: int) -> tuple[CheckedRow, ...]:
    by_unit: dict[str, list[Entry]] = {}
    for entry in sorted(indicator.entries, key=lambda e: e.period):
        if entry.span == 1:
            by_unit.setdefault(entry.unit, []).append(entry)
    return tuple(
        CheckedRow(
            unit,
            _months((e.period, _figure(indicator, Side.PLANNED, e)) for e in own),
            _months((e.period, _figure(indicator, Side.ACTUAL, e)) for e in own if e.period <= as_of),
        )
        for unit, own in by_unit.items()
    )


def _figure(indicator: Indicator, side: Side, entry: Entry) -> Figure | None:
    """Return a month's figure as it was given: a share or a rate by its parts alone is what they make."""
    figure = side.figure(entry)
    if isinstance(figure, Decimal) or indicator.aggregation is not Aggregation.RATIO:
        return figure
    return share_of(side, entry, indicator.per).value


def _months(figures: Iterator[tuple[int, Figure | None]]) -> dict[int, Decimal]:
    return {period: figure for period, figure in figures if isinstance(figure, Decimal)}


def found(code: str, record: str, source: Source = Source(), /, **params: object) -> Finding:
    """Return a finding on ``record`` that also points at the place its value was read from."""
    place = Place(source.document, source.page, source.line, source.cell, record)
    return Finding(code, place, {key: _shown(value) for key, value in params.items()})


def on(code: str, record: Project | Indicator, /, **params: object) -> Finding:
    """Return a finding on a project or an indicator."""
    return found(code, record.id, record.source, **params)


def places_of(value: Decimal) -> int:
    """Return the number of decimals that ``value`` is written with: 0 for 118, 2 for 77.60."""
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def significant_digits(value: Decimal) -> int:
    """Return how many digits of ``value`` carry information: 1 for 600,000, 6 for 682,339, 5 for 126.67."""
    return len("".join(map(str, value.as_tuple().digits)).strip("0"))


def fits(printed: Decimal, computed: Decimal) -> bool:
    """Say whether ``printed`` is ``computed`` rounded half up to the decimals that it is printed with (DI1)."""
    return round_half_up(computed, places_of(printed)) == printed


def _shown(value: object) -> object:
    """Return a figure fit for a sentence: at most two decimals, "–" for nothing, lists with commas."""
    if value is None:
        return "–"
    if isinstance(value, Decimal):
        rounded = round_half_up(value, 2)
        whole = rounded.to_integral_value()
        return whole.quantize(Decimal(1)) if rounded == whole else rounded.normalize()
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(str(_shown(item)) for item in value)
    return value
