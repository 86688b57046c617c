"""The sheet of summaries: the office's tables of counts, shares and money, counted live (R206–R211)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact
from samrit.engine.results import TableRow
from samrit.engine.rollup import budget_total
from samrit.reports.evaluation.coverage import with_coverage
from samrit.reports.evaluation.view import view_of
from samrit.reports.workbook.data.once import DUE, KINDS
from samrit.reports.workbook.printed.summary_counts import TOTAL, Counts, Tally, quoted
from samrit.reports.workbook.writing.bands import band_label
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import DataSheet, LiveFormula, Value
from samrit.reports.workbook.writing.styles import FONT
from samrit.reports.workbook.writing.text_sheet import TextSheet
from samrit.vocabulary.terms import label

DASH_FOR_NONE = '#,##0;-#,##0;"–"'  # R208: zero prints as a dash
_TOTAL = {"bold": True, "bg_color": "#EEF2F6"}


@dataclass(frozen=True, slots=True)
class _Placed:
    """The first and last row of a table's strategies, for the chart."""

    first: int
    last: int


class SummarySheet:
    """Writes the summary from top to bottom."""

    def __init__(self, book: Book) -> None:
        self.book = book
        widths = (46, *(16,) * max(3, len(book.result.ruleset.bands) + 2))
        self.page = TextSheet(book, book.workbook.add_worksheet(book.sheet_name("summary")), widths, portrait=True)

    def write(self, projects: DataSheet, *, repeats: bool) -> None:
        """Write all tables; ``repeats`` says that some project is on several lines (RU1)."""
        counts = Counts(self.book, projects, repeats=repeats)
        self._titles()
        charted = self._tables(counts, DUE, "results_heading")
        self._tables(counts, KINDS, "kinds_heading")
        self._money(projects, repeats=repeats)
        self._control(projects)
        if charted is not None:
            self._chart(charted)

    def _titles(self) -> None:
        voice, styles, timing = self.book.voice, self.book.styles, self.book.timing
        ruleset = self.book.result.ruleset
        self.page.line(self.book.title, styles.title)
        self.page.line(voice.say("results_period", period=timing.label, range=timing.covered()), styles.subtitle)
        name = voice.name(ruleset.name, ruleset.name_en)
        self.page.line(f"{label('ruleset', self.book.language)}: {name} ({ruleset.id})", styles.make())
        self.page.skip()

    def _tables(self, counts: Counts, table: str, heading: str) -> _Placed | None:
        """Write the table of all funds, then one for each fund where there are several."""
        plan, subtitle = self.book.result.plan, self.book.styles.subtitle
        funds = counts.codes("fund", [f.code for f in plan.funds])
        whole = self.book.voice.say(heading, year=self.book.timing.plan_year)
        self.page.line(self._covered(table, whole, None), subtitle)
        placed = self._table(counts, table, None)
        for code in funds if len(funds) > 1 else []:
            fund = next((f for f in plan.funds if f.code == code), None)
            self.page.line(self._covered(table, self.book.voice.fund_name(fund, code), code), subtitle)
            self._table(counts, table, code)
        return placed

    def _covered(self, table: str, heading: str, fund: str | None) -> str:
        """Return the heading of a table, that of a table of bands with how much of it was reported when it was made."""
        if table != DUE:
            return heading
        view = view_of(self.book.result, self.book.language, self.book.template)
        return with_coverage(view, heading, None if fund is None else lambda r: r.project.fund == fund)

    def _table(self, counts: Counts, table: str, fund: str | None) -> _Placed | None:
        columns, counted = counts.columns(table), counts.table(table, fund)
        number = "#,##0" if table == DUE else DASH_FOR_NONE
        self.page.cells([self.book.voice.say("strategy"), *(c.heading for c in columns)], self.book.styles.head)
        first = self.page.row
        for line in counted.rows:
            values = self._counted(counts, columns, line, counts.where(table, fund, line.key))
            self._row(self._strategy(line.key), values, number, {})
        last = self.page.row - 1
        values = self._counted(counts, columns, counted.total, counts.where(table, fund, None))
        self._row(self.book.voice.say("total"), values, number, _TOTAL)
        if table == DUE:
            self._shares(columns, counted.total)
        self.page.skip()
        return _Placed(first, last) if last >= first else None

    def _counted(self, counts: Counts, columns: Sequence[Tally], row: TableRow, where: Sequence[str]) -> list[Value]:
        values: list[Value] = []
        for column in columns:
            conditions = [*where, column.condition] if column.condition else where
            value = row.total if column.code == TOTAL else row.cell(column.code)
            values.append(LiveFormula(counts.count(conditions), value))
        return values

    def _row(self, name: str, values: Sequence[Value], number: str, changes: dict[str, object]) -> None:
        styles = self.book.styles
        count = styles.boxed("count", num_format=number, **changes)
        self.page.cells([name, *values], [styles.boxed("wrap", **changes), *(count for _ in values)])

    def _shares(self, columns: Sequence[Tally], row: TableRow) -> None:
        """Write the share of each band in the row above; shares are not forced to add up (DI2)."""
        styles, above = self.book.styles, self.page.row - 1
        whole = xl_rowcol_to_cell(above, 1, col_abs=True)
        values: list[Value] = [self.book.voice.say("shares_row")]
        for index, column in enumerate(columns, 1):
            count = row.total if column.code == TOTAL else row.cell(column.code)
            text = f"IF({whole}=0,0,{xl_rowcol_to_cell(above, index)}*100/{whole})"
            values.append(LiveFormula(text, _share(count, row.total)))
        share = styles.boxed("share", italic=True)
        self.page.cells(values, [styles.boxed("wrap", italic=True), *(share for _ in columns)])

    def _money(self, projects: DataSheet, *, repeats: bool) -> None:
        """Write the budgets as listed, and with each project once where some are on several lines (RU1, R121)."""
        styles, budget = self.book.styles, budget_total([r.project for r in self.book.result.projects])
        self.page.line(label("budget", self.book.language), styles.subtitle)
        money = [styles.boxed("wrap"), styles.boxed("money", font_color="#000000")]
        listed = LiveFormula(f"SUM({projects.name('budget')})", budget.listed)
        self.page.cells([self.book.say("money_listed"), listed], money)
        if repeats:
            once = f"SUMPRODUCT({projects.name(f'{KINDS}_plan')},{projects.name('budget')})"
            self.page.cells([self.book.say("money_once"), LiveFormula(once, budget.once)], money)
        self.page.skip()

    def _control(self, projects: DataSheet) -> None:
        """Write how many projects no longer say what the evaluation said."""
        styles, at = self.book.styles, self.page.row
        changed = f"COUNTIF({projects.name('changed')},{quoted(self.book.say('changed'))})"
        self.page.cells(
            [self.book.say("control"), LiveFormula(changed, 0)], [styles.boxed("wrap"), styles.boxed("count")]
        )
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": styles.when_changed}
        self.page.worksheet.conditional_format(at, 1, at, 1, rule)
        self.page.skip()

    def _chart(self, placed: _Placed) -> None:
        """Draw the bands by strategy as a stacked bar that follows the table; the table is its text."""
        sheet, bands = self.page.worksheet, self.book.result.ruleset.bands[::-1]
        chart = self.book.workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
        for index, band in enumerate(bands, 2):
            places = [placed.first, index, placed.last, index]
            series = {
                "name": band_label(band, self.book.language),
                "categories": [sheet.get_name(), placed.first, 0, placed.last, 0],
                "values": [sheet.get_name(), *places],
                "fill": {"color": self.book.styles.band_colours(band)["font_color"]},
                "data_labels": {"value": True, "num_format": '#,##0;;""', "font": {"color": "#FFFFFF", "size": 11}},
            }
            chart.add_series(series)
        font = {"name": FONT, "size": 12}
        chart.set_y_axis({"reverse": True, "num_font": font})
        chart.set_x_axis({"num_font": font})
        chart.set_legend({"position": "bottom", "font": font})
        chart.set_title({"name": label("band", self.book.language), "name_font": {"name": FONT, "size": 14}})
        height = 150 + 48 * (placed.last - placed.first + 1)
        chart.set_size({"width": 860, "height": height})
        self.page.keep_together(height * 0.75)
        self.page.skip()
        sheet.insert_chart(self.page.row, 0, chart, {"description": label("band", self.book.language)})

    def _strategy(self, code: str) -> str:
        strategy = next((s for s in self.book.result.plan.strategies if s.code == code), None)
        name = self.book.voice.name(strategy.name, strategy.name_en) if strategy else ""
        return f"{self.book.voice.strategy_short(code)} {name}".strip()


@exact
def _share(count: int, total: int) -> Decimal:
    return divide(count * HUNDRED, Decimal(total)) if total else ZERO
