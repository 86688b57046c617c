"""The formulas of an indicator that several units report: its months and totals over them (RU3, RU4)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.indicators.totals import NOTE_CONSOLIDATION_MISSING, Side, consolidation_of, over_units
from samrit.engine.model import Aggregation, Consolidation
from samrit.reports.workbook.data import figures, formulas
from samrit.reports.workbook.data.joint import Road
from samrit.reports.workbook.data.series import PERIODS
from samrit.reports.workbook.data.units import Reporting, UnitsSheet
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import DataSheet, Fixed, LiveFormula, Value


class JointFormulas:
    """Cells on the sheet of indicators that look at the sheet of units."""

    def __init__(self, book: Book, sheet: DataSheet, units: UnitsSheet) -> None:
        self.book = book
        self.sheet = sheet
        self.units = units

    def totals(self, row: int, reporting: Reporting) -> dict[str, Value]:
        """Return both totals and how they are made."""
        roads = reporting.roads
        made = Road.FIXED if not reporting.is_live else roads[Side.ACTUAL]
        values: dict[str, Value] = {"made": self.book.say(made.value)}
        for side, total in _sides(reporting):
            values[figures.TOTALS[side]] = self._total(row, reporting, side, total)
        return values

    def _total(self, row: int, reporting: Reporting, side: Side, total: Decimal | None) -> Value:
        """Return a total over several units by the road that formulas can go (RU4)."""
        indicator, road = reporting.indicator, reporting.roads[side]
        if road is Road.FIXED:
            return None if total is None else Fixed(total)
        if road is Road.UNITS:
            how = consolidation_of(indicator)
            if how is Consolidation.RATIO and indicator.aggregation is not Aggregation.RATIO:
                how = Consolidation.AVERAGE  # without parts that is what it comes to (RU3)
            text, array = formulas.consolidated(
                how, self.units.columns_of(side), self.sheet.cell("no", row), scale=f"{indicator.per:f}"
            )
            return LiveFormula(text, total, array)
        key = figures.SIDES[side]
        months = formulas.Cells(self.sheet.across(f"{key}_1", f"{key}_12", row))
        text, array = formulas.total(indicator.aggregation, indicator.entry_basis, months, scale=f"{indicator.per:f}")
        return LiveFormula(text, total, array)

    def months(self, row: int, reporting: Reporting) -> dict[str, Value]:
        """Return the months of an indicator of several units: put together where that makes the total, or adds up."""
        units, values = self.units, dict[str, Value]()
        how = consolidation_of(reporting.indicator)
        if how is None:
            return values
        for side, key in figures.SIDES.items():
            if reporting.roads[side] is not Road.MONTHS and how is not Consolidation.SUM:
                continue
            for period in PERIODS:
                month = formulas.UnitColumns(units.sheet.name("indicator_no"), "", units.sheet.name(f"{key}_{period}"))
                text, array = formulas.over_units(how, month, self.sheet.cell("no", row))
                figures_ = [s.side(side)[period - 1].figure for s in reporting.series]
                numbers = [figure for figure in figures_ if isinstance(figure, Decimal)]
                values[f"{key}_{period}"] = LiveFormula(text, over_units(how, numbers) if numbers else None, array)
        return values

    def cannot_be_combined(self, row: int, reporting: Reporting) -> str:
        """Return whether several units are on a side and nobody said how they go together (RU3)."""
        no, sides = self.sheet.cell("no", row), []
        for side, total in ((Side.PLANNED, reporting.result.plan_total), (Side.ACTUAL, reporting.result.actual_total)):
            if reporting.roads[side] is Road.FIXED:
                sides.append("TRUE" if total.note == NOTE_CONSOLIDATION_MISSING else "FALSE")
            else:
                sides.append(f"{formulas.reporting(self.units.columns_of(side), no)}>1")
        return f"OR({','.join(sides)})"


def _sides(reporting: Reporting) -> tuple[tuple[Side, Decimal | None], ...]:
    result = reporting.result
    return (Side.PLANNED, result.plan_total.value), (Side.ACTUAL, result.actual_total.value)
