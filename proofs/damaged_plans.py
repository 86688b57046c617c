"""Importing what is broken: plans in other offices' layouts, damaged in bytes, cells and rows, by the command."""

from __future__ import annotations

import os
import random
import resource
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

from click.testing import CliRunner, Result

from benchmarks.layouts.catalogue import LAYOUTS, document
from benchmarks.layouts.sheet import Cell, Part, Sheet, Table
from benchmarks.layouts.writers import WRITERS
from proofs import proof
from samrit.cli.main import main
from samrit.cli.shared import UNREADABLE
from samrit.package import read
from tests.intake.sources import damage

LONGEST = 20  # seconds of processor time
LARGEST = 1024 * 1024  # kilobytes of memory, of this process and of a reader's
_KEPT_ROWS = 10  # of a table: most damage shows in a few, and ten thousand files are many
_HOW = ("bytes", "cells", "rows")
_TEXTS = (
    "", "-", "0", "1,000,000,000,000,000,000,000", "1e400", "%", "แผน", "ผล", "รวม", "ม.ค.", "ต.ค. 67", "2568", "9999",
    "ไตรมาส 9", "โครงการ", "1.", "999. โครงการ", "ตัวชี้วัดที่ 0", "ยุทธศาสตร์ที่ 77 ก", "ระยะเวลาโครงการ : ธันวาคม - มกราคม",
    "(ร้อยละ 80)", "ข" * 500, "((((((", "1/0", "NaN", "Infinity", "\u0e4d\u0e32", "=1+1", "A" * 3000,
)  # fmt: skip

Rows = list[list[Cell]]


class _TooLong(BaseException):
    """Raised where the command has worked for too long; nothing that catches errors catches it."""


@proof(count=1_000, of="damaged plans", parts=50)
def damaged_plans(numbers: range, seed: int) -> Iterator[str]:
    """A damaged plan is imported whole or refused with words and nothing written: no traceback, at most 20 s, 1 GB."""
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            name, path = damaged(number, seed, Path(folder))
            yield from (f"{name} {number}: {fault}" for fault in _faults(path, Path(folder) / "draft"))


def damaged(number: int, seed: int, folder: Path) -> tuple[str, Path]:
    """Write a damaged plan; return what it is and where."""
    chance = random.Random(f"{seed} {number}")
    layout, kind, how = list(LAYOUTS)[number % len(LAYOUTS)], chance.choice(list(WRITERS)), _HOW[number % len(_HOW)]
    sheet = _short(document(layout, chance.randrange(1000))[0])
    path = folder / f"plan.{kind}"
    if how != "bytes":
        change = _with_cells if how == "cells" else _with_rows
        sheet = Sheet([_changed(part, change, chance) for part in sheet.parts])
        if path.suffix == ".pdf":
            sheet = Sheet([part if isinstance(part, str) else _unmerged(part) for part in sheet.parts])
    WRITERS[kind](sheet, path)
    if how == "bytes":
        path.write_bytes(chance.choice(damage.ways(path.suffix[1:]))(path.read_bytes(), chance))
    return f"{layout}, {kind}, {how}", path


def _short(sheet: Sheet) -> Sheet:
    return Sheet([part if isinstance(part, str) else _cut(part) for part in sheet.parts])


def _cut(table: Table) -> Table:
    """Return the headings and the first rows of a table, merged cells ending with it."""
    return replace(table, rows=_ending(table.rows[: table.heads + _KEPT_ROWS]))


def _ending(rows: Rows) -> Rows:
    return [[replace(cell, tall=min(cell.tall, len(rows) - at)) for cell in row] for at, row in enumerate(rows)]


def _changed(part: Part, change: Callable[[Rows, random.Random], None], chance: random.Random) -> Part:
    if isinstance(part, str):
        return part
    rows = [list(row) for row in part.rows]
    for _ in range(chance.choice((1, 2, 5, 15))):
        change(rows, chance)
    return Table(_ending(rows), min(part.heads, len(rows)))


def _unmerged(table: Table) -> Table:
    """Return a table without merged cells: what typesets PDFs refuses those that do not fit."""
    width = max((len(row) for row in table.rows), default=1) or 1
    rows = [[Cell(cell.text) for cell in row] + [Cell()] * (width - len(row)) for row in table.rows]
    return Table(rows, table.heads)


def _with_cells(rows: Rows, chance: random.Random) -> None:
    """Change, blank, exchange or lose a cell."""
    row, other = (chance.choice([one for one in rows if one]) for _ in range(2))
    at, place = chance.randrange(len(row)), chance.randrange(len(other))
    match chance.randrange(4):
        case 0:
            row[at], other[place] = other[place], row[at]
        case 1 if len(row) > 1:
            del row[at]
        case _:
            row[at] = replace(row[at], text=chance.choice(_TEXTS), number=None)


def _with_rows(rows: Rows, chance: random.Random) -> None:
    """Lose, double, exchange or tear a row."""
    at, place = chance.randrange(len(rows)), chance.randrange(len(rows))
    match chance.randrange(4):
        case 0 if len(rows) > 2:
            del rows[at]
        case 1:
            rows.insert(place, list(rows[at]))
        case 2:
            rows[at], rows[place] = rows[place], rows[at]
        case _:
            rows[at] = rows[at][: max(1, len(rows[at]) // 2)]


def _faults(path: Path, out: Path) -> Iterator[str]:
    """Import a file by the command and yield what must not be."""
    before, begun = _largest(), sum(os.times()[:4])
    try:
        with _limited():
            result = CliRunner().invoke(main, ["import", str(path), "--out", str(out), "--json"])
    except _TooLong:
        yield f"took more than {LONGEST} s of processor time"
        return
    if (taken := sum(os.times()[:4]) - begun) > LONGEST:
        yield f"took {taken:.0f} s of processor time"
    yield from (
        f"took {now // 1024} MB" for was, now in zip(before, _largest(), strict=True) if now > max(was, LARGEST)
    )
    yield from _of_result(result, out)


def _of_result(result: Result, out: Path) -> Iterator[str]:
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        yield f"raised {type(result.exception).__name__}: {result.exception}"
    elif result.exit_code not in (0, UNREADABLE):
        yield f"ended with {result.exit_code}: {result.output[-200:]}"
    elif result.exit_code == 0 and read(out).package is None:
        yield "what it wrote cannot be read"
    elif result.exit_code and any(out.parent.glob("draft*")):
        yield "refused, and something was written all the same"


@contextmanager
def _limited() -> Iterator[None]:
    """Raise in this process once it has worked for too long."""

    def over(number: int, frame: FrameType | None) -> None:
        raise _TooLong

    earlier = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, earlier)


def _largest() -> tuple[int, int]:
    """Return the most memory that this process and any ended child have had, in kilobytes."""
    return tuple(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # type: ignore[return-value]
