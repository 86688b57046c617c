"""What was reported, laid over a version's own records: figures, levels, words, money, settled results."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, round_half_up
from samrit.engine.model import (
    Aggregation,
    Entry,
    Figure,
    Indicator,
    Level,
    MoneyMovement,
    MoneyState,
    Narrative,
    Override,
    Source,
)
from samrit.engine.model import Plan as EnginePlan
from samrit.plans import models
from samrit.vocabulary.periods import plan_year_of

_SHARE_PLACES = 20  # of a share made from its parts: far more than is ever shown, and exact enough to be written down


class Laid(NamedTuple):
    """A reported figure as it is laid over the plan."""

    indicator: str
    unit_code: str
    period: int
    span: int
    actual: Figure
    numerator: Figure
    denominator: Figure
    note: str
    sequence: int


def laid(indicator: Indicator, planned: Entry | None, figure: Laid) -> Entry | None:
    """Return the entry with the figure laid over it; None for one that was taken back and never planned."""
    base = planned or Entry(figure.period, figure.unit_code, span=figure.span)
    filled = replace(
        base,
        actual=as_counted(indicator, figure),
        numerator=figure.numerator,
        denominator=figure.denominator,
        note=figure.note or base.note,
    )
    return None if planned is None and filled == base else filled


def as_counted(indicator: Indicator, figure: Laid | models.Figure) -> Figure:
    """Return the figure as it counts: of parts alone, under any aggregation but the ratio, their share in percent."""
    numerator, denominator = figure.numerator, figure.denominator
    if indicator.aggregation is Aggregation.RATIO or isinstance(figure.actual, Decimal):
        return figure.actual
    if isinstance(numerator, Decimal) and isinstance(denominator, Decimal) and denominator:
        return round_half_up(divide(numerator * HUNDRED, denominator), _SHARE_PLACES)
    return figure.actual


def level(level: Level, reached: models.LevelReached | None, plan: EnginePlan) -> Level:
    """Return a level with the day it was reached, in the period of ``plan`` in which it counts."""
    if reached is None:
        return level
    if reached.reached_on is None:
        return replace(level, reached_on=None, reached_period=None, evidence=reached.evidence_text)
    year, period = plan_year_of(reached.reached_on, plan.calendar)
    # Reached before the plan year began counts from its first period, after it not in this year.
    within = period if year == plan.year_be else (1 if year < plan.year_be else None)
    return replace(level, reached_on=reached.reached_on, reached_period=within, evidence=reached.evidence_text)


def override(settled: models.Settlement) -> Override:
    """Return a settled figure or band as the engine takes it (WE4)."""
    who, day = str(settled.decided_by or ""), settled.decided_at.date()
    return Override(settled.period, settled.reason, settled.percent, settled.band, who, day)


def movement(row: models.MoneyMovement) -> MoneyMovement:
    """Return a recorded movement of a work's money; its source is the document that it names."""
    state, source = MoneyState(row.state), Source(row.document)
    return MoneyMovement(row.period, state, row.amount or ZERO, row.funding_source, row.note, source)


def narrative(words: models.Narrative) -> Narrative:
    """Return a unit's words on a work."""
    return Narrative(words.period, words.result, words.cause, words.next_step, written_on=words.changed_at.date())
