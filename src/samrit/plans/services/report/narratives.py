"""Words on a project's month: result, cause, next step (R164, R165)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.models import Narrative, Plan, Unit
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.report.drafts import draft
from samrit.plans.services.writing import Actor, person_of, service

LONGEST = 10_000  # characters of one text


@service
def narrative_save(
    actor: Actor,
    *,
    plan: Plan,
    project: str,
    unit: Unit,
    period: int,
    result: str | None = None,
    cause: str | None = None,
    next_step: str | None = None,
    expected_revision: int = 0,
) -> Narrative:
    """Save what a unit says about a project in a period; None leaves that text as it is.

    Raises ServiceError ``narrative_conflict`` with ``theirs`` when somebody saved
    another revision meanwhile, and the reasons of a locked or foreign month.
    """
    book = draft(actor, plan, unit)
    book.require_open(period, project)
    if not book.reports_for(project, period):
        raise ServiceError("figure_not_yours", record=project, unit=unit.name)
    given = {"result": result, "cause": cause, "next_step": next_step}
    fresh = {name: text.strip() for name, text in given.items() if text is not None}
    if any(len(text) > LONGEST for text in fresh.values()):
        raise ServiceError("text_too_long", record=project, limit=LONGEST)
    row = Narrative.objects.filter(plan=plan, project=project, unit_code=unit.code, period=period).first()
    standing = row or Narrative(plan=plan, project=project, unit_code=unit.code, period=period, revision=0)
    book.require_seen(standing)
    old = snapshot(standing)
    if all(getattr(standing, name) == text for name, text in fresh.items()):
        return standing
    if standing.revision != expected_revision:
        raise ServiceError("narrative_conflict", record=project, person=str(standing.changed_by or ""), theirs=standing)
    for name, text in fresh.items():
        setattr(standing, name, text)
    written = write_narrative(actor, standing, old=old, action="narrative.save")
    book.wrote(period, written)
    return written


def write_narrative(actor: Actor, row: Narrative, *, old: dict[str, Any], action: str, reason: str = "") -> Narrative:
    """Write a narrative's row as its next revision with its history entry, and return it."""
    row.revision += 1
    row.changed_at, row.changed_by = timezone.now(), person_of(actor)
    entry = history.record(
        person_of(actor),
        action,
        plan=row.plan,
        record=row.project,
        unit_code=row.unit_code,
        period=row.period,
        old=old,
        new=snapshot(row),
        reason=reason,
    )
    row.sequence = entry.sequence
    row.save()
    return row
