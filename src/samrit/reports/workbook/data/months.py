"""The sheet of months: every entry on a row of its own, for pivot tables and other systems (R290)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.indicators.totals import Side
from samrit.engine.model import Aggregation, Entry, Figure, Mark
from samrit.engine.results import ProjectResult
from samrit.reports.workbook.data import figures
from samrit.reports.workbook.data.series import UnitSeries, holds
from samrit.reports.workbook.data.units import Reporting
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import DataSheet, LiveFormula, Value
from samrit.reports.workbook.writing.sources import source_text

_PARTS = ("numerator", "denominator", "planned_numerator", "planned_denominator")
_FIGURES = {Side.PLANNED: "planned", Side.ACTUAL: "actual"}


@dataclass(frozen=True, slots=True)
class _Line:
    """One entry, and the row of twelve months that holds its figures."""

    entry: Entry
    series: UnitSeries
    reporting: Reporting
    owner: ProjectResult
    sheet: DataSheet
    place: int  # row number of that row on its sheet


class MonthlySheet:
    """Writes one row for each entry; its figures are those of the rows of twelve months."""

    def __init__(self, book: Book, indicators: DataSheet, units: DataSheet | None) -> None:
        self.book = book
        self._indicators = indicators
        self._units = units
        self._lines: list[_Line] = []
        self._unit_rows = 0

    def take(self, reporting: Reporting, owner: ProjectResult) -> None:
        """Take the entries of one indicator."""
        for series in reporting.series:
            sheet, place = self._indicators, reporting.no
            if reporting.several and self._units is not None:
                self._unit_rows += 1
                sheet, place = self._units, self._unit_rows
            for entry in sorted(series.entries, key=lambda e: (e.unit, e.period, e.span)):
                self._lines.append(_Line(entry, series, reporting, owner, sheet, place))

    def write(self) -> None:
        """Write the sheet."""
        c = self.book.column
        columns = [
            *(c(key, 7, "helper", helper=True) for key in ("no", "figure_row")),
            c("indicator_id", 12),
            c("project_id", 12),
            c("fund", 9, "code"),
            c("strategy", 10, "code"),
            c("name", 60, "wrap"),
            c("unit_of_measure", 11),
            c("unit", 16),
            c("period", 8, "code"),
            c("month", 10, "code"),
            *(c(key, 14, "figure") for key in ("planned", "actual")),
            *(c(key, 12, "figure") for key in (_PARTS if any(line.series.has_parts for line in self._lines) else ())),
            c("span", 10, "code"),
            c("note", 30, "wrap"),
            c("source", 24),
            c("confidence", 10, "figure"),
        ]
        sheet = self.book.add("monthly", columns, len(self._lines), prefix="mon", frozen="project_id")
        for row, line in enumerate(self._lines):
            self.book.put(sheet, row, self._values(sheet, row, line))

    def _values(self, sheet: DataSheet, row: int, line: _Line) -> dict[str, Value]:
        entry, indicator, project = line.entry, line.reporting.indicator, line.owner.project
        known = 1 <= entry.period <= 12
        place = LiveFormula(f"MATCH({sheet.cell('no', row)},{line.sheet.name('no')},0)", line.place)
        values: dict[str, Value] = {
            "no": line.place,
            "figure_row": place,
            "indicator_id": indicator.id,
            "project_id": project.id,
            "fund": project.fund,
            "strategy": project.strategy,
            "name": indicator.name,
            "unit_of_measure": indicator.unit_of_measure,
            "unit": entry.unit,
            "period": entry.period,
            "month": self.book.timing.name(entry.period, short=True) if known else None,
            "span": entry.span,
            "note": entry.note,
            "source": source_text(entry.source, is_typed=entry.is_typed),
            "confidence": entry.confidence,
        }
        if sheet.has("numerator"):
            values |= {key: getattr(entry, key) for key in _PARTS}
        return values | {key: self._figure(sheet, row, line, side) for side, key in _FIGURES.items()}

    def _figure(self, sheet: DataSheet, row: int, line: _Line, side: Side) -> Value:
        """Return the figure as a look-up into the row of twelve months, so that a correction there shows here."""
        figure = side.figure(line.entry)
        is_made = line.reporting.indicator.aggregation is Aggregation.RATIO and all(
            isinstance(part, Decimal) for part in side.parts(line.entry)
        )
        if is_made or not holds(line.series, line.entry, side):
            return figure
        key = figures.SIDES[side]
        grid = line.sheet.grid(key, f"{key}_1", f"{key}_12")
        found = f"INDEX({grid},{sheet.cell('figure_row', row)},{sheet.cell('period', row)})"
        return LiveFormula(f'IF({found}="","",{found})', _stored(figure))


def _stored(figure: Figure) -> Decimal | str | None:
    return (figure.value or None) if isinstance(figure, Mark) else figure
