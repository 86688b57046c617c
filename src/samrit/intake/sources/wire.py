"""What the reading process sends back, as lines of JSON: nothing it sends is ever executed.

A reading of a million cells goes over row by row, so that neither side holds it twice:
``grid`` begins a table, ``row`` adds one to it, ``sheet`` begins a sheet as typed and ``cells`` adds some to it,
``picture`` is a page drawn, ``file`` begins a file of a plan's package and ``record`` adds a row to it, and
``reading`` or ``refused`` ends the answer.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from samrit.intake.grid import Grid, GridCell
from samrit.intake.sources.sheets.typed import TypedCell
from samrit.package.rows import Files, TypedRow
from samrit.vocabulary.findings import Finding, Place

# Typed cells of one line: one at a time cost the process that serves pages three times the work of taking them in.
_TOGETHER = 500


def packed_grids(grids: Sequence[Grid]) -> Iterator[bytes]:
    """Yield grids as lines."""
    for grid in grids:
        head = [grid.document, grid.page, grid.sheet, grid.is_table, grid.certain]
        yield _line("grid", head)
        for row in grid.rows:
            yield _line("row", [[c.text, c.line, c.name, c.colspan, c.rowspan] for c in row])


def packed_cells(sheet: str, cells: Sequence[TypedCell]) -> Iterator[bytes]:
    """Yield a sheet and its typed cells as lines."""
    yield _line("sheet", sheet)
    for at in range(0, len(cells), _TOGETHER):
        yield _line("cells", [[c.row, c.column, c.kind, c.text] for c in cells[at : at + _TOGETHER]])


def packed_files(files: Files) -> Iterator[bytes]:
    """Yield the rows of a plan's package as lines."""
    for name, rows in files.items():
        yield _line("file", name)
        for row in rows:
            yield _line("record", [row.number, dict(row.cells)])


def packed_picture(content: bytes) -> bytes:
    """Return a picture as a line."""
    return _line("picture", base64.b64encode(content).decode("ascii"))


def packed_end(kind: str, findings: Sequence[Finding], seconds: float, *, refused: bool = False) -> bytes:
    """Return the line that ends an answer: the kind of document, what was noticed, the work that it took."""
    return _line("refused" if refused else "reading", [kind, seconds, [_finding(f) for f in findings]])


@dataclass(slots=True)
class Answer:
    """An answer as it comes in; ``take`` says when it is whole.  Junk raises ValueError, KeyError or TypeError."""

    kind: str = ""
    seconds: float = 0.0
    is_refused: bool = False
    findings: tuple[Finding, ...] = ()
    sheets: dict[str, list[TypedCell]] = field(default_factory=dict)
    picture: bytes = b""
    _heads: list[list[Any]] = field(default_factory=list)
    _rows: list[list[tuple[GridCell, ...]]] = field(default_factory=list)
    files: dict[str, list[TypedRow]] = field(default_factory=dict)
    _file: list[TypedRow] = field(default_factory=list)
    _sheet: list[TypedCell] = field(default_factory=list)

    def take(self, word: bytes, content: bytes) -> bool:
        """Take a line in; True once it was the last."""
        said: Any = json.loads(content)
        match word:
            case b"grid":
                self._heads.append(said)
                self._rows.append([])
            case b"row":
                self._rows[-1].append(tuple(GridCell(*cell) for cell in said))
            case b"sheet":
                self._sheet = self.sheets.setdefault(said, [])
            case b"cells":
                self._sheet.extend(TypedCell(*cell) for cell in said)
            case b"file":
                self._file = self.files.setdefault(said, [])
            case b"record":
                self._file.append(TypedRow(*said))
            case b"picture":
                self.picture = base64.b64decode(said, validate=True)
            case b"reading" | b"refused":
                self.kind, self.seconds, findings = said
                self.findings = tuple(map(_as_finding, findings))
                self.is_refused = word == b"refused"
                return True
            case _:
                raise ValueError(word)
        return False

    def grids(self) -> tuple[Grid, ...]:
        """Return the tables that came."""
        return tuple(
            Grid(document, tuple(rows), page, sheet, is_table, certain)
            for (document, page, sheet, is_table, certain), rows in zip(self._heads, self._rows, strict=True)
        )


def _line(word: str, content: object) -> bytes:
    return f"{word} {json.dumps(content)}\n".encode()


def _finding(finding: Finding) -> list[Any]:
    place = finding.place
    return [finding.code, place.document, place.page, place.line, place.column, dict(finding.params)]


def _as_finding(packed_finding: list[Any]) -> Finding:
    code, document, page, line, column, params = packed_finding
    return Finding(code, Place(document, page, line, column), params)
