"""What changed between two plan packages: rows added, removed, and changed cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from samrit.package.flatten import rows_of
from samrit.package.model import PlanPackage
from samrit.package.resources import RESOURCES
from samrit.package.schema import Resource

# Where a value was read, and how surely, is not a change of the plan.
_PROVENANCE = ("document", "page", "line", "cell", "confidence")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``what`` is "added", "removed" or "changed"; ``field`` is empty for whole rows."""

    what: str
    resource: str
    key: tuple[str, ...]
    field: str = ""
    before: Any = None
    after: Any = None


def compare(before: PlanPackage, after: PlanPackage) -> tuple[Change, ...]:
    """Return every difference between two packages, file by file in the order of the descriptor."""
    old, new = rows_of(before), rows_of(after)
    return tuple(c for resource in RESOURCES for c in _changes(resource, old[resource.name], new[resource.name]))


def _changes(resource: Resource, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[Change]:
    before, after = ({_key(resource, row): row for row in rows} for rows in (old, new))
    for key in dict.fromkeys([*before, *after]):
        if key not in after:
            yield Change("removed", resource.name, key)
        elif key not in before:
            yield Change("added", resource.name, key)
        else:
            yield from _cells(resource, key, before[key], after[key])


def _cells(resource: Resource, key: tuple[str, ...], before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for column in resource.columns:
        if not column.endswith(_PROVENANCE) and before.get(column) != after.get(column):
            yield Change("changed", resource.name, key, column, before.get(column), after.get(column))


def _key(resource: Resource, row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(name, "")) for name in resource.key)
