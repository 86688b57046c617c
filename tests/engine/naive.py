"""A second, independent reading of the rules, in ``fractions.Fraction`` and as plain as can be.

It shares the model's data classes with the engine and nothing else, and is written
from the rules' pages alone: no context, no precision, no fast path.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from samrit.engine.model import Entry, Indicator, Level, Mark, Override, Plan, Project
from samrit.engine.ruleset import RuleSet


@dataclass
class NaiveIndicator:
    state: str
    percent: Fraction | None
    plan: Fraction | None
    actual: Fraction | None
    later: bool = False  # whether all that is due is due after the year
    clear: bool = True  # whether the units could be put together


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
    follow = _followers(plan)
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


def _project(project: Project, ruleset: RuleSet, as_of: int, year: int, follow: Follow) -> NaiveProject:
    indicators = [_indicator(i, project, ruleset, as_of, year, follow) for i in project.indicators]
    weights = weights_of(project)
    here = [(i.percent, w) for i, w in zip(indicators, weights, strict=True) if i.percent is not None]
    whole, present = sum(weights, Fraction(0)), sum((w for _, w in here), Fraction(0))
    percent = normal = second = None
    if here and present != 0:
        percent = sum((p * w * whole / present for p, w in here), Fraction(0)) / 100
        normal = sum((p * w for p, w in here), Fraction(0)) / present
        if ruleset.second_cap is not None:
            second = sum((min(p, Fraction(ruleset.second_cap)) * w for p, w in here), Fraction(0)) / present
    if as_of == 12 and percent is None:
        percent = _closed(indicators, ruleset)
        second = percent
    code = None if percent is None else band(percent, ruleset)
    least = [i.percent for i in indicators if i.percent is not None]
    wanted = ruleset.lowest_for_best
    if wanted is not None and least and min(least) < Fraction(wanted) and code == ruleset.bands[-1].code:
        code = ruleset.bands[-2].code
    override = _last_word(project.overrides, as_of)
    if override is not None:
        if override.percent is not None:
            percent = Fraction(override.percent)
            code = band(percent, ruleset)
        code = override.band or code
    return NaiveProject(percent, normal, code, second, indicators)


def weights_of(project: Project) -> list[Fraction]:
    """Return the weights in use: as given, equal, or a share of what is left (WE1, WE2)."""
    count = len(project.indicators)
    told = [i.weight for i in project.indicators if i.weight is not None]
    if not [w for w in told if w != 0]:
        return [Fraction(100, count)] * count
    left = max(Fraction(0), 100 - sum((Fraction(w) for w in told), Fraction(0)))
    return [left / (count - len(told)) if i.weight is None else Fraction(i.weight) for i in project.indicators]


def _closed(indicators: list[NaiveIndicator], ruleset: RuleSet) -> Fraction | None:
    """Follow AC4 and BA4: what a work without any percent comes to when the year has ended."""
    states = {i.state for i in indicators}
    if not states & {"scored", "not_reported", "no_plan"} and (not states or states & {"not_due", "no_data"}):
        figures = [x for i in indicators for x in (i.plan, i.actual) if x is not None]
        if "not_due" not in states or not (figures or any(i.later for i in indicators)):
            return Fraction(0)
    if not states & {"no_plan", "not_due"} or states & {"scored", "not_reported"} or ruleset.without_plan == "listed":
        return None
    some = ruleset.without_plan == "as_reported" and any(i.actual is not None for i in indicators)
    return Fraction(100 if some else 0)


Follow = dict[str, dict[str, int]]  # unit -> unit that stands for it -> first month


def _followers(plan: Plan) -> Follow:
    """Read the register: who stands for whom, and from which month on (RU4)."""
    merged = {u.code: u for u in plan.units if u.successor}
    found: Follow = {}
    for code in merged:
        here, since, mine = code, 1, {}
        while here in merged and merged[here].successor not in (code, *mine):
            end = merged[here].valid_to
            if end is not None:
                start = 10 if plan.calendar == "fiscal" else 1
                year = plan.year_be - 543 - (1 if start == 10 else 0)
                ends = []
                for n in range(12):
                    after = start + n  # the month after the n-th, counted from January of the first year as 0
                    ends.append(date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1))
                since = max(since, next((n for n, last in enumerate(ends, 1) if last > end), 13))
            here = merged[here].successor
            mine[here] = since
        found[code] = mine
    return found


def _indicator(
    indicator: Indicator, project: Project, ruleset: RuleSet, as_of: int, year: int, follow: Follow
) -> NaiveIndicator:
    steps = sorted((level for level in indicator.levels if due_month(level) is not None), key=lambda lv: lv.number)
    due = [due_month(level) or 0 for level in (steps[-1:] if indicator.formula == "deadline" else steps)]
    found = _told(indicator, project, ruleset, as_of, year, follow)
    return replace(found, later=bool(due) and min(due) > 12)


def _told(
    indicator: Indicator, project: Project, ruleset: RuleSet, as_of: int, year: int, follow: Follow
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
    if indicator.formula == "deadline":
        want, got = plan, actual = _deadline(indicator, as_of)
        clear_plan = clear_actual = True
    state = _state(indicator, year, clear_plan and clear_actual, want, got)
    percent = Fraction(0) if state == "not_reported" else None
    if state == "scored":
        percent = _percent(indicator, want, got, ruleset, _upper(indicator, as_of, follow))
        if percent is None:
            state = "no_plan"
        elif indicator.formula != "deadline":
            percent = _of_what_was_reported(indicator, percent, ruleset, as_of, follow)
    override = _last_word(indicator.overrides, as_of)
    if override is not None and override.percent is not None:
        return NaiveIndicator(state, Fraction(override.percent), plan, actual, clear_plan and clear_actual)
    if percent is not None and ruleset.cap is not None:
        percent = min(percent, Fraction(ruleset.cap))
    return NaiveIndicator(state, percent, plan, actual, clear_plan and clear_actual)


def _last_word(overrides: tuple[Override, ...], as_of: int) -> Override | None:
    """Of several settlements the latest day, then the last in order (WE6)."""
    chosen = None
    for one in overrides:
        if one.period == as_of:
            day, before = one.decided_on or date.min, chosen and (chosen.decided_on or date.min)
            if before is None or day >= before:
                chosen = one
    return chosen


def _has(indicator: Indicator, entry: Entry, side: str) -> bool:
    """Say whether a number stands in the entry: a share's parts are one too."""
    top, bottom = (
        (entry.planned_numerator, entry.planned_denominator)
        if side == "planned"
        else (entry.numerator, entry.denominator)
    )
    if isinstance(getattr(entry, side), Decimal):
        return True
    return indicator.aggregation == "ratio" and isinstance(top, Decimal) and isinstance(bottom, Decimal)


