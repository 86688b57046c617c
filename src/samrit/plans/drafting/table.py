"""One file of a draft as a table to edit: columns that people fill, the rows of one page, each fault at its cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from samrit.package.resources import resource_named
from samrit.package.schema import CONFIDENCE, SOURCE, Field, Resource
from samrit.plans.drafting.document import Standing, StandingRow
from samrit.plans.drafting.filling.said import said
from samrit.plans.drafting.meaning import NAMES, group_of, references_of
from samrit.plans.drafting.naming import is_name, with_everyone
from samrit.plans.drafting.reading import DraftReading
from samrit.vocabulary.findings import Finding, Severity
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.plans_above import goal_name, goals_offered
from samrit.vocabulary.speech import speech
from samrit.vocabulary.terms import groups, label

ROWS = 24  # on one page: two indicators' months
MOST_NAMES = 500  # that a column offers to choose from
# What is reported in the year, not planned; and where a value was read from.
_LATER = {
    "monthly": ("actual", "numerator", "denominator"),
    "levels": ("reached_on", "reached_period", "evidence"),
    "sites": ("committed_period", "instalments_accepted", "done_period", "outcome"),
}
_PROVENANCE = frozenset(field.name for field in (*SOURCE, CONFIDENCE))
_GOALS = "goals"  # no file: the goals of the plans above, which a link names


@dataclass(frozen=True, slots=True)
class EditedColumn:
    """A column: its heading, what it takes, and the names that may be in it."""

    name: str
    title: str
    is_required: bool
    kind: str
    choices: tuple[tuple[str, str], ...] = ()
    names: str = ""  # the file whose records it names, "" for none


@dataclass(frozen=True, slots=True)
class EditedCell:
    """A cell as typed, with what is wrong with it."""

    column: EditedColumn
    text: str
    faults: tuple[str, ...] = ()
    is_typed: bool = False  # by the person who looks at it, and not kept
    remarks: tuple[str, ...] = ()  # that are still open
    said: str = ""  # what the text stands for, told beside it

    @property
    def is_long(self) -> bool:
        """Whether the text needs a box of several lines."""
        return len(self.text) > 60 or "\n" in self.text

    @property
    def is_foreign(self) -> bool:
        """Whether the text is none of the column's choices."""
        return bool(self.text) and self.text not in dict(self.column.choices)

    @property
    def shown(self) -> str:
        """What people read for the text: a choice's word."""
        return dict(self.column.choices).get(self.text, self.text)


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A row; ``number`` is 0 for an empty one to fill, ``faults`` are about the row as a whole."""

    number: int
    revision: int
    cells: tuple[EditedCell, ...]
    faults: tuple[str, ...] = ()
    is_wrong: bool = False
    remarks: tuple[str, ...] = ()  # about the row as a whole

    @property
    def has_page(self) -> bool:
        """Whether the indicator that the row names can be in an address."""
        return is_name("indicators", self.cells[0].text)

    @property
    def has_work_page(self) -> bool:
        """Whether the work that the row names can be in an address."""
        return is_name("projects", self.cells[0].text)

    @property
    def key(self) -> str:
        """The number as names of fields hold it."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A page of a file's rows."""

    resource: Resource
    title: str
    columns: tuple[EditedColumn, ...]
    rows: tuple[EditedRow, ...]
    blank: EditedRow
    count: int
    page: int
    pages: int
    faulty: int  # rows of the whole file with a fault
    names: Mapping[str, tuple[tuple[str, str], ...]]  # by file: what may be named, with its title


def draft_table(
    reading: DraftReading,
    file: str,
    language: str,
    *,
    page: int = 1,
    text: str = "",
    of: str = "",
    by: str = "",
    row: int = 0,
    wrong: bool = False,
    all_columns: bool = False,
) -> DraftTable:
    """Return a page of a file; ``text`` looks for rows by a part of a cell, ``of`` by what they are or belong to.

    ``by`` is the one column that has to say so; without it any that names a record may.  ``row`` is the number of
    one whose page is wanted.  Raises KeyError for a file that there is none of.
    """
    resource = resource_named(file)
    columns, faults = shown_columns(resource, language, all_columns=all_columns), _faults(reading, resource)
    rows = _wanted(reading.rows[file].values(), text, of, (by,) if by else _names_of(resource))
    if wrong:
        rows = [own for own in rows if own.number in faults]
    page, pages = _page_of(rows, row, page)
    filled = dict.fromkeys(_owner(resource, reading.rows, of), of)
    return DraftTable(
        resource,
        resource.title(language),
        columns,
        tuple(
            _told(_row(own, columns, faults.get(own.number, ()), language), reading, language)
            for own in rows[(page - 1) * ROWS : page * ROWS]
        ),
        EditedRow(0, 0, tuple(EditedCell(column, filled.get(column.name, "")) for column in columns)),
        len(rows),
        page,
        pages,
        len(faults),
        {name: _offered(reading.rows, name, language) for name in {c.names for c in columns if c.names}},
    )


