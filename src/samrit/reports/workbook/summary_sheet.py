"""The sheet of summaries: the office's tables of counts, shares and money, counted live (R206–R211)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact
from samrit.engine.results import ProjectResult, Table, TableRow
from samrit.engine.rollup import budget_total, tabulate
from samrit.reports.workbook.bands import band_label
from samrit.reports.workbook.book import Book
from samrit.reports.workbook.layout import DataSheet, Formula, Value
from samrit.reports.workbook.once import DUE, KINDS
from samrit.vocabulary.terms import label

DASH_FOR_NONE = '#,##0;-#,##0;"–"'  # R208: zero prints as a dash


@dataclass(frozen=True, slots=True)
class Heading:
    """One counted column: its heading and the condition that a project must meet."""

    text: str
    condition: str
    code: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table stands: its heading row, first and last row, for the chart."""

    head: int
    first: int
    last: int


class SummarySheet:
    """Writes the summary from top to bottom."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.worksheet: Worksheet = book.workbook.add_worksheet(book.sheet_name("summary"))
        self._row = 0

    def write(self, projects: DataSheet, *, repeats: bool) -> None:
        """Write all tables; ``repeats`` says that some project stands on several lines (RU1)."""
        self.projects, self.repeats = projects, repeats
        book, ws = self.book, self.worksheet
        book.page(ws, book.result.plan.title)
        ws.set_portrait()
        ws.fit_to_pages(1, 0)
        ws.set_column(0, 0, 44)
        ws.set_column(1, 7, 17)
        self._titles()
        charted = self._tables(DUE, "results_heading")
        self._tables(KINDS, "kinds_heading")
        self._money()
        self._control()
        self._chart(charted)

    def _titles(self) -> None:
        say, styles, timing = self.book.voice.say, self.book.styles, self.book.timing
        plan = self.book.result.plan
        for text, style in (
            (plan.title if self.book.language == "th" else plan.title_en or plan.title, styles.title),
            (say("results_period", period=timing.label, range=timing.covered()), styles.subtitle),
        ):
            self.worksheet.write_string(self._row, 0, text, style)
            self.worksheet.set_row(self._row, 28)
            self._row += 1
        ruleset = self.book.result.ruleset
        name = self.book.voice.name(ruleset.name, ruleset.name_en)
        self.worksheet.write_string(
            self._row, 0, f"{label('ruleset', self.book.language)}: {name} ({ruleset.id})", styles.make()
        )
        self._row += 2

    def _tables(self, table: str, heading: str) -> Placed | None:
        """Write the table of all funds, then one for each fund where there are several."""
        funds = self._codes("fund", [f.code for f in self.book.result.plan.funds])
        year = self.book.timing.plan_year
        self._line(self.book.voice.say(heading, year=year), self.book.styles.subtitle)
        placed = self._table(table, "")
        for code in funds if len(funds) > 1 else []:
            fund = next((f for f in self.book.result.plan.funds if f.code == code), None)
            self._line(self.book.voice.fund_name(fund, code), self.book.styles.subtitle)
            self._table(table, code, by_fund=True)
        return placed

    def _table(self, table: str, fund: str, *, by_fund: bool = False) -> Placed:
        headings = self._bands() if table == DUE else self._kinds()
        counted = self._counted(table, fund, by_fund=by_fund)
        number = "#,##0" if table == DUE else DASH_FOR_NONE
        say = self.book.voice.say
        total = Heading(say("total"), "", "")
        if table == DUE:
            timing = self.book.timing
            total = Heading(say("bands_head_due", period=timing.label, range=timing.covered(short=True)), "", "")
        columns = (total, *headings) if table == DUE else (*headings, total)
        head = self._row
        self._cells([say("strategy"), *(h.text for h in columns)], self.book.styles.head)
        first = self._row
        for line in counted.rows:
            where = [f"({self._named('strategy')}={_quoted(line.key)})", *self._of_fund(fund, by_fund=by_fund)]
            flag = f"{table}_{'fund_strategy' if by_fund else 'strategy'}"
            self._count_row(self._strategy(line.key), columns, line, [*where, *self._flag(table, flag)], number)
        where = [*self._of_fund(fund, by_fund=by_fund), *self._flag(table, f"{table}_{'fund' if by_fund else 'plan'}")]
        last = self._row - 1
        self._count_row(say("total"), columns, counted.total, where, number, bold=True)
        if table == DUE:
            self._shares(columns, counted.total)
        self._row += 1
        return Placed(head, first, last)

    def _counted(self, table: str, fund: str, *, by_fund: bool) -> Table:
        strategies = self._codes("strategy", [s.code for s in self.book.result.plan.strategies])
        return tabulate(
            self.book.result.projects,
            rows="strategy",
            columns="band" if table == DUE else "kind_group",
            where=_chosen(due=table == DUE, fund=fund if by_fund else None),
            keys=strategies,
        )

    def _bands(self) -> list[Heading]:
        """Return the bands best first, as the office prints them (R209)."""
        bands = list(enumerate(self.book.result.ruleset.bands, 1))[::-1]
        return [
            Heading(
                "\n".join(t for t in (band_label(b, self.book.language), b.range_text) if t),
                f"({self._named('band_no')}={order})",
                b.code,
            )
            for order, b in bands
        ]

    def _kinds(self) -> list[Heading]:
        words = [(code, label(code, self.book.language, "kind_group")) for code in ("routine", "project")]
        return [Heading(text, f"({self._named('kind_group')}={_quoted(text)})", code) for code, text in words]

    def _count_row(
        self,
        name: str,
        columns: Sequence[Heading],
        counted: TableRow,
        where: Sequence[str],
        number: str,
        *,
        bold: bool = False,
    ) -> None:
        styles = self.book.styles
        shade = {"bold": True, "bg_color": "#EEF2F6"} if bold else {}
        every = f"({self._named('no')}>0)"
        self.book.write(self.worksheet, self._row, 0, name, styles.boxed("wrap", **shade))
        for index, heading in enumerate(columns, 1):
            conditions = [*where, *([heading.condition] if heading.condition else [])]
            value = counted.cell(heading.code) if heading.code else counted.total
            text = f"SUMPRODUCT({'*'.join(conditions or [every])}*1)"
            self.book.write(
                self.worksheet,
                self._row,
                index,
                Formula(text, value),
                styles.boxed("count", num_format=number, **shade),
            )
        self._row += 1

    def _shares(self, columns: Sequence[Heading], counted: TableRow) -> None:
        """Write the share of each band in the row above; shares are not forced to add up (DI2)."""
        styles = self.book.styles
        self.book.write(
            self.worksheet, self._row, 0, self.book.voice.say("shares_row"), styles.boxed("wrap", italic=True)
        )
        for index, heading in enumerate(columns, 1):
            count = counted.cell(heading.code) if heading.code else counted.total
            letter = chr(ord("A") + index)
            text = f"IF($B{self._row}=0,0,{letter}{self._row}*100/$B{self._row})"
            self.book.write(
                self.worksheet,
                self._row,
                index,
                Formula(text, _share(count, counted.total)),
                styles.boxed("share", italic=True),
            )
        self._row += 1

    def _money(self) -> None:
        """Write the budgets as listed and with each project once (RU1, R121)."""
        styles = self.book.styles
        budget = budget_total([r.project for r in self.book.result.projects])
        self._line(label("budget", self.book.language), styles.subtitle)
        rows: list[tuple[str, str, Decimal]] = [("money_listed", f"SUM({self._named('budget')})", budget.listed)]
        if self.repeats:
            flag = self._named("once_plan")
            rows.append(("money_once", f"SUMPRODUCT({flag},{self._named('budget')})", budget.once))
        for code, text, value in rows:
            self.book.write(self.worksheet, self._row, 0, self.book.say(code), styles.boxed("wrap"))
            self.book.write(
                self.worksheet, self._row, 1, Formula(text, value), styles.boxed("money", font_color="#000000")
            )
            self._row += 1
        self._row += 1

    def _control(self) -> None:
        """Write how many projects no longer say what the evaluation said."""
        styles = self.book.styles
        changed = f"COUNTIF({self._named('changed')},{_quoted(self.book.say('changed'))})"
        self.book.write(self.worksheet, self._row, 0, self.book.say("control"), styles.boxed("wrap"))
        self.book.write(self.worksheet, self._row, 1, Formula(changed, 0), styles.boxed("count"))
        self.worksheet.conditional_format(
            self._row, 1, self._row, 1, {"type": "cell", "criteria": ">", "value": 0, "format": styles.when_changed}
        )
        self._row += 2

    def _chart(self, placed: Placed | None) -> None:
        """Draw the bands by strategy as a stacked bar that follows the table."""
        if placed is None or placed.last < placed.first:
            return
        chart = self.book.workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
        name = self.worksheet.get_name()
        bands = self.book.result.ruleset.bands[::-1]
        for index, band in enumerate(bands, 2):
            chart.add_series(
                {
                    "name": band_label(band, self.book.language),
                    "categories": [name, placed.first, 0, placed.last, 0],
                    "values": [name, placed.first, index, placed.last, index],
                    "fill": {"color": band.colour or "#888888"},
                    "data_labels": {"value": True, "num_format": '#,##0;;""', "font": {"color": "#FFFFFF", "size": 11}},
                }
            )
        chart.set_y_axis({"reverse": True, "num_font": {"name": "TH SarabunPSK", "size": 12}})
        chart.set_x_axis({"num_font": {"name": "TH SarabunPSK", "size": 11}})
        chart.set_legend({"position": "bottom", "font": {"name": "TH SarabunPSK", "size": 12}})
        chart.set_title({"name": label("band", self.book.language), "name_font": {"name": "TH SarabunPSK", "size": 14}})
        chart.set_size({"width": 820, "height": 90 + 48 * (placed.last - placed.first + 1) + 60})
        self.worksheet.insert_chart(self._row, 0, chart, {"description": label("band", self.book.language)})

    def _of_fund(self, fund: str, *, by_fund: bool) -> list[str]:
        return [f"({self._named('fund')}={_quoted(fund)})"] if by_fund else []

    def _flag(self, table: str, key: str) -> list[str]:
        """Return the condition that counts a line once, and for results only when it is due (RU1, BA4)."""
        if self.repeats:
            return [f"({self._named(key)}=1)"]
        return [f"({self._named('counts')}=1)"] if table == DUE else []

    def _codes(self, dimension: str, known: Sequence[str]) -> list[str]:
        used = [str(getattr(r.project, dimension)) for r in self.book.result.projects]
        return list(dict.fromkeys([*known, *used]))

    def _strategy(self, code: str) -> str:
        strategy = next((s for s in self.book.result.plan.strategies if s.code == code), None)
        name = self.book.voice.name(strategy.name, strategy.name_en) if strategy else ""
        return f"{self.book.voice.strategy_short(code)} {name}".strip()

    def _named(self, key: str) -> str:
        return self.projects.name(key)

    def _line(self, text: str, style: object) -> None:
        self.worksheet.write_string(self._row, 0, text, style)  # type: ignore[arg-type]
        self._row += 1

    def _cells(self, values: Sequence[Value], style: object) -> None:
        for index, value in enumerate(values):
            self.book.write(self.worksheet, self._row, index, value, style)  # type: ignore[arg-type]
        self._row += 1


def _chosen(*, due: bool, fund: str | None) -> Callable[[ProjectResult], bool]:
    return lambda r: (r.counts or not due) and (fund is None or r.project.fund == fund)


@exact
def _share(count: int, total: int) -> Decimal:
    return divide(count * HUNDRED, Decimal(total)) if total else ZERO


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
