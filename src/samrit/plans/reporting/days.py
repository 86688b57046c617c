"""Days of a plan: when a month's report is due, which period a day falls in, holidays with the office's own changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from samrit.package import Holiday, PlanPackage
from samrit.package.holidays import thai_holidays
from samrit.plans import models
from samrit.plans.evaluation.chain_place import ReadOnce
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import ruleset_of, version_in_force, versions_of
from samrit.vocabulary.periods import due_date, period_dates, plan_year_of


def due_on(plan: models.Plan, period: int) -> date:
    """Return the day by which the reports of ``period`` are due (R152, R153)."""
    return _due_in(plan, package_of(version_in_force(plan, period)), period, _changes())


def due_days(plan: models.Plan) -> Mapping[int, date]:
    """Return the due day of each of the twelve periods."""
    versions = versions_of(plan)
    changes = _changes()
    days = {}
    for period in range(1, 13):
        holding = [v for v in versions if v.effective_period <= period]
        if holding:
            days[period] = _due_in(plan, package_of(holding[-1]), period, changes)
    return days


def _changes() -> tuple[Holiday, ...]:
    return _kept_changes(None)


def _read_changes(_: None) -> tuple[Holiday, ...]:
    return tuple(Holiday(h.day, h.name, h.is_working_day) for h in models.HolidayChange.objects.all())


_kept_changes = ReadOnce(_read_changes, "holiday")


def _due_in(plan: models.Plan, package: PlanPackage, period: int, changes: tuple[Holiday, ...]) -> date:
    rules = ruleset_of(package)
    days_off = (*package.holidays, *changes)
    return _due(plan.year_be, plan.calendar, period, rules.report_due_day, rules.report_due_rolls, days_off)


def period_of(plan: models.Plan, day: date) -> int:
    """Return the period 1..12 that ``day`` falls in: 0 before the plan's year, 12 after it."""
    year, period = plan_year_of(day, plan.calendar)
    if year == plan.year_be:
        return period
    return 0 if year < plan.year_be else 12


def has_begun(plan: models.Plan, period: int, day: date) -> bool:
    """Say whether the first day of ``period`` has come."""
    return period_dates(plan.year_be, plan.calendar, period)[0] <= day


@lru_cache(maxsize=256)
def _due(year_be: int, calendar: str, period: int, day: int, rolls: bool, changes: tuple[Holiday, ...]) -> date:
    off = _holidays((year_be, year_be + 1), changes) if rolls else frozenset()
    return due_date(year_be, calendar, period, due_day=day, rolls=rolls, holidays=off)


@lru_cache(maxsize=32)
def _holidays(years_be: tuple[int, ...], changes: tuple[Holiday, ...]) -> frozenset[date]:
    return thai_holidays(years_be, changes)
