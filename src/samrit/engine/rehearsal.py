"""A plan as if everything came out as planned: what a draft is scored on before anything was reported."""

from __future__ import annotations

from dataclasses import replace

from samrit.engine.model import Entry, Indicator, Level, Plan, Project


def as_planned(plan: Plan) -> Plan:
    """Return the plan with every month's result equal to what is planned and every step reached in its due month.

    A work that is short of its target even so can't reach it in life either.  Sites are left as they are:
    what is planned of them is words.
    """
    return replace(plan, projects=tuple(map(_project, plan.projects)))


def _project(project: Project) -> Project:
    return replace(project, claim=None, overrides=(), indicators=tuple(map(_indicator, project.indicators)))


def _indicator(indicator: Indicator) -> Indicator:
    return replace(
        indicator,
        claim=None,
        overrides=(),
        entries=tuple(map(_entry, indicator.entries)),
        levels=tuple(map(_level, indicator.levels)),
    )


def _entry(entry: Entry) -> Entry:
    return replace(
        entry, actual=entry.planned, numerator=entry.planned_numerator, denominator=entry.planned_denominator
    )


def _level(level: Level) -> Level:
    return replace(level, reached_on=None, reached_period=level.due_period)
