"""The months of levels that have a day: the month follows from the day and the plan's year (AC5, AC11)."""

from __future__ import annotations

from dataclasses import replace

from samrit.engine.model import Indicator, Level, Plan, Project
from samrit.vocabulary.periods import CALENDARS, period_in, plan_year_of


def dated_plan(plan: Plan) -> Plan:
    """Return ``plan`` with the months of all its levels; the same object where each has the month of its day."""
    projects = tuple(dated(p, plan.year_be, plan.calendar) for p in plan.projects)
    return (
        plan if all(a is b for a, b in zip(projects, plan.projects, strict=True)) else replace(plan, projects=projects)
    )


def dated(project: Project, year_be: int, calendar: str) -> Project:
    """Return ``project`` with the month in which each level counts; the same object where none changes.

    A day before the plan's year counts from its first month, one after it not in this year.
    """
    if calendar not in CALENDARS or not any(v.due_on or v.reached_on for i in project.indicators for v in i.levels):
        return project
    made = tuple(_indicator(i, year_be, calendar) for i in project.indicators)
    is_same = all(a is b for a, b in zip(made, project.indicators, strict=True))
    return project if is_same else replace(project, indicators=made)


def _indicator(indicator: Indicator, year_be: int, calendar: str) -> Indicator:
    levels = tuple(_with_months(level, year_be, calendar) for level in indicator.levels)
    return indicator if levels == indicator.levels else replace(indicator, levels=levels)


def _with_months(level: Level, year_be: int, calendar: str) -> Level:
    """Return the level in the months of its days; a due day decides over a due month that is another one."""
    reached, due, told, before = level.reached_period, level.due_period, level.due_told, 0
    if level.reached_on is not None and reached is None:
        reached = period_in(level.reached_on, year_be, calendar)
    if level.due_on is not None:
        due = period_in(level.due_on, year_be, calendar)
        year, period = plan_year_of(level.due_on, calendar)
        before = max(12 * (year_be - year) + 1 - period, 0)
        told = told if level.due_period in (None, due) else level.due_period
    return replace(level, reached_period=reached, due_period=due, due_told=told, due_before=before)
