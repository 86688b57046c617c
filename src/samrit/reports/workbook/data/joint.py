"""How the workbook computes a total over several units: the roads that formulas can go (RU3, RU4).

Twelve cells for each unit hold what was reported, but no formula of a spreadsheet sees which
unit stands for which from when on, or sets aside what a figure for all units holds already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from samrit.engine.indicators.mergers import Successors
from samrit.engine.indicators.series import Side, counted_once, entries_in_view
from samrit.engine.indicators.totals import consolidation_of, takes_last
from samrit.engine.model import Aggregation, Consolidation, Indicator
from samrit.reports.workbook.data.series import PERIODS, UnitSeries


class Road(Enum):
    """How a total is made."""

    OWN = "live"  # from the twelve months of the row itself
    UNITS = "by_unit"  # from the units' totals
    MONTHS = "by_month"  # each month over its units, then the months of the row itself
    FIXED = "computed"  # by Samrit


Roads = Mapping[Side, Road]


def roads_of(indicator: Indicator, series: Sequence[UnitSeries], successors: Successors) -> Roads:
    """Return the road of each side's total."""
    if len(series) == 1:
        road = Road.OWN if series[0].fits else Road.FIXED
        return dict.fromkeys(Side, road)
    if not all(s.fits for s in series):
        return dict.fromkeys(Side, Road.FIXED)
    return {side: _joint(indicator, series, side, successors) for side in Side}


def _joint(indicator: Indicator, series: Sequence[UnitSeries], side: Side, successors: Successors) -> Road:
    shares = indicator.aggregation is Aggregation.RATIO
    seen = entries_in_view(indicator.entries, side, len(PERIODS), shares=shares)
    if counted_once(seen)[1]:
        return Road.FIXED
    units = {e.unit for e in seen}
    how = consolidation_of(indicator)
    if takes_last(indicator):
        merged = any(follower in units for unit in units for follower, _ in successors.get(unit, ()))
        return Road.FIXED if merged or ("" in units and len(units) > 1) or shares else Road.UNITS
    if indicator.aggregation is Aggregation.SUM and how is Consolidation.SUM:
        return Road.UNITS
    if shares and how is Consolidation.RATIO and seen and all(_has_parts(series, side)):
        return Road.UNITS
    plain = not any(_has_parts(series, side)) if shares else True
    is_timed = any(s.is_timed for s in series)  # its months are in view later than those of others (SP2)
    return (
        Road.MONTHS
        if plain and not is_timed and not any(m.span > 1 for s in series for m in s.side(side))
        else Road.FIXED
    )


def _has_parts(series: Sequence[UnitSeries], side: Side) -> list[bool]:
    """Return, for each month with a figure, whether it has both parts of a share."""
    months = [m for s in series for m in s.side(side)]
    return [m.has_parts for m in months if m.is_figure or m.has_parts]
