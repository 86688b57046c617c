"""What follows when a record is renamed or taken out: whatever names it goes along, so that nothing is left hanging."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import replace

from samrit.package.resources import RESOURCES, resource_named
from samrit.package.schema import Reference, Resource
from samrit.plans.drafting.document import StandingRow

Rows = Mapping[str, MutableMapping[int, StandingRow]]
Key = tuple[str, ...]


def follow(rows: Rows, file: str, before: StandingRow, after: StandingRow) -> Iterator[tuple[str, int]]:
    """Change what names a record that was renamed or taken out, in ``rows``; yield the file and number of each.

    What belongs to a record that was taken out goes with it, down to the leaves: a work's indicators, an indicator's
    months.  What only names it (a work its strategy) keeps the name, and the fault stands beside it.  Where another
    row still bears the old key, nothing follows.
    """
    for resource, reference in _naming(file):
        old, new = _key(before, reference.keys), _key(after, reference.keys)
        if not all(old) or (old == new and not after.is_removed) or _borne(rows, file, reference, old):
            continue
        if after.is_removed and not _belongs(resource, reference):
            continue
        for number, row in list(rows[resource.name].items()):
            if row.is_removed or _key(row, reference.fields) != old or row is after:
                continue
            fresh = replace(row, is_removed=True) if after.is_removed else _renamed(row, reference, new)
            rows[resource.name][number] = fresh
            yield resource.name, number
            yield from follow(rows, resource.name, row, fresh)


def _naming(file: str) -> Iterator[tuple[Resource, Reference]]:
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


def _borne(rows: Rows, file: str, reference: Reference, key: Key) -> bool:
    return any(not row.is_removed and _key(row, reference.keys) == key for row in rows[file].values())


def _key(row: StandingRow, columns: tuple[str, ...]) -> Key:
    return tuple(row.cells.get(column, "") for column in columns)