def _page_of(rows: Sequence[StandingRow], row: int, asked: int) -> tuple[int, int]:
    """Return the page on which ``row`` stands, else the one asked for, and how many pages there are."""
    pages = max(-(-len(rows) // ROWS), 1)
    page = next((at // ROWS + 1 for at, own in enumerate(rows) if own.number == row), asked) if row else asked
    return min(max(page, 1), pages), pages


def draft_row(reading: DraftReading, file: str, number: int, names: Sequence[str], language: str) -> EditedRow:
    """Return one row of a file with these columns of it; raises KeyError for a row that there is none of."""
    resource = resource_named(file)
    known = {column.name: column for column in shown_columns(resource, language)}
    columns = tuple(known[name] for name in names if name in known)
    faults = _faults(reading, resource).get(number, ())
    return _row(reading.rows[file][number], columns, faults, language)


def shown_columns(resource: Resource, language: str, *, all_columns: bool = False) -> tuple[EditedColumn, ...]:
    """Return the columns that are filled while planning, or all."""
    left_out = frozenset() if all_columns else _PROVENANCE | set(_LATER.get(resource.name, ()))
    naming = {r.fields[-1]: r.resource for r in references_of(resource)} | (
        {"code": _GOALS} if resource.name == "links" else {}
    )
    return tuple(
        EditedColumn(
            field.name,
            field.title(language),
            field.required,
            field.kind.value,
            _choices(field, language),
            naming.get(field.name, ""),
        )
        for field in resource.fields
        if field.name not in left_out and _is_the_plans(resource, field)
    )


def _is_the_plans(resource: Resource, field: Field) -> bool:
    """Say whether the plan has what a column asks for: funds, and names in a second language."""
    if field.name == "fund":
        return speech().has_funds
    return resource.name == "plan" or not (speech().language and field.name.endswith("_en"))


def as_read(name: str, text: str) -> str:
    """Return a cell as people read it: a year in the plan's era, all else as it is."""
    is_year = name.endswith("year_be") and text.isascii() and text.isdigit() and len(text) == 4
    return str(speech().year(int(text))) if is_year else text


def names_in(rows: Standing, file: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return what the records of a file are named by, each with its title in ``language``, up to a sane number."""
    key = resource_named(file).key[-1]
    titles = (*(f"{name}_en" for name in NAMES if language == "en"), *NAMES)
    found = [
        (row.cells[key], next((row.cells[n] for n in titles if row.cells.get(n)), "")[:80])
        for row in rows[file].values()
        if not row.is_removed and row.cells.get(key)
    ]
    return tuple(found[:MOST_NAMES])


def _offered(rows: Standing, name: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return what a column offers: the records of a file, or the goals that hold in the plan's year (R274)."""
    if name != _GOALS:
        named = names_in(rows, name, language)
        return with_everyone(named, language) if name == "units" else named
    country = next((row.cells.get("holiday_country", "") for row in rows["plan"].values() if not row.is_removed), "")
    return goals_offered(_year(rows), language, country=country, has_funds=speech().has_funds)


def _told(row: EditedRow, reading: DraftReading, language: str) -> EditedRow:
    """Return a row of links with the name of its goal beside the code."""
    cells = {cell.column.name: cell for cell in row.cells}
    if "code" not in cells or cells["code"].column.names != _GOALS:
        return row
    called = goal_name(cells["kind"].text, cells["code"].text, _year(reading.rows), language)
    told = (replace(cell, said=called) if cell.column.name == "code" else cell for cell in row.cells)
    return replace(row, cells=tuple(told))


def _year(rows: Standing) -> int:
    text = next((row.cells.get("year_be", "") for row in rows["plan"].values() if not row.is_removed), "")
    return whole(text, 0)


def _owner(resource: Resource, rows: Standing, of: str) -> tuple[str, ...]:
    """Return the columns that say what a new row belongs to, where ``of`` names a record of that very file."""
    return tuple(
        r.fields[-1]
        for r in resource.references
        if r.resource in {"projects", "indicators", "rulesets"} - {resource.name}
        and any(row.cells.get("id") == of for row in rows[r.resource].values() if of and not row.is_removed)
    )


def _choices(field: Field, language: str) -> tuple[tuple[str, str], ...]:
    group = group_of(field)
    words = tuple(groups()[field.suggested].terms) if field.suggested else field.allowed
    return tuple((word, label(word, language, group) if group else word) for word in words)


def _names_of(resource: Resource) -> tuple[str, ...]:
    """Return the columns that name a record: the row's own, and those of others that it belongs to."""
    return (resource.key[0], *(name for r in references_of(resource) for name in r.fields))


def _wanted(rows: Iterable[StandingRow], text: str, of: str, named: Sequence[str]) -> list[StandingRow]:
    """Return the rows that stand, hold ``text`` somewhere and have ``of`` in one of the columns ``named``."""
    wanted = text.casefold()
    return [
        row
        for row in rows
        if not row.is_removed
        and (not of or any(row.cells.get(name) == of for name in named))
        and (not wanted or any(wanted in cell.casefold() for cell in row.cells.values()))
    ]


def _faults(reading: DraftReading, resource: Resource) -> Mapping[int, Sequence[Finding]]:
    """Return what is wrong with the rows of a file, by row: by the reader, and by the checks of a record."""
    found: dict[int, list[Finding]] = defaultdict(list)
    numbers = {row.cells.get(resource.key[0], ""): row.number for row in reading.rows[resource.name].values()}
    is_checked = resource.name in {"projects", "indicators"}
    for finding in reading.findings:
        if finding.severity is Severity.NOTICE:
            continue
        if finding.place.line and finding.place.document == resource.path:
            found[finding.place.line].append(finding)
        elif is_checked and not finding.place.line and finding.place.record in numbers:
            found[numbers[finding.place.record]].append(finding)
    return found


def _row(row: StandingRow, columns: tuple[EditedColumn, ...], faults: Sequence[Finding], language: str) -> EditedRow:
    by_column: dict[str, list[str]] = defaultdict(list)
    known = {column.name for column in columns}
    for finding in faults:
        at = column if (column := finding.place.column.split(", ")[-1]) in known else ""
        by_column[at].append(said(finding, language, with_place=False))  # the place is beside it
    cells = tuple(EditedCell(c, as_read(c.name, row.cells.get(c.name, "")), tuple(by_column[c.name])) for c in columns)
    return EditedRow(row.number, row.revision, cells, tuple(by_column[""]), bool(faults))
