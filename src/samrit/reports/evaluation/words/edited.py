"""The editors' texts as blocks: those of a section, their live figures filled, lists with small tables (R229, R230)."""

from __future__ import annotations

from collections.abc import Sequence

from samrit.engine.model import ReportText
from samrit.reports.document.model import Cell, Items, Paragraph, Row, TableBlock
from samrit.reports.evaluation.view import Blocks, ReportView
from samrit.reports.evaluation.words.live_values import rich

MOST_COLUMNS = 8  # of a small table: more belong into the annex


def texts_of(view: ReportView, section: str, strategy: str | None = None, *, project: str = "") -> list[ReportText]:
    """Return the editors' texts of a section as of the report's period, in their order; all strategies for None."""
    chosen = [
        text
        for text in view.result.plan.texts
        if text.section == section
        and (strategy is None or text.strategy == strategy)
        and project in ("", text.project)
        and text.as_of in (None, view.result.as_of)
    ]
    return sorted(chosen, key=lambda text: text.order)


def said(view: ReportView, text: ReportText) -> str:
    """Return a text in the report's language, the Thai one where there is no English."""
    return view.voice.name(text.text, text.text_en)


def listed(view: ReportView, texts: Sequence[ReportText], *, numbered: bool) -> Blocks:
    """Return texts as a list of up to three depths; a small table follows the item of the first depth it belongs to."""
    blocks: Blocks = ()
    held: list[ReportText] = []
    tables: list[TableBlock] = []
    start = count = 1
    for at, text in enumerate(texts):
        if text.depth == 0 and at:
            if tables:
                blocks += (_items(view, held, numbered=numbered, start=start), *tables)
                held, tables, start = [], [], count + 1
            count += 1
        held.append(text)
        tables += tables_of(view, said(view, text))
    return (*blocks, _items(view, held, numbered=numbered, start=start), *tables) if held else blocks


def paragraphs(view: ReportView, text: str) -> Blocks:
    """Return running text, a paragraph a line, with its small tables behind it."""
    lines = (line for line in words_of(text).splitlines() if line.strip())
    return (*(Paragraph(rich(view, line)) for line in lines), *tables_of(view, text))


def words_of(text: str) -> str:
    """Return a text without the lines of its small tables."""
    return "\n".join(line for line in text.splitlines() if not _is_row(line)).strip()


def tables_of(view: ReportView, text: str) -> list[TableBlock]:
    """Return the small tables of a text: lines that begin with "|", the first of them the heading (R230)."""
    found: list[list[list[str]]] = [[]]
    for line in text.splitlines():
        if _is_row(line):
            found[-1].append(_cells(line))
        elif found[-1]:
            found.append([])
    return [_table(view, rows) for rows in found if rows]


def _items(view: ReportView, texts: Sequence[ReportText], *, numbered: bool, start: int) -> Items:
    shown = tuple(rich(view, words_of(said(view, text))) for text in texts)
    return Items(shown, tuple(text.depth for text in texts), numbered=numbered, start=start)


def _table(view: ReportView, rows: list[list[str]]) -> TableBlock:
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows if not _is_rule(row)]
    head = Row(tuple(Cell(rich(view, cell), "centre", bold=True, shade="head") for cell in full[0]), True)
    body = tuple(Row(tuple(Cell(rich(view, cell)) for cell in row)) for row in full[1:])
    return TableBlock((head,), body, (1.0,) * width)


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|") and bool(line.strip(" |"))


def _is_rule(row: list[str]) -> bool:
    """Say whether a row is the line under a heading, as some write it: | --- | --- |."""
    return all(cell and not cell.strip("-: ") for cell in row)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")][:MOST_COLUMNS]
