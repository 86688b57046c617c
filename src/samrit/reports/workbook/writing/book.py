"""The workbook in the making: its sheets, its names, and one way to write a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from samrit.engine.bands import shown_percent
from samrit.engine.indicators.levels import measured_from
from samrit.engine.model import Mark
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import Method, RuleSet
from samrit.reports.texts.template import Template
from samrit.reports.texts.timing import Timing, timing_of
from samrit.reports.texts.voice import Voice
from samrit.reports.workbook.writing.heights import letters_of, row_height
from samrit.reports.workbook.writing.layout import (
    A4,
    DataColumn,
    DataSheet,
    Fixed,
    LiveFormula,
    Value,
    number,
    sheet_reference,
)
from samrit.reports.workbook.writing.safety import cell_text
from samrit.reports.workbook.writing.styles import FONT, SIZE, Styles
from samrit.reports.workbook.writing.words import word


class _Sheet(Worksheet):
    """A worksheet that takes formulas as they are: none of ours needs the search for newer functions, 30 per cell."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        del expand_future_functions
        return formula.removeprefix("{").removesuffix("}").removeprefix("=")


Stored = Callable[[LiveFormula], Decimal | int | str | None]
_NARROW = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.6}
_LONGEST_SHEET_NAME = 31
LARGE = 1000  # projects
# As constants: a union made anew for every cell takes a tenth of the time.
_MADE = (LiveFormula, Fixed)
_FIGURE = (Decimal, int)
_SHORT = 2  # figures of so many digits after the first fit every column
_ONE_PAGE = 330  # letters of columns that are still legible on one page


def stored_value(formula: LiveFormula) -> Decimal | int | str | None:
    """Return what is stored with a formula: the engine's own value."""
    return formula.value


