"""What was decided by hand and can be taken back: unlocks, settled results, waivers of hands (R151, WE4, R325)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samrit.plans import models, rights
from samrit.plans.reporting.days import due_days
from samrit.plans.reporting.register import register
from samrit.plans.reporting.separation import waivers_of


@dataclass(frozen=True, slots=True)
class StandingDecisions:
    """The unlocks and waivers in force and the settlements that count, latest first, and who may take them back."""

    plan: models.Plan
    unlocks: tuple[models.Unlock, ...]
    settlements: tuple[models.Settlement, ...]
    waivers: tuple[models.Waiver, ...]
    moves: tuple[models.DueMove, ...]
    days: tuple[tuple[int, date], ...]  # the due days that hold everywhere, for choosing a month
    regions: tuple[str, ...]
    may_lock: bool
    may_settle: bool
    may_waive: bool
    may_move: bool


def standing_decisions(person: models.Person, plan: models.Plan, today: date) -> StandingDecisions:
    """Return what stands as of ``today``, for somebody who may look at the plan's control room."""
    unlocks = plan.unlocks.filter(until__gte=today).select_related("unit", "opened_by").order_by("-opened_at")
    settled = plan.settlements.filter(withdrawn=False).select_related("decided_by").order_by("-decided_at")
    return StandingDecisions(
        plan,
        tuple(unlocks),
        tuple(settled),
        tuple(waivers_of(plan, today).values()),
        tuple(plan.due_moves.filter(withdrawn=False).select_related("moved_by")),
        tuple(sorted(due_days(plan).items())),
        tuple(sorted({unit.region for unit in register().units.values() if unit.region})),
        rights.may(person, "period.unlock", plan=plan),
        rights.may(person, "settlement.decide", plan=plan),
        rights.may(person, "separation.waive", plan=plan),
        rights.may(person, "due.move", plan=plan),
    )
