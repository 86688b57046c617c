"""What may be compared: a value with a value, a level with a level (AC12, invariant I6)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.indicators.levels import has_thresholds
from samrit.engine.model import Formula, Indicator, Quantity, Target


def plan_quantity(indicator: Indicator) -> Quantity:
    """Return what the plan of an indicator is in: on thresholds levels unless it says values."""
    if not _on_thresholds(indicator):
        return Quantity.VALUE
    return indicator.quantity or Quantity.LEVEL


def actual_quantity(indicator: Indicator) -> Quantity:
    """Return what its results are in: values unless it says levels."""
    return (indicator.quantity or Quantity.VALUE) if _on_thresholds(indicator) else Quantity.VALUE


def are_alike(indicator: Indicator) -> bool:
    """Say whether plan and result of an indicator are figures of one quantity."""
    return indicator.formula is not Formula.DEADLINE and plan_quantity(indicator) is actual_quantity(indicator)


def target_quantity(indicator: Indicator, target: Target) -> Quantity:
    """Return what a target is in: as it says, else as the plan; a figure that no level has is a value."""
    if target.quantity is not None:
        return target.quantity
    planned = plan_quantity(indicator)
    tops = [level.number for level in indicator.levels if level.threshold is not None or level.thresholds]
    is_beyond = isinstance(target.value, Decimal) and bool(tops) and target.value > max(tops)
    return Quantity.VALUE if planned is Quantity.LEVEL and is_beyond else planned


def _on_thresholds(indicator: Indicator) -> bool:
    return indicator.formula is Formula.LEVELS and has_thresholds(indicator)
