"""One report or one figure through the services for many: what was refused is raised, as a test wants to see it."""

from __future__ import annotations

from typing import Any

from samrit.plans.models import Figure, MonthlyReport, Plan, Unit
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.reports import BulkOutcome, reports_accept, reports_confirm
from samrit.plans.services.writing import Actor


def report_confirm(actor: Actor, *, plan: Plan, unit: Unit, period: int, shown: str | None = None) -> MonthlyReport:
    """Confirm one report."""
    seen = None if shown is None else {unit.code: shown}
    return _only(reports_confirm(actor, plan=plan, period=period, units=[unit], shown=seen))


def report_accept(actor: Actor, *, plan: Plan, unit: Unit, period: int, shown: str | None = None) -> MonthlyReport:
    """Accept one report."""
    seen = None if shown is None else {unit.code: shown}
    return _only(reports_accept(actor, plan=plan, period=period, units=[unit], shown=seen))


def figure_save(actor: Actor, *, plan: Plan, indicator: str, unit_code: str, period: int, **given: Any) -> Figure:
    """Save one figure of the reporting unit ``unit_code``."""
    unit = Unit.objects.get(code=unit_code)
    outcome = figures_save(actor, plan=plan, unit=unit, period=period, cells=[CellInput(indicator, **given)])
    if outcome.refused:
        raise outcome.refused[0].error
    if outcome.conflicts:
        raise AssertionError(f"{indicator} {period} is {outcome.conflicts[0].theirs.actual} already")
    return (*outcome.saved, *outcome.unchanged)[0]


def _only(outcome: BulkOutcome) -> MonthlyReport:
    for _, error in outcome.refused:
        raise error
    (report,) = outcome.done
    return report