def _of_what_was_reported(
    indicator: Indicator, percent: Fraction, ruleset: RuleSet, as_of: int, follow: Follow
) -> Fraction:
    """Follow AC8: what to do with figures that were due and are not there."""
    if indicator.formula == "sites" or has_steps(indicator):
        return percent
    owed = _kept(indicator, "planned", as_of)
    numbers = [e for e in indicator.entries if e.period <= as_of and _has(indicator, e, "actual")]

    def heard(unit: str, month: int) -> bool:
        for e in numbers:
            if not e.period - e.span < month <= e.period:
                continue
            if unit in ("", e.unit) or e.unit == "" or follow.get(unit, {}).get(e.unit, 99) <= month:
                return True
        return False

    lacking = [e for e in owed if not heard(e.unit, e.period)]
    if not lacking:
        return percent
    units = {e.unit for e in owed}
    mute = {u for u in units if not any(heard(u, month) for month in range(1, as_of + 1))}
    below = any(isinstance(e.planned, Decimal) and e.planned < 0 for e in owed)
    above = any(isinstance(e.planned, Decimal) and e.planned > 0 for e in owed)
    if indicator.aggregation == "sum" and indicator.entry_basis == "month":
        if indicator.direction == "lower" or indicator.formula in ("baseline", "range") or below:
            out, part, whole = lacking, len(owed) - len(lacking), len(owed)
        elif (indicator.consolidation or "sum") != "sum" and len(units) > 1:
            zero = _changed(indicator, lacking, lambda e: replace(e, actual=Decimal(0)))
            return _again(zero, ruleset, as_of, follow)[1] or Fraction(0)
        else:
            return percent
    elif ruleset.silent_units == "counted" and mute:
        out, part, whole = [e for e in owed if e.unit in mute], len(units) - len(mute), len(units)
    else:
        return percent
    none = Mark.BLANK
    filled = _changed(
        indicator,
        out,
        lambda e: replace(e, actual=e.planned, numerator=e.planned_numerator, denominator=e.planned_denominator),
    )
    stays = [e for e in owed if not any(e is w for w in out)]
    less = _changed(
        indicator,
        [e for e in indicator.entries if not any(e is w for w in stays)],
        lambda e: replace(e, planned=none, planned_numerator=none, planned_denominator=none, planned_upper=none),
    )
    made = _again(filled, ruleset, as_of, follow)[1]
    if indicator.formula != "baseline" and not (below and above):
        plan, over_reported = _again(less, ruleset, as_of, follow)
        if over_reported is None and plan is None:
            made = None
        elif over_reported is not None and (
            out is lacking or made is None or min(made, 100) >= min(over_reported, 100)
        ):
            made = over_reported
    if made is None:
        return Fraction(0)
    made = min(made, Fraction(100))
    return made * part / whole if made > 0 else made


