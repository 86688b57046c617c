"""Units and people of an office as one Excel file: handed out with what is there, read back with a fault at its row.

Two sheets, a heading row each.  A person with several roles has a row for each.  What is left out stays as it is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import xlsxwriter

from samrit.intake.sources import limits
from samrit.intake.sources.confined import Confined
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import Refused
from samrit.intake.sources.sheets.cells import LAST_ROW
from samrit.intake.sources.sheets.typed import TypedCell
from samrit.package.notes import Notes
from samrit.package.schema import Resource, text
from samrit.package.tables.table import ResourceTable, table_of
from samrit.plans.fields import is_address
from samrit.plans.models import Person, Plan, Role, RoleAssignment, Unit
from samrit.plans.reporting.register_file import REGISTER, UnitRow, register_cells, register_rows
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.text import search_key

PEOPLE = Resource(
    "people",
    "ผู้ใช้",
    "People",
    (
        text("username", "ชื่อผู้ใช้", "User name", required=True),
        text("display_name", "ชื่อที่แสดง", "Name shown"),
        text("email", "อีเมล", "E-mail"),
        text("role", "บทบาท", "Role", required=True, allowed=tuple(Role.values)),
        text("unit", "หน่วยงาน", "Unit"),
        text("plan", "แผน", "Plan"),
    ),
    ("username", "role", "unit", "plan"),
)
SHEETS = (replace(REGISTER, name="units", th="หน่วยงาน", en="Units"), PEOPLE)
MOST_BYTES, MOST_ROWS, _MOST_COLUMNS = 1024 * 1024, 3000, 40
_UNIT_ROLES = frozenset({Role.REPORTER, Role.HEAD})
_USERNAME = re.compile(r"[\w.@+-]{1,150}")


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role of a person as given; ``unit`` and ``plan`` are codes, "" for none."""

    username: str
    display_name: str
    email: str
    role: str
    unit: str
    plan: str


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """What a file says; nothing of it may be taken while ``faults`` holds anything."""

    units: tuple[UnitRow, ...] = ()
    people: tuple[RoleRow, ...] = ()
    faults: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is there already: codes of units and plans, and who has which address."""

    units: frozenset[str]
    plans: frozenset[str]
    addresses: Mapping[str, str]  # e-mail in small letters: user name
    names: Mapping[str, str] = field(default_factory=dict)  # user name in small letters: user name

    @classmethod
    def now(cls) -> Known:
        """Return what the office holds now."""
        people = Person.objects.exclude(email="").values_list("email", "username")
        return cls(
            frozenset(Unit.objects.values_list("code", flat=True)),
            frozenset(Plan.objects.values_list("code", flat=True)),
            {email.lower(): username for email, username in people},
            {name.lower(): name for name in Person.objects.values_list("username", flat=True)},
        )


def office_file(units: Iterable[Unit], roles: Iterable[RoleAssignment], language: str) -> bytes:
    """Return the file with the units and people that are there; read back, it changes nothing."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#e8eef6", "border": 1, "valign": "top"})
    rows = ([register_cells(unit) for unit in units], [_person_cells(role) for role in roles])
    for resource, lines in zip(SHEETS, rows, strict=True):
        sheet = book.add_worksheet(resource.en if language == "en" else resource.th)
        sheet.freeze_panes(1, 1)
        for at, own in enumerate(resource.fields):
            sheet.set_column(at, at, 24)
            sheet.write_string(0, at, own.en if language == "en" else own.th, head)
            if own.allowed:
                sheet.data_validation(1, at, MOST_ROWS, at, {"validate": "list", "source": list(own.allowed)})
        for number, line in enumerate(lines, 1):
            for at, cell in enumerate(line):
                sheet.write_string(number, at, cell)
    book.close()
    return stream.getvalue()


def read_office_file(content: bytes, name: str, known: Known) -> OfficeFile:
    """Return what a filled file says, with every fault of every row; never raises on what it holds."""
    sheets = _sheets(content, name)
    if isinstance(sheets, Finding):
        return OfficeFile(faults=(sheets,))
    notes = Notes(listed=MOST_ROWS)
    tables = [_table(resource, rows, notes) for resource, rows in zip(SHEETS, sheets, strict=True)]
    units = register_rows(tables[0][0], notes, absent=tables[0][1], known=known.units)
    people = _people(tables[1][0])
    found = [*notes.findings(), *_people_faults(people, tables[1][0], units, known)]
    faults = tuple(_at_sheet(f) for f in found if f.code not in {"package_cell_read_as", "package_column_absent"})
    return OfficeFile(units, people, faults)


