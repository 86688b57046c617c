"""Exact arithmetic: the one context, the one division, the one rounding (DI1).

Sums and products of figures are exact.  A quotient such as 1/3 is carried to 60
significant digits and *settled* to 30 decimal places when it is compared with a
limit, shown or written down; three thirds of 100 are then 100, not 99.99…9
(docs/decisions/0002-decimal-arithmetic.md).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, Inexact, Rounded, localcontext
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
EXACT.traps[Inexact] = False
EXACT.traps[Rounded] = False

HUNDRED = Decimal(100)
ZERO = Decimal(0)
_ONE = Decimal(1)
_SETTLED = _ONE.scaleb(-30)


def exact(function: Callable[P, R]) -> Callable[P, R]:
    """Run ``function`` under :data:`EXACT`, whatever context the caller's thread has."""

    @wraps(function)
    def under_exact(*args: P.args, **kwargs: P.kwargs) -> R:
        with localcontext(EXACT):
            return function(*args, **kwargs)

    return under_exact


def divide(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Return the quotient to 60 significant digits; the caller has made sure that ``divisor`` is not 0."""
    return EXACT.divide(dividend, divisor)


def quantised(value: Decimal) -> Decimal:
    """Return ``value`` with exactly 30 decimal places, for comparison with a limit."""
    return _room_for(value).quantize(value, _SETTLED)


def settle(value: Decimal) -> Decimal:
    """Return ``value`` with at most 30 decimal places and no trailing zeros, in plain notation."""
    settled = quantised(value)
    whole = settled.to_integral_value()
    return _room_for(whole).quantize(whole, _ONE) if settled == whole else settled.normalize(_room_for(settled))


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Return ``value`` rounded half up to ``places`` decimals: 112.5 → 113, 8.085 → 8.09 (DI1, P11)."""
    step = _ONE.scaleb(-places)
    return quantised(value).quantize(step, rounding=ROUND_HALF_UP, context=_room_for(value, places))


def _room_for(value: Decimal, places: int = 0) -> Context:
    """Return the context that has digits enough for ``value`` with 30 places: no figure is too large to be shown."""
    wanted = max(value.adjusted(), 0) + max(places, 30) + 3
    return EXACT if wanted <= EXACT.prec else Context(prec=wanted, rounding=ROUND_HALF_EVEN)
