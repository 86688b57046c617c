"""What the evaluators settle by hand: a percent or band beside the computed one, with its reason (WE4)."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.scoring import ruleset_of, version_in_force
from samrit.plans.models import Plan, Settlement
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.writing import Actor, permit, person_of, reason_of, service, write_row

_MOST_PERCENT, _LONGEST = Decimal(1000), 38


@service
def settlement_save(
    actor: Actor,
    *,
    plan: Plan,
    record: str,
    period: int,
    reason: str,
    percent: Decimal | None = None,
    band: str = "",
) -> Settlement:
    """Settle the percent or the band of a work or an indicator for the evaluation of ``period``.

    An earlier settlement of the same record and period is withdrawn.  Raises ServiceError
    ``settlement_empty``, ``settlement_record_unknown``, ``settlement_band_unknown`` or
    ``settlement_percent_invalid``.
    """
    permit(actor, "settlement.decide", plan=plan)
    why = reason_of(reason)
    _require_valid(plan, record, period, percent, band)
    for earlier in Settlement.objects.filter(plan=plan, record=record, period=period, withdrawn=False):
        _withdrawn(actor, earlier, why)
    row = Settlement(
        plan=plan,
        record=record,
        period=period,
        percent=percent,
        band=band,
        reason=why,
        decided_at=timezone.now(),
        decided_by=person_of(actor),
    )
    return write_row(actor, row, "settlement.save", record=record, period=period, reason=why)


def _require_valid(plan: Plan, record: str, period: int, percent: Decimal | None, band: str) -> None:
    if not 1 <= period <= 12:
        raise ServiceError("period_unknown", record=record, period=period)
    package = package_of(version_in_force(plan, period))
    if record not in {code for p in package.plan.projects for code in (p.id, *(i.id for i in p.indicators))}:
        raise ServiceError("settlement_record_unknown", record=record)
    if percent is None and not band:
        raise ServiceError("settlement_empty", record=record)
    # The exponent first: 1E+999999 written out would be a million digits.
    if percent is not None and not (percent.is_finite() and percent.adjusted() < _LONGEST and _fits(percent)):
        raise ServiceError("settlement_percent_invalid", record=record)
    if band and band not in {b.code for b in ruleset_of(package).bands}:
        raise ServiceError("settlement_band_unknown", record=record, band=band)


def _fits(percent: Decimal) -> bool:
    """Say whether a percent is one that somebody can mean: no further from zero than a plan overshot tenfold."""
    return abs(percent) <= _MOST_PERCENT and len(f"{percent:f}") <= _LONGEST


@service
def settlement_withdraw(actor: Actor, *, settlement: Settlement, reason: str) -> Settlement:
    """Let the computed value count again."""
    permit(actor, "settlement.decide", plan=settlement.plan)
    why = reason_of(reason)
    row = Settlement.objects.select_related("plan").get(pk=settlement.pk)
    return row if row.withdrawn else _withdrawn(actor, row, why)


def _withdrawn(actor: Actor, row: Settlement, reason: str) -> Settlement:
    old = snapshot(row)
    row.withdrawn = True
    return write_row(actor, row, "settlement.withdraw", record=row.record, period=row.period, old=old, reason=reason)
