"""Checks of monthly figures: where they are and how they run (R50, R303, R311, R317, R184); ``slips``: their size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from samrit.engine.arithmetic import ZERO, divide
from samrit.engine.checks.figures.accumulation import is_of_months
from samrit.engine.checks.figures.alike import are_alike
from samrit.engine.checks.scene import CheckedLine, Months, Scene, found, on, significant_digits
from samrit.engine.choices import BY_SITES
from samrit.engine.model import Aggregation, EntryBasis, Indicator, Project
from samrit.engine.results import State
from samrit.engine.score import YEAR_END
from samrit.vocabulary.findings import Finding

_TELLING_DIGITS = 3  # a repeated figure of fewer digits (90, 100) is no sign of copying
_FEWEST_OTHERS = 3
_BEYOND_CHANCE = 4  # digits: one indicator alone repeats fewer by chance
_SCALE_SLIP = Decimal(10)  # a result ten times its plan is a slip or a plan that means nothing


def period_invalid(scene: Scene) -> Iterator[Finding]:
    """A first and last month that are no period of the year: 9 to 3, or a month 13."""
    for project in scene.plan.projects:
        first, last = project.first_period, project.last_period
        given = [p for p in (first, last) if p is not None]
        is_reversed = first is not None and last is not None and last < first
        if is_reversed or any(not 1 <= p <= YEAR_END for p in given):
            yield on("period_invalid", project, first=first, last=last)


def entry_outside_year(scene: Scene) -> Iterator[Finding]:
    """A figure for a month that the year does not have, or for more months than lie before it."""
    for line in scene.lines:
        for entry in line.indicator.entries:
            if not 1 <= entry.period <= YEAR_END or not 1 <= entry.span <= entry.period:
                yield on("entry_outside_year", line.indicator, period=entry.period, span=entry.span)


def entry_repeated(scene: Scene) -> Iterator[Finding]:
    """Two figures of one unit for the same month: which one holds?"""
    for line in scene.lines:
        seen = Counter((e.unit, e.period, e.span) for e in line.indicator.entries)
        for (unit, period, _), count in seen.items():
            if count > 1:
                yield on("entry_repeated", line.indicator, period=period, unit=unit or None, count=count)


def planned_outside_period(scene: Scene) -> Iterator[Finding]:
    """Something planned in months that lie outside the stated period (R50, R303)."""
    for line in scene.lines:
        months = _outside(line.project, {m for row in line.rows for m, value in row.planned.items() if value})
        if months:
            yield on("planned_outside_period", line.indicator, months=months, **_period(line.project))


def reported_outside_period(scene: Scene) -> Iterator[Finding]:
    """Results in months outside the period where nothing was planned either: done early or late (R50, R158)."""
    for line in scene.lines:
        planned = {m for row in line.rows for m in row.planned}
        reported = {m for row in line.rows for m, value in row.actual.items() if value}
        months = _outside(line.project, reported - planned)
        if months:
            yield on("reported_outside_period", line.indicator, months=months, **_period(line.project))


def not_reported(scene: Scene) -> Iterator[Finding]:
    """Planned up to the evaluated month, nothing reported: it counts as 0 (AC6, BA4)."""
    for line in scene.lines if scene.has_results else ():
        is_settled = any(o.period == scene.as_of for o in (*line.indicator.overrides, *line.project.overrides))
        if line.now.state is State.NOT_REPORTED and not is_settled:
            yield on("not_reported", line.indicator, planned=line.now.plan_total.value, as_of=scene.as_of)


def plan_not_reported(scene: Scene) -> Iterator[Finding]:
    """Not one result in a whole plan with something due: said once, not for every indicator."""
    due = sum(1 for line in scene.lines if line.now.state is State.NOT_REPORTED)
    if due and not scene.has_results:
        yield found("plan_not_reported", scene.plan.id, scene.plan.source, as_of=scene.as_of, indicators=due)


def to_date_falls(scene: Scene) -> Iterator[Finding]:
    """A year-to-date count that goes down from one month to the next."""
    for line in scene.lines:
        if line.indicator.entry_basis is EntryBasis.TO_DATE and line.indicator.aggregation is Aggregation.SUM:
            for row in line.rows:
                if is_of_months(row):
                    continue  # said once, as what it is
                for (_, before), (month, after) in _successive(row.actual):
                    if after < before:
                        yield on("to_date_falls", line.indicator, month=month, before=before, after=after)


def same_value_copied(scene: Scene) -> Iterator[Finding]:
    """Several indicators of a project, or its only one, repeat the month before, digit for digit (R311)."""
    for result, lines in scene.projects():
        repeating: dict[int, list[Indicator]] = {}
        for line in lines:
            for month in _repeated_months(line):
                repeating.setdefault(month, []).append(line.indicator)
        copied = {m: own for m, own in repeating.items() if _are_several(own) or _is_alone(lines, m)}
        if copied:
            named = list(dict.fromkeys(i.id for own in copied.values() for i in own))
            yield on("same_value_copied", result.project, months=sorted(copied), indicators=named)


def actual_out_of_scale(scene: Scene) -> Iterator[Finding]:
    """A year's result ten times its plan or more (R317): another unit of measure, a slip, or an empty plan."""
    for line in scene.lines:
        plan, actual = line.year.plan_total.value, line.year.actual_total.value
        if not are_alike(line.indicator) or line.indicator.formula in BY_SITES:
            continue
        if plan and actual is not None and actual >= _SCALE_SLIP * plan > ZERO:
            yield on(
                "actual_out_of_scale", line.indicator, plan_total=plan, actual_total=actual, times=divide(actual, plan)
            )


