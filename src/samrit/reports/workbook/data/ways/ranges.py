"""The formulas of a range: its upper end month by month and as a total, and the percent against both ends (AC13)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.indicators.totals import Side, consolidation_of, over_units
from samrit.engine.model import Aggregation, Consolidation, EntryBasis, Indicator
from samrit.engine.model import Formula as Way
from samrit.reports.workbook.data import formulas
from samrit.reports.workbook.data.figures import MonthsRow
from samrit.reports.workbook.data.formulas import Cells, UnitColumns, guarded
from samrit.reports.workbook.data.joint import Road
from samrit.reports.workbook.data.series import PERIODS
from samrit.reports.workbook.data.units import Reporting, UnitsSheet
from samrit.reports.workbook.writing.layout import DataSheet, LiveFormula, Value


def is_live_range(reporting: Reporting) -> bool:
    """Say whether formulas make both ends, the result and the percent of a range.

    Those of shares are written as Samrit computed them, sums of which some figure is below 0 or stands for several
    months, and of several units those that owe for one another or of which one is silent (AC8 d).
    """
    indicator = reporting.indicator
    if indicator.formula is not Way.RANGE or not reporting.is_live or indicator.aggregation is Aggregation.RATIO:
        return False
    if not _is_partial_sum(indicator):
        return not (reporting.several and reporting.result.partial is not None)
    if any(s.has_spans for s in reporting.series) or _has_losses(indicator):
        return False
    by_units = all(road is Road.UNITS for road in reporting.roads.values())
    alone = by_units and all(s.unit for s in reporting.series) and not reporting.is_merged
    return not reporting.several or alone


def _is_partial_sum(indicator: Indicator) -> bool:
    """Say whether what was not reported takes its share off the percent (AC8 b)."""
    return indicator.aggregation is Aggregation.SUM and indicator.entry_basis is EntryBasis.MONTH


def _has_losses(indicator: Indicator) -> bool:
    return any(isinstance(e.planned, Decimal) and e.planned < 0 for e in indicator.entries)


class RangeRow:
    """The row of one indicator with a planned range; ``units`` is the sheet of those that report it, if several do."""

    def __init__(self, sheet: DataSheet, row: int, reporting: Reporting, units: UnitsSheet | None) -> None:
        self._reporting, self._indicator = reporting, reporting.indicator
        self._sheet, self._row, self._no = sheet, row, sheet.cell("no", row)
        self._units = units if reporting.several else None

    def months(self) -> dict[str, Value]:
        """Return the upper ends of the months, of several units put together where that makes the total."""
        if self._units is None or self._reporting.roads[Side.PLANNED] is not Road.MONTHS:
            return {}
        how, named, values = consolidation_of(self._indicator), self._units.sheet.name, dict[str, Value]()
        for period in PERIODS:
            column = UnitColumns(named("indicator_no"), "", named(f"planned_upper_{period}"))
            text, array = formulas.over_units(how, column, self._no)
            figures = [s.upper[period - 1].figure for s in self._reporting.series]
            numbers = [figure for figure in figures if isinstance(figure, Decimal)]
            stored = over_units(how, numbers) if numbers and how is not None else None
            values[f"planned_upper_{period}"] = LiveFormula(text, stored, array)
        return values

    def total(self) -> dict[str, Value]:
        """Return the upper end of what is planned to date."""
        indicator = self._indicator
        if self._units is not None and self._reporting.roads[Side.PLANNED] is Road.UNITS:
            how = consolidation_of(indicator)
            how = Consolidation.AVERAGE if how is Consolidation.RATIO else how  # without parts it comes to that (RU3)
            text, array = formulas.consolidated(how, self._units.columns_of_ends, self._no)
        else:
            ends = Cells(self._sheet.across("planned_upper_1", "planned_upper_12", self._row))
            if self._units is None:
                ends = MonthsRow(self._sheet, self._row, indicator, self._reporting.series[0]).ends
            text, array = formulas.total(indicator.aggregation, indicator.entry_basis, ends)
        return {"upper_total": LiveFormula(text, self._reporting.result.plan_upper, array)}

    @property
    def percent(self) -> str:
        """100 inside, else less the distance to the nearest end; of a sum the share that was reported."""
        low, high, got = (self._sheet.cell(key, self._row) for key in ("plan_total", "upper_total", "actual_total"))
        whole = _within(low, high, got)
        if not _is_partial_sum(self._indicator):
            return whole
        due, both, low, high = self._reported()
        part = f"IF({both}=0,0,({_within(low, high, got)})*{both}/{due})"
        return f"IF({both}<{due},{part},{whole})"

    def _reported(self) -> tuple[str, str, str, str]:
        """Return the texts for figures due, those of them reported, and both ends of what was planned for these."""
        if self._units is not None:
            named, keys = self._units.sheet.name, ("plan_count", "both_count", "plan_of_both", "upper_of_both")
            due, both, low, high = (f"SUMIFS({named(key)},{named('indicator_no')},{self._no})" for key in keys)
            return due, both, low, high
        figures = MonthsRow(self._sheet, self._row, self._indicator, self._reporting.series[0])
        (both, low), high = (made.text for made in figures.of_both(12)), figures.upper_of_both(12).text
        return formulas.count(figures.cells(Side.PLANNED)), both, low, high


def _within(one: str, other: str, got: str) -> str:
    low, high = f"MIN({one},{other})", f"MAX({one},{other})"
    bound = f"IF({guarded(got)}<{guarded(low)},{low},{high})"
    outside = f"IF({guarded(bound)}=0,0,MAX(0,100-ABS({got}-{bound})*100/ABS({bound})))"
    return f"IF(AND({guarded(got)}>={guarded(low)},{guarded(got)}<={guarded(high)}),100,{outside})"
