"""The sheet of indicators: months, totals, percent, weight and band of each, all but the months live."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, divide, exact
from samrit.engine.model import Figure, Target
from samrit.engine.model import Formula as Way
from samrit.engine.results import IndicatorResult, ProjectResult
from samrit.engine.ruleset import Band
from samrit.reports.workbook.data import figures, formulas
from samrit.reports.workbook.data.figures import Features, MonthsRow
from samrit.reports.workbook.data.indicator_formulas import IndicatorFormulas, Neighbours
from samrit.reports.workbook.data.percent_formulas import COLUMNS, fixed, is_settled
from samrit.reports.workbook.data.units import Reporting
from samrit.reports.workbook.writing.bands import band_label, band_limits, band_order
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import DataColumn, DataSheet, LiveFormula, Value
from samrit.reports.workbook.writing.sources import source_text
from samrit.vocabulary.terms import label


def indicator_columns(book: Book, features: Features, *, levels: bool, partial: bool) -> list[DataColumn]:
    """Return the columns of the sheet, those that nothing in the plan needs left out."""
    results = _result_columns(book, levels=levels, partial=partial, ranges=features.ranges)
    return [*_plan_columns(book), *figures.month_columns(book, features), *results]


def _plan_columns(book: Book) -> list[DataColumn]:
    """Return what the plan says of an indicator."""
    c = book.column
    return [
        *(c(key, 6, "helper", helper=True) for key in ("no", "project_no", "project_row")),
        c("id", 11),
        c("project_id", 11),
        c("fund", 9, "code"),
        c("strategy", 9, "code"),
        c("project_number", 8, "code"),
        c("number", 8, "code"),
        c("name", 56, "wrap"),
        c("unit_of_measure", 11),
        c("comparator", 12),
        c("target", 12, "figure"),
        c("weight", 9, "weight"),
        c("aggregation", 12),
        c("consolidation", 12, helper=True),
        c("entry_basis", 12, helper=True),
        c("direction", 13, helper=True),
        c("formula", 16, helper=True),
        c("baseline", 10, "figure", helper=True),
    ]


def _result_columns(book: Book, *, levels: bool, partial: bool, ranges: bool) -> list[DataColumn]:
    """Return what is computed of an indicator, what was settled by hand and what was printed."""
    c = book.column
    return [
        c("plan_total", 13, "total"),
        *([c("upper_total", 13, "total")] if ranges else []),
        c("actual_total", 13, "total"),
        c("made", 22, helper=True),
        *([c("level_planned", 9, "total"), c("level_reached", 9, "total")] if levels else []),
        *(c(key, 7, "helper", helper=True) for key in (("own_step", "plan_step") if levels else ())),
        c("state", 19),
        *(c(key, 9, "figure", helper=True) for key in (COLUMNS if partial else ())),
        c("computed_percent", 12, "percent"),
        c("override_count", 7, "helper", helper=True),
        c("override_percent", 12, "percent"),
        *([c("override_score", 12, "percent")] if book.by_points else []),
        c("percent", 12, "percent"),
        *([c("score_step", 7, "helper", helper=True), c("score", 10, "percent")] if book.by_points else []),
        *(c(key, 7, "helper", helper=True) for key in ("places", "band_no")),
        c("band", 14, "band"),
        c("weight_used", 10, "weight"),
        c("takes_part", 7, "helper", helper=True),
        c("effective_weight", 11, "weight"),
        *(c(key, 11, "helper", helper=True) for key in ("contribution", "second_contribution")),
        *([c("score_contribution", 11, "helper", helper=True)] if book.by_points else []),
        c("claim_percent", 11, "figure"),
        c("source", 26),
        c("note", 40, "wrap"),
    ]


class IndicatorsSheet:
    """Writes one row for each indicator."""

    def __init__(self, book: Book, sheet: DataSheet, neighbours: Neighbours) -> None:
        self.book = book
        self.sheet = sheet
        self.text = IndicatorFormulas(book, sheet, neighbours)

    def write(self, row: int, reporting: Reporting, owner: tuple[int, ProjectResult]) -> None:
        """Write the row of one indicator."""
        values = self._plain(reporting, owner)
        values |= self._figures(row, reporting)
        values |= self.text.totals(row, reporting)
        values |= self._scored(row, reporting.result, reporting)
        values |= self._weighted(row, reporting.result, owner)
        self.book.put(self.sheet, row, values)

    def _plain(self, reporting: Reporting, owner: tuple[int, ProjectResult]) -> dict[str, Value]:
        indicator, (project_no, result) = reporting.indicator, owner
        project, language = result.project, self.book.language
        target = indicator.target_of(self.book.result.plan.year_be)
        return {
            "no": reporting.no,
            "project_no": project_no,
            "id": indicator.id,
            "project_id": project.id,
            "fund": project.fund,
            "strategy": project.strategy,
            "project_number": project.number,
            "number": indicator.number,
            "name": indicator.name,
            "unit_of_measure": indicator.unit_of_measure,
            "comparator": label(target.comparator, language, "comparator") if target else None,
            "target": _target(target),
            "weight": indicator.weight,
            "aggregation": label(indicator.aggregation, language, "aggregation"),
            "consolidation": label(indicator.consolidation, language, "consolidation")
            if indicator.consolidation
            else None,
            "entry_basis": label(indicator.entry_basis, language, "entry_basis"),
            "direction": label(indicator.direction, language, "direction"),
            "formula": label(indicator.formula, language, "formula"),
            "baseline": indicator.baseline,
            "claim_percent": indicator.claim.percent if indicator.claim else None,
            "source": source_text(indicator.source),
            "note": indicator.note,
        }

    def _figures(self, row: int, reporting: Reporting) -> dict[str, Value]:
        if reporting.several:
            return self.text.months_of_units(row, reporting)
        return MonthsRow(self.sheet, row, reporting.indicator, reporting.series[0]).months(self.book.result.as_of)

    def _scored(self, row: int, result: IndicatorResult, reporting: Reporting) -> dict[str, Value]:
        at, text, book = self.sheet.cell, self.text, self.book
        limits = band_limits(book.result.ruleset)
        figure = at("score" if self.book.by_points else "percent", row)
        value = result.score if self.book.by_points else result.percent
        values: dict[str, Value] = {
            "state": LiveFormula(text.state(row, reporting), label(result.state, self.book.language, "state")),
            "computed_percent": LiveFormula(text.computed_percent(row, reporting), result.computed_percent),
            "override_count": text.override_count(row, result),
            "override_percent": text.override_percent(row, result),
            "percent": LiveFormula(text.percent(row), result.percent),
            "places": LiveFormula(formulas.places(figure, limits), book.places_of(value)),
        }
        if self.book.by_points:
            values |= text.scores(row, reporting) | {"override_score": text.override_score(row, result)}
        if is_settled(reporting):
            values |= self._settled(result)
        return values | self._band(row, figure, result.band, limits)

    def _settled(self, result: IndicatorResult) -> dict[str, Value]:
        """Return Samrit's own state and percent, where no formula makes them (AC12, AC13)."""
        state: Value = label(result.state, self.book.language, "state")
        values = {"state": state, "computed_percent": fixed(result.computed_percent)}
        if self.book.by_points and result.indicator.formula is Way.LEVELS:
            values["score"] = fixed(result.score)
        if self.sheet.has("upper_total"):
            values["upper_total"] = fixed(result.plan_upper)
        return values

    def _band(self, row: int, figure: str, band: Band | None, limits: int) -> dict[str, Value]:
        if self.text.is_unbanded:
            return {}
        number = self.sheet.cell("band_no", row)
        at = band_order(band, self.book.result.ruleset.bands)
        return {
            "band_no": LiveFormula(f'IF(ISNUMBER({figure}),{formulas.band(figure, limits)},"")', at),
            "band": LiveFormula(
                f'IF(ISNUMBER({number}),INDEX(band_label,{number}),"")',
                band_label(band, self.book.language) if band else None,
            ),
        }

    def _weighted(self, row: int, result: IndicatorResult, owner: tuple[int, ProjectResult]) -> dict[str, Value]:
        project = owner[1]
        part = result.score if self.book.by_points else result.percent
        second = _capped(result.percent, self.book.result.ruleset.second_cap)
        values: dict[str, Value] = {
            "project_row": LiveFormula(self.text.project_row(row), owner[0]),
            "weight_used": LiveFormula(self.text.weight_used(row), result.weight),
            "takes_part": LiveFormula(self.text.takes_part(row), int(part is not None)),
            "effective_weight": LiveFormula(self.text.effective_weight(row), result.effective_weight),
            "contribution": LiveFormula(self.text.contribution(row), weighted(result.percent, result.effective_weight)),
            "second_contribution": LiveFormula(
                self.text.second_contribution(row), weighted(second, result.effective_weight)
            ),
        }
        if self.book.by_points and project.indicators:
            values["score_contribution"] = LiveFormula(
                self.text.score_contribution(row), weighted(result.score, result.effective_weight)
            )
        return values


def _target(target: Target | None) -> Figure | str | None:
    if target is None:
        return None
    return target.value if isinstance(target.value, Decimal) or not target.text else (target.value.value or target.text)


def _capped(percent: Decimal | None, cap: Decimal | None) -> Decimal | None:
    return percent if percent is None or cap is None else min(percent, cap)


@exact
def weighted(value: Decimal | None, weight: Decimal | None) -> Decimal | None:
    """Return weight × value ÷ 100, the stored value of a contribution."""
    return None if value is None or weight is None else divide(value * weight, HUNDRED)
