"""What somebody decided by hand and can take back: months opened again, and results settled (R151, WE4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samrit.plans import models, rights


@dataclass(frozen=True, slots=True)
class StandingDecisions:
    """The unlocks in force and the settlements that count, latest first, and who may take them back."""

    plan: models.Plan
    unlocks: tuple[models.Unlock, ...]
    settlements: tuple[models.Settlement, ...]
    may_lock: bool
    may_settle: bool


def standing_decisions(person: models.Person, plan: models.Plan, today: date) -> StandingDecisions:
    """Return what stands as of ``today``, for somebody who may look at the plan's control room."""
    unlocks = plan.unlocks.filter(until__gte=today).select_related("unit", "opened_by").order_by("-opened_at")
    settled = plan.settlements.filter(withdrawn=False).select_related("decided_by").order_by("-decided_at")
    return StandingDecisions(
        plan,
        tuple(unlocks),
        tuple(settled),
        rights.may(person, "period.unlock", plan=plan),
        rights.may(person, "settlement.decide", plan=plan),
    )
