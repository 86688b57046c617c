"""Separate hands: who sent does not confirm, and who confirmed does not accept (R325).

A unit that has nobody else gets a waiver, with a reason and a last day; the report says so wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from samrit.plans.models import Plan, Waiver

LONGEST = 366  # days; a waiver is for a time


def waivers_of(plan: Plan, today: date | None = None) -> Mapping[str, Waiver]:
    """Return the waivers of ``plan`` that are in force on ``today``, by the code of their unit."""
    rows = plan.waivers.select_related("unit", "given_by").filter(until__gte=today or timezone.localdate())
    return {row.unit.code: row for row in rows.order_by("until")}
