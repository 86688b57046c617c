"""The sheet of units: a row of twelve months for each unit that reports an indicator with others (RU3)."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.engine.indicators.achievement import upper_ends
from samrit.engine.indicators.totals import Side, unit_total
from samrit.engine.model import Indicator
from samrit.engine.results import IndicatorResult, Part
from samrit.reports.workbook.data import figures, formulas
from samrit.reports.workbook.data.figures import Features, MonthsRow
from samrit.reports.workbook.data.formulas import UnitColumns
from samrit.reports.workbook.data.joint import Road, Roads
from samrit.reports.workbook.data.series import UnitSeries, until_of
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import LiveFormula, Value

PARTS = {
    Side.PLANNED: ("plan_numerator_total", "plan_denominator_total"),
    Side.ACTUAL: ("actual_numerator_total", "actual_denominator_total"),
}


@dataclass(frozen=True, slots=True)
class Reporting:
    """One indicator's number, result and series."""

    no: int
    result: IndicatorResult
    series: tuple[UnitSeries, ...]
    roads: Roads
    is_merged: bool = False  # one of its units stands for another from some month on

    @property
    def is_live(self) -> bool:
        """Whether formulas make both totals."""
        return Road.FIXED not in self.roads.values()

    @property
    def indicator(self) -> Indicator:
        """The indicator itself."""
        return self.result.indicator

    @property
    def several(self) -> bool:
        """Whether more than one unit reports it."""
        return len(self.series) > 1


class UnitsSheet:
    """Writes one row for each unit of the indicators that several units report."""

    def __init__(self, book: Book, reporting: list[Reporting], features: Features) -> None:
        self.book = book
        self.rows = [(r, series) for r in reporting if r.several for series in r.series]
        helpers = ["plan_count", "actual_count", "both_count", "plan_of_both", "says_anything"]
        if features.ranges:
            helpers.append("upper_of_both")
        parts = [key for keys in PARTS.values() for key in keys] if features.parts else []
        columns = [
            *(book.column(key, 6, "helper", helper=True) for key in ("no", "indicator_no")),
            book.column("indicator_id", 14),
            book.column("unit", 22),
            *figures.month_columns(book, features),
            book.column("plan_total", 13, "total"),
            *([book.column("upper_total", 13, "total")] if features.ranges else []),
            book.column("actual_total", 13, "total"),
            book.column("made", 20),
            *(book.column(key, 8, "helper", helper=True) for key in (*helpers, *parts)),
        ]
        self.sheet = book.add("units", columns, len(self.rows), prefix="un", frozen="unit")

    def write(self) -> None:
        """Write every row."""
        for row, (reporting, series) in enumerate(self.rows):
            self.book.put(self.sheet, row, self._values(row, reporting, series))

    def _values(self, row: int, reporting: Reporting, series: UnitSeries) -> dict[str, Value]:
        indicator, as_of = reporting.indicator, self.book.result.as_of
        figure_row = MonthsRow(self.sheet, row, indicator, series)
        values = figure_row.months(as_of)
        values |= {
            "no": row + 1,
            "indicator_no": reporting.no,
            "indicator_id": indicator.id,
            "unit": series.unit or self.book.say("whole_indicator"),
            "made": self.book.say("live" if series.fits else "computed"),
            "says_anything": figure_row.says_anything,
        }
        values["both_count"], values["plan_of_both"] = figure_row.of_both(as_of)
        for side in Side:
            values |= self._side(figure_row, side)
        return values | self._upper(figure_row)

    def _upper(self, figure_row: MonthsRow) -> dict[str, Value]:
        """Return the upper end of what the unit plans, to date and of the months with a result (AC13)."""
        series, indicator, as_of = figure_row.series, figure_row.indicator, self.book.result.as_of
        if not (self.sheet.has("upper_total") and series.upper and series.fits):
            return {}
        ends = unit_total(upper_ends(indicator), Side.PLANNED, until_of(indicator, as_of)[1], series.unit).parts
        text, array = formulas.total(
            indicator.aggregation, indicator.entry_basis, figure_row.ends, scale=f"{indicator.per:f}"
        )
        total = LiveFormula(text, ends[0].value if ends else None, array)
        return {"upper_total": total, "upper_of_both": figure_row.upper_of_both(as_of)}

    def _side(self, figure_row: MonthsRow, side: Side) -> dict[str, Value]:
        total = self._own_total(figure_row.indicator, figure_row.series, side)
        values = {
            figures.TOTALS[side]: figure_row.total(side, total.value if total else None),
            figures.COUNTS[side]: figure_row.count(side, self.book.result.as_of),
        }
        above, below = PARTS[side]
        if self.sheet.has(above):
            values[above], values[below] = figure_row.parts(side, total)
        return values

    def _own_total(self, indicator: Indicator, series: UnitSeries, side: Side) -> Part | None:
        """Return this unit's total alone."""
        parts = unit_total(indicator, side, until_of(indicator, self.book.result.as_of)[1], series.unit).parts
        return parts[0] if parts else None

    @property
    def columns_of_ends(self) -> UnitColumns:
        """Return the references that a consolidation of upper ends needs (AC13)."""
        named = self.sheet.name
        return UnitColumns(named("indicator_no"), named("plan_count"), named("upper_total"))

    def columns_of(self, side: Side) -> UnitColumns:
        """Return the references that a consolidation needs."""
        named = self.sheet.name
        above, below = PARTS[side]
        parts = (named(above), named(below)) if self.sheet.has(above) else ("", "")
        columns = (named("indicator_no"), named(figures.COUNTS[side]), named(figures.TOTALS[side]))
        return UnitColumns(*columns, *parts)
