"""Damaged documents of whole plans go through the whole import: a draft or a refusal, never an error."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from samrit.intake.grid import Grid, GridCell, SourceReading
from samrit.intake.importer import draft_of, import_documents
from samrit.intake.sources import read_document
from samrit.package import read, write
from samrit.vocabulary.findings import sentence
from tests.intake import offices
from tests.intake.random_documents import LAYOUTS, Layout, printed, works
from tests.intake.sources.damage import BYTES, MARKUP, inside

BUILDERS = (
    offices.hospital, offices.municipality, offices.university, offices.english, offices.two_tables,
    offices.health_office, offices.transport, offices.five_years, offices.ticks, offices.labour_office,
)  # fmt: skip
TEXTS = (
    "", "-", "–", "0", "1,000,000,000,000,000,000,000", "1e400", "-5", "%", "100 %", "แผน", "ผล", "รวม",
    "ม.ค.", "ต.ค. 67", "2568", "9999", "ปี 2564 แผน (ผล)", "ไตรมาส 4", "ไตรมาส 9", "โครงการ", "1.", "999. โครงการ",
    "ตัวชี้วัดที่ 99", "ตัวชี้วัดที่ 0",
    "ยุทธศาสตร์ที่ 77 ก", "กองทุนเงินทดแทน", "ระยะเวลาโครงการ : ธันวาคม - มกราคม", "ร้อยละเฉลี่ยของงาน/โครงการ",
    "ระดับ 5", "(ร้อยละ 80)",
    "9" * 5000, "๙" * 5000, f"กลยุทธ์ที่ {'9' * 5000} ก", f"{'9' * 5000}. ก", "ตัวชี้วัดที่ ²", "²",
    "ข" * 500, "((((((", "1/0", "NaN", "Infinity", "\u0e4d\u0e32", "A" * 40,
)  # fmt: skip
PER_DOCUMENT = 30
BYTES_PER_DOCUMENT = 12

Damage = Callable[[list[list[GridCell]], random.Random], None]


def other_text(rows: list[list[GridCell]], chance: random.Random) -> None:
    row = chance.choice([row for row in rows if row])
    at = chance.randrange(len(row))
    row[at] = replace(row[at], text=chance.choice(TEXTS))


def other_span(rows: list[list[GridCell]], chance: random.Random) -> None:
    row = chance.choice([row for row in rows if row])
    at = chance.randrange(len(row))
    row[at] = replace(row[at], colspan=chance.choice((0, 1, 2, 3, 40)), rowspan=chance.choice((0, 1, 2, 9)))


def exchanged(rows: list[list[GridCell]], chance: random.Random) -> None:
    one, other = chance.choice(rows), chance.choice(rows)
    if one and other:
        a, b = chance.randrange(len(one)), chance.randrange(len(other))
        one[a], other[b] = other[b], one[a]


def row_lost(rows: list[list[GridCell]], chance: random.Random) -> None:
    if len(rows) > 1:
        del rows[chance.randrange(len(rows))]


def row_twice(rows: list[list[GridCell]], chance: random.Random) -> None:
    rows.insert(chance.randrange(len(rows)), list(chance.choice(rows)))


def cell_lost(rows: list[list[GridCell]], chance: random.Random) -> None:
    row = chance.choice([row for row in rows if row])
    del row[chance.randrange(len(row))]


DAMAGES: tuple[Damage, ...] = (
    other_text,
    other_text,
    other_text,
    other_span,
    exchanged,
    row_lost,
    row_twice,
    cell_lost,
)


def damaged(grid: Grid, chance: random.Random) -> Grid:
    rows = [list(row) for row in grid.rows]
    for _ in range(chance.choice((1, 3, 10, 40))):
        if any(rows):
            chance.choice(DAMAGES)(rows, chance)
    return replace(grid, rows=tuple(tuple(row) for row in rows))


@pytest.mark.sample(4)
@pytest.mark.parametrize("build", BUILDERS, ids=lambda build: build.__name__)
def test_damaged_tables_give_a_draft_that_can_be_kept(build: Callable[[Path], Path], tmp_path: Path) -> None:
    reading = read_document(build(tmp_path))
    chance = random.Random(f"grids {build.__name__}")
    for number in range(PER_DOCUMENT):
        grids = tuple(damaged(grid, chance) for grid in reading.grids)
        draft = draft_of([SourceReading(reading.document, reading.origin, grids)], plan_id="damaged")
        assert all(sentence(finding, language) for finding in draft.findings for language in ("th", "en")), number
        if draft.package is not None and number % 10 == 0:
            write(draft.package, tmp_path / f"kept{number}")
            assert read(tmp_path / f"kept{number}").package is not None


@pytest.mark.parametrize("build", BUILDERS, ids=lambda build: build.__name__)
def test_damaged_files_of_plans_are_imported_or_refused(build: Callable[[Path], Path], tmp_path: Path) -> None:
    path = build(tmp_path)
    good = path.read_bytes()
    chance = random.Random(f"bytes {build.__name__}")
    ways = (inside, inside, *BYTES) if path.suffix in {".xlsx", ".docx"} else MARKUP
    for _ in range(BYTES_PER_DOCUMENT):
        path.write_bytes(chance.choice(ways)(good, chance))
        draft = import_documents([path])
        assert draft.package is not None or draft.findings


@pytest.mark.sample(3)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_damaged_texts_of_random_plans_give_a_draft(layout: Layout) -> None:
    chance = random.Random(f"texts {layout.name}")
    for seed in range(10):
        rows = printed(works(random.Random(seed), 3), layout).rows
        cells = [[GridCell(text, at, str(n)) for n, text in enumerate(row)] for at, row in enumerate(rows, 1)]
        grid = damaged(Grid("printed.txt", tuple(map(tuple, cells))), chance)
        draft = draft_of([SourceReading("printed.txt", "text", (grid,))], plan_id="damaged")
        assert draft.package is not None or draft.findings
