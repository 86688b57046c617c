"""What a kind of the year's records is: declared once, and everything else is made from that (decision 0021).

From a declaration come the file of the package with its description, the form and the story on a work's page, the
list of the control room with its export, and the rows of the one table that history, audit and backup know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from datetime import date

from samrit.engine.model import Plan, Project
from samrit.engine.ruleset import RuleSet
from samrit.engine.year import Value, YearRecord
from samrit.package.columns.plan import TO_PROJECT
from samrit.package.notes import Notes
from samrit.package.schema import SOURCE, Field, Reference, Resource, flag, integer, moment, text
from samrit.package.schema import date as day_field
from samrit.package.tables.cells import BadCell, CellError, ReadAs, blank, format_cell, parse_cell
from samrit.package.tables.table import note_cell
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.speech import speech
from samrit.vocabulary.years import parse_year

LONGEST, LONGEST_NOTE = 300, 4_000  # characters of a line, and of a text in its own box
# A work's records of one kind, told, and the plan around it, to the work with what they say laid over it.
Lay = Callable[[Project, Sequence[YearRecord], Plan], Project]

Fault = tuple[str, str, Mapping[str, object]]  # the field, the code of what is wrong, what fills its words
# A record's values, its work, the plan and its rules, to what is wrong with them.
Check = Callable[[Mapping[str, Value], Project, Plan, RuleSet], Iterable[Fault]]

REPORTED, DECIDED = "year.report", "year.decide"  # the rights: a work's own units, or the division alone

_COLUMNS = frozenset(f.name for f in fields_of(YearRecord)) | {"project", "cells", "values"} | {f.name for f in SOURCE}


@dataclass(frozen=True)
class Approval:
    """What somebody asks for and another person grants: ``field`` comes from ``asked`` to ``given`` by another hand.

    ``fixed`` are the fields that stay as they were asked for.
    """

    field: str
    asked: frozenset[object]
    given: frozenset[object]
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordKind:
    """One kind of records, such as the state of a work.

    ``name`` is its file's and its code, ``th`` and ``en`` what one record is called, ``day`` what the day it happened
    is called.  ``right`` is the action (``plans.rights``) of who may write it.  ``key`` are the fields by which a
    record is known, none for events that are counted through.  ``public`` are the fields that everybody reads of a
    published plan.  ``long`` are texts with a box of their own, ``units`` name units of the register, ``choose`` offers
    what a field may name in the work itself.  ``waits`` gives the day by which a record has to be dealt with, None once
    it is.  ``reminds`` is the field with the unit that is written to then.  ``warns`` is the reason (EW1) that one
    beyond that day gives to look at its work.
    ``came`` are days on which something came, so that none lies ahead, ``spans`` pairs of days in their order.
    ``check`` looks at a record as a whole, ``approval`` says what takes another person.
    ``counted`` is the field by which a list of them counts, ``summed`` are those that it adds up.  ``lay`` lays the
    records over the plan that is scored; laying twice must give what laying once does.
    """

    name: str
    th: str
    en: str
    day: tuple[str, str]
    fields: tuple[Field, ...]
    right: str = REPORTED
    key: tuple[str, ...] = ()
    public: frozenset[str] = frozenset()
    long: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    choose: Mapping[str, Callable[[Project], Mapping[str, str]]] = field(default_factory=dict)
    waits: Callable[[Mapping[str, Value]], date | None] | None = None
    warns: str = ""
    reminds: str = ""
    counted: str = ""
    summed: tuple[str, ...] = ()
    came: frozenset[str] = frozenset()
    spans: tuple[tuple[str, str], ...] = ()
    references: tuple[Reference, ...] = ()
    lay: Lay | None = None
    check: Check | None = None
    approval: Approval | None = None

    def __post_init__(self) -> None:
        names = [f.name for f in self.fields]
        named = {
            *self.key,
            *self.public,
            *self.long,
            *self.units,
            *self.choose,
            *self.summed,
            *filter(None, [self.counted]),
        }
        named |= {self.counted, *(name for pair in self.spans for name in pair)} - {""}
        if not names or len(set(names)) < len(names) or not named <= set(names) or _COLUMNS & set(names):
            raise ValueError(f"{self.name}: fields that are missing, given twice or named like a column of every kind")
        if self.key and not self.field(self.key[0]).required:
            raise ValueError(f"{self.name}: what a record is known by first must be filled")

    def title(self, language: str = "th") -> str:
        """Return what people read for it in "th" or "en", in the plan's words."""
        return speech().says(self.en if language == "en" else self.th, language)

    @property
    def resource(self) -> Resource:
        """The file of the package: what every kind has around its own fields."""
        columns = (
            text("project", "งาน/โครงการ", "Project", required=True),
            text("id", "รหัสรายการ", "Id within its kind and work", required=True),
            integer("revision", "บันทึกครั้งที่", "Revision, from 1; the last one holds", required=True, minimum=1),
            day_field("happened_on", *self.day, required=True),
            *self.fields,
            flag("withdrawn", "ถอนแล้ว", "Withdrawn"),
            text("reason", "เหตุผลที่แก้ไข", "Reason of the correction"),
            moment("entered_at", "บันทึกเมื่อ", "Entered at; blank: known from the day it happened"),
            text("entered_by", "ผู้บันทึก", "Entered by"),
            *SOURCE,
        )
        key, references = ("project", "id", "revision"), (TO_PROJECT, *self.references)
        return Resource(self.name, self.th, self.en, columns, key, references)

    def field(self, name: str) -> Field:
        """Return the field of that name; raises StopIteration when there is none."""
        return next(f for f in self.fields if f.name == name)

    def id_of(self, values: Mapping[str, Value]) -> str:
        """Return what names a record among those of its work, "" for an event."""
        return " / ".join(format_cell(values[name]) for name in self.key)

    def out_of_time(self, values: Mapping[str, Value], today: date) -> Iterator[Fault]:
        """Yield days of what came that lie ahead of ``today``, and ends before their beginnings, as a check does."""
        for name in sorted(self.came):
            day = values[name]
            if isinstance(day, date) and day > today:
                yield name, "year_came_ahead", {}
        for first, last in self.spans:
            begins, ends = values[first], values[last]
            if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
                field = self.field(first)
                yield last, "year_days_turned", {"first": {"th": field.th, "en": field.en}}

    def overdue_since(self, record: YearRecord) -> date | None:
        """Return the day by which a record had to be dealt with, None for one that is or that has no such day."""
        return self.waits(dict(record.values)) if self.waits is not None else None

    def cells(self, values: Mapping[str, Value]) -> dict[str, str]:
        """Return the values as the texts of their cells; blank ones are left out."""
        written = {f.name: format_cell(values[f.name]) for f in self.fields}
        return {name: cell for name, cell in written.items() if cell}

    def values(self, cells: Mapping[str, str]) -> tuple[tuple[str, Value], ...]:
        """Return the values of stored cells; what the kind no longer allows stays the text that it was."""
        return tuple((f.name, _value(f, cells.get(f.name, ""))) for f in self.fields)

    def read(self, given: Mapping[str, str], work: Project) -> tuple[dict[str, Value], tuple[Finding, ...]]:
        """Return what people typed as values, and every fault with the name of its field."""
        values: dict[str, Value] = {}
        notes = Notes()
        for own in self.fields:
            typed, place = _cleaned(given.get(own.name, "")), Place(record=work.id, column=own.name)
            offered = self.choose[own.name](work) if own.name in self.choose else None
            year = parse_year(typed).year_be if own.is_year else None
            parsed = parse_cell(own, typed if year is None else str(year))
            limit = LONGEST_NOTE if own.name in self.long else LONGEST
            if len(typed) > limit:
                notes.add("text_too_long", place, limit=limit)
            elif isinstance(parsed, BadCell) and parsed.error is CellError.DATE:
                notes.add("year_day_wrong", place, value=typed[:40])  # a form takes every way to write a day
            elif isinstance(parsed, BadCell):
                note_cell(own, parsed, place, notes)
            elif offered is not None and typed and typed not in offered:
                note_cell(own, BadCell(CellError.CHOICE, typed), place, notes)
            values[own.name] = _meant(own, parsed)
        return values, notes.findings()


def _value(own: Field, cell: str) -> Value:
    parsed = parse_cell(own, cell)
    return cell if isinstance(parsed, BadCell) and cell else _meant(own, parsed)


def _meant(own: Field, parsed: object) -> Value:
    if isinstance(parsed, BadCell):
        parsed = blank(own)
    return parsed.value if isinstance(parsed, ReadAs) else parsed  # type: ignore[return-value]  # marks are of figures


def _cleaned(typed: str) -> str:
    """Return a text without the characters that no text has, its lines ended in one way."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(c for c in lines if c.isprintable() or c in "\n\t" or not c.isascii())
