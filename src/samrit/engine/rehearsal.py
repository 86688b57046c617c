"""A plan as if everything came out as planned: what a draft is scored on before anything was reported."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samrit.engine.indicators.levels import in_force, points, threshold_scale
from samrit.engine.model import Entry, Figure, Formula, Indicator, Level, Plan, Project

_LAST = 12  # the period up to which a draft is scored


def as_planned(plan: Plan) -> Plan:
    """Return the plan with every month's result equal to what is planned and every step reached in its due month.

    A work that is short of its target even so can't reach it in life either.  Sites are left as they are:
    what is planned of them is words.
    """
    return replace(plan, projects=tuple(map(project_as_planned, plan.projects)))


def project_as_planned(project: Project) -> Project:
    """Return one work as if everything came out as planned."""
    return replace(project, claim=None, overrides=(), indicators=tuple(map(_indicator, project.indicators)))


def _indicator(indicator: Indicator) -> Indicator:
    return replace(
        indicator,
        claim=None,
        overrides=(),
        entries=tuple(_entry(entry, indicator) for entry in indicator.entries),
        levels=tuple(map(_level, indicator.levels)),
    )


def _entry(entry: Entry, indicator: Indicator) -> Entry:
    actual = _measured(entry.planned, indicator)
    return replace(entry, actual=actual, numerator=entry.planned_numerator, denominator=entry.planned_denominator)


def _measured(planned: Figure, indicator: Indicator) -> Figure:
    """Return the result that is what was planned: of a planned level the value that reaches it (AC12, AC5)."""
    looked_up = indicator.formula is Formula.LEVELS and indicator.quantity is None
    scale = threshold_scale(in_force(indicator, _LAST)) if looked_up else None
    if scale is None or not isinstance(planned, Decimal) or planned < scale.points[0]:
        return planned
    turned = replace(scale, thresholds=scale.points, points=scale.thresholds)
    return points(planned, turned)


def _level(level: Level) -> Level:
    return replace(level, reached_on=level.due_on, reached_period=None if level.due_on else level.due_period)
