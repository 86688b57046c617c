"""How a draft was read from documents: what is to be looked at, where it is in them, and what of it is settled.

The reading never changes.  A matter is settled when somebody confirmed it, or when
none of its cells that are doubtful or were left empty stands any more as it was
read: somebody typed another value, or took the row out.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from samrit.engine.model import Source
from samrit.intake.draft import Draft
from samrit.intake.facts import Status
from samrit.intake.grid import Grid, GridCell
from samrit.intake.review.placed import DoubtCell, Matter, matters_of
from samrit.package.rows import Files
from samrit.plans.drafting.document import Standing
from samrit.plans.evaluation import memory
from samrit.plans.models import DraftConfirmation, DraftImport, PlanDraft
from samrit.plans.records.stored_files import digest

_MATTERS, _GRIDS = "matters.json", "grids.json"


@dataclass(frozen=True, slots=True)
class Original:
    """A document as it came: its name, the hash of its content, and what kind of file it is ("pdf", "xlsx")."""

    name: str
    sha256: str
    kind: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The reading of a draft's documents: what to look at, and the grids in which it stands."""

    originals: tuple[Original, ...]
    matters: tuple[Matter, ...]
    grids: tuple[Grid, ...]


def packed_import(draft: Draft, files: Files, contents: Mapping[str, bytes]) -> bytes:
    """Return the reading of documents as one zip, the documents themselves in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_MATTERS, _json([asdict(matter) for matter in matters_of(draft, files)]))
        archive.writestr(_GRIDS, _json([_grid_data(grid) for grid in draft.grids]))
        for at, content in enumerate(contents.values()):
            archive.writestr(f"documents/{at}", content)
    return stream.getvalue()


def imported_of(draft: PlanDraft) -> Imported | None:
    """Return how a draft was read from documents; None for one that was begun otherwise."""
    kept = DraftImport.objects.defer("content").filter(draft=draft.pk).first()
    if kept is None:
        return None

    def read() -> Imported:
        with _opened(draft, kept.sha256) as archive:
            matters = tuple(_matter(data) for data in json.loads(archive.read(_MATTERS)))
            grids = tuple(_grid(data) for data in json.loads(archive.read(_GRIDS)))
        return Imported(tuple(Original(**one) for one in kept.documents), matters, grids)

    return memory.always(("draft import", draft.pk, kept.sha256), read)


def original_content(draft: PlanDraft, at: int) -> bytes | None:
    """Return a document as it came, by its place among the draft's documents; None where there is none."""
    kept = DraftImport.objects.defer("content").filter(draft=draft.pk).first()
    if kept is None or not 0 <= at < len(kept.documents):
        return None
    with _opened(draft, kept.sha256) as archive:
        return archive.read(f"documents/{at}")


def open_matters(draft: PlanDraft, rows: Standing) -> tuple[Matter, ...]:
    """Return what has to be confirmed before the draft may be submitted (R298)."""
    found = imported_of(draft)
    if found is None:
        return ()
    confirmed = set(DraftConfirmation.objects.filter(draft=draft.pk).values_list("record", "subject"))
    return tuple(
        matter
        for matter in found.matters
        if matter.must and (matter.record, matter.subject) not in confirmed and stands_as_read(matter, rows)
    )


def stands_as_read(matter: Matter, rows: Standing) -> bool:
    """Say whether a cell of a matter that somebody has to look at is in the draft as it was read."""
    return any(cell.waits and _is_as_read(matter.record, cell, rows) for cell in matter.cells)


def _is_as_read(record: str, cell: DoubtCell, rows: Standing) -> bool:
    row = rows.get(cell.file, {}).get(cell.number)
    if row is None or row.is_removed:
        return False
    if cell.column:
        return row.cells.get(cell.column, "") == cell.value
    added = ((file, one) for file in ("monthly", "targets", "budgets") for one in rows.get(file, {}).values())
    return not any(not one.is_removed and cell.is_home(record, file, one.cells) for file, one in added)


def _opened(draft: PlanDraft, sha256: str) -> zipfile.ZipFile:
    content = bytes(DraftImport.objects.values_list("content", flat=True).get(draft=draft.pk))
    if digest(content) != sha256:
        raise ValueError(f"the reading of draft {draft.pk} does not match its hash")
    return zipfile.ZipFile(io.BytesIO(content))


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _matter(data: Mapping[str, Any]) -> Matter:
    cells = tuple(DoubtCell(**{**cell, "status": Status(cell["status"])}) for cell in data["cells"])
    source = Source(**data["source"])
    return Matter(**{**data, "cells": cells, "codes": tuple(data["codes"]), "source": source})


def _grid_data(grid: Grid) -> Mapping[str, object]:
    rows = [[[c.text, c.line, c.name, c.colspan, c.rowspan] for c in row] for row in grid.rows]
    return {"head": [grid.document, grid.page, grid.sheet, grid.is_table], "rows": rows}


def _grid(data: Mapping[str, Any]) -> Grid:
    document, page, sheet, is_table = data["head"]
    return Grid(document, tuple(_row(row) for row in data["rows"]), page, sheet, is_table)


def _row(cells: Sequence[Sequence[Any]]) -> tuple[GridCell, ...]:
    return tuple(GridCell(text, line, name, wide, tall) for text, line, name, wide, tall in cells)


def kinds_of(matters: Sequence[Matter]) -> Iterator[tuple[str, int, Matter]]:
    """Yield each kind of matter, how many there are, and the first of them, the commonest kind first."""
    by_kind: dict[str, list[Matter]] = {}
    for matter in matters:
        by_kind.setdefault(matter.kind, []).append(matter)
    for kind, own in sorted(by_kind.items(), key=lambda item: (-len(item[1]), item[0])):
        yield kind, len(own), own[0]
