"""The rows of the annex whose figures are look-ups into the data sheets (R41, R239)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name

from samrit.engine.arithmetic import round_half_up
from samrit.engine.indicators.totals import Side, unit_total
from samrit.engine.model import Project
from samrit.engine.results import IndicatorResult, ProjectResult, State
from samrit.reports.document.model import Cell, Row
from samrit.reports.evaluation.annex.columns import full_row, laid_out, split_row, width_of
from samrit.reports.evaluation.annex.project import average_text, budget_text, period_text, remark_text, title_of
from samrit.reports.evaluation.view import ReportView
from samrit.reports.evaluation.words.live_values import achieved_of, planned_of, target_text
from samrit.reports.texts.template import FundLayout
from samrit.reports.workbook.data.series import PERIODS, MonthFigures, UnitSeries
from samrit.reports.workbook.data.units import Reporting
from samrit.reports.workbook.writing.bands import band_label
from samrit.reports.workbook.writing.book import Book, decimals
from samrit.reports.workbook.writing.layout import DataSheet, LiveFormula, Value
from samrit.reports.workbook.writing.styles import number_format
from samrit.vocabulary.terms import label

_SIDES = {Side.PLANNED: ("planned", "plan_total", "row_plan"), Side.ACTUAL: ("actual", "actual_total", "row_actual")}


@dataclass(frozen=True, slots=True)
class LiveCell(Cell):
    """A cell whose value is made for the row it ends up in, with a number format of its own.

    ``text`` holds only words, for which the row must be high enough; ``figure`` is a
    number shown with ``number``, for which the column must be wide enough.
    """

    make: Callable[[int], Value] = lambda row: None
    number: str = ""
    figure: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Keyed:
    """A row, and what its folded cells hold: its place on a data sheet, and the decimals its percent needs."""

    row: Row
    place: Value = None
    places: Callable[[int], Value] | None = None


class AnnexRows:
    """Makes the live rows of the annex."""

    def __init__(self, book: Book, projects: DataSheet, indicators: DataSheet, units: DataSheet | None) -> None:
        self.book = book
        self.projects = projects
        self.indicators = indicators
        self.units = units

    def title(self, view: ReportView, layout: FundLayout, project: Project) -> Keyed:
        """Return number and title, unit, budget and remark (R41)."""
        budget = project.budget
        cells = {
            "responsible": Cell(project.responsible_text or "/".join(project.responsible_units), "centre"),
            "budget": Cell(budget_text(view, project), "right"),
            "remark": Cell(remark_text(view, project)),
        }
        if budget is not None:
            places = self.book.template.budget_places if decimals(budget) else 0
            cells["budget"] = _live(budget, lambda _: budget, number_format(places))
        number, name = title_of(view, project)
        together = layout.columns.index("name") == layout.columns.index("number") + 1
        if together:
            cells["number"] = Cell(f"{number} {name}".strip(), bold=True, colspan=2)
            return Keyed(Row(laid_out(layout, cells, spanned=frozenset({"name"}))))
        cells |= {"number": Cell(number, "centre", bold=True), "name": Cell(name, bold=True)}
        return Keyed(Row(laid_out(layout, cells)))

    def indicator(self, view: ReportView, layout: FundLayout, reporting: Reporting, first_unit: int) -> list[Keyed]:
        """Return plan and result row; with several reporting units a pair for each, then the pair of all."""
        rows: list[Keyed] = []
        if reporting.several and self.units is not None:
            for offset, series in enumerate(reporting.series):
                place = self._place(self.units, first_unit + offset)
                rows += self._pair(
                    view, layout, _Pair(reporting, series, self.units, place, part=True, named=not offset)
                )
        own = (
            reporting.series[0]
            if not reporting.several
            else UnitSeries("", _NO_MONTHS, _NO_MONTHS, fits=True, entries=())
        )
        place = self._place(self.indicators, reporting.no)
        pair = _Pair(reporting, own, self.indicators, place, part=False, named=not reporting.several)
        return rows + self._pair(view, layout, pair)

    def _place(self, sheet: DataSheet, no: int) -> LiveFormula:
        return LiveFormula(f"MATCH({no},{sheet.name('no')},0)", no)

    def _pair(self, view: ReportView, layout: FundLayout, pair: _Pair) -> list[Keyed]:
        first = self._described(view, pair) | self._figures(view, layout, pair, Side.PLANNED)
        second = self._figures(view, layout, pair, Side.ACTUAL)
        given = {c: cell for c, cell in first.items() if c in layout.columns}
        covered = frozenset(layout.columns) - frozenset(second)
        places = None if pair.part else self._places(layout, self.indicators, pair.reporting.result)
        return [
            Keyed(Row(laid_out(layout, given)), pair.place),
            Keyed(Row(laid_out(layout, second, spanned=covered)), pair.place, places),
        ]

    def _described(self, view: ReportView, pair: _Pair) -> dict[str, Cell | tuple[Cell, ...]]:
        """Return the cells over both rows: what is measured, by whom, its target and weight."""
        own, named, voice = pair.reporting.indicator, pair.named, view.voice
        whose = ""
        if pair.part:
            whose = pair.series.unit or self.book.say("whole_indicator")
        elif not named:
            whose = voice.say("row_all_units")
        weight = Cell(rowspan=2)
        if named and own.weight is not None:
            shown = own.weight
            weight = replace(self._weight(pair.reporting.no, shown), rowspan=2)
        return {
            "number": Cell(voice.say("row_indicator", number=str(own.number)) if named else "", rowspan=2),
            "name": Cell(own.name if named else "", rowspan=2),
            "responsible": Cell(whose, "centre", rowspan=2),
            "budget": Cell(rowspan=2),
            "target": replace(self._target(view, pair.reporting.result) if named else Cell(), rowspan=2),
            "unit_of_measure": Cell(own.unit_of_measure if named else "", "centre", rowspan=2),
            "weight": weight,
            "remark": Cell(rowspan=2),
        }

    def _target(self, view: ReportView, result: IndicatorResult) -> Cell:
        """Return the year's target: a figure, or the document's own words."""
        target = result.indicator.target_of(self.book.result.plan.year_be)
        value = target.value if target and not target.text else None
        if not isinstance(value, Decimal):
            return Cell(target_text(view, result), "right")
        return _live(value, lambda _: value, number_format(decimals(value)))

    def _figures(
        self, view: ReportView, layout: FundLayout, pair: _Pair, side: Side
    ) -> dict[str, Cell | tuple[Cell, ...]]:
        key, total, row = _SIDES[side]
        result, voice = pair.reporting.result, view.voice
        value = _total(result, side) if not pair.part else self._unit_total(result, side, pair.series.unit)
        percent = Cell()
        if not pair.part:
            percent = self._percent(layout, result) if side is Side.ACTUAL else self._state(layout, result)
        return {
            "plan_actual": Cell(voice.say(row), "centre"),
            "months": self._months(layout, pair, side, key),
            "total": self._total(layout, pair, total, value),
            "percent": percent,
        }

    def _unit_total(self, result: IndicatorResult, side: Side, unit: str) -> Decimal | None:
        return unit_total(result.indicator, side, self.book.result.as_of, unit).value

    def _months(self, layout: FundLayout, pair: _Pair, side: Side, key: str) -> tuple[Cell, ...]:
        grid = pair.sheet.grid(key, f"{key}_1", f"{key}_12")
        letter = xl_col_to_name(width_of(layout))
        cells: list[Cell] = []
        for period, month in zip(PERIODS, pair.series.side(side), strict=True):
            value = month.figure if isinstance(month.figure, Decimal) else (month.figure.value or None)
            shown = value if side is Side.PLANNED or period <= self.book.result.as_of else None
            text = f'IF(INDEX({grid},$%s{{}},{period})="","",INDEX({grid},$%s{{}},{period}))' % (letter, letter)
            if side is Side.ACTUAL:
                text = f'IF({period}>as_of,"",{text})'
            places = decimals(month.figure) if isinstance(month.figure, Decimal) else 0
            cells.append(_live(shown, _maker(text, shown), number_format(places)))
        return tuple(cells)

    def _total(self, layout: FundLayout, pair: _Pair, key: str, value: Decimal | None) -> Cell:
        places = 0 if value is None else decimals(round_half_up(value, self.book.template.figure_places))
        letter = xl_col_to_name(width_of(layout))
        level = {"plan_total": "level_planned", "actual_total": "level_reached"}[key]
        otherwise = '"–"'
        if not pair.part and pair.sheet.has(level):
            found = f"INDEX({pair.sheet.name(level)},${letter}{{}})"
            otherwise = f'IF(ISNUMBER({found}),{found},"–")'
        found = f"INDEX({pair.sheet.name(key)},${letter}{{}})"
        text = f"IF(ISNUMBER({found}),{found},{otherwise})"
        shown: Decimal | str = "–" if value is None else value
        return _live(shown, _maker(text, shown), number_format(places))

    def _weight(self, no: int, weight: Decimal) -> Cell:
        """Return the indicator's weight, found by its own number: the row may be one of its units'."""
        text = f"INDEX({self.indicators.name('weight')},MATCH({no},{self.indicators.name('no')},0))"
        return _live(weight, _maker(text, weight), number_format(decimals(weight)))

    def _percent(self, layout: FundLayout, result: IndicatorResult) -> Cell:
        """Return the percent or score, in words where there is none."""
        letter, named = xl_col_to_name(width_of(layout)), self.indicators.name
        figure = named("score" if self.book.by_points else "percent")
        value = result.score if self.book.by_points else result.percent
        shown: Decimal | str = label(result.state, self.book.language, "state") if value is None else value
        found, state = (f"INDEX({name},${letter}{{}})" for name in (figure, named("state")))
        text = f"IF(ISNUMBER({found}),{found},{state})"
        number = number_format(self.book.shown_first_places)
        return _live(shown, _maker(text, shown), number)

    def _state(self, layout: FundLayout, result: IndicatorResult) -> Cell:
        """Return the words "due, not reported" above the zero that it counts as (AC6)."""
        letter, state = xl_col_to_name(width_of(layout)), self.indicators.name("state")
        text = f'IF(INDEX({state},${letter}{{}})=state_not_reported,state_not_reported,"")'
        missing = result.state is State.NOT_REPORTED
        shown = label(State.NOT_REPORTED, self.book.language, "state") if missing else None
        return LiveCell(shown or "", "right", make=_maker(text, shown))

    def average(self, view: ReportView, layout: FundLayout, no: int, result: ProjectResult) -> Keyed:
        """Return period on the left, the weighted figure with its band on the right (R239)."""
        letter, named = xl_col_to_name(width_of(layout)), self.projects.name
        figure = named("score" if self.book.by_points else "percent")
        own = f"INDEX({figure},${letter}{{}})"
        value = view.figure_of(result)
        shown: Decimal | str = label(result.state, self.book.language, "state") if value is None else value
        text = f"IF(ISNUMBER({own}),{own},INDEX({named('state')},${letter}{{}}))"
        last = replace(_live(shown, _maker(text, shown), number_format(self.book.shown_first_places)), bold=True)
        row = split_row(layout, period_text(view, result.project), average_text(view, result.project), last)
        band = band_label(result.band, self.book.language) if result.band else None
        found = LiveCell(band or "", bold=True, make=_maker(f"INDEX({named('band')},${letter}{{}})", band))
        if row.cells[-1] is not last:
            found = LiveCell(found.text, bold=True, colspan=row.cells[-1].colspan, make=found.make)
            row = Row((*row.cells[:-1], found))
        return Keyed(row, self._place(self.projects, no), self._places(layout, self.projects, result))

    def _places(
        self, layout: FundLayout, sheet: DataSheet, result: IndicatorResult | ProjectResult
    ) -> Callable[[int], Value]:
        """Return the decimals that the row's percent needs to stay in its band (BA2)."""
        letter = xl_col_to_name(width_of(layout))
        value = self.book.places_of(result.score if self.book.by_points else result.percent)
        return _maker(f"INDEX({sheet.name('places')},${letter}{{}})", value)

    def nothing(self, view: ReportView, layout: FundLayout) -> Keyed:
        """Return the row of a project without indicators."""
        return Keyed(full_row(layout, view.voice.say("row_no_indicator")))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Whose two rows are made: the series shown, the data sheet it is on, and its place there."""

    reporting: Reporting
    series: UnitSeries
    sheet: DataSheet
    place: LiveFormula
    part: bool
    named: bool


_NO_MONTHS = (MonthFigures(),) * 12


def _live(shown: Decimal | str | None, make: Callable[[int], Value], number: str) -> LiveCell:
    """Return a right-aligned cell that shows a figure, or words where there is none."""
    if isinstance(shown, Decimal):
        return LiveCell("", "right", make=make, number=number, figure=shown)
    return LiveCell(shown or "", "right", make=make, number=number)


def _maker(text: str, value: Decimal | int | str | None) -> Callable[[int], Value]:
    return lambda row: LiveFormula(text.replace("{}", str(row)), value)


def _total(result: IndicatorResult, side: Side) -> Decimal | None:
    return planned_of(result) if side is Side.PLANNED else achieved_of(result)