class Book:
    """One workbook of one evaluation; ``stored`` decides what is in a formula until it is computed."""

    def __init__(
        self, target: IO[bytes], result: PlanResult, *, template: Template, language: str, stored: Stored = stored_value
    ) -> None:
        self.result = result
        self.template = template
        self.language = language
        self.voice = Voice(language, template)
        self.timing: Timing = timing_of(result.plan, self.voice, result.as_of)
        self.workbook = Workbook(target, {"in_memory": True})
        self.workbook.worksheet_class = _Sheet
        self.styles = Styles(self.workbook, self.percent_places, self.share_places)
        self.sheets: dict[str, DataSheet] = {}
        self._names: dict[str, str] = {}
        self._named_pages: set[str] = set()
        self._stored = stored
        self.measured = measured_from(result.plan.cards)

    @property
    def by_points(self) -> bool:
        """Whether the method gives points rather than percents."""
        return self.result.ruleset.method is not Method.PERCENT_OF_PLAN

    @property
    def title(self) -> str:
        """The plan's title in the workbook's language."""
        return self.voice.name(self.result.plan.title, self.result.plan.title_en)

    @property
    def is_large(self) -> bool:
        """Whether the plan is so large that formulas look at a project's own rows only."""
        return len(self.result.projects) > LARGE

    @property
    def percent_places(self) -> int:
        """Decimals of a percent in print: the template's, else the rule set's (DI1)."""
        chosen = self.template.percent_places
        return self.result.ruleset.percent_places if chosen is None else chosen

    @property
    def share_places(self) -> int:
        """Decimals of a share in print (DI2)."""
        chosen = self.template.share_places
        return self.result.ruleset.share_places if chosen is None else chosen

    @property
    def shown_first_places(self) -> int:
        """Decimals that a figure of the evaluation is shown with at least (BA2)."""
        return self.result.ruleset.score_places if self.by_points else self.percent_places

    @property
    def print_rules(self) -> RuleSet:
        """The rule set with the template's places, for what is shown; limits stay the evaluation's."""
        return replace(self.result.ruleset, percent_places=self.percent_places)

    def places_of(self, value: Decimal | None) -> int | None:
        """Return how many decimals a figure of the evaluation is shown with (BA2)."""
        if value is None:
            return None
        return max(decimals(shown_percent(value, self.print_rules), 30), self.shown_first_places)

    def say(self, code: str) -> str:
        """Return a label of the workbook."""
        return word("text", code, self.language)

    def heading(self, key: str) -> str:
        """Return the heading of a column."""
        return word("column", key, self.language)

    def column(self, key: str, width: float, style: str = "text", *, helper: bool = False) -> DataColumn:
        """Return a column with the heading that belongs to its key."""
        return DataColumn(key, self.heading(key), width, style, helper)

    def sheet_name(self, code: str, suffix: str = "") -> str:
        """Return a sheet's name, short and clean enough for the format."""
        name = f"{word('sheet', code, self.language)} {suffix}".strip()
        return "".join("-" if letter in "[]:*?/\\'" else letter for letter in name)[:_LONGEST_SHEET_NAME]

    def unused_name(self, code: str, suffix: str) -> str:
        """Return a sheet's name that no sheet has yet, also after it was cut to fit."""
        name, number = self.sheet_name(code, suffix), 2
        while name.casefold() in self._named_pages:
            name, number = f"{self.sheet_name(code, suffix)[: _LONGEST_SHEET_NAME - 3]} {number}", number + 1
        return name

    def page(self, worksheet: Worksheet, title: str) -> None:
        """Set an A4 page, lying, with the title above and the page number below (R237)."""
        worksheet.set_landscape()
        worksheet.set_paper(A4)
        worksheet.set_margins(**_NARROW)
        worksheet.set_header(f'&L&"{FONT}"&12{title.replace("&", "&&")}')
        worksheet.set_footer(f'&R&"{FONT}"&12{self.say("page")}')
        worksheet.hide_gridlines(2)
        self._named_pages.add(worksheet.get_name().casefold())

    def add(self, code: str, columns: Sequence[DataColumn], rows: int, *, prefix: str, frozen: str) -> DataSheet:
        """Add a data sheet: one heading row, frozen with the columns up to ``frozen``, filters, repeated in print."""
        columns = [c for c in columns if c.key != "fund" or self.result.plan.speech.has_funds]
        worksheet = self.workbook.add_worksheet(self.sheet_name(code))
        sheet = DataSheet(worksheet, columns, rows, prefix)
        self.sheets[code] = sheet
        self.page(worksheet, f"{self.title} · {worksheet.get_name()}")
        worksheet.hide_gridlines(0)  # grid lines instead of a border on every empty cell: a third of the file
        for index, column in enumerate(sheet.columns):
            options = {"level": 1, "hidden": True} if column.helper else {}
            worksheet.set_column(index, index, column.width, None, options)
            worksheet.write_string(0, index, column.heading, self.styles.head)
        worksheet.freeze_panes(1, sheet.index(frozen) + 1)
        if not self.is_large:
            worksheet.autofilter(0, 0, sheet.rows, len(sheet.columns) - 1)
        worksheet.repeat_rows(0)
        worksheet.repeat_columns(0, sheet.index(frozen))
        worksheet.fit_to_pages(1 if sum(c.width for c in columns if not c.helper) < _ONE_PAGE else 2, 0)
        worksheet.set_row(0, row_height(((c.heading, c.width) for c in columns), SIZE))
        return sheet

    def put(self, sheet: DataSheet, row: int, values: Mapping[str, Value]) -> None:
        """Write one row; a column without a value stays an empty cell."""
        wrapped: list[tuple[str, float]] = []
        for key, value in values.items():
            if value is None or value is Mark.BLANK or value == "":
                continue
            index = sheet.index(key)
            column = sheet.columns[index]
            if isinstance(value, str):
                if column.style == "wrap":
                    wrapped.append((value, column.width))
                cell_format = self.styles.of(column.style)
            else:
                cell_format = self._format_of_figure(sheet, index, value)
            self.write(sheet.worksheet, row + 1, index, value, cell_format)
        sheet.worksheet.set_row(row + 1, row_height(wrapped, SIZE))

    def _format_of_figure(self, sheet: DataSheet, index: int, value: Value) -> Format:
        """Return a figure's format, and make its column wide enough: a program would show ### otherwise."""
        style = sheet.columns[index].style
        figure = value.value if isinstance(value, _MADE) else value
        if not isinstance(figure, Decimal):
            return self.styles.of(style)
        if figure.adjusted() > _SHORT and (letters := letters_of(figure) + 3) > sheet.widest[index]:
            sheet.widest[index] = letters
            hidden = {"level": 1, "hidden": True} if sheet.columns[index].helper else {}
            sheet.worksheet.set_column(index, index, letters, None, hidden)
        if isinstance(value, Fixed):
            return self.styles.with_places("fixed", value.places)
        return self.styles.with_places("figure", decimals(figure)) if style == "figure" else self.styles.of(style)

    def write(self, worksheet: Worksheet, row: int, column: int, value: Value, cell_format: Format) -> None:
        """Write one cell by the type of its value; text is always written as text, whatever it looks like."""
        if isinstance(value, LiveFormula):
            self._write_formula(worksheet, row, column, value, cell_format)
        elif value is None or value is Mark.BLANK or value == "":
            worksheet.write_blank(row, column, None, cell_format)
        elif isinstance(value, _FIGURE):
            worksheet.write_number(row, column, number(value), cell_format)
        elif isinstance(value, Fixed):
            worksheet.write_number(row, column, number(value.value), cell_format)
        elif isinstance(value, Mark):
            worksheet.write_string(row, column, value.value, cell_format)
        elif isinstance(value, date):
            worksheet.write_datetime(row, column, datetime(value.year, value.month, value.day), cell_format)  # noqa: DTZ001
        else:
            worksheet.write_string(row, column, cell_text(str(value)), cell_format)

    def _write_formula(
        self, worksheet: Worksheet, row: int, column: int, formula: LiveFormula, cell_format: Format
    ) -> None:
        stored = self._stored(formula)
        value = "" if stored is None else cell_text(stored) if isinstance(stored, str) else number(stored)
        text = f"={formula.text}"
        if formula.array:
            worksheet.write_array_formula(row, column, row, column, f"{{{text}}}", cell_format, value)
        else:
            worksheet.write_formula(row, column, text, cell_format, value)

    def define(self, name: str, worksheet: Worksheet, cells: str) -> None:
        """Give cells such as "$B$4" a name that formulas on any sheet use."""
        self._names[name] = f"{sheet_reference(worksheet.get_name())}!{cells}"

    def close(self, created: datetime, properties: Mapping[str, str]) -> None:
        """Write the names and the file; the same evaluation gives the same bytes."""
        for name, cells in sorted({**self._names, **self._column_names()}.items()):
            self.workbook.define_name(name, f"={cells}")
        self.workbook.set_properties({**properties, "created": created})
        self.workbook.close()

    def _column_names(self) -> dict[str, str]:
        return {name: cells for sheet in self.sheets.values() for name, cells in sheet.named.items()}


def decimals(value: Decimal, most: int = 10) -> int:
    """Return how many decimals a figure was given with."""
    exponent = value.normalize().as_tuple().exponent
    return min(max(-exponent, 0), most) if isinstance(exponent, int) else 0


def joined(parts: Iterable[str]) -> str:
    """Return the parts that are there, one after another."""
    return " ".join(part for part in parts if part)
