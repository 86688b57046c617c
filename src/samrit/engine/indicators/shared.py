"""One figure, many uses: an indicator that takes its results from another one (R9, R171).

Its plan, targets, levels, weight and settled results stay its own, so each plan evaluates the same
figure by its own measure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from samrit.engine.indicators.breakdown import added_up
from samrit.engine.model import Entry, Indicator, Level, Mark, Plan, Project, Source
from samrit.vocabulary.periods import CALENDARS, period_dates, period_in, plan_year_of


class Origin(NamedTuple):
    """An indicator with the plan, year and calendar in which its figures were reported."""

    plan: str
    indicator: Indicator
    year_be: int
    calendar: str


OriginOf = Callable[[str, str], Origin | None]
"""Returns the indicator of a plan, by their ids; None where there is none."""


def origin_named(figures_of: str, plan: str) -> tuple[str, str]:
    """Return the plan and the indicator that a cell names: "sso-2568:S2-38.1", or an indicator of ``plan``."""
    before, colon, after = figures_of.partition(":")
    return (before.strip(), after.strip()) if colon else (plan, figures_of.strip())


def shared_plan(plan: Plan, origin_of: OriginOf | None = None) -> Plan:
    """Return ``plan`` with figures taken over where an origin is found; the same object where none changes (R171).

    Without ``origin_of`` the indicators of the plan itself are the origins.
    """
    if not any(i.figures_of for p in plan.projects for i in p.indicators):
        return plan
    found = origin_of or own_origins(plan)
    projects = tuple(shared_project(p, plan, found) for p in plan.projects)
    same = all(a is b for a, b in zip(projects, plan.projects, strict=True))
    return plan if same else replace(plan, projects=projects)


def own_origins(plan: Plan) -> OriginOf:
    """Return the origins within a plan."""
    own = {i.id: i for p in plan.projects for i in p.indicators}

    def found(code: str, indicator: str) -> Origin | None:
        known = own.get(indicator) if code == plan.id else None
        return Origin(plan.id, known, plan.year_be, plan.calendar) if known else None

    return found


def shared_project(project: Project, plan: Plan, origin_of: OriginOf) -> Project:
    """Return ``project`` with the figures that its indicators take over; the same object where none changes."""
    made = tuple(_shared(i, plan, origin_of) for i in project.indicators)
    same = all(a is b for a, b in zip(made, project.indicators, strict=True))
    return project if same else replace(project, indicators=made)


def _shared(indicator: Indicator, plan: Plan, origin_of: OriginOf) -> Indicator:
    if not indicator.figures_of:
        return indicator
    origin = origin_of(*origin_named(indicator.figures_of, plan.id))
    # What itself takes its figures from elsewhere is no origin: a chain would hide who reports, a circle has no end.
    if origin is None or origin.indicator.figures_of or not {plan.calendar, origin.calendar} <= CALENDARS.keys():
        return indicator
    made = with_figures_of(indicator, origin, plan.year_be, plan.calendar)
    return indicator if made == indicator else made


def with_figures_of(indicator: Indicator, origin: Origin, year_be: int, calendar: str) -> Indicator:
    """Return ``indicator`` with the results of ``origin`` in the months of its own year; what it had is not kept.

    What the categories of ``origin`` make is its result where it has none of its own (BD1).
    """
    entries = {(e.unit, e.period, e.span): _without_result(e) for e in indicator.entries}
    for entry in added_up(origin.indicator).entries:
        if entry.actual is Mark.BLANK and isinstance(entry.numerator, Mark):
            continue
        period = period_here(entry.period, (origin.year_be, origin.calendar), (year_be, calendar))
        if period is None or period < entry.span:
            continue
        key = (entry.unit, period, entry.span)
        base = entries.get(key) or Entry(period, entry.unit, span=entry.span, source=_source(origin))
        entries[key] = replace(
            base,
            actual=entry.actual,
            numerator=entry.numerator,
            denominator=entry.denominator,
            note=entry.note or base.note,
        )
    levels = {level.number: level for level in origin.indicator.levels}
    return replace(
        indicator,
        entries=tuple(entries[key] for key in sorted(entries)),
        levels=tuple(_level(level, levels.get(level.number), year_be, calendar) for level in indicator.levels),
    )


def _without_result(entry: Entry) -> Entry:
    return replace(entry, actual=Mark.BLANK, numerator=Mark.BLANK, denominator=Mark.BLANK)


def _source(origin: Origin) -> Source:
    return Source(f"{origin.plan}:{origin.indicator.id}")


def period_here(period: int, there: tuple[int, str], here: tuple[int, str]) -> int | None:
    """Return the period of one plan (year, calendar) that is a period of another; None outside its year."""
    year, found = plan_year_of(period_dates(*there, period)[0], here[1])
    return found if year == here[0] else None


def _level(level: Level, reached: Level | None, year_be: int, calendar: str) -> Level:
    if reached is None:
        return level
    within = period_in(reached.reached_on, year_be, calendar) if reached.reached_on else None
    return replace(level, reached_on=reached.reached_on, reached_period=within, evidence=reached.evidence)