def _changed(indicator: Indicator, which: list[Entry], how: Callable[[Entry], Entry]) -> Indicator:
    return replace(indicator, entries=tuple(how(e) if any(e is w for w in which) else e for e in indicator.entries))


def _again(
    indicator: Indicator, ruleset: RuleSet, as_of: int, follow: Follow
) -> tuple[Fraction | None, Fraction | None]:
    want, _ = _total(indicator, "planned", as_of, follow)
    got, _ = _total(indicator, "actual", as_of, follow)
    if indicator.formula == "levels":
        want, got = _levels(indicator, want, got, as_of)
    if want is None or got is None:
        return want, None
    return want, _percent(indicator, want, got, ruleset, _upper(indicator, as_of, follow))


def _upper(indicator: Indicator, as_of: int, follow: Follow) -> Fraction | None:
    """Return the upper end of the planned range; where one figure is planned it is both ends (AC13)."""
    if indicator.formula != "range":
        return None
    ends = [
        replace(e, planned=e.planned_upper if isinstance(e.planned_upper, Decimal) else e.planned)
        for e in indicator.entries
    ]
    return _total(replace(indicator, entries=tuple(ends)), "planned", as_of, follow)[0]


def due_month(level: Level) -> int | None:
    """Return the month of the calendar year 2568 in which a level is due, below 1 before it; its day decides (AC11)."""
    if level.due_on is None:
        return level.due_period
    return (level.due_on.year - 2025) * 12 + level.due_on.month


def has_steps(indicator: Indicator) -> bool:
    return any(due_month(level) is not None for level in indicator.levels)


def _deadline(indicator: Indicator, as_of: int) -> tuple[Fraction | None, Fraction | None]:
    """Whether the last level is due, and whether it was reached (AC11)."""
    level = _last_due(indicator)
    month = 99 if level is None else due_month(level)
    if level is None or month is None or month > 12 or max(month, 1) > as_of:
        return None, None
    at = level.reached_period
    return Fraction(1), Fraction(1) if at is not None and at <= as_of else None


def _last_due(indicator: Indicator) -> Level | None:
    due = [level for level in indicator.levels if due_month(level) is not None]
    return max(due, key=lambda level: level.number) if due else None


def _state(indicator: Indicator, year: int, clear: bool, want: Fraction | None, got: Fraction | None) -> str:
    for target in indicator.targets:
        if target.year_be == year:
            if target.value is Mark.NOTHING:
                return "not_applicable"
            break
    if not clear:
        return "no_data"
    due = want is not None and want != 0
    is_lower = indicator.formula == "ratio" and indicator.direction == "lower"
    if indicator.formula in ("baseline", "range") or is_lower:
        due = want is not None
    if due:
        return "scored" if got is not None else "not_reported"
    if got is not None and got != 0:
        return "no_plan"
    if indicator.formula == "sites" or has_steps(indicator):
        return "not_due"
    for entry in indicator.entries:
        if any(isinstance(x, Decimal) for x in (entry.planned, entry.actual, entry.numerator)):
            return "not_due"
    return "no_data"


