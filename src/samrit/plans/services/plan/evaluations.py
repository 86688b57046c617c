"""Closing an evaluation: the plan as it was sent, frozen with its rule set; no later change reaches it (P15)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from samrit.engine.results import PlanResult
from samrit.engine.rollup import works_of
from samrit.engine.score import score
from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.scoring import ruleset_of
from samrit.plans.models import Evaluation, Plan
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.records.stored_files import digest
from samrit.plans.reporting.gaps import ASK_WHY, as_data, needs_reason, units_in
from samrit.plans.selectors.control.closing import ClosingPreview, closing_of
from samrit.plans.services.plan.periods import close_period
from samrit.plans.services.writing import Actor, permit, person_of, service


@service
def evaluation_close(
    actor: Actor, *, plan: Plan, period: int, reason: str = "", shown: str | None = None
) -> Evaluation:
    """Freeze the evaluation of periods 1..``period`` and close every month in it.

    It holds what has come to the plan's standing (``counts_from``), nothing after its month,
    and the gaps that it closes over, which take a reason.  A period that was evaluated before
    gets a further edition beside the first, with a reason and the list of what it says
    otherwise.  ``shown`` is the mark of what whoever closes has seen (``Closing.mark``).
    Raises ServiceError ``evaluation_changed_since``, ``period_unknown``, ``period_not_begun``,
    ``evaluation_gaps_need_reason``, ``evaluation_needs_reason`` or ``evaluation_unchanged``.
    """
    permit(actor, "evaluation.close", plan=plan)
    if not 1 <= period <= 12:
        raise ServiceError("period_unknown", record=plan.code, period=period)
    plan.refresh_from_db()
    closing = closing_of(plan, period)
    _require_news(plan, closing, reason, shown)
    for month in range(1, period + 1):
        close_period(actor, plan, month)
    rules = ruleset_of(closing.frozen)
    evaluation = Evaluation(
        plan=plan,
        version=closing.version,
        period=period,
        number=closing.number,
        ruleset=rules.id,
        content=closing.content,
        sha256=digest(closing.content),
        summary=summary_of(score(closing.frozen.plan, rules, period)),
        gaps=as_data(closing.gaps),
        changes=[asdict(change) for change in closing.changes],
        counts_from=plan.counts_from,
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


def _require_news(plan: Plan, closing: ClosingPreview, reason: str, shown: str | None) -> None:
    """Refuse what is not what was shown, a further edition that says the same, and gaps or one without a reason."""
    if shown is not None and shown != closing.mark:
        raise ServiceError("evaluation_changed_since", record=plan.code)
    earlier = closing.earlier
    if closing.is_unchanged and earlier is not None:
        raise ServiceError("evaluation_unchanged", record=plan.code, number=earlier.number)
    if reason.strip():
        return
    if earlier is not None:
        raise ServiceError("evaluation_needs_reason", record=plan.code, number=earlier.number)
    if needs_reason(closing.gaps):
        units = units_in(gap for gap in closing.gaps if gap.kind in ASK_WHY)
        raise ServiceError("evaluation_gaps_need_reason", record=plan.code, count=sum(units.values()))


def summary_of(result: PlanResult) -> dict[str, Any]:
    """Return the counts by band of the works that count, for lists: ``{"total": 235, "bands": {"good": 199, …}}``."""
    counted = [r for r in works_of(result.projects) if r.counts]
    bands = {band.code: 0 for band in result.ruleset.bands}
    for project in counted:
        if project.band is not None:
            bands[project.band.code] = bands.get(project.band.code, 0) + 1
    without = sum(1 for r in counted if r.band is None)
    return {"total": len(counted), "listed": len(result.projects), "bands": bands, "no_plan": without}
