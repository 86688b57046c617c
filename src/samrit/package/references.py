"""What rows say about each other: keys given twice, names of nothing, trees that bite their tail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samrit.package.notes import Notes
from samrit.package.resources import RESOURCES
from samrit.package.schema import Reference
from samrit.package.table import Table, TypedRow
from samrit.vocabulary.findings import Place

# Columns that name units loosely: an unknown one is worth a word but not a refusal (R316).
_LOOSE_UNITS = (("project_units", "unit"), ("monthly", "unit"), ("sites", "unit"), ("budgets", "unit"))
_TREES = (("units", "code", "parent"), ("units", "code", "successor"), ("projects", "id", "identity"))


def note_relations(tables: Mapping[str, Table], notes: Notes) -> None:
    """Note every duplicate key, unknown reference and cycle in the tables."""
    for resource in RESOURCES:
        table = tables[resource.name]
        _duplicates(table, notes)
        for reference in resource.references:
            _unknown(table, reference, tables[reference.resource], notes)
    for name, column in _LOOSE_UNITS:
        _unknown_units(tables[name], column, tables["units"], notes)
    for name, key, parent in _TREES:
        _cycles(tables[name], key, parent, notes)
    _spans(tables["monthly"], notes)
    for name in ("claims", "overrides"):
        _elsewhere(tables[name], tables["indicators"], notes)


def _duplicates(table: Table, notes: Notes) -> None:
    first: dict[tuple[Any, ...], int] = {}
    for row in table.rows:
        key = row.key(table.resource.key)
        if key in first:
            shown = " / ".join(str(part) for part in key if part not in (None, ""))
            columns = ", ".join(table.resource.key)
            notes.add("package_key_twice", _place(table, row, columns), key=shown, first=first[key])
        else:
            first[key] = row.line


def _unknown(table: Table, reference: Reference, target: Table, notes: Notes) -> None:
    """Note rows that name nothing; a target that was only half read can't be blamed on the row."""
    if not target.whole:
        return
    known = {row.key(reference.keys) for row in target.rows}
    for row in table.rows:
        wanted = row.key(reference.fields)
        if all(wanted) and wanted not in known:
            place = _place(table, row, ", ".join(reference.fields))
            shown = " / ".join(str(part) for part in wanted)
            notes.add("package_reference_unknown", place, value=shown, file=target.resource.path)


def _unknown_units(table: Table, column: str, units: Table, notes: Notes) -> None:
    known = {row.values["code"] for row in units.rows}
    if not units.whole:
        return
    for row in table.rows:
        unit = row.values[column]
        if unit and unit not in known:
            notes.add("package_unit_unknown", _place(table, row, column), value=unit)


def _cycles(table: Table, key: str, parent: str, notes: Notes) -> None:
    """Note each cycle once, at its member that comes first in the file."""
    above = {row.values[key]: row.values[parent] for row in table.rows if row.values[parent]}
    if table.resource.name == "projects":
        # A project that names itself is the first of its lines, which is allowed.
        above = {own: other for own, other in above.items() if own != other}
    told: set[str] = set()
    for row in table.rows:
        path: list[str] = []
        at = row.values[key]
        while at in above and at not in told and at not in path:
            path.append(at)
            at = above[at]
        if at in path:
            ring = path[path.index(at) :]
            notes.add("package_cycle", _place(table, row, parent), path=" → ".join([*ring, ring[0]]))
        told.update(path)


def _spans(table: Table, notes: Notes) -> None:
    """Note figures that would reach back before the plan's year."""
    for row in table.rows:
        period, span = row.values["period"], row.values["span"]
        if period is not None and span is not None and span > period:
            notes.add("package_span_too_long", _place(table, row, "span"), span=span, period=period)


def _elsewhere(table: Table, indicators: Table, notes: Notes) -> None:
    """Note rows that name an indicator together with a project that is not its own."""
    owners = {row.values["id"]: row.values["project"] for row in indicators.rows}
    for row in table.rows:
        indicator, project = row.values["indicator"], row.values["project"]
        owner = owners.get(indicator)
        if owner is not None and owner != project:
            place = _place(table, row, "indicator")
            notes.add("package_indicator_elsewhere", place, indicator=indicator, owner=owner, project=project)


def _place(table: Table, row: TypedRow, column: str) -> Place:
    return Place(table.resource.path, line=row.line, column=column, record=table.record(row))
