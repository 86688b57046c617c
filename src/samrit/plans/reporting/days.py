"""Days of a plan: when a month's report is due, which period a day falls in, holidays with the office's own changes."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby

from samrit.engine.indicators.rhythm import length_of
from samrit.package import Holiday
from samrit.package.holidays import days_off
from samrit.plans import models
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import holding_in, ruleset_of, version_in_force, versions_of
from samrit.vocabulary.periods import due_date, period_dates, plan_year_of
from samrit.vocabulary.speech import PLAIN, Speech

USUAL_DUE_DAY = 5  # R152


def due_on(plan: models.Plan, period: int, region: str = "") -> date:
    """Return the day by which the reports of ``period`` are due in a region of the register (R152, R153).

    Raises DoesNotExist without a version.
    """
    version_in_force(plan, period)
    return due_days(plan, region)[max(period, 1)]


def due_days(plan: models.Plan, region: str = "", *, moved: bool = True) -> Mapping[int, date]:
    """Return the due day of each of the twelve periods in a region; "" is where none was moved by itself.

    Without ``moved`` they are those that the plan's own rules give.
    """
    days = memory.read(("due days", plan.pk, plan.year_be, plan.calendar), lambda: _due_days(plan))
    if not moved:
        return days
    moves = memory.read(("due moves", plan.pk), lambda: moves_of(plan))
    others = {period: day for scope in ("", region) for period, named, day in moves if named == scope}
    return {**days, **{period: day for period, day in others.items() if period in days}} if others else days


def moves_of(plan: models.Plan) -> tuple[tuple[int, str, date], ...]:
    """Return month, region ("" for all) and day of every due day that was moved, as it is in the database."""
    moves = models.DueMove.objects.filter(plan=plan.pk, withdrawn=False).order_by("pk")
    return tuple(moves.values_list("period", "region", "due_on"))


def _due_days(plan: models.Plan) -> Mapping[int, date]:
    versions = versions_of(plan)
    changes = tuple(Holiday(h.day, h.name, h.is_working_day) for h in models.HolidayChange.objects.all())
    days = {}
    for version, periods in groupby(range(1, 13), lambda period: holding_in(versions, period)):
        if version is not None:
            package = package_of(version)
            rules = ruleset_of(package)
            # A fiscal plan begins in the calendar year before: 5 December of it is a holiday of November's due day.
            years, own = range(plan.year_be - 1, plan.year_be + 2), (*package.holidays, *changes)
            country = package.plan.speech.country
            off = days_off(years, own, country=country) if rules.report_due_rolls else frozenset()
            for period in periods:
                days[period] = due_date(
                    plan.year_be,
                    plan.calendar,
                    period,
                    due_day=package.plan.due_day or rules.report_due_day,
                    rolls=rules.report_due_rolls,
                    holidays=off,
                )
    return days


def due_days_as_told(plan: models.Plan) -> Mapping[int, date]:
    """Return the due day of each period without rolling over weekends and holidays."""
    day = USUAL_DUE_DAY
    if versions_of(plan):
        package = package_of(version_in_force(plan))
        day = package.plan.due_day or ruleset_of(package).report_due_day
    return {p: due_date(plan.year_be, plan.calendar, p, due_day=day, rolls=False) for p in range(1, 13)}


def speech_of(plan: models.Plan) -> Speech:
    """Return how ``plan`` speaks, by its latest version, for what is written behind no page; plainly without one."""
    return package_of(version_in_force(plan)).plan.speech if versions_of(plan) else PLAIN


def months_between_reports(plan: models.Plan) -> int:
    """Return how many months lie between two reports of ``plan``, by its latest version: 1, 3, 6 or 12 (SP2)."""
    versions = versions_of(plan)
    return 1 if not versions else length_of(package_of(version_in_force(plan)).plan.rhythm)


def evaluation_due(plan: models.Plan, period: int) -> date:
    """Return the day by which an evaluation goes to the executives: the last of the month after its own (R166)."""
    ends = period_dates(plan.year_be, plan.calendar, period)[1]
    after = ends + timedelta(days=1)
    return after.replace(day=monthrange(after.year, after.month)[1])


def period_of(plan: models.Plan, day: date) -> int:
    """Return the period 1..12 that ``day`` falls in: 0 before the plan's year, 12 after it."""
    year, period = plan_year_of(day, plan.calendar)
    if year == plan.year_be:
        return period
    return 0 if year < plan.year_be else 12


def has_begun(plan: models.Plan, period: int, day: date) -> bool:
    """Say whether the first day of ``period`` has come."""
    return period_dates(plan.year_be, plan.calendar, period)[0] <= day
