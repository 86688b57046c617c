"""The national page: its figures as tables, and these as a document for the report writers or as a workbook."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path

from xlsxwriter import Workbook

from samrit.engine.rollup import NO_PLAN_COLUMN, share
from samrit.nation.figures import LAST_STEP, FigureGroup, NationalFigures
from samrit.package.ready_rules import default_rules
from samrit.reports.document.model import BandStyle, Block, Cell, Document, Heading, Paragraph, Row, TableBlock
from samrit.reports.writers import html
from samrit.vocabulary.terms import label

# More silent plans than this are in the workbook only.
LISTED = 200

Value = str | int | Decimal


@dataclass(frozen=True, slots=True)
class PageTable:
    """One table of the page: a key of ``words.toml`` as its title, and its cells; figures are numbers."""

    key: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def write_html(figures: NationalFigures, path: Path, language: str) -> None:
    """Write the page as one HTML file that needs nothing beside it."""
    html.write(document(figures, language), path)


def write_workbook(figures: NationalFigures, path: Path, language: str) -> None:
    """Write the page as a workbook, a sheet per table; no text of a plan becomes a formula."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    beside = path.with_name(f".{path.name}.part")
    try:
        with Workbook(beside, options) as book:
            bold = book.add_format({"bold": True})
            for table in page_tables(figures, language):
                sheet = book.add_worksheet(_word(table.key, language).replace("/", "-")[:31])
                sheet.write_row(0, 0, table.head, bold)
                for at, row in enumerate(table.rows, 1):
                    sheet.write_row(at, 0, row)
                sheet.set_column(0, 1, 36)
                sheet.freeze_panes(1, 1)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def document(figures: NationalFigures, language: str) -> Document:
    """Return the page as a document: a sentence, then its tables."""
    summary = figures.summary
    lead = _word("lead", language).format(
        plans=f"{summary.plans:,}",
        counted=f"{figures.everything.works:,}",
        broken=f"{summary.broken:,}",
        silent=f"{sum(not plan.broken for plan in figures.silent):,}",
    )
    title = _word("title", language)
    blocks: list[Block] = [Heading(title), Paragraph(lead, "lead")]
    if summary.repeated:
        blocks.append(Paragraph(_word("repeated", language).format(count=f"{summary.repeated:,}"), "note"))
    for table in page_tables(figures, language):
        blocks += [Heading(_word(table.key, language), 2), _block(table, language)]
    blocks.append(Paragraph(_word("digest", language).format(digest=summary.digest), "note"))
    styles = tuple(
        BandStyle(b.code, (language == "en" and b.name_en) or b.name, b.sign, b.colour) for b in figures.looks
    )
    return Document(title, language, "", lead, tuple(blocks), styles)


def page_tables(figures: NationalFigures, language: str) -> tuple[PageTable, ...]:
    """Return every table of the page."""

    def words(*keys: str) -> tuple[str, ...]:
        return tuple(_word(key, language) for key in keys)

    bands = tuple(f"{b.sign} {(language == 'en' and b.name_en) or b.name}".strip() for b in figures.looks)
    codes = [look.code for look in figures.looks]
    total = figures.everything
    if total.bands.get(NO_PLAN_COLUMN):  # so that parts add up (AC4)
        bands, codes = (*bands, label("no_plan_column", language, "word")), [*codes, NO_PLAN_COLUMN]
    tables = [
        PageTable(
            "by_band",
            words("band", "works", "share"),
            tuple(
                (name, total.bands.get(code, 0), share(total.bands.get(code, 0), total.works, default_rules()))
                for code, name in zip(codes, bands, strict=True)
            ),
        )
    ]
    for key, head, groups in (
        ("by_ministry", "ministry", figures.ministries),
        ("by_region", "region", figures.regions),
    ):
        tables.append(PageTable(key, (*words(head, "plans", "works"), *bands), _group_rows(groups, codes, language)))
    tables.append(PageTable("distribution", words("percent", "works"), _spread_rows(figures, language)))
    tables.append(PageTable("silent_plans", words("organisation", "plan", "why"), _silent_rows(figures, language)))
    if figures.changes:
        rows = tuple((c.plan, c.work, c.title, c.before, c.now, c.now - c.before) for c in figures.changes)
        tables.append(PageTable("changes", words("plan", "work", "work", "before", "now", "change"), rows))
    return tuple(tables)


def _group_rows(groups: Iterable[FigureGroup], codes: Sequence[str], language: str) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (g.name or _word("not_stated", language), g.plans, g.works, *(g.bands.get(code, 0) for code in codes))
        for g in groups
    )


def _spread_rows(figures: NationalFigures, language: str) -> tuple[tuple[Value, ...], ...]:
    def name(floor: int) -> str:
        return _word("above", language).format(floor=floor) if floor == LAST_STEP else f"{floor}–"

    return tuple((name(floor), works) for floor, works in figures.spread)


def _silent_rows(figures: NationalFigures, language: str) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (plan.organisation, plan.plan, _word("broken" if plan.broken else "silent", language))
        for plan in figures.silent
    )


def _block(table: PageTable, language: str) -> Block:
    if not table.rows:
        return Paragraph(_word("nothing", language))
    head = Row(tuple(Cell(text, shade="head", bold=True) for text in table.head))
    rows = [Row(tuple(_cell(value) for value in row)) for row in table.rows[:LISTED]]
    if len(table.rows) > LISTED:
        rows.append(Row((Cell(f"… + {len(table.rows) - LISTED:,} (xlsx)", colspan=len(table.head)),)))
    return TableBlock((head,), tuple(rows), tuple(3.0 if at == 0 else 1.0 for at in range(len(table.head))))


def _cell(value: Value) -> Cell:
    if isinstance(value, str):
        return Cell(value)
    return Cell(f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}", align="right")


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


def _word(key: str, language: str) -> str:
    return _words()[key][language == "en"]
