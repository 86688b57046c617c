"""The rules as spreadsheet formulas: text in, text out (WB1, engine/rules/35-workbook.md).

A spreadsheet counts in binary numbers, where 0.1 + 0.2 is not 0.3.  Whatever is compared
with a limit is therefore first rounded to ``guard`` decimals (9), which puts sums such as
98.99999999999999 back on 99; the cells themselves stay unrounded.  Nothing here uses
LOOKUP over blanks, which LibreOffice answers with #N/A.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samrit.engine.model import Aggregation, Consolidation, EntryBasis
from samrit.engine.ruleset import PointScale

GUARD = 9
_ANY_NUMBER = '">-1E+300"'
_EXTRA_PLACES = 5
MASK = "month_counts"  # 1 for every month up to the evaluated one, on the sheet of rules
MONTHS = "month_numbers"


@dataclass(frozen=True, slots=True)
class Cells:
    """References to one side of an indicator's twelve months."""

    values: str
    mask: str = MASK
    numerators: str = ""
    denominators: str = ""


def guarded(value: str) -> str:
    """Return ``value`` rounded for a comparison."""
    return f"ROUND({value},guard)"


def count(cells: Cells) -> str:
    """Return how many months in view hold a number."""
    return f"COUNTIFS({cells.values},{_ANY_NUMBER},{cells.mask},1)"


def total(aggregation: Aggregation, basis: EntryBasis, cells: Cells, *, scale: str = "100") -> tuple[str, bool]:
    """Return the total of the months in view (TO1–TO6) and whether it is an array formula; ``scale`` as of AC14."""
    if aggregation is Aggregation.RATIO:
        return _ratio(basis, cells, scale), False
    if basis is EntryBasis.TO_DATE:
        aggregation = Aggregation.LATEST
    none = f'IF({count(cells)}=0,"",'
    if aggregation is Aggregation.SUM:
        return f"{none}SUMIFS({cells.values},{cells.mask},1))", False
    if aggregation is Aggregation.AVERAGE:
        return f"{none}SUMIFS({cells.values},{cells.mask},1)/{count(cells)})", False
    if aggregation is Aggregation.LATEST:
        return f"{none}INDEX({cells.values},{_last(cells, _numbers(cells.values))}))", False
    function = "MAX" if aggregation is Aggregation.MAX else "MIN"
    return f'{none}{function}(IF({_numbers(cells.values)}*({cells.mask}=1),{cells.values},"")))', True


def entries_in_view(aggregation: Aggregation, cells: Cells) -> str:
    """Return how many months in view hold a figure, for shares also one given by its parts alone."""
    if aggregation is not Aggregation.RATIO or not cells.numerators:
        return count(cells)
    either = f"(({_numbers(cells.values)}+{_with_parts(cells)})>0)"
    return f"SUMPRODUCT(({cells.mask}=1)*{either})"


def part_total(basis: EntryBasis, cells: Cells, part: str) -> str:
    """Return the sum of numerators or denominators in view; the last one where they are given to date."""
    if basis is EntryBasis.TO_DATE:
        return f"INDEX({part},{_last(cells, _with_parts(cells))})"
    return f"SUMPRODUCT(({cells.mask}=1)*{_with_parts(cells)},{part})"


def from_parts(cells: Cells) -> str:
    """Return whether every month in view was given with both parts."""
    parts = f"SUMPRODUCT(({cells.mask}=1)*{_with_parts(cells)})"
    return f"AND({parts}>0,{parts}={entries_in_view(Aggregation.RATIO, cells)})"


def _ratio(basis: EntryBasis, cells: Cells, scale: str) -> str:
    if basis is EntryBasis.TO_DATE:
        return _last_share(cells, scale)
    if not cells.numerators:
        return f'IF({count(cells)}=0,"",SUMIFS({cells.values},{cells.mask},1)/{count(cells)})'
    above, below = (part_total(basis, cells, part) for part in (cells.numerators, cells.denominators))
    mean = f'IFERROR(AVERAGEIFS({cells.values},{cells.mask},1),"")'
    return f'IF({from_parts(cells)},IF({below}=0,"",{above}*{scale}/{below}),{mean})'


def _last_share(cells: Cells, scale: str) -> str:
    """Return the last share given to date: by its parts where it has them (EB1)."""
    if not cells.numerators:
        return f'IF({count(cells)}=0,"",INDEX({cells.values},{_last(cells, _numbers(cells.values))}))'
    either = f"(({_numbers(cells.values)}+{_with_parts(cells)})>0)"
    last = _last(cells, either)
    above, below, value = (f"INDEX({part},{last})" for part in (cells.numerators, cells.denominators, cells.values))
    share = f'IF(N({below})=0,"",{above}*{scale}/{below})'
    sized = f"AND(ISNUMBER({above}),ISNUMBER({below}))"
    return f'IF({entries_in_view(Aggregation.RATIO, cells)}=0,"",IF({sized},{share},{value}))'


def _numbers(values: str) -> str:
    return f"ISNUMBER({values})"


def _with_parts(cells: Cells) -> str:
    return f"{_numbers(cells.numerators)}*{_numbers(cells.denominators)}"


def _last(cells: Cells, holds: str) -> str:
    return f"SUMPRODUCT(MAX({holds}*({cells.mask}=1)*{MONTHS}))"


