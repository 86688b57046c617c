"""The sheet of breakdowns: each category's months and total, what they make together, and the rest, live (BD1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.indicators.breakdown import Breakdown, breakdowns_in
from samrit.engine.indicators.rhythm import last_end
from samrit.engine.indicators.totals import consolidation_of
from samrit.engine.model import Aggregation, Consolidation, Indicator
from samrit.reports.workbook.data import formulas
from samrit.reports.workbook.data.units import Reporting
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import DataColumn, DataSheet, LiveFormula, Value

_MONTHS = tuple(f"part_m{period}" for period in range(1, 13))


@dataclass(frozen=True, slots=True)
class _Row:
    """One category, or (``part`` is None) what the categories of a list make and what is left of the whole."""

    reporting: Reporting
    found: Breakdown
    part: Indicator | None
    value: Decimal | None
    first: int  # the row of the first category of the list


class BreakdownsSheet:
    """Writes the categories of all indicators that have some; a plan without any gets no sheet."""

    def __init__(self, book: Book, indicators: DataSheet, reporting: Sequence[Reporting]) -> None:
        self.book, self.indicators = book, indicators
        self._rows = list(_rows(book, [r for r in reporting if r.indicator.parts]))

    def write(self) -> None:
        """Write the sheet, where there are breakdowns."""
        if not self._rows:
            return
        c = self.book.column
        months = [
            DataColumn(key, self.book.timing.name(period, short=True), 9, "figure")
            for period, key in enumerate(_MONTHS, 1)
        ]
        columns = [
            c("indicator_id", 14),
            c("part_of_indicator", 40, "wrap"),
            c("part_dimension", 14),
            c("part_category", 26, "wrap"),
            *months,
            c("part_total", 13, "total"),
            c("part_rest", 13, "total"),
        ]
        sheet = self.book.add("breakdowns", columns, len(self._rows), prefix="bd", frozen="part_category")
        for at, row in enumerate(self._rows):
            self.book.put(sheet, at, self._values(sheet, at, row))

    def _values(self, sheet: DataSheet, at: int, row: _Row) -> dict[str, Value]:
        whole = row.reporting.indicator
        values: dict[str, Value] = {
            "indicator_id": whole.id,
            "part_of_indicator": whole.name,
            "part_dimension": row.found.dimension,
            "part_category": self.book.say("breakdown_together") if row.part is None else row.part.name,
        }
        if row.part is not None:
            return values | _months(row.part) | {"part_total": self._total(sheet, at, row, row.part)}
        return values | self._together(sheet, at, row)

    def _total(self, sheet: DataSheet, at: int, row: _Row, part: Indicator) -> Value:
        """Return a category's total to date: a formula over its months where each stands for itself alone (TO1–TO5)."""
        whole = row.reporting.indicator
        is_plain = all(entry.span == 1 and not entry.unit for entry in part.entries)
        until = last_end(whole.rhythm, self.book.result.as_of)
        if not is_plain or whole.aggregation is Aggregation.RATIO or until != self.book.result.as_of:
            return row.value
        cells = formulas.Cells(sheet.across(_MONTHS[0], _MONTHS[-1], at))
        text, is_array = formulas.total(whole.aggregation, whole.entry_basis, cells)
        return LiveFormula(text, row.value, array=is_array)

    def _together(self, sheet: DataSheet, at: int, row: _Row) -> dict[str, Value]:
        """Return what the categories make, added up live where they are added up, and what is left of the whole."""
        whole = row.reporting.indicator
        cells = f"{sheet.cell('part_total', row.first)}:{sheet.cell('part_total', at - 1)}"
        made: Value = row.value
        if consolidation_of(whole) is Consolidation.SUM:
            made = LiveFormula(f'IF(COUNT({cells})=0,"",SUM({cells}))', row.value)
        number = row.reporting.no - 1
        total, own = self.indicators.among("actual_total", number, number), sheet.cell("part_total", at)
        rest = f'IF(ISNUMBER({total})*ISNUMBER({own}),ROUND({total}-{own},guard),"")'
        return {"part_total": made, "part_rest": LiveFormula(rest, row.found.gap)}


def _months(part: Indicator) -> dict[str, Value]:
    """Return the months of a category that stand for themselves; those of several units are in no one cell."""
    alone = [entry for entry in part.entries if entry.span == 1]
    several = {e.period for e in alone if sum(1 for other in alone if other.period == e.period) > 1}
    return {f"part_m{e.period}": e.actual for e in alone if e.period not in several}


def _rows(book: Book, broken: Sequence[Reporting]) -> Iterator[_Row]:
    number = 0
    for reporting in broken:
        for found in breakdowns_in(book.result, reporting.indicator):
            first = number
            for part, value in found.parts:
                yield _Row(reporting, found, part, value, first)
                number += 1
            yield _Row(reporting, found, None, found.together, first)
            number += 1
