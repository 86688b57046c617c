"""Closed evaluations as the engine's results: frozen, so each is read and scored once (P15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from samrit.engine.results import PlanResult
from samrit.engine.score import score
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import unpack
from samrit.plans.evaluation.scoring import ruleset_of
from samrit.plans.models import Evaluation, Plan
from samrit.plans.records.stored_files import digest


@dataclass(frozen=True, slots=True)
class ClosedAs:
    """Which closed evaluation a result comes from."""

    period: int
    number: int
    closed_at: datetime
    sha256: str


def closed_latest(plan: Plan, *, up_to: int = 12) -> ClosedAs | None:
    """Return the last evaluation of the latest closed period not after ``up_to``, or None."""
    return _as(Evaluation.objects.filter(plan=plan, period__lte=up_to).order_by("-period", "-number"))


def closed_at(plan: Plan, period: int) -> ClosedAs | None:
    """Return the last evaluation closed for ``period``, or None."""
    return _as(Evaluation.objects.filter(plan=plan, period=period).order_by("-number"))


def closed_by_period(plan: Plan) -> Mapping[int, ClosedAs]:
    """Return the last evaluation closed for every period that has one, with one query."""
    rows = Evaluation.objects.filter(plan=plan).order_by("period", "number")
    return {row[0]: ClosedAs(*row) for row in rows.values_list("period", "number", "closed_at", "sha256")}


def closed_result(plan: Plan, closed: ClosedAs) -> PlanResult:
    """Return a closed evaluation scored from its frozen content; raises ValueError when its hash does not fit."""

    def read() -> PlanResult:
        rows = Evaluation.objects.filter(plan=plan.pk, period=closed.period, number=closed.number)
        content = bytes(rows.values_list("content", flat=True).get())
        if digest(content) != closed.sha256:
            raise ValueError(f"evaluation {closed.period}.{closed.number} of plan {plan.pk} does not match its hash")
        package = unpack(content)
        return score(package.plan, ruleset_of(package), closed.period)

    return memory.always(("closed", plan.pk, closed.period, closed.number, closed.sha256), read)


def _as(rows: object) -> ClosedAs | None:
    values = rows.values_list("period", "number", "closed_at", "sha256").first()  # type: ignore[attr-defined]
    return ClosedAs(*values) if values else None
