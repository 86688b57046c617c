"""Checks of single months that are far from their plan or from the others: slips of the key (R317)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from samrit.engine.arithmetic import ZERO, divide
from samrit.engine.checks.figures.alike import are_alike
from samrit.engine.checks.scene import CheckedRow, Months, Scene, on, significant_digits
from samrit.engine.model import Aggregation, Entry, EntryBasis, Indicator
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.numbers import is_percent_unit

_FAR = Decimal(5)  # times the greatest other month
_FEWEST_OTHERS = 3
_LEAST, _MOST = Decimal("0.5"), Decimal(2)  # times its plan, a month that is as usual
_TEN = (Decimal(7), Decimal(14))  # times, a digit too many
_TELLING_DIGITS = 2  # 1 of 100 may be what came; 1.2 of 100 is more likely a slip


def outlier_month(scene: Scene) -> Iterator[Finding]:
    """A month many times its plan and every other month: a slip of the key, or something to explain (R317)."""
    for line in scene.lines:
        for row in line.rows:
            for month in _towering(row):
                greatest = max(v for m, v in row.actual.items() if m != month)
                figures = {"value": row.actual[month], "greatest": greatest, "planned": row.planned.get(month, ZERO)}
                yield on("outlier_month", line.indicator, month=month, **figures)


def month_slipped(scene: Scene) -> Iterator[Finding]:
    """One month ten times its plan, or a tenth of it, among months near theirs: a slip of a digit (R317).

    A hundredth and a thousandth as well, where the figure is more than one digit.
    """
    for line in scene.lines:
        for row in line.rows if are_alike(line.indicator) else ():
            ratios = {m: divide(v, row.planned[m]) for m, v in row.actual.items() if row.planned.get(m, ZERO) > ZERO}
            far = [m for m, ratio in ratios.items() if not _LEAST <= ratio <= _MOST]
            if len(far) != 1 or far[0] in _towering(row):
                continue  # several are no slip, and one that is above all others is told already
            (month,) = far
            few = len(ratios) <= (1 if ratios[month] > 1 else 2)
            if not few and _is_slip(line.indicator, row.actual[month], ratios[month]):
                figures = {"value": row.actual[month], "planned": row.planned[month]}
                yield on("month_slipped", line.indicator, month=month, **figures)


def month_below_others(scene: Scene) -> Iterator[Finding]:
    """One measured value a tenth of all others, which are near each other, where the plan is in levels (R317)."""
    for line in scene.lines:
        for row in line.rows if not are_alike(line.indicator) else ():
            for month, value in row.actual.items():
                others = [v for m, v in row.actual.items() if m != month]
                if len(others) < _FEWEST_OTHERS or min(others) <= ZERO or max(others) > _MOST * min(others):
                    continue
                least = min(others)
                if ZERO < value < least and _is_slip(line.indicator, value, divide(value, least)):
                    yield on("month_below_others", line.indicator, month=month, value=value, least=least)


def result_below_zero(scene: Scene) -> Iterator[Finding]:
    """A share, one of its parts or a sum to date below nothing, where nothing below 0 is planned (R317).

    A month of a sum may take back what was counted too much, and growth may be negative.
    """
    for line in scene.lines:
        indicator = line.indicator
        if any(value < ZERO for row in line.rows for value in row.planned.values()):
            continue
        parts = {e.period for e in indicator.entries if e.period <= scene.as_of and _has_part_below(e)}
        shares = {m for row in line.rows for m, v in row.actual.items() if v < ZERO} if indicator.is_share else set()
        sums = {m for row in line.rows for m in _sums_below(row.actual)} if _adds_up(indicator) else set()
        if months := sorted(parts | shares | sums):
            yield on("result_below_zero", indicator, months=months)


def _towering(row: CheckedRow) -> list[int]:
    """Return the months far above their plan and every other month."""
    found = []
    for month, value in row.actual.items():
        others = [v for m, v in row.actual.items() if m != month and v > ZERO]
        if len(others) >= _FEWEST_OTHERS and value > _FAR * max(*others, row.planned.get(month, ZERO)):
            found.append(month)
    return found


def _is_slip(indicator: Indicator, value: Decimal, ratio: Decimal) -> bool:
    """Say whether a figure is off by a digit or, where it has several, by two or three too few.

    A percent that is a hundredth was typed as a fraction, which ``percent_as_fraction`` tells.
    """
    least, most = _TEN
    if least <= (ratio if ratio > 1 else ratio * 100) <= most:
        return True
    if significant_digits(value) < _TELLING_DIGITS or is_percent_unit(indicator.unit_of_measure):
        return False
    return any(least <= ratio * times <= most for times in (Decimal(1000), Decimal(10_000)))


def _has_part_below(entry: Entry) -> bool:
    return any(isinstance(part, Decimal) and part < ZERO for part in (entry.numerator, entry.denominator))


def _adds_up(indicator: Indicator) -> bool:
    return indicator.aggregation is Aggregation.SUM and indicator.entry_basis is EntryBasis.MONTH


def _sums_below(actual: Months) -> list[int]:
    """Return the months in which the sum to date is below 0."""
    total, found = ZERO, []
    for month, value in sorted(actual.items()):
        total += value
        if total < ZERO:
            found.append(month)
    return found


CHECKS = (outlier_month, month_slipped, month_below_others, result_below_zero)
