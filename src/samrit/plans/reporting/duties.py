"""Who reports which indicator, and when: groups fan out to their members, the lead reports for the rest (R139, R140).

The rule, in order:

1. where the plan gives monthly plans unit by unit, those units report;
2. where a group is responsible, each member reports its own figure, put together by RU3;
   an indicator whose units cannot be put together is reported as a whole by the plan's owner;
3. otherwise the first responsible unit, the lead, reports the figure of the whole;
4. nobody reports an indicator that takes its figures from another one: they were asked for there (R171).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from samrit.engine.indicators.breakdown import added_up, alike
from samrit.engine.indicators.coverage import is_due
from samrit.engine.indicators.levels import is_by_steps
from samrit.engine.indicators.rhythm import due_month, months_with
from samrit.engine.indicators.totals import consolidation_of
from samrit.engine.model import Entry, Formula, Indicator, Mark, Project, Rhythm
from samrit.plans import models
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import holding_in, taken_over, version_in_force, versions_of
from samrit.plans.reporting.register import Register, register
from samrit.vocabulary.periods import period_dates

PERIODS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Duty:
    """One unit reports one indicator.

    ``figure_unit`` is the unit under which its figures are kept: its own code, or ""
    where it reports the figure of the whole.
    """

    unit: str
    project: Project
    indicator: Indicator
    figure_unit: str
    due_periods: frozenset[int] = frozenset()
    rhythm: Rhythm | None = None  # how often it is reported (SP2)

    @property
    def reported(self) -> Indicator:
        """The indicator with the rhythm that it is reported in."""
        return self.indicator if self.indicator.rhythm is self.rhythm else replace(self.indicator, rhythm=self.rhythm)

    def is_due(self, period: int) -> bool:
        """Say whether ``period`` ends a time for which something is planned, or a level due (SP2)."""
        return period in self.due_periods


@dataclass(frozen=True, slots=True)
class Duties:
    """All duties of a plan, by unit and by indicator."""

    by_unit: Mapping[str, tuple[Duty, ...]]
    by_indicator: Mapping[str, tuple[Duty, ...]]
    due: Mapping[str, Counter[int]]  # how many indicators each unit has due, by period
    came: Mapping[str, Counter[int]]  # how many of these have their result in the plan's version

    def of(self, indicator: str, unit: str) -> Duty | None:
        """Return the duty of ``unit`` to report ``indicator``; "" stands for whoever reports the whole."""
        for duty in self.by_indicator.get(indicator, ()):
            if duty.unit == unit or (not unit and not duty.figure_unit):
                return duty
        return None

    def owes(self, unit: str, period: int) -> bool:
        """Say whether ``unit`` has anything due in ``period``."""
        return self.count(unit, period) > 0

    def count(self, unit: str, period: int) -> int:
        """Return how many indicators ``unit`` has due in ``period``."""
        return self.due[unit][period] if unit in self.due else 0

    def came_with(self, unit: str, period: int) -> int:
        """Return of how many indicators that ``unit`` has due in ``period`` the result came with the plan."""
        return self.came[unit][period] if unit in self.came else 0


def units_reporting(plan: models.Plan, period: int = 12, *, known: Register | None = None) -> Duties:
    """Return who reports what in ``period`` of ``plan``, by the version that holds then."""
    return _duties_of(plan, version_in_force(plan, period), period, known or register())


def units_reporting_by_period(plan: models.Plan, *, known: Register | None = None) -> Mapping[int, Duties]:
    """Return who reports what in each of the twelve periods."""
    versions, units = versions_of(plan), known or register()
    holding = ((period, holding_in(versions, period)) for period in PERIODS)
    return {period: _duties_of(plan, version, period, units) for period, version in holding if version is not None}


def _duties_of(plan: models.Plan, version: models.PlanVersion, period: int, units: Register) -> Duties:
    """Return the duties by one version: the same for the same units, also while a transaction writes."""
    owner = plan.owner.code if plan.owner is not None else ""
    on = period_dates(plan.year_be, plan.calendar, max(period, 1))[1]
    units = units.on(on)
    shared = frozenset(taken_over(version))
    key = ("duties", version.pk, version.sha256, owner, units.mark, on if units.has_dates else None, shared)

    def made() -> Duties:
        held = package_of(version).plan
        return _duties(held.projects, owner, units, on, rhythm=held.rhythm, shared=shared)

    return memory.always(key, made)


def _duties(
    projects: Iterable[Project],
    owner: str,
    units: Register,
    on: date,
    *,
    rhythm: Rhythm | None = None,
    shared: frozenset[str] = frozenset(),
) -> Duties:
    by_unit: dict[str, list[Duty]] = defaultdict(list)
    by_indicator: dict[str, tuple[Duty, ...]] = {}
    for project in projects:
        fans_out, leads = _responsible(project, units, on)
        for indicator in project.indicators:
            if indicator.id in shared:
                by_indicator[indicator.id] = ()
                continue
            due = _due_periods(indicator, indicator.rhythm or rhythm)
            # Who is planned for alone and in a group, or in two, owes one figure.
            reporters: dict[tuple[str, str], frozenset[int]] = {}
            for unit, figure_unit, planned_for in _reporters(indicator, fans_out, leads, owner, units, on):
                known = reporters.get((unit, figure_unit), frozenset())
                reporters[unit, figure_unit] = known | (due.get(planned_for) or due.get("", frozenset()))
            # A category of a breakdown is reported by whom its indicator is, and is due with it (BD1).
            for measure in (indicator, *(alike(part, indicator) for part in indicator.parts)):
                by_indicator[measure.id] = duties = tuple(
                    Duty(unit, project, measure, figure_unit, periods, indicator.rhythm or rhythm)
                    for (unit, figure_unit), periods in reporters.items()
                )
                for duty in duties:
                    by_unit[duty.unit].append(duty)
    counts = {unit: Counter(p for duty in own for p in duty.due_periods) for unit, own in by_unit.items()}
    came = {unit: Counter(p for duty in own for p in duty.due_periods & _known(duty)) for unit, own in by_unit.items()}
    return Duties({unit: tuple(own) for unit, own in by_unit.items()}, by_indicator, counts, came)


def _known(duty: Duty) -> frozenset[int]:
    """Return the due periods of which the plan's version holds the duty's result."""
    return frozenset(answered(duty.indicator, duty.figure_unit, duty.due_periods, duty.rhythm))


def answered(indicator: Indicator, unit: str, periods: Iterable[int], rhythm: Rhythm | None = None) -> Iterator[int]:
    """Yield those of ``periods`` for which something is said: a figure, a dash, parts, a settled result, or its levels.

    A figure of several months answers for each of them.
    """
    own = [e for e in added_up(indicator).entries if e.unit == unit and is_said(e)]
    settled = {o.period for o in indicator.overrides}
    for period in periods:
        due = [level for level in indicator.levels if level.due_period in months_with(rhythm, period)]
        if (
            period in settled
            or (due and all(level.reached_on or level.reached_period for level in due))
            or any(e.period - e.span < period <= e.period for e in own)
        ):
            yield period


def is_said(entry: Entry) -> bool:
    """Say whether something was answered: a figure, a dash, or the parts of a share."""
    return entry.actual is not Mark.BLANK or not isinstance(entry.numerator, Mark)


def _due_periods(indicator: Indicator, rhythm: Rhythm | None) -> Mapping[str, frozenset[int]]:
    """Return the periods that end a time in which something is planned, by unit; levels are due for everybody."""
    levels = {due_month(rhythm, v.due_period) for v in indicator.levels if v.due_period}
    levels = levels if is_by_steps(indicator) else set()
    found: dict[str, set[int]] = defaultdict(set)
    found[""] |= levels
    for entry in indicator.entries:
        if is_due(indicator, entry):
            found[entry.unit].add(due_month(rhythm, entry.period))
    return {unit: frozenset(periods | levels) for unit, periods in found.items()}


def _responsible(project: Project, units: Register, on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the members of the groups among the responsible units, and the responsible units that are no groups."""
    members: dict[str, None] = {}
    single: dict[str, None] = {}
    has_group = False
    for code in project.responsible_units:
        unit = units.resolve(code)
        if unit is None:
            continue
        is_group = unit.is_group or unit.type == "office"
        has_group = has_group or is_group
        (members if is_group else single).update(dict.fromkeys(units.reporting(code, on)))
    if not has_group:
        return (), tuple(single)
    # A lead that is a unit answers for the whole; the groups after it only take part.
    first = units.resolve(project.responsible_units[0])
    if first is not None and not (first.is_group or first.type == "office"):
        return (), tuple(single)
    return tuple(sorted({**members, **single})), tuple(single)


def _reporters(
    indicator: Indicator, fans_out: tuple[str, ...], leads: tuple[str, ...], owner: str, units: Register, on: date
) -> Iterable[tuple[str, str, str]]:
    """Yield each reporting unit, the unit its figures are under, and the one that their plan is under."""
    planned = sorted({e.unit for e in indicator.entries if e.unit and is_due(indicator, e)})
    if planned:
        for code in planned:
            resolved = units.resolve(code)
            # A plan for a group as a whole is reported by each of its members.
            if resolved is not None and not resolved.is_group:
                yield resolved.code, code, code
            else:
                yield from ((unit, unit, code) for unit in units.reporting(code, on))
        return
    has_whole = any(not e.unit and isinstance(e.actual, Decimal) for e in indicator.entries)
    figures = indicator.formula not in (Formula.LEVELS, Formula.DEADLINE)
    separable = figures and consolidation_of(indicator) is not None and not has_whole
    if fans_out and separable:
        yield from ((unit, unit, unit) for unit in fans_out)
    elif leads and not fans_out:
        yield leads[0], "", ""
    elif owner:
        yield owner, "", ""
