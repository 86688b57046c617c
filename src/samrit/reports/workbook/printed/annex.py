"""The annex in the printed layout: plan and result rows, landscape, its totals and percents live (R237–R240).

Text rows come from the builder of the printed annex, so that both look alike; figures are
look-ups into the data sheets, so that a correction there shows here.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from samrit.engine.model import Fund, Strategy
from samrit.reports.document.grid import GridSlot, place
from samrit.reports.document.inline import plain
from samrit.reports.evaluation.annex.columns import full_row, heads, widths
from samrit.reports.evaluation.annex.explained import explanation_rows, site_rows
from samrit.reports.evaluation.annex.part import changed_headings, headings_of, strategy_heading
from samrit.reports.evaluation.view import ReportView, view_of
from samrit.reports.texts.template import FundLayout
from samrit.reports.workbook.data.members import Member
from samrit.reports.workbook.printed.annex_rows import AnnexRows, Keyed, LiveCell
from samrit.reports.workbook.writing.bands import band_label
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.conditions import EXTRA_PLACES
from samrit.reports.workbook.writing.heights import letters_of
from samrit.reports.workbook.writing.layout import Value
from samrit.reports.workbook.writing.page_breaks import MeasuredBlock, breaks, slots_height

SIZE = 12
_UNIT = 7.2  # letters of column width for one unit of the builder's relative widths
_NARROWEST = 6.0
_LETTER = 0.95  # of a letter of column width, by a digit at our type size
_GROWTH = 1.45  # the most that a column grows, lest the page's type get too small to read
_SHADES = {"head": "#DCE6F0", "group": "#EEF2F6", "total": "#EEF2F6", "quiet": "#F7F7F7"}
_ALIGN = {"left": "left", "centre": "center", "right": "right"}


class AnnexSheets:
    """Writes one sheet for each fund and strategy that holds projects."""

    def __init__(self, book: Book, rows: AnnexRows) -> None:
        self.book = book
        self.rows = rows
        self.view: ReportView = view_of(book.result, book.language, book.template)

    def write(self, members: Sequence[Member]) -> None:
        """Write all sheets in the order of funds and strategies."""
        known = {fund.code: fund for fund in self.view.funds}
        codes = dict.fromkeys([*known, *(m.result.project.fund for m in members)])
        for code in codes:
            for strategy in self.view.strategies:
                held = [
                    m for m in members if (m.result.project.fund, m.result.project.strategy) == (code, strategy.code)
                ]
                if held:
                    self._sheet(known.get(code), strategy, held)

    def _sheet(self, fund: Fund | None, strategy: Strategy, held: Sequence[Member]) -> None:
        layout = self.book.template.layout_of(fund.code if fund else "")
        suffix = " ".join(part for part in (fund.code if fund else "", strategy.code) if part)
        worksheet = self.book.workbook.add_worksheet(self.book.unused_name("annex", suffix))
        self.book.page(worksheet, self.book.title)
        before = layout.columns[: layout.columns.index("percent")]
        percent = len(before) + (11 if "months" in before else 0)
        sheet = _Sheet(self.book, worksheet, widths(layout), percent)
        sheet.write(self._top(fund, strategy, layout), self._blocks(layout, held))

    def _top(self, fund: Fund | None, strategy: Strategy, layout: FundLayout) -> list[Keyed]:
        """Return the rows repeated on every page: fund and plan, strategy, goal, column heads (R237, R238)."""
        view, plan, voice = self.view, self.book.result.plan, self.view.voice
        names = [voice.fund_name(fund) if view.funds else "", voice.name(plan.title, plan.title_en)]
        named = voice.strategy_full(strategy) if strategy.code else voice.strategy_short("")
        lines = ["  ".join(name for name in names if name), strategy_heading(view, strategy, layout, named)]
        if layout.show_goal and strategy.goal:
            lines.append(voice.say("goal", text=strategy.goal))
        rows = [full_row(layout, text, bold=index < 2) for index, text in enumerate(lines)]
        return [Keyed(row) for row in (*rows, *heads(view, layout))]

    def _blocks(self, layout: FundLayout, held: Sequence[Member]) -> list[list[Keyed]]:
        """Return the rows of every project as one block, with the headings that are above it."""
        blocks: list[list[Keyed]] = []
        before: tuple[tuple[str, str], ...] = ()
        for member in held:
            headings = headings_of(self.view, member.result.project)
            block = [Keyed(row) for row in changed_headings(layout, before, headings)]
            before = headings
            blocks.append(block + self._project(layout, member))
        return blocks

    def _project(self, layout: FundLayout, member: Member) -> list[Keyed]:
        rows = [self.rows.title(self.view, layout, member.result.project)]
        for reporting, first in zip(member.reporting, member.unit_rows, strict=True):
            rows += self.rows.indicator(self.view, layout, reporting, first)
        if not member.reporting:
            rows.append(self.rows.nothing(self.view, layout))
        rows += [Keyed(row) for row in site_rows(self.view, layout, member.result)]
        rows.append(self.rows.average(self.view, layout, member.no, member.result))
        return rows + [Keyed(row) for row in explanation_rows(self.view, layout, member.result)]


class _Sheet:
    """Puts rows with spans on a worksheet and sets heights, breaks and the repeated rows."""

    def __init__(self, book: Book, worksheet: Worksheet, relative: Sequence[float], percent: int) -> None:
        self.book = book
        self.percent = percent  # the column of percents
        self.worksheet = worksheet
        self.widths = [max(_NARROWEST, width * _UNIT) for width in relative]
        self.columns = len(self.widths)
        self._row = 0

    def write(self, top: Sequence[Keyed], blocks: Sequence[Sequence[Keyed]]) -> None:
        """Write the repeated rows, then every project's block."""
        self._widen(blocks)
        for index, width in enumerate(self.widths):
            self.worksheet.set_column(index, index, width)
        self.worksheet.set_column(self.columns, self.columns + 1, 8, None, {"hidden": True})
        head = self._rows(top)
        repeated = self._row
        self.worksheet.repeat_rows(0, repeated - 1)
        self.worksheet.freeze_panes(repeated, 0)
        self.worksheet.fit_to_pages(1, 0)
        measured = [self._rows(block) for block in blocks]
        self.worksheet.set_h_pagebreaks(breaks(measured, sum(head.heights), self.widths))
        self.worksheet.print_area(0, 0, self._row - 1, self.columns - 1)
        self._conditional(repeated)

    def _widen(self, blocks: Sequence[Sequence[Keyed]]) -> None:
        """Make columns wide enough for their figures as far as a page of A4 allows; longer ones are shrunk.

        Columns that start alike, as the months do, stay alike.
        """
        needs = dict.fromkeys(self.widths, 0.0)
        for block in blocks:
            for slots in place([keyed.row for keyed in block], self.columns):
                for slot in slots:
                    cell = slot.cell
                    if slot.span == 1 and isinstance(cell, LiveCell) and cell.figure is not None:
                        own = self.widths[slot.column]
                        needs[own] = max(needs[own], letters_of(cell.figure, cell.number) * _LETTER + 1.5)
        self.widths = [max(own, min(needs[own], own * _GROWTH)) for own in self.widths]

    def _rows(self, keyed: Sequence[Keyed]) -> MeasuredBlock:
        first, heights = self._row, []
        for k, slots in zip(keyed, place([k.row for k in keyed], self.columns), strict=True):
            heights.append(slots_height(slots, self.widths, SIZE))
            self.worksheet.set_row(self._row, heights[-1])
            helpers = (k.place, k.places(self._row + 1) if k.places else None)
            for offset, value in enumerate(helpers):
                if value is not None:
                    self.book.write(self.worksheet, self._row, self.columns + offset, value, self.book.styles.make())
            for slot in slots:
                if not slot.continued:
                    self._slot(slot)
            self._row += 1
        return MeasuredBlock(first, tuple(heights))

    def _slot(self, slot: GridSlot) -> None:
        style = self._style(slot)
        last = (self._row + slot.rows - 1, slot.column + slot.span - 1)
        if last != (self._row, slot.column):
            self.worksheet.merge_range(self._row, slot.column, *last, "", style)
        cell = slot.cell
        value: Value = cell.make(self._row + 1) if isinstance(cell, LiveCell) else plain(cell.text)
        self.book.write(self.worksheet, self._row, slot.column, value, style)

    def _style(self, slot: GridSlot) -> Format:
        cell, head = slot.cell, slot.cell.shade == "head"
        properties = {
            "font_size": SIZE,
            "border": 1,
            "border_color": "#A6A6A6",
            "text_wrap": True,
            "align": _ALIGN[cell.align],
            "bold": cell.bold,
            "valign": "vcenter" if head else "top",
        }
        if cell.shade in _SHADES:
            properties["bg_color"] = _SHADES[cell.shade]
        if isinstance(cell, LiveCell) and cell.number:
            properties["num_format"] = cell.number
        if isinstance(cell, LiveCell) and cell.figure is not None:
            properties |= {"text_wrap": False, "shrink": True}
        return self.book.styles.make(**properties)

    def _conditional(self, first: int) -> None:
        """Colour bands, and show more decimals where a rounded figure would contradict its band (BA2, BA3)."""
        styles, last, right = self.book.styles, max(self._row - 1, first), self.columns - 1
        for band in self.book.result.ruleset.bands:
            text = band_label(band, self.book.language).replace('"', '""')
            rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": styles.when_band(band)}
            self.worksheet.conditional_format(first, 0, last, right, rule)
        letter, usual = xl_col_to_name(self.columns + 1), self.book.shown_first_places
        for places in range(usual + 1, usual + 1 + EXTRA_PLACES):
            rule = {
                "type": "formula",
                "criteria": f"=${letter}{first + 1}={places}",
                "format": styles.when_places(places),
            }
            self.worksheet.conditional_format(first, self.percent, last, self.percent, rule)
