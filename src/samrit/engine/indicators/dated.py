"""Levels that have a day but no month: the month follows from the day and the plan's year (AC5, AC11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from samrit.engine.model import Level, Plan, Project
from samrit.vocabulary.periods import CALENDARS, plan_year_of


def dated_plan(plan: Plan) -> Plan:
    """Return ``plan`` with the months of all its levels; the same object where none is missing."""
    projects = tuple(dated(p, plan.year_be, plan.calendar) for p in plan.projects)
    return (
        plan if all(a is b for a, b in zip(projects, plan.projects, strict=True)) else replace(plan, projects=projects)
    )


def dated(project: Project, year_be: int, calendar: str) -> Project:
    """Return ``project`` with the month in which each level counts; the same object where none is missing.

    A day before the plan's year counts from its first month, one after it not in this year.
    """
    if calendar not in CALENDARS or not any(map(_lacks_month, (v for i in project.indicators for v in i.levels))):
        return project
    indicators = tuple(
        replace(i, levels=tuple(_with_months(v, year_be, calendar) for v in i.levels)) if i.levels else i
        for i in project.indicators
    )
    return replace(project, indicators=indicators)


def _lacks_month(level: Level) -> bool:
    reached = level.reached_on is not None and level.reached_period is None
    return reached or (level.due_on is not None and level.due_period is None)


def _with_months(level: Level, year_be: int, calendar: str) -> Level:
    reached, due = level.reached_period, level.due_period
    if level.reached_on is not None and reached is None:
        reached = _period(level.reached_on, year_be, calendar)
    if level.due_on is not None and due is None:
        due = _period(level.due_on, year_be, calendar)
    return replace(level, reached_period=reached, due_period=due)


def _period(day: date, year_be: int, calendar: str) -> int | None:
    year, period = plan_year_of(day, calendar)
    return period if year == year_be else 1 if year < year_be else None
