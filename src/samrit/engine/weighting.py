"""The score of a project from its indicators (WE1–WE3, WE5)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide
from samrit.engine.model import Indicator


def weights_used(indicators: Sequence[Indicator]) -> tuple[Decimal, ...]:
    """Return the weight of each indicator in percent: as printed, or an equal split where none is given (WE2).

    Where only some have a weight the others count 0 (a check says so).
    """
    if not indicators:
        return ()
    if all(indicator.weight is None for indicator in indicators):
        return (divide(HUNDRED, Decimal(len(indicators))),) * len(indicators)
    return tuple(ZERO if indicator.weight is None else indicator.weight for indicator in indicators)


def weights_spread(weights: Sequence[Decimal], takes_part: Sequence[bool]) -> tuple[Decimal | None, ...]:
    """Return the weights after those of absent indicators are spread over the rest in proportion (WE3).

    None stands for an indicator that left.  The sum stays what it was, right or wrong.
    """
    if all(takes_part):
        return tuple(weights) if any(weights) else (None,) * len(weights)
    total, present = sum(weights, ZERO), sum([w for w, here in zip(weights, takes_part, strict=True) if here], ZERO)
    if not present:
        return (None,) * len(weights)
    return tuple([divide(w * total, present) if here else None for w, here in zip(weights, takes_part, strict=True)])


def weighted(values: Sequence[Decimal | None], weights: Sequence[Decimal | None]) -> Decimal | None:
    """Return Σ(weight × value) ÷ 100 over what takes part, None when nothing does (WE1)."""
    return _quotient(values, weights, HUNDRED)


def normalised(values: Sequence[Decimal | None], weights: Sequence[Decimal | None]) -> Decimal | None:
    """Return Σ(weight × value) ÷ Σ weight, the reading that wrong weights do not distort (WE1)."""
    return _quotient(values, weights, None)


def _quotient(
    values: Sequence[Decimal | None], weights: Sequence[Decimal | None], divisor: Decimal | None
) -> Decimal | None:
    products = weight_sum = ZERO
    for value, weight in zip(values, weights, strict=True):
        if value is not None and weight is not None:
            products += value * weight
            weight_sum += weight
    return divide(products, divisor or weight_sum) if weight_sum else None
