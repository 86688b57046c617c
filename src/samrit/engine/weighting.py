"""The score of a project from its indicators (WE1–WE3, WE5)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, settle
from samrit.engine.model import Indicator


def weights_used(indicators: Sequence[Indicator]) -> tuple[Decimal, ...]:
    """Return the weight of each indicator in percent (WE1, WE2)."""
    return weights_given([i.weight for i in indicators])


def weights_given(weights: Sequence[Decimal | None]) -> tuple[Decimal, ...]:
    """Return the weights in use of what lies side by side, in percent (WE2).

    All blank or 0: an equal split.  Some blank: they share what the others leave of 100, and
    get 0 where nothing is left; checks say so.
    """
    given = [weight for weight in weights if weight is not None]
    blank = len(weights) - len(given)
    if weights and not any(given):
        return (divide(HUNDRED, Decimal(len(weights))),) * len(weights)
    left = max(HUNDRED - sum(given, ZERO), ZERO)
    share = divide(left, Decimal(blank)) if blank else ZERO
    return tuple(share if weight is None else weight for weight in weights)


def are_shared(indicators: Sequence[Indicator]) -> bool:
    """Say whether a weight in use is not one that was given (WE2)."""
    return any(i.weight is None for i in indicators) or not any(i.weight for i in indicators)


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


class Readings(NamedTuple):
    """The readings of one project's percents, settled; None where nothing takes part."""

    weighted: Decimal | None  # Σ(weight × value) ÷ 100 (WE1)
    normalised: Decimal | None  # Σ(weight × value) ÷ Σ weight, which wrong weights do not distort (WE1)
    capped: Decimal | None  # the normalised reading with every value capped (AC7); None without a cap


def readings(
    values: Sequence[Decimal | None], weights: Sequence[Decimal | None], cap: Decimal | None = None
) -> Readings:
    """Return the readings of ``values`` under ``weights`` as spread by :func:`weights_spread`.

    The capped reading divides by the sum of weights: one above the cap because a
    weight was typed 200 would defeat its purpose.
    """
    products = capped = weight_sum = ZERO
    for value, weight in zip(values, weights, strict=True):
        if value is not None and weight is not None:
            products += value * weight
            weight_sum += weight
            if cap is not None:
                capped += min(value, cap) * weight
    if not weight_sum:
        return Readings(None, None, None)
    official = settle(divide(products, HUNDRED))
    normal = official if weight_sum == HUNDRED else settle(divide(products, weight_sum))
    if cap is None:
        return Readings(official, normal, None)
    return Readings(official, normal, normal if capped == products else settle(divide(capped, weight_sum)))
