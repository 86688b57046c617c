"""The stored rows of the year's records as the engine holds them, and what was known when a month was closed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min

from samrit.engine.year import YearRecord
from samrit.package.kinds import kind_named
from samrit.plans import models


def year_record_of(row: models.YearRecord) -> YearRecord | None:
    """Return a stored record as the engine holds it; None for one of a kind that is no longer declared."""
    kind = kind_named(row.kind)
    if kind is None:
        return None
    return YearRecord(
        row.kind,
        row.record,
        row.happened_on,
        kind.values(row.cells),
        row.revision,
        row.withdrawn,
        row.entered_at,
        str(row.entered_by or ""),
        row.reason,
    )


def closing_of(plan: models.Plan, period: int) -> datetime | None:
    """Return the moment at which ``period`` was closed, first; None while it is open (R165)."""
    closures = models.PeriodClosure.objects.filter(plan=plan, period__gte=period)
    first: datetime | None = closures.aggregate(first=Min("closed_at"))["first"]
    return first
