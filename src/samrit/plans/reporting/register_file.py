"""The register of units as a CSV file: one row a unit, lists separated by "|"."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samrit.engine.model import Unit
from samrit.vocabulary.findings import Finding, Place

COLUMNS = (
    *("code", "name", "name_en", "type", "region", "parent", "groups", "aliases"),
    *("valid_from", "valid_to", "successor"),
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as given; ``members`` None leaves a group's members as they are."""

    code: str
    name: str = ""
    name_en: str = ""
    type: str = ""
    region: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""


def unit_row(unit: Unit) -> UnitRow:
    """Return a plan package's unit as a row of the register."""
    return UnitRow(
        unit.code,
        unit.name,
        unit.name_en,
        unit.type,
        unit.region,
        unit.parent,
        unit.aliases,
        None,
        unit.valid_from,
        unit.valid_to,
        unit.successor,
    )


def read_register(text: str, document: str = "units.csv") -> tuple[tuple[UnitRow, ...], tuple[Finding, ...]]:
    """Return the units of a register's CSV text, and every fault in it with its line."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("﻿")))
    if missing := [name for name in ("code", "name", "type") if name not in (reader.fieldnames or ())]:
        return (), (Finding("register_column_missing", Place(document), {"columns": ", ".join(missing)}),)
    rows: dict[str, dict[str, str]] = {}
    findings: list[Finding] = []
    for record in reader:
        place = Place(document, line=reader.line_num)
        row = {name: (record.get(name) or "").strip() for name in COLUMNS}
        if not row["code"]:
            findings.append(Finding("register_code_missing", place))
        elif row["code"] in rows:
            findings.append(Finding("register_code_twice", place, {"code": row["code"]}))
        else:
            rows[row["code"]] = row
            findings += _day_faults(row, place)
    findings += _link_faults(rows, document)
    return (() if findings else tuple(_row(row, rows.values()) for row in rows.values())), tuple(findings)


def _row(row: dict[str, str], rows: Iterable[dict[str, str]]) -> UnitRow:
    members = tuple(r["code"] for r in rows if row["code"] in _list(r["groups"]))
    return UnitRow(
        row["code"],
        row["name"],
        row["name_en"],
        row["type"],
        row["region"],
        row["parent"],
        _list(row["aliases"]),
        members,
        _day(row["valid_from"]),
        _day(row["valid_to"]),
        row["successor"],
    )


def _day_faults(row: dict[str, str], place: Place) -> list[Finding]:
    faults = []
    for name in ("valid_from", "valid_to"):
        try:
            _day(row[name])
        except ValueError:
            faults.append(Finding("register_day_unreadable", place, {"text": row[name]}))
    return faults


def _link_faults(rows: dict[str, dict[str, str]], document: str) -> list[Finding]:
    return [
        Finding("register_code_unknown", Place(document, record=row["code"]), {"code": code})
        for row in rows.values()
        for code in (row["parent"], row["successor"], *_list(row["groups"]))
        if code and code not in rows
    ]


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