def month_in_view(month: int, spans: str, until: str = "as_of") -> str:
    """Return 1 when the month's figure counts: in view, and not covered by a figure for several months.

    ``until`` is the month up to which figures count: as the evaluation, or the last that is reported (SP2).
    """
    own = f"MAX(1,INDEX({spans},{month}))"
    wider = f"({spans}>{own})*({MONTHS}<={until})*({MONTHS}>={month})*({MONTHS}-{spans}<{month})"
    return f"IF(AND({month}<={until},SUMPRODUCT({wider})=0),1,0)"


@dataclass(frozen=True, slots=True)
class UnitColumns:
    """References to the columns of the sheet of units, one side."""

    indicator: str
    count: str
    total: str
    numerator: str = ""
    denominator: str = ""


def consolidated(how: Consolidation | None, units: UnitColumns, no: str, *, scale: str = "100") -> tuple[str, bool]:
    """Return the total over the units' totals (RU3) and whether it is an array formula.

    One unit's total needs no rule; several without a rule give nothing.
    """
    several, array = over_units(how, units, no, scale=scale)
    return f'IF({reporting(units, no)}=0,"",{several})', array


def reporting(units: UnitColumns, no: str) -> str:
    """Return how many units have figures in view."""
    return f'COUNTIFS({units.indicator},{no},{units.count},">0")'


def over_units(how: Consolidation | None, units: UnitColumns, no: str, *, scale: str = "100") -> tuple[str, bool]:
    """Return the figures in column ``total`` put together over the rows of indicator ``no``."""
    where = f"{units.indicator},{no}"
    numbers = f"COUNTIFS({where},{units.total},{_ANY_NUMBER})"
    total_ = f'IF({numbers}=0,"",SUMIFS({units.total},{where}))'
    if how is None:
        return f'IF({numbers}>1,"",{total_})', False
    if how is Consolidation.SUM:
        return total_, False
    mean = f'IF({numbers}=0,"",SUMIFS({units.total},{where})/{numbers})'
    if how is Consolidation.AVERAGE or (how is Consolidation.RATIO and not units.denominator):
        return mean, False
    if how is Consolidation.RATIO:
        below = f"SUMIFS({units.denominator},{where})"
        return f'IF({below}=0,"",SUMIFS({units.numerator},{where})*{scale}/{below})', False
    function = "MAX" if how is Consolidation.MAX else "MIN"
    mine = f"({units.indicator}={no})*{_numbers(units.total)}"
    return f'IF({numbers}=0,"",{function}(IF({mine},{units.total},"")))', True


def band(value: str, limits: int) -> str:
    """Return the number of the band of a value, 1 for the worst (BA1); ``limits`` upper limits are in the rules."""
    if not limits:
        return "1"
    compared = guarded(value)
    return f"1+SUMPRODUCT(({compared}>band_upper)+({compared}=band_upper)*(1-band_inclusive))"


def places(value: str, limits: int) -> str:
    """Return the fewest decimals from ``shown_places`` on that keep a shown figure in its own band (BA2)."""
    text = f"shown_places+{_EXTRA_PLACES}"
    for extra in range(_EXTRA_PLACES - 1, -1, -1):
        shown = f"ROUND({guarded(value)},shown_places+{extra})"
        text = f"IF({band(shown, limits)}={band(value, limits)},shown_places+{extra},{text})"
    return f'IF(ISNUMBER({value}),{text},"")'


def points(value: str, step: str, *, thresholds: str, points_: str, count_: str, interpolated: str) -> str:
    """Return the points of ``value`` on a scale of which ``step`` thresholds are met (AC5, M-B … M-D)."""
    low, high = f"INDEX({points_},{step})", f"INDEX({points_},{step}+1)"
    from_, to = f"INDEX({thresholds},{step})", f"INDEX({thresholds},{step}+1)"
    linear = f"{low}+({value}-{from_})*({high}-{low})/({to}-{from_})"
    return f"IF({step}=0,scale_floor,IF(OR({step}={count_},{interpolated}=0),{low},{linear}))"


def by_ladder(level: str, ladder: PointScale) -> str:
    """Return the points of a level that was reached, of which the indicator has a few (M-B, M-C, M-D)."""
    steps = list(zip(ladder.thresholds, ladder.points, strict=True))
    conditions = []
    for (low, worth), following in reversed([*zip(steps, [*steps[1:], None], strict=True)]):
        value = f"{worth:f}"
        if following is not None and ladder.interpolated and following[0] != low:
            rise, width = following[1] - worth, following[0] - low
            value = f"{worth:f}+({level}-{low:f})*({rise:f})/{width:f}"
        conditions.append((f"{guarded(level)}>={low:f}", value))
    return first_of(conditions, "scale_floor")


def first_of(conditions: Sequence[tuple[str, str]], otherwise: str) -> str:
    """Return nested IFs: the value of the first condition that holds."""
    text = otherwise
    for condition, value in reversed(conditions):
        text = f"IF({condition},{value},{text})"
    return text


def or_nothing(cell: str) -> str:
    """Return a cell's figure, and an empty text for an empty cell, which a bare reference would make 0."""
    return f'IF(ISNUMBER({cell}),{cell},"")'
