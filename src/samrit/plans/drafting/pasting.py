"""A table pasted from a spreadsheet as rows of a file: by its headings, or in the order of the columns shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrit.package.schema import Field, Resource, Type
from samrit.plans.drafting.document import StandingRow
from samrit.plans.drafting.meaning import meant
from samrit.plans.errors import ServiceError, refuse_all
from samrit.vocabulary.pasted import Read, cells_of, figure_meant
from samrit.vocabulary.text import search_key

MOST_TOLD = 20  # rows that are too wide


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A row of the paste; ``number`` names the row of the draft that has the same key, None for a new one."""

    number: int | None
    cells: Mapping[str, str]
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Pasted:
    """The rows of a paste, and how often something was read into a figure."""

    rows: tuple[PastedRow, ...]
    read: Mapping[Read, int]


def pasted(text: str, resource: Resource, columns: Sequence[str], rows: Mapping[int, StandingRow]) -> Pasted:
    """Return the rows of a pasted table.

    A first row of headings (names of columns in either language) orders the cells, else ``columns`` do.  A row whose
    key is there already changes that row.  Raises ServiceError ``draft_paste_empty``, ``draft_paste_column`` for
    a heading that is no column, and ``draft_paste_width`` for rows with more cells than columns; all of them at once.
    """
    lines = [line for line in cells_of(text) if any(cell.strip() for cell in line)]
    if not lines:
        raise ServiceError("draft_paste_empty", record=resource.path)
    wrong: list[ServiceError] = []
    names = _headings(resource, lines[0], wrong)
    if names is not None:
        lines, columns = lines[1:], names
    wide = [(at, len(line)) for at, line in enumerate(lines, 1) if any(c.strip() for c in line[len(columns) :])]
    wrong += [
        ServiceError("draft_paste_width", record=resource.path, row=at, cells=cells, columns=len(columns))
        for at, cells in wide[:MOST_TOLD]
    ]
    refuse_all(wrong)
    known = {_key(resource, row.cells): row for row in rows.values() if not row.is_removed}
    made, read = [], Counter[Read]()
    for line in lines:
        cells = {name: _meant(resource.field(name), cell, read) for name, cell in zip(columns, line, strict=False)}
        standing = known.get(_key(resource, cells)) if all(cells.get(name) for name in resource.key) else None
        made.append(PastedRow(standing.number if standing else None, cells, standing.revision if standing else 0))
    return Pasted(tuple(made), read)


def _meant(field: Field, cell: str, read: Counter[Read]) -> str:
    """Return what a cell means, and count what was read into a figure; text is never read so."""
    if field.kind not in (Type.FIGURE, Type.NUMBER):
        return meant(field, cell)
    text, told = figure_meant(cell)
    if told is not None:
        read[told] += 1
    return meant(field, text)


def _spellings(field: Field) -> tuple[str, ...]:
    return field.name, field.th, field.en, field.title("th"), field.title("en")


def _headings(resource: Resource, line: Sequence[str], wrong: list[ServiceError]) -> list[str] | None:
    """Return the columns that a row of headings names, None for a row of data; what names none goes to ``wrong``."""
    names = {search_key(word): field.name for field in resource.fields for word in _spellings(field)}
    found = [names.get(search_key(cell), "") for cell in line]
    if 2 * sum(map(bool, found)) <= sum(map(bool, line)):
        return None
    last = max(at for at, cell in enumerate(line) if cell)
    for cell, name in list(zip(line, found, strict=True))[: last + 1]:
        if not name:
            wrong.append(ServiceError("draft_paste_column", record=resource.path, column=cell[:60] or "–"))
    return found[: last + 1]


def _key(resource: Resource, cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells.get(name, "") for name in resource.key)
