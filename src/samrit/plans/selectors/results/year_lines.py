"""The year's records of a work as people read them: each field in the reader's words, the latest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from samrit.engine.model import Project
from samrit.engine.year import Value, YearRecord, told
from samrit.package.kinds import KINDS
from samrit.package.kinds.declared import RecordKind
from samrit.package.schema import Field, Type
from samrit.plans.evaluation.causes import GROUP, cause_word, causes_offered
from samrit.plans.selectors.results.naming import Names
from samrit.vocabulary.dates import format_date
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.speech import speech
from samrit.vocabulary.terms import label


@dataclass(frozen=True, slots=True)
class YearLine:
    """One record: what it is, when it happened, its fields with their titles, and who entered it when."""

    kind: str
    title: str
    record: str
    revision: int
    day: date
    fields: tuple[tuple[str, str], ...]
    counted: str  # the code of the field by which a list counts
    overdue: date | None  # since when it ought to be dealt with; None for what is in time
    by: str
    at: datetime | None
    may_change: bool = False


def year_lines(
    names: Names,
    project: Project,
    *,
    today: date,
    until: datetime | None = None,
    public: bool = False,
    kind: str = "",
    writable: frozenset[str] = frozenset(),
) -> tuple[YearLine, ...]:
    """Return a work's records as they were known at ``until`` (None: now), the latest first.

    The public reads the fields that their kind declares for everybody, and no names of persons.
    """
    shown = {k.name: k for k in KINDS if (k.public or not public) and kind in ("", k.name)}
    known = [r for r in reversed(told(project.records, until)) if r.kind in shown]
    return tuple(
        year_line(names, project, shown[r.kind], r, today=today, public=public, may_change=r.kind in writable)
        for r in known
    )


def year_line(
    names: Names,
    project: Project,
    kind: RecordKind,
    record: YearRecord,
    *,
    today: date,
    public: bool = False,
    may_change: bool = False,
) -> YearLine:
    """Return one record as people read it; ``today`` decides what is overdue."""
    values = dict(record.values)
    fields = tuple(f for f in kind.fields if not public or f.name in kind.public)
    texts = ((title_of(f, names.language), text_of(names, kind, f, values[f.name], project)) for f in fields)
    counted = values.get(kind.counted)
    since = kind.overdue_since(record)
    return YearLine(
        kind=record.kind,
        title=kind.title(names.language),
        record=record.id,
        revision=record.revision,
        day=record.happened_on,
        fields=tuple((title, text) for title, text in texts if text),
        counted="" if counted is None else str(counted),
        overdue=since if since is not None and since < today and not public else None,
        by="" if public else record.entered_by,
        at=None if public else record.entered_at,
        may_change=may_change,
    )


def title_of(field: Field, language: str) -> str:
    """Return what a field is called."""
    return field.title(language)


def text_of(names: Names, kind: RecordKind, field: Field, value: Value, project: Project) -> str:
    """Return a value as people read it: choices by their words, units and what is chosen by name, Thai days."""
    if value is None or value == "":
        return ""
    if field.name in kind.units:
        return names.unit(str(value))
    if field.name in kind.choose:
        return _offered(names, kind, field, project).get(str(value), str(value))
    if field.suggested == GROUP:
        return cause_word(str(value), names.language)
    if field.kind is Type.CHOICE and field.choices is not None and value in field.allowed:
        return label(field.choices(str(value)), names.language)
    return _plainly(names, field, value)


def _offered(names: Names, kind: RecordKind, field: Field, project: Project) -> Mapping[str, str]:
    """Return what a field may name in its work, looked for once however many records of the work name something."""
    key = (kind.name, field.name, project.id)
    if key not in names.offered:
        names.offered[key] = kind.choose[field.name](project)
    return names.offered[key]


def _plainly(names: Names, field: Field, value: Value) -> str:
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, date):
        return format_date(value, names.language, style="short")
    if field.is_year and isinstance(value, int):
        return str(speech().year(value))
    return format_number(value) if isinstance(value, (Decimal, int)) else str(value)


def choices_of(
    kind: RecordKind, field: Field, project: Project, language: str, standing: str = ""
) -> Mapping[str, str] | None:
    """Return what a field may hold, or holds already, with what people read for it; None for a field that is typed."""
    if field.name in kind.choose:
        return kind.choose[field.name](project)
    if field.suggested == GROUP:
        return causes_offered(language, standing)
    if field.choices is not None:
        return {str(member.value): label(member, language) for member in field.choices}
    return {word: word for word in field.allowed} or None
