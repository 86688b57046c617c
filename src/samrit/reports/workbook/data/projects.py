"""The sheet of projects: one row each, its percent, band and second readings live (WE1–WE5, BA1–BA4)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.arithmetic import ZERO
from samrit.engine.model import Project
from samrit.engine.results import ProjectResult
from samrit.engine.rollup import kind_group
from samrit.engine.ruleset import Band
from samrit.reports.workbook.data import formulas
from samrit.reports.workbook.data.once import COLUMNS, Repeats
from samrit.reports.workbook.data.project_formulas import ProjectFormulas
from samrit.reports.workbook.writing.bands import band_label, band_limits, band_order
from samrit.reports.workbook.writing.book import Book, joined
from samrit.reports.workbook.writing.layout import DataColumn, DataSheet, Fixed, LiveFormula, Value
from samrit.reports.workbook.writing.sources import source_text
from samrit.vocabulary.terms import label

_COUNTS = ("n_indicators", "n_weights", "n_nonzero", "weight_given", "n_overridden", "weight_present")
_POINTS = ("computed_score", "override_score", "score")


def project_columns(book: Book, *, repeats: bool) -> list[DataColumn]:
    """Return the columns of the sheet."""
    return [*_plan_columns(book), *_result_columns(book, repeats=repeats)]


def _plan_columns(book: Book) -> list[DataColumn]:
    """Return what the plan says of a project."""
    c = book.column
    return [
        c("no", 6, "helper", helper=True),
        c("id", 11),
        c("project_number", 8, "code"),
        c("fund", 9, "code"),
        c("strategy", 10, "code"),
        c("tactic", 9, "code"),
        c("programme", 38, "wrap"),
        c("kind", 17),
        c("kind_group", 11, helper=True),
        c("title", 56, "wrap"),
        c("unit", 14, "wrap"),
        c("budget", 17, "money"),
    ]


def _result_columns(book: Book, *, repeats: bool) -> list[DataColumn]:
    """Return what is computed of a project, what was settled by hand, and what the plan adds in words."""
    c = book.column
    capped = book.result.ruleset.second_cap is not None
    return [
        *(c(key, 7, "helper", helper=True) for key in _COUNTS),
        c("weight_sum", 9, "weight"),
        c("state", 19),
        c("computed_percent", 12, "percent"),
        *(c(key, 7, "helper", helper=True) for key in ("override_count",)),
        c("override_percent", 12, "percent"),
        c("override_band", 12, "band"),
        c("percent", 13, "percent"),
        *(c(key, 10, "percent") for key in (_POINTS if book.by_points else ())),
        *(c(key, 7, "helper", helper=True) for key in ("places", "band_no")),
        c("band", 14, "band"),
        c("counts", 7, "helper", helper=True),
        c("lowest", 12, "percent"),
        c("lowest_indicator", 12),
        c("normalised_percent", 13, "percent"),
        *([c("second_percent", 12, "percent"), c("second_places", 7, "helper", helper=True)] if capped else []),
        *([c("second_band_no", 7, "helper", helper=True), c("second_band", 14, "band")] if capped else []),
        c("issued_percent", 13, "percent"),
        c("issued_band", 14, "band"),
        c("changed", 11, "code"),
        *(c(key, 7, "helper", helper=True) for key in (COLUMNS if repeats else ())),
        c("status", 16),
        c("period_text", 24, "wrap"),
        c("alignment", 20),
        c("remark", 30, "wrap"),
        c("source", 24),
    ]


class ProjectsSheet:
    """Writes one row for each project."""

    def __init__(self, book: Book, sheet: DataSheet, text: ProjectFormulas, repeats: Repeats) -> None:
        self.book = book
        self.sheet = sheet
        self.text = text
        self.repeats = repeats
        self._programmes = {p.code: p.printed for p in book.result.plan.programmes}

    def write(self, row: int, no: int, result: ProjectResult) -> None:
        """Write the row of one project."""
        values = self._plain(no, result.project) | self._weights(row, result) | self._official(row, result)
        values |= self._beside(row, result) | self._issued(row, result)
        if self.repeats.any:
            values |= self.repeats.values(self.sheet, row, no)
        self.book.put(self.sheet, row, values)

    def _plain(self, no: int, project: Project) -> dict[str, Value]:
        language = self.book.language
        return {
            "no": no,
            "id": project.id,
            "project_number": project.number,
            "fund": project.fund,
            "strategy": project.strategy,
            "tactic": project.tactic,
            "programme": self._programmes.get(project.programme, project.programme),
            "kind": label(project.kind, language, "kind") if project.kind else None,
            "kind_group": label(kind_group(project), language, "kind_group"),
            "title": project.title,
            "unit": project.responsible_text or "/".join(project.responsible_units),
            "budget": project.budget,
            "status": label(project.status, language, "project_status") if project.status else None,
            "period_text": period_text(self.book, project),
            "alignment": joined(f"{a.kind}:{a.code}" for a in project.alignments),
            "remark": project.remark,
            "source": source_text(project.source),
        }

    def _weights(self, row: int, result: ProjectResult) -> dict[str, Value]:
        text, indicators = self.text, result.indicators
        present = sum((i.weight for i in indicators if self._figure(i.percent, i.score) is not None), ZERO)
        given = [i.indicator.weight for i in indicators if i.indicator.weight is not None]
        return {
            "n_indicators": LiveFormula(text.n_indicators(row), len(indicators)),
            "n_weights": LiveFormula(text.n_weights(row), len(given)),
            "n_nonzero": LiveFormula(text.n_nonzero(row), sum(1 for w in given if w)),
            "weight_given": LiveFormula(text.weight_given(row), sum(given, ZERO)),
            "n_overridden": LiveFormula(text.n_overridden(row), sum(1 for i in indicators if i.override)),
            "weight_sum": LiveFormula(text.weight_sum(row), result.weight_sum),
            "weight_present": LiveFormula(text.weight_present(row), present),
        }

    def _figure(self, percent: Decimal | None, score: Decimal | None) -> Decimal | None:
        return score if self.book.by_points else percent

    def _official(self, row: int, result: ProjectResult) -> dict[str, Value]:
        text, at, limits = self.text, self.sheet.cell, band_limits(self.book.result.ruleset)
        figure = at("score" if self.book.by_points else "percent", row)
        bands = self.book.result.ruleset.bands
        values: dict[str, Value] = {
            "state": LiveFormula(text.state(row), label(result.state, self.book.language, "state")),
            "computed_percent": LiveFormula(text.computed_percent(row), result.computed_percent),
            "percent": LiveFormula(text.percent(row), result.percent),
            "places": LiveFormula(
                formulas.places(figure, limits), self.book.places_of(self._figure(result.percent, result.score))
            ),
            "band_no": LiveFormula(text.band_no(row), band_order(result.band, bands)),
            "band": LiveFormula(text.band_name(row, "band_no"), self._label(result.band)),
            "counts": LiveFormula(text.counts(row), int(result.counts)),
        }
        if self.book.by_points:
            settled = result.override.score if result.override else None
            values["computed_score"] = LiveFormula(text.computed_score(row), result.computed_score)
            values["override_score"] = LiveFormula(text.override_score(row), settled)
            values["score"] = LiveFormula(text.score(row), result.score)
        return values | self._settled(row, result)

    def _settled(self, row: int, result: ProjectResult) -> dict[str, Value]:
        """Return what the evaluators settled (WE4); in a large plan nothing is looked for where there is nothing."""
        text, settled = self.text, result.override
        if self.book.is_large and not result.project.overrides:
            return {"override_count": 0}
        return {
            "override_count": LiveFormula(text.override_count(row), int(settled is not None)),
            "override_percent": LiveFormula(text.override_percent(row), settled.percent if settled else None),
            "override_band": LiveFormula(text.override_band(row), self._settled_band(settled.band if settled else "")),
        }

    def _settled_band(self, code: str) -> str | None:
        band = next((b for b in self.book.result.ruleset.bands if b.code == code), None)
        return self.book.voice.name(band.name, band.name_en) if band else (code or None)

    def _beside(self, row: int, result: ProjectResult) -> dict[str, Value]:
        text, lowest = self.text, result.lowest
        values: dict[str, Value] = {
            "lowest": LiveFormula(text.lowest(row), lowest.percent if lowest else None, array=True),
            "lowest_indicator": LiveFormula(
                text.lowest_indicator(row), lowest.indicator.id if lowest else None, array=True
            ),
            "normalised_percent": LiveFormula(text.normalised_percent(row), result.normalised_percent),
        }
        if self.sheet.has("second_percent"):
            values |= {
                "second_percent": LiveFormula(text.second_percent(row), result.second_percent),
                "second_places": LiveFormula(text.second_places(row), self._second_places(result)),
                "second_band_no": LiveFormula(
                    text.second_band_no(row), band_order(result.second_band, self.book.result.ruleset.bands)
                ),
                "second_band": LiveFormula(text.band_name(row, "second_band_no"), self._label(result.second_band)),
            }
        return values

    def _second_places(self, result: ProjectResult) -> int | None:
        return None if self.book.by_points else self.book.places_of(result.second_percent)

    def _issued(self, row: int, result: ProjectResult) -> dict[str, Value]:
        """Return the evaluation's own figures as plain values, to see what changed in the workbook since."""
        figure = result.figure
        places = self.book.places_of(figure)
        return {
            "issued_percent": None if figure is None or places is None else Fixed(figure, places),
            "issued_band": self._label(result.band),
            "changed": LiveFormula(self.text.changed(row), None),
        }

    def _label(self, band: Band | None) -> str | None:
        return band_label(band, self.book.language) if band else None


def period_text(book: Book, project: Project) -> str:
    """Return the period of a project as printed, or from its first and last month (R46)."""
    if project.period_text or project.first_period is None:
        return project.period_text
    return book.timing.span(project.first_period, project.last_period or project.first_period)
