"""The year's records of a unit's works, or of all, as the Excel form hands them out, and what one brings back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrit.engine.model import Project
from samrit.engine.year import Value, YearRecord, told
from samrit.package.kinds import KINDS, kind_named
from samrit.package.kinds.declared import RecordKind
from samrit.package.schema import Field, Type
from samrit.package.tables.cells import format_cell
from samrit.plans.evaluation.causes import GROUP
from samrit.plans.models import Person
from samrit.plans.reporting.register import register
from samrit.plans.rights import may_for_units
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.results.year_lines import choices_of, text_of, title_of
from samrit.plans.unit_form.year_model import DAY, FilledRow, StandingRecord, YearForm, YearSheet
from samrit.vocabulary.dates import format_date, typed_day
from samrit.vocabulary.sorting import thai_sort_key

_SHOWN = 60  # characters of a text in the table of what a form brings


def year_form(seen: Look, person: Person, unit: str = "") -> YearForm:
    """Return the form of the works that somebody may record for, of one unit where it is named."""
    works = [p for p in seen.result.plan.projects if _is_of(p, unit)]
    kinds = [(kind, [p for p in works if _may(seen, person, kind, p)]) for kind in KINDS]
    names = Names.of(seen)
    title = names.unit(unit) if unit else names.plan_title(seen.plan)
    mine = tuple((p.id, p.title) for p in works if any(p in own for _, own in kinds))
    sheets = tuple(_sheet(names, kind, own) for kind, own in kinds if own)
    return YearForm(seen.plan.code, title, mine, sheets, seen.language)


def units_to_record(seen: Look, person: Person) -> tuple[tuple[str, str], ...]:
    """Return the units of works that somebody may record for, by code and name."""
    mine = (p for p in seen.result.plan.projects if any(_may(seen, person, kind, p) for kind in KINDS))
    names = Names.of(seen)
    found = {code: names.unit(code) for project in mine for code in project.responsible_units}
    return tuple(sorted(found.items(), key=lambda own: thai_sort_key(own[1])))


def _is_of(project: Project, unit: str) -> bool:
    own = project.responsible_units
    return not unit or unit in own or unit in register().all_below(*own)


def _may(seen: Look, person: Person, kind: RecordKind, project: Project) -> bool:
    return may_for_units(person, kind.right, plan=seen.plan, units=project.responsible_units)


def _sheet(names: Names, kind: RecordKind, works: Sequence[Project]) -> YearSheet:
    records = tuple(
        StandingRecord(p.id, p.title, record.id, record.revision, _texts(names, kind, record))
        for p in works
        for record in told(p.records)
        if record.kind == kind.name
    )
    offered = {f.name: _offered(names, kind, f) for f in kind.fields}
    return YearSheet(kind, records, {name: words for name, words in offered.items() if words})


def _offered(names: Names, kind: RecordKind, field: Field) -> tuple[str, ...]:
    """Return the words of a field's list; none for what only the work itself can offer."""
    if field.name in kind.units:
        return tuple(sorted(register().named, key=thai_sort_key))
    if field.name in kind.choose:
        return ()
    return tuple((choices_of(kind, field, Project("", 0, "", ""), names.language) or {}).values())


def _texts(names: Names, kind: RecordKind, record: YearRecord) -> Mapping[str, str]:
    """Return the cells of a record as people would type them."""
    told_ = {f.name: _typed(names, kind, f, record.value(f.name)) for f in kind.fields}
    return {DAY: format_date(record.happened_on, names.language, style="short"), **told_}


def _typed(names: Names, kind: RecordKind, field: Field, value: Value) -> str:
    in_words = field.suggested == GROUP or field.choices is not None or field.kind is Type.DATE or field.is_year
    return text_of(names, kind, field, value, Project("", 0, "", "")) if in_words else format_cell(value)


@dataclass(frozen=True, slots=True)
class BroughtLine:
    """A row of a form that says something new: of which kind and work, and each value with what was before."""

    sheet: str
    line: int
    project: str
    title: str
    is_new: bool
    changes: tuple[tuple[str, str, str], ...]  # title, before, after


def brought(seen: Look, row: FilledRow, before: YearRecord | None) -> BroughtLine:
    """Return what a row of a form brings, in words."""
    names, kind = Names.of(seen), kind_named(row.kind)
    project = seen.result.plan.project(row.project)
    if kind is None or project is None:
        return BroughtLine(row.sheet, row.line, row.project, "", is_new=not row.record, changes=())
    changes = [_day_change(names, kind, row, before)]
    for field, (_, value) in zip(kind.fields, kind.values(row.given), strict=True):
        old = before.value(field.name) if before is not None else None
        said = text_of(names, kind, field, value, project) or row.given.get(field.name, "")
        if value != old:
            changes.append((title_of(field, names.language), text_of(names, kind, field, old, project), said))
    shown = tuple((title, _cut(old), _cut(new)) for title, old, new in changes if old != new)
    return BroughtLine(row.sheet, row.line, project.id, project.title, is_new=before is None, changes=shown)


def _day_change(names: Names, kind: RecordKind, row: FilledRow, before: YearRecord | None) -> tuple[str, str, str]:
    day, typed = typed_day(row.given[DAY]), row.given[DAY]
    new = format_date(day, names.language, style="short") if day is not None else typed
    old = format_date(before.happened_on, names.language, style="short") if before is not None else ""
    return kind.day[1] if names.language == "en" else kind.day[0], old, new


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
