"""Figures that the printed report lost: what each unit of a group reported, made up and marked as such."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from samrit.engine.indicators.totals import consolidation_of
from samrit.engine.model import Consolidation, Indicator
from samrit.plans.evaluation.scoring import reported_plan
from samrit.plans.models import Plan
from samrit.plans.reporting.duties import Duty
from samrit.plans.reporting.inputs import CellInput

SAID = "ตัวเลขสมมุติของชุดสาธิต (made up for the demonstration)"


def draw(*words: object) -> int:
    """Return a number 0..99 drawn from ``words``: the same in every demonstration."""
    return hashlib.sha256("|".join(map(str, words)).encode()).digest()[0] * 100 // 256


def parts_of(duties: tuple[Duty, ...], period: int, among: Mapping[str, tuple[Duty, ...]]) -> list[CellInput]:
    """Return the figures of a unit's own parts that are due in ``period``."""
    return [
        CellInput(d.indicator.id, _part(d, period, len(among[d.indicator.id])), note=SAID)
        for d in duties
        if d.figure_unit and d.is_due(period)
    ]


def _part(duty: Duty, period: int, units: int) -> Decimal:
    """Return a unit's share of what the whole reached by the printed percent; 0 where the report prints none."""
    planned = next((e.planned for e in duty.indicator.entries if e.period == period), None)
    settled = _settled(duty.indicator)
    if not isinstance(planned, Decimal) or settled is None:
        return Decimal(0)
    lot = Decimal(draw(duty.unit, period, duty.indicator.id))
    if consolidation_of(duty.indicator) is Consolidation.SUM:
        return _whole(planned * settled / 100 / units * (50 + lot) / 100)
    return min(_whole(planned * settled / 100 + (lot - 50) / 5), Decimal(100))


def _settled(indicator: Indicator) -> Decimal | None:
    return next((o.percent for o in indicator.overrides if o.percent is not None), None)


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def table_of(plan: Plan, project: str, period: int) -> bytes:
    """Return a work's months up to ``period`` as a small CSV file: what the demonstration attaches as evidence."""
    found = next(p for p in reported_plan(plan, period).plan.projects if p.id == project)
    lines = ["indicator,month,unit,planned,actual"]
    for indicator in found.indicators:
        lines += [
            f"{indicator.id},{e.period},{e.unit},{_text(e.planned)},{_text(e.actual)}"
            for e in indicator.entries
            if e.period <= period
        ]
    return ("﻿" + "\r\n".join(lines) + "\r\n").encode()


def _text(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else ""
