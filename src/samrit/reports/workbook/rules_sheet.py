"""The sheet of rules: every limit and choice as a cell that the formulas refer to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from samrit.engine.results import State
from samrit.engine.ruleset import PointScale
from samrit.reports.workbook.bands import band_label, band_limits
from samrit.reports.workbook.book import Book
from samrit.reports.workbook.formulas import GUARD
from samrit.reports.workbook.layout import Formula, Value
from samrit.reports.workbook.series import PERIODS
from samrit.reports.workbook.words import word
from samrit.vocabulary.terms import label

_BAND_HEADS = ("range", "order", "name", "label", "upper", "inclusive", "code")
_LAST_COLUMN = 13
_LETTERS_IN_LINE = 150


class RulesSheet:
    """Writes the sheet from top to bottom and names its cells."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.worksheet: Worksheet = book.workbook.add_worksheet(book.sheet_name("rules"))
        self._row = 0

    def write(self) -> None:
        """Write the whole sheet."""
        book, ws = self.book, self.worksheet
        book.page(ws, f"{book.result.plan.title} · {ws.get_name()}")
        ws.set_column(0, 0, 44)
        ws.set_column(1, _LAST_COLUMN, 13)
        ws.fit_to_pages(1, 0)
        self._title("title", book.styles.title)
        self._text("how")
        self._settings()
        self._months()
        self._bands()
        if book.result.ruleset.scale is not None:
            self._scale(book.result.ruleset.scale)
        self._states()
        self._title("guard_title")
        self._text("guard_note")

    def _settings(self) -> None:
        book, rules = self.book, self.book.result.ruleset
        self._title("settings")
        self._setting("as_of", "as_of", book.result.as_of, note=book.timing.label)
        months = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 12}
        self.worksheet.data_validation(self._row - 1, 1, self._row - 1, 1, months)
        self._setting("rule_set", "ruleset", rules.id, note=book.voice.name(rules.name, rules.name_en))
        self._setting("rule_method", "method", rules.method.value, note=label(rules.method, book.language, "method"))
        self._setting("rules_from", "from", rules.effective_from)
        self._setting("cap", "cap", rules.cap, note=self._say("cap_note"))
        self._setting("second_cap", "second_cap", rules.second_cap, note=self._say("cap_note"))
        self._setting("shown_places", "places", book.shown_first_places)
        self._setting("share_places", "share_places", book.share_places)
        self._setting("scale_floor", "floor", rules.scale.floor if rules.scale else Decimal(0))
        self._setting("guard", "guard", GUARD, note=self._say("guard_short"))

    def _setting(self, name: str, words: str, value: Value, note: str = "", text: str = "") -> None:
        """Write one named cell with its label before it."""
        styles = self.book.styles
        style = "date" if name == "rules_from" else "text" if isinstance(value, str) else "count"
        number = {} if style != "count" else {"num_format": "General", "bg_color": "#FFFBE6"}
        self._cells([text or self._say(words)], styles.boxed("wrap"))
        at = self._row - 1
        self.book.write(self.worksheet, at, 1, value, styles.boxed(style, **number))
        if note:
            self.book.write(self.worksheet, at, 2, note, styles.make())
        self.book.define(name, self.worksheet, xl_rowcol_to_cell(at, 1, row_abs=True, col_abs=True))

    def _months(self) -> None:
        self._title("months")
        self._named_row("month_no", list(PERIODS), "month_numbers")
        names = [self.book.timing.name(p, short=True) for p in PERIODS]
        self._cells([self._say("month_name"), *names], self.book.styles.boxed("code"))
        above, as_of = self._row - 2, self.book.result.as_of
        counted = [Formula(f"IF({xl_rowcol_to_cell(above, p)}<=as_of,1,0)", int(p <= as_of)) for p in PERIODS]
        self._named_row("month_counts", counted, "month_counts")

    def _named_row(self, words: str, values: Sequence[Value], name: str) -> None:
        self._cells([self._say(words), *values], self.book.styles.boxed("code", num_format="0"))
        cells = [xl_rowcol_to_cell(self._row - 1, c, row_abs=True, col_abs=True) for c in (1, len(values))]
        self.book.define(name, self.worksheet, ":".join(cells))

    def _bands(self) -> None:
        book, rules, styles = self.book, self.book.result.ruleset, self.book.styles
        self._title("bands")
        self._cells([self._say(f"band_{key}") for key in _BAND_HEADS], styles.head)
        first = self._row
        for order, band in enumerate(rules.bands, 1):
            name, shown = book.voice.name(band.name, band.name_en), band_label(band, book.language)
            inclusive = None if band.upper is None else int(band.upper_inclusive)
            values: list[Value] = [band.range_text, order, name, shown, band.upper, inclusive, band.code]
            self._cells(values, styles.boxed("code", num_format="General"))
            coloured = {"type": "no_blanks", "format": styles.when_band(band)}
            self.worksheet.conditional_format(self._row - 1, 3, self._row - 1, 3, coloured)
        limits = max(band_limits(rules), 1)
        for column, (key, rows) in enumerate(
            zip(_BAND_HEADS[1:-1], (*(len(rules.bands),) * 3, limits, limits), strict=True), 1
        ):
            self._name_column(f"band_{key}", column, first, rows)
        self._text("band_note")

    def _scale(self, scale: PointScale) -> None:
        """Write thresholds and points (M-B, M-C, M-D)."""
        styles = self.book.styles
        self._title("scale")
        self._cells(["", *(self._say(f"scale_{key}") for key in ("step", "threshold", "points"))], styles.head)
        first = self._row
        for rank, (threshold, points) in enumerate(zip(scale.thresholds, scale.points, strict=True), 1):
            self._cells(["", rank, threshold, points], styles.boxed("code", num_format="General"))
        for column, name in enumerate(("scale_rank", "scale_threshold", "scale_points"), 1):
            self._name_column(name, column, first, max(len(scale.thresholds), 1))
        self._setting("scale_count", "scale_count", len(scale.thresholds))
        self._setting("scale_interpolated", "interpolated", int(scale.interpolated))

    def _states(self) -> None:
        """Write the words for states, which formulas give and compare."""
        self._title("states")
        for state in State:
            self._setting(f"state_{state.value}", "", label(state, self.book.language, "state"), text=state.value)

    def _name_column(self, name: str, column: int, first: int, rows: int) -> None:
        cells = [xl_rowcol_to_cell(r, column, row_abs=True, col_abs=True) for r in (first, first + rows - 1)]
        self.book.define(name, self.worksheet, ":".join(cells))

    def _cells(self, values: Sequence[Value], style: Format) -> None:
        for column, value in enumerate(values):
            self.book.write(self.worksheet, self._row, column, value, style)
        self._row += 1

    def _title(self, words: str, style: Format | None = None) -> None:
        self._row += 1 if self._row else 0
        self.worksheet.write_string(self._row, 0, self._say(words), style or self.book.styles.subtitle)
        self._row += 1

    def _text(self, words: str) -> None:
        text, style = self._say(words), self.book.styles.note
        self.worksheet.merge_range(self._row, 0, self._row, _LAST_COLUMN, "", style)
        self.worksheet.write_string(self._row, 0, text, style)
        self.worksheet.set_row(self._row, 22 * (1 + len(text) // _LETTERS_IN_LINE))
        self._row += 1

    def _say(self, code: str) -> str:
        return word("rules", code, self.book.language)
