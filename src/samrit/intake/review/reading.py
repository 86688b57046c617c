"""Corrections out of a review workbook: those kept from before, and those typed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from samrit.engine.model import Mark
from samrit.intake.grid import Grid
from samrit.intake.headings import key
from samrit.intake.review.corrections import Correction, figure
from samrit.intake.review.words import HEADINGS, SIDES
from samrit.intake.review.workbook import BETWEEN, UNKNOWN
from samrit.intake.sources import read_document
from samrit.intake.tables.lattice import Line, lay_out
from samrit.vocabulary.findings import Finding, Place, Severity


@dataclass(frozen=True, slots=True)
class ReviewReading:
    """The corrections of a review workbook; ``faults`` say why it is none, and then nothing may be imported over it."""

    corrections: tuple[Correction, ...] = ()
    faults: tuple[Finding, ...] = ()


def read_corrections(path: Path) -> list[Correction]:
    """Return the corrections of a review workbook that ``read_review`` has found to be one."""
    return list(read_review(path).corrections)


def read_review(path: Path) -> ReviewReading:
    """Return every correction in a review workbook: the kept ones, then what was typed since, the later winning.

    A file that can't be read, or that has no table of a review in it, is a fault: corrections would be lost unseen.
    """
    reading = read_document(path)
    faults = tuple(finding for finding in reading.findings if finding.severity is Severity.ERROR)
    grids = [grid for grid in reading.grids if grid.is_table]
    if not faults and not any(_is_review(grid) for grid in grids):
        faults = (Finding("intake_review_not_one", Place(path.name)),)
    made: dict[tuple[str, str], Correction] = {}
    for reader in (_kept, _typed_values, _typed_rows):
        for grid in grids:
            for correction in reader(grid):
                made[correction.record, correction.field] = correction
    return ReviewReading(tuple(made.values()), faults)


def _is_review(grid: Grid) -> bool:
    """Say whether a table has the heading row of one of a review's sheets."""
    head = next(iter(lay_out(grid)), ())
    return any(_columns(head, *names) is not None for names in _HEADS)


_HEADS = (
    ("record", "code", "correct"),
    ("record", "value", "correct", "code"),
    ("record", "side", "total", "as_read"),
)


def _columns(line: Line, *names: str) -> Mapping[str, int] | None:
    """Return the positions of headings in either language, None where one is not there."""
    found = {}
    for name in names:
        keys = {key(words[name]) for words in HEADINGS.values()}
        at = next((at for at, slot in enumerate(line) if slot.text and key(slot.text) in keys), None)
        if at is None:
            return None
        found[name] = at
    return found


def _text(line: Line, at: int) -> str:
    return line[at].text if at < len(line) else ""


def _kept(grid: Grid) -> Iterator[Correction]:
    lines = lay_out(grid)
    places = _columns(lines[0], "record", "code", "correct") if lines else None
    if places is None or _columns(lines[0], "value") is not None:
        return
    for line in lines[1:]:
        record, field, text = (_text(line, places[n]) for n in ("record", "code", "correct"))
        if record and field:
            yield Correction(record, field, text)


def _typed_values(grid: Grid) -> Iterator[Correction]:
    lines = lay_out(grid)
    places = _columns(lines[0], "record", "value", "correct", "code") if lines else None
    if places is None:
        return
    for line in lines[1:]:
        record, field, text = (_text(line, places[n]) for n in ("record", "code", "correct"))
        if record and field and text:
            yield Correction(record, field, text)


def _typed_rows(grid: Grid) -> Iterator[Correction]:
    lines = lay_out(grid)
    places = _columns(lines[0], "record", "side", "total", "as_read") if lines else None
    if places is None:
        return
    sides = {word: side for words in SIDES.values() for side, word in words.items()}
    first = places["total"] - 12
    for line in lines[1:]:
        side = sides.get(_text(line, places["side"]))
        if side is None:
            continue
        names = [*(f"{side}.{n}" for n in range(1, 13)), f"{side}_total"]
        read = _text(line, places["as_read"]).split(BETWEEN.strip())
        for at, name in enumerate(names):
            typed = _text(line, first + at)
            before = read[at].strip() if at < len(read) else ""
            if before == UNKNOWN or not _same(typed, before):
                yield Correction(_text(line, places["record"]), name, typed)


def _same(typed: str, before: str) -> bool:
    """Say whether a cell still holds what was read: as figures, however they are shown."""
    one, other = figure(typed), figure(before)
    if isinstance(one, Mark) or isinstance(other, Mark):
        return one is other
    return one is not None and one == other
