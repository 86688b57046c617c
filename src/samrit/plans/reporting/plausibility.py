"""What looks unusual in the figures of one month, before they are sent (R172, R311, R317, R69).

The engine's own checks are run with and without the month's figures: what only shows
with them was caused by them.  Nothing is refused; an unusual figure asks for a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from samrit.engine.arithmetic import ZERO, divide, exact, round_half_up
from samrit.engine.checks import Check, breakdowns, cards, levels
from samrit.engine.checks.figures import accumulation, months, shares, slips
from samrit.engine.checks.figures.alike import are_alike
from samrit.engine.checks.scene import CheckedLine, Scene, on, scene_of, significant_digits
from samrit.engine.model import Entry, Indicator, Mark, Plan, Project
from samrit.engine.ruleset import RuleSet
from samrit.vocabulary.findings import Finding

_SLIP = Decimal(10)  # a figure ten times its plan, or a tenth of it, is a slip of the key or another unit of measure
_TELLING_DIGITS = 3  # a repeated figure of fewer digits (90, 100) is no sign of copying

Key = tuple[str, str, str]


@exact
def unusual(
    plan: Plan, ruleset: RuleSet, projects: Iterable[Project], period: int, *, unit: str | None = None
) -> tuple[Finding, ...]:
    """Return what looks unusual in the figures that ``projects`` report for ``period``.

    ``unit`` is the unit under which the looked-at figures stand ("" for those of the
    whole); None takes every unit's.  Findings on a project concern several indicators.
    """
    with_them = tuple(_of_unit(p, unit) for p in projects) if unit else tuple(projects)
    without = tuple(_without(p, period, unit) for p in with_them)
    known = {_key(f) for f in _findings(_scene(plan, ruleset, without, period))}
    scene = _scene(plan, ruleset, with_them, period)
    found = [f for f in _findings(scene) if _key(f) not in known]
    for check in OF_THE_MONTH:
        found += [f for line in scene.lines for f in check(line, period, unit)]
    return tuple(_once(found))


def month_out_of_scale(line: CheckedLine, period: int, unit: str | None) -> Iterator[Finding]:
    """A month's figure ten times the month's plan or more, or a tenth of it or less (R317, R69)."""
    if not are_alike(line.indicator):
        return  # a value is no multiple of a level (AC12)
    for row in line.rows:
        planned, actual = row.planned.get(period), row.actual.get(period)
        if (unit is not None and row.unit != unit) or not planned or not actual or planned < ZERO or actual < ZERO:
            continue
        figures = {"month": period, "actual": actual, "planned": planned}
        if actual >= _SLIP * planned:
            yield on("month_out_of_scale", line.indicator, times=divide(actual, planned), **figures)
        elif actual * _SLIP <= planned and _is_fraction_of(actual, planned):
            yield on("month_far_below_scale", line.indicator, **figures)


def plan_copied(line: CheckedLine, period: int, unit: str | None) -> Iterator[Finding]:
    """A planned level that stands as a measured value, to the digit: copied by a paste or in the form (AC12, I6)."""
    if are_alike(line.indicator):
        return
    for row in line.rows:
        planned, actual = row.planned.get(period), row.actual.get(period)
        if (unit is None or row.unit == unit) and planned is not None and actual == planned:
            yield on("plan_copied_as_result", line.indicator, month=period, value=planned)


def month_repeated(line: CheckedLine, period: int, unit: str | None) -> Iterator[Finding]:
    """A telling figure that repeats the month before, digit for digit (R311)."""
    if months.may_stand_still(line.indicator):
        return
    for row in line.rows:
        before, now = row.actual.get(period - 1), row.actual.get(period)
        if (unit is not None and row.unit != unit) or before is None or now != before:
            continue
        if significant_digits(now) >= _TELLING_DIGITS and now != row.planned.get(period):
            yield on("month_repeated", line.indicator, month=period, before=period - 1, value=now)


# Checks of the engine that speak of reported figures; the rest judges the plan, the document or the evaluation.
OF_THE_YEAR: tuple[Check, ...] = (
    shares.share_above_100,
    shares.percent_above_100,
    shares.percent_as_fraction,
    shares.part_exceeds_whole,
    shares.denominator_zero,
    shares.share_differs_from_parts,
    months.to_date_falls,
    months.same_value_copied,
    slips.outlier_month,
    slips.result_below_zero,
    months.actual_out_of_scale,
    months.reported_outside_period,
    accumulation.subtotal_counted_as_month,
    accumulation.increments_then_total,
    accumulation.months_as_running_total,
    accumulation.running_total_summed,
    cards.unit_scale_mismatch,
    levels.level_above_scale,
    levels.level_falls,
    levels.level_skipped,
    breakdowns.breakdown_differs,
)
OF_THE_MONTH = (month_out_of_scale, month_repeated, plan_copied)

# Said in other words of the same figure: the second of a pair is left out where the first is.
_SAYS_MORE = {
    "month_out_of_scale": ("outlier_month", "actual_out_of_scale"),
    "share_above_100": ("percent_above_100",),
    "same_value_copied": ("month_repeated",),
}


def _findings(scene: Scene) -> list[Finding]:
    return [finding for check in OF_THE_YEAR for finding in check(scene)]


def _scene(plan: Plan, ruleset: RuleSet, projects: tuple[Project, ...], period: int) -> Scene:
    return scene_of(replace(plan, projects=projects, printed=(), texts=()), ruleset, period)


def _key(finding: Finding) -> Key:
    return finding.code, finding.place.record, str(finding.params.get("month", finding.params.get("months", "")))


def _once(found: list[Finding]) -> Iterator[Finding]:
    """Yield the findings without those that say less about the same record than another one."""
    said = {(f.code, f.place.record) for f in found}
    weaker = {(less, record) for code, record in said for less in _SAYS_MORE.get(code, ())}
    copied = {i for f in found if f.code == "same_value_copied" for i in str(f.params["indicators"]).split(", ")}
    for finding in found:
        record = finding.place.record
        if (finding.code, record) in weaker or (finding.code == "month_repeated" and record in copied):
            continue
        yield finding


def _of_unit(project: Project, unit: str) -> Project:
    """Return the project with one unit's own figures: a member of a group is held against its own months only."""

    def own(indicator: Indicator) -> Indicator:
        entries = tuple(e for e in indicator.entries if e.unit == unit)
        return replace(indicator, entries=entries, parts=tuple(map(own, indicator.parts)))

    return replace(project, indicators=tuple(map(own, project.indicators)))


