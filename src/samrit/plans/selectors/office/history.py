"""The history as it is read: of one record, of one unit's month, of everything since the last look."""

from __future__ import annotations

from django.db.models import QuerySet

from samrit.plans.models import HistoryEntry, Plan


def of(
    plan: Plan, record: str = "", *, unit_code: str | None = None, period: int | None = None
) -> QuerySet[HistoryEntry]:
    """Return the entries about a record of ``plan``, of one unit and period where named, latest first."""
    entries = HistoryEntry.objects.select_related("actor").filter(plan=plan)
    if record:
        entries = entries.filter(record=record)
    if unit_code is not None:
        entries = entries.filter(unit_code=unit_code)
    if period is not None:
        entries = entries.filter(period=period)
    return entries.order_by("-sequence")


def since(plan: Plan, sequence: int, *, action: str = "figure.") -> QuerySet[HistoryEntry]:
    """Return the entries of ``plan`` after ``sequence`` whose action begins with ``action``, in order."""
    rows = HistoryEntry.objects.filter(plan=plan, sequence__gt=sequence, action__startswith=action)
    return rows.select_related("actor").order_by("sequence")


def latest_sequence() -> int:
    """Return the number of the latest entry, 0 where nothing was written yet: what a look is remembered by."""
    return HistoryEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
