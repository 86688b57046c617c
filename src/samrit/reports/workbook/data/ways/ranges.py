"""The formulas of a range: its upper end month by month and as a total, and the percent against both ends (AC13)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.indicators.achievement import upper_ends
from samrit.engine.indicators.totals import Side
from samrit.engine.model import Aggregation, EntryBasis, Indicator
from samrit.engine.model import Formula as Way
from samrit.reports.workbook.data import formulas
from samrit.reports.workbook.data.figures import MonthsRow
from samrit.reports.workbook.data.formulas import Cells, guarded
from samrit.reports.workbook.data.series import PERIODS, UnitSeries, series_of
from samrit.reports.workbook.data.units import Reporting
from samrit.reports.workbook.writing.layout import DataSheet, LiveFormula, Value


def is_live_range(reporting: Reporting) -> bool:
    """Say whether formulas make both ends, the result and the percent of a range.

    Twelve cells hold the upper ends of one unit; those of several, of shares, and sums of which some figure is below 0
    or stands for several months are written as Samrit computed them.
    """
    indicator = reporting.indicator
    if indicator.formula is not Way.RANGE or reporting.several or not reporting.is_live:
        return False
    if indicator.aggregation is Aggregation.RATIO or not (reporting.series[0].fits and _uppers(indicator).fits):
        return False
    return not _is_partial_sum(indicator) or not (reporting.series[0].has_spans or _has_losses(indicator))


def _uppers(indicator: Indicator) -> UnitSeries:
    """Return the twelve months with the upper ends in place of the planned figures."""
    return series_of(upper_ends(indicator))[0]


def _is_partial_sum(indicator: Indicator) -> bool:
    """Say whether what was not reported takes its share off the percent (AC8 b)."""
    return indicator.aggregation is Aggregation.SUM and indicator.entry_basis is EntryBasis.MONTH


def _has_losses(indicator: Indicator) -> bool:
    return any(isinstance(e.planned, Decimal) and e.planned < 0 for e in indicator.entries)


class RangeRow:
    """The row of one indicator with a planned range."""

    def __init__(self, sheet: DataSheet, row: int, reporting: Reporting) -> None:
        self._reporting, self._indicator = reporting, reporting.indicator
        self._sheet, self._row = sheet, row
        figures = MonthsRow(sheet, row, reporting.indicator, reporting.series[0])
        self._planned, self._actual = figures.cells(Side.PLANNED), figures.cells(Side.ACTUAL)
        self._ends = Cells(sheet.across("planned_upper_1", "planned_upper_12", row), self._planned.mask)

    def months(self) -> dict[str, Value]:
        """Return the upper ends of the months."""
        months = zip(PERIODS, _uppers(self._indicator).planned, strict=True)
        return {f"planned_upper_{period}": month.figure for period, month in months}

    def total(self) -> dict[str, Value]:
        """Return the upper end of what is planned to date."""
        text, array = formulas.total(self._indicator.aggregation, self._indicator.entry_basis, self._ends)
        return {"upper_total": LiveFormula(text, self._reporting.result.plan_upper, array)}

    @property
    def percent(self) -> str:
        """100 inside, else less the distance to the nearest end; of a sum the share that was reported."""
        low, high, got = (self._sheet.cell(key, self._row) for key in ("plan_total", "upper_total", "actual_total"))
        whole = _within(low, high, got)
        if not _is_partial_sum(self._indicator):
            return whole
        found = f"ISNUMBER({self._planned.values})*ISNUMBER({self._actual.values})*({self._planned.mask}=1)"
        both, due = f"SUMPRODUCT({found})", formulas.count(self._planned)
        low, high = (f"SUMPRODUCT({found},{cells.values})" for cells in (self._planned, self._ends))
        part = f"IF({both}=0,0,({_within(low, high, got)})*{both}/{due})"
        return f"IF({both}<{due},{part},{whole})"


def _within(one: str, other: str, got: str) -> str:
    low, high = f"MIN({one},{other})", f"MAX({one},{other})"
    bound = f"IF({guarded(got)}<{guarded(low)},{low},{high})"
    outside = f"IF({guarded(bound)}=0,0,MAX(0,100-ABS({got}-{bound})*100/ABS({bound})))"
    return f"IF(AND({guarded(got)}>={guarded(low)},{guarded(got)}<={guarded(high)}),100,{outside})"