def _without(project: Project, period: int, unit: str | None) -> Project:
    return replace(project, indicators=tuple(_blank(i, period, unit) for i in project.indicators))


def _blank(indicator: Indicator, period: int, unit: str | None) -> Indicator:
    """Return the indicator as it would be had nothing been reported for the month."""

    def cleared(entry: Entry) -> Entry:
        if entry.period != period or (unit is not None and entry.unit != unit):
            return entry
        return replace(entry, actual=Mark.BLANK, numerator=Mark.BLANK, denominator=Mark.BLANK)

    reached = tuple(
        replace(level, reached_on=None, reached_period=None) if level.reached_period == period else level
        for level in indicator.levels
    )
    parts = tuple(_blank(part, period, unit) for part in indicator.parts)
    return replace(indicator, entries=tuple(map(cleared, indicator.entries)), levels=reached, parts=parts)


def _is_fraction_of(actual: Decimal, planned: Decimal) -> bool:
    """Say whether moving the decimal point would bring the figure near its plan: 0.98 for 98, not 3 for 100."""
    for shift in (1, 2, 3, 6):
        moved = actual.scaleb(shift)
        if round_half_up(divide(moved, planned), 1) in (Decimal("0.9"), Decimal("1.0"), Decimal("1.1")):
            return True
    return False
