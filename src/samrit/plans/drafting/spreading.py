"""A year's figure spread over the months of a plan: exact, so that what is spread adds up to what was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from enum import Enum

from samrit.engine.arithmetic import divide, exact
from samrit.engine.model import Figure, Mark

QUARTER_ENDS = (3, 6, 9, 12)


class SpreadWay(Enum):
    """How a figure is spread."""

    EQUAL = "equal"  # the same each month; what is left over falls to the last months
    CONSTANT = "constant"  # the whole figure in every month, as of a percentage
    CUMULATIVE = "cumulative"  # rising to the whole figure, as of a total to date
    QUARTER = "quarter"  # a quarter of it at each quarter's end, nothing between
    LAST_YEAR = "last_year"  # as last year's results fell


@exact
def spread(
    total: Decimal, way: SpreadWay, months: Sequence[int], last_year: Mapping[int, Decimal]
) -> dict[int, Figure]:
    """Return the planned figure of each of ``months``, in as many decimals as ``total`` has.

    Under ``LAST_YEAR`` months without a result get nothing; with no result at all it is the same as ``EQUAL``.
    """
    if not months:
        return {}
    if way is SpreadWay.CONSTANT:
        return dict.fromkeys(months, total)
    if way is SpreadWay.CUMULATIVE:
        shares = _shared(total, dict.fromkeys(months, Decimal(1)))
        return {month: sum((shares[m] for m in months[: at + 1]), Decimal()) for at, month in enumerate(months)}
    if way is SpreadWay.QUARTER:
        ends = [month for month in months if month in QUARTER_ENDS] or [months[-1]]
        parts: Mapping[int, Decimal] = _shared(total, dict.fromkeys(ends, Decimal(1)))
        return {month: parts.get(month, Mark.NOTHING) for month in months}
    known = {month: last_year[month] for month in months if last_year.get(month, Decimal()) > 0}
    if way is SpreadWay.LAST_YEAR and known:
        parts = _shared(total, known)
        return {month: parts.get(month, Mark.NOTHING) for month in months}
    return dict(_shared(total, dict.fromkeys(months, Decimal(1))))


def _shared(total: Decimal, weights: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Share ``total`` by weight, each part cut to its decimals; the units that are left fall to the last, one each."""
    unit = Decimal(1).scaleb(min(int(total.as_tuple().exponent), 0))
    whole = sum(weights.values(), Decimal())
    parts = {k: divide(total * weight, whole).quantize(unit, ROUND_DOWN) for k, weight in weights.items()}
    left = int(divide(total - sum(parts.values(), Decimal()), unit))
    for key in list(parts)[len(parts) - abs(left) :] if left else ():
        parts[key] += unit if left > 0 else -unit
    return parts
