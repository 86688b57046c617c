"""The register of units as a CSV file: one row a unit, lists separated by "|", read by the package's own table reader.

A column that the file does not have leaves the units as they are; a blank cell clears (D.9).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from samrit.engine.model import Unit as PlanUnit
from samrit.package.columns.plan import UNITS
from samrit.package.notes import Notes
from samrit.package.schema import Resource, text
from samrit.package.schema import date as day
from samrit.package.tables.cells import format_cell
from samrit.package.tables.csv_text import csv_text
from samrit.package.tables.decoding import decode
from samrit.package.tables.table import ResourceTable, read_table
from samrit.plans.models import Unit
from samrit.reports.workbook.writing.safety import neutral, starts_formula
from samrit.vocabulary.findings import Finding, Place

REGISTER = Resource(
    "register",
    UNITS.th,
    UNITS.en,
    (
        *UNITS.fields,
        text("groups", "กลุ่มที่เป็นสมาชิก", "Groups it belongs to"),
        text("aliases", "ชื่ออื่นที่พบ", "Other names"),
        day("called_since", "ใช้ชื่อและสังกัดนี้ตั้งแต่", "Name and parent since"),
    ),
    ("code",),
)
LINKS = ("parent", "successor")  # to one other unit, by its code
_MOST_LINES, _MOST_CELLS = 20_000, 400_000
_ABSENT = "package_column_absent"
_HARMLESS = frozenset({_ABSENT, "package_bom", "package_no_final_newline", "package_cell_read_as"})


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as given: by the names of its columns, with codes for other units; what is not given stays as it is.

    ``members`` are the codes of a group's members, wherever they are given.
    """

    code: str
    given: Mapping[str, Any] = field(default_factory=dict)


def unit_row(unit: PlanUnit) -> UnitRow:
    """Return a plan package's unit as a row of the register."""
    names = [f.name for f in UNITS.fields if f.name != "code"]
    return UnitRow(unit.code, {**{name: getattr(unit, name) for name in names}, "aliases": unit.aliases})


def read_register(
    content: bytes, document: str = "units.csv", *, known: Collection[str] = ()
) -> tuple[tuple[UnitRow, ...], tuple[Finding, ...]]:
    """Return the units of a register's CSV file and what was found in it, with file, line and column.

    A row may name units of the file, and those ``known`` by their codes: a file of a few units moves them.

    With any error among the findings there are no units: a register is taken whole or not at all.
    """
    notes = Notes()
    # Counted before anything is taken apart: a file that is mostly line ends or commas costs far more than its size.
    if max(content.count(b"\n"), content.count(b"\r")) > _MOST_LINES or content.count(b",") > _MOST_CELLS:
        notes.add("register_too_large", Place(document), lines=_MOST_LINES, cells=_MOST_CELLS)
        return (), notes.findings()
    source = decode(document, content, notes)
    if source is None:
        return (), notes.findings()
    table = read_table(replace(REGISTER, name=document.removesuffix(".csv")), source, notes)
    absent = {f.place.column for f in notes.findings() if f.code == _ABSENT}
    rows, found = register_rows(table, notes, absent=absent, known=known), notes.findings()
    return (() if notes.has_errors() else rows), tuple(f for f in found if f.code not in _HARMLESS)


def register_rows(
    table: ResourceTable, notes: Notes, *, absent: Collection[str], known: Collection[str] = ()
) -> tuple[UnitRow, ...]:
    """Return the units of a table whose columns are those of the register but for ``absent``.

    Codes that occur twice are noted, and units named that neither have a row nor are ``known``.
    """
    _note_codes(table, notes, known)
    return _rows(table, set(absent))


def register_cells(unit: Unit) -> list[str]:
    """Return a unit's cells in the order of the register's columns."""
    return [format_cell(_value(unit, name)) for name in REGISTER.columns]


def register_csv(units: Iterable[Unit]) -> str:
    """Return the register as the CSV text that ``read_register`` takes: read back, it changes nothing."""
    return csv_text(REGISTER.columns, ([neutral(cell) for cell in register_cells(unit)] for unit in units))


def _value(unit: Unit, name: str) -> object:
    if name == "groups":
        return "|".join(sorted(group.code for group in unit.groups.all()))
    if name == "aliases":
        return "|".join(unit.aliases)
    value = getattr(unit, name)
    return value.code if isinstance(value, Unit) else value


def _rows(table: ResourceTable, absent: set[str]) -> tuple[UnitRow, ...]:
    codes, groups = table.columns["code"], table.columns["groups"]
    given = [name for name in REGISTER.columns if name not in {"code", "groups", *absent}]
    rows = []
    for at, code in enumerate(codes):
        values = {name: _as_meant(table.columns[name][at]) for name in given}
        if "aliases" in values:
            values["aliases"] = _list(values["aliases"])
        if "groups" not in absent:
            values["members"] = tuple(c for c, named in zip(codes, groups, strict=True) if code in _list(named))
        rows.append(UnitRow(code, values))
    return tuple(rows)


def _note_codes(table: ResourceTable, notes: Notes, known: Collection[str]) -> None:
    """Note codes that occur twice, and units named that have no row of their own."""
    seen: set[str] = set()
    for at, code in enumerate(table.columns["code"]):
        if code in seen:
            notes.add("register_code_twice", table.place(at), code=code)
        seen.add(code)
    for at, named in enumerate(table.keys((*LINKS, "groups"))):
        for code in (*named[:-1], *_list(named[-1])):
            if code and code not in seen and code not in known:
                notes.add("register_code_unknown", table.place(at), code=code)


def _as_meant(value: Any) -> Any:
    """Return a text without the apostrophe that ``register_csv`` put before what a spreadsheet would run."""
    is_neutral = isinstance(value, str) and value.startswith("'") and starts_formula(value[1:])
    return value[1:] if is_neutral else value


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
