"""Levels of an indicator's scale reached on a date (R116, R117)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from samrit.engine.model import Indicator
from samrit.plans import history
from samrit.plans.errors import ServiceError
from samrit.plans.models import LevelReached, Plan, Unit
from samrit.plans.selectors.calendar import period_of
from samrit.plans.services.drafts import draft
from samrit.plans.services.writing import Actor, person_of, service
from samrit.plans.snapshots import snapshot


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

    The month of that day has to be open, and so has the month it was dated in before.
    Raises ServiceError ``level_unknown``, ``level_in_future``, ``level_conflict`` with
    ``theirs``, and the reasons of a locked or foreign month.
    """
    book = draft(actor, plan, unit)
    today = timezone.localdate()
    duty = book.duty(indicator, max(period_of(plan, reached_on or today), 1))
    if reached_on is not None and reached_on > today:
        raise ServiceError("level_in_future", record=indicator, number=number)
    standing = _standing(plan, duty.indicator, number)
    if (standing.reached_on, standing.evidence_text) == (reached_on, evidence_text.strip()):
        return standing
    months = sorted({max(period_of(plan, day), 1) for day in (reached_on, standing.reached_on) if day is not None})
    for month in months:
        book.require_open(month, indicator)
    if standing.revision != expected_revision:
        raise ServiceError("level_conflict", record=indicator, person=str(standing.changed_by or ""), theirs=standing)
    old = snapshot(standing)
    standing.reached_on, standing.evidence_text = reached_on, evidence_text.strip()
    period = months[-1] if months else None
    written = write_level(actor, standing, unit_code=duty.figure_unit, period=period, old=old, action="level.reach")
    for month in months:
        book.touch(month)
    return written


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
    reason: str = "",
) -> LevelReached:
    """Write a level's row as its next revision with its history entry, and return it."""
    row.revision += 1
    row.changed_at, row.changed_by = timezone.now(), person_of(actor)
    entry = history.record(
        person_of(actor),
        action,
        plan=row.plan,
        record=row.indicator,
        unit_code=unit_code,
        period=period,
        old=old,
        new=snapshot(row),
        reason=reason,
    )
    row.sequence = entry.sequence
    row.save()
    return row
