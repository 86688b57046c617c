"""A second, independent reading of the rules, in ``fractions.Fraction`` and as plain as can be.

It shares the model's data classes with the engine and nothing else, and is written
from the rules' pages alone: no context, no precision, no fast path.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from samrit.engine.model import Indicator, Mark, Plan, Project
from samrit.engine.ruleset import RuleSet


@dataclass
class NaiveIndicator:
    state: str
    percent: Fraction | None
    plan: Fraction | None
    actual: Fraction | None


@dataclass
class NaiveProject:
    percent: Fraction | None
    normalised: Fraction | None
    band: str | None
    second: Fraction | None
    indicators: list[NaiveIndicator]


def to_30_places(value: Fraction | None) -> Decimal | None:
    """Return a fraction as the decimal of 30 places that is nearest to it."""
    if value is None:
        return None
    with localcontext() as context:
        context.prec = 120
        context.rounding = ROUND_HALF_EVEN
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-30))


def half_up(value: Fraction, places: int) -> Fraction:
    """Round half up (away from zero), by whole numbers only."""
    scaled = abs(value) * 10**places
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole if value >= 0 else -whole, 10**places)


def evaluate(plan: Plan, ruleset: RuleSet, as_of: int) -> list[NaiveProject]:
    """Evaluate every project of the plan under method M-A."""
    follow = {u.code: u.successor for u in plan.units if u.successor}
    return [_project(p, ruleset, as_of, plan.year_be, follow) for p in plan.projects]


def band(value: Fraction, ruleset: RuleSet) -> str:
    """Return the code of the band that holds ``value``."""
    for one in ruleset.bands:
        if one.upper is None:
            return one.code
        limit = Fraction(one.upper)
        if value < limit or (one.upper_inclusive and value == limit):
            return one.code
    raise AssertionError("the last band has no upper limit")


def _project(project: Project, ruleset: RuleSet, as_of: int, year: int, follow: dict[str, str]) -> NaiveProject:
    indicators = [_indicator(i, project, ruleset, as_of, year, follow) for i in project.indicators]
    count = len(indicators)
    if all(i.weight is None for i in project.indicators):
        weights = [Fraction(100, count)] * count
    else:
        weights = [Fraction(i.weight or 0) for i in project.indicators]
    here = [(i.percent, w) for i, w in zip(indicators, weights, strict=True) if i.percent is not None]
    whole, present = sum(weights, Fraction(0)), sum((w for _, w in here), Fraction(0))
    percent = normal = second = None
    if here and present != 0:
        percent = sum((p * w * whole / present for p, w in here), Fraction(0)) / 100
        normal = sum((p * w for p, w in here), Fraction(0)) / present
        if ruleset.second_cap is not None:
            second = sum((min(p, Fraction(ruleset.second_cap)) * w for p, w in here), Fraction(0)) / present
    states = {i.state for i in indicators}
    silent = not here and "no_plan" not in states and (not states or bool(states & {"not_due", "no_data"}))
    if as_of == 12 and silent:
        percent, second = Fraction(0), Fraction(0)
    code = None if percent is None else band(percent, ruleset)
    for override in project.overrides:
        if override.period == as_of:
            if override.percent is not None:
                percent = Fraction(override.percent)
                code = band(percent, ruleset)
            code = override.band or code
            break
    return NaiveProject(percent, normal, code, second, indicators)


def _indicator(
    indicator: Indicator, project: Project, ruleset: RuleSet, as_of: int, year: int, follow: dict[str, str]
) -> NaiveIndicator:
    plan, clear_plan = _total(indicator, "planned", as_of, follow)
    actual, clear_actual = _total(indicator, "actual", as_of, follow)
    if indicator.formula == "sites":
        plan = actual = None
        clear_plan = clear_actual = True
        if project.sites:
            plan = Fraction(sum(1 for s in project.sites if (s.commitment_due_period or 12) <= as_of))
            actual = Fraction(sum(1 for s in project.sites if s.committed_period and s.committed_period <= as_of))
    want, got = plan, actual
    if indicator.formula == "levels":
        want, got = _levels(indicator, plan, actual, as_of)
    state = _state(indicator, year, clear_plan and clear_actual, want, got)
    percent = _percent(indicator, state, want, got)
    if state == "scored" and percent is None:
        state = "no_plan"
    for override in indicator.overrides:
        if override.period == as_of:
            if override.percent is not None:
                return NaiveIndicator(state, Fraction(override.percent), plan, actual)
            break
    if percent is not None and ruleset.cap is not None:
        percent = min(percent, Fraction(ruleset.cap))
    return NaiveIndicator(state, percent, plan, actual)


def _state(indicator: Indicator, year: int, clear: bool, want: Fraction | None, got: Fraction | None) -> str:
    for target in indicator.targets:
        if target.year_be == year:
            if target.value is Mark.NOTHING:
                return "not_applicable"
            break
    if not clear:
        return "no_data"
    due = want is not None if indicator.formula == "baseline" else (want is not None and want != 0)
    if due:
        return "scored" if got is not None else "not_reported"
    if got is not None and got != 0:
        return "no_plan"
    if indicator.formula == "sites" or any(level.due_period is not None for level in indicator.levels):
        return "not_due"
    for entry in indicator.entries:
        if any(isinstance(x, Decimal) for x in (entry.planned, entry.actual, entry.numerator)):
            return "not_due"
    return "no_data"


def _percent(indicator: Indicator, state: str, want: Fraction | None, got: Fraction | None) -> Fraction | None:
    if state == "not_reported":
        return Fraction(0)
    if state != "scored" or want is None or got is None:
        return None
    if indicator.formula == "baseline":
        if indicator.baseline is None or Fraction(indicator.baseline) == want:
            return None
        base = Fraction(indicator.baseline)
        return (base - got) / (base - want) * 100
    if indicator.direction == "lower" and indicator.formula != "levels":
        return want / got * 100 if got != 0 else Fraction(100)
    return got / want * 100


def _levels(
    indicator: Indicator, plan: Fraction | None, actual: Fraction | None, as_of: int
) -> tuple[Fraction | None, Fraction | None]:
    if any(level.due_period is not None for level in indicator.levels):
        due = [level.number for level in indicator.levels if level.due_period is not None and level.due_period <= as_of]
        want = Fraction(max(due)) if due else None
        done = {level.number: level.reached_period for level in indicator.levels if level.reached_period is not None}
        if not [p for p in done.values() if p <= as_of]:
            return want, actual
        got = 0
        for number in sorted(level.number for level in indicator.levels):
            if number in done and done[number] <= as_of:
                got = number
            else:
                break
        return want, Fraction(got)
    steps = sorted(
        (level.number, Fraction(level.threshold)) for level in indicator.levels if level.threshold is not None
    )
    if actual is None or not steps:
        return plan, None
    lower = indicator.direction == "lower"
    reached = None
    for k, (_, limit) in enumerate(steps):
        if (actual <= limit) if lower else (actual >= limit):
            reached = k
    if reached is None:
        return plan, Fraction(0)
    number, limit = steps[reached]
    if reached == len(steps) - 1 or not indicator.interpolated:
        return plan, Fraction(number)
    following, beyond = steps[reached + 1]
    return plan, number + (actual - limit) / (beyond - limit) * (following - number)


def _total(indicator: Indicator, side: str, as_of: int, follow: dict[str, str]) -> tuple[Fraction | None, bool]:
    """Return the total and whether it could be formed at all (False: consolidation not declared)."""
    cells: dict[str, list[tuple[int, int, Fraction | None, Fraction | None, Fraction | None]]] = {}
    for entry in indicator.entries:
        if entry.period > as_of:
            continue
        value = entry.planned if side == "planned" else entry.actual
        top = entry.planned_numerator if side == "planned" else entry.numerator
        bottom = entry.planned_denominator if side == "planned" else entry.denominator
        number = Fraction(value) if isinstance(value, Decimal) else None
        parts = isinstance(top, Decimal) and isinstance(bottom, Decimal)
        if number is None and not parts:
            continue
        cells.setdefault(entry.unit, []).append(
            (entry.period, entry.span, number, Fraction(top) if parts else None, Fraction(bottom) if parts else None)
        )
    series: dict[str, list] = {}
    for unit, rows in cells.items():
        kept = [
            row for row in rows if not any(wide[1] > row[1] and wide[0] - wide[1] < row[0] <= wide[0] for wide in rows)
        ]
        last = unit
        passed = {unit}
        while last in follow and follow[last] not in passed:
            last = follow[last]
            passed.add(last)
        # In one month the unit that took over has the last word.
        series.setdefault(last, []).extend((*row, unit == last, unit) for row in kept)
    if not series:
        return None, True
    if len(series) > 1 and "" in series:
        series = {"": series[""]}
    totals = {
        unit: _unit(indicator, sorted(rows, key=lambda r: (r[0], r[1], r[5], r[6]))) for unit, rows in series.items()
    }
    if len(totals) == 1:
        return next(iter(totals.values()))[0], True
    how = indicator.consolidation or {"latest": None}.get(indicator.aggregation, indicator.aggregation)
    if how is None:
        return None, False
    values = [value for value, _, _ in totals.values() if value is not None]
    if how == "ratio" and all(bottom is not None for _, _, bottom in totals.values()):
        top = sum((t for _, t, _ in totals.values() if t is not None), Fraction(0))
        bottom = sum((b for _, _, b in totals.values() if b is not None), Fraction(0))
        return (top * 100 / bottom if bottom else None), True
    if not values:
        return None, True
    if how == "sum":
        return sum(values, Fraction(0)), True
    if how in ("average", "ratio"):
        return sum(values, Fraction(0)) / len(values), True
    return (max(values) if how == "max" else min(values)), True


def _unit(indicator: Indicator, rows: list) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Return (total, numerator, denominator) of one unit's rows in time order."""
    if indicator.aggregation == "ratio":
        if all(row[4] is not None for row in rows):
            used = rows[-1:] if indicator.entry_basis == "to_date" else rows
            top, bottom = sum((r[3] for r in used), Fraction(0)), sum((r[4] for r in used), Fraction(0))
            return (top * 100 / bottom if bottom else None), top, bottom
        shares = []
        for row in rows:
            if row[2] is not None:
                shares.append(row[2])
            elif row[4]:
                shares.append(row[3] * 100 / row[4])
        return (sum(shares, Fraction(0)) / len(shares) if shares else None), None, None
    values = [row[2] for row in rows if row[2] is not None]
    if not values:
        return None, None, None
    if indicator.aggregation == "sum":
        total = values[-1] if indicator.entry_basis == "to_date" else sum(values, Fraction(0))
    elif indicator.aggregation == "average":
        total = sum(values, Fraction(0)) / len(values)
    elif indicator.aggregation == "latest":
        total = values[-1]
    else:
        total = max(values) if indicator.aggregation == "max" else min(values)
    return total, None, None
