"""The sheet of rules: every limit and choice as a cell that the formulas refer to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from samrit.engine.choices import Formula as Way
from samrit.engine.results import State
from samrit.engine.ruleset import PointScale
from samrit.reports.evaluation.view import view_of
from samrit.reports.workbook.data.formulas import GUARD
from samrit.reports.workbook.data.series import PERIODS
from samrit.reports.workbook.writing.bands import band_label, band_limits
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import LiveFormula, Value
from samrit.reports.workbook.writing.text_sheet import TextSheet
from samrit.reports.workbook.writing.words import word
from samrit.vocabulary.terms import label

_BAND_HEADS = ("range", "order", "name", "label", "upper", "inclusive", "code")
_WIDTHS = (44, *(13,) * 12)
_CHANGEABLE = {"num_format": "General", "bg_color": "#FFFBE6"}


class RulesSheet:
    """Writes the sheet and names its cells."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.page = TextSheet(book, book.workbook.add_worksheet(book.sheet_name("rules")), _WIDTHS)

    def write(self) -> None:
        """Write the whole sheet."""
        self.page.line(self._say("title"), self.book.styles.title)
        self.page.text(self._say("how"))
        self._settings()
        self._months()
        self._bands()
        if self.book.result.ruleset.scale is not None:
            self._scale(self.book.result.ruleset.scale)
        self._states()
        self._title("guard_title")
        self.page.text(self._say("guard_note"))

    def _settings(self) -> None:
        book, rules = self.book, self.book.result.ruleset
        self._title("settings")
        self._setting("as_of", "as_of", book.result.as_of, note=book.timing.label)
        at, months = self.page.row - 1, {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 12}
        self.page.worksheet.data_validation(at, 1, at, 1, months)
        self._setting("rule_set", "ruleset", rules.id, note=book.voice.name(rules.name, rules.name_en))
        self._setting("rule_method", "method", rules.method.value, note=label(rules.method, book.language, "method"))
        self._setting("rules_from", "from", rules.effective_from)
        self._setting("cap", "cap", rules.cap, note=self._say("cap_note"))
        self._setting("second_cap", "second_cap", rules.second_cap, note=self._say("cap_note"))
        self._setting("lower_ceiling", "lower_ceiling", rules.lower_ceiling)
        if any(i.formula is Way.DEADLINE for p in book.result.plan.projects for i in p.indicators):
            self._setting("late_month", "late_month", rules.late_month)
        if rules.lowest_for_best is not None:
            self._setting("lowest_for_best", "lowest_for_best", rules.lowest_for_best)
        if any(i.formula is Way.SITE_PROGRESS for p in book.result.plan.projects for i in p.indicators):
            self._setting("site_contract_share", "site_contract_share", rules.site_contract_share)
        choice = label(rules.without_plan, book.language, "without_plan")
        self._setting("without_plan", "without_plan", rules.without_plan.value, note=choice)
        self._setting("shown_places", "places", book.shown_first_places)
        self._setting("share_places", "share_places", book.share_places)
        self._setting("scale_floor", "floor", rules.scale.floor if rules.scale else Decimal(0))
        self._setting("guard", "guard", GUARD, note=self._say("guard_short"))

    def _setting(self, name: str, words: str, value: Value, note: str = "", text: str = "") -> None:
        """Write one named cell with its label before it and a note behind."""
        styles = self.book.styles
        style = styles.boxed("count", **_CHANGEABLE)
        if isinstance(value, str):
            style = styles.boxed("text")
        elif name == "rules_from":
            style = styles.boxed("date")
        self.page.cells([text or self._say(words), value], [styles.boxed("wrap"), style])
        at = self.page.row - 1
        if note:
            self.book.write(self.page.worksheet, at, 2, note, styles.make())
        self.page.name(name, (at, 1), (at, 1))

    def _months(self) -> None:
        self._title("months")
        self._named_row("month_no", list(PERIODS), "month_numbers")
        names = [self.book.timing.name(p, short=True) for p in PERIODS]
        self.page.cells([self._say("month_name"), *names], self.book.styles.boxed("code"))
        above, as_of = self.page.row - 2, self.book.result.as_of
        counted = [LiveFormula(f"IF({xl_rowcol_to_cell(above, p)}<=as_of,1,0)", int(p <= as_of)) for p in PERIODS]
        self._named_row("month_counts", counted, "month_counts")

    def _named_row(self, words: str, values: Sequence[Value], name: str) -> None:
        self.page.cells([self._say(words), *values], self.book.styles.boxed("code", num_format="0"))
        self.page.name(name, (self.page.row - 1, 1), (self.page.row - 1, len(values)))

    def _bands(self) -> None:
        book, rules, styles = self.book, self.book.result.ruleset, self.book.styles
        view = view_of(book.result, book.language, book.template)
        self._title("bands")
        self.page.cells([self._say(f"band_{key}") for key in _BAND_HEADS], styles.head)
        first = self.page.row
        for order, band in enumerate(rules.bands, 1):
            name, shown = book.voice.name(band.name, band.name_en), band_label(band, book.language)
            inclusive = None if band.upper is None else int(band.upper_inclusive)
            values: list[Value] = [view.band_range(band), order, name, shown, band.upper, inclusive, band.code]
            cell = styles.boxed("code", num_format="General")
            coloured = styles.boxed("code", **styles.band_colours(band))
            self.page.cells(values, [cell, cell, cell, coloured, cell, cell, cell])
        limits = max(band_limits(rules), 1)
        rows = (len(rules.bands), len(rules.bands), len(rules.bands), limits, limits)
        for column, (key, count) in enumerate(zip(_BAND_HEADS[1:-1], rows, strict=True), 1):
            self.page.name(f"band_{key}", (first, column), (first + count - 1, column))
        self.page.text(self._say("band_note"))

    def _scale(self, scale: PointScale) -> None:
        """Write thresholds and points (M-B, M-C, M-D)."""
        styles = self.book.styles
        self._title("scale")
        self.page.cells(["", *(self._say(f"scale_{key}") for key in ("step", "threshold", "points"))], styles.head)
        first, last = self.page.row, self.page.row + max(len(scale.thresholds), 1) - 1
        for rank, (threshold, points) in enumerate(zip(scale.thresholds, scale.points, strict=True), 1):
            self.page.cells(["", rank, threshold, points], styles.boxed("code", num_format="General"))
        for column, name in enumerate(("scale_rank", "scale_threshold", "scale_points"), 1):
            self.page.name(name, (first, column), (last, column))
        self.page.row = last + 1
        self._setting("scale_count", "scale_count", len(scale.thresholds))
        self._setting("scale_interpolated", "interpolated", int(scale.interpolated))

    def _states(self) -> None:
        """Write the words for states, which formulas give and compare."""
        self._title("states")
        for state in State:
            self._setting(f"state_{state.value}", "", label(state, self.book.language, "state"), text=state.value)

    def _title(self, words: str, style: Format | None = None) -> None:
        self.page.skip()
        self.page.line(self._say(words), style or self.book.styles.subtitle)

    def _say(self, code: str) -> str:
        return word("rules", code, self.book.language)