def may_stand_still(indicator: Indicator) -> bool:
    """Say whether a month in which nothing came repeats the one before: a running total, a level, a highest value."""
    stands = indicator.aggregation in (Aggregation.LATEST, Aggregation.MAX, Aggregation.MIN)
    return stands or indicator.entry_basis is EntryBasis.TO_DATE


def _are_several(repeating: Sequence[Indicator]) -> bool:
    """Say whether several indicators repeat a month; two running totals stand still together where nothing came."""
    return len(repeating) > (2 if all(map(may_stand_still, repeating)) else 1)


def _is_alone(lines: Sequence[CheckedLine], month: int) -> bool:
    """Say whether the only indicator repeats a month with more digits than one of its own repeats by chance."""
    if len(lines) != 1 or may_stand_still(lines[0].indicator):
        return False
    return month in _repeated_months(lines[0], _BEYOND_CHANCE)


def _outside(project: Project, months: set[int]) -> list[int]:
    first, last = project.first_period, project.last_period
    if first is None or last is None or last < first:
        return []
    return sorted(m for m in months if not first <= m <= last)


def _period(project: Project) -> dict[str, object]:
    return {"first": project.first_period, "last": project.last_period}


def _successive(months: Months) -> Sequence[tuple[tuple[int, Decimal], tuple[int, Decimal]]]:
    given = sorted(months.items())
    return list(pairwise(given))


def _repeated_months(line: CheckedLine, digits: int = _TELLING_DIGITS) -> set[int]:
    """Return the months that repeat a telling figure of the month before, in a row that otherwise moves.

    A share tells what its parts tell: 10 of 12 is 83.33 again and again, without a copy.
    """
    parts = {(e.unit, e.period): (e.numerator, e.denominator) for e in line.indicator.entries if e.span == 1}
    repeated = set()
    for row in line.rows:
        if len(set(row.actual.values())) < _FEWEST_OTHERS:
            continue
        for (before, old), (month, new) in _successive(row.actual):
            if month != before + 1 or new != old or new == row.planned.get(month):
                continue
            own = [part for part in parts.get((row.unit, month), ()) if isinstance(part, Decimal)]
            if own and parts[(row.unit, month)] != parts.get((row.unit, before)):
                continue
            if max(map(significant_digits, own or [new])) >= digits:
                repeated.add(month)
    return repeated
