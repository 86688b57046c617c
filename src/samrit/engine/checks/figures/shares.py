"""Checks of percentages and their parts (R72, R101, R172, R305, TO6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide
from samrit.engine.checks.figures.alike import are_alike
from samrit.engine.checks.scene import CheckedLine, CheckedRow, Scene, fits, on, places_of, significant_digits
from samrit.engine.indicators.totals import Side
from samrit.engine.model import Aggregation, Entry
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.targets import is_percent_unit, rate_of

_NO_COINCIDENCE = 4  # digits
_SHOWN = 3  # figures of several months
_LEAST_PERCENT = Decimal(2)  # below it, 0.9 may well be meant


def share_above_100(scene: Scene) -> Iterator[Finding]:
    """A result above 100 in an indicator that is a share of a whole (R305)."""
    for line in scene.lines:
        if line.indicator.is_share and line.indicator.per == HUNDRED:
            months = {m: v for row in line.rows for m, v in row.actual.items() if v > HUNDRED}
            total = line.now.actual_total.value
            if months or (total is not None and total > HUNDRED):
                greatest = max(months.values(), default=total)
                yield on("share_above_100", line.indicator, value=greatest, months=sorted(months) or None)


def percent_above_100(scene: Scene) -> Iterator[Finding]:
    """A result above 100 per cent where the plan does not say whether it is a share or can pass 100 (R172)."""
    for line in scene.lines:
        if line.indicator.is_share or not is_percent_unit(line.indicator.unit_of_measure):
            continue
        values = [v for row in line.rows for v in row.actual.values()]
        values += [v for v in (line.now.actual_total.value, line.claim.actual_total) if v is not None]
        planned = [v for row in line.rows for v in row.planned.values()]
        if max(values, default=ZERO) > HUNDRED >= max(planned, default=ZERO):
            yield on("percent_above_100", line.indicator, value=max(values))


def percent_as_fraction(scene: Scene) -> Iterator[Finding]:
    """Results of 0.95 where 95 per cent is planned, all year or in a month: fractions typed for percents (R317)."""
    for line in scene.lines:
        if not (is_percent_unit(line.indicator.unit_of_measure) and are_alike(line.indicator)):
            continue
        for row in line.rows:
            planned = [v for v in row.planned.values() if v]
            if not planned or min(planned) < _LEAST_PERCENT:
                continue
            if months := _fractions(row):
                greatest = max(row.actual[m] for m in months)
                yield on("percent_as_fraction", line.indicator, months=months, value=greatest, planned=max(planned))


def _fractions(row: CheckedRow) -> list[int]:
    """Return the months that are about a hundredth of what is planned: all there are, or some among percents."""
    actual = {m: v for m, v in row.actual.items() if v}
    small = {m: v for m, v in actual.items() if v <= 1}
    planned = [v for v in row.planned.values() if v]
    if small and small == actual:
        least, greatest = min(planned), max(planned)
        return list(small) if all(least <= 2 * v * HUNDRED <= 4 * greatest for v in small.values()) else []
    if any(v < _LEAST_PERCENT for m, v in actual.items() if m not in small):
        return []
    near = {m: v for m, v in small.items() if significant_digits(v) > 1 and m in row.planned}
    return [m for m, v in near.items() if row.planned[m] <= 2 * v * HUNDRED <= 4 * row.planned[m]]


def actual_is_percent_of_sibling(scene: Scene) -> Iterator[Finding]:
    """The result of a percentage is the achievement percent of another indicator of the project (W3-71, W3-72)."""
    for _, lines in scene.projects():
        for line in lines:
            actual = line.year.actual_total.value
            if actual is None or not is_percent_unit(line.indicator.unit_of_measure):
                continue
            if actual <= HUNDRED and significant_digits(actual) < _NO_COINCIDENCE:
                continue  # 90 or 100 are found everywhere
            for other in lines:
                percent = other.year.computed_percent
                if other is not line and percent is not None and fits(_as_typed(line, actual), percent):
                    yield on("actual_is_percent_of_sibling", line.indicator, actual=actual, other=other.indicator.id)


def part_exceeds_whole(scene: Scene) -> Iterator[Finding]:
    """A numerator greater than its denominator in a share (R72)."""
    for line in scene.lines:
        for entry in _with_parts(line) if line.indicator.is_share else ():
            for numerator, denominator in _parts(entry):
                if numerator > denominator:
                    parts = {"numerator": numerator, "denominator": denominator}
                    yield on("part_exceeds_whole", line.indicator, month=entry.period, **parts)


def parts_not_counted(scene: Scene) -> Iterator[Finding]:
    """Numerator and denominator alone where months are not put together by their parts: no figure counts (TO6)."""
    for line in scene.lines:
        if line.indicator.aggregation is not Aggregation.RATIO:
            lost = [e.period for e in _with_parts(line) if any(_has_parts_alone(side, e) for side in Side)]
            if lost:
                yield on("parts_not_counted", line.indicator, months=sorted(set(lost)))


def _has_parts_alone(side: Side, entry: Entry) -> bool:
    numerator, denominator = side.parts(entry)
    is_figure = isinstance(side.figure(entry), Decimal)
    return not is_figure and isinstance(numerator, Decimal) and isinstance(denominator, Decimal)


def denominator_zero(scene: Scene) -> Iterator[Finding]:
    """A share whose whole is nothing: it has no percent (AC4)."""
    for line in scene.lines:
        for entry in _with_parts(line):
            for numerator, denominator in _parts(entry):
                if not denominator:
                    yield on("denominator_zero", line.indicator, month=entry.period, numerator=numerator)


def share_differs_from_parts(scene: Scene) -> Iterator[Finding]:
    """What is typed beside a numerator and a denominator that give another figure, month by month (R72)."""
    for line in scene.lines:
        differing = [(entry.period, *pair) for entry in _with_parts(line) for pair in _typed_and_computed(line, entry)]
        wrong = [(month, typed, computed) for month, typed, computed in differing if not fits(typed, computed)]
        if wrong:
            months = sorted({month for month, _, _ in wrong})
            typed, computed = (_first(figures) for figures in list(zip(*wrong, strict=True))[1:])
            yield on("share_differs_from_parts", line.indicator, months=months, typed=typed, computed=computed)


def rate_scale_differs(scene: Scene) -> Iterator[Finding]:
    """A unit of measure, or a name, that says "per thousand" where the figure is taken per hundred (AC14)."""
    for line in scene.lines:
        indicator = line.indicator
        if indicator.aggregation is not Aggregation.RATIO:
            continue
        said = indicator.unit_of_measure
        meant = rate_of(said)
        if meant is None and not is_percent_unit(said):
            said, meant = indicator.name, rate_of(indicator.name)
        if meant is not None and meant != indicator.per:
            yield on("rate_scale_differs", indicator, said=said, per=meant, scale=indicator.per)


def ratio_without_parts(scene: Scene) -> Iterator[Finding]:
    """A share that should be made from its parts, reported as bare percents: the plain mean has to do (RU3, TO6)."""
    for line in scene.lines:
        # One percent for every month is a plan; only what was measured has parts.
        if line.now.actual_total.note == "ratio_without_parts":
            yield on("ratio_without_parts", line.indicator, units=_units(line))


def consolidation_missing(scene: Scene) -> Iterator[Finding]:
    """Several units report, and the plan does not say how their figures become one (RU3)."""
    for line in scene.lines:
        if "consolidation_missing" in (line.now.plan_total.note, line.now.actual_total.note):
            yield on("consolidation_missing", line.indicator, units=_units(line))


def _as_typed(line: CheckedLine, actual: Decimal) -> Decimal:
    """Return the total with the decimals of the month it was typed in; an average carries many more."""
    months = [v for row in line.rows for v in row.actual.values() if v == actual]
    return months[0] if months else actual.quantize(Decimal(1).scaleb(-min(places_of(actual), 2)))


def _typed_and_computed(line: CheckedLine, entry: Entry) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the figure of a plan or a result, and what its parts give, where all three are there."""
    for side in Side:
        figure = side.figure(entry)
        numerator, denominator = side.parts(entry)
        if not (isinstance(figure, Decimal) and isinstance(numerator, Decimal) and isinstance(denominator, Decimal)):
            continue
        if denominator:
            yield figure, divide(numerator * line.indicator.per, denominator)


def _first(figures: Sequence[Decimal]) -> Decimal | list[Decimal | str]:
    """Return one figure, or the first of several: a list of months is told, and enough to see what is meant."""
    if len(figures) == 1:
        return figures[0]
    return [*figures[:_SHOWN], *(["…"] if len(figures) > _SHOWN else [])]


def _with_parts(line: CheckedLine) -> list[Entry]:
    """Return the entries that give the parts of a share at all; most have none."""
    return [
        e
        for e in line.indicator.entries
        if isinstance(e.denominator, Decimal) or isinstance(e.planned_denominator, Decimal)
    ]


def _parts(entry: Entry) -> Sequence[tuple[Decimal, Decimal]]:
    pairs = (side.parts(entry) for side in Side)
    return [(n, d) for n, d in pairs if isinstance(n, Decimal) and isinstance(d, Decimal)]


def _units(line: CheckedLine) -> int:
    return len({entry.unit for entry in line.indicator.entries})