def _sheets(content: bytes, name: str) -> list[list[list[str]]] | Finding:
    """Return the rows of both sheets as texts, one that is not there as no rows; or why the file is refused."""
    unreadable = Finding("office_file_unreadable", Place(name), {"limit": MOST_BYTES // 1024 // 1024})
    if not 0 < len(content) <= MOST_BYTES:
        return unreadable
    wanted = {title: (LAST_ROW, _MOST_COLUMNS) for r in SHEETS for title in (r.th, r.en, r.name)}
    try:
        with Confined(together=limits.SECONDS) as confined:
            sheets = confined.typed(content, Job(name), wanted)
    except Refused:
        return unreadable
    if not sheets:
        return Finding("office_file_no_sheets", Place(name))
    for title, cells in sheets.items():
        if any(cell.row > MOST_ROWS for cell in cells):
            return Finding("office_file_too_many_rows", Place(title), {"limit": MOST_ROWS})
    return [next((_rows_of(sheets[t]) for t in (r.th, r.en, r.name) if t in sheets), []) for r in SHEETS]


def _rows_of(cells: Sequence[TypedCell]) -> list[list[str]]:
    """Return the cells as rows of texts from the first row on."""
    rows = [[""] * _MOST_COLUMNS for _ in range(max((cell.row for cell in cells), default=0))]
    for cell in cells:
        rows[cell.row - 1][cell.column - 1] = cell.text.strip()
    return rows


def _table(resource: Resource, rows: Sequence[Sequence[str]], notes: Notes) -> tuple[ResourceTable, frozenset[str]]:
    """Return the rows below the heading as a table, and the columns that the heading does not name."""
    if not rows:
        return ResourceTable(resource), frozenset(resource.columns)
    words = {search_key(word): f.name for f in resource.fields for word in (f.name, f.th, f.en)}
    positions = {words[key]: at for at, cell in enumerate(rows[0]) if (key := search_key(cell)) in words}
    for cell in rows[0]:
        if cell and search_key(cell) not in words:
            notes.add("package_column_unknown", Place(resource.path, line=1, column=cell[:60]))
    for own in resource.fields:
        if own.name not in positions and own.required:
            notes.add("package_column_missing", Place(resource.path, line=1, column=own.th))
    lines = [
        (number, [_meant(f.name, row[positions[f.name]]) if f.name in positions else "" for f in resource.fields])
        for number, row in enumerate(rows[1:], 2)
        if any(row)
    ]
    return table_of(resource, lines, notes), frozenset(resource.columns) - positions.keys()


def _meant(column: str, cell: str) -> str:
    """Return a role's code for its word; any other cell as it is."""
    return next((str(role) for role in Role if cell == role.label), cell) if column == "role" else cell


def _people(table: ResourceTable) -> tuple[RoleRow, ...]:
    return tuple(RoleRow(*key) for key in table.keys(PEOPLE.columns))


def _people_faults(
    people: Sequence[RoleRow], table: ResourceTable, units: Sequence[UnitRow], known: Known
) -> Iterable[Finding]:
    """Yield what is wrong with people: names, addresses, and what their roles are for."""
    codes = known.units | {unit.code for unit in units}
    addresses, names = dict(known.addresses), dict(known.names)
    for line, row in zip(table.lines, people, strict=True):
        found = partial(_found, line, row.username)
        if row.username and not _USERNAME.fullmatch(row.username):
            yield found("username", "person_username_wrong", text=row.username[:60])
        elif row.username and (other := names.setdefault(row.username.lower(), row.username)) != row.username:
            yield found("username", "person_name_case", text=row.username, other=other)
        if row.email and not is_address(row.email):
            yield found("email", "email_wrong", email=row.email[:60])
        elif row.email and addresses.setdefault(row.email.lower(), row.username) != row.username:
            yield found("email", "email_taken", email=row.email)
        if row.unit and row.unit not in codes:
            yield found("unit", "person_unit_unknown", unit=row.unit[:60])
        elif not row.unit and row.role in _UNIT_ROLES:
            yield found("unit", "role_needs_unit")
        if row.plan and row.plan not in known.plans:
            yield found("plan", "person_plan_unknown", plan=row.plan[:60])


def _found(line: int, record: str, column: str, code: str, /, **params: Any) -> Finding:
    return Finding(code, Place(PEOPLE.path, line=line, column=column, record=record), params)


def _at_sheet(finding: Finding) -> Finding:
    """Name the sheet in place of the file that its rows would be in."""
    sheet = next((r.th for r in SHEETS if r.path == finding.place.document), finding.place.document)
    return replace(finding, place=replace(finding.place, document=sheet))


def _person_cells(held: RoleAssignment) -> list[str]:
    person = held.person
    return [person.username, person.display_name, person.email, held.role, _code(held.unit), _code(held.plan)]


def _code(row: Unit | Plan | None) -> str:
    return row.code if row is not None else ""
