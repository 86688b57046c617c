"""What a plan says of time: the months of levels with a day (AC5, AC11), and how often each indicator reports (SP2)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samrit.engine.choices import BY_RECORDS
from samrit.engine.indicators.breakdown import added_up
from samrit.engine.indicators.from_records import is_recorded, with_records
from samrit.engine.indicators.rhythm import timed
from samrit.engine.model import Indicator, Level, Plan, Project, Rhythm
from samrit.vocabulary.periods import CALENDARS, period_in, plan_year_of


def dated_plan(plan: Plan) -> Plan:
    """Return ``plan`` with the months of all its levels and every rhythm; the same object where nothing changes."""
    projects = tuple(dated(p, plan.year_be, plan.calendar, rhythm=plan.rhythm) for p in plan.projects)
    return (
        plan if all(a is b for a, b in zip(projects, plan.projects, strict=True)) else replace(plan, projects=projects)
    )


def dated(project: Project, year_be: int, calendar: str, *, rhythm: Rhythm | None = None) -> Project:
    """Return ``project`` with the month in which each level counts, and ``rhythm``, the plan's, where it has none.

    A day before the plan's year counts from its first month, one after it not in this year.  What
    its categories make is an indicator's figure where it has none (BD1), and what the year's records make where its
    formula says so (R78, R264).  The same object where nothing changes.
    """
    if is_recorded(project):
        recorded = (with_records(i, project, year_be, calendar) for i in project.indicators)
        project = replace(project, indicators=tuple(recorded))
    is_timed = rhythm is not None or any(i.rhythm or i.parts for i in project.indicators)
    timed_ = [timed(added_up(i), rhythm) for i in project.indicators] if is_timed else project.indicators
    if calendar in CALENDARS and any(v.due_on or v.reached_on for i in project.indicators for v in i.levels):
        timed_ = [_indicator(i, year_be, calendar) for i in timed_]
    elif not is_timed:
        return project
    made = tuple(timed_)
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


def last_reported(plan: Plan) -> int:
    """Return the latest period with a result, a level reached or a site committed; 0 when nothing was reported yet."""
    last = 0
    for project in dated_plan(plan).projects:
        last = max(last, project.recorded.last if is_recorded(project) else 0)
        for indicator in project.indicators:
            for entry in indicator.entries if indicator.formula not in BY_RECORDS else ():
                if entry.period > last and (isinstance(entry.actual, Decimal) or isinstance(entry.numerator, Decimal)):
                    last = entry.period
            last = max([last, *(level.reached_period or 0 for level in indicator.levels)])
        last = max([last, *(site.committed_period or 0 for site in project.sites)])
    return last