def _percent(
    indicator: Indicator, want: Fraction, got: Fraction, ruleset: RuleSet, upper: Fraction | None = None
) -> Fraction | None:
    if indicator.formula == "levels":
        return got / want * 100 if want else None
    if indicator.formula == "range":
        return _in_range(want, want if upper is None else upper, got)
    if indicator.formula == "deadline":
        return _on_time(indicator, ruleset)
    return _of_two(indicator, want, got, ruleset)


def _in_range(one: Fraction, other: Fraction, got: Fraction) -> Fraction:
    low, high = sorted((one, other))
    bound = low if got < low else high
    if low <= got <= high or bound == 0:
        return Fraction(100 if low <= got <= high else 0)
    return max(Fraction(0), 100 - abs(got - bound) / abs(bound) * 100)


def _of_two(indicator: Indicator, want: Fraction, got: Fraction, ruleset: RuleSet) -> Fraction | None:
    lower = indicator.direction == "lower" and indicator.formula != "sites"
    if indicator.formula == "baseline":
        if indicator.baseline is None:
            return None
        base = Fraction(indicator.baseline)
        if base != want:
            return (base - got) / (base - want) * 100
        if want != 0 or not lower:
            return None
    if want < 0:
        apart = (got - want) / -want * 100
        return max(Fraction(0), 100 - apart if lower else 100 + apart)
    if lower and want == 0:
        return Fraction(0 if got > 0 else 100)
    if lower:
        most = Fraction(ruleset.lower_ceiling)
        return most if got <= 0 else min(most, want / got * 100)
    return got / want * 100 if want != 0 else None


def _on_time(indicator: Indicator, ruleset: RuleSet) -> Fraction:
    level = _last_due(indicator)
    assert level is not None
    assert level.reached_period is not None
    month, due, came = due_month(level) or 0, level.due_on, level.reached_on
    late = max(0, level.reached_period - month)
    if due is not None and came is not None:
        late = 0 if came <= due else max(1, (came.year - due.year) * 12 + came.month - due.month)
    return max(Fraction(0), 100 - late * Fraction(ruleset.late_month))


def _levels(
    indicator: Indicator, plan: Fraction | None, actual: Fraction | None, as_of: int
) -> tuple[Fraction | None, Fraction | None]:
    if has_steps(indicator):
        months = {level.number: due_month(level) for level in indicator.levels}
        due = [n for n, month in months.items() if month is not None and month <= 12 and max(month, 1) <= as_of]
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
    if indicator.quantity == "value" and plan is not None:
        plan = _on_steps(indicator, plan, steps)
    levels_reported = indicator.quantity == "level" or (not steps and indicator.quantity is None)
    if levels_reported or actual is None:
        return plan, actual
    return plan, _on_steps(indicator, actual, steps)


def _on_steps(indicator: Indicator, actual: Fraction, steps: list[tuple[int, Fraction]]) -> Fraction | None:
    """Return the level of a measured value (AC5, AC12)."""
    if not steps:
        return None
    lower = indicator.direction == "lower"
    reached = None
    for k, (_, limit) in enumerate(steps):
        if (actual <= limit) if lower else (actual >= limit):
            reached = k
    if reached is None:
        return Fraction(0)
    number, limit = steps[reached]
    if reached == len(steps) - 1 or not indicator.interpolated:
        return Fraction(number)
    following, beyond = steps[reached + 1]
    return number + (actual - limit) / (beyond - limit) * (following - number)


