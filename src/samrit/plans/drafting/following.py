"""What follows when a record is renamed or taken out: whatever names it goes along, so that nothing is left hanging."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import replace
from functools import cache

from samrit.package.resources import RESOURCES, resource_named
from samrit.package.schema import Reference, Resource
from samrit.plans.drafting.document import StandingRow

Rows = Mapping[str, MutableMapping[int, StandingRow]]
Key = tuple[str, ...]


class Index:
    """Which rows of a draft name what, made once for each kind of naming: a strategy has thousands of rows below it."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._known: dict[tuple[str, tuple[str, ...]], dict[Key, list[int]]] = {}

    def naming(self, file: str, columns: tuple[str, ...], key: Key) -> Iterable[tuple[int, StandingRow]]:
        """Yield the rows of a file that have ``key`` in these columns, as they are now."""
        if (file, columns) not in self._known:
            found: dict[Key, list[int]] = {}
            for number, row in self._rows[file].items():
                found.setdefault(_key(row, columns), []).append(number)
            self._known[file, columns] = found
        own = self._rows[file]
        for number in self._known[file, columns].get(key, ()):
            if not own[number].is_removed and _key(own[number], columns) == key:
                yield number, own[number]


def follow(
    rows: Rows, file: str, before: StandingRow, after: StandingRow, index: Index | None = None
) -> Iterator[tuple[str, int]]:
    """Change what names a record that was renamed or taken out, in ``rows``; yield the file and number of each.

    What belongs to a record that was taken out goes with it, down to the leaves: a work's indicators, an indicator's
    months.  What only names it (a work its strategy) keeps the name, and the fault is beside it.  Where another
    row still bears the old key, nothing follows.  Calls about one set of rows share an ``index``.
    """
    index = index or Index(rows)
    for resource, reference in _naming(file):
        old, new = _key(before, reference.keys), _key(after, reference.keys)
        if not all(old) or (old == new and not after.is_removed) or any(index.naming(file, reference.keys, old)):
            continue
        if after.is_removed and not _belongs(resource, reference):
            continue
        for number, row in list(index.naming(resource.name, reference.fields, old)):
            if row is after:
                continue
            fresh = replace(row, is_removed=True) if after.is_removed else _renamed(row, reference, new)
            rows[resource.name][number] = fresh
            yield resource.name, number
            yield from follow(rows, resource.name, row, fresh, index)


@cache
def _naming(file: str) -> tuple[tuple[Resource, Reference], ...]:
    return tuple(_all_naming(file))


def _all_naming(file: str) -> Iterator[tuple[Resource, Reference]]:
    for resource in RESOURCES:
        for reference in resource.references:
            if reference.resource == file:
                yield resource, reference
    if file == "units":  # named loosely: an unknown unit is worth a word and no more
        unit = Reference(("unit",), "units", ("code",))
        yield from ((resource_named(name), unit) for name in ("project_units", "monthly", "sites", "budgets"))


def _belongs(resource: Resource, reference: Reference) -> bool:
    """Say whether a row lives under what it names: that is in its key, or it is a work's indicator."""
    owned = not set(reference.fields).isdisjoint(resource.key) and reference.resource != "units"
    return owned or (resource.name, reference.resource) in {("indicators", "projects"), ("unit_aliases", "units")}


def _renamed(row: StandingRow, reference: Reference, new: Key) -> StandingRow:
    cells = {**row.cells, **dict(zip(reference.fields, new, strict=True))}
    return replace(row, cells={name: text for name, text in cells.items() if text})


def _key(row: StandingRow, columns: tuple[str, ...]) -> Key:
    return tuple(row.cells.get(column, "") for column in columns)
