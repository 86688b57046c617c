"""Checks of how months become a total: subtotals, running totals and stocks that are added up (R101, R184)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from samrit.engine.arithmetic import ZERO, divide
from samrit.engine.checks.scene import CheckedLine, CheckedRow, Months, Scene, on, significant_digits
from samrit.engine.checks.units import is_level_unit
from samrit.engine.indicators.totals import Side, takes_last
from samrit.engine.model import Aggregation, EntryBasis
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.numbers import is_percent_unit

_NO_COINCIDENCE = 4  # digits: figures of four digits and more do not add up by chance
_TEN = Decimal(10)  # below it a count of ones and twos adds up by chance even to its target
_FEWEST = 3
_FEWEST_RUNNING = 4  # months; fewer are near a plan by chance
_LARGE = Decimal(1000)
_FEWEST_OF_STOCK = 5  # months; fewer small figures rise by chance
_SLOW_RISE = Decimal("1.5")  # a stock's greatest month is not far above its least


def subtotal_counted_as_month(scene: Scene) -> Iterator[Finding]:
    """A month's result that is the sum of the months before it, counted once more in the total (S3-13, W3-66)."""
    yield from _doubled(scene, Side.ACTUAL, "subtotal_counted_as_month")


def planned_subtotal_counted_as_month(scene: Scene) -> Iterator[Finding]:
    """A month's plan that is the sum of the months before it, counted once more in the plan total (S3-13)."""
    yield from _doubled(scene, Side.PLANNED, "planned_subtotal_counted_as_month")


def increments_then_total(scene: Scene) -> Iterator[Finding]:
    """Months that are increments, closed by their sum, under "latest value" (W2-17: 5, 20, 15, 15, 45, then 100)."""
    for line in scene.lines:
        if line.indicator.aggregation is Aggregation.LATEST:
            for row in line.rows:
                *earlier, last = list(row.actual.values()) or [ZERO]
                falls = any(b < a for a, b in pairwise(earlier))
                if len(earlier) >= _FEWEST and falls and sum(earlier, ZERO) == last != ZERO:
                    yield on("increments_then_total", line.indicator, months=earlier, total=last)


def cumulative_summed(scene: Scene) -> Iterator[Finding]:
    """A stock that rises slowly, in plan and result, yet is added up month by month (followers of S2-24)."""
    for line in scene.lines:
        if line.indicator.aggregation is Aggregation.SUM and line.indicator.entry_basis is EntryBasis.MONTH:
            for row in line.rows:
                if _is_stock(row.planned, strictly=True) and _is_stock(row.actual, strictly=False):
                    actual = list(row.actual.values())
                    yield on("cumulative_summed", line.indicator, sum=sum(actual, ZERO), latest=actual[-1])


def running_total_summed(scene: Scene) -> Iterator[Finding]:
    """Months that are as high as the plan to date, and are added up: a running total typed for each month (R184)."""
    for line in scene.lines:
        if line.indicator.aggregation is Aggregation.SUM and line.indicator.entry_basis is EntryBasis.MONTH:
            for row in line.rows:
                if _runs_with_plan(row):
                    actual = list(row.actual.values())
                    yield on("running_total_summed", line.indicator, sum=sum(actual, ZERO), latest=actual[-1])


def _runs_with_plan(row: CheckedRow) -> bool:
    """Say whether months climb, each later one near the plan to date, and add up to twice the plan or more."""
    months = sorted(row.actual)
    planned = [sum((v for m, v in row.planned.items() if m <= month), ZERO) for month in months]
    actual = [row.actual[m] for m in months]
    if len(months) < _FEWEST_RUNNING or any(b < a for a, b in pairwise(actual)) or actual[-1] < 2 * actual[0]:
        return False
    later = list(zip(planned, actual, strict=True))[1:]
    return sum(actual, ZERO) >= 2 * planned[-1] > ZERO and all(p <= 2 * a <= 3 * p for p, a in later)


def months_as_running_total(scene: Scene) -> Iterator[Finding]:
    """Months typed where a running total is planned: the last one alone counts, and the sum is what was done (TO3)."""
    for line in scene.lines:
        if takes_last(line.indicator) and not line.indicator.levels:
            for row in line.rows:
                if is_of_months(row):
                    actual = list(row.actual.values())
                    yield on("months_as_running_total", line.indicator, sum=sum(actual, ZERO), latest=actual[-1])


