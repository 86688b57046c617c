"""Levels of an indicator's scale reached on a date (R116, R117)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from samrit.engine.model import Indicator
from samrit.plans.errors import ServiceError
from samrit.plans.models import LevelReached, Plan, Unit
from samrit.plans.records.snapshots import snapshot
from samrit.plans.reporting.days import period_of
from samrit.plans.reporting.inputs import LevelInput
from samrit.plans.services.report.drafts import MonthDraft, draft
from samrit.plans.services.report.outcomes import SaveOutcome, taken
from samrit.plans.services.writing import Actor, person_of, service, write_row
from samrit.vocabulary.numbers import NoNumber, parse_figure
from samrit.vocabulary.periods import format_date, parse_date, period_dates

LevelOutcome = SaveOutcome[LevelInput, LevelReached]


@service
def level_reach(
    actor: Actor,
    *,
    plan: Plan,
    unit: Unit,
    indicator: str,
    number: int,
    reached_on: date | None,
    evidence_text: str = "",
    expected_revision: int = 0,
) -> LevelReached:
    """Say on which day a level was reached, or with None that it was not.

    The month of that day has to be open, and so has the month it was dated in before; for words without a day any
    month that has begun.
    Raises ServiceError ``level_unknown``, ``level_in_future``, ``level_too_early``,
    ``level_conflict`` with ``theirs``, and the reasons of a locked or foreign month.
    """
    return _reach(draft(actor, plan, unit), indicator, number, reached_on, evidence_text.strip(), expected_revision)


def save_levels(actor: Actor, *, plan: Plan, unit: Unit, period: int, cells: Sequence[LevelInput]) -> LevelOutcome:
    """Save what can be saved of the levels typed into the form of ``period``, and say what became of each.

    For a service that has opened its transaction: figures and levels of one form are written together.
    Raises ServiceError ``not_allowed`` when the actor may not write for ``unit`` at all.
    """
    book = draft(actor, plan, unit)
    return taken(cells, lambda cell: _take(book, period, cell))


def _take(book: MonthDraft, period: int, cell: LevelInput) -> tuple[LevelReached, bool]:
    """Take one level of a form; return its row, and whether anything was written."""
    indicator = book.duty(cell.indicator, period).indicator
    standing = _standing(book.plan, indicator, cell.number)
    evidence = cell.evidence_text.strip()
    if not (cell.day or evidence) and cell.expected_revision != standing.revision:
        return standing, False  # an unfilled row says nothing about what came after it
    day = _day(cell, standing)
    if (standing.reached_on, standing.evidence_text) == (day, evidence):
        return standing, False
    book.require_open(period, cell.indicator)
    return _reach(book, cell.indicator, cell.number, day, evidence, cell.expected_revision), True


def _day(cell: LevelInput, standing: LevelReached) -> date | None:
    """Return the day that is meant; an emptied cell takes no day back, a dash does."""
    if not cell.day:
        if standing.reached_on is None or cell.expected_revision != standing.revision:
            return None
        day = {name: format_date(standing.reached_on, name, style="short") for name in ("th", "en")}
        raise ServiceError("level_day_emptied", record=cell.indicator, number=cell.number, day=day)
    if parse_figure(cell.day) is NoNumber.NOTHING:
        return None
    read = parse_date(cell.day, near_be=standing.plan.year_be)
    if read.day is None:
        found = read.findings[-1]  # the ones before it say how the year was understood
        raise ServiceError(found.code, record=cell.indicator, **found.params)
    return read.day


def _reach(
    book: MonthDraft, indicator: str, number: int, reached_on: date | None, evidence: str, expected_revision: int
) -> LevelReached:
    """Write a level within the caller's service."""
    today = timezone.localdate()
    duty = book.duty(indicator, max(period_of(book.plan, reached_on or today), 1))
    _require_credible(book.plan, reached_on, today, indicator, number)
    standing = _standing(book.plan, duty.indicator, number)
    book.require_seen(standing)
    if (standing.reached_on, standing.evidence_text) == (reached_on, evidence):
        return standing
    months = months_touched(book, indicator, reached_on, standing.reached_on)
    if standing.revision != expected_revision:
        raise ServiceError("level_conflict", record=indicator, person=str(standing.changed_by or ""), theirs=standing)
    old = snapshot(standing)
    standing.reached_on, standing.evidence_text = reached_on, evidence
    period = months[-1] if months else None
    written = write_level(
        book.actor, standing, unit_code=duty.figure_unit, period=period, old=old, action="level.reach"
    )
    wrote_level(book, written, months)
    return written


def wrote_level(book: MonthDraft, row: LevelReached, months: Sequence[int]) -> None:
    """Note that a level was written in the reports of its months; one without a day belongs to the month that runs."""
    for month in months[:-1]:
        book.touch(month)
    if months or not book.is_of_unit:
        book.wrote(months[-1] if months else max(period_of(book.plan, timezone.localdate()), 1), row)


def months_touched(book: MonthDraft, indicator: str, *days: date | None) -> list[int]:
    """Return the months that a change between two days touches; raises ServiceError where one of them is locked."""
    months = sorted({max(period_of(book.plan, day), 1) for day in days if day is not None})
    for month in months:
        book.require_open(month, indicator)
    if not months:
        _require_some_open(book, max(period_of(book.plan, timezone.localdate()), 1), indicator)
    return months


def _require_some_open(book: MonthDraft, now: int, indicator: str) -> None:
    """Refuse words on a level without a day, which belongs to no month, where every month up to ``now`` is locked."""
    if all(book.locks.why(book.unit.code, period) is not None for period in range(1, now + 1)):
        book.require_open(now, indicator)


def _require_credible(plan: Plan, day: date | None, today: date, indicator: str, number: int) -> None:
    """Refuse a day to come, and one long before the plan: spreadsheets read the year 69 as 1969."""
    if day is None:
        return
    if day > today:
        raise ServiceError("level_in_future", record=indicator, number=number)
    begins = period_dates(plan.year_be, plan.calendar, 1)[0]
    if day < begins.replace(year=begins.year - 1):
        shown = {name: format_date(day, name) for name in ("th", "en")}
        raise ServiceError("level_too_early", record=indicator, number=number, day=shown)


def _standing(plan: Plan, indicator: Indicator, number: int) -> LevelReached:
    """Return the level's row, or what the plan was imported with as revision 0; refuses an unknown level."""
    level = next((v for v in indicator.levels if v.number == number), None)
    if level is None:
        raise ServiceError("level_unknown", record=indicator.id, number=number)
    row = LevelReached.objects.filter(plan=plan, indicator=indicator.id, number=number).first()
    return row or LevelReached(
        plan=plan,
        indicator=indicator.id,
        number=level.number,
        reached_on=level.reached_on,
        evidence_text=level.evidence,
        revision=0,
    )


def write_level(
    actor: Actor,
    row: LevelReached,
    *,
    unit_code: str,
    period: int | None,
    old: dict[str, Any],
    action: str,
) -> LevelReached:
    """Write a level's row as its next revision with its history entry, and return it."""
    row.revision += 1
    row.changed_at, row.changed_by = timezone.now(), person_of(actor)
    return write_row(actor, row, action, record=row.indicator, unit_code=unit_code, period=period, old=old)