def _kept(indicator: Indicator, side: str, as_of: int) -> list[Entry]:
    """Return the entries of one side that count: what a wider figure covers falls out (SP1)."""
    seen = [e for e in indicator.entries if e.period <= as_of and _has(indicator, e, side)]
    whole = set()
    kept = []
    for e in seen:
        months = set(range(e.period - e.span + 1, e.period + 1))
        wider = [w for w in seen if w.unit == e.unit and w.span > e.span and w.period - w.span < e.period <= w.period]
        if not wider:
            kept.append((e, months))
            whole |= months if e.unit == "" else set()
    return [e for e, months in kept if e.unit == "" or not months <= whole]


def _total(indicator: Indicator, side: str, as_of: int, follow: Follow) -> tuple[Fraction | None, bool]:
    """Return the total and whether it could be formed at all (False: consolidation not declared)."""
    entries = sorted(_kept(indicator, side, as_of), key=lambda e: e.period)
    if not entries:
        return None, True
    if indicator.aggregation == "latest" or indicator.entry_basis == "to_date":
        end = entries[-1].period
        groups = [[e for e in entries if e.unit == "" and e.period == end]]
        if not groups[0]:
            last = {e.unit: e for e in entries if e.unit}
            groups = [
                [
                    e
                    for e in last.values()
                    if not any(
                        n.period > e.period and n.period >= follow.get(e.unit, {}).get(n.unit, 99) for n in entries
                    )
                ]
            ]
        if len({e.unit for e in entries}) == 1:
            groups = [entries[-1:]]
    else:
        groups = [[e for e in entries if e.period == month] for month in sorted({e.period for e in entries})]
    how = indicator.consolidation or {"latest": None}.get(indicator.aggregation, indicator.aggregation)
    if how is None and any(len(group) > 1 for group in groups):
        return None, False
    months = [_over(indicator, side, how, group) for group in groups]
    scale = Fraction(100 if indicator.scale is None else indicator.scale)
    if len(months) == 1:
        return months[0][0], True
    if indicator.aggregation == "ratio":
        return _put_together(months, scale)[0], True
    values = [value for value, _, _ in months if value is not None]
    if indicator.aggregation == "sum":
        return sum(values, Fraction(0)), True
    if indicator.aggregation == "average":
        return sum(values, Fraction(0)) / len(values), True
    return (max(values) if indicator.aggregation == "max" else min(values)), True


Triple = tuple[Fraction | None, Fraction | None, Fraction | None]


def _put_together(shares: list[Triple], scale: Fraction) -> Triple:
    """Σ numerators ÷ Σ denominators × scale where all have them, else the mean (TO6, RU3, AC14)."""
    if all(bottom is not None for _, _, bottom in shares):
        top = sum((t for _, t, _ in shares if t is not None), Fraction(0))
        bottom = sum((b for _, _, b in shares if b is not None), Fraction(0))
        return (top * scale / bottom if bottom else None), top, bottom
    values = [v for v, _, _ in shares if v is not None]
    return (sum(values, Fraction(0)) / len(values) if values else None), None, None


def _over(indicator: Indicator, side: str, how: str | None, group: list[Entry]) -> Triple:
    """Put the units of one month together (RU3, RU4)."""
    triples: list[Triple] = []
    scale = Fraction(100 if indicator.scale is None else indicator.scale)
    for e in group:
        number = getattr(e, side)
        top, bottom = (
            (e.planned_numerator, e.planned_denominator) if side == "planned" else (e.numerator, e.denominator)
        )
        value = Fraction(number) if isinstance(number, Decimal) else None
        if indicator.aggregation == "ratio" and isinstance(top, Decimal) and isinstance(bottom, Decimal):
            value = Fraction(top) * scale / Fraction(bottom) if bottom else None
            triples.append((value, Fraction(top), Fraction(bottom)))
        else:
            triples.append((value, None, None))
    if indicator.aggregation == "ratio" and (len(triples) == 1 or how == "ratio"):
        return _put_together(triples, scale)
    values = [v for v, _, _ in triples if v is not None]
    if not values:
        return None, None, None
    if how == "sum":
        return sum(values, Fraction(0)), None, None
    if how in ("average", "ratio"):
        return sum(values, Fraction(0)) / len(values), None, None
    if how == "min":
        return min(values), None, None
    return max(values), None, None
