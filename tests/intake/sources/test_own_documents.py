"""What Samrit itself writes reads back cell by cell: the annex of the example in Word, Excel, HTML and PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from openpyxl import load_workbook

from samrit.engine.checks import check_plan
from samrit.engine.results import PlanResult
from samrit.engine.score import score
from samrit.intake.grid import Grid, SourceReading
from samrit.intake.sources import read_document
from samrit.intake.tables.lattice import lay_out
from samrit.package import read
from samrit.reports.document.grid import column_count, place
from samrit.reports.document.inline import bands_of, cell_runs, plain
from samrit.reports.document.model import Document, TableBlock
from samrit.reports.evaluation import report as evaluation
from samrit.reports.workbook import xlsx
from samrit.reports.writers import docx, html, pdf
from tests.intake.sources.documents import errors
from tests.source_tree import ROOT

EXAMPLE = ROOT / "examples" / "sso-2568"
pytestmark = pytest.mark.slow


SIGNS = "✕▲◐✓\ufe0e"  # of the bands; each format sets them in its own way


def bare(text: str) -> str:
    """Return a text without spaces and signs of bands."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in SIGNS)


@pytest.fixture(scope="module")
def result() -> PlanResult:
    package = read(EXAMPLE).package
    assert package is not None
    return score(package.plan, package.rulesets[0], 12)


@pytest.fixture(scope="module")
def document(result: PlanResult) -> Document:
    return evaluation.build(result, findings=check_plan(result.plan, result.ruleset, 12))


@pytest.fixture(scope="module")
def files(result: PlanResult, document: Document, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("own")
    docx.write(document, folder / "report.docx")
    html.write(document, folder / "report.html")
    pdf.write(document, folder / "report.pdf")
    xlsx.write(result, folder / "report.xlsx")
    return {path.suffix[1:]: path for path in folder.iterdir()}


@pytest.fixture(scope="module")
def readings(files: dict[str, Path]) -> dict[str, SourceReading]:
    return {kind: read_document(path) for kind, path in files.items()}


def annexes(document: Document) -> Iterator[list[list[str]]]:
    """Yield the text that covers each place of every annex table, heads first."""
    bands = bands_of(document)
    for block in document.blocks:
        if isinstance(block, TableBlock) and block.small:
            rows = (*block.head, *block.rows)
            placed = place(rows, column_count(rows, block.widths))
            yield [
                [bare(plain(cell_runs(slot.cell, bands))) for slot in row for _ in range(slot.span)] for row in placed
            ]


def covering(grid: Grid, width: int) -> list[list[str]]:
    rows = [[bare(slot.covering) for slot in line] for line in lay_out(grid)]
    return [row + [""] * (width - len(row)) for row in rows]


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_every_cell_of_the_annex_reads_back(kind: str, document: Document, readings: dict[str, SourceReading]) -> None:
    reading = readings[kind]
    assert errors(reading) == []
    wanted = list(annexes(document))
    assert len(wanted) >= 6
    found = {grid.rows[0][0].name: grid for grid in reading.grids if grid.is_table and len(grid.rows[0]) > 10}
    tables = [covering(grid, len(annex[0])) for grid, annex in zip(found.values(), wanted, strict=True)]
    for table, annex in zip(tables, wanted, strict=True):
        assert table == annex


def test_every_annex_cell_is_in_the_pdf(document: Document, readings: dict[str, SourceReading]) -> None:
    """Tables break over pages and repeat their heads, so that cells are counted, not placed."""
    assert errors(readings["pdf"]) == []
    wanted = Counter(text for annex in annexes(document) for text in _single(annex))
    found = Counter(
        text
        for grid in readings["pdf"].grids
        if grid.is_table
        for text in _single(covering(grid, 1))
    )  # fmt: skip
    missing = wanted - found
    lost = missing.total() / wanted.total()
    assert lost < 0.001, missing.most_common(20)


def _single(rows: list[list[str]]) -> Iterator[str]:
    """Yield the figures of the months and totals, row by row."""
    for row in rows:
        yield from (text for text in row if text and (text[0].isdigit() or text == "–"))


def test_every_cell_of_the_workbook_reads_back(files: dict[str, Path], readings: dict[str, SourceReading]) -> None:
    reading = readings["xlsx"]
    assert errors(reading) == []
    found = {cell.name: cell.text for grid in reading.grids for row in grid.rows for cell in row if cell.text}
    book = load_workbook(files["xlsx"], data_only=True)
    wanted = {}
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            quoted = f"'{sheet.title}'" if {" ", "-"} & set(sheet.title) else sheet.title
            cells = (cell for row in sheet.iter_rows() for cell in row if cell.value not in {None, ""})
            # A zero whose format shows nothing is read as nothing.
            cells = (cell for cell in cells if cell.value != 0 or not cell.number_format.endswith(';""'))
            wanted.update({f"{quoted}!{cell.coordinate}": cell.value for cell in cells})
    assert set(wanted) - set(found) == set()
    wrong = {name: (value, found[name]) for name, value in wanted.items() if not _same(value, found[name])}
    assert wrong == {}


def _same(value: object, text: str) -> bool:
    """Say whether a shown text stands for a stored value: equal words, or the figure to the places shown."""
    if isinstance(value, str):
        return " ".join(value.split()) == " ".join(text.split())
    if isinstance(value, bool):
        return text == str(value).upper()
    if not isinstance(value, int | float):
        return str(value)[:10] == text
    try:
        figure = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return text in {"–", "-"} and value == 0
    places = -int(figure.as_tuple().exponent)
    return abs(figure - Decimal(repr(value))) <= Decimal(1).scaleb(-places) / 2 + Decimal("1e-9")