def is_of_months(row: CheckedRow) -> bool:
    """Say whether a plan that climbs is met by months that fall now and then and come to it only in their sum."""
    months = sorted(m for m in row.actual if m in row.planned)
    if len(months) < _FEWEST_RUNNING:
        return False
    planned, actual = [row.planned[m] for m in months], [row.actual[m] for m in months]
    climbs, falls = all(b > a for a, b in pairwise(planned)), any(b < a for a, b in pairwise(actual))
    total, last = sum(actual, ZERO), planned[-1]
    return climbs and falls and last <= 2 * total <= 3 * last and 2 * actual[-1] < last


def latest_of_flat_plan(scene: Scene) -> Iterator[Finding]:
    """The latest value taken where every month has the same plan: earlier results are thrown away (W3-29, W2-9)."""
    for line in scene.lines:
        unit = line.indicator.unit_of_measure
        if line.indicator.aggregation is not Aggregation.LATEST or is_level_unit(unit):
            continue
        if line.indicator.levels or line.project.sites:
            continue
        for row in line.rows:
            actual = list(row.actual.values())
            if len(row.planned) < 2 or len(set(row.planned.values())) > 1 or len(actual) < 2:
                continue
            mean, total = divide(sum(actual, ZERO), Decimal(len(actual))), sum(actual, ZERO)
            # A share reported unchanged loses nothing; a count does, since its months should be added.
            if mean != actual[-1] or not is_percent_unit(unit):
                yield on("latest_of_flat_plan", line.indicator, latest=actual[-1], mean=mean, sum=total)


def _doubled(scene: Scene, side: Side, code: str) -> Iterator[Finding]:
    for line in scene.lines:
        if line.indicator.aggregation is not Aggregation.SUM or line.indicator.entry_basis is EntryBasis.TO_DATE:
            continue
        for months in (row.side(side) for row in line.rows):
            for month, added in _subtotals(months, _target(line, scene.plan.year_be)):
                total = sum(months.values(), ZERO)
                figures = {"value": months[month], "total": total, "corrected": total - months[month]}
                yield on(code, line.indicator, month=month, added=added, **figures)


def _target(line: CheckedLine, year_be: int) -> Decimal | None:
    target = line.indicator.target_of(year_be)
    return target.value if target is not None and isinstance(target.value, Decimal) else None


def _subtotals(months: Months, target: Decimal | None) -> list[tuple[int, list[int]]]:
    """Return each month that is the sum of those since the last subtotal, with the months it adds.

    Round figures add up by chance; they count only when the total without them is the
    target, and ones and twos not even then.
    """
    subtotals: list[tuple[int, list[int]]] = []
    since: list[int] = []
    for month, value in sorted(months.items()):
        if len(since) > 1 and value == sum((months[m] for m in since), ZERO):
            subtotals.append((month, since))
            since = []
        elif value:
            since = [*since, month]
    rest = sum(months.values(), ZERO) - sum((months[m] for m, _ in subtotals), ZERO)
    is_proof = rest == target

    def tells(value: Decimal) -> bool:
        return significant_digits(value) >= _NO_COINCIDENCE or (is_proof and value >= _TEN)

    return [(month, added) for month, added in subtotals if tells(months[month])]


def _is_stock(months: Months, *, strictly: bool) -> bool:
    """Say whether the months never fall and rise only slowly, as a stock or a running total of a large base does."""
    values = list(months.values())
    fewest = _FEWEST if values and values[-1] >= _LARGE else _FEWEST_OF_STOCK
    if len(values) < fewest or min(values) <= ZERO or max(values) > _SLOW_RISE * min(values):
        return False
    steps = list(pairwise(values))
    return all(b > a for a, b in steps) if strictly else all(b >= a for a, b in steps) and values[-1] > values[0]


CHECKS = (
    subtotal_counted_as_month,
    planned_subtotal_counted_as_month,
    increments_then_total,
    months_as_running_total,
    running_total_summed,
    cumulative_summed,
    latest_of_flat_plan,
)
