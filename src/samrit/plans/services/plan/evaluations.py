"""Closing an evaluation: the plan as reported, frozen with its rule set; no later change reaches it (P15)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from samrit.engine.results import PlanResult
from samrit.engine.score import score
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.documents import pack, unpack
from samrit.plans.evaluation.scoring import reported_plan, ruleset_of, version_in_force
from samrit.plans.models import Evaluation, Plan
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.records.stored_files import digest
from samrit.plans.services.plan.periods import close_period
from samrit.plans.services.writing import Actor, permit, person_of, service


@service
def evaluation_close(actor: Actor, *, plan: Plan, period: int, reason: str = "") -> Evaluation:
    """Freeze the evaluation of periods 1..``period`` and close every month in it.

    A period that was evaluated before gets a second evaluation beside the first, with a
    reason.  Raises ServiceError ``period_unknown``, ``period_not_begun``,
    ``evaluation_needs_reason`` or ``evaluation_unchanged``.
    """
    permit(actor, "evaluation.close", plan=plan)
    if not 1 <= period <= 12:
        raise ServiceError("period_unknown", record=plan.code, period=period)
    content = pack(reported_plan(plan, period))
    frozen = unpack(content)  # what is kept is what is counted
    rules = ruleset_of(frozen)
    earlier = Evaluation.objects.filter(plan=plan, period=period).order_by("number").last()
    _require_news(plan, earlier, content, reason)
    for month in range(1, period + 1):
        close_period(actor, plan, month)
    evaluation = Evaluation(
        plan=plan,
        version=version_in_force(plan, period),
        period=period,
        number=earlier.number + 1 if earlier is not None else 1,
        ruleset=rules.id,
        content=content,
        sha256=digest(content),
        summary=summary_of(score(frozen.plan, rules, period)),
        closed_at=timezone.now(),
        closed_by=person_of(actor),
        reason=reason.strip(),
    )
    evaluation.save()
    _note(actor, evaluation)
    return evaluation


def _note(actor: Actor, evaluation: Evaluation) -> None:
    history.record(
        person_of(actor),
        "evaluation.close",
        plan=evaluation.plan,
        record="evaluation",
        period=evaluation.period,
        new=snapshot(evaluation),
        reason=evaluation.reason,
    )


def _require_news(plan: Plan, earlier: Evaluation | None, content: bytes, reason: str) -> None:
    """Refuse a second evaluation that says the same, or one without a reason."""
    if earlier is not None and earlier.sha256 == digest(content):
        raise ServiceError("evaluation_unchanged", record=plan.code, number=earlier.number)
    if earlier is not None and not reason.strip():
        raise ServiceError("evaluation_needs_reason", record=plan.code, number=earlier.number)


def summary_of(result: PlanResult) -> dict[str, Any]:
    """Return the counts by band of the works that count, for lists: ``{"total": 235, "bands": {"good": 199, …}}``."""
    counted = [r for r in result.projects if r.counts]
    bands = {band.code: 0 for band in result.ruleset.bands}
    for project in counted:
        if project.band is not None:
            bands[project.band.code] = bands.get(project.band.code, 0) + 1
    return {"total": len(counted), "listed": len(result.projects), "bands": bands}
