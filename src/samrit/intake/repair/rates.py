"""Rates and percents that a table gives beside what they are made of: numerator and denominator, total and target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from samrit.engine.model import Aggregation, Source
from samrit.intake.facts import Fact
from samrit.intake.grid import GridCell
from samrit.intake.headings import Headings
from samrit.intake.repair.arithmetic import NEAR, misfit
from samrit.intake.tables.drafts import FigureRow, IndicatorDraft
from samrit.intake.tables.lattice import Line, slot_at
from samrit.intake.tables.layout import Layout
from samrit.intake.tables.tokens import token

NUMERATOR, DENOMINATOR, RATE = "numerator", "denominator", "rate"
PARTS = (NUMERATOR, DENOMINATOR)
_HUNDRED = Decimal(100)
_SCALES = tuple(Decimal(10) ** power for power in (2, 0, 3, 4, 5))  # the likeliest first


def column_of_rates(layout: Layout, lines: Sequence[Line], words: Headings) -> int | None:
    """Return the position before the months at which rows are called numerator and denominator (R72, TO6), or None."""
    for at in range(layout.months[0]):
        found = (words.find("rate_row", slot_at(line, at).text) for line in lines)
        if {*PARTS} <= {match.code for match in found if match is not None}:
            return at
    return None


def values_of(row: FigureRow) -> dict[int, Decimal]:
    """Return period → figure of a row whose cells are in their columns."""
    values = {t.position: t.value for t in row.tokens if t.value is not None}
    return {period: values[at] for period, at in enumerate(row.months, 1) if at in values}


def scale_of(draft: IndicatorDraft) -> Decimal | None:
    """Return per how many the rate is (100 for a percent): what all months give that have all three figures, else None.

    Months in which nothing happened give any scale, and settle none.
    """
    if not {*PARTS} <= set(draft.parts) or draft.actual is None:
        return None
    above, below, rates = (values_of(row) for row in (*(draft.parts[part] for part in PARTS), draft.actual))
    known = [p for p in rates if above.get(p) and below.get(p)]
    fits = (s for s in _SCALES if all(misfit(above[p] * s / below[p], rates[p]) <= NEAR for p in known))
    return next(fits, None) if known else None


def facts_of_parts(draft: IndicatorDraft, source: Callable[[GridCell | None], Source]) -> dict[str, Fact]:
    """Return numerator and denominator of each month, and how they make the year where the rate's scale is known."""
    made = {}
    for part in {*PARTS} & set(draft.parts):
        row = draft.parts[part]
        cells = {t.position: t.cell for t in row.tokens}
        for period, value in values_of(row).items():
            made[f"{part}.{period}"] = Fact(value, source=source(cells[row.months[period - 1]]))
    if (scale := scale_of(draft)) is not None:
        made |= {"aggregation": Fact(Aggregation.RATIO.value), "per": Fact(scale)}
    return made


def all_percents(lines: Sequence[Line], layout: Layout) -> bool:
    """Say whether the percent behind the months is in every row what their total is of the target, and not always 100.

    A plan gives its target; where it does not the figures are what was reached.
    """
    told = [_share(line, layout) for line in lines]
    shares = [share for share in told if share is not None]
    return (
        bool(shares)
        and all(misfit(made, shown) <= NEAR for made, shown in shares)
        and any(shown != _HUNDRED for _, shown in shares)
    )


def _share(line: Line, layout: Layout) -> tuple[Decimal, Decimal] | None:
    """Return what a row's total is of its target in percent, and the percent printed."""
    places = (layout.position(role) for role in ("target", "total", "percent"))
    values = [None if at is None else token(slot_at(line, at).cell, at).value for at in places]
    target, total, percent = values
    if not target or total is None or percent is None:
        return None
    return total * _HUNDRED / target, percent
